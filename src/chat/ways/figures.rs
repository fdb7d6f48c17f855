//! Questions for figures of reports: the cells themselves, with what they are called and measured in.

use serde_json::json;

use super::texts::{Text, plain};
use super::whole::{Whole, documents_of};
use super::{Told, number_in, source};
use crate::engine::Inner;
use crate::figures::asked::Asked;
use crate::figures::find::{Answer, Found, find, is_about, may_be_said};
use crate::figures::measured::Said;
use crate::figures::period::years_in;
use crate::figures::report::{About, Report};
use crate::language::{Language, language_of};
use crate::turn::Plan;
use docent_domain::Fault;
use docent_domain::source::Source;

/// Documents that are read whole, in the order in which the search found them.
const DOCUMENTS: usize = 10;

/// Passages that say which documents a question is about.
const FIRST: usize = 5;

/// Lines above a table that are shown.
const TITLES: usize = 2;

const ONE: Text = Text::new("**{}** – {}, {} ({}{}){}", "**{}** – {}, {} ({}{}){}");
const SEVERAL: Text = Text::new("{} – {} ({}{}){}", "{} – {} ({}{}){}");
const CHANGE: Text = Text::new("Change: **{}**{}", "Veränderung: **{}**{}");
const OTHER_YEARS: Text = Text::new(
    "The documents do not contain this figure for {}.",
    "Die Dokumente enthalten diese Zahl für {} nicht: Sie ist darin nicht angegeben.",
);

impl Inner {
    /// The figures of reports that a question asks for; that they are not there, where reports are asked for what they
    /// do not say. `None` where it asks for something else.
    pub(in super::super) async fn figures(
        &self,
        plan: &Plan,
        language: &'static Language,
    ) -> Result<Option<Told>, Fault> {
        let Some(asked) = Asked::by(&plan.content).filter(|_| plan.model.quotes()) else { return Ok(None) };
        let found = self.farther(plan).await?;
        let wholes = self.wholes(plan, &documents_of(&found, plan, DOCUMENTS)).await?;
        let first: Vec<_> = found.iter().take(FIRST).map(|source| source.document).collect();
        let question = plan.content.clone();
        // Long reports take a while: others have their turn meanwhile.
        let telling = tokio::task::spawn_blocking(move || {
            let reports = wholes.iter().map(Whole::report).collect::<Vec<_>>();
            let others = wholes.iter().zip(&reports).filter(|(_, report)| report.is_none());
            let elsewhere =
                others.into_iter().any(|(whole, _)| whole.document().is_some_and(|it| first.contains(&it)));
            let reports: Vec<(Whole, Report)> = wholes
                .into_iter()
                .zip(reports)
                .filter_map(|(whole, report)| Some((whole, report?)))
                .collect();
            told(&asked, &question, &reports, elsewhere, language)
        });
        telling.await.map_err(Fault::internal)
    }
}

fn told(
    asked: &Asked,
    question: &str,
    wholes: &[(Whole, Report)],
    elsewhere: bool,
    language: &Language,
) -> Option<Told> {
    let reports: Vec<Report> = wholes.iter().map(|(_, report)| report.clone()).collect();
    let mut lines = Vec::new();
    let mut sources: Vec<Source> = Vec::new();
    let mut cells = Vec::new();
    for one in asked.each() {
        match find(&one, &reports) {
            Answer::Figures(found) => {
                lines.extend(written(&one, &found, wholes, &mut sources, language));
                cells
                    .extend(found.iter().map(|it| json!({ "row": it.figure.row, "value": it.figure.value })));
            }
            answer => {
                let year = if let Answer::OtherYears(year) = answer { Some(year) } else { None };
                let missing =
                    lines.is_empty() && !elsewhere && is_missing(&one, question, wholes, year.is_some());
                return missing.then(|| nothing(year, language));
            }
        }
    }
    let account = json!({ "figures": cells });
    (!lines.is_empty()).then(|| Told { text: lines.join("\n"), sources, answered: true, account })
}

