//! What parent and child say to each other: one JSON value a line.
//!
//! To the child: [`Setup`], [`Job`], as many bytes as the job announces, then a [`Want`] for each page. From the child:
//! [`Said::Ready`], then one answer to each want.

use serde::{Deserialize, Serialize};

use super::page::Recognised;
use super::ppocr::ModelFiles;
use super::settings::Kind;
use super::tesseract::Sheet;
use std::path::PathBuf;

#[derive(Debug, Serialize, Deserialize)]
pub struct Setup {
    pub models: ModelFiles,
    pub pdfium: Option<PathBuf>,
    /// Whether to hand out pages that cannot be read here.
    pub has_second: bool,
    pub threads: usize,
    pub memory_bytes: u64,
    pub cpu_s_per_page: u64,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Job {
    pub kind: Kind,
    pub bytes: u64,
}

/// One page, please.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Want {
    /// 1-based.
    pub page: i64,
    /// Which of its pictures, where a page has several.
    pub part: usize,
    /// Only what the page's own text does not hold.
    pub beside_text: bool,
    /// At half the size: the last try ended the process.
    pub small: bool,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    Ready {
        landlock: bool,
        seccomp: bool,
        rlimits: bool,
        pdfium: bool,
    },
    /// The models cannot be loaded: there is nothing more to come.
    Unavailable(String),
    /// With the page as a picture, where the script is not known and another recogniser was told of.
    Page(Recognised, Option<Sheet>),
    /// The page has no such part.
    Nothing,
    /// This page cannot be read.
    Refused(String),
}
