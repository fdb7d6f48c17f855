//! What reports measure, under the names that it has in English and German: "turnover", "net sales" and "Umsatzerlöse" are
//! one.

use super::asked::UNITS;
use crate::tables::mean_the_same;
use crate::tables::words::{Token, is_neutral, month, tokens};

/// The first name of each line stands for all of them; words are separated by blanks, longer names are read first.
const METRICS: &[&[&str]] = &[
    &["revenue", "revenues", "turnover", "net sales", "sales", "umsatz", "umsätze", "umsatzerlöse", "erlöse"],
    &[
        "cost of sales",
        "cost of goods sold",
        "umsatzkosten",
        "herstellungskosten",
        "herstellungskosten des umsatzes",
    ],
    &["gross profit", "bruttoergebnis", "bruttoergebnis vom umsatz", "rohertrag", "bruttogewinn"],
    &["selling expenses", "selling costs", "sales expenses", "distribution costs", "vertriebskosten"],
    &[
        "administrative expenses",
        "admin expenses",
        "administration costs",
        "administrative costs",
        "general and administrative",
        "verwaltungskosten",
        "verwaltungsaufwand",
    ],
    &[
        "research and development",
        "r d",
        "research development",
        "research and development expenses",
        "forschung und entwicklung",
        "f e",
        "forschungs und entwicklungskosten",
        "entwicklungskosten",
        "aufwendungen für forschung und entwicklung",
    ],
    &[
        "operating profit",
        "operating income",
        "operating result",
        "operating earnings",
        "ebit",
        "betriebsergebnis",
        "operatives ergebnis",
        "betrieblicher gewinn",
    ],
    &["ebitda"],
    &[
        "net finance costs",
        "finance costs",
        "net finance cost",
        "interest expense",
        "finanzergebnis",
        "zinsaufwand",
        "finanzierungskosten",
    ],
    &[
        "profit before tax",
        "pre tax profit",
        "earnings before tax",
        "profit before taxes",
        "ergebnis vor steuern",
    ],
    &[
        "income tax",
        "income taxes",
        "tax",
        "taxes",
        "tax charge",
        "ertragsteuern",
        "steuern",
        "steueraufwand",
    ],
    &[
        "profit for the year",
        "profit for the period",
        "net profit",
        "net income",
        "net earnings",
        "net result",
        "annual profit",
        "profit after tax",
        "profit",
        "jahresüberschuss",
        "konzernjahresüberschuss",
        "jahresergebnis",
        "konzernergebnis",
        "gewinn",
        "nettogewinn",
    ],
    &["capital expenditure", "capital expenditures", "capex", "investitionen", "sachinvestitionen"],
    &[
        "employees",
        "employee",
        "staff",
        "headcount",
        "workforce",
        "personnel",
        "people",
        "fte",
        "workers",
        "mitarbeiter",
        "mitarbeitende",
        "mitarbeitenden",
        "mitarbeiterinnen",
        "mitarbeitern",
        "mitarbeiterinnen und mitarbeiter",
        "beschäftigte",
        "beschäftigten",
        "belegschaft",
        "personal",
        "leute",
    ],
    &[
        "average",
        "average number",
        "im durchschnitt",
        "durchschnittlich",
        "durchschnittliche",
        "jahresdurchschnitt",
    ],
    &["total assets", "balance sheet total", "bilanzsumme", "summe aktiva", "gesamtvermögen"],
    &["equity and liabilities", "total equity and liabilities", "summe passiva"],
    &["equity", "total equity", "shareholders equity", "stockholders equity", "eigenkapital"],
    &["share capital", "grundkapital", "gezeichnetes kapital", "stammkapital"],
    &["retained earnings", "gewinnrücklagen"],
    &["goodwill", "geschäfts oder firmenwert", "firmenwert"],
    &["property plant and equipment", "fixed assets", "tangible assets", "ppe", "sachanlagen"],
    &["inventories", "inventory", "stocks", "vorräte"],
    &[
        "receivables",
        "trade receivables",
        "trade and other receivables",
        "accounts receivable",
        "forderungen",
    ],
    &["payables", "trade payables", "trade and other payables", "accounts payable", "verbindlichkeiten"],
    &["borrowings", "financial debt", "bank debt", "debt", "finanzschulden", "finanzverbindlichkeiten"],
    &["provisions", "rückstellungen"],
    &["cash and cash equivalents", "cash", "zahlungsmittel", "liquide mittel"],
    &["change in cash", "veränderung der zahlungsmittel"],
    &["change in working capital", "veränderung des working capital"],
    &[
        "cash flow from operating activities",
        "operating cash flow",
        "cash from operations",
        "cash generated from operations",
        "operativer cashflow",
        "cashflow aus betrieblicher tätigkeit",
        "cashflow aus laufender geschäftstätigkeit",
        "cashflow aus der laufenden geschäftstätigkeit",
        "cashflow aus operativer tätigkeit",
        "mittelzufluss aus betrieblicher tätigkeit",
    ],
    &[
        "cash flow from investing activities",
        "investing cash flow",
        "cashflow aus investitionstätigkeit",
        "cashflow aus der investitionstätigkeit",
    ],
    &[
        "cash flow from financing activities",
        "financing cash flow",
        "cashflow aus finanzierungstätigkeit",
        "cashflow aus der finanzierungstätigkeit",
    ],
    &["depreciation and amortisation", "depreciation and amortization", "depreciation", "abschreibungen"],
    &["earnings per share", "eps", "ergebnis je aktie", "gewinn je aktie"],
    &["dividend", "dividend per share", "dividende", "dividende je aktie"],
    &["order intake", "orders received", "new orders", "auftragseingang"],
    &["order backlog", "order book", "backlog", "auftragsbestand"],
];

