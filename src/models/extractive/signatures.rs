//! Who signed: the lines below a letter, a contract or an auditor's report, with place, date, firm and names.

use docent_domain::source::Source;
use unicode_segmentation::UnicodeSegmentation;

use super::asked::Wanted;
use super::terms::{presence, terms_of};

/// Lines of a signature, and characters of one.
const FEWEST: usize = 2;
const MOST: usize = 7;
const LONGEST: usize = 70;

/// Words of questions about those who signed or audited.
const SIGNING: &[&str] = &[
    "sign",
    "signs",
    "signed",
    "signing",
    "signatory",
    "signatories",
    "signature",
    "countersigned",
    "unterzeichnet",
    "unterzeichnete",
    "unterschrieben",
    "unterschrieb",
    "unterschrift",
    "unterzeichner",
    "signé",
    "signataire",
    "signataires",
    "firmó",
    "firmado",
];
const AUDITING: &[&str] = &[
    "audited",
    "auditor",
    "auditors",
    "audit",
    "abschlussprüfer",
    "abschlussprüferin",
    "wirtschaftsprüfer",
    "wirtschaftsprüferin",
    "prüfer",
    "prüferin",
    "prüfungsgesellschaft",
    "wirtschaftsprüfungsgesellschaft",
];

/// Beginnings by which a question asks for something that is said and not signed.
const OTHER: &[&str] = &[
    "what did",
    "what does",
    "what do",
    "what was the opinion",
    "why",
    "how",
    "was sagt",
    "was sagte",
    "warum",
    "wie",
    "is ",
    "did ",
    "does ",
    "was hat",
];

/// What a passage of an audit speaks of.
const OF_AUDITS: &[&str] =
    &["audit", "abschlussprüf", "bestätigungsvermerk", "wirtschaftsprüf", "commissaire aux comptes"];

/// The lines with which the passage that the question is about is signed: which passage, and the lines as one.
pub(super) fn answering(question: &str, wanted: Wanted, sources: &[Source]) -> Option<(usize, String)> {
    let lower = question.to_lowercase();
    let has = |list: &[&str]| lower.unicode_words().any(|word| list.contains(&word));
    let asks_else = OTHER.iter().any(|beginning| lower.starts_with(beginning));
    let of_kind = matches!(
        wanted,
        Wanted::Person | Wanted::Place | Wanted::Date | Wanted::Anything | Wanted::Definition
    );
    let (signing, auditing) = (has(SIGNING), has(AUDITING));
    if asks_else || !of_kind || !(signing || auditing) {
        return None;
    }
    let terms = terms_of(question);
    let mut best: Option<(f64, usize, String)> = None;
    for (at, source) in sources.iter().enumerate() {
        let of_audit = || {
            let text = source.content.to_lowercase();
            OF_AUDITS.iter().any(|word| text.contains(word))
        };
        if auditing && !of_audit() {
            continue;
        }
        let Some(block) = block_of(&source.content) else { continue };
        let name = super::candidates::name_in_words(&source.filename);
        let there =
            terms_of(&format!("{name} {} {}", source.heading.as_deref().unwrap_or_default(), source.content));
        let known: f64 = terms.iter().map(|term| presence(term, &there)).sum();
        if best.as_ref().is_none_or(|(most, ..)| known > *most) {
            best = Some((known, at, block));
        }
    }
    best.map(|(_, at, block)| (at, block))
}

/// The last lines of a text that are a signature: short, without an end, with a date, a firm or an office among them;
/// or a row that says who signs for whom.
pub(super) fn block_of(text: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    for_each_party(&lines).or_else(|| {
        let mut end = lines.len();
        // A number of a page or of the document may stand below.
        while end > 0 && !lines[end - 1].contains(' ') {
            end -= 1;
        }
        let count = lines[..end].iter().rev().take_while(|line| is_short(line)).take(MOST).count();
        let block = &lines[end - count..end];
        let first = block.iter().position(|line| is_signed_at(line) || marks_signature(line)).unwrap_or(0);
        let block = &block[first..];
        let signed = block.iter().any(|line| is_signed_at(line) || marks_signature(line));
        let named = block.iter().any(|line| is_firm(line) || is_office(line) || marks_signature(line));
        let alone = block.len() == 1 && marks_signature(block[0]);
        ((signed && named && block.len() >= FEWEST) || alone).then(|| block.join(" – "))
    })
}

/// "| For the buyer | For the seller |" above the names of those who sign.
fn for_each_party(lines: &[&str]) -> Option<String> {
    let cells = |line: &str| -> Vec<String> {
        line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
    };
    let is_party = |cell: &String| {
        let lower = cell.to_lowercase();
        ["for ", "für ", "pour ", "por ", "per "].iter().any(|word| lower.starts_with(word))
    };
    let at = lines.iter().rposition(|line| {
        let cells = cells(line);
        line.starts_with('|') && cells.len() >= 2 && cells.iter().all(is_party)
    })?;
    let (parties, names) = (cells(lines[at]), lines.get(at + 2)?);
    let names = cells(names);
    let pairs = parties.iter().zip(&names).map(|(party, name)| format!("{party}: {name}"));
    (names.len() == parties.len()).then(|| pairs.collect::<Vec<_>>().join("; "))
}

