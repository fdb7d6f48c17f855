//! Lists over many passages: every one of them is looked at, in long documents and in short ones.
//!
//! `PASSAGES=100000` makes it as many and tells how long the answer took.

use docent::store::{Pools, Store};

use super::changes::ask;
use crate::support::app::{TestApp, both_apps};

/// Makes more passages of the first one of a document: every `every`th of them has something of its own to say.
const MORE: &str = "
    INSERT INTO chunks (document_id, generation, position, page, heading, start_offset, end_offset, text, text_hash,
                        tokens, language, header)
    WITH RECURSIVE n (i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < $2)
    SELECT c.document_id, c.generation, n.i, c.page, c.heading, c.end_offset * n.i, c.end_offset * (n.i + 1),
           CASE WHEN n.i % $3 = 0 THEN 'Supplier ' || CAST(c.document_id AS TEXT) || '-' || CAST(n.i AS TEXT) || ' delivers steel. ' ELSE '' END || c.text,
           c.text_hash, c.tokens, c.language, c.header
    FROM chunks c, n WHERE c.document_id = $1 AND c.position = 0";
const COUNT: &str = "UPDATE generations SET chunk_count = $2 WHERE document_id = $1";

async fn multiply(store: &Store, document: i64, passages: i64, every: i64) {
    match store.pools() {
        Pools::Sqlite { write, .. } => {
            let more = sqlx::query(MORE).bind(document).bind(passages - 1).bind(every);
            more.execute(write).await.unwrap();
            sqlx::query(COUNT).bind(document).bind(passages).execute(write).await.unwrap();
        }
        Pools::Postgres(pool) => {
            let more = sqlx::query(MORE).bind(document).bind(passages - 1).bind(every);
            more.execute(pool).await.unwrap();
            sqlx::query(COUNT).bind(document).bind(passages).execute(pool).await.unwrap();
        }
    }
}

both_apps!(every_passage_of_long_and_short_documents_is_looked_at);

async fn every_passage_of_long_and_short_documents_is_looked_at(app: TestApp) {
    let wanted: i64 = std::env::var("PASSAGES").ok().and_then(|many| many.parse().ok()).unwrap_or(7_000);
    let project = app.project("Many").await;
    let words = "The machine is serviced every month by the team in hall four. ".repeat(2);
    // One long document, and short ones for the rest.
    let sizes = [wanted / 2, 700, 600, 500, wanted - wanted / 2 - 1_801, 1];
    let mut documents = Vec::new();
    for (n, passages) in sizes.iter().enumerate() {
        let text = format!("Paper {n}. {words}");
        let uploaded = app.upload(project, "", &format!("paper-{n}.txt"), text).await;
        documents.push((uploaded.json()["document"]["id"].as_i64().unwrap(), *passages));
    }
    app.run_jobs().await;
    let mut planted = 0;
    for (document, passages) in documents {
        if passages > 1 {
            multiply(&app.bench.store, document, passages, 500).await;
            planted += (passages - 1) / 500;
        }
    }
    let begun = std::time::Instant::now();
    let (_, answer) = ask(&app, project, None, "Which suppliers deliver steel?").await;
    eprintln!("{wanted} passages in {:?}", begun.elapsed());
    let number = |number: i64| {
        let digits = number.to_string();
        if digits.len() > 3 {
            format!("{},{}", &digits[..digits.len() - 3], &digits[digits.len() - 3..])
        } else {
            digits
        }
    };
    let head = format!("**{} found**; {} passages of 6 documents examined.", number(planted), number(wanted));
    assert!(answer.text.starts_with(&head), "{head} is not how it begins: {}", answer.text);
    let first =
        answer.sources.first().map(|source| (source.chunk_index, source.content.contains("delivers steel")));
    assert_eq!(first, Some((500, true)));
}
