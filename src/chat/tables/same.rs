//! Words that mean the same thing in the columns and titles of tables.

use super::words::Token;

/// Endings by which forms of one word differ.
const ENDINGS: &[&str] = &["s", "es", "e", "en", "n", "ed", "d", "ing", "er", "ern", "in", "innen"];

/// Letters that a word has at least before its ending, and before the plural's.
const SHORTEST: usize = 4;
const SHORTEST_PLURAL: usize = 3;

/// Each line is one meaning, in English and German.
const GROUPS: &[&[&str]] = &[
    &["amount", "value", "sum", "total", "betrag", "summe", "wert", "worth"],
    &["price", "cost", "preis", "kosten", "kostet"],
    &["hours", "hour", "stunden", "stunde", "arbeitszeit"],
    &["week", "weekly", "woche", "wöchentlich", "wochenstunden"],
    &["month", "monthly", "monat", "monatlich"],
    &["year", "yearly", "annual", "jahr", "jährlich"],
    &[
        "mass", "weight", "weigh", "weighs", "heavy", "heavier", "heaviest", "gewicht", "masse", "wiegt",
        "wiegen",
    ],
    &["quantity", "qty", "pieces", "menge", "anzahl", "stück", "stückzahl"],
    &["department", "team", "abteilung", "division", "bereich"],
    &["site", "location", "place", "plant", "standort", "ort", "where", "wo"],
    &["job", "role", "position", "beruf", "funktion", "tätigkeit"],
    &["ext", "extension", "durchwahl"],
    &["phone", "telephone", "tel", "telefon"],
    &["status", "state", "stand", "zustand"],
    &["customer", "client", "kunde", "kunden", "kundin"],
    &["supplier", "vendor", "lieferant"],
    &["date", "day", "datum", "tag"],
    &["start", "started", "begin", "began", "beginn", "eintritt", "joined", "since", "seit"],
    &["end", "until", "ende", "bis"],
    &["country", "land"],
    &["product", "article", "artikel", "produkt"],
    &["responsible", "owner", "verantwortlich", "zuständig"],
    &[
        "employee",
        "people",
        "person",
        "persons",
        "staff",
        "colleague",
        "worker",
        "personnel",
        "mitarbeiter",
        "mitarbeitende",
        "personal",
        "leute",
        "personen",
        "beschäftigte",
        "kollege",
        "kollegen",
    ],
    &["apprentice", "trainee", "azubi", "auszubildende", "lehrling"],
    &["order", "bestellung", "auftrag", "aufträge"],
    &["invoice", "bill", "rechnung"],
    &["machine", "maschine"],
    &["part", "teil"],
    &["length", "länge", "long", "lang"],
    &["width", "breite", "wide", "breit"],
    &["height", "höhe", "tall", "high", "hoch"],
    &["duration", "dauer"],
    &["name", "namen"],
    &["room", "raum", "räume", "zimmer"],
    &["floor", "storey", "etage", "stockwerk"],
    &["seat", "platz", "plätze", "sitzplätze"],
    &["projector", "beamer"],
    &["spent", "spend", "spends"],
    &["task", "aufgabe"],
    &["manufacturer", "maker", "hersteller"],
    &["manufacture", "made", "built", "baujahr", "gebaut", "herstellung"],
    &["sound", "noise", "loud", "louder", "loudest", "lärm", "laut"],
    &["expires", "expire", "valid", "gültig", "ablauf"],
    &["inventory", "inventar"],
    &["serial", "seriennummer"],
    &["delivery", "lieferung", "lieferzeit"],
    &["family", "surname", "nachname"],
    &["given", "forename", "vorname"],
];

/// Forms of one word, or words for one thing.
pub(crate) fn mean_the_same(one: &Token, other: &Token) -> bool {
    is_one_word(one, other) || groups(one).any(|group| groups(other).any(|same| std::ptr::eq(group, same)))
}

fn groups(word: &Token) -> impl Iterator<Item = &'static &'static [&'static str]> + '_ {
    let plural = |known: &str| {
        word.text.strip_prefix(known).is_some_and(|rest| matches!(rest, "s" | "es" | "n" | "en"))
    };
    GROUPS.iter().filter(move |group| group.iter().any(|known| *known == word.text || plural(known)))
}

pub(crate) fn is_one_word(one: &Token, other: &Token) -> bool {
    one.stem == other.stem || are_forms(&one.text, &other.text) || are_forms(&one.stem, &other.stem)
}

/// "apprentice" and "apprentices", "deliver" and "delivered", "country" and "countries".
fn are_forms(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if short == long {
        return true;
    }
    let plural = short.chars().count() >= SHORTEST_PLURAL && long.strip_prefix(short) == Some("s");
    let enough = |stem: &str| stem.chars().count() >= SHORTEST;
    if plural || !enough(short) {
        return plural;
    }
    let ends = |rest: &str| ENDINGS.contains(&rest);
    long.strip_prefix(short).is_some_and(ends)
        || short
            .strip_suffix('e')
            .is_some_and(|stem| enough(stem) && long.strip_prefix(stem).is_some_and(ends))
        || short.strip_suffix('y').is_some_and(|stem| enough(stem) && long.strip_prefix(stem) == Some("ies"))
}

/// Whether a word stands for people.
pub(super) fn is_people(word: &Token) -> bool {
    let person = Token { text: "employee".to_owned(), stem: "employee".to_owned() };
    mean_the_same(word, &person)
}

#[cfg(test)]
mod tests {
    use super::super::words::tokens;
    use super::*;

    #[test]
    fn forms_and_meanings_meet() {
        let same = |one: &str, other: &str| mean_the_same(&tokens(one)[0], &tokens(other)[0]);
        for (one, other) in [
            ("apprentices", "Apprentice"),
            ("delivered", "deliver"),
            ("weekly", "week"),
            ("countries", "country"),
            ("people", "Employees"),
            ("Kunden", "customer"),
            ("Stunden", "hours"),
        ] {
            assert!(same(one, other), "{one} and {other}");
        }
        for (one, other) in [("tuner", "tuna"), ("visited", "visitors"), ("price", "amount"), ("car", "care")]
        {
            assert!(!same(one, other), "{one} and {other}");
        }
    }
}
