//! Which documents a summary is asked of, told by the words of the question.

use super::kind::{self, Kind};
use super::summaries::SHOWN;
use docent_domain::DocumentId;
use docent_models::terms_of;
use docent_store::Shelved;

/// What a question for a summary says of the documents that are meant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in super::super) struct Selection {
    /// Its words that may stand in their names.
    terms: Vec<String>,
    /// It asks for more than one.
    several: bool,
    /// It asks for all that there are.
    whole: bool,
    /// It points at those that were chosen.
    these: bool,
}

/// The documents that are meant.
#[derive(Debug, PartialEq, Eq)]
pub(in super::super) enum Meant<'a> {
    One(&'a Shelved),
    Several(Vec<&'a Shelved>),
}

/// A summary that is asked for.
pub(in super::super) struct Asked<'a> {
    pub(in super::super) question: &'a str,
    selection: Selection,
    /// Documents that answers before this one have told of.
    pub(in super::super) skip: usize,
}

/// How a question for a summary begins.
const OPENINGS: &[&str] = &[
    "summarise",
    "summarize",
    "sum up",
    "give me a summary",
    "give us a summary",
    "give a summary",
    "write a summary",
    "make a summary",
    "give me an overview",
    "give us an overview",
    "give an overview",
    "fasse",
    "fass",
    "zusammenfassung",
    "überblick über",
    "übersicht über",
    "gib mir einen überblick",
    "gib mir eine übersicht",
    "gib uns einen überblick",
    "gib einen überblick",
    "résume",
    "résumez",
    "résumer",
    "resume",
    "resumir",
    "riassumi",
];

/// What may stand anywhere in it.
const PHRASES: &[&str] = &[
    "summary of",
    "overview of",
    "zusammenfassung von",
    "zusammenfassung des",
    "zusammenfassung der",
    "zusammenfassung aller",
    "main points of",
    "key points of",
    "résumé de",
    "résumé des",
    "resumen de",
    "riassunto di",
    "samenvatting van",
];

/// What may stand before it.
const POLITE: &[&str] =
    &["please", "can", "could", "would", "you", "bitte", "kannst", "könntest", "können", "du", "sie"];

/// More than one document.
const DOCUMENTS: &[&str] = &[
    "documents",
    "files",
    "uploads",
    "pdfs",
    "dokumente",
    "dokumenten",
    "dateien",
    "unterlagen",
    "documents",
    "fichiers",
    "documentos",
    "archivos",
    "documenti",
    "documenten",
    "bestanden",
];

const EVERYTHING: &[&str] = &[
    "everything",
    "alles",
    "project",
    "collection",
    "projekt",
    "projekts",
    "projektes",
    "sammlung",
    "projet",
    "proyecto",
    "progetto",
    "projeto",
];

const THESE: &[&str] = &[
    "these",
    "those",
    "this",
    "chosen",
    "selected",
    "diese",
    "diesen",
    "dieser",
    "ausgewählten",
    "gewählten",
    "ces",
    "estos",
    "estas",
    "questi",
    "queste",
    "deze",
];

/// Articles, and words for how many, that ask for more than one.
const SEVERAL: &[&str] = &[
    "all",
    "every",
    "each",
    "both",
    "these",
    "those",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "alle",
    "aller",
    "allen",
    "sämtliche",
    "sämtlicher",
    "jede",
    "jedes",
    "jeden",
    "beide",
    "beiden",
    "diese",
    "diesen",
    "die",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "tous",
    "toutes",
    "ces",
    "les",
    "chaque",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "todos",
    "todas",
    "estos",
    "estas",
    "los",
    "las",
    "cada",
    "tutti",
    "tutte",
    "questi",
    "queste",
    "deze",
    "elk",
    "drie",
];

