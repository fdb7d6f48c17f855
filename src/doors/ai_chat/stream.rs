//! `POST /api/v2/ai/chat/stream`: ask, and get the answer as server-sent events. A client that goes away does not
//! lose it: it is stored.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream};
use tokio::task::{JoinError, JoinHandle};
use tokio::time::timeout;

use super::WORDS;
use super::asked::{InSession, StreamIn};
use super::frames::{KEEP_ALIVE, frame, pieces};
use super::wire::{DoneFrame, FrameView, SourcesFrame};
use crate::body;
use crate::described::Problems;
use crate::hub::Hub;
use crate::sent::Sent;
use crate::turns::{Begun, Turn};
use docent_auth::address::OverTls;
use docent_auth::credentials::{cookie, token_of};
use docent_auth::visitors::{VISITOR_COOKIE, visitor_cookie};
use docent_auth::{AuthError, Caller};
use docent_domain::chat::TurnEvent;
use docent_domain::source::Source;
use docent_domain::{Code, Fault};
use docent_telemetry as telemetry;
use docent_wire::readable::while_readable;
use docent_wire::source::SourceView;
use docent_wire::{Refused, sse};

/// So long a beginning is waited for, that what goes wrong there is told by its status.
const BEGINNING: Duration = Duration::from_secs(1);

#[utoipa::path(
    post,
    path = "/api/v2/ai/chat/stream",
    operation_id = "ai_chat_stream",
    tag = "AI chat",
    params(("Idempotency-Key" = Option<String>, Header)),
    request_body = StreamIn,
    responses(
        (
            status = 200,
            body = FrameView<'static>,
            content_type = "text/event-stream",
            description = "Frames of at most 1 KiB, `: keep-alive` where there is nothing to say; to a new visitor with a cookie"
        ),
        Problems
    )
)]
pub(super) async fn handler(State(hub): State<Arc<Hub>>, request: Request) -> Result<Response, Refused> {
    let (parts, body) = request.into_parts();
    let known = known(&hub, &parts.headers).await?;
    let payload = body::read(&parts.headers, body, &hub.limits).await?;
    let StreamIn { sources, asked } = Sent::read(&payload, &hub.limits.payload)?;
    let key = body::idempotency_key(&parts.headers)?;
    let keyed = key.as_deref().map(|key| asked.keyed(key));
    let (wants_sources, asked) = (sources.unwrap_or(false), asked.or_key(key));
    // Counted before a visitor is made: who asks too much leaves nothing behind.
    let spender = known.clone().unwrap_or_else(Caller::anonymous);
    hub.auth.spend_by_request(&spender, &parts.extensions, hub.clock.now()).await?;
    let (caller, visitor) = asker(&hub, known, &parts.headers).await?;
    let InSession { session, mut question } = asked.open(&hub, &caller).await?;
    question.keyed = keyed;
    let chat = question.chat;
    let queued = hub.turns.queue(&caller.scope, question).await?;
    telemetry::message(WORDS.door);
    // A task of its own: whoever goes away before the turn begins will find the answer all the same.
    let mut beginning = hub.tasks.spawn(queued);
    let begun = match timeout(BEGINNING, &mut beginning).await {
        Ok(begun) => Beginning::Here(joined(begun)?),
        Err(_) => Beginning::Later(beginning),
    };
    let telling = Telling { session, wants_sources, sources: Vec::new(), frames: VecDeque::new() };
    let auth = hub.auth.clone();
    let revoked = async move { auth.until_revoked(&caller, chat).await };
    let stream = events(begun, telling, hub.limits.keep_alive, revoked);
    let mut response = Body::from_stream(stream.map(Ok::<_, Infallible>)).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    sse::head(headers);
    if let Some(value) = visitor {
        let over_tls = parts.extensions.get::<OverTls>().is_some_and(|tls| tls.0);
        let cookie = visitor_cookie(&value, over_tls);
        headers.insert(SET_COOKIE, HeaderValue::try_from(cookie).map_err(Fault::internal)?);
    }
    Ok(response)
}

