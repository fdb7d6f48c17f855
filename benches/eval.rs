//! `cargo bench --bench eval -- <folder of a dataset> <folder of models>`: how good each way of searching is, with
//! the real embedding model, and what the no-answer decision can go by. Prints tables, and JSON as its last line.

use std::path::{Path, PathBuf};
use std::time::Instant;

use docent::embedding::{self, EmbeddingSettings, LocalSettings, Precision};
use docent::retrieve::Fusion;
use docent::retrieve::eval::{
    Answered, Dataset, Document, Evidence, Method, Question, Shelf, answers, evidence, figures,
};
use docent::vectors::{EdgeIndex, EdgeSettings, IndexModel};
use serde_json::json;

type Anything = Box<dyn std::error::Error>;

const UNRELATED: &str = include_str!("unrelated.txt");

#[tokio::main]
async fn main() -> Result<(), Anything> {
    // cargo itself adds `--bench`.
    let mut folders = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).map(PathBuf::from);
    let (Some(data), Some(home)) = (folders.next(), folders.next()) else {
        println!("skipped: give the folder of a dataset and the folder of the models");
        return Ok(());
    };
    let mut all = Vec::new();
    for (set, dataset) in [("error codes", error_codes()), ("judged", Dataset::load(&data)?)] {
        println!("{set}: {} documents, {} questions\n", dataset.documents.len(), dataset.questions.len());
        for (name, precision) in [("int8", Precision::Int8), ("fp32", Precision::Fp32)] {
            all.push(with_model(set, &dataset, &home, name, precision).await?);
        }
    }
    println!("{}", json!({ "bench": "eval", "runs": all }));
    Ok(())
}

async fn with_model(
    set: &str,
    dataset: &Dataset,
    home: &Path,
    name: &str,
    precision: Precision,
) -> Result<serde_json::Value, Anything> {
    // Exported in both.
    let model = "all-MiniLM-L6-v2".to_owned();
    let settings = LocalSettings { model, precision: Some(precision), ..LocalSettings::new(home) };
    let embedder = embedding::open(&EmbeddingSettings::Local(settings)).await?;
    let folder = tempfile::tempdir()?;
    let model = IndexModel { name: embedder.info().name.clone(), dimension: embedder.info().dimension };
    let index = EdgeIndex::open(EdgeSettings::new(folder.path().join("index"), model))?;
    let begun = Instant::now();
    let shelf = dataset.index(&index, &*embedder).await?;
    println!("{name}: indexed in {:.1} s", begun.elapsed().as_secs_f64());
    let questions: Vec<&str> = dataset.questions.iter().map(|question| question.text.as_str()).collect();

    println!("{:<26} {:>6} {:>8} {:>8} {:>8} {:>8}", "", "limit", "nDCG@10", "R@10", "R@100", "MRR@10");
    let mut rows = Vec::new();
    for limit in [50, 100] {
        let found = answers(&index, &shelf, &*embedder, &questions, limit).await?;
        for (method, label) in methods() {
            let f = figures(method, &dataset.questions, &found);
            println!(
                "{:<26} {limit:>6} {:>8.3} {:>8.3} {:>8.3} {:>8.3}",
                format!("{name} {label}"),
                f.ndcg_10,
                f.recall_10,
                f.recall_100,
                f.mrr_10
            );
            rows.push(
                json!({ "method": label, "limit": limit, "ndcg_10": f.ndcg_10, "recall_10": f.recall_10,
                "recall_100": f.recall_100, "mrr_10": f.mrr_10 }),
            );
        }
    }
    println!();
    let unrelated: Vec<&str> = UNRELATED.lines().filter(|line| !line.is_empty()).collect();
    let related = weigh(&shelf, &answers(&index, &shelf, &*embedder, &questions, 50).await?);
    let unrelated = weigh(&shelf, &answers(&index, &shelf, &*embedder, &unrelated, 50).await?);
    let decision = decide(&related, &unrelated);
    Ok(json!({ "set": set, "model": name, "figures": rows, "no_answer": decision }))
}

