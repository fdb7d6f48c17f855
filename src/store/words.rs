//! How often terms occur, project by project: what makes one word rarer than another in a search. Kept here and not in the
//! index, which holds all projects together.
//!
//! A generation is counted in parts, each in one transaction with a row that says what it added; taking it off again
//! reads that row. So a crash leaves whole parts, and counting twice is counting once.

use std::collections::HashMap;

use super::error::StoreError;
use super::generations::Chunk;
use super::statement::{
    IDS, execute, execute_in, fetch_all, fetch_all_in, fetch_one, fetch_optional, ids, padded, statements,
};
use super::tx::Tx;
use docent_domain::{DocumentId, ProjectId};

/// Terms of one part of a generation's count: what one transaction writes.
pub const PART: usize = 2_048;

statements! {
    ADD_TERMS = "
        WITH added (term, chunks) AS (VALUES
            (CAST($1 AS BIGINT),CAST($2 AS BIGINT)),
            ($3,$4),($5,$6),($7,$8),($9,$10),($11,$12),($13,$14),($15,$16),($17,$18),($19,$20),($21,$22),
            ($23,$24),($25,$26),($27,$28),($29,$30),($31,$32),($33,$34),($35,$36),($37,$38),($39,$40),($41,$42),
            ($43,$44),($45,$46),($47,$48),($49,$50),($51,$52),($53,$54),($55,$56),($57,$58),($59,$60),($61,$62),
            ($63,$64))
        INSERT INTO word_counts (project_id, term, chunks)
        SELECT $65, term, chunks FROM added WHERE term >= 0
        ON CONFLICT (project_id, term) DO UPDATE SET chunks = word_counts.chunks + excluded.chunks";
    ADD_TOTAL = "
        INSERT INTO word_totals (project_id, language, chunks, words) VALUES ($1, $2, $3, $4)
        ON CONFLICT (project_id, language) DO UPDATE SET
            chunks = word_totals.chunks + excluded.chunks, words = word_totals.words + excluded.words";
    KEEP_BAG = "
        INSERT INTO word_bags (document_id, generation, part, project_id, terms, totals)
        SELECT $1, $2, $3, $4, $5, $6
        WHERE EXISTS (SELECT 1 FROM generations WHERE document_id = $1 AND generation = $2)
        ON CONFLICT (document_id, generation, part) DO NOTHING";
    TAKE_BAG = "
        DELETE FROM word_bags
        WHERE document_id = $1 AND generation = $2 AND part = (
            SELECT MIN(part) FROM word_bags WHERE document_id = $1 AND generation = $2)
        RETURNING project_id, terms, totals";
    TOTALS = "
        SELECT language, chunks, words FROM word_totals WHERE project_id = $1 AND chunks > 0 ORDER BY chunks DESC";
    HOLDING = concat!(
        "SELECT term, chunks FROM word_counts WHERE project_id = $65 AND term IN (", ids!(), ")");
    SET_RECIPE = "UPDATE generations SET recipe = $3 WHERE document_id = $1 AND generation = $2";
    OTHER_RECIPE = "
        SELECT project_id, document_id, generation FROM generations
        WHERE state = 'live' AND document_id > $2 AND (recipe IS NULL OR recipe <> $1)
        ORDER BY document_id LIMIT $3";
    LATEST_RECIPE = "SELECT recipe FROM generations WHERE state = 'live' ORDER BY document_id DESC LIMIT 1";
    COUNT_OTHER_RECIPE = "
        SELECT COUNT(*), CAST(COALESCE(SUM(chunk_count), 0) AS BIGINT) FROM generations
        WHERE state = 'live' AND (recipe IS NULL OR recipe <> $1)";
    GENERATION_NAME = "SELECT filename, title FROM generations WHERE document_id = $1 AND generation = $2";
    SET_TITLE = "UPDATE generations SET title = $3 WHERE document_id = $1 AND generation = $2";
    SET_CHUNK_READING = "
        UPDATE chunks SET language = $4, text_hash = $5, header = $6
        WHERE document_id = $1 AND generation = $2 AND position = $3";
}

/// How many of a project's chunks are in a language, and how many words they have.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize, serde::Deserialize)]
pub struct WordTotal {
    /// ISO 639-1; empty where none could be told.
    pub language: String,
    pub chunks: i64,
    pub words: i64,
}

impl Tx {
    /// Adds one part of a generation's count. Nothing happens when it is counted already, or the generation is gone.
    pub async fn count_words(
        &mut self,
        project: ProjectId,
        (document, generation, part): (DocumentId, i64, i64),
        terms: &[(u32, u32)],
        totals: &[WordTotal],
    ) -> Result<(), StoreError> {
        let (listed, summed) = (json(&terms), json(&totals));
        let (document, project) = (document.get(), project.get());
        if execute!(self, KEEP_BAG, document, generation, part, project, &listed, &summed)? == 1 {
            self.add(project, terms, totals, 1).await?;
        }
        Ok(())
    }

