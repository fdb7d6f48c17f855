//! What stands in a cell.

use super::words::month_number;
use docent_words::Language;

/// A cell's number or date beside its text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Value {
    /// The first number, where the cell is a number with a unit or a note.
    pub(crate) number: Option<f64>,
    /// Year, month and day as one number that can be compared.
    pub(crate) date: Option<f64>,
    /// The number may be a year: four digits and no sign between them.
    pub(super) may_be_year: bool,
}

pub(super) fn is_empty(cell: &str) -> bool {
    matches!(cell.trim(), "" | "-" | "–" | "—" | "n/a" | "N/A" | "?" | "…" | "..." | "none")
}

/// Dates from here on have a year.
const DAY: f64 = 1e7;

impl Value {
    pub(crate) fn of(cell: &str) -> Self {
        let bare = without_notes(cell);
        let digits = bare.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '\'')).count();
        let date = date(&bare);
        // "31.5.2024" has thousands no more than it has a fraction.
        let number = number(&bare).filter(|_| date.is_none_or(|date| date < DAY || !is_in_figures(&bare)));
        Self { number, date, may_be_year: digits == 4 }
    }

    /// What two cells are compared by.
    pub(super) fn order(&self) -> Option<f64> {
        self.number.or(self.date)
    }

    /// A date, or a number that is a year, as dates are compared.
    pub(crate) fn time(&self) -> Option<f64> {
        match self.number {
            Some(number) => {
                (self.may_be_year && (1_000.0..2_200.0).contains(&number)).then_some(number * 10_000.0)
            }
            None => self.date,
        }
    }
}

/// A cell without `[1]` and other notes.
pub(super) fn without_notes(cell: &str) -> String {
    let mut bare = String::with_capacity(cell.len());
    let mut depth = 0_u32;
    for c in cell.chars() {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    bare.trim().trim_end_matches(['†', '‡', '§', '*', '^']).trim_end().to_owned()
}

/// The number of a cell that is one, with a sign of currency before it, or a unit, a rank or a note after it.
fn number(cell: &str) -> Option<f64> {
    // "T-12" is the name of something; "T12" is a shared twelfth place.
    if cell.strip_prefix('T').is_some_and(|rest| rest.starts_with(['-', '−', '–'])) {
        return None;
    }
    let head = cell.trim_start_matches(|c: char| {
        matches!(c, '$' | '€' | '£' | '¥' | '~' | '+' | '#' | 'T' | '(') || c.is_whitespace()
    });
    let (negative, head) = match head.strip_prefix(['-', '−', '–']) {
        Some(rest) => (true, rest.trim_start_matches(['$', '€', '£'])),
        None => (cell.starts_with('(') && cell.ends_with(')'), head),
    };
    let end =
        head.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '\''))).unwrap_or(head.len());
    let digits = head[..end].trim_end_matches(['.', ',']);
    if !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let rest = head[end..].trim_start();
    // A time.
    if let Some(tail) = rest.strip_prefix(':')
        && let (Ok(first), Some(seconds)) = (digits.parse::<f64>(), clock(tail))
    {
        // Hours before minutes and seconds, minutes before seconds.
        let unit = if tail.contains(':') { 3_600.0 } else { 60.0 };
        return Some(first * unit + seconds);
    }
    // "3–2" is a result, "12 May" a date, "2010-11" a season.
    if rest.starts_with(['–', '—', '/', ':'])
        || (rest.starts_with('-') && rest[1..].starts_with(|c: char| c.is_ascii_digit()))
    {
        return None;
    }
    if rest.split_whitespace().count() > 3
        || docent_words::begins_with_month(&rest.to_lowercase(), &[Language::English])
        || begins_with_month(rest)
    {
        return None;
    }
    let value = plain(digits)?;
    let scaled = match rest.split_whitespace().next().map(str::to_lowercase).as_deref() {
        Some("million" | "millions" | "mio" | "m€") => value * 1e6,
        Some("billion" | "bn" | "mrd") => value * 1e9,
        Some("thousand" | "tsd") => value * 1e3,
        _ => value,
    };
    Some(if negative { -scaled } else { scaled })
}

/// `1,234.5` and `1.234,5` and `0,5`.
pub(super) fn plain(digits: &str) -> Option<f64> {
    let digits = digits.replace('\'', "");
    let (commas, dots) = (digits.matches(',').count(), digits.matches('.').count());
    let text = match (commas, dots) {
        (0, 0 | 1) => digits,
        (0, _) => digits.replace('.', ""),
        (1, 0) if digits.rsplit(',').next().is_some_and(|tail| tail.len() != 3) => digits.replace(',', "."),
        (_, 0) => digits.replace(',', ""),
        _ if digits.rfind(',') > digits.rfind('.') => digits.replace('.', "").replace(',', "."),
        _ => digits.replace(',', ""),
    };
    text.parse().ok()
}

fn clock(tail: &str) -> Option<f64> {
    let text: String = tail.chars().take_while(|c| c.is_ascii_digit() || matches!(c, ':' | '.')).collect();
    let mut seconds = 0.0;
    for part in text.split(':') {
        seconds = seconds * 60.0 + part.parse::<f64>().ok()?;
    }
    (!text.is_empty()).then_some(seconds)
}

