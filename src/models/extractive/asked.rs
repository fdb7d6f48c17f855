//! What a question wants to know, and whether a sentence holds something of that kind.

use unicode_segmentation::UnicodeSegmentation;

use super::identifiers::identifiers_of;
use super::phrases::PHRASES;
use docent_words::Language;

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
    (0..words.len()).any(|at| english(at) || german(at) || asked(at))
}

/// "What does the miller pay per day?", "Was gibt es je Kilometer?"
fn asks_for_pay(words: &[String]) -> bool {
    const ASKING: &[&str] = &["what", "was", "que", "quoi", "qué", "combien"];
    const PAYING: &[&str] = &[
        "pay", "pays", "paid", "charge", "charged", "zahlen", "zahlt", "zahle", "bezahlen", "bezahlt",
        "bezahle", "gezahlt", "payer", "paie", "payé", "pagar", "paga", "pagan",
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

impl Wanted {
    pub(super) fn by(question: &str) -> Self {
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

    pub(super) fn is_in(self, sentence: &str, question: &str) -> bool {
        let asked: Vec<String> = question.unicode_words().map(str::to_lowercase).collect();
        let new = |word: &&str| !asked.contains(&word.to_lowercase());
        let mut words = sentence.unicode_words().filter(new);
        match self {
            Self::Number => words.any(is_number),
            Self::Share => words.any(is_number) && tells_share(sentence),
            Self::Time => tells_time(sentence),
            Self::Money => {
                words.any(is_number)
                    && (sentence.contains(['$', '€', '£', '¥', '%'])
                        || MONEY.iter().any(|name| sentence.to_lowercase().contains(name))
                        || sentence.unicode_words().any(is_pence))
            }
            Self::Duration => {
                let lower = sentence.to_lowercase();
                words.any(is_number) && TIMES.iter().any(|name| lower.contains(name))
            }
            // Who names a year asks for more than one.
            Self::Date if asked.iter().any(|word| is_year(word)) => {
                words.any(|word| is_date(word) && !is_year(word))
            }
            // A day of the week is none.
            Self::Date if asked.iter().any(|word| matches!(word.as_str(), "date" | "dates" | "datum")) => {
                words.any(|word| is_date(word) && !is_weekday(word))
            }
            Self::Date => words.any(is_date),
            Self::Contact => is_contact(sentence, question),
            Self::Identifier => {
                is_identifier_in(sentence, question) && names_the_identified(sentence, question)
            }
            Self::Person if has_address(sentence) => false,
            Self::Person | Self::Place => {
                // Not the first word, which has a capital anyway.
                let sentence = if self == Self::Person { values_of(sentence) } else { sentence.to_owned() };
                sentence.unicode_words().skip(1).filter(new).any(|word| word.starts_with(char::is_uppercase))
                    || sentence.chars().any(|c| u32::from(c) >= 0x0600)
            }
            Self::Definition | Self::Explanation | Self::Anything => true,
        }
    }
}

/// "12 %", "twelve per cent", "half of it".
fn tells_share(sentence: &str) -> bool {
    const WORDS: &[&str] = &[
        "percent", "cent", "prozent", "ciento", "percento", "procent", "half", "third", "quarter", "hälfte",
        "drittel", "viertel", "moitié", "tiers", "quart", "mitad", "tercio", "metà", "terzo",
    ];
    let words = || sentence.unicode_words().map(str::to_lowercase);
    sentence.contains('%') || words().any(|word| WORDS.contains(&word.as_str()))
}

/// "9:30", "9.30 am", "18 Uhr", "22 h", "noon".
fn tells_time(sentence: &str) -> bool {
    const BEHIND: &[&str] =
        &["am", "pm", "a.m", "p.m", "o'clock", "uhr", "h", "heure", "heures", "horas", "ore", "uur"];
    const ALONE: &[&str] =
        &["noon", "midday", "midnight", "mittag", "mitternacht", "midi", "minuit", "mediodía", "medianoche"];
    let lower = sentence.to_lowercase();
    let words: Vec<&str> = lower
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| matches!(c, ',' | ';' | ':' | '.' | '(' | ')' | '?' | '!')))
        .collect();
    let clock = |word: &str| {
        let parts: Vec<&str> = word.split([':', '.', 'h']).collect();
        let number = |part: &str, most: u32| part.parse().is_ok_and(|number: u32| number < most);
        match parts[..] {
            [hour, minute] => {
                number(hour, 25) && (minute.len() == 2 && number(minute, 60) || minute.is_empty())
            }
            _ => false,
        }
    };
    let hour = |word: &str| word.parse().is_ok_and(|hour: u32| hour < 25);
    words.iter().any(|word| ALONE.contains(word) || word.split(['-', '–']).any(clock))
        || words.windows(2).any(|two| hour(two[0]) && BEHIND.contains(&two[1]))
}

/// A way to reach someone of the kind that is asked for: a mobile telephone is not the one on the desk.
fn is_contact(sentence: &str, question: &str) -> bool {
    let (lower, asked) = (sentence.to_lowercase(), question.to_lowercase());
    let asks = |names: &[&str]| asked.unicode_words().any(|word| names.contains(&word));
    let longest = longest_number(sentence);
    if asks(&["mobile", "mobil", "handy", "handynummer", "mobilnummer", "cell"]) {
        let said = ["mobile", "mobil", "handy", "cell", "gsm"].iter().any(|name| lower.contains(name));
        return (said || lower.contains('+')) && longest >= 6;
    }
    if asked.contains("e-mail") || asks(&["email", "mail", "correo"]) {
        return sentence.contains('@');
    }
    const LINES: &[&str] = &["ext", "phone", "tel", "durchwahl", "fax", "hotline"];
    let line = longest >= 3 && LINES.iter().any(|name| lower.contains(name));
    line || longest >= 6 || sentence.contains('@') || lower.contains("http") || lower.contains("www.")
}

/// Digits of the longest telephone number that a text may hold.
fn longest_number(text: &str) -> usize {
    let runs = text.split(|c: char| !(c.is_ascii_digit() || matches!(c, ' ' | '+' | '-' | '/' | '(' | ')')));
    runs.map(|run| run.chars().filter(char::is_ascii_digit).count()).max().unwrap_or(0)
}

/// What an identifier is one of: words of questions, and how such things are called beside them.
const IDENTIFIED: &[(&[&str], &[&str])] = &[
    (&["serial", "seriennummer", "série", "serie"], &["serial", "serien", "série", "serie", "s/n"]),
    (&["policy", "policennummer", "versicherungsnummer", "póliza"], &["polic", "versicherung", "póliza"]),
    (&["po", "purchase", "order", "bestellnummer"], &["po ", "order", "bestell", "commande", "pedido"]),
    (&["invoice", "rechnungsnummer"], &["invoice", "rechnung", "facture", "factura"]),
    (&["iban", "account", "kontonummer"], &["iban", "account", "konto", "compte", "cuenta"]),
    (&["ticket"], &["ticket"]),
];

/// Whether a sentence names what the identifier that is asked for is one of, where that is known.
fn names_the_identified(sentence: &str, question: &str) -> bool {
    let (lower, asked) = (sentence.to_lowercase(), question.to_lowercase());
    let of = |words: &[&str]| asked.unicode_words().any(|word| words.contains(&word));
    let mut known = IDENTIFIED.iter().filter(|(words, _)| of(words)).peekable();
    known.peek().is_none() || known.any(|(_, names)| names.iter().any(|name| lower.contains(name)))
}

/// Letters and digits in one word, or a number of five digits and more, that the question does not have itself.
fn is_identifier_in(sentence: &str, question: &str) -> bool {
    let known = identifiers_of(question);
    let number = |word: &str| word.len() >= 5 && word.chars().all(|c| c.is_ascii_digit() || c == '-');
    let long = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        number(bare) && !question.contains(bare)
    };
    identifiers_of(sentence).iter().any(|one| !known.contains(one))
        || sentence.split_whitespace().any(long)
        || sentence.split_whitespace().any(|word| {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            bare.contains(['-', '/'])
                && bare.chars().filter(char::is_ascii_digit).count() >= 3
                && !question.contains(bare)
        })
}

