//! Questions after what changed from one version of a document to another, told by their words.

use unicode_segmentation::UnicodeSegmentation;

/// Which versions are to be compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in super::super) struct Span {
    /// `None`: the one before the other.
    pub(in super::super) since: Option<i64>,
    /// `None`: the one that searches show.
    pub(in super::super) version: Option<i64>,
    /// The question speaks of versions.
    pub(in super::super) versions: bool,
    /// It names nothing besides, so that no text can be meant.
    pub(in super::super) bare: bool,
}

const VERSIONS: &[&str] =
    &["version", "versions", "versionen", "fassung", "fassungen", "revision", "revisions", "revisionen"];

const CHANGES: &[&str] = &[
    "change",
    "changed",
    "changes",
    "differ",
    "differs",
    "difference",
    "differences",
    "different",
    "new",
    "added",
    "removed",
    "modified",
    "revised",
    "updated",
    "geändert",
    "änderung",
    "änderungen",
    "verändert",
    "veränderungen",
    "unterschied",
    "unterschiede",
    "unterscheiden",
    "unterscheidet",
    "neu",
    "neues",
    "anders",
    "hinzugefügt",
    "entfernt",
    "compare",
    "vergleiche",
    "changelog",
];

/// How such questions begin.
const OPENINGS: &[&str] = &[
    "what changed",
    "what has changed",
    "what have changed",
    "what's changed",
    "what was changed",
    "what was added",
    "what was removed",
    "what changes",
    "which changes",
    "what is new",
    "what's new",
    "whats new",
    "what was new",
    "what is different",
    "what are the changes",
    "what are the differences",
    "what is the difference",
    "what were the changes",
    "what did",
    "show changes",
    "show the changes",
    "show me the changes",
    "show me what changed",
    "list the changes",
    "list changes",
    "list all changes",
    "how did",
    "how has",
    "how does version",
    "how do versions",
    "how do the versions",
    "compare version",
    "compare versions",
    "compare the versions",
    "compare the last",
    "tell me what changed",
    "summarise the changes",
    "summarize the changes",
    "difference between version",
    "difference between versions",
    "differences between versions",
    "differences between version",
    "changes between",
    "changes since",
    "was hat sich",
    "was wurde",
    "was ist neu",
    "was ist anders",
    "welche änderungen",
    "welche unterschiede",
    "was sind die unterschiede",
    "was sind die änderungen",
    "zeige die änderungen",
    "zeige mir die änderungen",
    "zeig mir die änderungen",
    "vergleiche version",
    "vergleiche versionen",
    "vergleiche die versionen",
    "unterschied zwischen version",
    "unterschiede zwischen",
    "änderungen zwischen",
    "änderungen seit",
    "worin unterscheiden sich",
];

const SINCE: &[&str] = &["since", "seit", "after", "nach", "gegenüber", "compared", "against", "verglichen"];

/// What may stand between the word and the number, or between two numbers.
const BETWEEN: &[&str] = &[
    "and", "und", "to", "bis", "zu", "vs", "versus", "mit", "with", "from", "von", "number", "nummer", "the",
];

/// What says nothing of any text.
const EMPTY: &[&str] = &[
    "a",
    "all",
    "are",
    "be",
    "been",
    "between",
    "did",
    "do",
    "does",
    "document",
    "documents",
    "for",
    "has",
    "have",
    "here",
    "how",
    "in",
    "is",
    "it",
    "its",
    "last",
    "latest",
    "list",
    "me",
    "most",
    "my",
    "newest",
    "now",
    "of",
    "on",
    "one",
    "our",
    "please",
    "previous",
    "project",
    "recent",
    "recently",
    "same",
    "show",
    "summarise",
    "summarize",
    "tell",
    "that",
    "this",
    "two",
    "was",
    "we",
    "were",
    "what",
    "what's",
    "whats",
    "which",
    "alle",
    "bitte",
    "das",
    "dem",
    "den",
    "der",
    "des",
    "die",
    "diese",
    "dieser",
    "dieses",
    "dokument",
    "dokumente",
    "dokuments",
    "es",
    "gibt",
    "hat",
    "hier",
    "im",
    "ist",
    "letzte",
    "letzten",
    "letzter",
    "mir",
    "neueste",
    "neuesten",
    "sich",
    "sind",
    "vor",
    "vorherigen",
    "vorige",
    "vorigen",
    "was",
    "welche",
    "worin",
    "wurde",
    "wurden",
    "zeig",
    "zeige",
    "zwei",
    "zwischen",
    "zuletzt",
];

