//! Editions of one document under names of their own: `Travel_Policy_2023-02.docx` and `Travel_Policy_2025-06.docx`.
//!
//! Where two of them say the same but for the figures, the newer one is meant, unless the question names the older one by its
//! year or version, or asks for what was before. Nothing is hidden: what the older one says follows behind.

use std::collections::HashSet;

use docent_domain::DocumentId;

use super::LiveChunk;

/// So many of the words of a passage stand in those of another edition, too, that one is taken for a form of the other.
const ALIKE: f64 = 0.6;
/// Shorter words stand everywhere.
const TELLING_LETTERS: usize = 4;

/// Words that ask for what was before, as they stand in a question.
const BEFORE: &[&str] = &[
    "old",
    "older",
    "previous",
    "previously",
    "former",
    "formerly",
    "earlier",
    "outdated",
    "superseded",
    "alte",
    "alten",
    "alter",
    "altes",
    "ältere",
    "älteren",
    "frühere",
    "früheren",
    "früher",
    "vorherige",
    "vorherigen",
    "bisherige",
    "bisherigen",
    "ancien",
    "ancienne",
    "précédente",
    "précédent",
    "anterior",
    "vecchia",
    "vecchio",
    "precedente",
    "oude",
    "vorige",
];

/// What a file name says of its edition.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Edition {
    /// The name without it.
    family: String,
    /// A date as year, month, day, or the numbers of a version: later ones are greater.
    stamp: Vec<u32>,
    dated: bool,
}

impl Edition {
    /// `None` for a name that says nothing of the kind.
    fn of(filename: &str) -> Option<Self> {
        let stem = filename.rsplit_once('.').map_or(filename, |(stem, _)| stem).to_lowercase();
        let runs = runs(&stem);
        let number = |at: usize| runs.get(at).and_then(|run| run.parse::<u32>().ok());
        let year = (0..runs.len()).find(|at| year_of(runs[*at]).is_some());
        let (stamp, taken, dated) = if let Some(at) = year {
            let small = |at: Option<usize>| at.and_then(number).filter(|number| (1..=31).contains(number));
            let (before, after) = (small(at.checked_sub(1)), small(Some(at + 1)));
            let mut stamp = vec![year_of(runs[at])?];
            let mut taken = vec![at];
            // 2025-06-01 or 01.06.2025.
            let steps: &[isize] = if after.is_some() {
                &[1, 2]
            } else if before.is_some() {
                &[-1, -2]
            } else {
                &[]
            };
            for step in steps {
                let Some(number) = small(at.checked_add_signed(*step)) else { break };
                stamp.push(number);
                taken.extend(at.checked_add_signed(*step));
            }
            (stamp, taken, true)
        } else {
            let at = (0..runs.len()).find(|at| is_version(runs[*at]) && number(at + 1).is_some())?;
            let numbers: Vec<usize> = (at + 1..runs.len()).take_while(|at| number(*at).is_some()).collect();
            let stamp = numbers.iter().filter_map(|at| number(*at)).collect();
            (stamp, std::iter::once(at).chain(numbers).collect(), false)
        };
        let rest: Vec<&str> = (0..runs.len()).filter(|at| !taken.contains(at)).map(|at| runs[at]).collect();
        let family = rest.join(" ");
        (family.chars().filter(|c| c.is_alphabetic()).count() > 2).then_some(Self { family, stamp, dated })
    }

    fn is_of(&self, other: &Self) -> bool {
        self.family == other.family && self.dated == other.dated
    }
}

/// Letters and digits by themselves: `fy2022` is `fy`, `2022`.
fn runs(name: &str) -> Vec<&str> {
    let kind = |c: char| if c.is_alphabetic() { 1 } else { usize::from(c.is_ascii_digit()) * 2 };
    let mut runs = Vec::new();
    let mut from = 0;
    let mut last = 0;
    for (at, c) in name.char_indices() {
        if kind(c) != last {
            if last != 0 {
                runs.push(&name[from..at]);
            }
            (from, last) = (at, kind(c));
        }
    }
    if last != 0 {
        runs.push(&name[from..]);
    }
    runs
}

fn year_of(run: &str) -> Option<u32> {
    run.parse().ok().filter(|year| run.len() == 4 && (1900..2100).contains(year))
}

fn is_version(run: &str) -> bool {
    matches!(
        run,
        "v" | "ver" | "version" | "rev" | "revision" | "edition" | "issue" | "ausgabe" | "fassung" | "stand"
    )
}

/// What a question says of the edition that it means.
struct Meant {
    words: HashSet<String>,
    before: bool,
}

impl Meant {
    fn by(question: &str) -> Self {
        let lower = question.to_lowercase();
        let words: HashSet<String> = runs(&lower).into_iter().map(str::to_owned).collect();
        let before = words.iter().any(|word| BEFORE.contains(&word.as_str()));
        Self { words, before }
    }

    fn names(&self, edition: &Edition) -> bool {
        let first = edition.stamp.first().map(u32::to_string);
        let version = edition.dated || self.words.iter().any(|word| is_version(word));
        first.is_some_and(|first| version && self.words.contains(&first))
    }

