//! What settings must hold: checks of single values, and of values that are fine alone and impossible together.

use std::fmt;

use super::Config;
use super::rerank::Rerank;
use super::values::{Address, RerankKind, Secret, Switch};
use super::vectors::Vectors;
use docent_blobs::Place;

/// What cannot work, and what to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem(String);

impl Problem {
    pub(super) const fn new(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A check of numbers.
pub(super) fn at_least<T: PartialOrd + fmt::Display>(least: T) -> impl Fn(&T) -> Result<(), String> {
    move |value| if *value >= least { Ok(()) } else { Err(format!("must be at least {least}")) }
}

/// A check of numbers, both ends included.
pub(super) fn between<T: PartialOrd + fmt::Display>(least: T, most: T) -> impl Fn(&T) -> Result<(), String> {
    move |value| {
        let within = *value >= least && *value <= most;
        if within { Ok(()) } else { Err(format!("must be between {least} and {most}")) }
    }
}

/// A token that cannot be guessed.
pub(super) fn long_enough(token: &Secret) -> Result<(), String> {
    match token.reveal() {
        Some(token) if token.len() < 16 => {
            Err("must have at least 16 characters: make one with `openssl rand -hex 32`".to_owned())
        }
        _ => Ok(()),
    }
}

/// An address of a server that is spoken to over HTTP; `example` is one.
pub(super) fn http(example: &str) -> impl Fn(&Option<Address>) -> Result<(), String> {
    move |address| match address.as_ref().map(Address::reveal) {
        Some(address) if !is_http(address) => {
            Err(format!("must begin with http:// or https://, such as {example}"))
        }
        _ => Ok(()),
    }
}

fn is_http(address: &str) -> bool {
    ["http://", "https://"]
        .iter()
        .any(|scheme| address.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty()))
}

/// Everything wrong at once, so that one start is enough to learn it.
pub(super) fn problems(config: &Config) -> Vec<Problem> {
    let mut found = Vec::new();
    config.check(&mut found);
    let mut add = |wrong: bool, text: String| {
        if wrong {
            found.push(Problem(text));
        }
    };
    let listen = config.server.listen;
    add(
        config.server.auth == Switch::Off && !listen.ip().is_loopback(),
        format!(
            "without authentication the server may only listen on this machine, not on {listen}: \
             set DOCENT_AUTH=on, or DOCENT_LISTEN=127.0.0.1:{}",
            listen.port()
        ),
    );
    telemetry(config).into_iter().for_each(|(wrong, text)| add(wrong, text));
    add(
        config.server.auth == Switch::Off && config.auth.public_project != 0,
        "PUBLIC_PROJECT means something only with accounts: set DOCENT_AUTH=on, or leave it 0".into(),
    );
    let sqlite = !config.database.is_shared();
    add(
        config.bus.url.reveal().is_some() && sqlite,
        "REDIS_URL is for several nodes, and these cannot share SQLite: set DATABASE_URL=postgres://…, or leave \
         REDIS_URL empty"
            .into(),
    );
    add(
        config.bus.url.reveal().is_some()
            && config.server.auth == Switch::On
            && config.auth.jwt_secret.reveal().is_none(),
        "several nodes must sign in the same way: set DOCENT_JWT_SECRET to one secret for all of them".into(),
    );
    if config.server.worker == Switch::Off {
        let needs = "work on documents in processes of its own (`--no-worker`, `docent-worker`) needs";
        add(sqlite, format!("{needs} a database that processes can share: set DATABASE_URL=postgres://…"));
        add(
            config.vectors.url.is_none(),
            format!(
                "{needs} an index that processes can share, which the embedded one is not: set QDRANT_URL"
            ),
        );
        add(
            config.bus.url.reveal().is_none(),
            format!("{needs} a way to tell the API nodes of its progress: set REDIS_URL"),
        );
    }
    for text in about_blobs(config) {
        add(true, text);
    }
    let embedding = &config.embedding;
    add(
        embedding.provider == "openai" && embedding.base_url.is_none(),
        "EMBEDDING_PROVIDER=openai needs EMBEDDING_BASE_URL, for example https://api.openai.com/v1".into(),
    );
    add(
        ["openai", "hub"].contains(&embedding.provider.as_str()) && embedding.model.is_empty(),
        format!("EMBEDDING_PROVIDER={} needs EMBEDDING_MODEL: the name of the model", embedding.provider),
    );
    add(
        config.chat.base_url.is_some() && config.chat.model.is_none(),
        "OPENAI_BASE_URL needs CHAT_MODEL: the name of the model that the server is to answer with".into(),
    );
    add(
        config.retrieval.top_k == 0 || config.retrieval.top_k > config.limits.max_top_k,
        format!("RETRIEVAL_TOP_K must be between 1 and MAX_TOP_K ({})", config.limits.max_top_k),
    );
    for (wrong, text) in vectors(&config.vectors).into_iter().chain(rerank(&config.rerank)) {
        add(wrong, text);
    }
    let chunk = config.ingest.chunk_tokens;
    add(
        chunk != 0 && config.ingest.overlap_tokens >= chunk,
        "INGEST_OVERLAP_TOKENS must be smaller than INGEST_CHUNK_TOKENS".into(),
    );
    found
}

fn vectors(section: &Vectors) -> [(bool, String); 2] {
    let copies = section.replicas.max(1);
    [
        (
            section.url.is_none()
                && (section.replicas, section.shards, section.write_consistency) != (0, 0, 0),
            "QDRANT_REPLICAS, QDRANT_SHARDS and QDRANT_WRITE_CONSISTENCY are for a server: set QDRANT_URL, \
             or leave them 0"
                .into(),
        ),
        (
            section.write_consistency > copies,
            format!("QDRANT_WRITE_CONSISTENCY must be at most QDRANT_REPLICAS ({copies})"),
        ),
    ]
}

fn rerank(section: &Rerank) -> [(bool, String); 3] {
    let (local, http) = (section.provider == RerankKind::Local, section.provider == RerankKind::Http);
    [
        (
            http && section.url.is_none(),
            "RERANK_PROVIDER=http needs RERANK_URL, for example http://127.0.0.1:8080/v1".into(),
        ),
        (
            local && section.model.is_empty(),
            "RERANK_PROVIDER=local needs RERANK_MODEL: the folder of a cross-encoder".into(),
        ),
        (
            section.url.is_some() && !http,
            "RERANK_URL is asked with RERANK_PROVIDER=http alone: set it, or leave RERANK_URL empty".into(),
        ),
    ]
}

fn telemetry(config: &Config) -> Vec<(bool, String)> {
    let (section, listen) = (&config.telemetry, config.server.listen);
    let board = section.board.map(|board| {
        let open = config.server.auth == Switch::Off && !board.ip().is_loopback();
        let advice = format!(
            "without authentication the queue's board may only listen on this machine, not on {board}: \
             set DOCENT_AUTH=on, or BOARD_LISTEN=127.0.0.1:{}",
            board.port()
        );
        let same =
            format!("BOARD_LISTEN={board} is the server's own address: give the board a port of its own");
        [(open, advice), (board == listen && board.port() != 0, same)]
    });
    board.into_iter().flatten().collect()
}

fn about_blobs(config: &Config) -> Vec<String> {
    let section = &config.blobs;
    let Some(url) = &section.url else {
        let several = config.bus.url.reveal().is_some() || config.server.worker == Switch::Off;
        let needed = "several processes need originals that all of them reach: set BLOB_URL to s3://bucket, or to \
                      file:///path for a folder that they share";
        return if several { vec![needed.to_owned()] } else { Vec::new() };
    };
    let bucket = match Place::parse(url.reveal()) {
        Ok(Place::Folder(_)) => return Vec::new(),
        Ok(Place::Bucket { name, .. }) => name,
        // The address may hold a key that should not: it is not repeated.
        Err(error) => return vec![format!("BLOB_URL: {error}")],
    };
    let mut found = Vec::new();
    if section.access_key.reveal().is_none() || section.secret_key.reveal().is_none() {
        found.push(format!(
            "BLOB_URL=s3://{bucket} needs BLOB_ACCESS_KEY and BLOB_SECRET_KEY: no other credentials are looked for"
        ));
    }
    let endpoint = section.endpoint.as_ref().map_or("https://", Address::reveal);
    if !["https://", "http://"].iter().any(|scheme| endpoint.starts_with(scheme))
        || endpoint.contains(['@', '?'])
    {
        found.push(
            "BLOB_ENDPOINT must begin with https:// (or http://, on a network that is trusted), with no keys and no query"
                .to_owned(),
        );
    }
    found
}
