//! The kinds of files that can be read, and how one is told from its name and first bytes.

use super::error::ExtractError;
use std::fmt;

/// A kind of file that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    Bmp,
    Csv,
    Docx,
    Epub,
    Html,
    Jpeg,
    Markdown,
    Pdf,
    Png,
    Pptx,
    Text,
    Tiff,
    Webp,
    Xlsx,
}

/// How much of a file [`Format::recognise`] likes to see; more does no harm.
pub const HEAD_BYTES: usize = 8 * 1024;

const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
const ZIP: &[&[u8]] = &[b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"];

impl Format {
    pub const ALL: &'static [Self] = &[
        Self::Bmp,
        Self::Csv,
        Self::Docx,
        Self::Epub,
        Self::Html,
        Self::Jpeg,
        Self::Markdown,
        Self::Pdf,
        Self::Png,
        Self::Pptx,
        Self::Text,
        Self::Tiff,
        Self::Webp,
        Self::Xlsx,
    ];

    /// The word in the database and on the wire.
    pub const fn name(self) -> &'static str {
        self.extensions()[0]
    }

    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name() == name)
    }

    pub const fn mime(self) -> &'static str {
        match self {
            Self::Bmp => "image/bmp",
            Self::Csv => "text/csv",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Epub => "application/epub+zip",
            Self::Html => "text/html",
            Self::Jpeg => "image/jpeg",
            Self::Markdown => "text/markdown",
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            Self::Text => "text/plain",
            Self::Tiff => "image/tiff",
            Self::Webp => "image/webp",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    /// File name endings, the usual one first, in lower case and without the dot.
    pub const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Bmp => &["bmp"],
            Self::Csv => &["csv", "tsv"],
            Self::Docx => &["docx", "docm"],
            Self::Epub => &["epub"],
            Self::Html => &["html", "htm", "xhtml"],
            Self::Jpeg => &["jpg", "jpeg", "jpe", "jfif"],
            Self::Markdown => &["md", "markdown"],
            Self::Pdf => &["pdf"],
            Self::Png => &["png"],
            Self::Pptx => &["pptx", "pptm"],
            Self::Text => &["txt", "text", "log"],
            Self::Tiff => &["tiff", "tif"],
            Self::Webp => &["webp"],
            Self::Xlsx => &["xlsx", "xlsm"],
        }
    }

    /// Tells the kind from the name, and holds the first bytes against it.
    ///
    /// A password-protected Office file is an OLE container; it passes here, so that it ends with the advice to remove
    /// the password and not with a remark about its name.
    pub fn recognise(filename: &str, head: &[u8]) -> Result<Self, ExtractError> {
        let extension = extension(filename);
        let Some(named) = extension.as_deref().and_then(Self::by_extension) else {
            let found = extension.map_or_else(|| "such".to_owned(), |it| format!("`.{}`", printable(&it)));
            return match Self::by_magic(head) {
                Some(format) if !filename.contains('.') => Ok(format),
                _ => Err(ExtractError::Unsupported { found }),
            };
        };
        if head.is_empty() {
            return Err(ExtractError::EmptyFile);
        }
        match named.contradicted_by(head) {
            Some(found) => Err(ExtractError::Contradiction { named, found }),
            // Pictures are often called something else than they are; the content counts.
            None if named.is_picture() => Ok(Self::picture(head).unwrap_or(named)),
            None => Ok(named),
        }
    }

    /// All kinds with their endings, for messages.
    pub fn known() -> String {
        let endings = Self::ALL.iter().flat_map(|format| format.extensions());
        endings.map(|it| format!(".{it}")).collect::<Vec<_>>().join(", ")
    }

    fn by_extension(extension: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.extensions().contains(&extension))
    }

    /// The few kinds whose first bytes alone are enough.
    fn by_magic(head: &[u8]) -> Option<Self> {
        Self::picture(head).or_else(|| has_pdf_mark(head).then_some(Self::Pdf))
    }

    /// Which kind of picture begins like this. Two letters alone do not make a bitmap.
    fn picture(head: &[u8]) -> Option<Self> {
        match head {
            [0x89, b'P', b'N', b'G', ..] => Some(Self::Png),
            [0xFF, 0xD8, 0xFF, ..] => Some(Self::Jpeg),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            [b'I', b'I', 42 | 43, 0, ..] | [b'M', b'M', 0, 42 | 43, ..] => Some(Self::Tiff),
            [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => Some(Self::Bmp),
            _ => None,
        }
    }

    /// Whether its text is only to be seen.
    pub const fn is_picture(self) -> bool {
        matches!(self, Self::Bmp | Self::Jpeg | Self::Png | Self::Tiff | Self::Webp)
    }

    const fn is_zip(self) -> bool {
        matches!(self, Self::Docx | Self::Epub | Self::Pptx | Self::Xlsx)
    }

    /// What the content is instead, where that can be said for sure. Damage is not a contradiction.
    fn contradicted_by(self, head: &[u8]) -> Option<String> {
        let is_zip = ZIP.iter().any(|magic| head.starts_with(magic));
        let is_ole = head.starts_with(OLE);
        if self.is_zip() {
            let allowed = is_zip || (is_ole && self != Self::Epub);
            return if allowed { None } else { found_in(head) };
        }
        if self.is_picture() {
            let other = || found_in(head).or_else(|| Some("no picture".to_owned()));
            return if Self::picture(head).is_some() { None } else { other() };
        }
        if self == Self::Pdf {
            return if has_pdf_mark(head) { None } else { binary_found_in(head) };
        }
        if is_ole {
            return Some("an old Office file".to_owned());
        }
        // A text that begins with the letters of some magic number is still a text.
        binary_found_in(head)
            .filter(|_| !looks_like_text(head))
            .or_else(|| (!looks_like_text(head)).then(|| "binary data".to_owned()))
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bmp => "a bitmap (.bmp)",
            Self::Csv => "CSV",
            Self::Docx => "Word (.docx)",
            Self::Epub => "EPUB",
            Self::Html => "HTML",
            Self::Jpeg => "JPEG",
            Self::Markdown => "Markdown",
            Self::Pdf => "PDF",
            Self::Png => "PNG",
            Self::Pptx => "PowerPoint (.pptx)",
            Self::Text => "plain text",
            Self::Tiff => "TIFF",
            Self::Webp => "WebP",
            Self::Xlsx => "Excel (.xlsx)",
        })
    }
}

