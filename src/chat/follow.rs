//! A question that leans on the talk, made into one of its own by rules: what it leaves out is taken from the question
//! before it. The names in a question say what it is about, and a new name takes the place of the old one of its kind.

use super::history::leans_back;
use super::phrase::{Run, Shape, Word, names_in, shape_of, text_of, words_of};
use super::ways::kind::{self, Kind};

/// Questions that one leans on, at most.
const LEANT_ON: usize = 3;

/// Words of a phrase that is replaced, beside its article.
const PHRASE: usize = 3;

/// A question with what it left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Completed {
    /// To be searched for, and computed, by itself.
    pub(super) text: String,
    /// What it asks in its own words.
    pub(super) own: String,
    /// What it is about beside them.
    pub(super) about: String,
}

/// What may stand before the new name.
const LEADS: &[&str] = &[
    "and what about",
    "what about",
    "how about",
    "and how about",
    "but what about",
    "and",
    "but",
    "or",
    "und was ist mit",
    "was ist mit",
    "und wie ist es mit",
    "wie ist es mit",
    "wie ist es bei",
    "und wie ist es bei",
    "wie sieht es mit",
    "wie sieht es bei",
    "und wie sieht es bei",
    "und",
    "aber",
    "oder",
    "et qu'en est-il de",
    "qu'en est-il de",
    "et",
    "mais",
    "y qué hay de",
    "qué hay de",
    "y",
    "pero",
    "e",
    "ma",
    "mas",
    "en hoe zit het met",
    "hoe zit het met",
    "en",
    "maar",
    "и",
    "а",
];

/// "the one for …", "die von …".
const ONES: &[&str] =
    &["one", "ones", "that", "those", "der", "die", "das", "den", "dem", "celui", "celle", "ceux"];

/// Words that point at what was spoken of.
const POINTING: &[&str] = &[
    "it", "its", "they", "them", "their", "this", "that", "these", "those", "he", "him", "his", "she", "her",
    "one", "es", "er", "sie", "ihn", "ihm", "ihr", "ihre", "ihnen", "diese", "dieser", "dieses", "dessen",
    "deren", "dafür", "davon", "damit", "dazu", "darin", "daran", "il", "elle", "ils", "elles", "cela", "ça",
    "leur", "ello", "eso", "esto", "esso", "essa", "isso", "questo", "questa", "hij", "zij", "ze", "hem",
    "het", "он", "она", "они", "его", "её", "это",
];

/// The question completed from those before it, the oldest first; `None` for one that stands by itself or that nothing
/// can be told of.
pub(super) fn completed(question: &str, before: &[&str]) -> Option<Completed> {
    let is_more = |question: &str| matches!(kind::of(question), Kind::More);
    let by_itself = matches!(kind::of(question), Kind::More | Kind::Collection(_) | Kind::Changes(_));
    let before: Vec<&str> = before.iter().filter(|question| !is_more(question)).copied().collect();
    if by_itself { None } else { leaning(question, &before, LEANT_ON) }
}

fn leaning(question: &str, before: &[&str], deep: usize) -> Option<Completed> {
    let (earlier, older) = before.split_last()?;
    if deep == 0 || !leans(question) {
        return None;
    }
    let base = leaning(earlier, older, deep - 1).map_or_else(|| (*earlier).to_owned(), |known| known.text);
    let rest = without_lead(question);
    let words = words_of(rest);
    let first = words.first()?;
    let asks = first.asks() || (first.is_preposition() && words.get(1).is_some_and(Word::asks));
    if asks && !first.is_article() {
        return asked_of(rest, &words, &base);
    }
    // Words without a lead are a new name, or a question of their own.
    let led = rest.len() < question.len();
    if !led && !words.iter().all(Word::is_name) {
        return None;
    }
    let text = replaced(&base, rest)?;
    Some(Completed { own: text.clone(), text, about: String::new() })
}

/// Whether it leaves something out.
pub(super) fn leans(question: &str) -> bool {
    let words = words_of(question);
    if question.len() > without_lead(question).len() {
        return true;
    }
    let Some(points) = words.iter().position(points) else {
        // "En quelle année", which is no "and" in these languages.
        let year = words.len() > PHRASE && words[0].is_preposition() && words[1].asks();
        return leans_back(question) && !year;
    };
    // A dummy points at nothing: "worum geht es", "gibt es". What stands before it may be what it points at.
    let dummy = points > 0 && matches!(&*words[points - 1].lower, "gibt" | "geht");
    let within =
        words[..points].iter().any(|word| word.is_name() || (word.is_article() && !self::points(word)));
    leans_back(question) && !dummy && !within
}

fn points(word: &Word<'_>) -> bool {
    POINTING.contains(&word.lower.as_str())
}

