//! `POST /v1/completions`: the older way to ask. The prompt is the question; there is no talk before it.

use axum::Json;
use axum::extract::{Request, State};
use axum::response::sse::Event;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::asking::{Telling, Whole, begin, frame, over, streamed, whole};
use super::refusal::{Refusal, Refusals};
use super::request::{Asked, check_absent, documents, most, project_of, sources, stops};
use super::sent::StopIn;
use super::wire::{DocentView, End, Head, UsageView};
use super::{Limits, Services, body};
use docent_chat::Options;
use docent_domain::source::Source;
use docent_wire::source::SourceView;

/// What clients may send; other fields of OpenAI's mean nothing here.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = CompletionIn)]
struct TextIn {
    /// `project:{id}`, or `project:{id}/{model}`.
    model: String,
    /// The question: a text, or a list with one.
    prompt: StopIn,
    stream: Option<bool>,
    #[schema(minimum = 0, maximum = 2)]
    temperature: Option<f32>,
    #[schema(minimum = 1)]
    max_tokens: Option<i64>,
    stop: Option<StopIn>,
    /// 1, if anything.
    n: Option<i64>,
    /// 1, if anything: so many are not written to choose from.
    #[schema(ignore)]
    best_of: Option<i64>,
    /// Empty, if anything.
    #[schema(ignore)]
    logit_bias: Option<Value>,
    /// False, if anything.
    echo: Option<bool>,
    /// 0, if anything: how likely words are is not told.
    #[schema(ignore)]
    logprobs: Option<i64>,
    /// Empty, if anything: nothing is filled in between two texts.
    suffix: Option<String>,
    /// Ours: how many sources.
    #[schema(minimum = -1, maximum = 50)]
    top_k: Option<i64>,
    /// Ours: only these documents.
    #[schema(value_type = Option<Vec<i64>>)]
    document_ids: Option<Vec<Value>>,
}

/// `text_completion`, whole or a piece of it.
#[derive(Serialize, ToSchema)]
#[schema(as = Completion)]
pub(super) struct TextView<'a> {
    id: String,
    object: &'static str,
    created: i64,
    model: &'a str,
    #[schema(value_type = Vec<TextChoiceView<'a>>)]
    choices: [TextChoiceView<'a>; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    usage: Option<UsageView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sources: Option<Vec<SourceView<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    docent: Option<DocentView<'a>>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = CompletionChoice)]
struct TextChoiceView<'a> {
    text: &'a str,
    index: u8,
    #[schema(value_type = Option<Object>)]
    logprobs: Option<()>,
    finish_reason: Option<&'static str>,
}

impl TextIn {
    fn understood(self, limits: &Limits) -> Result<Asked, Refusal> {
        if self.n.is_some_and(|n| n != 1) {
            return Err(Refusal::field("n", "must be 1: there is one answer to a question"));
        }
        if self.temperature.is_some_and(|value| !(0.0..=2.0).contains(&value)) {
            return Err(Refusal::field("temperature", "must be between 0 and 2"));
        }
        if self.best_of.is_some_and(|best_of| best_of != 1) {
            return Err(Refusal::field("best_of", "must be 1: there is one answer to a question"));
        }
        check_absent([("logit_bias", self.logit_bias.as_ref())])?;
        if self.echo == Some(true) {
            return Err(Refusal::field("echo", "is not offered; leave it out"));
        }
        if self.logprobs.is_some_and(|most| most != 0) {
            return Err(Refusal::field("logprobs", "is not offered; leave it out"));
        }
        if self.suffix.is_some_and(|suffix| !suffix.is_empty()) {
            return Err(Refusal::field("suffix", "is not offered; leave it out"));
        }
        let content = prompt(self.prompt, limits)?;
        let (project, real) = project_of(&self.model)?;
        let options = Options {
            model: real,
            temperature: self.temperature,
            max_tokens: most(self.max_tokens, "max_tokens")?,
            stop: stops(self.stop)?,
            top_k: sources(self.top_k),
            documents: self.document_ids.map(|ids| documents(&ids, limits.ids)).transpose()?,
            ..Options::default()
        };
        let stream = self.stream.unwrap_or(false);
        Ok(Asked {
            model: self.model,
            project,
            said: Vec::new(),
            content,
            options,
            stream,
            include_usage: false,
        })
    }
}

/// One text; lists of numbers mean another model's tokens.
fn prompt(StopIn(sent): StopIn, limits: &Limits) -> Result<String, Refusal> {
    let text = match sent {
        Value::String(text) => text,
        Value::Array(texts) => match <[Value; 1]>::try_from(texts) {
            Ok([Value::String(text)]) => text,
            _ => return Err(Refusal::field("prompt", "must be one text: one question gets one answer")),
        },
        _ => return Err(Refusal::field("prompt", "must be a text")),
    };
    if text.trim().is_empty() {
        return Err(Refusal::field("prompt", "must not be empty"));
    }
    if text.len() > limits.text {
        return Err(Refusal::field("prompt", format!("is longer than {} bytes", limits.text)));
    }
    Ok(text)
}

