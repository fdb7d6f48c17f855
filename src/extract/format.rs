//! The kinds of files that can be read, and how one is told from its name and first bytes.

use super::error::ExtractError;
use super::sink::{Sink, Source};
use super::{
    asciidoc, bundle, csv, doc, docx, epub, html, json, latex, mail, markdown, msg, notebook, odf,
    odf_sheets, office_xml, pdf, picture, ppt, pptx, rst, rtf, text, xls, xlsx, xml_file,
};
use std::fmt;

/// What the bytes of a kind must look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Body {
    /// Characters in some encoding.
    Text,
    /// A zip archive; with a password, Office puts it into an OLE container.
    Zip,
    /// The container of Office before 2007. Programs save other kinds under these names, too.
    Ole,
    Pdf,
    /// Text that is only to be seen.
    Picture,
}

/// Makes [`Format`] from the table below: a new kind is one entry there and a reader in a file of its own.
macro_rules! formats {
    ($($format:ident: $label:literal, $body:ident, $mime:literal, [$($extension:literal),+], $reader:path;)+) => {
        /// A kind of file that can be read.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Format {
            $($format,)+
        }

        impl Format {
            pub const ALL: &'static [Self] = &[$(Self::$format,)+];

            pub const fn mime(self) -> &'static str {
                match self { $(Self::$format => $mime,)+ }
            }

            /// File name endings, the usual one first, in lower case and without the dot.
            pub const fn extensions(self) -> &'static [&'static str] {
                match self { $(Self::$format => &[$($extension),+],)+ }
            }

            /// Whether it is characters and nothing else, unlike mail with files in it.
            pub(super) const fn is_text(self) -> bool {
                matches!(self.body(), Body::Text) && !matches!(self, Self::Eml | Self::Mbox | Self::Mhtml)
            }

            const fn label(self) -> &'static str {
                match self { $(Self::$format => $label,)+ }
            }

            const fn body(self) -> Body {
                match self { $(Self::$format => Body::$body,)+ }
            }

            /// Reads the whole file and hands its pages over, one by one.
            pub(super) fn read(self, source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
                match self { $(Self::$format => $reader(source, sink),)+ }
            }
        }
    };
}

formats! {
    Asciidoc: "AsciiDoc", Text, "text/asciidoc", ["adoc", "asciidoc"], asciidoc::read;
    Bmp: "a bitmap (.bmp)", Picture, "image/bmp", ["bmp"], picture::read;
    Csv: "CSV", Text, "text/csv", ["csv", "tsv"], csv::read;
    Doc: "Word before 2007 (.doc)", Ole, "application/msword", ["doc", "dot"], doc::read;
    Docx: "Word (.docx)", Zip, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ["docx", "docm", "dotx", "dotm"], docx::read;
    Eml: "mail (.eml)", Text, "message/rfc822", ["eml"], mail::read;
    Epub: "EPUB", Zip, "application/epub+zip", ["epub"], epub::read;
    Fodp: "flat OpenDocument presentation", Text, "application/vnd.oasis.opendocument.presentation-flat-xml", ["fodp"], office_xml::read_slides;
    Fods: "flat OpenDocument spreadsheet", Text, "application/vnd.oasis.opendocument.spreadsheet-flat-xml", ["fods"], office_xml::read_sheets;
    Fodt: "flat OpenDocument text", Text, "application/vnd.oasis.opendocument.text-flat-xml", ["fodt"], office_xml::read_text;
    Html: "HTML", Text, "text/html", ["html", "htm", "xhtml"], html::read;
    Ipynb: "Jupyter notebook", Text, "application/x-ipynb+json", ["ipynb"], notebook::read;
    Jpeg: "JPEG", Picture, "image/jpeg", ["jpg", "jpeg", "jpe", "jfif"], picture::read;
    Json: "JSON", Text, "application/json", ["json", "jsonl", "ndjson", "geojson"], json::read;
    Latex: "LaTeX", Text, "application/x-tex", ["tex", "latex", "ltx"], latex::read;
    Markdown: "Markdown", Text, "text/markdown", ["md", "markdown"], markdown::read;
    Mbox: "mailbox (.mbox)", Text, "application/mbox", ["mbox"], mail::read_mbox;
    Mhtml: "web archive (.mhtml)", Text, "multipart/related", ["mhtml", "mht"], mail::read_mhtml;
    Msg: "Outlook mail (.msg)", Ole, "application/vnd.ms-outlook", ["msg"], msg::read;
    Odp: "OpenDocument presentation", Zip, "application/vnd.oasis.opendocument.presentation", ["odp", "otp"], odf::read_slides;
    Ods: "OpenDocument spreadsheet", Zip, "application/vnd.oasis.opendocument.spreadsheet", ["ods", "ots"], odf_sheets::read;
    Odt: "OpenDocument text", Zip, "application/vnd.oasis.opendocument.text", ["odt", "ott"], odf::read_text;
    Pdf: "PDF", Pdf, "application/pdf", ["pdf"], pdf::read;
    Png: "PNG", Picture, "image/png", ["png"], picture::read;
    Ppt: "PowerPoint before 2007 (.ppt)", Ole, "application/vnd.ms-powerpoint", ["ppt", "pps", "pot"], ppt::read;
    Pptx: "PowerPoint (.pptx)", Zip, "application/vnd.openxmlformats-officedocument.presentationml.presentation", ["pptx", "pptm", "ppsx", "ppsm", "potx", "potm"], pptx::read;
    Rst: "reStructuredText", Text, "text/x-rst", ["rst", "rest"], rst::read;
    Rtf: "RTF", Text, "application/rtf", ["rtf"], rtf::read;
    Text: "plain text", Text, "text/plain", ["txt", "text", "log"], text::read;
    Tiff: "TIFF", Picture, "image/tiff", ["tiff", "tif"], picture::read;
    Webp: "WebP", Picture, "image/webp", ["webp"], picture::read;
    Xls: "Excel before 2007 (.xls)", Ole, "application/vnd.ms-excel", ["xls", "xlt"], xls::read;
    Xlsx: "Excel (.xlsx)", Zip, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ["xlsx", "xlsm", "xltx", "xltm", "xlsb"], xlsx::read;
    Xml: "XML", Text, "application/xml", ["xml", "svg"], xml_file::read;
    Zip: "zip archive", Zip, "application/zip", ["zip"], bundle::read;
}

