//! Where a connection is, and which answers are on their way to it.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::http::Extensions;
use tokio_util::sync::CancellationToken;

use super::forwarder::{Follow, Reason};
use docent_auth::Caller;
use docent_domain::{ChatId, MessageId, ProjectId, UserId};

/// Finished answers are remembered, so that the chat's room does not deliver to the sender a second time.
const FINISHED: usize = 32;

/// In which door's words an answer is told. One answer may be told to a connection in several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Words {
    /// The door's label.
    pub(crate) door: &'static str,
    tells: Tells,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Tells {
    AsItGrows,
    AtOnce,
}

impl Words {
    /// Of a door that tells an answer piece by piece.
    pub(crate) const fn as_it_grows(door: &'static str) -> Self {
        Self { door, tells: Tells::AsItGrows }
    }

    /// Of a door that tells an answer when it is complete, together with what is stored of it.
    pub(crate) const fn at_once(door: &'static str) -> Self {
        Self { door, tells: Tells::AtOnce }
    }

    pub(crate) fn is_told_at_once(self) -> bool {
        self.tells == Tells::AtOnce
    }
}

/// How a connection follows a chat through one door.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stay {
    pub(crate) door: Words,
    /// In whose words it hears of the chat.
    pub(crate) heard_in: &'static [Words],
    /// Whether it is there for this chat alone, and ends with it.
    pub(crate) bound: bool,
}

#[derive(Default)]
pub(crate) struct Place {
    pub(crate) project: Option<ProjectId>,
    /// Chats it follows, whoever writes in them: once for each door through which it does.
    stays: HashMap<(ChatId, Words), Stay>,
    /// What doors note of this connection: one value of each type.
    notes: Extensions,
    /// Answers that are being delivered to it.
    turns: HashMap<(MessageId, Words), Following>,
    finished: VecDeque<(MessageId, Words)>,
}

/// Ends the delivery of an answer; the forwarder has the other end of it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stop {
    stopped: CancellationToken,
    lost: Arc<AtomicBool>,
}

impl Stop {
    /// Not wanted any more.
    pub(crate) fn stop(&self) {
        self.stopped.cancel();
    }

    /// May not be read any more, which is told.
    fn lose(&self) {
        self.lost.store(true, Ordering::Relaxed);
        self.stopped.cancel();
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped.is_cancelled()
    }

    pub(crate) fn is_lost(&self) -> bool {
        self.lost.load(Ordering::Relaxed)
    }

    pub(crate) fn stopped(self) -> impl Future<Output = ()> + Send + 'static {
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
    /// From here on it follows the chat.
    pub(crate) fn join(&mut self, chat: ChatId, stay: Stay) {
        self.stays.insert((chat, stay.door), stay);
    }

    /// Whether it follows the chat through this door.
    pub(crate) fn is_in(&self, chat: ChatId, door: Words) -> bool {
        self.stays.contains_key(&(chat, door))
    }

    /// How many chats it follows through this door.
    pub(crate) fn stays_through(&self, door: Words) -> usize {
        self.stays.keys().filter(|(_, through)| *through == door).count()
    }

    /// The words in which what happens in a chat is told here.
    pub(crate) fn heard_in(&self, chat: ChatId) -> HashSet<Words> {
        let stays = self.stays.iter().filter(|((followed, _), _)| *followed == chat);
        stays.flat_map(|(_, stay)| stay.heard_in).copied().collect()
    }

    /// Every chat that it has joined in one way or another.
    pub(crate) fn rooms(&self) -> HashSet<ChatId> {
        self.stays.keys().map(|(chat, _)| *chat).collect()
    }

    /// The chat for which alone it is there.
    pub(crate) fn bound_to(&self) -> Option<ChatId> {
        self.stays.iter().find(|(_, stay)| stay.bound).map(|((chat, _), _)| *chat)
    }

