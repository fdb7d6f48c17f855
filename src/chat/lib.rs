//! The engine behind every door: questions, answers as they grow, and what is remembered of both.
//!
//! [`Engine::start`] stores a question and begins its turn as a task of its own; [`Engine::follow`] hands out a
//! turn's log from any point on. The sender, whoever joins late, whoever comes back after a lost connection, and
//! every door use that one call. Nothing here knows a wire format.

mod answer;
mod budget;
mod changes;
mod check;
mod citations;
mod closer;
mod compare;
mod courtesy;
mod digest;
mod ending;
mod engine;
mod error;
mod exchange;
mod figures;
mod follow;
mod frames;
mod history;
mod keeper;
mod language;
mod live;
mod log;
mod markup;
mod mend;
mod mirrors;
mod nearest;
mod nodes;
mod once;
mod open;
mod pace;
mod phrase;
mod prompt;
mod providers;
mod question;
mod queue;

mod reckon;
mod replay;
mod retrieval;
mod rounds;
mod rut;
mod search;
mod session;
mod start;
mod summary;
mod tables;
mod tools;
mod turn;
mod ways;
mod window;
mod writer;

pub use budget::Budget;
pub use changes::{Cited, Incomparable, Part, VersionChange, VersionChanges, changes};
pub use engine::{Engine, Heard, Ownership, Parts, Settings, TurnNews, Watch};
pub use error::ChatError;
pub use exchange::Exchange;
pub use language::{LANGUAGES, Language, language_of};
pub use log::{Cursor, TurnStream};
pub use once::OneShot;
pub use open::{Named, Opened, Opening};
pub use providers::Choice;
pub use question::{Caps, NewQuestion, Options, Started};
pub use queue::InLine;
pub use search::{Found, Query, Search};
pub use start::Manner;
pub use tables::query::schema_with_values as query_table_schema;
pub use tools::{ClientTools, Declared, QUERY_TABLE, ToolClient, is_built_in, query_table};

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::log::Log;
    use docent_domain::chat::Accepted;
    use docent_domain::source::Source;
    use docent_domain::{Timestamp, UserId};

    /// Of an answer that has just begun.
    pub(super) fn log() -> Arc<Log> {
        Log::new(Accepted {
            chat: 1.into(),
            answer: 3.into(),
            question: 2.into(),
            content: "Why?".to_owned(),
            user: UserId::from(1),
            username: "owner".to_owned(),
            at: Timestamp::from_micros(0),
        })
    }

    /// A source that only its file name and text matter of.
    pub(super) fn source(filename: &str, content: &str) -> Source {
        Source {
            id: format!("1:1:{filename}"),
            content: content.to_owned(),
            document: 1.into(),
            filename: filename.to_owned(),
            generation: 1,
            page: None,
            chunk_index: 0,
            start: 0,
            end: i64::try_from(content.chars().count()).unwrap(),
            heading: None,
            score: 1.0,
            partial: false,
            deleted: false,
        }
    }
}