/// Whether the reports that the question is about say nothing of what it asks.
fn is_missing(asked: &Asked, question: &str, wholes: &[(Whole, Report)], of_other_years: bool) -> bool {
    let about: Vec<_> = wholes.iter().filter(|(_, report)| is_about(asked, report)).collect();
    let for_a_number = of_other_years || asked.wants_a_number || !asked.said.metrics.is_empty();
    if about.is_empty() || !for_a_number {
        return false;
    }
    let asked_in = language_of(question, None, None).code;
    let own = |report: &Report| asked.said.others.iter().any(|word| !report.called.has(word));
    let said_in = |(whole, report): &(Whole, Report)| {
        let text = whole.text();
        // What is written in another language is not known again by its words.
        let foreign = own(report) && whole.language().is_some_and(|code| code != asked_in);
        if of_other_years {
            let years: Vec<String> = asked.years.iter().map(ToString::to_string).collect();
            let of_year =
                |line: &&str| !line.contains('|') && years.iter().any(|year| line.contains(year.as_str()));
            let lines: Vec<&str> = text.lines().filter(of_year).collect();
            return foreign || may_be_said(asked, report, &lines.join("\n"));
        }
        foreign || may_be_said(asked, report, text)
    };
    !about.into_iter().any(said_in)
}

fn nothing(year: Option<i32>, language: &Language) -> Told {
    let text = match (year, language.code) {
        (Some(year), "en" | "de") => OTHER_YEARS.with(language.code, &[&year.to_string()]),
        _ => language.no_answer.to_owned(),
    };
    Told { text, sources: Vec::new(), answered: false, account: json!({ "figures": [] }) }
}

/// The figures with their names, their unit and where they stand; of two years also how far they are apart.
fn written(
    asked: &Asked,
    found: &[Found<'_>],
    wholes: &[(Whole, Report)],
    sources: &mut Vec<Source>,
    language: &Language,
) -> Vec<String> {
    let Some(first) = found.last() else { return Vec::new() };
    let (_, report) = &wholes[first.report];
    let about = &report.tables[first.figure.table];
    let mut markers: Vec<String> = Vec::new();
    for it in found {
        if let Some(chunk) = wholes[it.report].0.passage(it.figure.start) {
            let marker = format!("[{}]", number_in(sources, source(chunk)));
            if !markers.contains(&marker) {
                markers.push(marker);
            }
        }
    }
    let marker = if markers.is_empty() { String::new() } else { format!(" {}", markers.concat()) };
    let name = plain(&[first.figure.row.as_str(), first.figure.column.as_str()].map(str::trim).join(" "));
    let name = name.trim().to_owned();
    let title = title(about, report);
    let title = if title.is_empty() { title } else { format!("{title}; ") };
    let file = plain(&report.file);
    let unit = first.figure.unit.as_ref().map_or(String::new(), |unit| format!(" {unit}"));
    let year = |it: &Found<'_>| {
        let quarter = it.figure.period.quarter.map_or(String::new(), |quarter| format!("Q{quarter} "));
        format!("{quarter}{}", it.figure.period.year.map_or(String::new(), |year| year.to_string()))
    };
    if found.len() == 1 {
        let value = format!("{}{unit}", first.figure.value);
        return vec![ONE.with(language.code, &[&value, &name, &year(first), &title, &file, &marker])];
    }
    let each: Vec<String> =
        found.iter().map(|it| format!("{}: **{}{unit}**", year(it), it.figure.value)).collect();
    let mut lines = vec![SEVERAL.with(language.code, &[&each.join(", "), &name, &title, &file, &marker])];
    if let (true, [one, other]) = (asked.change, found)
        && let Some(change) = change(one, other, wholes, &unit)
    {
        lines.push(CHANGE.with(language.code, &[&change, &marker]));
    }
    lines
}