/// `None` for questions after something else.
pub(super) fn asked(words: &[String]) -> Option<Span> {
    let text = format!("{} ", words.join(" "));
    let is = |word: &String, list: &[&str]| list.contains(&word.as_str());
    let opens = OPENINGS.iter().any(|opening| text.starts_with(&format!("{opening} ")));
    if !opens || !words.iter().any(|word| is(word, CHANGES)) {
        return None;
    }
    let versions = words.iter().any(|word| is(word, VERSIONS) || numbered(word).is_some());
    let numbers = numbers(words)?;
    let since = words.iter().any(|word| is(word, SINCE));
    let (since, version) = match numbers[..] {
        [] => (None, None),
        [one] if since => (Some(one), None),
        [one] => (None, Some(one)),
        [one, other] if one != other => (Some(one.min(other)), Some(one.max(other))),
        _ => return None,
    };
    let said = |word: &String| {
        [VERSIONS, CHANGES, SINCE, BETWEEN, EMPTY].iter().any(|list| is(word, list))
            || numbered(word).is_some()
            || word.parse::<i64>().is_ok()
    };
    Some(Span { since, version, versions, bare: words.iter().all(said) })
}

/// The numbers of versions. `None` if one is no number of ours: 2.0 is something that a text tells of.
fn numbers(words: &[String]) -> Option<Vec<i64>> {
    let mut numbers = Vec::new();
    let mut expected = false;
    for word in words {
        if VERSIONS.contains(&word.as_str()) {
            expected = true;
        } else if let Some(number) = numbered(word) {
            numbers.push(number);
            expected = true;
        } else if expected && word.starts_with(|c: char| c.is_ascii_digit()) {
            numbers.push(word.parse().ok()?);
        } else if !BETWEEN.contains(&word.as_str()) {
            expected = false;
        }
    }
    Some(numbers)
}

/// v3
fn numbered(word: &str) -> Option<i64> {
    word.strip_prefix('v')?.parse().ok()
}

/// Whether a document by this name is about changes itself.
pub(super) fn tells_of_changes(name: &str) -> bool {
    let lower = name.replace(['_', '-', '.'], " ").to_lowercase();
    lower.unicode_words().any(|word| CHANGES.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(question: &str) -> String {
        let words: Vec<String> = question.unicode_words().map(str::to_lowercase).collect();
        let Some(span) = asked(&words) else { return "other".to_owned() };
        let number = |it: Option<i64>| it.map_or("-".to_owned(), |it| it.to_string());
        let marks = [(span.versions, " versions"), (span.bare, " bare")];
        let marks: String = marks.iter().filter(|(is, _)| *is).map(|(_, mark)| *mark).collect();
        format!("{}..{}{marks}", number(span.since), number(span.version))
    }

    #[test]
    fn the_versions_are_told_by_their_numbers() {
        for (question, span) in [
            ("What changed between versions 3 and 4?", "3..4 versions bare"),
            ("What changed between version 4 and version 3 of office-rules.md?", "3..4 versions"),
            ("What is new in the latest version of office-rules.md?", "-..- versions"),
            ("What changed since version 2?", "2..- versions bare"),
            ("What was changed in v4?", "-..4 versions bare"),
            ("What changed in the office rules?", "-..-"),
            ("Was hat sich geändert?", "-..- bare"),
            ("Was hat sich in office-rules.md seit Version 2 geändert?", "2..- versions"),
            ("Was hat sich zwischen den Versionen 3 und 4 geändert?", "3..4 versions bare"),
            ("Vergleiche Version 1 mit Version 3", "1..3 versions bare"),
            ("How does version 3 differ from version 2?", "2..3 versions bare"),
            ("What changed in version 2.0 of the protocol?", "other"),
            ("Which version of the software is new?", "other"),
            ("Was wurde bestellt?", "other"),
            ("How did the kestrel eat?", "other"),
            ("What changed between version 3 and 3?", "other"),
        ] {
            assert_eq!(shown(question), span, "{question}");
        }
    }
}
