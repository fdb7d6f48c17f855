//! What changed from one edition of a document to the next: one value, or each row of a list.

use super::amount::Amount;
use super::find::{Named, best_named};
use super::grid::{Grid, Spot};
use super::words::{DOWN, UP, fit, fits_strictly};
use super::{Desk, Reckoned, Said};
use crate::figures::period::years_in;
use crate::tables::words::{Token, tokens};
use crate::ways::{Text, plain};

/// Rows that are listed, at most.
const LISTED: usize = 25;

const CHANGED: Text = Text::new(
    "{}: {} – {}: {} – change **{}** ({}{}; {} and {})",
    "{}: {} – {}: {} – Veränderung **{}** ({}{}; {} und {})",
);
const EACH: Text = Text::new("{}: {} → {} (**{}**)", "{}: {} → {} (**{}**)");
const BETWEEN: Text = Text::new("**{} of {}** ({}, {} against {}):", "**{} von {}** ({}, {} gegen {}):");

/// Two documents of one name but for their years, the earlier one first.
pub(super) struct Editions {
    pub(super) papers: [usize; 2],
    pub(super) years: [i32; 2],
}

impl Editions {
    /// The words of the question that say with what, without those that only say which editions.
    pub(super) fn asked(&self, desk: &Desk<'_>) -> Vec<Token> {
        let names = self.papers.map(|paper| name_of(&desk.papers[paper].file));
        // "Bye-laws" are "Byelaws".
        let all = &desk.asked.all;
        let joined = |word: &Token| {
            let pairs = all.windows(2).filter(|two| two.iter().any(|it| it.text == word.text));
            let whole = pairs.flat_map(|two| tokens(&format!("{}{}", two[0].text, two[1].text)));
            whole.into_iter().any(|whole| names.iter().flatten().any(|own| fits_strictly(own, &whole)))
        };
        let named = |word: &Token| names.iter().flatten().any(|own| fits_strictly(own, word)) || joined(word);
        let old_and_new = desk.asked.years().is_empty();
        let is_edition =
            |word: &Token| old_and_new && (crate::ways::is_of_editions(&word.text) || named(word));
        without_years(desk).into_iter().filter(|word| !is_edition(word)).collect()
    }
}

/// The pairs that the question's two years name; else, where it holds the old against the new, the last two of each kind.
pub(super) fn all_editions(desk: &Desk<'_>) -> Vec<Editions> {
    if !desk.asked.years().is_empty() || !crate::ways::holds_editions(&desk.asked.text) {
        return editions(desk);
    }
    let dated: Vec<(usize, i32)> =
        desk.papers.iter().enumerate().filter_map(|(at, paper)| Some((at, year_of(&paper.file)?))).collect();
    let alike = |one: usize, other: usize| are_called_alike(&desk.papers[one].file, &desk.papers[other].file);
    let mut all = Vec::new();
    for (after, year) in &dated {
        let kin = |(at, _): &&(usize, i32)| at != after && alike(*at, *after);
        let latest = !dated.iter().filter(kin).any(|(_, other)| other >= year);
        let before = dated.iter().filter(kin).max_by_key(|(_, other)| *other);
        if let Some((before, earlier)) = before.filter(|_| latest) {
            all.push(Editions { papers: [*before, *after], years: [*earlier, *year] });
        }
    }
    all
}

/// The pairs of documents that the question's two years name.
fn editions(desk: &Desk<'_>) -> Vec<Editions> {
    let mut years = desk.asked.years();
    years.sort_unstable();
    let [before, after] = years[..] else { return Vec::new() };
    let of = |year: i32| {
        let papers = desk.papers.iter().enumerate();
        papers
            .filter(move |(_, paper)| year_of(&paper.file) == Some(year))
            .map(|(at, _)| at)
            .collect::<Vec<_>>()
    };
    let mut all = Vec::new();
    for one in of(before) {
        for other in of(after) {
            if are_called_alike(&desk.papers[one].file, &desk.papers[other].file) {
                all.push(Editions { papers: [one, other], years: [before, after] });
            }
        }
    }
    all
}

