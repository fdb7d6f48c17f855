//! One statement against the passages it cites.

use super::evidence::{Evidence, Match, Said, compare, find, near, share};
use super::facts::{self, Facts, OPPOSITES, Quantity, denied, parts};
use docent_domain::chat::DoubtReason;
use docent_models::terms_of;

/// A statement of which so much stands in a passage is taken from it.
const TAKEN_FROM: f64 = 0.6;

/// A statement and a sentence that share so much speak of the same.
const SAME_MATTER: f64 = 0.7;

/// Whether the text ends with a stop that is none of an abbreviation, a number or an initial.
pub(super) fn is_over(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '”', '’', '»', '*', '_', ')']);
    if text.ends_with(['!', '?']) {
        return true;
    }
    text.ends_with('.') && text.len() > 1 && docent_words::ends_sentence(text, "")
}

/// The sources that a statement cites, 1-based.
pub(super) fn cited(statement: &str) -> Vec<usize> {
    let mut cited = Vec::new();
    for part in statement.split('[').skip(1) {
        let Some((inner, _)) = part.split_once(']') else { continue };
        if inner.is_empty()
            || !inner.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | ';' | '-' | '–' | ' '))
        {
            continue;
        }
        for item in inner.split([',', ';']) {
            let (first, last) = item.split_once(['-', '–']).unwrap_or((item, item));
            if let (Ok(first), Ok(last)) = (first.trim().parse::<usize>(), last.trim().parse::<usize>())
                && (1..=last).contains(&first)
            {
                cited.extend(first..=last.min(first + 100));
            }
        }
    }
    cited
}

pub(super) fn without_markers(statement: &str) -> String {
    let mut bare = String::with_capacity(statement.len());
    let mut rest = statement;
    while let Some(at) = rest.find('[') {
        let (head, tail) = rest.split_at(at);
        bare.push_str(head);
        match tail.split_once(']') {
            Some((inner, after)) if inner[1..].chars().all(|c| !c.is_alphabetic()) => rest = after,
            _ => {
                bare.push('[');
                rest = &tail[1..];
            }
        }
    }
    bare.push_str(rest);
    let bare = bare.replace("**", "").replace("__", "");
    let trimmed = bare.trim().trim_start_matches(['-', '*', '•', '>', '#', ' ']);
    // "2. …" and "b) …" number the statement.
    let head: String = trimmed.chars().take_while(|c| !c.is_whitespace()).collect();
    let numbered =
        head.chars().count() <= 3 && head.ends_with(['.', ')']) && head.chars().any(char::is_alphanumeric);
    if numbered { trimmed[head.len()..].trim_start().to_owned() } else { trimmed.to_owned() }
}

/// The passage that says the same, if one does.
pub(super) fn best(statement: &str, passages: &[Evidence]) -> Option<usize> {
    let line = statement.trim_start();
    if line.starts_with(['|', '#']) || line.ends_with(['?', ':']) {
        return None;
    }
    let terms = terms_of(statement);
    if terms.len() < 2 {
        return None;
    }
    let facts = Facts::of(statement);
    let fit = |passage: &Evidence| {
        let whole = share(&terms, |term| passage.terms.contains(term));
        let closest = passage.sentences.iter().map(|said| said.share(&terms)).fold(0.0, f64::max);
        let figures = facts.quantities.iter().filter(|it| find(it, &[passage], false) == Match::Same).count();
        (whole >= TAKEN_FROM).then(|| whole + closest + f64::from(u32::try_from(figures).unwrap_or(0)) * 0.2)
    };
    let fits = passages.iter().enumerate().filter_map(|(at, passage)| Some((at, fit(passage)?)));
    fits.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map(|(at, _)| at)
}

