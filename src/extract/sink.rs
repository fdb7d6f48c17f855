//! Where the readers put their pages, inside the child.

use super::error::ExtractError;
use super::lines;
use super::page::{Heading, Page};
use super::wire::{Budget, Said};
use docent_domain::document::Verdict;
use docent_domain::table::Table;

/// A file as the child has it.
pub(super) struct Source {
    pub bytes: Vec<u8>,
    pub budget: Budget,
    /// How often this place was tried before, and ended the process. Readers with several engines leave one out.
    pub attempt: u32,
}

/// Flat text longer than this is handed over in several units, so that nobody has to hold all of it.
const UNIT_BYTES: usize = 1 << 20;

/// The longest text of a single page.
const MAX_PAGE_BYTES: usize = 8 << 20;

/// Numbers the pages, skips those that are known already, and counts the text.
pub(super) struct Sink<'a> {
    send: &'a mut dyn FnMut(Said) -> Result<(), ExtractError>,
    skip: i64,
    next: i64,
    chars_left: u64,
    max_pages: u64,
}

/// What a reader knows of a page; the number is the sink's.
pub(super) struct Unit {
    pub text: String,
    pub numbered: bool,
    pub verdict: Verdict,
    pub headings: Vec<Heading>,
    pub tables: Vec<Table>,
    pub markdown: bool,
    pub pictures: bool,
    pub doubtful: bool,
    pub warning: Option<String>,
}

impl Unit {
    pub(super) fn text(text: String) -> Self {
        let verdict = if text.trim().is_empty() { Verdict::Empty } else { Verdict::Text };
        let text = if verdict == Verdict::Empty { String::new() } else { text };
        Self {
            text,
            numbered: false,
            verdict,
            headings: Vec::new(),
            tables: Vec::new(),
            markdown: false,
            pictures: false,
            doubtful: false,
            warning: None,
        }
    }

    pub(super) fn markdown(text: String) -> Self {
        let headings = super::markup::headings(&text);
        Self { markdown: true, headings, ..Self::text(text) }
    }
}

impl<'a> Sink<'a> {
    pub(super) fn new(
        budget: &Budget,
        skip: i64,
        send: &'a mut dyn FnMut(Said) -> Result<(), ExtractError>,
    ) -> Self {
        Self { send, skip, next: 1, chars_left: budget.max_text_chars, max_pages: budget.max_pages }
    }

    /// Says how many pages will come.
    pub(super) fn total(&mut self, pages: usize) -> Result<(), ExtractError> {
        if pages as u64 > self.max_pages {
            return Err(ExtractError::limit(format!("{pages} pages, at most {}", self.max_pages)));
        }
        (self.send)(Said::Total(i64::try_from(pages).unwrap_or(i64::MAX)))
    }

    /// Says that the reading gets on, and so may take more time: one file inside the file is done.
    pub(super) fn busy(&mut self) -> Result<(), ExtractError> {
        (self.send)(Said::Busy)
    }

    /// Whether the next page is wanted; if not, it counts as delivered.
    pub(super) fn skips_next(&mut self) -> bool {
        let skips = self.next <= self.skip;
        if skips {
            self.next += 1;
        }
        skips
    }

    /// Hands over the next page.
    pub(super) fn page(&mut self, unit: Unit) -> Result<(), ExtractError> {
        let unit = lines::bounded(unit);
        let chars = unit.text.chars().count() as u64;
        self.chars_left = self
            .chars_left
            .checked_sub(chars)
            .ok_or_else(|| ExtractError::limit("more text than is read from one file"))?;
        if unit.text.len() > MAX_PAGE_BYTES {
            return Err(ExtractError::limit(format!(
                "more than {} MiB of text on one page",
                MAX_PAGE_BYTES >> 20
            )));
        }
        let number = self.next;
        self.next += 1;
        if number <= self.skip {
            return Ok(());
        }
        let page = Page {
            number,
            numbered: unit.numbered,
            text: unit.text,
            verdict: unit.verdict,
            headings: unit.headings,
            tables: unit.tables,
            markdown: unit.markdown,
            pictures: unit.pictures,
            doubtful: unit.doubtful,
            warning: unit.warning,
        };
        (self.send)(Said::Page(page.into()))
    }

    /// Hands over a document without pages, in as many units as its length asks for.
    pub(super) fn flat(&mut self, unit: Unit) -> Result<(), ExtractError> {
        self.units(vec![unit])
    }

    /// As [`Sink::flat`], for a document of several parts.
    pub(super) fn units(&mut self, units: Vec<Unit>) -> Result<(), ExtractError> {
        let units: Vec<Unit> = units.into_iter().map(lines::bounded).flat_map(split).collect();
        self.total(units.len())?;
        units.into_iter().try_for_each(|unit| self.page(unit))
    }
}

