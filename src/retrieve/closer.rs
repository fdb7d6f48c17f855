//! A closer look at what was found for a turn of a chat: single sentences by their meaning, and they and the first passages by a
//! model that reads them together with the question.
//!
//! A passage about the right thing is near to a question about that thing whether it has the fact or not. Where it has it,
//! one sentence stands out from the others; and a cross-encoder tells the two apart best, in the language that it knows. Both
//! cost some times what the question's vector does, so that only turns of a chat look closer, and only where a model in this
//! process was measured for it.

use super::asked::is_tabular;
use super::relevance::{BestRead, Signals};
use super::{Asked, Found, RetrieveError, Retriever};
use docent_words::Language;

/// With fewer sentences nothing is told by the others.
const FEWEST: usize = 4;
/// The decision was measured with so many; those behind them are for the answerer alone.
const DECIDING: usize = 8;

/// What a closer look builds on: the question as it was embedded and read, and what was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Ground {
    question: String,
    vector: Vec<f32>,
    asked: Asked,
    signals: Vec<Signals>,
    relevant: bool,
    /// The question names something that stands nowhere in the project.
    names_unknown: bool,
}

/// A sentence of one of the sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// 0-based.
    pub source: usize,
    pub text: String,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// Of each sentence with the question; for another language than the question's with what the model puts it too far (see
    /// [`Calibration::lift`](super::Calibration)).
    pub cosines: Vec<f32>,
    /// How far, in cosines, the nearest of the deciding sentences stands out from the others.
    pub apart: Option<f32>,
    /// What the cross-encoder says of each passage and of each sentence that it has read together with the question, in the
    /// order of the two: the logarithm of the odds.
    pub read: Vec<f32>,
    /// The same of each sentence; of those that it has not read, nothing.
    pub sentences_read: Vec<Option<f32>>,
    /// Whether what was found has to do with the question, by all that is known now.
    pub relevant: bool,
}

impl Ground {
    pub(super) fn new(question: &str, vector: Vec<f32>, asked: Asked, found: &Found) -> Self {
        let Found { signals, relevant, names_unknown, .. } = found;
        Self {
            question: question.to_owned(),
            vector,
            asked,
            signals: signals.clone(),
            relevant: *relevant,
            names_unknown: *names_unknown,
        }
    }

    /// Whether a source (0-based) is in another language than the question.
    pub fn is_foreign(&self, source: usize) -> bool {
        self.signals.get(source).is_some_and(|signals| signals.foreign)
    }

    /// Whether the question, and what was found first, are in the language that the cross-encoder knows.
    fn is_english(&self) -> bool {
        let known = self.asked.question.guessed.or_else(|| self.asked.languages.first().copied());
        let foreign = self.signals.first().is_some_and(|first| first.foreign);
        known.is_none_or(|language| language == Language::English) && !foreign
    }
}

impl Retriever {
    /// Whether its model was measured for it.
    pub const fn looks_closer(&self) -> bool {
        self.calibration.closer.is_some()
    }

    /// Judges sentences of what was found by their meaning, and them and some of its passages by reading them together with the
    /// question; `None` where the model is not asked about them. Without passages, reading has no say in the decision.
    pub async fn look_closer(
        &self,
        ground: &Ground,
        sentences: &[Sentence],
        passages: &[&str],
    ) -> Result<Option<Look>, RetrieveError> {
        // An English model's opinion of Thai sentences is worth little.
        let reads = self.calibration.reads(&ground.asked.languages);
        if !self.looks_closer() || !reads || sentences.is_empty() {
            return Ok(None);
        }
        let own: Vec<String> = sentences.iter().map(|sentence| sentence.text.clone()).collect();
        let known: Vec<bool> = sentences.iter().map(|sentence| !ground.is_foreign(sentence.source)).collect();
        let to_read = own.iter().zip(&known).filter(|(_, known)| **known).map(|(text, _)| text.as_str());
        let texts: Vec<&str> = passages.iter().copied().chain(to_read).collect();
        let (vectors, read) =
            futures_util::join!(self.embedder.sentences(&own), self.read_together(ground, &texts));
        let vectors = vectors?;
        if vectors.len() != sentences.len() {
            return Ok(None);
        }
        let lift = self.calibration.lift(&ground.asked);
        let level = |(vector, known): (&Vec<f32>, &bool)| {
            let cosine = dot(vector, &ground.vector);
            if *known { cosine } else { cosine + lift }
        };
        let cosines: Vec<f32> = vectors.iter().zip(&known).map(level).collect();
        let of_running_text = !texts.iter().any(|text| is_tabular(text));
        // A sentence behind its title sounds like an answer to all that is asked about that.
        let deciding = read.iter().take(passages.len()).copied().reduce(f32::max);
        let of_sentences = read.get(passages.len()..).unwrap_or_default();
        let alone = apart(&of_sentences[..of_sentences.len().min(DECIDING)]).unwrap_or_default();
        let best = deciding.filter(|_| !passages.is_empty()).map(|odds| BestRead {
            odds,
            apart: alone,
            of_running_text,
        });
        let near_apart = apart(&cosines[..cosines.len().min(DECIDING)]);
        // What stands nowhere is not near.
        let decided = if ground.names_unknown {
            None
        } else {
            self.calibration.is_relevant_closer(&ground.asked, &ground.signals, near_apart, best)
        };
        let mut own = of_sentences.iter().copied();
        let sentences_read = known.iter().map(|known| if *known { own.next() } else { None }).collect();
        let relevant = decided.unwrap_or(ground.relevant);
        Ok(Some(Look { cosines, apart: near_apart, read, sentences_read, relevant }))
    }

    /// What the cross-encoder says of each text: the logarithm of the odds that it answers. Nothing where there is none, it
    /// does not know the language, or it gave nothing in time.
    async fn read_together(&self, ground: &Ground, texts: &[&str]) -> Vec<f32> {
        let Some(judge) = self.judge.as_ref().filter(|_| ground.is_english()) else { return Vec::new() };
        if texts.is_empty() {
            return Vec::new();
        }
        let texts: Vec<String> = texts.iter().map(|one| (*one).to_owned()).collect();
        match judge.scores(&ground.question, &texts).await {
            Ok(scores) => scores.into_iter().map(odds).collect(),
            Err(reason) => {
                tracing::debug!(reason, "The cross-encoder read nothing");
                Vec::new()
            }
        }
    }
}

/// The logarithm of the odds of a probability, within what single precision tells apart.
fn odds(score: f32) -> f32 {
    let score = score.clamp(1e-6, 1.0 - 1e-6);
    (score / (1.0 - score)).ln()
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

    #[test]
    fn odds_are_those_of_the_probability_and_never_without_bounds() {
        assert!(odds(0.5).abs() < 1e-6 && (odds(0.9) - 9.0_f32.ln()).abs() < 1e-4);
        assert!(odds(0.0).is_finite() && odds(1.0).is_finite() && odds(1.0) > odds(0.99));
    }
}
