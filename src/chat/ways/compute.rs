//! Questions that are computed from tables.

use std::collections::HashMap;

use serde_json::json;

use super::kind::Kind;
use super::texts::Text;
use super::{Told, source};
use crate::changes::text_of;
use crate::engine::Inner;
use crate::language::Language;
use crate::tables::plan::{Plan as Asked, What};
use crate::tables::run::{self, Outcome};
use crate::tables::{Table, Typed, ask, tables_in};
use crate::turn::Plan;
use docent_domain::source::Source;
use docent_domain::{DocumentId, Fault, ProjectId, Scope};
use docent_store::{ShownChunk, ShownTable, Side, StoreError, Tx};

/// Documents whose tables are looked at, in the order in which the search found them.
const DOCUMENTS: usize = 8;

/// Passages of a document that are read for its tables.
const PASSAGES: i64 = 3_000;

/// Tables of a document that are kept as cells and read.
const TABLES: i64 = 1_000;

/// Rows that are cited.
const CITED: usize = 8;

const COMPUTED: Text = Text::new("**{}** ({}; {}, {} rows used){}", "**{}** ({}; {}, {} Zeilen verwendet){}");
const CANNOT: Text = Text::new(
    "This cannot be computed: the question does not fit the columns of the tables found, so that any number would be a guess.",
    "Das lässt sich nicht berechnen: Die Frage passt nicht zu den Spalten der gefundenen Tabellen, jede Zahl wäre geraten.",
);

/// Whether the search holds what it found for relevant: questions to a table often share no word with its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Fit {
    Relevant,
    Doubtful,
}

/// A document put together again from its passages.
pub(in super::super) struct Whole {
    text: String,
    start: i64,
    chunks: Vec<ShownChunk>,
    /// As they stand on its pages, where its reader saw them as cells.
    kept: Vec<ShownTable>,
}

impl Inner {
    /// The answer out of a table, if the question is one to a table; that it cannot be computed, if it is one and is not
    /// understood.
    pub(super) async fn computed(
        &self,
        plan: &Plan,
        found: &[Source],
        kind: &Kind,
        language: &Language,
        fit: Fit,
    ) -> Result<Option<Told>, Fault> {
        let mut documents: Vec<DocumentId> = Vec::new();
        for source in found.iter().filter(|source| is_tabular(&source.content)) {
            if !documents.contains(&source.document) {
                documents.push(source.document);
            }
        }
        // Who chooses documents says where the answer stands.
        let chosen = plan.options.documents.as_deref();
        for document in chosen.unwrap_or_default() {
            if !documents.contains(document) {
                documents.push(*document);
            }
        }
        documents.truncate(DOCUMENTS);
        let question = plan.content.as_str();
        let mut wholes = Vec::new();
        for document in &documents {
            wholes.extend(self.whole(plan, *document).await?);
        }
        // Long tables take a while: others have their turn meanwhile.
        let (asked, quotes) = (question.to_owned(), plan.model.quotes());
        let chosen = chosen.is_some();
        let enough = if fit == Fit::Relevant || chosen { ask::SURE } else { ask::SURER };
        let computed = tokio::task::spawn_blocking(move || {
            let mut wholes = wholes;
            let (at, table, outcome) = likeliest(&asked, &wholes, quotes, enough)?;
            Some((table, outcome, wholes.swap_remove(at)))
        });
        let computed = computed.await.map_err(Fault::internal)?;
        if let Some((table, outcome, whole)) = computed {
            let name = whole.chunks.first().map(|chunk| chunk.filename.clone()).unwrap_or_default();
            return Ok(Some(told(&table, &outcome, &whole, &name, language)));
        }
        let first = found.first().is_some_and(|source| is_tabular(&source.content));
        if first
            && (fit == Fit::Relevant || chosen)
            && plan.model.quotes()
            && (matches!(kind, Kind::Calculate | Kind::Count) || is_computing(question))
        {
            let text = CANNOT.with(language.code, &[]);
            let account = json!({ "tables_of": documents.iter().map(|id| id.get()).collect::<Vec<_>>() });
            return Ok(Some(Told { text, sources: found.to_vec(), answered: false, account }));
        }
        Ok(None)
    }

