//! How often terms occur, on both databases.

use std::collections::HashMap;

use docent::domain::DocumentId;
use docent::store::{PART, Store, WordTotal};

use super::found::Shelf;
use crate::support::databases::both_databases;

both_databases!(what_a_generation_adds_is_taken_off_again);

async fn what_a_generation_adds_is_taken_off_again(store: Store) {
    let shelf = Shelf::new(&store).await;
    let (a, b) = (shelf.document("a.md", "first").await, shelf.document("b.md", "second").await);
    let many: Vec<(u32, u32)> = (0..100).map(|term| (term, 2)).collect();
    count(&shelf, (a, 1, 0), &many, &[total("en", 5, 400)]).await;
    count(&shelf, (a, 1, 1), &[(2_000_000_000, 1)], &[]).await;
    count(&shelf, (b, 1, 0), &[(7, 1)], &[total("en", 1, 80), total("", 2, 9)]).await;
    // Counting twice is counting once, and a generation that is gone is not counted.
    count(&shelf, (b, 1, 0), &[(7, 1)], &[total("en", 1, 80)]).await;
    count(&shelf, (DocumentId::from(9_999), 1, 0), &[(7, 1)], &[total("en", 1, 80)]).await;

    assert_eq!(holding(&shelf, &[7, 8, 2_000_000_000, 55_555]).await, [(7, 3), (8, 2), (2_000_000_000, 1)]);
    assert_eq!(totals(&shelf).await, [total("en", 6, 480), total("", 2, 9)]);

    let mut parts = 0;
    loop {
        let mut tx = store.begin().await.unwrap();
        let more = tx.uncount_words(a, 1).await.unwrap();
        tx.commit().await.unwrap();
        if !more {
            break;
        }
        parts += 1;
    }
    assert_eq!(parts, 2);
    assert_eq!(holding(&shelf, &[7]).await, [(7, 1)]);
    assert_eq!(totals(&shelf).await, [total("", 2, 9), total("en", 1, 80)], "the commonest first");
    const { assert!(PART >= 1_000) };
}

both_databases!(what_another_recipe_made_is_found);

async fn what_another_recipe_made_is_found(store: Store) {
    let shelf = Shelf::new(&store).await;
    let (a, b) = (shelf.document("a.md", "first").await, shelf.document("b.md", "second").await);
    shelf.publish(a, 1, 3).await;
    shelf.publish(b, 1, 2).await;
    let mut tx = store.begin().await.unwrap();
    tx.set_recipe((b, 1), "new").await.unwrap();
    let outdated = tx.outdated_generations("new", DocumentId::from(0), 10).await.unwrap();
    assert_eq!(outdated, [(shelf.project, a, 1)]);
    assert_eq!(tx.count_outdated("new").await.unwrap(), (1, 3));
    assert_eq!(tx.generation_name(a, 1).await.unwrap(), Some(("a.md".to_owned(), None)));
    tx.set_title((a, 1), Some("Otters")).await.unwrap();
    assert_eq!(tx.generation_name(a, 1).await.unwrap().unwrap().1.as_deref(), Some("Otters"));
    let mut second = tx.chunks_from(a, 1, 1, 1).await.unwrap();
    second[0].language = Some("de".to_owned());
    second[0].text_hash = "ab".to_owned();
    second[0].header = Some("Year | Debt".to_owned());
    tx.set_chunk_readings((a, 1), &second).await.unwrap();
    let chunks = tx.chunks_from(a, 1, 0, 10).await.unwrap();
    let read: Vec<_> = chunks
        .iter()
        .map(|chunk| (chunk.language.as_deref(), chunk.text_hash.as_str(), chunk.header.as_deref()))
        .collect();
    assert_eq!(read, [(None, "", None), (Some("de"), "ab", Some("Year | Debt")), (None, "", None)]);
    tx.commit().await.unwrap();
}

fn total(language: &str, chunks: i64, words: i64) -> WordTotal {
    WordTotal { language: language.into(), chunks, words }
}

async fn count(shelf: &Shelf<'_>, name: (DocumentId, i64, i64), terms: &[(u32, u32)], totals: &[WordTotal]) {
    let mut tx = shelf.store.begin().await.unwrap();
    tx.count_words(shelf.project, name, terms, totals).await.unwrap();
    tx.commit().await.unwrap();
}

async fn holding(shelf: &Shelf<'_>, terms: &[u32]) -> Vec<(u32, i64)> {
    let found: HashMap<u32, i64> =
        shelf.store.read().await.unwrap().holding(shelf.project, terms).await.unwrap();
    let mut found: Vec<_> = found.into_iter().collect();
    found.sort_unstable();
    found
}

async fn totals(shelf: &Shelf<'_>) -> Vec<WordTotal> {
    shelf.store.read().await.unwrap().word_totals(shelf.project).await.unwrap()
}
