//! An engine with a scripted model and a search that finds what it is told to.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use docent::auth::{Auth, Caller};
use docent::bus::LocalBus;
use docent::chat::{Engine, Found, NewQuestion, Options, Parts, Query, Search, Settings, TurnStream};
use docent::domain::chat::{Accepted, MessageStatus, TurnEvent, Visibility};
use docent::domain::clock::SystemClock;
use docent::domain::source::Source;
use docent::domain::{ChatId, Code, DocumentId, Fault, MessageId, ProjectId, Scope, Timestamp, UserId};
use docent::models::{ChatModel, Extractive, Script, Scripted, Step};
use docent::store::{NewChat, NewProject, NewVersion, Store, Window};
use tokio_util::task::TaskTracker;

const SHELVED: DocumentId = DocumentId::new(1);

pub const NOW: Timestamp = Timestamp::from_micros(1_700_000_000_000_000);

/// A search whose answers a test sets.
#[derive(Clone, Default)]
pub struct Library {
    pub sources: Arc<Mutex<Vec<Source>>>,
    /// What else is found, by what is asked for.
    pub shelves: Arc<Mutex<BTreeMap<String, Vec<Source>>>>,
    pub away: Arc<Mutex<bool>>,
    pub asked: Arc<Mutex<Vec<Query>>>,
}

#[async_trait]
impl Search for Library {
    async fn search(&self, _: &Scope, query: &Query) -> Result<Found, Fault> {
        self.asked.lock().unwrap().push(query.clone());
        if *self.away.lock().unwrap() {
            return Err(Fault::new(Code::StorageUnavailable, "the index at /secret is away"));
        }
        let shelf = self.shelves.lock().unwrap().get(&query.text).cloned();
        let sources = shelf.unwrap_or_else(|| self.sources.lock().unwrap().clone());
        let trace = serde_json::json!({"found": sources.len()});
        Ok(Found { relevant: !sources.is_empty(), sources, trace, ..Found::default() })
    }
}

pub struct Bench {
    pub store: Store,
    pub engine: Engine,
    pub model: Scripted,
    pub library: Library,
    pub caller: Caller,
    pub project: ProjectId,
    pub tasks: TaskTracker,
}

pub fn quick() -> Settings {
    Settings {
        save_every: Duration::from_millis(20),
        renew_every: Duration::from_millis(40),
        lease: Duration::from_millis(300),
        sweep_every: Duration::from_secs(3_600),
        content_timeout: Duration::from_millis(400),
        ..Settings::default()
    }
}

impl Bench {
    pub async fn new(store: Store) -> Self {
        Self::with(store, "node-a", Script::say(["They ", "eat ", "voles [1]."]), quick()).await
    }

    pub async fn with(store: Store, node: &str, script: Script, settings: Settings) -> Self {
        Self::with_models(store, node, script, settings, vec![Arc::new(Extractive)]).await
    }

    pub async fn with_models(
        store: Store,
        node: &str,
        script: Script,
        settings: Settings,
        others: Vec<Arc<dyn ChatModel>>,
    ) -> Self {
        let caller = Auth::off(&store, NOW).await.unwrap().local_owner().unwrap();
        let mut tx = store.read().await.unwrap();
        let project = tx.personal_project(caller.principal.user).await.unwrap().unwrap();
        drop(tx);
        shelve(&store, caller.principal.user).await;
        let library = Library::default();
        library.sources.lock().unwrap().push(source("kestrel.md", "Kestrels eat voles."));
        let model = Scripted::new(script);
        let tasks = TaskTracker::new();
        let random = AtomicU64::new(1);
        let parts = Parts {
            store: store.clone(),
            search: Arc::new(library.clone()),
            model: Arc::new(model.clone()),
            bus: Arc::new(LocalBus::new()),
            clock: Arc::new(SystemClock),
            random: Arc::new(move || random.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed)),
            node: node.to_owned(),
            tasks: tasks.clone(),
            settings,
        };
        let engine = Engine::with_models(parts, others);
        Self { store, engine, model, library, caller, project, tasks }
    }

    pub async fn chat(&self) -> ChatId {
        let mut tx = self.store.begin().await.unwrap();
        let chat = tx
            .insert_chat(&NewChat {
                project: self.project,
                title: None,
                visibility: Visibility::Project,
                author: self.caller.principal.user,
                name: None,
                created_at: NOW,
            })
            .await
            .unwrap();
        tx.commit().await.unwrap();
        chat
    }

    pub fn question(&self, chat: ChatId, content: &str) -> NewQuestion {
        NewQuestion {
            chat,
            content: content.to_owned(),
            user: self.caller.principal.user,
            username: self.caller.principal.username.clone(),
            options: Options::default(),
            client_message_id: None,
            keyed: None,
        }
    }

    pub async fn ask(&self, chat: ChatId, content: &str) -> (Accepted, TurnStream) {
        let question = self.question(chat, content);
        let started = self.engine.start(&self.caller.scope, question).await.unwrap();
        (started.accepted, started.stream)
    }

    /// Asks and reads to the end.
    pub async fn turn(&self, chat: ChatId, content: &str) -> Vec<TurnEvent> {
        let (_, stream) = self.ask(chat, content).await;
        drain(stream).await
    }

    pub async fn follow(&self, chat: ChatId, answer: MessageId, after: i64) -> TurnStream {
        self.engine.follow(&self.caller.scope, chat, answer, after).await.unwrap()
    }

    /// Status and text of the last message, as stored.
    pub async fn last(&self, chat: ChatId) -> (MessageStatus, String) {
        let mut tx = self.store.read().await.unwrap();
        let message = tx.messages(chat, Window { skip: 0, limit: 1_000 }).await.unwrap().items.pop().unwrap();
        (message.status, message.content)
    }

    /// Everything is written and nothing runs any more.
    pub async fn close(self) {
        self.engine.shutdown(Duration::from_secs(5)).await;
        self.tasks.close();
        tokio::time::timeout(Duration::from_secs(5), self.tasks.wait()).await.expect("a task still runs");
        assert_eq!(self.model.open(), 0, "an answer is still open at the model");
    }
}

