//! Documents that are read whole: which ones, and what is in them.

use std::collections::{HashMap, HashSet};

use crate::changes::text_of;
use crate::engine::Inner;
use crate::figures::report::{Report, Sheet};
use crate::reckon::Paper;
use crate::search::Query;
use crate::tables::{Naming, Table, tables_in};
use crate::turn::Plan;
use docent_domain::source::Source;
use docent_domain::{DocumentId, Fault, ProjectId, Scope};
use docent_store::{ShownChunk, ShownTable, Side, StoreError, Tx};

/// Passages whose documents are looked at for tables where something is to be computed.
const FARTHER: usize = 30;

/// Passages of a document that are read for its tables.
const PASSAGES: i64 = 3_000;

/// Tables of a document that are kept as cells and read.
const TABLES: i64 = 1_000;

/// Lines around a table that may say what it is called, and words of such a line.
const LINES: usize = 3;
const WORDS: usize = 12;

/// Characters before a table in which they stand.
const BEFORE: usize = 400;

/// A document put together again from its passages.
pub(in super::super) struct Whole {
    text: String,
    start: i64,
    chunks: Vec<ShownChunk>,
    /// As they stand on its pages, where its reader saw them as cells.
    kept: Vec<ShownTable>,
}

impl Inner {
    /// What the search finds beyond what is read: several ways to answer ask for it, and it is searched once.
    pub(super) async fn farther(&self, plan: &Plan) -> Result<Vec<Source>, Fault> {
        if let Some(known) = plan.farther.get() {
            return Ok(known.clone());
        }
        let query = Query {
            project: plan.project,
            text: plan.content.clone(),
            top_k: FARTHER,
            documents: plan.options.documents.clone(),
        };
        let searching = self.parts.search.search(&plan.scope, &query);
        let found = tokio::time::timeout(self.parts.settings.search_timeout, searching).await;
        // What took too long is tried again.
        let Some(found) = found.ok().transpose()? else { return Ok(Vec::new()) };
        Ok(plan.farther.get_or_init(|| found.sources).clone())
    }

    async fn whole(&self, plan: &Plan, document: DocumentId) -> Result<Option<Whole>, Fault> {
        let mut tx = self.parts.store.read().await?;
        Ok(Whole::read(&mut tx, &plan.scope, plan.project, document).await?)
    }

    /// Those of the documents that can be read whole, in their order.
    pub(super) async fn wholes(&self, plan: &Plan, documents: &[DocumentId]) -> Result<Vec<Whole>, Fault> {
        let mut wholes = Vec::new();
        for document in documents {
            wholes.extend(self.whole(plan, *document).await?);
        }
        Ok(wholes)
    }
}

/// The documents of what was found and those that were chosen, each once, the first `most` of them.
pub(super) fn documents_of(found: &[Source], plan: &Plan, most: usize) -> Vec<DocumentId> {
    let chosen = plan.options.documents.as_deref().unwrap_or_default();
    distinct(found.iter().map(|source| source.document).chain(chosen.iter().copied()), most)
}

/// Each once, in their order, the first `most` of them.
pub(super) fn distinct(documents: impl Iterator<Item = DocumentId>, most: usize) -> Vec<DocumentId> {
    let mut known = HashSet::new();
    documents.filter(|document| known.insert(*document)).take(most).collect()
}

impl Whole {
    /// `None` for what cannot be read whole: another project's, or too long.
    pub(in super::super) async fn read<S: Side>(
        tx: &mut Tx<S>,
        scope: &Scope,
        project: ProjectId,
        document: DocumentId,
    ) -> Result<Option<Self>, StoreError> {
        let chunks = tx.live_passages(scope, project, document, -1, PASSAGES).await?;
        let full = i64::try_from(chunks.len()).unwrap_or(i64::MAX) >= PASSAGES;
        // Half a table gives wrong sums.
        let Some(first) = chunks.first().filter(|_| !full) else { return Ok(None) };
        let (start, text) = (first.start_offset, text_of(&chunks));
        let kept = tx.live_tables(scope, project, document, TABLES).await?;
        Ok(Some(Self { text, start, chunks, kept }))
    }

