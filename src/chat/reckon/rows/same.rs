//! Words of questions and words of tables that say the same.

use crate::reckon::words::{begins, fits_strictly};
use crate::tables::is_kind_of;
use crate::tables::words::Token;

/// Units as they are said, and as they are written.
const UNITS: &[&[&str]] = &[
    &["kg", "kilo", "kilos", "kilogram", "kilograms", "kilogramm"],
    &["g", "gram", "grams", "gramm"],
    &["t", "tonne", "tonnes", "ton", "tons", "tonnen"],
    &["m", "metre", "metres", "meter", "meters"],
    &["mm", "millimetre", "millimetres", "millimeter"],
    &["cm", "centimetre", "centimetres", "zentimeter"],
    &["km", "kilometre", "kilometres", "kilometer", "kilometers"],
    &["l", "litre", "litres", "liter", "liters"],
    &["h", "hour", "hours", "stunde", "stunden"],
    &["pc", "pcs", "piece", "pieces", "stk", "stück"],
];

/// Verbs whose past forms are not made by an ending.
const IRREGULAR: &[&[&str]] = &[
    &["lose", "loses", "losing", "lost"],
    &["build", "builds", "built"],
    &["buy", "buys", "bought"],
    &["sell", "sells", "sold"],
    &["spend", "spends", "spent"],
    &["pay", "pays", "paid"],
    &["teach", "teaches", "taught"],
    &["drive", "drives", "drove", "driven"],
    &["write", "writes", "wrote", "written"],
    &["read", "reads"],
    &["lend", "lends", "lent"],
    &["send", "sends", "sent"],
    &["break", "breaks", "broke", "broken"],
    &["bauen", "baut", "gebaut", "baujahr"],
    &["kaufen", "kauft", "gekauft"],
    &["verkaufen", "verkauft", "verkauf", "verkäufe"],
    &["verlieren", "verloren", "verlor"],
];

/// Nouns for people who do something; "people" may be any of them.
const PEOPLE: &[&str] = &[
    "passenger",
    "visitor",
    "guest",
    "member",
    "customer",
    "pupil",
    "student",
    "participant",
    "delegate",
    "resident",
    "patient",
    "person",
    "fahrgast",
    "fahrgäste",
    "besucher",
    "gäste",
    "mitglieder",
    "teilnehmer",
    "schüler",
    "personen",
];
const ANY: &[&str] = &["people", "persons", "leute", "menschen", "personen"];

/// Letters that words of one root have in common at the beginning, at least, and what may follow in the longer one.
const ROOT: usize = 6;
const FOLLOWING: &[&str] = &["ity", "al", "ally", "ly", "ical", "y"];

fn in_one_of(groups: &[&[&str]], one: &str, other: &str) -> bool {
    groups.iter().any(|group| group.contains(&one) && group.contains(&other))
}

/// The same word: its forms, its day or unit.
pub(super) fn is_the_word(own: &Token, word: &Token) -> bool {
    own.text == word.text
        || fits_strictly(own, word)
        || in_one_of(UNITS, &own.text, &word.text)
        || in_one_of(IRREGULAR, &own.text, &word.text)
        || is_number(own, word)
        || of_one_root(&own.text, &word.text)
}

/// A word for the same thing.
pub(super) fn means(own: &Token, word: &Token) -> bool {
    is_the_word(own, word) || is_kind_of(own, word) || begins(own, word) || are_people(own, word)
}

fn are_people(own: &Token, word: &Token) -> bool {
    let people =
        |text: &str| PEOPLE.iter().any(|known| text == *known || text.strip_suffix('s') == Some(known));
    ANY.contains(&word.text.as_str()) && people(&own.text)
}

/// "08" and "8".
fn is_number(own: &Token, word: &Token) -> bool {
    let number = |token: &Token| {
        let digits = token.text.chars().all(|c| c.is_ascii_digit()) && token.text.len() <= 2;
        digits.then(|| token.text.parse::<u32>().ok()).flatten()
    };
    number(own).is_some() && number(own) == number(word)
}

/// "Electric" and "electricity".
fn of_one_root(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    short.chars().count() >= ROOT && long.strip_prefix(short).is_some_and(|rest| FOLLOWING.contains(&rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::words::tokens;

    #[test]
    fn forms_units_and_roots_meet() {
        let same = |one: &str, other: &str| is_the_word(&tokens(one)[0], &tokens(other)[0]);
        for (one, other) in
            [("kg", "kilos"), ("lost", "lose"), ("electric", "electricity"), ("08", "8"), ("July", "jul")]
        {
            assert!(same(one, other), "{one} and {other}");
        }
        for (one, other) in [("electric", "election"), ("kg", "km"), ("18", "8"), ("project", "projector")] {
            assert!(!same(one, other), "{one} and {other}");
        }
        let means = |one: &str, other: &str| means(&tokens(one)[0], &tokens(other)[0]);
        assert!(means("Visitors", "people") && !means("Visits", "people"));
    }
}
