//! Numbers that programs put before paragraphs: "Article 2", "3.1", "(b)".

use std::collections::{HashMap, HashSet};

/// How one level of a list is numbered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Level {
    pub kind: Kind,
    /// The label, with `%1` for the number of the first level.
    pub text: String,
    pub start: i64,
    /// After which level it begins anew: `Some(0)` is never, `None` after any above.
    pub restart: Option<usize>,
    /// Whether all numbers in the label are decimal, whatever their levels say.
    pub legal: bool,
}

impl Level {
    pub(super) fn bullet() -> Self {
        Self { kind: Kind::Bullet, text: String::new(), start: 1, restart: None, legal: false }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Bullet,
    /// In words: one, two, three.
    Cardinal,
    /// In a circle.
    Circled,
    Decimal,
    /// With a zero before a single digit.
    DecimalZero,
    LowerLetter,
    LowerRoman,
    None,
    LowerRussian,
    Ordinal,
    /// In words: first, second, third.
    OrdinalText,
    UpperLetter,
    UpperRoman,
    UpperRussian,
}

impl Kind {
    pub(super) fn by_name(name: &str) -> Self {
        match name {
            "bullet" => Self::Bullet,
            "cardinalText" => Self::Cardinal,
            "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => Self::Circled,
            "decimalZero" => Self::DecimalZero,
            "lowerLetter" => Self::LowerLetter,
            "lowerRoman" => Self::LowerRoman,
            "none" => Self::None,
            "ordinal" => Self::Ordinal,
            "ordinalText" => Self::OrdinalText,
            "russianLower" => Self::LowerRussian,
            "russianUpper" => Self::UpperRussian,
            "upperLetter" => Self::UpperLetter,
            "upperRoman" => Self::UpperRoman,
            _ => Self::Decimal,
        }
    }

    pub(super) fn write(self, number: i64) -> String {
        match self {
            Self::Bullet | Self::None => String::new(),
            Self::Cardinal => capitalised(&in_words(number)),
            Self::Circled => circled(number),
            Self::Decimal => number.to_string(),
            Self::DecimalZero => format!("{number:02}"),
            Self::LowerLetter => letters(number).to_lowercase(),
            Self::UpperLetter => letters(number),
            Self::LowerRoman => roman(number).to_lowercase(),
            Self::UpperRoman => roman(number),
            Self::LowerRussian => russian(number).to_lowercase(),
            Self::Ordinal => ordinal(number),
            Self::OrdinalText => capitalised(&ordinal_in_words(number)),
            Self::UpperRussian => russian(number),
        }
    }
}

/// The lists of a document and where each stands. Lists that are counted together share a name for it.
#[derive(Default)]
pub(super) struct NumberedLists {
    lists: HashMap<String, NumberedList>,
    /// Which levels belong to which style: by the name they are counted under and the style, the level.
    of_style: HashMap<(String, String), usize>,
    counters: HashMap<String, Counters>,
    begun: HashSet<(String, usize)>,
}

pub(super) struct NumberedList {
    pub counted_as: String,
    pub levels: Vec<Level>,
    /// Levels at which this list begins anew, and with what.
    pub starts: HashMap<usize, i64>,
}

impl NumberedLists {
    pub(super) fn add(&mut self, id: &str, list: NumberedList) {
        self.lists.insert(id.to_owned(), list);
    }

    pub(super) fn level_belongs_to(&mut self, counted_as: &str, style: &str, level: usize) {
        self.of_style.insert((counted_as.to_owned(), style.to_owned()), level);
    }

    /// The level of a list that belongs to a style.
    pub(super) fn level_of(&self, list: &str, style: &str) -> Option<usize> {
        let list = self.lists.get(list)?;
        self.of_style.get(&(list.counted_as.clone(), style.to_owned())).copied()
    }

