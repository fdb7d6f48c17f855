//! What a search may show, on both databases.

use std::time::Duration;

use docent::auth::{Auth, server_scope};
use docent::domain::{DocumentId, ProjectId, Scope, Timestamp, UserId};
use docent::store::{
    Chunk, Hold, NewProject, NewVersion, Publication, Published, ShownGeneration, Store, Tx,
};

use crate::support::databases::both_databases;

const NOW: Timestamp = Timestamp::from_micros(1_000_000);

both_databases!(only_the_live_generation_of_a_standing_document_is_shown);

async fn only_the_live_generation_of_a_standing_document_is_shown(store: Store) {
    let shelf = Shelf::new(&store).await;
    let a = shelf.document("a.md", "first").await;
    let b = shelf.document("b.md", "second").await;
    shelf.publish(a, 1, 3).await;
    assert_eq!(
        shelf.live(&[a, b]).await,
        [(a, 1), (b, 1)],
        "b is still being read, and shown as far as it is"
    );

    let all: Vec<_> =
        (0..3).map(|position| (a, 1, position)).chain([(a, 1, 9), (a, 2, 0), (b, 1, 0)]).collect();
    assert_eq!(shelf.shown(&server_scope(), &all).await, [(1, 0), (1, 1), (1, 2)]);

    let mut tx = store.begin().await.unwrap();
    let document = tx.document(&server_scope(), a).await.unwrap().unwrap().document;
    tx.insert_version(shelf.project, document.id, &version("a.md", "third"), NOW).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(
        shelf.shown(&server_scope(), &[(a, 1, 0), (a, 2, 0)]).await,
        [(1, 0)],
        "until the new one is done"
    );
    shelf.publish(a, 2, 1).await;
    assert_eq!(shelf.shown(&server_scope(), &[(a, 1, 0), (a, 2, 0)]).await, [(2, 0)]);
    assert_eq!(shelf.live(&[a]).await, [(a, 2)]);

    let mut tx = store.begin().await.unwrap();
    assert!(tx.delete_document(shelf.project, a, NOW).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(shelf.shown(&server_scope(), &[(a, 2, 0)]).await, []);
    assert_eq!(shelf.live(&[a]).await, []);
}

both_databases!(another_project_and_another_person_see_nothing);

async fn another_project_and_another_person_see_nothing(store: Store) {
    let shelf = Shelf::new(&store).await;
    let a = shelf.document("a.md", "first").await;
    shelf.publish(a, 1, 1).await;

    let mut tx = store.begin().await.unwrap();
    let settings = serde_json::json!({});
    let other = NewProject {
        name: "Other",
        description: "",
        settings: &settings,
        owner: shelf.owner,
        personal_of: None,
        created_at: NOW,
    };
    let other = tx.insert_project(&other).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = store.read().await.unwrap();
    assert!(tx.live_generations(&server_scope(), other, &[a]).await.unwrap().is_empty());
    assert!(tx.live_chunks(&server_scope(), other, &[(a, 1, 0)]).await.unwrap().is_empty());
}

both_databases!(long_lists_are_asked_for_in_parts);

async fn long_lists_are_asked_for_in_parts(store: Store) {
    let shelf = Shelf::new(&store).await;
    let a = shelf.document("a.md", "first").await;
    shelf.publish(a, 1, 40).await;
    let all: Vec<_> = (0..50).map(|position| (a, 1, position)).collect();
    assert_eq!(shelf.shown(&server_scope(), &all).await.len(), 40);
    let many: Vec<DocumentId> = (1_000..1_100).map(DocumentId::from).chain([a]).collect();
    assert_eq!(shelf.live(&many).await, [(a, 1)]);
    assert_eq!(shelf.live(&[]).await, []);
}

both_databases!(chunks_in_other_languages_are_told_with_their_texts);

async fn chunks_in_other_languages_are_told_with_their_texts(store: Store) {
    let shelf = Shelf::new(&store).await;
    let a = shelf.document("a.md", "first").await;
    let language = |position| [None, Some("en"), Some("de")][usize::try_from(position % 3).unwrap()];
    shelf.publish_in(a, 1, 40, language).await;
    let mut tx = store.read().await.unwrap();
    let asked: Vec<_> = (0..50).map(|position| (a, 1, position)).collect();
    let mut found = tx.chunks_in_others(&server_scope(), shelf.project, &asked, "en").await.unwrap();
    found.sort();
    let expected: Vec<_> = (0..40)
        .filter(|position| position % 3 == 2)
        .map(|position| ((a, 1, position), format!("chunk {position}")))
        .collect();
    assert_eq!(found, expected, "what is in none is in no other");
    let elsewhere = ProjectId::from(shelf.project.get() + 1);
    assert!(tx.chunks_in_others(&server_scope(), elsewhere, &asked, "en").await.unwrap().is_empty());
}

/// A project with documents in it.
pub struct Shelf<'a> {
    pub store: &'a Store,
    pub project: ProjectId,
    owner: UserId,
}

