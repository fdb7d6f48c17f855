//! The gate: lopdf tells what a file is before the others touch it, and reads what they cannot.

use super::super::error::ExtractError;
use super::fields::Overlay;
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
pub(super) fn open(bytes: &[u8], max_stream_bytes: u64, max_pages: u64) -> Result<Gate, ExtractError> {
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
    let pages = walk(&document, max_pages)?;
    if pages.is_empty() {
        return Err(ExtractError::corrupt("it has no pages"));
    }
    Ok(Gate::Open(Box::new(Structure { document, pages })))
}

/// Deeper trees than this are damaged.
const MAX_TREE_DEPTH: usize = 256;

/// The pages in their order. Parts of the tree may be shared: a page may be there more than once. A tree that
/// contains itself is cut where it does.
fn walk(document: &Document, max_pages: u64) -> Result<Vec<ObjectId>, ExtractError> {
    let root = document.catalog().and_then(|it| it.get(b"Pages")).and_then(Object::as_reference);
    let mut pages = Vec::new();
    let Ok(root) = root else { return Ok(pages) };
    let kids = |id: ObjectId| {
        let list = document.get_dictionary(id).and_then(|it| it.get_deref(b"Kids", document));
        list.and_then(Object::as_array).map(Vec::as_slice).unwrap_or_default()
    };
    let mut open: Vec<(ObjectId, std::slice::Iter<'_, Object>)> = vec![(root, kids(root).iter())];
    // Nodes without pages cost time, too.
    let mut steps = max_pages.saturating_mul(4).saturating_add(document.objects.len() as u64 * 2);
    while let Some((_, rest)) = open.last_mut() {
        let Some(kid) = rest.next() else {
            open.pop();
            continue;
        };
        steps = steps.checked_sub(1).ok_or_else(|| ExtractError::limit("its tree of pages has no end"))?;
        let Ok(id) = kid.as_reference() else { continue };
        match document.get_dictionary(id).and_then(Dictionary::get_type) {
            Ok(b"Pages") if open.len() < MAX_TREE_DEPTH && open.iter().all(|(other, _)| *other != id) => {
                open.push((id, kids(id).iter()));
            }
            Ok(b"Pages") => {}
            Ok(b"Page") | Err(_) => {
                if pages.len() as u64 >= max_pages {
                    return Err(ExtractError::limit(format!("more than {max_pages} pages")));
                }
                pages.push(id);
            }
            Ok(_) => {}
        }
    }
    Ok(pages)
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

    /// What draws a page, as far as can be told without drawing it.
    pub(super) fn content(&self, index: usize, max_bytes: u64) -> Drawn {
        let Self::Open(structure) = self else { return Drawn::Unknown };
        let limit = usize::try_from(max_bytes).unwrap_or(usize::MAX);
        let Some(id) = structure.pages.get(index) else { return Drawn::Unknown };
        match structure.document.get_page_content_with_limit(*id, limit) {
            Ok(content) => {
                let shown_bytes = shown_bytes(&content);
                let readable = structure.document.get_dictionary(*id).is_ok();
                let none = readable && structure.document.get_page_contents(*id).is_empty();
                let idle = !content.trim_ascii().is_empty()
                    && !content.windows(2).any(|it| it == b"Do" || it == b"BI");
                if shown_bytes == 0 && (none || idle) {
                    Drawn::Nothing
                } else {
                    Drawn::Content { shown_bytes }
                }
            }
            Err(lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. })) => {
                Drawn::Excessive
            }
            Err(_) => Drawn::Unknown,
        }
    }

    /// The document without its hidden layers, if it has any.
    pub(super) fn without_hidden(&self, max_bytes: u64) -> Option<Vec<u8>> {
        let Self::Open(structure) = self else { return None };
        let limit = usize::try_from(max_bytes).unwrap_or(usize::MAX);
        super::layers::without_hidden(&structure.document, &structure.pages, limit)
    }

    /// The values of a form whose pages other programs draw.
    pub(super) fn xfa_values(&self) -> Option<String> {
        let Self::Open(structure) = self else { return None };
        super::xfa::values(&structure.document)
    }

    /// What is filled into the fields of a page, and the boxes that are laid over it.
    pub(super) fn overlay(&self, index: usize) -> Overlay {
        let Self::Open(structure) = self else { return Overlay::default() };
        let page = structure.pages.get(index);
        page.map(|id| super::fields::overlay(&structure.document, *id)).unwrap_or_default()
    }

    /// The part of a page that is shown: a crop box reaches no further than the page.
    pub(super) fn shown(&self, index: usize) -> Option<docent_layout::Rect> {
        let Self::Open(structure) = self else { return None };
        let document = &structure.document;
        let inherited = |key: &[u8]| {
            let mut node = document.get_dictionary(*structure.pages.get(index)?).ok()?;
            for _ in 0..MAX_TREE_DEPTH {
                if let Ok(list) = node.get_deref(key, document).and_then(Object::as_array) {
                    return rect(document, list);
                }
                node = node.get_deref(b"Parent", document).and_then(Object::as_dict).ok()?;
            }
            None
        };
        let (crop, media) = (inherited(b"CropBox"), inherited(b"MediaBox"));
        let Some(media) = media else { return crop };
        let crop = crop.map(|it| super::clips::common(it, media));
        Some(crop.filter(|it| it.width() > 0.0 && it.height() > 0.0).unwrap_or(media))
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

/// See [`Gate::content`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Drawn {
    /// How many bytes of strings its content shows: about as many as characters, or twice as many.
    Content {
        shown_bytes: usize,
    },
    /// Neither text nor forms nor pictures.
    Nothing,
    /// It inflates to more than anybody should take on.
    Excessive,
    Unknown,
}

