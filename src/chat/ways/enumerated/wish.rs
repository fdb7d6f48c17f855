//! What a question wants all of.

use unicode_segmentation::UnicodeSegmentation;

use super::phrases::{
    BEHIND, BOUNDS, COUNTING, COURTESY, DUE, DUE_PHRASES, EMPTY, EVERYTHING, GRANTED, LEFT_OUT, LIGHT,
    NO_ITEMS, OPENERS, PLURALS, REFUSED, RESTRICTING,
};
use crate::tables::{self, words::tokens};
use crate::ways::exhaustive::FORM;
use crate::ways::kind::{self, Kind};
use docent_models::{parts_of, terms_of};
use docent_words::month_named;

/// A question that asks for all of something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wish {
    /// The word for what is listed; none in "everything that …".
    pub(super) noun: Option<String>,
    /// What it says beside that.
    pub(super) terms: Vec<String>,
    /// Those of them that a place need not have.
    light: Vec<String>,
    /// For each term those of the words that mean the same.
    alike: Vec<Vec<String>>,
    /// How many there are.
    pub(super) counts: bool,
    /// Names and numbers: what has none of them is about something else.
    pub(super) names: Vec<String>,
    /// A month, with its year where that is said.
    pub(super) month: Option<(u32, Option<u32>)>,
    /// What was decided, where only what was decided so is wanted.
    pub(super) outcome: Option<Outcome>,
    /// What must be done or handed in.
    pub(super) is_due: bool,
    /// What is not part of something.
    pub(super) left_out: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Granted,
    Refused,
}

/// Whether a text says that something must be done.
pub(super) fn says_due(text: &str) -> bool {
    let text = plain(text);
    let has = |phrase: &&str| text.contains(&format!(" {phrase} "));
    DUE.iter().any(has) || DUE_PHRASES.iter().any(has)
}

/// Whether a text says that something is no part of what it is about.
pub(super) fn says_left_out(text: &str) -> bool {
    let text = plain(text);
    LEFT_OUT.iter().any(|phrase| text.contains(&format!(" {phrase} ")))
}

/// Its words in small letters, with blanks around each.
fn plain(text: &str) -> String {
    format!(" {} ", text.unicode_words().map(str::to_lowercase).collect::<Vec<_>>().join(" "))
}

impl Wish {
    /// `None` for any other question, and for one that asks for those of a kind that no place tells apart by its words.
    pub(super) fn of(question: &str) -> Option<Self> {
        let question = without_gloss(question);
        if parts_of(&question).len() > 1 {
            return None;
        }
        let words: Vec<&str> = question.unicode_words().collect();
        let words = &words[words.iter().take_while(|word| is_any(word, COURTESY)).count()..];
        let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
        let text = plain(&question);
        let left_out = says_left_out(&text)
            && lower.first().is_some_and(|word| {
                matches!(word.as_str(), "what" | "which" | "was" | "welche" | "list" | "everything" | "alles")
            });
        let everything = begins(&lower, EVERYTHING).is_some();
        let noun = if everything || left_out { None } else { Some(noun_of(words, &lower)?) };
        let has_number = lower.iter().any(|word| word.chars().any(|c| c.is_ascii_digit()));
        let restricts =
            lower.iter().any(|word| is_any(word, RESTRICTING) || has_number && is_any(word, BOUNDS));
        if restricts && !left_out {
            return None;
        }
        let outcome = || {
            let has = |list: &[&str]| lower.iter().any(|word| is_any(word, list));
            let refused = has(REFUSED) || text.contains(" turned down ");
            refused.then_some(Outcome::Refused).or_else(|| has(GRANTED).then_some(Outcome::Granted))
        };
        let month = month_of(&lower);
        let said: Vec<&str> =
            words.iter().copied().filter(|word| tells(word, left_out) && !is_when(word, month)).collect();
        let mut terms: Vec<String> = Vec::new();
        let mut alike: Vec<Vec<String>> = Vec::new();
        for word in &said {
            let same: Vec<String> = tokens(word).iter().flat_map(tables::alike).flat_map(terms_of).collect();
            for term in terms_of(word).into_iter().filter(|term| !terms.contains(term)).collect::<Vec<_>>() {
                terms.push(term);
                alike.push(same.clone());
            }
        }
        let names: Vec<&str> = if is_german(&lower) {
            said.iter().copied().filter(|word| has_digit(word)).collect()
        } else {
            // What a question begins with is large anyhow.
            let first = words.first().copied().unwrap_or_default();
            said.iter().copied().filter(|word| is_name(word) && *word != first).collect()
        };
        let names: Vec<String> = names.into_iter().flat_map(terms_of).collect();
        let of_noun = noun.as_deref().map(terms_of).unwrap_or_default();
        let beside = terms.iter().filter(|term| !of_noun.contains(term)).count();
        (beside > 0).then(|| Self {
            noun,
            light: LIGHT.iter().flat_map(|word| terms_of(word)).filter(|term| terms.contains(term)).collect(),
            terms,
            alike,
            counts: begins(&lower, COUNTING).is_some(),
            names,
            month,
            outcome: outcome(),
            is_due: says_due(&text),
            left_out,
        })
    }
}