/// What stands behind the labels of a row that is written as "Name: Ann; Room: 1.11"; anything else as it is. A first word
/// that says nothing is put before it.
pub(super) fn values_of(sentence: &str) -> String {
    let cells: Vec<&str> = sentence.split("; ").collect();
    if cells.len() < 2 || !cells.iter().all(|cell| cell.contains(": ")) {
        return sentence.to_owned();
    }
    let values = cells.iter().filter_map(|cell| cell.split_once(": ")).map(|(_, value)| value);
    format!("- {}", values.collect::<Vec<_>>().join("; "))
}

/// A street with its number, or a place behind its code: names of those who live there are none of those who did it.
fn has_address(sentence: &str) -> bool {
    const STREETS: &[&str] =
        &["strasse", "straße", "street", "road", "avenue", "weg", "gasse", "platz", "lane", "ring"];
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let digits = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_digit());
    let street = words.windows(2).any(|two| {
        let (name, number) = (bare(two[0]), bare(two[1]));
        STREETS.iter().any(|street| name.ends_with(street)) && digits(&number)
    });
    let code = words.windows(2).any(|two| {
        let number = bare(two[0]);
        digits(&number) && matches!(number.len(), 4 | 5) && two[1].starts_with(char::is_uppercase)
    });
    street && code
}