/// Whether these bytes can be text in some encoding: few control characters, or the regular zeros of UTF-16.
pub(super) fn looks_like_text(bytes: &[u8]) -> bool {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return true;
    }
    let controls = |byte: &&u8| matches!(**byte, 0..=8 | 14..=26 | 28..=31 | 127);
    let count = if super::encoding::utf16_without_mark(bytes).is_some() {
        bytes.iter().filter(|byte| **byte != 0).filter(controls).count()
    } else {
        bytes.iter().filter(controls).count()
    };
    count * 20 <= bytes.len()
}

fn has_pdf_mark(head: &[u8]) -> bool {
    head[..head.len().min(1024 + 5)].windows(5).any(|five| five == b"%PDF-")
}

fn found_in(head: &[u8]) -> Option<String> {
    binary_found_in(head).or_else(|| looks_like_text(head).then(|| "text".to_owned()))
}

fn binary_found_in(head: &[u8]) -> Option<String> {
    let kind = infer::get(head)?;
    match kind.matcher_type() {
        infer::MatcherType::Text => None,
        _ if kind.mime_type() == "application/zip" => Some("a zip archive".to_owned()),
        _ => Some(kind.mime_type().to_owned()),
    }
}

fn extension(filename: &str) -> Option<String> {
    let (stem, extension) = filename.trim_end().rsplit_once('.')?;
    (!stem.is_empty() && !extension.is_empty()).then(|| extension.to_lowercase())
}

/// Names come from outside and end up in messages.
fn printable(extension: &str) -> String {
    extension.chars().filter(|it| it.is_alphanumeric()).take(12).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(filename: &str, head: &[u8]) -> String {
        match Format::recognise(filename, head) {
            Ok(format) => format.name().to_owned(),
            Err(ExtractError::Contradiction { found, .. }) => format!("contradiction: {found}"),
            Err(ExtractError::Unsupported { found }) => format!("unsupported: {found}"),
            Err(error) => format!("{error:?}"),
        }
    }

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR";

    #[test]
    fn name_and_content_must_agree() {
        for (filename, head, expected) in [
            ("a.pdf", &b"%PDF-1.7\n"[..], "pdf"),
            ("A.PDF", b"\n\n  %PDF-1.4", "pdf"),
            ("broken.pdf", b"garbage without a mark", "pdf"),
            ("a.pdf", PNG, "contradiction: image/png"),
            ("a.docx", b"PK\x03\x04....", "docx"),
            ("a.docm", b"PK\x03\x04....", "docx"),
            ("a.docx", OLE, "docx"),
            ("a.epub", OLE, "contradiction: application/x-ole-storage"),
            ("a.docx", b"%PDF-1.7\n", "contradiction: application/pdf"),
            ("a.xlsx", b"just words", "contradiction: text"),
            ("a.doc", OLE, "unsupported: `.doc`"),
            ("a.png", PNG, "png"),
            ("a.JPG", PNG, "png"),
            ("scan.tif", b"II*\0\x08\0\0\0", "tiff"),
            ("a.png", b"words", "contradiction: text"),
            ("photo", b"\xFF\xD8\xFF\xE0", "jpg"),
            ("a.e\u{7}vil/..", b"x", "unsupported: such"),
            ("scan", b"%PDF-1.7\n", "pdf"),
            ("README", b"words", "unsupported: such"),
            (".htaccess", b"words", "unsupported: such"),
            ("a.txt", b"", "EmptyFile"),
            ("a.txt", b"BM and other words that begin like a bitmap", "txt"),
            ("a.txt", PNG, "contradiction: image/png"),
            ("a.md", b"PK\x03\x04\x00\x00\x00\x00\x08\x00\x00\x00", "contradiction: a zip archive"),
            ("a.csv", b"\x00\x01\x02\x03\x04\x05\x06\x07", "contradiction: binary data"),
            ("a.txt", b"h\0i\0 \0t\0h\0e\0r\0e\0", "txt"),
            ("a.txt", "Größe".as_bytes(), "txt"),
            ("a.tsv", b"a\tb\n", "csv"),
            ("a.htm", b"<!DOCTYPE html><p>", "html"),
        ] {
            assert_eq!(outcome(filename, head), expected, "{filename}");
        }
    }

    #[test]
    fn names_are_unique_and_lead_back() {
        for &format in Format::ALL {
            assert_eq!(Format::by_name(format.name()), Some(format));
            assert!(format.mime().contains('/'));
            assert!(Format::known().contains(format.extensions()[0]));
        }
    }
}
