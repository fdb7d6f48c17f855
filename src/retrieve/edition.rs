//! Of which edition a document says it is, by the name of its file.

/// What a file name says of its edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edition {
    /// The name without it.
    pub(super) family: String,
    /// A date as year, month, day, or the numbers of a version: later ones are greater.
    pub(super) stamp: Vec<u32>,
    /// The numbers of a version beside a date.
    pub(super) version: Vec<u32>,
    pub(super) dated: bool,
}

impl Edition {
    /// `None` for a name that says nothing of the kind.
    pub(super) fn of(filename: &str) -> Option<Self> {
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
            let (stamp, taken) = version_in(&runs)?;
            (stamp, taken, false)
        };
        // "6th edition 2023"
        let (version, of_version) =
            if dated { version_in(&runs).unwrap_or_default() } else { Default::default() };
        let taken = [taken, of_version].concat();
        let rest: Vec<&str> = (0..runs.len()).filter(|at| !taken.contains(at)).map(|at| runs[at]).collect();
        let family = rest.join(" ");
        (family.chars().filter(|c| c.is_alphabetic()).count() > 2).then_some(Self {
            family,
            stamp,
            version,
            dated,
        })
    }

    /// The later of two has the greater one.
    pub(super) fn age(&self) -> (&[u32], &[u32]) {
        (&self.stamp, &self.version)
    }

    pub(super) fn is_of(&self, other: &Self) -> bool {
        self.family == other.family && self.dated == other.dated
    }
}

/// Letters and digits by themselves: `fy2022` is `fy`, `2022`.
pub(super) fn runs(name: &str) -> Vec<&str> {
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

pub(super) fn is_version(run: &str) -> bool {
    matches!(
        run,
        "v" | "ver" | "version" | "rev" | "revision" | "edition" | "issue" | "ausgabe" | "fassung" | "stand"
    )
}

/// Words behind the number of an edition that is counted: "3rd edition", "3. Auflage", "3e édition".
const COUNTED: &[&str] = &[
    "edition", "ed", "revision", "issue", "auflage", "ausgabe", "fassung", "édition", "edición", "edicion",
    "edizione", "druk", "uitgave",
];

/// The ends of ordinal numbers.
const ORDINALS: &[&str] = &["st", "nd", "rd", "th", "e", "è", "ème", "ère", "eme", "a", "ª", "o", "º"];

/// The numbers of a version with the places of its runs: "v2.10", "edition 3", "3rd edition".
fn version_in(runs: &[&str]) -> Option<(Vec<u32>, Vec<usize>)> {
    let number =
        |at: usize| runs.get(at).filter(|run| year_of(run).is_none()).and_then(|run| run.parse::<u32>().ok());
    let is = |at: usize, list: &[&str]| runs.get(at).is_some_and(|run| list.contains(run));
    let counted = (0..runs.len()).find_map(|at| {
        let first = number(at)?;
        let word = if is(at + 1, ORDINALS) { at + 2 } else { at + 1 };
        is(word, COUNTED).then(|| (vec![first], (at..=word).collect()))
    });
    let named = || {
        let at = (0..runs.len()).find(|at| is_version(runs[*at]) && number(at + 1).is_some())?;
        let numbers: Vec<usize> = (at + 1..runs.len()).take_while(|at| number(*at).is_some()).collect();
        let version = numbers.iter().filter_map(|at| number(*at)).collect();
        Some((version, std::iter::once(at).chain(numbers).collect()))
    };
    counted.or_else(named)
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
        assert_eq!(edition("House_Rules_3rd_edition.docx"), ("house rules".to_owned(), vec![3]));
        assert_eq!(edition("House_Rules_3rd_edition_2024.docx"), ("house rules".to_owned(), vec![2024]));
        assert_eq!(edition("Hausordnung_2024_2. Auflage.docx").0, "hausordnung");
        assert!(Edition::of("E-1042.pdf").is_none() && Edition::of("2024-05-06.pdf").is_none());
    }
}
