//! A server with authentication on, a project with members of every role, and people outside of it.

use std::collections::HashMap;
use std::time::Duration;

use docent::app::{Options, Server};
use docent::config::{Config, Sources};
use docent::domain::chat::Visibility;
use docent::domain::{Clock, ProjectId};
use docent::store::{Backend, NewChat, Store, StoreSettings};
use jsonwebtoken::{EncodingKey, Header, encode};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::table::Who;

const SECRET: &str = "3b2c91d7e8f4a5061728394a5b6c7d8e9fa0b1c2";
pub const PASSWORD: &str = "correct horse battery";

pub struct World {
    pub base: String,
    pub project: i64,
    http: reqwest::Client,
    store: Store,
    server: Server,
    ids: HashMap<Who, i64>,
    tokens: HashMap<Who, String>,
    _folder: tempfile::TempDir,
}

impl World {
    pub async fn start() -> Self {
        Self::with(&[]).await
    }

    /// With settings in place of the usual ones.
    pub async fn with(settings: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut environment = environment(folder.path());
        environment.extend(settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        make_admin(&environment);
        let mut world = Self::serve(folder, environment).await;
        world.sign_in(Who::Admin).await;
        for who in [Who::Disabled, Who::Stranger, Who::Viewer, Who::Editor, Who::Owner] {
            let account = json!({"username": who.name(), "password": PASSWORD});
            let made = world.admin(Method::POST, "/api/users", account).await;
            world.ids.insert(who, made["id"].as_i64().unwrap());
            world.sign_in(who).await;
        }
        let path = format!("/api/users/{}", world.ids[&Who::Disabled]);
        world.admin(Method::PATCH, &path, json!({"disabled": true})).await;
        world.project = world.new_project().await;
        world
    }

    async fn serve(folder: tempfile::TempDir, environment: Vec<(String, String)>) -> Self {
        let sources = Sources { environment: environment.into_iter().collect(), ..Sources::default() };
        let config = Config::load(&sources).unwrap();
        let program = Some(env!("CARGO_BIN_EXE_docent").into());
        let server = Server::start(&config, Options { program, ..Options::default() }).await.unwrap();
        let backend = Backend::Sqlite(folder.path().join("data/docent.db"));
        let mut world = Self {
            base: format!("http://{}", server.address),
            project: 0,
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
            store: Store::open(&StoreSettings::new(backend)).await.unwrap(),
            server,
            ids: HashMap::new(),
            tokens: HashMap::new(),
            _folder: folder,
        };
        world.tokens.insert(Who::WrongToken, "not.a.token".to_owned());
        world.tokens.insert(Who::ExpiredToken, expired());
        world.ids.insert(Who::Admin, 1);
        world
    }

    pub async fn stop(self) {
        self.store.close().await;
        self.server.shutdown().await;
    }

    /// Signs somebody in anew: the operation before may have ended what they had.
    pub async fn sign_in(&mut self, who: Who) {
        let login = json!({"username": who.name(), "password": PASSWORD});
        let (status, tokens) = self.send(None, Method::POST, "/api/auth/login", Some(login)).await;
        assert_eq!(status, StatusCode::OK, "{who:?}: {tokens}");
        self.tokens.insert(who, tokens["access_token"].as_str().unwrap().to_owned());
    }

    /// Who has an account that works.
    pub fn has_account(who: Who) -> bool {
        matches!(who, Who::Stranger | Who::Viewer | Who::Editor | Who::Owner | Who::Admin)
    }

    pub fn token(&self, who: Who) -> Option<&str> {
        self.tokens.get(&who).map(String::as_str)
    }

    pub fn id(&self, who: Who) -> i64 {
        self.ids[&who]
    }

    pub async fn send(
        &self,
        token: Option<&str>,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> (StatusCode, Value) {
        let mut request = self.http.request(method, format!("{}{path}", self.base));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        read(request).await
    }

    pub async fn upload(&self, token: Option<&str>, path: &str, field: &'static str) -> (StatusCode, Value) {
        let text = format!("A note about herons, number {}.", rand::random::<u64>());
        self.upload_text(token, path, field, text).await
    }

    async fn upload_text(
        &self,
        token: Option<&str>,
        path: &str,
        field: &'static str,
        text: String,
    ) -> (StatusCode, Value) {
        let part = reqwest::multipart::Part::text(text).file_name(format!("{}.txt", rand::random::<u32>()));
        let form = reqwest::multipart::Form::new().part(field, part);
        let mut request = self.http.post(format!("{}{path}", self.base)).multipart(form);
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        read(request).await
    }

    pub async fn import(&self, token: Option<&str>, path: &str) -> (StatusCode, Value) {
        let form = crate::support::archives::form(crate::support::archives::Parts::small().zip());
        let mut request = self.http.post(format!("{}{path}", self.base)).multipart(form);
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        read(request).await
    }

    /// As admin; it must work.
    pub async fn admin(&self, method: Method, path: &str, body: Value) -> Value {
        let (status, answer) = self.send(self.token(Who::Admin), method.clone(), path, Some(body)).await;
        assert!(status.is_success(), "{method} {path}: {status} {answer}");
        answer
    }

    /// A project of the owner's, with everybody in it.
    pub async fn new_project(&self) -> i64 {
        let owner = self.token(Who::Owner);
        let (_, made) = self.send(owner, Method::POST, "/api/projects", Some(json!({"name": "P"}))).await;
        let project = made["id"].as_i64().unwrap();
        for (who, role) in [(Who::Viewer, "viewer"), (Who::Editor, "editor")] {
            let path = format!("/api/projects/{project}/members/{}", self.id(who));
            let (status, answer) = self.send(owner, Method::PUT, &path, Some(json!({"role": role}))).await;
            assert_eq!(status, StatusCode::OK, "{answer}");
        }
        project
    }

    /// A document with this text, read to its end.
    pub async fn tell(&self, project: i64, text: &str) -> i64 {
        let path = format!("/api/projects/{project}/documents?wait=20");
        let token = self.token(Who::Owner);
        let (status, answer) = self.upload_text(token, &path, "file", text.to_owned()).await;
        assert_eq!(status, StatusCode::CREATED, "{answer}");
        assert_eq!(answer["document"]["status"], "completed", "{answer}");
        answer["document"]["id"].as_i64().unwrap()
    }

    /// A key that speaks for somebody.
    pub async fn api_key(&self, who: Who) -> String {
        let name = Some(json!({"name": "a program"}));
        let (status, made) = self.send(self.token(who), Method::POST, "/api/auth/api-keys", name).await;
        assert_eq!(status, StatusCode::CREATED, "{made}");
        made["key"].as_str().unwrap().to_owned()
    }

    /// A document of the project, read to its end.
    pub async fn new_document(&self, project: i64) -> i64 {
        let path = format!("/api/projects/{project}/documents?wait=20");
        let (status, answer) = self.upload(self.token(Who::Owner), &path, "file").await;
        assert_eq!(status, StatusCode::CREATED, "{answer}");
        assert_eq!(answer["document"]["status"], "completed", "{answer}");
        answer["document"]["id"].as_i64().unwrap()
    }

    /// A chat of the owner's that the project's members read.
    pub async fn new_chat(&self, project: i64) -> i64 {
        let body = json!({"project_id": project});
        let (_, made) = self.send(self.token(Who::Owner), Method::POST, "/api/chats", Some(body)).await;
        made["id"].as_i64().unwrap()
    }

    /// A chat that is private to the viewer.
    pub async fn new_private_chat(&self, project: i64) -> i64 {
        let mut tx = self.store.begin().await.unwrap();
        let new = NewChat {
            project: ProjectId::from(project),
            title: Some("Private"),
            visibility: Visibility::Private,
            author: self.id(Who::Viewer).into(),
            name: None,
            created_at: docent::domain::clock::SystemClock.now(),
        };
        let chat = tx.insert_chat(&new).await.unwrap();
        tx.commit().await.unwrap();
        chat.get()
    }

    /// A question in the chat, and its answer's number.
    pub async fn new_answer(&self, chat: i64, who: Who) -> i64 {
        let path = format!("/api/chats/{chat}/messages");
        let body = Some(json!({"message": "What do herons eat?"}));
        let (status, answer) = self.send(self.token(who), Method::POST, &path, body).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
        answer["message_id"].as_i64().unwrap()
    }
}

async fn read(request: reqwest::RequestBuilder) -> (StatusCode, Value) {
    let response = request.timeout(Duration::from_secs(60)).send().await.unwrap();
    let status = response.status();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

fn environment(folder: &std::path::Path) -> Vec<(String, String)> {
    [
        ("DOCENT_LISTEN", "127.0.0.1:0"),
        ("DOCENT_DATA_DIR", folder.join("data").to_str().unwrap()),
        ("DOCENT_AUTH", "on"),
        ("DOCENT_JWT_SECRET", SECRET),
        ("EMBEDDING_PROVIDER", "hash"),
        ("PUBLIC_PROJECT", "1"),
        ("RATE_LIMIT_USER", "100000"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec()
}

/// On the command line, before the first start.
fn make_admin(environment: &[(String, String)]) {
    let done = std::process::Command::new(env!("CARGO_BIN_EXE_docent"))
        .args(["user", "create", "--admin", "--username", Who::Admin.name(), "--password", PASSWORD])
        .envs(environment.iter().cloned())
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// Signed with the right secret, an hour ago.
fn expired() -> String {
    let now = docent::domain::clock::SystemClock.now().micros() / 1_000_000;
    let claims = json!({"iss": "docent", "aud": "docent", "sub": "1", "typ": "access", "sid": 1, "jti": "x",
                        "iat": now - 4_500, "exp": now - 3_600});
    encode(&Header::default(), &claims, &EncodingKey::from_secret(SECRET.as_bytes())).unwrap()
}
