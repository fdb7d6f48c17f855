//! Words of questions that reckon: which say what is done, and which say with what.

use crate::tables::words::{Token, tokens};
use crate::tables::{is_kind_of, is_one_word};
use docent_models::terms_of;

/// Words that ask for a sum.
pub(crate) const TOGETHER: &[&str] = &[
    "together",
    "altogether",
    "total",
    "totals",
    "combined",
    "sum",
    "overall",
    "all",
    "both",
    "zusammen",
    "insgesamt",
    "gesamt",
    "summe",
    "gesamtsumme",
    "zusammengenommen",
    "alle",
    "beide",
    "ensemble",
    "somme",
    "juntos",
    "suma",
];

/// Words for rows that sum up others.
const SUMS: &[&str] = &[
    "total",
    "totals",
    "sum",
    "summe",
    "gesamt",
    "insgesamt",
    "gesamtsumme",
    "somme",
    "suma",
    "all",
    "year",
    "jahr",
];

/// Words that hold one thing against another.
pub(crate) const APART: &[&str] = &[
    "difference",
    "compare",
    "compared",
    "versus",
    "vs",
    "than",
    "more",
    "less",
    "fewer",
    "most",
    "least",
    "higher",
    "lower",
    "bigger",
    "smaller",
    "larger",
    "greater",
    "louder",
    "quieter",
    "heavier",
    "lighter",
    "cheaper",
    "dearer",
    "costlier",
    "longer",
    "shorter",
    "taller",
    "wider",
    "deeper",
    "faster",
    "slower",
    "warmer",
    "colder",
    "stronger",
    "older",
    "exceed",
    "exceeds",
    "exceeded",
    "gap",
    "unterschied",
    "differenz",
    "mehr",
    "weniger",
    "höher",
    "niedriger",
    "größer",
    "kleiner",
    "lauter",
    "leiser",
    "schwerer",
    "leichter",
    "teurer",
    "billiger",
    "günstiger",
    "länger",
    "kürzer",
    "breiter",
    "tiefer",
    "schneller",
    "langsamer",
    "wärmer",
    "kälter",
    "stärker",
    "übersteigt",
    "überstiegen",
    "überstieg",
    "als",
];

/// Words for what goes up, and for what goes down, from one time to the next.
pub(crate) const UP: &[&str] = &[
    "up",
    "rise",
    "risen",
    "rose",
    "rises",
    "increase",
    "increased",
    "increases",
    "grow",
    "grew",
    "grown",
    "raised",
    "dearer",
    "costlier",
    "expensive",
    "gestiegen",
    "stieg",
    "stiegen",
    "steigt",
    "erhöht",
    "teurer",
    "zugenommen",
    "angehoben",
    "verteuert",
    "augmenté",
    "subido",
];
pub(crate) const DOWN: &[&str] = &[
    "down",
    "fall",
    "fallen",
    "fell",
    "falls",
    "decrease",
    "decreased",
    "drop",
    "dropped",
    "cheaper",
    "lowered",
    "reduced",
    "shrink",
    "shrunk",
    "shrank",
    "sank",
    "gesunken",
    "sinkt",
    "fiel",
    "fielen",
    "gefallen",
    "billiger",
    "günstiger",
    "abgenommen",
    "gesenkt",
    "verringert",
    "baissé",
    "bajado",
];
pub(crate) const CHANGED: &[&str] = &[
    "change",
    "changed",
    "changes",
    "differ",
    "differs",
    "verändert",
    "geändert",
    "änderung",
    "veränderung",
    "verändern",
    "changé",
    "cambiado",
];

/// Words that say nothing of what is reckoned with.
const BESIDE: &[&str] = &[
    "much", "many", "come", "comes", "go", "goes", "went", "gone", "became", "become", "get", "gets", "got",
    "pay", "pays", "paid", "cost", "costs", "need", "needs", "want", "wants", "like", "d", "us", "per",
    "amount", "figure", "number", "value", "percent", "viel", "viele", "wieviel", "kostet", "kosten",
    "zahlen", "zahlt", "bezahlt", "brauchen", "möchten", "möchte", "beträgt", "betrug", "wurde", "wurden",
    "geworden", "pro", "je", "between", "from", "zwischen", "von", "bis", "since", "seit", "s", "please",
    "bitte", "would", "will", "there", "please", "exactly", "genau", "hat", "haben", "hatte", "hatten",
    "wir", "uns", "sind", "waren", "the",
];

const DAYS: &[(&str, &str, &str)] = &[
    ("monday", "mon", "montag"),
    ("tuesday", "tue", "dienstag"),
    ("wednesday", "wed", "mittwoch"),
    ("thursday", "thu", "donnerstag"),
    ("friday", "fri", "freitag"),
    ("saturday", "sat", "samstag"),
    ("sunday", "sun", "sonntag"),
];

