//! Sums of the rows that a question names, and how far two totals are apart.

use super::grid::{Grid, Spot, core_of, is_bare};
use super::words::{Asked, TOGETHER, fit, fits, fits_strictly};
use super::{Desk, Reckoned, Said};
use crate::tables::words::{Token, tokens};
use crate::ways::{Text, plain};

/// Rows that are added, at most, and those whose numbers are written out.
const MOST: usize = 400;
const WRITTEN: usize = 12;

/// Words of the question that what a table is called has at least, where all of its rows are added.
const CALLED: usize = 2;

const SUM: Text = Text::new("**{}** = {} ({}: {}; {})", "**{}** = {} ({}: {}; {})");
const SUM_OF: Text = Text::new("sum of {} rows", "Summe von {} Zeilen");
const STATED: Text = Text::new("**{}** ({}, {}; {})", "**{}** ({}, {}; {})");
const ALL_ROWS: Text = Text::new("all {} rows of “{}”", "alle {} Zeilen von „{}“");
const ROWS_OF: Text = Text::new("{} rows: {}", "{} Zeilen: {}");
const SPENT_MORE: Text = Text::new(
    "**{}** deficit: spending {} − income {} ({}; {})",
    "**{}** Fehlbetrag: Ausgaben {} − Einnahmen {} ({}; {})",
);
const EARNED_MORE: Text = Text::new(
    "**{}** surplus: income {} − spending {} ({}; {})",
    "**{}** Überschuss: Einnahmen {} − Ausgaben {} ({}; {})",
);

/// Words that ask for a sum whatever else stands beside them.
const STRONG: &[&str] = &[
    "together",
    "altogether",
    "total",
    "combined",
    "sum",
    "overall",
    "zusammen",
    "insgesamt",
    "gesamt",
    "summe",
    "gesamtsumme",
    "zusammengenommen",
];

/// Words of questions that ask for something else than a sum.
const NO_SUM: &[&str] = &[
    "highest",
    "lowest",
    "largest",
    "smallest",
    "biggest",
    "most",
    "least",
    "maximum",
    "minimum",
    "average",
    "mean",
    "percent",
    "percentage",
    "share",
    "which",
    "who",
    "when",
    "where",
    "why",
    "höchste",
    "höchsten",
    "niedrigste",
    "größte",
    "größten",
    "kleinste",
    "meisten",
    "maximal",
    "durchschnitt",
    "durchschnittlich",
    "prozent",
    "anteil",
    "welche",
    "welcher",
    "welches",
    "wer",
    "wann",
    "wo",
    "warum",
];

/// What is given, and the columns that say how much of it was.
const GIVING: &[&str] = &[
    "handed",
    "awarded",
    "granted",
    "given",
    "gave",
    "approved",
    "distributed",
    "bewilligt",
    "vergeben",
    "ausgezahlt",
    "zugesagt",
    "genehmigt",
];
const GIVEN: &[&str] = &[
    "decision",
    "granted",
    "awarded",
    "approved",
    "given",
    "award",
    "grant",
    "entscheidung",
    "bewilligt",
    "beschluss",
    "zusage",
    "genehmigt",
];

const INCOME: &[&str] = &[
    "income",
    "revenue",
    "revenues",
    "receipts",
    "takings",
    "einnahmen",
    "erträge",
    "erlöse",
    "ingresos",
    "recettes",
];
const SPENDING: &[&str] = &[
    "spending",
    "expenditure",
    "expenses",
    "outgoings",
    "costs",
    "ausgaben",
    "aufwendungen",
    "kosten",
    "gastos",
    "dépenses",
    "aufwand",
];
const BALANCE: &[&str] = &[
    "in the black",
    "in the red",
    "surplus or",
    "deficit or",
    "profit or",
    "loss or",
    "surplus",
    "deficit",
    "überschuss",
    "defizit",
    "fehlbetrag",
    "schwarzen zahlen",
    "roten zahlen",
];

/// Rows to add, and how the question names them.
struct Group {
    grid: usize,
    rows: Vec<usize>,
    column: usize,
    name: String,
    words: Vec<usize>,
    rank: (usize, usize, usize),
}

/// Whether a question asks by its words for a sum, or for what is left of two.
pub(super) fn is_asked(asked: &Asked) -> bool {
    wants_a_sum(asked) || asked.says_phrase(BALANCE)
}

