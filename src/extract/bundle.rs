//! Zip archives: every file in them, under its path.

use super::error::ExtractError;
use super::nested::{Enclosed, Within};
use super::sink::{Sink, Source, Unit};
use super::{archive, clean};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GBK, SHIFT_JIS};
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

/// Deflate cannot do much better than a thousand to one, and nothing that people write comes near.
const MAX_RATIO: u64 = 400;

/// Below this, the ratio says nothing.
const RATIO_COUNTS_FROM: u64 = 8 << 20;

pub(super) fn read(source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
    let mut archive = ZipArchive::new(Cursor::new(source.bytes.as_slice()))
        .map_err(|error| ExtractError::corrupt(error.to_string()))?;
    // An Office file under the name of an archive is read as what it is.
    if let Some(format) = archive::kind_of(&mut archive) {
        drop(archive);
        return format.read(source, sink);
    }
    if archive.len() as u64 > source.budget.max_archive_entries {
        return Err(ExtractError::limit(format!("{} files inside", archive.len())));
    }
    let mut within = Within::new(&source.budget);
    let mut left = source.budget.max_inflated_bytes + source.bytes.len() as u64;
    let mut units = Vec::new();
    let mut locked = 0;
    let encoding = encoding_of_names(&mut archive);
    for index in members(&mut archive, encoding) {
        sink.busy()?;
        match member(&mut archive, index, encoding, &mut left)? {
            Member::File { name, bytes } => {
                units.extend(within.read(Enclosed { name: &name, bytes, mime: None }));
            }
            Member::Locked { name } => {
                locked += 1;
                within.miss(&name, &ExtractError::Encrypted);
            }
            Member::Damaged { name, why } => within.miss(&name, &ExtractError::corrupt(why)),
        }
    }
    if units.is_empty() && locked > 0 {
        return Err(ExtractError::Encrypted);
    }
    if let Some(warning) = within.warning() {
        units.push(Unit { warning: Some(warning), ..Unit::text(String::new()) });
    }
    sink.units(units)
}

enum Member {
    File { name: String, bytes: Vec<u8> },
    Locked { name: String },
    Damaged { name: String, why: String },
}

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

fn name_of<R: Read + ?Sized>(entry: &ZipFile<'_, R>, encoding: Option<&'static Encoding>) -> String {
    let raw = entry.name_raw();
    match (std::str::from_utf8(raw), encoding) {
        (Ok(name), _) => name.to_owned(),
        (Err(_), Some(encoding)) => encoding.decode_without_bom_handling(raw).0.into_owned(),
        // The code page of the first PCs, as the format says.
        (Err(_), None) => entry.name().unwrap_or_default().into_owned(),
    }
}

