//! Which answers go to which connections: to who asked, and to everyone who follows the chat.

use std::sync::Arc;

use futures_util::StreamExt;
use futures_util::stream;

use super::Hub;
use super::connection::Connection;
use super::forwarder::{Delivery, Follow, Reason, Translate};
use crate::turns::{Beginning, Beginnings, Turn};
use docent_auth::Caller;
use docent_domain::{ChatId, Code, Fault, MessageId};

impl Hub {
    /// Delivers an answer to a connection that asked for it, unless that is done already.
    pub(crate) async fn follow(
        self: &Arc<Self>,
        connection: &Arc<Connection>,
        caller: &Caller,
        follow: Follow,
        after_seq: i64,
        translate: Box<dyn Translate>,
    ) -> Result<(), Fault> {
        let most = self.limits.turns_per_socket;
        if connection.place().turns() >= most {
            let message =
                format!("{most} answers are on their way to this connection already; wait for one to end");
            return Err(Fault::new(Code::RateLimited, message));
        }
        // A visitor's connection has no rights of its own.
        let other = (caller.credential != connection.caller.credential).then(|| caller.clone());
        let follow = Follow { other, ..follow };
        let Some(stop) = connection.place().begin(&follow) else { return Ok(()) };
        let Follow { chat, answer, words, .. } = follow;
        match self.turns.follow(&caller.scope, chat, answer, after_seq).await {
            Ok(turn) => {
                self.deliver(connection, Delivery { chat, answer, words, translate, turn, stop });
                Ok(())
            }
            Err(fault) => {
                connection.place().forget(answer, words);
                Err(fault)
            }
        }
    }

    /// Delivers a turn that has just been begun by this connection.
    pub(crate) fn follow_own(
        self: &Arc<Self>,
        connection: &Arc<Connection>,
        follow: &Follow,
        turn: Turn,
        translate: Box<dyn Translate>,
    ) {
        if let Some(stop) = connection.place().begin(follow) {
            let Follow { chat, answer, words, .. } = *follow;
            self.deliver(connection, Delivery { chat, answer, words, translate, turn, stop });
        }
    }

    /// Delivers an answer to a connection that follows its chat, in the words of every door by which it does.
    pub(crate) fn follow_room(
        self: &Arc<Self>,
        connection: &Arc<Connection>,
        chat: ChatId,
        answer: MessageId,
    ) {
        let heard_in = connection.place().heard_in(chat);
        for answers in self.doors.iter().filter_map(|door| door.answers()) {
            let words = answers.words();
            if !heard_in.contains(&words) || answers.passes_over(connection, chat) {
                continue;
            }
            let follow = Follow::new(chat, answer, words, Reason::Room);
            let Some(stop) = connection.place().begin(&follow) else { continue };
            let turn = self.asked_inside(connection, chat, answer);
            let (translate, turn) = answers.told(self, connection, (chat, answer), turn);
            self.deliver(connection, Delivery { chat, answer, words, translate, turn, stop });
        }
    }

    /// A turn for which the engine is asked inside the stream, so that one member's rights do not hold up the
    /// others.
    fn asked_inside(self: &Arc<Self>, connection: &Arc<Connection>, chat: ChatId, answer: MessageId) -> Turn {
        let (hub, asking) = (self.clone(), connection.clone());
        let turn = stream::once(async move {
            match hub.turns.follow(&asking.caller.scope, chat, answer, -1).await {
                Ok(turn) => turn,
                Err(fault) => {
                    tracing::warn!(chat.id = %chat, error = %fault.chain(), "An answer cannot be followed");
                    stream::empty().boxed()
                }
            }
        });
        turn.flatten().boxed()
    }

    /// Delivers the answer that is being written in a chat, to somebody who has just joined it.
    pub(crate) async fn catch_up_with_answer(
        self: &Arc<Self>,
        connection: &Arc<Connection>,
        caller: &Caller,
        chat: ChatId,
    ) -> Result<(), Fault> {
        if let Some(answer) = self.turns.streaming(&caller.scope, chat).await? {
            self.follow_room(connection, chat, answer);
        }
        Ok(())
    }

    /// Brings every turn that begins to those who follow its chat.
    pub(crate) async fn watch(self: Arc<Self>, mut beginnings: Beginnings) {
        loop {
            let beginning = tokio::select! {
                beginning = beginnings.next() => beginning,
                () = self.shutdown.cancelled() => return,
            };
            match beginning {
                Some(Beginning::Of { chat, answer }) => {
                    for connection in self.rooms.in_chat(chat) {
                        self.follow_room(&connection, chat, answer);
                    }
                }
                Some(Beginning::Missed) => self.look_for_beginnings().await,
                None => return,
            }
        }
    }

    async fn look_for_beginnings(self: &Arc<Self>) {
        for chat in self.rooms.chats() {
            for connection in self.rooms.in_chat(chat) {
                match self.turns.streaming(&connection.caller.scope, chat).await {
                    Ok(Some(answer)) => self.follow_room(&connection, chat, answer),
                    Ok(None) => {}
                    Err(fault) => {
                        tracing::warn!(chat.id = %chat, error = %fault.chain(), "A chat could not be looked at");
                    }
                }
            }
        }
    }
}
