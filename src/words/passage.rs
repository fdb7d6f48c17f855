//! A text of a document as counted terms.

use std::collections::BTreeMap;

use super::Language;
use super::fold::lower;
use super::stem::stem_lowered;
use super::stop::{Listed, lists_of};
use super::term::term_of;
use super::token::{Piece, Token, tokens};
use super::{compound, fold};

/// The part of a compound.
pub(crate) const COMPOUND: f32 = 0.4;
/// A Vietnamese word without its tones.
pub(crate) const TONELESS: f32 = 0.3;
/// One character of a script whose terms are pairs.
const SINGLE: f32 = 0.3;

/// Terms and how often each occurs; parts of words count less than whole ones.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Counts {
    /// Ascending by term.
    pub terms: Vec<(u32, f32)>,
    /// Words, without those that say nothing.
    pub length: f32,
}

/// The terms of a text in this language.
pub fn passage(text: &str, language: Option<Language>) -> Counts {
    let small = Listed::of(language.as_slice());
    let (mut sums, mut length) = (BTreeMap::<u32, f32>::new(), 0.0);
    let mut last_syllable: Option<String> = None;
    tokens(text, |token| {
        let is_small = read(&token, language, small, |term, weight| {
            *sums.entry(term_of(term)).or_default() += weight;
        });
        if !token.part && !is_small {
            length += match &token.piece {
                Piece::Unspaced(clusters) => words_in(clusters),
                _ => 1.0,
            };
        }
        if let Some(pair) = syllables(&token, language, &mut last_syllable) {
            *sums.entry(term_of(&pair)).or_default() += 1.0;
        }
    });
    Counts { terms: sums.into_iter().collect(), length }
}

/// Vietnamese writes its syllables apart: two neighbours are a word more often than not.
pub(crate) fn syllables(
    token: &Token<'_>,
    language: Option<Language>,
    last: &mut Option<String>,
) -> Option<String> {
    if language != Some(Language::Vietnamese) {
        return None;
    }
    let Piece::Word(word) = &token.piece else {
        *last = None;
        return None;
    };
    let word = lower(word, language);
    let pair = last.as_ref().map(|last| format!("{last} {word}"));
    *last = Some(word);
    pair
}

/// The terms of one token, with what each counts; whether it is a small word.
pub(crate) fn read(
    token: &Token<'_>,
    language: Option<Language>,
    small: Listed,
    mut take: impl FnMut(&str, f32),
) -> bool {
    match &token.piece {
        Piece::Exact(exact) => {
            take(&fold::unmarked(&lower(exact, language)), token.weight);
            false
        }
        Piece::Unspaced(clusters) => {
            pairs(clusters, token.weight, take);
            false
        }
        Piece::Word(word) => {
            let lowered = lower(word, language);
            let stem = stem_lowered(&lowered, language);
            take(&stem, token.weight);
            match language {
                Some(Language::Vietnamese) => {
                    let plain = fold::unmarked(&stem);
                    if plain != stem {
                        take(&plain, token.weight * TONELESS);
                    }
                }
                Some(language) if language.compounds() => {
                    for part in compound::parts(&lowered, language) {
                        if part != stem {
                            take(&part, token.weight * COMPOUND);
                        }
                    }
                }
                _ => {}
            }
            lists_of(&lowered).meets(small)
        }
    }
}

/// About how many words a run has: lengths of all languages are to be comparable, for a project's mean.
fn words_in(clusters: &[&str]) -> f32 {
    let first = clusters.first().and_then(|cluster| cluster.chars().next()).unwrap_or(' ');
    // Words of Thai and its neighbours are four or five characters long, those of Chinese, Japanese and Korean two.
    let share = if matches!(first, '\u{0e00}'..='\u{17ff}') { 0.2 } else { 0.45 };
    #[expect(clippy::cast_precision_loss, reason = "characters of one run")]
    let count = clusters.len() as f32;
    share * count
}

/// The terms of a run: pairs of neighbours and, less, single ideographs.
pub(crate) fn pairs(clusters: &[&str], weight: f32, mut take: impl FnMut(&str, f32)) {
    let clusters: Vec<String> = clusters.iter().map(|cluster| lower(cluster, None)).collect();
    if let [one] = &clusters[..] {
        return take(one, weight);
    }
    for pair in clusters.windows(2) {
        take(&pair.concat(), weight);
    }
    for one in clusters.iter().filter(|one| one.chars().all(|c| matches!(c, '\u{3400}'..='\u{9fff}'))) {
        take(one, weight * SINGLE);
    }
}

/// A file's name as words, for an index: without its ending, `%20` and other escapes read, separators blank, words apart
/// that capitals or digits set apart.
pub fn split_name(name: &str) -> String {
    let stem = name
        .rsplit_once('.')
        .filter(|(stem, ending)| !stem.is_empty() && ending.len() <= 5)
        .map_or(name, |(stem, _)| stem);
    let mut words = String::with_capacity(stem.len() + 8);
    let mut last = ' ';
    let unescaped = unescape(stem);
    let mut chars = unescaped.chars().peekable();
    while let Some(c) = chars.next() {
        if !c.is_alphanumeric() && !unicode_normalization::char::is_combining_mark(c) {
            if !words.ends_with(' ') && !words.is_empty() {
                words.push(' ');
            }
        } else {
            let next_small = chars.peek().is_some_and(|next| next.is_lowercase());
            let apart = last.is_lowercase() && c.is_uppercase()
                || last.is_uppercase() && c.is_uppercase() && next_small
                || last.is_alphanumeric() && last.is_numeric() != c.is_numeric();
            if apart && !words.ends_with(' ') {
                words.push(' ');
            }
            words.push(c);
        }
        last = c;
    }
    words.truncate(words.trim_end().len());
    words
}

/// `%20` and its like, where they are UTF-8.
fn unescape(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let (mut bytes, mut at) = (Vec::with_capacity(text.len()), 0);
    let all = text.as_bytes();
    while at < all.len() {
        let escaped = (all[at] == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(escaped.unwrap_or(all[at]));
        at += if escaped.is_some() { 3 } else { 1 };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_words() {
        for (name, words) in [
            ("Annual-Report_FY2022.pdf", "Annual Report FY 2022"),
            ("DBT%20Mutual%20NDA.txt", "DBT Mutual NDA"),
            ("MyPDFReader v2.1.docx", "My PDF Reader v 2 1"),
            ("Mietvertrag Köln (2023-04).pdf", "Mietvertrag Köln 2023 04"),
            ("契約書2024.pdf", "契約書 2024"),
            (".env", "env"),
            ("100%sure.txt", "100 sure"),
        ] {
            assert_eq!(split_name(name), words, "{name}");
        }
    }

    #[test]
    fn small_words_are_indexed_and_have_no_length() {
        let counts = passage("The kestrel eats the voles.", Some(Language::English));
        assert_eq!(counts.length, 3.0);
        assert_eq!(counts.terms.len(), 4);
        let the = counts.terms.iter().find(|&&(term, _)| term == term_of("the")).unwrap();
        assert_eq!(the.1, 2.0);
    }

    #[test]
    fn pairs_of_characters_are_terms() {
        let counts = passage("南京市", None);
        for (term, weight) in [("南京", 1.0), ("京市", 1.0), ("南", SINGLE)] {
            assert!(counts.terms.contains(&(term_of(term), weight)), "{term}");
        }
        assert!((counts.length - 1.35).abs() < 1e-6, "{counts:?}");
    }
}
