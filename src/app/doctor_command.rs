//! `docent doctor`: tries each thing the server depends on, and says what is wrong and what to do about it.

use std::fmt::Display;
use std::path::Path;
use std::time::{Duration, Instant};

use futures_util::TryStreamExt;

use super::client::Api;
use super::judge::Wanted;
use super::{embedding_model, parts};
use crate::config::{Config, OcrMode};
use docent_blobs::{self as blobs, BlobError, BlobSettings};
use docent_bus::{Bus, RedisBus};
use docent_embedding::{self as embedding, Home};
use docent_extract::Extractors;
use docent_recognise::Recognisers;
use docent_rerank::Patient;
use docent_store::Store;
use docent_vectors::{self as vectors, IndexSettings};

/// A server that takes longer counts as away.
const PATIENCE: Duration = Duration::from_secs(3);
const PROBE: &[u8] = b"docent doctor";

type Checked = Result<String, String>;

/// Prints a line for each check; an error if any of them failed.
pub async fn run(config: &Config) -> Result<(), Box<dyn std::error::Error>> {
    let mut failed = 0;
    let mut report = |name: &str, checked: Checked| {
        let (mark, text) = match checked {
            Ok(text) => ("ok  ", text),
            Err(text) => {
                failed += 1;
                ("FAIL", text)
            }
        };
        println!("{mark}  {name:<16} {text}");
    };
    report("data", data_folder(&config.server.data_dir));
    report("libraries", libraries(&config.server.home));
    report("database", database(config).await);
    report("news", news(config).await);
    report("originals", originals(config).await);
    let config = &with_model(config).await;
    let (model, info) = model(config).await;
    report("embedding", model);
    match info {
        Some(info) if !is_running(config, &info).await => report("index", index(config, &info).await),
        Some(_) => match of_server(config).await {
            Ok(told) => {
                told.into_iter().for_each(|(name, checked)| report(&format!("server: {name}"), checked))
            }
            Err(text) => report("server", Err(text)),
        },
        None => {}
    }
    report("reranking", reranking(config).await);
    report("judge", judge(config).await);
    report("reader", reader(config).await);
    report("pictures", pictures(config).await);
    report("answers", answers(config).await);
    if failed == 0 { Ok(()) } else { Err(format!("{failed} of these need attention").into()) }
}

fn data_folder(folder: &Path) -> Checked {
    fs_err::create_dir_all(folder).map_err(said)?;
    let probe = folder.join(".doctor");
    fs_err::write(&probe, b"x").and_then(|()| fs_err::remove_file(&probe)).map_err(said)?;
    Ok(format!("{} can be written", folder.display()))
}

fn libraries(home: &Path) -> Checked {
    let home = Home::open(home).map_err(said)?;
    home.verify().map_err(said)?;
    Ok("ONNX Runtime, libpdfium and the model are whole".to_owned())
}

async fn database(config: &Config) -> Checked {
    let store = Store::open(&parts::store_settings(config).map_err(said)?).await.map_err(with_causes)?;
    let mut tx = store.read().await.map_err(with_causes)?;
    tx.fact("doctor").await.map_err(with_causes)?;
    drop(tx);
    store.close().await;
    Ok("answers, and its tables are up to date".to_owned())
}

async fn news(config: &Config) -> Checked {
    let Some(settings) = parts::bus_settings(config, "doctor") else {
        return Ok("within this process: there is one node".to_owned());
    };
    let bus = RedisBus::open(&settings).map_err(said)?;
    // Connected is whoever has heard so.
    let mut listener = bus.subscribe();
    let heard = tokio::time::timeout(PATIENCE, listener.next()).await;
    bus.close().await;
    match (heard, bus.trouble()) {
        (Ok(Some(_)), _) => Ok("go through Redis, which answers".to_owned()),
        (_, trouble) => Err(trouble.unwrap_or_else(|| "Redis does not answer".to_owned())),
    }
}

