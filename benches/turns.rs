//! `cargo bench --bench turns -- [chunks …]`: what the engine adds to searching and to the model.
//!
//! - From a question to its sources, with 1, 8 and 32 clients, at 10,000 chunks (or as many as said: 100,000 takes a
//!   few minutes to make). Beside it, in the same run, what embedding the question and asking the index takes alone.
//!   Goal: p50 at most 5 ms above that. Once with 40 questions a second in all, as from people, and once with each
//!   client asking again as soon as it has its answer, where every millisecond of CPU is multiplied by the clients
//!   that wait for a processor.
//! - From the model's first token, by the model's own clock, to the reader's first. Goal: at most 5 ms.
//! - Processor time of the whole program for 1,000 tokens to one socket, less what the scripted model takes by
//!   itself. Goal: under 50 ms.
//!
//! The embedding model is the real one. Prints tables, and JSON as its last line.

mod corpus;
mod library;
#[path = "turns/model.rs"]
mod model;
mod program;
mod support;
#[path = "turns/tokens.rs"]
mod tokens;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use corpus::words;
use docent::auth::{Auth, Caller};
use docent::bus::LocalBus;
use docent::chat::{Engine, NewQuestion, Options, Parts, Settings};
use docent::domain::chat::{TurnEvent, Visibility};
use docent::domain::clock::SystemClock;
use docent::domain::{ChatId, Clock, ProjectId};
use docent::embedding::{self, Embedder, EmbeddingSettings, LocalSettings};
use docent::retrieve::{Fusion, RetrievalSettings, Retriever};
use docent::store::{Backend, NewChat, Store, StoreSettings};
use docent::vectors::{EdgeIndex, EdgeSettings, IndexModel, SearchQuery, VectorIndex};
use docent::words::{Language, Question};
use model::Clocked;
use rand::Rng;
use rand::rngs::StdRng;
use serde_json::{Value, json};
use support::{heading, measure};
use tokio_util::task::TaskTracker;

/// As the retriever asks.
const LIMIT: usize = 50;
/// All clients together, where they pause.
const QUESTIONS_PER_S: u64 = 40;

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
    let tokens = tokens::measure().await;
    println!("{}", json!({ "bench": "turns", "runs": runs, "tokens": tokens }));
}

async fn run(size: i64) -> Value {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let begun = Instant::now();
    let bench = Arc::new(Bench::open(folder.path(), size).await);
    println!("{size} chunks (made in {:.0} s)", begun.elapsed().as_secs_f64());
    heading();
    let mut rows = Vec::new();
    for (name, pauses) in [("40/s", true), ("back to back", false)] {
        for clients in [1, 8, 32] {
            let pause = Duration::from_millis(if pauses { 1_000 * clients / QUESTIONS_PER_S } else { 0 });
            let ask = {
                let bench = Arc::clone(&bench);
                move |rng| Arc::clone(&bench).search(pause, rng)
            };
            let alone = measure(&format!("search alone, {name}"), clients, None, ask).await;
            let ask = {
                let bench = Arc::clone(&bench);
                move |rng| Arc::clone(&bench).turn(pause, rng)
            };
            let sources = measure(&format!("to sources, {name}"), clients, None, ask).await;
            let (p50, p99) = bench.first_tokens();
            let over = sources["p50_ms"].as_f64().zip(alone["p50_ms"].as_f64()).map(|(all, part)| all - part);
            let over = over.unwrap_or_default();
            println!("   {over:+.2} ms at p50; first token {p50:.2} ms (p99 {p99:.2}) after the model's");
            rows.push(json!({ "how": name, "clients": clients, "alone": alone, "sources": sources,
                "over_p50_ms": over, "first_token_p50_ms": p50, "first_token_p99_ms": p99 }));
        }
    }
    println!();
    bench.close().await;
    json!({ "chunks": size, "turns": rows })
}

/// An engine with everything real but the language model.
struct Bench {
    caller: Caller,
    embedder: Arc<dyn Embedder>,
    engine: Engine,
    index: Arc<EdgeIndex>,
    model: Clocked,
    projects: Vec<ProjectId>,
    store: Store,
    tasks: TaskTracker,
    /// Milliseconds from the model to the reader.
    first: Mutex<Vec<f64>>,
}

