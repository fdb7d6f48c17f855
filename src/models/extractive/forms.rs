//! Whether a sentence holds something of the kind that a question wants, told by its form.

use unicode_segmentation::UnicodeSegmentation;

use super::asked::Wanted;
use super::identifiers::identifiers_of;
use docent_words::Language;

impl Wanted {
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
                        || sentence.unicode_words().any(is_pence)
                        || has_price(sentence))
            }
            Self::Duration => {
                let lower = sentence.to_lowercase();
                words.any(is_number)
                    && (TIMES.iter().any(|name| lower.contains(name)) || tells_short_time(sentence))
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

/// "7 min 20 s", "48 h".
fn tells_short_time(sentence: &str) -> bool {
    const UNITS: &[&str] = &["s", "sec", "min", "mins", "h", "hr", "hrs", "std"];
    let words: Vec<&str> = sentence.unicode_words().collect();
    words.windows(2).any(|two| {
        two[0].chars().all(|c| c.is_numeric() || matches!(c, '.' | ','))
            && UNITS.contains(&two[1].to_lowercase().as_str())
    })
}

/// Whether a sentence has a figure that is no date and no time of the day, and not the question's own.
pub(super) fn has_figure(sentence: &str, question: &str) -> bool {
    let is_figure = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        bare.starts_with(|c: char| c.is_ascii_digit())
            && !bare.contains([':', '/'])
            && !is_date(bare)
            && !question.contains(bare)
    };
    sentence.split_whitespace().any(is_figure)
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

/// The number of a bank account is the number of nothing else.
fn is_of_account(text: &str) -> bool {
    const ACCOUNTS: &[&str] =
        &["iban", "account", "konto", "kontonummer", "bankverbindung", "compte", "cuenta", "conto"];
    text.unicode_words().any(|word| ACCOUNTS.contains(&word.to_lowercase().as_str()))
}

/// "gate no. 7", "quai n° 5": a number of few digits, where the question asks for the number of something that is no paper.
fn has_number_of_named(sentence: &str, question: &str) -> bool {
    const SIGNS: &[&str] = &["no", "nr", "n°", "nº", "number", "nummer", "numéro", "número", "núm"];
    if super::closely::names_a_paper(question) {
        return false;
    }
    let words: Vec<String> = sentence
        .split_whitespace()
        .map(|word| {
            word.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '°' | 'º')).to_lowercase()
        })
        .collect();
    let asked: Vec<String> = question.unicode_words().map(str::to_lowercase).collect();
    let number =
        |word: &String| word.chars().all(|c| c.is_ascii_digit()) && !word.is_empty() && !asked.contains(word);
    words.windows(2).any(|two| SIGNS.contains(&two[0].as_str()) && number(&two[1]))
}

/// Letters and digits in one word, or a number of five digits and more, that the question does not have itself.
fn is_identifier_in(sentence: &str, question: &str) -> bool {
    if is_of_account(sentence) && !is_of_account(question) {
        return false;
    }
    if has_number_of_named(sentence, question) {
        return true;
    }
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

/// How columns of amounts of money are called, by the beginning of the word.
const PRICES: &[&str] = &[
    "price", "charge", "fee", "rate", "cost", "fare", "amount", "preis", "gebühr", "kosten", "betrag",
    "tarif", "miete", "prix", "montant", "loyer", "precio", "importe", "prezzo", "importo",
];

/// Whether a row has an amount below the name of a column of money.
fn has_price(sentence: &str) -> bool {
    let cell = |cell: &str| {
        cell.split_once(": ").is_some_and(|(name, value)| {
            let name = name.to_lowercase();
            let money = name.unicode_words().any(|word| PRICES.iter().any(|price| word.starts_with(price)));
            money && value.starts_with(|c: char| c.is_ascii_digit())
        })
    };
    sentence.contains("; ") && sentence.split("; ").any(cell)
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
        assert!(!is("What does the mill cost?", "Office: Mill; Monday: 07:00–17:30; Sunday: closed"));
        assert!(is("How long did the firing of the kiln take?", "Kiln: 2; Time: 7 min 20 s; People: 9"));
        assert!(!is("How long did the firing of the kiln take?", "Kiln: 2; Size: 7 m; Class: 9 S3"));
        assert!(is("What does a tour cost?", "Tour: Old Kiln; Hours: 2; Price: 14"));
        assert!(!is("What does a tour cost?", "Tour: Old Kiln; Hours: 2"));
        assert!(is("At which gate number does the barge lie?", "Le chaland est à la porte n° 5."));
        assert!(!is(
            "What is the delivery note number on the bill for the clay?",
            "Cuenta: XX00 0000 1234 5566"
        ));
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
