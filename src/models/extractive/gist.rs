//! What a document says in short: of each of its parts the sentence that says most of it. What stands around the text
//! (addresses, who was there, greetings) says nothing.

use super::sentences::{self, Kind};
use super::terms::{Weights, terms_of};
use super::{choose, sentences::Piece};

/// Characters of a line that may be a heading.
const HEADING: usize = 70;

/// Parts of a text without headings.
const SHARES: usize = 4;

/// A statement of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gist {
    /// Which of the passages it stands in.
    pub passage: usize,
    /// What its part is called.
    pub heading: Option<String>,
    pub text: String,
}

/// A part of a document: what it is called, and its sentences with the passages that they stand in.
#[derive(Debug, Default)]
struct Part {
    heading: Option<String>,
    said: Vec<(usize, String)>,
    rows: usize,
}

/// The statements of a document, at most `most`, in their order. `passages` are those of the whole document.
pub fn gist_of(passages: &[String], most: usize) -> Vec<Gist> {
    let mut parts = parts(passages);
    if parts.len() > 1 {
        // What stands before the first heading may be the title, which has no end.
        parts[0].said.retain(|(_, text)| text.ends_with(['.', '!', '?', '。']));
    }
    parts.retain(|part| !part.said.is_empty());
    if parts.len() == 1 {
        parts = shared(parts.remove(0));
    }
    let all: Vec<Vec<String>> =
        parts.iter().flat_map(|part| &part.said).map(|(_, text)| terms_of(text)).collect();
    let weights = Weights::of(&all);
    let mut gists: Vec<(usize, Gist)> = parts.iter().filter_map(|part| best(part, &weights)).collect();
    // Of many parts those that say most.
    while gists.len() > most {
        // The first tells what it is about, and so does one that says what it is for.
        let told = |at: usize, gist: &Gist| at == 0 || gist.heading.as_deref().is_some_and(is_purpose);
        let may_go = gists.iter().enumerate().filter(|(at, (_, gist))| !told(*at, gist));
        let Some((least, _)) = may_go.min_by_key(|(_, (length, _))| *length) else { break };
        gists.remove(least);
    }
    gists.truncate(most);
    gists.into_iter().map(|(_, gist)| gist).collect()
}

/// The heading of a part that says what a document is for.
fn is_purpose(heading: &str) -> bool {
    const PURPOSES: &[&str] = &[
        "purpose",
        "scope",
        "summary",
        "abstract",
        "introduction",
        "overview",
        "objective",
        "objectives",
        "zweck",
        "geltungsbereich",
        "zusammenfassung",
        "einleitung",
        "überblick",
        "gegenstand",
        "ziel",
        "objet",
        "résumé",
        "but",
        "introducción",
        "objeto",
        "resumen",
        "scopo",
        "oggetto",
        "doel",
        "samenvatting",
    ];
    heading.to_lowercase().split(|c: char| !c.is_alphabetic()).any(|word| PURPOSES.contains(&word))
}

/// The sentence that says most of its part, with how much the part says.
fn best(part: &Part, weights: &Weights) -> Option<(usize, Gist)> {
    let terms: Vec<Vec<String>> = part.said.iter().map(|(_, text)| terms_of(text)).collect();
    let mut wanted: Vec<String> = terms.iter().flatten().cloned().collect();
    wanted.extend(part.heading.iter().flat_map(|heading| terms_of(heading)));
    let at = choose(&wanted, &terms, weights, &vec![0; terms.len()], 1).into_iter().next()?;
    let (passage, text) = part.said.get(at)?.clone();
    let text = sentences::quotable(&text);
    Some((wanted.len(), Gist { passage, heading: part.heading.clone(), text }))
}

/// One part in about equal shares.
fn shared(part: Part) -> Vec<Part> {
    let size = part.said.len().div_ceil(SHARES).max(1);
    let share = |said: &[(usize, String)]| Part { heading: None, said: said.to_vec(), rows: 0 };
    part.said.chunks(size).map(share).collect()
}

/// The parts of a document as its headings and items divide it.
fn parts(passages: &[String]) -> Vec<Part> {
    let mut parts = vec![Part::default()];
    for (passage, text) in passages.iter().enumerate() {
        let mut open = String::new();
        for line in text.lines().map(str::trim) {
            if let Some(heading) = heading(line) {
                close(&mut parts, passage, &mut open);
                let same = parts.last().is_some_and(|part| part.heading.as_deref() == Some(heading));
                if !same {
                    parts.push(Part { heading: Some(heading.to_owned()), ..Part::default() });
                }
            } else {
                open.push_str(line);
                open.push('\n');
            }
        }
        close(&mut parts, passage, &mut open);
    }
    parts
}

