//! The words of RTF: control words, groups, bytes.

/// One thing that an RTF file says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word<'a> {
    Open,
    Close,
    /// `\name` with its number.
    Control(&'a str, Option<i32>),
    /// `\~` and the like.
    Sign(u8),
    /// A byte of text, plain or as `\'hh`.
    Byte(u8),
    /// Raw bytes, of a picture.
    Binary,
}

pub(super) struct Words<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Words<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn take(&mut self) -> Option<u8> {
        let byte = self.bytes.get(self.at).copied()?;
        self.at += 1;
        Some(byte)
    }

    fn control(&mut self) -> Option<Word<'a>> {
        let first = *self.bytes.get(self.at)?;
        if first == b'\'' {
            let digits = self.bytes.get(self.at + 1..self.at + 3)?;
            self.at += 3;
            let value = std::str::from_utf8(digits).ok().and_then(|it| u8::from_str_radix(it, 16).ok());
            return Some(value.map_or(Word::Sign(b'\''), Word::Byte));
        }
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            return Some(match first {
                b'\\' | b'{' | b'}' => Word::Byte(first),
                b'\n' | b'\r' => Word::Control("par", None),
                other => Word::Sign(other),
            });
        }
        let rest = &self.bytes[self.at..];
        let letters = rest.iter().position(|it| !it.is_ascii_alphabetic()).unwrap_or(rest.len());
        let name = std::str::from_utf8(&rest[..letters]).unwrap_or_default();
        let mut end = letters;
        if rest.get(end) == Some(&b'-') {
            end += 1;
        }
        end += rest[end..].iter().position(|it| !it.is_ascii_digit()).unwrap_or(rest.len() - end);
        let number = std::str::from_utf8(&rest[letters..end]).ok().and_then(|it| it.parse().ok());
        if rest.get(end) == Some(&b' ') {
            end += 1;
        }
        self.at += end;
        if name == "bin" {
            let skip = usize::try_from(number.unwrap_or(0)).unwrap_or(0);
            self.at = self.bytes.len().min(self.at.saturating_add(skip));
            return Some(Word::Binary);
        }
        Some(Word::Control(name, number))
    }
}

impl<'a> Iterator for Words<'a> {
    type Item = Word<'a>;

    fn next(&mut self) -> Option<Word<'a>> {
        loop {
            match self.take()? {
                b'{' => return Some(Word::Open),
                b'}' => return Some(Word::Close),
                b'\\' => return self.control(),
                b'\r' | b'\n' | 0 => {}
                byte => return Some(Word::Byte(byte)),
            }
        }
    }
}
