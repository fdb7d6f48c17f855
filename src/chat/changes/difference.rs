//! What one text says and another does not, statement by statement.
//!
//! Where a statement stands is no difference: what was only moved has not changed. A statement that is gone and one that
//! has come are a change if they have most words in common, first within one section, then anywhere.

use std::collections::{HashMap, HashSet};

use unicode_segmentation::UnicodeSegmentation;

use docent_models::statements_of;
use docent_store::ShownChunk;

/// The share of words that two statements must have in common for one to be the other's new wording.
const ALIKE: f64 = 0.5;

/// Statements of a section that are held against each other: beyond them, in their order only.
const COMPARED: usize = 200;

/// Something that a version says: a sentence, an item, a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Statement {
    pub(crate) text: String,
    /// The headings above it.
    pub(crate) heading: String,
    /// The places of its section's passages: first, and one behind the last.
    section: (usize, usize),
    /// Where it stands among the statements of its version.
    order: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Change {
    Changed { before: Statement, after: Statement },
    Added(Statement),
    Removed(Statement),
}

/// The changes from one version to another, in the order of the newer one; what was removed follows what is left of its
/// section.
#[derive(Debug, Default)]
pub(crate) struct Difference {
    pub(crate) changes: Vec<Change>,
    /// Headings that there were not before, and that there are no more.
    pub(crate) sections_added: Vec<String>,
    pub(crate) sections_removed: Vec<String>,
}

impl Difference {
    pub(crate) fn between(before: &[ShownChunk], after: &[ShownChunk]) -> Self {
        let (old, new) = (statements(before), statements(after));
        let (removed, added) = unmatched(&old, &new);
        let mut open: Vec<Option<&Statement>> = removed.into_iter().map(Some).collect();
        let mut pairs: HashMap<usize, &Statement> = HashMap::new();
        pair(&mut open, &added, &mut pairs, |a, b| a.heading == b.heading);
        pair(&mut open, &added, &mut pairs, |a, b| a.heading != b.heading);
        let mut changes: Vec<(Place, Change)> = Vec::new();
        for statement in added {
            let place = Place { order: statement.order, removed: false };
            let after = statement.clone();
            let change = match pairs.remove(&statement.order) {
                Some(before) => Change::Changed { before: before.clone(), after },
                None => Change::Added(after),
            };
            changes.push((place, change));
        }
        let known: HashMap<(&str, &str), usize> = new.iter().map(|it| (it.key(), it.order)).collect();
        for statement in open.into_iter().flatten() {
            // Behind the nearest statement before it that is still there.
            let before = old[..statement.order].iter().rev();
            let order = before.filter_map(|it| known.get(&it.key()).copied()).next();
            let place = Place { order: order.unwrap_or(0), removed: order.is_some() };
            changes.push((place, Change::Removed(statement.clone())));
        }
        changes.sort_by_key(|(place, _)| *place);
        Self {
            changes: changes.into_iter().map(|(_, change)| change).collect(),
            sections_added: beyond(&headings(&new), &headings(&old), before),
            sections_removed: beyond(&headings(&old), &headings(&new), after),
        }
    }
}

impl Statement {
    fn key(&self) -> (&str, &str) {
        (&self.heading, &self.text)
    }

    /// The passage of its section that has the most of it.
    pub(crate) fn passage<'a>(&self, chunks: &'a [ShownChunk]) -> Option<&'a ShownChunk> {
        let section = chunks.get(self.section.0..self.section.1)?;
        let text = flat(&self.text);
        let exact = section.iter().find(|chunk| flat(&chunk.text).contains(&text));
        let wanted = words(&self.text);
        exact.or_else(|| {
            let share = |chunk: &ShownChunk| words(&chunk.text).intersection(&wanted).count();
            // Of equals, the first.
            section.iter().rev().max_by_key(|chunk| share(chunk))
        })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    order: usize,
    removed: bool,
}

