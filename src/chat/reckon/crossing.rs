//! The cell where a row and a column cross that the question both names whole.

use super::grid::{Grid, Spot, is_bare};
use super::words::{Asked, fit, fits, fits_strictly, is_content};
use super::{Desk, Reckoned, Said};
use crate::tables::words::{Token, tokens};
use crate::ways::{Text, plain};
use docent_models::terms_of;

const CELL: Text = Text::new("{}: **{}** ({}; {})", "{}: **{}** ({}; {})");
const STANDS_FOR: Text = Text::new("{} = {}", "{} = {}");

/// Words that the question has beside, and that stand nowhere in the document.
const UNKNOWN: usize = 2;

/// Words that ask for something else than what stands in a cell.
const OTHER: &[&str] = &[
    "who",
    "whom",
    "whose",
    "why",
    "how's",
    "average",
    "mean",
    "list",
    "all",
    "every",
    "each",
    "other",
    "others",
    "except",
    "first",
    "last",
    "next",
    "highest",
    "lowest",
    "largest",
    "smallest",
    "biggest",
    "most",
    "least",
    "maximum",
    "minimum",
    "wer",
    "wen",
    "wem",
    "warum",
    "alle",
    "jeder",
    "jede",
    "höchste",
    "niedrigste",
    "größte",
    "kleinste",
    "meisten",
    "durchschnitt",
    "summe",
    "total",
];

/// What is done with things, and what says how much of it: "carry" is what a load says.
const DONE: &[(&[&str], &[&str])] = &[
    (
        &["carry", "carries", "bear", "tragen", "trägt", "heben", "hebt"],
        &["load", "payload", "capacity", "swl", "traglast", "tragkraft", "tragfähigkeit", "nutzlast", "last"],
    ),
    (&["weigh", "weighs", "wiegt", "wiegen"], &["weight", "mass", "gewicht", "masse"]),
    (
        &["hold", "holds", "seat", "seats", "fasst", "fassen"],
        &["capacity", "seats", "places", "volume", "plätze", "fassungsvermögen"],
    ),
    (
        &["cost", "costs", "kostet", "kosten"],
        &["price", "cost", "charge", "fee", "preis", "gebühr", "entgelt"],
    ),
];

struct Crossing {
    spot: Spot,
    rank: (usize, usize),
    words: Vec<usize>,
    of_column: Vec<usize>,
    /// The column is named in part.
    partly: bool,
}

pub(super) fn cell(desk: &Desk<'_>) -> Option<Reckoned> {
    if !asks_for_a_cell(&desk.asked) {
        return None;
    }
    let mut all: Vec<Crossing> = Vec::new();
    for (at, grid) in desk.grids.iter().enumerate().filter(|(_, grid)| !desk.is_superseded(grid.paper)) {
        let columns = columns_named(desk, grid);
        for row in (0..grid.rows.len()).filter(|row| !columns.is_empty() && !grid.is_total(*row)) {
            for (column, of_column, partly) in &columns {
                let Some(words) = row_named(desk, grid, row, *column) else { continue };
                // Where the column is named in part, the row says more than a word.
                if *partly && words.iter().filter(|at| !of_column.contains(at)).count() < 2 {
                    continue;
                }
                let rank = (
                    words.len() + of_column.len(),
                    usize::MAX - fit(&grid.heads[*column], &desk.asked.content).unasked,
                );
                let words = words.into_iter().chain(of_column.iter().copied()).collect();
                let spot = Spot { grid: at, row, column: *column };
                all.push(Crossing { spot, rank, words, of_column: of_column.clone(), partly: *partly });
            }
        }
    }
    let best = all.iter().map(|one| one.rank).max()?;
    let first = all.iter().find(|one| one.rank == best)?;
    // Of two columns that are named, the one says only a part.
    let same_row = |other: &&Crossing| other.spot.grid == first.spot.grid && other.spot.row == first.spot.row;
    let beside = |other: &Crossing| other.of_column.iter().any(|at| !first.of_column.contains(at));
    if all.iter().filter(same_row).any(|other| other.spot.column != first.spot.column && beside(other)) {
        return None;
    }
    let mut fitting = all.iter().filter(|one| one.rank == best);
    let grid = &desk.grids[first.spot.grid];
    let value = text_of(desk, first.spot);
    let number = grid.amount(first.spot.row, first.spot.column);
    let wants_a_number =
        desk.asked.says_phrase(&["how many", "how much", "wie viel", "wie viele", "wieviel", "wie hoch"]);
    if wants_a_number && number.is_none() {
        return None;
    }
    if is_bare(value) || fitting.any(|other| text_of(desk, other.spot) != value) || !is_explained(desk, first)
    {
        return None;
    }
    let written = number.map_or_else(|| value.to_owned(), |it| it.written());
    let meaning = meaning_of(desk, grid.paper, value).map(|it| desk.text(&STANDS_FOR, &[value, &it]));
    let row = plain(&grid.rows[first.spot.row].name);
    let head = plain(grid.head(first.spot.column));
    let text = desk.text(&CELL, &[&head, &plain(&meaning.unwrap_or(written)), &row, &desk.file(grid.paper)]);
    Some(Reckoned { lines: vec![Said { text, places: vec![desk.place(first.spot)] }], way: "cell" })
}

