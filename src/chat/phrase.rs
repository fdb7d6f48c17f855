//! The words of a question as they stand in it, and which of them name something.
//!
//! A name is told by its letters: a capital, or a digit in it. In German every noun is one, which does no harm: what is
//! compared or replaced is a noun there.

/// A word without the signs around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    pub(super) lower: String,
    /// Bytes of the question.
    pub(super) from: usize,
    pub(super) to: usize,
    /// A sign behind it ends a phrase.
    pub(super) ends: bool,
    /// It begins a sentence, where a capital says nothing.
    pub(super) first: bool,
}

/// What a name looks like: names of one shape take each other's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shape {
    Year,
    /// Digits alone.
    Number,
    /// Letters and digits: `A-9` for E-1021, by the number of its letters.
    Code(String),
    Name,
}

/// Small words before a noun.
const ARTICLES: &[&str] = &[
    "a", "an", "the", "our", "your", "my", "their", "its", "this", "that", "these", "those", "der", "die",
    "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "eines", "unser", "unsere",
    "unserem", "unserer", "unseren", "le", "la", "les", "un", "une", "notre", "nos", "el", "los", "las",
    "una", "nuestro", "nuestra", "il", "lo", "gli", "i", "o", "os", "as", "um", "uma", "het", "een", "onze",
];

/// Words that a phrase begins with and that say how it belongs to the rest.
const PREPOSITIONS: &[&str] = &[
    "with",
    "for",
    "in",
    "at",
    "on",
    "of",
    "from",
    "about",
    "to",
    "by",
    "under",
    "during",
    "outside",
    "within",
    "inside",
    "between",
    "per",
    "after",
    "before",
    "since",
    "until",
    "near",
    "abroad",
    "mit",
    "für",
    "im",
    "bei",
    "beim",
    "am",
    "an",
    "von",
    "vom",
    "zu",
    "zum",
    "zur",
    "nach",
    "aus",
    "unter",
    "über",
    "auf",
    "seit",
    "vor",
    "gegen",
    "ab",
    "bis",
    "außerhalb",
    "innerhalb",
    "laut",
    "zwischen",
    "avec",
    "pour",
    "en",
    "à",
    "au",
    "aux",
    "chez",
    "de",
    "du",
    "des",
    "dans",
    "sur",
    "con",
    "para",
    "por",
    "del",
    "al",
    "sobre",
    "entre",
    "per",
    "di",
    "da",
    "nel",
    "nella",
    "su",
    "com",
    "em",
    "no",
    "na",
    "do",
    "met",
    "voor",
    "bij",
    "van",
    "op",
];

/// Words that ask or help to ask; a question begins with one of them.
const ASKING: &[&str] = &[
    "what",
    "what's",
    "whats",
    "when",
    "where",
    "who",
    "who's",
    "whose",
    "whom",
    "which",
    "why",
    "how",
    "is",
    "are",
    "was",
    "were",
    "does",
    "do",
    "did",
    "has",
    "have",
    "had",
    "can",
    "could",
    "may",
    "must",
    "should",
    "shall",
    "will",
    "would",
    "please",
    "tell",
    "me",
    "show",
    "give",
    "compare",
    "list",
    "name",
    "wann",
    "wo",
    "wer",
    "wen",
    "wem",
    "wessen",
    "was",
    "wie",
    "warum",
    "wieso",
    "weshalb",
    "woher",
    "wohin",
    "wofür",
    "womit",
    "welche",
    "welcher",
    "welches",
    "welchen",
    "welchem",
    "ist",
    "sind",
    "war",
    "waren",
    "hat",
    "haben",
    "kann",
    "darf",
    "muss",
    "soll",
    "wird",
    "werden",
    "gibt",
    "vergleiche",
    "bitte",
    "quand",
    "où",
    "qui",
    "quel",
    "quelle",
    "quels",
    "quelles",
    "comment",
    "combien",
    "pourquoi",
    "est",
    "sont",
    "cuándo",
    "dónde",
    "quién",
    "qué",
    "cuál",
    "cuáles",
    "cómo",
    "cuánto",
    "cuánta",
    "cuántos",
    "cuántas",
    "es",
    "son",
    "quando",
    "dove",
    "chi",
    "che",
    "cosa",
    "quale",
    "quali",
    "quanto",
    "quanta",
    "quanti",
    "come",
    "è",
    "sono",
    "onde",
    "quem",
    "qual",
    "quais",
    "quantos",
    "são",
    "wanneer",
    "waar",
    "wat",
    "hoe",
    "welk",
    "wie",
    "hoeveel",
    "zijn",
    "compara",
    "comparez",
    "confronta",
    "vergelijk",
];

/// Words between two things.
const JOINTS: &[&str] = &["and", "or", "und", "oder", "et", "ou", "y", "e", "o", "en", "sowie"];

