//! What can go wrong with a model, and what of it a reader may know.

use std::time::Duration;

use docent_domain::{Code, Coded};

/// Texts of the provider are kept for the log, and never sent on: they may quote keys, addresses and prompts.
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
            Self::Late { .. } | Self::Silent { .. } | Self::NotAStream { .. } | Self::Settings { .. } => {
                false
            }
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
            Self::Late { seconds } | Self::Silent { seconds } => {
                format!("The language model sent nothing for {seconds} s; ask again")
            }
            Self::Status { status: 401 | 403, .. } => {
                "The language model refused the server's key; the operator must check it".to_owned()
            }
            Self::Status { status: 429, .. } => {
                "The language model is busy or its quota is used up; ask again later".to_owned()
            }
            Self::Status { status, .. } => {
                format!("The language model refused the request (status {status})")
            }
            Self::Reported { .. } => "The language model reported an error; ask again".to_owned(),
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
}
