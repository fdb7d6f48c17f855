//! What of an answer the passages it cites do not bear out, as all doors tell it.

use docent_domain::chat::Doubt;
use serde::Serialize;
use utoipa::ToSchema;

/// A statement of an answer that the passages it cites do not bear out.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Unsupported)]
pub struct DoubtView {
    /// Where the statement stands in the answer, in Unicode code points; `end` is exclusive.
    pub start: i64,
    pub end: i64,
    /// `number`, `unit`, `date`, `name`, `negation` or `source`.
    pub reason: &'static str,
    /// What was looked for in the passages and not found, as the answer writes it.
    pub about: String,
}

impl DoubtView {
    pub fn all(doubts: &[Doubt]) -> Vec<Self> {
        doubts
            .iter()
            .map(|doubt| Self {
                start: doubt.start,
                end: doubt.end,
                reason: doubt.reason.name(),
                about: doubt.about.clone(),
            })
            .collect()
    }
}
