//! The events of assistant rooms: who handles them, and what clients are told of them.

use super::entering::{CreateRoomIn, FindChatIn, RoomIn};
use super::messages::{FunctionErrorIn, FunctionResultIn, RoomEventIn, RoomMessageIn};
use super::wire::{
    AnswerView, AskedView, CallAnsweredView, ChunkView, CreatedView, EndView, EventReceivedView, FoundView,
    FunctionCallView, ReceivedView, RefusedView, RoomView, SentView, StartView, StreamErrorView,
};
use super::{NAMESPACE, entering, messages};
use crate::described::{Channel, Described, Part, client, payload, server};
use crate::hub::inbox::Event;

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

pub(super) const PARTS: &[Part] =
    &[Part { channel: Channel::Namespace(&NAMESPACE), events: EVENTS, told: TOLD }];

#[rustfmt::skip]
const EVENTS: &[Event] = &[
    Event::new(client("create_room", "Opens a room for a chat, or hands back the one that serves it", &["room_created {chat_id}", "room_error {chat_id}"], payload::<CreateRoomIn>, payload::<CreatedView<'_>>), |call| Box::pin(entering::create(call))),
    Event::new(client("event", "Stops the answer that is being written", &["event_received {id}", REFUSED], payload::<RoomEventIn>, payload::<EventReceivedView<'_>>), |call| Box::pin(messages::event(call))),
    Event::new(client("find_chat", "Asks whether a room serves the chat", &["room_found {chat_id}", "room_not_found {chat_id}", "room_error {chat_id}"], payload::<FindChatIn>, payload::<FoundView<'_>>), |call| Box::pin(entering::find(call))),
    Event::new(client("function_error", "Why nothing came of a call", &[REFUSED], payload::<FunctionErrorIn>, payload::<CallAnsweredView<'_>>), |call| Box::pin(messages::function_error(call))),
    Event::new(client("function_result", "What came of a call", &[REFUSED], payload::<FunctionResultIn>, payload::<CallAnsweredView<'_>>), |call| Box::pin(messages::function_result(call))),
    Event::new(client("join_room", "Comes into a room; one that is closed opens again as it was", &["room_joined {room_id}", "room_join_error {room_id}"], payload::<RoomIn>, payload::<RoomView<'_>>), |call| Box::pin(entering::join(call))),
    Event::new(client("leave_room", "Leaves it; the last one out closes it", &["room_left", REFUSED], payload::<RoomIn>, payload::<RoomView<'_>>), |call| Box::pin(entering::leave(call))),
    Event::new(client("send_message", "Asks in the room; the answer goes to everybody in it", TURN, payload::<RoomMessageIn>, payload::<AskedView<'_>>), |call| Box::pin(messages::send(call))),
];

#[rustfmt::skip]
const TOLD: &[Described] = &[
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
];
