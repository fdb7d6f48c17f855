//! Questions after the document that says something: "in which document does it say that …", "wo steht, …". The words around
//! what is looked for say nothing of it, so they are taken off before it is searched; the answer is the document by its
//! title and its file, and the sentence.

use serde_json::json;

use super::Told;
use crate::engine::Inner;
use crate::follow::Completed;
use crate::language::Language;
use crate::turn::Plan;
use docent_domain::Fault;
use docent_domain::source::Source;

/// Beginnings, longest first where one begins another, without what stands between them and what is looked for.
const WRAPPERS: &[&str] = &[
    "in which {document} does it say",
    "in which {document} is it said",
    "in which {document} is it written",
    "in which {document} is it stated",
    "in which {document} do i find",
    "in which {document} can i find",
    "in which {document} do we find",
    "in which {document} can we find",
    "in which {document} is there",
    "in what {document} do i find",
    "in what {document} can i find",
    "in what {document} does it say",
    "which {document} do i find",
    "which {document} can i find",
    "which {document} says",
    "which {document} states",
    "which {document} mentions",
    "which {document} tells",
    "which {document} explains",
    "which {document} describes",
    "which {document} specifies",
    "which {document} contains",
    "which {document} covers",
    "which {document} has",
    "which {document} talks about",
    "which {document} deals with",
    "what {document} says",
    "what {document} states",
    "what {document} mentions",
    "what {document} explains",
    "what {document} describes",
    "what {document} contains",
    "what {document} covers",
    "where do i find",
    "where can i find",
    "where do we find",
    "where can we find",
    "where do i read",
    "where can i read",
    "where does it say",
    "where is it written",
    "where is it stated",
    "where is it said",
    "where is it documented",
    "where is it laid down",
    "where is it set out",
    "where is it recorded",
    "where do we have it in writing",
    "where do i have it in writing",
    "where have we got it in writing",
    "where do we have in writing",
    "where do we list",
    "where do we keep",
    "where do we record",
    "where do we note",
    "where do we write down",
    "where did we list",
    "where did we record",
    "where did we note",
    "where did we write down",
    "where have we listed",
    "where have we recorded",
    "wo führen wir",
    "wo halten wir fest",
    "wo haben wir festgehalten",
    "wo verzeichnen wir",
    "in welchem {document} steht",
    "in welcher {document} steht",
    "in welchem {document} finde ich",
    "in welcher {document} finde ich",
    "in welchem {document} finden wir",
    "in welcher {document} finden wir",
    "in welchem {document} ist geregelt",
    "in welchem {document} geht es um",
    "in welcher {document} geht es um",
    "welches {document} sagt",
    "welches {document} enthält",
    "welches {document} nennt",
    "welches {document} beschreibt",
    "welches {document} regelt",
    "welches {document} erklärt",
    "welche {document} enthält",
    "welche {document} nennt",
    "welche {document} beschreibt",
    "wo finde ich",
    "wo finden wir",
    "wo steht geschrieben",
    "wo haben wir schriftlich",
    "wo haben wir es schriftlich",
    "wo ist schriftlich festgehalten",
    "wo steht",
    "wo kann ich nachlesen",
    "wo ist geregelt",
    "wo ist festgelegt",
    "dans quel {document} est-il dit",
    "dans quel {document} trouve-t-on",
    "dans quel {document} se trouve",
    "dans quel {document} est-il écrit",
    "quel {document} dit",
    "quel {document} mentionne",
    "où est-il dit",
    "où est-il écrit",
    "où puis-je trouver",
    "où trouver",
    "en qué {document} dice",
    "en qué {document} se dice",
    "en qué {document} está",
    "en qué {document} se menciona",
    "qué {document} dice",
    "qué {document} menciona",
    "dónde dice",
    "dónde puedo encontrar",
    "dónde encuentro",
    "in quale {document} si dice",
    "in quale {document} si trova",
    "quale {document} dice",
    "dove trovo",
    "dove si trova scritto",
    "in welk {document} staat",
    "welk {document} zegt",
    "waar staat",
    "waar vind ik",
];