/// What of the statement the passages do not bear out.
pub(super) fn check(statement: &str, passages: &[&Evidence], question: &str) -> Vec<(DoubtReason, String)> {
    let mut found = Vec::new();
    if passages.is_empty() || statement.ends_with('?') || says_nothing(statement) {
        return found;
    }
    let facts = Facts::of(statement);
    let terms = terms_of(statement);
    let closest = closest(&terms, passages);
    let lower = statement.to_lowercase();
    let about = [
        "about",
        "approximately",
        "around",
        "roughly",
        "nearly",
        "almost",
        "over ",
        "more than",
        "some ",
        "etwa",
        "rund",
        "circa",
        "ca.",
        "knapp",
        "über ",
        "fast ",
    ]
    .iter()
    .any(|word| lower.contains(word));
    for date in &facts.dates {
        let agrees = |passage: &&Evidence| {
            passage.facts.dates.iter().any(|known| date.agrees(known)) || in_parts(date, passage)
        };
        if !passages.iter().any(agrees) {
            found.push((DoubtReason::Date, date.text.clone()));
        }
    }
    for quantity in &facts.quantities {
        if is_counting(quantity, statement) {
            continue;
        }
        if let Some(reason) = of_quantity(quantity, passages, closest, about) {
            let text = quantity.unit.map_or(quantity.text.clone(), |_| match &quantity.of {
                Some(of) if !quantity.scaled => format!("{} {of}", quantity.text),
                _ => quantity.text.clone(),
            });
            found.push((reason, text));
        }
    }
    for name in names(&facts, &terms, closest, passages, question, statement) {
        found.push((DoubtReason::Name, name));
    }
    for place in &facts.places {
        let lower = place.to_lowercase();
        if !passages.iter().any(|passage| passage.text.contains(&lower))
            && !question.to_lowercase().contains(&lower)
        {
            found.push((DoubtReason::Source, place.clone()));
        }
    }
    if let Some(about) = denial(statement, &terms, closest, passages) {
        found.push((DoubtReason::Negation, about));
    }
    found
}

/// A statement about the documents or the answer itself.
fn says_nothing(statement: &str) -> bool {
    let lower = statement.to_lowercase();
    const SAYINGS: &[&str] = &[
        "do not contain",
        "does not contain",
        "don't contain",
        "do not mention",
        "does not mention",
        "not mentioned",
        "do not provide",
        "does not provide",
        "no information",
        "do not say",
        "does not say",
        "not specified",
        "do not specify",
        "does not specify",
        "not stated",
        "cannot answer",
        "can't answer",
        "not provided",
        "do not hold",
        "no mention",
        "do not include",
        "enthalten keine",
        "keine angabe",
        "keine information",
        "nicht erwähnt",
        "geht nicht hervor",
        "nicht angegeben",
        "i don't know",
        "i do not know",
        "not enough information",
        "let me know",
    ];
    SAYINGS.iter().any(|saying| lower.contains(saying))
}

/// The sentence of the passages that is nearest to the statement, and the share of the statement that it has.
fn closest<'a>(terms: &[String], passages: &[&'a Evidence]) -> Option<(&'a Said, f64)> {
    let all = passages.iter().flat_map(|passage| &passage.sentences);
    all.map(|said| (said, said.share(terms))).max_by(|a, b| a.1.total_cmp(&b.1))
}

/// A day and a month in different columns.
fn in_parts(date: &super::facts::Date, passage: &Evidence) -> bool {
    date.readings.iter().any(|(year, month, day)| {
        month.is_none()
            && day.is_none()
            && year.is_some_and(|year| {
                passage.facts.quantities.iter().any(|it| it.values.contains(&f64::from(year)))
            })
    })
}

/// "There are three reasons:" counts what follows.
fn is_counting(quantity: &Quantity, statement: &str) -> bool {
    let small = quantity.values.iter().all(|value| *value <= 12.0) && quantity.unit.is_none();
    let lower = statement.to_lowercase();
    let announces = ["there are", "the following", "following", "es gibt", "folgende"]
        .iter()
        .any(|words| lower.contains(words));
    small && (statement.trim_end().ends_with(':') || announces && quantity.word)
}

fn of_quantity(
    quantity: &Quantity,
    passages: &[&Evidence],
    closest: Option<(&Said, f64)>,
    about: bool,
) -> Option<DoubtReason> {
    match find(quantity, passages, about) {
        Match::OtherUnit => return Some(DoubtReason::Unit),
        Match::Same => {}
        Match::None if quantity.word => {
            // A turn of phrase, unless the passages count the same thing otherwise.
            let of = quantity.of.as_deref()?;
            let counted = passages.iter().flat_map(|passage| &passage.facts.quantities);
            let contrary =
                counted.filter(|known| known.of.as_deref().is_some_and(|known| near(known, of))).count() > 0;
            return (quantity.unit.is_some() || contrary).then_some(DoubtReason::Number);
        }
        Match::None => return Some(DoubtReason::Number),
    }
    // It stands somewhere. If the sentence that the statement is taken from has another figure in its place, it was
    // taken from elsewhere.
    let (said, shared) = closest?;
    if shared < 0.85 || quantity.word {
        return None;
    }
    let own = said.facts.quantities.iter().any(|known| compare(quantity, known, false, about) == Match::Same)
        || said.facts.dates.iter().any(|date| date.text.contains(&quantity.text));
    let rival = said.facts.quantities.iter().any(|known| {
        known.of.is_some() && known.of == quantity.of && compare(quantity, known, false, about) == Match::None
    });
    (!own && rival).then_some(DoubtReason::Number)
}

