//! What this node says of its turns to the others, and what it hears of theirs.

use std::sync::Arc;

use futures_util::FutureExt;

use super::engine::{Heard, Inner, TurnNews};
use super::live::Why;
use super::log::Log;
use docent_bus::{self as bus, Subscription};
use docent_domain::MessageId;
use docent_domain::chat::TurnEvent;
use docent_domain::event::{Piece, Signal};

/// Bytes that are sent as one piece.
const PIECE: usize = 16 << 10;

impl Inner {
    /// Tells everybody of a turn that has begun here, and the other nodes how it goes on.
    pub(super) fn announce(self: &Arc<Self>, news: TurnNews, log: &Arc<Log>) {
        // An error only says that nobody listens.
        drop(self.heard.send(Heard::Started(news)));
        let bus = &self.parts.bus;
        if bus.is_shared() {
            let TurnNews { chat, answer, user } = news;
            bus.tell(Signal::TurnBegun { chat, answer, user });
            self.parts.tasks.spawn(Arc::clone(self).say(answer, Arc::clone(log)));
        }
    }

    /// Sends an answer as it grows. The end is told once it stands in the database, which is before it is in the log.
    async fn say(self: Arc<Self>, answer: MessageId, log: Arc<Log>) {
        let bus = &self.parts.bus;
        let (mut reading, mut searched, mut marks) = (log.read(-1), false, 0);
        let mut next = reading.next().await;
        while let Some(event) = next.take() {
            match event {
                TurnEvent::Sources(sources) if !searched => {
                    searched = true;
                    bus.say(answer, Piece::Sources(sources));
                }
                TurnEvent::Token(frame) => {
                    let (first_seq, mut ends, mut text) = (frame.first_seq, Vec::new(), frame.text);
                    ends.push(text.len());
                    // Whatever is there already goes along.
                    while text.len() < PIECE {
                        match reading.next().now_or_never() {
                            Some(Some(TurnEvent::Token(frame))) => {
                                text.push_str(&frame.text);
                                ends.push(text.len());
                            }
                            Some(other) => {
                                next = other;
                                break;
                            }
                            None => break,
                        }
                    }
                    bus.say(answer, Piece::Frames { first_seq, ends, text, marks });
                }
                // Each of them is a mark in the log; others read it from the database.
                TurnEvent::Sources(_) | TurnEvent::ToolCall(_) | TurnEvent::ToolResult(_) => marks += 1,
                TurnEvent::Accepted(_) => {}
                TurnEvent::Completed(_)
                | TurnEvent::Cancelled { .. }
                | TurnEvent::Failed { .. }
                | TurnEvent::Interrupted { .. } => bus.say(answer, Piece::Over),
            }
            if next.is_none() {
                next = reading.next().await;
            }
        }
    }

    /// Hears of turns that begin at other nodes, and of turns here that somebody there wants to end.
    pub(super) async fn hear(self: Arc<Self>, mut news: Box<dyn Subscription>) {
        loop {
            let heard = tokio::select! {
                heard = news.next() => heard,
                () = self.closing.cancelled() => return,
            };
            match heard {
                Some(bus::Heard::Signal(signal)) => self.heed(&signal),
                // Wishes that were missed are in the database, which is asked twice a second.
                Some(bus::Heard::Missed) => drop(self.heard.send(Heard::Missed)),
                Some(bus::Heard::Event(_)) => {}
                None => return,
            }
        }
    }

    fn heed(&self, signal: &Signal) {
        match *signal {
            Signal::TurnBegun { chat, answer, user } => {
                drop(self.heard.send(Heard::Started(TurnNews { chat, answer, user })));
            }
            Signal::TurnUnwanted { answer } => {
                if let Some(live) = self.live(answer) {
                    live.stop(Why::Cancelled);
                }
            }
            _ => {}
        }
    }
}
