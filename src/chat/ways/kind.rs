//! What kind of answer a question wants, told by its words.

use unicode_segmentation::UnicodeSegmentation;

use super::about;
use super::kind_words::{ADDED, BESIDE, DOCUMENTS, MEASURES, NEWEST, OLDEST};
use super::selection::{self, Selection};
use super::span::{self, Span};
use crate::compare;
use docent_domain::source::Source;
use docent_models::terms_of;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) enum Kind {
    /// What one passage says.
    Lookup,
    /// Everything of a kind.
    List,
    /// How many there are.
    Count,
    Compare,
    /// What a document is about, in short.
    About,
    /// Of one document or several.
    Summarise(Selection),
    /// Sums, averages, differences, extremes.
    Calculate,
    /// From one version of a document to another.
    Changes(Span),
    /// The documents themselves.
    Collection(Asked),
    /// The rest of a list.
    More,
}

/// What is asked of the documents themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) enum Asked {
    HowMany,
    Which,
    Newest,
    Oldest,
    /// Who added the one whose name has these words.
    Who(Vec<String>),
    /// When it was added.
    When(Vec<String>),
}

impl Kind {
    pub(in super::super) const fn name(&self) -> &'static str {
        match self {
            Self::Lookup => "lookup",
            Self::List | Self::More => "list",
            Self::Count => "count",
            Self::Compare => "compare",
            Self::About => "about",
            Self::Summarise(_) => "summarise",
            Self::Calculate => "calculate",
            Self::Changes(_) => "changes",
            Self::Collection(_) => "collection",
        }
    }
}

pub(in super::super) fn of(question: &str) -> Kind {
    let words: Vec<String> = question.unicode_words().map(str::to_lowercase).collect();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let text = format!(" {} ", words.join(" "));
    let says = |phrases: &[&str]| phrases.iter().any(|phrase| text.contains(&format!(" {phrase} ")));
    let begins = |phrases: &[&str]| phrases.iter().any(|phrase| text.starts_with(&format!(" {phrase} ")));
    if is_more(&text) {
        return Kind::More;
    }
    if let Some(span) = span::asked(&words) {
        return Kind::Changes(span);
    }
    if let Some(asked) = about_documents(&words, question) {
        return Kind::Collection(asked);
    }
    if about::asked(question) {
        return Kind::About;
    }
    if let Some(selection) = selection::asked(&words) {
        return Kind::Summarise(selection);
    }
    if begins(&["compare", "vergleiche"]) || compare::asked(question).is_some() {
        return Kind::Compare;
    }
    if says(&[
        "average",
        "mean value",
        "sum of",
        "total of",
        "difference between",
        "differenz zwischen",
        "durchschnitt",
        "durchschnittliche",
        "summe",
        "how much more",
        "how many more",
        "combined",
    ]) {
        return Kind::Calculate;
    }
    if says(&[
        "difference in",
        "differ from",
        "compared to",
        "compared with",
        "versus",
        "vs",
        "unterschied zwischen",
        "unterscheiden sich",
    ]) {
        return Kind::Compare;
    }
    if begins(&["how many", "count", "wie viele", "wieviele", "combien de", "cuántos", "cuántas"])
        || asks_a_number(&words)
    {
        let counted = words
            .iter()
            .skip_while(|word| !matches!(word.as_str(), "many" | "viele" | "wieviele" | "of" | "count"))
            .nth(1);
        if counted.is_none_or(|word| !MEASURES.contains(&word.as_str())) {
            return Kind::Count;
        }
        return Kind::Lookup;
    }
    let universal = has(&["all", "every", "each", "alle", "sämtliche", "jede", "jeder"]);
    let lists = begins(&[
        "list",
        "enumerate",
        "name all",
        "name every",
        "show all",
        "give me all",
        "find all",
        "liste",
        "nenne alle",
        "zeige alle",
        "zähle alle",
        "alle",
        "all",
        "tous les",
        "toutes les",
        "todos los",
        "todas las",
    ]);
    if lists
        || (universal && begins(&["what are", "which", "welche", "show", "give", "find", "nenne", "zeige"]))
        || is_which_plural(&words)
    {
        return Kind::List;
    }
    Kind::Lookup
}