    /// Takes off the next part of what a generation has added; false once there is none.
    pub async fn uncount_words(&mut self, document: DocumentId, generation: i64) -> Result<bool, StoreError> {
        let bag = fetch_optional!(self, (i64, String, String), TAKE_BAG, document.get(), generation)?;
        let Some((project, terms, totals)) = bag else { return Ok(false) };
        let terms: Vec<(u32, u32)> = read(terms, "a list of terms")?;
        let totals: Vec<WordTotal> = read(totals, "a list of languages")?;
        self.add(project, &terms, &totals, -1).await?;
        Ok(true)
    }

    async fn add(
        &mut self,
        project: i64,
        terms: &[(u32, u32)],
        totals: &[WordTotal],
        sign: i64,
    ) -> Result<(), StoreError> {
        for part in terms.chunks(IDS / 2) {
            let mut numbers = [-1; IDS];
            for (pair, &(term, chunks)) in numbers.chunks_mut(2).zip(part) {
                pair.copy_from_slice(&[i64::from(term), sign * i64::from(chunks)]);
            }
            execute_in!(self, ADD_TERMS, numbers, project)?;
        }
        for total in totals {
            let (chunks, words) = (sign * total.chunks, sign * total.words);
            execute!(self, ADD_TOTAL, project, &total.language, chunks, words)?;
        }
        Ok(())
    }

    /// The languages of a project's chunks, the commonest first.
    pub async fn word_totals(&mut self, project: ProjectId) -> Result<Vec<WordTotal>, StoreError> {
        fetch_all!(self, WordTotal, TOTALS, project.get())
    }

    /// In how many of the project's chunks each of the terms stands; those that stand in none are left out.
    pub async fn holding(
        &mut self,
        project: ProjectId,
        terms: &[u32],
    ) -> Result<HashMap<u32, i64>, StoreError> {
        let mut found = HashMap::new();
        for part in padded(terms.iter().map(|&term| i64::from(term))) {
            let part: [i64; IDS] = part;
            let rows = fetch_all_in!(self, (i64, i64), HOLDING, part, project.get())?;
            found.extend(
                rows.into_iter().filter_map(|(term, chunks)| Some((u32::try_from(term).ok()?, chunks))),
            );
        }
        Ok(found)
    }

    /// Records what a generation's points were made with.
    pub async fn set_recipe(
        &mut self,
        (document, generation): (DocumentId, i64),
        recipe: &str,
    ) -> Result<(), StoreError> {
        execute!(self, SET_RECIPE, document.get(), generation, recipe)?;
        Ok(())
    }

    /// Live generations whose points were made with another recipe, by document, after that one.
    pub async fn outdated_generations(
        &mut self,
        recipe: &str,
        after: DocumentId,
        limit: i64,
    ) -> Result<Vec<(ProjectId, DocumentId, i64)>, StoreError> {
        let rows = fetch_all!(self, (i64, i64, i64), OTHER_RECIPE, recipe, after.get(), limit)?;
        Ok(rows.into_iter().map(|(p, d, generation)| (p.into(), d.into(), generation)).collect())
    }

    /// What the points of the newest document that is live were made with: `None` if there is none, and nothing said if an
    /// early version made them.
    pub async fn latest_recipe(&mut self) -> Result<Option<Option<String>>, StoreError> {
        Ok(fetch_optional!(self, (Option<String>,), LATEST_RECIPE)?.map(|(recipe,)| recipe))
    }

    /// How many there are of them, and how many chunks they have.
    pub async fn count_outdated(&mut self, recipe: &str) -> Result<(i64, i64), StoreError> {
        fetch_one!(self, (i64, i64), COUNT_OTHER_RECIPE, recipe)
    }

    /// The name of the file that a generation was read from, and what the document calls itself.
    pub async fn generation_name(
        &mut self,
        document: DocumentId,
        generation: i64,
    ) -> Result<Option<(String, Option<String>)>, StoreError> {
        fetch_optional!(self, (String, Option<String>), GENERATION_NAME, document.get(), generation)
    }

    /// Records what the document calls itself in this generation.
    pub async fn set_title(
        &mut self,
        (document, generation): (DocumentId, i64),
        title: Option<&str>,
    ) -> Result<(), StoreError> {
        execute!(self, SET_TITLE, document.get(), generation, title)?;
        Ok(())
    }

    /// Records how chunks were read: their language, their header, and the hash of what of them was embedded.
    pub async fn set_chunk_readings(
        &mut self,
        (document, generation): (DocumentId, i64),
        chunks: &[Chunk],
    ) -> Result<(), StoreError> {
        for chunk in chunks {
            let (position, language) = (chunk.position, chunk.language.as_deref());
            let (hash, header) = (&chunk.text_hash, chunk.header.as_deref());
            execute!(self, SET_CHUNK_READING, document.get(), generation, position, language, hash, header,)?;
        }
        Ok(())
    }
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "[]".to_owned())
}

fn read<T: serde::de::DeserializeOwned>(text: String, expected: &'static str) -> Result<T, StoreError> {
    serde_json::from_str(&text).map_err(|_| StoreError::Unreadable { value: text, expected })
}
