//! Times that a question names, and the rows that are of them.

use super::view::{Places, View};
use crate::tables::words::{Token, month_number};

/// Years and months that a question names; none where it names none.
#[derive(Debug, Default)]
pub(super) struct Period {
    pub(super) years: Vec<i32>,
    /// Where they stand.
    of_years: Vec<(usize, i32)>,
    pub(super) months: Vec<u32>,
    pub(super) days: Vec<u32>,
    /// The words that say it.
    pub(super) places: Places,
}

/// A day, month or year as a cell writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Date {
    pub(super) year: Option<i32>,
    pub(super) month: Option<u32>,
    pub(super) day: Option<u32>,
}

/// Words that stand before a part of a year.
const PARTS: &[(&[&str], usize)] = &[
    (&["first", "erste", "ersten", "erstes", "1", "1st"], 1),
    (&["second", "zweite", "zweiten", "zweites", "2", "2nd"], 2),
    (&["third", "dritte", "dritten", "drittes", "3", "3rd"], 3),
    (&["fourth", "last", "vierte", "vierten", "viertes", "letzte", "letzten", "4", "4th"], 4),
];

impl Period {
    /// The times among the words of a question, which stand in `text`.
    pub(super) fn of(words: &[Token], text: &str) -> Self {
        // A month, and no verb that is written like one.
        let is_month =
            |word: &str| word != "may" || text.split_once(' ').is_some_and(|(_, rest)| rest.contains("May"));
        let mut found = Self::default();
        let text = |at: usize| words.get(at).map_or("", |word| word.text.as_str());
        for at in 0..words.len() {
            if let Some(year) = year_of(text(at)) {
                found.years.push(year);
                found.of_years.push((at, year));
                found.places.insert(at);
            }
            let joined = matches!(text(at + 1), "to" | "until" | "through" | "bis" | "till");
            let month = |at: usize| month_number(text(at)).filter(|_| is_month(text(at)));
            match (month(at), month(at + 2)) {
                (Some(from), Some(to)) if joined && from <= to => {
                    found.months.extend(from..=to);
                    found.places.extend([at, at + 2]);
                }
                (Some(month), _) => {
                    found.months.push(month);
                    found.places.insert(at);
                    // "8 July", "July 8", "8th of July".
                    let before =
                        if text(at.wrapping_sub(1)) == "of" { at.checked_sub(2) } else { at.checked_sub(1) };
                    let near = [before, Some(at + 1)].into_iter().flatten();
                    for (place, day) in near.filter_map(|place| Some((place, day_of(text(place))?))) {
                        found.days.push(day);
                        found.places.insert(place);
                    }
                }
                _ => {}
            }
            let part = PARTS.iter().find(|(says, _)| says.contains(&text(at)));
            let short =
                |letter: char| text(at).strip_prefix(letter).and_then(|rest| rest.parse::<usize>().ok());
            let (length, part, places) = match (text(at + 1), part) {
                ("quarter" | "quartal" | "quartals", Some((_, part))) => (3, *part, vec![at, at + 1]),
                ("half" | "halbjahr" | "halbjahres", Some((_, part))) => {
                    (6, (*part).min(2), vec![at, at + 1])
                }
                _ => match (short('q'), short('h')) {
                    (Some(part @ 1..=4), _) => (3, part, vec![at]),
                    (_, Some(part @ 1..=2)) => (6, part, vec![at]),
                    _ => continue,
                },
            };
            let months = (part - 1) * length + 1..=part * length;
            found.months.extend(months.filter_map(|month| u32::try_from(month).ok()));
            found.places.extend(places);
        }
        found.months.sort_unstable();
        found.months.dedup();
        found
    }

    /// Without the years at these places.
    pub(super) fn leave_out(&mut self, places: &std::ops::Range<usize>) {
        self.of_years.retain(|(place, _)| !places.contains(place));
        let left = |year: &i32| self.of_years.iter().any(|(_, own)| own == year);
        self.years.retain(left);
        self.places.retain(|place| !places.contains(place));
    }

    /// Whether a date is of these times, as far as both say it.
    fn holds(&self, date: Date) -> bool {
        let among = |of: &[u32], it: Option<u32>| of.is_empty() || it.is_none_or(|it| of.contains(&it));
        let year = self.years.is_empty() || date.year.is_none_or(|year| self.years.contains(&year));
        let day = date.day.is_none() || among(&self.days, date.day);
        year && among(&self.months, date.month) && day
    }
}

fn year_of(word: &str) -> Option<i32> {
    word.parse().ok().filter(|year| word.len() == 4 && (1900..2100).contains(year))
}

