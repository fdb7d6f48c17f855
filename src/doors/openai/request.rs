//! A request for a chat completion, and the question in it.

use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::Limits;
use super::refusal::Refusal;
use super::sent::{ContentIn, PartIn, StopIn};
use docent_chat::Options;
use docent_domain::chat::Speaker;
use docent_domain::json::LARGEST_INTEGER;
use docent_domain::{DocumentId, ProjectId};
use docent_models::PromptMessage;

/// Texts that end an answer, and bytes of one.
const MOST_STOPS: usize = 4;
const LONGEST_STOP: usize = 256;

/// Types of parts that are text, in chat completions and in responses.
const TEXTS: [&str; 4] = ["text", "input_text", "output_text", "refusal"];

/// What clients may send. Fields of OpenAI's that mean nothing here are ignored; those that would change what a
/// client must be able to rely on are refused.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = ChatCompletionIn)]
pub(super) struct CompletionIn {
    /// `project:{id}`, or `project:{id}/{model}` to choose the model that writes the answer.
    model: String,
    /// The last one is the question, those before it are the talk so far.
    messages: Vec<MessageIn>,
    /// Answers with server-sent events: a chunk each, then `[DONE]`.
    stream: Option<bool>,
    stream_options: Option<StreamOptionsIn>,
    #[schema(minimum = 0, maximum = 2)]
    temperature: Option<f32>,
    /// Tokens of the answer, handed on to the model; `max_completion_tokens` is the same.
    #[schema(minimum = 1)]
    max_tokens: Option<i64>,
    #[schema(minimum = 1)]
    max_completion_tokens: Option<i64>,
    /// Up to four texts before which the answer ends, handed on to the model.
    stop: Option<StopIn>,
    /// 1, if anything.
    n: Option<i64>,
    /// False, if anything.
    logprobs: Option<bool>,
    response_format: Option<ResponseFormatIn>,
    /// An empty list, if anything, unless `tool_choice` is `none`: tools of clients are not called.
    #[schema(value_type = Option<Vec<Object>>)]
    tools: Option<Value>,
    /// `auto` or `none`, if anything.
    #[schema(value_type = Option<String>)]
    tool_choice: Option<Value>,
    /// What `tools` were called before; the same holds for them.
    #[schema(ignore)]
    functions: Option<Value>,
    #[schema(ignore)]
    function_call: Option<Value>,
    /// `text`, if anything.
    #[schema(ignore)]
    modalities: Option<Vec<String>>,
    /// What is not offered: nothing, if anything.
    #[schema(ignore)]
    audio: Option<Value>,
    #[schema(ignore)]
    logit_bias: Option<Value>,
    #[schema(ignore)]
    top_logprobs: Option<Value>,
    #[schema(ignore)]
    web_search_options: Option<Value>,
    /// Ours: how many sources, 1 to 50. For other servers it is a setting of sampling; its values for "off", 0 and -1,
    /// count as absent.
    #[schema(minimum = -1, maximum = 50)]
    top_k: Option<i64>,
    /// Ours: only these documents.
    #[schema(value_type = Option<Vec<i64>>)]
    document_ids: Option<Vec<Value>>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = ChatCompletionMessageIn)]
#[serde(expecting = "a message with `role` and `content`")]
pub(super) struct MessageIn {
    /// `system`, `developer`, `user`, `assistant` or `tool`; what tools said is passed over.
    pub(super) role: String,
    pub(super) content: Option<ContentIn>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = ChatCompletionStreamOptionsIn)]
#[serde(expecting = "an object")]
struct StreamOptionsIn {
    include_usage: Option<bool>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = ChatCompletionFormatIn)]
#[serde(expecting = "an object")]
struct ResponseFormatIn {
    /// `text`.
    #[serde(rename = "type")]
    kind: String,
}

