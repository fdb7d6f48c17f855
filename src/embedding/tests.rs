//! The contract of [`Embedder`], run on every provider, and what only a real model can show.

use std::sync::LazyLock;
use std::time::Duration;

use super::*;

/// Where `make test` has put the model. Tests that need it fail without it: a skipped test proves nothing.
fn home() -> PathBuf {
    std::env::var_os("DOCENT_HOME")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../.docent")), PathBuf::from)
}

/// A folder with these files.
pub(super) fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = folder.path().join(name);
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        fs_err::write(path, content).unwrap();
    }
    folder
}

fn local(precision: Precision) -> EmbeddingSettings {
    let model = "all-MiniLM-L6-v2".to_owned();
    let (precision, sessions) = (Some(precision), Some(2));
    EmbeddingSettings::Local(LocalSettings { model, precision, sessions, ..LocalSettings::new(home()) })
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

fn multilingual() -> EmbeddingSettings {
    EmbeddingSettings::Local(LocalSettings { sessions: Some(2), ..LocalSettings::new(home()) })
}

#[tokio::test]
async fn the_multilingual_model_keeps_the_contract() {
    keeps_the_contract(multilingual()).await;
    let expected =
        ModelInfo { name: "multilingual-e5-small/int8@1".to_owned(), dimension: 384, max_tokens: 509 };
    assert_eq!(open(&multilingual()).await.unwrap().info(), &expected);
}

/// The package's own program gives these cosines, with its prefixes; int8 comes close.
#[tokio::test]
async fn the_multilingual_model_finds_an_answer_in_other_languages() {
    let embedder = open(&multilingual()).await.unwrap();
    let question = embedder.query("How long does a battery last?").await.unwrap();
    let passages = [
        ("The battery lasts for twelve hours.", 0.8793),
        ("Der Akku hält zwölf Stunden.", 0.8453),
        ("تدوم البطارية اثنتي عشرة ساعة.", 0.8716),
        ("Kestrels hunt voles over open meadows.", 0.7224),
    ];
    let texts: Vec<String> = passages.iter().map(|(text, _)| (*text).to_owned()).collect();
    for ((text, expected), vector) in passages.iter().zip(embedder.passages(&texts).await.unwrap()) {
        let found = cosine(&question, &vector);
        assert!((found - expected).abs() < 0.02, "{text}: {found}, expected {expected}");
    }
    let unprefixed = embedder.passages(&["How long does a battery last?".to_owned()]).await.unwrap();
    assert!(cosine(&question, &unprefixed[0]) < 0.999, "questions and passages are told apart");
}

/// The same tokens as Hugging Face's library finds with the same file, in a fraction of its memory.
#[test]
fn our_tokens_are_those_of_the_reference() {
    let json = fs_err::read(home().join("models/multilingual-e5-small/tokenizer.json")).unwrap();
    let ours = TokenCounter::from_json(&json).unwrap();
    let mut file: serde_json::Value = serde_json::from_slice(&json).unwrap();
    // Needs an engine for expressions that is not compiled in; the texts have no runs of blanks.
    file["normalizer"]["normalizers"].as_array_mut().unwrap().pop();
    let reference = tokenizers::Tokenizer::from_bytes(serde_json::to_vec(&file).unwrap()).unwrap();
    for text in [
        "Kestrels hover over the meadow, 1,234.5 m² at most; PPR-9087 and XJ-4471-B.",
        "Die Kündigungsfrist beträgt sechs Wochen zum Monatsende – für „Häuser“ gilt §\u{a0}573c.",
        "Los Panthers, que además lideraron la liga en intercepciones, cedieron 308 puntos.",
        "ผมไม่เข้าใจภาษาไทย 南京市长江大桥 東京都民の請求書を確認した 계약은 유효합니다",
        "تدوم البطارية اثنتي عشرة ساعة. Счёт-фактура № 42 İstanbul'da ﬁnal ½ ｶﾞｷ e\u{301}te\u{301}",
        "🦅 \u{1f1e9}\u{1f1ea} zero\u{200b}width\ttab\nline e\u{1}nd 𝒳𝒴 ①",
    ] {
        let expected = reference.encode(text, true).unwrap();
        let expected: Vec<i64> = expected.get_ids().iter().copied().map(i64::from).collect();
        assert_eq!(ours.ids(text, 512).unwrap(), expected, "{text}");
        let offsets = ours.offsets(text).unwrap();
        assert_eq!(offsets.len() + 2, expected.len());
        assert!(offsets.windows(2).all(|pair| pair[0].0 <= pair[1].0) && offsets.iter().all(|(a, b)| a <= b));
        assert!(offsets.iter().all(|(a, b)| text.is_char_boundary(*a) && text.is_char_boundary(*b)));
    }
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

/// `MODEL=multilingual-e5-small SESSIONS=3 cargo test -p docent-embedding --lib -- --ignored memory --nocapture`: what a
/// model takes before and after work, and how fast it is.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "measures"]
async fn memory_and_speed() {
    let resident = || {
        let status = fs_err::read_to_string("/proc/self/smaps_rollup").unwrap();
        let of = |key: &str| {
            let line = status.lines().find(|line| line.starts_with(key)).unwrap();
            line.split_whitespace().nth(1).unwrap().parse::<usize>().unwrap() / 1024
        };
        format!("{} MB resident, {} MB by share, {} MB of its own", of("Rss:"), of("Pss:"), of("Anonymous:"))
    };
    let model = std::env::var("MODEL").unwrap_or_else(|_| "multilingual-e5-small".to_owned());
    let sessions = std::env::var("SESSIONS").ok().and_then(|text| text.parse().ok()).unwrap_or(2);
    println!("before: {}", resident());
    let begun = std::time::Instant::now();
    let settings = LocalSettings { model, sessions: Some(sessions), ..LocalSettings::new(home()) };
    let embedder = open(&EmbeddingSettings::Local(settings)).await.unwrap();
    tokio::time::sleep(Duration::from_secs(3)).await;
    println!("{} opened in {:?}: {}", embedder.info().name, begun.elapsed(), resident());
    let sentence =
        "The kestrel hovers over the meadow and looks for voles that run between the stems of grass";
    let texts: Vec<String> =
        (0..96).map(|n| format!("{n}. {}", format!("{sentence}, {n}. ").repeat(10))).collect();
    let tokens: usize = texts.iter().map(|text| embedder.tokenizer().count(text).min(254)).sum();
    let begun = std::time::Instant::now();
    embedder.passages(&texts).await.unwrap();
    let took = begun.elapsed().as_secs_f64();
    println!("{sessions} sessions: {:.1} texts/s of {} tokens: {}", 96.0 / took, tokens / 96, resident());
    let begun = std::time::Instant::now();
    for _ in 0..50 {
        embedder.query("What do kestrels eat in winter?").await.unwrap();
    }
    println!("a question: {:.1} ms", begun.elapsed().as_secs_f64() * 20.0);
}
