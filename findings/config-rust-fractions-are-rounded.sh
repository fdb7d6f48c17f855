#!/usr/bin/env bash
# config (Rust) reads settings that are fractions into whole numbers: a waiting time of 0.4 as u64, a limit of 12.7 as i64, true as i64.
# Expected: an error, as serde's other readers give it (serde_json, toml), and as config itself gives it for the text "12.7".
# Happens: 0, 13 and 1: fractions are rounded without a word.
# Matters: a time limit of 0.4 seconds is none at all or at once, a share of 0.7 is all; that the unit or type was wrong is never seen.
# Source: serde_json's error for the same values, shown below; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_rust 'config = { version = "=0.15.27", default-features = false, features = ["json"] }' 'serde_json = "=1.0.154"' \
    'serde = { version = "=1.0.229", features = ["derive"] }' <<'RS'
#[derive(Debug, PartialEq, serde::Deserialize)]
struct Settings {
    wait: u64,
    limit: i64,
}

fn read(text: &str) -> Result<Settings, config::ConfigError> {
    let source = config::File::from_str(text, config::FileFormat::Json);
    config::Config::builder().add_source(source).build()?.try_deserialize()
}

fn main() {
    let text = r#"{"wait": 0.4, "limit": 12.7}"#;
    let other = serde_json::from_str::<Settings>(text);
    println!("config {:?}; serde_json {:?}", read(text), other);
    assert!(other.is_err());
    assert!(read(r#"{"wait": 1, "limit": "12.7"}"#).is_err());
    assert_eq!(read(text).unwrap(), Settings { wait: 0, limit: 13 }, "fractions are refused now");
    assert_eq!(read(r#"{"wait": 1, "limit": true}"#).unwrap().limit, 1, "truth values are refused now");
}
RS
