//! Columns that people make with blanks or tabs in plain text: lists of telephones and keys, prices, forms. Each row is
//! written as a row of a table, with the title it stands under.

use super::column_lines::{self, Block, Row};
use super::grid::{Grid, GridCell};
use super::page::Heading;
use super::sink::Unit;

/// The text with its columns as rows; nothing where there are none.
pub(super) fn compose(text: &str) -> Option<Unit> {
    let lines: Vec<&str> = text.lines().collect();
    if !lines.iter().any(|it| column_lines::has_gap(it)) || column_lines::is_code(&lines) {
        return None;
    }
    let mut blocks = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        match Block::at(&lines, at) {
            Ok(block) => {
                at = block.end;
                blocks.push(block);
            }
            Err(next) => at = next,
        }
    }
    let mut out = Writer::carrying_titles_of(&blocks);
    let mut next = 0;
    for block in &blocks {
        lines[next..block.start].iter().for_each(|it| out.line(it));
        out.block(block);
        next = block.end;
    }
    lines[next..].iter().for_each(|it| out.line(it));
    let (headings, text) = (out.headings, out.text.trim_end().to_owned());
    (!blocks.is_empty()).then(|| Unit { headings, ..Unit::text(text) })
}

#[derive(Default)]
pub(super) struct Writer {
    pub text: String,
    pub headings: Vec<Heading>,
    /// Whether there are several titles, so that a row has to say which is its own.
    carries_titles: bool,
    names: Names,
}

/// What columns are called, and where they begin.
#[derive(Default)]
struct Names {
    names: Vec<String>,
    places: Vec<usize>,
}

impl Writer {
    pub(super) fn carrying_titles_of(blocks: &[Block]) -> Self {
        let titles = blocks.iter().flat_map(|it| &it.rows).filter(|it| matches!(it, Row::Title(_))).count();
        Self { carries_titles: titles > 1, ..Self::default() }
    }

    pub(super) fn line(&mut self, line: &str) {
        if !line.is_empty() || !self.text.ends_with("\n\n") {
            self.text.push_str(line);
            self.text.push('\n');
        }
    }

    fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    pub(super) fn block(&mut self, block: &Block) {
        let header = block.header();
        if header.is_some() || block.places != self.names.places {
            let names = header.map(<[String]>::to_vec).unwrap_or_default();
            self.names = Names { names, places: block.places.clone() };
        }
        let rows = block.rows.iter().enumerate();
        let is_header = |at: usize| header.is_some() && block.first_row() == Some(at);
        let (mut title, mut cells) = (None, Vec::new());
        for (_, row) in rows.filter(|(at, _)| !is_header(*at)) {
            match row {
                Row::Title(own) => {
                    self.table(title, std::mem::take(&mut cells));
                    self.title(own);
                    title = Some(own.as_str());
                }
                Row::Cells(row) => cells.push(row.clone()),
            }
        }
        self.table(title, cells);
        self.gap();
    }

    fn title(&mut self, title: &str) {
        self.gap();
        let heading = Heading { start: self.text.len(), level: 1, title: title.to_owned() };
        self.headings.push(heading);
        self.line(title);
    }

    fn table(&mut self, title: Option<&str>, rows: Vec<Vec<String>>) {
        if rows.is_empty() {
            return;
        }
        self.gap();
        let title = title.filter(|_| self.carries_titles);
        let first = || title.into_iter().map(|it| GridCell::new(it.to_owned()));
        let mut grid = Grid::default();
        if column_lines::is_form(&rows) && self.names.names.is_empty() {
            for (label, value) in rows.iter().flat_map(|it| column_lines::pairs(it)) {
                let pair = [label, value].into_iter().map(GridCell::new);
                grid.row(first().chain(pair).collect(), false);
            }
        } else {
            if !self.names.names.is_empty() {
                let corner = first().map(|_| GridCell::new(String::new()));
                let names = self.names.names.iter().cloned().map(GridCell::new);
                grid.row(corner.chain(names).collect(), true);
            }
            for row in rows {
                grid.row(first().chain(row.into_iter().map(GridCell::new)).collect(), false);
            }
        }
        self.text.push_str(&grid.into_markdown(false));
    }
}

#[cfg(test)]
#[path = "columns_tests.rs"]
mod tests;
