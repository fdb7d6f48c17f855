//! The words that questions about tables are made of, and the numbers that they compare with.

use super::plan::{Sign, Words};
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
    (&["exceeded"], Sign::More),
    (&["überschreiten"], Sign::More),
    (&["überschritten"], Sign::More),
    (&["überschreitet"], Sign::More),
    (&["unterschreiten"], Sign::Less),
    (&["unterschritten"], Sign::Less),
    (&["unterschreitet"], Sign::Less),
    (&["plus", "de"], Sign::More),
    (&["moins", "de"], Sign::Less),
    (&["au", "dessus", "de"], Sign::More),
    (&["en", "dessous", "de"], Sign::Less),
    (&["dépasse"], Sign::More),
    (&["dépassent"], Sign::More),
    (&["dépassé"], Sign::More),
    (&["más", "de"], Sign::More),
    (&["menos", "de"], Sign::Less),
    (&["por", "encima", "de"], Sign::More),
    (&["por", "debajo", "de"], Sign::Less),
    (&["supera"], Sign::More),
    (&["superan"], Sign::More),
    (&["superó"], Sign::More),
    (&["superaron"], Sign::More),
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

/// Other words that change what is asked.
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
    "streak",
    "same",
    "other",
    "besides",
    "also",
    "another",
    "else",
    "better",
    "worse",
    "best",
    "worst",
    "than",
    "between",
    "long",
    "often",
    "jeweils",
    "nicht",
    "kein",
    "keine",
    "ohne",
    "nur",
    "aufeinanderfolgende",
];

/// Whether a word belongs to the form of a question, and not to what it is about.
pub(super) fn is_form(word: &str) -> bool {
    const LISTS: &[&[&str]] = &[
        MOST, LEAST, SUM, AVERAGE, DISTINCT, NEXT, BEFORE, FIRST, LAST, DIFFERENCE, BETWEEN, HARD, ORDINALS,
    ];
    LISTS.iter().any(|list| list.contains(&word))
}

const ORDINALS: &[&str] = &[
    "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "zweite", "dritte",
];

/// "second" and the like: which place is asked for.
pub(super) fn ordinal(words: &[Token]) -> Option<usize> {
    words.iter().find_map(|word| {
        let place = ORDINALS.iter().position(|known| *known == word.text)?;
        Some(match place {
            0..=8 => place + 2,
            german => german - 7,
        })
    })
}

/// How often something is: "once", "twice", "three times", with how it is compared.
pub(super) fn times(words: &[Token]) -> Option<(Sign, usize)> {
    let word = |at: usize| words.get(at).map_or("", |word| word.text.as_str());
    (0..words.len()).find_map(|at| {
        let times = match word(at) {
            "once" | "einmal" => 1,
            "twice" | "zweimal" => 2,
            "multiple" | "several" if word(at + 1) == "times" => return Some((Sign::More, 1)),
            text if matches!(word(at + 1), "times" | "mal") => {
                number_word(text).or_else(|| plain(text)).filter(|number| (1.0..100.0).contains(number))?
                    as usize
            }
            _ => return None,
        };
        let before = |back: usize| at.checked_sub(back).map_or("", word);
        let sign = match (before(2), before(1)) {
            ("more" | "mehr", "than" | "als") => Sign::More,
            ("less" | "fewer" | "weniger", "than" | "als") => Sign::Less,
            ("at", "least") | (_, "mindestens") => Sign::AtLeast,
            ("at", "most") | (_, "höchstens") => Sign::AtMost,
            _ => Sign::Equal,
        };
        Some((sign, times))
    })
}

/// "the first three", "top 10", "last 5 games": how many, and whether from the end.
pub(super) fn tops(words: &[Token]) -> Option<(usize, bool, usize)> {
    (0..words.len()).find_map(|at| {
        let last = match words[at].text.as_str() {
            "first" | "top" | "ersten" => false,
            "last" | "bottom" | "final" | "letzten" => true,
            _ => return None,
        };
        let text = words.get(at + 1)?.text.as_str();
        let number =
            number_word(text).or_else(|| plain(text).filter(|_| text.chars().all(|c| c.is_ascii_digit())))?;
        (2.0..=50.0).contains(&number).then_some((number as usize, last, at))
    })
}

