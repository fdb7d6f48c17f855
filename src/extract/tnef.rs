//! `winmail.dat`: what Outlook sends as a parcel of its own, with the body and the attachments of a mail.

use super::cfb::{u16_at, u32_at};
use super::lzfu;

const SIGNATURE: u32 = 0x223E_9F78;
/// More properties than this are none that a mail has.
const MAX_PROPERTIES: usize = 10_000;

pub(super) struct Parcel {
    pub body: Option<Body>,
    /// Names and contents.
    pub files: Vec<(String, Vec<u8>)>,
}

pub(super) enum Body {
    Plain(String),
    Page(Vec<u8>),
    Rich(Vec<u8>),
}

#[derive(Default)]
struct File {
    name: String,
    long_name: String,
    bytes: Vec<u8>,
}

/// `None` for everything that is no such parcel.
pub(super) fn read(bytes: &[u8]) -> Option<Parcel> {
    if u32_at(bytes, 0)? != SIGNATURE {
        return None;
    }
    let mut parcel = Parcel { body: None, files: Vec::new() };
    let mut encoding = encoding_rs::WINDOWS_1252;
    let mut file: Option<File> = None;
    let mut rest = bytes.get(6..)?;
    while let (Some(level), Some(kind), Some(length)) = (rest.first(), u32_at(rest, 1), u32_at(rest, 5)) {
        let end = 9usize.saturating_add(length as usize);
        let Some(data) = rest.get(9..end) else { break };
        let current = encoding;
        let text = |data: &[u8]| current.decode_without_bom_handling(until_zero(data)).0.into_owned();
        match (*level, kind) {
            (1, 0x0006_9007) => {
                let page = u32_at(data, 0).and_then(super::msg::encoding_of);
                encoding = page.unwrap_or(encoding);
            }
            (1, 0x0002_800C) if parcel.body.is_none() => parcel.body = Some(Body::Plain(text(data))),
            (1, 0x0006_9003) => {
                if let Some(body) = body(data) {
                    parcel.body = Some(body);
                }
            }
            (2, 0x0006_9002) => parcel.files.extend(file.replace(File::default()).and_then(File::finished)),
            (2, 0x0001_8010) => file.get_or_insert_default().name = text(data),
            (2, 0x0006_800F) => file.get_or_insert_default().bytes = data.to_vec(),
            (2, 0x0006_9005) => properties(data, |id, value| {
                let file = file.get_or_insert_default();
                match (id, value) {
                    (0x3707 | 0x3001, Value::Text(name)) if file.long_name.is_empty() || id == 0x3707 => {
                        file.long_name = name;
                    }
                    (0x3701, Value::Bytes(bytes)) if file.bytes.is_empty() => file.bytes = bytes.to_vec(),
                    _ => {}
                }
            }),
            _ => {}
        }
        // A sum over the data stands behind it.
        rest = rest.get(end + 2..).unwrap_or_default();
    }
    parcel.files.extend(file.and_then(File::finished));
    Some(parcel)
}

impl File {
    fn finished(self) -> Option<(String, Vec<u8>)> {
        let name = if self.long_name.is_empty() { self.name } else { self.long_name };
        (!self.bytes.is_empty()).then_some((name, self.bytes))
    }
}

fn body(data: &[u8]) -> Option<Body> {
    let (mut page, mut rich, mut plain) = (None, None, None);
    properties(data, |id, value| match (id, value) {
        (0x1013, Value::Bytes(bytes)) => page = Some(bytes.to_vec()),
        (0x1013, Value::Text(text)) => page = Some(text.into_bytes()),
        (0x1009, Value::Bytes(bytes)) => rich = lzfu::unpack(bytes),
        (0x1000, Value::Text(text)) => plain = Some(text),
        _ => {}
    });
    page.map(Body::Page).or(rich.map(Body::Rich)).or(plain.map(Body::Plain))
}

enum Value<'a> {
    Text(String),
    Bytes(&'a [u8]),
}

