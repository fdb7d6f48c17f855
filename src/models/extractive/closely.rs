//! Whether a sentence has what is asked for just as it is asked for: not any number but so many of what is counted, not any
//! date but one until which something holds, not any capital but the full name of a person.

use unicode_segmentation::UnicodeSegmentation;

use super::asked::Wanted;
use super::forms::{is_date, is_number, values_of};
use super::terms::{presence, terms_of};

/// The units of time under their names; what is asked for in one language may be told in another.
const UNITS: &[&[&str]] = &[
    &[
        "second", "seconds", "sekunde", "sekunden", "seconde", "secondes", "segundo", "segundos", "secondi",
        "seconden",
    ],
    &["minute", "minutes", "minuten", "minuto", "minutos", "minuti", "minuut"],
    &["hour", "hours", "stunde", "stunden", "heure", "heures", "hora", "horas", "ora", "ore", "uur", "uren"],
    &[
        "day",
        "days",
        "tag",
        "tage",
        "tagen",
        "jour",
        "jours",
        "día",
        "días",
        "giorno",
        "giorni",
        "dia",
        "dias",
        "dag",
        "dagen",
        "werktage",
        "werktagen",
        "arbeitstage",
        "arbeitstagen",
        "kalendertage",
        "kalendertagen",
    ],
    &["night", "nights", "nacht", "nächte", "nächten", "nuit", "nuits", "noche", "noches", "notte", "notti"],
    &[
        "week",
        "weeks",
        "woche",
        "wochen",
        "semaine",
        "semaines",
        "semana",
        "semanas",
        "settimana",
        "settimane",
        "weken",
    ],
    &[
        "month", "months", "monat", "monate", "monaten", "mois", "mes", "meses", "mese", "mesi", "mês",
        "maand", "maanden",
    ],
    &[
        "year", "years", "jahr", "jahre", "jahren", "an", "ans", "année", "années", "año", "años", "anno",
        "anni", "ano", "anos", "jaar", "jaren",
    ],
];

/// Words that ask how many there are of what stands behind them.
const COUNTING: &[&[&str]] = &[
    &["how", "many"],
    &["wie", "viele"],
    &["wieviele"],
    &["wie", "vielen"],
    &["wievielen"],
    &["combien", "de"],
    &["cuántos"],
    &["cuántas"],
    &["quanti"],
    &["quante"],
    &["quantos"],
    &["quantas"],
    &["hoeveel"],
];

/// Words between a number and what it counts, at most: "6 untaken days".
const BETWEEN: usize = 2;

/// Phrases of questions for a date until which something holds.
const UNTIL_WHEN: &[&str] = &[
    "by when",
    "until when",
    "till when",
    "by what date",
    "by which date",
    "until what date",
    "deadline",
    "due",
    "due date",
    "payable",
    "fällig",
    "fälligkeit",
    "zahlungsziel",
    "échéance",
    "vencimiento",
    "latest date",
    "last date",
    "last day",
    "closing date",
    "no later than",
    "bis wann",
    "spätestens",
    "frist",
    "jusqu à quand",
    "jusqu à quelle date",
    "date limite",
    "au plus tard",
    "hasta cuándo",
    "hasta qué fecha",
    "fecha límite",
    "a más tardar",
    "entro quando",
    "scadenza",
    "tot wanneer",
];

/// Words that stand right before a date until which something holds.
const UNTIL: &[&str] = &[
    "until", "till", "by", "before", "bis", "vor", "jusqu", "avant", "hasta", "antes", "entro", "prima",
    "tot", "voor",
];

/// Words between such a word and its date, at most: "antes del 4 de mayo".
const BEFORE_DATE: usize = 4;

/// Words by which a sentence says anywhere that its date is a last one.
const LAST: &[&str] = &[
    "close",
    "closes",
    "closed",
    "closing",
    "deadline",
    "latest",
    "end",
    "ends",
    "expire",
    "expires",
    "lapse",
    "lapses",
    "due",
    "spätestens",
    "endet",
    "enden",
    "frist",
    "fällig",
    "tard",
    "limite",
    "clôture",
    "échéance",
    "tardar",
    "límite",
    "plazo",
    "vence",
    "cierra",
    "scadenza",
    "uiterlijk",
];

