//! What a document calls itself, and what the columns of a table are called: read off the text of its pages, so that the
//! same pages give the same.

use docent_store::SpooledPage;

/// A longer line is a sentence.
const LONGEST: usize = 120;
/// Names of columns in all.
const LONGEST_HEADER: usize = 300;

/// The title that the first page with text begins with: the highest of its headings, or a line that stands alone.
pub fn title(page: &SpooledPage) -> Option<String> {
    let headings = || page.headings.iter().filter(|heading| stands_in(page, heading.start, &heading.title));
    let highest = headings().map(|heading| heading.level).min();
    let heading = headings().find(|heading| Some(heading.level) == highest);
    let found = match heading {
        Some(heading) => heading.title.as_str(),
        None if page.headings.is_empty() && !page.markdown => first_line(&page.text)?,
        None => return None,
    };
    let found = found.split_whitespace().collect::<Vec<_>>().join(" ");
    (!found.is_empty() && found.chars().count() <= LONGEST).then_some(found)
}

/// The name of a sheet is a heading, but stands above no text, and names no document.
fn stands_in(page: &SpooledPage, start: usize, title: &str) -> bool {
    let there = page.text.get(start..).unwrap_or_default();
    there.trim_start_matches(['#', ' ', '=', '*']).starts_with(title.trim())
}

/// The first line, if it has an empty one after it and does not read like a sentence or a row.
fn first_line(text: &str) -> Option<&str> {
    let mut lines = text.trim_start().lines();
    let line = lines.next()?.trim();
    let alone = lines.next().is_some_and(|next| next.trim().is_empty());
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    let is_row = line.contains(" | ") || line.contains('\t');
    let ends = line.ends_with(['.', ',', ';', ':', '!', '?', '。', '，']);
    (alone && letters >= 4 && !is_row && !ends).then_some(line)
}

/// The names of the columns of the rows that begin at `start`, where their header stands before it on the page.
pub fn header(page: &str, start: usize) -> Option<String> {
    let line_start = page.get(..start)?.rfind('\n').map_or(0, |at| at + 1);
    let mut lines = page[line_start..].lines();
    let first = lines.next()?;
    let names_itself = is_rule(first) || lines.next().is_some_and(is_rule);
    if !is_row(first) || names_itself {
        return None;
    }
    let mut above = page[..line_start].lines().rev().take_while(|line| is_row(line));
    above.by_ref().find(|line| is_rule(line))?;
    let names = above.next()?.trim().trim_matches('|').split('|').map(str::trim);
    let names = names.filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" | ");
    let names: String = names.chars().take(LONGEST_HEADER).collect();
    (!names.is_empty()).then_some(names)
}

fn is_row(line: &str) -> bool {
    line.trim_start().starts_with('|')
}

fn is_rule(line: &str) -> bool {
    is_row(line) && line.contains("--") && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

#[cfg(test)]
mod tests {
    use docent_domain::document::Verdict;
    use docent_store::SpooledHeading;

    use super::*;

    fn page(text: &str, headings: &[(usize, u8, &str)]) -> SpooledPage {
        let heading = |&(start, level, title): &(usize, u8, &str)| SpooledHeading {
            start,
            level,
            title: title.to_owned(),
        };
        SpooledPage {
            number: 1,
            numbered: false,
            start_offset: 0,
            text: text.to_owned(),
            verdict: Verdict::Text,
            markdown: false,
            headings: headings.iter().map(heading).collect(),
            warning: None,
        }
    }

    #[test]
    fn the_highest_heading_is_the_title_and_a_sheets_name_is_none() {
        let text = "Internal\n# Annual  Report\n## Cash\nIt fell.";
        let headings = [(9, 1, "Annual  Report"), (26, 2, "Cash")];
        assert_eq!(title(&page(text, &headings)).as_deref(), Some("Annual Report"));
        assert_eq!(title(&page("a | b\n1 | 2", &[(0, 1, "Sheet1")])), None);
    }

    #[test]
    fn without_headings_a_line_that_stands_alone_is_the_title() {
        for (text, expected) in [
            ("MUTUAL AGREEMENT\n\nThis agreement is made.", Some("MUTUAL AGREEMENT")),
            ("This agreement is made.\n\nIt ends.", None),
            ("Dear Ms Otter,\n\nthank you.", None),
            ("One line\nand its next", None),
            ("a | b\n\na: 1 | b: 2", None),
            ("", None),
        ] {
            assert_eq!(title(&page(text, &[])).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn rows_are_told_what_their_columns_are_called() {
        let text = "| Item | Fee |\n| --- | --- |\n| Tea | 2 |\n| Cake | 3 |\nThat is all.";
        let at = |what: &str| header(text, text.find(what).unwrap());
        assert_eq!(at("| Cake").as_deref(), Some("Item | Fee"));
        assert_eq!(at("Tea").as_deref(), Some("Item | Fee"), "a row that is cut in two");
        assert_eq!(at("| Item"), None, "it has its header with it");
        assert_eq!(at("That"), None);
        assert_eq!(header("| a | b |\n| c | d |", 10), None, "no row of names");
    }
}
