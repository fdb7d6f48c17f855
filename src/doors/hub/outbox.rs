//! What waits to be sent to one connection. A plain structure without tasks or sockets: the forwarder empties it.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use serde_json::value::RawValue;
use tokio::time::Instant;

use docent_domain::{DocumentId, ProjectId};

/// Of one document's status, so many milliseconds apart: ten a second.
const PAUSE: Duration = Duration::from_millis(100);
/// For so long it is remembered which status was sent, so that an older one that comes late is not.
const MEMORY: Duration = Duration::from_secs(30);
/// Forgotten slots are looked for once there are so many.
const CROWDED: usize = 256;

/// One event or acknowledgement, ready to be written; shared by everyone it goes to.
#[derive(Debug, Clone)]
pub(crate) enum Parcel {
    Event { name: Cow<'static, str>, body: Arc<RawValue> },
    Ack { id: i64, body: Arc<RawValue> },
}

impl Parcel {
    pub(crate) fn event(name: impl Into<Cow<'static, str>>, body: &impl Serialize) -> Self {
        Self::Event { name: name.into(), body: raw(body) }
    }

    pub(crate) fn ack(id: i64, body: &impl Serialize) -> Self {
        Self::Ack { id, body: raw(body) }
    }
}

fn raw(body: &impl Serialize) -> Arc<RawValue> {
    // Our wire types have string keys only, so that this cannot fail; `null` would be the harmless answer.
    serde_json::value::to_raw_value(body).map_or_else(|_| RawValue::NULL.to_owned().into(), Arc::from)
}

/// Something of which only the latest value counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Topic {
    Document(DocumentId),
    Presence(ProjectId),
}

/// The latest value of a topic; `seq` tells the newer of two.
#[derive(Debug, Clone)]
pub(crate) struct Latest {
    pub(crate) topic: Topic,
    pub(crate) seq: i64,
    pub(crate) parcel: Parcel,
}

#[derive(Debug)]
struct Slot {
    seq: i64,
    waiting: Option<Parcel>,
    sent_at: Option<Instant>,
}

#[derive(Debug, Default)]
pub(crate) struct Outbox {
    /// Sent in order, each of them.
    parcels: VecDeque<Parcel>,
    slots: HashMap<Topic, Slot>,
    /// The topics that wait, and since when they may be sent.
    due: BinaryHeap<Reverse<(Instant, Topic)>>,
}

impl Outbox {
    pub(crate) fn push(&mut self, parcel: Parcel) {
        self.parcels.push_back(parcel);
    }

    /// Takes the place of what waits for the same topic, unless that is newer.
    pub(crate) fn offer(&mut self, latest: Latest, now: Instant) {
        if self.slots.len() >= CROWDED && self.slots.len() >= 2 * self.due.len() {
            self.slots.retain(|_, slot| {
                slot.waiting.is_some() || slot.sent_at.is_some_and(|sent| now.duration_since(sent) < MEMORY)
            });
        }
        let slot =
            self.slots.entry(latest.topic).or_insert(Slot { seq: i64::MIN, waiting: None, sent_at: None });
        if latest.seq <= slot.seq {
            return;
        }
        slot.seq = latest.seq;
        if slot.waiting.replace(latest.parcel).is_none() {
            let due = slot.sent_at.map_or(now, |sent| now.max(sent + PAUSE));
            self.due.push(Reverse((due, latest.topic)));
        }
    }

    /// Forgets every topic, with what waits for it: the connection has left the room.
    pub(crate) fn forget_topics(&mut self) {
        self.slots.clear();
        self.due.clear();
    }

    /// Forgets one topic, with what waits for it.
    pub(crate) fn forget(&mut self, topic: Topic) {
        if self.slots.remove(&topic).is_some() {
            self.due.retain(|Reverse((_, due))| *due != topic);
        }
    }

    /// What may be sent now; it stays in until [`Outbox::sent`].
    pub(crate) fn front(&self, now: Instant) -> Option<Parcel> {
        self.parcels.front().cloned().or_else(|| {
            let Reverse((due, topic)) = self.due.peek()?;
            if *due > now {
                return None;
            }
            self.slots.get(topic)?.waiting.clone()
        })
    }

