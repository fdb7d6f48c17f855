//! What a question wants to know, and whether a sentence holds something of that kind.

use unicode_segmentation::UnicodeSegmentation;

use super::closely;
use super::phrases::PHRASES;

/// The kind of thing that answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Number,
    /// A part of a whole, a discount, a rate.
    Share,
    /// A time of the day.
    Time,
    /// An amount with its currency.
    Money,
    /// A length of time.
    Duration,
    Date,
    Person,
    Place,
    /// An address for mail, a telephone number, or one of the web.
    Contact,
    /// The number or code by which something is known.
    Identifier,
    /// What something is or means.
    Definition,
    /// Reasons and ways take more than a sentence.
    Explanation,
    Anything,
}

/// Whether a question asks which one of several it is.
pub(super) fn asks_which(question: &str) -> bool {
    const WHICH: &[&str] = &[
        "which", "whose", "welche", "welcher", "welches", "welchen", "welchem", "quel", "quelle", "quels",
        "quelles", "cuál", "cuáles", "qual", "quale", "quali", "welk", "welke",
    ];
    // "what machine has …", but not "what is …".
    const WHAT: &[&str] = &[
        "is",
        "are",
        "was",
        "were",
        "do",
        "does",
        "did",
        "the",
        "a",
        "an",
        "has",
        "have",
        "if",
        "about",
        "can",
        "should",
        "must",
        "will",
        "would",
        "could",
        "may",
        "happens",
        "happened",
        "kind",
        "time",
        "date",
        "year",
        "day",
        "percentage",
        "number",
        "amount",
        "s",
        "else",
    ];
    let words: Vec<String> = question.unicode_words().map(str::to_lowercase).collect();
    words.iter().any(|word| WHICH.contains(&word.as_str()))
        || words.windows(2).any(|two| two[0] == "what" && !WHAT.contains(&two[1].as_str()))
}

/// What the words that a question begins with ask for, whatever things it names: "when is the rent due" asks for a date.
const LEADING: &[(Wanted, &[&str])] = &[
    (
        Wanted::Duration,
        &["how long", "how quickly", "how soon", "wie lange", "wie schnell", "combien de temps"],
    ),
    (
        Wanted::Time,
        &["what time", "welche uhrzeit", "welcher uhrzeit", "quelle heure", "qué hora", "wie viel uhr"],
    ),
    (
        Wanted::Date,
        &[
            "when",
            "what date",
            "what day",
            "which date",
            "which day",
            "wann",
            "welchem tag",
            "welchem datum",
            "quand",
            "quelle date",
            "cuándo",
            "qué fecha",
            "quando",
            "wanneer",
        ],
    ),
    (Wanted::Person, &["who", "whom", "wer", "wem", "wen", "quién", "chi", "quem"]),
    (Wanted::Place, &["where", "wo", "wohin", "où", "dónde", "dove", "waar"]),
];

/// The kind that a question's first words ask for, behind a word such as "until" at most.
fn leading_kind(words: &[String]) -> Option<Wanted> {
    let begins = |phrase: &&str| {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        let at = |from: usize| {
            (0..phrase.len()).all(|n| words.get(from + n).is_some_and(|word| word == phrase[n]))
        };
        let behind = words.first().is_some_and(|word| BEHIND.contains(&word.as_str()));
        at(0) || behind && at(1)
    };
    const BEHIND: &[&str] = &[
        "until", "till", "by", "since", "from", "at", "on", "to", "bis", "seit", "ab", "um", "zu", "an", "à",
        "a", "and",
    ];
    let found = LEADING.iter().find(|(_, phrases)| phrases.iter().any(begins));
    // "How long is the wall?" and "How long before he pays?"
    found.map(|(kind, _)| *kind).filter(|kind| *kind != Wanted::Duration || words.len() > 4)
}

/// Words that ask, or only join: "what is paid when it is late", "the mill where it stands".
const JOINING: &[&str] = &["when", "where", "who", "whose", "whom", "wo", "quand", "où", "qui", "quando"];

