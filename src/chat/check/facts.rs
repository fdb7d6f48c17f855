//! What of a text can be checked: its quantities with their units, its dates, its names, and whether it denies something.

use std::collections::HashSet;

use super::units::{self, Unit};
use docent_models::terms_of;

/// A number as written, with all it may mean.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Quantity {
    pub(super) text: String,
    /// `1.234` is one thousand or one and a bit; `5.2 million` is also five.
    pub(super) values: Vec<f64>,
    pub(super) unit: Option<Unit>,
    /// Written as a word: as often a turn of phrase as a figure.
    pub(super) word: bool,
    /// The word behind it.
    pub(super) of: Option<String>,
    /// Given in thousands, millions …: rounded, most likely.
    pub(super) scaled: bool,
}

/// Year, month and day, each where it is told.
pub(super) type Reading = (Option<i32>, Option<u32>, Option<u32>);

/// A date, as far as it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Date {
    pub(super) text: String,
    /// Every reading of it: `03/04/2021` has two.
    pub(super) readings: Vec<Reading>,
}

impl Date {
    pub(super) fn agrees(&self, other: &Self) -> bool {
        fn same<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
            a.is_none() || b.is_none() || a == b
        }
        self.readings.iter().any(|(y, m, d)| {
            other.readings.iter().any(|(oy, om, od)| {
                same(*y, *oy)
                    && same(*m, *om)
                    && same(*d, *od)
                    && (m.is_none() == om.is_none() || y.is_some())
            })
        })
    }
}

/// Everything of a text that can be checked.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    pub(super) quantities: Vec<Quantity>,
    pub(super) dates: Vec<Date>,
    /// Words with a capital, and codes; the first word of a sentence apart.
    pub(super) names: Vec<String>,
    pub(super) first: Option<String>,
    /// Addresses and names of files.
    pub(super) places: Vec<String>,
}

/// A word of the text, without what stands around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    /// What stands directly before and after it.
    before: &'a str,
    after: &'a str,
    /// Something ended before it: it has a capital anyway.
    begins: bool,
}

/// The words of a text, with signs of currency and measure split off.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut begins = true;
    for raw in text.split_whitespace() {
        let inner = |c: char| c.is_alphanumeric();
        let (Some(start), Some(last)) = (raw.find(inner), raw.rfind(inner)) else {
            begins |= raw.ends_with([':', '•', '-', '–', '*', '|', '.']);
            continue;
        };
        let end = last + raw[last..].chars().next().map_or(1, char::len_utf8);
        let (before, after) = (&raw[..start], &raw[end..]);
        begins |= before.contains(['"', '“', '„', '«', '*', '(', '|', '•']);
        words.push(Word { text: &raw[start..end], before, after, begins });
        begins = after.contains(['.', ':', '!', '?', '|', ';']);
    }
    words
}

impl Facts {
    pub(super) fn of(text: &str) -> Self {
        let words = words(text);
        let mut facts = Self::default();
        let mut at = 0;
        while at < words.len() {
            if let Some((date, used)) =
                super::dates::read(&words[at..].iter().map(|word| word.text).collect::<Vec<_>>())
            {
                facts.dates.push(date);
                at += used;
                continue;
            }
            let word = words[at];
            if is_place(word.text) {
                facts.places.push(word.text.to_owned());
            } else if let Some(quantity) = quantity(&words, at) {
                facts.quantities.extend(quantity);
            } else if is_name(word.text) {
                if at == 0 || word.begins {
                    facts.first.get_or_insert_with(|| word.text.to_owned());
                } else {
                    facts.names.push(word.text.to_owned());
                }
            }
            at += 1;
        }
        facts
    }
}

fn is_place(word: &str) -> bool {
    const ENDINGS: &[&str] = &[
        ".pdf", ".docx", ".doc", ".xlsx", ".xls", ".pptx", ".md", ".txt", ".csv", ".html", ".htm", ".odt",
        ".rtf", ".epub",
    ];
    let lower = word.to_lowercase();
    word.contains("://")
        || lower.starts_with("www.")
        || (lower.contains('@') && lower.contains('.'))
        || ENDINGS.iter().any(|ending| lower.ends_with(ending) && lower.len() > ending.len())
}

/// A word with a capital, or a code of letters and digits.
fn is_name(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let digits = word.chars().any(|c| c.is_ascii_digit());
    let capital = word.chars().any(char::is_uppercase);
    letters > 0 && capital && (word.chars().count() > 1 || digits)
}

