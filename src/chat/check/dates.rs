//! Dates, in the forms people write them.

use super::facts::{Date, Reading};

const MONTHS: &[(&str, u32)] = &[
    ("january", 1),
    ("february", 2),
    ("march", 3),
    ("april", 4),
    ("may", 5),
    ("june", 6),
    ("july", 7),
    ("august", 8),
    ("september", 9),
    ("october", 10),
    ("november", 11),
    ("december", 12),
    ("jan", 1),
    ("feb", 2),
    ("mar", 3),
    ("apr", 4),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("sep", 9),
    ("sept", 9),
    ("oct", 10),
    ("nov", 11),
    ("dec", 12),
    ("januar", 1),
    ("februar", 2),
    ("märz", 3),
    ("mai", 5),
    ("juni", 6),
    ("juli", 7),
    ("oktober", 10),
    ("dezember", 12),
    ("okt", 10),
    ("dez", 12),
    ("janvier", 1),
    ("février", 2),
    ("mars", 3),
    ("avril", 4),
    ("juin", 6),
    ("juillet", 7),
    ("août", 8),
    ("septembre", 9),
    ("octobre", 10),
    ("novembre", 11),
    ("décembre", 12),
    ("enero", 1),
    ("febrero", 2),
    ("marzo", 3),
    ("abril", 4),
    ("mayo", 5),
    ("junio", 6),
    ("julio", 7),
    ("agosto", 8),
    ("septiembre", 9),
    ("octubre", 10),
    ("noviembre", 11),
    ("diciembre", 12),
];

/// The date that begins with the first of these words, and how many of them it takes.
pub(super) fn read(words: &[&str]) -> Option<(Date, usize)> {
    let first = *words.first()?;
    if let Some(readings) = in_figures(first) {
        return Some((Date { text: first.to_owned(), readings }, 1));
    }
    let second = words.get(1).copied().unwrap_or_default();
    let third = words.get(2).copied().unwrap_or_default();
    // 12 March 2021, 12. März 2021, 12th of March.
    if let Some(day) = day(first) {
        let (month_word, year_word, used) = if matches!(second, "of" | "de") {
            (third, words.get(3).copied().unwrap_or_default(), 3)
        } else {
            (second, third, 2)
        };
        let month = month(month_word)?;
        let year = year(year_word);
        let used = used + usize::from(year.is_some());
        return Some((date(&words[..used], year, Some(month), Some(day)), used));
    }
    let month = month(first)?;
    // March 12, 2021; March 2021; May alone is no date, for it may be the verb.
    if let Some(year) = year(second) {
        return Some((date(&words[..2], Some(year), Some(month), None), 2));
    }
    if let Some(day) = day(second) {
        let year = year(third);
        let used = 2 + usize::from(year.is_some());
        return Some((date(&words[..used], year, Some(month), Some(day)), used));
    }
    (first.chars().count() > 3 && first.starts_with(char::is_uppercase) && first != "May" && first != "March")
        .then(|| (date(&words[..1], None, Some(month), None), 1))
}

fn date(words: &[&str], year: Option<i32>, month: Option<u32>, day: Option<u32>) -> Date {
    Date { text: words.join(" "), readings: vec![(year, month, day)] }
}

fn month(word: &str) -> Option<u32> {
    let lower = word.to_lowercase();
    MONTHS.iter().find(|(name, _)| *name == lower).map(|(_, number)| *number)
}

fn day(word: &str) -> Option<u32> {
    let digits = word.trim_end_matches(|c: char| c.is_alphabetic());
    let ending = &word[digits.len()..];
    let fits = matches!(ending, "" | "st" | "nd" | "rd" | "th");
    digits.parse().ok().filter(|day| fits && (1..=31).contains(day))
}

fn year(word: &str) -> Option<i32> {
    (word.len() == 4).then(|| word.parse().ok()).flatten().filter(|year| (1000..2200).contains(year))
}

/// 2021-03-12, 12.03.2021, 3/12/21.
fn in_figures(word: &str) -> Option<Vec<Reading>> {
    let sign = ['-', '/', '.'].into_iter().find(|sign| word.matches(*sign).count() == 2)?;
    let parts: Vec<&str> = word.split(sign).collect();
    if !parts
        .iter()
        .all(|part| !part.is_empty() && part.len() <= 4 && part.chars().all(|c| c.is_ascii_digit()))
    {
        return None;
    }
    let numbers: Vec<u32> = parts.iter().filter_map(|part| part.parse().ok()).collect();
    let [a, b, c] = numbers[..] else { return None };
    let century = |year: u32, width: usize| {
        let year = if width == 2 { year + if year < 60 { 2000 } else { 1900 } } else { year };
        i32::try_from(year).ok()
    };
    let valid = |month: u32, day: u32| (1..=12).contains(&month) && (1..=31).contains(&day);
    let mut readings = Vec::new();
    if parts[0].len() == 4 {
        if valid(b, c) {
            readings.push((century(a, 4), Some(b), Some(c)));
        }
    } else if matches!(parts[2].len(), 2 | 4) && (parts[2].len() == 4 || sign != '.' || c > 0) {
        if valid(b, a) {
            readings.push((century(c, parts[2].len()), Some(b), Some(a)));
        }
        if sign != '.' && valid(a, b) && a != b {
            readings.push((century(c, parts[2].len()), Some(a), Some(b)));
        }
    }
    (!readings.is_empty()).then_some(readings)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> Option<Date> {
        read(&text.split_whitespace().map(|word| word.trim_matches([',', '.'])).collect::<Vec<_>>())
            .map(|(date, _)| date)
    }

    #[test]
    fn one_day_in_all_its_forms() {
        let day = first("12 March 2021").unwrap();
        for text in
            ["March 12, 2021", "2021-03-12", "12.03.2021", "12th of March 2021", "12. März 2021", "3/12/2021"]
        {
            assert!(first(text).unwrap().agrees(&day), "{text}");
        }
        for text in ["13 March 2021", "12 April 2021", "12 March 2022", "2021-03-13"] {
            assert!(!first(text).unwrap().agrees(&day), "{text}");
        }
        assert!(first("March 2021").unwrap().agrees(&day));
        assert_eq!(first("may rest"), None);
    }
}
