//! What a question wants to know, and whether a sentence holds something of that kind.

use unicode_segmentation::UnicodeSegmentation;

/// The kind of thing that answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Number,
    /// An amount with its currency.
    Money,
    /// A length of time.
    Duration,
    Date,
    Person,
    Place,
    /// An address for mail, a telephone number, or one of the web.
    Contact,
    /// What something is or means.
    Definition,
    /// Reasons and ways take more than a sentence.
    Explanation,
    Anything,
}

/// Beginnings, and words anywhere, that tell what is wanted; the first that fits counts.
const PHRASES: &[(Wanted, &[&str])] = &[
    (
        Wanted::Contact,
        &[
            "e-mail",
            "email",
            "phone",
            "telephone",
            "telefon",
            "telefonnummer",
            "website",
            "webseite",
            "correo",
            "téléphone",
        ],
    ),
    (
        Wanted::Duration,
        &[
            "how long does",
            "how long is the notice",
            "how long do",
            "how long did",
            "how long can",
            "how long may",
            "how long are",
            "how long will",
            "how long must",
            "how many days",
            "how many weeks",
            "how many months",
            "how many years",
            "how many hours",
            "how many minutes",
            "notice period",
            "wie lange",
            "wie viele tage",
            "wie viele wochen",
            "wie viele monate",
            "wie viele jahre",
            "combien de temps",
            "cuánto tiempo",
            "quanto tempo",
            "hoe lang",
        ],
    ),
    (
        Wanted::Money,
        &[
            "how much does",
            "how much do",
            "how much is",
            "how much was",
            "how much money",
            "how much did",
            "how expensive",
            "what does it cost",
            "cost",
            "price",
            "fee",
            "revenue",
            "salary",
            "rent",
            "was kostet",
            "wie teuer",
            "wie viel kostet",
            "preis",
            "kosten",
            "gebühr",
            "umsatz",
            "miete",
            "combien coûte",
            "cuánto cuesta",
            "quanto costa",
            "wat kost",
        ],
    ),
    (
        Wanted::Number,
        &[
            "how many",
            "how much",
            "how old",
            "how far",
            "how tall",
            "how high",
            "how big",
            "how large",
            "how deep",
            "how wide",
            "how heavy",
            "how fast",
            "how often",
            "how long",
            "what percentage",
            "what percent",
            "what number",
            "number of",
            "wie viel",
            "wie viele",
            "wieviel",
            "wieviele",
            "wie hoch",
            "wie groß",
            "wie alt",
            "wie weit",
            "wie schwer",
            "wie oft",
            "wie lang",
            "wie schnell",
            "wie tief",
            "combien",
            "cuánto",
            "cuánta",
            "cuántos",
            "cuántas",
            "quanto",
            "quanta",
            "quanti",
            "quante",
            "quantos",
            "quantas",
            "hoeveel",
            "сколько",
            "ile",
            "kaç",
            "hur många",
            "hur mycket",
            "bao nhiêu",
            "多少",
            "几",
            "كم",
            "幾",
            "いくつ",
            "몇",
        ],
    ),
    (
        Wanted::Date,
        &[
            "when",
            "what year",
            "which year",
            "what date",
            "which date",
            "what day",
            "in what month",
            "since when",
            "until when",
            "wann",
            "seit wann",
            "bis wann",
            "in welchem jahr",
            "welches jahr",
            "an welchem",
            "quand",
            "en quelle année",
            "cuándo",
            "en qué año",
            "quando",
            "in che anno",
            "em que ano",
            "wanneer",
            "когда",
            "в каком году",
            "kiedy",
            "ne zaman",
            "när",
            "khi nào",
            "什么时候",
            "哪一年",
            "何时",
            "متى",
            "いつ",
            "언제",
            "เมื่อใด",
            "เมื่อไร",
        ],
    ),
    (
        Wanted::Person,
        &[
            "who",
            "whose",
            "whom",
            "wer",
            "wen",
            "wem",
            "wessen",
            "qui",
            "quién",
            "quiénes",
            "chi",
            "quem",
            "кто",
            "kto",
            "kim",
            "vem",
            "谁",
            "من هو",
            "だれ",
            "誰",
            "누가",
            "ใคร",
        ],
    ),
    (
        Wanted::Place,
        &[
            "where",
            "in which city",
            "in what city",
            "in which country",
            "what country",
            "which country",
            "wo",
            "wohin",
            "woher",
            "où",
            "dónde",
            "dove",
            "onde",
            "waar",
            "где",
            "куда",
            "gdzie",
            "nerede",
            "var ligger",
            "ở đâu",
            "哪里",
            "在哪",
            "أين",
            "どこ",
            "어디",
            "ที่ไหน",
        ],
    ),
    (
        Wanted::Explanation,
        &[
            "why",
            "how do",
            "how does",
            "how can",
            "how should",
            "how is",
            "how are",
            "how to",
            "how did",
            "explain",
            "describe",
            "what happens",
            "what are the steps",
            "warum",
            "weshalb",
            "wieso",
            "wie funktioniert",
            "wie kann",
            "wie wird",
            "erkläre",
            "beschreibe",
            "pourquoi",
            "comment",
            "por qué",
            "cómo",
            "perché",
            "come",
            "por que",
            "waarom",
            "hoe",
            "почему",
            "как",
            "为什么",
            "怎么",
            "لماذا",
            "كيف",
        ],
    ),
    (
        Wanted::Definition,
        &[
            "what is",
            "what are",
            "what was",
            "what does",
            "what do",
            "was ist",
            "was sind",
            "was bedeutet",
            "was heißt",
            "qu'est-ce",
            "qué es",
            "qué significa",
            "che cos'è",
            "o que é",
            "wat is",
            "что такое",
            "什么是",
        ],
    ),
];

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

