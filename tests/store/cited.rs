//! What answers keep of documents that are deleted: that they were cited, and nothing of what they said.

use std::collections::BTreeSet;

use docent::domain::chat::{MessageStatus, Speaker, ToolResult, Visibility};
use docent::domain::source::Source;
use docent::domain::{ChatId, DocumentId, MessageId, ProjectId, Timestamp, UserId};
use docent::store::{
    Mark, Marked, NewChat, NewMessage, NewProject, NewTurn, NewVersion, Pools, Store, Window,
};
use serde_json::json;
use sqlx::AssertSqlSafe;

use crate::support::databases::both_databases;

const NOW: Timestamp = Timestamp::from_micros(1_800_000_000_000_000);

/// A chat with answers that cite documents.
struct Talk {
    store: Store,
    project: ProjectId,
    chat: ChatId,
    owner: UserId,
}

impl Talk {
    async fn new(store: Store) -> Self {
        let mut tx = store.begin().await.unwrap();
        let owner = tx.insert_visitor("ann", "ann", NOW).await.unwrap();
        let project = NewProject {
            name: "Birds",
            description: "",
            settings: &json!({}),
            owner,
            personal_of: None,
            created_at: NOW,
        };
        let project = tx.insert_project(&project).await.unwrap();
        let chat = NewChat {
            project,
            title: None,
            visibility: Visibility::Project,
            author: owner,
            name: None,
            created_at: NOW,
        };
        let chat = tx.insert_chat(&chat).await.unwrap();
        tx.commit().await.unwrap();
        Self { store, project, chat, owner }
    }

