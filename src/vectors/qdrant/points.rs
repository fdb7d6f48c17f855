//! Points, filters and hits as the server writes them.

use std::collections::HashMap;

use qdrant_client::Payload;
use qdrant_client::qdrant::{
    Condition, Filter, NamedVectors, PayloadIncludeSelector, PointStruct, RetrievedPoint, ScoredPoint, Value,
    Vector, value, vector_output,
};

use super::super::{Hit, Point, SearchQuery, Selection, StoredPoint, VectorError};
use docent_domain::{DocumentId, ProjectId};

pub(super) const DENSE: &str = "dense";
pub(super) const SPARSE: &str = "bm25";
pub(super) const PROJECT: &str = "project";
pub(super) const DOCUMENT: &str = "document";
/// `document:generation`.
pub(super) const READING: &str = "reading";
const GENERATION: &str = "generation";
const POSITION: &str = "position";

pub(super) fn row(point: Point) -> PointStruct {
    let payload: HashMap<&str, Value> = HashMap::from([
        (PROJECT, point.project.to_string().into()),
        (DOCUMENT, point.document.get().into()),
        (READING, reading(point.document, point.generation).into()),
        (GENERATION, point.generation.into()),
        (POSITION, point.position.into()),
    ]);
    let id = point.id().to_string();
    let mut vectors = NamedVectors::default();
    if let Some(dense) = point.dense {
        vectors = vectors.add_vector(DENSE, Vector::new_dense(dense));
    }
    let (indices, values): (Vec<u32>, Vec<f32>) = point.words.into_iter().unzip();
    if !indices.is_empty() {
        vectors = vectors.add_vector(SPARSE, Vector::new_sparse(indices, values));
    }
    PointStruct::new(id, vectors, Payload::from(payload))
}

/// What of the payload comes back.
pub(super) fn place() -> PayloadIncludeSelector {
    let fields = [PROJECT, DOCUMENT, GENERATION, POSITION].map(str::to_owned).to_vec();
    PayloadIncludeSelector { fields }
}

/// The filter of a search: the project always, then what the caller narrows it to.
pub(super) fn allowed(query: &SearchQuery<'_>) -> Filter {
    let mut must = vec![Condition::matches(PROJECT, query.project.to_string())];
    if let Some(documents) = query.documents {
        let numbers: Vec<i64> = documents.iter().map(|document| document.get()).collect();
        must.push(Condition::matches(DOCUMENT, numbers));
    }
    let mut filter = Filter::must(must);
    if !query.hidden.is_empty() {
        let hidden: Vec<String> =
            query.hidden.iter().map(|&(document, generation)| reading(document, generation)).collect();
        filter.must_not.push(Condition::matches(READING, hidden));
    }
    filter
}

pub(super) fn selected(what: Selection) -> Filter {
    let project = what.project.map(|project| Condition::matches(PROJECT, project.to_string()));
    let reading_or_document = match (what.document, what.generation) {
        (Some(document), Some(generation)) => {
            Some(Condition::matches(READING, reading(document, generation)))
        }
        (Some(document), None) => Some(Condition::matches(DOCUMENT, document.get())),
        (None, Some(generation)) => Some(Condition::matches(GENERATION, generation)),
        (None, None) => None,
    };
    Filter::must(project.into_iter().chain(reading_or_document))
}

fn reading(document: DocumentId, generation: i64) -> String {
    format!("{document}:{generation}")
}

pub(super) fn hit(point: &ScoredPoint) -> Result<Hit, VectorError> {
    let (document, generation, position) = numbers(&point.payload)?;
    Ok(Hit { document, generation, position, score: point.score })
}

pub(super) fn is_of(project: ProjectId, point: &RetrievedPoint) -> bool {
    let found = point.payload.get(PROJECT).and_then(|value| value.kind.as_ref());
    matches!(found, Some(value::Kind::StringValue(found)) if *found == project.to_string())
}

/// `None` for a point that has no embedding yet.
pub(super) fn stored(point: &RetrievedPoint) -> Result<Option<StoredPoint>, VectorError> {
    let (document, generation, position) = numbers(&point.payload)?;
    Ok(match point.vectors.as_ref().and_then(|vectors| vectors.get_vector_by_name(DENSE)) {
        Some(vector_output::Vector::Dense(dense)) => {
            Some(StoredPoint { document, generation, position, dense: dense.data })
        }
        _ => None,
    })
}

fn numbers(payload: &HashMap<String, Value>) -> Result<(DocumentId, i64, i64), VectorError> {
    match (number(payload, DOCUMENT), number(payload, GENERATION), number(payload, POSITION)) {
        (Some(document), Some(generation), Some(position)) => {
            Ok((DocumentId::from(document), generation, position))
        }
        _ => Err(VectorError::Engine("a point on the Qdrant server has lost its payload".into())),
    }
}

pub(super) fn number(payload: &HashMap<String, Value>, name: &str) -> Option<i64> {
    match payload.get(name)?.kind {
        Some(value::Kind::IntegerValue(number)) => Some(number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_filter_always_names_the_project() {
        let hidden = [(DocumentId::from(4), 2)];
        let query = SearchQuery {
            project: ProjectId::from(9),
            dense: None,
            words: None,
            limit: 1,
            documents: Some(&[]),
            hidden: &hidden,
        };
        let filter = allowed(&query);
        assert_eq!(filter.must[0], Condition::matches(PROJECT, "9".to_string()));
        assert_eq!(filter.must_not, [Condition::matches(READING, vec!["4:2".to_string()])]);
    }

    #[test]
    fn a_point_without_its_payload_is_an_error_and_not_a_hit() {
        assert!(matches!(hit(&ScoredPoint::default()), Err(VectorError::Engine(_))));
        assert!(matches!(stored(&RetrievedPoint::default()), Err(VectorError::Engine(_))));
    }
}