/// Writes, reads and removes something small.
async fn originals(config: &Config) -> Checked {
    let settings = parts::blob_settings(config).map_err(said)?;
    let place = match &settings {
        BlobSettings::Folder(path) => path.display().to_string(),
        BlobSettings::Object(object) => format!("bucket {}", object.bucket),
    };
    let tried = async {
        let blobs = blobs::open(&settings).await?;
        let mut writer = blobs.begin().await?;
        writer.write(PROBE).await?;
        let stored = writer.finish().await?;
        let read: Vec<_> = blobs.read(&stored.key, 0..stored.size).await?.try_collect().await?;
        blobs.remove(&stored.key).await?;
        Ok::<_, BlobError>(read.concat() == PROBE)
    };
    match tried.await.map_err(with_causes)? {
        true => Ok(format!("{place} can be written, read and cleared")),
        false => Err(format!("{place} gives back something else than was written")),
    }
}

/// The settings as a server has them; as they are where the database does not answer.
async fn with_model(config: &Config) -> Config {
    let told = async {
        let store = Store::open(&parts::store_settings(config)?).await?;
        let told = embedding_model::with_model(config, &store).await;
        store.close().await;
        told
    };
    if config.vectors.url.is_none() { config.clone() } else { told.await.unwrap_or_else(|_| config.clone()) }
}

async fn model(config: &Config) -> (Checked, Option<embedding::ModelInfo>) {
    let opened = async {
        let settings = parts::embedding_settings(config).map_err(said)?;
        embedding::open(&settings).await.map_err(said)
    };
    match opened.await {
        Ok(embedder) => {
            let info = embedder.info().clone();
            (Ok(format!("{} ({} dimensions)", info.name, info.dimension)), Some(info))
        }
        Err(text) => (Err(text), None),
    }
}

async fn reranking(config: &Config) -> Checked {
    match parts::reranker(config).await.map_err(said)? {
        Some(reranker) => judging(&reranker).await,
        None => Ok("no model looks at passages again (RERANK_PROVIDER=off)".to_owned()),
    }
}

async fn judge(config: &Config) -> Checked {
    match Wanted::by(config) {
        Wanted::Nothing => {
            Ok("no model reads passages in a chat (RETRIEVAL_JUDGE, RETRIEVAL_SENTENCES_MS)".to_owned())
        }
        Wanted::Missing => Ok(format!("not here: {}; `make setup` fetches it", config.retrieval.judge)),
        Wanted::Model(model) => judging(&model.load().await.map_err(with_causes)?).await,
    }
}

/// Has a model judge two passages, one of which answers.
async fn judging(model: &Patient) -> Checked {
    let passages = ["Kestrels eat voles.", "Invoices are due within thirty days."].map(str::to_owned);
    let begun = Instant::now();
    let scores = model.scores("What do kestrels eat?", &passages).await.map_err(with_causes)?;
    let told = format!("{}, two passages in {} ms", model.name(), begun.elapsed().as_millis());
    if scores[0] > scores[1] {
        Ok(told)
    } else {
        Err(format!("{told}: it prefers the passage that does not answer; is it a reranking model?"))
    }
}

async fn index(config: &Config, model: &embedding::ModelInfo) -> Checked {
    let settings = parts::index_settings(config, model);
    let kind = match &settings {
        IndexSettings::Edge(_) => "embedded",
        IndexSettings::Memory(_) => "in memory",
        IndexSettings::Qdrant(_) => "Qdrant server",
    };
    let index = vectors::open(settings).await.map_err(said)?;
    let state = index.state().await;
    if let (Some(place), true) = (&state.set_aside, state.incomplete) {
        return Err(format!(
            "{kind}, was damaged; it is set aside at {} and built anew by the server, or by `docent reindex`",
            place.display()
        ));
    }
    if state.incomplete {
        return Err(format!("{kind}, was lost; it is built anew by the server, or by `docent reindex`"));
    }
    match state.trouble {
        None => Ok(format!("{kind}, {} points, {} MB", state.points, state.disk_bytes >> 20)),
        Some(trouble) => Err(trouble),
    }
}

