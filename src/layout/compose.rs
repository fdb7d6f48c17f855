//! Blocks to text.

use super::hyphen::{self, Known};
use super::paragraphs::{self, Paragraph};
use super::sheet::{Block, Laid};
use docent_domain::table::Table;

/// The text of a page, and the tables in it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Composed {
    pub text: String,
    pub tables: Vec<Table>,
    /// Whether the text ends with a line that goes on: the sentence may end on the next page.
    pub is_open: bool,
}

/// More space than this above a paragraph, in ems, parts it from the one before.
const PART: f32 = 0.9;
/// A caption is no longer than this.
const MAX_CAPTION: usize = 160;

/// Writes a page: paragraphs a line each, tables in Markdown. What is written is passed through `clean` piece by piece.
pub fn compose(laid: Laid, page: i64, known: &mut Known<'_>, clean: &dyn Fn(&str) -> String) -> Composed {
    for block in &laid.blocks {
        if let Block::Lines(lines) = block {
            lines.iter().for_each(|line| known.learn(&line.text));
        }
    }
    let mut out = Composed::default();
    let mut last: Option<Paragraph> = None;
    for block in laid.blocks {
        match block {
            Block::Lines(lines) => {
                for (at, paragraph) in paragraphs::paragraphs(&lines, known).into_iter().enumerate() {
                    let text = clean(&paragraph.text);
                    if text.is_empty() {
                        continue;
                    }
                    let follows = last.as_ref().is_some_and(|last| continues(last, &paragraph)) && at == 0;
                    if follows {
                        hyphen::join(&mut out.text, &text, known);
                    } else {
                        part(&mut out.text, at == 0 || paragraph.above > PART);
                        out.text.push_str(&text);
                    }
                    out.is_open = is_open(&out.text, &paragraph);
                    last = Some(paragraph);
                }
            }
            Block::Table(block) => {
                let mut table = block.table;
                table.page = page;
                table.last_page = page;
                for cell in table.rows.iter_mut().flatten() {
                    cell.text = clean(&cell_text(&cell.text, known));
                }
                let caption = last.take().filter(|last| {
                    let gap = block.rect.top - last.rect.bottom;
                    last.lines <= 2 && gap < last.size * 2.5 && gap > -last.size && is_caption(&last.text)
                });
                let titles = titles(&table);
                table.caption = titles.first().cloned().or_else(|| caption.map(|it| clean(&it.text)));
                part(&mut out.text, true);
                // They name no column, and so are not part of the table as it is written.
                titles.iter().for_each(|title| out.text.push_str(&format!("{title}\n\n")));
                table.write_markdown(&mut out.text, page);
                out.text.truncate(out.text.trim_end().len());
                out.is_open = false;
                out.tables.push(table);
            }
        }
    }
    out
}

impl Composed {
    /// Puts lines in front of the text.
    pub fn prepend(&mut self, lines: &[String]) {
        if lines.is_empty() {
            return;
        }
        let mut head = lines.join("\n");
        if !self.text.is_empty() {
            head.push_str("\n\n");
        }
        for cell in self.tables.iter_mut().flat_map(|table| table.rows.iter_mut().flatten()) {
            if let Some(place) = &mut cell.place {
                place.start += head.len();
                place.end += head.len();
            }
        }
        self.text.insert_str(0, &head);
    }
}

fn part(text: &mut String, wide: bool) {
    if !text.is_empty() {
        text.push_str(if wide { "\n\n" } else { "\n" });
    }
}

/// The lines of a cell as one text. What is divided at its end, or runs on in small letters, is joined.
fn cell_text(text: &str, known: &Known<'_>) -> String {
    let mut out = String::new();
    for line in text.lines() {
        hyphen::join(&mut out, line, known);
    }
    out
}

/// What stands over all columns, above their names.
fn titles(table: &Table) -> Vec<String> {
    let header = table.rows.iter().take(table.header_rows).filter(|_| table.columns > 1);
    let only = header.filter_map(|row| match &row[..] {
        [only] if only.column_span == table.columns => Some(only.text.clone()),
        _ => None,
    });
    only.filter(|text| !text.is_empty()).collect()
}

fn is_caption(text: &str) -> bool {
    text.chars().count() <= MAX_CAPTION
        && text.chars().any(char::is_alphabetic)
        && !text.ends_with(['.', ';', ','])
        || text.chars().count() <= MAX_CAPTION && text.split_whitespace().nth(1).is_some_and(is_number)
}