/// Those that only join here: the question begins with another word that asks, and they stand behind no "and" and no
/// word as in "until when".
fn beside_the_question(words: &[String]) -> Vec<&str> {
    const ASKING: &[&str] = &[
        "what", "which", "who", "whom", "whose", "how", "why", "where", "when", "was", "welche", "welcher",
        "welches", "welchen", "wer", "wie", "wann", "warum", "quel", "quelle", "combien", "comment", "qui",
        "qué", "cuál", "cuánto", "cómo", "quién",
    ];
    const LEADING: &[&str] = &[
        "and", "or", "by", "until", "till", "since", "from", "und", "oder", "et", "ou", "depuis", "y", "o",
        "e",
    ];
    // "somebody who pays"
    const OF_SUCH: &[&str] = &[
        "somebody",
        "someone",
        "anybody",
        "anyone",
        "everybody",
        "everyone",
        "people",
        "person",
        "persons",
        "those",
        "one",
        "man",
        "woman",
        "customer",
        "customers",
        "member",
        "members",
        "staff",
        "jemand",
        "quelqu'un",
        "alguien",
    ];
    let begins = words.first().is_some_and(|word| ASKING.contains(&word.as_str()));
    let (mut joins, mut asked): (Vec<&str>, Vec<&str>) = Default::default();
    let of_such = |at: usize| at > 0 && OF_SUCH.contains(&words[at - 1].as_str());
    for (at, word) in words.iter().enumerate().filter(|(at, _)| begins || of_such(*at)) {
        let asks = at == 0 || LEADING.contains(&words[at - 1].as_str());
        match JOINING.iter().find(|joining| **joining == word.as_str()) {
            Some(joining) if asks => asked.push(joining),
            Some(joining) => joins.push(joining),
            None => {}
        }
    }
    joins.retain(|joining| !asked.contains(joining));
    joins
}

/// Words before "number" that do not make it one by which a thing is known.
const OF_NO_THING: &[&str] = &[
    "the",
    "a",
    "an",
    "this",
    "that",
    "any",
    "some",
    "each",
    "every",
    "what",
    "which",
    "total",
    "whole",
    "large",
    "small",
    "same",
    "maximum",
    "minimum",
    "max",
    "min",
    "highest",
    "lowest",
    "greatest",
    "smallest",
    "biggest",
    "average",
    "certain",
    "exact",
    "right",
    "wrong",
    "correct",
    "new",
    "full",
    "phone",
    "telephone",
    "fax",
    "contact",
    "house",
    "room",
    "page",
    "by",
    "of",
    "in",
    "and",
    "or",
    "one",
    "my",
    "our",
    "your",
    "their",
    "his",
    "her",
    "its",
];

/// Beginnings of German words on "-nummer" that are no name of a thing.
const OF_LINES: &[&str] =
    &["telefon", "handy", "mobil", "fax", "ruf", "haus", "zimmer", "raum", "seiten", "durchwahl", "notruf"];

/// Words between "under which" and what a thing is filed by, at most, and how that is called.
const WITHIN: usize = 4;
const OF_FILING: &[&str] = &[
    "reference",
    "ref",
    "number",
    "numbers",
    "no",
    "code",
    "nummer",
    "aktenzeichen",
    "zeichen",
    "kennzeichen",
];

/// Words before one thing that is meant.
const OF_ONE: &[&str] = &["the", "this", "that", "our", "your", "their", "his", "her", "its", "my"];

/// "claim number", "Schadennummer", "under which number", "which number does the mill use": the number by which something
/// is known. "The total number of …" counts.
fn names_an_identifier(words: &[String]) -> bool {
    const USING: &[&str] =
        &["use", "uses", "give", "gives", "gave", "quote", "quotes", "verwendet", "trägt", "hat"];
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let english = |at: usize| {
        let before = at.checked_sub(1).map_or("the", word);
        let counts = word(at + 1) == "of" || before.chars().any(|c| c.is_ascii_digit());
        word(at) == "number" && !counts && !OF_NO_THING.contains(&before)
    };
    let german = |at: usize| {
        let stem = word(at).strip_suffix("nummer").or_else(|| word(at).strip_suffix("nummern"));
        stem.is_some_and(|stem| stem.len() > 2 && !OF_LINES.iter().any(|line| stem.starts_with(line)))
    };
    let asked = |at: usize| {
        let number = matches!(word(at + 1), "number" | "nummer");
        let which = matches!(word(at), "what" | "which" | "welche" | "welcher");
        let under = at.checked_sub(1).is_some_and(|before| matches!(word(before), "under" | "unter"));
        which && number && (under || words.iter().skip(at + 2).any(|word| USING.contains(&word.as_str())))
    };
    // "Under which reference", "under which of our order numbers".
    let filed = |at: usize| {
        matches!(word(at), "under" | "unter")
            && matches!(word(at + 1), "which" | "what" | "welcher" | "welchem")
            && (at + 2..at + 2 + WITHIN)
                .any(|at| OF_FILING.contains(&word(at)) || word(at).ends_with("nummer"))
    };
    // "The number of the quotation", but not "the number of quotations".
    let of_one = |at: usize| {
        word(at) == "number"
            && word(at + 1) == "of"
            && OF_ONE.contains(&word(at + 2))
            && closely::is_numbered(word(at + 3))
    };
    (0..words.len()).any(|at| english(at) || german(at) || asked(at) || filed(at) || of_one(at))
}

