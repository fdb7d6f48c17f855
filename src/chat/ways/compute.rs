//! Questions that are computed from tables.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::json;

use super::kind::{self, Kind};
use super::texts::{Text, count};
use super::whole::{Whole, distinct};
use super::{Told, source};
use crate::engine::Inner;
use crate::language::Language;
use crate::tables::attributes::{Missing, Standing, standing};
use crate::tables::plain::{Rank, freely, plainly};
use crate::tables::plan::{Condition, Plan as Asked, What};
use crate::tables::run::{self, Outcome};
use crate::tables::{Naming, Table, Typed, ask, asks_of_rows, names_file, shown};
use crate::turn::Plan;
use docent_domain::source::Source;
use docent_domain::{DocumentId, Fault};
use docent_store::Shelved;

/// Documents whose tables are looked at, in the order in which the search found them.
const DOCUMENTS: usize = 8;

/// Documents that are looked at because the question names their file, and formats that such have.
const NAMED: usize = 4;
const TABULAR: &[&str] = &["xlsx", "xls", "xlsm", "xlsb", "ods", "csv", "tsv"];

/// Rows that are cited.
const CITED: usize = 8;

/// Items of a list that are shown, each cited.
const ITEMS: usize = 50;

const COMPUTED: Text = Text::new("**{}** ({}; {}, {} rows used){}", "**{}** ({}; {}, {} Zeilen verwendet){}");
const COMPUTED_OF_ONE: Text =
    Text::new("**{}** ({}; {}, {} row used){}", "**{}** ({}; {}, {} Zeile verwendet){}");
const LISTED: Text = Text::new("**{} found** ({}; {})", "**{} gefunden** ({}; {})");
const NOT_SHOWN: Text = Text::new("{} more are not shown.", "{} weitere werden nicht gezeigt.");
const CANNOT: Text = Text::new(
    "This cannot be computed: the question does not fit the columns of the tables found, so that any number would be a guess.",
    "Das lässt sich nicht berechnen: Die Frage passt nicht zu den Spalten der gefundenen Tabellen, jede Zahl wäre geraten.",
);

/// Whether the search holds what it found for relevant: questions to a table often share no word with its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Fit {
    Relevant,
    Doubtful,
    /// Only what a table says to every word of the question counts.
    Plain,
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
        // Who chooses documents says where the answer stands.
        let chosen = plan.options.documents.as_deref();
        let question = plan.content.as_str();
        let asks = kind::is_computing(question, kind)
            || matches!(kind, Kind::List | Kind::Compare)
            || asks_of_rows(question);
        let mut documents = if asks { self.called_in(plan, question).await? } else { Vec::new() };
        documents.extend(with_tables(found));
        documents.extend(chosen.unwrap_or_default());
        // What is computed may need more tables than what is read.
        let looked_at = if asks { Some(self.farther(plan).await?) } else { None };
        documents.extend(with_tables(looked_at.as_deref().unwrap_or_default()));
        let documents = distinct(documents.into_iter(), DOCUMENTS);
        let wholes = Arc::new(self.wholes(plan, &documents).await?);
        if matches!(kind, Kind::Lookup | Kind::Count)
            && let Some(told) = self.crossing(plan, &documents, &wholes, language).await?
        {
            return Ok(Some(told));
        }
        // Long tables take a while: others have their turn meanwhile.
        let (asked, quotes) = (question.to_owned(), plan.model.quotes());
        let chosen = chosen.is_some();
        let enough = match fit {
            Fit::Plain => ask::NEVER,
            Fit::Doubtful if !chosen => ask::SURER,
            _ => ask::SURE,
        };
        let read = Arc::clone(&wholes);
        let computed = tokio::task::spawn_blocking(move || {
            let all = seen(&read);
            let absent = if quotes { missing(&asked, &all) } else { None };
            (likeliest(&asked, all, quotes, enough), absent)
        });
        let (computed, absent) = computed.await.map_err(Fault::internal)?;
        if let Some(found) = computed {
            return Ok(Some(told(question, &found, &wholes, language)));
        }
        if let Some(missing) = absent.filter(|_| *kind == Kind::Lookup && fit == Fit::Relevant) {
            let farther = match looked_at {
                Some(farther) => farther,
                None => self.farther(plan).await?,
            };
            let called = |source: &Source| {
                format!("{} {}", source.filename, source.heading.as_deref().unwrap_or_default())
            };
            let tells = |source: &&Source| missing.is_told_in(&source.content, &called(source));
            if !found.iter().chain(&farther).any(|source| tells(&source)) {
                let account =
                    json!({ "not_in_tables_of": documents.iter().map(|id| id.get()).collect::<Vec<_>>() });
                let text = language.no_answer.to_owned();
                return Ok(Some(Told { text, sources: Vec::new(), answered: false, account }));
            }
        }
        let first = found.first().is_some_and(|source| is_tabular(&source.content));
        if first
            && (fit == Fit::Relevant || chosen && fit == Fit::Doubtful)
            && plan.model.quotes()
            && kind::is_computing(question, kind)
            && !kind::is_stated(question, found)
            && !kind::is_said(question, found)
        {
            let text = CANNOT.with(language.code, &[]);
            let account = json!({ "tables_of": documents.iter().map(|id| id.get()).collect::<Vec<_>>() });
            return Ok(Some(Told { text, sources: found.to_vec(), answered: false, account }));
        }
        Ok(None)
    }

    /// The documents whose files the question names, in whatever language: "the tool list" is Werkzeugliste.xlsx.
    async fn called_in(&self, plan: &Plan, question: &str) -> Result<Vec<DocumentId>, Fault> {
        let shelf = self.shelf_of(plan).await?;
        let named = |shelved: &Shelved| names_file(question, &shelved.filename);
        let mut ranked: Vec<(usize, DocumentId)> = shelf
            .iter()
            .filter(|shelved| TABULAR.contains(&shelved.format.as_str()))
            .map(|shelved| (named(shelved), shelved.id.into()))
            .filter(|(words, _)| *words > 0)
            .collect();
        ranked.sort_by_key(|(words, _)| std::cmp::Reverse(*words));
        ranked.truncate(NAMED);
        Ok(ranked.into_iter().map(|(_, document)| document).collect())
    }
}

