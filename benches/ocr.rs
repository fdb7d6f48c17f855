//! `cargo bench --bench ocr -- [pages]`: pages a second of text recognition, in its confined process, with one thread and
//! with two. Goal: 1.5 times the Python package that the models come from, on the same pages with as many threads: where
//! `PEERS_PYTHON` names a Python with `benches/peers/requirements.txt`, it reads them, too.
//! Prints a table, and JSON as its last line.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use docent::recognise::{Kind, Limits, ModelFiles, RecogniseSettings, Recognisers};
use serde_json::{Value, json};

const PICTURE: &str = "fixtures/pictures/notice.png";

#[tokio::main]
async fn main() {
    let pages = std::env::args().skip(1).find_map(|arg| arg.parse().ok()).unwrap_or(20);
    println!("{:<8} {:>10} {:>14} {:>8}", "threads", "pages/s", "rapidocr", "times");
    let mut runs = Vec::new();
    for threads in [1, 2] {
        let own = own_rate(pages, threads).await;
        let other = rapidocr_rate(pages, threads);
        let times = other.map(|other| own / other);
        let shown = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| format!("{value:.2}"));
        println!("{threads:<8} {own:>10.2} {:>14} {:>8}", shown(other), shown(times));
        runs.push(json!({ "threads": threads, "pages_s": own, "rapidocr_pages_s": other, "times": times }));
    }
    println!("{}", json!({ "bench": "ocr", "goal_times": 1.5, "pages": pages, "runs": runs }));
}

/// The first page is not counted: it loads the models.
async fn own_rate(pages: usize, threads: usize) -> f64 {
    let recognisers = Recognisers::new(settings(threads));
    let file = std::fs::File::open(root().join(PICTURE)).expect("the picture");
    let mut recognition = recognisers.open(file, Kind::Picture).expect("a reading");
    recognition.page(1, false).await.expect("a page; `make setup` fetches the models");
    let begun = Instant::now();
    for _ in 0..pages {
        recognition.page(1, false).await.expect("a page");
    }
    pages as f64 / begun.elapsed().as_secs_f64()
}

fn rapidocr_rate(pages: usize, threads: usize) -> Option<f64> {
    let python = std::env::var_os("PEERS_PYTHON")?;
    let ran = Command::new(python)
        .arg(root().join("benches/peers/ocr.py"))
        .arg(root().join(PICTURE))
        .args([pages.to_string(), threads.to_string()])
        .env("ORT_DISABLE_TELEMETRY", "1")
        .output()
        .expect("that Python");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let said: Value = serde_json::from_slice(&ran.stdout).expect("a line of JSON");
    said["pages_s"].as_f64()
}

fn settings(threads: usize) -> RecogniseSettings {
    let home = std::env::var_os("DOCENT_HOME").map_or_else(|| root().join(".docent"), PathBuf::from);
    let model = |name: &str| home.join("models/ppocr-v6").join(format!("{name}.onnx"));
    let library = if cfg!(target_os = "macos") { "libonnxruntime.dylib" } else { "libonnxruntime.so" };
    RecogniseSettings {
        program: PathBuf::from(env!("CARGO_BIN_EXE_docent")),
        models: ModelFiles {
            runtime: home.join("lib").join(library),
            detection: model("detection"),
            recognition: model("recognition"),
            orientation: model("orientation"),
        },
        pdfium: None,
        tesseract: None,
        threads,
        at_once: 1,
        limits: Limits::default(),
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