/// The words of a question in their order.
pub(super) fn words_of(question: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut first = true;
    let mut at = 0;
    for part in question.split_inclusive(char::is_whitespace) {
        let bare = part.trim_matches(|c: char| !c.is_alphanumeric() && c != '&');
        if let Some(from) = (!bare.is_empty()).then(|| part.find(bare)).flatten() {
            let behind = &part[from + bare.len()..];
            let to = at + from + bare.len();
            let ends = behind.contains([',', ';', ':', '?', '!', '.', '(', ')', '？']);
            words.push(Word { text: bare, lower: bare.to_lowercase(), from: at + from, to, ends, first });
            first = behind.contains(['.', '?', '!', '？']);
        }
        at += part.len();
    }
    words
}

impl Word<'_> {
    pub(super) fn is_article(&self) -> bool {
        ARTICLES.contains(&self.lower.as_str())
    }

    pub(super) fn is_preposition(&self) -> bool {
        PREPOSITIONS.contains(&self.lower.as_str())
    }

    pub(super) fn asks(&self) -> bool {
        ASKING.contains(&self.lower.as_str())
    }

    pub(super) fn is_joint(&self) -> bool {
        JOINTS.contains(&self.lower.as_str()) || self.text == "&"
    }

    /// It says something by itself.
    pub(super) fn has_content(&self) -> bool {
        !(self.is_article() || self.is_preposition() || self.asks() || self.is_joint())
    }

    /// Whether it names something.
    pub(super) fn is_name(&self) -> bool {
        let digit = self.text.contains(|c: char| c.is_numeric());
        let capital = self.text.starts_with(char::is_uppercase) && self.lower != "i";
        digit || (capital && self.has_content())
    }

    /// Of a name.
    pub(super) fn shape(&self) -> Shape {
        let digits = self.text.chars().filter(|c| c.is_ascii_digit()).count();
        let letters = self.text.chars().filter(|c| c.is_alphabetic()).count();
        match (digits, letters) {
            (0, _) => Shape::Name,
            (4, 0) if self.text.len() == 4 && self.text.starts_with(['1', '2']) => Shape::Year,
            (_, 0) => Shape::Number,
            _ => Shape::Code(pattern(self.text)),
        }
    }
}

/// Letters one by one, digits as one.
fn pattern(text: &str) -> String {
    let mut pattern = String::new();
    for c in text.chars() {
        let sign = if c.is_numeric() {
            '9'
        } else if c.is_alphabetic() {
            'A'
        } else {
            c
        };
        if sign != '9' || !pattern.ends_with('9') {
            pattern.push(sign);
        }
    }
    pattern
}

/// Words side by side, by their places: from one up to, and without, the other.
pub(super) type Run = std::ops::Range<usize>;

/// The names in a question: words side by side that name something are one.
pub(super) fn names_in(words: &[Word<'_>]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let amid = word.text == "&"
            && at > 0
            && words[at - 1].is_name()
            && words.get(at + 1).is_some_and(Word::is_name);
        if !word.is_name() && !amid {
            continue;
        }
        match runs.last_mut() {
            Some(run) if run.end == at && !words[at - 1].ends => run.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// A run as it stands in the question.
pub(super) fn text_of<'a>(question: &'a str, words: &[Word<'_>], run: &Run) -> &'a str {
    match words.get(run.clone()) {
        Some([first, .., last]) => &question[first.from..last.to],
        Some([only]) => &question[only.from..only.to],
        _ => "",
    }
}

/// The shape of what a run names: that of the only code or year in it, or a name's.
pub(super) fn shape_of(words: &[Word<'_>], run: &Run) -> Shape {
    let shapes = words[run.clone()].iter().map(Word::shape);
    let mut told = shapes.filter(|shape| !matches!(shape, Shape::Name));
    match (told.next(), run.len()) {
        (Some(shape), 1) => shape,
        (Some(code @ Shape::Code(_)), _) => code,
        _ => Shape::Name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(question: &str) -> Vec<&str> {
        let words = words_of(question);
        names_in(&words).iter().map(|run| text_of(question, &words, run)).collect()
    }

    #[test]
    fn names_are_told_by_their_letters() {
        assert_eq!(names("What are the terms with Alder & Sons?"), ["Alder & Sons"]);
        assert_eq!(names("Who built the pump QX-30, and when?"), ["QX-30"]);
        assert_eq!(names("Compare 2019 with 2021"), ["2019", "2021"]);
        assert_eq!(names("Is it Ann Lee, Bo or Cy?"), ["Ann Lee", "Bo", "Cy"]);
        assert!(names("what do kestrels eat?").is_empty());
    }

    #[test]
    fn shapes_tell_codes_from_each_other() {
        let shape = |text: &str| words_of(text)[0].shape();
        assert_eq!(shape("E-1021"), shape("E-7"));
        assert_ne!(shape("E-1021"), shape("QX-30"));
        assert_eq!((shape("2019"), shape("300"), shape("Ann")), (Shape::Year, Shape::Number, Shape::Name));
    }
}
