//! Reading files into pages of text.
//!
//! Parsers are hostile ground: a stack overflow or a failed allocation aborts a process and cannot be caught inside
//! it, and three of the libraries used here have been seen to do that. So every file is read in a child process that
//! limits itself before it gets a single byte of the file ([`worker_main`], `docent_confine`), and the parent
//! ([`Extractors`], [`Reading`]) believes nothing it says: it counts, times, and starts the child again after a crash,
//! behind the pages it already has.
//!
//! The child gets the file through its standard input, not as a path or a descriptor. So it needs no way into the file
//! system at all, and a spare one can wait, locked down, before anybody knows which file it will read.
//!
//! Deliberately absent: OCR (a verdict says which pages need it; `docent_recognise` reads them), and anything that opens or fetches what a document
//! merely names.

mod archive;
mod child;
mod clean;
mod csv;
mod docx;
mod encoding;
mod epub;
mod error;
mod extractors;
mod format;
mod html;
mod limits;
mod markdown;
mod markup;
mod office;
mod page;
mod pdf;
mod picture;
mod pptx;
mod reading;
mod registry;
mod sink;
mod tabular;
mod text;
mod wire;
mod worker;
mod xlsx;

pub use child::Confinement;
pub use error::ExtractError;
pub use extractors::Extractors;
pub use format::{Format, HEAD_BYTES};
pub use limits::{ExtractSettings, Limits};
pub use page::{Extracted, Heading, Page, require_text};
pub use reading::Reading;
pub use worker::worker_main;