    async fn whole(&self, plan: &Plan, document: DocumentId) -> Result<Option<Whole>, Fault> {
        let mut tx = self.parts.store.read().await?;
        Ok(Whole::read(&mut tx, &plan.scope, plan.project, document).await?)
    }
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
        let name = self.chunks.first().map(|chunk| chunk.filename.clone()).unwrap_or_default();
        if self.kept.is_empty() {
            return tables_in(&self.text, self.start, &name);
        }
        self.kept.iter().filter_map(|kept| Table::of_page(kept, &name)).collect()
    }

    /// The passage that a row stands in.
    pub(in super::super) fn passage(&self, start: i64) -> Option<&ShownChunk> {
        self.chunks.iter().find(|chunk| chunk.start_offset <= start && start < chunk.end_offset)
    }
}

/// Of all tables, the one that the question most likely is one to, and what comes out: with the place of its document.
fn likeliest(question: &str, wholes: &[Whole], quotes: bool, enough: f64) -> Option<(usize, Table, Outcome)> {
    let mut best: Option<(f64, usize, Table, Asked)> = None;
    for (at, whole) in wholes.iter().enumerate() {
        for table in whole.tables() {
            let Some((asked, likely)) = ask::parse(question, &Typed::of(&table), enough) else { continue };
            // A model reads a single cell better than rules do.
            if !quotes && matches!(asked.what, What::Lookup(_)) {
                continue;
            }
            if best.as_ref().is_none_or(|(known, ..)| *known < likely) {
                best = Some((likely, at, table, asked));
            }
        }
    }
    let (_, at, table, asked) = best?;
    let outcome = run::run(&Typed::of(&table), &asked)?;
    Some((at, table, outcome))
}

fn told(table: &Table, outcome: &Outcome, whole: &Whole, name: &str, language: &Language) -> Told {
    let mut sources: Vec<Source> = Vec::new();
    let mut numbers: HashMap<i64, usize> = HashMap::new();
    let mut markers: Vec<String> = Vec::new();
    for row in outcome.rows.iter().filter_map(|row| table.rows.get(*row)) {
        let Some(chunk) = whole.passage(row.start) else { continue };
        if numbers.contains_key(&chunk.position) || sources.len() >= CITED {
            continue;
        }
        sources.push(source(chunk));
        numbers.insert(chunk.position, sources.len());
        markers.push(format!("[{}]", sources.len()));
    }
    let rows = outcome.rows.len().to_string();
    let marker = if markers.is_empty() { String::new() } else { format!(" {}", markers.concat()) };
    let answer = outcome.answers.join(", ");
    let text = COMPUTED.with(language.code, &[&answer, &outcome.formula, name, &rows, &marker]);
    let cells: Vec<_> = outcome
        .rows
        .iter()
        .take(200)
        .filter_map(|row| table.rows.get(*row))
        .map(|row| json!({ "start": row.start, "end": row.end }))
        .collect();
    let account = json!({ "table": name, "title": table.title, "formula": outcome.formula, "answers": outcome.answers, "rows": cells });
    Told { text, sources, answered: true, account }
}

/// Whether a passage is made of rows.
fn is_tabular(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let rows = lines.iter().filter(|line| line.starts_with('|') || line.contains(" | ")).count();
    rows >= 2 && rows * 2 >= lines.len()
}

/// Words of questions that compare rows or count them.
fn is_computing(question: &str) -> bool {
    const WORDS: &[&str] = &[
        "most",
        "least",
        "highest",
        "lowest",
        "largest",
        "smallest",
        "fewest",
        "longest",
        "shortest",
        "total",
        "sum",
        "average",
        "difference",
        "more",
        "fewer",
        "less",
        "last",
        "first",
        "next",
        "before",
        "after",
        "previous",
        "only",
        "consecutive",
        "same",
        "höchste",
        "niedrigste",
        "meisten",
        "wenigsten",
        "summe",
        "durchschnitt",
        "größte",
        "kleinste",
        "greatest",
        "top",
        "earliest",
        "latest",
        "better",
        "above",
        "below",
    ];
    let lower = question.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    lower.contains("how many") || lower.contains("wie viele") || words.any(|word| WORDS.contains(&word))
}