    /// The tables in it.
    pub(in super::super) fn tables(&self) -> Vec<Table> {
        let name = self.filename();
        if self.kept.is_empty() {
            return tables_in(&self.text, self.start, name);
        }
        self.kept.iter().filter_map(|kept| Table::of_page(kept, name)).collect()
    }

    /// Its figures, where it has tables of years.
    pub(super) fn report(&self) -> Option<Report> {
        let file = self.filename();
        let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let kept = |kept: &ShownTable| {
            let table = &kept.table;
            let rows = table.grid().into_iter().zip(&kept.rows).skip(table.header_rows);
            let mut at = self.start;
            let rows = rows.map(|(cells, place)| {
                at = place.map_or(at, |(start, _)| start);
                (cells.into_iter().map(line).collect(), at)
            });
            let rows = rows.collect();
            Sheet { caption: table.caption.clone(), names: table.column_names(), rows, page: table.page }
        };
        let written = |table: Table| {
            let rows = table.rows.into_iter().map(|row| (row.cells, row.start)).collect();
            Sheet { caption: None, names: table.names, rows, page: 0 }
        };
        let sheets: Vec<Sheet> = match &self.kept[..] {
            [] => tables_in(&self.text, self.start, file).into_iter().map(written).collect(),
            tables => tables.iter().map(kept).collect(),
        };
        Report::of(file, &self.text, self.start, &sheets)
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// What is reckoned with.
    pub(super) fn paper(&self) -> Paper {
        let file = self.filename().to_owned();
        Paper { file, text: self.text.clone(), start: self.start, tables: self.tables() }
    }

    /// Where its text begins, in code points.
    pub(super) const fn start(&self) -> i64 {
        self.start
    }

    pub(super) fn filename(&self) -> &str {
        self.chunks.first().map_or("", |chunk| chunk.filename.as_str())
    }

    pub(super) fn document(&self) -> Option<DocumentId> {
        self.chunks.first().map(|chunk| chunk.document_id.into())
    }

    /// What most of its passages are written in, where that is known.
    pub(super) fn language(&self) -> Option<&str> {
        let mut known: HashMap<&str, usize> = HashMap::new();
        for code in self.chunks.iter().filter_map(|chunk| chunk.language.as_deref()) {
            *known.entry(code).or_default() += 1;
        }
        known.into_iter().max_by_key(|(code, count)| (*count, *code)).map(|(code, _)| code)
    }

    #[cfg(test)]
    pub(super) fn of_passages(chunks: Vec<ShownChunk>) -> Self {
        Self { text: text_of(&chunks), start: chunks[0].start_offset, chunks, kept: Vec::new() }
    }

    /// What a table of it is called.
    pub(super) fn naming(&self, table: &Table) -> Naming {
        let first = table.rows.first().map_or(self.start, |row| row.start);
        let passage = self.passage(first);
        let file = passage.or(self.chunks.first()).map_or("", |chunk| chunk.filename.as_str());
        let heading = passage.and_then(|chunk| chunk.heading.as_deref()).unwrap_or_default();
        let title =
            if table.title == file { heading.to_owned() } else { format!("{} {heading}", table.title) };
        let before = usize::try_from(first - self.start).unwrap_or_default();
        let near: String =
            self.text.chars().skip(before.saturating_sub(BEFORE)).take(before.min(BEFORE)).collect();
        let above = near.lines().rev().skip(1).filter(|line| names_something(line)).take(LINES);
        let top = self.text.lines().filter(|line| names_something(line)).take(LINES);
        let around: Vec<&str> = top.chain(above).collect();
        Naming::of(&title, file, &around.join("\n")).with_legend(&self.text).with_head(&self.text)
    }

    /// The passage that a row stands in.
    pub(in super::super) fn passage(&self, start: i64) -> Option<&ShownChunk> {
        self.chunks.iter().find(|chunk| chunk.start_offset <= start && start < chunk.end_offset)
    }
}

/// A short line that is no row.
fn names_something(line: &str) -> bool {
    let words = line.split_whitespace().count();
    (1..=WORDS).contains(&words) && !line.contains('|')
}