/// Whether a server has the embedded index open: then it knows how things are, and nothing can be opened beside it.
async fn is_running(config: &Config, model: &embedding::ModelInfo) -> bool {
    matches!(parts::index_settings(config, model), IndexSettings::Edge(edge) if vectors::is_in_use(&edge.folder))
}

/// What the running server says of its dependencies.
async fn of_server(config: &Config) -> Result<Vec<(String, Checked)>, String> {
    let token = std::env::var("DOCENT_TOKEN").ok().filter(|token| !token.is_empty());
    let base = format!("http://{}", config.server.listen);
    let api = Api::new(&base, token).map_err(said)?;
    // Not ready is an answer, too.
    let answer = api.request(reqwest::Method::GET, "/readyz").send().await.map_err(|error| {
        format!("a server works on this data folder, and does not answer at {base}: {}", with_causes(error))
    })?;
    let answer: serde_json::Value = answer.json().await.map_err(with_causes)?;
    let Some(told) = answer["dependencies"].as_array() else {
        return Err(format!(
            "the server at {base} tells only admins more: set DOCENT_TOKEN to an admin's API key"
        ));
    };
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let one = |told: &serde_json::Value| {
        let message = text(&told["message"]);
        (text(&told["name"]), if told["ok"] == true { Ok(message) } else { Err(message) })
    };
    Ok(told.iter().map(one).collect())
}

async fn reader(config: &Config) -> Checked {
    let settings = parts::extract_settings(config, None).map_err(said)?;
    let fetched = settings.pdfium.clone();
    let held = Extractors::new(settings).confinement().await.map_err(with_causes)?;
    let all = [
        ("landlock", held.landlock),
        ("seccomp", held.seccomp),
        ("limits", held.rlimits),
        ("second PDF engine", held.pdfium),
    ];
    let list = |wanted: bool| {
        let names: Vec<_> = all.iter().filter(|(_, there)| *there == wanted).map(|(name, _)| *name).collect();
        names.join(", ")
    };
    if let Some(library) = fetched.filter(|_| !held.pdfium) {
        return Err(format!(
            "the second PDF engine is there ({}) but could not be loaded: remove it and run `make setup`",
            library.display()
        ));
    }
    let missing = list(false);
    // A kernel without landlock is no reason not to start: the other walls stand.
    Ok(if missing.is_empty() { list(true) } else { format!("{}; not here: {missing}", list(true)) })
}

/// Reads a small picture.
async fn pictures(config: &Config) -> Checked {
    if config.ocr.mode == OcrMode::Off {
        return Ok("text in them is not read (OCR=off)".to_owned());
    }
    let Some(settings) = parts::recognise_settings(config, None).map_err(said)? else {
        return Err("the models that read text in them are missing; `make setup` fetches them".to_owned());
    };
    let recognisers = Recognisers::new(settings);
    let seen = recognisers.try_out().await.map_err(with_causes)?;
    let second = match recognisers.second_languages().await {
        Some(languages) => format!("Tesseract for other scripts: {}", languages.join(", ")),
        None => "no Tesseract, so other scripts than Latin, Chinese and Japanese are not read".to_owned(),
    };
    Ok(format!("PP-OCR read `{}` ({:.0} %); {second}", seen.text, seen.confidence * 100.0))
}

async fn answers(config: &Config) -> Checked {
    let model = parts::chat_model(config).map_err(said)?;
    let status = model.status().await;
    let text = format!("{} ({}): {}", model.provider(), model.default_model(), status.message);
    if status.connected { Ok(text) } else { Err(text) }
}

fn said(error: impl Display) -> String {
    error.to_string()
}

fn with_causes(error: impl std::error::Error) -> String {
    super::with_causes(&error)
}
