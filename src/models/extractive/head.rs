//! What a document says of itself at its head: its number, its parties, its date, its version. Such a line has the names of
//! the question because they say which document is meant, and seldom what is asked of it.

use unicode_segmentation::UnicodeSegmentation;

use super::identifiers::identifiers_of;
use super::sentences::{Kind, Piece};
use super::terms::terms_of;

/// Lines of a head, at most.
const LINES: usize = 6;
/// Words of a line of a head, at most; where the parties are told it may be longer.
const WORDS: usize = 16;
/// Words of a line that is a document's number, wherever it stands.
const LABEL: usize = 3;

/// Words that tell between whom a contract is.
const BETWEEN: &[&str] = &["between", "zwischen", "entre", "tra", "fra", "tussen"];

/// What the lines at the head of a mail are called.
const OF_MAIL: &[&str] = &[
    "subject",
    "from",
    "to",
    "cc",
    "bcc",
    "date",
    "sent",
    "reply-to",
    "betreff",
    "von",
    "an",
    "kopie",
    "datum",
    "gesendet",
    "de",
    "à",
    "objet",
    "envoyé",
    "copie",
    "para",
    "asunto",
    "fecha",
    "enviado",
    "oggetto",
    "da",
    "a",
    "inviato",
    "onderwerp",
    "aan",
    "verzonden",
];
/// So many of them make a head.
const LINES_OF_MAIL: usize = 2;

/// How many of the lines that a text begins with are the head of a mail.
pub(super) fn lines_of_mail<'a>(lines: impl Iterator<Item = &'a str>) -> usize {
    let is_of_mail = |line: &&str| {
        let label = line.split_once(": ").map(|(label, _)| label.to_lowercase());
        label.is_some_and(|label| OF_MAIL.contains(&label.as_str()))
    };
    let count = lines.take_while(is_of_mail).count();
    if count >= LINES_OF_MAIL { count } else { 0 }
}

/// Words of questions after what stands at the head of a mail.
const ASKED_OF_MAIL: &[&str] = &[
    "subject",
    "sender",
    "sent",
    "wrote",
    "written",
    "write",
    "recipient",
    "recipients",
    "received",
    "addressed",
    "copied",
    "mail",
    "email",
    "e-mail",
    "letter",
    "message",
    "betreff",
    "absender",
    "empfänger",
    "schrieb",
    "geschrieben",
    "geschickt",
    "gesendet",
    "brief",
    "objet",
    "expéditeur",
    "destinataire",
    "écrit",
    "envoyé",
    "courriel",
    "asunto",
    "remitente",
    "destinatario",
    "escribió",
    "envió",
    "enviado",
    "mittente",
    "scritto",
];

/// Whether a question may be after what stands at the head of a mail.
pub(super) fn is_asked_of_mail(question: &str) -> bool {
    let lower = question.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty());
    words.any(|word| ASKED_OF_MAIL.contains(&word))
}

/// Which of the pieces only say which document this is. `first`: they are of the beginning of one.
pub(super) fn lines(pieces: &[Piece], first: bool) -> Vec<bool> {
    let mut still = first;
    let line = |(at, piece): (usize, &Piece)| {
        let is_line = piece.kind == Kind::Sentence && (is_short(&piece.text) || tells_parties(&piece.text));
        still &= at < LINES && is_line;
        still || piece.kind == Kind::Sentence && is_label(&piece.text)
    };
    pieces.iter().enumerate().map(line).collect()
}

fn is_short(line: &str) -> bool {
    let ends = line.ends_with(['.', '!', '?', ':', ';', '。', '？']);
    // "Payable by: 3 May" says something of its own.
    !ends && !line.contains(": ") && line.unicode_words().count() <= WORDS
}

fn tells_parties(line: &str) -> bool {
    line.unicode_words().next().is_some_and(|word| BETWEEN.contains(&word.to_lowercase().as_str()))
}

/// "AB-2031-7", "Document AB-2031-7."
fn is_label(line: &str) -> bool {
    line.split_whitespace().count() <= LABEL && !identifiers_of(line).is_empty() && !line.contains(": ")
}

/// Words of questions after what stands at the head.
const ASKED: &[&str] = &[
    "parties",
    "party",
    "between",
    "whom",
    "dated",
    "date",
    "number",
    "no",
    "version",
    "title",
    "called",
    "name",
    "names",
    "address",
    "issued",
    "concluded",
    "valid",
    "force",
    "effective",
    "room",
    "venue",
    "place",
    "held",
    "company",
    "partner",
    "partei",
    "parteien",
    "vertragspartner",
    "vertragsparteien",
    "zwischen",
    "datum",
    "nummer",
    "nr",
    "titel",
    "heißt",
    "anschrift",
    "adresse",
    "gültig",
    "geschlossen",
    "ort",
    "firma",
    "unternehmen",
    "parties",
    "numéro",
    "titre",
    "adresse",
    "número",
    "fecha",
    "título",
    "dirección",
    "partes",
];

