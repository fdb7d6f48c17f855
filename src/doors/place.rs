//! Where a connection is, and which answers are on their way to it.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio_util::sync::CancellationToken;

use super::forwarder::{Follow, Reason};
use docent_auth::Caller;
use docent_domain::{ChatId, MessageId, ProjectId, UserId};

/// Finished answers are remembered, so that the chat's room does not deliver to the sender a second time.
const FINISHED: usize = 32;

/// In which door's words an answer is told. One answer may be told to a connection in several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Wire {
    /// `message_received`, `message_token`, …
    Rooms,
    /// `conversation`
    Conversation,
    /// `ai:stream`, `ai:complete`
    AiChat,
    /// `stream_start`, `stream_chunk`, …
    Assistant,
    /// `ai_status`, `ai_response`
    Session,
}

impl Wire {
    /// Whether an answer is told when it is complete, together with what is stored of it.
    pub(super) const fn is_told_at_once(self) -> bool {
        matches!(self, Self::Conversation | Self::Session)
    }
}

#[derive(Default)]
pub(super) struct Place {
    pub(super) project: Option<ProjectId>,
    pub(super) last_chat: Option<ChatId>,
    /// Chats it follows, whoever writes in them.
    pub(super) chats: HashSet<ChatId>,
    /// Conversations that it joined, and what it calls them.
    pub(super) conversations: BTreeMap<ChatId, String>,
    /// Chats whose assistant rooms it is in.
    pub(super) assistants: HashSet<ChatId>,
    /// The chat that it is asking in: the answer that begins there may be its own.
    pub(super) asking: Option<ChatId>,
    /// The session that it connected to.
    pub(super) session: Option<Session>,
    /// Answers that are being delivered to it.
    turns: HashMap<(MessageId, Wire), Following>,
    finished: VecDeque<(MessageId, Wire)>,
}

/// An AI session, as one connection sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Session {
    pub(super) chat: ChatId,
    /// Whether answers are wanted piece by piece, too.
    pub(super) pieces: bool,
}

/// Ends the delivery of an answer; the forwarder has the other end of it.
#[derive(Debug, Clone, Default)]
pub(super) struct Stop {
    stopped: CancellationToken,
    lost: Arc<AtomicBool>,
}

impl Stop {
    /// Not wanted any more.
    pub(super) fn stop(&self) {
        self.stopped.cancel();
    }

    /// May not be read any more, which is told.
    fn lose(&self) {
        self.lost.store(true, Ordering::Relaxed);
        self.stopped.cancel();
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.stopped.is_cancelled()
    }

    pub(super) fn is_lost(&self) -> bool {
        self.lost.load(Ordering::Relaxed)
    }

    pub(super) fn stopped(self) -> impl Future<Output = ()> + Send + 'static {
        self.stopped.cancelled_owned()
    }
}

/// Why an answer is delivered, and how to stop that.
struct Following {
    chat: ChatId,
    stop: Stop,
    /// Asked for by itself, not only as part of the chat's room.
    own: bool,
    /// Whose rights it hangs on, where these are not the connection's.
    other: Option<Caller>,
}

impl Place {
    /// The words in which what happens in a chat is told here.
    pub(super) fn wires(&self, chat: ChatId) -> Vec<Wire> {
        let joined = self.conversations.contains_key(&chat);
        let session = self.session.is_some_and(|session| session.chat == chat);
        let wires = [
            (joined || self.chats.contains(&chat), Wire::Rooms),
            (self.assistants.contains(&chat), Wire::Assistant),
            (joined, Wire::Conversation),
            (session, Wire::Session),
        ];
        wires.into_iter().filter_map(|(here, wire)| here.then_some(wire)).collect()
    }

    /// Every chat that it has joined in one way or another.
    pub(super) fn rooms(&self) -> HashSet<ChatId> {
        let session = self.session.map(|session| session.chat);
        let joined = self.chats.iter().chain(&self.assistants).chain(self.conversations.keys());
        joined.copied().chain(session).collect()
    }

    /// How many answers are on their way.
    pub(super) fn turns(&self) -> usize {
        self.turns.len()
    }

    /// Whether an answer of this chat is on its way in these words.
    pub(super) fn is_told(&self, chat: ChatId, wire: Wire) -> bool {
        self.turns.iter().any(|((_, told), turn)| *told == wire && turn.chat == chat)
    }

    /// Notes that an answer is to be delivered; `None` if it already is, or was and is not wanted again.
    pub(super) fn begin(&mut self, follow: &Follow) -> Option<Stop> {
        let key = (follow.answer, follow.wire);
        if let Some(following) = self.turns.get_mut(&key) {
            following.own |= follow.reason != Reason::Room;
            return None;
        }
        if follow.reason != Reason::Again && self.finished.contains(&key) {
            return None;
        }
        let stop = Stop::default();
        let (chat, own, other) = (follow.chat, follow.reason != Reason::Room, follow.other.clone());
        self.turns.insert(key, Following { chat, stop: stop.clone(), own, other });
        Some(stop)
    }

    /// Takes back what [`Place::begin`] noted.
    pub(super) fn forget(&mut self, answer: MessageId, wire: Wire) {
        self.turns.remove(&(answer, wire));
    }

