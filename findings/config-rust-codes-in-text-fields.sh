#!/usr/bin/env bash
# config (Rust) reads settings from the environment with try_parsing, so that numbers may be had, into a struct whose fields are String: a
#   code 00742, the commit 12345e67, the version 1.10.
# Expected: these texts, since the fields are String; or an error, as figment gives it for the first.
# Happens: "742", a number of 72 figures, and "1.1": what reads as a number is made one, and written out again for the field. The commit
#   12345f67 stays.
# Matters: postcodes and codes lose their noughts, version 1.10 is 1.1; a commit or id is another one when it has one "e" and else figures.
# Source: the crate's documentation (try_parsing: parse booleans, integers and floats if they are detected and can be parsed); the type of
#   the field; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_rust 'config = { version = "=0.15.27", default-features = false }' 'serde = { version = "=1.0.229", features = ["derive"] }' <<'RS'
use config::{Config, Environment};

#[derive(Debug, serde::Deserialize)]
struct Settings {
    code: String,
    commit: String,
    other: String,
    version: String,
}

fn read(parsing: bool) -> Settings {
    let given = [("CODE", "00742"), ("COMMIT", "12345e67"), ("OTHER", "12345f67"), ("VERSION", "1.10")];
    let given = given.map(|(name, value)| (name.to_string(), value.to_string())).into_iter().collect();
    let source = Environment::default().source(Some(given)).try_parsing(parsing);
    let settings = Config::builder().add_source(source).build().unwrap().try_deserialize().unwrap();
    println!("try_parsing {parsing}: {settings:?}");
    settings
}

fn main() {
    let plain = read(false);
    assert_eq!([plain.code, plain.commit, plain.other, plain.version], ["00742", "12345e67", "12345f67", "1.10"]);
    let parsed = read(true);
    assert_eq!(parsed.other, "12345f67");
    assert_eq!([parsed.code, parsed.version], ["742", "1.1"], "texts stay texts now");
    assert!(parsed.commit.len() == 72 && parsed.commit.starts_with("1234500"), "texts stay texts now");
}
RS
