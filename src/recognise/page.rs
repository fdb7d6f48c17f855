//! What comes out of a page.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::is_nfc;

use super::Found;
use super::layout::{self, Word};

/// The text of one page, as it was seen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Recognised {
    /// In reading order, NFC.
    pub text: String,
    pub words: Vec<Word>,
    /// Mean over the characters, 0 to 1; 0 without any.
    pub confidence: f32,
    /// Clockwise, to stand upright: 0, 90, 180 or 270.
    pub turned: i64,
    /// Whether the recogniser knows what it sees.
    pub readable: bool,
    /// Which recogniser it was.
    pub by: String,
}

impl Recognised {
    pub(crate) fn nothing() -> Self {
        let (text, words) = (String::new(), Vec::new());
        Self { text, words, confidence: 0.0, turned: 0, readable: true, by: String::new() }
    }

    /// Several pictures of one page, as one text. Their words have no place on the page.
    pub(crate) fn together(pictures: Vec<Self>) -> Self {
        let told: Vec<Self> = pictures.into_iter().filter(|it| it.readable && !it.text.is_empty()).collect();
        let weight = |it: &Self| it.text.chars().count() as f32;
        let sum: f32 = told.iter().map(|it| it.confidence * weight(it)).sum();
        let confidence = sum / told.iter().map(weight).sum::<f32>().max(1.0);
        let text = told.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join("\n\n");
        let by = told.first().map(|it| it.by.clone()).unwrap_or_default();
        Self { text, confidence, by, ..Self::nothing() }
    }

    pub(crate) fn from_found(mut found: Found, by: &str) -> Self {
        for line in &mut found.lines {
            line.text = line.text.chars().filter(|it| !it.is_control()).collect();
            if !is_nfc(&line.text) {
                line.text = line.text.nfc().collect();
            }
        }
        let laid = layout::lay_out(&found);
        let weight = |text: &str| text.chars().count() as f32;
        let characters: f32 = found.lines.iter().map(|line| weight(&line.text)).sum();
        let sure: f32 = found.lines.iter().map(|line| line.confidence * weight(&line.text)).sum();
        Self {
            text: laid.text,
            words: laid.words,
            confidence: if characters > 0.0 { (sure / characters).clamp(0.0, 1.0) } else { 0.0 },
            turned: found.frame.quarter.degrees(),
            readable: found.readable,
            by: by.to_owned(),
        }
    }

    /// Whether the promises hold that other code relies on, whoever made it.
    pub(crate) fn is_sound(&self) -> bool {
        let fits = |word: &Word| {
            let end = word.start.checked_add(word.len);
            end.is_some_and(|end| self.text.get(word.start..end).is_some())
        };
        self.confidence.is_finite() && !self.text.contains('\0') && self.words.iter().all(fits)
    }
}
