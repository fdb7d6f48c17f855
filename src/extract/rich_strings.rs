//! Strings of a workbook with characters that are raised, lowered or struck out: the library hands over their letters alone.

use super::archive::Parts;
use super::script;
use super::sheet_view;
use super::xml::{self, attr, child, is_on, name};
use roxmltree::Node;
use std::collections::HashMap;

/// Longer lists of strings are left as the library reads them.
const MAX_BYTES: usize = 32 << 20;

/// What is shown for the shared strings that are not their letters alone, by their places in the list.
#[derive(Debug, Default)]
pub(super) struct RichStrings(HashMap<usize, String>);

/// What cells of a sheet show, by row and column.
pub(super) type RichCells = HashMap<(u32, u32), String>;

impl RichStrings {
    pub(super) fn of(parts: &mut Parts<'_>) -> Self {
        let text = parts.text("xl/sharedStrings.xml").unwrap_or_default();
        if text.len() > MAX_BYTES || !is_rich(&text) {
            return Self::default();
        }
        Self::read(&text)
    }

    fn read(text: &str) -> Self {
        let Ok(document) = xml::parse(text) else { return Self::default() };
        let strings = document.root_element().children().filter(|it| name(*it) == "si");
        let rich = strings.map(string).enumerate().filter(|(_, (letters, seen))| letters != seen);
        Self(rich.map(|(at, (_, seen))| (at, seen)).collect())
    }

    /// The cells of a sheet that show such strings, shared or their own.
    pub(super) fn cells(&self, sheet: &[u8]) -> RichCells {
        let mut cells = RichCells::new();
        let Ok(sheet) = std::str::from_utf8(sheet) else { return cells };
        if sheet.len() > MAX_BYTES * 4 || self.0.is_empty() && !is_rich(sheet) {
            return cells;
        }
        sheet_view::cells(sheet, |place, kind, inside| {
            let seen = match kind {
                "s" => value(inside).and_then(|it| self.0.get(&it.parse().ok()?).cloned()),
                "inlineStr" if is_rich(inside) => own_string(inside),
                _ => None,
            };
            cells.extend(seen.map(|it| (place, it)));
        });
        cells
    }
}

fn is_rich(xml: &str) -> bool {
    xml.contains("vertAlign") || xml.contains("strike")
}

fn value(cell: &str) -> Option<&str> {
    let (_, value) = cell.split_once("<v>").or_else(|| cell.split_once(":v>"))?;
    value.split('<').next().map(str::trim)
}

/// The string that stands in a cell itself.
fn own_string(cell: &str) -> Option<String> {
    // The prefix of its names is declared further out.
    let prefix = cell.trim_start().strip_prefix('<')?.split(['>', ' ', '/']).next()?.rsplit_once(':');
    let declared = prefix.map_or_else(String::new, |(prefix, _)| format!(" xmlns:{prefix}=\"x\""));
    let text = format!("<c{declared}>{cell}</c>");
    let document = xml::parse(&text).ok()?;
    let (letters, seen) = string(child(document.root_element(), "is")?);
    (letters != seen).then_some(seen)
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
        let look = child(run, "rPr");
        let formed = match look.and_then(|it| child(it, "vertAlign")).and_then(|it| attr(it, "val")) {
            Some("superscript") => script::raised(words, after),
            Some("subscript") => script::lowered(words, after),
            _ => words.to_owned(),
        };
        let is_struck = look.is_some_and(|it| is_on(it, "strike"));
        script::push_struck(&mut seen, &formed, is_struck);
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
        assert_eq!(read.0, HashMap::from([(0, "10⁶ kg".into()), (1, "CO₂".into()), (2, "m²".into())]));
        let sheet = r#"<x:worksheet><x:row r="2"><x:c r="B2" t="s"><x:v>2</x:v></x:c><x:c t="s"><x:v>4</x:v></x:c>
            <x:c t="inlineStr"><x:is><x:r><x:t>10</x:t></x:r><x:r><x:rPr><x:vertAlign val="superscript"/></x:rPr><x:t>6</x:t></x:r></x:is></x:c>
            <x:c/></x:row><x:row><x:c t="inlineStr"><x:is><x:r><x:rPr><x:strike/></x:rPr><x:t xml:space="preserve">950 </x:t></x:r><x:r><x:t>800</x:t></x:r></x:is></x:c></x:row></x:worksheet>"#;
        assert_eq!(
            read.cells(sheet.as_bytes()),
            RichCells::from([((1, 1), "m²".into()), ((1, 3), "10⁶".into()), ((2, 0), "~~950~~ 800".into())])
        );
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