fn wants_a_sum(asked: &Asked) -> bool {
    let sums = asked.says(STRONG) || asked.says(TOGETHER) && asked.asks_money();
    sums && !asked.says(NO_SUM)
}

pub(super) fn sum(desk: &Desk<'_>) -> Option<Reckoned> {
    let asked = &desk.asked;
    if !wants_a_sum(asked) || asked.asks_change() {
        return None;
    }
    let allowed = |grid: &&usize| !desk.is_superseded(desk.grids[**grid].paper);
    let grids: Vec<usize> = (0..desk.grids.len()).collect();
    let named = grids.iter().filter(allowed).filter_map(|at| named_rows(desk, *at));
    let mut groups: Vec<Group> = named.collect();
    if let Some(summed) = of_columns(desk) {
        return Some(summed);
    }
    if groups.is_empty() {
        groups = grids.iter().filter(allowed).filter_map(|at| all_rows(desk, *at)).collect();
    }
    groups.retain(|group| {
        desk.explains(desk.grids[group.grid].paper, &group.words) && has_the_count(desk, group)
    });
    let best = groups.iter().map(|group| group.rank).max()?;
    let mut fitting = groups.iter().filter(|group| group.rank == best);
    let (first, None) = (fitting.next()?, fitting.next()) else { return None };
    told(desk, first)
}

fn told(desk: &Desk<'_>, group: &Group) -> Option<Reckoned> {
    let grid = &desk.grids[group.grid];
    let spot = |row: usize| Spot { grid: group.grid, row, column: group.column };
    let amounts: Vec<_> =
        group.rows.iter().filter_map(|row| Some((*row, grid.amount(*row, group.column)?))).collect();
    let (_, first) = amounts.first()?;
    if amounts.len() > MOST || amounts.iter().any(|(_, amount)| !amount.is_like(first)) {
        return None;
    }
    let exact = amounts.iter().fold(first.clone(), |most, (_, one)| most.with(0.0, Some(one)));
    let total = exact.with(amounts.iter().map(|(_, amount)| amount.value).sum(), None).written();
    let (head, file) = (plain(grid.head(group.column)), desk.file(grid.paper));
    let places: Vec<_> = amounts.iter().map(|(row, _)| desk.place(spot(*row))).collect();
    if let [(row, _)] = &amounts[..] {
        let text = desk.text(&STATED, &[&total, &plain(&grid.rows[*row].name), &head, &file]);
        return Some(Reckoned { lines: vec![Said { text, places }], way: "total" });
    }
    let parts = if amounts.len() <= WRITTEN {
        amounts.iter().map(|(_, amount)| amount.written()).collect::<Vec<_>>().join(" + ")
    } else {
        desk.text(&SUM_OF, &[&amounts.len().to_string()])
    };
    let text = desk.text(&SUM, &[&total, &parts, &head, &group.name, &file]);
    Some(Reckoned { lines: vec![Said { text, places }], way: "sum" })
}

/// A number beside the rows, as in "the three lifts", is how many there are.
fn has_the_count(desk: &Desk<'_>, group: &Group) -> bool {
    // "Students on 1 October" has no count in it.
    let titled = tokens(&desk.grids[group.grid].title);
    let left = desk.asked.content.iter().enumerate().filter(|(at, _)| !group.words.contains(at));
    let left = left.map(|(_, word)| word).filter(|word| !titled.iter().any(|own| own.stem == word.stem));
    let mut counts = left.filter_map(|word| word.stem.parse::<usize>().ok()).filter(|count| *count < 100);
    counts.all(|count| count == group.rows.len())
}