    /// What a door notes of this connection.
    pub(crate) fn notes<T: Clone + Default + Send + Sync + 'static>(&mut self) -> &mut T {
        self.notes.get_or_insert_default()
    }

    /// How many answers are on their way.
    pub(crate) fn turns(&self) -> usize {
        self.turns.len()
    }

    /// Whether an answer of this chat is on its way in these words.
    pub(crate) fn is_told(&self, chat: ChatId, words: Words) -> bool {
        self.turns.iter().any(|((_, told), turn)| *told == words && turn.chat == chat)
    }

    /// Notes that an answer is to be delivered; `None` if it already is, or was and is not wanted again.
    pub(crate) fn begin(&mut self, follow: &Follow) -> Option<Stop> {
        let key = (follow.answer, follow.words);
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
    pub(crate) fn forget(&mut self, answer: MessageId, words: Words) {
        self.turns.remove(&(answer, words));
    }

    /// Notes that the answer has been delivered to its end.
    pub(crate) fn finish(&mut self, answer: MessageId, words: Words) {
        self.turns.remove(&(answer, words));
        if self.finished.len() == FINISHED {
            self.finished.pop_front();
        }
        self.finished.push_back((answer, words));
    }

    /// Every chat of which something is delivered, with the rights that this hangs on: those of the connection, or
    /// of somebody else whose token came with the question.
    pub(crate) fn watched(&self) -> Vec<(ChatId, Option<Caller>)> {
        let turns = self.turns.values().map(|turn| (turn.chat, turn.other.clone()));
        let mut watched: Vec<_> = turns.chain(self.rooms().into_iter().map(|chat| (chat, None))).collect();
        watched.sort_by_key(|(chat, other)| (*chat, other.as_ref().map(|other| other.principal.user)));
        watched.dedup();
        watched
    }

    pub(crate) fn speaks_for(&self, user: UserId) -> bool {
        self.turns.values().any(|turn| turn.other.as_ref().is_some_and(|other| other.principal.user == user))
    }

    /// Ends the delivery of a chat's answers, asked here or not, as far as they hang on these rights, which are gone.
    pub(crate) fn lose_turns(&mut self, chat: ChatId, other: Option<&Caller>) {
        self.lose_where(|turn| turn.chat == chat && turn.other.as_ref() == other);
    }

    /// The same of every answer. How many there were.
    pub(crate) fn lose_all_turns(&mut self) -> usize {
        let running = self.turns.len();
        self.lose_where(|_| true);
        running
    }

    /// Leaves a chat, as far as it was followed through this door. Answers to questions asked here go on, and what
    /// other doors tell of it does, too.
    pub(crate) fn leave(&mut self, chat: ChatId, door: Words) {
        self.stays.remove(&(chat, door));
        self.stop_untold(chat);
    }

    /// Leaves a chat altogether.
    pub(crate) fn leave_everywhere(&mut self, chat: ChatId) {
        self.stays.retain(|(followed, _), _| *followed != chat);
        self.stop_untold(chat);
    }

    pub(crate) fn stop_all(self) {
        self.turns.into_values().for_each(|turn| turn.stop.stop());
    }

    /// Ends what is delivered only because of a room that it is not in any more.
    fn stop_untold(&mut self, chat: ChatId) {
        let told = self.heard_in(chat);
        self.turns.retain(|(_, words), turn| {
            let keep = turn.chat != chat || turn.own || told.contains(words);
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

    const ROOMS: Words = Words::as_it_grows("rooms");
    const TALKS: Words = Words::at_once("talks");

    fn follow(answer: i64, words: Words, reason: Reason) -> Follow {
        Follow::new(1.into(), answer.into(), words, reason)
    }

    #[test]
    fn an_answer_is_told_once_in_each_doors_words() {
        let mut place = Place::default();
        assert!(place.begin(&follow(7, ROOMS, Reason::Room)).is_some());
        assert!(place.begin(&follow(7, ROOMS, Reason::Question)).is_none());
        assert!(place.begin(&follow(7, TALKS, Reason::Room)).is_some());
        place.finish(7.into(), ROOMS);
        assert!(place.begin(&follow(7, ROOMS, Reason::Room)).is_none(), "it was told");
        assert!(place.begin(&follow(7, ROOMS, Reason::Question)).is_none(), "it was told");
        assert!(place.begin(&follow(7, ROOMS, Reason::Again)).is_some());
    }

    #[test]
    fn a_conversation_is_heard_in_both_words_until_it_is_left() {
        let (chat, mut place) = (ChatId::from(1), Place::default());
        place.join(chat, Stay { door: TALKS, heard_in: &[ROOMS, TALKS], bound: false });
        assert_eq!(place.heard_in(chat), [ROOMS, TALKS].into());
        place.join(chat, Stay { door: ROOMS, heard_in: &[ROOMS], bound: false });
        let rooms = place.begin(&follow(7, ROOMS, Reason::Room)).unwrap();
        let conversation = place.begin(&follow(7, TALKS, Reason::Room)).unwrap();
        place.leave(chat, TALKS);
        assert!(!rooms.is_stopped() && conversation.is_stopped() && !conversation.is_lost());
        place.leave(chat, ROOMS);
        assert!(rooms.is_stopped());
        assert_eq!((place.heard_in(chat).len(), place.turns()), (0, 0));
    }

    #[test]
    fn ones_own_answers_go_on_after_leaving_but_not_without_the_right() {
        let mut place = Place::default();
        let own = place.begin(&follow(7, TALKS, Reason::Question)).unwrap();
        place.leave_everywhere(1.into());
        assert!(!own.is_stopped());
        assert_eq!(place.watched(), [(1.into(), None)]);
        place.lose_turns(1.into(), None);
        assert!(own.is_stopped() && own.is_lost());
    }
}