/// "80p"
fn is_pence(word: &str) -> bool {
    word.strip_suffix('p')
        .is_some_and(|number| !number.is_empty() && number.chars().all(|c| c.is_ascii_digit()))
}

const MONEY: &[&str] = &[
    "pence", "penny", "rappen", "céntimo", "euro", "eur", "usd", "dollar", "pound", "chf", "franken", "yen",
    "million", "billion", "cent", "peso",
];

const TIMES: &[&str] = &[
    "second",
    "minute",
    "hour",
    "day",
    "week",
    "month",
    "year",
    "quarter",
    "decade",
    "sekunde",
    "stunde",
    "tag",
    "woche",
    "monat",
    "jahr",
    "quartal",
    "seconde",
    "heure",
    "jour",
    "semaine",
    "mois",
    "année",
    "segundo",
    "hora",
    "día",
    "semana",
    "mes",
    "año",
    "ora",
    "giorno",
    "settimana",
    "mese",
    "anno",
    "dia",
    "mês",
    "ano",
    "uur",
    "dag",
    "maand",
    "jaar",
];

const NUMBER_WORDS: &[&str] = &[
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "twenty", "thirty", "forty", "fifty", "hundred", "thousand", "million", "billion", "half", "third",
    "twice", "none", "several", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun",
    "zehn", "elf", "zwölf", "zwanzig", "dreißig", "hundert", "tausend", "deux", "trois", "quatre", "cinq",
    "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "due", "tre", "quattro",
    "cinque",
];

pub(super) fn is_number(word: &str) -> bool {
    word.chars().any(|c| c.is_numeric()) || NUMBER_WORDS.contains(&word.to_lowercase().as_str())
}

/// Whose months are dates, in full or cut short.
const OF_MONTHS: &[Language] =
    &[Language::English, Language::German, Language::French, Language::Spanish, Language::Italian];

/// Languages that write the months small.
const SMALL_MONTHS: &[Language] =
    &[Language::French, Language::Spanish, Language::Italian, Language::Portuguese, Language::Dutch];

const DAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "century",
    "jahrhundert",
    "siglo",
    "siècle",
    "noon",
    "midnight",
];

fn is_weekday(word: &str) -> bool {
    DAYS.contains(&word.to_lowercase().as_str())
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.parse().is_ok_and(|year: u32| (1000..2200).contains(&year))
}

pub(super) fn is_date(word: &str) -> bool {
    let lower = word.to_lowercase();
    let year = is_year(word);
    let month = word.starts_with(char::is_uppercase) && names_month(&lower)
        || docent_words::month_in_full(word, SMALL_MONTHS).is_some();
    let signs = word.chars().filter(|c| matches!(c, '-' | '/' | ':')).count();
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let written = digits >= 2 && (signs > 0 || is_day_and_month(word));
    year || month || written || is_weekday(word) || word.chars().any(|c| matches!(c, '年' | '月'))
}

/// "March", "Okt", "May's", "Augusts".
fn names_month(lower: &str) -> bool {
    let bare = lower.split(['\'', '’']).next().unwrap_or_default();
    let is_month = |word: &str| docent_words::month_in(word, OF_MONTHS).is_some();
    is_month(bare) || bare.strip_suffix('s').is_some_and(is_month)
}