/// "1", "2.3:", "IV."
fn is_number(word: &str) -> bool {
    let word = word.trim_end_matches([':', '.', ')']);
    !word.is_empty()
        && (word.chars().all(|c| c.is_ascii_digit() || c == '.') || word.chars().all(|c| "IVXLC".contains(c)))
}

/// Whether a paragraph goes on at the top of the next column.
fn continues(last: &Paragraph, next: &Paragraph) -> bool {
    let open = last.ends_full && last.lines > 1 && !ends_sentence(&last.text);
    let alike = (last.size - next.size).abs() < last.size * 0.1;
    // Elsewhere on the page: what follows below in the same column has been judged by its lines.
    let elsewhere =
        next.rect.top < last.rect.bottom || (next.rect.left - last.rect.left).abs() > last.size * 6.0;
    open && alike && elsewhere && next.text.starts_with(|c: char| c.is_lowercase())
}

fn is_open(text: &str, paragraph: &Paragraph) -> bool {
    let running = paragraph.text.split_whitespace().count() >= 3;
    running && !ends_sentence(text)
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '“', '’', '»', ')', ']', '\''])
        .ends_with(['.', '!', '?', ':', '。', '！', '？', '…'])
}

#[cfg(test)]
mod tests {
    use super::super::paragraphs::tests::line;
    use super::*;
    use docent_domain::table::Cell;

    fn composed(blocks: Vec<Block>) -> Composed {
        let laid = Laid { blocks, height: 800.0, is_vertical: false };
        compose(laid, 3, &mut Known::new(&()), &|text| text.trim().to_owned())
    }

    #[test]
    fn tables_stand_in_the_text_and_as_cells() {
        let table = Table {
            columns: 2,
            header_rows: 1,
            rows: vec![
                vec![Cell::new(0, "Item"), Cell::new(1, "Price")],
                vec![Cell::new(0, "Water-\nproof pen"), Cell::new(1, "12")],
            ],
            ..Table::default()
        };
        let rect = super::super::Rect { left: 0.0, right: 100.0, top: 30.0, bottom: 60.0 };
        let block = super::super::TableBlock { table, rect, columns: vec![0.0, 50.0, 100.0], is_ruled: true };
        let page = composed(vec![
            Block::Lines(vec![line("Table 1: What it costs", 0.0, 24.0)]),
            Block::Table(block),
        ]);
        assert_eq!(
            page.text,
            "Table 1: What it costs\n\n| Item | Price |\n| --- | --- |\n| Waterproof pen | 12 |"
        );
        let table = &page.tables[0];
        assert_eq!((table.page, table.caption.as_deref()), (3, Some("Table 1: What it costs")));
        let place = table.rows[1][1].place.unwrap();
        assert_eq!((place.page, &page.text[place.start..place.end]), (3, "12"));
    }

    #[test]
    fn what_stands_over_all_columns_stands_above_the_table() {
        let over = |text: &str| vec![Cell { column_span: 2, ..Cell::new(0, text) }];
        let table = Table {
            columns: 2,
            header_rows: 3,
            rows: vec![
                over("Harbour office\nPrices"),
                over("Valid for 2031"),
                vec![Cell::new(0, "Item"), Cell::new(1, "Price")],
                vec![Cell::new(0, "Rope"), Cell::new(1, "12")],
            ],
            ..Table::default()
        };
        let rect = super::super::Rect { left: 0.0, right: 100.0, top: 30.0, bottom: 60.0 };
        let block = super::super::TableBlock { table, rect, columns: vec![0.0, 50.0, 100.0], is_ruled: true };
        let page = composed(vec![Block::Table(block)]);
        assert_eq!(
            page.text,
            "Harbour office Prices\n\nValid for 2031\n\n| Item | Price |\n| --- | --- |\n| Rope | 12 |"
        );
        assert_eq!(page.tables[0].caption.as_deref(), Some("Harbour office Prices"));
    }

    #[test]
    fn a_page_that_ends_inside_a_sentence_is_open() {
        assert!(composed(vec![Block::Lines(vec![line("covers a span of", 0.0, 24.0)])]).is_open);
        assert!(!composed(vec![Block::Lines(vec![line("covers a span of time.", 0.0, 24.0)])]).is_open);
        assert!(!composed(vec![Block::Lines(vec![line("12", 0.0, 24.0)])]).is_open);
    }
}
