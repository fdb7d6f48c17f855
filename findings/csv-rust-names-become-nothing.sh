#!/usr/bin/env bash
# The csv crate of Rust reads rows into maps of name and value (HashMap<String, serde_json::Value>), and into a struct that
#   has another one inside (#[serde(flatten)]): postcodes, names, parts of an order.
# Expected: texts: a CSV has no types, and a field of type String gets any text, as it does in a plain struct.
# Happens: the values are guessed: "00742" is 742, "12e5" is 1200000, and the first name "Nan" is null, for it is read as a
#   number that is none; in the inner struct the String field refuses "00742" and takes "N1": it was made a number before.
# Matters: postcodes lose their noughts and people their names; an import stops at the first row whose code has only figures.
# Source: the crate's documentation, which speaks of types that fields are read into; RFC 4180; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_rust 'csv = "=1.4.0"' 'serde = { version = "=1.0.229", features = ["derive"] }' 'serde_json = "=1.0.154"' <<'RS'
use serde::Deserialize;
use serde_json::json;
use std::collections::HashMap;

#[derive(Debug, Deserialize)]
struct Place {
    zip: String,
}

#[derive(Debug, Deserialize)]
struct Person {
    name: String,
    #[serde(flatten)]
    place: Place,
}

fn main() {
    let rows = "name,zip,part\nNan,00742,12e5\nAnna,N1,A7\n";
    let first: HashMap<String, serde_json::Value> =
        csv::Reader::from_reader(rows.as_bytes()).deserialize().next().unwrap().unwrap();
    println!("{first:?}");
    assert_eq!(json!(first), json!({"name": null, "zip": 742, "part": 1200000.0}), "texts stay texts now");
    let people: Vec<Result<Person, _>> = csv::Reader::from_reader(rows.as_bytes()).deserialize().collect();
    println!("{people:?}");
    assert!(people[0].as_ref().is_err_and(|error| error.to_string().contains("integer `742`")), "texts stay texts now");
    assert!(people[1].as_ref().is_ok_and(|person| person.name == "Anna" && person.place.zip == "N1"));
}
RS