/// Units of a length that can be held, and the warning on the first.
fn split(mut unit: Unit) -> Vec<Unit> {
    if unit.text.len() <= UNIT_BYTES + UNIT_BYTES / 4 {
        return vec![unit];
    }
    let mut warning = unit.warning.take();
    let pieces = cuts(&unit.text, UNIT_BYTES).into_iter().map(|range| Unit {
        headings: headings_within(&unit.headings, &range),
        markdown: unit.markdown,
        warning: warning.take(),
        ..Unit::text(unit.text[range].to_owned())
    });
    pieces.collect()
}

/// Cuts a text into pieces of about `size` bytes, at an empty line if there is one near, else at a line.
fn cuts(text: &str, size: usize) -> Vec<std::ops::Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    while text.len() - start > size {
        let end = text.floor_char_boundary(start + size);
        let near = text.ceil_char_boundary(start + size / 2);
        let tail = &text[near..end];
        let cut = tail.rfind("\n\n").map(|at| at + 2).or_else(|| tail.rfind('\n').map(|at| at + 1));
        let cut = near + cut.unwrap_or(tail.len());
        ranges.push(start..cut);
        start = cut;
    }
    ranges.push(start..text.len());
    ranges
}

/// The headings inside a piece, after those that were still open where it begins.
fn headings_within(all: &[Heading], range: &std::ops::Range<usize>) -> Vec<Heading> {
    let mut open: Vec<Heading> = Vec::new();
    for heading in all.iter().take_while(|it| it.start < range.start) {
        open.retain(|it| it.level < heading.level);
        open.push(Heading { start: 0, ..heading.clone() });
    }
    let inside = all.iter().filter(|it| range.contains(&it.start));
    open.extend(inside.map(|it| Heading { start: it.start - range.start, ..it.clone() }));
    open
}

/// Runs a reader over bytes, in this very process: what it says, for unit tests.
#[cfg(test)]
pub(super) fn collect(
    read: fn(Source, &mut Sink) -> Result<(), ExtractError>,
    bytes: impl Into<Vec<u8>>,
) -> Result<Vec<Page>, ExtractError> {
    let budget = Budget::from(&super::limits::Limits::default());
    let mut pages = Vec::new();
    let mut total = None;
    let mut send = |said| {
        match said {
            Said::Total(pages) => total = Some(pages),
            Said::Page(page) => pages.push(page.into_page().expect("a well-formed page")),
            _ => {}
        }
        Ok(())
    };
    let source = Source { bytes: bytes.into(), budget: budget.clone(), attempt: 0 };
    read(source, &mut Sink::new(&budget, 0, &mut send))?;
    assert_eq!(total, Some(pages.len() as i64), "the announced total");
    Ok(pages)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_flat_text_comes_in_units_and_keeps_its_headings() {
        let section = format!("# A\n\n## B\n\n{}", "word and word\n\n".repeat(120_000));
        let text = format!("{section}# C\n\nend");
        let read = |source: Source, sink: &mut Sink| {
            sink.flat(Unit::markdown(String::from_utf8(source.bytes).expect("UTF-8")))
        };
        let pages = collect(read, text.clone()).unwrap();
        assert_eq!(pages.len(), 2);
        assert_eq!(pages.iter().map(|it| it.text.as_str()).collect::<String>(), text);
        let titles = |page: &Page| {
            page.headings.iter().map(|it| format!("{}@{}", it.title, it.start)).collect::<Vec<_>>()
        };
        assert_eq!(titles(&pages[0]), ["A@0", "B@5"]);
        assert_eq!(titles(&pages[1])[..2], ["A@0", "B@0"], "the section goes on");
        assert!(pages[1].text[pages[1].headings[2].start..].starts_with("# C"));
    }

    #[test]
    fn cuts_are_lossless_where_there_is_no_place_to_cut() {
        let text = "é".repeat(1000);
        let ranges = cuts(&text, 301);
        assert!(ranges.iter().all(|range| range.len() <= 301));
        assert_eq!(ranges.iter().map(|range| &text[range.clone()]).collect::<String>(), text);
    }

    #[test]
    fn known_pages_are_not_sent_again() {
        let budget = Budget::from(&super::super::limits::Limits::default());
        let mut numbers = Vec::new();
        let mut send = |said| {
            if let Said::Page(page) = said {
                numbers.push(page.into_page().expect("a page").number);
            }
            Ok(())
        };
        let mut sink = Sink::new(&budget, 2, &mut send);
        assert!(sink.skips_next());
        for _ in 0..3 {
            sink.page(Unit::text("x".into())).unwrap();
        }
        assert_eq!(numbers, [3, 4]);
    }
}
