//! The contract of [`Embedder`], run on every provider, and what only a real model can show.

use std::sync::LazyLock;
use std::time::Duration;

use super::*;

/// Where `make test` has put the model. Tests that need it fail without it: a skipped test proves nothing.
fn home() -> PathBuf {
    std::env::var_os("DOCENT_HOME")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../.docent")), PathBuf::from)
}

fn local(precision: Precision) -> EmbeddingSettings {
    let settings =
        LocalSettings { precision: Some(precision), sessions: Some(2), ..LocalSettings::new(home()) };
    EmbeddingSettings::Local(settings)
}

fn cosine(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// A text of several hundred tokens, longer than any of the models here reads.
static LONG: LazyLock<String> = LazyLock::new(|| "The kestrel hovers over the meadow. ".repeat(60));

async fn keeps_the_contract(settings: EmbeddingSettings) {
    let embedder = open(&settings).await.unwrap();
    let info = embedder.info().clone();
    assert!(info.dimension > 0 && info.max_tokens > 0 && embedder.batch() > 0, "{info:?}");

    let texts: Vec<String> = (0..40).map(|n| format!("Passage {n} is about the number {n}.")).collect();
    let vectors = embedder.passages(&texts).await.unwrap();
    assert_eq!(vectors.len(), texts.len());
    for vector in &vectors {
        assert_eq!(vector.len(), info.dimension);
        assert!((cosine(vector, vector) - 1.0).abs() < 1e-5, "of length one");
    }
    let alone = embedder.passages(&texts[7..8]).await.unwrap();
    assert_eq!(alone[0], vectors[7], "company changes nothing, nor does the session");
    assert_ne!(vectors[7], vectors[8]);

    assert!(embedder.passages(&[]).await.unwrap().is_empty());
    for odd in ["", " \n ", "\u{0}", "😀", LONG.as_str()] {
        assert_eq!(embedder.query(odd).await.unwrap().len(), info.dimension, "{odd:.9}");
    }
}

#[tokio::test]
async fn the_hash_keeps_the_contract() {
    keeps_the_contract(EmbeddingSettings::Hash(HashSettings::default())).await;
}

#[tokio::test]
async fn the_model_in_fp32_keeps_the_contract() {
    keeps_the_contract(local(Precision::Fp32)).await;
}

#[tokio::test]
async fn the_model_in_int8_keeps_the_contract() {
    keeps_the_contract(local(Precision::Int8)).await;
}

/// The similarities of these sentences are published with the model; int8 comes close.
#[tokio::test]
async fn the_model_gives_the_published_similarities() {
    for (precision, expected, tolerance) in
        [(Precision::Fp32, [0.9429, 0.2569], 0.0002), (Precision::Int8, [0.9217, 0.2774], 0.03)]
    {
        let embedder = open(&local(precision)).await.unwrap();
        let happy = embedder.query("That is a happy person").await.unwrap();
        let others = ["That is a very happy person".to_owned(), "Today is a sunny day".to_owned()];
        let others = embedder.passages(&others).await.unwrap();
        for (other, expected) in others.iter().zip(expected) {
            let found = cosine(&happy, other);
            assert!((found - expected).abs() < tolerance, "{precision:?}: {found}, expected {expected}");
        }
    }
}

#[tokio::test]
async fn the_model_is_described_as_the_index_records_it() {
    let embedder = open(&local(Precision::Int8)).await.unwrap();
    let expected = ModelInfo { name: "all-MiniLM-L6-v2/int8".to_owned(), dimension: 384, max_tokens: 256 };
    assert_eq!(embedder.info(), &expected);
}

#[tokio::test]
async fn tokens_are_counted_whole_and_where_they_are() {
    let embedder = open(&local(Precision::Int8)).await.unwrap();
    let counter = embedder.tokenizer();
    let text = "Kestrels hover.\nNaïve 日本語";
    let tokens: Vec<&str> = counter.offsets(text).unwrap().into_iter().map(|(a, b)| &text[a..b]).collect();
    assert_eq!(tokens, ["Ke", "strel", "s", "hove", "r", ".", "Naïve", "日", "本", "語"]);
    assert_eq!(counter.count(text), tokens.len());
    // Neither padded to a fixed length nor cut at one.
    assert_eq!(counter.count("one"), 1);
    let long = LONG.repeat(20);
    assert_eq!(counter.count(&long), 20 * counter.count(&LONG));
    let offsets = counter.offsets(&long).unwrap();
    assert_eq!(offsets.len(), counter.count(&long));
    assert!(offsets.windows(2).all(|pair| pair[0].1 <= pair[1].0) && offsets.last().unwrap().1 < long.len());
}

/// On a busy machine the low priority of passages must not starve them, nor they the question.
#[tokio::test(flavor = "multi_thread")]
async fn many_callers_share_the_sessions() {
    let embedder = open(&local(Precision::Int8)).await.unwrap();
    let callers = (0..8).map(|caller| {
        let embedder = Arc::clone(&embedder);
        async move {
            let texts: Vec<String> = (0..10).map(|n| format!("caller {caller} sentence {n}")).collect();
            let vectors = embedder.passages(&texts).await.unwrap();
            assert_eq!(vectors[3], embedder.query(&texts[3]).await.unwrap(), "the same in both sessions");
        }
    });
    let all = futures_util::future::join_all(callers);
    tokio::time::timeout(Duration::from_secs(120), all).await.unwrap();
}

#[tokio::test]
async fn a_damaged_model_is_an_error_that_names_it() {
    let folder = tempfile::tempdir().unwrap();
    let source = home().join("models/all-MiniLM-L6-v2");
    for file in ["config.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"] {
        fs_err::copy(source.join(file), folder.path().join(file)).unwrap();
    }
    let graph = fs_err::read(source.join("model_int8.onnx")).unwrap();
    for damaged in [&b""[..], b"not a model", &graph[..graph.len() / 2]] {
        fs_err::write(folder.path().join("model_int8.onnx"), damaged).unwrap();
        let mut settings = LocalSettings::new(home());
        settings.model = folder.path().display().to_string();
        let Err(error) = open(&EmbeddingSettings::Local(settings)).await else { panic!("it loaded") };
        assert!(matches!(error, EmbeddingError::Model { .. }), "{error}");
        assert!(error.to_string().contains("model_int8.onnx"), "{error}");
    }
}

#[tokio::test]
async fn nothing_fetched_is_said_before_anything_is_loaded() {
    let Err(error) = open(&EmbeddingSettings::Local(LocalSettings::new("/nowhere"))).await else {
        panic!("it opened")
    };
    assert!(error.to_string().contains("make setup"), "{error}");
    assert_eq!(error.code(), Code::EmbeddingUnavailable);
}
