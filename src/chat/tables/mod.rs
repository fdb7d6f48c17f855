//! Tables as they stand in spreadsheets, CSV files and documents, and questions that are computed from them.
//!
//! [`Table`] is read back from a document's text. [`ask::parse`] puts together everything that a question may ask of it
//! (`candidates`), notes the signs for each (`features`), weighs them (`weights`), and gives the likeliest plan, if it is
//! likely enough; [`run::run`] computes that. A wrong number is worse than none. The weights are learned (`learn`,
//! `measure`) from questions that people asked of tables of an encyclopedia, and from plain ones made from the same tables
//! (`forms`). [`plain::plainly`] comes first: a question of which every word is used, in one way only, needs no weights; [`plain::freely`] lets the words that
//! join and the name of the rows be others than the table's. [`attributes::standing`] tells where what is asked of a row is in
//! no column.

pub(super) mod ask;
pub(super) mod attributes;
mod candidates;
mod columns;
mod dimensions;
mod features;
#[cfg(test)]
mod forms;
mod free_words;
mod freely;
mod grammar;
#[cfg(test)]
mod learn;
mod link;
mod meanings;
mod naming;
pub(super) mod plain;
pub(super) mod plan;
mod products;
pub(super) mod query;
pub(super) mod read;
mod records;
pub(super) mod run;
mod same;
mod shown;
mod side_columns;
mod times;
mod typed;
mod uses;
mod value;
mod wanted;
mod weights;
pub(super) mod words;

pub(super) use dimensions::measured_by;
pub(super) use freely::{asks_of_rows, is_joining as is_free};
pub(super) use grammar::{Compared, comparisons};
pub(super) use naming::{Naming, names_file};
pub(super) use read::tables_in;
pub(super) use same::{alike, is_kind_of, is_one_word, mean_the_same};
pub(super) use shown::shown;
pub(super) use typed::Typed;
pub(super) use value::{Value, written};

/// A table with names for its columns.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Table {
    /// What the table is called beside the name of its file: a sheet, a heading.
    pub(super) title: String,
    pub(super) names: Vec<String>,
    pub(super) rows: Vec<Row>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    /// As many as there are names.
    pub(super) cells: Vec<String>,
    /// Where the row stands in the document's text, in code points.
    pub(super) start: i64,
    pub(super) end: i64,
}

impl Table {
    pub(super) fn cell(&self, row: usize, column: usize) -> &str {
        self.rows.get(row).and_then(|row| row.cells.get(column)).map_or("", String::as_str)
    }
}

#[cfg(test)]
mod measure {
    mod tests;
}
#[cfg(test)]
mod tests;
