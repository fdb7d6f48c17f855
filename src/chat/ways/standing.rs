//! What a part of a question left out because a part before it says it.

use unicode_segmentation::UnicodeSegmentation;

use super::pieces::as_it_is;
use crate::follow::{self, Completed};
use crate::history;

/// A part that can be asked by itself: with the names of the parts before it, where it has none of their kind.
pub(super) fn standing(part: &str, earlier: &[&str]) -> Completed {
    let Some(last) = earlier.last() else { return as_it_is(part) };
    if let Some(counted) = with_what_is_counted(part, last) {
        return as_it_is(&counted);
    }
    if let Some(completed) = follow::completed(part, earlier) {
        return completed;
    }
    let joined = history::joined(part, earlier);
    if joined != part {
        // "… and by when?" asks in place of what was asked before it.
        let text = format!(
            "{} {}?",
            part.trim_end_matches(['?', ' ', '.']),
            follow::said_of(earlier[earlier.len() - 1])
        );
        return Completed { text, own: part.to_owned(), about: history::leant_on(part, earlier) };
    }
    let names = follow::names_beside(earlier[earlier.len() - 1], part);
    if names.is_empty() {
        return as_it_is(part);
    }
    let text = format!("{} ({names})?", part.trim_end_matches(['?', ' ', '.', '!']));
    Completed { text, own: part.to_owned(), about: names }
}

/// Words that ask how many there are of what stands behind them.
const COUNTING: &[&str] = &[
    "how many",
    "wie viele",
    "wieviele",
    "cuántos",
    "cuántas",
    "quanti",
    "quante",
    "quantos",
    "quantas",
    "hoeveel",
];

/// Words that stand behind what is counted, and not before it.
const VERBS: &[&str] = &[
    "did", "do", "does", "is", "are", "was", "were", "has", "have", "had", "will", "can", "could", "may",
    "must", "should", "would", "hat", "haben", "hatte", "hatten", "ist", "sind", "war", "waren", "wird",
    "werden", "wurden", "bekam", "bekamen", "bekommt", "darf", "dürfen", "kann", "können", "muss", "müssen",
    "son", "hay", "tiene", "tienen", "sono", "ha", "hanno", "são", "tem", "zijn", "heeft", "hebben",
];

/// "How many new doors did the mill get" and "how many did the kiln get": the doors are counted there, too.
fn with_what_is_counted(part: &str, before: &str) -> Option<String> {
    let (at, asking) = counting_in(part)?;
    let behind = part[at + asking.len()..].trim_start();
    let is_verb = |word: &str| VERBS.contains(&word.to_lowercase().as_str());
    if !behind.unicode_words().next().is_some_and(is_verb) {
        return None;
    }
    let (at, asked) = counting_in(before)?;
    let counted: Vec<&str> =
        before[at + asked.len()..].split_whitespace().take_while(|word| !is_verb(word)).collect();
    let whole = !counted.is_empty() && counted.len() <= COUNTED;
    whole.then(|| format!("{} {} {behind}", &part[..part.len() - behind.len()].trim_end(), counted.join(" ")))
}
const COUNTED: usize = 4;

/// Where a text asks how many, and by which words.
fn counting_in(text: &str) -> Option<(usize, &'static str)> {
    let lower = text.to_lowercase();
    let found = COUNTING.iter().find_map(|asking| Some((lower.find(asking)?, *asking)));
    found.filter(|_| lower.len() == text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_asked_with_the_names_before_it() {
        let part = standing("how heavy is it?", &["Who built the oven QX-30"]);
        assert_eq!(part.text, "how heavy is it (oven QX-30)?");
        let other = standing("within how many days is a claim handed in?", &["What is the rate for cars"]);
        assert_eq!(other.text, "within how many days is a claim handed in?");
        let names = standing("what does the large tray weigh?", &["How many trays fit in the QX-30"]);
        assert_eq!((names.own.as_str(), names.about.as_str()), ("what does the large tray weigh?", "QX-30"));
        let when = standing("by when?", &["Who has to order the bricks"]);
        assert_eq!((when.text.as_str(), when.own.as_str()), ("by when order the bricks?", "by when?"));
    }

    #[test]
    fn what_is_counted_is_counted_of_the_next_thing_too() {
        let part =
            standing("how many did the kiln get this winter?", &["How many new doors did the mill get"]);
        assert_eq!(part.text, "how many new doors did the kiln get this winter?");
        let own = standing("how many steps are there?", &["How many new doors did the mill get"]);
        assert!(own.text.starts_with("how many steps are there"), "{}", own.text);
    }
}
