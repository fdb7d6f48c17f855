//! What a question to rows asks for, told by its words.

use crate::reckon::words::{APART, Asked, CHANGED, DOWN, UP};
use crate::tables::comparisons;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wants {
    Cell,
    Count,
    List,
    Sum,
    Share,
}

/// Phrases that ask how many.
pub(super) const COUNTING: &[&str] = &[
    "how many",
    "how often",
    "how many times",
    "number of",
    "wie viele",
    "wieviele",
    "wie oft",
    "wie häufig",
    "anzahl der",
    "anzahl von",
];

const SHARE: &[&str] = &[
    "what share",
    "what percentage",
    "what proportion",
    "what part",
    "what per cent",
    "what percent",
    "which share",
    "how many per cent",
    "how many percent",
    "welcher anteil",
    "welchen anteil",
    "wie groß ist der anteil",
    "wie hoch ist der anteil",
    "wie viel prozent",
    "wie viele prozent",
];

/// Phrases that ask for all of it.
pub(super) const WHOLE: &[&str] = &[
    "add up to",
    "adds up to",
    "sum up to",
    "all together",
    "altogether",
    "in total",
    "in all",
    "all told",
    "in sum",
    "total",
    "overall",
    "combined",
    "the whole of",
    "the whole year",
    "the entire",
    "the full year",
    "insgesamt",
    "zusammen",
    "zusammengerechnet",
    "alles in allem",
    "in summe",
    "im ganzen",
    "ganzen jahr",
    "gesamten",
    "gesamte",
];

/// Words of questions that ask for something else.
const OTHER: &[&str] = &[
    "highest",
    "lowest",
    "largest",
    "smallest",
    "biggest",
    "longest",
    "shortest",
    "most",
    "least",
    "fewest",
    "maximum",
    "minimum",
    "average",
    "mean",
    "median",
    "difference",
    "compare",
    "compared",
    "versus",
    "not",
    "no",
    "never",
    "except",
    "without",
    "excluding",
    "other",
    "others",
    "besides",
    "neither",
    "why",
    "next",
    "previous",
    "höchste",
    "höchsten",
    "niedrigste",
    "größte",
    "größten",
    "kleinste",
    "längste",
    "meisten",
    "wenigsten",
    "durchschnitt",
    "durchschnittlich",
    "unterschied",
    "nicht",
    "kein",
    "keine",
    "keinen",
    "ohne",
    "außer",
    "andere",
    "anderen",
    "weder",
    "warum",
    "nächste",
];

pub(super) fn wants(asked: &Asked) -> Option<Wants> {
    let below = is_below(asked);
    let other = asked.all.iter().any(|word| {
        let limit = matches!(word.text.as_str(), "minimum" | "maximum");
        OTHER.contains(&word.text.as_str()) && !(limit && below)
    });
    // "More than 300" is a condition, "more than the other" is another question.
    let apart = asked.says(APART) && comparisons(&asked.all).is_empty();
    if other || asked.asks_how_far() || (apart || changes(asked)) && !below {
        return None;
    }
    let counting = asked.says_phrase(COUNTING);
    if asked.says_phrase(SHARE) {
        Some(Wants::Share)
    } else if asked.says_phrase(WHOLE) {
        Some(Wants::Sum)
    } else if counting {
        Some(Wants::Count)
    } else if lists(asked) {
        Some(Wants::List)
    } else {
        Some(Wants::Cell)
    }
}

/// Something has changed; "who is down as mate" asks for no change.
fn changes(asked: &Asked) -> bool {
    const GOES: &[&str] = &["go", "goes", "went", "gone", "going", "come", "came", "move", "moved"];
    let only = |word: &str| matches!(word, "up" | "down");
    let verbs = asked.all.iter().filter(|word| !only(&word.text));
    let verbs = verbs.filter(|word| UP.contains(&word.text.as_str()) || DOWN.contains(&word.text.as_str()));
    verbs.count() > 0 || asked.says(CHANGED) || asked.says(GOES) && asked.says(&["up", "down"])
}

/// "Have fallen below": what is below now, and not what has changed.
fn is_below(asked: &Asked) -> bool {
    asked.says(&["below", "under", "beneath", "above", "over", "unter", "über"]) && asked.asks_which()
}

/// "Which vans run on gas?", "give me all rooms with a stage".
fn lists(asked: &Asked) -> bool {
    const ALL: &[&str] = &["all", "every", "each", "alle", "sämtliche"];
    const GIVE: &[&str] = &["list", "name", "give", "show", "nenne", "zeige", "liste"];
    const WHICH: &[&str] = &["which", "what", "welche"];
    let word = |at: usize| asked.all.get(at).map_or("", |word| word.text.as_str());
    let of_them = word(1) == "of" && WHICH.contains(&word(0));
    let plural = |at: usize| {
        let noun = word(at);
        noun.ends_with('s')
            && !noun.ends_with("ss")
            && !noun.ends_with("us")
            && !matches!(noun, "is" | "was" | "has" | "does")
    };
    let german = word(0) == "welche"
        && asked.says(&["sind", "haben", "werden", "wurden", "waren", "fahren", "enthalten"]);
    let verb = asked
        .all
        .iter()
        .take(8)
        .any(|word| word.text == "is" || word.text == "was" || word.text == "does" || word.text == "has");
    let several = WHICH[..2].contains(&word(0)) && (plural(1) || plural(2) || of_them) && !verb;
    of_them || several || german || GIVE.contains(&word(0)) && asked.says(ALL)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_to_rows_are_told_apart() {
        for (question, wanted) in [
            ("How many barges were built before 1980?", Some(Wants::Count)),
            ("How often was the lock closed in May?", Some(Wants::Count)),
            ("Which barges run on gas?", Some(Wants::List)),
            ("Which of our cheeses contain nuts?", Some(Wants::List)),
            ("Which spare parts have fallen below their minimum?", Some(Wants::List)),
            ("Give me all barges with a crane.", Some(Wants::List)),
            ("Which barge is the mate on?", Some(Wants::Cell)),
            ("What do all tolls add up to?", Some(Wants::Sum)),
            ("Wie viele Karten hat Ida Brandt insgesamt verkauft?", Some(Wants::Sum)),
            ("What share of the repair money goes into the crane?", Some(Wants::Share)),
            ("Which barges do not run on gas?", None),
            ("Which barge has the most holds?", None),
            ("Which has the higher draught, the Ida or the Olof?", None),
            ("Who is down as mate for Monday?", Some(Wants::Cell)),
            ("By how much did the toll go up?", None),
        ] {
            assert_eq!(wants(&Asked::of(question)), wanted, "{question}");
        }
    }
}