/// Names of statements: what they measure stands in their rows.
const STATEMENTS: &[&str] = &[
    "income statement",
    "statement of income",
    "statement of comprehensive income",
    "statement of profit or loss",
    "profit and loss account",
    "profit and loss statement",
    "balance sheet",
    "statement of financial position",
    "cash flow statement",
    "statement of cash flows",
    "gewinn und verlustrechnung",
    "kapitalflussrechnung",
    "konzernkapitalflussrechnung",
    "konzern gewinn und verlustrechnung",
    "cash flow",
    "statement of operations",
];

/// Words in the names of tables and rows that tell none from another.
const COMMON: &[&str] = &[
    "group",
    "konzern",
    "total",
    "gesamt",
    "summe",
    "sum",
    "company",
    "gesellschaft",
    "consolidated",
    "statement",
    "balance",
    "sheet",
    "account",
    "accounts",
    "information",
    "summary",
    "overview",
    "review",
    "glance",
    "key",
    "figures",
    "five",
    "annual",
    "report",
    "notes",
    "note",
    "financial",
    "fiscal",
    "segment",
    "segments",
    "division",
    "region",
    "regions",
    "kind",
    "nach",
    "segmenten",
    "regionen",
    "expenses",
    "expense",
    "costs",
    "cost",
    "kosten",
    "aufwand",
    "aufwendungen",
    "end",
    "ende",
    "year",
    "years",
    "jahr",
    "geschäftsjahr",
    "kennzahlen",
    "bericht",
    "geschäftsbericht",
    "segmentberichterstattung",
    "überblick",
    "konzernbilanz",
    "bilanz",
    "million",
    "millions",
    "mio",
    "eur",
    "usd",
    "gbp",
    "number",
    "anzahl",
    "zahl",
    "zum",
    "per",
    "change",
    "changes",
    "activities",
    "carrying",
    "development",
    "entwicklung",
    "mehrjahresübersicht",
    "gewinn",
    "verlustrechnung",
    "quartal",
    "quarter",
    "quarterly",
    "quartalsübersicht",
    "breakdown",
    "table",
    "tabelle",
    "je",
    "business",
    "berichtsjahr",
    "as",
    "ended",
    "selected",
    "data",
    "results",
    "performance",
    "main",
    "group's",
    "entire",
    "whole",
    "overall",
];