#[utoipa::path(
    post,
    path = "/v1/completions",
    operation_id = "create_completion",
    tag = "OpenAI",
    request_body = TextIn,
    responses(
        (status = 200, content((TextView<'static> = "application/json"), (TextView<'static> = "text/event-stream"))),
        Refusals
    )
)]
#[tracing::instrument(name = "openai.texts", skip_all)]
pub(super) async fn handler(State(services): State<Services>, request: Request) -> Result<Response, Refusal> {
    let caller = services.caller(request.headers()).await?;
    let (parts, body) = request.into_parts();
    let asked: TextIn = body::read(body, services.limits.body).await?;
    let asked = asked.understood(&services.limits)?;
    let begun = begin(&services, caller, &asked, &parts.extensions).await?;
    let head = Head::new(begun.answer.accepted(), asked.model.clone(), begun.created);
    let head = TextHead { head, created: begun.created, model: asked.model.clone() };
    if asked.stream {
        return Ok(streamed(services, asked, begun, head));
    }
    let Whole { sources, end, usage } = whole(&services, &asked, begun).await?;
    Ok(Json(head.whole(&sources, &end, usage)).into_response())
}

/// A piece of the text each, then `[DONE]`.
impl Telling for TextHead {
    fn opening(&mut self, sources: &[Source]) -> Vec<Event> {
        self.more_sources(sources)
    }

    fn piece(&mut self, text: &str) -> Vec<Event> {
        vec![frame(&self.part(text, None))]
    }

    fn more_sources(&mut self, sources: &[Source]) -> Vec<Event> {
        vec![frame(&TextView { sources: Some(SourceView::all(sources)), ..self.part("", None) })]
    }

    fn ended(&mut self, _sources: &[Source], end: &End, _usage: UsageView) -> Vec<Event> {
        let docent = Some(self.head.docent(end));
        vec![frame(&TextView { docent, ..self.part("", Some(end.finish_reason())) }), over()]
    }

    fn failed(&mut self, _sources: &[Source], refusal: &Refusal) -> Vec<Event> {
        vec![frame(&refusal.view())]
    }
}

/// What all the parts of one answer have in common.
struct TextHead {
    head: Head,
    created: i64,
    model: String,
}

impl TextHead {
    fn part<'a>(&'a self, text: &'a str, finish_reason: Option<&'static str>) -> TextView<'a> {
        TextView {
            id: self.head.named("cmpl"),
            object: "text_completion",
            created: self.created,
            model: &self.model,
            choices: [TextChoiceView { text, index: 0, logprobs: None, finish_reason }],
            usage: None,
            sources: None,
            docent: None,
        }
    }

    fn whole<'a>(&'a self, sources: &'a [Source], end: &'a End, usage: UsageView) -> TextView<'a> {
        TextView {
            usage: Some(usage),
            sources: Some(SourceView::all(sources)),
            docent: Some(self.head.docent(end)),
            ..self.part(end.content(), Some(end.finish_reason()))
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_prompt_is_one_text() {
        let read = |sent: Value| prompt(StopIn(sent), &Limits { text: 8, ..Limits::default() });
        assert_eq!(read(json!("Why?")).unwrap(), "Why?");
        assert_eq!(read(json!(["Why?"])).unwrap(), "Why?");
        for wrong in [json!(""), json!(["a", "b"]), json!([1, 2]), json!(7), json!([]), json!("123456789")] {
            assert!(read(wrong.clone()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn one_answer_is_written_and_not_the_best_of_many() {
        let understood = |more: Value| {
            let mut body = json!({"model": "project:1", "prompt": "Why?"});
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            serde_json::from_value::<TextIn>(body).unwrap().understood(&Limits::default())
        };
        assert!(understood(json!({"best_of": 3})).is_err());
        assert!(understood(json!({"n": 2})).is_err());
        assert!(understood(json!({"logit_bias": {"50256": -100}})).is_err());
        assert!(understood(json!({"best_of": 1, "n": 1, "logit_bias": {}})).is_ok());
        assert!(understood(json!({"best_of": null})).is_ok());
    }

    #[test]
    fn how_likely_words_are_is_not_told() {
        let understood = |logprobs: Value| {
            let body = json!({"model": "project:1", "prompt": "Why?", "logprobs": logprobs});
            serde_json::from_value::<TextIn>(body).unwrap().understood(&Limits::default())
        };
        assert!(understood(json!(3)).is_err());
        assert!(understood(json!(0)).is_ok());
        assert!(understood(Value::Null).is_ok());
    }
}
