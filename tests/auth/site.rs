//! A server with accounts on a free port, a clock that the test moves, and people who use it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use docent::app::{Options, Server};
use docent::config::{Config, Sources};
use docent::domain::clock::SystemClock;
use docent::domain::{Clock, Timestamp};
use docent::models::{Script, Scripted, Step};
use docent::store::{Backend, Store, StoreSettings};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use crate::support::app::Answer;
use crate::support::postgres;

pub const PASSWORD: &str = "correct horse battery";
/// Asked where [`Person::upload`] was, it reaches the model.
pub const QUESTION: &str = "Kestrels eat voles?";

/// An answer that does not end by itself.
pub fn endless() -> [Step; 2] {
    [Step::Pace { delay_ms: 20 }, Step::Flood { words: 20_000 }]
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Database {
    Sqlite,
    Postgres,
}

pub struct Site {
    pub base: String,
    pub clock: Arc<Moved>,
    pub model: Scripted,
    pub http: reqwest::Client,
    /// Straight to the database, beside the server.
    pub store: Store,
    settings: Vec<(String, String)>,
    server: Option<Server>,
    folder: tempfile::TempDir,
}

/// The machine's clock, set forward.
#[derive(Debug, Default)]
pub struct Moved(AtomicI64);

impl Moved {
    pub fn by(&self, duration: Duration) {
        self.0.fetch_add(i64::try_from(duration.as_micros()).unwrap(), Ordering::Relaxed);
    }
}

impl Clock for Moved {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(SystemClock.now().micros() + self.0.load(Ordering::Relaxed))
    }
}

/// Somebody with a token, or nobody.
#[derive(Debug, Clone)]
pub struct Person {
    http: reqwest::Client,
    base: String,
    pub id: i64,
    pub token: Option<String>,
    pub refresh: String,
    /// From where, if a proxy says so.
    pub address: Option<&'static str>,
}