fn name_of(file: &str) -> Vec<Token> {
    let bare = file.rsplit_once('.').map_or(file, |(name, _)| name);
    tokens(&bare.replace(['_', '-', '.'], " "))
}

/// The year that a file is called after, the first of "2025-26".
fn year_of(file: &str) -> Option<i32> {
    let years = name_of(file);
    years
        .iter()
        .filter(|word| word.text.len() == 4)
        .find_map(|word| word.text.parse().ok().filter(|year| (1900..2100).contains(year)))
}

/// Whether two files are called the same but for figures and few words.
pub(crate) fn are_called_alike(one: &str, other: &str) -> bool {
    let words = |file: &str| {
        let all = name_of(file).into_iter();
        all.filter(|word| word.text.chars().all(char::is_alphabetic))
            .map(|word| word.stem)
            .collect::<Vec<_>>()
    };
    let (one, other) = (words(one), words(other));
    let both = one.iter().filter(|word| other.contains(word)).count();
    both > 0 && both * 3 >= one.len().max(other.len()) * 2
}

/// Whether there is a later edition of the document, and the question does not name the year of this one; whether it names
/// that of another one.
pub(super) fn is_superseded(desk: &Desk<'_>, paper: usize) -> bool {
    let file = &desk.papers[paper].file;
    let Some(own) = year_of(file) else { return false };
    let years = desk.asked.years();
    if years.contains(&own) {
        return false;
    }
    let others = desk
        .papers
        .iter()
        .filter(|other| are_called_alike(&other.file, file))
        .filter_map(|it| year_of(&it.file));
    let mut others = others.filter(|year| *year != own);
    others.any(|year| year > own || years.contains(&year))
}

/// The question's words without its years.
fn without_years(desk: &Desk<'_>) -> Vec<Token> {
    let years = desk.asked.years();
    let is_year = |word: &Token| {
        word.text.len() == 4 && word.text.parse().is_ok_and(|year| years.contains(&year))
            || years.iter().any(|year| word.text == format!("{:02}", (year + 1) % 100))
    };
    desk.asked.content.iter().filter(|word| !is_year(word)).cloned().collect()
}

/// One value in both editions.
pub(super) fn changed(desk: &Desk<'_>) -> Option<Reckoned> {
    if !desk.asked.asks_change() && !desk.asked.asks_how_far() {
        return None;
    }
    let mut found: Vec<(Editions, [Named; 2])> = Vec::new();
    for of in all_editions(desk) {
        let words = of.asked(desk);
        let cells = |at: usize| best_named(desk, &words, &|grid: &Grid| grid.paper == of.papers[at]);
        let (before, after) = (cells(0), cells(1));
        let mut pairs: Vec<[&Named; 2]> = Vec::new();
        for one in &before {
            let same = after.iter().filter(|other| are_the_same(desk, one.spot, other.spot));
            pairs.extend(same.map(|other| [one, other]));
        }
        // One of the columns of the later edition may be new.
        if pairs.len() > 1 {
            let head = |one: &Named| desk.grids[one.spot.grid].head(one.spot.column).to_owned();
            pairs.retain(|[one, other]| head(one) == head(other));
        }
        let Some([one, other]) = pairs.first().copied() else { continue };
        let value = |pair: &[&Named; 2]| pair.map(|it| it.amount.value.to_bits());
        let agree = pairs.iter().all(|pair| value(pair) == value(&[one, other]));
        if agree && one.amount.is_like(&other.amount) && is_explained(desk, &words, one, &of) {
            found.push((of, [one.clone(), other.clone()]));
        }
    }
    let most = found.iter().map(|(_, two)| two[1].words.len()).max()?;
    found.retain(|(_, two)| two[1].words.len() == most);
    let [(of, two)] = &found[..] else { return None };
    let [before, after] = [&two[0].amount, &two[1].amount];
    let grid = &desk.grids[two[1].spot.grid];
    let what = format!("{}, {}", called(grid, two[1].spot.row), plain(grid.head(two[1].spot.column)));
    let years = of.years.map(|year| year.to_string());
    let files = of.papers.map(|paper| desk.file(paper));
    let text = desk.text(
        &CHANGED,
        &[
            &years[0],
            &before.written(),
            &years[1],
            &after.written(),
            &far(before, after),
            &what,
            "",
            &files[0],
            &files[1],
        ],
    );
    let places = two.iter().map(|one| desk.place(one.spot)).collect();
    Some(Reckoned { lines: vec![Said { text, places }], way: "editions" })
}

