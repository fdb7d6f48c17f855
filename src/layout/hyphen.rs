//! Hyphens at the end of a line: part of the word, or of the line.

use std::collections::HashSet;

/// Which words there are, as far as is known: those of a tokenizer, say.
pub trait Vocabulary {
    /// Whether a word in small letters is known.
    fn knows(&self, word: &str) -> bool;
}

/// Knows nothing.
impl Vocabulary for () {
    fn knows(&self, _: &str) -> bool {
        false
    }
}

/// The words that a document has shown so far, and those that a vocabulary knows.
pub struct Known<'a> {
    vocabulary: &'a dyn Vocabulary,
    seen: HashSet<String>,
    compounds: HashSet<String>,
}

/// More words than this are not kept.
const MAX_SEEN: usize = 200_000;

impl<'a> Known<'a> {
    pub fn new(vocabulary: &'a dyn Vocabulary) -> Self {
        Self { vocabulary, seen: HashSet::new(), compounds: HashSet::new() }
    }

    /// Learns the words of a line. The last one is left out where a hyphen ends it.
    pub fn learn(&mut self, line: &str) {
        if self.seen.len() >= MAX_SEEN {
            return;
        }
        for word in line.split_whitespace() {
            let word = word.trim_matches(|c: char| !c.is_alphabetic() && c != '-' && c != '‐');
            let word = word.trim_start_matches(is_hyphen);
            if word.is_empty() || word.ends_with(is_hyphen) {
                continue;
            }
            let small = word.to_lowercase();
            if small.contains(is_hyphen) {
                self.compounds.insert(small.replace('‐', "-"));
            } else {
                self.seen.insert(small);
            }
        }
    }

    /// Whether the hyphen between the end of one line and the beginning of the next belongs to the word.
    pub fn keeps_hyphen(&self, before: &str, after: &str) -> bool {
        // What is no plain word in small letters is a name, a number or a code: those are not divided.
        let plain = |part: &str| part.chars().next().is_some_and(char::is_lowercase);
        let is_capital = before.chars().next().is_some_and(char::is_uppercase);
        let tail = before.chars().skip(1).all(char::is_lowercase);
        if !plain(after)
            || !(plain(before) || is_capital && tail)
            || before.chars().any(|c| !c.is_alphabetic())
        {
            return true;
        }
        let (before, after) = (before.to_lowercase(), after.to_lowercase());
        let whole = format!("{before}{after}");
        let compound = format!("{before}-{after}");
        if self.compounds.contains(&compound) {
            return true;
        }
        if self.seen.contains(&whole) || self.vocabulary.knows(&whole) {
            return false;
        }
        let is_word = |part: &str| part.chars().count() > 2 && self.vocabulary.knows(part);
        is_word(&before) && is_word(&after)
    }
}

pub(crate) const fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// A mark that says "divided here": a soft hyphen, or what libraries make of one.
pub(crate) const fn is_soft(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{2}' | '\u{FFFE}')
}

/// Joins the next line of a paragraph.
pub(crate) fn join(out: &mut String, next: &str, known: &Known<'_>) {
    let last = out.chars().last();
    match last {
        None => {}
        Some(c) if is_hyphen(c) || is_soft(c) => {
            let stem = out.trim_end_matches(|c| is_hyphen(c) || is_soft(c));
            let letter = |c: char| c.is_alphanumeric();
            let before = stem.rsplit(|c: char| !letter(c)).next().unwrap_or_default();
            let after = next.split(|c: char| !letter(c)).next().unwrap_or_default();
            if before.is_empty() || after.is_empty() || out.len() - stem.len() > c.len_utf8() {
                // A dash, not a hyphen.
                out.push(' ');
            } else if known.keeps_hyphen(before, after) {
                let at = stem.len();
                out.truncate(at);
                out.push('-');
            } else {
                let at = stem.len();
                out.truncate(at);
            }
        }
        Some(c) if is_unspaced(c) && next.chars().next().is_some_and(is_unspaced) => {}
        Some(_) => out.push(' '),
    }
    out.push_str(next);
}

/// Han and Kana: lines are joined without a space.
const fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF00}'..='\u{FF60}')
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Words(&'static [&'static str]);

    impl Vocabulary for Words {
        fn knows(&self, word: &str) -> bool {
            self.0.contains(&word)
        }
    }

    fn joined(words: &'static [&'static str], seen: &str, before: &str, after: &str) -> String {
        let words = Words(words);
        let mut known = Known::new(&words);
        known.learn(seen);
        let mut out = before.to_owned();
        join(&mut out, after, &known);
        out
    }

    #[test]
    fn divided_words_are_joined_and_compounds_are_not() {
        let words = &["climate", "mate", "electro", "photo", "non", "return", "long", "term"];
        for (before, after, expected) in [
            ("drives cli-", "mate change", "drives climate change"),
            ("electro-", "lyser of", "electrolyser of"),
            ("a photo-", "multiplier in", "a photomultiplier in"),
            ("a non-", "return valve", "a non-return valve"),
            ("as KX-", "4410 from", "as KX-4410 from"),
            ("Anne-", "Marie keeps", "Anne-Marie keeps"),
            ("long-", "term", "long-term"),
            ("op\u{AD}", "tional", "optional"),
            ("pages 3-", "5", "pages 3-5"),
            ("so --", "he said", "so -- he said"),
            ("the", "end", "the end"),
            ("電線", "接続", "電線接続"),
        ] {
            assert_eq!(joined(words, "", before, after), expected);
        }
    }

    #[test]
    fn a_document_shows_its_own_words() {
        assert_eq!(joined(&[], "the sea-bed is sea-bed", "the sea-", "bed"), "the sea-bed");
        assert_eq!(joined(&["sea", "bed"], "a seabed here", "the sea-", "bed"), "the seabed");
        assert_eq!(joined(&[], "", "Klima-", "schutz"), "Klimaschutz");
    }
}
