//! The doors alone, on a free port: with a real database and bus, and an engine that follows a script.

use std::sync::Arc;

use docent::auth::Auth;
use docent::auth::origin::Origins;
use docent::bus::{Bus, LocalBus};
use docent::domain::chat::{MessageStatus, Speaker, Visibility};
use docent::domain::clock::SystemClock;
use docent::domain::event::{News, ProjectEvent};
use docent::domain::{ProjectId, Timestamp, UserId};
use docent::doors::{Doors, Limits, Services};
use docent::store::{NewChat, NewMessage, NewProject, Store};
use tokio::task::JoinHandle;

use super::client::{Client, Language, Transport};
use super::scripted::{CHAT, Script};
use crate::support::databases::TestStore;

pub struct Server {
    pub url: String,
    pub auth: Auth,
    pub store: Store,
    pub bus: Arc<dyn Bus>,
    pub script: Script,
    pub doors: Arc<Doors>,
    serving: JoinHandle<()>,
    _database: TestStore,
}

impl Server {
    pub async fn start() -> Self {
        Self::start_with(Limits::default()).await
    }

    pub async fn start_with(limits: Limits) -> Self {
        let database = TestStore::sqlite().await;
        let store = database.store.clone();
        let bus: Arc<dyn Bus> = Arc::new(LocalBus::new());
        let script = Script::default();
        let auth = Auth::off(&store, Timestamp::from_micros(0)).await.unwrap();
        let doors = Arc::new(Doors::open(Services {
            auth: auth.clone(),
            bus: bus.clone(),
            clock: Arc::new(SystemClock),
            direct: None,
            limits,
            node: "test".to_owned(),
            origins: Arc::new(Origins::new(["https://docs.example.org".to_owned()], true)),
            store: store.for_callers(),
            turns: Arc::new(script.clone()),
        }));
        assert_eq!(open_chat(&store).await, CHAT, "the one that the script knows");
        let routes = axum::Router::new().route("/healthz", axum::routing::get(async || "ok"));
        let routes = doors.mount(routes);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        #[expect(clippy::disallowed_methods, reason = "ends with the test")]
        let serving = tokio::task::spawn(async move { axum::serve(listener, routes).await.unwrap() });
        Self { url, auth, store, bus, script, doors, serving, _database: database }
    }

    pub async fn javascript(&self) -> Client {
        Client::connect(&self.url, Language::JavaScript, Transport::Websocket).await
    }

    pub async fn client(&self, language: Language, transport: Transport) -> Client {
        Client::connect(&self.url, language, transport).await
    }

    /// The project that everybody finds at the first start.
    pub async fn project(&self) -> ProjectId {
        let user = UserId::from(1);
        self.store.read().await.unwrap().personal_project(user).await.unwrap().unwrap()
    }

    pub async fn another_project(&self, name: &str) -> ProjectId {
        let mut tx = self.store.begin().await.unwrap();
        let new = NewProject {
            name,
            description: "",
            settings: &serde_json::json!({}),
            owner: UserId::from(1),
            personal_of: None,
            created_at: Timestamp::from_micros(0),
        };
        let id = tx.insert_project(&new).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// Something that was said in a chat.
    pub async fn message(&self, chat: i64) -> i64 {
        let mut tx = self.store.begin().await.unwrap();
        let new = NewMessage {
            chat: chat.into(),
            speaker: Speaker::User,
            content: "What do kestrels eat?",
            status: MessageStatus::Completed,
            author: Some(UserId::from(1)),
            model: None,
            question: None,
            summary: false,
            created_at: Timestamp::from_micros(0),
        };
        let id = tx.insert_message(&new).await.unwrap();
        tx.commit().await.unwrap();
        id.get()
    }

    /// Something that was said in another chat.
    pub async fn message_elsewhere(&self) -> i64 {
        self.message(open_chat(&self.store).await).await
    }

    pub fn publish(&self, project: ProjectId, news: News) {
        self.bus.publish(ProjectEvent { project, news });
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn open_chat(store: &Store) -> i64 {
    let author = UserId::from(1);
    let mut tx = store.begin().await.unwrap();
    let new = NewChat {
        project: tx.personal_project(author).await.unwrap().unwrap(),
        title: Some("Birds"),
        visibility: Visibility::Project,
        author,
        name: None,
        created_at: Timestamp::from_micros(0),
    };
    let chat = tx.insert_chat(&new).await.unwrap();
    tx.commit().await.unwrap();
    chat.get()
}
