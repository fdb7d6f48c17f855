//! The sections of the settings file, typed. Meanings stand in `defaults.toml`.

use std::net::SocketAddr;
use std::path::PathBuf;

use serde::{Deserialize, Deserializer};

use super::Secret;

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    pub listen: SocketAddr,
    pub data_dir: PathBuf,
    pub home: PathBuf,
    pub auth: Switch,
    #[serde(deserialize_with = "list")]
    pub allowed_origins: Vec<String>,
    pub worker: Switch,
    pub shutdown_s: u64,
    pub log: String,
    pub log_format: LogFormat,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Auth {
    pub jwt_secret: Secret,
    pub public_project: i64,
    pub rate_limit_user: u32,
    pub rate_limit_visitor: u32,
    pub rate_limit_window_s: u64,
    pub socket_anonymous: Anonymous,
    pub socket_anonymous_idle_s: u64,
    pub max_sockets_user: usize,
    pub max_sockets_address: usize,
    #[serde(deserialize_with = "list")]
    pub trusted_proxies: Vec<String>,
    pub audit_days: u64,
}

/// What becomes of sockets without a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Anonymous {
    Allow,
    Refuse,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Switch {
    Off,
    On,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    Text,
    Json,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// May hold a password: shown by nobody.
    pub url: Secret,
    pub connections: u32,
    pub durability: Durability,
}

impl Database {
    /// Whether several processes may work with it, which is so on Postgres alone.
    pub fn is_shared(&self) -> bool {
        self.url.reveal().is_some_and(|url| url.starts_with("postgres"))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Durability {
    Normal,
    Full,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bus {
    /// May hold a password: shown by nobody.
    pub url: Secret,
    pub prefix: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Worker {
    pub listen: SocketAddr,
    #[serde(deserialize_with = "list")]
    pub queues: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Blobs {
    #[serde(deserialize_with = "optional")]
    pub url: Option<String>,
    #[serde(deserialize_with = "optional")]
    pub endpoint: Option<String>,
    pub region: String,
    pub access_key: Secret,
    pub secret_key: Secret,
    pub timeout_s: u64,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vectors {
    #[serde(deserialize_with = "optional")]
    pub url: Option<String>,
    pub api_key: Secret,
    pub collection_prefix: String,
    pub timeout_s: u64,
    pub quantization: Quantization,
    pub on_disk: Switch,
    pub replicas: u32,
    pub shards: u32,
    pub write_consistency: u32,
}

/// The smaller form of the vectors on a Qdrant server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Quantization {
    /// As the collection has it.
    #[serde(rename = "")]
    Unset,
    None,
    Scalar,
    Binary,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Embedding {
    pub provider: String,
    pub model: String,
    pub precision: Precision,
    pub sessions: usize,
    #[serde(deserialize_with = "optional")]
    pub base_url: Option<String>,
    pub api_key: Secret,
    pub dimension: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    Fp32,
    Int8,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chat {
    #[serde(deserialize_with = "optional")]
    pub provider: Option<String>,
    #[serde(deserialize_with = "optional")]
    pub base_url: Option<String>,
    pub api_key: Secret,
    #[serde(deserialize_with = "optional")]
    pub model: Option<String>,
    pub first_byte_s: u64,
    pub idle_s: u64,
    /// 0: the server's own limit.
    pub max_tokens: u32,
    pub pace_ms: u64,
    pub context_tokens: usize,
    pub tool_rounds: usize,
    pub tool_timeout_s: u64,
    #[serde(deserialize_with = "optional")]
    pub script: Option<String>,
    pub summary_after: i64,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retrieval {
    pub top_k: usize,
    pub fusion: Fusion,
    pub min_cosine: f32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Fusion {
    Confidence,
    Scores,
    Ranks,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ingest {
    pub concurrency: usize,
    pub chunk_tokens: usize,
    pub overlap_tokens: usize,
    pub max_attempts: i64,
    pub lease_s: u64,
    pub versions_kept: i64,
    pub faults: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extraction {
    pub memory_mb: u64,
    pub cpu_s: u64,
    pub wall_s: u64,
    pub max_chars: u64,
    pub max_pages: u64,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ocr {
    pub mode: OcrMode,
    pub threads: usize,
    pub pages_at_once: usize,
}

/// Whether text in pictures is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OcrMode {
    Auto,
    Off,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    pub max_file_size: u64,
    pub max_import_size: u64,
    pub max_message_bytes: usize,
    pub max_top_k: usize,
    pub upload_idle_s: u64,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Telemetry {
    pub metrics_token: Secret,
    #[serde(deserialize_with = "optional_address")]
    pub board: Option<SocketAddr>,
    #[serde(deserialize_with = "optional")]
    pub traces: Option<String>,
    pub service: String,
}

fn optional_address<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<SocketAddr>, D::Error> {
    let text = optional(deserializer)?;
    text.map(|text| text.parse().map_err(serde::de::Error::custom)).transpose()
}

fn optional<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let text = String::deserialize(deserializer)?;
    Ok((!text.trim().is_empty()).then(|| text.trim().to_owned()))
}

fn list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let text = String::deserialize(deserializer)?;
    Ok(text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect())
}
