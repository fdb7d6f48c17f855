//! The words that questions about tables are made of, and the numbers that they compare with.

use super::ask::Sign;
use super::value::plain;
use super::words::Token;

pub(super) const MOST: &[&str] = &[
    "most",
    "highest",
    "largest",
    "greatest",
    "biggest",
    "longest",
    "maximum",
    "tallest",
    "heaviest",
    "fastest",
    "latest",
    "newest",
    "max",
    "höchste",
    "höchsten",
    "größte",
    "größten",
    "meisten",
    "längste",
    "neueste",
    "teuerste",
    "more",
    "greater",
    "higher",
    "larger",
    "longer",
    "bigger",
    "later",
];
pub(super) const LEAST: &[&str] = &[
    "least",
    "lowest",
    "smallest",
    "fewest",
    "shortest",
    "minimum",
    "earliest",
    "lightest",
    "oldest",
    "min",
    "niedrigste",
    "niedrigsten",
    "kleinste",
    "kleinsten",
    "wenigsten",
    "kürzeste",
    "älteste",
    "günstigste",
    "less",
    "fewer",
    "lower",
    "smaller",
    "shorter",
    "earlier",
];
pub(super) const SUM: &[&str] =
    &["total", "sum", "combined", "altogether", "overall", "summe", "gesamt", "insgesamt", "gesamtsumme"];
pub(super) const AVERAGE: &[&str] =
    &["average", "mean", "durchschnitt", "durchschnittliche", "durchschnittlich", "mittel", "mittelwert"];
pub(super) const DISTINCT: &[&str] = &["different", "distinct", "unique", "verschiedene", "unterschiedliche"];
pub(super) const NEXT: &[&str] =
    &["after", "next", "following", "follows", "below", "subsequent", "nach", "nächste"];
pub(super) const BEFORE: &[&str] =
    &["before", "previous", "preceding", "prior", "above", "precedes", "vor", "vorherige"];
pub(super) const FIRST: &[&str] = &["first", "top", "erste", "erster", "ersten"];
pub(super) const LAST: &[&str] = &["last", "final", "bottom", "letzte", "letzter", "letzten"];
pub(super) const DIFFERENCE: &[&str] = &["difference", "differenz", "unterschied"];
pub(super) const BETWEEN: &[&str] = &["between", "zwischen"];

/// How a question may compare with a number, longest first.
pub(super) const SIGNS: &[(&[&str], Sign)] = &[
    (&["greater", "than", "or", "equal", "to"], Sign::AtLeast),
    (&["less", "than", "or", "equal", "to"], Sign::AtMost),
    (&["no", "more", "than"], Sign::AtMost),
    (&["no", "less", "than"], Sign::AtLeast),
    (&["at", "least"], Sign::AtLeast),
    (&["at", "most"], Sign::AtMost),
    (&["up", "to"], Sign::AtMost),
    (&["more", "than"], Sign::More),
    (&["greater", "than"], Sign::More),
    (&["higher", "than"], Sign::More),
    (&["larger", "than"], Sign::More),
    (&["longer", "than"], Sign::More),
    (&["less", "than"], Sign::Less),
    (&["fewer", "than"], Sign::Less),
    (&["lower", "than"], Sign::Less),
    (&["smaller", "than"], Sign::Less),
    (&["mehr", "als"], Sign::More),
    (&["größer", "als"], Sign::More),
    (&["weniger", "als"], Sign::Less),
    (&["kleiner", "als"], Sign::Less),
    (&["mindestens"], Sign::AtLeast),
    (&["höchstens"], Sign::AtMost),
    (&["exactly"], Sign::Equal),
    (&["genau"], Sign::Equal),
    (&["over"], Sign::More),
    (&["above"], Sign::More),
    (&["exceeding"], Sign::More),
    (&["exceeds"], Sign::More),
    (&["exceed"], Sign::More),
    (&["über"], Sign::More),
    (&["under"], Sign::Less),
    (&["below"], Sign::Less),
    (&["unter"], Sign::Less),
    (&["after"], Sign::More),
    (&["since"], Sign::AtLeast),
    (&["before"], Sign::Less),
    (&["nach"], Sign::More),
    (&["seit"], Sign::AtLeast),
    (&["vor"], Sign::Less),
];

/// Words that no form below covers.
pub(super) const HARD: &[&str] = &[
    "each",
    "consecutive",
    "not",
    "no",
    "without",
    "never",
    "only",
    "except",
    "excluding",
    "percentage",
    "ratio",
    "per",
    "both",
    "either",
    "nor",
    "neither",
    "twice",
    "half",
    "row",
    "streak",
    "jeweils",
    "nicht",
    "kein",
    "keine",
    "ohne",
    "nur",
    "aufeinanderfolgende",
];

