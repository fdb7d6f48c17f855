//! Two documents that the question names, held against each other by what each of them comes to in the end: "which bill came
//! to more", or by what was spent beyond what was planned: "which repair overran its estimate by more".

use super::amount::Amount;
use super::grid::{Grid, Spot};
use super::words::{APART, is_content};
use super::{Desk, Reckoned, Said};
use crate::tables::words::{Token, tokens};
use crate::tables::{is_kind_of, is_one_word};
use crate::ways::Text;

const MORE: Text = Text::new(
    "**{}: {}** > {}: {} – difference **{}** ({} − {})",
    "**{}: {}** > {}: {} – Unterschied **{}** ({} − {})",
);
const SAME: Text = Text::new("**{}** and **{}** are the same: {}", "**{}** und **{}** sind gleich: {}");
const OF_ONE: Text = Text::new("- {}: {} ({})", "- {}: {} ({})");

/// Words of a question on what went beyond a plan.
const BEYOND: &[&str] = &[
    "overran",
    "overrun",
    "overruns",
    "overshot",
    "exceeded",
    "exceed",
    "exceeds",
    "over",
    "above",
    "beyond",
    "überschritten",
    "überschritt",
    "überzogen",
    "überschreitung",
    "mehrkosten",
];
const PLANNED: &[&str] = &[
    "estimate",
    "estimated",
    "budget",
    "budgeted",
    "plan",
    "planned",
    "quote",
    "quoted",
    "forecast",
    "soll",
    "geplant",
    "veranschlagt",
    "kostenvoranschlag",
    "schätzung",
    "devis",
    "presupuesto",
];
const SPENT: &[&str] = &[
    "actual",
    "actuals",
    "spent",
    "final",
    "outturn",
    "real",
    "paid",
    "ist",
    "tatsächlich",
    "ausgegeben",
    "abgerechnet",
    "réel",
];

/// Words for the last line of a bill or a list of costs.
pub(super) const TOTAL: &[&str] = &[
    "total",
    "gesamt",
    "gesamtsumme",
    "gesamtbetrag",
    "summe",
    "rechnungsbetrag",
    "zahlbetrag",
    "endbetrag",
    "importe",
];

/// Words of a question for what a document comes to.
pub(super) const COMES: &[&str] = &[
    "came",
    "come",
    "comes",
    "cost",
    "costs",
    "total",
    "amount",
    "amounts",
    "amounted",
    "sum",
    "bigger",
    "higher",
    "larger",
    "expensive",
    "dearer",
    "cheaper",
    "kostet",
    "kostete",
    "teurer",
    "billiger",
    "höher",
    "betrug",
];

/// Letters of a document's beginning that may name it.
const HEAD: usize = 200;

/// What a document says in the end.
struct End {
    paper: usize,
    value: Amount,
    /// How it comes about, where it is no cell.
    parts: Option<[Amount; 2]>,
    places: Vec<(usize, i64)>,
}

pub(super) fn apart(desk: &Desk<'_>) -> Option<Reckoned> {
    let asked = &desk.asked;
    let beyond = asked.says(BEYOND) && asked.says(PLANNED);
    let holds = asked.says(APART) || asked.asks_how_far();
    if !holds || !(beyond || asked.says(COMES)) {
        return None;
    }
    let papers = named_papers(desk)?;
    let end = |paper: usize| if beyond { over_plan(desk, paper) } else { total(desk, paper) };
    let ends = [end(papers[0])?, end(papers[1])?];
    if !ends[0].value.is_like(&ends[1].value) || !is_explained(desk, papers) {
        return None;
    }
    let [one, other] = &ends;
    let (high, low) = if one.value.value >= other.value.value { (one, other) } else { (other, one) };
    let names = [desk.file(high.paper), desk.file(low.paper)];
    let (more, less) = (high.value.written(), low.value.written());
    let far = high.value.with(high.value.value - low.value.value, Some(&low.value)).written();
    let text = if (high.value.value - low.value.value).abs() < 1e-9 {
        desk.text(&SAME, &[&names[0], &names[1], &more])
    } else {
        desk.text(&MORE, &[&names[0], &more, &names[1], &less, &far, &more, &less])
    };
    let mut lines = vec![Said { text, places: high.places.iter().chain(&low.places).copied().collect() }];
    for (end, name) in [(high, &names[0]), (low, &names[1])] {
        if let Some([spent, planned]) = &end.parts {
            let sum = format!("{} − {}", spent.written(), planned.written());
            let text = desk.text(&OF_ONE, &[name, &end.value.written(), &sum]);
            lines.push(Said { text, places: end.places.clone() });
        }
    }
    Some(Reckoned { lines, way: "documents" })
}

