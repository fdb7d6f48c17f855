//! What a client sends, taken one after the other: an event is looked at when the one before it has been answered.

use std::collections::VecDeque;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use serde_json::{Map, Value};
use socketioxide::adapter::LocalAdapter;
use socketioxide::handler::{MessageHandler, Value as Packet};
use socketioxide::socket::Socket;
use tracing::Instrument;
use tracing::field::Empty;

use super::Door;
use super::carrier::Carrier;
use super::connection::{Connection, locked};
use super::namespace::Namespace;
use super::payload::Payload;
use super::reply::About;
use docent_auth::{AuthError, Caller};
use docent_domain::{Code, Fault};
use docent_telemetry::{self as telemetry, Limit, trace};

/// Events of one connection that wait for their turn.
const WAITING: usize = 256;
/// Answers that a client has not read.
const UNREAD: usize = 4_096;
/// Of an event's name, with an id of a client's own after it, so much is read.
const NAME_CHARS: usize = 256;
/// Of one that is not known, so much is repeated in an answer.
const SHOWN_CHARS: usize = 64;

/// What an acknowledgement says beside `ok`, or why there is none.
pub(super) type Outcome = Result<Map<String, Value>, Fault>;

/// One event that clients may send.
pub(super) struct Event {
    pub(super) name: &'static str,
    pub(super) needs: Needs,
    pub(super) run: for<'a> fn(Call<'a>) -> BoxFuture<'a, Outcome>,
}

/// What an event expects to come with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Needs {
    Object,
    /// An object, or a string that stands for an object with this field.
    ObjectOrText(&'static str),
    /// An object or nothing.
    Anything,
}

/// One event as it arrived.
pub(super) struct Call<'a> {
    pub(super) door: &'a Arc<Door>,
    pub(super) connection: &'a Arc<Connection>,
    /// Who sends it, with the rights of the moment.
    pub(super) caller: Caller,
    pub(super) payload: Payload,
    /// The id at the end of the event's name.
    pub(super) suffix: Option<String>,
}

/// What connections without a token may send.
const OPEN: &[&str] = &["ai:chat", "ping"];
/// What visitors may send besides, about their own turns.
const VISITORS: &[&str] = &["cancel_message", "resume_message"];

#[derive(Default)]
pub(super) struct Inbox {
    waiting: VecDeque<Arrived>,
    running: bool,
}

struct Arrived {
    packet: Packet,
    ack: Option<i64>,
}

/// Takes every event of a connection, known or not.
pub(super) struct Receiver {
    pub(super) door: Arc<Door>,
    pub(super) connection: Arc<Connection>,
}

/// Marks our implementation of the library's handler trait.
pub(super) struct InOrder;

impl MessageHandler<LocalAdapter, InOrder> for Receiver {
    fn call(&self, socket: Arc<Socket>, packet: Packet, ack: Option<i64>) {
        self.door.arrive(&self.connection, Carrier::Socket(socket));
        self.door.receive(&self.connection, packet, ack);
    }
}

impl Door {
    /// Puts an event into the connection's inbox.
    pub(super) fn receive(self: &Arc<Self>, connection: &Arc<Connection>, packet: Packet, ack: Option<i64>) {
        connection.hear(self.clock.now());
        if Self::backlog(connection) >= UNREAD {
            if connection.give_up() {
                tracing::warn!(socket.id = %connection.id, "A client sends without reading the answers");
            }
            return;
        }
        let mut inbox = locked(&connection.inbox);
        if inbox.waiting.len() >= WAITING {
            drop(inbox);
            telemetry::limited(Limit::WaitingEvents);
            let message = format!("{WAITING} events wait already; send the next one after an answer");
            let fault = Fault::new(Code::RateLimited, message).with_retry_after(1);
            self.refuse(connection, &name_of(&packet), ack, &fault, About::default());
            return;
        }
        inbox.waiting.push_back(Arrived { packet, ack });
        if !inbox.running {
            inbox.running = true;
            self.tasks.spawn(work(self.clone(), connection.clone()));
        }
    }
}