impl Bench {
    /// Ends the one open turn of another process. Tried again while that process, which lives, renews its lease between
    /// the look and the grip.
    pub async fn take_over(&self) {
        let taking = async {
            loop {
                match self.engine.recover().await.unwrap() {
                    0 => {}
                    count => break count,
                }
            }
        };
        assert_eq!(tokio::time::timeout(Duration::from_secs(20), taking).await, Ok(1));
    }
}

pub async fn drain(mut stream: TurnStream) -> Vec<TurnEvent> {
    let mut events = Vec::new();
    let reading = async {
        while let Some(event) = stream.next().await {
            events.push(event);
        }
    };
    tokio::time::timeout(Duration::from_secs(20), reading).await.expect("the turn never ends");
    events
}

pub fn say(pieces: &[&str]) -> Step {
    Step::Say(pieces.iter().map(|piece| (*piece).to_owned()).collect())
}

pub fn call(tool: &str, arguments: serde_json::Value) -> Step {
    Step::Call { tool: tool.to_owned(), arguments }
}

/// Far enough apart that each piece is a frame of its own.
pub fn slowly() -> Step {
    Step::Pace { delay_ms: 25 }
}

/// The document that [`source`] finds passages in, in a project of its own; several engines may share its database.
async fn shelve(store: &Store, owner: UserId) {
    let mut tx = store.begin().await.unwrap();
    if tx.deleted_among(&[SHELVED]).await.unwrap().is_empty() {
        return;
    }
    let project = NewProject {
        name: "Shelf",
        description: "",
        settings: &serde_json::json!({}),
        owner,
        personal_of: None,
        created_at: NOW,
    };
    let project = tx.insert_project(&project).await.unwrap();
    let version =
        NewVersion { blob: "shelf", sha256: "shelf", size: 10, format: "md", filename: "kestrel.md" };
    let document = tx.insert_document(project, "kestrel.md", &version, owner, NOW).await.unwrap();
    assert_eq!(document, SHELVED);
    tx.commit().await.unwrap();
}

impl Bench {
    /// Deletes the document that [`source`] finds passages in.
    pub async fn delete_shelved(&self) {
        let mut tx = self.store.begin().await.unwrap();
        let shelf = ProjectId::new(2);
        assert!(tx.delete_document(shelf, SHELVED, NOW).await.unwrap());
        tx.commit().await.unwrap();
    }
}

pub fn source(filename: &str, content: &str) -> Source {
    Source {
        id: format!("1:1:{filename}"),
        content: content.to_owned(),
        document: SHELVED,
        filename: filename.to_owned(),
        generation: 1,
        page: Some(3),
        chunk_index: 0,
        start: 0,
        end: i64::try_from(content.chars().count()).unwrap(),
        heading: None,
        score: 0.5,
        partial: false,
        deleted: false,
    }
}

/// The shape of a turn in one line, and whether it keeps the engine's promises.
pub fn shape(events: &[TurnEvent]) -> String {
    let mut words = Vec::new();
    let mut next_seq = 0;
    let (mut whole, mut text) = (String::new(), String::new());
    let mut open = BTreeSet::new();
    let mut called = false;
    for (n, event) in events.iter().enumerate() {
        assert_eq!(event.is_terminal(), n + 1 == events.len(), "one end, and last: {events:#?}");
        if let TurnEvent::Token(frame) = event {
            assert_eq!(frame.first_seq, next_seq, "{events:#?}");
            assert!(frame.seq >= frame.first_seq && !frame.text.is_empty());
            next_seq = frame.seq + 1;
            text.push_str(&frame.text);
            whole.push_str(&frame.text);
            continue;
        }
        if event.is_terminal() || !text.is_empty() {
            words.push(format!("text {:?}", std::mem::take(&mut text)));
        }
        words.push(match event {
            TurnEvent::Accepted(_) => {
                assert_eq!(n, 0, "{events:#?}");
                "accepted".to_owned()
            }
            TurnEvent::Sources(sources) => {
                assert!(n == 1 || called, "{events:#?}");
                format!("sources {}", sources.len())
            }
            TurnEvent::ToolCall(call) => {
                called = true;
                assert!(open.insert(call.id.clone()), "{events:#?}");
                format!("call {} {}", call.tool, call.arguments)
            }
            TurnEvent::ToolResult(result) => {
                assert!(open.remove(&result.call), "{events:#?}");
                let outcome = result.outcome.as_ref().map_or_else(Clone::clone, ToString::to_string);
                format!("{} {outcome}", if result.outcome.is_ok() { "result" } else { "error" })
            }
            TurnEvent::Token(_) => unreachable!(),
            TurnEvent::Completed(done) => {
                assert_eq!(done.content, whole);
                assert!(open.is_empty(), "every call has its result: {events:#?}");
                format!("completed {} {:?}", done.finish_reason.name(), done.cited)
            }
            TurnEvent::Cancelled { content } => {
                assert_eq!(*content, whole);
                "cancelled".to_owned()
            }
            TurnEvent::Failed { code, content, .. } => {
                assert_eq!(*content, whole);
                format!("failed {}", code.name())
            }
            TurnEvent::Interrupted { content } => {
                assert_eq!(*content, whole);
                "interrupted".to_owned()
            }
        });
    }
    words.join(" | ")
}