/// The words by which a document may be named: those of its file and of its beginning.
pub(super) fn called(desk: &Desk<'_>, paper: usize) -> Vec<Token> {
    let paper = &desk.papers[paper];
    let file = paper.file.rsplit_once('.').map_or(paper.file.as_str(), |(name, _)| name);
    let head: String = paper.text.chars().take(HEAD).collect();
    tokens(&format!("{} {head}", file.replace(['_', '-', '.'], " ")))
}

/// The names in the question: words with capitals or digits; in German, where every noun has one, all that tell something.
fn names(desk: &Desk<'_>) -> Vec<Token> {
    let german = desk.language == "de";
    let all = desk.asked.content.iter();
    all.filter(|word| if german { is_content(word) } else { desk.is_name(word) }).cloned().collect()
}

/// The only two documents that the question tells apart by names of their own, and that have all of its names together.
fn named_papers(desk: &Desk<'_>) -> Option<[usize; 2]> {
    let names = names(desk);
    let papers: Vec<(usize, Vec<bool>)> = (0..desk.papers.len())
        .map(|paper| {
            let called = called(desk, paper);
            let has = |name: &Token| called.iter().any(|own| is_one_word(own, name));
            (paper, names.iter().map(has).collect())
        })
        .collect();
    let own = |one: &[bool], other: &[bool]| one.iter().zip(other).any(|(one, other)| *one && !*other);
    let mut found: Vec<(usize, [usize; 2])> = Vec::new();
    for (at, (one, of_one)) in papers.iter().enumerate() {
        for (other, of_other) in &papers[at + 1..] {
            let together = of_one.iter().zip(of_other).filter(|(one, other)| **one || **other).count();
            let shared = of_one.iter().zip(of_other).filter(|(one, other)| **one && **other).count();
            let ended = |paper: usize| {
                desk.grids.iter().any(|grid| grid.paper == paper && last_total(grid).is_some())
            };
            if own(of_one, of_other) && own(of_other, of_one) && ended(*one) && ended(*other) {
                found.push((together * 2 + shared, [*one, *other]));
            }
        }
    }
    let most = found.iter().map(|(names, _)| *names).max()?;
    found.retain(|(names, _)| *names == most);
    let [(_, papers)] = found[..] else { return None };
    Some(papers)
}

/// Whether both documents say what the question calls them, and one of them each of its names.
fn is_explained(desk: &Desk<'_>, papers: [usize; 2]) -> bool {
    const MOST: usize = 1;
    let called = papers.map(|paper| called(desk, paper));
    let op = |word: &Token| {
        [BEYOND, PLANNED, SPENT, COMES, TOTAL].iter().any(|list| list.contains(&word.text.as_str()))
            || super::words::is_soft(&word.text)
            || matches!(word.text.as_str(), "one" | "ones" | "large" | "two")
    };
    let (mut left, mut kinds) = (0, 0);
    for word in desk.asked.content.iter().filter(|word| !op(word)) {
        let says =
            |called: &[Token]| called.iter().any(|own| is_one_word(own, word) || is_kind_of(own, word));
        match (says(&called[0]), says(&called[1])) {
            (true, true) => kinds += 1,
            (true, false) | (false, true) if desk.is_name(word) => {}
            _ if desk.is_name(word) => return false,
            _ if papers.iter().all(|paper| desk.is_said(*paper, word)) => {}
            _ => left += 1,
        }
    }
    left <= MOST && kinds > 0
}

/// The last row of a table that sums it up.
pub(super) fn last_total(grid: &Grid) -> Option<usize> {
    last_line(grid, TOTAL)
}

/// The last row of a table that is called by one of the words, and hardly by others.
pub(super) fn last_line(grid: &Grid, called: &[&str]) -> Option<usize> {
    let sums = |row: &usize| {
        let words = tokens(&grid.rows[*row].name);
        words.len() <= 3 && words.iter().any(|word| called.contains(&word.text.as_str()))
    };
    (0..grid.rows.len()).rev().find(sums)
}

