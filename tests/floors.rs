//! Holds `Cargo.lock` to versions without known holes, and to those that were measured.
//!
//! The advisory database is in no registry, so it cannot be asked on every machine (`make audit` asks it);
//! what mattered to us when the dependencies were chosen is written down here.

use std::collections::BTreeMap;

use sqlx::{Connection, Row, SqliteConnection};

/// Crate, the least version, and what is wrong with those below it.
const FLOORS: &[(&str, &str, &str)] = &[
    ("ammonia", "4.1.4", "mutation XSS"),
    ("bytes", "1.11.1", "integer overflow in `reserve`"),
    ("engineioxide", "0.17.9", "panics from remote, unlimited attachments"),
    ("h2", "0.4.16", "denial of service"),
    ("jsonwebtoken", "10.3.0", "CVE-2026-25537"),
    ("lopdf", "0.42.0", "crashes on damaged files"),
    ("quick-xml", "0.41.0", "quadratic attributes, unbounded namespaces"),
    ("rustls", "0.23.18", "denial of service"),
    ("socketioxide", "0.18.9", "double CONNECT, ghost rooms"),
    ("sqlx", "0.9.0", "its bundled SQLite"),
    ("tar", "0.4.45", "links out of the archive"),
    ("time", "0.3.47", "stack overflow while parsing"),
    ("tracing-subscriber", "0.3.20", "terminal escapes in logs"),
    ("tungstenite", "0.20.1", "denial of service by headers"),
    ("zip", "2.3.0", "links out of the archive"),
];

/// Crates of which exactly this version was measured; a newer one wants the measurements again.
const PINS: &[(&str, &str)] =
    &[("mail-parser", "0.11.9"), ("ort", "2.0.0-rc.15"), ("pdf_oxide", "0.3.78"), ("qdrant-edge", "0.7.2")];

/// Crates that may be away: a later part of the product brings them.
const NOT_YET: &[&str] = &["ammonia", "jsonwebtoken"];

/// SQLite below it can corrupt a database in WAL mode with several connections.
const SQLITE: &str = "3.51.3";

#[test]
fn no_crate_is_below_its_floor() {
    let locked = locked();
    let mut wrong = Vec::new();
    for (name, floor, reason) in FLOORS {
        let versions = locked.get(*name).map(Vec::as_slice).unwrap_or_default();
        if versions.is_empty() && !NOT_YET.contains(name) {
            wrong.push(format!("{name} is not in Cargo.lock: take it off the list"));
        }
        for version in versions.iter().filter(|version| numbers(version) < numbers(floor)) {
            wrong.push(format!("{name} {version} is below {floor} ({reason})"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn measured_crates_are_of_the_measured_version() {
    let locked = locked();
    for (name, version) in PINS {
        assert_eq!(locked.get(*name), Some(&vec![(*version).to_owned()]), "{name}");
    }
}

#[tokio::test]
async fn the_bundled_sqlite_is_recent_enough() {
    let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
    let row = sqlx::query("SELECT sqlite_version()").fetch_one(&mut connection).await.unwrap();
    let version: String = row.get(0);
    assert!(numbers(&version) >= numbers(SQLITE), "SQLite {version} is below {SQLITE}");
}

#[test]
fn versions_compare_as_numbers() {
    assert!(numbers("0.4.20") > numbers("0.4.3"));
    assert!(numbers("10.0.0") > numbers("9.9.9"));
    assert_eq!(numbers("2.0.0-rc.15"), [2, 0, 0]);
}

/// Every version of every crate.
fn locked() -> BTreeMap<String, Vec<String>> {
    let lock: toml::Table = include_str!("../Cargo.lock").parse().unwrap();
    let mut locked: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in lock["package"].as_array().unwrap() {
        let text = |key: &str| package[key].as_str().unwrap().to_owned();
        locked.entry(text("name")).or_default().push(text("version"));
    }
    assert!(locked.len() > 100, "Cargo.lock could not be read");
    locked
}

fn numbers(version: &str) -> [u64; 3] {
    let release = version.split(['-', '+']).next().unwrap_or_default();
    let mut parts = release.split('.').map(|part| part.parse().unwrap_or(0));
    std::array::from_fn(|_| parts.next().unwrap_or(0))
}