    async fn document(&self, name: &str) -> DocumentId {
        let mut tx = self.store.begin().await.unwrap();
        let version = NewVersion { blob: name, sha256: name, size: 10, format: "md", filename: name };
        let id = tx.insert_document(self.project, name, &version, self.owner, NOW).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    async fn delete(&self, document: DocumentId) {
        let mut tx = self.store.begin().await.unwrap();
        assert!(tx.delete_document(self.project, document, NOW).await.unwrap());
        tx.commit().await.unwrap();
    }

    async fn answer(&self, sources: &[Source]) -> MessageId {
        let mut tx = self.store.begin().await.unwrap();
        let message = NewMessage {
            chat: self.chat,
            speaker: Speaker::Assistant,
            content: "Voles [1], doves [2].",
            status: MessageStatus::Completed,
            author: None,
            model: None,
            question: None,
            summary: false,
            created_at: NOW,
        };
        let id = tx.insert_message(&message).await.unwrap();
        tx.set_sources(id, sources).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    async fn sources(&self, answer: MessageId) -> Vec<Source> {
        let mut tx = self.store.read().await.unwrap();
        let one = tx.message(self.chat, answer).await.unwrap().unwrap().sources;
        let all = tx.messages(self.chat, Window { skip: 0, limit: 100 }).await.unwrap().items;
        let listed = all.into_iter().find(|message| message.id == answer).unwrap().sources;
        assert_eq!(one, listed, "read the same alone and in a list");
        one
    }

    async fn forget(&self, document: DocumentId, at_once: i64) {
        let mut after = Some(MessageId::new(0));
        while let Some(message) = after {
            let mut tx = self.store.begin().await.unwrap();
            after = tx.forget_cited(document, message, at_once).await.unwrap();
            tx.commit().await.unwrap();
        }
    }

    /// A column as the database holds it, row by row.
    async fn column(&self, sql: &str) -> Vec<String> {
        let sql = AssertSqlSafe(sql.to_owned());
        let rows: Vec<(String,)> = match self.store.pools() {
            Pools::Sqlite { read, .. } => sqlx::query_as(sql).fetch_all(read).await.unwrap(),
            Pools::Postgres(pool) => sqlx::query_as(sql).fetch_all(pool).await.unwrap(),
        };
        rows.into_iter().map(|(text,)| text).collect()
    }

    async fn execute(&self, sql: &str) {
        let sql = AssertSqlSafe(sql.to_owned());
        match self.store.pools() {
            Pools::Sqlite { write, .. } => drop(sqlx::query(sql).execute(write).await.unwrap()),
            Pools::Postgres(pool) => drop(sqlx::query(sql).execute(pool).await.unwrap()),
        }
    }

    async fn owed(&self) -> BTreeSet<DocumentId> {
        let mut tx = self.store.read().await.unwrap();
        tx.cited_and_deleted(100).await.unwrap().into_iter().collect()
    }
}

fn source(document: DocumentId, content: &str) -> Source {
    Source {
        id: format!("{document}:1:0"),
        content: content.to_owned(),
        document,
        filename: "secret_plan.md".to_owned(),
        generation: 1,
        page: Some(3),
        chunk_index: 0,
        start: 0,
        end: 19,
        heading: Some("Prey".to_owned()),
        score: 0.5,
        partial: false,
        deleted: false,
    }
}

both_databases!(sources_of_a_deleted_document_say_nothing_and_keep_their_numbers);

async fn sources_of_a_deleted_document_say_nothing_and_keep_their_numbers(store: Store) {
    let talk = Talk::new(store).await;
    let (gone, stays) = (talk.document("gone.md").await, talk.document("stays.md").await);
    let sources = [source(gone, "Kestrels eat voles."), source(stays, "Falcons eat doves.")];
    let answer = talk.answer(&sources).await;
    assert_eq!(talk.sources(answer).await, sources);

    talk.delete(gone).await;
    let mut blank = sources[0].clone();
    blank.forget();
    assert_eq!((blank.content.as_str(), blank.filename.as_str()), ("", "deleted document"));
    assert!(blank.deleted && blank.heading.is_none() && blank.page == Some(3));
    let left = [blank, sources[1].clone()];
    assert_eq!(talk.sources(answer).await, left, "from the answer on");

    talk.forget(gone, 100).await;
    assert_eq!(talk.sources(answer).await, left, "and after its text is gone from the database");
    let stored = talk.column("SELECT sources FROM messages").await.concat();
    assert!(!stored.contains("voles") && stored.contains("doves"), "{stored}");
    assert_eq!(stored.matches("secret_plan").count(), 1, "{stored}");
}

both_databases!(text_of_a_deleted_document_goes_from_all_answers_a_few_at_a_time);

async fn text_of_a_deleted_document_goes_from_all_answers_a_few_at_a_time(store: Store) {
    let talk = Talk::new(store).await;
    let (gone, stays) = (talk.document("gone.md").await, talk.document("stays.md").await);
    for n in 0..5 {
        talk.answer(&[source(gone, &format!("voles {n}")), source(gone, "voles again")]).await;
        talk.answer(&[source(stays, "doves")]).await;
    }
    talk.forget(gone, 2).await;
    assert_eq!(talk.owed().await, BTreeSet::new());
    let stored = || async { talk.column("SELECT sources FROM messages").await.concat() };
    assert_eq!(stored().await.matches("voles").count(), 10, "it is not deleted");

    talk.delete(gone).await;
    assert_eq!(talk.owed().await, BTreeSet::from([gone]));
    talk.forget(gone, 2).await;
    let left = stored().await;
    assert_eq!((left.matches("voles").count(), left.matches("doves").count()), (0, 5), "{left}");
    assert_eq!(talk.owed().await, BTreeSet::new());
}

both_databases!(an_answer_under_way_stores_nothing_of_a_document_deleted_meanwhile);

async fn an_answer_under_way_stores_nothing_of_a_document_deleted_meanwhile(store: Store) {
    let talk = Talk::new(store).await;
    let gone = talk.document("gone.md").await;
    let first = source(gone, "Kestrels eat voles.");
    let answer = talk.answer(std::slice::from_ref(&first)).await;
    talk.delete(gone).await;
    talk.forget(gone, 100).await;
    let mut tx = talk.store.begin().await.unwrap();
    let deleted = tx.set_sources(answer, &[first.clone(), source(gone, "Kestrels hover.")]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(deleted, [gone]);
    let stored = talk.column("SELECT sources FROM messages").await.concat();
    assert!(!stored.contains("voles") && !stored.contains("hover"), "{stored}");
    assert_eq!(talk.sources(answer).await.len(), 2);
}

both_databases!(what_an_answer_was_made_of_goes_with_the_text);

async fn what_an_answer_was_made_of_goes_with_the_text(store: Store) {
    let talk = Talk::new(store).await;
    let gone = talk.document("gone.md").await;
    let answer = talk.answer(&[source(gone, "Kestrels eat voles.")]).await;
    let mut tx = talk.store.begin().await.unwrap();
    let turn = NewTurn {
        answer,
        chat: talk.chat,
        task: "task",
        node: "node",
        lease_until: NOW,
        options: "{}",
        created_at: NOW,
    };
    tx.insert_turn(&turn).await.unwrap();
    let trace = json!({"query": "prey", "examined": {"answers": ["4711 voles"]}});
    tx.set_trace(answer, &trace.to_string()).await.unwrap();
    let result = ToolResult {
        call: "one".to_owned(),
        tool: "query_table".to_owned(),
        outcome: Ok(json!({"sum": "4711 voles"})),
    };
    let marks = [
        Marked { frame: 0, mark: Mark::Result(result) },
        Marked { frame: 1, mark: Mark::Sources { before: 0, after: 1 } },
    ];
    tx.insert_marks(answer, 0, &marks, NOW).await.unwrap();
    tx.commit().await.unwrap();

    talk.delete(gone).await;
    talk.forget(gone, 100).await;
    assert_eq!(talk.column("SELECT trace FROM turns").await, [r#"{"query":"prey"}"#]);
    let kept = talk.column("SELECT mark FROM turn_marks ORDER BY position").await;
    assert!(kept.len() == 2 && !kept.concat().contains("4711"), "{kept:?}");
    let mut tx = talk.store.read().await.unwrap();
    let read = tx.marks(answer, 0).await.unwrap();
    assert_eq!((read.len(), &read[1]), (2, &marks[1]));
}

both_databases!(answers_of_earlier_versions_are_known_to_cite_what_they_cite);

async fn answers_of_earlier_versions_are_known_to_cite_what_they_cite(store: Store) {
    let talk = Talk::new(store).await;
    let (one, two) = (talk.document("one.md").await, talk.document("two.md").await);
    let quoting = r#"It says {"document":999,"x":1} and \"document\":998 there."#;
    talk.answer(&[source(one, quoting), source(two, "doves"), source(one, "voles")]).await;
    talk.answer(&[]).await;
    let pairs = "SELECT message_id || ' ' || document_id FROM cited_documents ORDER BY 1";
    let known = talk.column(pairs).await;
    assert_eq!(known.len(), 2, "{known:?}");
    talk.execute("DELETE FROM cited_documents").await;
    let migration = match talk.store.pools() {
        Pools::Sqlite { .. } => include_str!("../../migrations/sqlite/0140_cited_documents.sql"),
        Pools::Postgres(_) => include_str!("../../migrations/postgres/0140_cited_documents.sql"),
    };
    let (_, filling) = migration.split_once("INSERT INTO").unwrap();
    talk.execute(&format!("INSERT INTO {filling}")).await;
    assert_eq!(talk.column(pairs).await, known);
}
