//! Joins pieces that come too fast for anyone to read into fewer, larger frames.

use std::time::Duration;

use tokio::time::Instant;

/// No more than one frame in this time: 50 a second.
pub(super) const FRAME: Duration = Duration::from_millis(20);

/// The first piece goes out at once, and so does every piece that follows a pause; in between they are joined.
#[derive(Debug, Default)]
pub(super) struct Joiner {
    waiting: String,
    last: Option<Instant>,
}

impl Joiner {
    /// Takes a piece and gives a frame if one is due.
    pub(super) fn push(&mut self, piece: &str, now: Instant) -> Option<String> {
        self.waiting.push_str(piece);
        self.due(now)
    }

    /// When the waiting text is to go out, if there is any.
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.next_frame().filter(|_| !self.waiting.is_empty())
    }

    /// When the next frame may go out; `None` before the first.
    pub(super) fn next_frame(&self) -> Option<Instant> {
        Some(self.last? + FRAME)
    }

    /// The waiting text, if its time has come.
    pub(super) fn due(&mut self, now: Instant) -> Option<String> {
        let early = self.last.is_some_and(|last| now < last + FRAME);
        if early || self.waiting.is_empty() {
            return None;
        }
        self.last = Some(now);
        Some(std::mem::take(&mut self.waiting))
    }

    /// The waiting text, whether or not its time has come.
    pub(super) fn rest(&mut self) -> Option<String> {
        (!self.waiting.is_empty()).then(|| std::mem::take(&mut self.waiting))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slow_pieces_are_frames_of_their_own() {
        let mut joiner = Joiner::default();
        let begin = Instant::now();
        for n in 0..5 {
            assert_eq!(joiner.push("a", begin + FRAME * n), Some("a".to_owned()));
        }
        assert_eq!(joiner.deadline(), None);
    }

    #[test]
    fn fast_pieces_are_joined_and_none_is_lost() {
        let mut joiner = Joiner::default();
        let begin = Instant::now();
        let mut frames = Vec::new();
        for n in 0..1_000 {
            frames.extend(joiner.push("x", begin + Duration::from_millis(n)));
        }
        frames.extend(joiner.rest());
        assert_eq!(frames.concat().len(), 1_000);
        assert!((50..=52).contains(&frames.len()), "{} frames in a second", frames.len());
        assert_eq!(frames[0], "x", "the first one does not wait");
    }

    #[test]
    fn what_waits_has_a_deadline() {
        let mut joiner = Joiner::default();
        let begin = Instant::now();
        joiner.push("a", begin);
        assert_eq!(joiner.push("b", begin + FRAME / 2), None);
        assert_eq!(joiner.deadline(), Some(begin + FRAME));
        assert_eq!(joiner.due(begin + FRAME), Some("b".to_owned()));
    }
}
