//! How often terms stand in a generation, and the account of it in the database.

use std::collections::BTreeMap;

use super::error::IngestError;
use super::read::{Parts, Reading};
use docent_domain::{DocumentId, ProjectId};
use docent_store::{PART, WordTotal};
use docent_words::{Fields, Language};

/// What one transaction writes of a count; the totals are in the first part alone.
#[derive(Debug, Default)]
struct Part {
    terms: Vec<(u32, u32)>,
    totals: Vec<WordTotal>,
}

/// Chunks by term and by language, of what has been seen of a generation.
#[derive(Debug, Default)]
pub struct Tally {
    terms: BTreeMap<u32, u32>,
    totals: BTreeMap<Option<Language>, (i64, f32)>,
}

impl Tally {
    pub fn add(&mut self, fields: &Fields, language: Option<Language>) {
        for term in fields.terms() {
            *self.terms.entry(term).or_default() += 1;
        }
        let (chunks, words) = self.totals.entry(language).or_default();
        *chunks += 1;
        *words += fields.body.length;
    }

    pub fn merge(&mut self, other: Self) {
        for (term, chunks) in other.terms {
            *self.terms.entry(term).or_default() += chunks;
        }
        for (language, (chunks, words)) in other.totals {
            let held = self.totals.entry(language).or_default();
            held.0 += chunks;
            held.1 += words;
        }
    }

    /// Puts the count in place of what the generation had before.
    pub async fn keep(
        self,
        parts: &Parts,
        project: ProjectId,
        (document, generation): (DocumentId, i64),
    ) -> Result<(), IngestError> {
        forget_words(parts, (document, generation)).await?;
        for (part, Part { terms, totals }) in (0..).zip(self.parts()) {
            let mut tx = parts.store.begin().await?;
            tx.count_words(project, (document, generation, part), &terms, &totals).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// Adds to what is counted of a reading under way, of which so many parts are written: how many are there now.
    pub(super) async fn add_to(self, reading: &Reading<'_>, written: i64) -> Result<i64, IngestError> {
        let (project, (document, generation)) = (reading.source.project, reading.name());
        let mut part = written;
        for Part { terms, totals } in self.parts() {
            let mut tx = reading.parts.store.begin().await?;
            if !tx.still_holds(reading.hold).await? {
                return Err(IngestError::Lost);
            }
            tx.count_words(project, (document, generation, part), &terms, &totals).await?;
            tx.commit().await?;
            part += 1;
        }
        Ok(part)
    }

    fn parts(self) -> Vec<Part> {
        let terms: Vec<(u32, u32)> = self.terms.into_iter().collect();
        let total = |(language, (chunks, words)): (Option<Language>, (i64, f32))| WordTotal {
            language: language.map_or("", Language::code).to_owned(),
            chunks,
            #[expect(clippy::cast_possible_truncation, reason = "far fewer than 2^53 words")]
            words: words.round() as i64,
        };
        let totals: Vec<WordTotal> = self.totals.into_iter().map(total).collect();
        let part = |terms: &[(u32, u32)]| Part { terms: terms.to_vec(), totals: Vec::new() };
        let mut parts: Vec<Part> = terms.chunks(PART).map(part).collect();
        if parts.is_empty() {
            parts.push(Part::default());
        }
        parts[0].totals = totals;
        parts
    }
}

/// Takes off what a generation has added to its project's counts.
pub async fn forget_words(
    parts: &Parts,
    (document, generation): (DocumentId, i64),
) -> Result<(), IngestError> {
    loop {
        let mut tx = parts.store.begin().await?;
        let more = tx.uncount_words(document, generation).await?;
        tx.commit().await?;
        if !more {
            return Ok(());
        }
    }
}
