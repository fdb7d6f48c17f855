//! The log of one answer: written once, read by any number of readers, each at its own pace.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::stream::{self, BoxStream, StreamExt};
use tokio::sync::watch;
use tokio::time::Instant;

use docent_domain::DocumentId;
use docent_domain::chat::{Accepted, Doubt, Frame, ToolCall, ToolResult, TurnEvent};
use docent_domain::source::Source;
use docent_store::{Mark, Marked, Segment};

/// Readers hold a cursor into it and are woken when it grows; none can make it forget anything.
#[derive(Debug)]
pub(super) struct Log {
    state: Mutex<State>,
    changed: watch::Sender<()>,
}

#[derive(Debug)]
struct State {
    accepted: Accepted,
    /// All that were found so far, in the order of their numbers.
    sources: Option<Vec<Source>>,
    text: String,
    /// Where each frame ends in `text`.
    ends: Vec<usize>,
    /// What happened between frames, in order.
    marks: Vec<Marked>,
    terminal: Option<TurnEvent>,
    spoke: Option<Instant>,
}

/// How far a reader has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    place: Place,
    /// The next frame.
    seq: usize,
    /// The next mark.
    mark: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Accepted,
    Sources,
    Frames,
    Over,
}

/// What there is at a cursor.
#[derive(Debug)]
enum Step {
    Event(TurnEvent),
    Wait,
    Over,
}

impl Log {
    pub(super) fn new(accepted: Accepted) -> Arc<Self> {
        let state = State {
            accepted,
            sources: None,
            text: String::new(),
            ends: Vec::new(),
            marks: Vec::new(),
            terminal: None,
            spoke: None,
        };
        Arc::new(Self { state: Mutex::new(state), changed: watch::Sender::new(()) })
    }

    /// Says what was found. The first thing said, and said once.
    pub(super) fn sources(&self, sources: Vec<Source>) {
        let mut state = self.lock();
        debug_assert!(state.ends.is_empty() && state.terminal.is_none(), "sources come first");
        state.sources = Some(sources);
        self.announce(state);
    }

    /// Appends a frame.
    pub(super) fn frame(&self, text: &str) {
        self.checked(text, Vec::new());
    }

    /// Appends a frame together with what was found wanting up to its end.
    pub(super) fn checked(&self, text: &str, doubts: Vec<Doubt>) {
        let mut state = self.lock();
        if state.terminal.is_some() {
            return;
        }
        let frame = state.ends.len();
        state.marks.extend(doubts.into_iter().map(|doubt| Marked { frame, mark: Mark::Doubt(doubt) }));
        if text.is_empty() {
            return;
        }
        state.spoke = Some(Instant::now());
        state.text.push_str(text);
        let end = state.text.len();
        state.ends.push(end);
        self.announce(state);
    }

    /// A tool is to be used.
    pub(super) fn call(&self, call: ToolCall) {
        self.mark(Mark::Call(call));
    }

    /// What came of it.
    pub(super) fn result(&self, result: ToolResult) {
        self.mark(Mark::Result(result));
    }

    /// A tool has found more: numbered on after those that there are.
    pub(super) fn append(&self, new: Vec<Source>) {
        let mut state = self.lock();
        if state.terminal.is_some() || new.is_empty() {
            return;
        }
        let sources = state.sources.get_or_insert_default();
        let before = sources.len();
        sources.extend(new);
        let (after, frame) = (sources.len(), state.ends.len());
        state.marks.push(Marked { frame, mark: Mark::Sources { before, after } });
        self.announce(state);
    }

    fn mark(&self, mark: Mark) {
        let mut state = self.lock();
        if state.terminal.is_some() {
            return;
        }
        let frame = state.ends.len();
        state.marks.push(Marked { frame, mark });
        self.announce(state);
    }