fn date(cell: &str) -> Option<f64> {
    let lower = cell.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let year = words
        .iter()
        .find_map(|word| word.parse::<i64>().ok().filter(|it| word.len() == 4 && (1000..2200).contains(it)));
    let month = words.iter().find_map(|word| month_number(word)).map(i64::from);
    let day = words
        .iter()
        .find_map(|word| word.parse::<i64>().ok().filter(|it| word.len() <= 2 && (1..=31).contains(it)));
    if words.len() > 6 {
        return None;
    }
    if let Some(whole) = in_figures(&lower, &words) {
        return Some(whole);
    }
    let date = match (year, month) {
        // "2010–11" is the season that begins in that year.
        (Some(year), None) if words.len() <= 3 => year * 10_000,
        (Some(year), Some(month)) => year * 10_000 + month * 100 + day.unwrap_or(0),
        (None, Some(month)) => month * 100 + day.unwrap_or(0),
        _ => return None,
    };
    i32::try_from(date).ok().map(f64::from)
}

fn is_in_figures(cell: &str) -> bool {
    let words: Vec<&str> =
        cell.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    in_figures(cell, &words).is_some()
}

/// "31. Mai".
fn begins_with_month(rest: &str) -> bool {
    let word: String =
        rest.trim_start_matches(['.', ' ']).chars().take_while(|c| c.is_alphabetic()).collect();
    month_number(&word.to_lowercase()).is_some()
}

/// "2024-05-31" and "31.5.2024", also with a time behind.
fn in_figures(text: &str, words: &[&str]) -> Option<f64> {
    let [one, two, three, ..] = words else { return None };
    let number = |word: &str| word.parse::<u32>().ok();
    let begins = |mark: char| text.trim_start().starts_with(&format!("{one}{mark}{two}{mark}{three}"));
    let (year, month, day) = match (one.len(), three.len()) {
        (4, 1 | 2) if begins('-') || begins('/') => (number(one)?, number(two)?, number(three)?),
        (1 | 2, 4) if begins('.') => (number(three)?, number(two)?, number(one)?),
        _ => return None,
    };
    let there = (1_000..2_200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    there.then(|| f64::from(year * 10_000 + month * 100 + day))
}

/// Minutes and seconds, or hours, minutes and seconds.
pub(super) fn is_clock(cell: &str) -> bool {
    let bare = without_notes(cell);
    bare.contains(':') && bare.split(':').all(|part| plain(part).is_some()) && bare.split(':').count() <= 3
}

/// Seconds as such cells have them.
pub(super) fn clocked(seconds: f64) -> String {
    let (minutes, rest) = ((seconds / 60.0).floor(), seconds % 60.0);
    let rest = if rest.fract().abs() < 1e-9 { format!("{rest:02.0}") } else { format!("{rest:05.2}") };
    let (hours, minutes) = ((minutes / 60.0).floor(), minutes % 60.0);
    if hours > 0.0 { format!("{hours}:{minutes:02}:{rest}") } else { format!("{minutes}:{rest}") }
}

/// A number as it is written in an answer.
pub(crate) fn written(value: f64) -> String {
    if (value - value.round()).abs() < 1e-9 && value.abs() < 1e15 {
        return format!("{}", value.round());
    }
    let text = format!("{value:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_of_dates_are_named_in_full_or_cut_short_in_english_and_german() {
        let whole = Some(20_241_012.0);
        for cell in ["12 October 2024", "Oct 12, 2024", "12. Okt 2024", "12. Oktober 2024"] {
            assert_eq!(Value::of(cell).date, whole, "{cell}");
        }
        assert_eq!(Value::of("3. Mrz 2024").date, Some(20_240_303.0));
        assert_eq!(Value::of("3. Jänner 2024").date, Some(20_240_103.0));
        assert_ne!(
            Value::of("3 mars 2024").date,
            Some(20_240_303.0),
            "in other languages they are other words"
        );
    }

    #[test]
    fn cells_are_numbers_with_what_stands_around_them() {
        for (cell, value) in [
            ("1,000,000", Some(1e6)),
            ("$12.50", Some(12.5)),
            ("160 km", Some(160.0)),
            ("04.0m²", Some(4.0)),
            ("1st", Some(1.0)),
            ("42%", Some(42.0)),
            ("-3", Some(-3.0)),
            ("1.234,5", Some(1234.5)),
            ("1:02.5", Some(62.5)),
            ("1:00:02", Some(3602.0)),
            ("12[3]", Some(12.0)),
            ("3–2", None),
            ("12 May", None),
            ("2010-11", None),
            ("Paris", None),
            ("", None),
            ("5.2 million", Some(5.2e6)),
        ] {
            assert_eq!(Value::of(cell).number, value, "{cell}");
        }
        let apart =
            ["1:02.5", "14:46:36", "3–2"].map(|cell| (is_clock(cell), Value::of(cell).number.map(clocked)));
        assert_eq!(apart[0], (true, Some("1:02.50".to_owned())));
        assert_eq!(apart[1], (true, Some("14:46:36".to_owned())));
        assert!(!apart[2].0);
        for cell in
            ["2024-05-31", "31.05.2024", "31.5.2024", "2024-05-31 08:15", "31 May 2024", "31. Mai 2024"]
        {
            assert_eq!(Value::of(cell).time(), Some(20_240_531.0), "{cell}");
        }
        assert!(Value::of("May 3, 2001").date < Value::of("June 1, 2001").date);
    }
}
