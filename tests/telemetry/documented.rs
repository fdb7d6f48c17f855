//! What is written about metrics, held against what there is. `UPDATE_DOCS=1` writes the table anew.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use docent::telemetry::CATALOGUE;
use serde_json::Value;

const BEGIN: &str = "<!-- families: made by tests/telemetry/documented.rs -->\n";
const END: &str = "<!-- end of families -->\n";

fn docs(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name)
}

#[test]
fn every_family_stands_in_the_documentation() {
    let path = docs("metrics.md");
    let text = fs_err::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once(BEGIN).unwrap();
    let (table, after) = rest.split_once(END).unwrap();
    let wanted = made();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs_err::write(&path, format!("{before}{BEGIN}{wanted}{END}{after}")).unwrap();
    } else {
        assert_eq!(table, wanted, "docs/metrics.md is out of date: run this test with UPDATE_DOCS=1");
    }
}

fn made() -> String {
    let mut text = "\n| family | kind | labels | what it tells |\n|---|---|---|---|\n".to_owned();
    for family in CATALOGUE {
        let label = |(name, values): &(&str, Option<&[&str]>)| match values {
            Some(values) => format!("`{name}`: {}", values.join(", ")),
            None => format!("`{name}`"),
        };
        let labels: Vec<String> = family.labels.iter().map(label).collect();
        let (name, kind, help) = (family.name, family.kind.name(), family.help);
        writeln!(text, "| `{name}` | {kind} | {} | {help} |", labels.join("; ")).unwrap();
    }
    text + "\n"
}

#[test]
fn the_dashboard_asks_for_what_there_is_and_leaves_nothing_of_ours_out() {
    let dashboard: Value =
        serde_json::from_str(&fs_err::read_to_string(docs("grafana.json")).unwrap()).unwrap();
    assert_eq!(dashboard["uid"], "docent");
    assert!(dashboard["schemaVersion"].as_i64().unwrap() >= 38);
    let variables: Vec<&str> = dashboard["templating"]["list"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["name"].as_str().unwrap())
        .collect();
    assert_eq!(variables, ["datasource", "job", "instance"]);
    let panels = dashboard["panels"].as_array().unwrap();
    let ids: BTreeSet<i64> = panels.iter().map(|panel| panel["id"].as_i64().unwrap()).collect();
    assert_eq!(ids.len(), panels.len(), "each panel has a number of its own");

    let known: BTreeSet<&str> = CATALOGUE.iter().map(|family| family.name).collect();
    let mut asked = BTreeSet::new();
    for panel in panels.iter().filter(|panel| panel["type"] != "row") {
        assert!(!panel["title"].as_str().unwrap().is_empty());
        let targets = panel["targets"].as_array().unwrap();
        assert!(!targets.is_empty(), "{}", panel["title"]);
        for target in targets {
            let query = target["expr"].as_str().unwrap();
            let names = families(query);
            assert!(!names.is_empty(), "{query}");
            for name in names {
                let family = ["_bucket", "_sum", "_count"].iter().find_map(|end| name.strip_suffix(end));
                let family = family.filter(|stem| known.contains(stem)).unwrap_or(&name).to_owned();
                assert!(known.contains(family.as_str()), "{}: there is no {name}", panel["title"]);
                asked.insert(family);
            }
        }
    }
    // Of the process only what says something at a glance.
    let left_out: Vec<&str> = CATALOGUE
        .iter()
        .map(|family| family.name)
        .filter(|name| name.starts_with("docent_") && !asked.contains(*name))
        .collect();
    assert!(left_out.is_empty(), "no panel shows {left_out:?}");
}

/// The names of metrics in a query.
fn families(query: &str) -> Vec<String> {
    let words = query.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    words
        .filter(|word| word.starts_with("docent_") || word.starts_with("process_"))
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_documentation_names_the_settings() {
    let text = fs_err::read_to_string(docs("metrics.md")).unwrap();
    for name in
        ["METRICS_TOKEN", "BOARD_LISTEN", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_SERVICE_NAME", "RUST_LOG"]
    {
        assert!(text.contains(name), "{name}");
    }
}