/// Whether a sentence that has the kind of thing that is asked for has it just so.
pub(super) fn fits(wanted: Wanted, sentence: &str, question: &str) -> bool {
    match wanted {
        Wanted::Number | Wanted::Duration => counts_it(sentence, question),
        Wanted::Date => asks_until_when(question) && tells_until_when(sentence),
        Wanted::Person => has_full_name(&values_of(sentence), question),
        Wanted::Identifier => is_of_what_is_named(sentence, question),
        _ => false,
    }
}

/// Words of a label, at most.
const LABEL: usize = 4;

/// Whether a line says what it tells in front of it, and the question asks for just that: "Next meeting: 3 May".
pub(super) fn is_labelled(sentence: &str, question: &str) -> bool {
    let Some((label, value)) = sentence.split_once(": ") else { return false };
    let (own, asked) = (terms_of(label), terms_of(question));
    let rows = value.contains(": ");
    let short = label.split_whitespace().count() <= LABEL && !own.is_empty() && !value.trim().is_empty();
    let same = |term: &String| asked.iter().any(|other| other == term || begin_alike(term, other));
    short && !rows && own.iter().all(same)
}

/// Words that ask by when something is to be paid.
const DUE: &[&str] = &[
    "due",
    "payable",
    "fällig",
    "fälligkeit",
    "fälligkeitsdatum",
    "zahlungsziel",
    "échéance",
    "vencimiento",
];

/// Words that say so before a date.
const TO_BE_PAID: &[&str] = &[
    "paid by",
    "pay by",
    "payable by",
    "payable until",
    "payment by",
    "due on",
    "due by",
    "due:",
    "due date:",
    "zahlbar bis",
    "zahlen bis",
    "zahlung bis",
    "fällig am",
    "fällig bis",
    "fällig:",
    "zahlungsziel:",
    "payable le",
    "payer avant",
    "régler avant",
    "pagar antes",
];

/// Whether a sentence says by when something is to be paid, where a question asks when it is due.
pub(super) fn tells_when_due(sentence: &str, question: &str) -> bool {
    let asked = words_of(question);
    let lower = sentence.to_lowercase();
    let date = |(at, _): (usize, &str)| {
        let behind = sentence.get(at..).unwrap_or_default();
        behind.unicode_words().take(BEFORE_DATE + 3).any(is_date)
    };
    asked.iter().any(|word| DUE.contains(&word.as_str()))
        && TO_BE_PAID.iter().any(|phrase| lower.match_indices(phrase).any(date))
}

/// "Protokoll" and "protokolliert".
fn begin_alike(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    short.chars().count() >= BEGINNING && long.starts_with(short)
}
const BEGINNING: usize = 5;

fn words_of(text: &str) -> Vec<String> {
    text.unicode_words().map(str::to_lowercase).collect()
}

/// What the question counts: the word behind "how many".
fn counted(question: &[String]) -> Option<&String> {
    COUNTING.iter().find_map(|asking| {
        let at = question.windows(asking.len()).position(|words| words == *asking)?;
        question.get(at + asking.len())
    })
}

fn counts_it(sentence: &str, question: &str) -> bool {
    let asked = words_of(question);
    let Some(counted) = counted(&asked) else { return false };
    let unit = UNITS.iter().find(|names| names.contains(&counted.as_str()));
    let terms = terms_of(counted);
    let is_it = |word: &String| match unit {
        Some(names) => names.contains(&word.as_str()),
        None => !terms.is_empty() && terms_of(word).iter().any(|term| presence(term, &terms) > 0.0),
    };
    let words = words_of(sentence);
    (0..words.len()).any(|at| {
        let number = is_number(&words[at]) && !asked.contains(&words[at]);
        number && words.iter().skip(at + 1).take(BETWEEN + 1).any(is_it)
    })
}

fn asks_until_when(question: &str) -> bool {
    let spaced = format!(" {} ", words_of(question).join(" ").replace(['\'', '’'], " "));
    UNTIL_WHEN.iter().any(|phrase| spaced.contains(&format!(" {phrase} ")))
}

fn tells_until_when(sentence: &str) -> bool {
    let words: Vec<&str> = sentence.unicode_words().collect();
    let is = |at: usize, list: &[&str]| {
        words[at].to_lowercase().split(['\'', '’']).any(|part| list.contains(&part))
    };
    let date = |at: &usize| is_date(words[*at]);
    let near = |at: usize| {
        words.iter().skip(at + 1).take(BEFORE_DATE).any(|word| is_date(word))
        // "by Council on 4 May": what is between is no number and no small word.
        && words.get(at + 1).is_some_and(|next| !next.starts_with(char::is_uppercase) || is_date(next))
    };
    let mut all = 0..words.len();
    (0..words.len()).any(|at| date(&at)) && all.any(|at| is(at, LAST) || is(at, UNTIL) && near(at))
}