/// Small words that begin sentences, and words that answers are made of.
const USUAL: &[&str] = &[
    "the",
    "a",
    "an",
    "this",
    "that",
    "these",
    "those",
    "it",
    "its",
    "he",
    "she",
    "they",
    "we",
    "you",
    "i",
    "in",
    "on",
    "at",
    "by",
    "for",
    "from",
    "to",
    "of",
    "with",
    "without",
    "under",
    "over",
    "after",
    "before",
    "during",
    "since",
    "until",
    "while",
    "when",
    "where",
    "what",
    "who",
    "which",
    "why",
    "how",
    "if",
    "as",
    "and",
    "or",
    "but",
    "so",
    "also",
    "however",
    "therefore",
    "thus",
    "yes",
    "no",
    "not",
    "there",
    "here",
    "all",
    "any",
    "each",
    "every",
    "both",
    "some",
    "most",
    "many",
    "only",
    "according",
    "based",
    "please",
    "note",
    "answer",
    "question",
    "source",
    "sources",
    "passage",
    "passages",
    "document",
    "documents",
    "page",
    "section",
    "table",
    "figure",
    "chapter",
    "additionally",
    "furthermore",
    "moreover",
    "overall",
    "finally",
    "first",
    "second",
    "third",
    "then",
    "next",
    "because",
    "although",
    "though",
    "unless",
    "once",
    "per",
    "summary",
    "conclusion",
    "example",
    "total",
    "der",
    "die",
    "das",
    "den",
    "dem",
    "des",
    "ein",
    "eine",
    "einer",
    "eines",
    "es",
    "er",
    "sie",
    "wir",
    "ihr",
    "ich",
    "im",
    "am",
    "zum",
    "zur",
    "bei",
    "mit",
    "von",
    "nach",
    "vor",
    "für",
    "und",
    "oder",
    "aber",
    "wenn",
    "laut",
    "gemäß",
    "ja",
    "nein",
    "dokument",
    "quelle",
    "antwort",
    "nur",
    "auch",
    "nicht",
    "kein",
    "keine",
    "alle",
    "jede",
    "jeder",
    "jedes",
    "diese",
    "dieser",
    "dieses",
    "dort",
    "hier",
    "monday",
    "tuesday",
];

fn names(
    facts: &Facts,
    terms: &[String],
    closest: Option<(&Said, f64)>,
    passages: &[&Evidence],
    question: &str,
    statement: &str,
) -> Vec<String> {
    let asked = facts::folded(question);
    let known = |name: &str| {
        let lower = name.to_lowercase();
        let pieces = parts(name);
        let in_words = |piece: &String| {
            passages.iter().any(|passage| {
                passage.words.contains(piece) || passage.words.iter().any(|word| near(word, piece))
            }) || asked.contains(piece)
        };
        USUAL.contains(&lower.as_str())
            || pieces.iter().all(|piece| {
                in_words(piece)
                    || pieces.len() > 1 && piece == &lower && pieces[..pieces.len() - 1].iter().all(in_words)
            })
            || passages.iter().any(|passage| passage.text.contains(&lower) || is_initials(name, passage))
    };
    let unknown: Vec<&String> = facts.names.iter().filter(|name| !known(name)).collect();
    let shared = closest.map_or(0.0, |(_, shared)| shared);
    // Where every noun has a capital, only a word that stands in another one's place in an otherwise equal sentence
    // can be told from a paraphrase.
    let nouns = capitals(statement) > 0.28 && terms.len() >= 3;
    let mut doubtful: Vec<String> = Vec::new();
    if !nouns || (shared >= 0.5 && unknown.len() <= 2) {
        doubtful.extend(unknown.into_iter().cloned());
    } else {
        doubtful.extend(unknown.into_iter().filter(|name| is_code(name)).cloned());
    }
    if let Some(first) = &facts.first
        && !known(first)
        && (shared >= SAME_MATTER - 0.2 || is_code(first))
        && !is_common(first, closest)
    {
        doubtful.push(first.clone());
    }
    doubtful
}