/// "What does the miller pay per day?", "Was gibt es je Kilometer?"
fn asks_for_pay(words: &[String]) -> bool {
    const ASKING: &[&str] = &["what", "was", "que", "quoi", "qué", "combien"];
    const PAYING: &[&str] = &[
        "pay",
        "pays",
        "paid",
        "charge",
        "charges",
        "charged",
        "cost",
        "costs",
        "kostet",
        "verlangen",
        "verlangt",
        "berechnen",
        "berechnet",
        "zahlen",
        "zahlt",
        "zahle",
        "bezahlen",
        "bezahlt",
        "bezahle",
        "gezahlt",
        "payer",
        "paie",
        "payé",
        "pagar",
        "paga",
        "pagan",
    ];
    const GETTING: &[&str] = &[
        "get", "gets", "receive", "claim", "gibt", "bekomme", "bekommt", "bekommen", "kriege", "kriegt",
        "erhalte", "erhält", "erhalten", "reçoit", "touche", "recibe", "cobra",
    ];
    const EACH: &[&str] = &["per", "pro", "je", "par", "por"];
    const BEING: &[&str] = &["is", "are", "was", "were", "ist", "sind", "wird", "werden"];
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let at = |place: usize, list: &[&str]| words.get(place).is_some_and(|word| list.contains(&word.as_str()));
    // "What is paid by the tenant?" asks for what it is paid for.
    let pays = has(PAYING) && !at(1, BEING);
    at(0, ASKING) && (pays || has(EACH) && (has(PAYING) || has(GETTING)))
}

/// "Which number do I ring?"
fn calls_a_number(words: &[String]) -> bool {
    const CALLING: &[&str] = &[
        "ring", "call", "dial", "phone", "reach", "anrufen", "wählen", "anrufe", "wähle", "rufe", "erreiche",
    ];
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    has(&["number", "nummer", "numéro", "número"]) && has(CALLING)
}

/// Words that say that something is asked, and not told; behind them the question stands.
const SAYING: &[&str] = &[
    "ask",
    "asks",
    "asked",
    "asking",
    "know",
    "wonder",
    "wonders",
    "wondering",
    "fragt",
    "fragen",
    "frage",
    "wissen",
    "demande",
    "savoir",
    "pregunta",
    "saber",
];

/// Words that a question begins with inside a sentence.
const INDIRECT: &[&str] = &[
    "what", "when", "where", "who", "whom", "which", "how", "why", "wann", "wo", "wer", "wie", "was",
    "welche", "welcher", "welches", "welchen", "quand", "combien", "quel", "quelle", "cuándo", "cuánto",
    "qué", "quién",
];

/// The part of a text that asks: behind "she wants to know", else the sentence that is a question; all of it where that
/// cannot be told.
fn what_is_asked(text: &str) -> &str {
    let words: Vec<(usize, &str)> = text.unicode_word_indices().collect();
    let is = |at: usize, list: &[&str]| {
        words.get(at).is_some_and(|(_, word)| list.contains(&word.to_lowercase().as_str()))
    };
    let indirect = (1..words.len()).find(|at| is(*at, INDIRECT) && is(at - 1, SAYING));
    if let Some((from, _)) = indirect.and_then(|at| words.get(at)) {
        let behind = &text[*from..];
        return docent_words::typed_sentences(behind).first().copied().unwrap_or(behind);
    }
    let asking = |sentence: &&str| sentence.trim_end().ends_with(['?', '？']);
    let mut asking = docent_words::sentences(text).into_iter().filter(asking);
    match (asking.next(), asking.next()) {
        (Some(one), None) => one,
        _ => text,
    }
}

