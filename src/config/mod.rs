//! Settings: environment over file over the built-in defaults. Raw values are checked together here and become the
//! settings types of the parts; nothing below `app` sees this module or the environment.

mod auth;
mod blobs;
mod bus;
mod chat;
mod check;
mod database;
mod declared;
mod embedding;
mod extraction;
mod ingest;
mod limits;
mod ocr;
mod paths;
mod rerank;
mod retrieval;
mod server;
mod telemetry;
mod values;
mod vectors;
mod worker;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

pub use check::Problem;
pub use declared::Setting;
pub use values::{Address, Anonymous, LogFormat, OcrMode, RerankKind, Secret, Switch};

/// The sections, one line each, in the order of the documentation.
macro_rules! sections {
    ($($section:ident: $type:ident,)*) => {
        /// All settings, typed.
        #[derive(Debug, Clone, PartialEq)]
        pub struct Config {
            $(pub $section: $section::$type,)*
        }

        impl Config {
            fn read(merged: &Table) -> Result<Self, ConfigError> {
                Ok(Self { $($section: $section::$type::read(merged)?,)* })
            }

            /// What must appear nowhere.
            pub fn secrets(&self) -> Vec<String> {
                [$(self.$section.secrets(),)*].concat()
            }

            /// What is wrong with single values.
            fn check(&self, found: &mut Vec<Problem>) {
                $(self.$section.check(found);)*
            }
        }

        /// All settings, without their values.
        pub fn settings() -> Vec<Setting> {
            [$($section::$type::settings(),)*].concat()
        }
    };
}

