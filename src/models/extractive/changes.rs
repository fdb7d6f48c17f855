//! What one document says of a change to what another one says, and which of several editions a sentence is of.

use unicode_segmentation::UnicodeSegmentation;

/// Phrases by which a sentence says that something is not as it was said before, in small letters.
const CHANGING: &[&str] = &[
    "put back to",
    "put off until",
    "put off to",
    "postponed",
    "moved from",
    "moved to",
    "moves to",
    "brought forward to",
    "now reads",
    "now comes",
    "will now",
    "is now",
    "are now",
    "goes up to",
    "goes down to",
    "goes up from",
    "goes down from",
    "raised to",
    "raised from",
    "increased to",
    "increased from",
    "lowered to",
    "lowered from",
    "reduced to",
    "reduced from",
    "changed to",
    "changed from",
    "amended to",
    "extended to",
    "extended until",
    "slip by",
    "slips by",
    "verschoben",
    "verlegt auf",
    "vorgezogen auf",
    "verlängert bis",
    "lautet nun",
    "lautet jetzt",
    "lautet künftig",
    "beträgt nun",
    "beträgt jetzt",
    "steigt auf",
    "steigt von",
    "sinkt auf",
    "sinkt von",
    "erhöht auf",
    "erhöht von",
    "gesenkt auf",
    "gesenkt von",
    "geändert auf",
    "geändert in",
    "reporté",
    "repoussé",
    "avancé au",
    "porté à",
    "portée à",
    "passe de",
    "désormais",
    "aplazad",
    "pasa de",
    "sube a",
    "baja a",
    "rinviat",
    "passa da",
];

/// Phrases behind which the value stands that holds no more.
const INSTEAD: &[&str] = &[
    "instead of ",
    "rather than ",
    "statt ",
    "anstatt ",
    "anstelle von ",
    "au lieu de ",
    "au lieu du ",
    "en lugar de ",
    "en lugar del ",
    "invece di ",
];

/// Words between such a phrase and a number, at most: "instead of on Friday 4 May".
const BEFORE_VALUE: usize = 4;

/// Whether a sentence tells of a change.
pub(super) fn tells(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    let value = |behind: &str| {
        behind.unicode_words().take(BEFORE_VALUE).any(|word| word.contains(|c: char| c.is_ascii_digit()))
    };
    let instead =
        |phrase: &str| lower.match_indices(phrase).any(|(at, found)| value(&lower[at + found.len()..]));
    CHANGING.iter().any(|phrase| lower.contains(phrase)) || INSTEAD.iter().any(|phrase| instead(phrase))
}

/// Words by which a question asks for what was before a change, or for the change itself.
const BEFORE: &[&str] = &[
    "original",
    "originally",
    "first",
    "before",
    "previous",
    "previously",
    "old",
    "former",
    "formerly",
    "earlier",
    "used",
    "was",
    "were",
    "did",
    "had",
    "wurde",
    "wurden",
    "ursprünglich",
    "ursprüngliche",
    "zuerst",
    "früher",
    "frühere",
    "vorher",
    "bisher",
    "bisherige",
    "alte",
    "alten",
    "initialement",
    "avant",
    "ancien",
    "ancienne",
    "originalmente",
    "antes",
    "anterior",
];

pub(super) fn asks_for_before(question: &str) -> bool {
    let is_before = |(at, word): (usize, &str)| {
        // "Was kostet …" begins so, too.
        BEFORE.contains(&word.to_lowercase().as_str()) && !(at == 0 && word.eq_ignore_ascii_case("was"))
    };
    question.unicode_words().enumerate().any(is_before)
}

/// The number that a paragraph begins with: "6.3", "§ 4".
pub(super) fn number_of(sentence: &str) -> Option<&str> {
    let first = sentence.trim_start_matches(['§', ' ']).split_whitespace().next()?;
    let number = first.trim_end_matches(['.', ')', ':']);
    let parts = number.split('.').all(|part| (1..=2).contains(&part.len()) && is_digits(part));
    (parts && (number.contains('.') || sentence.starts_with('§'))).then_some(number)
}

fn is_digits(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit())
}

/// Whether a sentence names a paragraph by its number.
pub(super) fn names_paragraph(sentence: &str, number: &str) -> bool {
    const CALLED: &[&str] = &[
        "paragraph",
        "para",
        "clause",
        "section",
        "article",
        "item",
        "point",
        "rule",
        "§",
        "abschnitt",
        "absatz",
        "ziffer",
        "artikel",
        "punkt",
        "nummer",
        "alinéa",
        "cláusula",
        "apartado",
        "artículo",
    ];
    let words: Vec<String> = sentence.split_whitespace().map(str::to_lowercase).collect();
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '§').to_owned();
    words.windows(2).any(|two| CALLED.contains(&bare(&two[0]).as_str()) && bare(&two[1]) == number)
}