/// A question as it was understood.
#[derive(Debug)]
pub(super) struct Asked {
    /// The name that was asked for, which answers repeat.
    pub(super) model: String,
    pub(super) project: ProjectId,
    pub(super) said: Vec<PromptMessage>,
    pub(super) content: String,
    pub(super) options: Options,
    pub(super) stream: bool,
    pub(super) include_usage: bool,
}

impl CompletionIn {
    pub(super) fn understood(self, limits: &Limits) -> Result<Asked, Refusal> {
        self.check_values()?;
        let stream = self.stream.unwrap_or(false);
        if self.stream_options.is_some() && !stream {
            return Err(Refusal::field("stream_options", "is only allowed when `stream` is true"));
        }
        let (project, real) = project_of(&self.model)?;
        let (said, content) = talk("messages", self.messages, limits)?;
        let options = Options {
            model: real,
            temperature: self.temperature,
            max_tokens: most(self.max_completion_tokens, "max_completion_tokens")?
                .or(most(self.max_tokens, "max_tokens")?),
            stop: stops(self.stop)?,
            top_k: sources(self.top_k),
            documents: self.document_ids.map(|ids| documents(&ids, limits.ids)).transpose()?,
            ..Options::default()
        };
        let include_usage = self.stream_options.and_then(|options| options.include_usage).unwrap_or(false);
        Ok(Asked { model: self.model, project, said, content, options, stream, include_usage })
    }

    fn check_values(&self) -> Result<(), Refusal> {
        if self.n.is_some_and(|n| n != 1) {
            return Err(Refusal::field("n", "must be 1: there is one answer to a question"));
        }
        if self.temperature.is_some_and(|value| !(0.0..=2.0).contains(&value)) {
            return Err(Refusal::field("temperature", "must be between 0 and 2"));
        }
        if self.logprobs == Some(true) {
            return Err(Refusal::field("logprobs", "is not offered; leave it out"));
        }
        if self.response_format.as_ref().is_some_and(|format| format.kind != "text") {
            return Err(Refusal::field("response_format", "must be `text`: answers are text with citations"));
        }
        if self.modalities.as_ref().is_some_and(|kinds| kinds.iter().any(|kind| kind != "text")) {
            return Err(Refusal::field("modalities", "must be `text`: answers are text with citations"));
        }
        check_absent([
            ("audio", self.audio.as_ref()),
            ("logit_bias", self.logit_bias.as_ref()),
            ("top_logprobs", self.top_logprobs.as_ref()),
            ("web_search_options", self.web_search_options.as_ref()),
        ])?;
        check_tools(self.tools.as_ref(), self.tool_choice.as_ref())?;
        check_offered(&FUNCTIONS, self.functions.as_ref(), self.function_call.as_ref())
    }
}

/// Fields that would change the answer and are not offered: refused, unless they ask for nothing.
pub(super) fn check_absent<'a>(
    fields: impl IntoIterator<Item = (&'static str, Option<&'a Value>)>,
) -> Result<(), Refusal> {
    for (name, value) in fields {
        let asks = match value {
            None | Some(Value::Null) => false,
            Some(Value::Bool(wanted)) => *wanted,
            Some(Value::Number(count)) => count.as_f64() != Some(0.0),
            Some(Value::String(text)) => !text.is_empty(),
            Some(Value::Array(list)) => !list.is_empty(),
            // An empty object of options asks for the thing itself; only one of biases asks for none.
            Some(Value::Object(named)) => name != "logit_bias" || !named.is_empty(),
        };
        if asks {
            return Err(Refusal::field(name, "is not offered; leave it out"));
        }
    }
    Ok(())
}

/// The fields in which tools are offered, and in which it is said whether they shall be called.
struct Offer {
    tools: &'static str,
    choice: &'static str,
}

const TOOLS: Offer = Offer { tools: "tools", choice: "tool_choice" };
const FUNCTIONS: Offer = Offer { tools: "functions", choice: "function_call" };

