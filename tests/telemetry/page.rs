//! A page of metrics, read as Prometheus reads it.

use std::collections::BTreeMap;

/// The samples of a page, and what it says of their families.
#[derive(Debug, Default)]
pub struct Page {
    pub samples: Vec<Sample>,
    pub kinds: BTreeMap<String, String>,
    pub help: BTreeMap<String, String>,
}

#[derive(Debug)]
pub struct Sample {
    pub name: String,
    pub labels: BTreeMap<String, String>,
    pub value: f64,
}

impl Page {
    pub fn read(text: &str) -> Self {
        let mut page = Self::default();
        for line in text.lines().filter(|line| !line.is_empty()) {
            if let Some(rest) = line.strip_prefix("# HELP ") {
                let (name, help) = rest.split_once(' ').unwrap();
                assert!(page.help.insert(name.to_owned(), help.to_owned()).is_none(), "twice: {line}");
            } else if let Some(rest) = line.strip_prefix("# TYPE ") {
                let (name, kind) = rest.split_once(' ').unwrap();
                assert!(page.kinds.insert(name.to_owned(), kind.to_owned()).is_none(), "twice: {line}");
            } else {
                page.samples.push(Sample::read(line));
            }
        }
        page
    }

    /// The family that a sample belongs to: histograms have three kinds of samples.
    pub fn family<'a>(&self, sample: &'a str) -> &'a str {
        let stem = ["_bucket", "_sum", "_count"].iter().find_map(|end| sample.strip_suffix(end));
        stem.filter(|stem| self.kinds.get(*stem).is_some_and(|kind| kind == "histogram")).unwrap_or(sample)
    }

    /// The sum of the samples of that name that have these labels; `None` if there are none.
    pub fn value(&self, name: &str, labels: &[(&str, &str)]) -> Option<f64> {
        let has = |sample: &&Sample| {
            let all =
                labels.iter().all(|(key, value)| sample.labels.get(*key).is_some_and(|has| has == value));
            sample.name == name && all
        };
        self.samples.iter().filter(has).map(|sample| sample.value).reduce(|sum, value| sum + value)
    }
}

impl Sample {
    fn read(line: &str) -> Self {
        let (left, value) = line.rsplit_once(' ').unwrap();
        let value = value.parse().unwrap_or_else(|_| panic!("no number: {line}"));
        let Some((name, rest)) = left.split_once('{') else {
            return Self { name: left.to_owned(), labels: BTreeMap::new(), value };
        };
        let rest = rest.strip_suffix('}').unwrap_or_else(|| panic!("{line}"));
        let mut labels = BTreeMap::new();
        for pair in rest.split("\",").filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once("=\"").unwrap_or_else(|| panic!("{line}"));
            let value = value.strip_suffix('"').unwrap_or(value);
            assert!(!value.contains('\\'), "nothing here needs escaping: {line}");
            assert!(labels.insert(key.to_owned(), value.to_owned()).is_none(), "{line}");
        }
        Self { name: name.to_owned(), labels, value }
    }
}
