//! Which figure a question is after.

use super::asked::Asked;
use super::measured::{Said, is_named_in};
use super::report::{Figure, Report};
use crate::tables::words::{Token, tokens};

/// A figure that has more beside what is asked is another one.
const MOST_BESIDE: f64 = 3.0;
const WORD_OF_ROW: f64 = 2.0;
const METRIC_OF_TABLE: f64 = 2.0;
const WORD_OF_TABLE: f64 = 1.0;
const IMPLIED_YEAR: f64 = 0.5;

/// The row that sums up the others comes before them where a total is asked for.
const TOTAL: f64 = -1.0;

/// Years by which a report is for an earlier time than the figure in it.
const TOO_EARLY: i32 = 50;

/// A figure of one of the reports.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found<'a> {
    pub(crate) report: usize,
    pub(crate) figure: &'a Figure,
}

#[derive(Debug)]
pub(crate) enum Answer<'a> {
    /// One for each year that is asked for.
    Figures(Vec<Found<'a>>),
    /// It is measured, but not for this year.
    OtherYears(i32),
    /// No figure is called so.
    None,
}

/// The figures that a question is after: of each year the one that has least beside what is asked, if all of those say the
/// same.
pub(crate) fn find<'a>(asked: &Asked, reports: &'a [Report]) -> Answer<'a> {
    let mut fitting: Vec<(f64, Found<'a>)> = Vec::new();
    for (at, report) in reports.iter().enumerate() {
        let fits = report.figures.iter().filter_map(|figure| {
            let beside = beside(asked, report, figure)?;
            (beside <= MOST_BESIDE).then_some((beside, Found { report: at, figure }))
        });
        fitting.extend(fits);
    }
    let Some(last) = asked.years.last().filter(|_| !fitting.is_empty()) else { return Answer::None };
    let mut chosen: Vec<Found<'a>> = Vec::new();
    for year in asked.years.iter().rev() {
        // All years from one row, where it has them.
        let same_row = chosen.first().and_then(|first| {
            fitting.iter().map(|(_, found)| found).find(|found| {
                let (one, other) = (first.figure, found.figure);
                let same =
                    found.report == first.report && one.table == other.table && one.column == other.column;
                same && (one.line == other.line || one.row == other.row) && other.period.year == Some(*year)
            })
        });
        match same_row.copied().map_or_else(|| of_year(*year, &fitting, reports), OfYear::One) {
            OfYear::One(found) => chosen.push(found),
            OfYear::Several => return Answer::None,
            OfYear::Other => return Answer::OtherYears(if chosen.is_empty() { *last } else { *year }),
        }
    }
    chosen.reverse();
    Answer::Figures(chosen)
}

enum OfYear<'a> {
    One(Found<'a>),
    /// They do not say the same.
    Several,
    Other,
}

fn of_year<'a>(year: i32, fitting: &[(f64, Found<'a>)], reports: &[Report]) -> OfYear<'a> {
    // The report of that year says it, else a newer one.
    let away = |found: &Found<'_>| match reports[found.report].year {
        Some(own) if own >= year => own - year,
        _ => TOO_EARLY,
    };
    let ranked = fitting.iter().filter(|(_, found)| found.figure.period.year == Some(year));
    let mut ranked: Vec<(f64, i32, Found<'a>)> =
        ranked.map(|(beside, found)| (*beside, away(found), *found)).collect();
    ranked.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let Some(&(least, nearest, first)) = ranked.first() else { return OfYear::Other };
    let best = ranked.iter().filter(|(beside, away, _)| *beside <= least && *away == nearest);
    let number = |found: &Found<'_>| {
        let notation = reports[found.report].tables[found.figure.table].notation;
        notation.and_then(|it| it.number(&found.figure.value)).map(f64::abs)
    };
    let value = number(&first);
    let agree = best.map(|(.., found)| number(found)).all(|other| match (value, other) {
        (Some(one), Some(other)) => (one - other).abs() < 1e-6,
        _ => false,
    });
    if agree { OfYear::One(first) } else { OfYear::Several }
}

