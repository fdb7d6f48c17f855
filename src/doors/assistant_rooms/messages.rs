//! `send_message`, `event`, `function_result` and `function_error`: what is said in a room.

use serde_json::{Map, Value};

use super::entering::no_room;
use super::room::Assistants;
use super::said::SaidIn;
use super::translate::Translator;
use super::wire::{AskedView, CallAnsweredView, EventReceivedView, SentView};
use super::{Asking, ID_BYTES, RoomId, WORDS, named, room_id, room_of};
use crate::described::Name;
use crate::hub::forwarder::{Follow, Reason};
use crate::hub::inbox::Call;
use crate::hub::outbox::Parcel;
use crate::hub::reply::acknowledged;
use crate::payload::{Payload, PayloadLimits};
use crate::sent::{Field, OwnId, Sent, Text, sent};
use crate::turns::Begun;
use docent_chat::{Manner, NewQuestion, Options};
use docent_domain::{ChatId, Fault};
use docent_store::Seen;
use docent_telemetry as telemetry;

/// The only thing that can be asked for by `event`.
const STOP: &str = "sbaw.assistant.stop_processing";

/// Bytes of the name of a model.
const NAME_BYTES: usize = 512;
/// Bytes of a client's reason why a call came to nothing.
const REASON_BYTES: usize = 4 * 1024;

sent! {
    /// `send_message`.
    pub(super) struct RoomMessageIn {
        #[schema(value_type = Option<String>)]
        room_id: Option<RoomId>,
        message: SaidIn,
        /// For this answer alone.
        #[schema(value_type = Option<String>)]
        model_id: Option<Text<NAME_BYTES>>,
    }
}

sent! {
    /// `event`.
    pub(super) struct RoomEventIn {
        #[schema(value_type = Option<String>)]
        room_id: Option<RoomId>,
        event: StopIn,
    }
}

sent! {
    #[schema(as = StopIn)]
    struct StopIn {
        /// `sbaw.assistant.stop_processing`.
        #[schema(value_type = String)]
        kind as "type": Text<NAME_BYTES>,
        #[schema(value_type = Option<Name>)]
        id: Option<OwnId<ID_BYTES>>,
    }
}

impl Field for StopIn {
    fn read(payload: &Payload, field: &str, limits: &PayloadLimits) -> Result<Self, Fault> {
        let event = payload.optional_object(field, REASON_BYTES)?;
        let event = event.ok_or_else(|| Fault::field(field, "is missing; send {id, type}"))?;
        Sent::read(&event, limits)
    }
}

sent! {
    /// `function_result`.
    pub(super) struct FunctionResultIn {
        #[schema(value_type = Option<String>)]
        room_id: Option<RoomId>,
        /// Anything; `false` for a tool of the server's forbids it.
        result: Option<Value>,
        #[schema(value_type = String)]
        call_id: Text<ID_BYTES>,
    }
}

sent! {
    /// `function_error`.
    pub(super) struct FunctionErrorIn {
        #[schema(value_type = Option<String>)]
        room_id: Option<RoomId>,
        error: Option<Value>,
        #[schema(value_type = String)]
        call_id: Text<ID_BYTES>,
    }
}

