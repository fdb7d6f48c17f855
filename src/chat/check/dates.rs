//! Dates, in the forms people write them.

use super::facts::{Date, Reading};
use docent_words::Language;

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
    docent_words::month_named(&lower)
        .or_else(|| docent_words::month_in(&lower, &[Language::English, Language::German]))
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
        for text in ["12 marzo 2021", "12 maart 2021", "12. Mrz 2021", "12 mars 2021"] {
            assert!(first(text).unwrap().agrees(&day), "{text}");
        }
        assert_eq!(first("12 set 2021"), None, "short forms are those of English and German");
        for text in ["13 March 2021", "12 April 2021", "12 March 2022", "2021-03-13"] {
            assert!(!first(text).unwrap().agrees(&day), "{text}");
        }
        assert!(first("March 2021").unwrap().agrees(&day));
        assert_eq!(first("may rest"), None);
    }
}
