//! Shared strings of a workbook that hold raised or lowered characters: the library hands over their letters alone.

use super::archive::Parts;
use super::script;
use super::xml::{self, attr, child, name};
use roxmltree::Node;
use std::collections::HashMap;

/// Longer lists of strings are left as the library reads them.
const MAX_BYTES: usize = 32 << 20;

/// What is shown for the letters of a string.
#[derive(Debug, Default)]
pub(super) struct RichStrings(HashMap<String, String>);

impl RichStrings {
    pub(super) fn of(parts: &mut Parts<'_>) -> Self {
        let text = parts.text("xl/sharedStrings.xml").unwrap_or_default();
        if text.len() > MAX_BYTES || !text.contains("vertAlign") {
            return Self::default();
        }
        Self::read(&text)
    }

    fn read(text: &str) -> Self {
        let Ok(document) = xml::parse(text) else { return Self::default() };
        let strings = document.root_element().children().filter(|it| name(*it) == "si");
        let mut shown: HashMap<String, String> = HashMap::new();
        for (letters, seen) in strings.map(string) {
            // The same letters set in two ways cannot be told apart.
            let other = shown.insert(letters.clone(), seen.clone());
            if other.is_some_and(|it| it != seen) {
                shown.insert(letters.clone(), letters);
            }
        }
        shown.retain(|letters, seen| letters != seen);
        Self(shown)
    }

    pub(super) fn shown<'a>(&'a self, letters: &'a str) -> &'a str {
        self.0.get(letters).map_or(letters, String::as_str)
    }
}

/// The letters of a string, and how they are shown.
fn string(string: Node<'_, '_>) -> (String, String) {
    let (mut letters, mut seen) = (String::new(), String::new());
    for run in string.children().filter(Node::is_element) {
        let text = match name(run) {
            "t" => Some(run),
            "r" => child(run, "t"),
            _ => None,
        };
        let Some(text) = text else { continue };
        let words = text.text().unwrap_or_default();
        let is_kept = attr(text, "space") == Some("preserve");
        let words = if is_kept { words } else { words.trim_matches([' ', '\t', '\r', '\n']) };
        letters.push_str(words);
        let after = seen.chars().last();
        match child(run, "rPr").and_then(|it| child(it, "vertAlign")).and_then(|it| attr(it, "val")) {
            Some("superscript") => seen.push_str(&script::raised(words, after)),
            Some("subscript") => seen.push_str(&script::lowered(words, after)),
            _ => seen.push_str(words),
        }
    }
    (letters, seen)
}

#[cfg(test)]
mod tests {
    use super::super::sink::collect;
    use super::*;
    use std::io::Write;

    #[test]
    fn raised_and_lowered_characters_stay_so() {
        let run = |script: &str, text: &str| {
            format!(r#"<r><rPr><vertAlign val="{script}"/></rPr><t xml:space="preserve">{text}</t></r>"#)
        };
        let strings = [
            format!("<si><r><t>10</t></r>{}{}</si>", run("superscript", "6"), run("baseline", " kg")),
            format!("<si><r><t>CO</t></r>{}</si>", run("subscript", "2")),
            format!("<si><r><t>m</t></r>{}<rPh><t>em</t></rPh></si>", run("superscript", "2")),
            "<si><t>Depth in m</t></si>".to_owned(),
            // A mark that is called so.
            "<si><t>m2</t></si>".to_owned(),
        ];
        let text = format!(r#"<sst xmlns="x">{}</sst>"#, strings.concat());
        let read = RichStrings::read(&text);
        for (letters, expected) in
            [("106 kg", "10⁶ kg"), ("CO2", "CO₂"), ("m2", "m2"), ("Depth in m", "Depth in m")]
        {
            assert_eq!(read.shown(letters), expected);
        }
    }

    #[test]
    fn cells_of_a_workbook_show_them() {
        const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
        const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        let relations = |of: &[(&str, &str)]| {
            let each = |(at, (kind, target)): (usize, &(&str, &str))| {
                format!(r#"<Relationship Id="r{at}" Type="{OFFICE}/{kind}" Target="{target}"/>"#)
            };
            let all: String = of.iter().enumerate().map(each).collect();
            format!(r#"<Relationships xmlns="{RELATIONS}">{all}</Relationships>"#)
        };
        let parts = [
            (
                "[Content_Types].xml",
                r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#.to_owned(),
            ),
            ("_rels/.rels", relations(&[("officeDocument", "xl/workbook.xml")])),
            (
                "xl/workbook.xml",
                format!(
                    r#"<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="Gas" sheetId="1" r:id="r0"/></sheets></workbook>"#
                ),
            ),
            (
                "xl/_rels/workbook.xml.rels",
                relations(&[("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")]),
            ),
            (
                "xl/worksheets/sheet1.xml",
                format!(
                    r#"<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>7</v></c></row></sheetData></worksheet>"#
                ),
            ),
            (
                "xl/sharedStrings.xml",
                format!(
                    r#"<sst xmlns="{MAIN}"><si><r><t>CO</t></r><r><rPr><vertAlign val="subscript"/></rPr><t>2</t></r></si></sst>"#
                ),
            ),
        ];
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, text) in parts {
            writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        let pages = collect(super::super::xlsx::read, writer.finish().unwrap().into_inner()).unwrap();
        assert_eq!(pages[0].text, "# Gas\n\nCO₂ | 7");
    }
}