impl Wish {
    /// Whether a word that means the same as the term is there.
    pub(super) fn has_alike(&self, there: &[String], term: &str) -> bool {
        let alike = self.terms.iter().zip(&self.alike).find(|(known, _)| *known == term);
        alike.is_some_and(|(_, alike)| alike.iter().any(|same| there.contains(same)))
    }

    /// Whether a place need not have the term.
    pub(super) fn is_light(&self, term: &str) -> bool {
        self.light.iter().any(|known| known == term)
    }
}

/// "…, i.e. what …" says it again, and so does a sentence that wants all of them.
fn without_gloss(question: &str) -> String {
    let mut text = question.trim();
    for gloss in [", i.e.", " i.e.", ", that is ", ", d. h.", ", d.h.", ", das heißt"] {
        text = text.find(gloss).map_or(text, |at| &text[..at]);
    }
    let mut sentences = docent_words::typed_sentences(text);
    let asks_all = |sentence: &str| {
        let said = plain(sentence);
        let words = said.split_whitespace().count();
        words <= 8
            && [" all ", " alle ", " every ", " complete ", " vollständig ", " full "]
                .iter()
                .any(|word| said.contains(word))
    };
    while sentences.len() > 1 && sentences.last().is_some_and(|last| last.trim().is_empty() || asks_all(last))
    {
        sentences.pop();
    }
    sentences.concat().trim().to_owned()
}

fn begins<'a>(lower: &[String], beginnings: &[&'a str]) -> Option<&'a str> {
    let fits = |beginning: &&&str| {
        let words: Vec<&str> = beginning.split_whitespace().collect();
        lower.len() > words.len() && words.iter().zip(lower).all(|(word, known)| word == known)
    };
    beginnings.iter().filter(fits).max_by_key(|beginning| beginning.len()).copied()
}

/// The word for what is listed: the plural that stands before what is said of it.
fn noun_of(words: &[&str], lower: &[String]) -> Option<String> {
    let counting = || begins(lower, COUNTING).filter(|_| kind::of(&words.join(" ")) == Kind::Count);
    let opener = begins(lower, OPENERS).or_else(counting)?;
    let from = opener.split_whitespace().count();
    let from = from
        + lower[from..]
            .iter()
            .take_while(|word| {
                matches!(word.as_str(), "the" | "of" | "all" | "our" | "der" | "die" | "different" | "other")
            })
            .count();
    let end = lower[from..].iter().position(|word| is_any(word, BEHIND)).map_or(lower.len(), |at| from + at);
    let phrase = from..end;
    let german = is_german(lower);
    let is_plural = |at: &usize| {
        let word = lower[*at].as_str();
        is_any(word, PLURALS) || word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us")
    };
    let capital = |at: &usize| words[*at].starts_with(char::is_uppercase);
    let found = if german {
        phrase.clone().find(capital).or_else(|| phrase.clone().next())
    } else if matches!(opener, "which" | "which of the" | "how many") {
        phrase.clone().find(is_plural)
    } else {
        phrase.clone().find(is_plural).or_else(|| phrase.clone().next_back())
    };
    // "Which bus goes …" and "Welche Farbe hat …" ask for one.
    let does = |at: usize| lower.get(at + 1).is_some_and(|word| word.ends_with("en"));
    let one = opener == "welche"
        && !found.is_some_and(does)
        && !lower.iter().any(|word| {
            matches!(
                word.as_str(),
                "sind"
                    | "waren"
                    | "haben"
                    | "hatten"
                    | "werden"
                    | "wurden"
                    | "müssen"
                    | "können"
                    | "dürfen"
                    | "sollen"
                    | "gehören"
                    | "stehen"
                    | "gibt"
                    | "alle"
            )
        });
    let noun = lower[found.filter(|_| !one)?].clone();
    (!is_any(&noun, NO_ITEMS)).then_some(noun)
}

