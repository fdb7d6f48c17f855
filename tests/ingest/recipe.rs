//! What another version has made is made anew while searches go on.

use docent::domain::document::DocumentStatus;
use docent::ingest;
use docent::store::Store;

use crate::support::bench::Bench;
use crate::support::databases::both_databases;

both_databases!(points_of_another_recipe_are_made_anew);

async fn points_of_another_recipe_are_made_anew(store: Store) {
    let mut bench = Bench::new(store).await;
    bench.caches = true;
    let workers = bench.work().await;
    let kestrels: String = (0..60)
        .map(|n| {
            format!(
                "The kestrel with the number {n} is said to eat {n} voles, and has eaten them by the mill. "
            )
        })
        .collect();
    let (one, two) = (
        bench.upload("Annual-Report_Acme.txt", kestrels.as_bytes()).await,
        bench
            .upload(
                "two.txt",
                "Der Vertrag endet am letzten Tag im März und wird nicht verlängert.".as_bytes(),
            )
            .await,
    );
    for document in [one, two] {
        assert_eq!(bench.settled(document).await.status, DocumentStatus::Completed);
    }
    workers.stop().await;
    let parts = bench.parts();
    assert_eq!(ingest::outdated(&parts).await.unwrap().documents, 0, "what was just read is up to date");

    // As an earlier version has left it: nothing recorded, nothing counted.
    let mut tx = bench.store.begin().await.unwrap();
    tx.set_recipe((one, 1), "an earlier one").await.unwrap();
    tx.commit().await.unwrap();
    ingest::forget_words(&parts, (one, 1)).await.unwrap();
    let points = bench.points().await;
    let outdated = ingest::outdated(&parts).await.unwrap();
    assert!(outdated.documents == 1 && outdated.chunks > 0, "{outdated:?}");

    assert_eq!(ingest::refresh(&parts).await.unwrap(), 1);
    assert_eq!(ingest::outdated(&parts).await.unwrap().documents, 0);
    assert_eq!(ingest::refresh(&parts).await.unwrap(), 0, "once");
    assert_eq!(bench.points().await, points, "in their places");

    let mut tx = bench.store.read().await.unwrap();
    let mut languages: Vec<String> =
        tx.word_totals(bench.project).await.unwrap().into_iter().map(|total| total.language).collect();
    languages.sort();
    assert_eq!(languages, ["de", "en"]);
    let acme = docent::words::term_of("acm");
    let chunks = tx.chunks_from(one, 1, 0, 1_000).await.unwrap();
    assert_eq!(
        tx.holding(bench.project, &[acme]).await.unwrap().get(&acme).copied(),
        i64::try_from(chunks.len()).ok(),
        "the name of the file is a word of each of its passages"
    );
    assert!(chunks.iter().all(|chunk| chunk.language.as_deref() == Some("en")));
}

both_databases!(what_a_passage_belongs_to_is_read_off_the_spool_again);

async fn what_a_passage_belongs_to_is_read_off_the_spool_again(store: Store) {
    let mut bench = Bench::new(store).await;
    bench.caches = true;
    let workers = bench.work().await;
    let rows: String = (0..80).map(|n| format!("| Otter {n} | {} kilograms |\n", n * 3)).collect();
    let table = format!("# Weights of otters\n\n| Animal | Weight |\n| --- | --- |\n{rows}");
    let document = bench.upload("list.md", table.as_bytes()).await;
    assert_eq!(bench.settled(document).await.status, DocumentStatus::Completed);
    workers.stop().await;
    let parts = bench.parts();
    let mut tx = bench.store.read().await.unwrap();
    let chunks = tx.chunks_from(document, 1, 0, 1_000).await.unwrap();
    let (_, title) = tx.generation_name(document, 1).await.unwrap().unwrap();
    drop(tx);
    assert_eq!(title.as_deref(), Some("Weights of otters"));
    let (rows, others): (Vec<_>, Vec<_>) = chunks.iter().partition(|chunk| chunk.text.starts_with("| Otter"));
    assert!(rows.len() > 1 && rows.iter().all(|chunk| chunk.header.as_deref() == Some("Animal | Weight")));
    assert!(rows.iter().all(|chunk| !chunk.text.contains("Animal")), "what is shown is the passage");
    assert!(others.iter().all(|chunk| chunk.header.is_none()), "one has the header with it");

    // As a version has left it that knew neither.
    let mut bare = chunks.clone();
    for chunk in &mut bare {
        (chunk.header, chunk.text_hash) = (None, "an earlier one".to_owned());
    }
    let mut tx = bench.store.begin().await.unwrap();
    tx.set_title((document, 1), None).await.unwrap();
    tx.set_chunk_readings((document, 1), &bare).await.unwrap();
    tx.set_recipe((document, 1), "an earlier one").await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(ingest::refresh(&parts).await.unwrap(), 1);

    let mut tx = bench.store.read().await.unwrap();
    assert_eq!(tx.chunks_from(document, 1, 0, 1_000).await.unwrap(), chunks);
    assert_eq!(tx.generation_name(document, 1).await.unwrap().unwrap().1, title);
    let weight = docent::words::passage("weight", Some(docent::words::Language::English)).terms[0].0;
    let holding = tx.holding(bench.project, &[weight]).await.unwrap();
    assert_eq!(holding.get(&weight).copied(), i64::try_from(chunks.len()).ok(), "a word of each passage");
}