/// What the document comes to: its last total, where that has one amount.
fn total(desk: &Desk<'_>, paper: usize) -> Option<End> {
    let grids = (0..desk.grids.len()).rev().filter(|at| desk.grids[*at].paper == paper);
    let (at, row) = grids.filter_map(|at| Some((at, last_total(&desk.grids[at])?))).next()?;
    let grid = &desk.grids[at];
    let amounts: Vec<(usize, Amount)> =
        (0..grid.names.len()).filter_map(|column| Some((column, grid.amount(row, column)?))).collect();
    let [(column, value)] = &amounts[..] else { return None };
    let places = vec![desk.place(Spot { grid: at, row, column: *column })];
    Some(End { paper, value: value.clone(), parts: None, places })
}

/// What was spent beyond the plan, in the total of a table that has both.
fn over_plan(desk: &Desk<'_>, paper: usize) -> Option<End> {
    let mut found = Vec::new();
    for (at, grid) in desk.grids.iter().enumerate().filter(|(_, grid)| grid.paper == paper) {
        let only = |kind: &[&str]| {
            let says =
                |column: &usize| grid.heads[*column].iter().any(|own| kind.contains(&own.text.as_str()));
            let mut columns = (1..grid.names.len()).filter(says);
            columns.next().filter(|_| columns.next().is_none())
        };
        let (Some(planned), Some(spent), Some(row)) = (only(PLANNED), only(SPENT), last_total(grid)) else {
            continue;
        };
        let (Some(plan), Some(paid)) = (grid.amount(row, planned), grid.amount(row, spent)) else { continue };
        if planned != spent && plan.is_like(&paid) {
            let value = paid.with(paid.value - plan.value, Some(&plan));
            let places = vec![desk.place(Spot { grid: at, row, column: spent })];
            found.push(End { paper, value, parts: Some([paid, plan]), places });
        }
    }
    let only = found.pop()?;
    found.is_empty().then_some(only)
}

#[cfg(test)]
mod tests {
    use crate::reckon::{Paper, is_asked, reckon};
    use crate::tables::tables_in;

    fn paper(file: &str, text: &str) -> Paper {
        Paper { file: file.to_owned(), text: text.to_owned(), start: 0, tables: tables_in(text, 0, file) }
    }

    fn said(question: &str) -> Option<String> {
        let bill = |firm: &str, net: &str, total: &str| {
            format!(
                "{firm}\n\nINVOICE\n\n| Description | Qty | Amount £ |\n|---|---|---|\n| Oak | 2 | 90.00 |\n| Net total |  | {net} |\n| Total to pay |  | {total} |\n"
            )
        };
        let lock = |name: &str, plan: &str, paid: &str| {
            format!(
                "Repair report {name} Lock\n\n| Item | Estimate £ | Actual £ |\n|---|---|---|\n| Gates | 900 | 950 |\n| Total | {plan} | {paid} |\n"
            )
        };
        let papers = [
            paper("invoice_quist_771.pdf", &bill("Quist Timber", "800.00", "960.00")),
            paper("invoice_ravn_18.pdf", &bill("Ravn Metals", "900.50", "1,080.60")),
            paper("Repair report Alder 2021.pdf", &lock("Alder", "4,000", "4,650")),
            paper("Repair report Birch 2021.pdf", &lock("Birch", "7,100", "7,000")),
        ];
        assert!(is_asked(question), "{question}");
        let language = crate::language::language_of(question, None, None).code;
        let reckoned = reckon(question, &papers, language)?;
        Some(reckoned.lines.into_iter().map(|line| line.text).collect::<Vec<_>>().join("\n"))
    }

    #[test]
    fn two_documents_are_held_against_each_other_by_their_ends() {
        let bills = said("Which bill came to more, the one from Quist Timber or the one from Ravn Metals, and by how much?").unwrap();
        assert!(
            bills.contains("**£120.60**") && bills.starts_with("**invoice_ravn_18.pdf: £1,080.60**"),
            "{bills}"
        );
        let over = said("Which repair overran its estimate by more pounds, Alder’s or Birch’s, and how large was that overrun?").unwrap();
        assert!(
            over.starts_with("**Repair report Alder 2021.pdf: £650**") && over.contains("£4,650 − £4,000"),
            "{over}"
        );
    }

    #[test]
    fn documents_that_are_not_there_are_not_held_against_each_other() {
        for question in [
            "Which bill came to more, the one from Quist Timber or the one from Sander Glass, and by how much?",
            "Which repair overran its estimate by more, Alder’s or Cedar’s?",
            "Which holiday overran its estimate by more, Alder’s or Birch’s?",
        ] {
            assert_eq!(said(question), None, "{question}");
        }
    }
}
