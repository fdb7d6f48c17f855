//! What can go wrong with a model, and what of it a reader may know.

use std::time::Duration;

use docent_domain::{Code, Coded};

/// Texts of the provider are kept for the log. What of them is sent on goes through `words_of`: they may quote keys and
/// addresses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    #[error("the model server cannot be reached: {detail}")]
    Unreachable { detail: String },
    #[error("the model server did not begin to answer within {seconds} s")]
    Late { seconds: u64 },
    #[error("the model sent nothing for {seconds} s")]
    Silent { seconds: u64 },
    #[error("the model server refused with status {status}: {detail}")]
    Status { status: u16, detail: String, retry_after: Option<Duration> },
    /// The prompt is longer than what the model can take.
    #[error("the prompt does not fit the model's window: {detail}")]
    Window {
        /// Tokens that it can take, prompt and answer together, where the server says so.
        tokens: Option<usize>,
        /// Tokens that the prompt has, as the server counts them.
        asked: Option<usize>,
        detail: String,
    },
    #[error("the model server broke off: {detail}")]
    Broken { detail: String },
    #[error("the model server reported an error within its answer: {detail}")]
    Reported { detail: String },
    #[error("the answer ended before it was complete")]
    Truncated,
    #[error("the model server answered with something that is not a stream: {detail}")]
    NotAStream { detail: String },
    #[error("the model's settings are wrong: {detail}")]
    Settings { detail: String },
}

impl ModelError {
    /// Whether the same request may fare better in a moment. Asked only while no text has been seen.
    pub(super) fn may_pass(&self) -> bool {
        match self {
            Self::Status { status, .. } => matches!(status, 408 | 409 | 425 | 429 | 500..=599),
            Self::Unreachable { .. } | Self::Broken { .. } | Self::Reported { .. } | Self::Truncated => true,
            Self::Late { .. }
            | Self::Silent { .. }
            | Self::Window { .. }
            | Self::NotAStream { .. }
            | Self::Settings { .. } => false,
        }
    }
}

impl Coded for ModelError {
    fn code(&self) -> Code {
        Code::LlmUnavailable
    }

    fn public_detail(&self) -> Option<String> {
        let text = match self {
            Self::Unreachable { .. } | Self::Broken { .. } => {
                "The language model cannot be reached; ask again in a moment".to_owned()
            }
            Self::Late { seconds } => format!(
                "The language model did not begin to answer within {seconds} s; ask again, or raise CHAT_FIRST_BYTE_S"
            ),
            Self::Silent { seconds } => {
                format!("The language model sent nothing for {seconds} s; ask again")
            }
            Self::Window { tokens: Some(tokens), .. } => format!(
                "The question and its passages do not fit the language model's window of {tokens} tokens; \
                 ask a shorter question, or give the model a larger window"
            ),
            Self::Window { tokens: None, detail, .. } => {
                with_words("The question and its passages do not fit the language model's window", detail)
            }
            Self::Status { status: 401 | 403, .. } => {
                "The language model refused the server's key; the operator must check it".to_owned()
            }
            Self::Status { status: 429, detail, .. } => {
                with_words("The language model is busy or its quota is used up; ask again later", detail)
            }
            Self::Status { status, detail, .. } => {
                with_words(&format!("The language model refused the request (status {status})"), detail)
            }
            Self::Reported { detail } => with_words("The language model reported an error", detail),
            Self::Truncated => "The answer broke off before it was complete; ask again".to_owned(),
            Self::NotAStream { .. } | Self::Settings { .. } => {
                "The language model's address or settings are wrong; the operator must check them".to_owned()
            }
        };
        Some(text)
    }

    fn retry_after_s(&self) -> Option<u64> {
        match self {
            Self::Status { retry_after, .. } => retry_after.map(|pause| pause.as_secs().max(1)),
            _ => None,
        }
    }
}

/// A sentence of ours and, if the server said something that people can read, that.
fn with_words(sentence: &str, detail: &str) -> String {
    match words_of(detail) {
        Some(words) => format!("{sentence}: {words}"),
        None => sentence.to_owned(),
    }
}

/// Characters of a server's words that are sent on.
const MOST_WORDS: usize = 240;

/// What a server said, without what may be a key or an address; `None` if nothing is left to read.
pub(super) fn words_of(detail: &str) -> Option<String> {
    let secret = |word: &str| {
        let long_code = word.chars().count() >= 20
            && word.chars().any(|c| c.is_ascii_digit())
            && word.chars().any(char::is_alphabetic);
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        word.contains("://")
            || bare.starts_with("sk-")
            || bare.starts_with("Bearer")
            || word.contains('@')
            || long_code
    };
    let words: Vec<&str> =
        detail.split_whitespace().map(|word| if secret(word) { "…" } else { word }).collect();
    let text: String = words.join(" ").chars().filter(|c| !c.is_control()).take(MOST_WORDS).collect();
    // A page of markup is nothing to read.
    let readable = text.chars().any(char::is_alphabetic) && !text.starts_with('<');
    readable.then_some(text)
}

/// The sentence in an error body, however the server wraps it.
pub(super) fn sentence_in(body: &serde_json::Value) -> Option<String> {
    use serde_json::Value;
    let text =
        |value: &Value| value.as_str().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let error = match body.get("error") {
        Some(Value::Null) | None => body.get("errors").and_then(|errors| errors.get(0)),
        found => found,
    };
    let inside = error.and_then(|error| text(error).or_else(|| error.get("message").and_then(text)));
    inside
        .or_else(|| body.get("message").and_then(text))
        .or_else(|| body.get("detail").and_then(text))
        .or_else(|| body.get("detail")?.get(0)?.get("msg").and_then(text))
}