    /// Whether `one` is meant rather than `other`, both of one family.
    fn prefers(&self, one: &Edition, other: &Edition) -> bool {
        match (self.names(one), self.names(other)) {
            (true, false) => true,
            (false, true) => false,
            // Both years: it compares them.
            (true, true) if one.stamp.first() != other.stamp.first() => false,
            _ if self.before => one.stamp < other.stamp,
            _ => one.stamp > other.stamp,
        }
    }
}

/// The order in which passages answer a question: those of an edition come behind those of the one that is meant, where both
/// say the same somewhere. Places of `kept`.
pub(super) fn order(question: &str, kept: &[&LiveChunk]) -> Vec<usize> {
    let editions: Vec<Option<Edition>> = kept.iter().map(|chunk| Edition::of(&chunk.filename)).collect();
    let mut order: Vec<usize> = (0..kept.len()).collect();
    let others = |at: usize| editions[..at].iter().flatten();
    let are_several = (0..kept.len())
        .any(|at| editions[at].as_ref().is_some_and(|this| others(at).any(|one| one.is_of(this))));
    if !are_several {
        return order;
    }
    let meant = Meant::by(question);
    let words: Vec<HashSet<String>> = kept.iter().map(|chunk| words(&chunk.content)).collect();
    let of = |document: DocumentId| (0..kept.len()).filter(move |at| kept[*at].key.document == document);
    for at in 0..kept.len() {
        let Some(this) = &editions[at] else { continue };
        let document = kept[at].key.document;
        let better: Vec<usize> = (0..kept.len())
            .filter(|other| kept[*other].key.document != document)
            .filter(|other| {
                editions[*other].as_ref().is_some_and(|one| one.is_of(this) && meant.prefers(one, this))
            })
            .collect();
        // They are not cut at the same places, so one passage that both have is enough.
        let said: HashSet<&String> = better.iter().flat_map(|other| &words[*other]).collect();
        if !of(document).any(|own| stands_in(&words[own], &said)) {
            continue;
        }
        let from = order.iter().position(|place| *place == at);
        let to = order.iter().rposition(|place| better.contains(place));
        if let (Some(from), Some(to)) = (from, to)
            && from < to
        {
            let moved = order.remove(from);
            order.insert(to, moved);
        }
    }
    order
}

fn words(text: &str) -> HashSet<String> {
    let telling = |word: &&str| word.chars().count() >= TELLING_LETTERS;
    text.split(|c: char| !c.is_alphabetic()).filter(telling).map(str::to_lowercase).collect()
}

/// Whether most of the words are among those.
fn stands_in(words: &HashSet<String>, said: &HashSet<&String>) -> bool {
    let shared = words.iter().filter(|word| said.contains(word)).count();
    #[expect(clippy::cast_precision_loss, reason = "words of a passage")]
    let share = shared as f64 / words.len().max(1) as f64;
    share >= ALIKE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edition(name: &str) -> (String, Vec<u32>) {
        let edition = Edition::of(name).unwrap_or_else(|| panic!("{name} says nothing"));
        (edition.family, edition.stamp)
    }

    #[test]
    fn names_say_of_which_edition_they_are() {
        assert_eq!(edition("House_Rules_2023-02.docx"), ("house rules".to_owned(), vec![2023, 2]));
        assert_eq!(edition("House Rules 2025-06-01.pdf"), ("house rules".to_owned(), vec![2025, 6, 1]));
        assert_eq!(edition("Hausordnung 01.06.2025.pdf"), ("hausordnung".to_owned(), vec![2025, 6, 1]));
        assert_eq!(edition("AcmeFY2022Report.pdf"), ("acmefy report".to_owned(), vec![2022]));
        assert_eq!(edition("manual_v2.10.pdf"), ("manual".to_owned(), vec![2, 10]));
        assert!(Edition::of("E-1042.pdf").is_none() && Edition::of("2024-05-06.pdf").is_none());
    }

    #[test]
    fn the_newer_edition_answers_unless_the_older_one_is_meant() {
        let old =
            LiveChunk::saying(1, "rules_2021.md", "The gym is open from 6:00 to 20:00 for all tenants.");
        let other = LiveChunk::saying(3, "gym-plan.md", "Yoga is on Mondays.");
        let new =
            LiveChunk::saying(2, "rules_2024.md", "The gym is open from 7:00 to 22:30 for all tenants.");
        let kept = [&old, &other, &new];
        assert_eq!(order("When is the gym open?", &kept), [1, 2, 0]);
        assert_eq!(order("When was the gym open in 2021?", &kept), [0, 1, 2]);
        assert_eq!(order("When was the gym open under the old rules?", &kept), [0, 1, 2]);
        assert_eq!(order("How did the hours change from 2021 to 2024?", &kept), [0, 1, 2]);
        let new_first = [&new, &other, &old];
        assert_eq!(order("When was the gym open in 2021?", &new_first), [1, 2, 0]);
    }

    #[test]
    fn documents_that_say_something_else_keep_their_places() {
        let march = LiveChunk::saying(1, "minutes_2025-03.md", "The pump was ordered by Ida.");
        let april =
            LiveChunk::saying(2, "minutes_2025-04.md", "A new roof is planned; offers are due in May.");
        assert_eq!(order("Who ordered the pump?", &[&march, &april]), [0, 1]);
    }
}
