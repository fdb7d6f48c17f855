//! Zip containers, measured before any library that believes their headers sees them, and the parts of documents.

use super::error::ExtractError;
use super::format::Format;
use super::sink::Source;
use std::collections::HashMap;
use std::io::{Cursor, Read, Write};
use zip::ZipArchive;
use zip::result::ZipError;

/// How an Office file begins that has a password.
const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0];

/// Inflates every entry once, counting. Ends with an error for what is damaged, locked, too large, or something else
/// than its name says.
pub(super) fn check(source: &Source, named: Format) -> Result<(), ExtractError> {
    if source.bytes.starts_with(OLE) {
        return Err(locked_or_old(&source.bytes, named));
    }
    let mut archive = open(&source.bytes)?;
    let budget = &source.budget;
    if archive.len() as u64 > budget.max_archive_entries {
        return Err(ExtractError::limit(format!("{} parts inside", archive.len())));
    }
    if archive.is_empty() {
        return Err(ExtractError::corrupt("an archive without parts"));
    }
    if let Some(found) = other_kind(&mut archive, named) {
        return Err(ExtractError::Contradiction { named, found });
    }
    // Pictures do not shrink in a zip: what they take is the file's own size, the rest is expansion.
    let mut left = budget.max_inflated_bytes + source.bytes.len() as u64;
    for index in 0..archive.len() {
        let entry = match archive.by_index(index) {
            Ok(entry) => entry,
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Err(ExtractError::Encrypted);
            }
            Err(error) => return Err(ExtractError::corrupt(error.to_string())),
        };
        let name = entry.name().unwrap_or_default().into_owned();
        // Checksums are the readers' concern where a part can be lost without the rest.
        let is_office_markup = named != Format::Epub && (name.ends_with(".xml") || name.ends_with(".rels"));
        let (size, declares_entities) = match inflate(entry, left) {
            Err(ExtractError::Corrupt { .. }) if named == Format::Epub && index > 0 => continue,
            inflated => inflated?,
        };
        // No Office program declares entities. Books and drawings do, harmlessly: nobody here expands them.
        if is_office_markup && declares_entities {
            return Err(ExtractError::limit("it declares XML entities"));
        }
        left -= size;
    }
    Ok(())
}

/// What an archive unpacks to beyond its own size; nothing for other files.
pub(super) fn expansion(bytes: &[u8], most: u64) -> Result<u64, ExtractError> {
    if !bytes.starts_with(b"PK") {
        return Ok(0);
    }
    let Ok(mut archive) = open(bytes) else { return Ok(0) };
    let own = bytes.len() as u64;
    let mut sum = 0;
    for index in 0..archive.len() {
        let Ok(entry) = archive.by_index(index) else { continue };
        match inflate(entry, (most + own).saturating_sub(sum)) {
            Ok((size, _)) => sum += size,
            Err(ExtractError::Limit { what }) => return Err(ExtractError::Limit { what }),
            Err(_) => {}
        }
    }
    Ok(sum.saturating_sub(own))
}

/// An Office file with a password lies in an OLE container; an old Office file is one.
fn locked_or_old(bytes: &[u8], named: Format) -> ExtractError {
    let old = super::cfb::Container::open(bytes).ok().is_some_and(|container| {
        ["WordDocument", "Workbook", "Book", "PowerPoint Document"].iter().any(|name| container.has(name))
    });
    if old {
        ExtractError::Contradiction { named, found: "an old Office file".to_owned() }
    } else {
        ExtractError::Encrypted
    }
}

fn open(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, ExtractError> {
    ZipArchive::new(Cursor::new(bytes)).map_err(|error| ExtractError::corrupt(error.to_string()))
}

/// The inflated size of an entry, and whether it begins with declarations of entities.
fn inflate(mut entry: impl Read, most: u64) -> Result<(u64, bool), ExtractError> {
    let mut buffer = vec![0; 64 * 1024];
    let mut size = 0;
    let mut declares_entities = false;
    loop {
        let read = match entry.read(&mut buffer) {
            Ok(0) => return Ok((size, declares_entities)),
            Ok(read) => read,
            Err(error) => return Err(ExtractError::corrupt(error.to_string())),
        };
        if size == 0 {
            declares_entities = buffer[..read].windows(8).any(|eight| eight == b"<!ENTITY");
        }
        size += read as u64;
        if size > most {
            return Err(ExtractError::limit("it unpacks to far more than its size"));
        }
    }
}

/// The parts of a document, read by name.
pub(super) enum Parts<'a> {
    Packed(ZipArchive<Cursor<&'a [u8]>>),
    /// Of a document that is one file of XML.
    Loose(HashMap<String, String>),
}

impl<'a> Parts<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, ExtractError> {
        Ok(Self::Packed(open(bytes)?))
    }

    /// The bytes of a part, as far as they can be had: a wrong checksum costs what stands behind it, no more.
    pub(super) fn bytes(&mut self, name: &str) -> Option<Vec<u8>> {
        let name = name.trim_start_matches('/');
        let archive = match self {
            Self::Packed(archive) => archive,
            Self::Loose(parts) => return parts.get(name).map(|it| it.clone().into_bytes()),
        };
        let mut bytes = Vec::new();
        let mut entry = archive.by_name(name).ok()?;
        match entry.read_to_end(&mut bytes) {
            Ok(_) => Some(bytes),
            Err(_) => None,
        }
    }

    /// A part that is XML, as characters.
    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        let bytes = self.bytes(name)?;
        Some(super::encoding::decode(&bytes).into_owned())
    }
}

