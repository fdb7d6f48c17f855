//! Months, quarters, halves and years in plain questions.

use super::naming::Naming;
use super::plan::Condition;
use super::typed::ColumnKind;
use super::uses::Uses;
use super::words::{month, month_number};

impl Uses<'_, '_> {
    /// Months, quarters, halves and years, where the table has one column of dates and is not called by them. `None` where
    /// they mean nothing.
    pub(super) fn by_times(&mut self) -> Option<Vec<Condition>> {
        let table = self.reader.table;
        let column = self.column_of_times();
        let mut conditions = Vec::new();
        for at in 0..self.used.len() {
            if self.used[at] {
                continue;
            }
            if let Some(day) = self.day(at) {
                let column = column?;
                let rows = (0..table.rows())
                    .filter(|row| table.order(*row, column).is_some_and(|date| day.is(date)))
                    .collect();
                conditions.push(Condition::Among { column, rows });
                self.columns.push(column);
                self.take(at..at + day.words);
                continue;
            }
            let (word, called) = (self.reader.word(at).to_owned(), self.reader.called[at].is_some());
            let period = self.period(at);
            if let Some(period) = &period
                && period.names(self.reader.naming)
            {
                self.take(at..at + period.words);
                continue;
            }
            let is_month = month(&word).is_some()
                && (word != "may"
                    || matches!(self.reader.word(at.wrapping_sub(1)), "in" | "of" | "from" | "im"));
            let in_comparison = self.reader.compared.iter().any(|it| (it.at..it.to).contains(&at));
            let is_year = is_year(&word);
            // A year in the name of the list is meant as a condition where dates are asked after by their column.
            let called = called && !(is_year && self.asks_for_times_in(at));
            let in_name = self.reader.free && !is_year && !self.reader.columns[at].is_empty();
            let in_name = in_name || self.reader.free && is_year && self.names_a_column(&word);
            if called || in_comparison || in_name || !(period.is_some() || is_month || is_year) {
                continue;
            }
            let column = column?;
            let fits = |date: f64| {
                let (year, of_year) = ((date / 1e4).floor(), (date % 1e4 / 100.0).floor());
                if is_year {
                    return word.parse::<f64>().is_ok_and(|wanted| (wanted - year).abs() < 0.5);
                }
                match &period {
                    Some(period) => period.has_month(of_year),
                    None => {
                        month_number(&word).is_some_and(|wanted| (f64::from(wanted) - of_year).abs() < 0.5)
                    }
                }
            };
            let rows = (0..table.rows()).filter(|row| table.order(*row, column).is_some_and(fits)).collect();
            conditions.push(Condition::Among { column, rows });
            self.columns.push(column);
            self.take(at..at + period.map_or(1, |period| period.words));
        }
        Some(conditions)
    }

    /// The one column of dates, or of several the one that the question names.
    fn column_of_times(&self) -> Option<usize> {
        let table = self.reader.table;
        let times: Vec<usize> =
            (0..table.columns.len()).filter(|at| table.columns[*at].kind == ColumnKind::Time).collect();
        let named: Vec<usize> = times.iter().copied().filter(|at| self.is_named(*at)).collect();
        match (&times[..], &named[..]) {
            ([only], _) => Some(*only),
            (_, [only]) if self.reader.free => Some(*only),
            _ => None,
        }
    }

    pub(super) fn is_named(&self, column: usize) -> bool {
        (0..self.used.len()).any(|at| !self.in_cells[at] && self.reader.columns[at].contains(&column))
    }

    /// Whether a list or a count of rows is asked for by a column of dates, and this is the only year.
    fn asks_for_times_in(&self, year: usize) -> bool {
        let asks =
            ["which", "many", "welche", "viele", "list", "quels", "quelles", "combien", "cuántos", "cuáles"];
        let lists = self.reader.words.iter().any(|word| asks.contains(&word.text.as_str()));
        let only = (0..self.used.len()).filter(|at| is_year(self.reader.word(*at))).all(|at| at == year);
        let table = self.reader.table;
        let times = (0..table.columns.len()).filter(|at| table.columns[*at].kind == ColumnKind::Time);
        self.reader.free && lists && only && times.filter(|at| self.is_named(*at)).count() == 1
    }

