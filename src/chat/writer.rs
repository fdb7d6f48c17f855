//! The way of a model's text into the log: cleaned, its citations checked, joined into frames, and bounded.

use std::time::Duration;

use tokio::time::Instant;

use super::citations::Citations;
use super::frames::Joiner;
use super::log::Log;
use docent_telemetry as telemetry;

pub(super) struct Writer<'a> {
    log: &'a Log,
    citations: Citations,
    joiner: Joiner,
    /// Bytes that may still come.
    left: usize,
    /// Tools were used since the last word: what comes next is a paragraph of its own.
    apart: bool,
    asked_at: Option<Instant>,
    /// Pieces from the model, with the first and the last one's time.
    heard: Option<(u64, Instant, Instant)>,
}

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
            joiner: Joiner::default(),
            left: longest,
            apart: false,
            asked_at: None,
            heard: None,
        }
    }

    /// Tells how long the first word takes from then on.
    pub(super) fn asked_at(self, at: Instant) -> Self {
        Self { asked_at: Some(at), ..self }
    }

    /// How many pieces came, and how long that took from the first to the last.
    pub(super) fn pace(&self) -> Option<(u64, Duration)> {
        self.heard.map(|(pieces, first, last)| (pieces, last - first))
    }

    pub(super) fn push(&mut self, text: &str) -> Room {
        self.hear(Instant::now());
        if std::mem::take(&mut self.apart) && !text.starts_with('\n') {
            self.take("\n\n");
        }
        self.take(text)
    }

    fn hear(&mut self, now: Instant) {
        match &mut self.heard {
            Some((pieces, _, last)) => (*pieces, *last) = (*pieces + 1, now),
            None => {
                self.heard = Some((1, now, now));
                if let Some(asked) = self.asked_at {
                    telemetry::first_token(now - asked);
                }
            }
        }
    }

    fn take(&mut self, text: &str) -> Room {
        let room = if text.len() > self.left { Room::None } else { Room::Left };
        let text = &text[..text.floor_char_boundary(self.left)];
        self.left -= text.len();
        // No database keeps NUL, and no reader misses it.
        let checked = if text.contains('\0') {
            self.citations.push(&text.replace('\0', ""))
        } else {
            self.citations.push(text)
        };
        if let Some(frame) = self.joiner.push(&checked, Instant::now()) {
            self.log.frame(&frame);
        }
        room
    }

    /// When waiting text has to go out.
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.joiner.deadline()
    }

    pub(super) fn send_due(&mut self) {
        if let Some(frame) = self.joiner.due(Instant::now()) {
            self.log.frame(&frame);
        }
    }

    /// Sends out all that was held back: tools are used now.
    pub(super) fn pause(&mut self) {
        let held = self.citations.finish();
        let last = self.joiner.rest().unwrap_or_default() + &held;
        self.log.frame(&last);
        self.apart = !self.log.text().is_empty();
    }

    /// There are so many sources now.
    pub(super) fn sources(&mut self, count: usize) {
        self.citations.sources(i64::try_from(count).unwrap_or(i64::MAX));
    }

    /// Sends out all that was held back, and says which sources the answer cites.
    pub(super) fn finish(mut self) -> Vec<i64> {
        self.pause();
        self.citations.cited()
    }
}
