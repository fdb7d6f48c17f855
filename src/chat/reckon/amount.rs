//! Amounts as cells and sentences write them: a number with what it is measured in.

use crate::tables::Value;

/// Signs and names of money, and where an amount has them.
const SIGNS: &[char] = &['£', '€', '$', '¥'];
const MONEY: &[&str] = &[
    "£", "€", "$", "¥", "eur", "euro", "euros", "gbp", "usd", "chf", "pounds", "pound", "dollars", "fr",
    "kr", "£k", "€k", "k€", "teur",
];

/// Letters of what an amount is measured in, at most.
const LONGEST_UNIT: usize = 14;

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Amount {
    pub(crate) value: f64,
    decimals: usize,
    /// A comma stands before the decimals.
    comma: bool,
    before: String,
    after: String,
}

impl Amount {
    /// The amount of a cell; `None` where it holds more than one number, or words. With `comma`, its document writes a
    /// comma before decimals, and a point before thousands.
    pub(crate) fn of_cell(cell: &str, comma: bool) -> Option<Self> {
        let cell = cell.trim();
        let value = Value::of(cell).number?;
        let value = if comma { thousands(cell, value) } else { value };
        let first = cell.find(|c: char| c.is_ascii_digit())?;
        let length = cell[first..]
            .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | '’')))
            .unwrap_or(cell.len() - first);
        let digits = cell[first..first + length].trim_end_matches(['.', ',']);
        let rest = cell[first + length..].trim();
        let grouped = rest.chars().next().is_some_and(|c| c.is_ascii_digit());
        if rest.chars().any(|c| c.is_ascii_digit()) && !(grouped && is_grouped(digits, rest)) {
            return None;
        }
        let (value, rest) = if grouped { grouped_number(digits, rest)? } else { (value, rest) };
        let before: String = cell[..first].chars().filter(|c| SIGNS.contains(c)).collect();
        let after =
            if rest.chars().count() <= LONGEST_UNIT { rest.trim_end_matches('.') } else { return None };
        let (decimals, comma) = decimals_of(digits, comma);
        Some(Self { value, decimals, comma, before, after: after.to_owned() })
    }

    /// With what the name of a column, or a cell beside it, says it is measured in.
    pub(crate) fn measured_in(mut self, unit: &str) -> Self {
        if self.before.is_empty() && self.after.is_empty() && is_unit(unit) {
            match unit.chars().next() {
                Some(sign) if SIGNS.contains(&sign) && unit.chars().count() == 1 && sign != '€' => {
                    self.before = unit.to_owned();
                }
                _ => self.after = unit.to_owned(),
            }
        }
        self
    }

    pub(crate) fn is_money(&self) -> bool {
        !self.before.is_empty() || MONEY.contains(&self.after.to_lowercase().as_str())
    }

    pub(crate) fn is_share(&self) -> bool {
        self.after.starts_with('%')
    }

    pub(crate) fn is_measured(&self) -> bool {
        !self.before.is_empty() || !self.after.is_empty()
    }

    /// Whether both are of one kind, so that they can be added.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        self.before == other.before && self.after.to_lowercase() == other.after.to_lowercase()
    }

    /// Another value, written as this one is.
    pub(crate) fn with(&self, value: f64, other: Option<&Self>) -> Self {
        let most = other.map_or(0, |other| other.decimals).max(self.decimals);
        Self { value, decimals: most, ..self.clone() }
    }

    pub(crate) fn written(&self) -> String {
        let cents = self.is_money() && (self.decimals > 0 || (self.value * 100.0).round() % 100.0 != 0.0);
        let rounded = (self.value * 10_f64.powi(6)).round() / 10_f64.powi(6);
        let mut decimals = if cents { 2 } else { self.decimals };
        if rounded.fract() != 0.0 && decimals == 0 {
            decimals = 2;
        }
        let number =
            grouped(rounded.abs(), decimals, self.comma || self.before.is_empty() && self.after == "€");
        let sign = if rounded < 0.0 { "−" } else { "" };
        let after = if self.after.is_empty() { String::new() } else { format!(" {}", self.after) };
        format!("{sign}{}{number}{after}", self.before)
    }
}

/// Whether a text may stand for what is measured: short, without digits.
fn is_unit(text: &str) -> bool {
    let count = text.chars().count();
    (1..=LONGEST_UNIT).contains(&count)
        && !text.chars().any(|c| c.is_ascii_digit())
        && !text.chars().all(|c| matches!(c, '-' | '–' | '—' | '.'))
}

