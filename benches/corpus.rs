//! Synthetic chunks: random directions, and words out of a Zipf-like vocabulary.

use docent::words::{Fields, Language, passage};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

pub const DIMENSION: usize = 384;
pub const PROJECTS: i64 = 20;
pub const CHUNKS_PER_DOCUMENT: i64 = 50;
const WORDS: usize = 120;
const VOCABULARY: usize = 30_000;

/// The directions and texts of one document's chunks, the same for the same number.
pub fn chunks_of(document: i64) -> Vec<(Vec<f32>, String)> {
    let mut rng = StdRng::seed_from_u64(document as u64);
    (0..CHUNKS_PER_DOCUMENT).map(|_| (direction(&mut rng), words(&mut rng, WORDS))).collect()
}

pub fn direction(rng: &mut StdRng) -> Vec<f32> {
    // The sum of a few uniform numbers is normal enough for an even spread of directions.
    (0..DIMENSION).map(|_| (0..4).map(|_| rng.random::<f32>() - 0.5).sum()).collect()
}

pub fn words(rng: &mut StdRng, count: usize) -> String {
    let word = |_| {
        let rank = (VOCABULARY as f64).powf(rng.random::<f64>()) as usize;
        word_of(rank)
    };
    (0..count).map(word).collect::<Vec<_>>().join(" ")
}

/// A word in letters, for one with figures in it would be an identifier.
pub fn word_of(rank: usize) -> String {
    let letter = |digit: char| digit.to_digit(10).map_or('w', |digit| char::from(b'a' + digit as u8));
    format!("w{}", rank.to_string().chars().map(letter).collect::<String>())
}

/// The terms of an English passage and what they weigh.
pub fn weights(text: &str) -> Vec<(u32, f32)> {
    Fields { body: passage(text, Some(Language::English)), ..Fields::default() }.weights(90.0)
}