impl Bench {
    async fn open(folder: &std::path::Path, size: i64) -> Self {
        let settings = EmbeddingSettings::Local(LocalSettings::new(program::home()));
        let embedder = embedding::open(&settings).await.expect("the model, which `make setup` fetches");
        let info = embedder.info();
        let model = IndexModel { name: info.name.clone(), dimension: info.dimension };
        let index = EdgeIndex::open(EdgeSettings::new(folder.join("index"), model)).expect("an index");
        let store = Store::open(&StoreSettings::new(Backend::Sqlite(folder.join("docent.db")))).await;
        let store = store.expect("a database");
        let projects = library::fill(&store, &index, size).await.expect("a full database");
        let index = Arc::new(index);
        // Random directions are like nothing anybody asks for: let them pass.
        let settings = RetrievalSettings { fusion: Fusion::SCORES, min_cosine: -1.0 };
        let retriever = Retriever::new(
            Arc::clone(&index) as Arc<dyn VectorIndex>,
            Arc::clone(&embedder),
            Arc::new(store.clone()),
            settings,
        );
        let (model, tasks) = (Clocked::default(), TaskTracker::new());
        let engine = Engine::new(Parts {
            store: store.clone(),
            search: Arc::new(retriever),
            model: Arc::new(model.clone()),
            bus: Arc::new(LocalBus::new()),
            clock: Arc::new(SystemClock),
            random: Arc::new(rand::random),
            node: "bench".to_owned(),
            tasks: tasks.clone(),
            settings: Settings::default(),
        });
        let caller = Auth::off(&store, SystemClock.now()).await.expect("a database").local_owner().unwrap();
        Self { caller, embedder, engine, index, model, projects, store, tasks, first: Mutex::default() }
    }

    /// The part that nothing can do without.
    async fn search(self: Arc<Self>, pause: Duration, mut rng: StdRng) -> (StdRng, f64) {
        let (project, question) = self.pick(pause, &mut rng).await;
        let asked = Instant::now();
        let (dense, words) = (self.embedder.query(&question).await.expect("a vector"), terms(&question));
        let query = SearchQuery {
            project,
            dense: Some(&dense),
            words: Some(&words),
            limit: LIMIT,
            documents: None,
            hidden: &[],
        };
        let found = self.index.search(query).await.expect("a search");
        assert!(!found.dense.is_empty());
        (rng, asked.elapsed().as_secs_f64() * 1e3)
    }

    /// A question in a chat of its own, read to the end of its answer; gives the time until the sources came.
    async fn turn(self: Arc<Self>, pause: Duration, mut rng: StdRng) -> (StdRng, f64) {
        let (project, content) = self.pick(pause, &mut rng).await;
        let question = NewQuestion {
            chat: self.chat(project).await,
            content: content.clone(),
            user: self.caller.principal.user,
            username: self.caller.principal.username.clone(),
            options: Options::default(),
            client_message_id: None,
            keyed: None,
        };
        let asked = Instant::now();
        let mut turn = self.engine.start(&self.caller.scope, question).await.expect("a turn").stream;
        let mut taken = None;
        while let Some(event) = turn.next().await {
            match event {
                TurnEvent::Sources(sources) => {
                    assert!(!sources.is_empty());
                    taken = Some(asked.elapsed().as_secs_f64() * 1e3);
                }
                TurnEvent::Token(frame) if frame.first_seq == 0 => {
                    let said = self.model.take(&content).expect("the model has spoken");
                    let after = said.elapsed().as_secs_f64() * 1e3;
                    self.first.lock().unwrap_or_else(PoisonError::into_inner).push(after);
                }
                TurnEvent::Failed { code, message, .. } => panic!("{code:?}: {message}"),
                _ => {}
            }
        }
        (rng, taken.expect("sources"))
    }

    async fn pick(&self, pause: Duration, rng: &mut StdRng) -> (ProjectId, String) {
        if !pause.is_zero() {
            tokio::time::sleep(pause.mul_f64(rng.random_range(0.0..2.0))).await;
        }
        let project = self.projects[rng.random_range(0..self.projects.len())];
        // The number tells questions apart.
        (project, format!("{} {}", words(rng, 6), rng.random::<u32>()))
    }

    async fn chat(&self, project: ProjectId) -> ChatId {
        let new = NewChat {
            project,
            title: None,
            visibility: Visibility::Project,
            author: self.caller.principal.user,
            name: None,
            created_at: SystemClock.now(),
        };
        let mut tx = self.store.begin().await.expect("a database");
        let chat = tx.insert_chat(&new).await.expect("a chat");
        tx.commit().await.expect("a database");
        chat
    }

    /// p50 and p99 since the last call.
    fn first_tokens(&self) -> (f64, f64) {
        let mut taken = std::mem::take(&mut *self.first.lock().unwrap_or_else(PoisonError::into_inner));
        taken.sort_by(f64::total_cmp);
        let at = |share: f64| taken[((taken.len() - 1) as f64 * share) as usize];
        (at(0.5), at(0.99))
    }

    async fn close(&self) {
        self.engine.shutdown(Duration::from_secs(10)).await;
        self.tasks.close();
        self.tasks.wait().await;
        self.store.close().await;
    }
}

/// The terms of an English question, each worth the same.
fn terms(text: &str) -> Vec<(u32, f32)> {
    Question::read(text, &[Language::English], false).weights(|_| 1.0)
}