/// Whoever has a token; nobody only where people without an account may ask.
async fn known(hub: &Hub, headers: &HeaderMap) -> Result<Option<Caller>, Fault> {
    let known = hub.auth.identify(token_of(headers), hub.clock.now()).await?;
    if known.is_none() && hub.auth.public_project().is_none() {
        return Err(AuthError::Anonymous.into());
    }
    Ok(known)
}

/// Whoever has a token, else a visitor; with the value that a new visitor has to be given.
async fn asker(
    hub: &Hub,
    known: Option<Caller>,
    headers: &HeaderMap,
) -> Result<(Caller, Option<String>), Fault> {
    if let Some(caller) = known {
        return Ok((caller, None));
    }
    let visitor = hub.auth.visitor(cookie(headers, VISITOR_COOKIE), hub.clock.now()).await?;
    Ok((visitor.caller, visitor.is_new.then_some(visitor.value)))
}

enum Beginning {
    Here(Turn),
    Later(JoinHandle<Result<Begun, Fault>>),
}

fn joined(begun: Result<Result<Begun, Fault>, JoinError>) -> Result<Turn, Fault> {
    begun.map_err(Fault::internal)?.map(|begun| begun.turn)
}

/// Frame by frame, each written by itself; a comment where there is nothing to say for a while.
fn events(
    beginning: Beginning,
    mut telling: Telling,
    keep_alive: Duration,
    revoked: impl Future<Output = ()> + Send,
) -> impl Stream<Item = Bytes> {
    async_stream::stream! {
        let mut revoked = pin!(revoked);
        let turn = match beginning {
            Beginning::Here(turn) => turn,
            Beginning::Later(mut waiting) => loop {
                let begun = tokio::select! {
                    () = &mut revoked => {
                        telling.tell(TurnEvent::lost());
                        break stream::empty().boxed();
                    }
                    begun = timeout(keep_alive, &mut waiting) => begun,
                };
                match begun {
                    Err(_) => yield KEEP_ALIVE,
                    Ok(begun) => match joined(begun) {
                        Ok(turn) => break turn,
                        Err(fault) => {
                            tracing::warn!(error = %fault.chain(), "A question that waited was not answered");
                            yield frame(&FrameView::failed(fault.code()));
                            return;
                        }
                    },
                }
            },
        };
        let mut turn = pin!(while_readable(turn, revoked));
        let mut over = false;
        while !over {
            match timeout(keep_alive, turn.next()).await {
                Err(_) => yield KEEP_ALIVE,
                Ok(None) => over = true,
                Ok(Some(event)) => telling.tell(event),
            }
            while let Some(frame) = telling.frames.pop_front() {
                yield frame;
                // Lets the server write it before the next one joins it.
                tokio::task::yield_now().await;
            }
        }
    }
}

/// One answer, as server-sent events tell it.
struct Telling {
    session: String,
    wants_sources: bool,
    sources: Vec<Source>,
    frames: VecDeque<Bytes>,
}

impl Telling {
    fn tell(&mut self, event: TurnEvent) {
        match event {
            TurnEvent::Accepted(_) | TurnEvent::ToolCall(_) | TurnEvent::ToolResult(_) => {}
            TurnEvent::Sources(sources) => self.sources = sources,
            TurnEvent::Token(piece) => self.frames.extend(pieces(&piece.text, &self.session)),
            TurnEvent::Completed(_) => self.done(false),
            TurnEvent::Cancelled { .. } => self.done(true),
            TurnEvent::Failed { code, .. } => self.failed(code),
            TurnEvent::Interrupted { .. } => self.failed(Code::Interrupted),
        }
    }

    fn done(&mut self, cancelled: bool) {
        if self.wants_sources {
            let sources = SourceView::all(&self.sources);
            self.frames
                .push_back(frame(&FrameView::Sources(SourcesFrame { sources, session_id: &self.session })));
        }
        let done = DoneFrame { done: true, session_id: &self.session, cancelled };
        self.frames.push_back(frame(&FrameView::Done(done)));
    }

    fn failed(&mut self, code: Code) {
        self.frames.push_back(frame(&FrameView::failed(code)));
    }
}
