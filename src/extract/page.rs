//! What comes out of a file.

use super::error::ExtractError;
use docent_domain::document::Verdict;
use docent_domain::table::Table;

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
    /// NFC, without control characters; empty unless the verdict is `Text`.
    pub text: String,
    pub verdict: Verdict,
    /// In the order of the text.
    pub headings: Vec<Heading>,
    /// The tables that begin on this page. Their cells are part of the text too.
    pub tables: Vec<Table>,
    /// Whether the text has markdown structure.
    pub markdown: bool,
    /// Whether there are pictures beside the text, which may hold text of their own.
    pub pictures: bool,
    /// Whether the text is the layer of a scan, and so bad that the page had better be recognised anew.
    pub doubtful: bool,
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

/// The verdict on a whole document from those on its pages: without any text, it cannot be called read.
pub fn require_text(verdicts: impl IntoIterator<Item = Verdict>) -> Result<(), ExtractError> {
    if verdicts.into_iter().any(|it| matches!(it, Verdict::Text | Verdict::Ocr)) {
        Ok(())
    } else {
        Err(ExtractError::NoText)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_needs_text_somewhere() {
        assert!(require_text([Verdict::NeedsOcr, Verdict::Text]).is_ok());
        assert!(matches!(require_text([Verdict::NeedsOcr, Verdict::Empty]), Err(ExtractError::NoText)));
        assert!(matches!(require_text([]), Err(ExtractError::NoText)));
    }
}