/// Tools that a model may not use would be missed in silence: they are refused, with what to do.
pub(super) fn check_tools(tools: Option<&Value>, choice: Option<&Value>) -> Result<(), Refusal> {
    check_offered(&TOOLS, tools, choice)
}

fn check_offered(offer: &Offer, tools: Option<&Value>, choice: Option<&Value>) -> Result<(), Refusal> {
    let choice = match choice {
        None | Some(Value::Null) => "auto",
        Some(choice) => choice.as_str().unwrap_or_default(),
    };
    if !matches!(choice, "auto" | "none") {
        let message = "must be `auto` or `none`: tools of clients are not called here";
        return Err(Refusal::field(offer.choice, message));
    }
    let none = match tools {
        None | Some(Value::Null) => true,
        Some(Value::Array(tools)) => tools.is_empty(),
        Some(_) => return Err(Refusal::field(offer.tools, "must be a list")),
    };
    if none || choice == "none" {
        return Ok(());
    }
    let message = format!(
        "are not called here: the answer comes from the project's documents. Leave them out, or send \
        `{}: \"none\"`; clients whose tools shall be called find them in assistant rooms",
        offer.choice
    );
    Err(Refusal::field(offer.tools, message))
}

/// How many sources are asked for.
pub(super) fn sources(top_k: Option<i64>) -> Option<usize> {
    top_k.filter(|top_k| !matches!(top_k, 0 | -1)).map(|top_k| usize::try_from(top_k).unwrap_or(0))
}

/// `project:{id}`, or `project:{id}/{model}` to choose the model that writes the answer.
pub(super) fn project_of(model: &str) -> Result<(ProjectId, Option<String>), Refusal> {
    if model.is_empty() {
        return Err(Refusal::field("model", "is required"));
    }
    let unknown = || Refusal::no_such_model(model);
    let rest = model.strip_prefix("project:").ok_or_else(unknown)?;
    let (id, real) = match rest.split_once('/') {
        Some((id, real)) => (id, Some(real).filter(|real| !real.is_empty())),
        None => (rest, None),
    };
    if !id.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(unknown());
    }
    let id: ProjectId = id.parse().map_err(|_| unknown())?;
    Ok((id, real.map(str::to_owned)))
}

/// The last message is the question, the others are the talk before it.
pub(super) fn talk(
    list: &str,
    messages: Vec<MessageIn>,
    limits: &Limits,
) -> Result<(Vec<PromptMessage>, String), Refusal> {
    if messages.is_empty() || messages.len() > limits.messages {
        return Err(Refusal::field(list, format!("must have 1 to {} messages", limits.messages)));
    }
    let (mut said, mut question) = (Vec::new(), None);
    for (n, message) in messages.into_iter().enumerate() {
        let speaker = match message.role.as_str() {
            "user" => Some(Speaker::User),
            "assistant" => Some(Speaker::Assistant),
            "system" | "developer" => Some(Speaker::System),
            "tool" | "function" => None,
            _ => {
                let known = "must be `system`, `developer`, `user`, `assistant` or `tool`";
                return Err(Refusal::field(format!("{list}[{n}].role"), known));
            }
        };
        let content = text(message.content, &format!("{list}[{n}].content"))?;
        let Some(speaker) = speaker else { continue };
        if speaker == Speaker::User {
            said.extend(
                question
                    .replace((n, content))
                    .map(|(_, earlier)| PromptMessage { speaker: Speaker::User, content: earlier }),
            );
        } else {
            // What follows a question answers it: that one is not the last.
            if speaker == Speaker::Assistant {
                said.extend(
                    question
                        .take()
                        .map(|(_, earlier)| PromptMessage { speaker: Speaker::User, content: earlier }),
                );
            }
            said.push(PromptMessage { speaker, content });
        }
    }
    said.retain(|message| !message.content.trim().is_empty());
    let Some((n, question)) = question else {
        return Err(Refusal::field(list, "must end with a message of the user: the question"));
    };
    let field = || format!("{list}[{n}].content");
    if question.trim().is_empty() {
        return Err(Refusal::field(field(), "must not be empty"));
    }
    if question.len() > limits.text {
        return Err(Refusal::field(field(), format!("is longer than {} bytes", limits.text)));
    }
    Ok((said, question))
}

