//! Questions that ask two things at once.

use unicode_segmentation::UnicodeSegmentation;

/// Words that may stand between two questions.
const JOINTS: &[&str] = &[" and ", " und ", " et ", " y ", " e ", " en ", " и ", ", and ", ", und ", ", "];

/// Words that may stand before one that asks: "within how many days", "bis wann".
const BEFORE_ASKING: &[&str] = &[
    "within",
    "at",
    "in",
    "by",
    "for",
    "to",
    "from",
    "until",
    "since",
    "on",
    "of",
    "with",
    "under",
    "after",
    "before",
    "bis",
    "ab",
    "seit",
    "an",
    "mit",
    "bei",
    "zu",
    "zum",
    "zur",
    "von",
    "nach",
    "für",
    "auf",
    "innerhalb",
    "unter",
    "über",
    "à",
    "de",
    "en",
    "pour",
    "sous",
    "dans",
    "a",
    "para",
    "por",
    "con",
    "di",
    "da",
    "per",
    "com",
    "em",
    "op",
    "binnen",
    "voor",
    "met",
    "van",
];

/// Words that ask wherever they stand.
const ASKING: &[&str] = &[
    "what",
    "when",
    "where",
    "who",
    "whom",
    "whose",
    "which",
    "why",
    "how",
    "wann",
    "wo",
    "wer",
    "wen",
    "wem",
    "was",
    "wie",
    "warum",
    "welche",
    "welcher",
    "welches",
    "welchen",
    "welchem",
    "wieviel",
    "wievielen",
    "quand",
    "où",
    "qui",
    "quel",
    "quelle",
    "quels",
    "quelles",
    "combien",
    "comment",
    "cuándo",
    "dónde",
    "quién",
    "qué",
    "cuál",
    "cómo",
    "cuánto",
    "cuánta",
    "cuántos",
    "cuántas",
    "quando",
    "dove",
    "chi",
    "quale",
    "quanto",
    "quanti",
    "quante",
    "onde",
    "quem",
    "qual",
    "quantos",
    "quantas",
    "wanneer",
    "waar",
    "wat",
    "welk",
    "hoe",
    "hoeveel",
    "когда",
    "где",
    "кто",
    "что",
    "как",
    "сколько",
];

/// Words that a question begins with. A joint with one of them behind it separates two questions.
const OPENERS: &[&str] = &[
    "what",
    "when",
    "where",
    "who",
    "whose",
    "which",
    "why",
    "how",
    "is",
    "are",
    "does",
    "do",
    "did",
    "can",
    "may",
    "must",
    "was",
    "wann",
    "wo",
    "wer",
    "wen",
    "wem",
    "was",
    "wie",
    "warum",
    "welche",
    "welcher",
    "welches",
    "welchen",
    "ab",
    "bis",
    "seit",
    "woher",
    "quand",
    "où",
    "qui",
    "quel",
    "quelle",
    "comment",
    "combien",
    "pourquoi",
    "cuándo",
    "dónde",
    "quién",
    "qué",
    "cuál",
    "cómo",
    "cuánto",
    "cuánta",
    "cuántos",
    "cuántas",
    "quando",
    "dove",
    "chi",
    "quanto",
    "come",
    "onde",
    "quem",
    "qual",
    "wanneer",
    "waar",
    "wat",
    "hoe",
    "когда",
    "где",
    "кто",
    "что",
    "как",
    "сколько",
];

/// Of them, those that tell nothing of what stands before a comma.
const NEVER_RELATIVE: &[&str] = &["what", "how", "why", "wann", "warum", "combien", "cuándo", "cuánto"];

/// At most so many parts are looked for.
const MOST: usize = 3;

/// The questions in a question; one that cannot be taken apart is its only part.
pub fn parts_of(question: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for sentence in question.split_inclusive(['?', ';', '？']).map(str::trim).filter(|it| !it.is_empty()) {
        let mut rest = sentence;
        while let Some((head, tail)) = cut(rest) {
            parts.push(head.to_owned());
            rest = tail;
        }
        parts.push(rest.to_owned());
    }
    if let [only] = &parts[..]
        && let Some((head, tail)) = cut_between_things(only)
    {
        parts = vec![head.to_owned(), tail.to_owned()];
    }
    parts.retain(|part| part.unicode_words().count() >= 2);
    parts = with_what_is_said_behind(parts);
    if parts.len() < 2 || parts.len() > MOST {
        return vec![question.trim().to_owned()];
    }
    parts
}