    /// Notes that the answer has been delivered to its end.
    pub(super) fn finish(&mut self, answer: MessageId, wire: Wire) {
        self.turns.remove(&(answer, wire));
        if self.finished.len() == FINISHED {
            self.finished.pop_front();
        }
        self.finished.push_back((answer, wire));
    }

    /// Every chat of which something is delivered, with the rights that this hangs on: those of the connection, or
    /// of somebody else whose token came with the question.
    pub(super) fn watched(&self) -> Vec<(ChatId, Option<Caller>)> {
        let turns = self.turns.values().map(|turn| (turn.chat, turn.other.clone()));
        let mut watched: Vec<_> = turns.chain(self.rooms().into_iter().map(|chat| (chat, None))).collect();
        watched.sort_by_key(|(chat, other)| (*chat, other.as_ref().map(|other| other.principal.user)));
        watched.dedup();
        watched
    }

    pub(super) fn speaks_for(&self, user: UserId) -> bool {
        self.turns.values().any(|turn| turn.other.as_ref().is_some_and(|other| other.principal.user == user))
    }

    /// Ends the delivery of a chat's answers, asked here or not, as far as they hang on these rights, which are gone.
    pub(super) fn lose_turns(&mut self, chat: ChatId, other: Option<&Caller>) {
        self.lose_where(|turn| turn.chat == chat && turn.other.as_ref() == other);
    }

    /// The same of every answer. How many there were.
    pub(super) fn lose_all_turns(&mut self) -> usize {
        let running = self.turns.len();
        self.lose_where(|_| true);
        running
    }

    /// Leaves a chat's room. Answers to questions asked here go on, and what other doors tell of it does, too.
    pub(super) fn leave_chat(&mut self, chat: ChatId) {
        self.chats.remove(&chat);
        self.stop_untold(chat);
    }

    /// Leaves a conversation, like [`Place::leave_chat`].
    pub(super) fn leave_conversation(&mut self, chat: ChatId) {
        self.conversations.remove(&chat);
        self.stop_untold(chat);
    }

    /// Leaves an assistant room, like [`Place::leave_chat`].
    pub(super) fn leave_assistant(&mut self, chat: ChatId) {
        self.assistants.remove(&chat);
        self.stop_untold(chat);
    }

    /// Leaves a chat altogether.
    pub(super) fn leave_everywhere(&mut self, chat: ChatId) {
        self.chats.remove(&chat);
        self.assistants.remove(&chat);
        self.conversations.remove(&chat);
        self.session = self.session.filter(|session| session.chat != chat);
        self.stop_untold(chat);
    }

    pub(super) fn stop_all(self) {
        self.turns.into_values().for_each(|turn| turn.stop.stop());
    }

    /// Ends what is delivered only because of a room that it is not in any more.
    fn stop_untold(&mut self, chat: ChatId) {
        let told = self.wires(chat);
        self.turns.retain(|(_, wire), turn| {
            let keep = turn.chat != chat || turn.own || told.contains(wire);
            if !keep {
                turn.stop.stop();
            }
            keep
        });
    }

    fn lose_where(&mut self, ends: impl Fn(&Following) -> bool) {
        self.turns.retain(|_, turn| {
            let ends = ends(turn);
            if ends {
                turn.stop.lose();
            }
            !ends
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn follow(answer: i64, wire: Wire, reason: Reason) -> Follow {
        Follow::new(1.into(), answer.into(), wire, reason)
    }

    #[test]
    fn an_answer_is_told_once_in_each_doors_words() {
        let mut place = Place::default();
        assert!(place.begin(&follow(7, Wire::Rooms, Reason::Room)).is_some());
        assert!(place.begin(&follow(7, Wire::Rooms, Reason::Question)).is_none());
        assert!(place.begin(&follow(7, Wire::Conversation, Reason::Room)).is_some());
        place.finish(7.into(), Wire::Rooms);
        assert!(place.begin(&follow(7, Wire::Rooms, Reason::Room)).is_none(), "it was told");
        assert!(place.begin(&follow(7, Wire::Rooms, Reason::Question)).is_none(), "it was told");
        assert!(place.begin(&follow(7, Wire::Rooms, Reason::Again)).is_some());
    }

    #[test]
    fn a_conversation_is_heard_in_both_words_until_it_is_left() {
        let (chat, mut place) = (ChatId::from(1), Place::default());
        place.conversations.insert(chat, "mine".to_owned());
        assert_eq!(place.wires(chat), [Wire::Rooms, Wire::Conversation]);
        place.chats.insert(chat);
        let rooms = place.begin(&follow(7, Wire::Rooms, Reason::Room)).unwrap();
        let conversation = place.begin(&follow(7, Wire::Conversation, Reason::Room)).unwrap();
        place.leave_conversation(chat);
        assert!(!rooms.is_stopped() && conversation.is_stopped() && !conversation.is_lost());
        place.leave_chat(chat);
        assert!(rooms.is_stopped());
        assert_eq!((place.wires(chat), place.turns()), (vec![], 0));
    }

    #[test]
    fn ones_own_answers_go_on_after_leaving_but_not_without_the_right() {
        let mut place = Place::default();
        let own = place.begin(&follow(7, Wire::Conversation, Reason::Question)).unwrap();
        place.leave_everywhere(1.into());
        assert!(!own.is_stopped());
        assert_eq!(place.watched(), [(1.into(), None)]);
        place.lose_turns(1.into(), None);
        assert!(own.is_stopped() && own.is_lost());
    }
}
