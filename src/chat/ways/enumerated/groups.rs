//! Everything in a document that stands together as items of one kind: rows of a table, written lists, and what one sentence
//! names one after the other.

use docent_models::sentences_of;

use super::outline::{Outline, is_row};
use crate::tables::Table;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Written,
    Sentence,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) text: String,
    pub(super) start: i64,
}

/// A group of a text; those of tables are made when it is known which column is wanted.
pub(super) struct Group {
    pub(super) shape: Shape,
    /// What is said right before the items, or the sentence that has them.
    pub(super) lead: String,
    pub(super) heading: String,
    /// The sentences beside it.
    pub(super) beside: Vec<String>,
    /// Sentences elsewhere that point at it.
    pub(super) pointing: Vec<String>,
    pub(super) items: Vec<Item>,
    /// The sentence itself, where that is told.
    pub(super) sentence: Option<String>,
}

/// Words before a colon that name what follows.
const LEAD: usize = 12;

/// Items of one sentence at least; behind a colon two are enough.
const FEWEST: usize = 3;

/// Words of an item in a sentence.
const LONGEST: usize = 16;

const AND: &[&str] = &[" and ", " or ", " und ", " oder ", " sowie ", " et ", " y ", " as well as "];

/// The written lists and the sentences with several things in them.
pub(super) fn groups(outline: &Outline<'_>) -> Vec<Group> {
    let mut groups = written(outline);
    groups.extend(sentences(outline));
    groups
}

/// Lists whose items have marks, each with the line above.
fn written(outline: &Outline<'_>) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut at = 0;
    while at < outline.lines.len() {
        let Some((kind, _)) = marked(outline.lines[at].text) else {
            at += 1;
            continue;
        };
        let (from, mut items) = (at, Vec::<Item>::new());
        while at < outline.lines.len() {
            let line = &outline.lines[at];
            if line.heading != outline.lines[from].heading {
                break;
            }
            match marked(line.text) {
                Some((same, text)) if same == kind => {
                    items.push(Item { text: text.to_owned(), start: line.start });
                }
                Some(_) => break,
                None if line.text.trim().is_empty() => {}
                // What is set in goes on with the item.
                None if line.text.starts_with([' ', '\t']) => {
                    if let Some(item) = items.last_mut() {
                        item.text = format!("{} {}", item.text, line.text.trim());
                    }
                }
                None => break,
            }
            at += 1;
        }
        if items.len() < 2 {
            continue;
        }
        let above = (0..from).rev().map(|at| outline.lines[at].text.trim()).find(|line| !line.is_empty());
        let heading = outline.heading(from).to_owned();
        let says_what = |line: &str| line.ends_with(':') || line.split_whitespace().count() <= LEAD;
        let above = above.filter(|line| !is_row(line) && !line.starts_with('#') && marked(line).is_none());
        let lead = above.and_then(|line| sentences_of(line).pop()).filter(|line| says_what(line));
        let lead = lead.unwrap_or_default();
        groups.push(Group {
            shape: Shape::Written,
            lead,
            beside: outline.beside(from, at),
            pointing: outline.pointing_at(&heading),
            heading,
            items,
            sentence: None,
        });
    }
    groups
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Bullet,
    Number,
    Letter,
    Clause,
}

/// An item of a list with the kind of its mark.
fn marked(line: &str) -> Option<(Mark, &str)> {
    let line = line.trim();
    if let Some(rest) = line.strip_prefix(['-', '–', '—', '•', '*', '·', '▪', '○', '●', '\u{f0b7}'])
    {
        return rest
            .starts_with([' ', '\t'])
            .then(|| (Mark::Bullet, rest.trim()))
            .filter(|(_, text)| !text.is_empty());
    }
    let (first, rest) = line.split_once([' ', '\t'])?;
    let rest = rest.trim();
    let inner = first.trim_start_matches('(');
    let bare = inner.trim_end_matches([')', '.']);
    let closed = bare.len() < inner.len();
    let digits = bare.trim_end_matches(|c: char| c.is_ascii_uppercase());
    let number = !digits.is_empty() && digits.len() <= 2 && bare.len() <= digits.len() + 1;
    let mark = if number && digits.chars().all(|c| c.is_ascii_digit()) && closed {
        Mark::Number
    } else if bare.len() == 1 && bare.chars().all(|c| c.is_ascii_lowercase()) && closed {
        Mark::Letter
    } else if bare.split('.').count() == 2
        && bare
            .split('.')
            .all(|part| !part.is_empty() && part.len() <= 2 && part.chars().all(|c| c.is_ascii_digit()))
    {
        Mark::Clause
    } else {
        return None;
    };
    (!rest.is_empty() && rest.contains(char::is_alphabetic)).then_some((mark, rest))
}

/// "Not included: scaffolding, paint and lamps.", "The offer shall contain a plan, two drawings and a price."
fn sentences(outline: &Outline<'_>) -> Vec<Group> {
    let mut groups = Vec::new();
    for (at, line) in outline.lines.iter().enumerate() {
        if is_row(line.text) || line.text.starts_with('#') {
            continue;
        }
        // A sentence may go on in the next lines.
        let mut from = 0;
        for sentence in sentences_of(line.text) {
            let place = line.text[from..].find(sentence.as_str()).map(|found| from + found);
            let start = place.map_or(line.start, |place| {
                line.start + i64::try_from(line.text[..place].chars().count()).unwrap_or(0)
            });
            from = place.map_or(from, |place| place + sentence.len());
            for clause in statements(&sentence) {
                let Some((lead, items)) = named_in(clause) else { continue };
                groups.push(Group {
                    shape: Shape::Sentence,
                    lead,
                    beside: outline.beside(at, at + 1),
                    pointing: Vec::new(),
                    heading: outline.heading(at).to_owned(),
                    items: items.into_iter().map(|text| Item { text, start }).collect(),
                    sentence: Some(clause.trim().to_owned()),
                });
            }
        }
    }
    groups
}

