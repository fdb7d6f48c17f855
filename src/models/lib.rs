//! Language models: one trait, one file per provider, and the registry that names them.
//!
//! A model sees a [`Prompt`] and answers with a stream of [`Delta`]s. It knows nothing of chats, of turns, or of
//! how an answer reaches its readers; dropping the stream is how it learns that nobody waits any more.

mod error;
mod extractive;
mod openai;
mod scripted;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use futures_util::stream::{BoxStream, StreamExt};
use serde_json::Value;

pub use error::ModelError;
pub use extractive::{
    Extractive, Gist, Near, Shortlisted, gist_of, lacks_what_is_asked, nearest_in, parts_of, sentences_of,
    shortlist, statements_of, summary_of, terms_of,
};
pub use openai::{OpenAi, OpenAiSettings};
pub use scripted::{Rule, Script, Scripted, Step};

use docent_domain::chat::{FinishReason, Speaker};
use docent_domain::source::Source;

/// The pieces of an answer, as the provider hands them over.
pub type Deltas = BoxStream<'static, Result<Delta, ModelError>>;

/// Everything a model may need to answer one question. Models that converse read `messages`, which already hold
/// the sources and the question; the extractive one reads `sources` and `question` themselves.
#[derive(Debug, Clone, Default)]
pub struct Prompt {
    pub messages: Vec<PromptMessage>,
    pub sources: Vec<Source>,
    pub question: String,
    /// What the question leans on: the ones before it, where it does not stand by itself. For models that do not
    /// converse.
    pub about: String,
    /// What an embedding model says of sentences of the sources, for each part of the question that was searched for by
    /// itself. For models that quote.
    pub near: Vec<Vec<Near>>,
    /// ISO 639-1, lower case: the language the answer should be in.
    pub language: String,
    /// A name that [`ChatModel::resolve`] returned; `None` for the default.
    pub model: Option<String>,
    pub temperature: Option<f32>,
    /// Tokens of the answer.
    pub max_tokens: Option<u32>,
    /// Texts before which the answer ends.
    pub stop: Vec<String>,
    /// What the model may ask to be used, where it [uses tools](ChatModel::uses_tools).
    pub tools: Vec<Tool>,
    pub tool_choice: ToolChoice,
    /// What it has asked for in this answer so far, and what came of it; follows `messages`.
    pub rounds: Vec<Round>,
}

/// A function that a model may ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tool {
    pub name: String,
    pub description: String,
    /// JSON Schema of an object.
    pub parameters: Value,
}

/// Whether tools may be asked for in this part of the answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ToolChoice {
    #[default]
    Auto,
    /// There were enough: the model is to answer now.
    None,
}

/// One part of an answer that ended with calls.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Round {
    /// What was said before them.
    pub said: String,
    pub uses: Vec<ToolUse>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToolUse {
    pub call: Call,
    /// For the model to read.
    pub result: String,
}

/// A model's wish to have a tool used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// As the model names it; may be empty, or not unique.
    pub id: String,
    pub tool: String,
    /// JSON, if the model kept to it.
    pub arguments: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromptMessage {
    pub speaker: Speaker,
    pub content: String,
}

/// One step of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delta {
    Text(String),
    /// The model works, but on nothing that a reader should see: it is alive, no more.
    Thinking,
    /// Whole. Calls come last before the end: they are answered with the next prompt.
    Call(Call),
    Usage {
        prompt_tokens: i64,
        completion_tokens: i64,
    },
    /// The answer is whole. A stream that ends without it was cut off, and ends with [`ModelError::Truncated`].
    Finish(FinishReason),
}

/// What is known of a provider without asking it a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelStatus {
    pub connected: bool,
    /// Scheme, host and port; never credentials.
    pub host: String,
    pub message: String,
}

