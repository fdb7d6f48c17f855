//! What parent and child say to each other: one JSON value a line.
//!
//! To the child: [`Setup`], then [`Job`], then as many bytes as the job announces; after a job that says so another one may
//! follow. From the child: [`Said::Ready`], then pages, then [`Said::End`] or [`Said::Error`] of each job. A stream without
//! one of the last two ended in a crash.

use super::error::ExtractError;
use super::format::Format;
use super::limits::Limits;
use super::page::{Heading, Page};
use docent_domain::document::Verdict;
use docent_domain::table::{Cell, Place, Table};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// What a child needs to know before it locks itself down.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Setup {
    pub pdfium: Option<PathBuf>,
    /// A `tokenizer.json`.
    #[serde(default)]
    pub vocabulary: Option<PathBuf>,
    pub memory_bytes: u64,
    pub cpu_s_per_page: u64,
    pub cpu_s: u64,
    pub budget: Budget,
}

/// The limits the child keeps by itself, by counting.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Budget {
    pub max_text_chars: u64,
    pub max_pages: u64,
    pub max_inflated_bytes: u64,
    pub max_archive_entries: u64,
    pub max_depth: u8,
    pub max_stream_bytes: u64,
    pub max_nesting: u64,
}

impl From<&Limits> for Budget {
    fn from(limits: &Limits) -> Self {
        Self {
            max_text_chars: limits.max_text_chars,
            max_pages: limits.max_pages,
            max_inflated_bytes: limits.max_inflated_bytes,
            max_archive_entries: limits.max_archive_entries,
            max_depth: limits.max_depth,
            max_stream_bytes: limits.max_stream_bytes,
            max_nesting: limits.max_nesting,
        }
    }
}

/// One file to read.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Job {
    /// A [`Format::name`].
    pub format: String,
    pub skip_pages: i64,
    /// How many children died where this one begins. Readers with several engines leave one out.
    pub attempt: u32,
    pub bytes: u64,
    /// Another job may come after this one. Only of small text, which no foreign library reads.
    #[serde(default)]
    pub again: bool,
}

/// A line from the child.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Said {
    Ready {
        landlock: bool,
        seccomp: bool,
        rlimits: bool,
        pdfium: bool,
    },
    /// It gets on, although no page is ready.
    Busy,
    Total(i64),
    Page(PageLine),
    Error(Refusal),
    End,
}

/// [`Page`] on its way through the pipe.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct PageLine {
    number: i64,
    numbered: bool,
    text: String,
    verdict: String,
    headings: Vec<(usize, u8, String)>,
    #[serde(default)]
    tables: Vec<TableLine>,
    markdown: bool,
    pictures: bool,
    #[serde(default)]
    doubtful: bool,
    warning: Option<String>,
}

/// [`Table`] on its way through the pipe.
#[derive(Debug, Serialize, Deserialize)]
struct TableLine {
    page: i64,
    last_page: i64,
    caption: Option<String>,
    header_rows: usize,
    columns: usize,
    rows: Vec<Vec<CellLine>>,
}

#[derive(Debug, Serialize, Deserialize)]
struct CellLine(String, usize, usize, usize, Option<(i64, usize, usize)>);

/// The errors a child can come to by itself.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Refusal {
    Contradiction { named: String, found: String },
    Encrypted,
    Corrupt(String),
    Limit(String),
    EmptyFile,
    Other(String),
}

impl From<Page> for PageLine {
    fn from(page: Page) -> Self {
        Self {
            number: page.number,
            numbered: page.numbered,
            text: page.text,
            verdict: page.verdict.name().to_owned(),
            headings: page.headings.into_iter().map(|it| (it.start, it.level, it.title)).collect(),
            tables: page.tables.into_iter().map(TableLine::from).collect(),
            markdown: page.markdown,
            pictures: page.pictures,
            doubtful: page.doubtful,
            warning: page.warning,
        }
    }
}

impl PageLine {
    /// A [`Page`] whose promises hold, whoever wrote the line: a known verdict, offsets inside the text.
    pub fn into_page(self) -> Option<Page> {
        let verdict = Verdict::by_name(&self.verdict)?;
        let fits = |start: usize| self.text.is_char_boundary(start);
        if !self.headings.iter().all(|&(start, ..)| fits(start)) || self.text.contains('\0') {
            return None;
        }
        let headings =
            self.headings.into_iter().map(|(start, level, title)| Heading { start, level, title }).collect();
        let length = self.text.len();
        let tables: Option<Vec<Table>> =
            self.tables.into_iter().map(|table| table.into_table(self.number, length)).collect();
        let tables = tables?;
        Some(Page {
            number: self.number,
            numbered: self.numbered,
            text: self.text,
            verdict,
            headings,
            tables,
            markdown: self.markdown,
            pictures: self.pictures,
            doubtful: self.doubtful,
            warning: self.warning,
        })
    }
}

