//! A table as a list: which of its columns has what is wanted, and which of its rows.

use docent_models::{sentences_of, terms_of};

use super::groups::Item;
use super::outline::has;
use super::wish::{Outcome, Wish};
use crate::tables::words::{Token, tokens};
use crate::tables::{Table, Value, mean_the_same};

/// Words for people and firms, of which lists are made whatever the column is called.
const PARTIES: &[&str] = &[
    "group",
    "groups",
    "organisation",
    "organisations",
    "organization",
    "organizations",
    "club",
    "clubs",
    "firm",
    "firms",
    "company",
    "companies",
    "bidder",
    "bidders",
    "tenderer",
    "tenderers",
    "applicant",
    "applicants",
    "supplier",
    "suppliers",
    "contractor",
    "contractors",
    "person",
    "persons",
    "people",
    "association",
    "associations",
    "society",
    "societies",
    "recipient",
    "recipients",
    "vendor",
    "vendors",
    "participant",
    "participants",
    "charity",
    "charities",
    "firma",
    "firmen",
    "unternehmen",
    "verein",
    "vereine",
    "bieter",
    "antragsteller",
    "bewerber",
    "organisationen",
    "gruppe",
    "gruppen",
    "empfänger",
    "teilnehmer",
    "lieferant",
    "lieferanten",
    "anbieter",
    "initiative",
    "initiativen",
    "bidding",
    "partner",
    "partners",
];

/// Beginnings of a cell that says that something was turned down.
const DENIED: &[&str] = &[
    "declined",
    "refused",
    "rejected",
    "withdrawn",
    "not ",
    "unsuccessful",
    "deferred",
    "dismissed",
    "turned down",
    "abgelehnt",
    "zurückgestellt",
    "zurückgezogen",
    "nicht ",
    "verworfen",
    "refusé",
    "rechazad",
];

/// Where a decision stands.
const DECISIONS: &[&str] = &[
    "decision",
    "outcome",
    "result",
    "award",
    "awarded",
    "granted",
    "entscheidung",
    "beschluss",
    "ergebnis",
    "bewilligt",
    "status",
    "zuschlag",
    "resolution",
];

/// How well the noun is that of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Called {
    /// The rows are called so, and not a column.
    Rows,
    Party,
    Column,
}

/// The rows that are wanted, with the column that tells them, and the terms that are used up.
pub(super) struct Picked {
    pub(super) column: usize,
    pub(super) called: Called,
    pub(super) rows: Vec<usize>,
    pub(super) used: Vec<String>,
}

/// What is wanted of a table; `own` are the terms of its columns and its title, `there` these and those of what is around it,
/// `sentences` what stands beside it.
pub(super) fn picked(
    wish: &Wish,
    table: &Table,
    totals: &[bool],
    [own, there]: [&[String]; 2],
    sentences: &[String],
) -> Option<Picked> {
    let noun = wish.noun.as_deref()?;
    let (column, called) = column_of(noun, table, own)?;
    let mut rows: Vec<usize> = (0..table.rows.len())
        .filter(|row| {
            !totals.get(*row).copied().unwrap_or_default() && !table.cell(*row, column).trim().is_empty()
        })
        .collect();
    let of_noun = terms_of(noun);
    let mut used = of_noun.clone();
    if let Some(outcome) = wish.outcome {
        rows = decided(outcome, table, rows, &mut used, wish)?;
    }
    let names: Vec<String> = table.names.iter().flat_map(|name| terms_of(name)).collect();
    for term in wish.terms.iter().filter(|term| !of_noun.contains(term)) {
        if has(there, term) || has(&names, term) || used.contains(term) || wish.is_light(term) {
            continue;
        }
        let fits = |row: &usize| table.rows[*row].cells.iter().any(|cell| has(&terms_of(cell), term));
        let kept: Vec<usize> = rows.iter().copied().filter(fits).collect();
        if !kept.is_empty() {
            rows = kept;
            used.push(term.clone());
        }
    }
    if let Some((of, value, said)) = told_by_value(wish, table, sentences) {
        used.extend(said);
        rows.retain(|row| table.cell(*row, of).trim().eq_ignore_ascii_case(&value));
    }
    (!rows.is_empty()).then_some(Picked { column, called, rows, used })
}

/// The column with what is wanted: one that is called so, one of parties, or the first that tells the rows apart.
fn column_of(noun: &str, table: &Table, own: &[String]) -> Option<(usize, Called)> {
    let wanted = tokens(noun).into_iter().next()?;
    let columns = 0..table.names.len();
    let words = |column: usize| share(table, column, |cell| cell.contains(char::is_alphabetic));
    let named =
        |column: &usize, fits: &dyn Fn(&Token) -> bool| tokens(&table.names[*column]).iter().any(fits);
    let same = |column: &usize| words(*column) && named(column, &|word| mean_the_same(word, &wanted));
    // "Lift" before "Lift type": the shorter name.
    if let Some(column) =
        columns.clone().filter(same).min_by_key(|column| tokens(&table.names[*column]).len())
    {
        return Some((column, Called::Column));
    }
    let party = |word: &Token| PARTIES.contains(&word.text.as_str());
    if party(&wanted) {
        return columns
            .clone()
            .find(|column| words(*column) && named(column, &party))
            .map(|it| (it, Called::Party));
    }
    let called = terms_of(noun).iter().all(|term| own.contains(term));
    let label = |column: &usize| {
        let cells: Vec<&str> =
            (0..table.rows.len()).map(|row| table.cell(row, *column)).filter(|it| !it.is_empty()).collect();
        let different: std::collections::HashSet<&&str> = cells.iter().collect();
        let is_time = share(table, *column, |cell| Value::of(cell).time().is_some());
        words(*column) && !is_time && different.len() * 10 >= cells.len() * 9
    };
    columns.clone().find(label).filter(|_| called).map(|it| (it, Called::Rows))
}

