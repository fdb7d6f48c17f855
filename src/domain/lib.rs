//! Types and rules. No IO, no wire formats: everything above speaks in these words.

pub mod access;
pub mod chat;
pub mod clock;
pub mod document;
pub mod event;
pub mod fault;
pub mod ids;
pub mod job;
pub mod json;
pub mod mask;
pub mod names;
pub mod project;
pub mod reading;
pub mod source;
pub mod table;

pub use access::{Principal, Role, Scope};
pub use clock::{Clock, Timestamp};
pub use fault::{Code, Coded, Fault};
pub use ids::{ApiKeyId, ChatId, DocumentId, EntityId, MessageId, ProjectId, RunId, SessionId, UserId};
