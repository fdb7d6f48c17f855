//! Tables as they stand in spreadsheets, CSV files and documents, and questions that are computed from them.
//!
//! [`Table`] is read back from a document's text, [`ask::parse`] turns a question into a [`ask::Plan`] if the grammar
//! covers every word of it that means something, and [`run::run`] computes that. What is not understood whole is not
//! computed: a wrong number is worse than none.

pub(super) mod ask;
mod columns;
mod grammar;
mod link;
pub(super) mod read;
pub(super) mod run;
mod value;
mod words;

pub(super) use read::tables_in;
pub(super) use value::Value;

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

    pub(super) fn value(&self, row: usize, column: usize) -> Value {
        Value::of(self.cell(row, column))
    }

    /// Whether most of what stands in the column are numbers.
    pub(super) fn is_numeric(&self, column: usize) -> bool {
        let filled = (0..self.rows.len()).filter(|row| !value::is_empty(self.cell(*row, column)));
        let (mut all, mut numbers) = (0, 0);
        for row in filled {
            all += 1;
            numbers += usize::from(self.value(row, column).number.is_some());
        }
        all > 0 && numbers * 10 >= all * 7
    }
}

#[cfg(test)]
mod tests;
