//! A request for a response, and the question in it.

use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::openai::Services;
use crate::openai::refusal::Refusal;
use crate::openai::request::{Asked, MessageIn, check_tools, documents, most, project_of, sources, talk};
use crate::openai::sent::{ContentIn, ItemIn, ItemsIn};
use docent_auth::Caller;
use docent_chat::Options;
use docent_domain::chat::Speaker;
use docent_domain::{ChatId, MessageId};
use docent_models::PromptMessage;
use docent_store::Window;

/// Messages of an earlier talk that are read; the latest of them are told to the model.
const EARLIER: i64 = 1_000;

/// What clients may send. Fields of OpenAI's that mean nothing here are ignored; those that would change what a
/// client must be able to rely on are refused.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = ResponseIn)]
pub(super) struct ResponseIn {
    /// `project:{id}`, or `project:{id}/{model}` to choose the model that writes the answer.
    model: String,
    /// The question, or a talk whose last message it is.
    input: ItemsIn,
    /// Comes before the talk, for this answer alone.
    instructions: Option<String>,
    /// Goes on with the talk of an earlier response; its instructions are not taken along.
    previous_response_id: Option<String>,
    stream: Option<bool>,
    #[schema(minimum = 0, maximum = 2)]
    temperature: Option<f32>,
    #[schema(minimum = 1)]
    max_output_tokens: Option<i64>,
    text: Option<TextIn>,
    /// An empty list, if anything, unless `tool_choice` is `none`: tools of clients are not called.
    #[schema(value_type = Option<Vec<Object>>)]
    tools: Option<Value>,
    /// `auto` or `none`, if anything.
    #[schema(value_type = Option<String>)]
    tool_choice: Option<Value>,
    /// Not offered: send `previous_response_id`.
    #[schema(value_type = Option<Object>)]
    conversation: Option<Value>,
    /// False, if anything.
    background: Option<bool>,
    /// Ours: how many sources, 1 to 50; 0 and -1 count as absent.
    #[schema(minimum = -1, maximum = 50)]
    top_k: Option<i64>,
    /// Ours: only these documents.
    #[schema(value_type = Option<Vec<i64>>)]
    document_ids: Option<Vec<Value>>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = ResponseTextIn)]
#[serde(expecting = "an object")]
struct TextIn {
    format: Option<FormatIn>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = ResponseFormatIn)]
#[serde(expecting = "an object")]
struct FormatIn {
    /// `text`.
    #[serde(rename = "type")]
    kind: String,
}

/// What the response repeats of its request.
#[derive(Debug, Clone)]
pub(super) struct Repeated {
    pub(super) instructions: Option<String>,
    pub(super) previous: Option<String>,
    pub(super) temperature: Option<f32>,
    pub(super) max_output_tokens: Option<u32>,
}

impl ResponseIn {
    /// The question, with what was said in the response that it goes on with.
    pub(super) async fn understood(
        self,
        services: &Services,
        caller: &Caller,
    ) -> Result<(Asked, Repeated), Refusal> {
        let limits = &services.limits;
        self.check_values()?;
        let (project, real) = project_of(&self.model)?;
        let earlier = match &self.previous_response_id {
            Some(id) => said_before(services, caller, id).await?,
            None => Vec::new(),
        };
        let (now, content) = talk("input", messages(self.input)?, limits)?;
        let instructions = self.instructions.filter(|text| !text.trim().is_empty());
        let system = instructions.iter().map(|text| said(Speaker::System, text.clone()));
        let said: Vec<PromptMessage> = system.chain(earlier).chain(now).collect();
        let max_tokens = most(self.max_output_tokens, "max_output_tokens")?;
        let options = Options {
            model: real,
            temperature: self.temperature,
            max_tokens,
            top_k: sources(self.top_k),
            documents: self.document_ids.map(|ids| documents(&ids, limits.ids)).transpose()?,
            ..Options::default()
        };
        let repeated = Repeated {
            instructions,
            previous: self.previous_response_id,
            temperature: self.temperature,
            max_output_tokens: max_tokens,
        };
        let stream = self.stream.unwrap_or(false);
        Ok((
            Asked { model: self.model, project, said, content, options, stream, include_usage: true },
            repeated,
        ))
    }

    fn check_values(&self) -> Result<(), Refusal> {
        if self.temperature.is_some_and(|value| !(0.0..=2.0).contains(&value)) {
            return Err(Refusal::field("temperature", "must be between 0 and 2"));
        }
        let format = self.text.as_ref().and_then(|text| text.format.as_ref());
        if format.is_some_and(|format| format.kind != "text") {
            return Err(Refusal::field("text.format", "must be `text`: answers are text with citations"));
        }
        if self.conversation.as_ref().is_some_and(|conversation| !conversation.is_null()) {
            return Err(Refusal::field("conversation", "is not offered; send `previous_response_id`"));
        }
        if self.background == Some(true) {
            return Err(Refusal::field("background", "is not offered; stream the response instead"));
        }
        check_tools(self.tools.as_ref(), self.tool_choice.as_ref())
    }
}

