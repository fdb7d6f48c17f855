//! The words that the embedding model's tokenizer knows as one piece: a test for words without a list of our own. How
//! letters follow each other in them tells a text from letters that a font mixes up, in any language of the Latin script.

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

/// Whether the letters of a text follow each other as in no language; never, where no words are known.
pub(super) fn is_cipher(text: &str) -> bool {
    known().is_some_and(|it| {
        !it.knows_some(text) && it.pairs.get_or_init(|| Pairs::of(&it.words)).are_none_of(text)
    })
}

pub(super) struct Words {
    words: HashSet<String>,
    /// Counted when a text is met of which hardly a word is known.
    pairs: OnceLock<Pairs>,
}

/// So many words of a text are looked up, and among them one in so many is known in any language of the script.
const LOOKED_UP: usize = 200;
const KNOWN_ONE_IN: usize = 8;

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
        let words: HashSet<String> =
            words.filter(|it| it.chars().all(char::is_alphabetic)).map(str::to_lowercase).collect();
        Some(Self { pairs: OnceLock::new(), words })
    }
}

impl Words {
    fn knows_some(&self, text: &str) -> bool {
        let words = text.split(|c: char| !c.is_alphabetic()).filter(|it| it.len() > 2).take(LOOKED_UP);
        let (mut all, mut known) = (0, 0);
        for word in words {
            all += 1;
            known += usize::from(self.words.contains(&word.to_lowercase()));
        }
        known * KNOWN_ONE_IN >= all
    }
}

impl Vocabulary for Words {
    fn knows(&self, word: &str) -> bool {
        self.words.contains(word)
    }
}

/// How often a letter follows another, of the 26 that all languages of the script share.
struct Pairs {
    /// How surprising the second is behind the first, in bits; the last is the edge of a word.
    bits: Vec<[f32; LETTERS + 1]>,
    /// More bits a letter than this are no text.
    most: f32,
}

const LETTERS: usize = 26;
/// With fewer letters nothing can be said.
const ENOUGH_LETTERS: usize = 300;
/// Fewer words than this tell nothing of a language.
const ENOUGH_WORDS: usize = 2_000;
const SAMPLED_LENGTH: usize = 8;

impl Pairs {
    fn of(words: &HashSet<String>) -> Self {
        let mut counts = vec![[0.5f32; LETTERS + 1]; LETTERS + 1];
        let usual: Vec<Vec<usize>> = words.iter().filter_map(|it| letters(it)).collect();
        for word in &usual {
            pairs(word).for_each(|(a, b)| counts[a][b] += 1.0);
        }
        for row in &mut counts {
            let all: f32 = row.iter().sum();
            row.iter_mut().for_each(|it| *it = -(*it / all).log2());
        }
        let mut pairs = Self { bits: counts, most: f32::MAX };
        if usual.len() >= ENOUGH_WORDS {
            // Words of one length stand for all; those of a small vocabulary are all needed.
            let some: Vec<&Vec<usize>> = usual.iter().filter(|it| it.len() == SAMPLED_LENGTH).collect();
            let some = if some.len() * 20 < usual.len() { usual.iter().collect() } else { some };
            let turned = |by: usize| {
                let words = some.iter().map(|word| word.iter().map(|it| (it + by) % LETTERS).collect());
                pairs.surprise(words).0
            };
            let mixed: Vec<f32> = (1..LETTERS).step_by(4).map(turned).collect();
            // Half-way to what the same words are with other letters.
            pairs.most = f32::midpoint(turned(0), mixed.iter().sum::<f32>() / mixed.len() as f32);
        }
        pairs
    }

    /// Bits a letter, and how many letters there are.
    fn surprise(&self, words: impl Iterator<Item = Vec<usize>>) -> (f32, usize) {
        let (mut bits, mut count) = (0.0f64, 0usize);
        for word in words {
            pairs(&word).for_each(|(a, b)| bits += f64::from(self.bits[a][b]));
            count += word.len() + 1;
        }
        ((bits / count.max(1) as f64) as f32, count)
    }

    fn are_none_of(&self, text: &str) -> bool {
        let words = text.split(|c: char| !c.is_alphabetic());
        // Abbreviations and codes follow rules of their own.
        let words = words.filter(|it| it.len() > 2 && !it.chars().skip(1).any(char::is_uppercase));
        let (bits, count) = self.surprise(words.filter_map(letters));
        count >= ENOUGH_LETTERS && bits > self.most
    }
}

fn letters(word: &str) -> Option<Vec<usize>> {
    let letter = |it: u8| it.is_ascii_alphabetic().then(|| usize::from(it.to_ascii_lowercase() - b'a'));
    let letters = word.bytes().map(letter);
    (word.len() > 2).then(|| letters.collect())?
}

/// Each letter with the one before it, and the edges.
fn pairs(word: &[usize]) -> impl Iterator<Item = (usize, usize)> {
    let edge = std::iter::once(LETTERS);
    let before = edge.clone().chain(word.iter().copied());
    before.zip(word.iter().copied().chain(edge))
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

    #[test]
    fn letters_that_a_font_mixes_up_are_told_from_text() {
        let syllables = ["ba", "de", "ki", "lo", "mu", "ne", "ra", "so", "ti", "ve", "an", "er", "in", "or"];
        let mut words = HashSet::new();
        for a in syllables {
            for b in syllables {
                words.extend(syllables.map(|c| format!("{a}{b}{c}")));
            }
        }
        let pairs = Pairs::of(&words);
        let text = "Banera solo kimuti verade anorin muvera tideso. ".repeat(10);
        let shifted: String = text
            .chars()
            .map(|c| if c.is_ascii_lowercase() { char::from((c as u8 - b'a' + 3) % 26 + b'a') } else { c })
            .collect();
        assert!(!pairs.are_none_of(&text) && pairs.are_none_of(&shifted));
        assert!(!pairs.are_none_of(&shifted[..60]), "too little to tell");
        let few: HashSet<String> = ["one".to_owned()].into();
        assert!(!Pairs::of(&few).are_none_of(&shifted), "too few words are known");
    }
}
