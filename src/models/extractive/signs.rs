//! What speaks for a sentence as the answer to a question.

use unicode_segmentation::UnicodeSegmentation;

use super::asked::Wanted;
use super::head;
use super::leaning;
use super::pick::{Desk, Open, Part};
use super::terms;

/// In the order of [`BY_WORDS`], [`BY_MEANING`] and [`BY_READING`].
pub(super) type Signs = [f64; 10];

/// How much each sign counts for the logarithm of the chance that a sentence answers: a conditional logit (McFadden, 1974)
/// over the sentences of what was found, with L2 regularisation. Learned from 1,355 questions that people asked a search
/// engine, with paragraphs of Wikipedia; see `measure` and the file NOTICE.
const BY_WORDS: Signs = [0.82, 1.56, 2.33, 0.83, 1.94, -0.69, -2.19, 3.44, 0.0, 0.0];
/// The same where an embedding model was asked about single sentences, too; the first is held at nothing, or it would speak
/// against sentences that have the question's words.
const BY_MEANING: Signs = [0.0, 0.46, 1.66, 0.61, 1.58, -0.67, -1.09, 2.29, 1.17, 0.0];
/// And where a cross-encoder has read them, too.
const BY_READING: Signs = [0.0, 0.26, 1.63, 0.40, 1.92, -0.89, -0.73, 2.45, 0.54, 0.84];

/// What is taken off for a question: what answers it stands below it.
const QUESTION: f64 = 2.0;

/// What a question counts for of what is said right below it, and further down.
const ASKED_ABOVE: f64 = 0.8;
const ASKED_FURTHER_UP: f64 = 0.5;

/// What the other lines of a form count for of what one of them says.
const FORM: f64 = 0.6;

/// What is taken off for a line that only says which document this is.
const HEAD: f64 = 4.0;

impl Desk<'_> {
    /// The logarithm of the chance, up to a constant, that the candidate `at` answers a part of a question.
    pub(super) fn chance(&self, part: &Part<'_>, at: usize) -> f64 {
        let weights = match (part.near.meaning.is_empty(), part.near.reading.is_empty()) {
            (true, _) => BY_WORDS,
            (false, true) => BY_MEANING,
            (false, false) => BY_READING,
        };
        let signs = self.signs(part, at);
        let chance: f64 = signs.iter().zip(weights).map(|(sign, weight)| sign * weight).sum();
        let head = if self.only_names_its_document(part, at) { HEAD } else { 0.0 };
        let question = if leaning::asks(&self.candidates[at].text) { QUESTION } else { 0.0 };
        chance - head - question
    }

    /// Whether a candidate says which document this is, and not all that the question asks beside that.
    fn only_names_its_document(&self, part: &Part<'_>, at: usize) -> bool {
        let candidate = &self.candidates[at];
        if candidate.furniture.is_some_and(|furniture| !furniture.is_asked_for(part.text)) {
            return true;
        }
        if candidate.of_mail {
            return !head::is_asked_of_mail(part.text);
        }
        if !candidate.head || head::is_asked_for(part.text) {
            return false;
        }
        let mut asked = part.open.iter().filter(|open| !self.is_named(part, at, &open.term)).peekable();
        let said = |open: &Open| terms::presence(&open.term, &candidate.terms) > 0.0;
        asked.peek().is_none() || !asked.all(said)
    }

    /// How much of a term a candidate has, or, where it leans on the one before it, that one, or the question that it is an
    /// answer to.
    pub(super) fn presence(&self, term: &str, at: usize) -> f64 {
        let of = |at: usize| {
            terms::presence(term, &self.candidates[at].terms)
                .max(terms::presence_of_head(term, &self.candidates[at].terms))
        };
        let before = at.checked_sub(1).filter(|_| self.candidates[at].leans);
        let above = self.candidates[at].below_question.map_or(0.0, |above| {
            let share = if above + 1 == at { ASKED_ABOVE } else { ASKED_FURTHER_UP };
            share * of(above)
        });
        let form = FORM * terms::presence(term, &self.candidates[at].form);
        of(at).max(form).max(above).max(before.map_or(0.0, |before| leaning::SHARE * of(before)))
    }

    /// What a model says of a candidate; one right below a question of which it says more comes half as far.
    fn nearness(&self, near: &[f64], at: usize) -> f64 {
        let of = |at: usize| near.get(at).copied().unwrap_or_default();
        let above = self.candidates[at].below_question.filter(|above| above + 1 == at);
        above.map_or(of(at), |above| of(at).max((of(at) + of(above)) / 2.0))
    }

    /// Whether the name or the headings of a candidate's document have a term, or it names that document.
    fn is_named(&self, part: &Part<'_>, at: usize, term: &str) -> bool {
        let named = part.named.get(&self.document(at));
        let own = named.is_some_and(|named| named.iter().any(|name| name == term));
        own || terms::presence(term, &self.candidates[at].title) > 0.0
    }

    /// What speaks for a candidate, each 0 to 1 but for the rank and what models say.
    pub(super) fn signs(&self, part: &Part<'_>, at: usize) -> Signs {
        let Part { text, wanted, open, near, .. } = part;
        let named = part.named.get(&self.document(at));
        let candidate = &self.candidates[at];
        let context = &self.contexts[candidate.source];
        let (mut whole, mut own, mut untitled, mut said) = (0.0, 0.0, 0.0, 0.0);
        for Open { term, weight } in open {
            let here = self.presence(term, at);
            let own_name = named.is_some_and(|named| named.contains(term));
            let titled = if own_name { 1.0 } else { terms::presence(term, &candidate.title) };
            whole += weight;
            own += weight * here;
            untitled += weight * (1.0 - titled);
            said += weight * (1.0 - titled) * here;
        }
        let share = |part: f64, of: f64| if of > f64::EPSILON { part / of } else { 1.0 };
        let sign = |is: bool| if is { 1.0 } else { 0.0 };
        let fits = self.fits(part, at);
        let rank = f64::from(u32::try_from(context.rank).unwrap_or(u32::MAX));
        [
            // Of the question, and of what its document's name and headings do not say already.
            share(own, whole),
            share(said, untitled),
            sign(wanted.has_a_form() && fits),
            sign(wanted.is_a_name() && fits),
            if fits { names(&candidate.text, text, *wanted) } else { 0.0 },
            sign(starts_with_pronoun(&candidate.text) || says_yes_or_no(&candidate.text)),
            self.trust * (1.0 + rank).ln(),
            self.trust * context.likely,
            self.nearness(&near.meaning, at),
            self.nearness(&near.reading, at),
        ]
    }
}

