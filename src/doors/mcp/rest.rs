//! The REST interface as the tools see it: in this process, or at the other end of a line.

use async_trait::async_trait;
use serde_json::Value;

/// What came back.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub status: u16,
    /// Null where it was no JSON.
    pub body: Value,
}

/// One caller's way to the REST interface. An error is a sentence on why there is no answer.
#[async_trait]
pub trait Rest: Send + Sync {
    async fn get(&self, path: &str) -> Result<Answer, String>;

    async fn post(&self, path: &str, body: Value) -> Result<Answer, String>;
}
