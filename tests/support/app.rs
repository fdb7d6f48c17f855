//! A server of the test's own: real database, real files, a free port.

use std::sync::{Arc, Mutex};

use docent::auth::Auth;
use docent::auth::origin::Origins;
use docent::bus::Bus;
use docent::chat::{Engine, Parts, Settings};
use docent::doors::{self, Doors};
use docent::http::{Limits, Services};
use docent::ingest::{Ingest, Overseer};
use docent::jobs::Workers;
use docent::models::{ChatModel, Extractive, Script, Scripted};
use docent::retrieve::{Fusion, RetrievalSettings, Retriever};
use reqwest::{Method, RequestBuilder};
use serde_json::Value;
use tokio::task::JoinHandle;
use tokio_util::task::TaskTracker;

use super::bench::Bench;
use super::databases::TestStore;

/// A running server and a client of it.
pub struct TestApp {
    /// `http://127.0.0.1:port`
    pub address: String,
    pub client: reqwest::Client,
    pub model: Scripted,
    pub bench: Bench,
    pub engine: Engine,
    workers: tokio::sync::Mutex<Option<Workers>>,
    servers: Mutex<Vec<JoinHandle<()>>>,
    _database: TestStore,
}

impl TestApp {
    pub async fn start(database: TestStore) -> Self {
        Self::with_limits(database, Limits::default()).await
    }

    pub async fn with_limits(database: TestStore, limits: Limits) -> Self {
        Self::with(database, limits, doors::Limits::default()).await
    }

    pub async fn with_doors(database: TestStore, doors: doors::Limits) -> Self {
        Self::with(database, Limits::default(), doors).await
    }

    async fn with(database: TestStore, limits: Limits, of_doors: doors::Limits) -> Self {
        let bench = Bench::new(database.store.clone()).await;
        let model = Scripted::new(Script::say(["They ", "eat ", "voles [1]."]));
        let (address, engine, server) = serve(&bench, &model, "test", limits, of_doors).await;
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let servers = Mutex::new(vec![server]);
        Self {
            address,
            client,
            model,
            bench,
            engine,
            workers: Default::default(),
            servers,
            _database: database,
        }
    }

    /// Another server on the same database, index and model.
    pub async fn another_node(&self) -> String {
        let (limits, of_doors) = (Limits::default(), doors::Limits::default());
        let (address, _, server) = serve(&self.bench, &self.model, "another", limits, of_doors).await;
        self.servers.lock().unwrap().push(server);
        address
    }

    /// Starts the workers, if they are not at work yet, and returns when nothing is left to do. They stay at work.
    pub async fn run_jobs(&self) {
        let mut workers = self.workers.lock().await;
        if workers.is_none() {
            *workers = Some(self.bench.work().await);
        }
        self.bench.idle().await;
    }

    /// Nobody works from here on, so that what waits can be looked at.
    pub async fn stop_jobs(&self) {
        if let Some(workers) = self.workers.lock().await.take() {
            workers.stop().await;
        }
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.address))
    }

    pub async fn get(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::GET, path)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::DELETE, path)).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        Answer::of(self.request(Method::POST, path).json(&body)).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Answer {
        Answer::of(self.request(Method::PUT, path).json(&body)).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        Answer::of(self.request(Method::PATCH, path).json(&body)).await
    }

    /// Makes a project and gives its id.
    pub async fn project(&self, name: &str) -> i64 {
        let answer = self.post("/api/projects", serde_json::json!({"name": name})).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        answer.json()["id"].as_i64().unwrap()
    }

    /// Uploads a file; `query` begins with `?` or is empty.
    pub async fn upload(
        &self,
        project: i64,
        query: &str,
        filename: &str,
        content: impl Into<Vec<u8>>,
    ) -> Answer {
        let part = reqwest::multipart::Part::bytes(content.into()).file_name(filename.to_owned());
        let form = reqwest::multipart::Form::new().part("file", part);
        let path = format!("/api/projects/{project}/documents{query}");
        Answer::of(self.request(Method::POST, &path).multipart(form)).await
    }

    /// How many files lie in storage, unfinished ones included.
    pub fn stored_files(&self) -> usize {
        fn count(folder: &std::path::Path) -> usize {
            let entries = fs_err::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
            entries.map(|path| if path.is_dir() { count(&path) } else { 1 }).sum()
        }
        count(&self.bench.folder.path().join("blobs"))
    }
}

/// A node that serves until it is aborted.
async fn serve(
    bench: &Bench,
    model: &Scripted,
    node: &str,
    limits: Limits,
    of_doors: doors::Limits,
) -> (String, Engine, JoinHandle<()>) {
    let auth = Auth::off(&bench.store, bench.clock.now()).await.unwrap();
    let services = services(bench, auth, model, node, limits);
    let sockets = Doors::open(sockets(&services, of_doors));
    let engine = services.engine.clone();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    #[expect(clippy::disallowed_methods, reason = "ends with the test")]
    let server = tokio::spawn(async move {
        let (origins, proxies) = (Arc::clone(&services.origins), Arc::clone(&services.proxies));
        let routes = sockets.mount(docent::http::routes(services));
        axum::serve(listener, docent::http::guarded(routes, origins, proxies)).await.unwrap();
    });
    (address, engine, server)
}