/// What a document is called in them: words for any document, and not for one kind.
const DOCUMENTS: &[&str] = &[
    "document",
    "documents",
    "file",
    "files",
    "doc",
    "paper",
    "pdf",
    "text",
    "dokument",
    "datei",
    "schriftstück",
    "unterlage",
    "fichier",
    "documento",
    "archivo",
    "bestand",
];

/// Words behind them that stand in the middle: "in which document is X mentioned".
const FRAMES: &[(&str, &[&str])] = &[
    (
        "in which {document} is",
        &[
            "mentioned",
            "described",
            "stated",
            "explained",
            "regulated",
            "defined",
            "documented",
            "written",
            "listed",
        ],
    ),
    ("in which {document} are", &["mentioned", "described", "explained", "regulated", "defined", "listed"]),
    (
        "where is",
        &["mentioned", "described", "stated", "explained", "regulated", "documented", "written down"],
    ),
    ("where are", &["mentioned", "described", "explained", "regulated", "documented", "written down"]),
    ("in welchem {document} ist", &["geregelt", "beschrieben", "erwähnt", "festgelegt", "zu finden"]),
    ("in welchem {document} wird", &["geregelt", "beschrieben", "erwähnt", "genannt", "erklärt"]),
    ("in welchem {document} werden", &["geregelt", "beschrieben", "erwähnt", "genannt", "erklärt"]),
    ("wo ist", &["geregelt", "beschrieben", "dokumentiert", "nachzulesen", "festgehalten"]),
    ("wo sind", &["geregelt", "beschrieben", "dokumentiert", "nachzulesen", "festgehalten"]),
];

/// Beginnings of any other question after the document in which something was said or done: "in which file were the fees
/// raised?"
const SAID_OR_DONE: &[&str] = &[
    "in which {document} is",
    "in which {document} are",
    "in which {document} was",
    "in which {document} were",
    "in which {document} has",
    "in which {document} have",
    "in which {document} did",
    "in which {document} do",
    "in which {document} does",
    "in what {document} is",
    "in what {document} was",
    "in what {document} were",
    "in welchem {document} wird",
    "in welchem {document} werden",
    "in welchem {document} wurde",
    "in welchem {document} wurden",
    "in welchem {document} ist",
    "in welchem {document} sind",
    "in welchem {document} haben",
    "in welchem {document} hat",
    "in welcher {document} wird",
    "in welcher {document} werden",
    "in welcher {document} wurde",
    "in welcher {document} wurden",
    "in welcher {document} ist",
    "in welcher {document} sind",
    "in welcher {document} haben",
    "in welcher {document} hat",
];

/// Beginnings of what is remembered, and ends that ask where it stood: "I read that …, where was that?"
const REMEMBERED: &[&str] = &[
    "i remember reading",
    "i remember",
    "i have read",
    "i read somewhere",
    "i read",
    "i saw",
    "i once read",
    "somewhere it says",
    "somewhere it said",
    "ich habe gelesen",
    "ich erinnere mich",
    "ich las",
    "irgendwo steht",
    "irgendwo stand",
    "j'ai lu",
    "je me souviens",
    "he leído",
    "leí",
    "recuerdo haber leído",
];
const WHERE_WAS_IT: &[&str] = &[
    "in what was that",
    "in which was that",
    "what was that in",
    "where was that",
    "where is that",
    "where did i read that",
    "where did i see that",
    "where does it say that",
    "where does it say so",
    "where is that written",
    "where was that written",
    "which document was that",
    "which document was that in",
    "in which document was that",
    "in which file was that",
    "which file was that",
    "which file was that in",
    "wo war das",
    "wo stand das",
    "wo steht das",
    "wo habe ich das gelesen",
    "in welchem dokument war das",
    "in welchem dokument stand das",
    "in welcher datei war das",
    "où était-ce",
    "c'était où",
    "dans quel document était-ce",
    "dónde era",
    "dónde lo leí",
    "en qué documento era",
];

/// What may stand between them and what is looked for.
const JOINTS: &[&str] = &[
    "that",
    "about",
    "something about",
    "anything about",
    "information about",
    "information on",
    "of",
    "on",
    "dass",
    "daß",
    "etwas über",
    "etwas zu",
    "über",
    "que",
    "che",
    "dat",
];

