//! A turn as server-sent events: those of a project room, by the same names and with the same fields.

use std::convert::Infallible;

use axum::response::Response;
use axum::response::sse::Event;
use futures_util::StreamExt;

use docent_auth::{Auth, Caller};
use docent_chat::Started;
use docent_domain::chat::{Accepted, TurnEvent};
use docent_wire::readable::while_readable;
use docent_wire::sse;
use docent_wire::turn::TurnView;

/// Frames that a slow reader is behind are joined up to so many bytes.
const JOINED: usize = 16 * 1024;

/// The event of a project room that does the same.
const ASKED: &str = "send_message";

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
    let frames =
        turn.filter_map(move |event| std::future::ready(told(&accepted, &event).map(Ok::<_, Infallible>)));
    sse::events(frames)
}

/// `None` for what project rooms do not tell either.
fn told(turn: &Accepted, event: &TurnEvent) -> Option<Event> {
    let view = TurnView::of((turn.chat, turn.answer), event, ASKED)?;
    // Our wire types have string keys only, so that this cannot fail.
    Some(Event::default().event(view.name()).data(serde_json::to_string(&view).unwrap_or_default()))
}
