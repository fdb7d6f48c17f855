//! Lines that stand around what a document says and answer nothing, unless they are asked for: references of a letter,
//! greetings, who was at a meeting, what is printed on each page.

use unicode_segmentation::UnicodeSegmentation;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Furniture {
    /// "Our ref.: AB/12", "Unser Zeichen: …": by what the writer files the letter.
    Reference,
    /// "Dear Ms Moss,", "Kind regards", "For the attention of …".
    Greeting,
    /// "Present: …", "Entschuldigt: …", "Minutes: …".
    Attendance,
    /// "Page 3 of 5", a heading with the number of a page behind it.
    Page,
}

/// What stands before the colon of a line with the reference of a letter.
const REFERENCES: &[&str] = &[
    "ref",
    "réf",
    "our ref",
    "your ref",
    "our reference",
    "your reference",
    "n réf",
    "v réf",
    "nos réf",
    "vos réf",
    "notre référence",
    "votre référence",
    "référence",
    "reference",
    "unser zeichen",
    "ihr zeichen",
    "mein zeichen",
    "geschäftszeichen",
    "referencia",
    "nuestra referencia",
    "su referencia",
    "n ref",
    "s ref",
    "riferimento",
    "rif",
    "ons kenmerk",
    "uw kenmerk",
];

/// Words of questions after such a line.
const OF_REFERENCES: &[&str] =
    &["ref", "reference", "zeichen", "aktenzeichen", "geschäftszeichen", "réf", "référence", "referencia"];

/// How lines begin that greet, take leave or say who is to read a letter; in small letters.
const GREETINGS: &[&str] = &[
    "dear ",
    "hello ",
    "hi ",
    "good morning",
    "kind regards",
    "best regards",
    "best wishes",
    "with best wishes",
    "with kind regards",
    "regards",
    "yours sincerely",
    "yours faithfully",
    "sincerely",
    "for the attention of ",
    "attn",
    "liebe ",
    "lieber ",
    "hallo ",
    "guten tag",
    "sehr geehrte",
    "mit freundlichen grüßen",
    "freundliche grüße",
    "viele grüße",
    "beste grüße",
    "herzliche grüße",
    "schöne grüße",
    "zu händen",
    "z. hd",
    "madame",
    "monsieur",
    "mesdames",
    "messieurs",
    "cher ",
    "chère ",
    "chers ",
    "cordialement",
    "bien cordialement",
    "nous vous prions d’agréer",
    "nous vous prions d'agréer",
    "veuillez agréer",
    "je vous prie d’agréer",
    "je vous prie d'agréer",
    "à l’attention de",
    "à l'attention de",
    "estimado",
    "estimada",
    "muy señor",
    "atentamente",
    "un cordial saludo",
    "reciba un cordial saludo",
    "reciban un cordial saludo",
    "le saluda atentamente",
    "saludos",
    "a la atención de",
    "gentile ",
    "egregio ",
    "cordiali saluti",
    "distinti saluti",
    "alla cortese attenzione",
    "geachte ",
    "met vriendelijke groet",
];

/// Words of questions after such a line.
const OF_GREETINGS: &[&str] = &[
    "attention",
    "addressed",
    "signed",
    "signs",
    "signature",
    "unterschrieben",
    "unterzeichnet",
    "signé",
    "firmó",
];

/// Words of such a line, at most: what is longer says something, too.
const SHORT: usize = 16;

/// What stands before the colon of a line that says who was at a meeting, or wrote it down.
const ATTENDANCE: &[&str] = &[
    "present",
    "attending",
    "in attendance",
    "attendees",
    "participants",
    "apologies",
    "absent",
    "excused",
    "minutes",
    "minutes taken by",
    "minute taker",
    "chair",
    "in the chair",
    "anwesend",
    "anwesende",
    "teilnehmer",
    "teilnehmende",
    "entschuldigt",
    "abwesend",
    "protokoll",
    "protokollführung",
    "leitung",
    "présents",
    "présent",
    "participants",
    "excusés",
    "excusé",
    "absents",
    "secrétaire",
    "présidence",
    "asistentes",
    "presentes",
    "ausentes",
    "excusan su asistencia",
    "presenti",
    "assenti",
    "aanwezig",
    "afwezig",
];