/// A provider of answers.
#[async_trait]
pub trait ChatModel: Send + Sync + 'static {
    /// The name it is configured by.
    fn provider(&self) -> &'static str;

    fn default_model(&self) -> &str;

    async fn models(&self) -> Result<Vec<String>, ModelError>;

    async fn status(&self) -> ModelStatus;

    /// Opens an answer. Errors before the first text may have been retried inside; after it, never.
    async fn stream(&self, prompt: Prompt) -> Result<Deltas, ModelError>;

    /// Whether it can be asked to reword a question or to sum up a talk, beside quoting from sources.
    fn converses(&self) -> bool {
        true
    }

    /// Whether its answers are quotations, and there is nothing in them to check.
    fn quotes(&self) -> bool {
        false
    }

    /// Whether it says what it was told to, whatever is asked: then nothing is answered in its place.
    fn is_scripted(&self) -> bool {
        false
    }

    /// Whether it goes on speaking while nobody takes what it says, so that many words may be taken at once.
    fn speaks_on(&self) -> bool {
        false
    }

    /// Whether it is worth offering it tools.
    fn uses_tools(&self) -> bool {
        false
    }

    /// Tokens that the model takes, prompt and answer together, where its server tells.
    async fn window(&self, _model: &str) -> Option<usize> {
        None
    }

    /// The model that will answer: `wanted` where the provider has it, else the default.
    async fn resolve(&self, wanted: Option<&str>) -> String {
        let Some(wanted) = wanted.filter(|wanted| *wanted != self.default_model()) else {
            return self.default_model().to_owned();
        };
        match self.models().await {
            Ok(known) if known.iter().any(|name| name == wanted) => wanted.to_owned(),
            _ => self.default_model().to_owned(),
        }
    }
}

/// What the operator chose, for all providers.
#[derive(Debug, Clone, Default)]
pub struct ModelSettings {
    pub openai: OpenAiSettings,
    pub script: Script,
}

/// A provider by name.
pub struct Registration {
    pub name: &'static str,
    /// What clients call it, too.
    pub aliases: &'static [&'static str],
    /// What to set, so that it is there.
    pub setting: &'static str,
    open: fn(&ModelSettings) -> Result<Arc<dyn ChatModel>, ModelError>,
}

/// Every provider there is.
#[rustfmt::skip]
pub const PROVIDERS: &[Registration] = &[
    Registration { name: "extractive", aliases: &[], setting: "CHAT_PROVIDER=extractive", open: extractive::open },
    Registration { name: "openai", aliases: &["aisuite", "openai_realtime"], setting: "OPENAI_BASE_URL or OPENAI_API_KEY", open: openai::open },
    Registration { name: "scripted", aliases: &[], setting: "CHAT_PROVIDER=scripted", open: scripted::open },
];

/// The provider that a client means, in any case, by its name or another.
pub fn registered(source: &str) -> Option<&'static Registration> {
    PROVIDERS.iter().find(|known| known.names().any(|name| name.eq_ignore_ascii_case(source)))
}

impl Registration {
    /// Its own name first.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.aliases.iter().copied())
    }
}

/// A model's name without the provider that some clients put before it: `aisuite.openai:gpt-4o` is `gpt-4o`. A colon
/// alone says nothing: it may belong to the name.
pub fn bare_model(id: &str) -> &str {
    let cut = |id: &'_ str, mark: &str| {
        let head = id.get(..mark.len()).filter(|head| head.eq_ignore_ascii_case(mark));
        head.map(|_| mark.len())
    };
    let id = cut(id, "aisuite.").map_or(id, |at| &id[at..]);
    let providers = PROVIDERS.iter().flat_map(Registration::names).chain(["provider"]);
    let at = providers.filter_map(|name| cut(id, &format!("{name}:"))).max();
    at.map_or(id, |at| &id[at..]).trim()
}

/// Opens the provider with this name; `None` if there is no such provider.
pub fn open(name: &str, settings: &ModelSettings) -> Option<Result<Arc<dyn ChatModel>, ModelError>> {
    PROVIDERS.iter().find(|known| known.name == name).map(|known| (known.open)(settings))
}

