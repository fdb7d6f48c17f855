//! No model at all: words are hashed into a vector. Deterministic, instant and offline; finds what shares
//! words, knows nothing of meaning. For tests, and for machines on which nothing can be fetched.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;

use super::{Embedder, EmbeddingError, HashSettings, ModelInfo, TokenCounter, normalised};

/// Letters of a word that stand for its other forms too: a poor man's stemming.
const STEM: usize = 5;

pub(super) fn open(settings: &HashSettings) -> Result<Arc<dyn Embedder>, EmbeddingError> {
    let name = format!("hash/{}", settings.dimension);
    if settings.dimension < 8 {
        let reason = "fewer than 8 dimensions tell nothing apart".to_owned();
        return Err(EmbeddingError::Model { model: name, reason });
    }
    let info = ModelInfo { name, dimension: settings.dimension, max_tokens: 256 };
    Ok(Arc::new(HashEmbedder { info, counter: TokenCounter::approximate() }))
}

struct HashEmbedder {
    info: ModelInfo,
    counter: TokenCounter,
}

#[async_trait]
impl Embedder for HashEmbedder {
    fn info(&self) -> &ModelInfo {
        &self.info
    }

    async fn query(&self, text: &str) -> Result<Vec<f32>, EmbeddingError> {
        vector(text, self.info.dimension)
    }

    async fn passages(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, EmbeddingError> {
        texts.iter().map(|text| vector(text, self.info.dimension)).collect()
    }

    fn batch(&self) -> usize {
        64
    }

    fn tokenizer(&self) -> &TokenCounter {
        &self.counter
    }
}

fn vector(text: &str, dimension: usize) -> Result<Vec<f32>, EmbeddingError> {
    let mut counts: HashMap<String, (f32, f32)> = HashMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let word = word.to_lowercase();
        // Short words are mostly grammar.
        let weight = if word.len() <= 3 { 0.2 } else { 1.0 };
        let stem: String = word.chars().take(STEM).collect();
        counts.entry(format!("stem {stem}")).or_insert((0.0, weight)).0 += 1.0;
        counts.entry(word).or_insert((0.0, weight / 2.0)).0 += 1.0;
    }
    if counts.is_empty() {
        // A text without words still needs a direction; they all share this one.
        counts.insert(String::new(), (1.0, 1.0));
    }
    // A fixed order of additions keeps the sums the same to the last bit.
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|(a, _), (b, _)| a.cmp(b));
    let mut vector = vec![0.0; dimension];
    for (feature, (count, weight)) in counts {
        let hash = fnv1a(feature.as_bytes());
        let sign = if hash >> 63 == 0 { 1.0 } else { -1.0 };
        let place = (hash % dimension as u64) as usize;
        vector[place] += sign * weight * (1.0 + count.ln());
    }
    // Every feature may have met its opposite; then one of them decides alone.
    if vector.iter().all(|x| *x == 0.0) {
        vector[0] = 1.0;
    }
    normalised(vector)
}

/// The standard library's hashers may change between releases; vectors are kept longer than that.
fn fnv1a(bytes: &[u8]) -> u64 {
    let mixed = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    // FNV's upper bits are weak for short inputs, and one of them becomes the sign.
    (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) ^ (mixed >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cosine(a: &str, b: &str) -> f32 {
        let (a, b) = (vector(a, 384).unwrap(), vector(b, 384).unwrap());
        a.iter().zip(&b).map(|(x, y)| x * y).sum()
    }

    #[test]
    fn shared_words_are_near_and_others_far() {
        let question = "What do kestrels eat?";
        let answer = "The kestrel eats voles, beetles and small birds.";
        let other = "Invoices are due within thirty days of delivery.";
        assert!(cosine(question, answer) > 0.25, "{}", cosine(question, answer));
        assert!(cosine(question, other) < 0.1, "{}", cosine(question, other));
        assert!((cosine(answer, answer) - 1.0).abs() < 1e-6);
    }

    #[test]
    fn vectors_are_the_same_on_every_machine_and_release() {
        let vector = vector("Kestrels eat voles", 8).unwrap();
        let rounded: Vec<String> = vector.iter().map(|x| format!("{x:.3}")).collect();
        insta::assert_snapshot!(rounded.join(" "), @"0.000 0.000 0.390 -0.781 -0.488 0.000 0.000 0.000");
    }

    #[test]
    fn texts_without_words_have_a_direction_too() {
        assert!((cosine("", "?!") - 1.0).abs() < 1e-6);
        assert!(cosine("", "kestrel").abs() < 0.5);
    }

    #[tokio::test]
    async fn passages_keep_their_order() {
        let embedder = open(&HashSettings::default()).unwrap();
        let texts = ["one fish".to_owned(), "two birds".to_owned()];
        let vectors = embedder.passages(&texts).await.unwrap();
        assert_eq!(vectors[1], embedder.query("two birds").await.unwrap());
        assert_eq!(vectors[0].len(), embedder.info().dimension);
        assert!(open(&HashSettings { dimension: 1 }).is_err());
    }
}