    /// Appends what was stored elsewhere; what is known already is skipped. `marks` begin at [`Log::marks`], and are
    /// at least as new as `segments`: a reader must not get past a mark that is still to come.
    pub(super) fn extend(&self, segments: &[Segment], marks: Vec<Marked>, sources: &[Source]) {
        let mut state = self.lock();
        state.marks.extend(marks);
        if let Some(known) = &mut state.sources
            && let Some(new) = sources.get(known.len()..)
        {
            known.extend_from_slice(new);
        }
        for segment in segments {
            let mut begin = 0;
            for (n, &end) in segment.ends.iter().enumerate() {
                let seq = usize::try_from(segment.first_seq).unwrap_or(usize::MAX).saturating_add(n);
                if seq == state.ends.len() {
                    state.text.push_str(&segment.text[begin..end]);
                    let end = state.text.len();
                    state.ends.push(end);
                }
                begin = end;
            }
        }
        self.announce(state);
    }

    /// Leaves out what stood in these documents, which are deleted: whoever reads from here on is not told.
    pub(super) fn forget(&self, documents: &[DocumentId]) {
        let mut state = self.lock();
        for source in state.sources.iter_mut().flatten() {
            if documents.contains(&source.document) {
                source.forget();
            }
        }
        state.marks.iter_mut().for_each(Marked::forget_result);
    }

    /// Ends the log; a second end is ignored, so that there is exactly one.
    pub(super) fn end(&self, terminal: TurnEvent) {
        debug_assert!(terminal.is_terminal());
        let mut state = self.lock();
        if state.terminal.is_none() {
            state.terminal = Some(terminal);
        }
        self.announce(state);
    }

    pub(super) fn text(&self) -> String {
        self.lock().text.clone()
    }

    pub(super) fn is_over(&self) -> bool {
        self.lock().terminal.is_some()
    }

    pub(super) fn found(&self) -> Option<Vec<Source>> {
        self.lock().sources.clone()
    }

    /// How many sources there are, once that is known.
    pub(super) fn found_count(&self) -> Option<usize> {
        self.lock().sources.as_ref().map(Vec::len)
    }

    /// What was found wanting so far.
    pub(super) fn doubts(&self) -> Vec<Doubt> {
        let state = self.lock();
        state.marks.iter().filter_map(|marked| doubt(&marked.mark)).collect()
    }

    /// When the last frame came.
    pub(super) fn spoke_at(&self) -> Option<Instant> {
        self.lock().spoke
    }

    /// How many marks there are.
    pub(super) fn marks(&self) -> usize {
        self.lock().marks.len()
    }

    /// The marks from `first` on, for the database.
    pub(super) fn marks_from(&self, first: usize) -> Vec<Marked> {
        self.lock().marks.get(first..).unwrap_or_default().to_vec()
    }

    /// How many frames there are.
    pub(super) fn frames(&self) -> usize {
        self.lock().ends.len()
    }

    /// The frames from `first` on, for the database.
    pub(super) fn segment(&self, first: usize) -> Option<Segment> {
        let state = self.lock();
        if first >= state.ends.len() {
            return None;
        }
        let begin = state.begin(first);
        let ends = state.ends[first..].iter().map(|end| end - begin).collect();
        Some(Segment { first_seq: wire_seq(first), ends, text: state.text[begin..].to_owned() })
    }

    /// Whether anyone waits for more.
    pub(super) fn has_readers(&self) -> bool {
        self.changed.receiver_count() > 0
    }

    pub(super) fn read(self: &Arc<Self>, after_seq: i64) -> TurnStream {
        let seq = usize::try_from(after_seq.saturating_add(1)).unwrap_or(0);
        let cursor = Cursor { place: Place::Accepted, seq, mark: 0 };
        TurnStream { log: Arc::clone(self), changed: self.changed.subscribe(), cursor }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Every change below the lock is complete before anything can panic.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn announce(&self, state: MutexGuard<'_, State>) {
        drop(state);
        self.changed.send_replace(());
    }

    fn step(&self, cursor: &mut Cursor, most_bytes: usize) -> Step {
        let state = self.lock();
        if cursor.place == Place::Accepted {
            cursor.place = Place::Sources;
            return Step::Event(TurnEvent::Accepted(state.accepted.clone()));
        }
        if cursor.place == Place::Sources {
            match (&state.sources, &state.terminal) {
                (Some(sources), _) => {
                    cursor.place = Place::Frames;
                    let known = state.sources_before(cursor.seq).unwrap_or(sources.len());
                    return Step::Event(TurnEvent::Sources(sources[..known.min(sources.len())].to_vec()));
                }
                (None, Some(_)) => cursor.place = Place::Frames,
                (None, None) => return Step::Wait,
            }
        }
        if cursor.place == Place::Frames {
            if let Some(event) = state.marked(cursor) {
                return Step::Event(event);
            }
            if let Some(frame) = state.frame(cursor.seq, most_bytes) {
                cursor.seq = usize::try_from(frame.seq).unwrap_or(usize::MAX) + 1;
                return Step::Event(TurnEvent::Token(frame));
            }
            let Some(terminal) = &state.terminal else { return Step::Wait };
            cursor.place = Place::Over;
            return Step::Event(terminal.clone());
        }
        Step::Over
    }
}

impl State {
    fn begin(&self, seq: usize) -> usize {
        seq.checked_sub(1).map_or(0, |before| self.ends[before])
    }