/// What was gathered goes to the part that is open; what passages have in common once.
fn close(parts: &mut [Part], passage: usize, open: &mut String) {
    let Some(part) = parts.last_mut() else { return };
    let text = plain(open);
    open.clear();
    for Piece { text, kind } in sentences::split(&text) {
        let row = kind == Kind::Row;
        // Of a table the first row tells what it is about.
        if (row && part.rows > 0) || is_around(&text) || part.said.iter().any(|(_, known)| *known == text) {
            continue;
        }
        part.rows += usize::from(row);
        part.said.push((passage, text));
    }
}

/// Lines of a header and of an address, and what was quoted from earlier mails, are left out.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for line in text.lines().filter(|line| !line.starts_with('>')) {
        if let Some(subject) = label(line).filter(|label| SUBJECTS.contains(label)) {
            plain.push_str(line[subject.len()..].trim_start_matches([':', ' ']));
            plain.push_str("\n\n");
        } else if is_label(line) || is_greeting(line) {
            plain.push('\n');
        } else {
            plain.push_str(line);
            plain.push('\n');
        }
    }
    plain
}

const SUBJECTS: &[&str] =
    &["subject", "re", "betreff", "betrifft", "objet", "asunto", "oggetto", "assunto", "onderwerp"];

/// What stands before a colon in headers of minutes, mails and letters.
const LABELS: &[&str] = &[
    "from",
    "to",
    "cc",
    "bcc",
    "date",
    "sent",
    "attachments",
    "attachment",
    "present",
    "attendees",
    "attendance",
    "apologies",
    "absent",
    "chair",
    "location",
    "place",
    "venue",
    "time",
    "participants",
    "distribution",
    "minutes",
    "author",
    "status",
    "version",
    "page",
    "next meeting",
    "phone",
    "tel",
    "fax",
    "e-mail",
    "email",
    "iban",
    "vat",
    "von",
    "an",
    "kopie",
    "datum",
    "gesendet",
    "anlagen",
    "anlage",
    "anwesend",
    "teilnehmer",
    "teilnehmende",
    "entschuldigt",
    "abwesend",
    "ort",
    "zeit",
    "leitung",
    "protokoll",
    "protokollführung",
    "verteiler",
    "telefon",
    "stand",
    "seite",
    "nächste sitzung",
    "de",
    "à",
    "présents",
    "excusés",
    "lieu",
    "fecha",
    "para",
    "asistentes",
    "lugar",
    "data",
    "presenti",
    "presentes",
    "aanwezig",
    "afwezig",
    "plaats",
];

/// The word or two before a line's first colon, in lower case, as it stands at the beginning of the line.
fn label(line: &str) -> Option<&str> {
    let (before, _) = line.split_once(':')?;
    let known =
        |list: &'static [&'static str]| list.iter().find(|label| before.to_lowercase() == **label).copied();
    known(SUBJECTS).or_else(|| known(LABELS))
}

fn is_label(line: &str) -> bool {
    label(line).is_some()
}

fn is_greeting(line: &str) -> bool {
    const GREETINGS: &[&str] = &[
        "dear ",
        "hello ",
        "hi ",
        "kind regards",
        "best regards",
        "regards",
        "yours ",
        "sincerely",
        "best wishes",
        "thank you",
        "sehr geehrte",
        "liebe ",
        "lieber ",
        "guten tag",
        "hallo ",
        "mit freundlichen",
        "viele grüße",
        "beste grüße",
        "on mon, ",
        "on tue, ",
        "on wed, ",
        "on thu, ",
        "on fri, ",
        "on sat, ",
        "on sun, ",
        "am mo, ",
        "cher ",
        "chère ",
        "madame",
        "monsieur",
        "cordialement",
        "estimad",
        "saludos",
        "gentile ",
        "cordiali saluti",
        "caro ",
        "geachte ",
        "beste ",
        "met vriendelijke",
    ];
    let lower = line.to_lowercase();
    line.chars().count() <= HEADING && GREETINGS.iter().any(|greeting| lower.starts_with(greeting))
}