/// What a refusal means if it speaks of the prompt's length.
pub(super) fn window_in(detail: &str, body: Option<&serde_json::Value>) -> Option<ModelError> {
    let text = detail.to_lowercase();
    let speaks = [
        "context length",
        "context_length",
        "context size",
        "context window",
        "contextwindow",
        "n_ctx",
        "maximum model length",
        "max_model_len",
        "prompt is too long",
        "input is too long",
        "too many tokens",
        "exceeds the maximum number of tokens",
        "must have less than",
        "max_new_tokens",
        "tokens_limit",
        "reduce the length",
        "exceed_context",
        "request too large",
        "longer than the maximum",
    ];
    if !speaks.iter().any(|words| text.contains(words)) {
        return None;
    }
    let field = |name: &str| {
        let error = body.and_then(|body| body.get("error"))?;
        error.get(name)?.as_u64().and_then(|count| usize::try_from(count).ok())
    };
    let (tokens, asked) = counts_in(&text);
    let tokens = field("n_ctx").or(tokens);
    let asked =
        field("n_prompt_tokens").or(asked).filter(|asked| tokens.is_none_or(|tokens| *asked > tokens));
    Some(ModelError::Window { tokens, asked, detail: detail.to_owned() })
}

/// The window and the prompt's length among the numbers of a sentence: the largest is what was asked for, the next
/// one below it is the window, wherever they stand. A single number is the window.
fn counts_in(text: &str) -> (Option<usize>, Option<usize>) {
    let digits: String =
        text.chars().filter(|c| *c != ',').map(|c| if c.is_ascii_digit() { c } else { ' ' }).collect();
    let after = |words: &str| {
        let at = text.find(words)? + words.len();
        let number: String = text[at..]
            .chars()
            .filter(|c| *c != ',')
            .skip_while(|c| !c.is_ascii_digit())
            .take_while(char::is_ascii_digit)
            .collect();
        number.parse().ok().filter(|count: &usize| *count >= 128)
    };
    let known = [
        "context length is",
        "context length of only",
        "context length of",
        "context size of",
        "limit",
        "context window of",
        "maximum model length of",
        "must be <=",
    ];
    let window = known.iter().find_map(|words| after(words));
    let mut numbers: Vec<usize> =
        digits.split_whitespace().filter_map(|it| it.parse().ok()).filter(|it| *it >= 128).collect();
    numbers.sort_unstable();
    let window = window.or(match numbers[..] {
        [] => None,
        [only] => Some(only),
        // Prompt, answer and their sum may all be told: the window is the largest but one.
        [.., below, _] => Some(below),
    });
    let asked = numbers.last().copied().filter(|most| window.is_some_and(|window| *most > window));
    (window, asked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use docent_domain::Fault;

    #[test]
    fn what_the_provider_said_stays_in_the_log() {
        let fault = Fault::from(ModelError::Status {
            status: 401,
            detail: "Incorrect API key sk-123".to_owned(),
            retry_after: None,
        });
        assert!(!fault.public_detail().contains("sk-123"));
        assert!(fault.chain().contains("sk-123"));
        assert_eq!(fault.code(), Code::LlmUnavailable);
    }

    #[test]
    fn a_refusal_for_length_is_known_by_its_words() {
        for (said, tokens) in [
            (
                "This model's maximum context length is 4096 tokens. However, your messages resulted in 5012 tokens.",
                Some(4096),
            ),
            (
                "This model's maximum context length is 2048 tokens. However, you requested 3000 tokens (2000 in the messages, 1000 in the completion).",
                Some(2048),
            ),
            (
                "the request exceeds the available context size. try increasing the context size or enable context shift",
                None,
            ),
            (
                "request (5212 tokens) exceeds the available context size (4096 tokens), try increasing it",
                Some(4096),
            ),
            (
                "Trying to keep the first 4500 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens",
                Some(4096),
            ),
            ("The decoder prompt (length 3000) is longer than the maximum model length of 2048.", Some(2048)),
            ("prompt is too long: 210000 tokens > 200000 maximum", Some(200_000)),
            (
                "`inputs` tokens + `max_new_tokens` must be <= 4096. Given: 5000 `inputs` tokens and 512 `max_new_tokens`",
                Some(4096),
            ),
        ] {
            let Some(ModelError::Window { tokens: found, .. }) = window_in(said, None) else {
                panic!("{said}")
            };
            assert_eq!(found, tokens, "{said}");
        }
        assert_eq!(window_in("model not found", None), None);
        let body = serde_json::json!({"error": {"n_prompt_tokens": 5000, "n_ctx": 4096}});
        let said = "the request exceeds the available context size";
        let Some(ModelError::Window { tokens, asked, .. }) = window_in(said, Some(&body)) else { panic!() };
        assert_eq!((tokens, asked), (Some(4096), Some(5000)));
    }

    #[test]
    fn what_the_server_said_is_told_without_keys_and_addresses() {
        let detail = "quota used up for key sk-abc123 at https://box:8000/v1".to_owned();
        let fault = Fault::from(ModelError::Reported { detail });
        assert_eq!(
            fault.public_detail(),
            "The language model reported an error: quota used up for key … at …"
        );
        assert_eq!(words_of("<html><body>Bad gateway"), None);
    }
}