fn statements(chunks: &[ShownChunk]) -> Vec<Statement> {
    let mut statements = Vec::new();
    let (mut first, mut known) = (0, None);
    for section in chunks.chunk_by(|a, b| a.heading == b.heading) {
        let base = section.first().and_then(|chunk| chunk.heading.clone()).unwrap_or_default();
        let end = first + section.len();
        for (heading, text) in sections(&text_from(known, section), &base) {
            for text in statements_of(&text) {
                let order = statements.len();
                let heading = heading.clone();
                statements.push(Statement { text: flat(&text), heading, section: (first, end), order });
            }
        }
        first = end;
        known = section.iter().map(|chunk| chunk.end_offset).max().max(known);
    }
    statements
}

/// A text cut at the headings that are marked in it, each part with the headings above it. `base` stands above the first.
pub(crate) fn sections(text: &str, base: &str) -> Vec<(String, String)> {
    let mut path: Vec<&str> = base.split(" > ").filter(|title| !title.is_empty()).collect();
    let mut parts = vec![(path.join(" > "), String::new())];
    let mut fenced = false;
    for line in text.lines() {
        fenced ^= line.trim_start().starts_with("```");
        let level = line.chars().take_while(|c| *c == '#').count();
        let title = line[level..].trim();
        if !fenced && (1..=6).contains(&level) && line[level..].starts_with(' ') && !title.is_empty() {
            path.truncate(level - 1);
            path.push(title);
            parts.push((path.join(" > "), String::new()));
        } else if let Some((_, part)) = parts.last_mut() {
            part.push_str(line);
            part.push('\n');
        }
    }
    parts
}

/// The text of passages that follow one another; what two of them share stands in it once.
pub(crate) fn text_of(chunks: &[ShownChunk]) -> String {
    text_from(None, chunks)
}

/// The same without what stands before an offset: passages before these, in other sections, may share it with them.
fn text_from(known: Option<i64>, chunks: &[ShownChunk]) -> String {
    let mut text = String::new();
    let start = chunks.first().map_or(0, |chunk| chunk.start_offset);
    let mut end = known.map_or(start, |known| known.max(start));
    for chunk in chunks {
        for _ in end..chunk.start_offset {
            text.push('\n');
        }
        let known = usize::try_from(end - chunk.start_offset).unwrap_or(0);
        text.extend(chunk.text.chars().skip(known));
        end = end.max(chunk.end_offset);
    }
    text
}

/// What only one side has, each as often as it has it more. Of several alike, those of a section that both have stay.
fn unmatched<'a>(old: &'a [Statement], new: &'a [Statement]) -> (Vec<&'a Statement>, Vec<&'a Statement>) {
    let mut removed: Vec<&Statement> = old.iter().collect();
    let mut added: Vec<&Statement> = new.iter().collect();
    cancel(&mut removed, &mut added, Statement::key);
    cancel(&mut removed, &mut added, |it| ("", it.text.as_str()));
    (removed, added)
}

fn cancel<'a>(
    removed: &mut Vec<&'a Statement>,
    added: &mut Vec<&'a Statement>,
    key: impl Fn(&'a Statement) -> (&'a str, &'a str),
) {
    let mut there: HashMap<(&str, &str), usize> = HashMap::new();
    for statement in added.iter() {
        *there.entry(key(statement)).or_default() += 1;
    }
    let mut both: HashMap<(&str, &str), usize> = HashMap::new();
    removed.retain(|statement| match there.get_mut(&key(statement)) {
        Some(left) if *left > 0 => {
            *left -= 1;
            *both.entry(key(statement)).or_default() += 1;
            false
        }
        _ => true,
    });
    added.retain(|statement| match both.get_mut(&key(statement)) {
        Some(left) if *left > 0 => {
            *left -= 1;
            false
        }
        _ => true,
    });
}

