#!/usr/bin/env bash
# llm_json (Rust) mends JSON of a model in which values are not quoted: a time 12:30, a code 00742, an amount 1,234.
# Expected: texts, as it makes them of other bare words, and jsonrepair of 00742; or an error.
# Happens: 12, 0 and 1, without an error, and keys that nothing wrote: "unknown": 30, "unknown": 742, "234": "".
# Matters: times lose their minutes, codes are nought, amounts lose their thousands, and the record passes as mended.
# Source: the crate's documentation (repairs JSON of language models; missing quotes); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_rust 'llm_json = "=1.0.3"' 'serde_json = "=1.0.154"' <<'RS'
use serde_json::{Value, json};

fn mend(text: &str) -> Value {
    let mended = llm_json::loads(text, &Default::default()).unwrap();
    println!("{text} becomes {mended}");
    mended
}

fn main() {
    assert_eq!(mend(r#"{"start": 12.5, "paid": True}"#), json!({"start": 12.5, "paid": true}));
    assert_eq!(mend(r#"{"start": 12:30}"#), json!({"start": 12, "unknown": 30}), "times are kept now");
    assert_eq!(mend(r#"{"code": 00742}"#), json!({"code": 0, "unknown": 742}), "codes are kept now");
    assert_eq!(mend(r#"{"rent": 1,234}"#), json!({"rent": 1, "234": ""}), "amounts are kept now");
}
RS