/// How many names it has that the question does not have, where one is asked for: up to 1.
fn names(sentence: &str, part: &str, wanted: Wanted) -> f64 {
    if !wanted.is_a_name() {
        return 0.0;
    }
    let asked: Vec<String> = part.unicode_words().map(str::to_lowercase).collect();
    let is_name = |word: &&str| word.starts_with(char::is_uppercase) && !asked.contains(&word.to_lowercase());
    let count = sentence.unicode_words().skip(1).filter(is_name).take(6).count();
    f64::from(u32::try_from(count).unwrap_or(6)) / 6.0
}

/// "No. It was given to the town": that answers another question than most.
fn says_yes_or_no(sentence: &str) -> bool {
    let bare = sentence.trim_start_matches(['*', '_', ' ']);
    ["Yes", "No", "Ja", "Nein", "Oui", "Non", "Sí"].iter().any(|word| {
        let behind = bare.strip_prefix(word).and_then(|rest| rest.strip_prefix(['.', ',', '!', ';']));
        // "No. 63" is a number.
        behind.is_some_and(|rest| rest.trim_start().starts_with(char::is_alphabetic))
    })
}

/// What it is about stands in a sentence before it.
fn starts_with_pronoun(sentence: &str) -> bool {
    const PRONOUNS: &[&str] = &[
        "he", "she", "it", "they", "his", "her", "its", "their", "this", "these", "er", "sie", "es", "dies",
        "diese", "il", "elle", "ils", "elles", "él", "ella", "ellos", "ellas", "esto", "este", "esta",
    ];
    let first: String =
        sentence.chars().take_while(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    PRONOUNS.contains(&first.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_yes_or_no_is_told_from_a_number() {
        assert!(says_yes_or_no("No. It was given to the town.") && says_yes_or_no("** Ja, im Mai."));
        assert!(!says_yes_or_no("No. 63 is a mill.") && !says_yes_or_no("No.: P-04; Name: kiln"));
        assert!(!says_yes_or_no("Nobody came."));
    }
}