/// How much a figure has beside what is asked; `None` where something that is asked is not said of it.
fn beside(asked: &Asked, report: &Report, figure: &Figure) -> Option<f64> {
    if figure.period.quarter != asked.quarter {
        return None;
    }
    let about = report.tables.get(figure.table)?;
    let line = about.rows.get(figure.line)?;
    let column = Said::by(&figure.column);
    let (row, group, section) = (&line.said, &line.group, &about.section);
    let in_cell = |metric: &&'static str| row.measures(metric) || column.measures(metric);
    let in_table = |metric: &&'static str| group.measures(metric) || section.measures(metric);
    let metrics = &asked.said.metrics;
    if !metrics.iter().all(|metric| in_cell(metric) || in_table(metric)) {
        return None;
    }
    // A row that measures something else is another one, whatever its table is called.
    if row.metrics.iter().chain(&column.metrics).any(|metric| !metrics.contains(metric)) {
        return None;
    }
    let explained = |word: &Token| {
        row.has(word) || column.has(word) || group.has(word) || section.has(word) || report.called.has(word)
    };
    if !asked.said.others.iter().all(explained) {
        return None;
    }
    let unasked = |said: &Said| said.others.iter().filter(|word| !asked.said.has(word)).count();
    let in_row = unasked(row) + unasked(&column);
    // "Total income" is the total of the table of incomes.
    let is_total = asked.total && line.is_total;
    let named_by_cell = if is_total {
        asked.said.others.iter().any(|word| section.has(word))
    } else if metrics.is_empty() {
        asked.said.others.iter().any(|word| row.has(word))
    } else {
        metrics.iter().any(in_cell)
    };
    // Of a table that measures it, a row is meant by its name, or is the one for all.
    if !named_by_cell && (metrics.is_empty() || in_row > 0) {
        return None;
    }
    let count = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    let foreign = |word: &&Token| !asked.said.has(word) && !report.called.has(word);
    let of_table = if is_total { 0 } else { section.others.iter().filter(foreign).count() };
    let measured =
        section.metrics.iter().filter(|metric| !metrics.contains(metric) && !row.measures(metric)).count();
    let implied = if figure.implied { IMPLIED_YEAR } else { 0.0 };
    let meant = if is_total { TOTAL } else { 0.0 };
    Some(
        meant
            + count(in_row) * WORD_OF_ROW
            + count(of_table) * WORD_OF_TABLE
            + count(measured) * METRIC_OF_TABLE
            + implied,
    )
}

/// Whether the question is about one of these reports: it has a word that only their names have.
pub(crate) fn is_about(asked: &Asked, report: &Report) -> bool {
    asked.said.others.iter().any(|word| report.called.has(word))
}