pub(super) fn asks_for_a_cell(asked: &Asked) -> bool {
    !asked.says(OTHER) && !asked.asks_how_far() && !asked.asks_change() && !asked.says(super::words::APART)
}

fn text_of<'d>(desk: &'d Desk<'_>, spot: Spot) -> &'d str {
    desk.grids[spot.grid].rows[spot.row].cells.get(spot.column).map_or("", String::as_str)
}

fn is_explained(desk: &Desk<'_>, crossing: &Crossing) -> bool {
    let paper = desk.grids[crossing.spot.grid].paper;
    let done = |word: &Token| DONE.iter().any(|(verbs, _)| verbs.contains(&word.text.as_str()));
    let spelt_out = spelt_out(desk, &crossing.words);
    let left = desk
        .asked
        .content
        .iter()
        .enumerate()
        .filter(|(at, word)| !crossing.words.contains(at) && !done(word));
    let left: Vec<&Token> =
        left.map(|(_, word)| word).filter(|word| !spelt_out.contains(&word.text)).collect();
    if left.iter().any(|word| is_of_another_table(desk, crossing.spot.grid, word)) {
        return false;
    }
    let left = left.into_iter();
    let unknown: Vec<&Token> = left.filter(|word| !desk.is_said(paper, word)).collect();
    let most = if crossing.partly { UNKNOWN - 1 } else { UNKNOWN };
    unknown.len() <= most && !unknown.iter().any(|word| desk.is_name(word))
}

/// Whether a column of another table of the document is called so, and nothing of this one.
fn is_of_another_table(desk: &Desk<'_>, at: usize, word: &Token) -> bool {
    let own = &desk.grids[at];
    let in_heads = |grid: &Grid| grid.heads.iter().flatten().any(|own| fits(own, word));
    let in_rows = || own.rows.iter().any(|line| line.label.iter().any(|own| fits_strictly(own, word)));
    let others =
        desk.grids.iter().enumerate().filter(|(other, grid)| *other != at && grid.paper == own.paper);
    let mut others = others.map(|(_, grid)| grid);
    !own.is_about(word) && !in_heads(own) && !in_rows() && others.any(in_heads)
}

/// "Seasonal efficiency (SCOP)": the words before the brackets say what the short name in them does.
fn spelt_out(desk: &Desk<'_>, words: &[usize]) -> Vec<String> {
    const WORDS: usize = 3;
    let Some((before, rest)) = desk.asked.text.split_once('(') else { return Vec::new() };
    let inner = tokens(rest.split(')').next().unwrap_or_default());
    let known = |own: &Token| words.iter().any(|at| desk.asked.content[*at].text == own.text);
    if inner.len() != 1 || !inner.iter().all(known) {
        return Vec::new();
    }
    tokens(before).into_iter().rev().take(WORDS).map(|word| word.text).collect()
}