/// How much of a file [`Format::recognise`] likes to see; more does no harm.
pub const HEAD_BYTES: usize = 8 * 1024;

const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
const ZIP: &[&[u8]] = &[b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"];

impl Format {
    /// The word in the database and on the wire.
    pub const fn name(self) -> &'static str {
        self.extensions()[0]
    }

    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name() == name)
    }

    /// Whether the file is text as it stands, and so worth packing.
    pub fn is_plain(self) -> bool {
        self.body() == Body::Text
    }

    /// Tells the kind from the name, and holds the first bytes against it. A name that says nothing leaves it to the
    /// content: what is text is read as text, whatever its ending.
    ///
    /// A password-protected Office file is an OLE container; it passes here, so that it ends with the advice to remove
    /// the password and not with a remark about its name.
    pub fn recognise(filename: &str, head: &[u8]) -> Result<Self, ExtractError> {
        let extension = extension(filename);
        let named = extension.as_deref().and_then(Self::by_extension);
        if head.is_empty() {
            return Err(ExtractError::EmptyFile);
        }
        let Some(named) = named else {
            let found = extension.map_or_else(|| "such".to_owned(), |it| format!("`.{}`", printable(&it)));
            return Self::by_content(head).ok_or(ExtractError::Unsupported { found });
        };
        match named.contradicted_by(head) {
            Some(_) if named.saved_as(head).is_some() => Ok(named.saved_as(head).unwrap_or(named)),
            Some(found) => Err(ExtractError::Contradiction { named, found }),
            None if named.body() == Body::Zip => Ok(Self::packed(head, named == Self::Zip).unwrap_or(named)),
            // Pictures are often called something else than they are; the content counts.
            None if named.is_picture() => Ok(Self::picture(head).unwrap_or(named)),
            None => Ok(named),
        }
    }

    /// All kinds with their endings, for messages.
    pub fn known() -> String {
        let endings = Self::ALL.iter().flat_map(|format| format.extensions());
        let endings: Vec<String> = endings.map(|it| format!(".{it}")).collect();
        format!("{}, or plain text with any ending", endings.join(", "))
    }

    pub(super) fn by_extension(extension: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.extensions().contains(&extension))
    }

    /// The few kinds whose first bytes alone are enough.
    fn by_content(head: &[u8]) -> Option<Self> {
        if let Some(picture) = Self::picture(head) {
            return Some(picture);
        }
        if has_pdf_mark(head) {
            return Some(Self::Pdf);
        }
        if head.starts_with(b"{\\rtf") {
            return Some(Self::Rtf);
        }
        if let Some(packed) = Self::packed(head, true) {
            return Some(packed);
        }
        // Two letters of a magic number are no proof against many bytes of plain characters.
        let is_sure = head.len() >= 32 && !head.contains(&0);
        (looks_like_text(head) && (is_sure || binary_found_in(head).is_none())).then_some(Self::Text)
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
        matches!(self.body(), Body::Picture)
    }

    /// Which kind of document these first bytes of a zip archive belong to, by the names of its first entries. An
    /// archive of somebody's files may have a folder `word`, too; `only_sure` wants the mark that Office and
    /// OpenDocument put first.
    fn packed(head: &[u8], only_sure: bool) -> Option<Self> {
        let mut entries = zip_entries(head).peekable();
        let (first, _) = entries.peek()?;
        if only_sure && !matches!(*first, b"[Content_Types].xml" | b"mimetype") {
            return None;
        }
        entries.find_map(|(name, body)| match name {
            b"mimetype" => {
                let mime = |format: &Self| body.starts_with(format.mime().as_bytes());
                Self::ALL.iter().copied().find(mime)
            }
            _ if name.starts_with(b"word/") => Some(Self::Docx),
            _ if name.starts_with(b"xl/") => Some(Self::Xlsx),
            _ if name.starts_with(b"ppt/") => Some(Self::Pptx),
            _ => None,
        })
    }

    /// What programs are known to save under the name of an older kind.
    fn saved_as(self, head: &[u8]) -> Option<Self> {
        if !matches!(self, Self::Doc | Self::Xls | Self::Ppt | Self::Rtf) {
            return None;
        }
        let is_zip = ZIP.iter().any(|magic| head.starts_with(magic));
        let has = |part: &str| head.windows(part.len()).any(|it| it.eq_ignore_ascii_case(part.as_bytes()));
        match () {
            () if head.starts_with(OLE) && self == Self::Rtf => Some(Self::Doc),
            () if head.starts_with(b"{\\rtf") => Some(Self::Rtf),
            () if is_zip && has("word/") => Some(Self::Docx),
            () if is_zip && has("xl/") => Some(Self::Xlsx),
            () if is_zip && has("ppt/") => Some(Self::Pptx),
            () if is_zip || !looks_like_text(head) => None,
            () if has("<?mso-application") || has("office:spreadsheet") && !has("<html") => Some(Self::Xml),
            () if has("mime-version:") && has("multipart/related") => Some(Self::Mhtml),
            () if has("<html") || has("<table") || has("<!doctype html") => Some(Self::Html),
            () if has("<?xml") => Some(Self::Xml),
            () if self == Self::Xls => Some(Self::Csv),
            () => None,
        }
    }

    /// What the content is instead, where that can be said for sure. Damage is not a contradiction.
    fn contradicted_by(self, head: &[u8]) -> Option<String> {
        let is_zip = ZIP.iter().any(|magic| head.starts_with(magic));
        let is_ole = head.starts_with(OLE);
        match self.body() {
            Body::Zip => {
                let locked = is_ole && !matches!(self, Self::Epub | Self::Zip);
                if is_zip || locked { None } else { found_in(head) }
            }
            Body::Ole => (!is_ole).then(|| found_in(head).unwrap_or_else(|| "something else".to_owned())),
            Body::Pdf if has_pdf_mark(head) => None,
            Body::Pdf => binary_found_in(head).or_else(|| is_html(head).then(|| "HTML".to_owned())),
            Body::Picture if Self::picture(head).is_some() => None,
            Body::Picture => found_in(head).or_else(|| Some("no picture".to_owned())),
            Body::Text if is_ole => Some("an old Office file".to_owned()),
            // A text that begins with the letters of some magic number is still a text.
            Body::Text if has_pdf_mark(&head[..head.len().min(5)]) => Some("PDF".to_owned()),
            Body::Text if self != Self::Rtf && head.starts_with(b"{\\rtf1") => Some("RTF".to_owned()),
            Body::Text => binary_found_in(head)
                .filter(|_| !looks_like_text(head))
                .or_else(|| (!looks_like_text(head)).then(|| "binary data".to_owned())),
        }
    }
}