/// Ends a stream with [`ModelError::Silent`] when nothing comes for `limit`. What a provider sends to keep the
/// connection alive never becomes a delta, so it does not count.
pub fn with_idle_limit(deltas: Deltas, limit: Duration) -> Deltas {
    futures_util::stream::unfold(Some(deltas), move |state| async move {
        let mut deltas = state?;
        match tokio::time::timeout(limit, deltas.next()).await {
            Ok(Some(Ok(delta))) => Some((Ok(delta), Some(deltas))),
            Ok(Some(Err(error))) => Some((Err(error), None)),
            Ok(None) => None,
            Err(_) => Some((Err(ModelError::Silent { seconds: limit.as_secs() }), None)),
        }
    })
    .boxed()
}

/// The whole text of an answer that nobody watches growing, such as a reworded question. It may say nothing for
/// `silence`, and no more than `longest` bytes.
pub async fn complete(
    model: &dyn ChatModel,
    prompt: Prompt,
    silence: Duration,
    longest: usize,
) -> Result<String, ModelError> {
    let opened = tokio::time::timeout(silence, model.stream(prompt)).await;
    let opened = opened.map_err(|_| ModelError::Silent { seconds: silence.as_secs() })?;
    let mut deltas = with_idle_limit(opened?, silence);
    let mut text = String::new();
    while let Some(delta) = deltas.next().await {
        match delta? {
            Delta::Text(piece) => text.push_str(&piece),
            Delta::Finish(_) => return Ok(text),
            Delta::Thinking | Delta::Call(_) | Delta::Usage { .. } => {}
        }
        if text.len() > longest {
            text.truncate(text.floor_char_boundary(longest));
            return Ok(text);
        }
    }
    Err(ModelError::Truncated)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn providers_stand_in_the_order_of_their_names_and_open_by_them() {
        assert!(PROVIDERS.windows(2).all(|pair| pair[0].name < pair[1].name));
        let settings = ModelSettings::default();
        let model = open("extractive", &settings).expect("registered").expect("opens");
        assert_eq!(model.provider(), "extractive");
        assert!(open("oracle", &settings).is_none());
    }

    #[test]
    fn clients_name_providers_and_models_in_many_ways() {
        for (source, provider) in [
            ("OpenAI", "openai"),
            ("AISUITE", "openai"),
            ("openai_realtime", "openai"),
            ("Extractive", "extractive"),
        ] {
            assert_eq!(registered(source).map(|known| known.name), Some(provider), "{source}");
        }
        assert!(registered("anthropic").is_none());
        for (id, model) in [
            ("gpt-4o", "gpt-4o"),
            ("aisuite.gpt-4o", "gpt-4o"),
            ("aisuite.openai:gpt-4o", "gpt-4o"),
            ("OpenAI:gpt-4o", "gpt-4o"),
            ("provider:gpt-4o", "gpt-4o"),
            ("llama3.2:3b", "llama3.2:3b"),
            ("é", "é"),
        ] {
            assert_eq!(bare_model(id), model, "{id}");
        }
    }

    #[tokio::test]
    async fn a_model_that_nobody_has_falls_back_to_the_default() {
        let model = Extractive;
        assert_eq!(model.resolve(Some("gpt-99")).await, "extractive");
        assert_eq!(model.resolve(None).await, "extractive");
    }

    #[tokio::test]
    async fn answers_that_nobody_watches_are_bounded_too() {
        let model = Scripted::new(Script::of([Step::Flood { words: 1_000 }]));
        let limit = Duration::from_millis(50);
        assert_eq!(complete(&model, Prompt::default(), limit, 9).await.unwrap(), "word0 wor");
        model.will([Step::Hang]);
        let silent = complete(&model, Prompt::default(), limit, 9).await;
        assert!(matches!(silent, Err(ModelError::Silent { .. })), "{silent:?}");
        model.will_say(["Fine"]);
        assert_eq!(complete(&model, Prompt::default(), limit, 9).await.unwrap(), "Fine");
    }

    #[tokio::test]
    async fn silence_is_an_error() {
        let silent = futures_util::stream::pending().boxed();
        let mut limited = with_idle_limit(silent, Duration::from_millis(10));
        assert!(matches!(limited.next().await, Some(Err(ModelError::Silent { .. }))));
        assert!(limited.next().await.is_none());
    }
}
