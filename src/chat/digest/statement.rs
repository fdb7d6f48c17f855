//! What a model has taken from a part: a statement, and the passages that it stands on.

use std::collections::HashSet;

use crate::budget::tokens_in;
use docent_models::terms_of;
use docent_store::ShownChunk;

/// Passages of one statement.
const MOST: usize = 3;

/// The share of a statement's words that a passage must have to be cited for it.
const BORNE_OUT: f64 = 0.5;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Statement {
    pub(super) text: String,
    /// Places in the document.
    pub(super) passages: Vec<i64>,
}

impl Statement {
    fn numbered(&self, passages: &[i64], before: usize) -> String {
        let number = |place: &i64| passages.iter().position(|known| known == place);
        let marks: String =
            self.passages.iter().filter_map(number).map(|at| format!("[{}]", before + at + 1)).collect();
        format!("- {} {marks}\n", self.text)
    }
}

/// A line of each, with the numbers of its passages in this list, which begins behind `before` others.
pub(super) fn numbered(statements: &[Statement], passages: &[i64], before: usize) -> String {
    statements.iter().map(|statement| statement.numbered(passages, before)).collect()
}

/// The statements of what a model said of these passages, which it knows as 1, 2 and so on. One that cites none gets the
/// passage that has most of its words; one that none has is left out.
pub(super) fn taken(said: &str, chunks: &[&ShownChunk], most: usize) -> Vec<Statement> {
    let lines = said.lines().map(str::trim).filter(|line| line.chars().any(char::is_alphanumeric));
    lines.filter_map(|line| one(line, chunks)).take(most).collect()
}

fn one(line: &str, chunks: &[&ShownChunk]) -> Option<Statement> {
    let (text, numbers) = apart(line);
    let text = bare(&text);
    if text.is_empty() || text.ends_with(':') {
        return None;
    }
    let mut passages: Vec<i64> = Vec::new();
    for chunk in numbers.iter().filter_map(|number| chunks.get(number.checked_sub(1)?)) {
        if passages.len() < MOST && !passages.contains(&chunk.position) {
            passages.push(chunk.position);
        }
    }
    if passages.is_empty() {
        passages.push(nearest(text, chunks)?);
    }
    Some(Statement { text: text.to_owned(), passages })
}

/// The text without the sign or the number that begins an entry of a list.
pub(super) fn bare(text: &str) -> &str {
    let sign = |c: char| matches!(c, '-' | '*' | '•' | '#') || c.is_whitespace();
    let text = text.trim_start_matches(sign).trim();
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    match text[digits..].strip_prefix(['.', ')']) {
        Some(rest) if (1..=3).contains(&digits) && rest.starts_with(' ') => rest.trim(),
        _ => text,
    }
}

/// The text without numbers in square brackets, and these.
pub(super) fn apart(line: &str) -> (String, Vec<usize>) {
    let mut text = String::with_capacity(line.len());
    let mut numbers = Vec::new();
    let mut rest = line;
    while let Some(open) = rest.find('[') {
        let (before, from) = rest.split_at(open);
        let inner = from[1..].find(']').map(|close| &from[1..=close]);
        let found: Option<Vec<usize>> =
            inner.and_then(|inner| inner.split(',').map(|number| number.trim().parse().ok()).collect());
        match (inner, found) {
            (Some(inner), Some(found)) => {
                text.push_str(before.trim_end());
                numbers.extend(found);
                rest = &from[inner.len() + 2..];
            }
            _ => {
                text.push_str(before);
                text.push('(');
                rest = &from[1..];
            }
        }
    }
    text.push_str(rest);
    (text.replace(']', ")"), numbers)
}

