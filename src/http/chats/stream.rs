//! A turn as server-sent events: those of a project room, by the same names and with the same fields.

use std::convert::Infallible;

use axum::response::Response;
use axum::response::sse::Event;
use futures_util::StreamExt;
use serde_json::{Value, json};

use docent_auth::{Auth, Caller};
use docent_chat::Started;
use docent_domain::chat::{Accepted, TurnEvent};
use docent_domain::{Code, MessageId};
use docent_wire::DoubtView;
use docent_wire::readable::while_readable;
use docent_wire::source::SourceView;
use docent_wire::sse;

/// Frames that a slow reader is behind are joined up to so many bytes.
const JOINED: usize = 16 * 1024;

pub(super) fn events(mut started: Started, auth: Auth, caller: Caller) -> Response {
    let accepted = started.accepted;
    let chat = accepted.chat;
    let turn = async_stream::stream! {
        // The first frame is not joined with others: clients count from it.
        let mut longest = 0;
        while let Some(event) = started.stream.next_joined(longest).await {
            if matches!(event, TurnEvent::Token(_)) {
                longest = JOINED;
            }
            yield event;
        }
    };
    let turn = while_readable(turn, async move { auth.until_revoked(&caller, chat).await });
    let frames = turn.filter_map(move |event| {
        let told = translated(&accepted, event);
        std::future::ready(
            told.map(|(name, data)| Ok::<_, Infallible>(Event::default().event(name).data(data.to_string()))),
        )
    });
    sse::events(frames)
}

/// `None` for what project rooms do not tell either.
fn translated(turn: &Accepted, event: TurnEvent) -> Option<(&'static str, Value)> {
    let (chat, answer) = (turn.chat.get(), turn.answer.get());
    Some(match event {
        TurnEvent::ToolCall(_) | TurnEvent::ToolResult(_) => return None,
        TurnEvent::Accepted(accepted) => (
            "message_received",
            json!({
                "chat_id": chat,
                "message_id": answer,
                "status": "processing",
                "user_message": {
                    "id": accepted.question.get(),
                    "content": accepted.content,
                    "user": {"id": accepted.user.get(), "username": accepted.username},
                },
            }),
        ),
        TurnEvent::Sources(sources) => {
            let sources = SourceView::taken(sources);
            ("message_sources", json!({"chat_id": chat, "message_id": answer, "sources": sources}))
        }
        TurnEvent::Token(frame) => {
            let mut data =
                json!({"chat_id": chat, "message_id": answer, "seq": frame.seq, "token": frame.text});
            if frame.first_seq != frame.seq {
                data["first_seq"] = frame.first_seq.into();
            }
            if !frame.doubts.is_empty() {
                data["unsupported"] = json!(DoubtView::all(&frame.doubts));
            }
            ("message_token", data)
        }
        TurnEvent::Completed(done) => (
            "message_complete",
            json!({
                "chat_id": chat,
                "message_id": answer,
                "content": done.content,
                "metadata": {
                    "model": done.model,
                    "sources_count": done.sources_count,
                    "cited": done.cited,
                    "prompt_tokens": done.prompt_tokens,
                    "completion_tokens": done.completion_tokens,
                    "latency_ms": done.latency_ms,
                    "finish_reason": done.finish_reason.name(),
                },
            }),
        ),
        TurnEvent::Cancelled { content } => {
            ("message_cancelled", json!({"chat_id": chat, "message_id": answer, "content": content}))
        }
        TurnEvent::Failed { code, message, .. } => ("error", failed(chat, turn.answer, code, &message)),
        TurnEvent::Interrupted { .. } => {
            let message = "The server stopped before the answer was complete; ask again";
            ("error", failed(chat, turn.answer, Code::Interrupted, message))
        }
    })
}

fn failed(chat: i64, answer: MessageId, code: Code, message: &str) -> Value {
    json!({
        "status": "error",
        "message": message,
        "code": code.name(),
        "error": code.name(),
        "event": "send_message",
        "chat_id": chat,
        "message_id": answer.get(),
    })
}