/// Finds for what has come the likest that is gone, the likest pairs first.
fn pair<'a>(
    open: &mut [Option<&'a Statement>],
    added: &[&'a Statement],
    pairs: &mut HashMap<usize, &'a Statement>,
    fits: impl Fn(&Statement, &Statement) -> bool,
) {
    let gone: Vec<(usize, HashSet<String>)> =
        (0..).zip(open.iter()).filter_map(|(at, it)| it.map(|it| (at, words(&it.text)))).collect();
    let mut likely: Vec<(f64, usize, usize)> = Vec::new();
    for (nth, statement) in added.iter().enumerate().filter(|(_, it)| !pairs.contains_key(&it.order)) {
        let mine = words(&statement.text);
        let candidates = gone.iter().filter(|(at, _)| open[*at].is_some_and(|it| fits(it, statement)));
        for (at, theirs) in candidates.take(COMPARED) {
            let share = alike(&mine, theirs);
            if share >= ALIKE {
                likely.push((share, nth, *at));
            }
        }
    }
    likely.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    for (_, nth, at) in likely {
        if pairs.contains_key(&added[nth].order) {
            continue;
        }
        if let Some(before) = open[at].take() {
            pairs.insert(added[nth].order, before);
        }
    }
}

/// Twice what they share, of what they have.
fn alike(a: &HashSet<String>, b: &HashSet<String>) -> f64 {
    let total = a.len() + b.len();
    if total == 0 { 0.0 } else { 2.0 * a.intersection(b).count() as f64 / total as f64 }
}

fn words(text: &str) -> HashSet<String> {
    text.unicode_words().map(str::to_lowercase).collect()
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn headings(statements: &[Statement]) -> Vec<&str> {
    let mut seen = HashSet::new();
    let all = statements.iter().map(|it| it.heading.as_str());
    all.filter(|heading| !heading.is_empty() && seen.insert(*heading)).collect()
}

/// Headings that the other side has not. Where its passages begin otherwise, it may have them in the midst of one.
fn beyond(these: &[&str], those: &[&str], other: &[ShownChunk]) -> Vec<String> {
    let those: HashSet<&str> = those.iter().copied().collect();
    let is_said = |heading: &str| {
        let title = flat(heading.rsplit(" > ").next().unwrap_or(heading));
        other.iter().any(|chunk| flat(&chunk.text).contains(&title))
    };
    let new = these.iter().filter(|heading| !those.contains(*heading) && !is_said(heading));
    new.map(|heading| (*heading).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(sections: &[(&str, &str)]) -> Vec<ShownChunk> {
        let mut start = 0;
        let mut chunks = Vec::new();
        for (position, (heading, text)) in (0..).zip(sections) {
            let end = start + i64::try_from(text.chars().count()).unwrap();
            chunks.push(ShownChunk {
                document_id: 1,
                generation: 1,
                position,
                filename: "rules.md".to_owned(),
                text: (*text).to_owned(),
                page: None,
                heading: (!heading.is_empty()).then(|| (*heading).to_owned()),
                start_offset: start,
                end_offset: end,
                language: None,
                header: None,
                title: None,
                partial: false,
            });
            start = end + 2;
        }
        chunks
    }

    fn shown(before: &[(&str, &str)], after: &[(&str, &str)]) -> String {
        let (before, after) = (version(before), version(after));
        let difference = Difference::between(&before, &after);
        let mut lines = Vec::new();
        for change in &difference.changes {
            let at = |it: &Statement, chunks: &[ShownChunk]| {
                format!("{}@{}", it.text, it.passage(chunks).unwrap().position)
            };
            lines.push(match change {
                Change::Changed { before: old, after: new } => {
                    format!("~ {} -> {}", at(old, &before), at(new, &after))
                }
                Change::Added(new) => format!("+ {}", at(new, &after)),
                Change::Removed(old) => format!("- {}", at(old, &before)),
            });
        }
        lines.extend(difference.sections_added.iter().map(|heading| format!("+# {heading}")));
        lines.extend(difference.sections_removed.iter().map(|heading| format!("-# {heading}")));
        lines.join("\n")
    }

    #[test]
    fn statements_are_changed_added_and_removed() {
        let before = [
            ("Hours", "The office opens at eight. Dogs are welcome. It closes at noon."),
            ("Keys", "Keys lie at the desk."),
            ("Lunch", "Lunch is at noon."),
        ];
        let after = [
            ("Hours", "The office opens at nine. It closes at noon. Sundays it stays closed."),
            ("Keys", "Keys lie at the desk."),
            ("Parking", "Cars stand behind the house."),
        ];
        insta::assert_snapshot!(shown(&before, &after), @r"
        ~ The office opens at eight.@0 -> The office opens at nine.@0
        - Dogs are welcome.@0
        + Sundays it stays closed.@0
        - Lunch is at noon.@2
        + Cars stand behind the house.@2
        +# Parking
        -# Lunch
        ");
    }

    #[test]
    fn sections_are_told_apart_within_a_passage() {
        let before = [("Office > Hours", "It opens at nine.\n\n## Keys\n\nKeys lie at the desk.")];
        let after = [
            ("Office > Hours", "It opens at nine."),
            ("Office > Keys", "Keys hang at the door.\n\n## Parking\n\nBehind the house."),
        ];
        insta::assert_snapshot!(shown(&before, &after), @r"
        ~ Keys lie at the desk.@0 -> Keys hang at the door.@1
        + Behind the house.@1
        +# Office > Parking
        ");
        let (one, _) = &sections("a\n# New\nb\n### Deep\nc", "Old > Part")[2];
        assert_eq!(one, "New > Deep");
    }

    #[test]
    fn what_moves_or_is_broken_otherwise_has_not_changed() {
        let before = [("A", "One thing is so. Another\nis not."), ("B", "The third is blue.")];
        let after = [("A", "The third is blue."), ("B", "Another is not.\n\nOne thing is so.")];
        assert_eq!(shown(&before, &after), "");
        assert_eq!(shown(&[("A", "Yes, yes."), ("A", "Yes, yes.")], &[("A", "Yes, yes.")]), "- Yes, yes.@0");
    }

    #[test]
    fn the_end_of_a_long_statement_counts() {
        let long = "word ".repeat(300);
        let (before, after) = (format!("{long}ten."), format!("{long}eleven."));
        assert!(shown(&[("", &before)], &[("", &after)]).starts_with("~ word"));
    }

    #[test]
    fn what_two_passages_share_is_said_once() {
        let mut chunks = version(&[("A", "First here. Shared words."), ("A", "Shared words. Last here.")]);
        chunks[1].start_offset = chunks[0].end_offset - 13;
        chunks[1].end_offset = chunks[1].start_offset + 24;
        assert_eq!(text_of(&chunks), "First here. Shared words. Last here.");
    }

    #[test]
    fn what_passages_of_two_sections_share_changes_once() {
        let text = |euros: &str| {
            let mut chunks = version(&[
                ("Limits", &format!("Rooms are free. ## Meals\n\nMeals may cost {euros} euros.")),
                ("Limits > Meals", &format!("Meals may cost {euros} euros.\n\n## Tea\n\nTea is free.")),
            ]);
            chunks[1].start_offset = chunks[0].end_offset - 24;
            chunks[1].end_offset = chunks[1].start_offset + 46;
            chunks
        };
        let difference = Difference::between(&text("10"), &text("11"));
        assert_eq!(difference.changes.len(), 1, "{:?}", difference.changes);
        assert!(Difference::between(&text("10"), &text("10")).changes.is_empty());
    }

    #[test]
    fn rows_are_told_apart_by_their_cells() {
        let table = |price: &str| format!("| Item | Euro |\n|---|---|\n| Tea | {price} |\n| Milk | 1 |");
        let (before, after) = (table("2"), table("3"));
        insta::assert_snapshot!(shown(&[("", &before)], &[("", &after)]), @"~ Item: Tea; Euro: 2@0 -> Item: Tea; Euro: 3@0");
    }
}
