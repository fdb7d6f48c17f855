//! From a stored file to a searchable document: extract, chunk, embed, index, publish.
//!
//! The steps of one reading run side by side. Extraction writes pages into the database (the spool) as fast as they
//! come; cutting follows it there at its own pace and writes chunks there; embedding and indexing take them from bounded
//! channels. So slow embedding never holds up what goes before it, a retry goes on from the spool, and memory does not
//! grow with the document.
//!
//! A document that is read for the first time can be found while it is read: its chunks go into the index with their words
//! as soon as they are cut, and again with their vectors. A new version of a document can be found once
//! [`Ingest::read`] publishes it, in one transaction, after the index says that all its points are safe. What searches
//! show is decided in the database; a crash at any place leaves rows and points that the next attempt writes again under
//! the same names.

mod check;
mod chunk;
mod context;
mod cut;
mod early;
mod embed;
mod error;
mod faults;
mod feed;
mod hold;
mod marks;
mod originals;
mod outline;
mod overseer;
mod pages;
mod progress;
mod read;
mod reindex;
mod sight;
mod soundness;
mod spool;
mod tally;
mod title;
mod warnings;

pub use check::{Finding, Findings, Mismatch, Repair, catch_up, check, stray_files};
pub use chunk::{ChunkSettings, Piece};
pub use context::{Context, recipe};
pub use embed::Vectors;
pub use error::IngestError;
pub use faults::{BadPlan, Faults, Place};
pub use originals::{Round, compare_originals};
pub use overseer::Overseer;
pub use progress::{Conclusion, Counts, Follower, Progress};
pub use read::{Ingest, Outcome, Parts};
pub use reindex::{Outdated, Reindexed, outdated, refresh, reindex};
pub use soundness::flaw;
pub use tally::{Tally, forget_words};
pub use title::title_of;
