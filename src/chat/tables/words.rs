//! The words of questions about tables.

use std::sync::LazyLock;

use docent_models::terms_of;
use docent_words::{Language, Months, month_in};

/// A word of a question.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Token {
    pub(crate) text: String,
    pub(crate) stem: String,
}

pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let chars: Vec<char> = text.chars().flat_map(char::to_lowercase).collect();
    for (at, &c) in chars.iter().enumerate() {
        let inside = c.is_alphanumeric()
            // 1,000 and 4.5 are words; so is 10th.
            || (matches!(c, ',' | '.') && at > 0 && chars[at - 1].is_ascii_digit() && chars.get(at + 1).is_some_and(char::is_ascii_digit));
        if inside {
            word.push(c);
        } else if c != '\'' && c != '’' && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        } else if matches!(word.as_str(), "d" | "l" | "qu")
            && chars.get(at + 1).is_some_and(|c| c.is_alphanumeric())
        {
            // "D'outils" are "outils".
            words.push(std::mem::take(&mut word));
        } else if (c == '\'' || c == '’') && !word.is_empty() {
            // "drivers'" and "smith's" are drivers and smith.
            let s = chars.get(at + 1) == Some(&'s') && chars.get(at + 2).is_none_or(|c| !c.is_alphanumeric());
            if s {
                words.push(std::mem::take(&mut word));
                word.push('\u{1}');
            }
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words.retain(|word| !word.starts_with('\u{1}'));
    words.into_iter().map(|text| Token { stem: stem(&text), text }).collect()
}

fn stem(word: &str) -> String {
    let word = match word {
        "won" | "wins" | "winner" | "winners" | "winning" => "win",
        "lost" | "losses" | "losing" => "loss",
        "people" | "persons" => "person",
        "countries" => "country",
        "cities" => "city",
        "played" | "plays" => "play",
        "scored" => "score",
        other => NUMBERS.iter().find(|(name, _)| *name == other).map_or(other, |(_, same)| same),
    };
    if let Some(month) = month(word) {
        return month.to_owned();
    }
    terms_of(word).into_iter().next().unwrap_or_else(|| word.to_owned())
}

/// Numbers in words and as figures are the same.
const NUMBERS: &[(&str, &str)] = &[
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("eleven", "11"),
    ("twelve", "12"),
    ("first", "1st"),
    ("second", "2nd"),
    ("third", "3rd"),
    ("fourth", "4th"),
    ("fifth", "5th"),
    ("sixth", "6th"),
    ("seventh", "7th"),
    ("eighth", "8th"),
    ("ninth", "9th"),
    ("tenth", "10th"),
    ("zwei", "2"),
    ("drei", "3"),
    ("vier", "4"),
    ("fünf", "5"),
];

/// The short names of the months, by which tables know them.
static MONTHS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let english = Months::of(Language::English);
    english.iter().flat_map(|months| months.short).map(str::to_lowercase).collect()
});

/// The number of a month that is named in full or cut short, in the languages of questions to tables: in others its name
/// is too often something else ("mars").
pub(crate) fn month_number(word: &str) -> Option<u32> {
    month_in(word, &[Language::English, Language::German])
}

/// The short name of a month by its number.
pub(super) fn short_month(number: u32) -> Option<&'static str> {
    let at = usize::try_from(number).ok()?.checked_sub(1)?;
    MONTHS.get(at).map(String::as_str)
}

/// The short form of a month's name.
pub(crate) fn month(word: &str) -> Option<&'static str> {
    short_month(month_number(word)?)
}

/// Words that say nothing about which rows or columns are meant.
pub(super) const NEUTRAL: &[&str] = &[
    "a",
    "an",
    "the",
    "of",
    "in",
    "on",
    "at",
    "to",
    "for",
    "by",
    "from",
    "with",
    "and",
    "as",
    "is",
    "are",
    "was",
    "were",
    "be",
    "been",
    "did",
    "do",
    "does",
    "has",
    "have",
    "had",
    "there",
    "that",
    "this",
    "these",
    "those",
    "it",
    "its",
    "they",
    "their",
    "his",
    "her",
    "he",
    "she",
    "him",
    "you",
    "me",
    "i",
    "we",
    "please",
    "tell",
    "show",
    "give",
    "name",
    "list",
    "listed",
    "table",
    "chart",
    "row",
    "rows",
    "shown",
    "according",
    "recorded",
    "out",
    "up",
    "all",
    "any",
    "only",
    "one",
    "ever",
    "also",
    "than",
    "then",
    "during",
    "into",
    "when",
    "where",
    "who",
    "whom",
    "whose",
    "what",
    "which",
    "how",
    "many",
    "much",
    "number",
    "total",
    "time",
    "times",
    "got",
    "get",
    "been",
    "would",
    "could",
    "can",
    "will",
    "so",
    "such",
    "over",
    "per",
    "each",
    "within",
    "held",
    "made",
    "receive",
    "received",
    "earned",
    "took",
    "take",
    "place",
    "taken",
    "use",
    "used",
    "year",
    "years",
    "amount",
    "value",
    "entries",
    "entry",
    "items",
    "item",
    "appear",
    "appears",
    "belong",
    "column",
    "there's",
    "wie",
    "viele",
    "viel",
    "der",
    "die",
    "das",
    "den",
    "dem",
    "des",
    "ist",
    "sind",
    "war",
    "waren",
    "hat",
    "haben",
    "in",
    "im",
    "und",
    "von",
    "vom",
    "mit",
    "für",
    "bei",
    "welche",
    "welcher",
    "welches",
    "was",
    "wer",
    "es",
    "gibt",
    "zeilen",
    "zeile",
    "tabelle",
    "einträge",
    "ein",
    "eine",
    "aus",
    "am",
    "zu",
    "insgesamt",
    "or",
    "oder",
    "but",
    "if",
    "between",
    "zwischen",
    "them",
    "some",
    "other",
];

pub(crate) fn is_neutral(word: &str) -> bool {
    NEUTRAL.contains(&word)
}
