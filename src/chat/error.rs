//! What can go wrong with a question before its turn begins, or with a look at a turn.

use docent_domain::fault::FieldError;
use docent_domain::{Code, Coded};
use docent_models::ModelError;
use docent_store::StoreError;

#[derive(Debug, thiserror::Error)]
pub enum ChatError {
    #[error("There is no such {0}, or you have no access to it")]
    NotFound(&'static str),
    #[error("An answer is still being written in this chat; wait for its end, or cancel it")]
    Busy,
    #[error("Another request was sent with this Idempotency-Key; choose a new key for each request")]
    KeyReused,
    #[error("`{field}`: {message}")]
    Invalid { field: &'static str, message: String },
    #[error("There is nothing to sum up yet")]
    NothingSaid,
    #[error("The server is shutting down; ask again in a moment")]
    Stopping,
    #[error("the model could not sum up")]
    Model(#[from] ModelError),
    #[error("the chat could not be stored or read")]
    Store(#[from] StoreError),
    #[error("a task of the engine died")]
    Died(#[source] tokio::task::JoinError),
}

impl Coded for ChatError {
    fn code(&self) -> Code {
        match self {
            Self::NotFound(_) => Code::NotFound,
            Self::Busy => Code::ChatBusy,
            Self::KeyReused => Code::IdempotencyKeyReused,
            Self::Invalid { .. } => Code::InvalidPayload,
            Self::NothingSaid => Code::Conflict,
            Self::Stopping => Code::Overloaded,
            Self::Model(error) => error.code(),
            Self::Store(error) => error.code(),
            Self::Died(_) => Code::Internal,
        }
    }

    fn public_detail(&self) -> Option<String> {
        match self {
            Self::Model(error) => error.public_detail(),
            Self::Stopping => Some(self.to_string()),
            other => (other.code().status() < 500).then(|| other.to_string()),
        }
    }

    fn fields(&self) -> Vec<FieldError> {
        match self {
            Self::Invalid { field, message } => vec![FieldError::new(*field, message)],
            _ => Vec::new(),
        }
    }

    fn retry_after_s(&self) -> Option<u64> {
        matches!(self, Self::Stopping).then_some(5)
    }
}