/// Words of questions that ask, and do not say of what.
const ASKING: &[&str] = &[
    "make",
    "makes",
    "book",
    "booked",
    "books",
    "earn",
    "earned",
    "earns",
    "report",
    "reported",
    "reports",
    "post",
    "posted",
    "achieve",
    "achieved",
    "generate",
    "generated",
    "record",
    "recorded",
    "work",
    "works",
    "worked",
    "working",
    "employ",
    "employed",
    "employs",
    "spend",
    "spent",
    "spends",
    "invest",
    "invested",
    "amounts",
    "high",
    "big",
    "large",
    "come",
    "came",
    "stand",
    "stood",
    "reach",
    "reached",
    "pay",
    "paid",
    "pays",
    "show",
    "shown",
    "both",
    "figure",
    "compare",
    "compared",
    "comparison",
    "difference",
    "changed",
    "develop",
    "developed",
    "increase",
    "increased",
    "decrease",
    "decreased",
    "grow",
    "grew",
    "rise",
    "rose",
    "risen",
    "fall",
    "fell",
    "more",
    "fewer",
    "less",
    "higher",
    "lower",
    "than",
    "previous",
    "prior",
    "before",
    "last",
    "after",
    "vs",
    "versus",
    "until",
    "against",
    "respectively",
    "each",
    "just",
    "exactly",
    "say",
    "says",
    "state",
    "stated",
    "given",
    "know",
    "want",
    "need",
    "let",
    "s",
    "up",
    "down",
    "now",
    "still",
    "back",
    "about",
    "around",
    "per",
    "hoch",
    "groß",
    "betrug",
    "beträgt",
    "betrugen",
    "lag",
    "lagen",
    "liegt",
    "hatte",
    "hatten",
    "gab",
    "machte",
    "erzielte",
    "erzielten",
    "erzielt",
    "erwirtschaftete",
    "wies",
    "weist",
    "ausgewiesen",
    "verbuchte",
    "verdiente",
    "arbeiten",
    "arbeiteten",
    "arbeitete",
    "beschäftigt",
    "beschäftigte",
    "beide",
    "vergleich",
    "vergleiche",
    "unterschied",
    "differenz",
    "verändert",
    "veränderte",
    "veränderung",
    "entwickelt",
    "entwickelte",
    "gestiegen",
    "stieg",
    "gesunken",
    "sank",
    "mehr",
    "weniger",
    "höher",
    "niedriger",
    "als",
    "vorjahr",
    "vorjahres",
    "zuvor",
    "davor",
    "bitte",
    "sich",
    "hat",
    "um",
    "wurde",
    "wurden",
    "seit",
    "zur",
    "zum",
    "zwischen",
    "gegenüber",
    "beiden",
    "werte",
    "wert",
    "betrag",
    "beträge",
    "bis",
    "auf",
    "fiel",
    "einem",
    "einer",
    "sein",
    "ihr",
    "seine",
    "ihre",
    "nahm",
    "nahmen",
    "investierte",
    "zahlte",
    "noch",
    "man",
    "laut",
    "welchen",
    "welchem",
    "welche",
    "according",
    "ag",
    "plc",
    "inc",
    "asa",
    "gmbh",
    "ltd",
    "llc",
    "se",
    "sa",
    "nv",
    "spa",
    "kg",
    "co",
    "corp",
    "corporation",
    "limited",
    "ab",
    "oyj",
];

/// The metrics and the other words of a text that say anything.
#[derive(Debug, Clone, Default)]
pub(crate) struct Said {
    pub(crate) metrics: Vec<&'static str>,
    pub(crate) others: Vec<Token>,
}

