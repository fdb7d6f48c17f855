//! Amounts as reports write them, and what they are measured in.

/// Words and signs that make a line of few words one that says what the amounts below are measured in.
const MONEY: &[&str] = &[
    "€", "$", "£", "¥", "eur", "euro", "euros", "usd", "gbp", "chf", "nok", "sek", "dkk", "pln", "czk",
    "huf", "jpy", "cny", "cad", "aud", "inr", "dollar", "dollars", "pounds", "kronor", "kroner", "teur",
    "keur", "tchf", "eurm", "gbpm", "usdm",
];
const SCALES: &[&str] = &[
    "million",
    "millions",
    "mio",
    "mio.",
    "mn",
    "m",
    "mill",
    "mill.",
    "thousand",
    "thousands",
    "tsd",
    "tsd.",
    "billion",
    "billions",
    "bn",
    "mrd",
    "mrd.",
    "k",
    "tausend",
    "millionen",
    "milliarden",
    "millones",
    "milliers",
];

/// Words beside them.
const AROUND: &[&str] =
    &["in", "all", "amounts", "figures", "alle", "angaben", "beträge", "of", "en", "and", "und"];

const LONGEST_UNIT: usize = 6;

/// How the amounts of a table are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Notation {
    comma_is_decimal: bool,
}

impl Notation {
    /// As most cells show it: "1.234,5" or "0,38" against "1,234.5" or "0.38"; else as the document's others do.
    pub(crate) fn of<'a>(cells: impl Iterator<Item = &'a str>) -> Self {
        let (mut commas, mut points) = (0, 0);
        for cell in cells {
            let digits: String =
                cell.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).collect();
            let Some(at) = digits.rfind(['.', ',']) else { continue };
            let thousands = digits.len() - at - 1 == 3;
            let comma = digits.as_bytes()[at] == b',';
            match comma == thousands {
                true => points += 1,
                false => commas += 1,
            }
        }
        Self { comma_is_decimal: commas > points }
    }

    /// The number of a cell; what stands in brackets is below nothing.
    pub(crate) fn number(self, cell: &str) -> Option<f64> {
        let cell = cell.trim();
        let below = cell.starts_with(['(', '-', '−', '–']);
        let bare = cell.trim_matches(|c: char| !c.is_ascii_digit());
        let (decimal, thousands) = if self.comma_is_decimal { (',', '.') } else { ('.', ',') };
        let plain =
            |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | '’' | ' ' | '\u{a0}' | '\u{202f}');
        if bare.is_empty() || !bare.chars().all(plain) {
            return None;
        }
        let text: String = bare
            .chars()
            .filter(|c| c.is_ascii_digit() || *c == decimal && *c != thousands)
            .map(|c| if c == decimal { '.' } else { c })
            .collect();
        text.parse::<f64>().ok().map(|number| if below { -number } else { number })
    }

    /// A number in the same hand, with so many decimals.
    pub(crate) fn written(self, number: f64, decimals: usize) -> String {
        let (decimal, thousands) = if self.comma_is_decimal { (',', '.') } else { ('.', ',') };
        let text = format!("{:.decimals$}", number.abs());
        let (whole, rest) = text.split_once('.').unwrap_or((text.as_str(), ""));
        let mut out = String::new();
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                out.push(thousands);
            }
            out.push(digit);
        }
        if !rest.is_empty() {
            out.push(decimal);
            out.push_str(rest);
        }
        let sign = if number < 0.0 { "−" } else { "+" };
        format!("{sign}{out}")
    }

    /// Digits behind the decimal sign of a cell.
    pub(crate) fn decimals(self, cell: &str) -> usize {
        let decimal = if self.comma_is_decimal { ',' } else { '.' };
        let behind =
            cell.rsplit_once(decimal).map(|(_, behind)| behind.chars().take_while(char::is_ascii_digit));
        behind.map_or(0, Iterator::count)
    }
}