/// Words that a sentence begins with which asks nothing more: "I need all of them."
const SAYING: &[&str] =
    &["i", "we", "please", "thanks", "thank", "it's", "this", "ich", "wir", "bitte", "danke", "je", "nous"];

/// The same where it wants no other thing: "Give me all of them."
const GIVING: &[&str] = &["give", "list", "name", "show", "gib", "gebt", "nenne", "nennen", "zeige"];
const OF_IT: &[&str] = &["them", "they", "it", "each", "alle", "sie"];

/// What is said behind a question belongs to it.
fn with_what_is_said_behind(parts: Vec<String>) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    for part in parts {
        let gives = begins(GIVING, &part) && part.unicode_words().any(|word| OF_IT.contains(&word));
        let says = (begins(SAYING, &part) || gives) && !part.ends_with(['?', '？']);
        match joined.last_mut() {
            Some(question) if says => {
                question.push(' ');
                question.push_str(&part);
            }
            _ => joined.push(part),
        }
    }
    joined
}

/// The sentence before a joint and the question behind it.
fn cut(sentence: &str) -> Option<(&str, &str)> {
    let lower = sentence.to_lowercase();
    if lower.len() != sentence.len() {
        return None;
    }
    let mut joints: Vec<(usize, usize)> = JOINTS
        .iter()
        .flat_map(|joint| lower.match_indices(joint).map(|(at, joint)| (at, at + joint.len())))
        .collect();
    joints.sort_unstable();
    joints.into_iter().find_map(|(at, end)| {
        let (head, tail) = (sentence.get(..at)?, sentence.get(end..)?);
        // A comma stands between many things: both sides of it must ask.
        let comma = lower.get(at..end) == Some(", ");
        let asks = if comma { asks(head) && begins(NEVER_RELATIVE, tail) } else { asks(tail) };
        // "where and when was it?" asks twice of one thing.
        let enough = head.unicode_words().count() >= 3 && tail.unicode_words().count() >= 2;
        let says_more = comma || !only_asks(head);
        (asks && enough && says_more).then_some((head, tail))
    })
}

/// Words behind which one thing is named that is asked for: "on which weekday".
const WHICH: &[&str] = &[
    "which", "what", "welche", "welcher", "welches", "welchen", "welchem", "quel", "quelle", "qué", "che",
    "quale", "welk", "welke",
];

/// Words that ask how much of something: "for how many days".
const HOW: &[&str] = &["how", "wie"];

/// Whether a text asks, but says nothing of what it asks for: "on which weekday", "for how long". What is behind the joint
/// says it for both.
fn only_asks(text: &str) -> bool {
    let words: Vec<String> = text.unicode_words().map(str::to_lowercase).collect();
    let is = |at: usize, list: &[&str]| words.get(at).is_some_and(|word| list.contains(&word.as_str()));
    let from = usize::from(is(0, BEFORE_ASKING));
    let left = words.len().saturating_sub(from);
    // With a preposition no verb stands in so few words.
    from == 1 && (is(from, WHICH) && left <= 2 || is(from, HOW) && left <= 3)
}

/// The words of two things that are asked for by their names alone: "the number of the desk and the price for members".
const OF_THINGS: &[(&str, &[&str])] = &[
    (" and the ", &["of", "for", "at", "in", "on", "to", "from", "by", "per"]),
    (" und der ", GERMAN),
    (" und die ", GERMAN),
    (" und das ", GERMAN),
    (" et la ", FRENCH),
    (" et le ", FRENCH),
    (" y el ", SPANISH),
    (" y la ", SPANISH),
];
const GERMAN: &[&str] =
    &["von", "für", "bei", "in", "im", "an", "am", "auf", "des", "der", "zu", "zum", "zur", "vom"];
const FRENCH: &[&str] = &["de", "du", "des", "pour", "à", "au", "aux", "dans", "chez"];
const SPANISH: &[&str] = &["de", "del", "para", "en", "a", "al", "por"];