impl Said {
    pub(crate) fn by(text: &str) -> Self {
        let text = text.replace(['&', '-', '/'], " ");
        let words: Vec<Token> = tokens(&text);
        let mut said = Self::default();
        let mut at = 0;
        while at < words.len() {
            match longest(&words[at..]) {
                Some((metric, length)) => {
                    let metric = metric.filter(|metric| !said.metrics.contains(metric));
                    said.metrics.extend(metric);
                    at += length;
                }
                None => {
                    let word = &words[at];
                    if says_something(word) && !said.others.contains(word) {
                        said.others.push(word.clone());
                    }
                    at += 1;
                }
            }
        }
        said
    }

    /// What a question says: without the words that only ask.
    pub(crate) fn by_question(question: &str) -> Self {
        let mut said = Self::by(question);
        let asks = |word: &Token| ASKING.contains(&word.text.as_str()) || UNITS.contains(&word.text.as_str());
        said.others.retain(|word| !asks(word));
        said
    }

    pub(crate) fn has(&self, word: &Token) -> bool {
        self.others.iter().any(|known| mean_the_same(known, word))
    }

    pub(crate) fn measures(&self, metric: &str) -> bool {
        self.metrics.contains(&metric)
    }
}

/// The metric or statement that the words begin with, by its longest name, and how many words that has. A statement is
/// no metric.
fn longest(words: &[Token]) -> Option<(Option<&'static str>, usize)> {
    let metrics = METRICS.iter().flat_map(|names| names.iter().map(|name| (Some(names[0]), *name)));
    let all = metrics.chain(STATEMENTS.iter().map(|name| (None, *name)));
    let fitting = all.filter(|(_, name)| begins_with(words, name));
    let sized = fitting.map(|(metric, name)| (metric, name.split(' ').count()));
    sized.max_by_key(|(_, length)| *length)
}

fn begins_with(words: &[Token], name: &str) -> bool {
    name.split(' ').enumerate().all(|(at, part)| words.get(at).is_some_and(|word| word.text == part))
}

/// Whether a text has a metric under any of its names.
pub(crate) fn is_named_in(metric: &str, text: &str) -> bool {
    Said::by(text).measures(metric)
}

fn says_something(word: &Token) -> bool {
    let text = word.text.as_str();
    let number = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    let quarter = matches!(text, "q1" | "q2" | "q3" | "q4");
    let short_year = text.strip_prefix("fy").is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit()));
    !number
        && !quarter
        && !short_year
        && !is_neutral(text)
        && !COMMON.contains(&text)
        && month(text).is_none()
        && text.chars().count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_is_measured_under_several_names() {
        for (text, metrics) in [
            ("Net sales of the Kilns segment", &["revenue"][..]),
            ("Umsatzerlöse", &["revenue"]),
            ("profit before tax", &["profit before tax"]),
            ("EBIT and capex", &["operating profit", "capital expenditure"]),
            ("Cash flow from operating activities", &["cash flow from operating activities"]),
            ("R&D expenses", &["research and development"]),
            ("Average number of employees", &["average", "employees"]),
            ("Geschäfts- oder Firmenwert", &["goodwill"]),
            ("Consolidated cash flow statement", &[]),
            ("Glazes", &[]),
        ] {
            assert_eq!(Said::by(text).metrics, metrics, "{text}");
        }
        let others =
            |text: &str| Said::by_question(text).others.into_iter().map(|it| it.text).collect::<Vec<_>>();
        assert_eq!(others("How much did Alder Kilns plc earn in revenue in FY2024?"), ["alder", "kilns"]);
        assert_eq!(others("Welchen Umsatz hatte Alder 2024 in Mio. EUR?"), ["alder"]);
        assert_eq!(others("Wie hoch war der Umsatz des Segments Öfen 2024?"), ["öfen"]);
    }
}
