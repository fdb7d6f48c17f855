//! A session over a native WebSocket: the frames are what Socket.IO's clients get as `ai_message`.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket, close_code};
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use serde_json::value::RawValue;
use socketioxide::handler::Value as Packet;
use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, interval, timeout};
use tokio_util::sync::CancellationToken;

use super::wire::{SaidView, SystemView};
use super::{EVENT, LINE};
use crate::hub::Hub;
use crate::hub::carrier::Carrier;
use crate::hub::connection::Connection;
use crate::hub::outbox::Parcel;
use docent_domain::ChatId;
use docent_telemetry::Parting;

/// Frames that wait for a slow client. Beyond them answers are kept back, and come in longer pieces.
const WAITING: usize = 32;

/// How long a client may take to hear why the connection ends.
const LAST_WORD: Duration = Duration::from_secs(5);

/// Serves the connection until one of the two sides ends it.
pub(super) async fn serve(hub: Arc<Hub>, connection: Arc<Connection>, chat: ChatId, socket: WebSocket) {
    let (frames, waiting) = mpsc::channel(WAITING);
    let refused = CancellationToken::new();
    hub.arrive(&connection, Carrier::Native { line: LINE, event: EVENT, frames, refused: refused.clone() });
    let greeting = format!("Connected as {}", connection.caller.principal.username);
    hub.send(&connection, Parcel::event(EVENT, &SaidView::System(SystemView::new(&greeting))));
    if let Err(fault) = hub.catch_up_with_answer(&connection, &connection.caller, chat).await {
        tracing::warn!(chat.id = %chat, error = %fault.chain(), "A session could not be looked at");
    }
    let (sink, stream) = socket.split();
    let patience = hub.limits.ping_interval + hub.limits.ping_timeout;
    let why = tokio::select! {
        () = write(sink, waiting, &refused, hub.limits.ping_interval) => Parting::PutOut,
        why = read(&hub, &connection, stream, patience) => why,
    };
    connection.part(why);
    hub.depart(&connection);
}

async fn write(
    mut sink: SplitSink<WebSocket, Message>,
    mut waiting: mpsc::Receiver<Arc<RawValue>>,
    refused: &CancellationToken,
    every: Duration,
) {
    let mut heartbeat = interval(every);
    heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (code, reason) = loop {
        let message = tokio::select! {
            biased;
            () = refused.cancelled() => break (close_code::POLICY, "this session is not open to you"),
            frame = waiting.recv() => match frame {
                Some(frame) => Message::Text(frame.get().into()),
                // The line was closed behind us.
                None => break (close_code::AWAY, "the server stops"),
            },
            _ = heartbeat.tick() => Message::Ping(bytes::Bytes::new()),
        };
        let sent = tokio::select! {
            sent = sink.send(message) => sent,
            // A client that reads nothing is not waited for when it has to go.
            () = refused.cancelled() => continue,
        };
        if sent.is_err() {
            return;
        }
    };
    let close = Message::Close(Some(CloseFrame { code, reason: reason.into() }));
    // Whoever does not take it in time is cut off without it.
    let _ = timeout(LAST_WORD, sink.send(close)).await;
}

/// A client that gives no sign of life is gone.
async fn read(
    hub: &Arc<Hub>,
    connection: &Arc<Connection>,
    mut stream: SplitStream<WebSocket>,
    patience: Duration,
) -> Parting {
    loop {
        let message = match timeout(patience, stream.next()).await {
            Ok(Some(Ok(message))) => message,
            Ok(Some(Err(_))) => return Parting::Lost,
            Ok(None) => return Parting::Client,
            Err(_) => return Parting::Timeout,
        };
        let packet = match message {
            Message::Text(text) => Packet::Str(format!("[\"{EVENT}\",{text}]").into(), None),
            // As if it came with an attachment, which is refused in words.
            Message::Binary(bytes) => Packet::Str(format!("[\"{EVENT}\"]").into(), Some([bytes].into())),
            // The answer to a goodbye goes out with the next read, which finds the end.
            Message::Ping(_) | Message::Pong(_) | Message::Close(_) => continue,
        };
        hub.receive(connection, packet, None);
    }
}
