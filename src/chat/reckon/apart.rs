//! How far two lines of one table are apart: two rows in one column, or two columns in one row.

use super::amount::Amount;
use super::grid::{Grid, Spot};
use super::words::{APART, fit, fits, fits_strictly, is_content};
use super::{Desk, Reckoned, Said, editions};
use crate::figures::period::years_in;
use crate::tables::measured_by;
use crate::tables::words::{Token, tokens};
use crate::ways::{Text, plain};
use docent_models::terms_of;

const APART_BY: Text = Text::new(
    "**{}: {}** > {}: {} – difference **{}** ({} − {}; {}; {})",
    "**{}: {}** > {}: {} – Unterschied **{}** ({} − {}; {}; {})",
);
const THE_SAME: Text =
    Text::new("**{}** and **{}** are the same: {} ({}; {})", "**{}** und **{}** sind gleich: {} ({}; {})");

const CHANGED: Text =
    Text::new("{}: {} – {}: {} – change **{}** ({}; {})", "{}: {} – {}: {} – Veränderung **{}** ({}; {})");

/// Two cells of one line, each with the name of the other line that it stands in.
struct Pair {
    named: [String; 2],
    spots: [Spot; 2],
    line: String,
    rank: (usize, usize, usize),
    words: Vec<usize>,
}

pub(super) fn apart(desk: &Desk<'_>) -> Option<Reckoned> {
    let asked = &desk.asked;
    if !asked.says(APART) && !asked.asks_how_far() && !asked.asks_change() {
        return None;
    }
    let mut pairs: Vec<Pair> = Vec::new();
    for at in (0..desk.grids.len()).filter(|at| !desk.is_of_another_year(&desk.grids[*at])) {
        pairs.extend(of_rows(desk, at));
        pairs.extend(of_columns(desk, at));
    }
    pairs.retain(|pair| desk.explains(desk.grids[pair.spots[0].grid].paper, &pair.words));
    let best = pairs.iter().map(|pair| pair.rank).max()?;
    let mut fitting = pairs.into_iter().filter(|pair| pair.rank == best);
    let first = fitting.next()?;
    let value = |spot: Spot| desk.grids[spot.grid].amount(spot.row, spot.column).map(|it| it.value);
    let same = |pair: &Pair| (0..2).all(|at| value(pair.spots[at]) == value(first.spots[at]));
    if !fitting.all(|pair| same(&pair)) {
        return None;
    }
    told(desk, &first)
}

fn told(desk: &Desk<'_>, pair: &Pair) -> Option<Reckoned> {
    let grid = &desk.grids[pair.spots[0].grid];
    let amount = |at: usize| grid.amount(pair.spots[at].row, pair.spots[at].column);
    let (one, other) = (amount(0)?, amount(1)?);
    if !one.is_like(&other) {
        return None;
    }
    if let Some(changed) = from_year_to_year(desk, pair, [&one, &other]) {
        return Some(changed);
    }
    let (more, less) = if one.value >= other.value { (0, 1) } else { (1, 0) };
    let (high, low) = if more == 0 { (&one, &other) } else { (&other, &one) };
    let (line, file) = (plain(&pair.line), desk.file(grid.paper));
    let (high_text, low_text) = (high.written(), low.written());
    let text = if one.value == other.value {
        desk.text(&THE_SAME, &[&pair.named[0], &pair.named[1], &high_text, &line, &file])
    } else {
        let far = high.with(high.value - low.value, Some(low)).written();
        let (one, other) = (&pair.named[more], &pair.named[less]);
        desk.text(&APART_BY, &[one, &high_text, other, &low_text, &far, &high_text, &low_text, &line, &file])
    };
    let mut places: Vec<_> = pair.spots.iter().map(|spot| desk.place(*spot)).collect();
    places.dedup();
    Some(Reckoned { lines: vec![Said { text, places }], way: "apart" })
}

/// Of two years it is told what changed from the earlier one to the later one.
fn from_year_to_year(desk: &Desk<'_>, pair: &Pair, amounts: [&Amount; 2]) -> Option<Reckoned> {
    let year = |at: usize| years_in(&pair.named[at]).first().copied();
    let (one, other) = (year(0)?, year(1)?);
    let (before, after) = if one < other { (0, 1) } else { (1, 0) };
    let far = editions::far(amounts[before], amounts[after]);
    let grid = &desk.grids[pair.spots[0].grid];
    let (line, file) = (plain(&pair.line), desk.file(grid.paper));
    let (was, is) = (amounts[before].written(), amounts[after].written());
    let text = desk.text(&CHANGED, &[&pair.named[before], &was, &pair.named[after], &is, &far, &line, &file]);
    let mut places: Vec<_> = pair.spots.iter().map(|spot| desk.place(*spot)).collect();
    places.dedup();
    Some(Reckoned { lines: vec![Said { text, places }], way: "apart" })
}