/// More columns than this are no table.
const MAX_COLUMNS: usize = 4096;

impl TableLine {
    /// A [`Table`] whose promises hold: cells inside their grid, places inside the text.
    fn into_table(self, number: i64, text_bytes: usize) -> Option<Table> {
        let (columns, count) = (self.columns, self.rows.len());
        let cell = |at: usize, CellLine(text, column, across, down, place): CellLine| {
            let fits = column.checked_add(across.max(1))? <= columns && at.checked_add(down.max(1))? <= count;
            let placed =
                place.is_none_or(|(page, start, end)| start <= end && (page != number || end <= text_bytes));
            let (column_span, row_span) = (across.max(1), down.max(1));
            (fits && placed && !text.contains('\0')).then_some(Cell {
                text,
                column,
                column_span,
                row_span,
                place: place.map(|(page, start, end)| Place { page, start, end }),
            })
        };
        let rows: Option<Vec<Vec<Cell>>> = self
            .rows
            .into_iter()
            .enumerate()
            .map(|(at, row)| row.into_iter().map(|it| cell(at, it)).collect())
            .collect();
        let sound = columns <= MAX_COLUMNS && self.header_rows <= count && self.page <= self.last_page;
        let (page, last_page, caption) = (self.page, self.last_page, self.caption);
        sound.then_some(Table {
            page,
            last_page,
            caption,
            header_rows: self.header_rows,
            columns,
            rows: rows?,
        })
    }
}

impl From<Table> for TableLine {
    fn from(table: Table) -> Self {
        let place = |it: Place| (it.page, it.start, it.end);
        let line = |cell: Cell| {
            CellLine(cell.text, cell.column, cell.column_span, cell.row_span, cell.place.map(place))
        };
        Self {
            page: table.page,
            last_page: table.last_page,
            caption: table.caption,
            header_rows: table.header_rows,
            columns: table.columns,
            rows: table.rows.into_iter().map(|row| row.into_iter().map(line).collect()).collect(),
        }
    }
}

impl From<ExtractError> for Refusal {
    fn from(error: ExtractError) -> Self {
        match error {
            ExtractError::Contradiction { named, found } => {
                Self::Contradiction { named: named.name().to_owned(), found }
            }
            ExtractError::Encrypted => Self::Encrypted,
            ExtractError::Corrupt { detail } => Self::Corrupt(detail),
            ExtractError::Limit { what } => Self::Limit(what),
            ExtractError::EmptyFile => Self::EmptyFile,
            other => Self::Other(other.to_string()),
        }
    }
}

impl From<Refusal> for ExtractError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Contradiction { named, found } => match Format::by_name(&named) {
                Some(named) => Self::Contradiction { named, found },
                None => Self::Unsupported { found },
            },
            Refusal::Encrypted => Self::Encrypted,
            Refusal::Corrupt(detail) => Self::Corrupt { detail },
            Refusal::Limit(what) => Self::Limit { what },
            Refusal::EmptyFile => Self::EmptyFile,
            Refusal::Other(detail) => Self::Crashed { detail },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, start: usize) -> PageLine {
        PageLine {
            number: 1,
            numbered: true,
            text: text.to_owned(),
            verdict: "text".to_owned(),
            headings: vec![(start, 1, "A".to_owned())],
            tables: Vec::new(),
            markdown: false,
            pictures: false,
            doubtful: false,
            warning: None,
        }
    }

    #[test]
    fn a_page_survives_the_way() {
        let page = line("größer", 4).into_page().unwrap();
        assert_eq!(PageLine::from(page.clone()).into_page(), Some(page));
    }

    #[test]
    fn tables_survive_the_way_and_their_lies_do_not() {
        let cell =
            |column, end| Cell { place: Some(Place { page: 1, start: 1, end }), ..Cell::new(column, "x") };
        let page = |cell| {
            let table =
                Table { page: 1, last_page: 2, columns: 1, rows: vec![vec![cell]], ..Table::default() };
            Page { tables: vec![table], ..line("text", 0).into_page().unwrap() }
        };
        let good = page(cell(0, 2));
        assert_eq!(PageLine::from(good.clone()).into_page(), Some(good));
        assert!(PageLine::from(page(cell(1, 2))).into_page().is_none(), "outside the grid");
        assert!(PageLine::from(page(cell(0, 9))).into_page().is_none(), "outside the text");
    }

    #[test]
    fn a_child_that_lies_is_not_believed() {
        assert!(line("größer", 3).into_page().is_none(), "inside a character");
        assert!(line("a", 9).into_page().is_none(), "behind the end");
        assert!(line("a\0b", 0).into_page().is_none());
        assert!(PageLine { verdict: "fine".into(), ..line("a", 0) }.into_page().is_none());
    }
}
