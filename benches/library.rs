//! A library of so many chunks, in the database and in the index, as if documents had been read; only faster.

use std::collections::BTreeMap;
use std::time::Duration;

use docent::auth::Auth;
use docent::domain::{DocumentId, ProjectId, Timestamp, UserId};
use docent::store::{Chunk, NewProject, NewVersion, PART, Publication, Store, StoreError, WordTotal};
use docent::vectors::{EdgeIndex, Point, VectorIndex};
use serde_json::json;

use crate::corpus::{CHUNKS_PER_DOCUMENT, PROJECTS, chunks_of, weights};

const NOW: Timestamp = Timestamp::from_micros(1_000_000);

/// Returns the projects that the chunks are in, with the index flushed and reorganised.
pub async fn fill(store: &Store, index: &EdgeIndex, size: i64) -> Result<Vec<ProjectId>, StoreError> {
    let owner = Auth::off(store, NOW).await?.local_owner().unwrap().principal.user;
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
        let (directions, texts): (Vec<Vec<f32>>, Vec<String>) = chunks_of(number).into_iter().unzip();
        let document = publish(store, project, owner, number, &texts).await?;
        let points = texts.into_iter().zip(directions).enumerate().map(|(position, (text, dense))| Point {
            project,
            document,
            generation: 1,
            position: position as i64,
            dense: Some(dense),
            words: weights(&text),
        });
        index.upsert(points.collect()).await.expect("an upsert");
    }
    index.settle().await.expect("a flush");
    index.optimize().await.expect("an optimisation");
    Ok(projects)
}

/// In how many of the texts each term stands, and how many they are.
fn counts(texts: &[String]) -> (Vec<(u32, u32)>, [WordTotal; 1]) {
    let mut terms = BTreeMap::<u32, u32>::new();
    for (term, _) in texts.iter().flat_map(|text| weights(text)) {
        *terms.entry(term).or_default() += 1;
    }
    let words = texts.iter().map(|text| text.split(' ').count() as i64).sum();
    let total = WordTotal { language: "en".into(), chunks: texts.len() as i64, words };
    (terms.into_iter().collect(), [total])
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
        language: None,
        header: None,
    };
    let chunks: Vec<Chunk> = texts.iter().enumerate().map(chunk).collect();
    tx.insert_chunks(hold, (document, 1), &chunks).await?;
    let publication = Publication {
        page_count: 1,
        word_count: 1,
        chunk_count: chunks.len() as i64,
        warnings: Vec::new(),
        recipe: "bench".into(),
    };
    tx.publish_generation(hold, (document, 1), &publication, NOW).await?;
    let (terms, totals) = counts(texts);
    for (part, terms) in (0..).zip(terms.chunks(PART)) {
        let totals: &[WordTotal] = if part == 0 { &totals } else { &[] };
        tx.count_words(project, (document, 1, part), terms, totals).await?;
    }
    tx.commit().await?;
    Ok(document)
}
