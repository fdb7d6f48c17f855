//! Settings: environment over file over the built-in defaults. Raw values are checked together here and become the
//! settings types of the parts; nothing below `app` sees this module or the environment.

mod catalogue;
mod check;
mod secret;
mod sections;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::{Table, Value};

pub use catalogue::{DEFAULTS, Setting, settings};
pub use check::Problem;
pub use secret::Secret;
pub use sections::{
    Anonymous, Auth, Blobs, Bus, Chat, Database, Durability, Embedding, Extraction, Fusion, Ingest, Limits,
    LogFormat, Ocr, OcrMode, Precision, Quantization, Retrieval, Server, Switch, Telemetry, Vectors, Worker,
};

/// All settings, typed.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub server: Server,
    pub auth: Auth,
    pub database: Database,
    pub bus: Bus,
    pub blobs: Blobs,
    pub vectors: Vectors,
    pub embedding: Embedding,
    pub chat: Chat,
    pub retrieval: Retrieval,
    pub ingest: Ingest,
    pub worker: Worker,
    pub extraction: Extraction,
    pub ocr: Ocr,
    pub limits: Limits,
    pub telemetry: Telemetry,
}

#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("cannot read the settings in {path}")]
    File {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("the settings in {path} are not valid TOML: {source}")]
    Syntax {
        path: PathBuf,
        #[source]
        source: Box<toml::de::Error>,
    },
    #[error("{origin} sets `{key}`, which is no setting; `docent config` lists them all")]
    Unknown { origin: String, key: String },
    #[error("{origin}: `{value}` is not {expected}")]
    Type { origin: String, value: String, expected: String },
    #[error("a setting has an impossible value: {0}")]
    Value(#[from] Box<toml::de::Error>),
    #[error("these settings cannot work:\n{}", .0.iter().map(|p| format!("  - {p}")).collect::<Vec<_>>().join("\n"))]
    Impossible(Vec<Problem>),
}

/// Where settings come from beside the defaults.
#[derive(Debug, Default)]
pub struct Sources {
    /// `--config`; must exist.
    pub file: Option<PathBuf>,
    pub environment: BTreeMap<String, String>,
    /// From the command line, by variable name; they win over everything.
    pub arguments: BTreeMap<String, String>,
}

impl Config {
    /// Reads and checks all settings.
    pub fn load(sources: &Sources) -> Result<Self, ConfigError> {
        let mut merged: Table = DEFAULTS.parse().map_err(Box::new)?;
        if let Some(path) = &sources.file {
            overlay(&mut merged, path)?;
        }
        apply(&mut merged, &sources.environment)?;
        apply(&mut merged, &sources.arguments)?;
        if sources.file.is_none() {
            // The data folder may hold a settings file of its own; what it says about itself comes too late.
            let folder = merged["server"]["data_dir"].as_str().unwrap_or_default();
            let path = Path::new(folder).join("docent.toml");
            if path.exists() {
                let mut again: Table = DEFAULTS.parse().map_err(Box::new)?;
                overlay(&mut again, &path)?;
                apply(&mut again, &sources.environment)?;
                apply(&mut again, &sources.arguments)?;
                merged = again;
            }
        }
        let mut config = Self::deserialize(merged).map_err(Box::new)?;
        let program = std::env::current_exe().unwrap_or_default();
        config.server.home = home(config.server.home, &program);
        let problems = check::problems(&config);
        if problems.is_empty() { Ok(config) } else { Err(ConfigError::Impossible(problems)) }
    }
}

/// The folder that is set; where there is none, the one that an unpacked archive has beside its program.
fn home(set: PathBuf, program: &Path) -> PathBuf {
    if set.is_dir() || set != Path::new("./.docent") {
        return set;
    }
    let beside = program.ancestors().nth(2).map(|folder| folder.join("share/docent"));
    beside.filter(|folder| folder.join("manifest.json").is_file()).unwrap_or(set)
}