/// Whether it can be searched for by itself: it has words that say something, and none that points at another question.
pub(super) fn has_own_words(question: &str) -> bool {
    let words = words_of(question);
    words.iter().filter(|word| word.has_content()).count() >= 2 && !words.iter().any(points)
}

/// The question behind "and", "what about", "und bei".
fn without_lead(question: &str) -> &str {
    let lower = question.to_lowercase();
    if lower.len() != question.len() {
        return question;
    }
    let leads = |lead: &&&str| lower.strip_prefix(**lead).is_some_and(|rest| rest.starts_with([' ', ',']));
    let lead = LEADS.iter().filter(leads).map(|lead| lead.len()).max().unwrap_or(0);
    let rest = question[lead..].trim_start_matches([' ', ',']);
    // "En quelle année": a preposition of other languages.
    if &lower[..lead] == "en" && rest.starts_with("qu") { question } else { rest }
}

/// A question with a verb of its own: what was spoken of is added.
fn asked_of(rest: &str, words: &[Word<'_>], base: &str) -> Option<Completed> {
    // "Why?" asks after all that was said before it.
    if !words.iter().any(|word| word.has_content() && !points(word)) {
        return None;
    }
    let about = subject(base, rest);
    let own = pointing_at(rest, words, &about);
    if about.is_empty() {
        return Some(Completed { text: rest.to_owned(), own, about });
    }
    let text = format!("{} ({about})?", rest.trim_end_matches(['?', ' ', '.', '!']));
    Some(Completed { text, own, about })
}

/// The question with the code that was spoken of in place of the word that points at it: a code is what tells one thing
/// from another.
fn pointing_at(rest: &str, words: &[Word<'_>], about: &str) -> String {
    let named = words_of(about);
    let code = named.iter().find(|word| matches!(word.shape(), Shape::Code(_)));
    match (code, words.iter().find(|word| points(word))) {
        (Some(code), Some(at)) => format!("{}{}{}", &rest[..at.from], code.text, &rest[at.to..]),
        _ => rest.to_owned(),
    }
}

/// What a question is about, without what the next one names itself: its names with the words before them, or else its
/// nouns as their articles show them.
fn subject(base: &str, next: &str) -> String {
    let (words, own) = (words_of(base), words_of(next));
    let known: Vec<Shape> = names_in(&own).iter().map(|run| shape_of(&own, run)).collect();
    let said =
        |run: &Run| own.iter().any(|word| words[run.clone()].iter().any(|other| other.lower == word.lower));
    let names = names_in(&words);
    let mut runs: Vec<Run> =
        names.iter().filter(|run| !(said(run) || known.contains(&shape_of(&words, run)))).cloned().collect();
    if names.is_empty() {
        runs = nouns(&words);
    }
    let runs = runs.into_iter().map(|run| with_article(&words, run));
    runs.map(|run| text_of(base, &words, &run)).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A question without the words that ask: what is said of what is asked for.
pub(super) fn said_of(question: &str) -> &str {
    let question = question.trim_end_matches(['?', '.', '!', ' ']);
    let words = words_of(question);
    // Where it was begun anew, the last beginning counts.
    let begun = words.iter().rposition(|word| word.asks() && word.text.len() > 2).unwrap_or(0);
    let small = words[begun..].iter().take_while(|word| word.asks() || word.is_preposition()).count();
    words.get(begun + small).map_or(question, |word| &question[word.from..])
}

/// The names of a question that the next one does not have, nor any of their kind.
pub(super) fn names_beside(base: &str, next: &str) -> String {
    if names_in(&words_of(base)).is_empty() { String::new() } else { subject(base, next) }
}

/// The words behind each article up to the next small word; where there is none, all that say something.
fn nouns(words: &[Word<'_>]) -> Vec<Run> {
    let behind = |at: usize| {
        let length = words[at..].iter().take(PHRASE).take_while(|word| word.has_content()).count();
        let ended = words[at..at + length].iter().position(|word| word.ends);
        at..at + ended.map_or(length, |last| last + 1)
    };
    let articles = (0..words.len()).filter(|at| words[*at].is_article());
    let runs: Vec<Run> = articles.map(|at| behind(at + 1)).filter(|run| !run.is_empty()).collect();
    if !runs.is_empty() {
        return runs;
    }
    (0..words.len()).filter(|at| words[*at].has_content()).map(|at| at..at + 1).collect()
}

/// A name with what stands between it and its article: "the induction furnace QX-30".
fn with_article(words: &[Word<'_>], run: Run) -> Run {
    let before = words[..run.start].iter().rev().take(PHRASE);
    let plain = before.take_while(|word| word.has_content() && !word.ends).count();
    let start = run.start - plain;
    match start.checked_sub(1) {
        Some(article) if plain > 0 && words[article].is_article() => start..run.end,
        _ => run,
    }
}

/// The question before with a phrase of it replaced by a new one: "with B", "the one for B", "in winter", "the deposit".
fn replaced(base: &str, phrase: &str) -> Option<String> {
    let phrase = phrase.trim_end_matches(['?', '.', '!', ' ']);
    let phrase = without_one(phrase);
    let new = words_of(phrase);
    let words = words_of(base);
    let first = new.first()?;
    let preposition = first.is_preposition().then_some(first);
    let body = &phrase[new.get(usize::from(preposition.is_some()))?.from..];
    let named = names_in(&new);
    let shape = named.first().map(|run| shape_of(&new, run));
    // Where every noun has a capital, an article tells which kind of phrase is meant.
    let german = matches!(&*first.lower, "der" | "die" | "das" | "den" | "dem" | "ein" | "eine" | "einen");
    if german && let Some(text) = noun_replaced(base, &words, phrase) {
        return Some(text);
    }
    if let Some(place) = preposition.and_then(|word| object(&words, &word.lower, shape.as_ref())) {
        return Some(with(base, &words, &place, body));
    }
    if let Some(place) = shape.as_ref().and_then(|shape| slot(&words, shape)) {
        // With the word that it belonged by, if the new one brings its own.
        let belongs =
            place.start.checked_sub(1).filter(|at| words[*at].is_preposition() && preposition.is_some());
        return Some(match belongs {
            Some(at) => with(base, &words, &(at..place.end), phrase),
            None => with(base, &words, &place, body),
        });
    }
    if preposition.is_some() {
        return Some(format!("{} {phrase}?", base.trim_end_matches(['?', '.', '!', ' '])));
    }
    first.is_article().then(|| noun_replaced(base, &words, phrase)).flatten()
}

/// "and the deposit?" takes the place of the first thing with an article.
fn noun_replaced(base: &str, words: &[Word<'_>], phrase: &str) -> Option<String> {
    let noun = nouns(words).into_iter().next()?;
    let article = noun.start.checked_sub(1).filter(|at| words[*at].is_article())?;
    Some(with(base, words, &(article..noun.end), phrase))
}

/// "the one for B": "for B".
fn without_one(phrase: &str) -> &str {
    let words = words_of(phrase);
    let skip = words.iter().take_while(|word| word.is_article() && !word.is_preposition()).count();
    let one = words.get(skip).is_some_and(|word| ONES.contains(&word.lower.as_str()));
    let at = if one { skip + 1 } else { skip };
    match words.get(at) {
        Some(next) if at > 0 && next.is_preposition() => &phrase[next.from..],
        _ => phrase,
    }
}

/// What stands behind this preposition in the question before, if something of that shape does.
fn object(words: &[Word<'_>], preposition: &str, shape: Option<&Shape>) -> Option<Run> {
    let names = names_in(words);
    let behind = |at: usize| {
        let article = usize::from(words.get(at).is_some_and(Word::is_article));
        let plain = words[at + article..].iter().take(PHRASE + 1).take_while(|word| word.has_content());
        let length = plain.count();
        let ended = words[at + article..at + article + length].iter().position(|word| word.ends);
        let end = at + article + ended.map_or(length, |last| last + 1);
        // A name is replaced whole.
        let amid = names.iter().find(|name| name.start < end && name.end > end && name.start >= at);
        at..amid.map_or(end, |name| name.end)
    };
    let places = (0..words.len()).filter(|at| words[*at].lower == preposition);
    let objects: Vec<Run> = places.map(|at| behind(at + 1)).filter(|run| !run.is_empty()).collect();
    let Some(shape) = shape else { return objects.last().cloned() };
    let inside = |object: &Run| {
        names.iter().rev().find(|name| object.start <= name.start && name.end <= object.end).cloned()
    };
    let fits = |name: &Run| {
        shape_of(words, name) == *shape
            || matches!(
                (shape, shape_of(words, name)),
                (Shape::Name, Shape::Code(_)) | (Shape::Code(_), Shape::Name)
            )
    };
    objects.iter().rev().find_map(|object| inside(object).filter(fits).map(|_| object.clone()))
}

/// The name in the question before whose place one of this shape takes: the last of its own, else of a like one.
fn slot(words: &[Word<'_>], shape: &Shape) -> Option<Run> {
    let names = names_in(words);
    if matches!(shape, Shape::Year | Shape::Number | Shape::Code(_))
        && let Some(at) =
            (0..words.len()).rev().find(|at| words[*at].is_name() && words[*at].shape() == *shape)
    {
        return Some(at..at + 1);
    }
    let alike = |run: &&Run| match shape {
        Shape::Year | Shape::Number => false,
        Shape::Code(_) => matches!(shape_of(words, run), Shape::Code(_)),
        Shape::Name => matches!(shape_of(words, run), Shape::Name | Shape::Code(_)),
    };
    let own = names.iter().rev().find(|run| shape_of(words, run) == *shape && !words[run.start].first);
    own.or_else(|| names.iter().rev().find(alike)).cloned()
}

/// The question with other words in this place; no article stands twice.
fn with(base: &str, words: &[Word<'_>], place: &Run, new: &str) -> String {
    let (Some(first), Some(last)) = (words.get(place.start), words.get(place.end.saturating_sub(1))) else {
        return base.to_owned();
    };
    let article = place.start.checked_sub(1).filter(|at| words[*at].is_article());
    let twice = article.is_some() && words_of(new).first().is_some_and(Word::is_article);
    let from = article.filter(|_| twice).map_or(first.from, |at| words[at].from);
    format!("{}{new}{}", &base[..from], &base[last.to..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(question: &str, before: &[&str]) -> String {
        completed(question, before).map_or_else(|| "-".to_owned(), |completed| completed.text)
    }

    #[test]
    fn a_new_name_takes_the_place_of_the_old_one() {
        for (before, question, whole) in [
            (
                "What are the delivery terms with Alder Mills?",
                "And with Bramley?",
                "What are the delivery terms with Bramley?",
            ),
            (
                "What is our booth at Book & Paper?",
                "what about the one for Inkfair?",
                "What is our booth for Inkfair?",
            ),
            (
                "Wie hoch ist die Pauschale in Hamburg?",
                "Und in München?",
                "Wie hoch ist die Pauschale in München?",
            ),
            (
                "Wie lang ist die Frist bei Anton & Söhne?",
                "und bei Berta?",
                "Wie lang ist die Frist bei Berta?",
            ),
            ("What does F-204 mean?", "And F-310?", "What does F-310 mean?"),
            ("How much was the rent in 2019?", "And in 2021?", "How much was the rent in 2021?"),
            ("How much was the rent?", "And in 2021?", "How much was the rent in 2021?"),
            ("What is the fee for children?", "And for adults?", "What is the fee for adults?"),
            ("What do kestrels eat?", "And in winter?", "What do kestrels eat in winter?"),
            (
                "What is the rent for the Leipzig office?",
                "and the deposit?",
                "What is the deposit for the Leipzig office?",
            ),
            (
                "Wie hoch ist die Miete für das Lager?",
                "Und die Kaution?",
                "Wie hoch ist die Kaution für das Lager?",
            ),
            ("Quel est le prix pour Dupont ?", "Et pour Martin ?", "Quel est le prix pour Martin ?"),
        ] {
            assert_eq!(text(question, &[before]), whole, "{question}");
        }
    }

    #[test]
    fn what_was_spoken_of_stays_and_the_new_words_ask() {
        let fix = completed("and how do I fix it?", &["What does F-204 mean on the washer?"]).unwrap();
        assert_eq!((fix.own.as_str(), fix.about.as_str()), ("how do I fix F-204?", "F-204"));
        assert_eq!(fix.text, "how do I fix it (F-204)?");
        let who = completed("who looks after it?", &["Who built the tunnel oven QX-30?"]).unwrap();
        assert_eq!((who.own.as_str(), who.about.as_str()), ("who looks after QX-30?", "tunnel oven QX-30"));
        let when = completed("When does it end?", &["How long is the notice period of the lease?"]).unwrap();
        assert_eq!((when.own.as_str(), when.about.as_str()), ("When does it end?", "notice period lease"));
        let other = completed("And what does F-310 mean?", &["What does F-204 mean on the QX-30?"]).unwrap();
        assert_eq!(other.about, "QX-30");
    }

    #[test]
    fn questions_in_a_row_are_completed_one_from_the_other() {
        let before = ["What are the terms with Alder?", "And with Bramley?"];
        assert_eq!(text("And with Cole?", &before), "What are the terms with Cole?");
    }

    #[test]
    fn a_question_that_stands_by_itself_is_left_as_it_is() {
        for question in [
            "How long is the notice period of the lease in Hamburg?",
            "Worum geht es in der Anleitung QX-30?",
            "What are the opening hours of the library on Sunday?",
        ] {
            assert_eq!(text(question, &["What do kestrels eat?"]), "-", "{question}");
        }
        assert_eq!(
            text("And owls?", &["What do kestrels eat?"]),
            "-",
            "nothing says what they take the place of"
        );
        assert_eq!(text("And with Bramley?", &[]), "-");
        assert_eq!(text("show more", &["Which suppliers deliver steel?"]), "-");
    }
}
