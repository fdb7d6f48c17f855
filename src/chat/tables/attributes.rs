//! What is asked of a thing that stands in a table, where neither a column nor its row is about it: then its row is no
//! answer.

use super::grammar::is_form;
use super::link::{Fit, Span};
use super::naming::{Named, Naming};
use super::plain::Reader;
use super::same::is_kind_of;
use super::typed::{ColumnKind, Typed};
use super::value::is_clock;
use super::words::{Token, month, tokens};

/// What a table has on what is asked of a thing.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Standing {
    /// The thing is not in it, or the question is of another form.
    Unknown,
    /// It may say it.
    There,
    /// The thing is in it, and what is asked is not.
    Missing(Missing),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Missing {
    name: Vec<Token>,
    asked: Vec<Token>,
}

/// Words that join what is asked with the thing.
const OF: &[&str] = &[
    "of", "for", "in", "at", "on", "from", "does", "von", "vom", "für", "des", "der", "im", "bei", "beim",
    "am", "an", "de", "du", "del", "pour", "para", "dans", "en", "has", "have", "hat",
];

/// Beginnings of questions that ask for something else than what a cell is called by.
const OTHERS: &[&str] = &[
    "who", "when", "where", "why", "is", "are", "was", "were", "does", "do", "did", "can", "may", "must",
    "should", "wer", "wann", "wo", "warum", "wieso", "weshalb", "ist", "sind", "war", "hat", "haben", "darf",
    "kann", "muss", "compare", "list", "qui", "quand", "où", "pourquoi", "quién", "cuándo", "dónde",
];

/// Words that say how something is told, and not what.
const GENERIC: &[&str] = &[
    "number",
    "no",
    "nr",
    "value",
    "amount",
    "level",
    "total",
    "code",
    "date",
    "size",
    "name",
    "type",
    "rate",
    "figure",
    "id",
    "nummer",
    "wert",
    "betrag",
    "höhe",
    "stand",
    "datum",
    "art",
    "numéro",
    "valeur",
    "número",
    "valor",
    "fecha",
    "current",
    "exact",
    "aktuelle",
    "aktueller",
    "actual",
    "new",
    "old",
    "annual",
    "yearly",
    "monthly",
    "daily",
];

/// Words of questions that are answered by the whole row.
const VAGUE: &[&str] = &[
    "about",
    "info",
    "information",
    "informationen",
    "detail",
    "details",
    "data",
    "daten",
    "entry",
    "eintrag",
    "row",
    "zeile",
    "know",
    "say",
    "says",
    "something",
    "anything",
    "everything",
    "status",
    "happened",
    "story",
    "angaben",
    "specification",
    "specifications",
    "specs",
    "parameters",
    "description",
];

/// Longer questions tell more than what is asked of a thing.
const LONGEST: usize = 16;

