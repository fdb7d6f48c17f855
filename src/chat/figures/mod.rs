//! Figures of reports: cells of tables whose columns or rows are years, found by what their row, their column and their
//! table are called.
//!
//! [`asked::Asked`] is what a question wants, [`report::Report`] the figures of a document, [`find::find`] which of them
//! answers. A figure is told only where all that the question says of it is found; one that is nearly meant is none.

pub(super) mod amount;
pub(super) mod asked;
pub(super) mod find;
pub(super) mod measured;
mod names;
pub(super) mod period;
pub(super) mod report;