/// The lines above a table that say more than the document is called.
fn title(about: &About, report: &Report) -> String {
    let says = |line: &&String| {
        let said = Said::by(line);
        let new = said.others.iter().any(|word| !report.called.has(word));
        new || !said.metrics.is_empty() || said.others.is_empty() && years_in(line).is_empty()
    };
    let lines: Vec<String> = about.titles.iter().filter(says).map(|line| plain(line)).collect();
    lines[lines.len().saturating_sub(TITLES)..].join(", ")
}

/// By how much the second figure is more than the first, also in per cent.
fn change(one: &Found<'_>, other: &Found<'_>, wholes: &[(Whole, Report)], unit: &str) -> Option<String> {
    let notation = wholes[other.report].1.tables[other.figure.table].notation?;
    let number =
        |it: &Found<'_>| wholes[it.report].1.tables[it.figure.table].notation?.number(&it.figure.value);
    let (before, after) = (number(one)?, number(other)?);
    let decimals = notation.decimals(&one.figure.value).max(notation.decimals(&other.figure.value));
    let share = (before.abs() > f64::EPSILON && before.signum() * after.signum() > 0.0)
        .then(|| format!(" ({} %)", notation.written((after - before) / before.abs() * 100.0, 1)));
    Some(format!("{}{unit}{}", notation.written(after - before, decimals), share.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::super::tests::chunk;
    use super::*;

    const TEXT: &str = "Alder Kilns plc\nAnnual Report 2019\n\nIncome statement\n\nin GBP million\n\n\
        |  | 2019 | 2018 |\n|---|---|---|\n| Revenue | 120.5 | 110.0 |\n| Operating profit | 12.5 | 10.0 |\n\n\
        Staff by site\n\n|  | 2019 | 2018 |\n|---|---|---|\n| Leek | 1,300 | 1,250 |\n| Group | 1,700 | 1,660 |\n";

    fn answer(question: &str) -> Option<String> {
        let mut passage = chunk(0, TEXT);
        "AlderKilns_2019.pdf".clone_into(&mut passage.filename);
        passage.end_offset = i64::try_from(TEXT.chars().count()).unwrap();
        let whole = Whole::of_passages(vec![passage]);
        let report = whole.report().expect("a report");
        let language = language_of(question, None, None);
        told(&Asked::by(question)?, question, &[(whole, report)], false, language).map(|told| told.text)
    }

    #[test]
    fn a_figure_is_told_with_its_name_its_year_and_its_unit() {
        insta::assert_snapshot!(answer("What was the revenue of Alder Kilns in 2019?").unwrap(),
            @"**120.5 GBP million** – Revenue, 2019 (Income statement; AlderKilns_2019.pdf) [1]");
        insta::assert_snapshot!(answer("How many employees did Alder Kilns have in 2018?").unwrap(),
            @"**1,660** – Group, 2018 (Staff by site; AlderKilns_2019.pdf) [1]");
    }

    #[test]
    fn two_years_are_held_against_each_other() {
        insta::assert_snapshot!(answer("By how much did the operating profit of Alder Kilns grow in 2019?").unwrap(), @r"
        2018: **10.0 GBP million**, 2019: **12.5 GBP million** – Operating profit (Income statement; AlderKilns_2019.pdf) [1]
        Change: **+2.5 GBP million (+25.0 %)** [1]
        ");
    }

    #[test]
    fn what_a_report_does_not_say_is_not_answered() {
        let years = answer("What was the revenue of Alder Kilns in 2011?").unwrap();
        assert_eq!(years, "The documents do not contain this figure for 2011.");
        let norway = answer("How many employees did Alder Kilns have in Norway in 2019?").unwrap();
        assert!(norway.contains("do not contain an answer"), "{norway}");
        assert_eq!(answer("Who audited Alder Kilns in 2019?"), None, "no figure is asked for");
    }
}
