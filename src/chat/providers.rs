//! Which provider a client means, and whether it is there.

use super::engine::Engine;
use super::error::ChatError;
use docent_models as models;

/// Who is to answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The name it is configured by.
    pub provider: &'static str,
    /// As far as the client says; a name that the provider does not have falls back to its default.
    pub model: Option<String>,
}

/// The model that answers where no other is configured.
const FALLBACK: &str = "extractive";

/// The name that clients of assistant rooms send where their users chose nothing.
const BY_DEFAULT: &str = "aisuite";

impl Engine {
    /// What to tell those who talk to a server without a language model: who answers them, and what would change that.
    pub fn without_language_model(&self) -> Option<String> {
        let setting = models::registered("openai").map_or("CHAT_PROVIDER", |registered| registered.setting);
        self.inner.is_alone(FALLBACK).then(|| {
            format!(
                "No language model is configured on this server: answers are sentences of the documents, quoted. Set \
                 {setting} to have them written by a model"
            )
        })
    }

    /// The provider that a client names, by whichever of its names, and the model without what clients put before it.
    /// Only those that are configured can be had; without a language model, the name that clients send by default
    /// stands for the built-in answerer.
    pub fn choose(&self, source: &str, model: Option<&str>) -> Result<Choice, ChatError> {
        let invalid = |message| ChatError::Invalid { field: "model_api_source", message };
        let Some(registered) = models::registered(source) else {
            let known: Vec<&str> = models::PROVIDERS.iter().flat_map(models::Registration::names).collect();
            let source: String = source.chars().take(64).collect();
            return Err(invalid(format!("`{source}` is unknown; use one of: {}", known.join(", "))));
        };
        let model = model.map(models::bare_model).filter(|model| !model.is_empty());
        let provider = if self.inner.model(registered.name).is_some() {
            registered.name
        } else if self.inner.is_alone(FALLBACK)
            && (source.eq_ignore_ascii_case(BY_DEFAULT)
                || model.is_some_and(|model| model.eq_ignore_ascii_case(FALLBACK)))
        {
            FALLBACK
        } else {
            let (name, setting) = (registered.name, registered.setting);
            return Err(invalid(format!("`{name}` is not configured on this server; set {setting}")));
        };
        Ok(Choice { provider, model: model.map(str::to_owned) })
    }
}