/// The passage that has most of its words, if it has enough of them.
fn nearest(text: &str, chunks: &[&ShownChunk]) -> Option<i64> {
    let wanted: HashSet<String> = terms_of(text).into_iter().collect();
    let share = |chunk: &ShownChunk| {
        let terms: HashSet<String> = terms_of(&chunk.text).into_iter().collect();
        terms.intersection(&wanted).count() as f64 / wanted.len().max(1) as f64
    };
    let best = chunks.iter().map(|chunk| (share(chunk), chunk.position)).max_by(|a, b| {
        // Of equals, the first.
        a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))
    })?;
    (best.0 >= BORNE_OUT).then_some(best.1)
}

/// All passages, in the order of the document.
pub(super) fn passages(statements: &[Statement]) -> Vec<i64> {
    let mut all: Vec<i64> =
        statements.iter().flat_map(|statement| statement.passages.iter().copied()).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Of statements in a prompt.
pub(super) fn cost(statements: &[Statement]) -> usize {
    statements.iter().map(|statement| tokens_in(&statement.text) + 6).sum()
}

/// Leaves some out at equal distances until they fit; one stays in any case.
pub(super) fn thin(statements: &mut Vec<Statement>, room: usize) {
    let total = cost(statements);
    if total <= room || statements.is_empty() {
        return;
    }
    let all = statements.len();
    let mut wanted = (all.saturating_mul(room) / total).max(1);
    loop {
        let kept: Vec<Statement> = (0..wanted).map(|nth| statements[nth * all / wanted].clone()).collect();
        if cost(&kept) <= room || wanted == 1 {
            *statements = kept;
            return;
        }
        wanted -= 1;
    }
}

/// As it is kept.
pub(super) fn written(statements: &[Statement]) -> String {
    let one = |it: &Statement| serde_json::json!({ "text": it.text, "passages": it.passages });
    serde_json::Value::from_iter(statements.iter().map(one)).to_string()
}

/// `None` for what was written otherwise.
pub(super) fn read(kept: &str) -> Option<Vec<Statement>> {
    let kept: serde_json::Value = serde_json::from_str(kept).ok()?;
    let one = |it: &serde_json::Value| {
        let passages = it["passages"].as_array()?.iter().map(serde_json::Value::as_i64);
        Some(Statement { text: it["text"].as_str()?.to_owned(), passages: passages.collect::<Option<_>>()? })
    };
    kept.as_array()?.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::tests::chunk;

    #[test]
    fn statements_keep_what_they_cite_and_nothing_invented() {
        let chunks =
            [chunk(7, "", "Owls hunt voles by night."), chunk(8, "", "Kestrels hover over meadows.")];
        let chunks: Vec<&ShownChunk> = chunks.iter().collect();
        let said = "Here is what it says:\n- Owls hunt by night [1].\n* Kestrels hover [2, 9].\n\
                    Kestrels hover over the meadows\nPenguins swim.\nBoth are birds [1][2] [note].\n\n---";
        let taken = taken(said, &chunks, 8);
        let shown: Vec<String> = taken.iter().map(|it| format!("{} {:?}", it.text, it.passages)).collect();
        assert_eq!(
            shown,
            [
                "Owls hunt by night. [7]",
                "Kestrels hover. [8]",
                "Kestrels hover over the meadows [8]",
                "Both are birds (note). [7, 8]"
            ]
        );
        assert_eq!(read(&written(&taken)).as_ref(), Some(&taken));
        assert_eq!(read("{}"), None);
        assert_eq!(numbered(&taken[3..], &[7, 8], 4), "- Both are birds (note). [5][6]\n");
    }

    #[test]
    fn what_does_not_fit_is_left_out_evenly() {
        let one = |n: i64| Statement { text: "word ".repeat(20), passages: vec![n] };
        let mut statements: Vec<Statement> = (0..40).map(one).collect();
        let room = cost(&statements[..10]);
        thin(&mut statements, room);
        assert_eq!(passages(&statements), (0..10).map(|n| n * 4).collect::<Vec<_>>());
        thin(&mut statements, 1);
        assert_eq!(statements.len(), 1);
    }
}