/// A string, or the texts of a list of parts.
fn text(content: Option<ContentIn>, field: &str) -> Result<String, Refusal> {
    let parts = match content.map(|content| content.0) {
        None | Some(Value::Null) => return Ok(String::new()),
        Some(Value::String(text)) => return Ok(text),
        Some(Value::Array(parts)) => parts,
        Some(_) => return Err(Refusal::field(field, "must be a string or a list of parts")),
    };
    let mut texts = Vec::with_capacity(parts.len());
    for (at, part) in parts.iter().enumerate() {
        let PartIn { kind, text } = PartIn::read(part);
        let kind = kind.unwrap_or("text");
        match text {
            Some(text) if TEXTS.contains(&kind) => texts.push(text),
            _ => return Err(Refusal::field(format!("{field}[{at}]"), no_text(kind))),
        }
    }
    Ok(texts.join("\n"))
}

/// Why a part of a message cannot be read.
fn no_text(kind: &str) -> String {
    match kind {
        "image_url" | "input_image" => {
            "is an image; images are not read here: send its text, or upload it as a document".to_owned()
        }
        "refusal" => "must have a `refusal`".to_owned(),
        "text" | "input_text" | "output_text" => "must have a `text`".to_owned(),
        _ => "must be a part of type `text`".to_owned(),
    }
}

/// A number of tokens.
pub(super) fn most(tokens: Option<i64>, field: &str) -> Result<Option<u32>, Refusal> {
    let read = |tokens: i64| u32::try_from(tokens).ok().filter(|tokens| *tokens > 0);
    tokens.map(|tokens| read(tokens).ok_or_else(|| Refusal::field(field, "must be at least 1"))).transpose()
}

/// One text, or a list of them.
pub(super) fn stops(sent: Option<StopIn>) -> Result<Vec<String>, Refusal> {
    let texts = match sent.map(|sent| sent.0) {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Array(texts)) => texts,
        Some(text) => vec![text],
    };
    let read = |text: &Value| {
        text.as_str().filter(|text| (1..=LONGEST_STOP).contains(&text.len())).map(str::to_owned)
    };
    let read: Option<Vec<String>> = texts.iter().map(read).collect();
    read.filter(|texts| texts.len() <= MOST_STOPS).ok_or_else(|| {
        Refusal::field(
            "stop",
            format!("must be a text, or up to {MOST_STOPS} of at most {LONGEST_STOP} bytes"),
        )
    })
}

