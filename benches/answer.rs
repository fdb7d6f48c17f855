//! `cargo bench --bench answer -- [pages [files]]`: from the last byte of an upload to an answer from it, as a person sees
//! it, with the built-in answerer and the default model.
//!
//! - A PDF (400 pages): until a question about the last line of its last page is answered with that line, cited by page;
//!   until everything is embedded; the most memory on the way, reader processes included.
//! - So many text files of 1 kB (400), eight uploads at a time: until a question about the last one is answered; until all
//!   are embedded.
//!
//! Where `PEERS_PYTHON` names a Python with `benches/peers/requirements.txt`, it does the same with pypdf, a text splitter of
//! LangChain, ONNX Runtime with the same model, and Chroma: what people put together themselves. Prints a table, and JSON
//! as its last line.

mod documents;
#[path = "ingest/pdf.rs"]
mod pdf;
mod program;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use documents::{ask, chat, until, upload};
use program::{Program, home, tree_mb};
use serde_json::{Value, json};
use tokio::process::Command;

const FACT: &str = "The spare key of the pump house hangs behind the green barometer.";
const QUESTION: &str = "Where does the spare key of the pump house hang?";
const ANSWER: &str = "green barometer";
const UPLOADS_AT_ONCE: usize = 8;

#[tokio::main]
async fn main() {
    let numbers: Vec<usize> = std::env::args().skip(1).filter_map(|arg| arg.parse().ok()).collect();
    let (pages, files) = (numbers.first().copied().unwrap_or(400), numbers.get(1).copied().unwrap_or(400));
    let folder = tempfile::tempdir().expect("a temporary folder");
    let long = folder.path().join("long.pdf");
    fs_err::write(&long, pdf::ending_with(pages, FACT)).expect("a PDF");
    let notes = folder.path().join("notes");
    fs_err::create_dir(&notes).expect("a folder");
    for (at, text) in pdf::notes(files, FACT).into_iter().enumerate() {
        fs_err::write(notes.join(format!("note-{at:05}.txt")), text).expect("a note");
    }

    let (first, whole, most_mb) = read_pdf(&long).await;
    let own = json!({ "pages": pages, "first_answer_s": first, "everything_s": whole, "most_mb": most_mb });
    let (first, whole) = read_notes(&notes, files).await;
    let own_notes = json!({ "files": files, "first_answer_s": first, "everything_s": whole });
    let peer = match std::env::var_os("PEERS_PYTHON") {
        Some(python) => {
            json!({ "pdf": composite(&python, &long).await, "notes": composite(&python, &notes).await })
        }
        None => Value::Null,
    };
    println!("{:<28} {:>14} {:>14} {:>10}", "", "first answer s", "everything s", "most MB");
    for (name, row) in [
        (format!("{pages} pages"), &own),
        ("  composite".to_owned(), &peer["pdf"]),
        (format!("{files} files of 1 kB"), &own_notes),
        ("  composite".to_owned(), &peer["notes"]),
    ] {
        let shown =
            |field: &str| row[field].as_f64().map_or_else(|| "-".to_owned(), |number| format!("{number:.2}"));
        println!(
            "{name:<28} {:>14} {:>14} {:>10}",
            shown("first_answer_s"),
            shown("everything_s"),
            shown("most_mb")
        );
    }
    println!("{}", json!({ "bench": "answer", "pdf": own, "notes": own_notes, "peer": peer }));
}

/// Seconds to the first right answer, seconds to the end of all work, and megabytes.
async fn read_pdf(path: &std::path::Path) -> (f64, f64, f64) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let program = Program::start(folder.path(), &[]).await;
    // The sessions for documents load after the start.
    tokio::time::sleep(Duration::from_secs(2)).await;
    let bytes = fs_err::read(path).expect("the PDF");
    let reading = Arc::new(AtomicBool::new(true));
    let mut memory = tokio::task::JoinSet::new();
    memory.spawn(watch_memory(program.id(), Arc::clone(&reading)));
    let document = upload(&program, "long.pdf", bytes).await;
    let begun = Instant::now();
    let first = first_answer(&program, begun).await;
    until(&program, document, "completed").await;
    let whole = begun.elapsed().as_secs_f64();
    reading.store(false, Ordering::Release);
    let most_mb = memory.join_next().await.expect("one task").expect("megabytes");
    program.stop().await;
    (first, whole, most_mb)
}

/// From the first upload on, for the files come one by one.
async fn read_notes(notes: &std::path::Path, count: usize) -> (f64, f64) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let program = Arc::new(Program::start(folder.path(), &[]).await);
    tokio::time::sleep(Duration::from_secs(2)).await;
    let gate = Arc::new(tokio::sync::Semaphore::new(UPLOADS_AT_ONCE));
    let mut uploads = tokio::task::JoinSet::new();
    let begun = Instant::now();
    for at in 0..count {
        let name = format!("note-{at:05}.txt");
        let bytes = fs_err::read(notes.join(&name)).expect("a note");
        let (program, permit) =
            (Arc::clone(&program), Arc::clone(&gate).acquire_owned().await.expect("open"));
        uploads.spawn(async move {
            let document = upload(&program, name, bytes).await;
            drop(permit);
            document
        });
    }
    let documents = uploads.join_all().await;
    let first = first_answer(&program, begun).await;
    for document in documents {
        until(&program, document, "completed").await;
    }
    let whole = begun.elapsed().as_secs_f64();
    Arc::into_inner(program).expect("all uploads have ended").stop().await;
    (first, whole)
}

/// Seconds until the question is answered with what only the end says, and a source is cited for it.
async fn first_answer(program: &Program, begun: Instant) -> f64 {
    let chat = chat(program).await;
    loop {
        let answer = ask(program, chat, QUESTION).await;
        let text = answer["answer"].as_str().unwrap_or_default();
        let cited = answer["cited"].as_array().is_some_and(|cited| !cited.is_empty());
        if text.contains(ANSWER) && cited {
            return begun.elapsed().as_secs_f64();
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn watch_memory(process: u32, reading: Arc<AtomicBool>) -> f64 {
    let mut most: f64 = 0.0;
    while reading.load(Ordering::Acquire) {
        most = most.max(tree_mb(process));
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    most
}

/// The same by packages that people put together.
async fn composite(python: &std::ffi::OsStr, what: &std::path::Path) -> Value {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let ran = Command::new(python)
        .arg(root.join("benches/peers/composite.py"))
        .arg(home())
        .arg(what)
        .args([QUESTION, ANSWER])
        .env("ORT_DISABLE_TELEMETRY", "1")
        .env("ANONYMIZED_TELEMETRY", "False")
        .output()
        .await
        .expect("that Python");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let said = String::from_utf8_lossy(&ran.stdout);
    serde_json::from_str(said.lines().last().unwrap_or_default()).expect("a line of JSON")
}
