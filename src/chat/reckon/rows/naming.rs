//! Rows that a question names by what stands in their cells of words.

use super::view::{Places, View};
use crate::reckon::grid::{core_of, is_bare};
use crate::tables::words::{Token, tokens};
use docent_models::terms_of;

/// Words of a cell that is a name; longer ones are descriptions, of which a part names nothing.
const LONGEST: usize = 8;

/// Rows with the words that name them.
#[derive(Debug, Default, Clone)]
pub(super) struct Named {
    pub(super) rows: Vec<usize>,
    pub(super) words: Places,
    /// The columns whose cells are named, with what stands there.
    pub(super) by: Vec<(usize, Vec<String>)>,
    /// A cell is named only in part: by words that no other one has.
    pub(super) partly: bool,
}

/// Cells of one column that the question names.
#[derive(Debug, Clone)]
struct Mention {
    column: usize,
    cell: String,
    words: Places,
    partly: bool,
}

/// The rows among these that the question names; all of them where it names none. `None` where what it names stands in no
/// row together, or a word names cells of two columns.
pub(super) fn named(view: &View<'_, '_>, among: &[usize], taken: &Places) -> Option<Named> {
    let mut mentions: Vec<Mention> = Vec::new();
    for column in view.labels() {
        mentions.extend(of_column(view, among, column, taken));
    }
    let all = mentions.clone();
    let within = |one: &Mention, other: &Mention| {
        one.words.len() < other.words.len() && one.words.is_subset(&other.words)
            || one.partly && !other.partly && one.words.is_subset(&other.words)
    };
    mentions.retain(|one| !all.iter().any(|other| within(one, other)));
    let mut found = Named { rows: among.to_vec(), ..Named::default() };
    let columns: Vec<usize> = mentions.iter().map(|mention| mention.column).collect();
    for column in view.labels().into_iter().filter(|column| columns.contains(column)) {
        let own: Vec<&Mention> = mentions.iter().filter(|it| it.column == column).collect();
        let words: Places = own.iter().flat_map(|mention| mention.words.iter().copied()).collect();
        if let Some(others) = same_words_elsewhere(view, &mentions, column, &words) {
            if others {
                continue;
            } else {
                return None;
            };
        }
        let cells: Vec<String> = own.iter().map(|mention| mention.cell.clone()).collect();
        found.rows.retain(|row| cells.iter().any(|cell| cell == view.cell(*row, column).trim()));
        found.partly |= own.iter().any(|mention| mention.partly);
        found.words.extend(words);
        found.by.push((column, cells));
    }
    (!found.rows.is_empty()).then_some(found)
}

/// Whether the same words name cells of another column that is meant more (`true`) or as much (`false`).
fn same_words_elsewhere(view: &View<'_, '_>, all: &[Mention], column: usize, words: &Places) -> Option<bool> {
    let others: Vec<usize> = all
        .iter()
        .filter(|other| other.column != column && !other.words.is_disjoint(words))
        .map(|other| other.column)
        .collect();
    if others.is_empty() {
        return None;
    }
    let is_named = |column: usize| view.grid.heads[column].iter().any(|own| !view.places_of(own).is_empty());
    match (is_named(column), others.iter().any(|other| is_named(*other))) {
        (true, false) => None,
        (false, true) => Some(true),
        _ => Some(false),
    }
}

/// The cells of a column that the question names whole; else the only one that it names in part.
fn of_column(view: &View<'_, '_>, among: &[usize], column: usize, taken: &Places) -> Vec<Mention> {
    let mut cells: Vec<(&str, Vec<Token>)> = Vec::new();
    for row in among {
        let cell = view.cell(*row, column).trim();
        if !is_bare(cell) && !cells.iter().any(|(known, _)| *known == cell) {
            cells.push((cell, content(&tokens(cell))));
        }
    }
    let count =
        |word: &Token| cells.iter().filter(|(_, words)| words.iter().any(|it| it.stem == word.stem)).count();
    // "MV" before the name of each ship tells none apart.
    let common = |word: &Token| cells.len() >= 3 && count(word) * 2 > cells.len();
    let places = |word: &Token| -> Places {
        view.places_of(word).into_iter().filter(|place| !taken.contains(place)).collect()
    };
    let hits = |words: &[Token]| -> Option<Places> {
        let each: Vec<Places> = words.iter().map(&places).collect();
        (!each.is_empty() && each.iter().all(|places| !places.is_empty()))
            .then(|| each.into_iter().flatten().collect())
    };
    let mention =
        |cell: &str, words: Places, partly: bool| Mention { column, cell: cell.to_owned(), words, partly };
    let mut whole: Vec<Mention> = Vec::new();
    for (cell, words) in &cells {
        let told: Vec<Token> = words.iter().filter(|word| !common(word)).cloned().collect();
        let names: Vec<Token> = told.iter().filter(|word| !is_code(word)).cloned().collect();
        let core: Vec<Token> =
            content(&tokens(&core_of(cell))).into_iter().filter(|word| !common(word)).collect();
        let forms = [words.clone(), told, names, core];
        let found = forms.iter().filter_map(|form| hits(form)).max_by_key(Places::len);
        // Words that say nothing by themselves name no cell.
        let tells = |places: &Places| places.iter().any(|place| !view.is_free(*place));
        whole.extend(found.filter(|found| tells(found)).map(|words| mention(cell, words, false)));
    }
    if !whole.is_empty() {
        return whole;
    }
    let short = cells.iter().filter(|(_, words)| words.len() <= LONGEST);
    let of_cell = |words: &[Token]| -> Places {
        let told = words.iter().filter(|word| !common(word));
        // What the table is called says nothing of one row.
        told.flat_map(&places).filter(|place| !view.is_free(*place) && !view.is_about(*place)).collect()
    };
    let parts: Vec<(&str, Places)> = short.map(|(cell, words)| (*cell, of_cell(words))).collect();
    let most = parts.iter().map(|(_, words)| words.len()).max().unwrap_or_default();
    let mut best = parts.into_iter().filter(|(_, words)| most > 0 && words.len() == most);
    match (best.next(), best.next()) {
        (Some((cell, words)), None) => vec![mention(cell, words, true)],
        _ => Vec::new(),
    }
}

/// Words that tell something.
pub(super) fn content(words: &[Token]) -> Vec<Token> {
    let tells = |word: &&Token| !terms_of(&word.text).is_empty() || word.text.chars().any(char::is_numeric);
    words.iter().filter(tells).cloned().collect()
}

/// "R4", "V06": letters and digits.
pub(super) fn is_code(word: &Token) -> bool {
    word.text.chars().any(|c| c.is_ascii_digit()) && word.text.chars().any(char::is_alphabetic)
}