    fn names_a_column(&self, word: &str) -> bool {
        self.reader.table.columns.iter().any(|column| column.name.iter().any(|name| name.text == word))
    }

    /// "3 June 2025", "June 3rd".
    fn day(&self, at: usize) -> Option<Day> {
        let in_cells =
            |words: usize| (at..at + words).any(|at| self.in_cells.get(at).copied().unwrap_or(true));
        let in_comparison = self.reader.compared.iter().any(|it| (it.at..it.to).contains(&at));
        if !self.reader.free || in_comparison {
            return None;
        }
        let number = |at: usize| {
            let word = self.reader.word(at);
            let bare = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
            bare.parse::<u32>().ok().filter(|day| (1..=31).contains(day) && bare.len() <= 2)
        };
        let joint = usize::from(matches!(self.reader.word(at + 1), "of" | "de"));
        let named = |at: usize| month_number(self.reader.word(at));
        let (day, month, words) = match (number(at), named(at + 1 + joint)) {
            (Some(day), Some(month)) => (day, month, 2 + joint),
            _ => (number(at + 1)?, named(at)?, 2),
        };
        let year = self.reader.word(at + words);
        let year = is_year(year).then(|| year.parse::<f64>().ok()).flatten();
        let words = words + usize::from(year.is_some());
        (!in_cells(words)).then_some(Day { year, month: f64::from(month), day: f64::from(day), words })
    }

    /// "Q3", "third quarter", "first half".
    fn period(&self, at: usize) -> Option<Period> {
        if let Some((number, words)) = self.quarter(at) {
            return Some(Period { number, months: 3, words });
        }
        let (word, next) = (self.reader.word(at), self.reader.word(at + 1));
        let short = match word {
            "h1" => Some(1),
            "h2" => Some(2),
            _ => None,
        };
        if let Some(number) = short {
            return self.reader.columns[at].is_empty().then_some(Period { number, months: 6, words: 1 });
        }
        let number = super::naming::half(word, next)?;
        let of_year = usize::from(self.reader.word(at + 2) == "year");
        Some(Period { number, months: 6, words: 2 + of_year })
    }

    /// "Q3", "third quarter": which, and in how many words.
    fn quarter(&self, at: usize) -> Option<(u32, usize)> {
        let word = self.reader.word(at);
        if let Some(number) =
            word.strip_prefix('q').and_then(|rest| rest.parse().ok()).filter(|it| (1..=4).contains(it))
        {
            // A column of that name is no time.
            return self.reader.columns[at].is_empty().then_some((number, 1));
        }
        let number = match word {
            "first" | "1st" | "1" | "ersten" | "erstes" | "erste" => 1,
            "second" | "2nd" | "2" | "zweiten" | "zweites" | "zweite" => 2,
            "third" | "3rd" | "3" | "dritten" | "drittes" | "dritte" => 3,
            "fourth" | "4th" | "4" | "vierten" | "viertes" | "vierte" => 4,
            _ => return None,
        };
        matches!(self.reader.word(at + 1), "quarter" | "quartal").then_some((number, 2))
    }
}

/// One day, and in how many words.
struct Day {
    year: Option<f64>,
    month: f64,
    day: f64,
    words: usize,
}

impl Day {
    fn is(&self, date: f64) -> bool {
        let (year, month, day) = ((date / 1e4).floor(), (date % 1e4 / 100.0).floor(), date % 100.0);
        let same = |one: f64, other: f64| (one - other).abs() < 0.5;
        // A date may have no year.
        same(month, self.month)
            && same(day, self.day)
            && (year < 1.0 || self.year.is_none_or(|it| same(it, year)))
    }
}

/// A part of a year: which of those that have so many months, and in how many words.
struct Period {
    number: u32,
    months: u32,
    words: usize,
}

impl Period {
    /// Whether the table is called by it.
    fn names(&self, naming: &Naming) -> bool {
        if self.months == 3 { naming.has_quarter(self.number) } else { naming.has_half(self.number) }
    }

    fn has_month(&self, month: f64) -> bool {
        month >= 1.0
            && (((month - 1.0) / f64::from(self.months)).floor() + 1.0 - f64::from(self.number)).abs() < 0.5
    }
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.parse::<u32>().is_ok_and(|year| (1900..2100).contains(&year))
}