const fn said(speaker: Speaker, content: String) -> PromptMessage {
    PromptMessage { speaker, content }
}

/// The messages of an input.
fn messages(ItemsIn(input): ItemsIn) -> Result<Vec<MessageIn>, Refusal> {
    let items = match input {
        Value::String(text) => {
            return Ok(vec![MessageIn {
                role: "user".to_owned(),
                content: Some(ContentIn(Value::String(text))),
            }]);
        }
        Value::Array(items) => items,
        _ => return Err(Refusal::field("input", "must be a text or a list of messages")),
    };
    items.into_iter().enumerate().map(|(n, item)| message(n, item)).collect()
}

/// What is no message keeps its place, as something that a tool said.
fn message(n: usize, item: Value) -> Result<MessageIn, Refusal> {
    let field = format!("input[{n}]");
    let Some(item) = ItemIn::read(item) else { return Err(Refusal::field(field, "must be a message")) };
    match item.kind.as_deref().unwrap_or("message") {
        "message" => match item.role {
            Some(role) => Ok(MessageIn { role, content: item.content }),
            None => Err(Refusal::field(format!("{field}.role"), "is required")),
        },
        "function_call" | "function_call_output" | "reasoning" => {
            Ok(MessageIn { role: "tool".to_owned(), content: None })
        }
        _ => Err(Refusal::field(format!("{field}.type"), "must be `message`")),
    }
}

/// The talk up to an earlier response of the caller's, that one included.
async fn said_before(services: &Services, caller: &Caller, id: &str) -> Result<Vec<PromptMessage>, Refusal> {
    let unknown = || Refusal::no_such_response(id);
    let (chat, answer) = ids_of(id).ok_or_else(unknown)?;
    let mut tx = services.store.read().await?;
    let found = tx.found_chat(&caller.scope, chat).await?.ok_or_else(unknown)?;
    let skip = (found.chat.message_count - EARLIER).max(0);
    let messages = tx.messages(found.seen, Window { skip, limit: EARLIER }).await?.items;
    if !messages.iter().any(|message| message.id == answer && message.speaker == Speaker::Assistant) {
        return Err(unknown());
    }
    let before = messages.into_iter().filter(|message| message.id <= answer && !message.summary);
    let spoken = before.filter(|message| message.speaker != Speaker::System && !message.content.is_empty());
    Ok(spoken.map(|message| said(message.speaker, message.content)).collect())
}

/// Names a response: by its chat and its message.
pub(super) fn id_of(chat: ChatId, answer: MessageId) -> String {
    format!("resp_{chat}_{answer}")
}

fn ids_of(id: &str) -> Option<(ChatId, MessageId)> {
    let (chat, answer) = id.strip_prefix("resp_")?.split_once('_')?;
    Some((chat.parse().ok()?, answer.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::openai::Limits;

    #[test]
    fn a_response_is_found_by_its_id() {
        assert_eq!(ids_of(&id_of(7.into(), 9.into())), Some((7.into(), 9.into())));
        for wrong in
            ["", "resp_", "resp_7", "resp_x_9", "msg_7_9", "resp_7_9_1", "resp_99999999999999999999_1"]
        {
            assert_eq!(ids_of(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_input_is_a_text_or_messages() {
        let read = |input: Value| {
            let messages = messages(ItemsIn(input))
                .map_err(|refusal| serde_json::to_string(&refusal.view()).unwrap())?;
            talk("input", messages, &Limits::default())
                .map(|(said, question)| format!("{} before {question:?}", said.len()))
                .map_err(|refusal| serde_json::to_string(&refusal.view()).unwrap())
        };
        assert_eq!(read(json!("Why?")).unwrap(), "0 before \"Why?\"");
        let talk = json!([
            {"role": "developer", "content": "Be brief."},
            {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "Do owls sleep?"}]},
            {"type": "function_call", "name": "x", "call_id": "1", "arguments": "{}"},
            {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "By day.", "annotations": []}]},
            {"role": "user", "content": "Where?"},
        ]);
        assert_eq!(read(talk).unwrap(), "3 before \"Where?\"");
        for wrong in [
            json!(7),
            json!([]),
            json!(["Why?"]),
            json!([{"content": "Why?"}]),
            json!([{"type": "item_reference", "id": "x"}]),
            json!([{"role": "user", "content": [{"type": "input_image", "image_url": "x"}]}]),
            json!([{"role": "assistant", "content": "Hm."}]),
        ] {
            assert!(read(wrong.clone()).unwrap_err().contains("\"param\":\"input"), "{wrong}");
        }
    }
}
