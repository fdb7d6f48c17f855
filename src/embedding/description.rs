//! What a model's folder says about the model: in `docent.json`, or in the files that exporters write beside it.

use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use super::EmbeddingError;

/// How token vectors become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Pooling {
    /// The first token speaks for all.
    Cls,
    Mean,
}

/// What is needed to run a model as its authors mean it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Description {
    pub pooling: Pooling,
    /// The most tokens of a text, the special ones included.
    pub max_tokens: usize,
    /// Some models are trained to be told which of the two a text is.
    pub query_prefix: String,
    pub passage_prefix: String,
    /// Where it is said, the vectors are held to it.
    pub dimension: Option<usize>,
    /// Raised when the same text would get another vector.
    pub version: Option<u32>,
}

/// `docent.json`; what it leaves out is looked up in the other files.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    pooling: Option<Pooling>,
    max_tokens: Option<usize>,
    #[serde(default)]
    query_prefix: String,
    #[serde(default)]
    passage_prefix: String,
    dimension: Option<usize>,
    version: Option<u32>,
}

impl Description {
    pub(super) fn of(folder: &Path) -> Result<Self, EmbeddingError> {
        let path = folder.join("docent.json");
        let said = match fs_err::read(&path) {
            Ok(bytes) => serde_json::from_slice::<Said>(&bytes).map_err(|error| EmbeddingError::Model {
                model: folder.display().to_string(),
                reason: format!("docent.json: {error}"),
            })?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Said::default(),
            Err(source) => return Err(EmbeddingError::Io { path, source }),
        };
        Ok(Self {
            pooling: said.pooling.map_or_else(|| pooling(folder), Ok)?,
            max_tokens: said.max_tokens.unwrap_or_else(|| max_tokens(folder)),
            query_prefix: said.query_prefix,
            passage_prefix: said.passage_prefix,
            dimension: said.dimension,
            version: said.version,
        })
    }

    /// The name to record with an index: everything that changes the vectors is in it.
    pub(super) fn recorded_name(&self, name: &str, precision: &str) -> String {
        match self.version {
            None => format!("{name}/{precision}"),
            Some(version) => format!("{name}/{precision}@{version}"),
        }
    }
}

/// As sentence-transformers writes it beside the model; mean where nothing is said.
fn pooling(folder: &Path) -> Result<Pooling, EmbeddingError> {
    let Some(config) = json(&folder.join("1_Pooling/config.json")) else { return Ok(Pooling::Mean) };
    let modes: Vec<&str> = config
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(key, value)| key.starts_with("pooling_mode_") && value.as_bool() == Some(true))
        .map(|(key, _)| key.as_str())
        .collect();
    match modes.as_slice() {
        [] | ["pooling_mode_mean_tokens"] => Ok(Pooling::Mean),
        ["pooling_mode_cls_token"] => Ok(Pooling::Cls),
        other => Err(EmbeddingError::Model {
            model: folder.display().to_string(),
            reason: format!("pooling by {} is not supported; mean and cls are", other.join(" and ")),
        }),
    }
}

/// The least of what the files say the model reads.
fn max_tokens(folder: &Path) -> usize {
    let said = [
        ("sentence_bert_config.json", "max_seq_length"),
        ("tokenizer_config.json", "model_max_length"),
        ("config.json", "max_position_embeddings"),
    ];
    let limits = said.iter().filter_map(|(file, key)| json(&folder.join(file))?.get(*key)?.as_u64());
    limits.min().and_then(|least| usize::try_from(least).ok()).unwrap_or(512)
}

fn json(path: &Path) -> Option<Value> {
    serde_json::from_slice(&fs_err::read(path).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::folder;

    #[test]
    fn pooling_and_length_come_from_the_folder() {
        let cls = folder(&[
            (
                "1_Pooling/config.json",
                r#"{"pooling_mode_cls_token": true, "pooling_mode_mean_tokens": false}"#,
            ),
            ("tokenizer_config.json", r#"{"model_max_length": 1000000000000000019884624838656}"#),
            ("config.json", r#"{"max_position_embeddings": 512}"#),
        ]);
        let said = Description::of(cls.path()).unwrap();
        assert_eq!((said.pooling, said.max_tokens), (Pooling::Cls, 512));

        let plain = folder(&[("sentence_bert_config.json", r#"{"max_seq_length": 256}"#)]);
        let said = Description::of(plain.path()).unwrap();
        assert_eq!((said.pooling, said.max_tokens), (Pooling::Mean, 256));
        assert_eq!(said.recorded_name("all-MiniLM-L6-v2", "int8"), "all-MiniLM-L6-v2/int8");

        let other = folder(&[("1_Pooling/config.json", r#"{"pooling_mode_lasttoken": true}"#)]);
        assert!(Description::of(other.path()).is_err());
    }

    #[test]
    fn a_description_of_ours_goes_before_the_others() {
        let described = folder(&[
            (
                "docent.json",
                r#"{"pooling": "cls", "query_prefix": "query: ", "max_tokens": 128, "version": 3}"#,
            ),
            ("sentence_bert_config.json", r#"{"max_seq_length": 256}"#),
        ]);
        let said = Description::of(described.path()).unwrap();
        assert_eq!((said.pooling, said.max_tokens), (Pooling::Cls, 128));
        assert_eq!((said.query_prefix.as_str(), said.passage_prefix.as_str()), ("query: ", ""));
        assert_eq!(said.recorded_name("e5", "int8"), "e5/int8@3");

        for wrong in ["{", r#"{"pooling": "last"}"#, r#"{"prefix": "query: "}"#] {
            let error = Description::of(folder(&[("docent.json", wrong)]).path()).unwrap_err();
            assert!(error.to_string().contains("docent.json"), "{error}");
        }
    }
}
