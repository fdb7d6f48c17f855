//! Zip archives: every file in them, under its path.

use super::error::ExtractError;
use super::nested::{Enclosed, Within};
use super::sink::{Sink, Source, Unit};
use super::{archive, clean};
use std::io::{Cursor, Read};
use zip::ZipArchive;
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
    for index in members(&mut archive) {
        sink.busy()?;
        match member(&mut archive, index, &mut left)? {
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

/// The files worth reading, by path: folders, and what systems leave behind in archives, are none.
fn members(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Vec<usize> {
    let mut named: Vec<(String, usize)> = (0..archive.len())
        .filter_map(|index| {
            let name = match archive.by_index_raw(index) {
                Ok(entry) => entry.name().unwrap_or_default().into_owned(),
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
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    index: usize,
    left: &mut u64,
) -> Result<Member, ExtractError> {
    let name = match archive.by_index_raw(index) {
        Ok(entry) => clean::normalise(&entry.name().unwrap_or_default().replace('\\', "/")),
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