/// One quantity, or two of a range; `None` if the word is no number.
fn quantity(words: &[Word<'_>], at: usize) -> Option<Vec<Quantity>> {
    let word = words[at];
    let following = |step: usize| words.get(at + step).map(|next| next.text);
    let open = !word.after.contains([',', '.', ';', ':', '!', '?', ')']) || word.after.contains('%');
    let next = following(1).filter(|_| open);
    if let Some(value) = units::number_word(word.text) {
        let scale = next.and_then(units::scale);
        let behind = if scale.is_some() { following(2) } else { next };
        let mut values = vec![value];
        values.extend(scale.map(|scale| scale * value));
        return Some(vec![Quantity {
            text: word.text.to_owned(),
            values,
            unit: behind.and_then(units::unit),
            word: true,
            of: behind.map(str::to_lowercase),
            scaled: false,
        }]);
    }
    // Codes are names; ordinals and figures with their unit attached are numbers.
    let digits_end = word.text.rfind(|c: char| c.is_ascii_digit())? + 1;
    if !word.text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (figure, attached) = word.text.split_at(digits_end);
    let attached_unit = units::unit(attached);
    let attached_scale = units::scale(attached);
    let known = attached.is_empty()
        || attached_unit.is_some()
        || attached_scale.is_some()
        || matches!(attached, "st" | "nd" | "rd" | "th" | "x");
    if !known || figure.chars().any(char::is_alphabetic) {
        return None;
    }
    let scale = attached_scale.or_else(|| next.and_then(units::scale));
    let behind = if scale.is_some() && attached_scale.is_none() { following(2) } else { next };
    let sign = |sign: &str| units::unit(sign.trim_matches(['(', ')', '"', ',', '.', ';', '-', '+']));
    let unit = sign(word.after)
        .or_else(|| sign(word.before))
        .or(attached_unit)
        .or_else(|| behind.and_then(units::unit));
    let parts: Vec<&str> = figure.split(['-', '–', '—']).filter(|part| !part.is_empty()).collect();
    let read = |part: &str| {
        let mut values = readings(part)?;
        if let Some(scale) = scale {
            values.extend(values.clone().into_iter().map(|value| value * scale));
        }
        Some(Quantity {
            text: part.to_owned(),
            values,
            unit,
            word: false,
            of: behind.map(str::to_lowercase),
            scaled: scale.is_some(),
        })
    };
    parts.into_iter().map(read).collect()
}

/// The numbers that a figure may be; `None` for what only begins like one, such as a time or a numbered clause.
fn readings(figure: &str) -> Option<Vec<f64>> {
    let bare: String = figure.chars().filter(|c| !matches!(c, '\'' | '’' | '\u{a0}' | '\u{202f}')).collect();
    let commas = bare.matches(',').count();
    let dots = bare.matches('.').count();
    if !bare.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.')) {
        // 10:30 and 3/4 are read digit by digit.
        let joined: String = bare.chars().filter(char::is_ascii_digit).collect();
        return joined.parse().ok().map(|value: f64| vec![value]);
    }
    let number = |text: String| text.parse::<f64>().ok();
    let mut values: Vec<f64> = match (commas, dots) {
        (0, 0) => number(bare.clone()).into_iter().collect(),
        (_, 0) | (0, _) => {
            let sign = if commas > 0 { ',' } else { '.' };
            let thousands = bare.split(sign).skip(1).all(|part| part.len() == 3);
            let whole = thousands.then(|| number(bare.replace(sign, ""))).flatten();
            let part = (commas + dots == 1).then(|| number(bare.replace(sign, "."))).flatten();
            whole.into_iter().chain(part).collect()
        }
        _ => {
            let decimal = if bare.rfind(',') > bare.rfind('.') { ',' } else { '.' };
            let other = if decimal == ',' { '.' } else { ',' };
            number(bare.replace(other, "").replace(decimal, ".")).into_iter().collect()
        }
    };
    if values.is_empty() {
        // A numbered clause: its digits in a row, which another clause has not.
        let joined: String = bare.split(['.', ',']).collect::<Vec<_>>().join("000");
        values.extend(number(joined));
    }
    Some(values)
}

const DENYING: &[&str] = &[
    "not",
    "no",
    "never",
    "none",
    "neither",
    "nor",
    "cannot",
    "without",
    "isn't",
    "aren't",
    "doesn't",
    "don't",
    "didn't",
    "won't",
    "can't",
    "couldn't",
    "shouldn't",
    "wasn't",
    "weren't",
    "hasn't",
    "haven't",
    "mustn't",
    "nicht",
    "kein",
    "keine",
    "keinen",
    "keiner",
    "keinem",
    "keines",
    "nie",
    "niemals",
    "ohne",
    "weder",
    "pas",
    "jamais",
    "sans",
    "aucun",
    "aucune",
    "nunca",
    "sin",
    "ningún",
    "ninguna",
    "non",
    "mai",
    "senza",
    "não",
    "nunca",
    "niet",
    "geen",
    "nooit",
];