sections! {
    server: Server,
    auth: Auth,
    database: Database,
    bus: Bus,
    blobs: Blobs,
    vectors: Vectors,
    embedding: Embedding,
    chat: Chat,
    retrieval: Retrieval,
    rerank: Rerank,
    ingest: Ingest,
    worker: Worker,
    extraction: Extraction,
    ocr: Ocr,
    limits: Limits,
    telemetry: Telemetry,
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
    #[error("cannot tell the folder that this program was started in")]
    Here(#[source] std::io::Error),
    #[error("{origin} sets `{key}`, which is no setting; `docent config` lists them all")]
    Unknown { origin: String, key: String },
    #[error("{origin}: `{value}` is not {expected}")]
    Type { origin: String, value: String, expected: String },
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

/// The value of every setting, by section and key, before it is typed.
pub struct Merged(Table);

impl Merged {
    /// Environment and arguments over the file over the defaults.
    pub fn load(sources: &Sources) -> Result<Self, ConfigError> {
        let settings = settings();
        let merged = merge(&settings, sources, sources.file.as_deref())?;
        if sources.file.is_some() {
            return Ok(Self(merged));
        }
        // The data folder may hold a settings file of its own; what it says about itself comes too late.
        let folder = merged["server"]["data_dir"].as_str().unwrap_or_default();
        let path = Path::new(folder).join("docent.toml");
        Ok(Self(if path.exists() { merge(&settings, sources, Some(&path))? } else { merged }))
    }

    pub fn value<'a>(&'a self, setting: &'a Setting) -> &'a Value {
        self.0.get(setting.section).and_then(|table| table.get(setting.key)).unwrap_or(&setting.default)
    }
}

impl Config {
    /// Reads and checks all settings.
    pub fn load(sources: &Sources) -> Result<Self, ConfigError> {
        let Merged(merged) = Merged::load(sources)?;
        let mut config = Self::read(&merged)?;
        let program = std::env::current_exe().unwrap_or_default();
        config.server.home = home(config.server.home, &program);
        paths::resolve(&mut config).map_err(ConfigError::Here)?;
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

fn merge(settings: &[Setting], sources: &Sources, file: Option<&Path>) -> Result<Table, ConfigError> {
    let mut merged = Table::new();
    for setting in settings {
        let section = merged.entry(setting.section).or_insert_with(|| Value::Table(Table::new()));
        if let Value::Table(section) = section {
            section.insert(setting.key.to_owned(), setting.default.clone());
        }
    }
    if let Some(path) = file {
        overlay(&mut merged, settings, path)?;
    }
    apply(&mut merged, settings, &sources.environment)?;
    apply(&mut merged, settings, &sources.arguments)?;
    Ok(merged)
}

fn overlay(merged: &mut Table, settings: &[Setting], path: &Path) -> Result<(), ConfigError> {
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
            let name = format!("{section}.{key}");
            let known = settings.iter().find(|setting| setting.section == section && setting.key == key);
            let Some(setting) = known else {
                return Err(ConfigError::Unknown { origin, key: name });
            };
            let slot = &mut merged[&section][&key];
            if !slot.same_type(&value) {
                let expected = format!("{} (a value for `{name}`)", described(slot));
                return Err(ConfigError::Type { origin, value: (setting.shown)(&value), expected });
            }
            *slot = value;
        }
    }
    Ok(())
}

fn apply(
    merged: &mut Table,
    settings: &[Setting],
    variables: &BTreeMap<String, String>,
) -> Result<(), ConfigError> {
    for setting in settings {
        let Some(text) = variables.get(setting.variable) else { continue };
        let value = value_like(&setting.default, text).ok_or_else(|| ConfigError::Type {
            origin: setting.variable.to_owned(),
            value: text.clone(),
            expected: described(&setting.default),
        })?;
        merged[setting.section][setting.key] = value;
    }
    Ok(())
}

/// `text` as a value of the same type as `like`.
fn value_like(like: &Value, text: &str) -> Option<Value> {
    match like {
        Value::Integer(_) => text.trim().parse().ok().map(Value::Integer),
        Value::Float(_) => text.trim().parse().ok().map(Value::Float),
        Value::Boolean(_) => text.trim().parse().ok().map(Value::Boolean),
        _ => Some(Value::String(text.to_owned())),
    }
}

fn described(value: &Value) -> String {
    match value {
        Value::Integer(_) => "a whole number".to_owned(),
        Value::Float(_) => "a number".to_owned(),
        Value::Boolean(_) => "true or false".to_owned(),
        other => format!("a {}", other.type_str()),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use docent_vectors::Quantization;

    #[test]
    fn every_setting_has_a_meaning_and_a_variable_of_its_own() {
        let settings = settings();
        let variables: BTreeSet<_> = settings.iter().map(|setting| setting.variable).collect();
        assert_eq!(variables.len(), settings.len(), "each variable once");
        let keys: BTreeSet<_> = settings.iter().map(|setting| (setting.section, setting.key)).collect();
        assert_eq!(keys.len(), settings.len(), "each key once");
        for setting in &settings {
            assert!(setting.meaning.ends_with('.'), "{setting:?}");
            assert!(
                setting.variable.chars().all(|c| c.is_ascii_uppercase() || c == '_' || c.is_ascii_digit())
            );
        }
    }

    #[test]
    fn a_value_of_a_wrong_kind_is_told_without_a_secret_in_it() {
        let error = with(&[("DOCENT_AUTH", "yes")]).unwrap_err().to_string();
        insta::assert_snapshot!(error, @r#"DOCENT_AUTH (`server.auth`): `"yes"` is not one of `off`, `on`"#);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("docent.toml");
        fs_err::write(&file, "[chat]\napi_key = 123456\n").unwrap();
        let error =
            Config::load(&Sources { file: Some(file), ..Sources::default() }).unwrap_err().to_string();
        assert!(error.contains("chat.api_key") && !error.contains("123456"), "{error}");
    }

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
        insta::assert_snapshot!(error, @"MAX_FILE_SIZE: `lots` is not a whole number");
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
        assert_eq!((section.quantization, section.replicas), (Some(Quantization::Scalar), 0));
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
        let secrets =
            with(&[("OPENAI_API_KEY", "sk-hunter2"), ("DATABASE_URL", "postgres://u:pass%40word@h/x")])
                .unwrap()
                .secrets();
        assert!(secrets.contains(&"sk-hunter2".to_owned()) && secrets.contains(&"pass%40word".to_owned()));
        let named = with(&[
            ("DATABASE_URL", "postgres://docent@h/x"),
            ("OPENAI_BASE_URL", "http://key-4711@h/v1"),
            ("CHAT_MODEL", "any"),
        ])
        .unwrap();
        let secrets = named.secrets();
        assert!(!secrets.contains(&"docent".to_owned()) && secrets.contains(&"key-4711".to_owned()));
    }
}