fn day_of(word: &str) -> Option<u32> {
    let digits = word.trim_end_matches(|c: char| c.is_alphabetic());
    digits.parse().ok().filter(|day| digits.len() <= 2 && (1..=31).contains(day))
}

/// "2024-08", "2024-08-01", "01/08/2024", "1.8.2024", "August", "August 2024".
pub(super) fn date_of(cell: &str) -> Option<Date> {
    let cell = cell.trim();
    let parts: Vec<&str> = cell.split(['-', '/', '.', ' ']).filter(|part| !part.is_empty()).collect();
    let number = |part: &str| part.parse::<u32>().ok();
    let year = |part: &str| year_of(part);
    let month = |part: &str| number(part).filter(|month| (1..=12).contains(month) && part.len() <= 2);
    let day = |part: &str| number(part).filter(|day| (1..=31).contains(day) && part.len() <= 2);
    let named = |part: &str| month_number(&part.to_lowercase());
    match parts[..] {
        [one] if named(one).is_some() => Some(Date { month: named(one), ..Date::default() }),
        [one, other] if named(one).is_some() && year(other).is_some() => {
            Some(Date { year: year(other), month: named(one), day: None })
        }
        [one, other] if year(one).is_some() && month(other).is_some() => {
            Some(Date { year: year(one), month: month(other), day: None })
        }
        [one, two, three] if year(one).is_some() && month(two).is_some() && day(three).is_some() => {
            Some(Date { year: year(one), month: month(two), day: day(three) })
        }
        [one, two, three] if year(three).is_some() && day(one).is_some() => {
            let month = month(two).or_else(|| named(two));
            month.map(|month| Date { year: year(three), month: Some(month), day: day(one) })
        }
        _ => None,
    }
}

/// Rows of a column of dates that are of the times that the question names.
pub(super) struct Times {
    pub(super) column: usize,
    pub(super) rows: Vec<usize>,
    pub(super) places: Places,
}

/// The rows of these times; `None` where none are named, or no one column says it.
pub(super) fn times(view: &View<'_, '_>, rows: &[usize]) -> Option<Times> {
    let period = &view.period;
    if period.places.is_empty() {
        return None;
    }
    let is_dated = |column: &usize| {
        let cells = rows.iter().map(|row| view.cell(*row, *column)).filter(|cell| !cell.trim().is_empty());
        let (all, dates) =
            cells.fold((0, 0), |(all, dates), cell| (all + 1, dates + usize::from(date_of(cell).is_some())));
        all > 0 && dates * 10 >= all * 9
    };
    let columns: Vec<usize> = (0..view.grid.names.len()).filter(is_dated).collect();
    let [column] = columns[..] else { return None };
    let dates: Vec<(usize, Date)> =
        rows.iter().filter_map(|row| Some((*row, date_of(view.cell(*row, column))?))).collect();
    let says = |part: &dyn Fn(&Date) -> bool| dates.iter().any(|(_, date)| part(date));
    let (years, months) = (says(&|date| date.year.is_some()), says(&|date| date.month.is_some()));
    let rows: Vec<usize> =
        dates.iter().filter(|(_, date)| period.holds(*date)).map(|(row, _)| *row).collect();
    // What the cells do not say is left to the table's name.
    let places = period.places.iter().copied().filter(|place| {
        let is_year = year_of(&view.word(*place).text).is_some();
        if is_year { years } else { months }
    });
    let places: Places = places.collect();
    (!places.is_empty()).then_some(Times { column, rows, places })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::words::tokens;

    #[test]
    fn times_are_read_out_of_questions() {
        let of = |question: &str| Period::of(&tokens(question), question);
        assert_eq!(of("in the first quarter of 2021").months, [1, 2, 3]);
        assert_eq!(of("from March to May").months, [3, 4, 5]);
        assert_eq!(of("im zweiten Halbjahr").months, [7, 8, 9, 10, 11, 12]);
        let day = of("on 8 July 2021");
        assert_eq!((day.years, day.months, day.days), (vec![2021], vec![7], vec![8]));
        assert_eq!(of("the tolls of May").months, [5]);
        assert!(of("may I see the list of barges").places.is_empty());
    }

    #[test]
    fn dates_are_read_out_of_cells() {
        let date = |year, month, day| Some(Date { year, month, day });
        assert_eq!(date_of("2021-08"), date(Some(2021), Some(8), None));
        assert_eq!(date_of("03.08.2021"), date(Some(2021), Some(8), Some(3)));
        assert_eq!(date_of("August"), date(None, Some(8), None));
        assert_eq!(date_of("3 August 2021"), date(Some(2021), Some(8), Some(3)));
        assert_eq!(date_of("Total"), None);
        assert_eq!(date_of("118.50"), None);
    }
}