/// Lines whose names the question says whole, each with the places of its words; one whose name is part of another's is
/// left out.
fn named_whole<'n>(
    asked: &[Token],
    names: impl Iterator<Item = (usize, &'n [Token])>,
) -> Vec<(usize, Vec<usize>)> {
    let mut found: Vec<(usize, Vec<usize>)> = Vec::new();
    for (line, name) in names {
        if !name.iter().any(|word| {
            !terms_of(&word.text).is_empty() || word.text.starts_with(|c: char| c.is_ascii_digit())
        }) {
            continue;
        }
        // "Change" says what is done.
        if !name.iter().any(is_content) {
            continue;
        }
        let places: Vec<Vec<usize>> = name
            .iter()
            .map(|own| (0..asked.len()).filter(|at| fits_strictly(own, &asked[*at])).collect())
            .collect();
        if places.iter().all(|places: &Vec<usize>| !places.is_empty()) {
            found.push((line, places.concat()));
        }
    }
    let all = found.clone();
    let within =
        |one: &[usize], other: &[usize]| one.len() < other.len() && one.iter().all(|at| other.contains(at));
    found.retain(|(line, places)| !all.iter().any(|(other, more)| other != line && within(places, more)));
    found
}

/// The two that are held against each other.
fn two(found: &[(usize, Vec<usize>)]) -> Option<[&(usize, Vec<usize>); 2]> {
    let [one, other] = found else { return None };
    let apart = |one: &[usize], other: &[usize]| one.iter().any(|at| !other.contains(at));
    (apart(&one.1, &other.1) && apart(&other.1, &one.1)).then_some([one, other])
}

/// The question without the words at these places.
fn rest(desk: &Desk<'_>, used: &[&(usize, Vec<usize>); 2]) -> (Vec<Token>, Vec<usize>) {
    let words: Vec<&Token> =
        used.iter().flat_map(|(_, places)| places.iter().filter_map(|at| desk.asked.all.get(*at))).collect();
    let is_used = |word: &Token| words.iter().any(|used| used.text == word.text);
    let content = &desk.asked.content;
    let taken = (0..content.len()).filter(|at| is_used(&content[*at])).collect();
    // "Louder" says what is measured.
    let left = desk.asked.all.iter().filter(|word| !is_used(word) && !terms_of(&word.text).is_empty());
    let mut left: Vec<Token> = left.cloned().collect();
    let measured = desk.asked.all.iter().filter_map(|word| measured_by(&word.text)).flatten();
    left.extend(measured.flat_map(|name| tokens(name)));
    (left, taken)
}

/// The names in what a row is called that the question says and no other row has: "Brindley" of "Brindley Thermal Ltd".
fn own_names(desk: &Desk<'_>, grid: &Grid, row: usize) -> Vec<Token> {
    let others = |word: &Token| {
        let lines = grid.rows.iter().enumerate().filter(|(at, _)| *at != row);
        lines.flat_map(|(_, line)| &line.core).any(|own| fits_strictly(own, word))
    };
    let is_own = |word: &&Token| desk.asked.is_name(word, false) && !others(word);
    let names =
        grid.rows[row].core.iter().filter(|own| desk.asked.all.iter().any(|word| word.text == own.text));
    names.filter(is_own).cloned().collect()
}

/// What a column is known by: its year, if the question names that, else its words behind a sign.
fn name_of<'g>(desk: &Desk<'_>, grid: &'g Grid, column: usize) -> &'g [Token] {
    let head = &grid.heads[column];
    let years = desk.asked.years();
    let year = head.iter().position(|word| word.text.parse().is_ok_and(|year| years.contains(&year)));
    // A sign before the name is none of it: "B2 Harbour".
    let signs = head.iter().take_while(|word| is_sign(&word.text)).count();
    let name = if signs < head.len() { &head[signs..] } else { &head[..] };
    year.map_or(name, |at| &head[at..=at])
}

/// Letters and digits: "B2".
fn is_sign(word: &str) -> bool {
    word.chars().any(|c| c.is_ascii_digit()) && word.starts_with(char::is_alphabetic)
}

