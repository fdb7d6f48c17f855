//! What is filled into a form, and text boxes laid over a page: the page shows them, its content does not hold them.

use docent_layout::{Glyph, Rect};
use lopdf::{Dictionary, Document, Object, ObjectId, decode_text_string};

/// More fields than this on one page are not looked at.
const MAX_FIELDS: usize = 3_000;
/// A value is cut behind so many characters.
const MAX_VALUE: usize = 20_000;
/// Parents of a field.
const MAX_DEPTH: usize = 16;

/// The characters of all values, each where its field stands.
pub(super) fn glyphs(document: &Document, page: ObjectId) -> Vec<Glyph> {
    let mut out = Vec::new();
    let Ok(page) = document.get_dictionary(page) else { return out };
    let Ok(list) = page.get_deref(b"Annots", document).and_then(Object::as_array) else { return out };
    for object in list.iter().take(MAX_FIELDS) {
        let Ok((_, Object::Dictionary(annotation))) = document.dereference(object) else { continue };
        if let (Some(text), Some(rect)) = (shown_text(document, annotation), rect(document, annotation)) {
            place(&text, &rect, &mut out);
        }
    }
    out
}

fn shown_text(document: &Document, annotation: &Dictionary) -> Option<String> {
    let flags = annotation.get_deref(b"F", document).and_then(Object::as_i64).unwrap_or(0);
    // Hidden, or not to be viewed.
    if flags & (2 | 32) != 0 {
        return None;
    }
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
                let all: Vec<String> = list.iter().filter_map(|it| text_of(document, it)).collect();
                Some(all.join(", "))
            }
            one => text_of(document, one),
        },
        b"Btn" => {
            let state = field.get_deref(b"AS", document).and_then(Object::as_name).ok()?;
            (state != b"Off").then(|| "☒".to_owned())
        }
        _ => None,
    }
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

/// Sets a text into its box, line by line. The font is a guess; the place is not.
fn place(text: &str, rect: &Rect, out: &mut Vec<Glyph>) {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let count = lines.len().max(1) as f32;
    let size = (rect.height() / count * 0.8).clamp(4.0, 10.0);
    let pitch = (rect.height() / count).max(size * 1.05);
    for (at, line) in lines.iter().enumerate() {
        let length = line.chars().count().max(1) as f32;
        let width = (size * 0.5).min(rect.width() / length).max(0.5);
        let base = rect.top - pitch * (at as f32 + 0.5) - size * 0.3;
        for (at, c) in line.chars().enumerate() {
            let left = rect.left + width * at as f32;
            let rect = Rect { left, right: left + width, top: base + size * 0.8, bottom: base - size * 0.2 };
            // A narrow box squeezes its letters, and not the space between words.
            out.push(Glyph { c, rect, base: (left, base), size: size.min(width * 2.5), angle: 0.0 });
        }
    }
}
