//! `cargo bench --bench retrieve -- [chunks …]`: a whole search but for the embedding model (words are hashed instead,
//! which takes microseconds): index, database, fusion. What it costs beside `search` is what the database takes.

use std::sync::Arc;
use std::time::Instant;

use corpus::{DIMENSION, words};
use docent::auth::server_scope;
use docent::domain::ProjectId;
use docent::embedding::{self, EmbeddingSettings, HashSettings};
use docent::retrieve::{Ask, Fusion, Mode, RetrievalSettings, Retriever};
use docent::store::{Backend, Store, StoreSettings};
use docent::vectors::{EdgeIndex, EdgeSettings, IndexModel};
use rand::Rng;
use rand::rngs::StdRng;
use serde_json::{Value, json};
use support::{heading, measure};

mod corpus;
mod library;
mod support;

#[tokio::main]
async fn main() {
    let mut sizes: Vec<i64> = std::env::args().skip(1).filter_map(|arg| arg.parse().ok()).collect();
    if sizes.is_empty() {
        sizes = vec![10_000];
    }
    let mut runs = Vec::new();
    for size in sizes {
        runs.push(run(size).await);
    }
    println!("{}", json!({ "bench": "retrieve", "runs": runs }));
}

async fn run(size: i64) -> Value {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let store = Store::open(&StoreSettings::new(Backend::Sqlite(folder.path().join("docent.db")))).await;
    let store = store.expect("a database");
    let model = IndexModel { name: "hash".into(), dimension: DIMENSION };
    let index = EdgeIndex::open(EdgeSettings::new(folder.path().join("index"), model)).expect("an index");
    let settings = EmbeddingSettings::Hash(HashSettings { dimension: DIMENSION });
    let embedder = embedding::open(&settings).await.expect("hashes");
    let projects = library::fill(&store, &index, size).await.expect("a full database");

    let settings = RetrievalSettings { fusion: Fusion::SCORES, min_cosine: 0.0 };
    let retriever = Retriever::new(Arc::new(index), embedder, Arc::new(store), settings);
    let ask = move |rng| search(retriever.clone(), projects.clone(), rng);
    println!("{size} chunks");
    heading();
    let mut rows = Vec::new();
    for clients in [1, 8, 32] {
        rows.push(measure("a search", clients, None, ask.clone()).await);
    }
    println!();
    json!({ "chunks": size, "searches": rows })
}

async fn search(retriever: Retriever, projects: Vec<ProjectId>, mut rng: StdRng) -> (StdRng, f64) {
    let query = words(&mut rng, 6);
    let project = projects[rng.random_range(0..projects.len())];
    let ask = Ask { project, query: &query, top_k: 6, documents: None, mode: Mode::Hybrid };
    let asked = Instant::now();
    let found = retriever.search(&server_scope(), ask).await.expect("a search");
    assert_eq!(found.sources.len(), 6);
    (rng, asked.elapsed().as_secs_f64() * 1e3)
}