    /// The label of the next paragraph of a list; `None` where there is no such list.
    pub(super) fn label(&mut self, id: &str, depth: usize) -> Option<String> {
        let list = self.lists.get(id)?;
        let counters = self.counters.entry(list.counted_as.clone()).or_default();
        // A list with a start of its own begins there, once.
        if let Some(start) = list.starts.get(&depth).filter(|_| self.begun.insert((id.to_owned(), depth))) {
            counters.set(depth, *start);
        }
        Some(counters.label(&list.levels, depth))
    }
}

/// Where a list stands.
#[derive(Debug, Clone, Default)]
pub(super) struct Counters {
    values: Vec<Option<i64>>,
}

impl Counters {
    /// Counts on at a level, and says the label there. An item without a mark has an empty one.
    pub(super) fn label(&mut self, levels: &[Level], depth: usize) -> String {
        let Some(level) = levels.get(depth) else { return "-".to_owned() };
        self.values.resize(self.values.len().max(levels.len()), None);
        let next = self.values[depth].map_or(level.start, |it| it.saturating_add(1));
        self.values[depth] = Some(next);
        for (below, other) in levels.iter().enumerate().skip(depth + 1) {
            let restarts = match other.restart {
                Some(0) => false,
                // Word's numbers of levels begin at one.
                Some(after) => depth < after,
                None => true,
            };
            if restarts {
                self.values[below] = None;
            }
        }
        if level.kind == Kind::Bullet {
            return "-".to_owned();
        }
        self.written(levels, level)
    }

    /// Makes the next item of a level this one.
    pub(super) fn set(&mut self, depth: usize, next: i64) {
        self.values.resize(self.values.len().max(depth + 1), None);
        self.values[depth] = Some(next.saturating_sub(1));
    }

    fn written(&self, levels: &[Level], level: &Level) -> String {
        let mut out = String::new();
        let mut chars = level.text.chars().peekable();
        while let Some(c) = chars.next() {
            let place = chars.peek().and_then(|it| it.to_digit(10)).filter(|it| c == '%' && *it > 0);
            let Some(place) = place else {
                out.push(c);
                continue;
            };
            chars.next();
            // Level ten of OpenDocument.
            let at = if place == 1 && chars.peek() == Some(&'0') {
                chars.next().map_or(0, |_| 9)
            } else {
                place as usize - 1
            };
            if let Some(other) = levels.get(at) {
                let value = self.values.get(at).copied().flatten().unwrap_or(other.start);
                let kind = if level.legal && other.kind != Kind::None { Kind::Decimal } else { other.kind };
                out.push_str(&kind.write(value));
            }
        }
        out.trim().to_owned()
    }
}

/// A to Z, then AA to ZZ.
fn letters(number: i64) -> String {
    let Ok(number) = usize::try_from(number.saturating_sub(1)) else { return String::new() };
    let letter = char::from(b'A' + u8::try_from(number % 26).unwrap_or(0));
    std::iter::repeat_n(letter, number / 26 + 1).take(20).collect()
}

/// Letters of the Russian alphabet that are used for counting.
fn russian(number: i64) -> String {
    const LETTERS: &str = "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ";
    let count = LETTERS.chars().count();
    let Ok(number) = usize::try_from(number.saturating_sub(1)) else { return String::new() };
    let letter = LETTERS.chars().nth(number % count).into_iter().collect::<String>();
    letter.repeat((number / count + 1).min(20))
}

fn circled(number: i64) -> String {
    let first = match number {
        1..=20 => 0x2460 - 1,
        21..=35 => 0x3251 - 21,
        36..=50 => 0x32B1 - 36,
        _ => return number.to_string(),
    };
    u32::try_from(number).ok().and_then(|it| char::from_u32(first + it)).into_iter().collect()
}

const UNITS: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] =
    ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// As Word counts in English. Other languages have words of their own, which only their Word knows.