/// Beginnings of words of questions after such a line.
const OF_ATTENDANCE: &[&str] = &[
    "present",
    "attend",
    "absent",
    "apolog",
    "excus",
    "minute",
    "chair",
    "meeting",
    "took part",
    "take part",
    "participa",
    "anwesend",
    "teilnehm",
    "teilgenommen",
    "teilnahm",
    "entschuldigt",
    "abwesend",
    "fehlt",
    "protokoll",
    "leitete",
    "leitet",
    "sitzung",
    "besprechung",
    "présent",
    "réunion",
    "asist",
    "reunión",
    "there",
    "dabei",
];

/// Words before the number of a page.
const PAGES: &[&str] = &["page", "seite", "página", "pagina", "blatt"];

impl Furniture {
    /// What kind of line it is, if it is one of them. The line may be that of a row.
    pub(super) fn of(line: &str) -> Option<Self> {
        let lower = line.trim().to_lowercase();
        if let Some((label, value)) = lower.split_once(':').filter(|(_, value)| !value.trim().is_empty()) {
            let label = label.unicode_words().collect::<Vec<_>>().join(" ");
            if REFERENCES.contains(&label.as_str()) && value.split_whitespace().count() <= SHORT {
                return Some(Self::Reference);
            }
            if ATTENDANCE.contains(&label.as_str()) {
                return Some(Self::Attendance);
            }
        }
        let short = lower.split_whitespace().count() <= SHORT;
        if short && GREETINGS.iter().any(|greeting| lower.starts_with(greeting)) {
            return Some(Self::Greeting);
        }
        (short && ends_with_page(&lower)).then_some(Self::Page)
    }

    /// Whether a question may be after such a line.
    pub(super) fn is_asked_for(self, question: &str) -> bool {
        let lower = question.to_lowercase();
        let is_word = |words: &[&str]| lower.unicode_words().any(|word| words.contains(&word));
        match self {
            Self::Reference => is_word(OF_REFERENCES),
            Self::Greeting => is_word(OF_GREETINGS),
            Self::Attendance => OF_ATTENDANCE.iter().any(|word| lower.contains(word)),
            Self::Page => is_word(PAGES),
        }
    }
}

/// "Rules of the mill  Page 2", "Seite 3 von 5".
fn ends_with_page(lower: &str) -> bool {
    let words: Vec<&str> = lower.unicode_words().collect();
    let number = |word: &&str| word.len() <= 4 && word.chars().all(|c| c.is_ascii_digit());
    let page = |word: &&str| PAGES.contains(word);
    // "See the rules on page 2." is a sentence.
    let is_line = !lower.ends_with(['.', '!', '?']);
    let last = |at: usize| words.len().checked_sub(at).and_then(|at| words.get(at));
    let counts = last(1).is_some_and(number);
    let of = last(2).is_some_and(|word| matches!(*word, "of" | "von" | "sur" | "de" | "di" | "van"));
    let refers = last(3).is_some_and(|word| matches!(*word, "on" | "see" | "auf" | "siehe"));
    is_line && counts && !refers && (last(2).is_some_and(page) || of && last(4).is_some_and(page))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_around_what_is_said_are_told() {
        for (line, kind) in [
            ("Réf. : KL/2031/0417", Furniture::Reference),
            ("Our ref: KL-40", Furniture::Reference),
            ("Unser Zeichen: 40/31", Furniture::Reference),
            ("Madame, Monsieur,", Furniture::Greeting),
            ("Mit freundlichen Grüßen Ida Moss", Furniture::Greeting),
            ("Anwesend: Ida Moss (Leitung), Bo Lind.", Furniture::Attendance),
            ("Apologies: Ann Lee", Furniture::Attendance),
            ("Rules of the kiln Page 2", Furniture::Page),
            ("Seite 3 von 5", Furniture::Page),
        ] {
            assert_eq!(Furniture::of(line), Some(kind), "{line}");
        }
        for line in [
            "Dear wood is not burned in the kiln, and never was in all of the years that Ida Moss has kept it.",
            "Refractory bricks: 40",
            "The rules are on page 2.",
            "See page 2",
            "The miller was present: he saw it.",
            "Kiln 7: 1,240 degrees",
        ] {
            assert_eq!(Furniture::of(line), None, "{line}");
        }
    }

    #[test]
    fn they_answer_what_asks_for_them() {
        assert!(Furniture::Attendance.is_asked_for("Who was at the meeting of the millers?"));
        assert!(Furniture::Attendance.is_asked_for("Wer hat am 3. Mai protokolliert?"));
        assert!(!Furniture::Attendance.is_asked_for("Who keeps the kiln?"));
        assert!(Furniture::Reference.is_asked_for("What is the reference of the letter?"));
        assert!(!Furniture::Reference.is_asked_for("At which quay number is the barge?"));
    }
}
