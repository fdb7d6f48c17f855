//! What comes out of a file.

use crate::domain::document::Verdict;

/// One step of a reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Extracted {
    /// How many pages there are, those included that a resumed reading skips. Comes once, as early as it is known.
    Total { pages: i64 },
    /// The next page. In order, without gaps.
    Page(Page),
}

/// The text of one unit of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// 1-based: PDF page, slide, sheet, spine item. Flat formats have one, and more only when they are very long.
    pub number: i64,
    /// Whether people know the page by this number, so that it may be cited.
    pub numbered: bool,
    /// NFKC, without control characters; empty unless the verdict is `Text`.
    pub text: String,
    pub verdict: Verdict,
    /// In the order of the text.
    pub headings: Vec<Heading>,
    /// Whether the text has markdown structure.
    pub markdown: bool,
    /// What is missing or doubtful on this page, in a sentence for people.
    pub warning: Option<String>,
}

/// Where a section begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Byte offset into the page's text.
    pub start: usize,
    /// 1 is the highest.
    pub level: u8,
    pub title: String,
}
