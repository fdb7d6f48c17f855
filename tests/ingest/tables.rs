//! Tables of PDF pages: kept as cells, and computed with.

use docent::chat::query_table;
use docent::domain::document::DocumentStatus;
use docent::store::Store;
use serde_json::json;

use crate::support::bench::Bench;
use crate::support::databases::both_databases;
use crate::support::pages::{pdf, ruled};

/// A table of harbours that begins on one page and ends on the next, where its header stands again.
fn harbours() -> Vec<u8> {
    let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
    let header = row(["Harbour", "Boats", "Fee"]);
    let mut first = vec![header.clone()];
    first.extend((0..30).map(|n| row([&format!("Skarvik {n}"), "2", "120"])));
    let second = vec![header, row(["Torvik", "7", "95"]), row(["Norvik", "9", "80"])];
    pdf(&[ruled(740, &first), ruled(740, &second)])
}

both_databases!(a_table_that_goes_on_overleaf_is_kept_as_one_and_computed_with);

async fn a_table_that_goes_on_overleaf_is_kept_as_one_and_computed_with(store: Store) {
    let bench = Bench::new(store).await;
    let workers = bench.work().await;
    let document = bench.upload("harbours.pdf", &harbours()).await;
    assert_eq!(bench.settled(document).await.status, DocumentStatus::Completed);

    let scope = &bench.owner.scope;
    let mut tx = bench.store.read().await.unwrap();
    let kept = tx.live_tables(scope, bench.project, document, 10).await.unwrap();
    let pages = tx.pages(document, 1, 0, 10).await.unwrap();
    drop(tx);
    assert_eq!(kept.len(), 1, "{kept:?}");
    let table = &kept[0].table;
    assert_eq!((table.page, table.last_page, table.header_rows, table.rows.len()), (1, 2, 1, 33));
    let whole: Vec<char> =
        pages.iter().map(|page| page.text.as_str()).collect::<Vec<_>>().join("\n\n").chars().collect();
    let (start, end) = kept[0].rows[32].unwrap();
    let shown: String =
        whole[usize::try_from(start).unwrap()..usize::try_from(end).unwrap()].iter().collect();
    assert_eq!(shown, "Norvik | 9 | 80");

    let store = bench.store.for_callers();
    let asked = json!({"operation": "sum", "column": "Boats"});
    let told = query_table(&store, scope, bench.project, document, asked).await.unwrap().unwrap();
    assert_eq!((&told["result"], &told["rows_used"]), (&json!(["76"]), &json!(32)));
    workers.stop().await;
}
