//! `docent mcp`: the tools of a running server for a model on this machine, over standard input and output.

use std::sync::Arc;

use async_trait::async_trait;
use clap::Args;
use reqwest::{Method, RequestBuilder};
use serde_json::Value;

use super::api::{Api, ClientError};
use super::{Connection, Outcome};
use docent_doors::mcp::{self, Answer, Rest};

#[derive(Debug, Args)]
pub struct Mcp {
    #[command(flatten)]
    connection: Connection,
}

impl Mcp {
    pub(super) async fn run(&self) -> Outcome {
        let (api, _) = self.connection.open()?;
        mcp::serve_stdio(Arc::new(Remote(api))).await.map_err(|fault| fault.chain())?;
        Ok(())
    }
}

/// A server at the other end of a line.
struct Remote(Api);

impl Remote {
    async fn answer(&self, request: RequestBuilder) -> Result<Answer, String> {
        match self.0.json(request).await {
            Ok(body) => Ok(Answer { status: 200, body }),
            Err(ClientError::Refused { status, detail, .. }) => {
                Ok(Answer { status, body: serde_json::json!({"detail": detail}) })
            }
            Err(error) => Err(error.to_string()),
        }
    }
}

#[async_trait]
impl Rest for Remote {
    async fn get(&self, path: &str) -> Result<Answer, String> {
        self.answer(self.0.request(Method::GET, path)).await
    }

    async fn post(&self, path: &str, body: Value) -> Result<Answer, String> {
        self.answer(self.0.request(Method::POST, path).json(&body)).await
    }
}