/// The bytes in the strings of a content stream, spaces left out.
fn shown_bytes(content: &[u8]) -> usize {
    let (mut count, mut at) = (0, 0);
    while at < content.len() {
        match content[at] {
            b'(' => {
                let mut depth = 1;
                at += 1;
                while at < content.len() && depth > 0 {
                    match content[at] {
                        b'\\' => at += 1,
                        b'(' => depth += 1,
                        b')' => depth -= 1,
                        _ => {}
                    }
                    let is_space = content.get(at).is_none_or(u8::is_ascii_whitespace);
                    count += usize::from(depth > 0 && !is_space);
                    at += 1;
                }
            }
            b'<' if content.get(at + 1) == Some(&b'<') => at += 2,
            b'<' => {
                let digits =
                    content[at..].iter().position(|byte| *byte == b'>').unwrap_or(content.len() - at);
                count += digits / 2;
                at += digits.max(1);
            }
            b'I' if is_picture_data(content, at) => at = end_of_picture(content, at),
            _ => at += 1,
        }
    }
    count
}

/// Whether the data of an inline picture begins here: bytes that may look like anything.
fn is_picture_data(content: &[u8], at: usize) -> bool {
    let space = |at: Option<usize>| at.and_then(|at| content.get(at)).is_some_and(u8::is_ascii_whitespace);
    content[at..].starts_with(b"ID") && space(at.checked_sub(1)) && space(Some(at + 2))
}

fn end_of_picture(content: &[u8], at: usize) -> usize {
    let rest = &content[at..];
    let end = rest
        .windows(4)
        .position(|it| it[0].is_ascii_whitespace() && &it[1..3] == b"EI" && it[3].is_ascii_whitespace());
    end.map_or(content.len(), |end| at + end + 3)
}

impl Structure {
    pub(super) fn pages(&self) -> usize {
        self.pages.len()
    }
}

fn rect(document: &Document, list: &[Object]) -> Option<docent_layout::Rect> {
    let number = |at: usize| document.dereference(list.get(at)?).ok()?.1.as_float().ok();
    let (a, b, c, d) = (number(0)?, number(1)?, number(2)?, number(3)?);
    Some(docent_layout::Rect { left: a.min(c), right: a.max(c), bottom: b.min(d), top: b.max(d) })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_counted_and_pictures_are_not() {
        assert_eq!(shown_bytes(b"BT (ab \\( c) Tj <414243> Tj /Span <</MCID 0>> BDC ET"), 7);
        assert_eq!(shown_bytes(b"BI /W 1 ID (((((((((\nEI Q (x) Tj"), 1);
    }
}
