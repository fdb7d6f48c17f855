//! A closer look at what was found for a turn of a chat: single sentences by their meaning.
//!
//! A passage about the right thing is near to a question about that thing whether it has the fact or not. Where it has it,
//! one sentence stands out from the others. The vectors of sentences cost some times what the question's does, so that only
//! turns of a chat look closer, and only where a model in this process was measured for it.

use super::relevance::Signals;
use super::{Asked, Found, RetrieveError, Retriever};

/// With fewer sentences nothing is told by the others.
const FEWEST: usize = 4;
/// The decision was measured with so many; those behind them are for the answerer alone.
const DECIDING: usize = 8;

/// What a closer look builds on: the question as it was embedded and read, and what was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Ground {
    vector: Vec<f32>,
    asked: Asked,
    signals: Vec<Signals>,
    relevant: bool,
    /// The question names something that stands nowhere in the project.
    names_unknown: bool,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// Of each sentence with the question.
    pub cosines: Vec<f32>,
    /// Whether what was found has to do with the question, by the sentences, too.
    pub relevant: bool,
}

impl Ground {
    pub(super) fn new(vector: Vec<f32>, asked: Asked, found: &Found) -> Self {
        let Found { signals, relevant, names_unknown, .. } = found;
        Self { vector, asked, signals: signals.clone(), relevant: *relevant, names_unknown: *names_unknown }
    }
}

impl Retriever {
    /// Whether its model was measured for it.
    pub const fn looks_closer(&self) -> bool {
        self.calibration.closer.is_some()
    }

    /// Judges sentences of what was found; `None` where the model is not asked about them.
    pub async fn look_closer(
        &self,
        ground: &Ground,
        sentences: &[String],
    ) -> Result<Option<Look>, RetrieveError> {
        // An English model's opinion of Thai sentences is worth little.
        let reads = self.calibration.reads(&ground.asked.languages);
        if !self.looks_closer() || !reads || sentences.is_empty() {
            return Ok(None);
        }
        let vectors = self.embedder.sentences(sentences).await?;
        if vectors.len() != sentences.len() {
            return Ok(None);
        }
        let cosines: Vec<f32> = vectors.iter().map(|vector| dot(vector, &ground.vector)).collect();
        let decided = apart(&cosines[..cosines.len().min(DECIDING)])
            // What stands nowhere is not near.
            .filter(|_| !ground.names_unknown)
            .and_then(|apart| self.calibration.is_relevant_closer(&ground.asked, &ground.signals, apart));
        Ok(Some(Look { cosines, relevant: decided.unwrap_or(ground.relevant) }))
    }
}

/// How far the nearest stands out from the mean of the others; `None` where there are too few to tell.
fn apart(cosines: &[f32]) -> Option<f32> {
    let count = u8::try_from(cosines.len()).ok().filter(|_| cosines.len() >= FEWEST)?;
    let nearest = cosines.iter().copied().fold(f32::MIN, f32::max);
    let others = (cosines.iter().sum::<f32>() - nearest) / f32::from(count - 1);
    Some(nearest - others)
}

fn dot(one: &[f32], other: &[f32]) -> f32 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_sentence_stands_out_from_the_mean_of_the_others() {
        let apart = |cosines: &[f32]| apart(cosines).map(|apart| (apart * 1e3).round() / 1e3);
        assert_eq!(apart(&[0.8, 0.9, 0.7, 0.6]), Some(0.2));
        assert_eq!(apart(&[0.8; 8]), Some(0.0));
        assert_eq!(apart(&[0.9, 0.1, 0.1]), None);
    }
}
