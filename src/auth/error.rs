//! Why somebody was not let in, or an account could not be changed.

use docent_domain::fault::FieldError;
use docent_domain::{Code, Coded};
use docent_store::{Belonging, StoreError};

#[derive(Debug, thiserror::Error)]
pub enum AuthError {
    #[error("sign in first: send `Authorization: Bearer <access token or API key>`")]
    Anonymous,
    #[error("invalid token")]
    InvalidToken,
    #[error("token expired")]
    TokenExpired,
    #[error("the name or the password is wrong")]
    WrongPassword,
    #[error("too many failed attempts; try again in {0} s")]
    Throttled(u64),
    #[error("the setup code is wrong; the server printed it when it started")]
    WrongCode,
    #[error("an API key may not do this unless it was made with `manage_account`; sign in instead")]
    KeyMayNot,
    #[error("{0}")]
    Impossible(&'static str),
    #[error("nobody else owns {}; name their next owner with `transfer_to`", named(.0))]
    OwnsAlone(Vec<Belonging>),
    #[error("`{field}`: {message}")]
    Field { field: &'static str, message: String },
    #[error("too much at once; try again in a moment")]
    Busy,
    #[error("a password could not be hashed")]
    Hashing(#[source] Box<dyn std::error::Error + Send + Sync>),
    #[error("a token could not be written")]
    Signing(#[source] jsonwebtoken::errors::Error),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl AuthError {
    pub(super) fn field(field: &'static str, message: impl Into<String>) -> Self {
        Self::Field { field, message: message.into() }
    }
}

/// Projects as people know them.
fn named(projects: &[Belonging]) -> String {
    let each = projects.iter().map(|project| format!("`{}` ({})", project.name, project.project));
    each.collect::<Vec<_>>().join(", ")
}

impl Coded for AuthError {
    fn code(&self) -> Code {
        match self {
            Self::Anonymous | Self::InvalidToken | Self::TokenExpired | Self::WrongPassword => {
                Code::Unauthenticated
            }
            Self::Throttled(_) => Code::RateLimited,
            Self::WrongCode | Self::KeyMayNot => Code::Forbidden,
            Self::Impossible(_) | Self::OwnsAlone(_) => Code::Conflict,
            Self::Field { .. } => Code::InvalidPayload,
            Self::Busy => Code::Overloaded,
            Self::Hashing(_) | Self::Signing(_) => Code::Internal,
            Self::Store(error) => error.code(),
        }
    }

    fn public_detail(&self) -> Option<String> {
        match self {
            Self::Store(error) => error.public_detail(),
            Self::Hashing(_) | Self::Signing(_) => None,
            other => Some(other.to_string()),
        }
    }

    fn fields(&self) -> Vec<FieldError> {
        match self {
            Self::Field { field, message } => vec![FieldError::new(*field, message)],
            _ => Vec::new(),
        }
    }

    fn retry_after_s(&self) -> Option<u64> {
        match self {
            Self::Throttled(seconds) => Some(*seconds),
            Self::Busy => Some(1),
            _ => None,
        }
    }
}