/// Names and figures without a verb among them: an address, a footer, a list of who was there.
fn is_around(sentence: &str) -> bool {
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let high = |word: &&&str| {
        let bare = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        bare.is_empty()
            || bare.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            || word.contains('@')
    };
    let count = words.iter().filter(high).count();
    let labels = words.iter().filter(|word| label(word).is_some()).count();
    words.len() < 3 || 4 * count >= 3 * words.len() && !sentence.contains(": ") || labels >= 2
}

/// The heading that a line is: marked as one, numbered, or short and without an end.
fn heading(line: &str) -> Option<&str> {
    if let Some(marked) = line.strip_prefix('#') {
        return Some(marked.trim_start_matches('#').trim()).filter(|text| !text.is_empty());
    }
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').len();
    let rest = line[digits..].trim_start_matches([')', ' ']);
    let numbered =
        digits > 0 && line.as_bytes()[0].is_ascii_digit() && line[digits..].starts_with([' ', ')']);
    let short = rest.chars().count() <= HEADING
        && !rest.ends_with(['.', ',', ';', ':', '?', '!'])
        && !rest.contains('|');
    let begins =
        rest.starts_with(char::is_uppercase) || rest.starts_with(|c: char| c.is_ascii_digit() && numbered);
    (numbered && short && begins && rest.split_whitespace().count() <= 10).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(passages: &[&str], most: usize) -> Vec<String> {
        let passages: Vec<String> = passages.iter().map(|text| (*text).to_owned()).collect();
        let line = |gist: Gist| {
            let heading = gist.heading.map(|heading| format!("{heading}: ")).unwrap_or_default();
            format!("{} {heading}{}", gist.passage, gist.text)
        };
        gist_of(&passages, most).into_iter().map(line).collect()
    }

    #[test]
    fn each_item_of_minutes_has_its_statement_and_the_header_none() {
        let first = "Harbour Club | internal\n\nMinutes of the committee\nDate: 4 May 2021, 18:00, club house\n\
            Present: Ann Lee (chair), Bo Dahl, Cy Webb. Apologies: Di Marsh.\n\n\
            1 Minutes of 6 April\nApproved without changes.\n\n2 Jetty\n\
            The jetty is repaired in June. The planks cost 4,200 euros and come from Alder Mills.\n\n3 Fees";
        let second =
            "3 Fees\nThe fee for guests rises to 12 euros from July on.\n\nNext meeting: 1 June 2021";
        assert_eq!(
            said(&[first, second], 8),
            [
                "0 Minutes of 6 April: Approved without changes.",
                "0 Jetty: The planks cost 4,200 euros and come from Alder Mills.",
                "1 Fees: The fee for guests rises to 12 euros from July on.",
            ]
        );
        assert_eq!(said(&[first, second], 2).len(), 2);
    }

    #[test]
    fn of_a_mail_the_text_counts_and_not_who_wrote_it() {
        let mail = "Subject: Late delivery of the sails\nFrom: Ann Lee <ann@club.example>\nTo: Bo Dahl <bo@mill.example>\n\
            Date: 2021-05-04\n\nDear Bo,\n\nthe sails come two weeks late because the loom broke. We take 80 euros off the \
            price.\n\nKind regards\nAnn Lee\n\nOn Tue, 4 May 2021 at 09:12, Bo wrote:\n> Where are my sails?";
        let gists = said(&[mail], 8);
        assert!(gists.iter().any(|gist| gist.contains("two weeks late")), "{gists:?}");
        assert!(gists.iter().any(|gist| gist.contains("Late delivery of the sails")), "{gists:?}");
        let around = ["ann@club", "Kind regards", "Where are my sails", "Dear"];
        assert!(!gists.iter().any(|gist| around.iter().any(|part| gist.contains(part))), "{gists:?}");
    }

    #[test]
    fn sections_keep_their_order_and_odd_texts_do_no_harm() {
        let guide = "# Kites\n\n# 1 Purpose\n\nThis guide tells how kites are built and flown.\n\n# 2 Frame\n\n\
            The frame is made of ash. It is glued twice.";
        assert_eq!(
            said(&[guide], 8),
            [
                "0 1 Purpose: This guide tells how kites are built and flown.",
                "0 2 Frame: The frame is made of ash."
            ]
        );
        assert!(said(&[], 8).is_empty() && said(&["", "\n"], 8).is_empty());
        assert!(!said(&[&"word and more. ".repeat(5_000)], 8).is_empty());
    }
}