impl Wanted {
    pub(super) fn by(question: &str) -> Self {
        let words: Vec<String> = question.unicode_words().map(str::to_lowercase).collect();
        let spaced = format!(" {} ", words.join(" "));
        let folded = question.to_lowercase();
        let asks = |phrase: &&str| {
            if phrase.is_ascii() || phrase.chars().any(|c| c.is_alphabetic() && u32::from(c) < 0x0600) {
                let bare: Vec<&str> = phrase.unicode_words().collect();
                spaced.contains(&format!(" {} ", bare.join(" ")))
            } else {
                folded.contains(*phrase)
            }
        };
        PHRASES
            .iter()
            .find(|(_, phrases)| phrases.iter().any(&asks))
            .map_or(Self::Anything, |(kind, _)| *kind)
    }

    /// What answers has figures or a form of its own.
    pub(super) const fn has_a_form(self) -> bool {
        matches!(self, Self::Number | Self::Money | Self::Duration | Self::Date | Self::Contact)
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
            Self::Money => {
                words.any(is_number)
                    && (sentence.contains(['$', '€', '£', '¥', '%'])
                        || MONEY.iter().any(|name| sentence.to_lowercase().contains(name)))
            }
            Self::Duration => {
                let lower = sentence.to_lowercase();
                words.any(is_number) && TIMES.iter().any(|name| lower.contains(name))
            }
            Self::Date => words.any(is_date),
            Self::Contact => {
                sentence.contains('@')
                    || sentence.contains("http")
                    || sentence.contains("www.")
                    || sentence.chars().filter(char::is_ascii_digit).count() >= 6
            }
            Self::Person | Self::Place => {
                // Not the first word, which has a capital anyway.
                sentence.unicode_words().skip(1).filter(new).any(|word| word.starts_with(char::is_uppercase))
                    || sentence.chars().any(|c| u32::from(c) >= 0x0600)
            }
            Self::Definition | Self::Explanation | Self::Anything => true,
        }
    }
}

const MONEY: &[&str] =
    &["euro", "eur", "usd", "dollar", "pound", "chf", "franken", "yen", "million", "billion", "cent", "peso"];

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

fn is_number(word: &str) -> bool {
    word.chars().any(|c| c.is_numeric()) || NUMBER_WORDS.contains(&word.to_lowercase().as_str())
}

const MONTHS: &[&str] = &[
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mär", "mai", "okt",
    "dez", "ene", "abr", "ago", "dic", "fév", "avr", "juin", "juil", "déc", "gen", "mag", "giu", "lug",
    "set", "ott",
];

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

fn is_date(word: &str) -> bool {
    let lower = word.to_lowercase();
    let year = word.len() == 4 && word.parse().is_ok_and(|year: u32| (1000..2200).contains(&year));
    let month = word.starts_with(char::is_uppercase)
        && MONTHS.iter().any(|month| lower.starts_with(month))
        && lower.len() <= 10;
    let written =
        word.chars().filter(char::is_ascii_digit).count() >= 2 && word.contains(['.', '-', '/', ':']);
    year || month
        || written
        || DAYS.contains(&lower.as_str())
        || word.chars().any(|c| matches!(c, '年' | '月'))
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
        assert!(date("It was built in May 1932."));
        assert!(!date("It was built by masons who may rest."));
    }
}