/// Whether two files are called alike but for their numbers, as editions are, and a question names not both of them.
pub(super) fn are_editions(one: &str, other: &str, question: &str) -> bool {
    let family = |name: &str| words_of(name).into_iter().filter(|word| !is_stamp(word)).collect::<Vec<_>>();
    let stamps = |name: &str| words_of(name).into_iter().filter(|word| is_stamp(word)).collect::<Vec<_>>();
    let asked = words_of(question);
    let named = |name: &str| stamps(name).iter().any(|stamp| asked.contains(stamp));
    let (own, there) = (family(one), family(other));
    let alike = own == there && own.iter().any(|word| word.len() > 2) && one != other;
    let one_is_meant = !named(one) || !named(other);
    alike && !stamps(one).is_empty() && !stamps(other).is_empty() && one_is_meant
}

/// Whether the first of two such names is of the later one: its numbers are greater.
pub(super) fn is_later(one: &str, other: &str) -> bool {
    let numbers = |name: &str| -> Vec<u32> {
        let digits =
            |word: &String| word.chars().filter(char::is_ascii_digit).collect::<String>().parse().ok();
        let stamps = words_of(name).into_iter().filter(|word| is_stamp(word));
        let mut numbers: Vec<u32> = stamps.filter_map(|word| digits(&word)).collect();
        // A year decides before the number of an edition.
        if let Some(year) = numbers.iter().position(|number| (1900..2200).contains(number)) {
            numbers.drain(..year);
        }
        numbers
    };
    numbers(one) > numbers(other)
}

/// Whether a question names a file by one of its numbers.
pub(super) fn is_named(name: &str, question: &str) -> bool {
    let asked = words_of(question);
    words_of(name).iter().any(|word| is_stamp(word) && asked.contains(word))
}

/// The words of a name; what stands behind its last point is left out.
fn words_of(name: &str) -> Vec<String> {
    let stem = match name.rsplit_once('.') {
        Some((stem, ending)) if ending.len() <= 5 && !ending.contains(' ') => stem,
        _ => name,
    };
    let words = stem.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// "2025", "v3", "7th"
fn is_stamp(word: &str) -> bool {
    word.chars().any(|c| c.is_ascii_digit()) && word.chars().filter(|c| c.is_alphabetic()).count() <= 3
}

/// Phrases that ask for what holds now: none of their words is what is asked about.
const NOWADAYS: &[&str] =
    &["these days", "at the moment", "at present", "im moment", "im augenblick", "en ce moment"];

/// A question without them.
pub(super) fn without_now(question: &str) -> String {
    let lower = question.to_lowercase();
    let mut bare = question.to_owned();
    if lower.len() == question.len() {
        for phrase in NOWADAYS {
            if let Some(at) = bare.to_lowercase().find(phrase) {
                bare.replace_range(at..at + phrase.len(), "");
            }
        }
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_told() {
        assert!(tells("The regatta is put back to Friday 4 May."));
        assert!(tells("Die Regatta wird auf den 4. Mai verschoben."));
        assert!(tells("The regatta begins at 10 instead of at 9."));
        assert!(!tells("The regatta is on Friday 4 May."));
        assert!(!tells("Tea is served instead of coffee."));
        assert!(asks_for_before("When was the regatta to be at first?"));
        assert!(!asks_for_before("Was kostet die Regatta?") && !asks_for_before("When is the regatta?"));
    }

    #[test]
    fn a_paragraph_is_named_by_its_number() {
        assert_eq!(number_of("4.2  Berths cost £12."), Some("4.2"));
        assert_eq!(number_of("12 boats are moored."), None);
        assert!(names_paragraph("Clause 4.2 now reads £14.", "4.2"));
        assert!(!names_paragraph("Clause 4.20 now reads £14.", "4.2"));
        assert!(!names_paragraph("The mean is 4.2 metres.", "4.2"));
    }

    #[test]
    fn editions_are_called_alike() {
        let asked = "How long is a berth?";
        assert!(are_editions(
            "Harbour_Rules_2nd_edition_2021.pdf",
            "Harbour_Rules_3rd_edition_2024.pdf",
            asked
        ));
        assert!(!are_editions("Harbour_Rules_2021.pdf", "Mooring_Rules_2024.pdf", asked));
        assert!(!are_editions(
            "Harbour_2021.pdf",
            "Harbour_2024.pdf",
            "How did it change from 2021 to 2024?"
        ));
        assert!(is_later("Harbour_Rules_2nd_edition_2024.pdf", "Harbour_Rules_1st_edition_2021.pdf"));
        assert!(is_later("Harbour_v10.pdf", "Harbour_v9.pdf") && !is_later("H_2021-22.pdf", "H_2022-23.pdf"));
        assert!(
            is_named("Harbour_2021.pdf", "What held in 2021?")
                && !is_named("Harbour_2021.pdf", "What holds?")
        );
        assert_eq!(without_now("How long is a berth these days?"), "How long is a berth ?");
    }
}