/// The best passage is quoted from so likely on: that some document says it is taken for granted by the question.
const LEAST: f64 = 0.08;

/// What is looked for, without the words around it; `None` for any other question.
pub(in super::super) fn asked(question: &str) -> Option<String> {
    let bare = question.trim().trim_start_matches('¿').trim_end_matches(['?', '!', '.', ' ']);
    if let Some(inner) = remembered(bare) {
        return Some(inner);
    }
    let framed = || {
        FRAMES.iter().find_map(|(frame, ends)| {
            let rest = behind(bare, frame)?;
            ends.iter().find_map(|end| without_end(rest, end))
        })
    };
    let done = || SAID_OR_DONE.iter().find_map(|beginning| behind(bare, beginning));
    let rest = WRAPPERS.iter().find_map(|wrapper| behind(bare, wrapper)).or_else(framed).or_else(done)?;
    let rest = rest.trim_start_matches([',', ':', ' ']);
    let inner = JOINTS.iter().filter_map(|joint| behind(rest, joint)).min_by_key(|rest| rest.len());
    let inner = inner.unwrap_or(rest).trim_start_matches([',', ':', ' ']).trim();
    (inner.split_whitespace().count() >= 2).then(|| inner.to_owned())
}

/// Words that a sentence has at least.
const SENTENCE: usize = 4;

/// What a question ends by asking the place of.
fn remembered(bare: &str) -> Option<String> {
    let cut = |end: &&str| {
        let lower = bare.to_lowercase();
        (lower.len() == bare.len() && lower.ends_with(*end)).then(|| &bare[..bare.len() - end.len()])
    };
    let before =
        WHERE_WAS_IT.iter().filter_map(cut).min_by_key(|rest| rest.len())?.trim_end_matches('¿').trim_end();
    let said = before.trim_end_matches(['-', '–', '—', ',', ';', ':', '.', '?', ' ']);
    // It is a question of its own, and not the end of another one.
    if said.len() == before.len() {
        return None;
    }
    let remembered = REMEMBERED.iter().filter_map(|words| behind(said, words)).min_by_key(|rest| rest.len());
    let least = if remembered.is_some() { 2 } else { SENTENCE };
    let rest = remembered.unwrap_or(said).trim_start_matches([',', ':', ' ']);
    let inner = JOINTS.iter().filter_map(|joint| behind(rest, joint)).min_by_key(|rest| rest.len());
    let inner = inner.unwrap_or(rest).trim_start_matches([',', ':', ' ']).trim();
    (inner.split_whitespace().count() >= least).then(|| inner.to_owned())
}

/// What stands behind these words, whatever a document is called in them.
fn behind<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    match words.split_once("{document}") {
        None => without_beginning(text, words.trim()),
        Some((before, after)) => {
            let rest = without_beginning(text, before.trim())?;
            let rest = DOCUMENTS.iter().find_map(|name| without_beginning(rest, name))?;
            without_beginning(rest, after.trim())
        }
    }
}

/// Word by word: what a text begins with is left out, whatever its case.
fn without_beginning<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    let mut rest = text.trim_start_matches([' ', ',']);
    for word in words.split_whitespace() {
        let end = rest.find([' ', ',', ':']).unwrap_or(rest.len());
        let (first, behind) = rest.split_at(end);
        if first.to_lowercase() != word {
            return None;
        }
        rest = behind.trim_start();
    }
    Some(rest)
}

fn without_end<'a>(text: &'a str, end: &str) -> Option<&'a str> {
    let cut = text.len().checked_sub(end.len())?;
    let ends = text.is_char_boundary(cut) && text[cut..].eq_ignore_ascii_case(end);
    (ends && text[..cut].ends_with(' ')).then(|| text[..cut].trim_end())
}