fn is_german(lower: &[String]) -> bool {
    const SIGNS: &[&str] = &[
        "welche",
        "nenne",
        "nennen",
        "alle",
        "alles",
        "sämtliche",
        "liste",
        "zeige",
        "zeig",
        "gib",
        "der",
        "die",
        "das",
        "und",
        "was",
        "zähle",
    ];
    lower.iter().take(4).any(|word| is_any(word, SIGNS))
}

/// Whether a word says something of what is listed.
fn tells(word: &str, left_out: bool) -> bool {
    let lower = word.to_lowercase();
    let lower = lower.as_str();
    let of_left_out = left_out
        && matches!(
            lower,
            "left"
                | "leave"
                | "included"
                | "include"
                | "excluded"
                | "exclude"
                | "covered"
                | "cover"
                | "exclusions"
                | "enthalten"
                | "inbegriffen"
                | "ausgeschlossen"
                | "ausgenommen"
        );
    !(is_any(lower, EMPTY) || is_any(lower, FORM) || of_left_out)
}

fn is_any(word: &str, list: &[&str]) -> bool {
    list.iter().any(|known| known.eq_ignore_ascii_case(word) || *known == word.to_lowercase())
}

fn is_name(word: &str) -> bool {
    word.contains(char::is_uppercase) || has_digit(word)
}

fn has_digit(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit())
}

fn month_of(lower: &[String]) -> Option<(u32, Option<u32>)> {
    // "They may", "march on": such words are months before a year.
    let is_month = |at: &usize| {
        !matches!(lower[*at].as_str(), "may" | "march")
            || lower.get(at + 1).is_some_and(|next| year(next).is_some())
    };
    let month = (0..lower.len()).filter(is_month).find_map(|at| month_named(&lower[at]))?;
    Some((month, lower.iter().find_map(|word| year(word))))
}

fn year(word: &str) -> Option<u32> {
    let number = word.parse().ok()?;
    (word.len() == 4 && (1900..2100).contains(&number)).then_some(number)
}

/// Whether a word is of the month that is asked for.
fn is_when(word: &str, month: Option<(u32, Option<u32>)>) -> bool {
    month.is_some_and(|_| {
        let lower = word.to_lowercase();
        month_named(&lower).is_some() || year(&lower).is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_that_wants_all_of_them_says_nothing_more() {
        for (question, bare) in [
            (
                "List the clubs of the 3. may at the mill. all of them pls.",
                "List the clubs of the 3. may at the mill.",
            ),
            ("Nenne die Vereine vom 3. Mai. Bitte alle, vollständig.", "Nenne die Vereine vom 3. Mai."),
            ("List the clubs of St. Stefan. All of them.", "List the clubs of St. Stefan."),
        ] {
            assert_eq!(without_gloss(question), bare);
        }
    }

    #[test]
    fn what_is_listed_is_told_by_its_noun() {
        for (question, noun) in [
            ("Name all the harbour cranes whose ropes we change.", "cranes"),
            ("Which lamps do the street rules now cover? I need all of them.", "lamps"),
            ("List every club that was granted a subsidy in March 2024.", "club"),
            ("pls give me all bidders for the pontoon contract", "bidders"),
            ("Nenne alle Kräne, deren Seile wir wechseln.", "kräne"),
            ("Welche Vereine haben einen Zuschuss erhalten?", "vereine"),
            ("which people attended the harbour meeting", "people"),
        ] {
            let wish = Wish::of(question).unwrap_or_else(|| panic!("{question}"));
            assert_eq!(wish.noun.as_deref(), Some(noun), "{question}");
        }
        let wish = Wish::of("everything that has to be handed in with a bid for the pontoon pls").unwrap();
        assert_eq!((wish.noun, wish.is_due), (None, true));
        let wish =
            Wish::of("What have you left out of the offer for Pier Nine, i.e. what costs extra?").unwrap();
        assert!(wish.left_out && wish.terms.iter().any(|term| term == "pier"), "{wish:?}");
        let wish = Wish::of("List all clubs that were refused a subsidy in March 2024").unwrap();
        assert_eq!(wish.outcome, Some(Outcome::Refused));
    }

    #[test]
    fn other_questions_are_left_alone() {
        for question in [
            "Which crane lifts the most?",
            "Which harbour has a crane?",
            "Which cranes lift more than 20 t?",
            "Which cranes have no rope?",
            "What are the opening hours of the harbour office?",
            "Which documents mention the crane?",
            "Welche Farbe hat der Kran?",
            "Who repairs the cranes?",
            "Which cranes are there and who repairs them?",
            "List all cranes",
        ] {
            assert_eq!(Wish::of(question), None, "{question}");
        }
    }
}