fn is_short(line: &str) -> bool {
    // "Birch Inc." ends with a short form, and not with a sentence.
    let last = line.split_whitespace().last().unwrap_or_default();
    let prose =
        line.ends_with([';', '?', '!']) || line.ends_with('.') && last.starts_with(char::is_lowercase);
    line.chars().count() <= LONGEST && !line.starts_with(['|', '#', '-', '*']) && !prose
}

/// "Leek, 4 May 2021": a place and a date.
fn is_signed_at(line: &str) -> bool {
    let Some((place, date)) = line.split_once(", ") else { return false };
    let place_is = place.starts_with(char::is_uppercase)
        && place.unicode_words().count() <= 4
        && !place.chars().any(|c| c.is_ascii_digit());
    let year = date.split(|c: char| !c.is_ascii_digit()).any(|run| run.len() == 4);
    place_is && year && date.unicode_words().count() <= 6 && Wanted::Date.is_in(date, "")
}

fn marks_signature(line: &str) -> bool {
    let lower = line.to_lowercase();
    ["signed", "gez.", "signé", "unterzeichnet", "(signed)", "sgd", "firmado", "unterschrift"]
        .iter()
        .any(|mark| lower.starts_with(mark))
}

fn is_firm(line: &str) -> bool {
    const FORMS: &[&str] = &[
        "llp",
        "lp",
        "llc",
        "plc",
        "ltd",
        "limited",
        "inc",
        "gmbh",
        "ag",
        "kg",
        "mbb",
        "mbh",
        "se",
        "sarl",
        "sa",
        "as",
        "asa",
        "ab",
        "bv",
        "nv",
        "oy",
        "spa",
        "partner",
        "partners",
        "revisjon",
        "wirtschaftsprüfungsgesellschaft",
    ];
    let last = line.unicode_words().next_back().map(str::to_lowercase);
    last.is_some_and(|word| FORMS.contains(&word.as_str()))
}

/// "Ann Lee, partner": a name of two words and more with an office behind it.
fn is_office(line: &str) -> bool {
    let Some((name, office)) = line.split_once(", ") else { return false };
    let words: Vec<&str> = name.split_whitespace().collect();
    let capital = |word: &&str| word.starts_with(char::is_uppercase);
    words.len() >= 2 && words.iter().all(capital) && !office.chars().any(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::super::tests::source;
    use super::*;

    const REPORT: &str = "Independent auditor's report\nWe have audited the statements of Alder Kilns plc. In our opinion they \
        are fair.\n\nLeek, 4 May 2021\n\nBirch & Tull LLP\n\nAnn Lee, engagement partner\n\n12";

    fn answer(question: &str, texts: &[&str]) -> Option<String> {
        let sources: Vec<Source> = texts.iter().map(|text| source(text)).collect();
        answering(question, Wanted::by(question), &sources).map(|(_, text)| text)
    }

    #[test]
    fn those_who_signed_stand_below_the_text() {
        let block = "Leek, 4 May 2021 – Birch & Tull LLP – Ann Lee, engagement partner";
        let other = "The kilns were audited by the safety board in May.";
        for question in [
            "Who audited Alder Kilns?",
            "In which city was the audit report signed?",
            "audit firm and signing person of Alder Kilns",
            "Which partner signed the audit report?",
            "Wer war Abschlussprüfer von Alder Kilns?",
        ] {
            assert_eq!(answer(question, &[other, REPORT]).as_deref(), Some(block), "{question}");
        }
        assert_eq!(answer("How much was the auditor paid?", &[REPORT]), None);
        assert_eq!(answer("Who runs Alder Kilns?", &[REPORT]), None);
        assert_eq!(answer("Who audited Alder Kilns?", &[other]), None);
    }

    #[test]
    fn parties_sign_in_a_row_or_below_a_mark() {
        let row = "Changes are made in writing.\n\n| For the Buyer | For the Seller |\n| --- | --- |\n| Ann Lee, Director | Bo Dahl, Partner |\n\nK-12";
        assert_eq!(
            answer("who signed for the seller?", &[row]).as_deref(),
            Some("For the Buyer: Ann Lee, Director; For the Seller: Bo Dahl, Partner")
        );
        let french = "Le dépôt est versé.\n\nSigné : Cy Webb, gérant";
        assert_eq!(answer("Who signed the contract?", &[french]).as_deref(), Some("Signé : Cy Webb, gérant"));
        assert_eq!(block_of("Dear Bo,\n\nthe sails come late.\n\nAnn"), None);
    }
}
