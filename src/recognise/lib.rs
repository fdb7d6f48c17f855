//! Reading the text in pictures.
//!
//! As with parsers, what decodes a picture and what runs a network over it is kept in a child process that limits itself
//! before it gets a byte of the file ([`worker_main`]); the parent ([`Recognisers`], [`Recognition`]) asks for one page
//! after the other, counts and times, and starts a new child after a crash. Pages of a PDF are rendered in there, too.
//!
//! A `Recogniser` finds lines on one picture. What is done before (decoding, rendering) and after (reading order, the
//! places of words) is the same for all of them.

mod bmp;
mod child;
mod decode;
mod error;
mod exif;
mod geometry;
mod layout;
mod package;
mod page;
mod pdf;
mod picture;
mod ppocr;
mod recognition;
mod registry;
mod settings;
mod tesseract;
mod wire;
mod worker;

pub use error::RecogniseError;
pub use layout::Word;
pub use page::Recognised;
pub use ppocr::ModelFiles;
pub use recognition::{Recognisers, Recognition};
pub use settings::{Kind, Layout, Limits, RecogniseSettings};
pub use worker::{confined_main, worker_main};

use layout::{Frame, Line};
use picture::Picture;

/// Finds lines on a picture.
trait Recogniser {
    fn name(&self) -> &'static str;

    fn read(&mut self, picture: &Picture) -> Result<Found, RecogniseError>;
}

/// What is on a picture.
#[derive(Debug, Clone, PartialEq)]
struct Found {
    frame: Frame,
    /// Of its lines on the upright sheet, in radians.
    angle: f32,
    lines: Vec<Line>,
    /// Whether the recogniser knows what it sees: not a script it has no letters for.
    readable: bool,
}

#[cfg(test)]
mod tests;
