//! The events of assistant rooms, as clients are told of them.

#![expect(dead_code, reason = "describes what `Payload` reads field by field")]

use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::wire::{
    AnswerView, AskedView, CallAnsweredView, ChunkView, CreatedView, EndView, EventReceivedView, FoundView,
    FunctionCallView, ReceivedView, RefusedView, RoomView, SentView, StartView, StreamErrorView,
};
use crate::described::{Channel, Name, Part, client, payload, server};

/// `create_room`.
#[derive(ToSchema)]
struct CreateRoomIn {
    /// A chat's id, or a name of the client's own; without it a new chat is opened.
    chat_id: Option<Name>,
    project_id: Option<i64>,
    /// Picks the provider, in any case.
    model_api_source: String,
    /// Picks the model; a leading `aisuite.` or `provider:` is taken off.
    model_id: String,
    /// At most 64 of 16 KiB; calls of them come to this connection.
    tools: Option<Vec<ToolIn>>,
    /// Unless this is false, the server's own tools run without asking this connection.
    auto_execute_functions: Option<bool>,
}

/// Its parts may also stand inside `function`.
#[derive(ToSchema)]
#[schema(as = ToolIn)]
struct ToolIn {
    name: Option<String>,
    description: Option<String>,
    /// JSON Schema of an object.
    parameters: Option<Map<String, Value>>,
    function: Option<Map<String, Value>>,
}

/// `join_room`, `leave_room`. The room may also stand at the end of the event's name.
#[derive(ToSchema)]
struct RoomIn {
    room_id: Option<String>,
}

/// `find_chat`.
#[derive(ToSchema)]
struct FindChatIn {
    chat_id: Name,
}

/// `send_message`.
#[derive(ToSchema)]
struct RoomMessageIn {
    room_id: Option<String>,
    message: SaidIn,
    /// For this answer alone.
    model_id: Option<String>,
}

#[derive(ToSchema)]
#[schema(as = RoomSaidIn)]
#[serde(untagged)]
enum SaidIn {
    Text(String),
    Wrapped(WrappedIn),
}

#[derive(ToSchema)]
#[schema(as = RoomWrappedIn)]
struct WrappedIn {
    /// The client's own name for it: comes back with `message_sent`, and makes sending safe to repeat.
    id: Option<Name>,
    data: DataIn,
}

#[derive(ToSchema)]
#[schema(as = RoomDataIn)]
struct DataIn {
    item: ItemIn,
}

#[derive(ToSchema)]
#[schema(as = RoomItemIn)]
struct ItemIn {
    content: ContentIn,
    /// Ids of documents: only these.
    files: Option<Vec<i64>>,
}

#[derive(ToSchema)]
#[schema(as = RoomContentIn)]
#[serde(untagged)]
enum ContentIn {
    Text(String),
    Parts(Vec<PartIn>),
}

#[derive(ToSchema)]
#[schema(as = RoomPartIn)]
struct PartIn {
    text: String,
}

/// `event`.
#[derive(ToSchema)]
struct RoomEventIn {
    room_id: Option<String>,
    event: StopIn,
}

#[derive(ToSchema)]
#[schema(as = StopIn)]
struct StopIn {
    id: Option<Name>,
    /// `sbaw.assistant.stop_processing`.
    #[serde(rename = "type")]
    kind: String,
}

/// `function_result`.
#[derive(ToSchema)]
struct FunctionResultIn {
    room_id: Option<String>,
    call_id: String,
    /// Anything; `false` for a tool of the server's forbids it.
    result: Option<Value>,
}

/// `function_error`.
#[derive(ToSchema)]
struct FunctionErrorIn {
    room_id: Option<String>,
    call_id: String,
    error: Option<Value>,
}

const REFUSED: &str = "error {room_id}";

/// All events that belong to one answer.
const TURN: &[&str] = &[
    "message_sent {room_id}",
    "stream_start {room_id}",
    "stream_chunk {room_id}",
    "receive_message {room_id}",
    "function_call {room_id}",
    "stream_end {room_id}",
    "message {room_id}",
    "stream_error {room_id}",
    REFUSED,
];

#[rustfmt::skip]
pub(in crate) const PARTS: &[Part] = &[Part { door: "assistant rooms", channel: Channel::Assistants, events: &[
    client("create_room", "Opens a room for a chat, or hands back the one that serves it", &["room_created {chat_id}", "room_error {chat_id}"], payload::<CreateRoomIn>, payload::<CreatedView<'_>>),
    client("event", "Stops the answer that is being written", &["event_received {id}", REFUSED], payload::<RoomEventIn>, payload::<EventReceivedView<'_>>),
    client("find_chat", "Asks whether a room serves the chat", &["room_found {chat_id}", "room_not_found {chat_id}", "room_error {chat_id}"], payload::<FindChatIn>, payload::<FoundView<'_>>),
    client("function_error", "Why nothing came of a call", &[REFUSED], payload::<FunctionErrorIn>, payload::<CallAnsweredView<'_>>),
    client("function_result", "What came of a call", &[REFUSED], payload::<FunctionResultIn>, payload::<CallAnsweredView<'_>>),
    client("join_room", "Comes into a room; one that is closed opens again as it was", &["room_joined {room_id}", "room_join_error {room_id}"], payload::<RoomIn>, payload::<RoomView<'_>>),
    client("leave_room", "Leaves it; the last one out closes it", &["room_left", REFUSED], payload::<RoomIn>, payload::<RoomView<'_>>),
    client("send_message", "Asks in the room; the answer goes to everybody in it", TURN, payload::<RoomMessageIn>, payload::<AskedView<'_>>),
    server("error {room_id}", "What went wrong in a room", payload::<RefusedView<'_>>),
    server("event_received {id}", "It was asked for; without an id, plain `event_received`", payload::<EventReceivedView<'_>>),
    server("function_call {room_id}", "A call that this connection has to answer", payload::<FunctionCallView<'_>>),
    server("message {room_id}", "The whole answer", payload::<AnswerView<'_>>),
    server("message_sent {room_id}", "The question is stored; also under the client's own id for it", payload::<SentView>),
    server("receive_message {room_id}", "A question, an answer, or a call and what came of it", payload::<ReceivedView<'_>>),
    server("room_created {chat_id}", "The room is open; without a chat's id in the request, plain `room_created`", payload::<CreatedView<'_>>),
    server("room_error {chat_id}", "What went wrong where no room is known; without an id, plain `room_error`", payload::<RefusedView<'_>>),
    server("room_found {chat_id}", "The room that serves the chat", payload::<FoundView<'_>>),
    server("room_join_error {room_id}", "Why one did not come in", payload::<RefusedView<'_>>),
    server("room_joined {room_id}", "From here on the room is heard", payload::<RoomView<'_>>),
    server("room_left", "From here on it is not", payload::<RoomView<'_>>),
    server("room_not_found {chat_id}", "No room serves the chat", payload::<FoundView<'_>>),
    server("stream_chunk {room_id}", "A piece of the answer; the last one is empty", payload::<ChunkView<'_>>),
    server("stream_end {room_id}", "The answer is complete, or was stopped", payload::<EndView>),
    server("stream_error {room_id}", "The answer failed", payload::<StreamErrorView<'_>>),
    server("stream_start {room_id}", "An answer begins", payload::<StartView>),
] }];
