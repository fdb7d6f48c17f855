//! What stands in for compile-time checks: each statement is prepared on both databases, and both migration folders
//! make the same tables.

use std::collections::BTreeSet;

use docent::store::{DIALECTS, LEFT_OUT, Pools, STATEMENTS, Store, TABLES};
use sqlx::Executor;
use sqlx::SqlSafeStr;

use crate::support::databases::{TestStore, both_databases};

both_databases!(every_statement_can_be_prepared);

async fn every_statement_can_be_prepared(store: Store) {
    let mut refused = Vec::new();
    for &(name, sql) in STATEMENTS.iter().copied().flatten() {
        let result = match store.pools() {
            Pools::Sqlite { read, .. } => {
                read.acquire().await.unwrap().prepare(sql.into_sql_str()).await.map(drop)
            }
            Pools::Postgres(pool) => {
                pool.acquire().await.unwrap().prepare(sql.into_sql_str()).await.map(drop)
            }
        };
        if let Err(error) = result {
            refused.push(format!("{name}: {error}"));
        }
    }
    for dialects in DIALECTS {
        let result = match store.pools() {
            Pools::Sqlite { read, .. } => {
                read.acquire().await.unwrap().prepare(dialects.sqlite.into_sql_str()).await.map(drop)
            }
            Pools::Postgres(pool) => {
                pool.acquire().await.unwrap().prepare(dialects.postgres.into_sql_str()).await.map(drop)
            }
        };
        if let Err(error) = result {
            refused.push(format!("{}: {error}", dialects.name));
        }
    }
    assert!(refused.is_empty(), "{refused:#?}");
}

#[test]
fn every_file_with_statements_is_in_the_list() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/store");
    for entry in fs_err::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let module = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = fs_err::read_to_string(&path).unwrap();
        if module != "statement" && text.contains("statements! {") {
            let listed = STATEMENTS.iter().any(|all| all[0].0.contains(&format!("::{module}::")));
            assert!(listed, "the statements of src/store/{module}.rs are not in STATEMENTS");
        }
    }
}

#[tokio::test]
async fn both_migration_folders_make_the_same_tables() {
    let (sqlite, postgres) = (TestStore::sqlite().await, TestStore::postgres().await);
    assert_eq!(columns(&sqlite.store).await, columns(&postgres.store).await);
}

#[tokio::test]
async fn every_table_is_moved_or_has_a_reason_not_to_be() {
    let test = TestStore::sqlite().await;
    let Pools::Sqlite { read, .. } = test.store.pools() else { unreachable!() };
    let sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    let there: Vec<(String,)> = sqlx::query_as(sql).fetch_all(read).await.unwrap();
    let there: BTreeSet<&str> = there.iter().map(|(name,)| name.as_str()).collect();
    let known = TABLES.iter().copied().chain(LEFT_OUT.iter().map(|(name, _)| *name));
    assert_eq!(there, known.collect(), "src/store/moving.rs lists every table once");
    assert_eq!(there.len(), TABLES.len() + LEFT_OUT.len());
}

/// `table.column type null` of every table of ours, sorted.
async fn columns(store: &Store) -> Vec<String> {
    let rows: Vec<(String, String, String, bool)> = match store.pools() {
        Pools::Sqlite { read, .. } => sqlx::query_as(
            "SELECT t.name, c.name, c.type, c.\"notnull\" OR c.pk > 0
             FROM sqlite_master t, pragma_table_info(t.name) c
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE '\\_%' ESCAPE '\\'
               AND t.name NOT IN ('Jobs', 'Workers')",
        )
        .fetch_all(read)
        .await
        .unwrap(),
        Pools::Postgres(pool) => sqlx::query_as(
            "SELECT table_name::text, column_name::text, upper(data_type::text), is_nullable = 'NO'
             FROM information_schema.columns
             WHERE table_schema = 'public' AND table_name NOT LIKE '\\_%'",
        )
        .fetch_all(pool)
        .await
        .unwrap(),
    };
    let mut columns: Vec<String> = rows
        .into_iter()
        .map(|(table, column, kind, required)| {
            let kind = if kind == "INTEGER" { "BIGINT".to_owned() } else { kind };
            format!("{table}.{column} {kind} {}", if required { "required" } else { "optional" })
        })
        .collect();
    assert!(columns.len() > 50, "{columns:?}");
    columns.sort();
    columns
}