/// A table with what it is called.
struct Seen {
    table: Table,
    naming: Naming,
    /// The place of the document of each row.
    homes: Vec<usize>,
    /// As it stands in a document: what is learned is learned from such.
    as_it_stands: bool,
    /// Its rows are among those of another, too: it counts only where it is named.
    is_part: bool,
}

impl Seen {
    /// There may be more documents of the kind than were found: what takes all of them is not computed, unless the
    /// question names them.
    fn has_all_for(&self, plan: &Asked) -> bool {
        let of_several = self.homes.iter().any(|home| *home != self.homes[0]);
        !of_several
            || match plan.what {
                What::Lookup(_) | What::List(_) => true,
                What::Best { .. } | What::Extreme { .. } => !plan.conditions.is_empty(),
                _ => false,
            }
    }

    fn join(&mut self, other: &Self) {
        self.table.join(&other.table);
        self.homes.extend(&other.homes);
        self.naming = Naming::shared(&[&self.naming, &other.naming]);
    }
}

/// The tables of a document; those that go on over several pages, with the same columns, as one.
pub(super) fn joined_tables(whole: &Whole) -> Vec<Table> {
    let all = seen(std::slice::from_ref(whole)).into_iter();
    all.filter(|seen| !seen.is_part).map(|seen| seen.table).collect()
}

/// All tables, and those put together that have the same columns or describe things of one kind.
fn seen(wholes: &[Whole]) -> Vec<Seen> {
    let mut all: Vec<Seen> = Vec::new();
    let mut things: Vec<Seen> = Vec::new();
    for (at, whole) in wholes.iter().enumerate() {
        let first = all.len();
        for table in whole.tables() {
            let naming = whole.naming(&table);
            let seen = |table: Table, as_it_stands: bool| {
                let homes = vec![at; table.rows.len()];
                Seen { table, naming: naming.clone(), homes, as_it_stands, is_part: false }
            };
            if let Some(turned) = table.turned().map(|turned| seen(turned, false)) {
                match things.iter_mut().find(|known| known.table.describes_like(&turned.table)) {
                    Some(known) => known.join(&turned),
                    None => things.push(turned),
                }
            }
            all.push(seen(table, true));
        }
        let sheets = all.split_off(first);
        all.extend(with_joined(sheets));
    }
    all.extend(things);
    all
}

/// The sheets of a document, and those with the same columns as one.
fn with_joined(mut sheets: Vec<Seen>) -> Vec<Seen> {
    let mut joined: Vec<Seen> = Vec::new();
    for at in 0..sheets.len() {
        let same = |other: &usize| sheets[*other].table.names == sheets[at].table.names;
        let group: Vec<usize> = (0..sheets.len()).filter(same).collect();
        if group.len() < 2 {
            continue;
        }
        if group[0] == at {
            let (table, naming) = (sheets[at].table.clone(), sheets[at].naming.clone());
            let homes = sheets[at].homes.clone();
            let mut all = Seen { table, naming, homes, as_it_stands: false, is_part: false };
            group[1..].iter().for_each(|other| all.join(&sheets[*other]));
            joined.push(all);
        }
        sheets[at].is_part = true;
    }
    sheets.extend(joined);
    sheets
}