/// Denials that deny nothing.
const TURNS: &[&str] = &[
    "no later than",
    "no more than",
    "no less than",
    "not later than",
    "not less than",
    "not more than",
    "no fewer than",
    "not only",
    "no earlier than",
    "not exceed",
    "not exceeding",
    "not to exceed",
    "no longer than",
    "whether or not",
    "nicht nur",
    "nicht mehr als",
    "nicht später als",
    "no.",
    "no :",
    "nicht weniger als",
    "not limited to",
];

/// The terms that a text denies: of the first word with a meaning behind each denial.
pub(super) fn denied(text: &str) -> Vec<String> {
    let mut lower = text.to_lowercase().replace('’', "'");
    for turn in TURNS {
        lower = lower.replace(turn, " ");
    }
    let words: Vec<&str> =
        lower.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).collect();
    let mut denied = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let contracted = word.ends_with("n't");
        if DENYING.contains(word) || contracted {
            // In German the verb may stand before it.
            let behind = words[at + 1..].iter().take(4).find_map(|word| terms_of(word).into_iter().next());
            let ahead = words[..at].iter().rev().take(2).find_map(|word| terms_of(word).into_iter().next());
            denied.extend(behind.or(ahead));
        }
    }
    denied
}

/// Words that mean the contrary of each other.
pub(super) const OPPOSITES: &[(&str, &str)] = &[
    ("increas", "decreas"),
    ("rose", "fell"),
    ("ris", "fall"),
    ("higher", "lower"),
    ("more", "less"),
    ("before", "after"),
    ("minimum", "maximum"),
    ("allow", "forbid"),
    ("permit", "prohibit"),
    ("allow", "prohibit"),
    ("permitt", "prohibit"),
    ("includ", "exclud"),
    ("accept", "reject"),
    ("open", "clos"),
    ("above", "below"),
    ("win", "los"),
    ("won", "lost"),
    ("always", "never"),
    ("import", "export"),
    ("buy", "sell"),
    ("first", "last"),
    ("steig", "sink"),
    ("erlaub", "verbot"),
    ("mehr", "wenig"),
    ("mindest", "hochst"),
    ("mandatory", "optional"),
    ("require", "optional"),
    ("north", "south"),
    ("east", "west"),
    ("left", "right"),
    ("male", "female"),
    ("true", "false"),
    ("valid", "invalid"),
    ("employer", "employee"),
    ("seller", "buyer"),
    ("tenant", "landlord"),
    ("lender", "borrower"),
    ("profit", "loss"),
    ("gain", "loss"),
    ("upper", "lower"),
];

/// Folded words of a text, for names.
pub(super) fn folded(text: &str) -> HashSet<String> {
    words(text).into_iter().flat_map(|word| parts(word.text)).collect()
}

/// A word and its parts, lower case.
pub(super) fn parts(word: &str) -> Vec<String> {
    let lower = word.to_lowercase().replace('’', "'");
    let lower = lower.strip_suffix("'s").unwrap_or(&lower).to_owned();
    let mut parts: Vec<String> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect();
    if parts.len() != 1 || parts[0] != lower {
        parts.push(lower);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_any_notation() {
        for (text, value) in [
            ("It costs 1,234.50 euros", 1234.5),
            ("Es kostet 1.234,50 Euro", 1234.5),
            ("It is 5.2 million", 5_200_000.0),
            ("It is 5.2m", 5.2),
            ("two weeks", 2.0),
            ("the 3rd time", 3.0),
            ("$12k", 12_000.0),
            ("42%", 42.0),
        ] {
            let facts = Facts::of(text);
            let found =
                facts.quantities.iter().any(|it| it.values.iter().any(|is| (is - value).abs() < 1e-6));
            assert!(found, "{text}: {facts:?}");
        }
        assert!(Facts::of("PPR-9087 and E1402").quantities.is_empty());
        assert_eq!(Facts::of("use PPR-9087").names, ["PPR-9087"]);
    }

    #[test]
    fn denials_are_found_and_turns_of_phrase_are_none() {
        assert_eq!(denied("Employees may not carry over leave."), ["carry"]);
        assert_eq!(denied("Payment is due no later than Friday."), Vec::<String>::new());
        assert!(!denied("Das Gerät ist nicht wasserdicht.").is_empty());
    }
}