/// "12.06" and "12.06.2025", but not "15.5".
fn is_day_and_month(word: &str) -> bool {
    let parts: Vec<&str> = word.split('.').collect();
    let within = |part: &str, most: u32| part.parse().is_ok_and(|number: u32| (1..=most).contains(&number));
    match parts[..] {
        [day, month] => day.len() == 2 && month.len() == 2 && within(day, 31) && within(month, 12),
        [day, month, year] => within(day, 31) && within(month, 12) && year.parse::<u32>().is_ok(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_with_a_capital_that_names_a_month_is_a_date() {
        for word in ["March", "Mrz", "März", "Févr", "Fév", "Août", "Agosto", "Settembre", "Okt", "Augusts"]
        {
            assert!(is_date(word), "{word}");
        }
        for word in ["march", "Mein", "Juice", "Heron", "Maintained", "Market", "Mary", "Julia", "Decided"] {
            assert!(!is_date(word), "{word}");
        }
    }

    #[test]
    fn kinds_are_told_by_their_form() {
        let is = |question: &str, sentence: &str| Wanted::by(question).is_in(sentence, question);
        assert!(is("serial no. of the kiln?", "Le four porte le numéro de série KL-40-118."));
        assert!(!is("serial no. of the kiln K-7?", "The kiln K-7 is rented until 4 May."));
        assert!(is("which PO is on the invoice", "Your reference: PO 45-20117"));
        assert!(!is("mobile number of Ann Lee?", "Name: Ann Lee; Ext.: 4205; Room: 1.11"));
        assert!(is("phone number of Ann Lee?", "Name: Ann Lee; Ext.: 4205; Room: 1.11"));
        assert!(is("mobile number of Ann Lee?", "Ann Lee: +44 7700 900123"));
        assert!(!is("e-mail of Ann Lee?", "Ann Lee, ext. 4205"));
        assert!(!is("When is the dividend paid?", "The dividend is 15.5 pence per share."));
        assert!(is("When is the dividend paid?", "It is paid on 12.06.2025."));
        assert!(!is("When is the dividend for 2019 paid?", "Dividend; 2018: 15.5; 2017: 14.0"));
        assert!(!is("serial no. of the kiln?", "Decision D-21-16: the kiln is rented."));
        assert!(!is("mobile number of Ann Lee?", "Bank account: XX50 0040 0440 1162 43"));
        assert!(!is("Who signed it?", "between Alder Mills, Mill Street 4, 40117 Leek and Birch Ltd"));
        assert!(is("What does a tour cost?", "Tours cost 80p an hour."));
        assert!(!is("What does a tour cost?", "Tours of step 4 take 2 hours."));
        assert_eq!(Wanted::by("how quickly is it repaired?"), Wanted::Duration);
        for question in [
            "claim number at the mill's insurers?",
            "What number does the mill itself use for our order 31-204?",
            "Unter welcher Nummer läuft der Ofen?",
            "Schadennummer des Ofens?",
        ] {
            assert_eq!(Wanted::by(question), Wanted::Identifier, "{question}");
        }
        for question in
            ["What is the total number of kilns?", "the planned number of tours", "number of the bus"]
        {
            assert_eq!(Wanted::by(question), Wanted::Number, "{question}");
        }
        for question in [
            "What does the miller pay per day when the flour is late?",
            "Was zahlen wir für die Mühle?",
            "Was gibt es je Kilometer mit dem eigenen Karren?",
        ] {
            assert_eq!(Wanted::by(question), Wanted::Money, "{question}");
        }
        assert_eq!(Wanted::by("What is paid by the tenant of the mill?"), Wanted::Definition);
        assert_eq!(Wanted::by("Was gibt es in der Mühle?"), Wanted::Anything);
        assert_eq!(Wanted::by("Wieviel Rabatt bekommen Müller?"), Wanted::Share);
        assert_eq!(Wanted::by("the discount for millers"), Wanted::Share);
        assert_eq!(Wanted::by("Which number do I ring when the kiln smokes?"), Wanted::Contact);
        assert_eq!(Wanted::by("Welche Hausnummer hat die Mühle?"), Wanted::Anything);
        assert!(is("What discount do members get?", "Members pay 12 per cent less."));
        assert!(!is("What discount do members get?", "Members pay 12 pounds."));
        assert!(is("À quelle heure ferme le moulin ?", "Le moulin ferme à 21 h."));
        assert!(is("What time does the mill close?", "It is open 9.30-17.00."));
        assert!(!is("What time does the mill close?", "It has 12 windows and costs 4.5 million."));
    }

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
        ] {
            assert_eq!(Wanted::by(question), wanted, "{question}");
        }
    }

    #[test]
    fn a_sentence_holds_what_is_wanted_or_not() {
        let number = |sentence| Wanted::Number.is_in(sentence, "How many nests were found in 1998?");
        assert!(number("There were 14 nests."));
        assert!(number("We found three nests."));
        assert!(!number("Nests were found in 1998."), "that number is the question's own");
        let date = |sentence| Wanted::Date.is_in(sentence, "When was it built?");
        assert!(!Wanted::Date.is_in("It burns on one Wednesday in four.", "By what date must it burn?"));
        let person = |sentence| Wanted::Person.is_in(sentence, "Who looks after the kiln?");
        assert!(person("Room: Kiln; Keeper: Ida Moss") && person("It is looked after by Ida."));
        assert!(!person("Room: kiln; Opening Hours: 9; Fire Exit: left"), "those are labels");
        assert!(date("It was built in May 1932."));
        assert!(date("Se construyó el 4 de mayo."));
        assert!(!date("It was built by masons who may rest."));
    }
}