/// All words that the two cells leave are said somewhere in the documents.
fn is_explained(desk: &Desk<'_>, words: &[Token], cell: &Named, of: &Editions) -> bool {
    let left = words.iter().enumerate().filter(|(at, _)| !cell.words.contains(at)).map(|(_, word)| word);
    let unknown: Vec<&Token> =
        left.filter(|word| !of.papers.iter().any(|paper| desk.is_said(*paper, word))).collect();
    unknown.len() <= 2 && !unknown.iter().any(|word| desk.is_name(word))
}

/// By how much the second is more than the first, also in per cent.
pub(super) fn far(before: &Amount, after: &Amount) -> String {
    let far = after.with(after.value - before.value, Some(before));
    let sign = if far.value > 0.0 { "+" } else { "" };
    let share = (before.value > 0.0 && !after.is_share()).then(|| {
        let share = (after.value - before.value) / before.value * 100.0;
        format!(" ({}{share:.1} %)", if share > 0.0 { "+" } else { "" }).replace('-', "−")
    });
    format!("{sign}{}{}", far.written(), share.unwrap_or_default())
}

/// Whether the two cells are of rows and columns that are called alike.
fn are_the_same(desk: &Desk<'_>, one: Spot, other: Spot) -> bool {
    let (there, here) = (&desk.grids[one.grid], &desk.grids[other.grid]);
    let within =
        |few: &[Token], many: &[Token]| few.iter().all(|word| many.iter().any(|it| fits_strictly(it, word)));
    let (row, same_row) = (&there.rows[one.row], &here.rows[other.row]);
    let rows = within(&row.core, &same_row.label) && within(&same_row.core, &row.label);
    let (head, same_head) = (&there.heads[one.column], &here.heads[other.column]);
    let only = there.measures.len() == 1 && here.measures.len() == 1;
    let rows = rows
        || there.rows[one.row]
            .parts
            .iter()
            .zip(&here.rows[other.row].parts)
            .any(|(one, other)| !one.1.is_empty() && one.1 == other.1);
    rows && (only || within(head, same_head) || within(same_head, head))
}

