//! The gate: lopdf tells what a file is before the others touch it, and reads what they cannot.

use super::super::error::ExtractError;
use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId};
use std::collections::HashMap;

/// Entries of a document's outline by 0-based page: level and title.
pub(super) type Outline = HashMap<usize, Vec<(u8, String)>>;

/// Forms within forms are looked into this far for pictures.
const MAX_FORM_DEPTH: usize = 4;

pub(super) enum Gate {
    Open(Box<Structure>),
    /// Unreadable for lopdf, with the reason; others may still manage.
    Damaged(String),
    /// Encrypted in a way that lopdf cannot look into: others know whether it takes a password.
    Encrypted,
}

pub(super) struct Structure {
    document: Document,
    pages: Vec<ObjectId>,
}

/// Refuses what needs a password and what has no pages.
pub(super) fn open(bytes: &[u8], max_stream_bytes: u64) -> Result<Gate, ExtractError> {
    let options = LoadOptions {
        max_decompressed_size: Some(usize::try_from(max_stream_bytes).unwrap_or(usize::MAX)),
        ..LoadOptions::default()
    };
    let document = match Document::load_mem_with_options(bytes, options) {
        Ok(document) => document,
        Err(lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_)) => {
            return Err(ExtractError::Encrypted);
        }
        Err(error) => return Ok(Gate::Damaged(error.to_string())),
    };
    // An empty password has been tried by now: what is still locked needs a real one. Only a dictionary of its own
    // is understood; one written into the trailer goes unnoticed.
    if document.is_encrypted() {
        return Err(ExtractError::Encrypted);
    }
    if document.trailer.has(b"Encrypt") && !document.was_encrypted() {
        return Ok(Gate::Encrypted);
    }
    let pages: Vec<ObjectId> = document.page_iter().collect();
    if pages.is_empty() {
        return Err(ExtractError::corrupt("it has no pages"));
    }
    Ok(Gate::Open(Box::new(Structure { document, pages })))
}

impl Gate {
    pub(super) fn outline(&self) -> Outline {
        let mut outline = Outline::new();
        let Self::Open(structure) = self else { return outline };
        let Ok(toc) = structure.document.get_toc() else { return outline };
        for entry in toc.toc {
            let title =
                super::clean::normalise(&entry.title).split_whitespace().collect::<Vec<_>>().join(" ");
            if let (Some(index), false) = (entry.page.checked_sub(1), title.is_empty()) {
                let level = u8::try_from(entry.level.clamp(1, 6)).unwrap_or(6);
                outline.entry(index).or_default().push((level, title));
            }
        }
        outline
    }

    /// The text as lopdf reads it: no order, no hard fonts, but text where the others fail.
    pub(super) fn text(&self, index: usize, max_bytes: u64) -> Option<String> {
        let Self::Open(structure) = self else { return None };
        let number = u32::try_from(index + 1).ok()?;
        let limit = usize::try_from(max_bytes).unwrap_or(usize::MAX);
        structure.document.extract_text_with_limit(&[number], limit).ok()
    }

    /// Whether what draws a page inflates to more than anybody should take on.
    pub(super) fn is_excessive(&self, index: usize, max_bytes: u64) -> bool {
        let Self::Open(structure) = self else { return false };
        let limit = usize::try_from(max_bytes).unwrap_or(usize::MAX);
        let content =
            structure.pages.get(index).map(|id| structure.document.get_page_content_with_limit(*id, limit));
        let over = |error: &lopdf::DecompressError| {
            matches!(error, lopdf::DecompressError::MemoryLimitExceeded { .. })
        };
        matches!(content, Some(Err(lopdf::Error::Decompress(error))) if over(&error))
    }

    /// Whether there are pictures on a page; `None` if this cannot be said.
    pub(super) fn has_pictures(&self, index: usize) -> Option<bool> {
        let Self::Open(structure) = self else { return None };
        let document = &structure.document;
        let (direct, inherited) = document.get_page_resources(*structure.pages.get(index)?).ok()?;
        let inherited = inherited.into_iter().filter_map(|id| document.get_dictionary(id).ok());
        Some(direct.into_iter().chain(inherited).any(|it| holds_pictures(document, it, MAX_FORM_DEPTH)))
    }
}

impl Structure {
    pub(super) fn pages(&self) -> usize {
        self.pages.len()
    }
}

fn holds_pictures(document: &Document, resources: &Dictionary, depth: usize) -> bool {
    let Ok(objects) = document.get_dict_in_dict(resources, b"XObject") else { return false };
    objects.iter().any(|(_, object)| {
        let Ok((_, Object::Stream(stream))) = document.dereference(object) else { return false };
        match stream.dict.get(b"Subtype").and_then(Object::as_name) {
            Ok(b"Image") => true,
            Ok(b"Form") if depth > 0 => document
                .get_dict_in_dict(&stream.dict, b"Resources")
                .is_ok_and(|inner| holds_pictures(document, inner, depth - 1)),
            _ => false,
        }
    })
}
