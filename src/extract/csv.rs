//! Comma-separated values, whatever the comma is.

use super::error::ExtractError;
use super::format::{self, Format};
use super::sink::{Sink, Source, Unit};
use super::tabular::Table;
use super::{clean, encoding};

/// What can stand between two values, the likeliest first.
const DELIMITERS: &[u8] = b",;\t|";

pub(super) fn read(source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
    if !format::looks_like_text(&source.bytes) {
        return Err(ExtractError::Contradiction { named: Format::Csv, found: "binary data".to_owned() });
    }
    let text = encoding::decode(&source.bytes);
    let (declared, text) = declared_delimiter(&text);
    let mut reader = reader(text, declared.unwrap_or_else(|| delimiter(text)));
    let mut table = Table::default();
    let most = source.budget.max_text_chars;
    let mut record = ::csv::StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => table.row(&record.iter().map(str::to_owned).collect::<Vec<_>>()),
            Ok(false) => break,
            Err(error) => return Err(ExtractError::corrupt(error.to_string())),
        }
        if table.len() as u64 > most {
            return Err(ExtractError::limit("more text than is read from one file"));
        }
    }
    sink.flat(Unit::text(clean::normalise(&table.into_text())))
}

/// Excel's own word on the delimiter, a first line `sep=;`, and what follows it.
fn declared_delimiter(text: &str) -> (Option<u8>, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let first = first.trim_start_matches('\u{FEFF}').trim_end_matches('\r').trim_matches('"');
    let declared = first.strip_prefix("sep=").or_else(|| first.strip_prefix("SEP="));
    match declared.map(str::as_bytes) {
        Some([delimiter]) => (Some(*delimiter), rest),
        _ => (None, text),
    }
}

fn reader(text: &str, delimiter: u8) -> ::csv::Reader<&[u8]> {
    ::csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
}

/// The delimiter that cuts the first lines into the most columns, and into equally many.
fn delimiter(text: &str) -> u8 {
    let head = &text[..text.floor_char_boundary(64 * 1024)];
    let score = |delimiter: u8| {
        let records = reader(head, delimiter).into_records();
        let widths: Vec<usize> = records.take(50).map_while(Result::ok).map(|it| it.len()).collect();
        let mut sorted = widths.clone();
        sorted.sort_unstable();
        let usual = sorted.get(sorted.len() / 2).copied().unwrap_or(0);
        let agree = widths.iter().filter(|width| **width == usual).count();
        // One column is what every wrong delimiter gives.
        if usual < 2 { 0 } else { agree * 1000 / widths.len() + usual.min(100) }
    };
    DELIMITERS.iter().copied().rev().max_by_key(|delimiter| score(*delimiter)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::super::sink::collect;
    use super::*;

    #[test]
    fn the_delimiter_is_found_out() {
        for (text, expected) in [
            ("a,b,c\n1,2,3\n", b','),
            ("a;b\n1,5;2,5\n3,5;4,5\n", b';'),
            ("a\tb\n1, 2\t3\n", b'\t'),
            ("a|b\n1|2\n", b'|'),
            ("only one column\nand more\n", b','),
        ] {
            assert_eq!(char::from(delimiter(text)), char::from(expected), "{text:?}");
        }
    }

    #[test]
    fn rows_become_text() {
        let pages = collect(read, include_bytes!("../../fixtures/documents/table.csv").to_vec()).unwrap();
        insta::assert_snapshot!(pages[0].text, @r#"
        site | species | pairs | last visited | remarks

        site: Alder Marsh | species: lapwing | pairs: 14 | last visited: 2024-05-02 | remarks: flooded in April, then dry
        site: Birch Hill | species: kestrel | pairs: 3 | last visited: 2024-05-09 | remarks: one box fell down
        site: Cold Brook | species: dipper | pairs: 2 | last visited: 2024-06-01 | remarks: seen feeding under the "old" bridge
        site: Dune End | species: little tern | pairs: 41 | last visited: 2024-06-17 | remarks: fence mended
        "#);
    }

    #[test]
    fn a_first_line_may_say_the_delimiter() {
        let pages = collect(read, "sep=;\r\nItem;Price\r\nRope, tarred;12\r\n").unwrap();
        assert_eq!(pages[0].text, "Item | Price\n\nItem: Rope, tarred | Price: 12");
        assert_eq!(declared_delimiter("sep=ab\nx"), (None, "sep=ab\nx"));
    }

    #[test]
    fn rows_of_different_lengths_are_no_error() {
        let pages = collect(read, "a,b\n1\n1,2,3\n").unwrap();
        assert_eq!(pages[0].text, "a | b\n\na: 1\n1 | 2 | 3");
    }
}