    /// How many sources there were for whoever has read up to the frame before `seq`; `None`: all that there are.
    fn sources_before(&self, seq: usize) -> Option<usize> {
        let mut later = self.marks.iter().filter(|marked| marked.frame >= seq);
        later.find_map(|marked| match marked.mark {
            Mark::Sources { before, .. } => Some(before),
            Mark::Call(_) | Mark::Result(_) | Mark::Doubt(_) => None,
        })
    }

    /// What happened before the next frame; a reader that begins later than that has seen it.
    fn marked(&self, cursor: &mut Cursor) -> Option<TurnEvent> {
        loop {
            let marked = self.marks.get(cursor.mark).filter(|marked| marked.frame <= cursor.seq)?;
            cursor.mark += 1;
            if marked.frame == cursor.seq {
                return Some(match &marked.mark {
                    // It goes out with the frame.
                    Mark::Doubt(_) => continue,
                    Mark::Call(call) => TurnEvent::ToolCall(call.clone()),
                    Mark::Result(result) => TurnEvent::ToolResult(result.clone()),
                    Mark::Sources { after, .. } => {
                        let sources = self.sources.as_deref().unwrap_or_default();
                        TurnEvent::Sources(sources[..(*after).min(sources.len())].to_vec())
                    }
                });
            }
        }
    }

    /// The frame at `seq`, joined with those after it as long as they fit into `most_bytes` and nothing happened in
    /// between.
    fn frame(&self, seq: usize, most_bytes: usize) -> Option<Frame> {
        self.ends.get(seq)?;
        let begin = self.begin(seq);
        let events = self.marks.iter().filter(|marked| doubt(&marked.mark).is_none());
        let barrier = events.map(|marked| marked.frame).find(|frame| *frame > seq);
        let last = barrier.map_or(self.ends.len(), |frame| frame.min(self.ends.len()));
        let more = self.ends[seq + 1..last].iter().take_while(|end| **end - begin <= most_bytes).count();
        let last = seq + more;
        let text = self.text[begin..self.ends[last]].to_owned();
        let told = self.marks.iter().filter(|marked| (seq..=last).contains(&marked.frame));
        let doubts = told.filter_map(|marked| doubt(&marked.mark)).collect();
        Some(Frame { first_seq: wire_seq(seq), seq: wire_seq(last), text, doubts })
    }
}

fn doubt(mark: &Mark) -> Option<Doubt> {
    match mark {
        Mark::Doubt(doubt) => Some(doubt.clone()),
        Mark::Call(_) | Mark::Result(_) | Mark::Sources { .. } => None,
    }
}

fn wire_seq(seq: usize) -> i64 {
    i64::try_from(seq).unwrap_or(i64::MAX)
}

/// One reader's view of a turn: everything so far, then everything that follows, then its end.
///
/// It always begins with `Accepted` and ends with exactly one terminal event. Waiting is cancel-safe: an event that
/// was not handed out is handed out next time.
#[derive(Debug)]
pub struct TurnStream {
    log: Arc<Log>,
    changed: watch::Receiver<()>,
    cursor: Cursor,
}

impl TurnStream {
    /// The next event, one frame at a time; `None` after the terminal one.
    pub async fn next(&mut self) -> Option<TurnEvent> {
        self.next_joined(0).await
    }