impl Wanted {
    pub(super) fn by(question: &str) -> Self {
        let question = what_is_asked(question);
        let words: Vec<String> = question.unicode_words().map(str::to_lowercase).collect();
        let spaced = format!(" {} ", words.join(" "));
        let folded = question.to_lowercase();
        let beside = beside_the_question(&words);
        let asks = |phrase: &&str| {
            if beside.contains(phrase) {
                return false;
            }
            if phrase.is_ascii() || phrase.chars().any(|c| c.is_alphabetic() && u32::from(c) < 0x0600) {
                let bare: Vec<&str> = phrase.unicode_words().collect();
                spaced.contains(&format!(" {} ", bare.join(" ")))
            } else {
                folded.contains(*phrase)
            }
        };
        let by_phrase = PHRASES
            .iter()
            .find(|(_, phrases)| phrases.iter().any(&asks))
            .map_or(Self::Anything, |(kind, _)| *kind);
        let leading = leading_kind(&words);
        match by_phrase {
            Self::Contact if leading.is_none_or(Self::is_a_name) => Self::Contact,
            Self::Identifier | Self::Money if leading.is_some() => leading.unwrap_or(by_phrase),
            Self::Contact => leading.unwrap_or(by_phrase),
            _ if calls_a_number(&words) => Self::Contact,
            _ if names_an_identifier(&words) => Self::Identifier,
            Self::Definition | Self::Explanation | Self::Anything if asks_for_pay(&words) => Self::Money,
            kind => kind,
        }
    }

    /// What answers has figures or a form of its own.
    pub(super) const fn has_a_form(self) -> bool {
        matches!(
            self,
            Self::Number
                | Self::Share
                | Self::Time
                | Self::Money
                | Self::Duration
                | Self::Date
                | Self::Contact
                | Self::Identifier
        )
    }

    /// Nothing else can stand for what answers, and it can be told by its form: where no sentence has it, there is no answer.
    pub(super) const fn is_unmistakable(self) -> bool {
        matches!(self, Self::Contact | Self::Identifier)
    }

    /// What answers is a name.
    pub(super) const fn is_a_name(self) -> bool {
        matches!(self, Self::Person | Self::Place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_say_what_they_want() {
        for (question, wanted) in [
            ("How many nests were found?", Wanted::Number),
            ("Wie hoch ist der Turm?", Wanted::Number),
            ("What does the annual licence cost?", Wanted::Money),
            ("Wie lange ist die Kündigungsfrist?", Wanted::Duration),
            ("When was the bridge built?", Wanted::Date),
            ("¿En qué año nació?", Wanted::Date),
            ("Who signed the lease?", Wanted::Person),
            ("Wo liegt der Schlüssel?", Wanted::Place),
            ("Why do owls turn their heads?", Wanted::Explanation),
            ("What is a sapper?", Wanted::Definition),
            ("Which colour has the door?", Wanted::Anything),
            ("When is the rent of the kiln due?", Wanted::Date),
            ("How long after a firing can I open the kiln?", Wanted::Duration),
            ("How long is the kiln?", Wanted::Number),
            ("Who pays the rent of the kiln?", Wanted::Person),
            ("At what time is the phone of the kiln handed over?", Wanted::Time),
            ("Who has the kiln with the serial number 30-118?", Wanted::Person),
            ("Where is the e-mail address of the mill?", Wanted::Contact),
            ("How much is the rent of the kiln?", Wanted::Money),
            ("What dates is the kiln shut?", Wanted::Date),
            ("Current charge for a tour for somebody who is no member?", Wanted::Money),
            ("What happens when the kiln smokes?", Wanted::Explanation),
            ("Who looks after the kiln when Ida is away?", Wanted::Person),
            ("Who bought it and when?", Wanted::Date),
            ("Until when is it open?", Wanted::Date),
            ("A potter asks what an hour at the kiln costs on a Sunday.", Wanted::Money),
            ("The rent of the kiln went up. What is the last day to object?", Wanted::Date),
            ("A guest is asking how long in advance she must book. What do I say?", Wanted::Number),
            ("What share of the price is paid before?", Wanted::Share),
            ("How late may I come on a Monday?", Wanted::Time),
            ("What was the number of the quote for the kiln?", Wanted::Identifier),
            ("What was the number of quotes for the kiln?", Wanted::Number),
            ("Under which reference was the fire reported?", Wanted::Identifier),
            ("Was verlangen wir für eine Stunde am Ofen?", Wanted::Money),
            ("Ida fragt. Was kostet am 5. Mai eine Stunde bei Dr. Moss?", Wanted::Money),
            ("She asks what J. R. Moss pays for no. 5 each month. It is urgent.", Wanted::Money),
        ] {
            assert_eq!(Wanted::by(question), wanted, "{question}");
        }
    }
}