/// "1 150", as some write thousands.
fn is_grouped(digits: &str, rest: &str) -> bool {
    let group: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.len() <= 3
        && digits.chars().all(|c| c.is_ascii_digit())
        && group.len() == 3
        && !rest[3..].chars().any(|c| c.is_ascii_digit())
}

fn grouped_number<'a>(digits: &str, rest: &'a str) -> Option<(f64, &'a str)> {
    let value = format!("{digits}{}", &rest[..3]).parse().ok()?;
    Some((value, rest[3..].trim_start()))
}

/// "1.250" where a point stands before thousands.
fn thousands(cell: &str, value: f64) -> f64 {
    let behind = cell.trim_start_matches(|c: char| !c.is_ascii_digit());
    let digits: String =
        behind.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).collect();
    let groups: Vec<&str> = digits.split('.').collect();
    let grouped =
        groups.len() == 2 && groups[1].len() == 3 && (1..=3).contains(&groups[0].len()) && groups[0] != "0";
    if grouped { (value * 1000.0).round() } else { value }
}

/// How many digits stand behind the decimal sign, and whether it is a comma.
fn decimals_of(digits: &str, comma: bool) -> (usize, bool) {
    let Some(at) = digits.rfind(['.', ',']) else { return (0, comma) };
    let behind = digits.len() - at - 1;
    let sign = digits.as_bytes()[at];
    let both = digits.contains(',') && digits.contains('.');
    let again = digits.matches(char::from(sign)).count() > 1;
    // A point or a comma before three digits may be one of thousands.
    let of_thousands = !both && behind == 3 && (sign == b',' || comma) || again;
    match (of_thousands, sign) {
        (true, b',') => (0, false),
        (true, _) => (0, true),
        (false, sign) => (behind, sign == b','),
    }
}

/// Whether a document writes a comma before decimals.
pub(crate) fn writes_comma(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    let digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
    let (mut commas, mut points) = (0_u32, 0_u32);
    for at in 1..letters.len() {
        let sign = letters[at];
        if !matches!(sign, '.' | ',') || !digit(at - 1) {
            continue;
        }
        let behind = (at + 1..letters.len()).take_while(|at| digit(*at)).count();
        // "14.09." and "14.09.2026" are dates, "3.1" is a clause.
        let dated = letters.get(at + behind + 1) == Some(&'.')
            || at >= 3 && (letters[at - 2] == '.' || letters[at - 3] == '.');
        match (sign, behind) {
            (',', 1 | 2) => commas += 1,
            ('.', 3) => commas += 1,
            (',', 3) => points += 1,
            ('.', 2) if !dated => points += 1,
            _ => {}
        }
    }
    commas > points
}

fn grouped(value: f64, decimals: usize, comma: bool) -> String {
    let text = format!("{value:.decimals$}");
    let (whole, behind) = text.split_once('.').unwrap_or((&text, ""));
    let (thousands, point) = if comma { ('.', ',') } else { (',', '.') };
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(thousands);
        }
        out.push(digit);
    }
    if !behind.is_empty() {
        out.push(point);
        out.push_str(behind);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_and_written_as_their_cells_have_them() {
        let again = |cell: &str| Amount::of_cell(cell, cell.contains('€')).map(|amount| amount.written());
        for (cell, written) in [
            ("£6.40", "£6.40"),
            ("1,240", "1,240"),
            ("1 150", "1,150"),
            ("1.240,50 €", "1.240,50 €"),
            ("12 kg", "12 kg"),
            ("4,50 €", "4,50 €"),
            ("1.955 €", "1.955 €"),
            ("1.955", "1.955"),
        ] {
            assert_eq!(again(cell).as_deref(), Some(written), "{cell}");
        }
        for cell in ["1020×1100×460", "230 V 1ph", "0.02 – 0.15", "included", "3 to 5 days", "–"] {
            assert_eq!(again(cell), None, "{cell}");
        }
        let kilo = Amount::of_cell("12.5", false).unwrap().measured_in("kg");
        assert_eq!((kilo.written().as_str(), kilo.is_money()), ("12.5 kg", false));
        let pounds = Amount::of_cell("12.5", false).unwrap().measured_in("£");
        assert_eq!((pounds.written().as_str(), pounds.is_money()), ("£12.50", true));
    }

    #[test]
    fn documents_show_how_they_write_decimals() {
        assert!(writes_comma("Miete 1.250 €, Strom 38,50 €, am 14.09.2026"));
        assert!(!writes_comma("Rent £1,250, power £38.50, on 14.09.2026; clause 3.1"));
        assert_eq!(Amount::of_cell("1.250", true).unwrap().value, 1250.0);
        assert_eq!(Amount::of_cell("1.250", false).unwrap().value, 1.25);
    }
}