/// What makes a question for a summary of the words, and says nothing of any document.
const FORM: &[&str] = &[
    "summarise",
    "summarize",
    "summary",
    "summaries",
    "sum",
    "up",
    "overview",
    "give",
    "write",
    "make",
    "short",
    "brief",
    "briefly",
    "please",
    "would",
    "whole",
    "entire",
    "main",
    "key",
    "points",
    "document",
    "file",
    "fasse",
    "fass",
    "fassen",
    "zusammen",
    "zusammenfassen",
    "zusammenfassung",
    "zusammenfassungen",
    "überblick",
    "übersicht",
    "gib",
    "kurz",
    "kurze",
    "bitte",
    "mir",
    "kannst",
    "könntest",
    "können",
    "du",
    "dokument",
    "datei",
    "ganze",
    "gesamte",
    "résume",
    "résumez",
    "résumer",
    "résumé",
    "resume",
    "resumir",
    "resumen",
    "riassumi",
    "riassunto",
    "samenvatting",
];

/// Behind these stands what a text is about, and not what it is.
const ABOUT: &[&str] = &[
    "about",
    "regarding",
    "concerning",
    "on",
    "with",
    "in",
    "for",
    "to",
    "zum",
    "zur",
    "zu",
    "bezüglich",
    "hinsichtlich",
    "für",
    "mit",
    "im",
];

/// `None` for questions after something else.
pub(super) fn asked(words: &[String]) -> Option<Selection> {
    let polite = words.iter().take_while(|word| is(word, POLITE)).count();
    let text = format!(" {} ", words[polite..].join(" "));
    let opens = OPENINGS.iter().any(|opening| text.starts_with(&format!(" {opening} ")));
    let says = PHRASES.iter().any(|phrase| text.contains(&format!(" {phrase} ")));
    // "Kannst du … zusammenfassen", "Vat … samen".
    let ends = text.ends_with(" zusammenfassen ") || (text.starts_with(" vat ") && text.ends_with(" samen "));
    if !opens && !says && !ends {
        return None;
    }
    let named: Vec<&str> = words.iter().filter(|word| is_name(word)).map(String::as_str).collect();
    let terms = terms_of(&named.join(" "));
    let has = |list: &[&str]| words.iter().any(|word| is(word, list));
    Some(Selection {
        several: has(SEVERAL) || has(DOCUMENTS) || named.iter().any(|word| is_plural(word)),
        whole: terms.is_empty() && (has(DOCUMENTS) || has(EVERYTHING) || text.ends_with(" all ")),
        these: points(words),
        terms,
    })
}

fn is(word: &str, list: &[&str]) -> bool {
    list.contains(&word)
}

/// Whether a word may be one of a document's name.
fn is_name(word: &str) -> bool {
    let formal = [FORM, DOCUMENTS, EVERYTHING, THESE, SEVERAL].iter().any(|list| is(word, list));
    // How many there are, and no year.
    let few = word.len() <= 2 && word.chars().all(|c| c.is_ascii_digit());
    !formal && !few && !matches!(word, "vat" | "samen")
}

/// In English; other languages say it with the article.
fn is_plural(word: &str) -> bool {
    word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us")
}

/// "these", and all that is named is the noun behind it: "the notice periods of these" asks for something in them.
fn points(words: &[String]) -> bool {
    let Some(at) = words.iter().position(|word| is(word, THESE)) else { return false };
    let (before, behind) = words.split_at(at);
    let named =
        |words: &[String]| words.iter().filter(|word| is_name(word)).any(|word| !terms_of(word).is_empty());
    let about = behind.iter().position(|word| is(word, ABOUT)).unwrap_or(behind.len());
    !named(before) && !named(&behind[about..])
}

/// The summary that a question asks for: it itself, or, where it asks for more, the one before it.
pub(in super::super) fn summary_asked<'a>(question: &'a str, before: &[&'a str]) -> Option<Asked<'a>> {
    match kind::of(question) {
        Kind::Summarise(selection) => Some(Asked { question, selection, skip: 0 }),
        Kind::More => {
            let (question, shown) = continued(before)?;
            let Kind::Summarise(selection) = kind::of(question) else { return None };
            Some(Asked { question, selection, skip: shown * SHOWN })
        }
        _ => None,
    }
}

/// The question whose rest is asked for, and how many answers there were to it.
pub(super) fn continued<'a>(before: &[&'a str]) -> Option<(&'a str, usize)> {
    let rests = before.iter().rev().take_while(|question| kind::of(question) == Kind::More).count();
    let question = *before.iter().rev().nth(rests)?;
    Some((question, rests + 1))
}