/// The archive with other text in one of its parts.
pub(super) fn with_part(bytes: &[u8], name: &str, text: &str) -> Result<Vec<u8>, ExtractError> {
    let damaged = |error: ZipError| ExtractError::corrupt(error.to_string());
    let mut archive = open(bytes)?;
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len())));
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(damaged)?;
        if entry.name().is_ok_and(|it| it == name) {
            writer.start_file(name, zip::write::SimpleFileOptions::default()).map_err(damaged)?;
            writer.write_all(text.as_bytes()).map_err(|it| ExtractError::corrupt(it.to_string()))?;
        } else {
            writer.raw_copy_file(entry).map_err(damaged)?;
        }
    }
    Ok(writer.finish().map_err(damaged)?.into_inner())
}

/// What the archive is instead, told by the part that each kind has.
fn other_kind<R: Read + std::io::Seek>(archive: &mut ZipArchive<R>, named: Format) -> Option<String> {
    let found = kind_of(archive);
    match found {
        Some(found) if found == named => None,
        // A template or a drawing of the same family says so in its first part and reads alike.
        Some(found) => Some(found.to_string()),
        None => {
            // Parts may be named otherwise, but no Office file is without its list of content types.
            let has = |part: &str| archive.index_for_name(part).is_some();
            let plausible = named != Format::Epub && (has("[Content_Types].xml") || has("content.xml"));
            (!plausible).then(|| "some other zip archive".to_owned())
        }
    }
}

/// Which kind of document an archive is, if it is one.
pub(super) fn kind_of<R: Read + std::io::Seek>(archive: &mut ZipArchive<R>) -> Option<Format> {
    const MARKS: [(Format, &str); 5] = [
        (Format::Docx, "word/document.xml"),
        (Format::Epub, "META-INF/container.xml"),
        (Format::Pptx, "ppt/presentation.xml"),
        (Format::Xlsx, "xl/workbook.xml"),
        (Format::Xlsx, "xl/workbook.bin"),
    ];
    let marked = MARKS.iter().find(|(_, part)| archive.index_for_name(part).is_some());
    if let Some((format, _)) = marked {
        return Some(*format);
    }
    let mut mime = String::new();
    let entry = archive.by_name("mimetype").ok()?;
    entry.take(200).read_to_string(&mut mime).ok()?;
    let mime = mime.trim().trim_end_matches("-template");
    [Format::Odt, Format::Ods, Format::Odp].into_iter().find(|format| format.mime() == mime)
}

#[cfg(test)]
mod tests {
    use super::super::limits::Limits;
    use super::super::wire::Budget;
    use super::*;
    use std::io::Write;

    fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn checked(bytes: Vec<u8>, named: Format) -> Result<(), ExtractError> {
        let limits = Limits { max_inflated_bytes: 1 << 20, max_archive_entries: 10, ..Limits::default() };
        check(&Source { bytes, budget: Budget::from(&limits), attempt: 0 }, named)
    }

    #[test]
    fn what_it_is_decides_not_what_it_is_called() {
        let docx = zipped(&[("[Content_Types].xml", b"<a/>"), ("word/document.xml", b"<a/>")]);
        assert!(checked(docx.clone(), Format::Docx).is_ok());
        let error = checked(docx, Format::Xlsx).unwrap_err();
        assert!(error.to_string().contains("Word"), "{error}");
        let archive = zipped(&[("holiday.jpg", b"...")]);
        assert!(matches!(checked(archive, Format::Docx), Err(ExtractError::Contradiction { .. })));
    }

    #[test]
    fn bytes_are_counted_where_they_are_inflated() {
        let zeros = vec![b' '; 2 << 20];
        let bomb = zipped(&[("word/document.xml", &zeros)]);
        assert!(bomb.len() < 10_000);
        assert!(matches!(checked(bomb, Format::Docx), Err(ExtractError::Limit { .. })));
        let halves =
            zipped(&[("word/document.xml", &zeros[..700 << 10]), ("word/styles.xml", &zeros[..700 << 10])]);
        assert!(
            matches!(checked(halves, Format::Docx), Err(ExtractError::Limit { .. })),
            "together too much"
        );
        let mut state = 1u64;
        let noise = std::iter::repeat_with(|| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state as u8
        });
        let noise: Vec<u8> = noise.take(2 << 20).collect();
        let picture = zipped(&[("word/document.xml", b"<a/>"), ("word/media/image1.png", &noise)]);
        assert!(checked(picture, Format::Docx).is_ok(), "large, but not because of what it unpacks to");
        let many: Vec<String> = (0..11).map(|it| format!("{it}.xml")).collect();
        let many: Vec<(&str, &[u8])> = many.iter().map(|it| (it.as_str(), &b""[..])).collect();
        assert!(matches!(checked(zipped(&many), Format::Docx), Err(ExtractError::Limit { .. })));
    }

    #[test]
    fn damage_locks_and_entities_are_told_apart() {
        assert!(matches!(checked(zipped(&[]), Format::Docx), Err(ExtractError::Corrupt { .. })));
        let docx = zipped(&[("[Content_Types].xml", b"<a/>"), ("word/document.xml", b"<a/>")]);
        let truncated = docx[..docx.len() / 2].to_vec();
        assert!(matches!(checked(truncated, Format::Docx), Err(ExtractError::Corrupt { .. })));
        assert!(matches!(checked(OLE.to_vec(), Format::Docx), Err(ExtractError::Encrypted)));
        let laughs = b"<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><x>&b;</x>";
        let bomb = zipped(&[("word/document.xml", laughs)]);
        assert!(matches!(checked(bomb, Format::Docx), Err(ExtractError::Limit { .. })));
        let drawing = zipped(&[("word/document.xml", b"<a/>"), ("word/media/image1.svg", laughs)]);
        assert!(checked(drawing, Format::Docx).is_ok());
    }
}