/// Whether a cell holds an amount.
pub(crate) fn is_amount(cell: &str) -> bool {
    let digits = cell.chars().filter(char::is_ascii_digit).count();
    let letters = cell.chars().filter(|c| c.is_alphabetic()).count();
    digits > 0 && letters <= 3 && letters < digits.max(2)
}

/// What amounts are measured in, where a line or the brackets of a label say it: "in GBP million", "EUR m", "(pence)".
pub(crate) fn unit_of(line: &str) -> Option<String> {
    let line = line.trim().trim_matches(|c| matches!(c, '(' | ')' | '*' | ':'));
    let words: Vec<String> = line
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| matches!(c, '(' | ')' | ',' | ':')).to_lowercase())
        .filter(|word| !word.is_empty())
        .collect();
    if words.is_empty() || words.len() > LONGEST_UNIT {
        return None;
    }
    let is_money = |word: &String| {
        MONEY.contains(&word.as_str())
            || word.starts_with(['€', '$', '£', '¥'])
                && SCALES.contains(&&*word.replace(['€', '$', '£', '¥'], ""))
            || word.ends_with(['€', '$', '£']) && word.chars().count() <= 3
            || word == "'000"
            || word.ends_with("000") && word.starts_with(['€', '$', '£'])
    };
    let is_scale = |word: &String| SCALES.contains(&word.as_str());
    let known = |word: &String| is_money(word) || is_scale(word) || AROUND.contains(&word.as_str());
    let says = words.iter().any(|word| is_money(word) || is_scale(word) && word.len() > 1);
    if !says || !words.iter().all(known) {
        return None;
    }
    let kept = line.split_whitespace().filter(|word| {
        let bare = word.trim_matches(|c: char| matches!(c, '(' | ')' | ',' | ':')).to_lowercase();
        !AROUND.contains(&bare.as_str())
    });
    Some(
        kept.map(|word| word.trim_matches(|c: char| matches!(c, '(' | ')' | ',' | ':')))
            .collect::<Vec<_>>()
            .join(" "),
    )
}

/// A label and what its brackets at the end say it is measured in.
pub(crate) fn without_unit(label: &str) -> (&str, Option<&str>) {
    let inner = label.trim_end().strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    match inner {
        Some((name, unit)) if !name.trim().is_empty() && unit.split_whitespace().count() <= 3 => {
            (name.trim(), Some(unit.trim()))
        }
        _ => (label.trim(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_their_table_writes_them() {
        let german = Notation::of(["1.955", "981", "1.005,5"].into_iter());
        assert_eq!((german.number("1.955"), german.number("(86,5)")), (Some(1955.0), Some(-86.5)));
        assert_eq!(german.written(-1234.5, 1), "−1.234,5");
        let whole = Notation::of(["5.792", "1.010"].into_iter());
        assert_eq!(whole.number("5.792"), Some(5792.0));
        let english = Notation::of(["1,534", "0.38"].into_iter());
        assert_eq!((english.number("1,534"), english.number("USD 0.38")), (Some(1534.0), Some(0.38)));
        assert_eq!((english.written(130.0, 0), english.decimals("0.38")), ("+130".to_owned(), 2));
        assert_eq!(english.number("3–2"), None);
    }

    #[test]
    fn units_stand_in_lines_of_their_own_and_in_brackets() {
        for (line, unit) in [
            ("in GBP million", Some("GBP million")),
            ("EUR m", Some("EUR m")),
            ("£m", Some("£m")),
            ("(in thousands of euros)", Some("thousands euros")),
            ("TEUR", Some("TEUR")),
            ("Alle Angaben in Mio. EUR", Some("Mio. EUR")),
            ("Kilns in Europe", None),
            ("m", None),
        ] {
            assert_eq!(unit_of(line).as_deref(), unit, "{line}");
        }
        assert_eq!(without_unit("Dividend (pence)"), ("Dividend", Some("pence")));
        assert_eq!(without_unit("Total"), ("Total", None));
    }
}
