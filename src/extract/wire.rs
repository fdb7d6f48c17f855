//! What parent and child say to each other: one JSON value a line.
//!
//! To the child: [`Setup`], then [`Job`], then as many bytes as the job announces. From the child: [`Said::Ready`],
//! then pages, then [`Said::End`] or [`Said::Error`]. A stream without one of the last two ended in a crash.

use super::error::ExtractError;
use super::format::Format;
use super::limits::Limits;
use super::page::{Heading, Page};
use docent_domain::document::Verdict;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// What a child needs to know before it locks itself down.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Setup {
    pub pdfium: Option<PathBuf>,
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
    markdown: bool,
    pictures: bool,
    warning: Option<String>,
}

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
            markdown: page.markdown,
            pictures: page.pictures,
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
        Some(Page {
            number: self.number,
            numbered: self.numbered,
            text: self.text,
            verdict,
            headings,
            markdown: self.markdown,
            pictures: self.pictures,
            warning: self.warning,
        })
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
            markdown: false,
            pictures: false,
            warning: None,
        }
    }

    #[test]
    fn a_page_survives_the_way() {
        let page = line("größer", 4).into_page().unwrap();
        assert_eq!(PageLine::from(page.clone()).into_page(), Some(page));
    }

    #[test]
    fn a_child_that_lies_is_not_believed() {
        assert!(line("größer", 3).into_page().is_none(), "inside a character");
        assert!(line("a", 9).into_page().is_none(), "behind the end");
        assert!(line("a\0b", 0).into_page().is_none());
        assert!(PageLine { verdict: "fine".into(), ..line("a", 0) }.into_page().is_none());
    }
}