/// Starts a turn; its events follow, for everybody in the room and for the sender. It goes on when this connection
/// drops.
pub(super) async fn send(call: Call<'_>) -> Result<Map<String, Value>, Fault> {
    let (hub, connection) = (call.hub, call.connection);
    let RoomMessageIn { room_id: id, message, model_id: wanted } = call.sent()?;
    let chat = room_of(&call, id.as_ref())?;
    let said = message.said();
    let seen = call.readable(chat).await.map_err(no_room)?;
    let (manner, of_the_room) = manner(&call, chat, seen).await?;
    let model = wanted.map(|wanted| docent_models::bare_model(&wanted.0).to_owned()).or(of_the_room);
    let principal = &call.caller.principal;
    let question = NewQuestion {
        chat,
        content: said.content,
        user: principal.user,
        username: principal.username.clone(),
        options: Options { model, documents: said.documents, ..Options::default() },
        client_message_id: said.id.clone(),
        keyed: None,
    };
    hub.auth.spend(&call.caller, connection.address, hub.clock.now()).await?;
    // The room may hear of the turn before this connection knows that it is its own.
    connection.place().notes::<Asking>().0 = Some(chat);
    let started = hub.turns.start_as(&call.caller.scope, question, manner).await;
    let Begun { accepted, repeated, turn } = match started {
        Ok(started) => started,
        Err(fault) => {
            connection.place().notes::<Asking>().0 = None;
            // What others began meanwhile was passed over.
            hub.catch_up_with_answer(connection, &call.caller, chat).await?;
            return Err(fault);
        }
    };
    telemetry::message(WORDS.door);
    let room = room_id(chat);
    let view = SentView::new(accepted.question);
    hub.send(connection, Parcel::event(named("message_sent", Some(&room)), &view));
    if let Some(id) = &said.id {
        hub.send(connection, Parcel::event(named("message_sent", Some(id)), &view));
    }
    let reason = if repeated { Reason::Again } else { Reason::Question };
    let follow = Follow::new(chat, accepted.answer, WORDS, reason);
    let translator = Translator::asker(chat, accepted.answer, connection.id.to_string());
    hub.follow_own(connection, &follow, turn, Box::new(translator));
    connection.place().notes::<Asking>().0 = None;
    Ok(acknowledged(&AskedView { room_id: &room, message_id: accepted.question.get() }))
}

/// How questions are answered in a room, and by which model.
async fn manner(
    call: &Call<'_>,
    chat: ChatId,
    seen: Seen<ChatId>,
) -> Result<(Manner, Option<String>), Fault> {
    let kept = call.hub.store.read().await?.room_choice(seen).await?;
    let tools = call.hub.state::<Assistants>().tools(chat);
    let (provider, model) = kept.map(|kept| (kept.provider, kept.model)).unzip();
    Ok((Manner { provider, tools }, model.flatten()))
}

/// Stops the answer that is being written; what was streamed is kept.
pub(super) async fn event(call: Call<'_>) -> Result<Map<String, Value>, Fault> {
    let RoomEventIn { room_id: id, event } = call.sent()?;
    let chat = room_of(&call, id.as_ref())?;
    if event.kind.0 != STOP {
        return Err(Fault::field("event.type", format!("is not known; send `{STOP}`")));
    }
    let id = event.id.map(|id| id.0);
    let stopped = call.hub.turns.cancel(&call.caller.scope, chat, None).await.map_err(no_room)?;
    let room = room_id(chat);
    let view = EventReceivedView {
        id: id.as_deref(),
        room_id: &room,
        message_id: stopped.map(docent_domain::MessageId::get),
    };
    call.hub.send(call.connection, Parcel::event(named("event_received", id.as_deref()), &view));
    Ok(acknowledged(&view))
}

/// What came of a call that was given to this connection.
pub(super) async fn function_result(call: Call<'_>) -> Result<Map<String, Value>, Fault> {
    let FunctionResultIn { room_id: id, result, call_id } = call.sent()?;
    let chat = room_of(&call, id.as_ref())?;
    let most = call.hub.limits.payload.message_bytes;
    let result = result.unwrap_or_default();
    let bytes = result.to_string().len();
    if bytes > most {
        return Err(Fault::field("result", format!("has {bytes} bytes; at most {most} are allowed")));
    }
    answer(&call, chat, &call_id.0, Ok(result)).await
}

/// Why nothing came of it.
pub(super) async fn function_error(call: Call<'_>) -> Result<Map<String, Value>, Fault> {
    let FunctionErrorIn { room_id: id, error, call_id } = call.sent()?;
    let chat = room_of(&call, id.as_ref())?;
    let error = match error {
        None => "the client could not do it".to_owned(),
        Some(Value::String(text)) => text,
        Some(other) => other.to_string(),
    };
    if error.len() > REASON_BYTES {
        return Err(Fault::field("error", format!("has more than {REASON_BYTES} bytes")));
    }
    answer(&call, chat, &call_id.0, Err(error)).await
}

async fn answer(
    call: &Call<'_>,
    chat: ChatId,
    id: &str,
    said: Result<Value, String>,
) -> Result<Map<String, Value>, Fault> {
    let (scope, holder) = (&call.caller.scope, call.connection.id.to_string());
    call.hub.turns.answer_call(scope, chat, &holder, id, said).await?;
    Ok(acknowledged(&CallAnsweredView { call_id: id }))
}