async fn work(door: Arc<Door>, connection: Arc<Connection>) {
    loop {
        let arrived = {
            let mut inbox = locked(&connection.inbox);
            match inbox.waiting.pop_front() {
                Some(arrived) if !connection.is_closed() => arrived,
                _ => {
                    inbox.waiting.clear();
                    inbox.running = false;
                    return;
                }
            }
        };
        let name = name_of(&arrived.packet);
        let mut about = About::default();
        let outcome = AssertUnwindSafe(answer(&door, &connection, &name, &arrived.packet, &mut about));
        let outcome =
            outcome.catch_unwind().await.unwrap_or_else(|_| Err(Fault::internal("the handler panicked")));
        match outcome {
            Ok(answer) => door.accept(&connection, arrived.ack, answer),
            Err(fault) => door.refuse(&connection, &name, arrived.ack, &fault, about),
        }
    }
}

async fn answer(
    door: &Arc<Door>,
    connection: &Arc<Connection>,
    name: &str,
    packet: &Packet,
    about: &mut About,
) -> Result<Map<String, Value>, Fault> {
    let namespace = connection.id.namespace;
    let (name, suffix) = namespace.parts(name);
    let Some(event) = namespace.events().find(|event| event.name == name) else {
        return Err(unknown(namespace, name));
    };
    let span = tracing::info_span!("socket.event", socket.event = event.name, trace.id = Empty);
    trace::go_on(&span, None);
    let handled = handle(door, connection, event, suffix, packet, about).instrument(span).await;
    telemetry::socket_event(event.name, handled.is_ok());
    handled
}

async fn handle(
    door: &Arc<Door>,
    connection: &Arc<Connection>,
    event: &Event,
    suffix: Option<&str>,
    packet: &Packet,
    about: &mut About,
) -> Outcome {
    let rights = door.auth.rights_version();
    let caller = door.sender(connection, event.name).await?;
    let payload = match event.needs {
        Needs::Object => Payload::read(packet, &door.limits.payload)?,
        Needs::ObjectOrText(field) => Payload::read_or_text(packet, field, &door.limits.payload)?,
        Needs::Anything => Payload::read_if_any(packet, &door.limits.payload)?,
    };
    *about = About::read(&payload);
    let suffix = suffix.map(str::to_owned);
    let answer = (event.run)(Call { door, connection, caller, payload, suffix }).await;
    if door.auth.rights_version() != rights {
        door.look_again(connection);
    }
    answer
}

impl Door {
    /// Who sends an event at this moment. A connection's identity never changes, but what it may do does.
    async fn sender(&self, connection: &Connection, event: &str) -> Result<Caller, Fault> {
        if !connection.caller.is_anonymous() {
            return Ok(self.auth.refresh(&connection.caller).await?);
        }
        if OPEN.contains(&event) {
            return Ok(connection.caller.clone());
        }
        match &connection.visitor {
            // Who never said anything has no turns: nothing is stored for them here.
            Some(value) if VISITORS.contains(&event) => {
                let known = self.auth.known_visitor(value, self.clock.now()).await?;
                Ok(known.unwrap_or_else(Caller::anonymous))
            }
            _ => Err(AuthError::Anonymous.into()),
        }
    }
}

fn unknown(namespace: Namespace, name: &str) -> Fault {
    let name: String = name.chars().take(SHOWN_CHARS).collect();
    let mut known: Vec<&str> = namespace.events().map(|event| event.name).collect();
    known.sort_unstable();
    Fault::field("event", format!("there is no event `{name}`; send one of {}", known.join(", ")))
}

/// The event's name, cut to a length that can be sent back.
pub(super) fn name_of(packet: &Packet) -> String {
    let Packet::Str(text, _) = packet else { return String::new() };
    let mut read = serde_json::Deserializer::from_str(text.trim_start().strip_prefix('[').unwrap_or(text));
    let name = <String as serde::Deserialize>::deserialize(&mut read).unwrap_or_default();
    name.chars().take(NAME_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_events_name_is_read_without_the_rest() {
        let name = |text: &str| name_of(&Packet::Str(text.to_owned().into(), None));
        assert_eq!(name(r#"["ping",{}]"#), "ping");
        assert_eq!(name(r#"["ping""#), "ping");
        assert_eq!(name("[7]"), "");
        assert_eq!(name(&format!(r#"["{}"]"#, "é".repeat(1_000))), "é".repeat(NAME_CHARS));
    }
}