/// The rows with cells that the question names: of one column any of them, of several columns all.
fn named_rows(desk: &Desk<'_>, at: usize) -> Option<Group> {
    let grid = &desk.grids[at];
    let asked = &desk.asked.content;
    let mut rows: Vec<usize> = (0..grid.rows.len()).filter(|row| !grid.is_total(*row)).collect();
    let all = rows.len();
    let mut names: Vec<String> = Vec::new();
    let mut words: Vec<usize> = Vec::new();
    for column in (0..grid.names.len()).filter(|column| !grid.measures.contains(column)) {
        let mut cells: Vec<(String, Vec<usize>)> = Vec::new();
        for row in &rows {
            let cell = &grid.rows[*row].cells[column];
            let core = tokens(&core_of(cell));
            if is_bare(cell) || core.is_empty() || cells.iter().any(|(known, _)| known == cell) {
                continue;
            }
            let places = |own: &Token| {
                (0..asked.len()).filter(|at| fits_strictly(own, &asked[*at])).collect::<Vec<_>>()
            };
            let places: Vec<Vec<usize>> = core.iter().map(places).collect();
            if places.iter().all(|places| !places.is_empty()) {
                cells.push((cell.clone(), places.concat()));
            }
        }
        if cells.is_empty() {
            continue;
        }
        rows.retain(|row| cells.iter().any(|(cell, _)| *cell == grid.rows[*row].cells[column]));
        names.extend(cells.iter().map(|(cell, _)| plain(cell)));
        words.extend(cells.into_iter().flat_map(|(_, places)| places));
    }
    words.sort_unstable();
    words.dedup();
    if names.is_empty() || rows.len() < 2 || rows.len() == all {
        return None;
    }
    let column = column_to_add(desk, grid, &words)?;
    rows.retain(|row| grid.amount(*row, column).is_some());
    let of_head = fit(&grid.heads[column], asked).words;
    let about = asked.iter().filter(|word| grid.is_about(word)).count();
    let rank = (words.len() + of_head.len(), about, 0);
    words.extend(of_head);
    words.extend(fit(&all_heads(grid), asked).words);
    let name = desk.text(&ROWS_OF, &[&rows.len().to_string(), &names.join(", ")]);
    (rows.len() >= 2).then_some(Group { grid: at, rows, column, name, words, rank })
}

const ACROSS: Text = Text::new("**{}** = {} ({}: {}; {})", "**{}** = {} ({}: {}; {})");

/// The columns that the question names, added in the row that it names, or in the one that sums up the others.
fn of_columns(desk: &Desk<'_>) -> Option<Reckoned> {
    let asked = &desk.asked;
    let mut found: Vec<(usize, usize, usize, Vec<usize>)> = Vec::new();
    for (at, grid) in desk.grids.iter().enumerate().filter(|(_, grid)| !desk.is_superseded(grid.paper)) {
        let says = |own: &Token| asked.all.iter().any(|word| fits_strictly(own, word));
        let of_years = |head: &[Token]| {
            head.iter().any(|word| asked.years().iter().any(|year| word.text == year.to_string()))
        };
        let is_named = |column: &&usize| {
            let head = &grid.heads[**column];
            !head.is_empty()
                && head.iter().all(says)
                && !of_years(head)
                && !head.iter().all(|word| TOGETHER.contains(&word.text.as_str()))
        };
        let columns: Vec<usize> = grid.measures.iter().filter(is_named).copied().collect();
        if columns.len() < 2 {
            continue;
        }
        let named: Vec<usize> =
            (0..grid.rows.len()).filter(|row| grid.rows[*row].is_named_by(&asked.content)).collect();
        let totals: Vec<usize> = (0..grid.rows.len()).filter(|row| grid.is_total(*row)).collect();
        let row = match (&named[..], &totals[..]) {
            ([row], _) | ([], [row]) => *row,
            _ => continue,
        };
        let mut words: Vec<usize> =
            columns.iter().flat_map(|column| fit(&grid.heads[*column], &asked.content).words).collect();
        words.extend(fit(&grid.rows[row].label, &asked.content).words);
        let about = asked.content.iter().filter(|word| grid.is_about(word)).count();
        if desk.explains(grid.paper, &words) {
            found.push((about, at, row, columns));
        }
    }
    let most = found.iter().map(|(about, ..)| *about).max()?;
    found.retain(|(about, ..)| *about == most);
    let [(_, at, row, columns)] = &found[..] else { return None };
    let grid = &desk.grids[*at];
    let amounts: Vec<_> = columns.iter().filter_map(|column| grid.amount(*row, *column)).collect();
    let first = amounts.first()?;
    if amounts.len() != columns.len() || amounts.iter().any(|amount| !amount.is_like(first)) {
        return None;
    }
    let exact = amounts.iter().fold(first.clone(), |most, one| most.with(0.0, Some(one)));
    let total = exact.with(amounts.iter().map(|amount| amount.value).sum(), None).written();
    let parts = amounts.iter().map(super::amount::Amount::written).collect::<Vec<_>>().join(" + ");
    let heads = columns.iter().map(|column| plain(grid.head(*column))).collect::<Vec<_>>().join(" + ");
    let text =
        desk.text(&ACROSS, &[&total, &parts, &plain(&grid.rows[*row].name), &heads, &desk.file(grid.paper)]);
    let places = vec![desk.place(Spot { grid: *at, row: *row, column: columns[0] })];
    Some(Reckoned { lines: vec![Said { text, places }], way: "sum" })
}