/// What comes out of the table that the question is one to.
struct Computed {
    seen: Seen,
    plan: Asked,
    outcome: Outcome,
}

/// Of all tables the one that the question is one to: where all words of the question are used, or that most likely.
fn likeliest(question: &str, all: Vec<Seen>, quotes: bool, enough: f64) -> Option<Computed> {
    let mut plain: Vec<(Rank, Seen, Asked)> = Vec::new();
    let mut best: Option<(f64, Seen, Asked)> = None;
    // A model reads a single cell better than rules do.
    let reads = |plan: &Asked| !quotes && matches!(plan.what, What::Lookup(_));
    for seen in all {
        let typed = Typed::of(&seen.table);
        if seen.naming.is_of_another_year(question, &seen.table) {
            continue;
        }
        let counts = |rank: &Rank| !seen.is_part || rank.is_titled();
        let sure = plainly(question, &typed, &seen.naming).or_else(|| freely(question, &typed, &seen.naming));
        let sure =
            sure.filter(|sure| !reads(&sure.plan) && counts(&sure.rank) && seen.has_all_for(&sure.plan));
        if let Some(sure) = sure {
            plain.push((sure.rank, seen, sure.plan));
            continue;
        }
        let is_missing = || matches!(standing(question, &typed, &seen.naming), Standing::Missing(_));
        if !seen.as_it_stands || is_missing() {
            continue;
        }
        // What the question names itself is no answer to it.
        let repeats = |plan: &Asked| match &plan.what {
            What::Lookup(column) => plan
                .conditions
                .iter()
                .any(|it| matches!(it, Condition::Among { column: of, .. } if of == column)),
            _ => false,
        };
        let parsed = ask::parse(&seen.naming.without(question), &typed, enough);
        // "Did the rent go up?" asks for more than whether there is one.
        let says_more = |plan: &Asked| {
            matches!(plan.what, What::Exists { .. })
                && !ask::says_only_what_is_there(question, &typed, &seen.naming)
        };
        let fits = |plan: &Asked| !reads(plan) && !repeats(plan) && !says_more(plan);
        if !ask::explains_enough(question, &typed, &seen.naming) {
            continue;
        }
        if let Some((asked, likely)) = parsed.filter(|(asked, _)| fits(asked))
            && best.as_ref().is_none_or(|(known, ..)| *known < likely)
        {
            best = Some((likely, seen, asked));
        }
    }
    sure(plain).or_else(|| {
        let (_, seen, asked) = best?;
        Computed::of(seen, asked)
    })
}

/// What is asked of a thing, where every table that has the thing has nothing on that.
fn missing(question: &str, all: &[Seen]) -> Option<Missing> {
    let judged = all.iter().map(|seen| standing(question, &Typed::of(&seen.table), &seen.naming));
    let mut found = None;
    for standing in judged {
        match standing {
            Standing::Unknown => {}
            Standing::There => return None,
            Standing::Missing(missing) => found = Some(missing),
        }
    }
    found
}

/// What comes out of the tables that fit the question best, if it is the same of all of them.
fn sure(plain: Vec<(Rank, Seen, Asked)>) -> Option<Computed> {
    let best = plain.iter().map(|(rank, ..)| *rank).max()?;
    let fitting = plain.into_iter().filter(|(rank, ..)| *rank == best);
    let mut all = fitting.filter_map(|(_, seen, asked)| Computed::of(seen, asked));
    let first = all.next()?;
    let answer = ask::key(&first.outcome.answers);
    all.all(|other| ask::key(&other.outcome.answers) == answer).then_some(first)
}

impl Computed {
    fn of(seen: Seen, plan: Asked) -> Option<Self> {
        let outcome = run::run(&Typed::of(&seen.table), &plan)?;
        Some(Self { seen, plan, outcome })
    }
}

/// What rows are cited by: the passages that they stand in, each with its number.
struct Cited<'a> {
    seen: &'a Seen,
    wholes: &'a [Whole],
    sources: Vec<Source>,
    numbers: HashMap<(usize, i64), usize>,
}

impl<'a> Cited<'a> {
    fn of(seen: &'a Seen, wholes: &'a [Whole]) -> Self {
        Self { seen, wholes, sources: Vec::new(), numbers: HashMap::new() }
    }

