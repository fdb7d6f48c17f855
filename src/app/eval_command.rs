//! `docent eval`: how good retrieval is on a collection with judgments, with the model that is set.

use std::path::Path;

use super::parts;
use crate::config::Config;
use docent_retrieve::Fusion;
use docent_retrieve::eval::{Dataset, Method, answers, figures};
use docent_vectors::{self as vectors, IndexModel, IndexSettings};

const METHODS: [(&str, Method); 5] = [
    ("dense", Method::Dense),
    ("sparse", Method::Sparse),
    ("hybrid, by confidence", Method::Fused(Fusion::CONFIDENT)),
    ("hybrid, by scores", Method::Fused(Fusion::SCORES)),
    ("hybrid, by ranks", Method::Fused(Fusion::RANKS)),
];

/// Prints nDCG@10, recall and MRR of each way to search. Nothing of the installation is touched.
pub async fn run(config: &Config, folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let dataset = Dataset::load(folder)?;
    let embedder = parts::embedder(config).await?;
    let info = embedder.info();
    let model = IndexModel { name: info.name.clone(), dimension: info.dimension };
    let index = vectors::open(IndexSettings::Memory(model)).await?;
    println!("{} documents, {} questions, {}", dataset.documents.len(), dataset.questions.len(), info.name);
    let shelf = dataset.index(&*index, &*embedder).await?;
    let questions: Vec<&str> = dataset.questions.iter().map(|question| question.text.as_str()).collect();
    let found = answers(&*index, &shelf, &*embedder, &questions, 100).await?;
    println!("{:<20} {:>8} {:>8} {:>8} {:>8}", "", "nDCG@10", "R@10", "R@100", "MRR@10");
    for (name, method) in METHODS {
        let f = figures(method, &dataset.questions, &found);
        println!(
            "{name:<20} {:>8.3} {:>8.3} {:>8.3} {:>8.3}",
            f.ndcg_10, f.recall_10, f.recall_100, f.mrr_10
        );
    }
    Ok(())
}