/// Whether a question may be after what a document says of itself.
pub(super) fn is_asked_for(question: &str) -> bool {
    question.unicode_words().any(|word| ASKED.contains(&word.to_lowercase().as_str()))
}

/// The terms of a question that name something: words with a capital within it, identifiers, years.
pub(super) fn names_of(question: &str) -> Vec<String> {
    let name = |(at, word): (usize, &str)| {
        let digits = word.chars().filter(char::is_ascii_digit).count() >= 3;
        digits || at > 0 && word.starts_with(char::is_uppercase)
    };
    let words = question.unicode_words().enumerate().filter(|one| name(*one));
    words.flat_map(|(_, word)| terms_of(word)).collect()
}

/// The names of the months in the dates of a file's name.
pub(super) fn months_of(filename: &str) -> String {
    let numbers: Vec<&str> =
        filename.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).collect();
    let is_year =
        |run: &str| run.len() == 4 && run.parse().is_ok_and(|year: u32| (1900..2100).contains(&year));
    let month =
        |run: &&str| run.len() == 2 && run.parse().is_ok_and(|month: usize| (1..=12).contains(&month));
    let Some(year) = numbers.iter().position(|run| is_year(run)) else { return String::new() };
    let before = || year.checked_sub(1).and_then(|at| numbers.get(at));
    let number = numbers.get(year + 1).filter(|run| month(run)).or_else(|| before().filter(|run| month(run)));
    let number = number.and_then(|number| number.parse().ok());
    number.map_or_else(String::new, |number| docent_words::month_names(number).join(" "))
}

#[cfg(test)]
mod tests {
    use super::super::sentences::split;
    use super::*;

    fn heads(text: &str, first: bool) -> Vec<String> {
        let pieces = split(text);
        let heads = lines(&pieces, first);
        pieces.into_iter().zip(heads).filter(|(_, head)| *head).map(|(piece, _)| piece.text).collect()
    }

    #[test]
    fn the_lines_at_the_head_of_a_document_only_name_it() {
        let text = "Charter of the ferry Lutra\n\nCharter no. LF-88\n\nbetween Aune Lines (the Owner) and Brook \
                    Tours, Pier 4 (the Charterer).\n\nThe ferry is handed over at the north pier.\n\nPier 4";
        let named = heads(text, true);
        assert_eq!(named.len(), 3, "{named:?}");
        assert!(named[2].starts_with("between"), "{named:?}");
        assert_eq!(heads(text, false), ["Charter no. LF-88"], "a number names it wherever it stands");
        assert_eq!(heads("The ferry is fast.\n\nLF-88-2031", false), ["LF-88-2031"]);
        assert!(heads("Mast: 12 m\n\nColour: red", false).is_empty());
    }

    #[test]
    fn the_head_of_a_mail_is_told() {
        let lines = ["Subject: The kiln", "From: Ida", "To: Bo", "Dear Bo,", "Date: today"];
        assert_eq!(lines_of_mail(lines.into_iter()), 3);
        assert_eq!(lines_of_mail(["To: Bo", "Mast: 12 m"].into_iter()), 0);
        assert!(is_asked_of_mail("Who sent the mail?") && !is_asked_of_mail("Who fired the kiln?"));
    }

    #[test]
    fn what_stands_at_the_head_may_be_asked_for() {
        assert!(is_asked_for("Who are the parties to the Lutra charter?"));
        assert!(!is_asked_for("Who cleans the Lutra?"));
        assert!(heads("Charter no. LF-88\n\nPayable by: 3 May", true).len() == 1);
    }

    #[test]
    fn names_are_told_from_other_words() {
        assert_eq!(names_of("When does the Lutra charter LF-88-2031 end in May 2031?").len(), 5);
        assert!(names_of("Who steers it?").is_empty());
    }

    #[test]
    fn dates_in_names_of_files_have_months() {
        assert!(months_of("council_2031-06-18.md").contains("june"));
        assert!(months_of("Rat 18.06.2031.md").contains("juni"));
        assert!(months_of("giunta_2031-06-18.md").contains("giugno"));
        assert_eq!(months_of("rules_2031.md") + &months_of("v2.10.md"), "");
    }
}