fn of_rows(desk: &Desk<'_>, at: usize) -> Option<Pair> {
    let grid = &desk.grids[at];
    let again = |core: &[Token]| grid.rows.iter().filter(|line| line.core == core).count() > 1;
    let names = grid.rows.iter().map(|line| if again(&line.core) { &line.label[..] } else { &line.core[..] });
    let mut found = named_whole(&desk.asked.all, names.enumerate());
    if found.len() < 2 {
        let parts: Vec<Vec<Token>> = (0..grid.rows.len()).map(|row| own_names(desk, grid, row)).collect();
        found = named_whole(&desk.asked.all, parts.iter().map(|part| &part[..]).enumerate());
    }
    let used = two(&found)?;
    let (left, taken) = rest(desk, &used);
    let rows = [used[0].0, used[1].0];
    let lines =
        grid.measures.iter().filter(|column| rows.iter().all(|row| grid.amount(*row, **column).is_some()));
    let (column, rank) = best_line(grid, lines.map(|column| (*column, &grid.heads[*column][..])), &left)?;
    Some(Pair {
        named: rows.map(|row| {
            let line = &grid.rows[row];
            let first =
                line.cells.iter().find(|cell| cell.starts_with(&line.name)).filter(|_| again(&line.core));
            plain(first.unwrap_or(&line.name))
        }),
        spots: rows.map(|row| Spot { grid: at, row, column }),
        line: grid.head(column).to_owned(),
        words: with_words(desk, taken, &grid.heads[column]),
        rank,
    })
}

/// The columns of what was planned and of what was spent, where a question asks whether a budget was kept.
fn planned_and_spent(desk: &Desk<'_>, grid: &Grid) -> Option<[usize; 2]> {
    const OVER: &[&str] = &[
        "over budget",
        "under budget",
        "above budget",
        "below budget",
        "above or below budget",
        "over or under budget",
        "within budget",
        "exceed budget",
        "exceed its budget",
        "budget überschritten",
        "über budget",
        "unter budget",
        "über dem budget",
        "unter dem budget",
    ];
    const SPENT: &[&str] =
        &["spent", "actual", "actuals", "real", "outturn", "ist", "ausgegeben", "gasto", "réel"];
    let budget = tokens("budget");
    let is_plan = |column: &&usize| grid.heads[**column].iter().any(|own| fits(own, &budget[0]));
    let is_spent =
        |column: &&usize| grid.heads[**column].iter().any(|own| SPENT.contains(&own.text.as_str()));
    let only = |mut columns: Vec<&usize>| columns.pop().copied().filter(|_| columns.is_empty());
    let planned = only(grid.measures.iter().filter(is_plan).collect())?;
    let spent = only(grid.measures.iter().filter(is_spent).collect())?;
    (desk.asked.says_phrase(OVER) && planned != spent).then_some([planned, spent])
}

fn of_columns(desk: &Desk<'_>, at: usize) -> Option<Pair> {
    let grid = &desk.grids[at];
    let names = grid.measures.iter().map(|column| (*column, name_of(desk, grid, *column)));
    let mut found = named_whole(&desk.asked.all, names);
    if found.len() < 2
        && let Some(columns) = planned_and_spent(desk, grid)
    {
        found = columns.map(|column| (column, vec![desk.asked.all.len() + column])).to_vec();
    }
    let used = two(&found)?;
    let (left, taken) = rest(desk, &used);
    let columns = [used[0].0, used[1].0];
    // "Which fell from one year to the next" asks for rows.
    let years = columns.iter().all(|column| !years_in(grid.head(*column)).is_empty());
    if years && !desk.asked.asks_how_far() && desk.asked.asks_which() {
        return None;
    }
    let lines =
        (0..grid.rows.len()).filter(|row| columns.iter().all(|column| grid.amount(*row, *column).is_some()));
    let (row, rank) = best_line(grid, lines.map(|row| (row, &grid.rows[row].label[..])), &left)?;
    Some(Pair {
        named: columns.map(|column| plain(grid.head(column))),
        spots: columns.map(|column| Spot { grid: at, row, column }),
        line: grid.rows[row].name.clone(),
        words: with_words(desk, taken, &grid.rows[row].label),
        rank,
    })
}

fn with_words(desk: &Desk<'_>, mut taken: Vec<usize>, line: &[Token]) -> Vec<usize> {
    taken.extend(fit(line, &desk.asked.content).words);
    taken
}

/// The line that the rest of the question names, with how well; the only one needs no name, but its table one.
fn best_line<'t>(
    grid: &Grid,
    lines: impl Iterator<Item = (usize, &'t [Token])>,
    left: &[Token],
) -> Option<(usize, (usize, usize, usize))> {
    const UNASKED: usize = 20;
    let about = left.iter().filter(|word| grid.is_about(word)).count();
    let ranked: Vec<(usize, (usize, usize, usize))> = lines
        .map(|(at, name)| {
            let fit = fit(name, left);
            (at, (fit.words.len(), UNASKED.saturating_sub(fit.unasked), about))
        })
        .collect();
    let only = ranked.len() == 1;
    let best = ranked.iter().map(|(_, rank)| *rank).max()?;
    let mut fitting = ranked.into_iter().filter(|(_, rank)| *rank == best);
    let first = fitting.next()?;
    let named = best.0 > 0 || only && about > 0;
    (named && fitting.next().is_none()).then_some(first)
}
