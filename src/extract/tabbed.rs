//! Columns that people make with tabs in documents of word processors: phone lists, heads of letters. Where a tab leads is
//! not known, so the first value stands in the first column, the second in the second.

use super::column_lines::{Block, Row, is_item_label, is_title};
use super::columns::Writer;
use super::page::Heading;

/// A longer line is text that someone indented.
const LONGEST: usize = 300;

/// A value of more words is a sentence.
const LONGEST_VALUE: usize = 12;

/// The text with rows of tabs as tables, and its headings where they stand then; nothing where there are none.
pub(super) fn compose(text: &str, headings: &[Heading]) -> Option<(String, Vec<Heading>)> {
    if !text.contains('\t') {
        return None;
    }
    let lines: Vec<&str> = text.split('\n').collect();
    let blocks = blocks(&lines);
    if blocks.is_empty() {
        return None;
    }
    let mut out = Writer::carrying_titles_of(&blocks);
    let mut headings = headings.iter().peekable();
    let mut blocks = blocks.iter().peekable();
    let (mut at, mut old) = (0, 0);
    while at < lines.len() {
        while let Some(heading) = headings.next_if(|it| it.start <= old) {
            out.headings.push(Heading { start: out.text.len(), ..heading.clone() });
        }
        let block = blocks.next_if(|it| it.start == at);
        let end = block.map_or(at + 1, |it| it.end);
        match block {
            Some(block) => out.block(block),
            None => out.line(lines[at]),
        }
        old += lines[at..end].iter().map(|it| it.len() + 1).sum::<usize>();
        at = end;
    }
    out.text.truncate(out.text.trim_end().len());
    Some((out.text, out.headings))
}

fn blocks(lines: &[&str]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let (mut at, mut in_code) = (0, false);
    while at < lines.len() {
        in_code ^= lines[at].starts_with("```") || lines[at].starts_with("~~~");
        let block = if in_code { None } else { block(lines, at) };
        at = block.as_ref().map_or(at + 1, |it| it.end);
        blocks.extend(block);
    }
    blocks
}

/// The rows that begin with this line, with the titles above them.
fn block(lines: &[&str], start: usize) -> Option<Block> {
    if lines[start].is_empty() {
        return None;
    }
    let mut rows: Vec<Row> = Vec::new();
    let mut end = start;
    let mut at = start;
    while at < lines.len() {
        if lines[at].is_empty() {
            at += 1;
            continue;
        }
        if let Some(cells) = cells(lines[at]) {
            rows.push(Row::Cells(cells));
        } else if names_rows(lines, at) {
            rows.push(Row::Title(lines[at].trim().to_owned()));
        } else {
            break;
        }
        at += 1;
        end = at;
    }
    let count = rows.iter().filter(|it| matches!(it, Row::Cells(_))).count();
    if count < 2 || is_contents(&rows) {
        return None;
    }
    Some(Block::of_rows(start, end, even(rows)))
}

/// Whether a short line stands above a row.
fn names_rows(lines: &[&str], at: usize) -> bool {
    let next = lines[at + 1..].iter().find(|it| !it.is_empty());
    is_title(lines[at]) && next.is_some_and(|it| cells(it).is_some())
}

fn cells(line: &str) -> Option<Vec<String>> {
    if line.len() > LONGEST
        || !line.contains('\t')
        || line.starts_with(['|', '#', '>'])
        || line.starts_with("- ")
    {
        return None;
    }
    let cells: Vec<String> = line.trim_end().split('\t').map(|it| it.trim().to_owned()).collect();
    let filled = || cells.iter().filter(|it| !it.is_empty());
    let has_words = |it: &String| it.chars().any(char::is_alphanumeric);
    let is_item = filled().count() == 2 && filled().next().is_some_and(|it| is_item_label(it));
    let is_sentence = |it: &String| it.split_whitespace().count() > LONGEST_VALUE;
    let is_row = filled().count() > 1 && filled().all(has_words) && !is_item && !filled().any(is_sentence);
    is_row.then_some(cells)
}

/// Whether these are titles with the pages they stand on.
fn is_contents(rows: &[Row]) -> bool {
    let is_page = |it: &String| it.len() <= 3 && it.chars().all(|c| c.is_ascii_digit());
    let is_number = |it: &&String| it.starts_with(|c: char| c.is_ascii_digit());
    rows.iter().all(|row| match row {
        Row::Cells(cells) => {
            let filled = cells.iter().filter(|it| !it.is_empty()).count();
            let is_entry = filled == 2 || filled == 3 && cells.first().as_ref().is_some_and(is_number);
            is_entry && cells.last().is_some_and(is_page)
        }
        Row::Title(_) => true,
    })
}

/// Rows with as many tabs as each other keep their empty cells; else several tabs are one long one.
fn even(mut rows: Vec<Row>) -> Vec<Row> {
    let mut widths =
        rows.iter().filter_map(|it| if let Row::Cells(cells) = it { Some(cells.len()) } else { None });
    let first = widths.next();
    if widths.all(|it| Some(it) == first) {
        return rows;
    }
    for row in &mut rows {
        if let Row::Cells(cells) = row {
            let begins_empty = cells.first().is_some_and(String::is_empty);
            cells.retain(|it| !it.is_empty());
            if begins_empty {
                cells.insert(0, String::new());
            }
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        compose(text, &[]).map_or_else(|| "as it is".to_owned(), |(text, _)| text)
    }

    #[test]
    fn rows_of_tabs_are_tables() {
        let text = "# Phones\n\nHarbour\n\nDahl, Oline\tPier\t220\n\nVik, Jon\t\t231\n\nWorkshop\n\nReyes, Tom\tShed\t231\n\nAsk.\n\nFern\n\nEnd";
        let headings = [("Phones", 0), ("Fern", text.find("Fern").unwrap())];
        let headings = headings.map(|(title, start)| Heading { start, level: 1, title: title.to_owned() });
        let (text, moved) = compose(text, &headings).unwrap();
        assert_eq!(
            text,
            "# Phones\n\nHarbour\n\n|  |  |  |  |\n| --- | --- | --- | --- |\n| Harbour | Dahl, Oline | Pier | 220 |\n\
             | Harbour | Vik, Jon |  | 231 |\n\nWorkshop\n\n| Workshop | Reyes, Tom | Shed | 231 |\n\nAsk.\n\nFern\n\nEnd"
        );
        let starts: Vec<&str> = moved.iter().map(|it| &text[it.start..it.start + 4]).collect();
        assert_eq!(starts, ["# Ph", "Harb", "Work", "Fern"]);
        assert_eq!(
            written("Invoice no.:\t2024-118\nDate:\t\t5 March 2024"),
            "|  |  |\n| --- | --- |\n| Invoice no. | 2024-118 |\n| Date | 5 March 2024 |"
        );
        assert_eq!(
            written("\tMon\tTue\n\nEarly\tAino\tTom\n\nLate\t\tJon"),
            "|  | Mon | Tue |\n| --- | --- | --- |\n| Early | Aino | Tom |\n| Late |  | Jon |"
        );
    }

    #[test]
    fn other_tabs_stay_as_they_are() {
        for text in [
            "Arrival\t3\n\nBerths\t12\n\nFees\t14",
            "Nordby\tRules\tpage",
            "1.\tThe minutes were approved.\n\n2.\tThe crane is repaired.",
            "(a)\tRope\n(b)\tBlock",
            "____\t____\n\n____\t____",
            "```\na\tb\nc\td\n```",
            "no tabs",
        ] {
            assert_eq!(written(text), "as it is", "{text}");
        }
    }
}