fn overlay(merged: &mut Table, path: &Path) -> Result<(), ConfigError> {
    let text =
        fs_err::read_to_string(path).map_err(|source| ConfigError::File { path: path.to_owned(), source })?;
    let file: Table = text
        .parse()
        .map_err(|source| ConfigError::Syntax { path: path.to_owned(), source: Box::new(source) })?;
    let origin = path.display().to_string();
    for (section, values) in file {
        let Value::Table(values) = values else {
            return Err(ConfigError::Unknown { origin, key: section });
        };
        for (key, value) in values {
            let known = merged.get_mut(&section).and_then(|table| table.get_mut(&key));
            let name = format!("{section}.{key}");
            let Some(slot) = known else {
                return Err(ConfigError::Unknown { origin, key: name });
            };
            if !slot.same_type(&value) {
                let expected = format!("{} (a value for `{name}`)", slot.type_str());
                return Err(ConfigError::Type { origin, value: value.to_string(), expected });
            }
            *slot = value;
        }
    }
    Ok(())
}

fn apply(merged: &mut Table, variables: &BTreeMap<String, String>) -> Result<(), ConfigError> {
    for setting in settings() {
        let Some(text) = variables.get(&setting.variable) else { continue };
        let value = catalogue::value_like(&setting.default, text).ok_or_else(|| ConfigError::Type {
            origin: setting.variable.clone(),
            value: text.clone(),
            expected: format!("a {}", setting.default.type_str()),
        })?;
        merged[&setting.section][&setting.key] = value;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(pairs: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let environment = pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        Config::load(&Sources { environment, ..Sources::default() })
    }

    #[test]
    fn the_defaults_are_complete() {
        let config = with(&[]).unwrap();
        assert_eq!(config.server.listen.to_string(), "127.0.0.1:8000");
        assert_eq!(config.limits.max_file_size, 100 << 20);
    }

    #[test]
    fn the_environment_wins_over_the_file_and_arguments_over_both() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("docent.toml");
        fs_err::write(&file, "[retrieval]\ntop_k = 3\n[ingest]\nconcurrency = 7\n").unwrap();
        let config = Config::load(&Sources {
            file: Some(file),
            environment: [("RETRIEVAL_TOP_K".into(), "4".into())].into(),
            arguments: [("DOCENT_LISTEN".into(), "[::1]:9".into())].into(),
        })
        .unwrap();
        assert_eq!((config.retrieval.top_k, config.ingest.concurrency), (4, 7));
        assert_eq!(config.server.listen.port(), 9);
    }

    #[test]
    fn an_unpacked_archive_finds_what_stands_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let (share, program) = (folder.path().join("share/docent"), folder.path().join("bin/docent"));
        let default = || PathBuf::from("./.docent");
        assert_eq!(home(default(), &program), default());
        fs_err::create_dir_all(&share).unwrap();
        fs_err::write(share.join("manifest.json"), "{}").unwrap();
        // Run from the sources, the folder of the sources goes first.
        let found = home(default(), &program);
        assert!(if default().is_dir() { found == default() } else { found == share });
        assert_eq!(home("/elsewhere".into(), &program), Path::new("/elsewhere"));
    }

    #[test]
    fn mistakes_are_named() {
        let error = with(&[("MAX_FILE_SIZE", "lots")]).unwrap_err().to_string();
        insta::assert_snapshot!(error, @"MAX_FILE_SIZE: `lots` is not a integer");
        let error = with(&[("DOCENT_LISTEN", "0.0.0.0:80")]).unwrap_err().to_string();
        assert!(error.contains("DOCENT_AUTH"), "{error}");
    }

    #[test]
    fn separate_workers_need_what_processes_can_share() {
        let alone = with(&[("DOCENT_WORKER", "off")]).unwrap_err().to_string();
        for name in ["DATABASE_URL", "QDRANT_URL", "REDIS_URL"] {
            assert!(alone.contains(name), "{alone}");
        }
        let shared = [
            ("DOCENT_WORKER", "off"),
            ("DATABASE_URL", "postgres://h/x"),
            ("QDRANT_URL", "http://h:6334"),
            ("REDIS_URL", "redis://h"),
            ("BLOB_URL", "file:///srv/originals"),
        ];
        with(&shared).unwrap();
        let nodes = with(&[("REDIS_URL", "redis://h"), ("DOCENT_AUTH", "on")]).unwrap_err().to_string();
        assert!(nodes.contains("DATABASE_URL") && nodes.contains("DOCENT_JWT_SECRET"), "{nodes}");
        let queues = with(&[("WORKER_QUEUES", "ingest,post")]).unwrap_err().to_string();
        assert!(queues.contains("WORKER_QUEUES"), "{queues}");
    }

    #[test]
    fn a_qdrant_server_is_described_completely_or_not_at_all() {
        let error = |pairs: &[(&str, &str)]| with(pairs).unwrap_err().to_string();
        assert!(error(&[("QDRANT_URL", "127.0.0.1:6334")]).contains("http://127.0.0.1:6334"));
        assert!(error(&[("QDRANT_REPLICAS", "2")]).contains("set QDRANT_URL"));
        let server = ("QDRANT_URL", "http://qdrant:6334");
        let copies = [server, ("QDRANT_REPLICAS", "2"), ("QDRANT_WRITE_CONSISTENCY", "3")];
        assert!(error(&copies).contains("at most QDRANT_REPLICAS (2)"));
        assert!(error(&[server, ("QDRANT_COLLECTION_PREFIX", "A/B")]).contains("QDRANT_COLLECTION_PREFIX"));
        assert!(error(&[server, ("QDRANT_QUANTIZATION", "ternary")]).contains("ternary"));
        let section = with(&[server, ("QDRANT_QUANTIZATION", "scalar")]).unwrap().vectors;
        assert_eq!((section.quantization, section.replicas), (Quantization::Scalar, 0));
    }

    #[test]
    fn what_watches_the_server_is_not_open_to_everybody() {
        let error = with(&[
            ("BOARD_LISTEN", "0.0.0.0:8001"),
            ("METRICS_TOKEN", "short"),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318"),
        ]);
        let error = error.unwrap_err().to_string();
        for part in ["BOARD_LISTEN=127.0.0.1:8001", "METRICS_TOKEN must have", "must begin with http"] {
            assert!(error.contains(part), "{error}");
        }
        let error = with(&[("BOARD_LISTEN", "127.0.0.1:8000")]).unwrap_err().to_string();
        assert!(error.contains("a port of its own"), "{error}");
        assert!(with(&[("BOARD_LISTEN", "nowhere")]).is_err());
        let config =
            with(&[("BOARD_LISTEN", "127.0.0.1:8001"), ("METRICS_TOKEN", "0123456789abcdef")]).unwrap();
        assert!(!format!("{config:?}").contains("0123456789abcdef"));
    }

    #[test]
    fn several_processes_share_their_originals() {
        let mut shared = vec![("DATABASE_URL", "postgres://h/x"), ("REDIS_URL", "redis://h")];
        let error = with(&shared).unwrap_err().to_string();
        assert!(error.contains("BLOB_URL"), "{error}");
        shared.push(("BLOB_URL", "file:///srv/originals"));
        with(&shared).unwrap();
    }

    #[test]
    fn an_object_store_needs_an_address_that_can_be_read_and_keys() {
        let said = |pairs: &[(&str, &str)]| with(pairs).unwrap_err().to_string();
        let keys = [("BLOB_ACCESS_KEY", "a"), ("BLOB_SECRET_KEY", "b")];
        assert!(with(&[("BLOB_URL", "s3://docent/originals"), keys[0], keys[1]]).is_ok());
        assert!(with(&[("BLOB_URL", "file:///srv/docent")]).is_ok());
        insta::assert_snapshot!(said(&[("BLOB_URL", "s3://docent"), keys[0]]), @r"
        these settings cannot work:
          - BLOB_URL=s3://docent needs BLOB_ACCESS_KEY and BLOB_SECRET_KEY: no other credentials are looked for
        ");
        insta::assert_snapshot!(said(&[("BLOB_URL", "s3://key:pass@docent")]), @r"
        these settings cannot work:
          - BLOB_URL: the name of a bucket has 3 to 63 letters, digits, dots, hyphens or underscores
        ");
        let endpoint =
            said(&[("BLOB_URL", "s3://docent"), keys[0], keys[1], ("BLOB_ENDPOINT", "minio:9000")]);
        assert!(endpoint.contains("BLOB_ENDPOINT must begin with https://"), "{endpoint}");
    }

    #[test]
    fn secrets_are_not_printed() {
        let config = with(&[("OPENAI_API_KEY", "sk-hunter2")]).unwrap();
        assert!(!format!("{config:?}").contains("hunter2"));
        assert_eq!(config.chat.api_key.reveal(), Some("sk-hunter2"));
    }
}
