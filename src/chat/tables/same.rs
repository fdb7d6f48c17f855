//! Words that mean the same thing in the columns and titles of tables.

use super::meanings::{GROUPS, NEXT_BEST};
use super::words::Token;

/// Endings by which forms of one word differ.
const ENDINGS: &[&str] = &["s", "es", "e", "en", "n", "ed", "d", "ing", "er", "ern", "in", "innen"];

/// Letters that a word has at least before its ending, and before the plural's.
const SHORTEST: usize = 4;
const SHORTEST_PLURAL: usize = 3;

/// Forms of one word, or words for one thing.
pub(crate) fn mean_the_same(one: &Token, other: &Token) -> bool {
    is_one_word(one, other) || groups(one).any(|group| groups(other).any(|same| std::ptr::eq(group, same)))
}

/// The same, or the one is the last part of the other: "Stückpreis" is a "Preis" and a "price".
pub(crate) fn is_kind_of(one: &Token, other: &Token) -> bool {
    mean_the_same(one, other) || has_last_part(one, other) || has_last_part(other, one)
}

/// Whether a column of the one name may be meant by the other where there is no better one.
pub(super) fn may_stand_for(one: &Token, other: &Token) -> bool {
    let has = |group: &[&str], word: &Token| group.contains(&word.text.as_str());
    NEXT_BEST.iter().any(|group| has(group, one) && has(group, other))
}

/// Letters of the last part of a compound, and of what stands before it.
const SHORTEST_PART: usize = 4;
const SHORTEST_BEFORE: usize = 3;

fn has_last_part(long: &Token, short: &Token) -> bool {
    let is_part = |part: &str| {
        part.chars().count() >= SHORTEST_PART
            && long
                .text
                .strip_suffix(part)
                .or_else(|| long.stem.strip_suffix(part))
                .is_some_and(|before| before.chars().count() >= SHORTEST_BEFORE)
    };
    // A "Preis" ends like "Reise", and is none.
    let within_another = |part: &str| {
        let longer = |known: &&str| {
            let before = known.strip_suffix(part).map(|before| before.chars().count());
            before.is_some_and(|before| (1..SHORTEST_BEFORE).contains(&before))
        };
        let ends = |known: &&str| long.text.ends_with(*known) || long.stem.ends_with(*known);
        GROUPS.iter().flat_map(|group| group.iter()).any(|known| longer(known) && ends(known))
    };
    let is_own_part = |part: &str| is_part(part) && !within_another(part);
    is_own_part(&short.text)
        || is_own_part(&short.stem)
        || groups(short).any(|group| group.iter().any(|known| is_part(known)))
}

/// The words that mean the same.
pub(crate) fn alike(word: &Token) -> impl Iterator<Item = &'static str> + '_ {
    groups(word).flat_map(|group| group.iter().copied())
}

/// Whether it has a meaning that other words have, too.
pub(super) fn is_known(word: &Token) -> bool {
    groups(word).next().is_some()
}

fn groups(word: &Token) -> impl Iterator<Item = &'static &'static [&'static str]> + '_ {
    let plural = |known: &str| {
        word.text.strip_prefix(known).is_some_and(|rest| {
            // "Boote", and not "care".
            matches!(rest, "s" | "es" | "n" | "en") || rest == "e" && known.chars().count() >= SHORTEST
        })
    };
    GROUPS.iter().filter(move |group| group.iter().any(|known| *known == word.text || plural(known)))
}

pub(crate) fn is_one_word(one: &Token, other: &Token) -> bool {
    // "PO" is no "Pos."
    let short = one.text.chars().count().min(other.text.chars().count()) < SHORTEST_PLURAL;
    let letters = one.text.chars().chain(other.text.chars()).all(char::is_alphabetic);
    if short && letters && one.text != other.text {
        return false;
    }
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
    fn the_last_part_of_a_compound_is_a_word() {
        let kind = |one: &str, other: &str| is_kind_of(&tokens(one)[0], &tokens(other)[0]);
        assert!(kind("Stückpreis", "price") && kind("Stückpreis", "Preise") && kind("Bahnreise", "Reise"));
        assert!(kind("Kaufdatum", "Datum"));
        assert!(!kind("Stückpreis", "Reise"));
    }

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
        for (one, other) in
            [("PO", "Pos"), ("tuner", "tuna"), ("visited", "visitors"), ("price", "amount"), ("car", "care")]
        {
            assert!(!same(one, other), "{one} and {other}");
        }
    }
}
