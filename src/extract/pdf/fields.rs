//! What is filled into a form, and text boxes laid over a page: the page shows them, its content does not hold them.

use docent_layout::Rect;
use lopdf::{Dictionary, Document, Object, ObjectId, decode_text_string};

/// More fields than this on one page are not looked at.
const MAX_FIELDS: usize = 3_000;
/// A value is cut behind so many characters.
const MAX_VALUE: usize = 20_000;
/// Parents of a field.
const MAX_DEPTH: usize = 16;

/// What is laid over a page.
#[derive(Debug, Default)]
pub(super) struct Overlay {
    pub fields: Vec<Field>,
    /// Opaque boxes.
    pub boxes: Vec<Rect>,
}

/// A value and where it is shown.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Field {
    pub text: String,
    pub rect: Rect,
}

/// Reads the annotations of a page.
pub(super) fn overlay(document: &Document, page: ObjectId) -> Overlay {
    let mut out = Overlay::default();
    let Ok(page) = document.get_dictionary(page) else { return out };
    let Ok(list) = page.get_deref(b"Annots", document).and_then(Object::as_array) else { return out };
    for object in list.iter().take(MAX_FIELDS) {
        let Ok((_, Object::Dictionary(annotation))) = document.dereference(object) else { continue };
        let flags = annotation.get_deref(b"F", document).and_then(Object::as_i64).unwrap_or(0);
        let Some(rect) = rect(document, annotation) else { continue };
        // Hidden, or not to be viewed.
        if flags & (2 | 32) != 0 {
            continue;
        }
        if is_opaque(document, annotation) {
            out.boxes.push(rect);
        }
        if let Some(text) = shown_text(document, annotation) {
            out.fields.push(Field { text, rect });
        }
    }
    out
}

/// Whether an annotation is a box of one colour that nothing is seen through.
fn is_opaque(document: &Document, annotation: &Dictionary) -> bool {
    let get = |key: &[u8]| annotation.get_deref(key, document);
    let color = match get(b"Subtype").and_then(Object::as_name) {
        Ok(b"Square") => get(b"IC"),
        Ok(b"FreeText") => get(b"C"),
        _ => return false,
    };
    let is_filled = color.and_then(Object::as_array).is_ok_and(|it| !it.is_empty());
    let whole = |key: &[u8]| get(key).and_then(Object::as_float).map_or(true, |it| it >= 0.99);
    let is_plain = get(b"BM").and_then(Object::as_name).map_or(true, |it| it == b"Normal");
    is_filled && whole(b"CA") && whole(b"ca") && is_plain
}

fn shown_text(document: &Document, annotation: &Dictionary) -> Option<String> {
    let text = match annotation.get_deref(b"Subtype", document).and_then(Object::as_name).ok()? {
        b"FreeText" => decode_text_string(annotation.get_deref(b"Contents", document).ok()?).ok()?,
        b"Widget" => value(document, annotation)?,
        _ => return None,
    };
    let text: String = text.chars().take(MAX_VALUE).collect();
    (!text.trim().is_empty()).then_some(text)
}

fn value(document: &Document, field: &Dictionary) -> Option<String> {
    match inherited(document, field, b"FT")?.as_name().ok()? {
        b"Tx" => {
            // A password is shown as dots.
            let flags = inherited(document, field, b"Ff").and_then(|it| it.as_i64().ok()).unwrap_or(0);
            if flags & (1 << 13) != 0 {
                return None;
            }
            text_of(document, inherited(document, field, b"V")?)
        }
        b"Ch" => match inherited(document, field, b"V")? {
            Object::Array(list) => {
                let all: Vec<String> = list.iter().filter_map(|it| choice(document, field, it)).collect();
                Some(all.join(", "))
            }
            one => choice(document, field, one),
        },
        b"Btn" => mark(document, field),
        _ => None,
    }
}

/// A box to tick, or one of several to choose; a button is no value.
fn mark(document: &Document, field: &Dictionary) -> Option<String> {
    const BUTTON: i64 = 1 << 16;
    let flags = inherited(document, field, b"Ff").and_then(|it| it.as_i64().ok()).unwrap_or(0);
    if flags & BUTTON != 0 {
        return None;
    }
    let state = field.get_deref(b"AS", document).and_then(Object::as_name).ok()?;
    Some(if state == b"Off" { "☐" } else { "☒" }.to_owned())
}

/// What a list shows for a value that it exports.
fn choice(document: &Document, field: &Dictionary, value: &Object) -> Option<String> {
    let own = text_of(document, value)?;
    let options = inherited(document, field, b"Opt").and_then(|it| it.as_array().ok());
    let shown = options.into_iter().flatten().find_map(|option| {
        let pair = document.dereference(option).ok()?.1.as_array().ok()?;
        let [exported, shown] = &pair[..] else { return None };
        (text_of(document, exported)? == own).then(|| text_of(document, shown))?
    });
    Some(shown.unwrap_or(own))
}

fn text_of(document: &Document, object: &Object) -> Option<String> {
    match document.dereference(object).ok()?.1 {
        text @ Object::String(..) => decode_text_string(text).ok(),
        Object::Stream(stream) => {
            let bytes = stream.decompressed_content_with_limit(MAX_VALUE * 4).ok()?;
            Some(String::from_utf8_lossy(&bytes).into_owned())
        }
        _ => None,
    }
}

fn inherited<'a>(document: &'a Document, field: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    let mut field = field;
    for _ in 0..MAX_DEPTH {
        if let Ok(found) = field.get_deref(key, document) {
            return Some(found);
        }
        field = field.get_deref(b"Parent", document).and_then(Object::as_dict).ok()?;
    }
    None
}

fn rect(document: &Document, annotation: &Dictionary) -> Option<Rect> {
    let list = annotation.get_deref(b"Rect", document).and_then(Object::as_array).ok()?;
    let number = |at: usize| document.dereference(list.get(at)?).ok()?.1.as_float().ok();
    let (a, b, c, d) = (number(0)?, number(1)?, number(2)?, number(3)?);
    Some(Rect { left: a.min(c), right: a.max(c), bottom: b.min(d), top: b.max(d) })
}
