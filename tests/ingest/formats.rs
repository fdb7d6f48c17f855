//! Files as people have them, through the whole of it.

use std::path::Path;
use std::time::Duration;

use docent::domain::document::DocumentStatus;
use docent::extract::Format;
use docent::store::Store;

use crate::support::bench::Bench;
use crate::support::databases::both_databases;

both_databases!(every_fixture_is_read_with_its_pages);

async fn every_fixture_is_read_with_its_pages(store: Store) {
    let bench = Bench::new(store).await;
    let workers = bench.work().await;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/documents");
    let mut uploaded = Vec::new();
    for entry in fs_err::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let (name, bytes) =
            (path.file_name().unwrap().to_str().unwrap().to_owned(), fs_err::read(&path).unwrap());
        if Format::recognise(&name, &bytes).is_ok() {
            uploaded.push((bench.upload(&name, &bytes).await, name));
        }
    }
    assert!(uploaded.len() >= 5);
    for (document, name) in uploaded {
        let end = bench.settled(document).await;
        let why = end.error.as_ref().map(|error| error.code.name());
        if end.status != DocumentStatus::Completed {
            assert_eq!(end.status, DocumentStatus::Failed, "{name}");
            assert!(
                matches!(why, Some("no_text" | "encrypted_document" | "corrupt_document")),
                "{name}: {end:?}"
            );
            continue;
        }
        let mut tx = bench.store.read().await.unwrap();
        let chunks = tx.chunks_from(document, 1, 0, 10_000).await.unwrap();
        let pages = tx.pages(document, 1, 0, 10_000).await.unwrap();
        let whole: Vec<char> =
            pages.iter().map(|page| page.text.as_str()).collect::<Vec<_>>().join("\n\n").chars().collect();
        assert!(!chunks.is_empty(), "{name}");
        for (chunk, position) in chunks.iter().zip(0..) {
            assert_eq!(chunk.position, position, "{name}");
            let range =
                usize::try_from(chunk.start_offset).unwrap()..usize::try_from(chunk.end_offset).unwrap();
            assert_eq!(
                whole[range].iter().collect::<String>(),
                chunk.text,
                "{name}: offsets lead to the text"
            );
            let page = pages.iter().rfind(|page| page.start_offset <= chunk.start_offset).unwrap();
            assert_eq!(chunk.page, page.numbered.then_some(page.number), "{name}");
            assert!((1..=254).contains(&chunk.tokens), "{name}: {} tokens", chunk.tokens);
        }
    }
    workers.stop().await;
}

both_databases!(many_pages_are_spooled_ahead_of_slow_embedding);

async fn many_pages_are_spooled_ahead_of_slow_embedding(store: Store) {
    use crate::support::bench::Counted;
    use std::sync::Arc;

    let mut bench = Bench::new(store).await;
    let slow = Counted::held(Arc::clone(&bench.embedder), Duration::ZERO);
    bench.embedder = slow.clone();
    let workers = bench.work().await;
    let sheet: String = (0..8_000).map(|n| format!("{n},kestrel number {n},eats voles\n")).collect();
    let document = bench.upload("table.csv", format!("id,name,food\n{sheet}").as_bytes()).await;
    let early = bench.reaches(document, |progress| progress.chunks_total.is_some()).await;
    assert!(early.chunks_done < early.chunks_total, "totals are known before the end: {early:?}");
    slow.release();
    assert_eq!(bench.settled(document).await.status, DocumentStatus::Completed);
    workers.stop().await;
}