    fn row(&mut self, row: usize) -> Option<String> {
        let (home, start) = (*self.seen.homes.get(row)?, self.seen.table.rows.get(row)?.start);
        let chunk = self.wholes.get(home)?.passage(start)?;
        let sources = &mut self.sources;
        let number = *self.numbers.entry((home, chunk.position)).or_insert_with(|| {
            sources.push(source(chunk));
            sources.len()
        });
        Some(format!("[{number}]"))
    }
}

fn told(question: &str, found: &Computed, wholes: &[Whole], language: &Language) -> Told {
    let (table, outcome) = (&found.seen.table, &found.outcome);
    let used = outcome.rows.first().and_then(|row| found.seen.homes.get(*row)).copied().unwrap_or_default();
    let file = |whole: &Whole| whole.filename().to_owned();
    let name = wholes.get(used).map(file).unwrap_or_default();
    let mut answers = shown(&Typed::of(table), &found.plan, &outcome.answers, &outcome.rows);
    answers.extend(also_asked(found, question));
    let (text, sources) = if matches!(found.plan.what, What::List(_)) && answers.len() > 1 {
        listed(&answers, found, wholes, &name, language)
    } else {
        number(&answers, found, wholes, &name, language)
    };
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

/// The other cells of the row, where the question asks for more than one of them: "who …, and until when?".
fn also_asked(found: &Computed, question: &str) -> Vec<String> {
    let (What::Lookup(column), [row]) = (&found.plan.what, &found.outcome.rows[..]) else {
        return Vec::new();
    };
    let lower = format!(" {} ", question.to_lowercase());
    const MORE: &[&str] = &[
        " and what",
        " and when",
        " and by when",
        " and until when",
        " and who",
        " and where",
        " and how",
        " and which",
        " und was",
        " und wann",
        " und bis wann",
        " und wer",
        " und wo",
        " und wie",
        " und welche",
    ];
    if !MORE.iter().any(|more| lower.contains(more)) {
        return Vec::new();
    }
    let table = &found.seen.table;
    let is_condition = |at: usize| {
        found.plan.conditions.iter().any(|it| matches!(it, Condition::Among { column, .. } if *column == at))
    };
    let is_other = |at: &usize| at != column && !table.cell(*row, *at).is_empty() && !is_condition(*at);
    let cell = |at: usize| format!("{}: {}", table.names[at], table.cell(*row, at));
    (0..table.names.len()).filter(is_other).map(cell).collect()
}

fn number(
    answers: &[String],
    found: &Computed,
    wholes: &[Whole],
    name: &str,
    language: &Language,
) -> (String, Vec<Source>) {
    let mut cited = Cited::of(&found.seen, wholes);
    let mut markers: Vec<String> = Vec::new();
    for row in &found.outcome.rows {
        if cited.sources.len() >= CITED {
            break;
        }
        markers.extend(cited.row(*row).filter(|marker| !markers.contains(marker)));
    }
    let (answer, rows) = (answers.join(", "), found.outcome.rows.len().to_string());
    let marker = if markers.is_empty() { String::new() } else { format!(" {}", markers.concat()) };
    let told = if found.outcome.rows.len() == 1 { COMPUTED_OF_ONE } else { COMPUTED };
    let text = told.with(language.code, &[&answer, &found.outcome.formula, name, &rows, &marker]);
    (text, cited.sources)
}

fn listed(
    answers: &[String],
    found: &Computed,
    wholes: &[Whole],
    name: &str,
    language: &Language,
) -> (String, Vec<Source>) {
    let mut cited = Cited::of(&found.seen, wholes);
    let all = count(answers.len(), language.code);
    let mut text = LISTED.with(language.code, &[&all, &found.outcome.formula, name]);
    text.push('\n');
    for (item, row) in answers.iter().zip(&found.outcome.rows).take(ITEMS) {
        let marker = cited.row(*row).map_or(String::new(), |marker| format!(" {marker}"));
        text.push_str(&format!("\n- {item}{marker}"));
    }
    let left = answers.len().saturating_sub(ITEMS);
    if left > 0 {
        text.push_str(&format!("\n\n{}", NOT_SHOWN.with(language.code, &[&count(left, language.code)])));
    }
    (text, cited.sources)
}

/// The documents of the passages that are made of rows, in the order of the passages.
fn with_tables(found: &[Source]) -> Vec<DocumentId> {
    found.iter().filter(|source| is_tabular(&source.content)).map(|source| source.document).collect()
}

/// Whether a passage is made of rows.
fn is_tabular(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let rows = lines.iter().filter(|line| line.starts_with('|') || line.contains(" | ")).count();
    rows >= 1 && rows * 2 >= lines.len()
}