/// What the table has on what the question asks of a thing.
pub(crate) fn standing(question: &str, table: &Typed<'_>, naming: &Naming) -> Standing {
    let words = tokens(question);
    let Some(first) = words.first() else { return Standing::Unknown };
    if words.len() > LONGEST || OTHERS.contains(&first.text.as_str()) || table.rows() == 0 {
        return Standing::Unknown;
    }
    let reader = Reader::new(table, naming, &words, true);
    let names = |span: &&Span| {
        is_name(&words[span.from..span.to])
            && span
                .hits
                .iter()
                .any(|hit| hit.fit == Fit::Whole && hit.rows.len() == 1 && !table.columns[hit.column].repeats)
    };
    let Some(span) = reader.spans.iter().find(names) else { return Standing::Unknown };
    let row = span.hits.iter().find(|hit| hit.fit == Fit::Whole).and_then(|hit| hit.rows.first()).copied();
    if let Some(missing) = missing_amount(&reader, span, row) {
        return Standing::Missing(missing);
    }
    let joint = (0..span.from).rev().find(|at| OF.contains(&words[*at].text.as_str()));
    let places = match joint {
        Some(joint) => 0..joint,
        None if span.from == 0 => span.to..words.len(),
        None => return Standing::There,
    };
    let in_cell = |at: usize| reader.spans.iter().any(|span| (span.from..span.to).contains(&at));
    // "What has Ada on 13 May": what is asked may be what stands in the cells of a column that is named so.
    let beyond = |at: usize| {
        let word = &words[at];
        word.text.chars().any(|c| c.is_ascii_digit())
            || month(&word.text).is_some()
            || !reader.columns[at].is_empty()
    };
    if joint.is_some() && (span.to..words.len()).any(|at| !in_cell(at) && beyond(at)) {
        return Standing::There;
    }
    let says = |at: &usize| {
        let text = words[*at].text.as_str();
        !reader.says_nothing(*at) && !is_asking(text) && !text.chars().any(|c| c.is_ascii_digit())
    };
    let asked: Vec<usize> = places.filter(says).collect();
    let is_other = |at: &usize| {
        let text = words[*at].text.as_str();
        in_cell(*at) || is_form(text) || VAGUE.contains(&text) || reader.called[*at] >= Some(Named::File)
    };
    let specific: Vec<usize> =
        asked.iter().copied().filter(|at| !GENERIC.contains(&words[*at].text.as_str())).collect();
    if specific.is_empty() || asked.iter().any(is_other) {
        return Standing::There;
    }
    let cells: Vec<Token> = row
        .map(|row| (0..table.columns.len()).flat_map(|at| tokens(table.table.cell(row, at))).collect())
        .unwrap_or_default();
    let known = |at: &usize| {
        let word = &words[*at];
        !reader.columns[*at].is_empty() || cells.iter().any(|cell| is_kind_of(cell, word))
    };
    if specific.iter().any(known) {
        return Standing::There;
    }
    let asked = specific.into_iter().map(|at| words[at].clone()).collect();
    Standing::Missing(Missing { name: words[span.from..span.to].to_vec(), asked })
}

/// What a question for an amount asks of a row that has no number.
fn missing_amount(reader: &Reader<'_>, span: &Span, row: Option<usize>) -> Option<Missing> {
    const MUCH: &[&[&str]] =
        &[&["how", "much"], &["wie", "viel"], &["wieviel"], &["combien"], &["cuánto"], &["cuánta"]];
    let (words, table) = (reader.words, reader.table);
    let begins = |phrase: &&[&str]| phrase.iter().enumerate().all(|(at, word)| reader.word(at) == *word);
    let asks = MUCH.iter().find(|phrase| begins(phrase))?;
    let has_number = |row: usize| {
        let number = |at: usize| {
            table.columns[at].kind == ColumnKind::Number
                && !table.table.cell(row, at).is_empty()
                && !is_clock(table.table.cell(row, at))
        };
        (0..table.columns.len()).any(number)
    };
    let open = |at: &usize| {
        !(span.from..span.to).contains(at)
            && !reader.says_nothing(*at)
            && reader.called[*at] < Some(Named::Head)
    };
    let asked: Vec<Token> = (asks.len()..words.len()).filter(open).map(|at| words[at].clone()).collect();
    let name = words[span.from..span.to].to_vec();
    (!has_number(row?) && !asked.is_empty()).then_some(Missing { name, asked })
}

impl Missing {
    /// Whether running text speaks of the thing and of what is asked, or is called by the thing.
    pub(crate) fn is_told_in(&self, text: &str, called: &str) -> bool {
        let prose: Vec<&str> = text.lines().filter(|line| !line.contains('|')).collect();
        let said = tokens(&prose.join("\n"));
        let called = tokens(called);
        let names = |word: &Token| called.iter().any(|known| known.text == word.text);
        // A document about the thing may say it in another language.
        if !said.is_empty() && self.name.iter().all(names) {
            return true;
        }
        let has = |word: &Token| said.iter().chain(&called).any(|known| known.text == word.text);
        self.name.iter().all(has)
            && self.asked.iter().any(|word| said.iter().any(|known| is_kind_of(known, word)))
    }
}

/// "KX-40", "Ada Holm": what names one thing.
fn is_name(words: &[Token]) -> bool {
    let coded = |word: &Token| {
        word.text.chars().any(|c| c.is_ascii_digit()) && word.text.chars().any(char::is_alphabetic)
    };
    words.len() > 1 || words.iter().any(coded)
}