/// Whether most of a column's cells are such.
fn share(table: &Table, column: usize, fits: impl Fn(&str) -> bool) -> bool {
    let cells: Vec<&str> =
        (0..table.rows.len()).map(|row| table.cell(row, column)).filter(|it| !it.is_empty()).collect();
    !cells.is_empty() && cells.iter().filter(|cell| fits(cell)).count() * 10 >= cells.len() * 7
}

/// The rows on which it was decided so; `None` where a table says nothing of that.
fn decided(
    outcome: Outcome,
    table: &Table,
    rows: Vec<usize>,
    used: &mut Vec<String>,
    wish: &Wish,
) -> Option<Vec<usize>> {
    let denied = |row: &usize| {
        table.rows[*row].cells.iter().any(|cell| {
            let cell = cell.to_lowercase();
            DENIED.iter().any(|word| cell.starts_with(word))
        })
    };
    let says = |name: &String| tokens(name).iter().any(|word| DECISIONS.contains(&word.text.as_str()));
    let (no, yes): (Vec<usize>, Vec<usize>) = rows.into_iter().partition(denied);
    let decides = table.names.iter().any(says) || !no.is_empty();
    if !decides || no.is_empty() && outcome == Outcome::Refused {
        return None;
    }
    let of_outcome = [
        "awarded",
        "granted",
        "approved",
        "accepted",
        "received",
        "successful",
        "declined",
        "refused",
        "rejected",
        "unsuccessful",
        "bewilligt",
        "genehmigt",
        "abgelehnt",
        "erhalten",
        "bekommen",
    ];
    let of_outcome: Vec<String> = of_outcome.iter().flat_map(|word| terms_of(word)).collect();
    used.extend(wish.terms.iter().filter(|term| of_outcome.contains(term)).cloned());
    Some(if outcome == Outcome::Refused { no } else { yes })
}

/// "Those of class 3 are emptied by the town": what a sentence beside the table says of the rows with one value, where it
/// is that which the question asks for; with the terms that both have.
fn told_by_value(wish: &Wish, table: &Table, sentences: &[String]) -> Option<(usize, String, Vec<String>)> {
    let mut best: Option<(Vec<String>, (usize, String))> = None;
    let mut second = 0;
    for clause in sentences.iter().flat_map(|sentence| clauses(sentence)) {
        let Some(told) = valued(&clause, table) else { continue };
        let said = terms_of(&clause);
        let of_noun = terms_of(wish.noun.as_deref().unwrap_or_default());
        let fits = wish.terms.iter().filter(|term| !of_noun.contains(term) && has(&said, term));
        let fits: Vec<String> = fits.cloned().collect();
        match &best {
            Some((most, _)) if most.len() >= fits.len() => second = second.max(fits.len()),
            _ => {
                second = best.take().map_or(0, |(most, _)| most.len());
                best = Some((fits, told));
            }
        }
    }
    let best = best.filter(|(most, _)| most.len() >= 2 && most.len() > second);
    best.map(|(said, (column, value))| (column, value, said))
}

fn clauses(sentence: &str) -> Vec<String> {
    let mut clauses = vec![sentence.to_owned()];
    for joint in ["; ", ", ", " and those ", " und die ", " while ", " whereas "] {
        clauses = clauses
            .iter()
            .flat_map(|clause| clause.split(joint).map(str::to_owned).collect::<Vec<_>>())
            .collect();
    }
    clauses
}

/// The column and the one of its values that a clause names together.
fn valued(clause: &str, table: &Table) -> Option<(usize, String)> {
    let words = tokens(clause);
    let mut found = None;
    for column in 0..table.names.len() {
        let name = tokens(&table.names[column]);
        let [name] = &name[..] else { continue };
        let at = |pair: &&[Token]| {
            mean_the_same(&pair[0], name)
                && (0..table.rows.len())
                    .any(|row| table.cell(row, column).trim().eq_ignore_ascii_case(&pair[1].text))
        };
        let mut pairs = words.windows(2).filter(at);
        if let Some(pair) = pairs.next() {
            if found.is_some() || pairs.next().is_some() {
                return None;
            }
            found = Some((column, pair[1].text.clone()));
        }
    }
    found
}

/// The rows by what tells them, each value once. A number of a row has its name with it.
pub(super) fn items(table: &Table, picked: &Picked) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for row in &picked.rows {
        let cell = table.cell(*row, picked.column).trim();
        let is_code = cell.chars().any(|c| c.is_ascii_digit()) && !cell.contains(' ');
        let behind = (picked.column + 1..table.names.len())
            .map(|column| table.cell(*row, column).trim())
            .find(|cell| cell.contains(char::is_alphabetic))
            .filter(|_| is_code);
        let text = behind.map_or_else(|| cell.to_owned(), |behind| format!("{cell}: {behind}"));
        if !items.iter().any(|known| known.text == text) {
            items.push(Item { text, start: table.rows[*row].start });
        }
    }
    items
}

/// Whether the items of a text are names, as those of people and firms are.
pub(super) fn are_parties(noun: &str, items: &[Item]) -> bool {
    let named = |item: &Item| {
        item.text.starts_with(char::is_uppercase) || item.text.to_lowercase().starts_with("the ")
    };
    PARTIES.contains(&noun) && items.iter().skip(1).all(named)
}

/// The sentences of a text, for what they say of values.
pub(super) fn said(texts: &[String]) -> Vec<String> {
    texts.iter().flat_map(|text| sentences_of(text)).collect()
}