impl Asked<'_> {
    /// The documents of the shelf that are meant, of those that were chosen where some were; `None` if that is not certain.
    pub(in super::super) fn meant<'a>(
        &self,
        shelf: &'a [Shelved],
        chosen: Option<&[DocumentId]>,
    ) -> Option<Meant<'a>> {
        let shelf = among(shelf, chosen);
        if let [only] = shelf[..] {
            return Some(Meant::One(only));
        }
        let mut fits = self.fitting(&shelf, chosen.is_some());
        match fits.len() {
            0 => best_named(self.question, shelf).map(Meant::One),
            1 => fits.pop().map(Meant::One),
            _ => Some(Meant::Several(fits)),
        }
    }

    fn fitting<'a>(&self, shelf: &[&'a Shelved], chosen: bool) -> Vec<&'a Shelved> {
        let Selection { terms, several, whole, these } = &self.selection;
        if *whole || (chosen && (*these || terms.is_empty())) {
            return shelf.to_vec();
        }
        let question = self.question.to_lowercase();
        let said = |it: &&&Shelved| it.filename.len() > 3 && question.contains(&it.filename.to_lowercase());
        let said: Vec<&Shelved> = shelf.iter().filter(said).copied().collect();
        if !said.is_empty() || !several || terms.is_empty() {
            return said;
        }
        shelf.iter().filter(|it| has_all(&it.filename, terms)).copied().collect()
    }
}

/// Those of the shelf that the question may be after.
pub(super) fn among<'a>(shelf: &'a [Shelved], only: Option<&[DocumentId]>) -> Vec<&'a Shelved> {
    shelf.iter().filter(|it| only.is_none_or(|only| only.contains(&DocumentId::from(it.id)))).collect()
}

/// The document whose name has the most words of the question, if it is one.
pub(super) fn best_named<'a>(question: &str, shelf: Vec<&'a Shelved>) -> Option<&'a Shelved> {
    let asked = words_of(question);
    let score = |shelved: &Shelved| {
        let words = words_of(bare(&shelved.filename));
        let hits = words.iter().filter(|word| asked.contains(word)).count();
        if 2 * hits >= words.len() { hits } else { 0 }
    };
    let best = shelf.iter().map(|shelved| score(shelved)).max().filter(|best| *best > 0)?;
    let mut fits = shelf.into_iter().filter(|shelved| score(shelved) == best);
    // Two that fit alike: none is meant for certain.
    fits.next().filter(|_| fits.next().is_none())
}

/// Whether each of the terms is in the name, also as a part of a compound.
fn has_all(filename: &str, terms: &[String]) -> bool {
    let words = words_of(bare(filename));
    let long = |term: &str| term.chars().count() >= 5;
    terms
        .iter()
        .all(|term| words.iter().any(|word| word == term || (long(term) && word.contains(term.as_str()))))
}

fn words_of(text: &str) -> Vec<String> {
    terms_of(&text.replace(['_', '-', '.'], " "))
}