impl<'a> Shelf<'a> {
    pub async fn new(store: &'a Store) -> Self {
        let auth = Auth::off(store, NOW).await.unwrap();
        let owner = auth.local_owner().unwrap().principal.user;
        let project = store.begin().await.unwrap().personal_project(owner).await.unwrap().unwrap();
        Self { store, project, owner }
    }

    pub async fn document(&self, path: &str, sha256: &str) -> DocumentId {
        let mut tx = self.store.begin().await.unwrap();
        let id =
            tx.insert_document(self.project, path, &version(path, sha256), self.owner, NOW).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    pub async fn publish(&self, document: DocumentId, generation: i64, chunks: i64) {
        self.publish_in(document, generation, chunks, |_| None).await;
    }

    /// The same with the language of the chunk at each position.
    async fn publish_in(
        &self,
        document: DocumentId,
        generation: i64,
        chunks: i64,
        language: fn(i64) -> Option<&'static str>,
    ) {
        let mut tx = self.store.begin().await.unwrap();
        let hold = start(&mut tx, document, generation).await;
        let chunk = |position| Chunk {
            position,
            page: Some(1),
            heading: None,
            start_offset: 0,
            end_offset: 5,
            text: format!("chunk {position}"),
            text_hash: String::new(),
            tokens: 2,
            language: language(position).map(Into::into),
            header: None,
        };
        let all: Vec<Chunk> = (0..chunks).map(chunk).collect();
        assert!(tx.insert_chunks(hold, (document, generation), &all).await.unwrap());
        let publication = Publication {
            page_count: 1,
            word_count: 2,
            chunk_count: chunks,
            warnings: Vec::new(),
            recipe: "test".into(),
        };
        let done = tx.publish_generation(hold, (document, generation), &publication, NOW).await.unwrap();
        assert_eq!(done, Published::Live);
        tx.commit().await.unwrap();
    }

    async fn live(&self, documents: &[DocumentId]) -> Vec<(DocumentId, i64)> {
        let mut tx = self.store.read().await.unwrap();
        let found = tx.live_generations(&server_scope(), self.project, documents).await.unwrap();
        let generation = |(document, shown): (DocumentId, ShownGeneration)| (document, shown.generation);
        let mut found: Vec<_> = found.into_iter().map(generation).collect();
        found.sort_unstable();
        found
    }

    async fn shown(&self, scope: &Scope, chunks: &[(DocumentId, i64, i64)]) -> Vec<(i64, i64)> {
        let mut tx = self.store.read().await.unwrap();
        let found = tx.live_chunks(scope, self.project, chunks).await.unwrap();
        let mut found: Vec<_> = found.iter().map(|chunk| (chunk.generation, chunk.position)).collect();
        found.sort_unstable();
        found
    }
}

async fn start(tx: &mut Tx, document: DocumentId, generation: i64) -> Hold {
    let run = tx.run_of(document, generation).await.unwrap().unwrap();
    let lease = NOW.plus(Duration::from_secs(60));
    tx.start_run(run.id, run.enqueued, "test", lease, NOW).await.unwrap().unwrap().hold()
}

fn version<'a>(filename: &'a str, sha256: &'a str) -> NewVersion<'a> {
    NewVersion { filename, blob: sha256, sha256, size: 1, format: "md" }
}