impl Inner {
    /// The document that says what is looked for, with the sentence; `None` for any other question and where no passage
    /// is near enough.
    pub(in super::super) async fn whereabouts(
        &self,
        plan: &Plan,
        language: &'static Language,
    ) -> Result<Option<Told>, Fault> {
        let Some(inner) = asked(&plan.content) else { return Ok(None) };
        let completed = Completed { text: inner.clone(), own: inner.clone(), about: String::new() };
        let asking = plan.asking(completed);
        let (found, near) = self.found(&asking, &inner).await?;
        let best = found.sources.iter().map(|source| source.score).fold(0.0, f64::max);
        if !found.relevant && best < LEAST {
            return Ok(None);
        }
        let account = json!({ "query": inner, "relevant": found.relevant, "search": found.trace });
        let piece = self.quoted(&asking, &[], (found.sources, near), language, account).await?;
        let cited =
            (1..).zip(&piece.sources).filter(|(number, _)| piece.text.contains(&format!("[{number}]")));
        let mut cited: Vec<(usize, &Source)> = cited.collect();
        cited.sort_by_key(|(number, _)| piece.text.find(&format!("[{number}]")));
        let mut names: Vec<String> = Vec::new();
        for (_, source) in &cited {
            let name = self.called(plan, source).await?;
            if !names.contains(&name) {
                names.push(name);
            }
        }
        if names.is_empty() {
            return Ok(None);
        }
        let text = format!("{}: {}", names.join(", "), piece.text);
        Ok(Some(Told { text, sources: piece.sources, answered: true, account: piece.account }))
    }

    /// A document by its title, where it has one, and its file.
    async fn called(&self, plan: &Plan, source: &Source) -> Result<String, Fault> {
        let key = (source.document, source.generation, source.chunk_index);
        let chunks = self.parts.store.read().await?.live_chunks(&plan.scope, plan.project, &[key]).await?;
        let title = chunks.into_iter().next().and_then(|chunk| chunk.title);
        let plain = |text: &str| text.replace(['*', '[', ']', '`', '\n'], " ").trim().to_owned();
        let file = plain(&source.filename);
        Ok(match title.as_deref().map(plain).filter(|title| !title.is_empty() && *title != file) {
            Some(title) => format!("**{title}** ({file})"),
            None => format!("**{file}**"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_around_what_is_looked_for_are_taken_off() {
        for (question, inner) in [
            ("Which document says that visitors wear a badge?", "visitors wear a badge"),
            ("In which file do I find the opening hours of the sauna?", "the opening hours of the sauna"),
            ("where can i find something about lost keys", "lost keys"),
            ("In which document is the loading ramp mentioned?", "the loading ramp"),
            ("Where is the cleaning of the filters described?", "the cleaning of the filters"),
            ("In welchem Dokument steht, wer die Sauna putzt?", "wer die Sauna putzt"),
            ("Wo steht, dass Besucher einen Ausweis tragen?", "Besucher einen Ausweis tragen"),
            ("Wo ist der Winterdienst geregelt?", "der Winterdienst"),
            ("Dans quel document est-il dit que le sauna ferme tôt ?", "le sauna ferme tôt"),
            (
                "I remember reading that the sauna is being moved - where was that?",
                "the sauna is being moved",
            ),
            ("The sauna closes at nine. Which document was that in?", "The sauna closes at nine"),
            ("Irgendwo stand, dass die Sauna umzieht: wo war das?", "die Sauna umzieht"),
            ("where do we list the spare keys of the sauna?", "the spare keys of the sauna"),
            ("Where do we have it in writing that guests pay for lost keys?", "guests pay for lost keys"),
            ("In which paper were the fees of the sauna raised?", "the fees of the sauna raised"),
            ("In welcher Datei wurden die Gebühren der Sauna gesenkt?", "die Gebühren der Sauna gesenkt"),
        ] {
            assert_eq!(asked(question).as_deref(), Some(inner), "{question}");
        }
    }

    #[test]
    fn other_questions_are_left_alone() {
        for question in [
            "Where is the sauna?",
            "Which documents are there?",
            "Which contract says that rent is due on Mondays?",
            "What does the document say about badges?",
            "Wo ist der Schlüssel?",
            "Where do I find it?",
            "The sauna, where was that?",
            "Who knows where was that?",
        ] {
            assert_eq!(asked(question), None, "{question}");
        }
    }
}