/// A question to reckon with.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) all: Vec<Token>,
    /// Those that say with what: neither small words nor such that say what is done.
    pub(crate) content: Vec<Token>,
    pub(crate) lower: String,
    pub(crate) text: String,
}

impl Asked {
    pub(crate) fn of(question: &str) -> Self {
        let all = tokens(question);
        let mut content: Vec<Token> = all.iter().filter(|word| is_content(word)).cloned().collect();
        content.extend(letters(question));
        // "Both lifts" are two.
        if all.iter().any(|word| matches!(word.text.as_str(), "both" | "beide" | "beiden")) {
            content.push(Token { text: "both".to_owned(), stem: "2".to_owned() });
        }
        let words = all.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        Self { all, content, lower: format!(" {words} "), text: question.to_owned() }
    }

    pub(crate) fn says(&self, words: &[&str]) -> bool {
        self.all.iter().any(|word| words.contains(&word.text.as_str()))
    }

    pub(crate) fn says_phrase(&self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| self.lower.contains(&format!(" {phrase} ")))
    }

    /// "By how much", "what is the difference".
    pub(crate) fn asks_how_far(&self) -> bool {
        self.says_phrase(&[
            "by how much",
            "by how many",
            "by what",
            "how much more",
            "how much less",
            "how many more",
            "how many fewer",
            "how much higher",
            "how much lower",
            "difference",
            "gap",
            "um wie viel",
            "um wieviel",
            "um wie viele",
            "wie viel mehr",
            "wie viel weniger",
            "wieviel mehr",
            "unterschied",
            "differenz",
        ]) || self.text.to_lowercase().contains("by how ")
    }

    /// Things are asked for, and not how much.
    pub(crate) fn asks_which(&self) -> bool {
        const WHICH: &[&str] =
            &["which", "what", "welche", "welcher", "welches", "was", "who", "quels", "quelles", "qué"];
        self.all.iter().take(3).any(|word| WHICH.contains(&word.text.as_str()))
    }

    /// From one time to the next.
    pub(crate) fn asks_change(&self) -> bool {
        self.says(UP) || self.says(DOWN) || self.says(CHANGED)
    }

    /// A word that names something: it has a digit in it, or a capital where none begins a sentence. In German every noun
    /// has one.
    pub(crate) fn is_name(&self, word: &Token, german: bool) -> bool {
        if word.text.chars().any(|c| c.is_ascii_digit()) {
            return true;
        }
        let mut first = true;
        for written in self.text.split_whitespace() {
            let bare = written.trim_matches(|c: char| !c.is_alphanumeric());
            let capital = bare.chars().next().is_some_and(char::is_uppercase);
            let code = bare.chars().filter(|c| c.is_uppercase()).count() > 1;
            let same = tokens(bare).iter().any(|part| part.text == word.text);
            if same && (code || capital && !first && !german) {
                return true;
            }
            first = written.ends_with(['.', '?', '!', ':']);
        }
        false
    }

    /// Words of what is not wanted: "without a contract".
    pub(crate) fn refused(&self) -> Vec<&Token> {
        const NOT: &[&str] =
            &["no", "not", "without", "excluding", "ohne", "kein", "keine", "keinen", "nicht", "non"];
        const NEAR: usize = 3;
        let is_not = |at: usize| NOT.contains(&self.all[at].text.as_str());
        let near = |at: usize| (at.saturating_sub(NEAR)..at).any(is_not);
        (0..self.all.len())
            .filter(|at| near(*at) && is_content(&self.all[*at]))
            .map(|at| &self.all[at])
            .collect()
    }

    /// Money is asked for.
    pub(crate) fn asks_money(&self) -> bool {
        let names = [
            "pay",
            "pays",
            "paid",
            "cost",
            "costs",
            "price",
            "prices",
            "charge",
            "charged",
            "charges",
            "fee",
            "fees",
            "pounds",
            "euro",
            "euros",
            "money",
            "expensive",
            "cheaper",
            "dearer",
            "spend",
            "spent",
            "rent",
            "kostet",
            "kosten",
            "preis",
            "preise",
            "zahlen",
            "zahlt",
            "bezahlen",
            "gebühr",
            "miete",
            "teurer",
            "billiger",
            "entgelt",
            "come",
            "handed",
        ];
        self.says(&names) || self.text.contains(['£', '€', '$'])
    }

    /// The years that it names, in its order.
    pub(crate) fn years(&self) -> Vec<i32> {
        let mut years = Vec::new();
        let mut last: Option<i32> = None;
        for word in &self.all {
            let number = word.text.parse::<i32>().ok();
            match number.filter(|_| word.text.len() == 4) {
                Some(year) if (1900..2100).contains(&year) => {
                    // The second half of "2025/2026".
                    let behind =
                        last == Some(year - 1) && self.text.contains(&format!("{}/{year}", year - 1));
                    if !behind && !years.contains(&year) {
                        years.push(year);
                    }
                    last = Some(year);
                }
                _ => last = None,
            }
        }
        years
    }
}