/// Each row of a list that is in both editions and has changed the way that is asked for.
pub(super) fn listed(desk: &Desk<'_>) -> Option<Reckoned> {
    if !desk.asked.asks_which() || !desk.asked.asks_change() || desk.asked.asks_how_far() {
        return None;
    }
    let (up, down) = (desk.asked.says(UP), desk.asked.says(DOWN));
    let wanted = |far: f64| far != 0.0 && (up == down || (far > 0.0) == up);
    let words = without_years(desk);
    if let Some(listed) = listed_in_one_table(desk, &words, &wanted) {
        return Some(listed);
    }
    let mut lists = Vec::new();
    for of in editions(desk) {
        let tables = tables_of_both(desk, &of, &words)?;
        let mut rows: Vec<(Spot, Spot)> = Vec::new();
        for (one, other) in &tables {
            rows.extend(in_both(desk, *one, *other, &words)?);
        }
        // A question about one row is another one.
        let names_a_row = |(_, spot): &(Spot, Spot)| desk.grids[spot.grid].rows[spot.row].is_named_by(&words);
        if rows.iter().any(names_a_row) {
            return None;
        }
        lists.push((of, rows));
    }
    let [(of, rows)] = &lists[..] else { return None };
    let amount = |spot: &Spot| desk.grids[spot.grid].amount(spot.row, spot.column);
    let mut items: Vec<Said> = Vec::new();
    for (one, other) in rows {
        let (before, after) = (amount(one)?, amount(other)?);
        if wanted(after.value - before.value) {
            let name = called(&desk.grids[other.grid], other.row);
            let values = [name.as_str(), &before.written(), &after.written(), &far(&before, &after)];
            let places = vec![desk.place(*one), desk.place(*other)];
            items.push(Said { text: format!("- {}", desk.text(&EACH, &values)), places });
        }
    }
    let (_, spot) = rows.first()?;
    if items.is_empty()
        || items.len() > LISTED
        || !desk.asked.content.iter().all(|word| explained(desk, of, word))
    {
        return None;
    }
    let head = plain(desk.grids[spot.grid].head(spot.column));
    let files = of.papers.map(|paper| desk.file(paper));
    let count = [items.len().to_string(), rows.len().to_string()];
    let text = desk.text(&BETWEEN, &[&count[0], &count[1], &head, &files[1], &files[0]]);
    items.insert(0, Said { text, places: Vec::new() });
    Some(Reckoned { lines: items, way: "editions" })
}

/// The rows of a table with a column for each of the two years that have changed the way that is asked for.
fn listed_in_one_table(desk: &Desk<'_>, words: &[Token], wanted: &dyn Fn(f64) -> bool) -> Option<Reckoned> {
    let mut years = desk.asked.years();
    years.sort_unstable();
    let [before, after] = years[..] else { return None };
    let mut found: Vec<(usize, usize, [usize; 2])> = Vec::new();
    for (at, grid) in desk.grids.iter().enumerate() {
        let of = |year: i32| {
            let is = |column: &&usize| years_in(grid.head(**column)).first() == Some(&year);
            let mut columns = grid.measures.iter().filter(is);
            columns.next().copied().filter(|_| columns.next().is_none())
        };
        let named = words.iter().filter(|word| {
            grid.is_about(word) || grid.heads.iter().flatten().any(|own| fits_strictly(own, word))
        });
        let (named, Some(one), Some(other)) = (named.count(), of(before), of(after)) else { continue };
        if named > 0
            && words.iter().all(|word| super::words::is_soft(&word.text) || desk.is_said(grid.paper, word))
        {
            found.push((named, at, [one, other]));
        }
    }
    let most = found.iter().map(|(named, ..)| *named).max()?;
    found.retain(|(named, ..)| *named == most);
    let [(_, at, columns)] = found[..] else { return None };
    let grid = &desk.grids[at];
    if grid.rows.iter().any(|line| line.is_named_by(words)) {
        return None;
    }
    let rows = (0..grid.rows.len()).filter(|row| !grid.is_total(*row));
    let rows: Vec<_> = rows
        .filter_map(|row| Some((row, grid.amount(row, columns[0])?, grid.amount(row, columns[1])?)))
        .collect();
    let all = rows.len();
    let mut items: Vec<Said> = Vec::new();
    for (row, before, after) in rows {
        if wanted(after.value - before.value) {
            let values = [called(grid, row), before.written(), after.written(), far(&before, &after)];
            let text = desk.text(&EACH, &values.each_ref().map(String::as_str));
            items.push(Said {
                text: format!("- {text}"),
                places: vec![desk.place(Spot { grid: at, row, column: columns[1] })],
            });
        }
    }
    if items.is_empty() || items.len() > LISTED {
        return None;
    }
    let (count, all) = (items.len().to_string(), all.to_string());
    let [one, other] = columns.map(|column| plain(grid.head(column)));
    let text = desk.text(&BETWEEN, &[&count, &all, &desk.file(grid.paper), &other, &one]);
    items.insert(0, Said { text, places: Vec::new() });
    Some(Reckoned { lines: items, way: "editions" })
}

