//! Numbers that programs put before paragraphs: "Article 2", "3.1", "(b)".

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
    Decimal,
    /// With a zero before a single digit.
    DecimalZero,
    LowerLetter,
    LowerRoman,
    None,
    Ordinal,
    UpperLetter,
    UpperRoman,
}

impl Kind {
    pub(super) fn by_name(name: &str) -> Self {
        match name {
            "bullet" => Self::Bullet,
            "decimalZero" => Self::DecimalZero,
            "lowerLetter" => Self::LowerLetter,
            "lowerRoman" => Self::LowerRoman,
            "none" => Self::None,
            "ordinal" => Self::Ordinal,
            "upperLetter" => Self::UpperLetter,
            "upperRoman" => Self::UpperRoman,
            _ => Self::Decimal,
        }
    }

    pub(super) fn write(self, number: i64) -> String {
        match self {
            Self::Bullet | Self::None => String::new(),
            Self::Decimal => number.to_string(),
            Self::DecimalZero => format!("{number:02}"),
            Self::LowerLetter => letters(number).to_lowercase(),
            Self::UpperLetter => letters(number),
            Self::LowerRoman => roman(number).to_lowercase(),
            Self::UpperRoman => roman(number),
            Self::Ordinal => ordinal(number),
        }
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
        assert_eq!((ordinal(1), ordinal(12), ordinal(22)), ("1st".into(), "12th".into(), "22nd".into()));
    }
}