/// Where a text without a question in it names two things, each said of something.
fn cut_between_things(text: &str) -> Option<(&str, &str)> {
    let lower = text.to_lowercase();
    let asks_somewhere = lower.unicode_words().any(|word| ASKING.contains(&word));
    let mut joints = OF_THINGS
        .iter()
        .flat_map(|(joint, behind)| lower.match_indices(joint).map(move |(at, _)| (at, *behind)));
    let (at, behind) = joints.next()?;
    if lower.len() != text.len() || asks_somewhere || joints.next().is_some() {
        return None;
    }
    let joint_ends = at + 1 + text.get(at + 1..)?.find(' ')? + 1;
    let (head, tail) = (text.get(..at)?, text.get(joint_ends..)?);
    let said_of = |part: &str| {
        let words: Vec<String> = part.unicode_words().map(str::to_lowercase).collect();
        words.iter().skip(1).any(|word| behind.contains(&word.as_str())) && words.len() >= 3
    };
    let begins_as_one = begins(&["the", "der", "die", "das", "la", "le", "el"], text);
    (begins_as_one && said_of(head) && said_of(tail)).then_some((head, tail))
}

/// Whether a question begins here.
fn asks(text: &str) -> bool {
    let mut words = text.unicode_words().map(str::to_lowercase);
    let before = words.next().is_some_and(|word| BEFORE_ASKING.contains(&word.as_str()));
    let behind = words.next().is_some_and(|word| ASKING.contains(&word.as_str()));
    begins(OPENERS, text) || (before && behind)
}

fn begins(words: &[&str], text: &str) -> bool {
    text.unicode_words().next().is_some_and(|word| {
        let lower = word.to_lowercase();
        // "what's"
        let bare = lower.split(['\'', '’']).next().unwrap_or_default();
        words.contains(&bare)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_questions_in_one_are_told_apart() {
        for (question, parts) in [
            (
                "How long is the warranty and what does shipping cost?",
                vec!["How long is the warranty", "what does shipping cost?"],
            ),
            (
                "Wer ist der Vermieter und wie hoch ist die Miete?",
                vec!["Wer ist der Vermieter", "wie hoch ist die Miete?"],
            ),
            ("When does it open? Where is it?", vec!["When does it open?", "Where is it?"]),
            (
                "Who keeps the keys? I need the names for both kilns.",
                vec!["Who keeps the keys? I need the names for both kilns."],
            ),
            ("Which kilns are red? Give me all of them.", vec!["Which kilns are red? Give me all of them."]),
            ("What do kestrels and owls eat?", vec!["What do kestrels and owls eat?"]),
            ("When and where was it signed?", vec!["When and where was it signed?"]),
            (
                "On which weekday and at what time is the kiln lit?",
                vec!["On which weekday and at what time is the kiln lit?"],
            ),
            (
                "An welchem Tag und um wie viel Uhr wird geheizt?",
                vec!["An welchem Tag und um wie viel Uhr wird geheizt?"],
            ),
            (
                "From which day is it let and at what price?",
                vec!["From which day is it let", "at what price?"],
            ),
            ("Terms and what they mean", vec!["Terms and what they mean"]),
            (
                "What's the fee for boats and within how many days is it due?",
                vec!["What's the fee for boats", "within how many days is it due?"],
            ),
            ("Wer bestellt die Ziegel und bis wann?", vec!["Wer bestellt die Ziegel", "bis wann?"]),
            ("When is it open, what is the fee?", vec!["When is it open", "what is the fee?"]),
            ("Is it for Ann, who signed, or Bo?", vec!["Is it for Ann, who signed, or Bo?"]),
            ("If it rains, what is done?", vec!["If it rains, what is done?"]),
            (
                "the number of the desk at Leek and the price for members",
                vec!["the number of the desk at Leek", "the price for members"],
            ),
            (
                "die Nummer der Kasse und der Preis für Mitglieder",
                vec!["die Nummer der Kasse", "der Preis für Mitglieder"],
            ),
            ("the price of tea and the kettle", vec!["the price of tea and the kettle"]),
            (
                "the end of the road and the start of it and the way",
                vec!["the end of the road and the start of it and the way"],
            ),
            (
                "Why did the pipe burst? what did the tests show",
                vec!["Why did the pipe burst?", "what did the tests show"],
            ),
        ] {
            assert_eq!(parts_of(question), parts, "{question}");
        }
    }
}