fn explained(desk: &Desk<'_>, of: &Editions, word: &Token) -> bool {
    const KINDS: &[&str] = &[
        "item",
        "items",
        "price",
        "prices",
        "things",
        "sheet",
        "list",
        "posten",
        "artikel",
        "preis",
        "preise",
        "liste",
        "entries",
        "positions",
        "rows",
        "lines",
    ];
    KINDS.contains(&word.text.as_str()) || of.papers.iter().any(|paper| desk.is_said(*paper, word))
}

/// The first two words of a row that are no amounts.
fn called(grid: &Grid, row: usize) -> String {
    let line = &grid.rows[row];
    let texts = (0..line.cells.len()).filter(|column| !grid.measures.contains(column));
    let texts: Vec<&str> =
        texts.map(|column| line.cells[column].as_str()).filter(|cell| !cell.is_empty()).take(2).collect();
    plain(&texts.join(", "))
}

/// The tables that both have, those that the question names where it names some.
fn tables_of_both(desk: &Desk<'_>, of: &Editions, words: &[Token]) -> Option<Vec<(usize, usize)>> {
    let grids = |paper: usize| (0..desk.grids.len()).filter(move |at| desk.grids[*at].paper == paper);
    let mut both: Vec<(usize, usize)> = Vec::new();
    for one in grids(of.papers[0]) {
        let same = |other: &usize| {
            desk.grids[*other].names == desk.grids[one].names
                && alike(&desk.grids[*other].title, &desk.grids[one].title)
        };
        let mut others = grids(of.papers[1]).filter(same);
        if let (Some(other), None) = (others.next(), others.next()) {
            both.push((one, other));
        }
    }
    let titled = |at: usize| fit(&tokens(&desk.grids[at].title), words).words.len();
    let most = both.iter().map(|(_, other)| titled(*other)).max()?;
    both.retain(|(_, other)| titled(*other) == most);
    (!both.is_empty()).then_some(both)
}

fn alike(one: &str, other: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
    letters(one) == letters(other)
}

/// The cells of the column that is asked for, of each row that stands in both tables once.
fn in_both(desk: &Desk<'_>, one: usize, other: usize, words: &[Token]) -> Option<Vec<(Spot, Spot)>> {
    let (there, here) = (&desk.grids[one], &desk.grids[other]);
    let column = column_of_change(desk, here, words)?;
    let key = (0..here.names.len()).find(|column| !here.measures.contains(column))?;
    let cell = |grid: &Grid, row: usize| grid.rows[row].cells[key].trim().to_lowercase();
    let mut rows = Vec::new();
    for row in 0..here.rows.len() {
        let name = cell(here, row);
        let is_named = |grid: &Grid, at: usize| !name.is_empty() && cell(grid, at) == name;
        let mut same = (0..there.rows.len()).filter(|at| is_named(there, *at));
        let again = (0..here.rows.len()).filter(|at| is_named(here, *at)).count() > 1;
        if let (Some(before), None, false) = (same.next(), same.next(), again)
            && there.amount(before, column).is_some()
            && here.amount(row, column).is_some()
        {
            rows.push((Spot { grid: one, row: before, column }, Spot { grid: other, row, column }));
        }
    }
    (!rows.is_empty()).then_some(rows)
}

/// The column that the question names; of prices, where it asks what became cheaper; the only one.
fn column_of_change(desk: &Desk<'_>, grid: &Grid, words: &[Token]) -> Option<usize> {
    let fitting = |column: &usize| fit(&grid.heads[*column], words).words.len();
    let most = grid.measures.iter().map(fitting).max()?;
    if most > 0 {
        let mut best = grid.measures.iter().filter(|column| fitting(column) == most);
        return best.next().copied().filter(|_| best.next().is_none());
    }
    let money = grid.measures.iter().filter(|column| grid.is_money(**column)).collect::<Vec<_>>();
    match (&grid.measures[..], &money[..], desk.asked.asks_money()) {
        ([only], ..) => Some(*only),
        (_, [only], true) => Some(**only),
        _ => None,
    }
}