/// Two hundred near-identical entries of a manual, each asked for by its number: what embeddings are worst at.
fn error_codes() -> Dataset {
    const PARTS: [&str; 20] = [
        "pump",
        "fan",
        "valve",
        "heater",
        "sensor",
        "motor",
        "filter",
        "display",
        "battery",
        "door",
        "lamp",
        "belt",
        "nozzle",
        "tank",
        "switch",
        "brake",
        "compressor",
        "gearbox",
        "relay",
        "antenna",
    ];
    const TROUBLES: [&str; 10] = [
        "runs hot",
        "does not start",
        "is blocked",
        "draws too much current",
        "has lost its calibration",
        "reports no signal",
        "vibrates",
        "is worn",
        "leaks",
        "answers too late",
    ];
    let entries = PARTS.iter().flat_map(|part| TROUBLES.iter().map(move |trouble| (part, trouble)));
    let mut dataset = Dataset::default();
    for (n, (part, trouble)) in entries.enumerate() {
        let code = format!("E{}", 4_000 + n * 7);
        let text = format!(
            "Error {code}: the {part} {trouble}. Switch the machine off, wait for a minute, check the {part} and its \
             cable, and start again. If error {code} comes back, call the service and name the number."
        );
        dataset.documents.push(Document {
            id: code.clone(),
            name: String::new(),
            title: String::new(),
            text,
        });
        let text = format!("What does error {code} mean and what should I do about it?");
        let question =
            Question { text, answers: [n].into(), left_out: [].into(), gold: Vec::new(), answerable: true };
        dataset.questions.push(question);
    }
    dataset
}

fn methods() -> Vec<(Method, String)> {
    let mut methods = vec![(Method::Dense, "dense".to_owned()), (Method::Sparse, "sparse".to_owned())];
    methods.push((Method::Fused(Fusion::CONFIDENT), "confidence".to_owned()));
    for k in [2.0, 10.0, 60.0] {
        methods.push((Method::Fused(Fusion::Ranks { k }), format!("ranks k={k}")));
    }
    for dense in [0.3, 0.4, 0.5, 0.6, 0.7] {
        methods.push((Method::Fused(Fusion::Scores { dense }), format!("scores dense={dense}")));
    }
    methods
}

fn weigh(shelf: &Shelf, found: &[Answered]) -> Vec<Evidence> {
    found.iter().map(|found| evidence(shelf, found)).collect()
}

/// How the evidence is spread, and how often each threshold is wrong on either side.
fn decide(related: &[Evidence], unrelated: &[Evidence]) -> serde_json::Value {
    for (name, of) in [
        ("cosine", (|e: &Evidence| f64::from(e.best_cosine)) as fn(&Evidence) -> f64),
        ("bm25", |e| f64::from(e.best_sparse)),
        ("coverage", |e| e.coverage),
    ] {
        for (whose, evidence) in [("related", related), ("unrelated", unrelated)] {
            println!("{name:<9} {whose:<10} {}", spread(evidence.iter().map(of).collect()));
        }
    }
    println!("\nmin cosine   refused though related   let through though unrelated   (and with words ≥ 0.8)");
    let mut rows = Vec::new();
    for step in 3..=10 {
        let min = f64::from(step) * 0.05;
        let share = |evidence: &[Evidence], words: f64| {
            let through = evidence.iter().filter(|e| f64::from(e.best_cosine) >= min || e.coverage >= words);
            through.count() as f64 / evidence.len() as f64
        };
        let (refused, through) = (1.0 - share(related, 2.0), share(unrelated, 2.0));
        let (refused_words, through_words) = (1.0 - share(related, 0.8), share(unrelated, 0.8));
        println!(
            "{min:>10.2}   {:>22.1} %   {:>26.1} %   {:>6.1} % / {:.1} %",
            refused * 100.0,
            through * 100.0,
            refused_words * 100.0,
            through_words * 100.0
        );
        rows.push(json!({ "min_cosine": min, "refused": refused, "through": through,
            "refused_with_words": refused_words, "through_with_words": through_words }));
    }
    println!();
    json!(rows)
}

fn spread(mut values: Vec<f64>) -> String {
    values.sort_by(f64::total_cmp);
    let at = |share: f64| values[((values.len() - 1) as f64 * share).round() as usize];
    format!(
        "min {:.2}  p1 {:.2}  p5 {:.2}  p50 {:.2}  p95 {:.2}  p99 {:.2}  max {:.2}",
        at(0.0),
        at(0.01),
        at(0.05),
        at(0.5),
        at(0.95),
        at(0.99),
        at(1.0)
    )
}
