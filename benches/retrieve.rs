//! `cargo bench --bench retrieve -- [chunks …]`: a whole search but for the embedding model (words are hashed instead,
//! which takes microseconds): index, database, fusion. What it costs beside `search` is what the database takes.

use std::sync::Arc;
use std::time::{Duration, Instant};

use docent::auth::{Auth, server_scope};
use docent::domain::{DocumentId, ProjectId, Timestamp, UserId};
use docent::embedding::{self, Embedder, EmbeddingSettings, HashSettings};
use docent::retrieve::{Ask, Fusion, Mode, RetrievalSettings, Retriever};
use docent::store::{Backend, Chunk, NewProject, NewVersion, Publication, Store, StoreError, StoreSettings};
use docent::vectors::{EdgeIndex, EdgeSettings, IndexModel, Point, VectorIndex};
use rand::Rng;
use rand::rngs::StdRng;
use serde_json::{Value, json};
use support::{CHUNKS_PER_DOCUMENT, DIMENSION, PROJECTS, chunks_of, heading, measure, words};

mod support;

const NOW: Timestamp = Timestamp::from_micros(1_000_000);

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
    let projects = fill(&store, &index, &*embedder, size).await.expect("a full database");
    index.settle().await.expect("a flush");
    index.optimize().await.expect("an optimisation");

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

async fn fill(
    store: &Store,
    index: &EdgeIndex,
    embedder: &dyn Embedder,
    size: i64,
) -> Result<Vec<ProjectId>, StoreError> {
    let owner = Auth::off(store, NOW).await?.caller(None).principal.user;
    let mut tx = store.begin().await?;
    let mut projects = Vec::new();
    for _ in 0..PROJECTS {
        let settings = json!({});
        let new = NewProject {
            name: "Bench",
            description: "",
            settings: &settings,
            owner,
            personal_of: None,
            created_at: NOW,
        };
        projects.push(tx.insert_project(&new).await?);
    }
    tx.commit().await?;
    for number in 0..size / CHUNKS_PER_DOCUMENT {
        let project = projects[(number % PROJECTS) as usize];
        let texts: Vec<String> = chunks_of(number).into_iter().map(|(_, text)| text).collect();
        let document = publish(store, project, owner, number, &texts).await?;
        let vectors = embedder.passages(&texts).await.expect("hashes");
        let points = texts.into_iter().zip(vectors).enumerate().map(|(position, (text, dense))| Point {
            project,
            document,
            generation: 1,
            position: position as i64,
            dense,
            text,
        });
        index.upsert(points.collect()).await.expect("an upsert");
    }
    Ok(projects)
}

async fn publish(
    store: &Store,
    project: ProjectId,
    owner: UserId,
    number: i64,
    texts: &[String],
) -> Result<DocumentId, StoreError> {
    let path = format!("{number}.md");
    let version = NewVersion { filename: &path, blob: &path, sha256: &path, size: 1, format: "md" };
    let mut tx = store.begin().await?;
    let document = tx.insert_document(project, &path, &version, owner, NOW).await?;
    let run = tx.run_of(document, 1).await?.expect("a queued run");
    let lease = NOW.plus(Duration::from_secs(60));
    let hold = tx.start_run(run.id, run.enqueued, "bench", lease, NOW).await?.expect("a free run").hold();
    let chunk = |(position, text): (usize, &String)| Chunk {
        position: position as i64,
        page: Some(1),
        heading: None,
        start_offset: 0,
        end_offset: 1,
        text: text.clone(),
        text_hash: String::new(),
        tokens: 200,
    };
    let chunks: Vec<Chunk> = texts.iter().enumerate().map(chunk).collect();
    tx.insert_chunks(hold, (document, 1), &chunks).await?;
    let publication =
        Publication { page_count: 1, word_count: 1, chunk_count: chunks.len() as i64, warnings: Vec::new() };
    tx.publish_generation(hold, (document, 1), &publication, NOW).await?;
    tx.commit().await?;
    Ok(document)
}