/// Verbs and nouns of questions that stand for whatever a row is.
pub(super) const LOOSE: &[&str] = &[
    "win",
    "play",
    "finish",
    "place",
    "score",
    "complete",
    "release",
    "air",
    "produce",
    "build",
    "bear",
    "locat",
    "establish",
    "found",
    "serve",
    "born",
    "built",
    "produced",
    "released",
    "come",
    "came",
    "listed",
    "reach",
    "record",
    "achiev",
    "start",
    "end",
    "begin",
    "participat",
    "compet",
    "medal",
    "person",
    "game",
    "nation",
    "country",
    "city",
    "team",
    "player",
    "movie",
    "film",
    "track",
    "song",
    "event",
    "race",
    "match",
    "season",
    "competitor",
    "ship",
    "station",
    "earn",
    "own",
    "serve",
    "go",
    "attack",
    "here",
    "award",
    "album",
    "calculate",
    "combined",
    "based",
    "raced",
    "person",
    "medals",
    "games",
    "teams",
    "people",
    "owned",
    "appearance",
    "directly",
    "contain",
    "includ",
    "consist",
    "occur",
    "happen",
    "featur",
    "attend",
    "attended",
    "led",
    "lead",
    "hold",
];

/// A comparison with a number as the question has it.
pub(super) struct Compared {
    pub(super) sign: Sign,
    pub(super) value: f64,
    pub(super) at: usize,
    pub(super) to: usize,
    /// The number may be a year.
    pub(super) year: bool,
}

pub(super) fn comparisons(words: &[Token]) -> Vec<Compared> {
    let mut found: Vec<Compared> = Vec::new();
    let number = |at: usize| {
        words.get(at).and_then(|word| {
            number_word(&word.text)
                .or_else(|| plain(&word.text).filter(|_| word.text.starts_with(|c: char| c.is_ascii_digit())))
        })
    };
    let mut at = 0;
    while at < words.len() {
        let fits = SIGNS.iter().find(|(sign, _)| {
            sign.iter().enumerate().all(|(n, word)| words.get(at + n).is_some_and(|it| it.text == *word))
        });
        if let Some((sign, meaning)) = fits {
            let place = at + sign.len();
            let place = if words
                .get(place)
                .is_some_and(|word| matches!(word.text.as_str(), "the" | "year" | "dem" | "jahr"))
            {
                place + 1
            } else {
                place
            };
            if let Some(value) = number(place) {
                let mut value = value;
                let mut to = place + 1;
                if let Some(scale) = words.get(to).and_then(|word| match word.text.as_str() {
                    "million" => Some(1e6),
                    "thousand" => Some(1e3),
                    "billion" => Some(1e9),
                    _ => None,
                }) {
                    value *= scale;
                    to += 1;
                }
                let mut sign = *meaning;
                if words.get(to).is_some_and(|it| it.text == "or")
                    && words
                        .get(to + 1)
                        .is_some_and(|it| matches!(it.text.as_str(), "more" | "greater" | "less" | "fewer"))
                {
                    sign = if matches!(words[to + 1].text.as_str(), "more" | "greater") {
                        Sign::AtLeast
                    } else {
                        Sign::AtMost
                    };
                    to += 2;
                }
                found.push(Compared { sign, value, at, to, year: is_year(value) });
                at = to;
                continue;
            }
        }
        // "20 points or more", "10 or more".
        if let Some(value) = number(at) {
            let or = (at + 1..=at + 3).find(|place| words.get(*place).is_some_and(|it| it.text == "or"));
            let sign = or.and_then(|or| match words.get(or + 1)?.text.as_str() {
                "more" | "greater" | "higher" | "above" | "over" | "better" => Some((Sign::AtLeast, or)),
                "less" | "fewer" | "lower" | "below" => Some((Sign::AtMost, or)),
                _ => None,
            });
            let after = |step: usize| words.get(at + step).map_or("", |word| word.text.as_str());
            let bound = match (after(1), after(2)) {
                ("at", "most") => Some((Sign::AtMost, at + 1)),
                ("at", "least") => Some((Sign::AtLeast, at + 1)),
                _ => None,
            };
            let sign = sign.or(bound);
            if let Some((sign, or)) = sign {
                found.push(Compared { sign, value, at, to: at + 1, year: false });
                found.extend((or == usize::MAX).then_some(Compared {
                    sign,
                    value,
                    at: or,
                    to: or + 2,
                    year: false,
                }));
                at = or + 2;
                continue;
            }
        }
        at += 1;
    }
    found
}

fn number_word(word: &str) -> Option<f64> {
    const WORDS: &[&str] = &[
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    const GERMAN: &[&str] = &[
        "null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf",
        "zwölf",
    ];
    let place = |list: &[&str]| list.iter().position(|known| *known == word);
    let at = place(WORDS).or_else(|| place(GERMAN))?;
    u32::try_from(at).ok().map(f64::from)
}

pub(super) fn is_year(value: f64) -> bool {
    (1000.0..2200.0).contains(&value) && value.fract() == 0.0
}