/// How many persons a sentence names, two at least, where a question asks for more than one.
pub(super) fn names_of_several(sentence: &str, question: &str) -> usize {
    const SEVERAL: &[&str] = &[
        "who are",
        "who were",
        "the names",
        "all names",
        "wer sind",
        "wer waren",
        "die namen",
        "qui sont",
        "quiénes",
    ];
    let spaced = format!(" {} ", words_of(question).join(" "));
    let asked = SEVERAL.iter().any(|phrase| spaced.contains(&format!(" {phrase} ")));
    let names = if asked { full_names(&values_of(sentence), question) } else { 0 };
    if names >= FEWEST { names } else { 0 }
}
const FEWEST: usize = 2;

/// Two words with capitals in a row that the question does not have; the first of a sentence has one anyway.
fn has_full_name(sentence: &str, question: &str) -> bool {
    full_names(sentence, question) > 0
}

fn full_names(sentence: &str, question: &str) -> usize {
    let asked = words_of(question);
    let is_name = |word: &str| {
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        word.starts_with(char::is_uppercase)
            && word.chars().skip(1).any(char::is_lowercase)
            && letters >= 2
            && !terms_of(word).is_empty()
            && !asked.contains(&word.to_lowercase())
    };
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let is_full = |two: &&[&str]| {
        let ends = two[0].ends_with([',', ';', ':', '.', ')']) && two[0].chars().count() > 3;
        let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphabetic()).to_owned();
        !ends && is_name(&bare(two[0])) && is_name(&bare(two[1]))
    };
    words.windows(2).filter(is_full).count()
}

/// How things that have numbers are called, each under all of its names.
const NAMED: &[&[&str]] = &[
    &[
        "contract",
        "agreement",
        "vertrag",
        "vereinbarung",
        "contrat",
        "convention",
        "contrato",
        "convenio",
        "acuerdo",
        "contratto",
        "accordo",
        "overeenkomst",
    ],
    &[
        "quotation",
        "quote",
        "offer",
        "angebot",
        "offerte",
        "devis",
        "offre",
        "presupuesto",
        "oferta",
        "preventivo",
    ],
    &["order", "bestell", "auftrag", "commande", "pedido", "ordine"],
    &["invoice", "rechnung", "facture", "factura", "fattura"],
    &["delivery", "lieferschein", "livraison", "albarán", "bolla", "pakbon"],
    &["customer", "client", "kunde", "cliente", "klant"],
    &["case", "file", "akten", "vorgang", "dossier", "expediente"],
    &["project", "projekt", "projet", "proyecto", "progetto"],
    &["reference", "referenz", "zeichen", "référence", "referencia", "riferimento", "ref"],
    &["article", "item", "product", "artikel", "produit", "producto", "artículo"],
    &["permit", "licence", "license", "genehmigung", "lizenz", "permis", "licencia", "permiso"],
    &["isbn"],
];

/// Whether a question names a paper that has a number: that one is longer than a few digits.
pub(super) fn names_a_paper(question: &str) -> bool {
    const PAPERS: &[&str] = &["policy", "serial", "claim", "ticket", "delivery", "account", "isbn", "iban"];
    words_of(question)
        .iter()
        .any(|word| is_numbered(word) || PAPERS.contains(&word.as_str()) || word.ends_with("nummer"))
}

/// Whether a word is that of a thing that has a number.
pub(super) fn is_numbered(word: &str) -> bool {
    NAMED.iter().flat_map(|names| names.iter()).any(|name| word == *name)
}

