//! A cross-encoder through ONNX Runtime.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::onnx::OnnxReranker;
use super::*;

/// A graph that counts the words which question and passage share: small enough to stand among the fixtures.
async fn overlap(sessions: usize) -> Result<OnnxReranker, RerankError> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let home = std::env::var_os("DOCENT_HOME").map_or_else(|| root.join(".docent"), PathBuf::from);
    let model = CrossEncoderModel::Folder(root.join("fixtures/rerank/overlap"));
    OnnxReranker::open(&OnnxSettings { home, model, sessions }).await
}

#[tokio::test]
async fn passages_are_scored_in_their_order() {
    let reranker = overlap(2).await.unwrap();
    assert_eq!(reranker.name(), "overlap");
    let passages = ["The invoice is due in March", "Kestrels eat voles", "Owls hunt voles"];
    let passages: Vec<String> = passages.iter().cycle().take(30).map(|text| (*text).to_owned()).collect();
    let until = Instant::now() + Duration::from_secs(60);
    let scores = reranker.rerank("What do kestrels eat?", &passages, until).await.unwrap();
    for three in scores.chunks(3) {
        assert!(three[1] > 0.5 && three[0] < 0.5 && three[2] < 0.5, "{three:?}");
    }
    let long = vec!["voles ".repeat(500)];
    reranker.rerank(&"what ".repeat(500), &long, until).await.unwrap();
}

#[tokio::test]
async fn what_would_come_too_late_is_not_begun() {
    let reranker = overlap(1).await.unwrap();
    let passages = vec!["Kestrels eat voles".to_owned()];
    let error = reranker.rerank("kestrels", &passages, Instant::now()).await.unwrap_err();
    assert!(matches!(error, RerankError::TooLate), "{error}");
}

#[tokio::test]
async fn a_folder_without_a_model_is_named() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.docent");
    let model = CrossEncoderModel::Folder("no-such-model".into());
    let Err(error) = OnnxReranker::open(&OnnxSettings { home, model, sessions: 1 }).await else {
        panic!("it opened")
    };
    assert!(error.to_string().contains("no-such-model"), "{error}");
}