/// "which suppliers deliver …", "which of the machines are …"; one thing is looked up.
fn is_which_plural(words: &[String]) -> bool {
    let [first, noun, rest @ ..] = words else { return false };
    match first.as_str() {
        "which" => {
            let plural = noun.ends_with('s') && !noun.ends_with("ss") && !noun.ends_with("us");
            let verb = rest
                .iter()
                .any(|word| matches!(word.as_str(), "are" | "have" | "were" | "do" | "does" | "did"));
            let third = rest.first().is_some_and(|word| {
                !word.ends_with('s') && !matches!(word.as_str(), "is" | "was" | "has" | "does")
            });
            plural && (verb || third)
        }
        "welche" => {
            rest.iter().any(|word| matches!(word.as_str(), "sind" | "haben" | "werden" | "wurden" | "waren"))
        }
        _ => false,
    }
}

/// "The number of suppliers": how many there are; "the serial number of the press" is looked up.
fn asks_a_number(words: &[String]) -> bool {
    words.windows(3).enumerate().any(|(at, three)| {
        let [number, of, next] = three else { return false };
        let before = at.checked_sub(1).map_or("the", |at| words[at].as_str());
        let german = number == "anzahl" && matches!(of.as_str(), "der" | "aller" | "an" | "von");
        let is_count =
            matches!(before, "the" | "total" | "whole" | "overall" | "exact" | "average" | "what" | "a");
        let plural = |word: &str| word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us");
        let noun = if matches!(next.as_str(), "the" | "our" | "all" | "different") {
            words.get(at + 3).map_or("", String::as_str)
        } else {
            next.as_str()
        };
        let several = next == "all"
            || next == "different"
            || plural(noun)
            || matches!(noun, "people" | "women" | "men" | "children");
        german || (number == "number" && of == "of" && is_count && several)
    })
}

/// Whether it asks to count or to compute, and not for what a cell or a sentence says.
pub(super) fn is_computing(question: &str, kind: &Kind) -> bool {
    const EXTREMES: &[&str] = &[
        "most",
        "least",
        "fewest",
        "highest",
        "lowest",
        "largest",
        "smallest",
        "greatest",
        "longest",
        "shortest",
        "total",
        "sum",
        "average",
        "höchste",
        "höchsten",
        "niedrigste",
        "niedrigsten",
        "meisten",
        "wenigsten",
        "größte",
        "größten",
        "kleinste",
        "kleinsten",
        "summe",
        "durchschnitt",
        "durchschnittliche",
        "durchschnittlichen",
        "insgesamt",
    ];
    let mut words = question.unicode_words().map(str::to_lowercase);
    matches!(kind, Kind::Calculate | Kind::Count) || words.any(|word| EXTREMES.contains(&word.as_str()))
}

/// Whether a sentence of the best passages says it outright: with the word for what is to be computed, a number, and most
/// of the other words.
pub(super) fn is_said(question: &str, found: &[Source]) -> bool {
    let terms = terms_of(question);
    found.iter().take(5).any(|source| {
        source.content.lines().filter(|line| !line.contains('|')).any(|line| {
            docent_models::sentences_of(line).iter().any(|sentence| {
                let said = terms_of(sentence);
                let same = terms.iter().filter(|term| said.contains(term)).count();
                same * 3 >= terms.len() * 2 && sentence.chars().any(|c| c.is_ascii_digit())
            })
        })
    })
}

fn is_more(text: &str) -> bool {
    [
        " more ",
        " show more ",
        " the rest ",
        " show the rest ",
        " next ",
        " load more ",
        " and the rest ",
        " mehr ",
        " weitere ",
        " zeige mehr ",
        " der rest ",
        " die restlichen ",
        " zeige den rest ",
        " more please ",
        " show me more ",
        " show me the rest ",
    ]
    .contains(&text)
}

fn about_documents(words: &[String], question: &str) -> Option<Asked> {
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let asks_who = words.first().is_some_and(|word| matches!(word.as_str(), "who" | "wer"));
    let asks_when = words.first().is_some_and(|word| matches!(word.as_str(), "when" | "wann"));
    if (asks_who || asks_when) && has(ADDED) {
        let named: Vec<String> = question
            .split_whitespace()
            .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
            .filter(|word| {
                !word.is_empty()
                    && !BESIDE.contains(&word.as_str())
                    && !DOCUMENTS.contains(&word.as_str())
                    && !ADDED.contains(&word.as_str())
            })
            .collect();
        if !named.is_empty() {
            return Some(if asks_who { Asked::Who(named) } else { Asked::When(named) });
        }
    }
    if !has(DOCUMENTS)
        || words.iter().any(|word| !DOCUMENTS.contains(&word.as_str()) && !BESIDE.contains(&word.as_str()))
    {
        return None;
    }
    if has(OLDEST) {
        return Some(Asked::Oldest);
    }
    if has(NEWEST) || asks_who || asks_when {
        return Some(Asked::Newest);
    }
    if has(&["many", "viele"]) {
        return Some(Asked::HowMany);
    }
    has(&[
        "which", "what", "list", "show", "all", "welche", "welches", "was", "liste", "nenne", "zeige",
        "zeig", "alle",
    ])
    .then_some(Asked::Which)
}