    /// The next event; frames that wait already are joined up to `most_bytes`, which a slow reader is glad of.
    pub async fn next_joined(&mut self, most_bytes: usize) -> Option<TurnEvent> {
        loop {
            self.changed.borrow_and_update();
            match self.log.step(&mut self.cursor, most_bytes) {
                Step::Event(event) => return Some(event),
                Step::Over => return None,
                // An error says that the writer is gone; the log it leaves behind is held by this very stream.
                Step::Wait => drop(self.changed.changed().await),
            }
        }
    }

    /// The same as a stream of single frames.
    pub fn events(self) -> BoxStream<'static, TurnEvent> {
        stream::unfold(self, |mut turn| async { turn.next().await.map(|event| (event, turn)) }).boxed()
    }

    /// The next event if it is there already.
    pub fn try_next(&mut self, most_bytes: usize) -> Option<TurnEvent> {
        match self.log.step(&mut self.cursor, most_bytes) {
            Step::Event(event) => Some(event),
            Step::Wait | Step::Over => None,
        }
    }

    pub(super) fn log(&self) -> &Log {
        &self.log
    }

    /// Where this reader is, to come back to when an event could not be passed on.
    pub const fn position(&self) -> Cursor {
        self.cursor
    }

    /// Goes back to where this reader was.
    pub const fn rewind(&mut self, cursor: Cursor) {
        self.cursor = cursor;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{log, source};

    fn cancelled(content: &str) -> TurnEvent {
        TurnEvent::Cancelled { content: content.to_owned() }
    }

    async fn tokens(mut stream: TurnStream, most_bytes: usize) -> Vec<(i64, i64, String)> {
        let mut tokens = Vec::new();
        while let Some(event) = stream.next_joined(most_bytes).await {
            if let TurnEvent::Token(frame) = event {
                tokens.push((frame.first_seq, frame.seq, frame.text));
            }
        }
        tokens
    }

    #[tokio::test]
    async fn a_reader_gets_exactly_the_rest_wherever_it_begins() {
        let log = log();
        log.sources(Vec::new());
        for n in 0..5 {
            log.frame(&n.to_string());
        }
        log.end(cancelled("01234"));
        for after in -1..=4 {
            let rest: String =
                tokens(log.read(after), 0).await.into_iter().map(|(_, _, text)| text).collect();
            assert_eq!(rest, "01234"[usize::try_from(after + 1).unwrap()..]);
        }
        assert_eq!(tokens(log.read(i64::MAX), 0).await, []);
        assert_eq!(tokens(log.read(i64::MIN), 0).await.len(), 5);
    }

    #[tokio::test]
    async fn frames_that_wait_can_be_had_as_one() {
        let log = log();
        log.sources(Vec::new());
        for text in ["aa", "bb", "cc"] {
            log.frame(text);
        }
        log.end(cancelled("aabbcc"));
        assert_eq!(tokens(log.read(-1), 1_000).await, [(0, 2, "aabbcc".to_owned())]);
        assert_eq!(tokens(log.read(-1), 4).await, [(0, 1, "aabb".to_owned()), (2, 2, "cc".to_owned())]);
        assert_eq!(tokens(log.read(0), 1).await.len(), 2);
    }

    #[tokio::test]
    async fn a_waiting_reader_is_woken_and_there_is_one_end() {
        let log = log();
        let mut stream = log.read(-1);
        assert!(matches!(stream.next().await, Some(TurnEvent::Accepted(_))));
        assert_eq!(stream.try_next(0), None);
        let (event, ()) = tokio::join!(stream.next(), async { log.sources(Vec::new()) });
        assert_eq!(event, Some(TurnEvent::Sources(Vec::new())));
        log.end(cancelled(""));
        log.end(TurnEvent::Interrupted { content: String::new() });
        log.frame("too late");
        assert_eq!(stream.next().await, Some(cancelled("")));
        assert_eq!(stream.next().await, None);
    }

    #[test]
    fn a_reader_can_go_back() {
        let log = log();
        log.sources(Vec::new());
        log.frame("a");
        let mut stream = log.read(-1);
        stream.try_next(0);
        stream.try_next(0);
        let before = stream.position();
        let first = stream.try_next(0);
        stream.rewind(before);
        log.frame("b");
        assert_eq!(stream.try_next(0), first);
        stream.rewind(before);
        let Some(TurnEvent::Token(joined)) = stream.try_next(100) else { panic!("no frame") };
        assert_eq!((joined.first_seq, joined.seq, joined.text.as_str()), (0, 1, "ab"));
    }

    #[test]
    fn segments_rebuild_the_log_whatever_overlaps() {
        let first = log();
        for text in ["Hé", "llo", " ", "you"] {
            first.frame(text);
        }
        let (all, tail) = (first.segment(0).unwrap(), first.segment(2).unwrap());
        assert_eq!((tail.first_seq, tail.ends.as_slice(), tail.text.as_str()), (2, &[1, 4][..], " you"));
        assert_eq!(first.segment(4), None);
        let second = log();
        second.extend(std::slice::from_ref(&all), Vec::new(), &[]);
        second.extend(&[tail, all], Vec::new(), &[]);
        assert_eq!((second.text(), second.frames()), ("Héllo you".to_owned(), 4));
    }
    fn call(id: &str) -> ToolCall {
        let (tool, arguments) = ("search_documents".to_owned(), serde_json::json!({"query": "owls"}));
        ToolCall { id: id.to_owned(), tool, arguments, holder: None }
    }

    /// An answer in which a tool was used between its second and its third frame.
    fn with_a_tool() -> Arc<Log> {
        let log = log();
        log.sources(vec![source("a.md", "a")]);
        log.frame("Let me ");
        log.frame("look. ");
        log.call(call("one"));
        log.append(vec![source("b.md", "b")]);
        let outcome = Ok(serde_json::json!({"found": 1}));
        log.result(ToolResult { call: "one".to_owned(), tool: "search_documents".to_owned(), outcome });
        log.frame("Owls ");
        log.frame("hoot.");
        log.end(cancelled("Let me look. Owls hoot."));
        log
    }

    async fn outline(mut stream: TurnStream) -> String {
        let mut words = Vec::new();
        while let Some(event) = stream.next_joined(1_000).await {
            words.push(match event {
                TurnEvent::Accepted(_) => "accepted".to_owned(),
                TurnEvent::Sources(sources) => format!("sources {}", sources.len()),
                TurnEvent::Token(frame) => format!("{}-{} {:?}", frame.first_seq, frame.seq, frame.text),
                TurnEvent::ToolCall(call) => format!("call {}", call.id),
                TurnEvent::ToolResult(result) => format!("result {}", result.call),
                _ => "end".to_owned(),
            });
        }
        words.join(" | ")
    }

    #[tokio::test]
    async fn tools_keep_their_place_between_the_frames() {
        let log = with_a_tool();
        insta::assert_snapshot!(outline(log.read(-1)).await, @r#"accepted | sources 1 | 0-1 "Let me look. " | call one | sources 2 | result one | 2-3 "Owls hoot." | end"#);
        insta::assert_snapshot!(outline(log.read(0)).await, @r#"accepted | sources 1 | 1-1 "look. " | call one | sources 2 | result one | 2-3 "Owls hoot." | end"#);
        insta::assert_snapshot!(outline(log.read(1)).await, @r#"accepted | sources 1 | call one | sources 2 | result one | 2-3 "Owls hoot." | end"#);
        insta::assert_snapshot!(outline(log.read(2)).await, @r#"accepted | sources 2 | 3-3 "hoot." | end"#);
        insta::assert_snapshot!(outline(log.read(i64::MAX)).await, @"accepted | sources 2 | end");
    }

    #[tokio::test]
    async fn tools_are_stored_and_rebuilt_with_their_place() {
        let first = with_a_tool();
        for cut in 0..=3 {
            let second = log();
            second.sources(first.found().unwrap()[..1].to_vec());
            let begin = first.segment(0).unwrap();
            let part = Segment {
                first_seq: 0,
                ends: begin.ends[..2].to_vec(),
                text: begin.text[..begin.ends[1]].to_owned(),
            };
            second.extend(&[part], first.marks_from(0)[..cut].to_vec(), &first.found().unwrap());
            second.extend(&[begin], first.marks_from(cut), &first.found().unwrap());
            second.end(cancelled("Let me look. Owls hoot."));
            assert_eq!(outline(second.read(-1)).await, outline(first.read(-1)).await, "cut at {cut}");
        }
    }
}
