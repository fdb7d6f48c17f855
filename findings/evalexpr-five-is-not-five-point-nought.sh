#!/usr/bin/env bash
# evalexpr (Rust) compares a whole number with one that has a point: 5 == 5.0, price == 5 for a price of 5.0.
# Expected: true, as in SQL, JavaScript, Python and in its own order: 5 <= 5.0 and 5 >= 5.0 hold, and min and max mix the two.
# Happens: false, and != is true: equal means of the same type. 7/2 is 3 for the same reason, and 7/2.0 is 3.5.
# Matters: rules over rows whose amounts come as floating numbers ("5.0") never hold for whole ones, without an error.
# Source: evalexpr's README (if one argument of an operator is a floating point number, the others are converted); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_rust 'evalexpr = "=13.1.0"' <<'RS'
use evalexpr::{ContextWithMutableVariables, DefaultNumericTypes, HashMapContext, Value, eval_boolean_with_context};

fn main() {
    let mut row = HashMapContext::<DefaultNumericTypes>::new();
    row.set_value("price".into(), Value::Float(5.0)).unwrap();
    let seen = ["price == 5.0", "price <= 5 && price >= 5", "price == 5", "price != 5", "5 == 5.0"]
        .map(|text| eval_boolean_with_context(text, &row).unwrap());
    println!("{seen:?}");
    assert_eq!(seen[..2], [true, true]);
    assert_eq!(seen[2..], [false, true, false], "whole and other numbers are compared by value now");
}
RS
