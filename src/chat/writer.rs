//! The way of a model's text into the log: cleaned, its citations checked, joined into frames, and bounded.

use std::time::Duration;

use tokio::time::Instant;

use super::check::Checker;
use super::citations::Citations;
use super::frames::Joiner;
use super::log::Log;
use super::markup::Markup;
use super::rut::Rut;
use docent_domain::chat::Doubt;
use docent_domain::source::Source;
use docent_telemetry as telemetry;

pub(super) struct Writer<'a> {
    log: &'a Log,
    citations: Citations,
    markup: Option<Markup>,
    /// Only for what a model has written: quotations say what their sources say.
    checker: Option<Checker>,
    /// What was found wanting in text that has not gone out yet.
    doubts: Vec<Doubt>,
    joiner: Joiner,
    /// Of what a model has written.
    rut: Option<Rut>,
    /// Citations that nothing has been said to yet; `None` once something has.
    lead: Option<String>,
    /// Bytes that may still come.
    left: usize,
    /// Tools were used since the last word: what comes next is a paragraph of its own.
    apart: bool,
    asked_at: Option<Instant>,
    /// Pieces from the model, with the first and the last one's time.
    heard: Option<(u64, Instant, Instant)>,
    /// Pieces since the last frame, and of the last frame.
    pieces: (u64, u64),
}

/// Pieces of a frame from which on a model is fast.
const FAST: u64 = 4;

/// Whether the answer may go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Room {
    Left,
    None,
}

impl<'a> Writer<'a> {
    pub(super) fn new(log: &'a Log, sources: usize, longest: usize) -> Self {
        let sources = i64::try_from(sources).unwrap_or(i64::MAX);
        Self {
            log,
            citations: Citations::new(sources),
            markup: None,
            checker: None,
            doubts: Vec::new(),
            joiner: Joiner::default(),
            rut: None,
            lead: None,
            left: longest,
            apart: false,
            asked_at: None,
            heard: None,
            pieces: (0, 0),
        }
    }

    /// Tells how long the first word takes from then on.
    pub(super) fn asked_at(self, at: Instant) -> Self {
        Self { asked_at: Some(at), ..self }
    }

    /// Compares each statement with what it cites.
    pub(super) fn checked(self, sources: &[Source], question: &str) -> Self {
        let checker = Some(Checker::new(sources, question));
        let (markup, rut) = (Some(Markup::default()), Some(Rut::default()));
        Self { checker, markup, rut, lead: Some(String::new()), ..self }
    }

    /// How many pieces came, and how long that took from the first to the last.
    pub(super) fn pace(&self) -> Option<(u64, Duration)> {
        self.heard.map(|(pieces, first, last)| (pieces, last - first))
    }

    pub(super) fn push(&mut self, text: &str) -> Room {
        self.push_joined(text, 1)
    }

    /// Takes text that came in so many pieces; with none nothing happens.
    pub(super) fn push_joined(&mut self, text: &str, pieces: u64) -> Room {
        if pieces == 0 {
            return Room::Left;
        }
        self.hear(pieces, Instant::now());
        self.pieces.0 += pieces;
        if std::mem::take(&mut self.apart) && !text.starts_with('\n') {
            self.take("\n\n");
        }
        self.take(text)
    }

    fn hear(&mut self, more: u64, now: Instant) {
        match &mut self.heard {
            Some((pieces, _, last)) => (*pieces, *last) = (*pieces + more, now),
            None => {
                self.heard = Some((more, now, now));
                if let Some(asked) = self.asked_at {
                    telemetry::first_token(now - asked);
                }
            }
        }
    }

    fn take(&mut self, text: &str) -> Room {
        let lost = self.rut.as_mut().is_some_and(|rut| rut.push(text));
        let room = if lost || text.len() > self.left { Room::None } else { Room::Left };
        let text = &text[..text.floor_char_boundary(self.left)];
        self.left -= text.len();
        // No database keeps NUL, and no reader misses it.
        let text = if text.contains('\0') { &text.replace('\0', "") } else { text };
        let checked = match &mut self.markup {
            Some(markup) => self.citations.push(&markup.push(text)),
            None => self.citations.push(text),
        };
        let checked = self.compared(checked);
        let checked = self.led(checked);
        if let Some(frame) = self.joiner.push(&checked, Instant::now()) {
            self.send(&frame);
        }
        room
    }

    fn send(&mut self, frame: &str) {
        self.pieces = (0, self.pieces.0);
        self.log.checked(frame, std::mem::take(&mut self.doubts));
    }

    fn compared(&mut self, text: String) -> String {
        let Some(checker) = &mut self.checker else { return text };
        let text = checker.push(&text);
        self.doubts.extend(checker.doubts());
        text
    }

    /// The text, if something has been said by now: citations alone are no answer.
    fn led(&mut self, text: String) -> String {
        let Some(lead) = &mut self.lead else { return text };
        lead.push_str(&text);
        if says_nothing(lead) { String::new() } else { self.lead.take().unwrap_or_default() }
    }

    /// Whether the model has said nothing yet that a reader could read.
    pub(super) fn has_nothing(&self) -> bool {
        self.lead.is_some() && self.log.text().trim().is_empty()
    }

    /// When waiting text has to go out.
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.joiner.deadline()
    }

    /// Until when it is enough to listen again, where the model says several pieces in the time of a frame: before that
    /// nothing can go out.
    pub(super) fn lull(&self) -> Option<Instant> {
        self.joiner.next_frame().filter(|_| self.pieces.1 >= FAST)
    }

    pub(super) fn send_due(&mut self) {
        if let Some(frame) = self.joiner.due(Instant::now()) {
            self.send(&frame);
        }
    }

    /// Sends out all that was held back: tools are used now.
    pub(super) fn pause(&mut self) {
        let left = self.markup.as_mut().map(Markup::finish).unwrap_or_default();
        let held = self.citations.push(&left) + &self.citations.finish();
        let mut held = self.compared(held);
        if let Some(checker) = &mut self.checker {
            held.push_str(&checker.finish());
            self.doubts.extend(checker.doubts());
        }
        let last = self.joiner.rest().unwrap_or_default() + &self.led(held);
        self.log.checked(&last, std::mem::take(&mut self.doubts));
        self.apart = !self.log.text().is_empty();
    }

    /// The sources are these now.
    pub(super) fn sources(&mut self, sources: &[Source]) {
        self.citations.sources(i64::try_from(sources.len()).unwrap_or(i64::MAX));
        if let Some(checker) = &mut self.checker {
            checker.sources(sources);
        }
    }

    /// Sends out all that was held back, and says which sources the answer cites.
    pub(super) fn finish(mut self) -> Vec<i64> {
        self.pause();
        if self.lead.is_some() {
            return Vec::new();
        }
        let mut cited = self.citations.cited();
        cited.extend(self.checker.iter().flat_map(Checker::added));
        cited.sort_unstable();
        cited.dedup();
        cited
    }
}

/// Whether there are only blanks, punctuation and numbers in square brackets.
fn says_nothing(text: &str) -> bool {
    let mut inside = false;
    text.chars().all(|c| {
        inside = match c {
            '[' => true,
            ']' => false,
            _ => inside,
        };
        c.is_whitespace() || c.is_ascii_punctuation() || (inside && c.is_ascii_digit())
    })
}