/// Capitals that stand alone within a sentence name something: "option B".
fn letters(question: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut first = true;
    for written in question.split_whitespace() {
        let bare = written.trim_matches(|c: char| !c.is_alphanumeric());
        let mut chars = bare.chars();
        if let (Some(letter), None, false) = (chars.next(), chars.next(), first)
            && letter.is_uppercase()
            && letter != 'I'
        {
            found.extend(tokens(bare));
        }
        first = written.ends_with(['.', '?', '!', ':']);
    }
    found
}

/// Words that a question may have beside those that documents say.
const SOFT: &[&str] = &[
    "pounds",
    "pound",
    "euro",
    "euros",
    "price",
    "prices",
    "pence",
    "cents",
    "decibels",
    "figures",
    "figure",
    "money",
    "sum",
    "kilos",
    "kilograms",
    "euros",
    "preis",
    "preise",
    "betrag",
    "summe",
    "list",
    "sheet",
    "table",
    "liste",
    "tabelle",
    "degree",
    "degrees",
    "grad",
    "discount",
    "rabatt",
    "nachlass",
    "out",
    "once",
    "taken",
    "off",
    "end",
    "going",
    "item",
    "items",
    "long",
    "big",
    "high",
    "year",
    "years",
    "jahr",
    "jahre",
    "over",
    "whole",
    "entire",
    "ganze",
    "ganzen",
];

pub(crate) fn is_soft(word: &str) -> bool {
    SOFT.contains(&word)
}

pub(crate) fn is_content(word: &Token) -> bool {
    let text = word.text.as_str();
    let op = [TOGETHER, APART, UP, DOWN, CHANGED, BESIDE].iter().any(|list| list.contains(&text));
    let tells = !terms_of(text).is_empty() || text.chars().any(|c| c.is_ascii_digit());
    !op && tells
}

pub(crate) fn is_sum(word: &str) -> bool {
    SUMS.contains(&word)
}

/// Forms of one word; a day of the week by its short name, too.
pub(crate) fn fits_strictly(own: &Token, word: &Token) -> bool {
    is_one_word(own, word) || is_misspelt(&own.text, &word.text) || same_day(&own.text, &word.text)
}

/// The same, or words for one thing; a compound by its first part, too.
pub(crate) fn fits(own: &Token, word: &Token) -> bool {
    fits_strictly(own, word) || is_kind_of(own, word) || begins(own, word)
}

/// "Frühstück" is the first part of "Frühstückspauschale".
pub(crate) fn begins(own: &Token, word: &Token) -> bool {
    const SHORTEST: usize = 5;
    const REST: usize = 5;
    let rest = word.text.strip_prefix(own.text.as_str());
    own.text.chars().count() >= SHORTEST && rest.is_some_and(|rest| rest.chars().count() >= REST)
}

/// Long words that differ by one letter too many, too few, or wrong.
fn is_misspelt(one: &str, other: &str) -> bool {
    const SHORTEST: usize = 8;
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if short.len() < SHORTEST
        || long.len() - short.len() > 1
        || short.iter().chain(&long).any(|c| !c.is_alphabetic())
    {
        return false;
    }
    let same = short.iter().zip(&long).take_while(|(one, other)| one == other).count();
    let behind = if short.len() == long.len() { same + 1 } else { same };
    // Words that begin differently or end differently are others.
    same > 2 && behind < short.len() && short[behind..] == long[same + 1..]
}

fn same_day(one: &str, other: &str) -> bool {
    let is = |day: &(&str, &str, &str), word: &str| {
        word == day.0 || word == day.1 || word == day.2 || word.len() == 2 && day.2.starts_with(word)
    };
    let within = |group: &str, day: &str| {
        let days = match group {
            "weekday" | "weekdays" | "werktag" | "werktags" => &DAYS[..5],
            "weekend" | "weekends" | "wochenende" => &DAYS[5..],
            _ => return false,
        };
        days.iter().any(|(name, _, german)| day == *name || day == *german)
    };
    one != other
        && (DAYS.iter().any(|day| is(day, one) && is(day, other)) || within(one, other) || within(other, one))
}

/// How well words of a line are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Fit {
    /// Places among the question's words with content.
    pub(crate) words: Vec<usize>,
    /// Words of the line that are not asked for.
    pub(crate) unasked: usize,
}

pub(crate) fn fit(own: &[Token], asked: &[Token]) -> Fit {
    let words = (0..asked.len()).filter(|at| own.iter().any(|word| fits(word, &asked[*at]))).collect();
    // "Non-members" are not what members are.
    let content = |word: &&Token| {
        !terms_of(&word.text).is_empty()
            || matches!(word.text.as_str(), "non" | "not" | "nicht" | "ohne" | "without")
    };
    let unasked = own.iter().filter(content).filter(|word| !asked.iter().any(|it| fits(word, it))).count();
    Fit { words, unasked }
}