/// A first word whose like stands in small letters is an ordinary word, most likely; endings tell others.
fn is_common(word: &str, closest: Option<(&Said, f64)>) -> bool {
    let lower = word.to_lowercase();
    let endings = [
        "ly", "ing", "ed", "ion", "ions", "ment", "ness", "ity", "ies", "ees", "ers", "ors", "ung", "ungen",
        "heit", "keit",
    ];
    let has_names =
        closest.is_some_and(|(said, _)| !said.facts.names.is_empty() || said.facts.first.is_some());
    endings.iter().any(|ending| lower.ends_with(ending) && lower.len() > ending.len() + 2) || !has_names
}

fn is_code(word: &str) -> bool {
    word.chars().any(|c| c.is_ascii_digit()) && word.chars().any(char::is_alphabetic)
}

/// The share of a statement's words that have a capital.
fn capitals(statement: &str) -> f64 {
    let words = facts::words(statement);
    let inner: Vec<bool> =
        words.iter().skip(1).map(|word| word.text.starts_with(char::is_uppercase)).collect();
    let count = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
    let german = [
        " der ", " die ", " das ", " und ", " ist ", " nicht ", " mit ", " von ", " den ", " ein ", " eine ",
    ]
    .iter()
    .any(|word| format!(" {} ", statement.to_lowercase()).contains(word));
    if inner.is_empty() || !german {
        0.0
    } else {
        count(inner.iter().filter(|it| **it).count()) / count(inner.len())
    }
}

/// Whether the letters are the beginnings of words that stand together in the passage.
fn is_initials(name: &str, passage: &Evidence) -> bool {
    let letters: String = name.to_lowercase();
    if !(2..=6).contains(&name.chars().count()) || !name.chars().all(char::is_uppercase) {
        return false;
    }
    let initials: String = passage
        .text
        .split_whitespace()
        .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()))
        .collect();
    initials.contains(&letters)
}

/// The word of the statement that has this stem.
fn word_of(statement: &str, term: &str) -> String {
    let mut words =
        statement.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let has = |word: &&str| terms_of(word).iter().any(|own| near(own, term));
    words.find(has).unwrap_or(term).to_owned()
}

/// What one of them denies and the other does not, where both speak of the same.
fn denial(
    statement: &str,
    terms: &[String],
    closest: Option<(&Said, f64)>,
    passages: &[&Evidence],
) -> Option<String> {
    let (said, shared) = closest?;
    if terms.len() < 2 || shared < SAME_MATTER {
        return None;
    }
    let own = denied(statement);
    let has = |term: &String, terms: &[String]| terms.iter().any(|known| near(known, term));
    // A statement may join what several sentences say, of which another one denies it.
    let joined = |term: &String| {
        let mut sentences = passages.iter().flat_map(|passage| &passage.sentences);
        sentences
            .any(|other| has(term, &other.denied) && share(&other.terms, |it| has(it, terms)) >= SAME_MATTER)
    };
    let contrary = |term: &&String| said.denied.is_empty() && has(term, &said.terms) && !joined(term);
    if let Some(term) = own.iter().find(contrary) {
        return Some(format!("not {}", word_of(statement, term)));
    }
    if let Some(term) = said.denied.iter().find(|term| own.is_empty() && has(term, terms)) {
        return Some(word_of(statement, term));
    }
    let words = facts::folded(statement);
    let begins = |words: &std::collections::HashSet<String>, stem: &str| {
        words.iter().any(|word| word.starts_with(stem))
    };
    OPPOSITES.iter().flat_map(|&(a, b)| [(a, b), (b, a)]).find_map(|(here, there)| {
        let contrary = begins(&words, here)
            && !begins(&said.words, here)
            && begins(&said.words, there)
            && !begins(&words, there);
        contrary.then(|| words.iter().find(|word| word.starts_with(here)).cloned()).flatten()
    })
}
