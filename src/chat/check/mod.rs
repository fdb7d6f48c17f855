//! Each statement of a model's answer against the passages it cites, while the answer grows.
//!
//! Numbers, units, dates, names, denials, files and addresses are looked for; what the cited passages do not have is told as a
//! [`Doubt`] together with the end of the statement. Answers that cite nothing get the citation of the passage that says
//! the same. There is no model in this: it finds what is written otherwise, and not what is meant otherwise.

mod dates;
mod evidence;
mod facts;
mod statement;
mod units;

use std::collections::BTreeSet;

use docent_domain::chat::Doubt;
use docent_domain::source::Source;
use evidence::Evidence;

/// Follows an answer, letter by letter.
pub(super) struct Checker {
    passages: Vec<Evidence>,
    question: String,
    /// The statement so far, and where it begins in the answer, in code points.
    statement: String,
    start: i64,
    /// Code points given out.
    told: i64,
    /// A stop or a marker's end that waits, so that what is found with it has something to come with.
    last: Option<char>,
    /// Blanks that wait for what follows them.
    held: String,
    state: State,
    line: String,
    fence: bool,
    /// The model has cited something by itself.
    cites: bool,
    added: BTreeSet<i64>,
    doubts: Vec<Doubt>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    /// A stop was seen.
    Stopped,
    /// Markers behind the stop belong to the statement.
    Trailing,
}

impl Checker {
    pub(super) fn new(sources: &[Source], question: &str) -> Self {
        let mut checker = Self {
            passages: Vec::new(),
            question: question.to_owned(),
            statement: String::new(),
            start: 0,
            told: 0,
            last: None,
            held: String::new(),
            state: State::Open,
            line: String::new(),
            fence: false,
            cites: false,
            added: BTreeSet::new(),
            doubts: Vec::new(),
        };
        checker.sources(sources);
        checker
    }

    /// The passages are these now.
    pub(super) fn sources(&mut self, sources: &[Source]) {
        let known = self.passages.len();
        if sources.len() < known {
            self.passages.truncate(sources.len());
        } else {
            self.passages.extend(sources[known..].iter().map(Evidence::of));
        }
    }

    /// Takes what may be streamed and gives it on, with citations added.
    pub(super) fn push(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + 8);
        for c in text.chars() {
            self.step(c, &mut out);
        }
        out
    }

    /// A paragraph or the answer is over.
    pub(super) fn finish(&mut self) -> String {
        let mut out = String::new();
        self.end(&mut out);
        self.flush(&mut out);
        self.give(None, &mut out);
        self.state = State::Open;
        out
    }

    /// What was found since the last time.
    pub(super) fn doubts(&mut self) -> Vec<Doubt> {
        std::mem::take(&mut self.doubts)
    }

    /// The sources whose citations were added.
    pub(super) fn added(&self) -> impl Iterator<Item = i64> {
        self.added.iter().copied()
    }

    fn step(&mut self, c: char, out: &mut String) {
        match self.state {
            State::Open => {}
            State::Stopped | State::Trailing if c == ' ' => return self.held.push(c),
            State::Stopped if c == '[' => {
                self.state = State::Trailing;
                let held = std::mem::take(&mut self.held);
                held.chars().for_each(|blank| self.tell(blank, out));
                return self.tell(c, out);
            }
            State::Trailing if c.is_ascii_digit() || matches!(c, '[' | ']' | ',' | ';' | '-' | '–' | '.') =>
            {
                let held = std::mem::take(&mut self.held);
                held.chars().for_each(|blank| self.tell(blank, out));
                return self.tell(c, out);
            }
            State::Stopped | State::Trailing => {
                self.end(out);
                self.flush(out);
                self.state = State::Open;
            }
        }
        if c == '\n' {
            self.end(out);
            if self.line.trim_start().starts_with("```") || self.line.trim_start().starts_with("~~~") {
                self.fence = !self.fence;
            }
            self.line.clear();
            self.told += 1;
            self.give(Some(c), out);
            self.start = self.told;
            return;
        }
        let stopped = !self.fence && statement::is_over(&self.statement);
        if stopped && c.is_whitespace() {
            self.state = State::Stopped;
            self.held.push(c);
            return;
        }
        self.tell(c, out);
        if !self.fence && matches!(c, '。' | '！' | '？') {
            self.state = State::Stopped;
        }
    }

    fn tell(&mut self, c: char, out: &mut String) {
        self.statement.push(c);
        self.line.push(c);
        self.told += 1;
        self.give(Some(c), out);
    }

    fn give(&mut self, c: Option<char>, out: &mut String) {
        out.extend(self.last.take());
        match c {
            Some('.' | '!' | '?' | ']' | '。' | '！' | '？') => self.last = c,
            other => out.extend(other),
        }
    }

    fn flush(&mut self, out: &mut String) {
        let held = std::mem::take(&mut self.held);
        self.told += i64::try_from(held.chars().count()).unwrap_or(0);
        self.line.push_str(&held);
        held.chars().for_each(|blank| self.give(Some(blank), out));
        self.start = self.told;
    }

    /// The statement is whole.
    fn end(&mut self, out: &mut String) {
        let statement = std::mem::take(&mut self.statement);
        if self.fence || self.line.trim_start().starts_with("```") {
            return;
        }
        let cited = statement::cited(&statement);
        self.cites |= !cited.is_empty();
        let mut against: Vec<&Evidence> =
            cited.iter().filter_map(|number| self.passages.get(number - 1)).collect();
        let mut added = None;
        if cited.is_empty() && !self.cites {
            added = statement::best(&statement, &self.passages);
            if let Some(at) = added {
                against = vec![&self.passages[at]];
            }
        }
        if against.is_empty() {
            against = self.passages.iter().collect();
        }
        let bare = statement::without_markers(&statement);
        let found = statement::check(&bare, &against, &self.question);
        let lead = statement.chars().take_while(|c| c.is_whitespace()).count();
        let length = statement.trim().chars().count();
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let start = self.start + number(lead);
        self.doubts.extend(found.into_iter().map(|(reason, about)| Doubt {
            start,
            end: start + number(length),
            reason,
            about,
        }));
        if let Some(at) = added {
            let marker = format!(" [{}]", at + 1);
            self.told += number(marker.chars().count());
            self.line.push_str(&marker);
            marker.chars().for_each(|c| self.give(Some(c), out));
            self.added.insert(number(at + 1));
        }
    }
}

#[cfg(test)]
mod tests;
