//! Which answers go to which connections: to who asked, and to everyone who follows the chat.

use std::sync::Arc;

use futures_util::StreamExt;
use futures_util::stream;

use super::Door;
use super::connection::Connection;
use super::forwarder::{Delivery, Follow, Translate};
use super::project_rooms;
use super::turns::{Beginning, Beginnings, Turn};
use crate::auth::Caller;
use crate::domain::{ChatId, Code, Fault, MessageId};

impl Door {
    /// Delivers an answer to a connection that asked for it, unless that is done already.
    pub(super) async fn follow(
        self: &Arc<Self>,
        connection: &Arc<Connection>,
        caller: &Caller,
        follow: &Follow,
        after_seq: i64,
        translate: Box<dyn Translate>,
    ) -> Result<(), Fault> {
        let most = self.limits.turns_per_socket;
        if connection.place().turns.len() >= most {
            let message =
                format!("{most} answers are on their way to this connection already; wait for one to end");
            return Err(Fault::new(Code::RateLimited, message));
        }
        let Some(stop) = connection.place().begin(follow) else { return Ok(()) };
        let (chat, answer) = (follow.chat, follow.answer);
        match self.turns.follow(&caller.scope, chat, answer, after_seq).await {
            Ok(turn) => {
                self.deliver(connection, Delivery { answer, translate, turn, stop });
                Ok(())
            }
            Err(fault) => {
                connection.place().turns.remove(&answer);
                Err(fault)
            }
        }
    }

    /// Delivers a turn that has just been begun by this connection.
    pub(super) fn follow_own(
        self: &Arc<Self>,
        connection: &Arc<Connection>,
        follow: &Follow,
        turn: Turn,
        translate: Box<dyn Translate>,
    ) {
        if let Some(stop) = connection.place().begin(follow) {
            self.deliver(connection, Delivery { answer: follow.answer, translate, turn, stop });
        }
    }

    /// Delivers an answer to a connection that follows its chat. The engine is asked inside the stream, so that one
    /// member's rights do not hold up the others.
    pub(super) fn follow_room(
        self: &Arc<Self>,
        connection: &Arc<Connection>,
        chat: ChatId,
        answer: MessageId,
    ) {
        let Some(stop) = connection.place().begin(&Follow { chat, answer, own: false }) else { return };
        let (door, asking) = (self.clone(), connection.clone());
        let turn = stream::once(async move {
            match door.turns.follow(&asking.caller.scope, chat, answer, -1).await {
                Ok(turn) => turn,
                Err(fault) => {
                    tracing::warn!(chat.id = %chat, error = %fault.chain(), "An answer cannot be followed");
                    stream::empty().boxed()
                }
            }
        });
        let translate = project_rooms::follower(chat, answer);
        self.deliver(connection, Delivery { answer, translate, turn: turn.flatten().boxed(), stop });
    }

    /// Brings every turn that begins to those who follow its chat.
    pub(super) async fn watch(self: Arc<Self>, mut beginnings: Beginnings) {
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