    /// Takes out what [`Outbox::front`] gave.
    pub(crate) fn sent(&mut self, now: Instant) {
        if self.parcels.pop_front().is_some() {
            return;
        }
        if let Some(Reverse((_, topic))) = self.due.pop()
            && let Some(slot) = self.slots.get_mut(&topic)
        {
            slot.waiting = None;
            slot.sent_at = Some(now);
        }
    }

    /// When there is something to send: at once, later, or not at all.
    pub(crate) fn next_due(&self, now: Instant) -> Option<Instant> {
        if !self.parcels.is_empty() {
            return Some(now);
        }
        self.due.peek().map(|Reverse((due, _))| *due)
    }

    pub(crate) fn parcels_waiting(&self) -> usize {
        self.parcels.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.parcels.is_empty() && self.due.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(document: i64, seq: i64) -> Latest {
        let topic = Topic::Document(DocumentId::from(document));
        Latest { topic, seq, parcel: Parcel::event("document_status", &seq) }
    }

    fn body(parcel: &Parcel) -> &str {
        match parcel {
            Parcel::Event { body, .. } | Parcel::Ack { body, .. } => body.get(),
        }
    }

    fn drain(outbox: &mut Outbox, now: Instant) -> Vec<String> {
        let mut sent = Vec::new();
        while let Some(parcel) = outbox.front(now) {
            sent.push(body(&parcel).to_owned());
            outbox.sent(now);
        }
        sent
    }

    #[test]
    fn replies_go_before_statuses_and_keep_their_order() {
        let now = Instant::now();
        let mut outbox = Outbox::default();
        outbox.offer(status(1, 5), now);
        outbox.push(Parcel::event("a", &"a"));
        outbox.push(Parcel::ack(1, &"b"));
        assert_eq!(drain(&mut outbox, now), [r#""a""#, r#""b""#, "5"]);
        assert!(outbox.is_empty());
    }

    #[test]
    fn of_many_statuses_the_first_goes_at_once_and_the_last_after_the_pause() {
        let start = Instant::now();
        let mut outbox = Outbox::default();
        outbox.offer(status(1, 1), start);
        assert_eq!(drain(&mut outbox, start), ["1"]);
        for seq in 2..=50 {
            outbox.offer(status(1, seq), start + Duration::from_millis(10));
        }
        assert_eq!(drain(&mut outbox, start + Duration::from_millis(99)), [""; 0]);
        assert_eq!(outbox.next_due(start), Some(start + PAUSE));
        assert_eq!(drain(&mut outbox, start + PAUSE), ["50"]);
        assert!(outbox.is_empty());
    }

    #[test]
    fn ten_a_second_at_most_for_each_document() {
        let start = Instant::now();
        let mut outbox = Outbox::default();
        let mut sent = 0;
        for ms in 0..1_000 {
            let now = start + Duration::from_millis(ms);
            outbox.offer(status(1, i64::try_from(ms).unwrap()), now);
            sent += drain(&mut outbox, now).len();
        }
        assert_eq!(sent, 10);
    }

    #[test]
    fn what_is_older_than_what_was_sent_is_dropped() {
        let now = Instant::now();
        let mut outbox = Outbox::default();
        outbox.offer(status(1, 7), now);
        assert_eq!(drain(&mut outbox, now), ["7"]);
        outbox.offer(status(1, 6), now);
        outbox.offer(status(1, 7), now);
        assert!(outbox.is_empty());
    }

    #[test]
    fn a_topic_that_is_gone_is_not_waited_for() {
        let now = Instant::now();
        let mut outbox = Outbox::default();
        outbox.offer(status(1, 7), now);
        outbox.offer(status(2, 7), now);
        outbox.forget(Topic::Document(1.into()));
        outbox.push(Parcel::event("document_deleted", &"gone"));
        assert_eq!(drain(&mut outbox, now), [r#""gone""#, "7"]);
        assert!(outbox.is_empty());
    }

    #[test]
    fn what_was_sent_long_ago_is_forgotten() {
        let start = Instant::now();
        let mut outbox = Outbox::default();
        for document in 0..2_000 {
            let now = start + Duration::from_secs(document);
            outbox.offer(status(i64::try_from(document).unwrap(), 1), now);
            drain(&mut outbox, now);
        }
        assert!(outbox.slots.len() <= CROWDED, "{}", outbox.slots.len());
    }
}