/// All rows of a table that the question names, or the row that sums them up.
fn all_rows(desk: &Desk<'_>, at: usize) -> Option<Group> {
    let grid = &desk.grids[at];
    let asked = &desk.asked.content;
    let heads = all_heads(grid);
    let about: Vec<usize> =
        (0..asked.len()).filter(|at| grid.about.iter().any(|own| fits_strictly(own, &asked[*at]))).collect();
    let titled = fit(&tokens(&grid.title), asked).words.len();
    if about.len() < CALLED {
        return None;
    }
    // A question that names a row, or what only a part of the rows has, is not one for all.
    let core = |line: &&super::grid::Line| line.is_named_by(asked);
    if grid.rows.iter().any(|line| core(&line)) {
        return None;
    }
    let column = column_to_add(desk, grid, &about)?;
    let mut words = about.clone();
    words.extend(fit(&heads, asked).words);
    let left: Vec<&Token> =
        asked.iter().enumerate().filter(|(at, _)| !words.contains(at)).map(|(_, word)| word).collect();
    let unexplained =
        |word: &&&Token| !GIVING.contains(&word.text.as_str()) && !super::words::is_soft(&word.text);
    let left: Vec<&Token> = left.iter().filter(unexplained).copied().collect();
    let of_rows =
        |word: &&&Token| grid.rows.iter().any(|line| line.label.iter().any(|own| fits_strictly(own, word)));
    if left.len() > 1 || left.iter().any(|word| of_rows(&word) || desk.is_name(word)) {
        return None;
    }
    let rows: Vec<usize> = (0..grid.rows.len()).filter(|row| grid.amount(*row, column).is_some()).collect();
    let totals: Vec<usize> = rows.iter().filter(|row| grid.is_total(**row)).copied().collect();
    let rank = (about.len(), titled, fit(&grid.heads[column], asked).words.len());
    let title = plain(&grid.title);
    if let [total] = totals[..] {
        return Some(Group { grid: at, rows: vec![total], column, name: title, words, rank });
    }
    let name = desk.text(&ALL_ROWS, &[&rows.len().to_string(), &title]);
    (totals.is_empty() && rows.len() >= 2).then_some(Group { grid: at, rows, column, name, words, rank })
}

fn all_heads(grid: &Grid) -> Vec<Token> {
    grid.heads.iter().flatten().cloned().collect()
}

/// The column that the question names; the one of money, where it asks for that; the only one.
fn column_to_add(desk: &Desk<'_>, grid: &Grid, used: &[usize]) -> Option<usize> {
    let asked: Vec<Token> = desk
        .asked
        .content
        .iter()
        .enumerate()
        .filter(|(at, _)| !used.contains(at))
        .map(|(_, word)| word.clone())
        .collect();
    let gives = desk.asked.says(GIVING);
    let fitting = |column: &usize| {
        let head = &grid.heads[*column];
        let given = gives && head.iter().any(|own| GIVEN.contains(&own.text.as_str()));
        // The year of a column may name its table, too.
        let year = head.iter().any(|own| desk.asked.years().iter().any(|year| own.text == year.to_string()));
        fit(head, &asked).words.len() + usize::from(given) + usize::from(year)
    };
    let money: Vec<usize> =
        grid.measures.iter().copied().filter(|column| grid.is_money_mostly(*column)).collect();
    let measured = |column: &usize| {
        (0..grid.rows.len()).any(|row| grid.amount(row, *column).is_some_and(|it| it.is_measured()))
    };
    // Pounds are no days; what says nothing may be either.
    if desk.asked.asks_money() && money.is_empty() && grid.measures.iter().all(measured) {
        return None;
    }
    let among = if desk.asked.asks_money() && !money.is_empty() { &money } else { &grid.measures };
    let most = among.iter().map(fitting).max()?;
    let best: Vec<usize> = among.iter().copied().filter(|column| fitting(column) == most).collect();
    match (&best[..], among.len()) {
        ([only], 1) => {
            Some(*only).filter(|_| most > 0 || desk.asked.asks_money() || grid.measures.len() == 1)
        }
        ([only], _) if most > 0 => Some(*only),
        _ => None,
    }
}

