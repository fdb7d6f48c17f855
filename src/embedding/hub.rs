//! Every other model that fastembed knows by name, from its hub. The first start downloads it.

use std::sync::{Arc, Mutex, PoisonError};

use super::local::{InProcess, blocking, sessions};
use super::onnx::{self, Known};
use super::pool::{Load, Pool, Session};
use super::{Embedder, EmbeddingError, Home, HubSettings, ModelInfo, TokenCounter};

/// What a family of models wants to read before a question and before a passage, by a part of its hub name.
const PREFIXES: &[(&str, &str, &str)] = &[
    ("bge-base-en", "Represent this sentence for searching relevant passages: ", ""),
    ("bge-large-en", "Represent this sentence for searching relevant passages: ", ""),
    ("bge-small-en", "Represent this sentence for searching relevant passages: ", ""),
    ("embeddinggemma", "task: search result | query: ", "title: none | text: "),
    ("multilingual-e5", "query: ", "passage: "),
    ("mxbai-embed", "Represent this sentence for searching relevant passages: ", ""),
    ("nomic-embed", "search_query: ", "search_document: "),
    ("snowflake-arctic", "Represent this sentence for searching relevant passages: ", ""),
];

pub(super) async fn open(settings: &HubSettings) -> Result<Arc<dyn Embedder>, EmbeddingError> {
    let model = named(&settings.model)?;
    let (home, cache, wanted) = (settings.home.clone(), settings.cache.clone(), model.clone());
    let prepare = move || {
        let environment = onnx::start(&Home::open(home)?)?;
        let first = onnx::download(&environment, &wanted, &cache)?;
        let (max_tokens, tokenizer) = onnx::tokenizer_of(&first)?;
        let counter = TokenCounter::from_json(tokenizer.as_bytes())?;
        // The session that told us about the model becomes the first of the pool.
        let first = Mutex::new(Some(first));
        let load: Load = Arc::new(move || {
            let ready = first.lock().unwrap_or_else(PoisonError::into_inner).take();
            let session = ready.map_or_else(|| onnx::download(&environment, &wanted, &cache), Ok)?;
            Ok(Box::new(session) as Box<dyn Session>)
        });
        Ok((load, max_tokens, counter))
    };
    let (load, max_tokens, counter) = blocking(prepare).await?;
    let pool = Pool::start(load, sessions(settings.sessions)).await?;
    let (query_prefix, passage_prefix) = prefixes(&model.code);
    let max_tokens = max_tokens.saturating_sub(counter.count(passage_prefix));
    let info = ModelInfo { name: model.name, dimension: pool.dimension(), max_tokens };
    Ok(Arc::new(InProcess {
        info,
        pool,
        counter: Arc::new(counter),
        query_prefix: query_prefix.to_owned(),
        passage_prefix: passage_prefix.to_owned(),
    }))
}

/// By fastembed's name or the hub's, whatever the case.
fn named(name: &str) -> Result<Known, EmbeddingError> {
    let known = onnx::known();
    let is = |model: &&Known| model.name.eq_ignore_ascii_case(name) || model.code.eq_ignore_ascii_case(name);
    if let Some(model) = known.iter().find(is) {
        return Ok(model.clone());
    }
    let names: Vec<String> = known.into_iter().map(|model| model.name).collect();
    Err(EmbeddingError::UnknownModel { model: name.to_owned(), known: names.join(", ") })
}

fn prefixes(code: &str) -> (&'static str, &'static str) {
    let code = code.to_lowercase();
    let found = PREFIXES.iter().find(|(part, ..)| code.contains(part));
    found.map_or(("", ""), |(_, query, passage)| (query, passage))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn models_are_found_by_either_name() {
        assert_eq!(named("bgesmallenv15").unwrap().name, "BGESmallENV15");
        let e5 = named("intfloat/multilingual-e5-small").unwrap();
        assert_eq!(e5.name, "MultilingualE5Small");
        assert_eq!(prefixes(&e5.code), ("query: ", "passage: "));
        assert_eq!(prefixes(&named("AllMiniLML12V2").unwrap().code), ("", ""));
    }

    #[test]
    fn an_unknown_name_is_answered_with_those_that_are_known() {
        let error = named("word2vec").unwrap_err().to_string();
        assert!(error.contains("`word2vec`") && error.contains("AllMiniLML12V2, "), "{error}");
    }

    #[test]
    fn every_prefix_belongs_to_a_model() {
        for (part, ..) in PREFIXES {
            assert!(onnx::known().iter().any(|model| model.code.to_lowercase().contains(part)), "{part}");
        }
    }
}
