#!/usr/bin/env bash
# dotenvy (Rust) reads a .env file with ADDRESS="http://$NAME", then LIMIT=20; the program loads it as its README does, and goes on
#   without a file if there is none (.ok()).
# Expected: http://north and 20, as with "http://${NAME}" and with "http://$NAME/", and as the shell reads it.
# Happens: an error: the closing quotation mark is not seen behind the variable's name. The lines after it are not read, so with .ok()
#   LIMIT is not set.
# Matters: one setting that ends in a variable switches off all that stand below it, and the service runs with defaults.
# Source: dotenvy's README (variable substitution with $NAME and ${NAME}); the shell's reading, shown below; what was seen by this script.
. "$(dirname "$0")/lib.sh"
printf 'NAME=north\nADDRESS="http://${NAME}"\nOTHER="http://$NAME/"\nLIMIT=20\n' > good.env
printf 'NAME=north\nADDRESS="http://$NAME"\nLIMIT=20\n' > look.env
(. ./look.env && test "$ADDRESS $LIMIT" = "http://north 20")
with_rust 'dotenvy = "=0.15.7"' <<'RS'
fn main() {
    let read = |path: &str| -> Vec<String> {
        let lines = dotenvy::from_path_iter(path).unwrap();
        lines.map(|line| line.map_or_else(|error| format!("error: {error}"), |(name, value)| format!("{name}={value}"))).collect()
    };
    println!("{:?}\n{:?}", read("good.env"), read("look.env"));
    assert_eq!(read("good.env"), ["NAME=north", "ADDRESS=http://north", "OTHER=http://north/", "LIMIT=20"]);
    assert!(read("look.env")[1].starts_with("error"), "the mark is seen now");
    let loaded = dotenvy::from_filename("look.env").ok();
    println!("loaded {loaded:?}, LIMIT {:?}", std::env::var("LIMIT"));
    assert!(loaded.is_none() && std::env::var("LIMIT").is_err(), "the lines below are read now");
}
RS