/// Calls with the texts and bytes among the properties of a mail or a file.
fn properties(data: &[u8], mut found: impl FnMut(u16, Value<'_>)) {
    let count = u32_at(data, 0).map_or(0, |it| it as usize).min(MAX_PROPERTIES);
    let mut at = 4;
    for _ in 0..count {
        let Some(next) = property(data, at, &mut found) else { return };
        at = next;
    }
}

/// Reads one property, and says where the next one begins.
fn property(data: &[u8], at: usize, found: &mut impl FnMut(u16, Value<'_>)) -> Option<usize> {
    let (kind, id) = (u16_at(data, at)?, u16_at(data, at + 2)?);
    let mut at = at + 4;
    if id >= 0x8000 {
        // A name in place of a number: its family, then a number or text.
        at += 16;
        let is_text = u32_at(data, at)? == 1;
        let length = u32_at(data, at + 4)? as usize;
        at = if is_text { padded(at + 8, length)? } else { at + 8 };
    }
    let several = kind & 0x1000 != 0;
    let size: usize = match kind & 0x0FFF {
        0x02 | 0x03 | 0x04 | 0x0A | 0x0B => 4,
        0x05 | 0x06 | 0x07 | 0x14 | 0x40 => 8,
        0x48 => 16,
        0x0D | 0x1E | 0x1F | 0x102 => 0,
        _ => return None,
    };
    let count = if several || size == 0 { u32_at(data, at)? as usize } else { 1 };
    at += if several || size == 0 { 4 } else { 0 };
    if size > 0 {
        return at.checked_add(size.checked_mul(count)?);
    }
    for _ in 0..count.min(MAX_PROPERTIES) {
        let length = u32_at(data, at)? as usize;
        let value = data.get(at + 4..(at + 4).checked_add(length)?)?;
        match kind & 0x0FFF {
            0x1E => found(id, Value::Text(super::encoding::decode(until_zero(value)).into_owned())),
            0x1F => {
                let text = encoding_rs::UTF_16LE.decode_without_bom_handling(value).0;
                found(id, Value::Text(text.trim_end_matches('\0').to_owned()));
            }
            // An object begins with the name of its kind.
            0x0D => found(id, Value::Bytes(value.get(16..).unwrap_or_default())),
            _ => found(id, Value::Bytes(value)),
        }
        at = padded(at + 4, length)?;
    }
    Some(at)
}

fn padded(at: usize, length: usize) -> Option<usize> {
    at.checked_add(length.checked_next_multiple_of(4)?)
}

fn until_zero(bytes: &[u8]) -> &[u8] {
    bytes.split(|it| *it == 0).next().unwrap_or_default()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    fn attribute(level: u8, kind: u32, data: &[u8]) -> Vec<u8> {
        let mut out = vec![level];
        out.extend(kind.to_le_bytes());
        out.extend((data.len() as u32).to_le_bytes());
        out.extend_from_slice(data);
        out.extend([0, 0]);
        out
    }

    /// A parcel with a body and a file.
    pub(crate) fn parcel() -> Vec<u8> {
        let mut long_name = 2u32.to_le_bytes().to_vec();
        // A number, and the name of the file in two bytes a character.
        long_name.extend([0x03, 0x00, 0x05, 0x37, 1, 0, 0, 0]);
        let name: Vec<u8> = "Größe der Kästen.txt\0".encode_utf16().flat_map(u16::to_le_bytes).collect();
        long_name.extend([0x1F, 0x00, 0x07, 0x37, 1, 0, 0, 0]);
        long_name.extend((name.len() as u32).to_le_bytes());
        long_name.extend(&name);
        long_name.resize(long_name.len().next_multiple_of(4), 0);
        let parts = [
            attribute(1, 0x0006_9007, &1252u32.to_le_bytes()),
            attribute(1, 0x0002_800C, b"The order is 40 stakes.\0"),
            attribute(2, 0x0006_9002, &[0; 14]),
            attribute(2, 0x0001_8010, b"GRSSED~1.TXT\0"),
            attribute(2, 0x0006_800F, b"45 cm"),
            attribute(2, 0x0006_9005, &long_name),
        ];
        [SIGNATURE.to_le_bytes().to_vec(), vec![1, 0], parts.concat()].concat()
    }

    #[test]
    fn a_parcel_is_unpacked() {
        let parcel = read(&parcel()).unwrap();
        assert!(matches!(parcel.body, Some(Body::Plain(text)) if text == "The order is 40 stakes."));
        assert_eq!(parcel.files, [("Größe der Kästen.txt".to_owned(), b"45 cm".to_vec())]);
    }

    #[test]
    fn what_is_cut_off_is_left_out() {
        let whole = parcel();
        (0..whole.len()).for_each(|end| {
            read(&whole[..end]);
        });
        assert!(read(b"no parcel").is_none());
    }
}