fn is_asking(word: &str) -> bool {
    matches!(
        word,
        "what"
            | "which"
            | "how"
            | "much"
            | "high"
            | "big"
            | "give"
            | "tell"
            | "show"
            | "wie"
            | "hoch"
            | "groß"
            | "viel"
            | "welche"
            | "welcher"
            | "welches"
            | "welchen"
            | "was"
            | "lautet"
            | "quel"
            | "quelle"
            | "combien"
            | "cuál"
            | "cuánto"
    )
}

#[cfg(test)]
mod tests {
    use super::super::tables_in;
    use super::*;

    fn missing(text: &str, question: &str) -> Option<bool> {
        let tables = tables_in(text, 0, "");
        let turned = tables.iter().filter_map(|table| table.turned());
        let all: Vec<_> = tables.iter().cloned().chain(turned).collect();
        let judged = all.iter().map(|table| standing(question, &Typed::of(table), &Naming::default()));
        let judged: Vec<Standing> = judged.filter(|standing| *standing != Standing::Unknown).collect();
        (!judged.is_empty()).then(|| judged.iter().all(|standing| matches!(standing, Standing::Missing(_))))
    }

    #[test]
    fn what_no_column_is_about_is_missing() {
        let phones = "| Name | Duty | Ext. | Room |\n|---|---|---|---|\n| Ada Holm | Buyer | 41 | 2.09 |\n| Ben Ochs | Guard | 42 | 2.10 |\n";
        let talks = "| Name | Talk | Day | Hour |\n|---|---|---|---|\n| Ada Holm | Knots | 3 May | 9:30 |\n| Ben Ochs | Sails | 4 May | 10:00 |\n";
        let scrapped = "| Tag | Item | Sold on | Proceeds EUR |\n|---|---|---|---|\n| W-0091 | Old lathe | 2024-03-01 | 340 |\n| W-0092 | Saw | 2024-05-01 | 20 |\n";
        let sheet = "| Parameter | Unit | KX4 | KX5 |\n|---|---|---|---|\n| Head | m | 12 | 15 |\n| Mass | kg | 404 | 517 |\n| Motor power | kW | 9 | 14 |\n";
        for (text, question, wanted) in [
            (phones, "mobile number of Ada Holm?", Some(true)),
            (phones, "What is the salary of Ada Holm?", Some(true)),
            (phones, "phone number of Ada Holm", Some(false)),
            (phones, "Welche Durchwahl hat Ada Holm?", Some(false)),
            (phones, "what about Ada Holm?", Some(false)),
            (phones, "details of Ada Holm", Some(false)),
            (phones, "who is Ada Holm", None),
            (phones, "What duty shift has Ada Holm on 13 May?", Some(false)),
            (phones, "what shift has Ada Holm on 13 May?", Some(false)),
            (phones, "mobile number of Eve Long?", None),
            (talks, "How much did Ada Holm get for her talk?", Some(true)),
            (talks, "¿Cuánto cobró Ada Holm?", Some(true)),
            (scrapped, "How much did the old lathe bring in?", Some(false)),
            (scrapped, "What is the replacement value of the old lathe W-0091?", Some(true)),
            (scrapped, "proceeds of W-0091", Some(false)),
            (scrapped, "Wie hoch war der Erlös von W-0091?", Some(false)),
            (sheet, "sound level of the KX5 pump", Some(true)),
            (sheet, "weight of the KX5 pump", Some(false)),
            (sheet, "KX5 colour", Some(true)),
            (sheet, "KX5 motor power", Some(false)),
        ] {
            assert_eq!(missing(text, question), wanted, "{question}");
        }
    }

    #[test]
    fn running_text_may_say_what_no_column_does() {
        let phones = "| Name | Duty |\n|---|---|\n| Ada Holm | Buyer |\n| Ben Ochs | Guard |\n";
        let table = tables_in(phones, 0, "").remove(0);
        let judged = standing("salary of Ada Holm", &Typed::of(&table), &Naming::default());
        let Standing::Missing(missing) = judged else { panic!("{judged:?}") };
        assert!(missing.is_told_in("Ada Holm is paid a wage of 3,000 EUR.", ""));
        assert!(missing.is_told_in("The salary is 3,000 EUR.", "Contract_Ada_Holm.pdf"));
        assert!(!missing.is_told_in("Ben Ochs has a salary of 2,000 EUR.", ""));
        assert!(!missing.is_told_in("| Ada Holm | salary |", ""));
    }
}
