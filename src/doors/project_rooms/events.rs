//! The events of project rooms: who handles them, and what clients are told of them.

use super::chats::ChatPlaceIn;
use super::messages::{CancelIn, QuestionIn, ResumeIn};
use super::rooms::ProjectPlaceIn;
use super::signals::{PingIn, ReadIn, TypingIn};
use super::wire::{AnswerView, ChatPlaceView, PongView, ProjectPlaceView, ReadView, TypingView};
use super::{chats, messages, rooms, signals};
use crate::described::{Channel, Described, Part, client, payload, server};
use crate::hub::inbox::{Event, Needs, OpenTo};
use crate::hub::namespace::MAIN;
use docent_wire::news::{DocumentStatusView, PresenceView, ProjectUpdateView};
use docent_wire::turn::{AcceptedView, CompletedView, EndedView, ProgressView, SourcesView, TokenView};

/// All events that belong to one answer.
const TURN: &[&str] = &[
    "message_received",
    "message_sources",
    "message_progress",
    "message_token",
    "message_complete",
    "message_cancelled",
    "error",
];

pub(super) const PARTS: &[Part] = &[Part { channel: Channel::Namespace(&MAIN), events: EVENTS, told: TOLD }];

#[rustfmt::skip]
const EVENTS: &[Event] = &[
    Event::new(client("cancel_message", "Stops the running answer; what was streamed is kept", &["message_cancelled", "error"], payload::<CancelIn>, payload::<AnswerView>), |call| Box::pin(messages::cancel(call))).open_to(OpenTo::Visitors),
    Event::new(client("join_chat", "Follows a chat that somebody else writes in", &["chat_joined", "error"], payload::<ChatPlaceIn>, payload::<ChatPlaceView>), |call| Box::pin(chats::join(call))),
    Event::new(client("join_project", "Hears what happens in a project; leaves the room before", &["project_joined", "document_status", "error"], payload::<ProjectPlaceIn>, payload::<ProjectPlaceView>), |call| Box::pin(rooms::join(call))),
    Event::new(client("leave_chat", "Follows a chat no more", &["chat_left", "error"], payload::<ChatPlaceIn>, payload::<ChatPlaceView>), |call| Box::pin(chats::leave(call))),
    Event::new(client("leave_project", "Leaves the project's room", &["project_left", "error"], payload::<ProjectPlaceIn>, payload::<ProjectPlaceView>), |call| Box::pin(rooms::leave(call))),
    Event::new(client("mark_read", "Tells the others in the chat how far one has read", &["error"], payload::<ReadIn>, payload::<ReadView<'_>>), |call| Box::pin(signals::mark_read(call))),
    Event::new(client("ping", "Measures the way", &["pong"], payload::<PingIn>, payload::<PongView>), |call| Box::pin(signals::ping(call))).needs(Needs::Anything).open_to(OpenTo::Everyone),
    Event::new(client("resume_message", "The rest of an answer, after a reconnect", TURN, payload::<ResumeIn>, payload::<AnswerView>), |call| Box::pin(messages::resume(call))).open_to(OpenTo::Visitors),
    Event::new(client("send_message", "Asks; the answer comes while it is written", TURN, payload::<QuestionIn>, payload::<AnswerView>), |call| Box::pin(messages::send(call))),
    Event::new(client("typing", "Tells the others in the chat that one is writing", &["error"], payload::<TypingIn>, payload::<TypingView<'_>>), |call| Box::pin(signals::typing(call))),
];

#[rustfmt::skip]
const TOLD: &[Described] = &[
    server("chat_joined", "From here on the chat is followed", payload::<ChatPlaceView>),
    server("chat_left", "From here on it is not", payload::<ChatPlaceView>),
    server("document_status", "How far a document is: at most ten a second, the last one always", payload::<DocumentStatusView<'_>>),
    server("message_cancelled", "The end of an answer that somebody stopped", payload::<EndedView<'_>>),
    server("message_complete", "The end of an answer that came through whole", payload::<CompletedView<'_>>),
    server("message_progress", "Which part of a long document is read for a summary", payload::<ProgressView>),
    server("message_received", "The question is stored and the answer has begun", payload::<AcceptedView<'_>>),
    server("message_sources", "What was found", payload::<SourcesView<'_>>),
    server("message_token", "A piece of the answer", payload::<TokenView<'_>>),
    server("pong", "The client's own time, or the server's", payload::<PongView>),
    server("presence", "Who is in the project's room", payload::<PresenceView<'_>>),
    server("project_joined", "From here on the project's events are heard", payload::<ProjectPlaceView>),
    server("project_left", "From here on they are not", payload::<ProjectPlaceView>),
    server("project_update", "Something in the project has changed", payload::<ProjectUpdateView>),
    server("read", "How far somebody has read", payload::<ReadView<'_>>),
    server("typing", "Somebody is writing, or has stopped", payload::<TypingView<'_>>),
];
