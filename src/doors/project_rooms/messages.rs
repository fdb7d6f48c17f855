//! `send_message`, `cancel_message` and `resume_message`: a question, its answer as it grows, and what happens to a
//! client that was away meanwhile.

use serde_json::{Map, Value};

use super::translate::Translator;
use super::wire::AnswerView;
use super::{WORDS, acknowledged};
use crate::hub::forwarder::{Follow, Reason};
use crate::hub::inbox::Call;
use crate::payload::{Payload, PayloadLimits};
use crate::sent::{Field, Message, Text, sent};
use docent_chat::{NewQuestion, Options};
use docent_domain::json::LARGEST_INTEGER;
use docent_domain::{ChatId, DocumentId, Fault, MessageId};
use docent_telemetry as telemetry;

/// Bytes of a name that a client chose.
const NAME: usize = 128;

sent! {
    /// `send_message`.
    pub(super) struct QuestionIn {
        #[schema(value_type = i64)]
        chat_id: ChatId,
        /// At most 32 KiB.
        #[schema(value_type = String)]
        message: Message,
        /// One that the provider does not have falls back to the default.
        #[schema(value_type = Option<String>)]
        model: Option<Text<NAME>>,
        #[schema(value_type = Option<f64>, minimum = 0, maximum = 2)]
        temperature: Option<Temperature>,
        /// Unless this is false, the model is told what was said before.
        include_history: Option<bool>,
        #[schema(value_type = Option<i64>, minimum = 1, maximum = 50)]
        top_k: Option<SourceCount>,
        /// Only these documents; an empty list finds nothing.
        #[schema(value_type = Option<Vec<i64>>)]
        document_ids: Option<Vec<DocumentId>>,
        /// Makes sending safe to repeat: the second time finds the first turn.
        #[schema(value_type = Option<String>)]
        client_message_id: Option<Text<NAME>>,
    }
}

sent! {
    /// `cancel_message`.
    pub(super) struct CancelIn {
        #[schema(value_type = i64)]
        chat_id: ChatId,
        #[schema(value_type = Option<i64>)]
        message_id: Option<MessageId>,
    }
}

sent! {
    /// `resume_message`.
    pub(super) struct ResumeIn {
        #[schema(value_type = i64)]
        chat_id: ChatId,
        #[schema(value_type = i64)]
        message_id: MessageId,
        /// The last frame that is there already; -1 for all.
        #[schema(value_type = i64, minimum = -1)]
        after_seq: FrameNumber,
    }
}

/// How freely the model writes, from 0 to 2.
#[derive(Debug)]
struct Temperature(f32);

/// How many sources are wanted.
#[derive(Debug)]
struct SourceCount(usize);

/// The number of a frame, or -1.
#[derive(Debug)]
struct FrameNumber(i64);

impl Field for Option<Temperature> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "from 0 to 2, and no more exact than people choose it"
    )]
    fn read(payload: &Payload, field: &str, _limits: &PayloadLimits) -> Result<Self, Fault> {
        Ok(payload.optional_number(field, 0.0, 2.0)?.map(|value| Temperature(value as f32)))
    }
}

impl Field for Option<SourceCount> {
    fn read(payload: &Payload, field: &str, limits: &PayloadLimits) -> Result<Self, Fault> {
        let count = payload.optional_integer(field, 1, limits.top_k)?;
        Ok(count.and_then(|count| usize::try_from(count).ok()).map(SourceCount))
    }
}

impl Field for FrameNumber {
    fn read(payload: &Payload, field: &str, _limits: &PayloadLimits) -> Result<Self, Fault> {
        payload.integer(field, -1, LARGEST_INTEGER).map(Self)
    }
}

/// Starts a turn; its events follow. It goes on when this connection drops.
pub(super) async fn send(call: Call<'_>) -> Result<Map<String, Value>, Fault> {
    let (hub, connection) = (call.hub, call.connection);
    let question = question(&call)?;
    let chat = question.chat;
    hub.auth.spend(&call.caller, connection.address, hub.clock.now()).await?;
    let (accepted, turn) = hub.turns.start(&call.caller.scope, question).await?;
    telemetry::message(WORDS.door);
    let answer = accepted.answer;
    let follow = Follow::new(chat, answer, WORDS, Reason::Again);
    hub.follow_own(connection, &follow, turn, Box::new(Translator::asker(chat, answer)));
    Ok(acknowledged(&AnswerView::processing(chat, answer)))
}

/// Stops the running answer; what was streamed is kept.
pub(super) async fn cancel(call: Call<'_>) -> Result<Map<String, Value>, Fault> {
    let CancelIn { chat_id: chat, message_id: answer } = call.sent()?;
    let cancelled = call.hub.turns.cancel(&call.caller.scope, chat, answer).await?;
    let Some(answer) = cancelled else {
        return Ok(acknowledged(&AnswerView::not_running(chat, answer)));
    };
    // Who stops an answer without following it still hears of its end.
    follow(&call, chat, answer, i64::MAX, Translator::ending(chat, answer)).await?;
    Ok(acknowledged(&AnswerView::cancelling(chat, answer)))
}

/// The rest of an answer, after a reconnect. Who already follows it gets nothing twice.
pub(super) async fn resume(call: Call<'_>) -> Result<Map<String, Value>, Fault> {
    let ResumeIn { chat_id: chat, message_id: answer, after_seq: FrameNumber(after_seq) } = call.sent()?;
    follow(&call, chat, answer, after_seq, Translator::resumer(chat, answer)).await?;
    Ok(acknowledged(&AnswerView::resumed(chat, answer)))
}

async fn follow(
    call: &Call<'_>,
    chat: ChatId,
    answer: MessageId,
    after_seq: i64,
    translator: Translator,
) -> Result<(), Fault> {
    let follow = Follow::new(chat, answer, WORDS, Reason::Again);
    call.hub.follow(call.connection, &call.caller, follow, after_seq, Box::new(translator)).await
}

fn question(call: &Call<'_>) -> Result<NewQuestion, Fault> {
    let sent: QuestionIn = call.sent()?;
    let principal = &call.caller.principal;
    Ok(NewQuestion {
        chat: sent.chat_id,
        content: sent.message.0,
        user: principal.user,
        username: principal.username.clone(),
        options: Options {
            model: sent.model.map(|model| model.0),
            temperature: sent.temperature.map(|temperature| temperature.0),
            include_history: sent.include_history.unwrap_or(true),
            top_k: sent.top_k.map(|count| count.0),
            documents: sent.document_ids,
            ..Options::default()
        },
        client_message_id: sent.client_message_id.map(|id| id.0),
        keyed: None,
    })
}
