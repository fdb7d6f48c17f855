//! What the engine opens without a word though searches would find less in it than was put there.
//!
//! It keeps points, vectors, the fields that filters ask for and the lists that searches go through in files of their
//! own, and misses nothing when one of them has lost its content. So they are counted against each other, and some points
//! are looked for by what they hold.

use std::collections::HashMap;

use qdrant_edge::{
    Condition, FacetRequest, FacetValue, Filter, HasVectorCondition, Record, VectorInternal,
    VectorStructInternal,
};

use super::super::{Holding, SearchQuery, Selection, VectorError};
use super::shard::{DENSE, DOCUMENT, PROJECT, READING, SPARSE, Shard, json_path};
use docent_domain::{DocumentId, ProjectId};

/// Of the points that are read at the opening, so many are looked for.
const LOOKED_FOR: usize = 64;
/// A graph is a shortcut, and may miss one now and then: one in so many.
const MISSED: usize = 8;
/// Of what a point has in common with itself, so much has to be found.
const NEARLY_ALL: f32 = 0.99;
/// More than there are values.
const ALL: usize = u32::MAX as usize;

/// Whether all points are reached through the fields that filters ask for.
pub(super) fn are_reached(shard: &Shard) -> Result<(), VectorError> {
    let points = shard.count(Selection::everything())?;
    for field in [PROJECT, DOCUMENT, READING] {
        let reached: usize = values(shard, field, None)?.values().sum();
        if (reached as u64) < points {
            let text = format!("{reached} of {points} points are reached through the field `{field}`");
            return Err(VectorError::Damaged(text));
        }
    }
    Ok(())
}

/// Whether points are found by their own vectors and words.
pub(super) fn are_found(shard: &Shard, read: &[Record]) -> Result<(), VectorError> {
    let step = read.len().div_ceil(LOOKED_FOR).max(1);
    let (mut looked, mut missed) = (0, 0);
    for record in read.iter().step_by(step) {
        let number = |name| record.payload.as_ref().and_then(|payload| payload.0.get(name)?.as_i64());
        let Some(project) = number(PROJECT) else {
            return Err(VectorError::Damaged(format!("point {} has lost its payload", record.id)));
        };
        let Some(VectorStructInternal::Named(named)) = &record.vector else { continue };
        if let Some(VectorInternal::Sparse(own)) = named.get(SPARSE) {
            let words: Vec<(u32, f32)> =
                own.indices.iter().copied().zip(own.values.iter().copied()).collect();
            let worth: f32 = own.values.iter().map(|weight| weight * weight).sum();
            let best = shard.matching(&one_of(project.into(), None, Some(&words)), &words)?;
            if best.first().is_none_or(|hit| hit.score < worth * NEARLY_ALL) {
                return Err(VectorError::Damaged(format!("point {} is not found by its words", record.id)));
            }
        }
        if let Some(VectorInternal::Dense(own)) = named.get(DENSE) {
            let best = shard.nearest(&one_of(project.into(), Some(own), None), own)?;
            looked += 1;
            missed += usize::from(best.first().is_none_or(|hit| hit.score < NEARLY_ALL));
        }
    }
    if missed > looked / MISSED {
        return Err(VectorError::Damaged(format!(
            "{missed} of {looked} points are not found by their vectors"
        )));
    }
    Ok(())
}

/// What is held of each generation.
pub(super) fn holdings(shard: &Shard) -> Result<Vec<Holding>, VectorError> {
    let dense = values(shard, READING, Some(DENSE))?;
    let words = values(shard, READING, Some(SPARSE))?;
    let of = |counts: &HashMap<FacetValue, usize>, value| counts.get(value).copied().unwrap_or(0) as u64;
    let held = values(shard, READING, None)?;
    Ok(held
        .iter()
        .filter_map(|(value, &points)| {
            let FacetValue::Keyword(name) = value else { return None };
            let (document, generation) = name.split_once(':')?;
            Some(Holding {
                document: DocumentId::from(document.parse::<i64>().ok()?),
                generation: generation.parse().ok()?,
                points: points as u64,
                dense: of(&dense, value),
                words: of(&words, value),
            })
        })
        .collect())
}

const fn one_of<'a>(
    project: ProjectId,
    dense: Option<&'a [f32]>,
    words: Option<&'a [(u32, f32)]>,
) -> SearchQuery<'a> {
    SearchQuery { project, dense, words, limit: 1, documents: None, hidden: &[] }
}

/// How many points have each value of a field; only those that have that vector, if one is named.
fn values(
    shard: &Shard,
    field: &'static str,
    having: Option<&str>,
) -> Result<HashMap<FacetValue, usize>, VectorError> {
    let filter = having.map(|name| Filter {
        must: Some(vec![Condition::HasVector(HasVectorCondition { has_vector: name.to_owned() })]),
        ..Filter::new()
    });
    let request = FacetRequest { key: json_path(field), limit: ALL, filter, exact: true };
    let counted = shard.0.facet(request)?;
    Ok(counted.hits.into_iter().map(|hit| (hit.value, hit.count)).collect())
}
