//! The bytes of a stream of events as the client crate can read them.
//!
//! Its parser panics at a byte order mark, holds an event back whose last line ends with a carriage return alone, and reads
//! nothing more behind a byte that is no UTF-8. The standard knows all three: the mark is passed over, lines end with CR, LF
//! or both, and broken bytes become U+FFFD.

const MARK: char = '\u{feff}';

/// Rewrites a stream piece by piece, however it is cut.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// The beginning of a character whose other bytes are to come.
    open: Vec<u8>,
    begun: bool,
    /// A line feed that comes next belongs to the carriage return before it.
    returned: bool,
}

impl Lines {
    /// The next piece, with the line ends and characters that are complete.
    pub(super) fn push(&mut self, piece: &[u8]) -> String {
        let mut bytes = std::mem::take(&mut self.open);
        bytes.extend_from_slice(piece);
        let mut text = String::with_capacity(bytes.len());
        let mut left = bytes.len();
        for part in bytes.utf8_chunks() {
            let broken = part.invalid();
            left -= part.valid().len() + broken.len();
            part.valid().chars().for_each(|c| self.take(c, &mut text));
            if left == 0 && is_begun(broken) {
                self.open = broken.to_vec();
            } else if !broken.is_empty() {
                self.take(char::REPLACEMENT_CHARACTER, &mut text);
            }
        }
        text
    }

    fn take(&mut self, c: char, text: &mut String) {
        let first = !std::mem::replace(&mut self.begun, true);
        let returned = std::mem::replace(&mut self.returned, c == '\r');
        match c {
            MARK if first => {}
            '\n' if returned => {}
            '\r' => text.push('\n'),
            c => text.push(c),
        }
    }
}

/// Whether more bytes can make it a character.
fn is_begun(bytes: &[u8]) -> bool {
    !bytes.is_empty() && std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pieces: &[&[u8]]) -> String {
        let mut lines = Lines::default();
        pieces.iter().map(|piece| lines.push(piece)).collect()
    }

    #[test]
    fn marks_line_ends_and_broken_bytes_are_put_right_however_the_bytes_are_cut() {
        let sent =
            [b"\xef\xbb\xbfdata: \xc3\xa4 \xf0\x9f\xa6\x85\r\n\r\n:ping\r\rdata: a\xff\xe2b\n\n" as &[u8]];
        let expected = "data: ä 🦅\n\n:ping\n\ndata: a\u{fffd}\u{fffd}b\n\n";
        assert_eq!(read(&sent), expected);
        for cut in 0..=sent[0].len() {
            let (head, tail) = sent[0].split_at(cut);
            assert_eq!(read(&[head, tail]), expected, "cut at {cut}");
        }
        let bytes: Vec<&[u8]> = sent[0].chunks(1).collect();
        assert_eq!(read(&bytes), expected);
    }

    #[test]
    fn a_mark_within_the_stream_is_text() {
        assert_eq!(read(&["a\u{feff}b".as_bytes(), "\u{feff}".as_bytes()]), "a\u{feff}b\u{feff}");
        assert_eq!(read(&["\u{feff}\u{feff}".as_bytes()]), "\u{feff}");
    }

    #[test]
    fn a_line_is_given_on_at_its_carriage_return() {
        let mut lines = Lines::default();
        assert_eq!(lines.push(b"data: a\r"), "data: a\n");
        assert_eq!(lines.push(b"\n\r"), "\n");
        assert_eq!(lines.push(b"x"), "x");
        assert_eq!(lines.push(b"\n"), "\n");
    }
}