/// The encoding of names that are not UTF-8, where they are written in Chinese, Japanese or Korean: the format does not know
/// it, and such names come out as lines and boxes otherwise.
fn encoding_of_names(archive: &mut Archive<'_>) -> Option<&'static Encoding> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let mut any = false;
    for index in 0..archive.len() {
        let Ok(entry) = archive.by_index_raw(index) else { continue };
        let raw = entry.name_raw();
        if std::str::from_utf8(raw).is_err() {
            any = true;
            detector.feed(raw, false);
            detector.feed(b"\n", false);
        }
    }
    detector.feed(b"", true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    [SHIFT_JIS, GBK, BIG5, EUC_KR, EUC_JP].into_iter().find(|it| any && *it == guess)
}

/// The files worth reading, by path: folders, and what systems leave behind in archives, are none.
fn members(archive: &mut Archive<'_>, encoding: Option<&'static Encoding>) -> Vec<usize> {
    let mut named: Vec<(String, usize)> = (0..archive.len())
        .filter_map(|index| {
            let name = match archive.by_index_raw(index) {
                Ok(entry) => name_of(&entry, encoding),
                Err(_) => return None,
            };
            let file = name.rsplit('/').next().unwrap_or_default();
            let litter = name.starts_with("__MACOSX/")
                || matches!(file, "" | ".DS_Store" | "Thumbs.db" | "desktop.ini");
            (!litter).then_some((name, index))
        })
        .collect();
    named.sort();
    named.into_iter().map(|(_, index)| index).collect()
}

fn member(
    archive: &mut Archive<'_>,
    index: usize,
    encoding: Option<&'static Encoding>,
    left: &mut u64,
) -> Result<Member, ExtractError> {
    let name = match archive.by_index_raw(index) {
        Ok(entry) => clean::normalise(&name_of(&entry, encoding).replace('\\', "/")),
        Err(error) => {
            return Ok(Member::Damaged { name: format!("file {}", index + 1), why: error.to_string() });
        }
    };
    let entry = match archive.by_index(index) {
        Ok(entry) => entry,
        Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => return Ok(Member::Locked { name }),
        Err(error) => return Ok(Member::Damaged { name, why: error.to_string() }),
    };
    let packed = entry.compressed_size();
    let mut bytes = Vec::new();
    // Counted where it is inflated, for what the header says can be a lie.
    if let Err(error) = entry.take(*left + 1).read_to_end(&mut bytes) {
        return Ok(Member::Damaged { name, why: error.to_string() });
    }
    let size = bytes.len() as u64;
    if size > *left || (size > RATIO_COUNTS_FROM && size / packed.max(1) > MAX_RATIO) {
        return Err(ExtractError::limit("it unpacks to far more than its size"));
    }
    *left -= size;
    Ok(Member::File { name, bytes })
}

#[cfg(test)]
mod tests {
    use super::super::sink::collect;
    use super::*;
    use std::io::Write;

    fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in files {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn every_file_is_read_under_its_path() {
        let inner = zipped(&[("deep.md", b"# Depth\n\nfour fathoms")]);
        let files = zipped(&[
            ("b/rates.csv", b"berth,price\nA1,12\n"),
            ("a.md", b"# Rope\n\nTarred."),
            ("c/inner.zip", &inner),
            ("d.bin", &[0, 1, 2, 3, 4, 5, 6, 7]),
            ("__MACOSX/a.md", b"junk"),
        ]);
        let pages = collect(read, files).unwrap();
        let texts: Vec<&str> = pages.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "# a.md\n\n# Rope\n\nTarred.",
                "b/rates.csv\n\nberth | price\n\nberth: A1 | price: 12",
                "# c/inner.zip\n\n# deep.md\n\n# Depth\n\nfour fathoms",
                "",
            ]
        );
        let path: Vec<_> = pages[2].headings.iter().map(|it| (it.level, it.title.as_str())).collect();
        assert_eq!(path, [(1, "c/inner.zip"), (2, "deep.md"), (3, "Depth")]);
        assert_eq!(pages[3].warning.as_deref(), Some("Not read: `d.bin` (its kind is not read)"));
    }

    #[test]
    fn names_are_read_in_their_encoding() {
        let renamed = |placeholder: &str, name: &[u8]| {
            let mut bytes = zipped(&[(placeholder, b"words")]);
            for at in 0..bytes.len() - name.len() {
                if bytes[at..].starts_with(placeholder.as_bytes()) {
                    bytes[at..at + name.len()].copy_from_slice(name);
                }
            }
            collect(read, bytes).unwrap()[0].text.clone()
        };
        assert_eq!(renamed("Gr__e.txt", b"Gr\x94\xE1e.txt"), "Größe.txt\n\nwords", "the first PCs");
        let name = SHIFT_JIS.encode("日本語の予定表.txt").0;
        assert_eq!(renamed(&"_".repeat(name.len()), &name), "日本語の予定表.txt\n\nwords");
    }

    #[test]
    fn bombs_are_refused() {
        let zeros = zipped(&[("a.txt", &vec![b' '; 9 << 20])]);
        assert!(matches!(collect(read, zeros), Err(ExtractError::Limit { .. })), "ratio");
        let mut nested = zipped(&[("a.txt", b"words")]);
        for _ in 0..6 {
            nested = zipped(&[("in.zip", &nested)]);
        }
        let pages = collect(read, nested).unwrap();
        assert!(pages.iter().all(|it| it.text.is_empty()), "depth");
        assert!(pages.iter().any(|it| it.warning.as_deref().is_some_and(|it| it.contains("files in files"))));
        let many: Vec<String> = (0..10_001).map(|it| format!("{it}.txt")).collect();
        let many: Vec<(&str, &[u8])> = many.iter().map(|it| (it.as_str(), &b""[..])).collect();
        assert!(matches!(collect(read, zipped(&many)), Err(ExtractError::Limit { .. })), "count");
    }
}