/// Ids are integers, or strings of digits.
pub(super) fn documents(ids: &[Value], most: usize) -> Result<Vec<DocumentId>, Refusal> {
    if ids.len() > most {
        return Err(Refusal::field("document_ids", format!("may have at most {most} ids")));
    }
    let id = |(n, value): (usize, &Value)| {
        let digits = |text: &&str| text.bytes().all(|byte| byte.is_ascii_digit());
        let number = value.as_i64().or_else(|| value.as_str().filter(digits)?.parse().ok());
        let number = number.filter(|number| (0..=LARGEST_INTEGER).contains(number));
        number
            .map(DocumentId::from)
            .ok_or_else(|| Refusal::field(format!("document_ids[{n}]"), "must be the id of a document"))
    };
    ids.iter().enumerate().map(id).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn asked(body: Value) -> Result<Asked, Refusal> {
        serde_json::from_value::<CompletionIn>(body).unwrap().understood(&Limits::default())
    }

    fn refused(messages: Value) -> String {
        let refusal = asked(json!({"model": "project:1", "messages": messages})).unwrap_err();
        serde_json::to_value(refusal.view()).unwrap()["error"]["message"].as_str().unwrap().to_owned()
    }

    #[test]
    fn the_last_message_is_the_question_and_the_rest_was_said_before() {
        let asked = asked(json!({
            "model": "project:7/llama3.2",
            "messages": [
                {"role": "system", "content": "Be brief."},
                {"role": "user", "content": [{"type": "text", "text": "Do owls"}, {"type": "text", "text": "sleep?"}]},
                {"role": "assistant", "content": null, "tool_calls": []},
                {"role": "tool", "content": "42", "tool_call_id": "x"},
                {"role": "assistant", "content": "By day."},
                {"role": "user", "content": "Where?"},
                {"role": "developer", "content": "In German."},
            ],
            "document_ids": [3, "4"],
        }))
        .unwrap();
        let said: Vec<String> =
            asked.said.iter().map(|said| format!("{}: {}", said.speaker.name(), said.content)).collect();
        assert_eq!(
            said,
            ["system: Be brief.", "user: Do owls\nsleep?", "assistant: By day.", "system: In German."]
        );
        assert_eq!((asked.content.as_str(), asked.project), ("Where?", 7.into()));
        assert_eq!(asked.options.model.as_deref(), Some("llama3.2"));
        assert_eq!(asked.options.documents, Some(vec![3.into(), 4.into()]));
    }

    #[test]
    fn talks_that_end_without_a_question_are_refused() {
        insta::assert_snapshot!(refused(json!([])), @"`messages`: must have 1 to 2048 messages");
        insta::assert_snapshot!(refused(json!([{"role": "assistant", "content": "Hi"}])), @"`messages`: must end with a message of the user: the question");
        insta::assert_snapshot!(refused(json!([{"role": "user", "content": " "}])), @"`messages[0].content`: must not be empty");
        insta::assert_snapshot!(refused(json!([{"role": "pirate", "content": "Ahoy"}])), @"`messages[0].role`: must be `system`, `developer`, `user`, `assistant` or `tool`");
        insta::assert_snapshot!(refused(json!([{"role": "user", "content": 7}])), @"`messages[0].content`: must be a string or a list of parts");
        insta::assert_snapshot!(refused(json!([{"role": "user", "content": [{"type": "image_url", "image_url": {}}]}])), @"`messages[0].content[0]`: is an image; images are not read here: send its text, or upload it as a document");
    }

    #[test]
    fn ends_of_answers_are_read() {
        let options = |more: Value| {
            let mut body = json!({"model": "project:1", "messages": [{"role": "user", "content": "Why?"}]});
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            asked(body).map(|asked| (asked.options.max_tokens, asked.options.stop))
        };
        let refused = |more: Value| {
            let refusal = options(more).unwrap_err();
            serde_json::to_value(refusal.view()).unwrap()["error"]["message"].as_str().unwrap().to_owned()
        };
        assert_eq!(options(json!({"max_tokens": 9, "stop": "."})).unwrap(), (Some(9), vec![".".to_owned()]));
        assert_eq!(
            options(json!({"max_tokens": 9, "max_completion_tokens": 5, "stop": []})).unwrap(),
            (Some(5), vec![])
        );
        assert_eq!(options(json!({"stop": null})).unwrap(), (None, vec![]));
        insta::assert_snapshot!(refused(json!({"max_tokens": 0})), @"`max_tokens`: must be at least 1");
        for wrong in [json!(7), json!([""]), json!(["a", 1]), json!(["a", "b", "c", "d", "e"])] {
            assert_eq!(
                refused(json!({"stop": wrong})),
                "`stop`: must be a text, or up to 4 of at most 256 bytes"
            );
        }
    }

    #[test]
    fn what_is_not_offered_is_refused_unless_it_asks_for_nothing() {
        let refused = |name: &str, value: Value| {
            let mut body = json!({"model": "project:1", "messages": [{"role": "user", "content": "Why?"}]});
            body[name] = value;
            let refusal = asked(body).err()?;
            serde_json::to_value(refusal.view()).unwrap()["error"]["message"].as_str().map(str::to_owned)
        };
        for (name, value) in [
            ("audio", json!({"voice": "alloy", "format": "wav"})),
            ("logit_bias", json!({"50256": -100})),
            ("top_logprobs", json!(5)),
            ("web_search_options", json!({})),
        ] {
            assert_eq!(refused(name, value), Some(format!("`{name}`: is not offered; leave it out")));
            assert_eq!(refused(name, Value::Null), None);
        }
        assert_eq!(refused("logit_bias", json!({})), None);
        assert_eq!(refused("top_logprobs", json!(0)), None);
        for hint in
            ["top_p", "seed", "presence_penalty", "frequency_penalty", "user", "prediction", "verbosity"]
        {
            assert_eq!(refused(hint, json!(1)), None, "{hint}");
        }
    }

    #[test]
    fn tools_are_refused_unless_they_are_not_to_be_used() {
        let check = |tools: Value, choice: Value| {
            check_tools(Some(&tools), Some(&choice)).map_err(|refusal| {
                serde_json::to_value(refusal.view()).unwrap()["error"]["param"].as_str().unwrap().to_owned()
            })
        };
        let tools = json!([{"type": "function", "function": {"name": "look"}}]);
        assert_eq!(check(json!([]), json!("auto")), Ok(()));
        assert_eq!(check(Value::Null, Value::Null), Ok(()));
        assert_eq!(check(tools.clone(), json!("none")), Ok(()));
        assert_eq!(check(tools.clone(), Value::Null), Err("tools".to_owned()));
        assert_eq!(check(tools, json!({"type": "function"})), Err("tool_choice".to_owned()));
        assert_eq!(check(json!("all"), json!("auto")), Err("tools".to_owned()));
    }

    fn refused_with(field: &str, value: Value) -> bool {
        let mut body = json!({"model": "project:1", "messages": [{"role": "user", "content": "Why?"}]});
        body[field] = value;
        asked(body)
            .is_err_and(|refusal| serde_json::to_value(refusal.view()).unwrap()["error"]["param"] == field)
    }

    #[test]
    fn what_tools_were_called_before_is_refused_like_tools() {
        assert!(refused_with("functions", json!([{"name": "look"}])));
        assert!(refused_with("function_call", json!({"name": "look"})));
        assert!(!refused_with("functions", json!([])));
        assert!(!refused_with("function_call", json!("none")));
    }

    #[test]
    fn answers_are_text_and_no_sound() {
        assert!(refused_with("modalities", json!(["text", "audio"])));
        assert!(!refused_with("modalities", json!(["text"])));
        assert!(!refused_with("modalities", Value::Null));
    }

    #[test]
    fn what_a_model_would_not_answer_is_part_of_the_talk() {
        let refusal = json!({"type": "refusal", "refusal": "I will not."});
        let messages = json!([
            {"role": "user", "content": "Open the safe."},
            {"role": "assistant", "content": [refusal]},
            {"role": "user", "content": "Why?"},
        ]);
        let asked = asked(json!({"model": "project:1", "messages": messages})).unwrap();
        assert_eq!(asked.said[1].content, "I will not.");
    }

    #[test]
    fn values_that_switch_sampling_off_ask_for_no_number_of_sources() {
        assert_eq!([Some(0), Some(-1), None].map(sources), [None, None, None]);
        assert_eq!([Some(7), Some(-5)].map(sources), [Some(7), Some(0)]);
    }

    #[test]
    fn only_projects_are_models() {
        for unknown in
            ["gpt-4o", "project:", "project:-1", "project:x", "project:99999999999999999999", "project:+1"]
        {
            assert!(project_of(unknown).is_err(), "{unknown}");
        }
        assert_eq!(project_of("project:12/").unwrap(), (12.into(), None));
    }
}
