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

use super::Hub;
use super::carrier::Carrier;
use super::connection::{Connection, locked};
use super::events;
use super::namespace::Namespace;
use super::reply::{self, About};
use crate::described::Described;
use crate::payload::Payload;
use crate::sent::Sent;
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
pub(crate) type Outcome = Result<Map<String, Value>, Fault>;

type Run = for<'a> fn(Call<'a>) -> BoxFuture<'a, Outcome>;

/// One event that clients may send: what they are told of it, and who handles it.
pub(crate) struct Event {
    pub(crate) told: Described,
    needs: Needs,
    open_to: OpenTo,
    run: Run,
}

impl Event {
    /// An event with an object, for people with an account.
    pub(crate) const fn new(told: Described, run: Run) -> Self {
        Self { told, needs: Needs::Object, open_to: OpenTo::Accounts, run }
    }

    pub(crate) const fn needs(self, needs: Needs) -> Self {
        Self { needs, ..self }
    }

    pub(crate) const fn open_to(self, open_to: OpenTo) -> Self {
        Self { open_to, ..self }
    }
}

/// Who may send an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OpenTo {
    Accounts,
    /// Visitors too, about their own turns.
    Visitors,
    /// Connections without a token too.
    Everyone,
}

/// What an event expects to come with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Needs {
    Object,
    /// An object, or a string that stands for an object with this field.
    ObjectOrText(&'static str),
    /// An object or nothing.
    Anything,
}

/// One event as it arrived.
pub(crate) struct Call<'a> {
    pub(crate) hub: &'a Arc<Hub>,
    pub(crate) connection: &'a Arc<Connection>,
    /// Who sends it, with the rights of the moment.
    pub(crate) caller: Caller,
    pub(crate) payload: Payload,
    /// The id at the end of the event's name.
    pub(crate) suffix: Option<String>,
}

#[derive(Default)]
pub(crate) struct Inbox {
    waiting: VecDeque<Arrived>,
    running: bool,
}

struct Arrived {
    packet: Packet,
    ack: Option<i64>,
}

/// Takes every event of a connection, known or not.
pub(crate) struct Receiver {
    pub(crate) hub: Arc<Hub>,
    pub(crate) connection: Arc<Connection>,
}

impl Call<'_> {
    /// What came with it.
    pub(crate) fn sent<T: Sent>(&self) -> Result<T, Fault> {
        T::read(&self.payload, &self.hub.limits.payload)
    }
}

/// Marks our implementation of the library's handler trait.
pub(crate) struct InOrder;

impl MessageHandler<LocalAdapter, InOrder> for Receiver {
    fn call(&self, socket: Arc<Socket>, packet: Packet, ack: Option<i64>) {
        // The library tells the client that it is in, and only then marks the socket as connected: an event may come in
        // between, and waits for the arrival that follows.
        if socket.connected() {
            self.hub.arrive(&self.connection, Carrier::Socket(socket));
        }
        self.hub.receive(&self.connection, packet, ack);
    }
}

impl Hub {
    /// Puts an event into the connection's inbox.
    pub(crate) fn receive(self: &Arc<Self>, connection: &Arc<Connection>, packet: Packet, ack: Option<i64>) {
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
        drop(inbox);
        self.attend(connection);
    }

    /// Has the events that wait answered, once the connection has arrived.
    pub(super) fn attend(self: &Arc<Self>, connection: &Arc<Connection>) {
        let mut inbox = locked(&connection.inbox);
        if !inbox.running && !inbox.waiting.is_empty() && !connection.is_expected() {
            inbox.running = true;
            self.tasks.spawn(work(self.clone(), connection.clone()));
        }
    }
}

async fn work(hub: Arc<Hub>, connection: Arc<Connection>) {
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
        let outcome = AssertUnwindSafe(answer(&hub, &connection, &name, &arrived.packet, &mut about));
        let outcome =
            outcome.catch_unwind().await.unwrap_or_else(|_| Err(Fault::internal("the handler panicked")));
        match outcome {
            Ok(answer) => hub.accept(&connection, arrived.ack, answer),
            Err(fault) => hub.refuse(&connection, &name, arrived.ack, &fault, about),
        }
    }
}

async fn answer(
    hub: &Arc<Hub>,
    connection: &Arc<Connection>,
    name: &str,
    packet: &Packet,
    about: &mut About,
) -> Result<Map<String, Value>, Fault> {
    let namespace = connection.id.namespace;
    let (name, suffix) = namespace.parts(name);
    let Some((door, event)) = hub.event(namespace, name) else {
        return Err(hub.unknown(namespace, name));
    };
    let span = tracing::info_span!("socket.event", socket.event = event.told.name, trace.id = Empty);
    trace::go_on(&span, None);
    let read = Read { event, marks: door.marks(), suffix, packet };
    let handled = handle(hub, connection, read, about).instrument(span).await;
    telemetry::socket_event(event.told.name, handled.is_ok());
    handled
}

/// An event that is known, with what came of it.
struct Read<'a> {
    event: &'static Event,
    marks: &'static [&'static str],
    suffix: Option<&'a str>,
    packet: &'a Packet,
}

async fn handle(
    hub: &Arc<Hub>,
    connection: &Arc<Connection>,
    Read { event, marks, suffix, packet }: Read<'_>,
    about: &mut About,
) -> Outcome {
    let rights = hub.auth.rights_version();
    let caller = hub.sender(connection, event.open_to).await?;
    let payload = match event.needs {
        Needs::Object => Payload::read(packet, &hub.limits.payload)?,
        Needs::ObjectOrText(field) => Payload::read_or_text(packet, field, &hub.limits.payload)?,
        Needs::Anything => Payload::read_if_any(packet, &hub.limits.payload)?,
    };
    *about = reply::about(&payload, marks);
    let suffix = suffix.map(str::to_owned);
    let answer = (event.run)(Call { hub, connection, caller, payload, suffix }).await;
    if hub.auth.rights_version() != rights {
        hub.look_again(connection);
    }
    answer
}

impl Hub {
    /// Who sends an event at this moment. A connection's identity never changes, but what it may do does.
    async fn sender(&self, connection: &Connection, open_to: OpenTo) -> Result<Caller, Fault> {
        if !connection.caller.is_anonymous() {
            return Ok(self.auth.refresh(&connection.caller).await?);
        }
        match (open_to, &connection.visitor) {
            (OpenTo::Everyone, _) => Ok(connection.caller.clone()),
            // Who never said anything has no turns: nothing is stored for them here.
            (OpenTo::Visitors, Some(value)) => {
                let known = self.auth.known_visitor(value, self.clock.now()).await?;
                Ok(known.unwrap_or_else(Caller::anonymous))
            }
            (OpenTo::Visitors, None) | (OpenTo::Accounts, _) => Err(AuthError::Anonymous.into()),
        }
    }

    fn unknown(&self, namespace: &Namespace, name: &str) -> Fault {
        let name: String = name.chars().take(SHOWN_CHARS).collect();
        let mut known: Vec<&str> = events(self.doors, namespace).map(|(_, event)| event.told.name).collect();
        known.sort_unstable();
        Fault::field("event", format!("there is no event `{name}`; send one of {}", known.join(", ")))
    }
}

/// The event's name, cut to a length that can be sent back.
pub(crate) fn name_of(packet: &Packet) -> String {
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