fn services(bench: &Bench, auth: Auth, model: &Scripted, node: &str, limits: Limits) -> Services {
    let retriever = Retriever::new(
        Arc::clone(&bench.index),
        Arc::clone(&bench.embedder),
        Arc::new(bench.store.clone()),
        RetrievalSettings { fusion: Fusion::RANKS, min_cosine: 0.1 },
    );
    let model: Arc<dyn ChatModel> = Arc::new(model.clone());
    let bus: Arc<dyn Bus> = bench.bus.clone();
    let parts = Parts {
        store: bench.store.clone(),
        search: Arc::new(retriever.clone()),
        model: Arc::clone(&model),
        bus: Arc::clone(&bus),
        clock: Arc::clone(&bench.clock),
        random: Arc::new(|| 7),
        node: node.to_owned(),
        tasks: TaskTracker::new(),
        settings: Settings::default(),
    };
    let engine = Engine::with_models(parts, vec![Arc::new(Extractive)]);
    Services {
        auth,
        blobs: Arc::clone(&bench.blobs),
        bus,
        cache: bench.caches.then(|| bench.cache.clone()),
        clock: Arc::clone(&bench.clock),
        embedder: Arc::clone(&bench.embedder),
        engine,
        index: Arc::clone(&bench.index),
        ingest: Overseer::new(Ingest::new(bench.parts())),
        limits,
        metrics_token: None,
        model,
        openapi: docent::app::openapi_json,
        origins: Arc::new(Origins::new(["https://docs.example.org".to_owned()], true)),
        proxies: Arc::default(),
        retriever,
        room: docent::blobs::Room::boundless(),
        store: bench.store.for_callers(),
        under_way: docent::http::UnderWay::default(),
    }
}

fn sockets(services: &Services, limits: doors::Limits) -> doors::Services {
    let direct = doors::Direct {
        embedder: Arc::clone(&services.embedder),
        engine: services.engine.clone(),
        model: Arc::clone(&services.model),
        tasks: TaskTracker::new(),
    };
    doors::Services {
        direct: Some(direct),
        auth: services.auth.clone(),
        bus: Arc::clone(&services.bus),
        clock: Arc::clone(&services.clock),
        limits,
        node: "test".to_owned(),
        origins: Arc::clone(&services.origins),
        store: services.store.clone(),
        turns: Arc::new(services.engine.clone()),
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        self.servers.lock().unwrap().iter().for_each(JoinHandle::abort);
    }
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub text: String,
}

impl Answer {
    pub async fn of(request: RequestBuilder) -> Self {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Self { status, headers, text: String::from_utf8_lossy(&response.bytes().await.unwrap()).into_owned() }
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Status and body for a snapshot, with ids and times redacted.
    pub fn shown(&self) -> String {
        if self.text.is_empty() {
            return self.status.to_string();
        }
        let mut body = self.json();
        redact(&mut body);
        format!("{} {}", self.status, serde_json::to_string_pretty(&body).unwrap())
    }

    /// Status, code and detail of a refusal, which must be a problem document.
    pub fn problem(&self) -> String {
        assert_eq!(self.header("content-type"), "application/problem+json", "{self:?}");
        let body = self.json();
        assert_eq!(body["status"], self.status, "{self:?}");
        assert!(body["request_id"].as_str().is_some_and(|id| id == self.header("x-request-id")), "{self:?}");
        format!("{} {}: {}", self.status, body["code"].as_str().unwrap(), body["detail"].as_str().unwrap())
    }
}

fn redact(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                match name.as_str() {
                    "id" | "request_id" => *field = format!("[{name}]").into(),
                    "project_id" | "chat_id" | "document_id" | "message_id" => {
                        *field = format!("[{name}]").into()
                    }
                    _ if name.ends_with("_at") && !field.is_null() => *field = "[time]".into(),
                    _ => redact(field),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(redact),
        _ => {}
    }
}

/// Runs a test on a server of its own. The same snapshots hold on every database.
pub fn run<T: Future<Output = ()>>(database: impl Future<Output = TestStore>, test: fn(TestApp) -> T) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    insta::allow_duplicates! {
        runtime.block_on(async { test(TestApp::start(database.await).await).await });
    }
}

/// `both_apps!(name)`: runs `async fn name(app: TestApp)` as `name::sqlite` and `name::postgres`.
macro_rules! both_apps {
    ($name:ident) => {
        mod $name {
            use $crate::support::{app, databases::TestStore};

            #[test]
            fn sqlite() {
                app::run(TestStore::sqlite(), super::$name);
            }

            #[test]
            fn postgres() {
                app::run(TestStore::postgres(), super::$name);
            }
        }
    };
}
pub(crate) use both_apps;