impl Site {
    /// `more` are settings beside those of a server with accounts.
    pub async fn start(database: Database, more: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let mut settings: Vec<(String, String)> = [
            ("DOCENT_LISTEN", "127.0.0.1:0"),
            ("DOCENT_DATA_DIR", data.to_str().unwrap()),
            ("DOCENT_AUTH", "on"),
            ("EMBEDDING_PROVIDER", "hash"),
            ("TRUSTED_PROXIES", "127.0.0.1"),
        ]
        .iter()
        .chain(more)
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
        let backend = match database {
            Database::Sqlite => Backend::Sqlite(data.join("docent.db")),
            Database::Postgres => {
                let address = postgres::fresh_database().await;
                settings.push(("DATABASE_URL".to_owned(), address.clone()));
                Backend::parse(&address).unwrap()
            }
        };
        let (clock, model) = (Arc::new(Moved::default()), Scripted::new(Script::say(["They eat voles."])));
        let server = serve(&settings, &clock, &model).await;
        Self {
            base: format!("http://{}", server.address),
            clock,
            model,
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
            store: Store::open(&StoreSettings::new(backend)).await.unwrap(),
            settings,
            server: Some(server),
            folder,
        }
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Stops the server and starts it again with other settings on the same data.
    pub async fn restart(&mut self, changed: &[(&str, &str)]) {
        self.server.take().unwrap().shutdown().await;
        self.settings.extend(changed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let server = serve(&self.settings, &self.clock, &self.model).await;
        self.base = format!("http://{}", server.address);
        self.server = Some(server);
    }

    pub async fn stop(mut self) {
        self.store.close().await;
        self.server.take().unwrap().shutdown().await;
    }

    /// Where the queue's board is.
    pub fn board(&self) -> Option<String> {
        let address = self.server.as_ref().unwrap().board?;
        Some(format!("http://{address}"))
    }

    pub async fn setup_code(&self) -> Option<String> {
        self.server.as_ref().unwrap().setup_code().await.unwrap()
    }

    pub fn nobody(&self) -> Person {
        let (http, base) = (self.http.clone(), self.base.clone());
        Person { http, base, id: 0, token: None, refresh: String::new(), address: None }
    }

    /// The first admin.
    pub async fn admin(&self) -> Person {
        let code = self.setup_code().await.unwrap();
        let body = json!({"code": code, "username": "root", "password": PASSWORD});
        let answer = self.nobody().post("/api/auth/setup", body).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        self.nobody().with(&answer.json())
    }

    /// Somebody new, signed in.
    pub async fn user(&self, admin: &Person, name: &str) -> Person {
        let answer = admin.post("/api/users", json!({"username": name, "password": PASSWORD})).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        self.login(name).await
    }

    pub async fn login(&self, name: &str) -> Person {
        let answer = self.nobody().login(name, PASSWORD).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        self.nobody().with(&answer.json())
    }
}

async fn serve(settings: &[(String, String)], clock: &Arc<Moved>, model: &Scripted) -> Server {
    let environment = settings.iter().cloned().collect();
    let config = Config::load(&Sources { environment, ..Sources::default() }).unwrap();
    let options = Options {
        program: Some(Path::new(env!("CARGO_BIN_EXE_docent")).to_owned()),
        clock: Some(clock.clone()),
        model: Some(Arc::new(model.clone())),
    };
    Server::start(&config, options).await.unwrap()
}

impl Person {
    /// The same with the tokens of an answer.
    pub fn with(&self, tokens: &Value) -> Self {
        Self {
            id: tokens["user"]["id"].as_i64().unwrap(),
            token: tokens["access_token"].as_str().map(str::to_owned),
            refresh: tokens["refresh_token"].as_str().unwrap().to_owned(),
            ..self.clone()
        }
    }

    pub fn holding(&self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self.clone() }
    }

    /// The same at another address of the same host.
    pub fn at(&self, base: &str) -> Self {
        Self { base: base.to_owned(), ..self.clone() }
    }

    pub fn from(&self, address: &'static str) -> Self {
        Self { address: Some(address), ..self.clone() }
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let mut request = self.http.request(method, format!("{}{path}", self.base));
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        match self.address {
            Some(address) => request.header("x-forwarded-for", address),
            None => request,
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::GET, path)).await
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

    pub async fn delete(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::DELETE, path)).await
    }

    pub async fn login(&self, name: &str, password: &str) -> Answer {
        self.post("/api/auth/login", json!({"username": name, "password": password})).await
    }

    /// Takes the refresh token for the next ones.
    pub async fn renew(&self) -> Answer {
        let body = json!({"refresh_token": self.refresh});
        Self { token: None, ..self.clone() }.post("/api/auth/refresh", body).await
    }

    /// 200, or why not.
    pub async fn me(&self) -> u16 {
        self.get("/api/auth/me").await.status
    }

    pub async fn project(&self, name: &str) -> i64 {
        let answer = self.post("/api/projects", json!({"name": name})).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        answer.json()["id"].as_i64().unwrap()
    }

    pub async fn chat(&self, project: i64) -> i64 {
        let answer = self.post("/api/chats", json!({"project_id": project})).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        answer.json()["id"].as_i64().unwrap()
    }

    /// Puts something into a project that [`QUESTION`] finds.
    pub async fn upload(&self, project: i64) {
        let part = reqwest::multipart::Part::bytes(b"# Kestrel\n\nKestrels eat voles.\n".to_vec());
        let form = reqwest::multipart::Form::new().part("file", part.file_name("kestrel.md"));
        let path = format!("/api/projects/{project}/documents?wait=60");
        let answer = Answer::of(self.request(Method::POST, &path).multipart(form)).await;
        assert_eq!(answer.json()["document"]["status"], "completed", "{}", answer.text);
    }

    pub async fn make_member(&self, project: i64, user: &Self, role: &str) -> Answer {
        self.put(&format!("/api/projects/{project}/members/{}", user.id), json!({"role": role})).await
    }
}

/// `both_sites!(name)`: runs `async fn name(site: Site)` on either database; more settings may follow.
macro_rules! both_sites {
    ($name:ident $(, $variable:literal = $value:literal)*) => {
        mod $name {
            use crate::auth::site::{Database, Site};

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                super::$name(Site::start(Database::Sqlite, &[$(($variable, $value)),*]).await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                super::$name(Site::start(Database::Postgres, &[$(($variable, $value)),*]).await).await;
            }
        }
    };
}
pub(crate) use both_sites;
