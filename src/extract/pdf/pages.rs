//! Pages in their order: running heads are taken out, and what a page break cuts is joined.

use super::choice::ReadPage;
use super::headings;
use super::structure::Outline;
use super::tidy::tidy;
use crate::error::ExtractError;
use crate::sink::{Sink, Unit};
use docent_domain::document::Verdict;
use docent_layout::{
    Block, Composed, EdgeLine, Known, Laid, RunningHeads, TableBlock, Vocabulary, compose, continue_table,
    edge_lines, goes_on, take_rest,
};

/// A table is followed over at most so many pages.
const MAX_HELD: usize = 40;

pub(super) struct Binder<'a> {
    outline: Outline,
    known: Known<'a>,
    heads: RunningHeads,
    looks_ahead: bool,
    /// Skipped pages count too.
    number: i64,
    /// The page read last: it is written when the one after it is known.
    waiting: Option<Waiting>,
    /// Written pages that may still change.
    held: Vec<Written>,
    /// Which of them holds the table that goes on.
    owner: Option<usize>,
}

struct Waiting {
    index: usize,
    number: i64,
    page: ReadPage,
    edges: Vec<EdgeLine>,
}

struct Written {
    index: usize,
    composed: Composed,
    verdict: Verdict,
    warning: Option<String>,
    pictures: bool,
    doubtful: bool,
    /// The table that the page ends with, for the next page to go on with.
    last_table: Option<TableBlock>,
}

impl<'a> Binder<'a> {
    pub(super) fn new(outline: Outline, vocabulary: &'a dyn Vocabulary, looks_ahead: bool) -> Self {
        Self {
            outline,
            known: Known::new(vocabulary),
            heads: RunningHeads::default(),
            looks_ahead,
            number: 0,
            waiting: None,
            held: Vec::new(),
            owner: None,
        }
    }

    pub(super) fn skip(&mut self) {
        self.number += 1;
    }

    /// A page that unpacks to too much.
    pub(super) fn left_out(&mut self, index: usize, sink: &mut Sink) -> Result<(), ExtractError> {
        let warning = Some("The page unpacks to far more than its size and is left out".to_owned());
        self.page(
            index,
            ReadPage {
                laid: Laid::default(),
                verdict: Verdict::Garbled,
                warning,
                pictures: false,
                doubtful: false,
            },
            sink,
        )
    }

    /// Takes the next page, and hands over those that will not change any more.
    pub(super) fn page(&mut self, index: usize, page: ReadPage, sink: &mut Sink) -> Result<(), ExtractError> {
        self.number += 1;
        let edges = edge_lines(&page.laid);
        if let Some(before) = self.waiting.take() {
            self.write(before, &edges);
        }
        self.waiting = Some(Waiting { index, number: self.number, page, edges });
        if self.looks_ahead { self.release(sink) } else { self.flush(sink) }
    }

    pub(super) fn finish(&mut self, sink: &mut Sink) -> Result<(), ExtractError> {
        self.flush(sink)
    }

    fn flush(&mut self, sink: &mut Sink) -> Result<(), ExtractError> {
        if let Some(last) = self.waiting.take() {
            self.write(last, &[]);
        }
        self.owner = None;
        std::mem::take(&mut self.held).into_iter().try_for_each(|page| self.hand_over(page, sink))
    }

    /// Hands over all but the last, or but those whose table may go on.
    fn release(&mut self, sink: &mut Sink) -> Result<(), ExtractError> {
        if self.owner.is_some() && self.held.len() < MAX_HELD {
            return Ok(());
        }
        self.owner = None;
        let last = self.held.pop();
        std::mem::take(&mut self.held).into_iter().try_for_each(|page| self.hand_over(page, sink))?;
        self.held.extend(last);
        Ok(())
    }

    fn write(&mut self, waiting: Waiting, next: &[EdgeLine]) {
        let Waiting { index, number, page, edges } = waiting;
        let ReadPage { mut laid, verdict, warning, pictures, doubtful } = page;
        let running = self.heads.take(&mut laid, edges, next);
        let before = self.held.last().and_then(|it| it.last_table.as_ref());
        let continued = before.filter(|table| goes_on(table, &laid)).cloned();
        let is_whole = laid.blocks.len() == 1;
        if let (Some(table), Some(Block::Table(next))) = (&continued, laid.blocks.first_mut()) {
            continue_table(table, next);
        }
        let last_table = match laid.blocks.last() {
            Some(Block::Table(table)) => Some(table.clone()),
            _ => None,
        };
        let mut composed = compose(laid, number, &mut self.known, &tidy);
        if let Some(before) =
            self.held.last_mut().filter(|it| it.verdict == Verdict::Text && continued.is_none())
        {
            take_rest(&mut before.composed, &mut composed);
        }
        let running: Vec<String> =
            running.iter().map(|line| tidy(line)).filter(|line| !line.is_empty()).collect();
        composed.prepend(&running);
        if continued.is_some() {
            self.join_tables(&mut composed, is_whole && last_table.is_some());
        }
        self.held.push(Written { index, composed, verdict, warning, pictures, doubtful, last_table });
    }

    /// Moves the first table of a page to the page where it begins.
    fn join_tables(&mut self, composed: &mut Composed, is_whole: bool) {
        let owner = self.owner.unwrap_or_else(|| self.held.len().saturating_sub(1));
        let Some(table) = self.held.get_mut(owner).and_then(|it| it.composed.tables.last_mut()) else {
            return;
        };
        if composed.tables.is_empty() {
            return;
        }
        docent_layout::append(table, composed.tables.remove(0));
        self.owner = is_whole.then_some(owner);
    }

    fn hand_over(&mut self, page: Written, sink: &mut Sink) -> Result<(), ExtractError> {
        let Written { index, composed, mut verdict, warning, pictures, doubtful, .. } = page;
        if verdict == Verdict::Text && composed.text.is_empty() {
            verdict = Verdict::Empty;
        }
        let (text, tables) = match verdict {
            Verdict::Text => (composed.text, composed.tables),
            _ => (String::new(), Vec::new()),
        };
        let headings =
            self.outline.get(&index).map(|entries| headings::placed(&text, entries)).unwrap_or_default();
        sink.page(Unit {
            text,
            numbered: true,
            verdict,
            headings,
            tables,
            pictures: pictures && verdict == Verdict::Text,
            doubtful: doubtful && verdict == Verdict::Text,
            warning,
            ..Unit::text(String::new())
        })
    }
}