/// Without its ending.
fn bare(filename: &str) -> &str {
    filename.rsplit_once('.').map_or(filename, |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use unicode_segmentation::UnicodeSegmentation;

    use super::*;
    use crate::ways::tests::shelved;

    const NAMES: &[&str] = &[
        "office-rules.md",
        "lease_hamburg.pdf",
        "lease_leipzig.pdf",
        "supplier-agreement-nordwind.pdf",
        "supplier agreement Alder.docx",
        "Brook_Supplier_Agreement_2024.pdf",
        "supplier-list.xlsx",
        "vorstandsprotokoll-maerz.md",
        "protokoll-april.md",
    ];

    fn meant(question: &str, chosen: Option<&[i64]>) -> String {
        let shelf: Vec<Shelved> = (1..).zip(NAMES).map(|(id, name)| shelved(id, name)).collect();
        let chosen: Option<Vec<DocumentId>> =
            chosen.map(|ids| ids.iter().copied().map(DocumentId::from).collect());
        let words: Vec<String> = question.unicode_words().map(str::to_lowercase).collect();
        let Some(selection) = asked(&words) else { return "other".to_owned() };
        let asked = Asked { question, selection, skip: 0 };
        let ids = match asked.meant(&shelf, chosen.as_deref()) {
            None => return "none".to_owned(),
            Some(Meant::One(it)) => return it.id.to_string(),
            Some(Meant::Several(all)) => all.iter().map(|it| it.id.to_string()).collect::<Vec<_>>(),
        };
        ids.join("+")
    }

    #[test]
    fn documents_are_meant_by_their_names() {
        for (question, documents) in [
            ("Summarise the document office-rules.md", "1"),
            ("Summarise the office rules", "1"),
            ("Please sum up the Hamburg lease", "2"),
            ("Summarise the lease", "none"),
            ("Summarise the leases", "2+3"),
            ("Summarise lease_hamburg.pdf and lease_leipzig.pdf", "2+3"),
            ("Summarise the three supplier agreements", "4+5+6"),
            ("Summarise the supplier agreement of Nordwind", "4"),
            ("Summarise the 3 supplier agreements of 2024", "6"),
            ("Give me an overview of all documents", "1+2+3+4+5+6+7+8+9"),
            ("Could you summarise everything?", "1+2+3+4+5+6+7+8+9"),
            ("Give me an overview of the project", "1+2+3+4+5+6+7+8+9"),
            ("Fasse alle Protokolle zusammen", "8+9"),
            ("Kannst du die Protokolle zusammenfassen?", "8+9"),
            ("Fasse alle Dokumente zusammen", "1+2+3+4+5+6+7+8+9"),
            ("Gib mir einen Überblick über alle Unterlagen", "1+2+3+4+5+6+7+8+9"),
            ("Résume tous les documents", "1+2+3+4+5+6+7+8+9"),
            ("Summarise all documents about steel", "none"),
            ("Summarise these", "none"),
            ("What do the supplier agreements say?", "other"),
            ("What is the sum of all files?", "other"),
            ("VAT number of Nordwind?", "other"),
        ] {
            assert_eq!(meant(question, None), documents, "{question}");
        }
    }

    #[test]
    fn chosen_documents_are_meant_unless_something_in_them_is() {
        for (question, documents) in [
            ("Summarise these", "2+3+7"),
            ("Summarise these three contracts", "2+3+7"),
            ("Fasse diese Verträge zusammen", "2+3+7"),
            ("Give me a summary", "2+3+7"),
            ("Summarise all documents", "2+3+7"),
            ("Summarise the leases", "2+3"),
            ("Summarise the Leipzig lease", "3"),
            ("Summarise the office rules", "none"),
            ("Summarise the termination clauses of these contracts", "none"),
            ("Summarise these contracts with regard to termination", "none"),
        ] {
            assert_eq!(meant(question, Some(&[2, 3, 7])), documents, "{question}");
        }
        assert_eq!(meant("Summarise it", Some(&[3])), "3");
    }

    #[test]
    fn the_rest_of_a_summary_is_asked_for_by_more() {
        let skip = |question, before: &[&'static str]| {
            summary_asked(question, before).map(|asked| (asked.question.to_owned(), asked.skip))
        };
        let all = "Summarise all documents";
        assert_eq!(skip(all, &[]), Some((all.to_owned(), 0)));
        assert_eq!(skip("show more", &["Why?", all]), Some((all.to_owned(), SHOWN)));
        assert_eq!(skip("more", &[all, "show more"]), Some((all.to_owned(), 2 * SHOWN)));
        assert_eq!(skip("more", &[all, "Which suppliers deliver steel?"]), None);
        assert_eq!(skip("more", &[]), None);
    }
}