/// The words that a question leaves to choose from: "more or less", "yes" where there are none.
pub(super) fn choice(words: &[Token]) -> Option<Words> {
    const PAIRS: &[(&str, &str)] = &[
        ("more", "less"),
        ("more", "fewer"),
        ("higher", "lower"),
        ("greater", "less"),
        ("longer", "shorter"),
        ("larger", "smaller"),
        ("bigger", "smaller"),
        ("taller", "shorter"),
        ("later", "earlier"),
        ("after", "before"),
        ("above", "below"),
        ("older", "newer"),
        ("mehr", "weniger"),
        ("höher", "niedriger"),
        ("größer", "kleiner"),
        ("länger", "kürzer"),
        ("später", "früher"),
    ];
    words.windows(3).find_map(|three| {
        let [one, or, other] = three else { return None };
        if !matches!(or.text.as_str(), "or" | "oder") {
            return None;
        }
        let pair = |(more, less): &&(&str, &str)| {
            (*more == one.text && *less == other.text) || (*less == one.text && *more == other.text)
        };
        PAIRS.iter().find(pair).map(|(more, less)| Words(more, less))
    })
}

/// Words of questions that are answered by yes or no.
pub(super) fn yes_or_no(words: &[Token]) -> Option<Words> {
    let first = words.first()?.text.as_str();
    match first {
        "is" | "was" | "are" | "were" | "did" | "does" | "do" | "has" | "have" | "had" | "can" => {
            Some(Words("yes", "no"))
        }
        "ist" | "war" | "sind" | "waren" | "hat" | "haben" | "hatte" | "gibt" | "gab" | "steht" => {
            Some(Words("ja", "nein"))
        }
        _ => None,
    }
}

/// A comparison with a number as the question has it.
#[derive(Debug, Clone)]
pub(crate) struct Compared {
    pub(crate) sign: Sign,
    pub(crate) value: f64,
    /// Of a range: its other end.
    pub(crate) upper: Option<f64>,
    pub(crate) at: usize,
    pub(crate) to: usize,
    /// The number may be a year.
    pub(crate) year: bool,
}

impl Compared {
    /// Whether the number is this year.
    pub(crate) fn names(&self, year: i32) -> bool {
        let is = |value: f64| (value - f64::from(year)).abs() < 0.5;
        self.year && (is(self.value) || self.upper.is_some_and(is))
    }
}

pub(crate) fn comparisons(words: &[Token]) -> Vec<Compared> {
    let mut found: Vec<Compared> = Vec::new();
    let number = |at: usize| {
        words.get(at).and_then(|word| {
            number_word(&word.text)
                .or_else(|| plain(&word.text).filter(|_| word.text.starts_with(|c: char| c.is_ascii_digit())))
        })
    };
    let mut at = 0;
    while at < words.len() {
        if let Some(range) = range(words, at, &number) {
            at = range.to;
            found.push(range);
            continue;
        }
        let fits = SIGNS.iter().find(|(sign, _)| {
            sign.iter().enumerate().all(|(n, word)| words.get(at + n).is_some_and(|it| it.text == *word))
        });
        if let Some((sign, meaning)) = fits {
            let is_small = |place: &usize| {
                words.get(*place).is_some_and(|word| {
                    matches!(word.text.as_str(), "the" | "year" | "dem" | "jahr" | "jahre")
                })
            };
            // "Before the year 1990".
            let place = at + sign.len();
            let place = place + (place..place + 2).take_while(is_small).count();
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
                found.push(Compared { sign, value, upper: None, at, to, year: is_year(value) });
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
                found.push(Compared { sign, value, upper: None, at, to: or + 2, year: is_year(value) });
                at = or + 2;
                continue;
            }
        }
        at += 1;
    }
    found
}

/// "between 1990 and 2000", "from 5 to 8".
fn range(words: &[Token], at: usize, number: &dyn Fn(usize) -> Option<f64>) -> Option<Compared> {
    let word = |at: usize| words.get(at).map_or("", |word| word.text.as_str());
    let skip = |at: usize| if matches!(word(at), "the" | "years" | "year") { at + 1 } else { at };
    let opens = matches!(word(at), "between" | "from" | "zwischen" | "von");
    let one = skip(skip(at + 1));
    let closes = matches!(word(one + 1), "and" | "to" | "until" | "through" | "und" | "bis");
    let other = skip(one + 2);
    let (value, upper) = (number(one)?, number(other)?);
    let fits = opens && closes && value < upper;
    fits.then_some(Compared {
        sign: Sign::AtLeast,
        value,
        upper: Some(upper),
        at,
        to: other + 1,
        year: is_year(value),
    })
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
    const TENS: &[&str] = &["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    if let Some(tens) = place(TENS) {
        return u32::try_from((tens + 2) * 10).ok().map(f64::from);
    }
    let at = place(WORDS).or_else(|| place(GERMAN))?;
    u32::try_from(at).ok().map(f64::from)
}

pub(super) fn is_year(value: f64) -> bool {
    (1000.0..2200.0).contains(&value) && value.fract() == 0.0
}