fn in_words(number: i64) -> String {
    let Some(small) = usize::try_from(number).ok().filter(|it| *it < 1000) else { return number.to_string() };
    match (small / 100, small % 100) {
        (0, rest @ 0..=19) => UNITS[rest].to_owned(),
        (0, rest) if rest % 10 == 0 => TENS[rest / 10].to_owned(),
        (0, rest) => format!("{}-{}", TENS[rest / 10], UNITS[rest % 10]),
        (hundreds, 0) => format!("{} hundred", UNITS[hundreds]),
        (hundreds, rest) => {
            format!("{} hundred {}", UNITS[hundreds], in_words(i64::try_from(rest).unwrap_or(0)))
        }
    }
}

fn ordinal_in_words(number: i64) -> String {
    let words = in_words(number);
    if words.ends_with(|c: char| c.is_ascii_digit()) {
        return ordinal(number);
    }
    let (before, last) = words.rfind([' ', '-']).map_or(("", words.as_str()), |at| words.split_at(at + 1));
    let last = match last {
        "one" => "first".to_owned(),
        "two" => "second".to_owned(),
        "three" => "third".to_owned(),
        "five" => "fifth".to_owned(),
        "eight" => "eighth".to_owned(),
        "nine" => "ninth".to_owned(),
        "twelve" => "twelfth".to_owned(),
        tens if tens.ends_with('y') => format!("{}ieth", tens.trim_end_matches('y')),
        other => format!("{other}th"),
    };
    format!("{before}{last}")
}

fn capitalised(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}

fn roman(mut number: i64) -> String {
    const SIGNS: [(i64, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&number) {
        return number.to_string();
    }
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while number >= value {
            out.push_str(sign);
            number -= value;
        }
    }
    out
}

fn ordinal(number: i64) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(kind: Kind, text: &str) -> Level {
        Level { kind, text: text.into(), ..Level::bullet() }
    }

    #[test]
    fn labels_count_by_level() {
        let levels = [
            level(Kind::UpperRoman, "Article %1"),
            level(Kind::Decimal, "%1.%2"),
            level(Kind::LowerLetter, "(%3)"),
        ];
        let mut legal = levels.clone();
        legal[1].legal = true;
        let mut counters = Counters::default();
        let labels: Vec<String> =
            [0, 1, 1, 2, 2, 0, 1, 2].iter().map(|&depth| counters.label(&legal, depth)).collect();
        assert_eq!(labels, ["Article I", "1.1", "1.2", "(a)", "(b)", "Article II", "2.1", "(a)"]);
        counters.set(0, 7);
        assert_eq!(counters.label(&legal, 0), "Article VII");
    }

    #[test]
    fn levels_may_go_on() {
        let mut levels = vec![level(Kind::Decimal, "%1."), level(Kind::Decimal, "%2)")];
        levels[1].restart = Some(0);
        let mut counters = Counters::default();
        let labels: Vec<String> = [0, 1, 0, 1].iter().map(|&depth| counters.label(&levels, depth)).collect();
        assert_eq!(labels, ["1.", "1)", "2.", "2)"]);
    }

    #[test]
    fn numbers_are_written_in_their_kind() {
        assert_eq!(roman(1994), "MCMXCIV");
        assert_eq!(
            (letters(1), letters(26), letters(27), letters(54)),
            ("A".into(), "Z".into(), "AA".into(), "BBB".into())
        );
        let cardinals = [1, 21, 40, 100, 115].map(|it| Kind::Cardinal.write(it));
        assert_eq!(cardinals, ["One", "Twenty-one", "Forty", "One hundred", "One hundred fifteen"]);
        let ordinals = [1, 12, 20, 22, 100, 1000].map(|it| Kind::OrdinalText.write(it));
        assert_eq!(ordinals, ["First", "Twelfth", "Twentieth", "Twenty-second", "One hundredth", "1000th"]);
        assert_eq!(
            (Kind::Circled.write(1), Kind::Circled.write(21), Kind::LowerRussian.write(10)),
            ("①".into(), "㉑".into(), "к".into())
        );
        assert_eq!((ordinal(1), ordinal(12), ordinal(22)), ("1st".into(), "12th".into(), "22nd".into()));
    }
}