/// Whether everything there is has to be looked for: a list, or a number that no passage says.
pub(in super::super) fn asks_for_all(question: &str, found: &[Source]) -> bool {
    match of(question) {
        Kind::List => true,
        Kind::Count => !is_stated(question, found),
        _ => false,
    }
}

/// Whether one of the best passages says how many: then the number is looked up and not counted.
pub(super) fn is_stated(question: &str, found: &[Source]) -> bool {
    let words: Vec<String> = question.unicode_words().map(str::to_lowercase).collect();
    let noun = words
        .iter()
        .skip_while(|word| !matches!(word.as_str(), "many" | "viele" | "wieviele" | "of" | "der"))
        .nth(1);
    let Some(noun) = noun.and_then(|noun| terms_of(noun).into_iter().next()) else { return false };
    let others: Vec<String> = terms_of(question).into_iter().filter(|term| *term != noun).collect();
    found.iter().take(3).any(|source| {
        let lines = source.content.split(['\n', ';']);
        lines.flat_map(docent_words::sentences).any(|sentence| {
            let said: Vec<&str> = sentence.unicode_words().collect();
            let counted = said.iter().enumerate().any(|(at, word)| {
                let number = word.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'))
                    || is_number_word(word);
                number && said[at + 1..].iter().take(3).any(|next| terms_of(next).first() == Some(&noun))
            });
            let terms = terms_of(sentence);
            let same = others.iter().filter(|term| terms.contains(term)).count();
            counted && same * 2 >= others.len()
        })
    })
}

fn is_number_word(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "twenty",
        "thirty", "hundred", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn",
        "elf", "zwölf", "zwanzig", "hundert", "no", "keine",
    ];
    WORDS.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_are_told_apart_by_their_words() {
        for (question, kind) in [
            ("What do kestrels eat?", "lookup"),
            ("How many days of leave do I get?", "lookup"),
            ("How many suppliers deliver steel?", "count"),
            ("Wie viele Maschinen werden monatlich gewartet?", "count"),
            ("List all suppliers that deliver steel", "list"),
            ("Which machines are serviced monthly?", "list"),
            ("Which supplier delivers steel?", "lookup"),
            ("Welche Verträge sind befristet?", "list"),
            ("Welche Farbe hat die Tür?", "lookup"),
            ("What's the serial number of the press?", "lookup"),
            ("What is the number of the bus to the harbour?", "lookup"),
            ("What is the total number of employees?", "count"),
            ("Wie hoch ist die Anzahl der Bestellungen?", "count"),
            ("Summarise the office rules", "summarise"),
            ("Give me an overview of all documents", "summarise"),
            ("Fasse alle Protokolle zusammen", "summarise"),
            ("Compare the leases of Hamburg and Leipzig", "compare"),
            ("Which is cheaper, the day ticket or the season ticket?", "compare"),
            ("What is the letter from Ann about, in short?", "about"),
            ("Worum geht es in der Anleitung QX-30?", "about"),
            ("Give me the gist of the lease", "about"),
            ("What about Hamburg?", "lookup"),
            ("What is the average number of pairs?", "calculate"),
            ("Which documents are there?", "collection"),
            ("How many files do we have?", "collection"),
            ("What is the newest document?", "collection"),
            ("Welche Dokumente gibt es hier?", "collection"),
            ("Who uploaded lease.pdf?", "collection"),
            ("Which documents mention steel?", "list"),
            ("Where is the file cabinet?", "lookup"),
            ("show the rest", "list"),
            ("What changed between versions 3 and 4?", "changes"),
            ("Was hat sich geändert?", "changes"),
        ] {
            assert_eq!(of(question).name(), kind, "{question}");
        }
    }
}