fn is_html(head: &[u8]) -> bool {
    let start = head.trim_ascii_start();
    let begins = |tag: &str| start.get(..tag.len()).is_some_and(|it| it.eq_ignore_ascii_case(tag.as_bytes()));
    begins("<!doctype html") || begins("<html")
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
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

/// The entries whose local headers lie in these first bytes of an archive: name, and what follows it.
fn zip_entries(head: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    const HEADER_BYTES: usize = 30;
    let starts = (0..head.len()).filter(|at| head[*at..].starts_with(ZIP[0]));
    starts.filter_map(|at| {
        let header = head.get(at..at + HEADER_BYTES)?;
        let length = |low: usize| usize::from(u16::from_le_bytes([header[low], header[low + 1]]));
        let (name, extra) = (length(26), length(28));
        let rest = &head[at + HEADER_BYTES..];
        Some((rest.get(..name)?, rest.get(name + extra..)?))
    })
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
            ("a.doc", OLE, "doc"),
            ("a.doc", b"{\\rtf1 x}", "rtf"),
            ("a.xls", b"<html><table><tr><td>1", "html"),
            ("a.xls", b"<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"><Table>", "xml"),
            ("a.doc", b"<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?>", "xml"),
            ("a.xls", b"<html xmlns:x=\"urn:schemas-microsoft-com:office:spreadsheet\"><table>", "html"),
            ("a.xls", b"a\tb\n1\t2\n", "csv"),
            ("a.doc", b"just words", "contradiction: text"),
            ("a.pdf", b"<!DOCTYPE html><p>", "contradiction: HTML"),
            ("a.txt", b"%PDF-1.7\n", "contradiction: PDF"),
            ("a.txt", b"{\\rtf1\\ansi words}", "contradiction: RTF"),
            ("a.txt", b"{\\rtfm} is what they say", "txt"),
            ("a.rtf", b"{\\rtf1\\ansi words}", "rtf"),
            ("main.rs", b"fn main() {}", "txt"),
            ("setup.exe", b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xFF\xFF", "unsupported: `.exe`"),
            ("a.png", PNG, "png"),
            ("a.JPG", PNG, "png"),
            ("scan.tif", b"II*\0\x08\0\0\0", "tiff"),
            ("a.png", b"words", "contradiction: text"),
            ("photo", b"\xFF\xD8\xFF\xE0", "jpg"),
            ("a.e\u{7}vil/..", b"x", "txt"),
            ("scan", b"%PDF-1.7\n", "pdf"),
            ("README", b"words", "txt"),
            (".htaccess", b"words", "txt"),
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

    /// The beginning of an archive with these entries, stored.
    fn zip_head(entries: &[(&str, &str)]) -> Vec<u8> {
        let mut head = Vec::new();
        for (name, body) in entries {
            head.extend_from_slice(b"PK\x03\x04");
            head.extend_from_slice(&[0; 22]);
            head.extend_from_slice(&u16::try_from(name.len()).unwrap().to_le_bytes());
            head.extend_from_slice(&[0, 0]);
            head.extend_from_slice(name.as_bytes());
            head.extend_from_slice(body.as_bytes());
        }
        head
    }

    #[test]
    fn a_packed_document_is_read_as_what_it_is() {
        let types = ("[Content_Types].xml", "<Types/>");
        let word = zip_head(&[types, ("_rels/.rels", "<r/>"), ("word/document.xml", "<w/>")]);
        let sheet = zip_head(&[types, ("xl/workbook.xml", "<x/>")]);
        let slides = zip_head(&[types, ("ppt/presentation.xml", "<p/>")]);
        let text =
            zip_head(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<o/>")]);
        let book = zip_head(&[("mimetype", "application/epub+zip"), ("OEBPS/a.html", "<html/>")]);
        let files = zip_head(&[("word/notes.txt", "a folder that is called like this")]);
        for (filename, head, expected) in [
            ("a.docx", &word, "docx"),
            ("a.xlsx", &word, "docx"),
            ("a.docx", &sheet, "xlsx"),
            ("a.docx", &slides, "pptx"),
            ("a.docx", &text, "odt"),
            ("a.odt", &word, "docx"),
            ("a.zip", &book, "epub"),
            ("a.zip", &files, "zip"),
            ("attachment", &sheet, "xlsx"),
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