/// The columns that the question names whole; else the only one that it names in part.
fn columns_named(desk: &Desk<'_>, grid: &Grid) -> Vec<(usize, Vec<usize>, bool)> {
    let all = 1..grid.names.len();
    let whole: Vec<_> =
        all.clone().filter_map(|column| Some((column, column_named(desk, grid, column)?, false))).collect();
    if !whole.is_empty() {
        return whole;
    }
    let asked = &desk.asked.content;
    let of_head = |column: usize| -> Vec<usize> {
        (0..asked.len())
            .filter(|at| grid.heads[column].iter().any(|own| fits_strictly(own, &asked[*at])))
            .collect()
    };
    let mut partly =
        all.map(|column| (column, of_head(column), true)).filter(|(_, words, _)| !words.is_empty());
    let (first, other) = (partly.next(), partly.next());
    let measured = first.filter(|(column, ..)| other.is_none() && grid.measures.contains(column));
    measured.into_iter().collect()
}

/// The words of the question that name the column, where they say all of what it is called, or what is done says what it
/// measures.
fn column_named(desk: &Desk<'_>, grid: &Grid, column: usize) -> Option<Vec<usize>> {
    let head = &grid.heads[column];
    let asked = &desk.asked.content;
    let own: Vec<&Token> =
        head.iter().filter(|word| !terms_of(&word.text).is_empty() || is_content(word)).collect();
    let refused = desk.asked.refused();
    if own.is_empty() || own.iter().any(|own| refused.iter().any(|word| fits_strictly(own, word))) {
        return None;
    }
    let whole = own.iter().all(|own| desk.asked.all.iter().any(|word| fits(own, word)));
    let done = DONE.iter().any(|(verbs, names)| {
        desk.asked.says(verbs)
            && own.iter().any(|own| names.contains(&own.text.as_str()))
            && grid.measures.contains(&column)
    });
    let partly = own.iter().any(|own| asked.iter().any(|word| fits(own, word)));
    let meant = done && (partly || only_measured_so(grid, column));
    if !whole && !meant {
        return None;
    }
    Some((0..asked.len()).filter(|at| head.iter().any(|own| fits(own, &asked[*at]))).collect())
}

/// Whether no other column of the table says how much of the same is done.
fn only_measured_so(grid: &Grid, column: usize) -> bool {
    let names = |at: usize| {
        DONE.iter().position(|(_, names)| grid.heads[at].iter().any(|own| names.contains(&own.text.as_str())))
    };
    grid.measures.iter().filter(|other| names(**other).is_some() && names(**other) == names(column)).count()
        == 1
}

/// The words of the question that name the row: all of what it is called, or of two of its cells.
fn row_named(desk: &Desk<'_>, grid: &Grid, row: usize, column: usize) -> Option<Vec<usize>> {
    let asked = &desk.asked.content;
    let line = &grid.rows[row];
    let says = |own: &Token| asked.iter().any(|word| fits_strictly(own, word));
    let whole = |(_, core): &&(Vec<Token>, Vec<Token>)| !core.is_empty() && core.iter().all(says);
    let value = tokens(line.cells.get(column)?);
    let named: Vec<&(Vec<Token>, Vec<Token>)> =
        line.parts.iter().filter(|(part, _)| *part != value).filter(whole).collect();
    let content = |word: &Token| is_content(word);
    if !(line.is_named_by(asked) || named.len() >= 2)
        || !named.iter().any(|(_, core)| core.iter().any(content))
    {
        return None;
    }
    let mut words: Vec<usize> = line.fit(asked).words;
    words.retain(|at| {
        line.parts.iter().any(|(part, _)| part.iter().any(|own| fits_strictly(own, &asked[*at])))
    });
    Some(words)
}

/// What a document says that a short sign in its cells stands for: "E = early".
pub(super) fn meaning_of(desk: &Desk<'_>, paper: usize, value: &str) -> Option<String> {
    const LONGEST: usize = 3;
    if value.chars().count() > LONGEST || !value.chars().all(char::is_alphabetic) {
        return None;
    }
    let text = &desk.papers[paper].text;
    let pieces = text.lines().filter(|line| !line.contains('|')).flat_map(|line| line.split([',', ';', '.']));
    let found = pieces.filter_map(|piece| {
        let (sign, meaning) = piece.split_once('=').or_else(|| piece.split_once(':'))?;
        (sign.split_whitespace().last() == Some(value)).then(|| meaning.trim().to_owned())
    });
    found.filter(|meaning| !meaning.is_empty()).min_by_key(String::len)
}
