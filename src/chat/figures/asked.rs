//! What a question wants of the figures of reports.

use super::measured::Said;
use super::period::{quarter_in, years_in};

/// Years of one question, at most.
const MOST_YEARS: usize = 5;

/// A question for figures.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    /// In the order of time.
    pub(crate) years: Vec<i32>,
    pub(crate) quarter: Option<u8>,
    pub(crate) said: Said,
    /// How far apart the years are is asked, too.
    pub(crate) change: bool,
    /// It asks for something whose kind is an amount or a number.
    pub(crate) wants_a_number: bool,
    /// It asks for all of a table together.
    pub(crate) total: bool,
}

/// Words that ask how far apart two years are.
const CHANGES: &[&str] = &[
    "change",
    "changed",
    "changes",
    "difference",
    "increase",
    "increased",
    "decrease",
    "decreased",
    "grow",
    "grew",
    "growth",
    "rise",
    "rose",
    "risen",
    "fall",
    "fell",
    "fallen",
    "decline",
    "declined",
    "drop",
    "dropped",
    "more",
    "fewer",
    "less",
    "higher",
    "lower",
    "compare",
    "compared",
    "comparison",
    "develop",
    "developed",
    "veränderung",
    "verändert",
    "veränderte",
    "differenz",
    "unterschied",
    "gestiegen",
    "stieg",
    "gesunken",
    "sank",
    "gewachsen",
    "wuchs",
    "zugenommen",
    "abgenommen",
    "mehr",
    "weniger",
    "höher",
    "niedriger",
    "vergleich",
    "vergleiche",
    "verglichen",
    "entwickelt",
    "entwickelte",
    "fiel",
];

/// Words that ask for the row that sums up the others.
pub(super) const TOTALS: &[&str] = &[
    "total",
    "totals",
    "overall",
    "altogether",
    "sum",
    "gesamt",
    "gesamte",
    "gesamten",
    "insgesamt",
    "summe",
    "somme",
    "totale",
    "totaux",
    "totales",
    "suma",
];

/// Words that ask for the year before the one that is named.
const YEAR_BEFORE: &[&str] = &[
    "previous year",
    "prior year",
    "year before",
    "preceding year",
    "year earlier",
    "last year",
    "vorjahr",
    "jahr davor",
    "jahr zuvor",
];

/// Words by which a single year is held against the one before it.
const DURING: &[&str] =
    &["by how much", "um wie viel", "um wieviel", "how did", "wie hat sich", "wie haben sich"];

/// Words that ask for something other than what a cell holds.
const OTHER: &[&str] = &[
    "who",
    "whom",
    "whose",
    "why",
    "where",
    "which",
    "when",
    "whether",
    "wer",
    "wen",
    "wem",
    "warum",
    "weshalb",
    "wo",
    "wann",
    "welcher",
    "highest",
    "lowest",
    "largest",
    "smallest",
    "biggest",
    "most",
    "least",
    "share",
    "percentage",
    "margin",
    "ratio",
    "quote",
    "marge",
    "anteil",
    "höchste",
    "höchsten",
    "größte",
    "größten",
    "niedrigste",
    "meisten",
    "forecast",
    "outlook",
    "prognose",
    "ausblick",
    "budget",
    "planned",
    "geplant",
    "list",
    "liste",
    "summarise",
    "summarize",
    "summary",
    "explain",
    "erkläre",
];

const NUMBERS: &[&str] = &[
    "how much",
    "how many",
    "how high",
    "how large",
    "how big",
    "what was",
    "what were",
    "what is",
    "wie hoch",
    "wie viel",
    "wie viele",
    "wieviel",
    "wieviele",
    "wie groß",
    "number of",
    "amount of",
    "total",
];

/// What numbers are measured in, behind "in".
pub(super) const UNITS: &[&str] = &[
    "tonnes",
    "tons",
    "tonnen",
    "kg",
    "euro",
    "euros",
    "eur",
    "usd",
    "gbp",
    "chf",
    "mio",
    "million",
    "millions",
    "millionen",
    "thousand",
    "percent",
    "prozent",
    "kwh",
    "mwh",
    "gwh",
    "litres",
    "liters",
    "liter",
    "hours",
    "stunden",
    "km",
    "square",
    "quadratmeter",
    "cent",
    "pence",
];

impl Asked {
    /// `None` where a question names no year, or asks for something else than figures.
    pub(crate) fn by(question: &str) -> Option<Self> {
        let spaced: String =
            question.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
        let words: Vec<&str> = spaced.split_whitespace().collect();
        let spaced = format!(" {} ", words.join(" "));
        let says = |phrases: &[&str]| phrases.iter().any(|phrase| spaced.contains(&format!(" {phrase} ")));
        let mut years = years_in(question);
        if years.is_empty() || years.len() > MOST_YEARS || words.iter().any(|word| OTHER.contains(word)) {
            return None;
        }
        let change = words.iter().any(|word| CHANGES.contains(word));
        let before = says(YEAR_BEFORE) || spaced.contains(" vorjahr");
        if years.len() == 1 && (before || change && (says(DURING) || says(&["during", "im laufe"]))) {
            years.push(years[0] - 1);
        }
        years.sort_unstable();
        if let [first, last] = years[..]
            && says(&["each year", "every year", "jedes jahr", "from to"])
        {
            years = (first..=last).take(MOST_YEARS).collect();
        }
        let mut said = Said::by_question(question);
        said.others.retain(|word| !CHANGES.contains(&word.text.as_str()));
        let change = change && years.len() == 2;
        let measured = words.windows(2).any(|two| two[0] == "in" && UNITS.contains(&two[1]));
        let wants_a_number = says(NUMBERS) || measured;
        let total = words.iter().any(|word| TOTALS.contains(word));
        Some(Self { years, quarter: quarter_in(question), said, change, wants_a_number, total })
    }

    /// The same for each thing that it wants measured: "revenue and operating profit in 2024".
    pub(crate) fn each(&self) -> Vec<Self> {
        let several = self.said.metrics.len() > 1 && !self.said.measures("average");
        if !several {
            return vec![self.clone()];
        }
        let one = |metric: &&'static str| {
            let said = Said { metrics: vec![*metric], others: self.said.others.clone() };
            Self { said, ..self.clone() }
        };
        self.said.metrics.iter().map(one).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_for_figures_name_years() {
        let of = |question: &str| Asked::by(question).map(|it| (it.years, it.change));
        assert_eq!(of("What was the revenue of Alder Kilns in 2019?"), Some((vec![2019], false)));
        assert_eq!(of("By how much did equity change during 2019?"), Some((vec![2018, 2019], true)));
        assert_eq!(of("Dividend 2019 and the year before?"), Some((vec![2018, 2019], false)));
        assert_eq!(of("Hatte Alder 2019 mehr Mitarbeiter als 2018?"), Some((vec![2018, 2019], true)));
        assert_eq!(of("Who audited the accounts of 2019?"), None);
        assert_eq!(of("What is the revenue?"), None);
        assert_eq!(of("Which segment had the highest revenue in 2019?"), None);
        assert!(Asked::by("waste of Alder in tonnes in 2019").unwrap().wants_a_number);
        assert!(!Asked::by("chair of Alder 2019").unwrap().wants_a_number);
        let two = Asked::by("revenue and capex of Alder in 2019").unwrap();
        assert_eq!(two.each().len(), 2);
    }
}
