//! What a passage says, ready to be compared with statements.

use std::collections::HashSet;

use super::facts::{self, Facts, Quantity};
use docent_domain::source::Source;
use docent_models::terms_of;

/// One passage.
#[derive(Debug)]
pub(super) struct Evidence {
    pub(super) facts: Facts,
    /// Its words, and those of its heading and file name, folded.
    pub(super) words: HashSet<String>,
    pub(super) terms: HashSet<String>,
    pub(super) sentences: Vec<Said>,
    pub(super) text: String,
    /// Figures are given in thousands or millions.
    pub(super) scaled: bool,
}

/// One sentence of it.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) terms: Vec<String>,
    pub(super) denied: Vec<String>,
    pub(super) words: HashSet<String>,
    pub(super) facts: Facts,
}

impl Evidence {
    pub(super) fn of(source: &Source) -> Self {
        let heading = source.heading.as_deref().unwrap_or_default();
        let name = source.filename.replace(['_', '-', '.'], " ");
        let text = format!("{} {} {heading}\n{}", source.filename, name, source.content);
        let lower = text.to_lowercase();
        let scaled = [
            "in millions",
            "in thousands",
            "in mio",
            "in tsd",
            "(millions",
            "(thousands",
            "t€",
            "teur",
            "in billions",
        ]
        .iter()
        .any(|words| lower.contains(words));
        Self {
            facts: Facts::of(&text),
            words: facts::folded(&text),
            terms: terms_of(&text).into_iter().collect(),
            sentences: sentences(&source.content).map(Said::of).collect(),
            text: lower,
            scaled,
        }
    }
}

impl Said {
    pub(super) fn of(text: &str) -> Self {
        Self {
            terms: terms_of(text),
            denied: facts::denied(text),
            words: facts::folded(text),
            facts: Facts::of(text),
        }
    }

    /// The share of these terms that it has.
    pub(super) fn share(&self, terms: &[String]) -> f64 {
        share(terms, |term| self.terms.iter().any(|own| near(own, term)))
    }
}

/// Words whose beginnings are the same are forms of one, most likely.
pub(super) fn near(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let shared = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let longer = one.chars().count().max(other.chars().count());
    shared >= 5 && shared * 4 >= longer * 3
}

pub(super) fn share(terms: &[String], has: impl Fn(&String) -> bool) -> f64 {
    if terms.is_empty() {
        return 0.0;
    }
    let count = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
    count(terms.iter().filter(|term| has(term)).count()) / count(terms.len())
}

/// The text between stops and line ends. Lines that go on without a stop are also taken together with the next.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut parts = Vec::new();
    for block in text.split("\n\n") {
        let mut begin = 0;
        let bytes = block.char_indices().collect::<Vec<_>>();
        for (at, pair) in bytes.windows(2).enumerate() {
            let ((_, c), (next_at, next)) = (pair[0], pair[1]);
            let stop = matches!(c, '.' | '!' | '?' | ';') && next.is_whitespace();
            let wide = matches!(c, '。' | '！' | '？');
            // An ordinal or an initial ends nothing.
            let short = at > 0 && c == '.' && {
                let word = block[begin..next_at]
                    .trim_end_matches('.')
                    .rsplit(char::is_whitespace)
                    .next()
                    .unwrap_or_default();
                word.chars().count() <= 2
            };
            if (stop && !short) || wide || (next == '\n' && block[begin..next_at].contains(" | ")) {
                parts.push(block[begin..next_at].trim());
                begin = next_at;
            }
        }
        parts.push(block[begin..].trim());
    }
    parts.into_iter().filter(|part| !part.is_empty())
}

/// Whether one of the figures is this one: by value, and by unit where both have one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Match {
    Same,
    OtherUnit,
    None,
}

pub(super) fn find(wanted: &Quantity, passages: &[&Evidence], about: bool) -> Match {
    let mut best = Match::None;
    for passage in passages {
        for known in &passage.facts.quantities {
            match compare(wanted, known, passage.scaled, about) {
                Match::Same => return Match::Same,
                Match::OtherUnit => best = Match::OtherUnit,
                Match::None => {}
            }
        }
        // Days and years of dates are numbers, too.
        let of_dates =
            passage.facts.dates.iter().flat_map(|date| &date.readings).any(|(year, month, day)| {
                let parts = [year.map(f64::from), month.map(f64::from), day.map(f64::from)];
                wanted.values.iter().any(|value| parts.contains(&Some(*value)))
            });
        if of_dates && wanted.unit.is_none() {
            return Match::Same;
        }
    }
    best
}

pub(super) fn compare(wanted: &Quantity, known: &Quantity, scaled: bool, about: bool) -> Match {
    let loose = about || wanted.scaled;
    let mut values = known.values.clone();
    if scaled {
        values.extend(known.values.iter().flat_map(|value| [value * 1e3, value * 1e6, value * 1e9]));
    }
    let equal = |a: f64, b: f64| {
        let exact = (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0);
        exact || (loose && rounds_to(b, a))
    };
    let same = wanted.values.iter().any(|a| values.iter().any(|b| equal(*a, *b)));
    if let (Some(of), Some(to)) = (known.unit, wanted.unit)
        && of != to
    {
        let converted = known.values.iter().filter_map(|value| of.converted(*value, to));
        let fits =
            converted.into_iter().any(|value| wanted.values.iter().any(|wanted| equal(*wanted, value)));
        return match (fits, same) {
            (true, _) => Match::Same,
            (false, true) => Match::OtherUnit,
            (false, false) => Match::None,
        };
    }
    if same { Match::Same } else { Match::None }
}

/// Whether `exact`, rounded to as many places as `rough` shows, is `rough`.
fn rounds_to(exact: f64, rough: f64) -> bool {
    if rough == 0.0 || exact == 0.0 || exact.signum() != rough.signum() {
        return false;
    }
    // The last place that is not zero.
    let mut step = 10_f64.powf(rough.abs().log10().floor() + 1.0);
    for _ in 0..8 {
        step /= 10.0;
        if ((rough / step).round() * step - rough).abs() <= rough.abs() * 1e-9 {
            break;
        }
    }
    (exact - rough).abs() <= step * 0.5 + rough.abs() * 1e-9 && (exact - rough).abs() <= rough.abs() * 0.06
}