/// What income and spending are apart, where a document has the total of both.
pub(super) fn apart(desk: &Desk<'_>) -> Option<Reckoned> {
    let asked = &desk.asked;
    let both = asked.says(INCOME)
        && asked.says(SPENDING)
        && (asked.asks_how_far() || asked.says(super::words::APART));
    if !both && !(asked.says_phrase(BALANCE) && (asked.asks_how_far() || asked.says_phrase(&["how much"]))) {
        return None;
    }
    let mut found: Vec<(usize, [Spot; 2])> = Vec::new();
    for paper in (0..desk.papers.len()).filter(|paper| !desk.is_superseded(*paper)) {
        let (Some(income), Some(spent)) = (total_of(desk, paper, INCOME), total_of(desk, paper, SPENDING))
        else {
            continue;
        };
        let words: Vec<usize> = (0..asked.content.len())
            .filter(|at| {
                INCOME.contains(&asked.content[*at].text.as_str())
                    || SPENDING.contains(&asked.content[*at].text.as_str())
            })
            .collect();
        let unnamed = |(at, word): (usize, &Token)| {
            !words.contains(&at) && desk.is_name(word) && !desk.is_said(paper, word)
        };
        if !asked.content.iter().enumerate().any(unnamed) && income.grid != spent.grid {
            let named = asked.content.iter().filter(|word| desk.grids[income.grid].is_about(word)).count();
            found.push((named, [income, spent]));
        }
    }
    let most = found.iter().map(|(named, _)| *named).max()?;
    found.retain(|(named, _)| *named == most);
    let [(_, [income, spent])] = found[..] else { return None };
    let amount = |spot: Spot| desk.grids[spot.grid].amount(spot.row, spot.column);
    let (one, other) = (amount(income)?, amount(spent)?);
    let far = one.with((one.value - other.value).abs(), Some(&other)).written();
    let grid = &desk.grids[spent.grid];
    let (title, file) = (plain(&grid.rows[spent.row].name), desk.file(grid.paper));
    let (template, first, second) =
        if one.value < other.value { (&SPENT_MORE, &other, &one) } else { (&EARNED_MORE, &one, &other) };
    let text = desk.text(template, &[&far, &first.written(), &second.written(), &title, &file]);
    Some(Reckoned {
        lines: vec![Said { text, places: vec![desk.place(income), desk.place(spent)] }],
        way: "balance",
    })
}

/// The one total of a table that is called by one of the words, in the column that the question names.
fn total_of(desk: &Desk<'_>, paper: usize, kind: &[&str]) -> Option<Spot> {
    let mut spots: Vec<(usize, Spot)> = Vec::new();
    for (at, grid) in desk.grids.iter().enumerate().filter(|(_, grid)| grid.paper == paper) {
        let called = tokens(&format!("{} {}", grid.title, grid.names.first().map_or("", String::as_str)));
        let other = if kind == INCOME { SPENDING } else { INCOME };
        let is = |kind: &[&str]| called.iter().any(|word| kind.contains(&word.text.as_str()));
        if !is(kind) || is(other) && grid.names.len() > 2 {
            continue;
        }
        for row in (0..grid.rows.len()).filter(|row| grid.is_total(*row)) {
            for column in grid.measures.iter().copied().filter(|column| grid.amount(row, *column).is_some()) {
                let named = grid.heads[column]
                    .iter()
                    .any(|own| desk.asked.content.iter().any(|word| fits(own, word)));
                spots.push((usize::from(named), Spot { grid: at, row, column }));
            }
        }
    }
    let most = spots.iter().map(|(named, _)| *named).max()?;
    spots.retain(|(named, _)| *named == most);
    let [(_, spot)] = spots[..] else { return None };
    Some(spot)
}