/// Whether a text says anything that may answer: a sentence or row with a number, and with what is measured or what the
/// question names beside the report. A row has all of that, a sentence some.
pub(crate) fn may_be_said(asked: &Asked, report: &Report, text: &str) -> bool {
    let own: Vec<&Token> = asked.said.others.iter().filter(|word| !report.called.has(word)).collect();
    text.lines().any(|line| {
        let is_row = line.trim_start().starts_with('|');
        let pieces = if is_row { vec![line.to_owned()] } else { docent_models::sentences_of(line) };
        pieces.iter().any(|piece| {
            let words = tokens(piece);
            if !words.iter().any(|word| word.text.starts_with(|c: char| c.is_ascii_digit())) {
                return false;
            }
            let has = |word: &&&Token| words.iter().any(|known| crate::tables::is_one_word(known, word));
            let named = own.iter().filter(has).count();
            let measured = asked.said.metrics.iter().all(|metric| is_named_in(metric, piece));
            match (own.is_empty(), is_row) {
                (true, _) => measured && !asked.said.metrics.is_empty(),
                (false, true) => measured && named == own.len(),
                (false, false) => measured && named > 0,
            }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::report::tests::{ALDER, report};
    use super::*;

    fn told(question: &str, reports: &[Report]) -> String {
        let asked = Asked::by(question).expect("a question for figures");
        match find(&asked, reports) {
            Answer::Figures(found) => {
                found.iter().map(|it| it.figure.value.clone()).collect::<Vec<_>>().join(" ")
            }
            Answer::OtherYears(year) => format!("not {year}"),
            Answer::None => "none".to_owned(),
        }
    }

    #[test]
    fn a_cell_is_found_by_its_row_its_year_and_its_table() {
        let reports = [report("AlderKilns_Report_2019.pdf", ALDER)];
        for (question, value) in [
            ("What was Alder's revenue in 2019?", "120.5"),
            ("revenue of the Glazes segment in 2019", "40.5"),
            ("EBIT of Glazes, Alder Kilns, 2018", "6.0"),
            ("operating profit Alder 2018", "(3.0)"),
            ("How many employees did Alder have in 2019?", "1,700"),
            ("how many people work for Alder Kilns (2018)?", "1,660"),
            ("employees of Glazes at the end of 2019", "400"),
            ("average number of employees of Alder in 2019", "1,680"),
            ("Wie viele Mitarbeiter hatte Alder Kilns 2019?", "1,700"),
            ("How did revenue of Alder change from 2018 to 2019?", "110.0 120.5"),
            ("What was the revenue of Alder in 2015?", "not 2015"),
            ("What was the marketing budget of Alder in 2019?", "none"),
            ("revenue of Alder in Norway in 2019", "none"),
            ("What was the revenue of Birch Mills in 2019?", "none"),
        ] {
            if let Some(asked) = Asked::by(question) {
                assert_eq!(told(question, &reports), value, "{question} {asked:?}");
            } else {
                assert_eq!(value, "none", "{question}");
            }
        }
    }

    #[test]
    fn a_total_is_that_of_the_table_that_is_called_so() {
        let text = "# Spending\n\n| Head | 2018 | 2019 |\n|---|---|---|\n| Roads | 70 | 80 |\n| Other spending | 12 | 13 |\n| Total | 82 | 93 |\n\n\
             # Takings: actual and planned\n\n| Source | 2018 | 2019 |\n|---|---|---|\n| Ferry | 40 | 44 |\n| Small takings | 3 | 5 |\n| Total | 43 | 49 |\n";
        let reports = [report("Harbour_2019.xlsx", text)];
        for (question, value) in [
            ("total takings of the harbour 2019", "49"),
            ("By how much did total spending of the harbour rise from 2018 to 2019?", "82 93"),
            ("small takings of the harbour in 2019", "5"),
            ("total debts of the harbour in 2019", "none"),
        ] {
            assert_eq!(told(question, &reports), value, "{question}");
        }
    }

    #[test]
    fn the_lines_above_a_spreadsheet_name_its_total() {
        let sheet = |title: &str, rows: [(&str, i32, i32); 3]| {
            let rows = rows.map(|(name, one, other)| format!("Head: {name} | 2018: {one} | 2019: {other}\n"));
            format!("# {title}\n\n{title} of the harbour\n\nHead | 2018 | 2019\n\n{}\n", rows.concat())
        };
        let text = sheet("Spending", [("Roads", 70, 80), ("Lamps", 12, 13), ("Total", 82, 93)])
            + &sheet("Takings", [("Ferry", 40, 44), ("Berth takings", 3, 5), ("Total", 43, 49)]);
        let reports = [report("Harbour_2019.xlsx", &text)];
        assert_eq!(told("By how much did total takings rise from 2018 to 2019?", &reports), "43 49");
        assert_eq!(told("berth takings 2019", &reports), "5");
    }

    #[test]
    fn of_several_reports_that_of_the_year_answers() {
        let birch = ALDER.replace("Alder Kilns", "Birch Mills").replace("120.5", "77.7");
        let newer = ALDER
            .replace("2019", "2020")
            .replace("2018", "2019")
            .replace("110.0", "120.9")
            .replace("120.5", "130.0");
        let reports = [
            report("AlderKilns_Report_2020.pdf", &newer),
            report("AlderKilns_Report_2019.pdf", ALDER),
            report("BirchMills_Report_2019.pdf", &birch),
        ];
        assert_eq!(told("Alder Kilns revenue 2019", &reports), "120.5");
        assert_eq!(told("Alder Kilns revenue 2020", &reports), "130.0");
        assert_eq!(told("Alder Kilns revenue 2018", &reports), "110.0", "from the older one's second column");
        assert_eq!(told("revenue of Birch Mills in 2019", &reports), "77.7");
        assert_eq!(told("revenue in 2019", &reports), "none", "of whom is not said");
    }

    #[test]
    fn what_no_sentence_and_no_row_has_is_not_said() {
        let report = report("AlderKilns_Report_2019.pdf", ALDER);
        let said = |question: &str, text: &str| may_be_said(&Asked::by(question).unwrap(), &report, text);
        let text = "In March 2019 the group bought Tramway Ltd for GBP 4 million.\nThe order book was full.\n\
             Emissions of CO2 fell again.\n| Chair | 2019 |";
        assert!(said("What did Alder pay for Tramway in 2019?", text));
        assert!(!said("order backlog of Alder at the end of 2019", text), "no number");
        assert!(!said("What were the emissions of Alder in 2019?", text));
        assert!(!said("fee of the chair of Alder in 2019", text), "a row has all of it");
    }
}
