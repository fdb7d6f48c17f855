//! How much each sign says that a reading of a question is meant: learned, and kept beside the code.

use std::collections::HashMap;
use std::sync::OnceLock;

/// One sign and its weight a line. Learned by `tables::learn` from questions with known answers.
const KNOWN: &str = include_str!("weights.tsv");

pub(super) struct Weights(HashMap<String, f64>);

impl Weights {
    pub(super) fn known() -> &'static Self {
        static READ: OnceLock<Weights> = OnceLock::new();
        READ.get_or_init(|| Self::read(KNOWN))
    }

    pub(super) fn read(text: &str) -> Self {
        let line = |line: &str| {
            let (name, weight) = line.split_once('\t')?;
            Some((name.to_owned(), weight.parse().ok()?))
        };
        Self(text.lines().filter_map(line).collect())
    }

    pub(super) fn of(&self, names: &[String]) -> f64 {
        names.iter().filter_map(|name| self.0.get(name)).sum()
    }
}
