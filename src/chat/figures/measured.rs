//! What reports measure, under the names that it has in English and German: "turnover", "net sales" and "Umsatzerlöse" are
//! one.

use super::asked::UNITS;
use super::names::{ASKING, COMMON, METRICS, STATEMENTS};
use crate::tables::mean_the_same;
use crate::tables::words::{Token, is_neutral, month, tokens};

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