/// What a sentence says one after the other; where a colon stands before all of it, it is one thing.
fn statements(sentence: &str) -> Vec<&str> {
    let lead = sentence.split_once(": ").is_some_and(|(lead, _)| lead.split_whitespace().count() <= LEAD);
    if lead { vec![sentence] } else { sentence.split("; ").collect() }
}

/// What a sentence names one after the other, with what it says before.
fn named_in(sentence: &str) -> Option<(String, Vec<String>)> {
    let bare = marked(sentence).map_or(sentence, |(_, text)| text).trim().trim_end_matches(['.', ';', ' ']);
    if let Some((lead, rest)) = bare.split_once(": ")
        && lead.split_whitespace().count() <= LEAD
    {
        let items = split(rest);
        if items.len() >= 2 && items.iter().all(|item| item.split_whitespace().count() <= LONGEST) {
            return Some((lead.to_owned(), items));
        }
    }
    let items = split(bare);
    let ends = AND.iter().any(|and| bare.contains(and));
    let (_, others) = items.split_first()?;
    let (last, middle) = others.split_last()?;
    let things = middle.iter().all(|item| !says_something(item)) && !begins_with_verb(last);
    // The first of them stands behind the beginning of the sentence.
    let short = others.iter().all(|item| item.split_whitespace().count() <= LONGEST);
    (items.len() >= FEWEST && ends && short && things && !begins_beside(bare))
        .then(|| (bare.to_owned(), items))
}

/// Verbs of clauses: what has one is no thing that is named.
const VERBS: &[&str] = &[
    "is", "are", "was", "were", "must", "shall", "may", "will", "can", "has", "have", "had", "be", "should",
    "does", "do", "did", "ist", "sind", "war", "waren", "wird", "werden", "wurde", "wurden", "muss",
    "müssen", "kann", "können", "hat", "haben", "soll", "sollen", "darf", "dürfen",
];

/// Words that begin a clause, and no thing.
const CLAUSE: &[&str] = &[
    "but", "so", "which", "who", "that", "those", "because", "if", "when", "where", "while", "then",
    "unless", "wo", "aber", "der", "die", "das", "wenn", "weil", "dass", "sofern", "falls", "not", "nicht",
    "nor", "only", "it", "they", "he", "she",
];

fn says_something(item: &str) -> bool {
    let mut words = item.split_whitespace();
    let clause = words.clone().next().is_some_and(|word| CLAUSE.contains(&word.to_lowercase().as_str()));
    clause && !item.chars().next().is_some_and(char::is_uppercase) || words.any(|word| VERBS.contains(&word))
}

fn begins_with_verb(item: &str) -> bool {
    let first = item.split_whitespace().next().unwrap_or_default().to_lowercase();
    VERBS.contains(&first.as_str()) || CLAUSE.contains(&first.as_str())
}

/// "If the pump stops, …": the comma stands behind a clause.
fn begins_beside(sentence: &str) -> bool {
    const BESIDE: &[&str] = &[
        "if", "when", "where", "because", "although", "while", "as", "after", "before", "once", "since",
        "unless", "wenn", "weil", "falls", "sobald", "nachdem", "bevor", "obwohl", "da", "during", "however",
        "please", "bitte",
    ];
    let first = sentence.split_whitespace().next().unwrap_or_default().to_lowercase();
    BESIDE.contains(&first.as_str())
}

/// At commas and semicolons, and at the last "and"; not between brackets.
fn split(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut depth = 0_usize;
    let mut part = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && matches!(c, ',' | ';') && chars.peek() == Some(&' ') {
            chars.next();
            parts.push(std::mem::take(&mut part));
        } else {
            part.push(c);
        }
    }
    let joined =
        |part: &str| AND.iter().find_map(|and| part.strip_prefix(and.trim_start()).map(str::to_owned));
    match joined(&part) {
        Some(last) => parts.push(last),
        None => {
            match AND.iter().filter_map(|and| part.split_once(and)).min_by_key(|(before, _)| before.len()) {
                Some((one, other)) if !one.contains('(') || one.contains(')') => {
                    parts.extend([one.to_owned(), other.to_owned()]);
                }
                _ => parts.push(part),
            }
        }
    }
    parts.into_iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

/// Where a table stands.
pub(super) fn lines_of(table: &Table, outline: &Outline<'_>) -> (usize, usize) {
    let first = table.rows.iter().map(|row| row.start).min().unwrap_or_default();
    let last = table.rows.iter().map(|row| row.start).max().unwrap_or_default();
    (outline.line_at(first), outline.line_at(last) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<(Shape, String, Vec<String>)> {
        let outline = Outline::of(text, 0);
        let texts = |items: Vec<Item>| items.into_iter().map(|item| item.text).collect();
        groups(&outline).into_iter().map(|group| (group.shape, group.lead, texts(group.items))).collect()
    }

    #[test]
    fn written_lists_and_sentences_are_groups() {
        let found = of("## MOORINGS\n\n- North Quay\n- Pier Nine,\n  the inner side\n\nAda signed.\n");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].1, "");
        assert_eq!(found[0].2, ["North Quay", "Pier Nine, the inner side"]);
        let found = of("Not in the price: scaffolding, paint, lamps.");
        assert_eq!((found[0].1.as_str(), found[0].2.len()), ("Not in the price", 3));
        let found = of("A bid must come with a plan of two pages, a drawing, and the signed form.");
        assert_eq!(found[0].2[1..], ["a drawing", "the signed form"]);
        assert!(of("The harbour, built in 1820, is old.").is_empty());
    }
}
