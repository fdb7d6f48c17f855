//! The words that the embedding model's tokenizer knows as one piece: a test for words without a list of our own.

use docent_layout::Vocabulary;
use std::collections::HashSet;
use std::path::Path;
use std::sync::OnceLock;

/// The file as it was read, before the file system is out of reach.
static FILE: OnceLock<Vec<u8>> = OnceLock::new();
static WORDS: OnceLock<Option<Words>> = OnceLock::new();

/// A larger file is no tokenizer.
const MAX_BYTES: u64 = 64 << 20;

/// Keeps the file for [`known`]; without it, a document's own words have to do.
pub(super) fn load(path: &Path) {
    let small = std::fs::metadata(path).is_ok_and(|it| it.len() <= MAX_BYTES);
    if let (true, Ok(bytes)) = (small, std::fs::read(path)) {
        let _ = FILE.set(bytes);
    }
}

/// The words, parsed when they are first needed.
pub(super) fn known() -> Option<&'static Words> {
    WORDS.get_or_init(|| FILE.get().and_then(|bytes| Words::parse(bytes))).as_ref()
}

pub(super) struct Words(HashSet<String>);

impl Words {
    /// From a `tokenizer.json` of any of the usual kinds. Those with marks for "begins a word" mean only these.
    fn parse(bytes: &[u8]) -> Option<Self> {
        let value: serde_json::Value = serde_json::from_slice(bytes).ok()?;
        let pieces: Vec<&str> = match &value["model"]["vocab"] {
            serde_json::Value::Object(map) => map.keys().map(String::as_str).collect(),
            serde_json::Value::Array(list) => list.iter().filter_map(|it| it[0].as_str()).collect(),
            _ => return None,
        };
        let mark = ['▁', 'Ġ']
            .into_iter()
            .find(|mark| pieces.iter().filter(|it| it.starts_with(*mark)).count() > 100);
        let words = pieces.into_iter().filter_map(|piece| match mark {
            Some(mark) => piece.strip_prefix(mark),
            None => (!piece.starts_with("##")).then_some(piece),
        });
        Some(Self(words.filter(|it| it.chars().all(char::is_alphabetic)).map(str::to_lowercase).collect()))
    }
}

impl Vocabulary for Words {
    fn knows(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_are_told_from_pieces() {
        let words = Words::parse(br###"{"model":{"vocab":{"[CLS]":0,"climate":1,"##lyser":2}}}"###).unwrap();
        assert!(words.knows("climate") && !words.knows("lyser") && !words.knows("[cls]"));
        let pieces: Vec<String> =
            (0..200).map(|at| format!(r#"["▁w{}",-1.0]"#, "x".repeat(at + 1))).collect();
        let json =
            format!(r#"{{"model":{{"vocab":[["mate",-1.0],["▁return",-2.0],{}]}}}}"#, pieces.join(","));
        let words = Words::parse(json.as_bytes()).unwrap();
        assert!(words.knows("return") && !words.knows("mate"));
    }
}
