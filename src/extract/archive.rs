//! Zip containers, measured before any library that believes their headers sees them.

use super::error::ExtractError;
use super::format::Format;
use super::sink::Source;
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// How an Office file begins that has a password.
const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0];

/// Inflates every entry once, counting. Ends with an error for what is damaged, locked, too large, or something else
/// than its name says.
pub(super) fn check(source: &Source, named: Format) -> Result<(), ExtractError> {
    if source.bytes.starts_with(OLE) {
        return Err(ExtractError::Encrypted);
    }
    let mut archive = open(&source.bytes)?;
    let budget = &source.budget;
    if archive.len() as u64 > budget.max_archive_entries {
        return Err(ExtractError::limit(format!("{} parts inside", archive.len())));
    }
    if archive.is_empty() {
        return Err(ExtractError::corrupt("an archive without parts"));
    }
    if let Some(found) = other_kind(&archive, named) {
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
        let is_office_markup = named != Format::Epub && (name.ends_with(".xml") || name.ends_with(".rels"));
        let (size, declares_entities) = inflate(entry, left)?;
        // No Office program declares entities. Books and drawings do, harmlessly: nobody here expands them.
        if is_office_markup && declares_entities {
            return Err(ExtractError::limit("it declares XML entities"));
        }
        left -= size;
    }
    Ok(())
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

/// What the archive is instead, told by the part that each kind has.
fn other_kind<R: Read + std::io::Seek>(archive: &ZipArchive<R>, named: Format) -> Option<String> {
    let marks = [
        (Format::Docx, "word/document.xml"),
        (Format::Epub, "META-INF/container.xml"),
        (Format::Pptx, "ppt/presentation.xml"),
        (Format::Xlsx, "xl/workbook.xml"),
    ];
    let has = |part: &str| archive.index_for_name(part).is_some();
    if marks.iter().any(|(format, part)| *format == named && has(part)) {
        return None;
    }
    if let Some((other, _)) = marks.iter().find(|(_, part)| has(part)) {
        return Some(other.to_string());
    }
    // Parts may be named otherwise, but no Office file is without its list of content types.
    let plausible = named != Format::Epub && has("[Content_Types].xml");
    (!plausible).then(|| "some other zip archive".to_owned())
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
