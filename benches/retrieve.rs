//! `cargo bench --bench retrieve -- [chunks …]`: a whole search but for the embedding model (words are hashed instead,
//! which takes microseconds): index, database, fusion. What it costs beside `search` is what the database takes. Then the
//! same questions once with the name of something in them and once with that word in small letters, in turns: what looking
//! for the documents that hold the name costs.

use std::sync::Arc;
use std::time::Instant;

use corpus::{DIMENSION, word_of, words};
use docent::auth::server_scope;
use docent::domain::ProjectId;
use docent::embedding::{self, EmbeddingSettings, HashSettings};
use docent::retrieve::{Ask, Fusion, Mode, RetrievalSettings, Retriever};
use docent::store::{Backend, Store, StoreSettings};
use docent::vectors::{EdgeIndex, EdgeSettings, IndexModel};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};
use support::{cpu_ms, heading, measure};

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
    let (retriever_of, projects_of) = (retriever.clone(), projects.clone());
    let ask = move |rng| search(retriever_of.clone(), projects_of.clone(), rng);
    println!("{size} chunks");
    heading();
    let mut rows = Vec::new();
    for clients in [1, 8, 32] {
        rows.push(measure("a search", clients, None, ask.clone()).await);
    }
    let names = with_names(&retriever, &projects).await;
    println!();
    json!({ "chunks": size, "searches": rows, "names": names })
}

/// Blocks of searches with and without a name, in turns.
const BLOCKS: usize = 20;
const SEARCHES: u64 = 25;

/// What stands in few passages of a project of 500.
const RARE: std::ops::Range<usize> = 200..2_000;

async fn with_names(retriever: &Retriever, projects: &[ProjectId]) -> Value {
    let mut took = [(0.0, Vec::new()), (0.0, Vec::new())];
    for block in 0..BLOCKS * 2 {
        let (has_name, seed) = (block % 2 == 1, (block / 2) as u64 * SEARCHES);
        let before = cpu_ms();
        for n in seed..seed + SEARCHES {
            let mut rng = StdRng::seed_from_u64(n);
            let rare = word_of(rng.random_range(RARE));
            let rare = if has_name { rare.replacen('w', "W", 1) } else { rare };
            let query = format!("{} {rare}", words(&mut rng, 5));
            let project = projects[rng.random_range(0..projects.len())];
            let ask = Ask { project, query: &query, top_k: 6, documents: None, mode: Mode::Hybrid };
            let asked = Instant::now();
            retriever.search(&server_scope(), ask).await.expect("a search");
            took[usize::from(has_name)].1.push(asked.elapsed().as_secs_f64() * 1e3);
        }
        took[usize::from(has_name)].0 += cpu_ms() - before;
    }
    let [plain, named] = took.map(|(cpu, mut times)| {
        times.sort_by(f64::total_cmp);
        (cpu / times.len() as f64, times[times.len() / 2])
    });
    let (cpu, p50) = (named.0 / plain.0, named.1 / plain.1);
    println!(
        "a name costs: CPU {:.2} to {:.2} ms ({cpu:.2}), p50 {:.2} to {:.2} ms ({p50:.2})",
        plain.0, named.0, plain.1, named.1
    );
    json!({ "cpu_ms": [plain.0, named.0], "p50_ms": [plain.1, named.1], "cpu_ratio": cpu, "p50_ratio": p50 })
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