/// Whether a sentence says of what its number is one, as the question does.
fn is_of_what_is_named(sentence: &str, question: &str) -> bool {
    let (lower, asked) = (sentence.to_lowercase(), words_of(question));
    let named = |names: &&&[&str]| names.iter().any(|name| asked.iter().any(|word| word.starts_with(name)));
    NAMED.iter().filter(named).any(|names| names.iter().any(|name| lower.contains(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(wanted: Wanted, question: &str, sentence: &str) -> bool {
        super::fits(wanted, sentence, question)
    }

    #[test]
    fn so_many_of_what_is_counted() {
        let days = "How many days may I work from the barn in a year?";
        assert!(fits(Wanted::Duration, days, "Staff may do so on 12 days."));
        assert!(fits(Wanted::Duration, days, "Im Stall sind höchstens zwölf Tage erlaubt."));
        assert!(fits(Wanted::Duration, days, "Up to 6 unused working days count."));
        assert!(!fits(Wanted::Duration, days, "Notice is given 48 hours before."));
        assert!(fits(Wanted::Number, "How many nests were found?", "We found three old nests."));
        assert!(!fits(Wanted::Number, "How many nests were found?", "Nests were found by 3 people."));
        assert!(fits(Wanted::Number, "¿Cuántas semanas dura?", "It takes 4 weeks."));
    }

    #[test]
    fn a_date_until_which() {
        assert!(fits(Wanted::Date, "By when must boats be booked?", "Bookings close on 3 June."));
        assert!(!fits(Wanted::Date, "By when must boats be booked?", "Adopted by Council on 3 June."));
        assert!(fits(Wanted::Date, "By when must boats be booked?", "Book them before the 3rd of June."));
        assert!(!fits(Wanted::Date, "When were boats booked?", "Bookings close on 3 June."));
        assert!(fits(
            Wanted::Date,
            "¿Hasta cuándo se puede pagar?",
            "Se ruega pagar antes del 4 de mayo de 2031."
        ));
        assert!(fits(Wanted::Date, "Bis wann ist zu zahlen?", "Zahlbar bis 4. Mai."));
        assert!(fits(Wanted::Date, "When is the bill for the kiln due?", "To be paid by: 4 May 2031"));
        assert!(!fits(Wanted::Date, "When is the bill for the kiln due?", "Date of the bill: 4 April 2031"));
        assert!(fits(Wanted::Date, "Wann ist die Rechnung fällig?", "Zahlbar bis: 4. Mai 2031"));
    }

    #[test]
    fn a_full_name() {
        assert!(fits(Wanted::Person, "Who keeps the Kiln House?", "At the moment this is Ms Ida Moss."));
        assert!(!fits(
            Wanted::Person,
            "Who keeps the Kiln House?",
            "The Kiln House has a keeper of its own."
        ));
        assert!(!fits(Wanted::Person, "Wer pflegt den Ofen?", "Der Ofen hat eine Klappe und einen Rost."));
        assert!(fits(Wanted::Person, "Wer pflegt den Ofen?", "Pflegerin des Ofens ist Ida Moss."));
    }

    #[test]
    fn several_names_where_they_are_asked_for() {
        let joined = "Two came in May: Ida Moss (kiln) and Bo Lind (clay).";
        assert_eq!(names_of_several(joined, "Who are the new potters?"), 2);
        assert_eq!(names_of_several("The potters' news, edited by Ida Moss", "Who are the new potters?"), 0);
        assert_eq!(names_of_several(joined, "Who is the new potter?"), 0);
    }

    #[test]
    fn a_date_at_which_something_is_due() {
        let due = "When is the bill for the kiln due?";
        assert!(tells_when_due("Our job: kiln 7, new door. To be paid by: 4 May 2031", due));
        assert!(tells_when_due("Zahlbar bis 4. Mai 2031.", "Wann ist die Rechnung fällig?"));
        assert!(!tells_when_due("Date of the bill: 4 April 2031", due));
        assert!(!tells_when_due("The bill was paid by Ida Moss.", due));
        assert!(!tells_when_due("To be paid by: 4 May 2031", "When was the kiln built?"));
    }

    #[test]
    fn a_line_with_the_label_that_is_asked_for() {
        assert!(is_labelled("Minutes: Ida Moss.", "Who took the minutes of the last round?"));
        assert!(is_labelled("Protokoll: Ida Moss.", "Wer hat protokolliert?"));
        assert!(!is_labelled("Present: Ida Moss, Bo Lind.", "Who took the minutes of the last round?"));
        assert!(!is_labelled("Minutes: 9; Keeper: Ida Moss", "Who took the minutes?"), "a row");
        assert!(!is_labelled("Minutes taken by the keeper: Ida Moss", "Who took the minutes?"));
    }

    #[test]
    fn a_number_of_what_is_named() {
        let contract = "What is the contract number of the kiln lease?";
        assert!(fits(Wanted::Identifier, contract, "Vertragsnummer KL-40-118"));
        assert!(!fits(Wanted::Identifier, contract, "ISBN: 978-0-00-000000-2; Title: Kilns"));
    }
}
