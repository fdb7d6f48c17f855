//! What a document is about, in short, without a model: what each of its parts says, the first and those that tell what it
//! is for before all. The document is meant by its file's name, by its title, or, of a mail, by who wrote it.

use serde_json::json;
use unicode_segmentation::UnicodeSegmentation;

use super::selection::{among, best_named};
use super::summary::SHELF;
use super::texts::Text;
use super::{Told, number_in, source};
use crate::engine::Inner;
use crate::language::Language;
use crate::phrase::{names_in, words_of};
use crate::turn::Plan;
use docent_domain::source::Source;
use docent_domain::{DocumentId, Fault};
use docent_models::{Gist, gist_of, terms_of};
use docent_store::{Shelved, ShownChunk};

/// Statements of one answer.
const STATEMENTS: usize = 6;

/// Passages of a document that are read for one.
const PASSAGES: i64 = 400;

/// Documents that the search found and whose beginnings are looked at.
const LOOKED_AT: usize = 5;

const HEAD: Text = Text::new("What {} is about:", "Worum es in {} geht:");

/// How such questions begin.
const OPENINGS: &[&str] = &[
    "worum geht es",
    "worum geht",
    "wovon handelt",
    "um was geht es",
    "was steht in kurz",
    "de quoi parle",
    "de quoi traite",
    "de qué trata",
    "di cosa parla",
    "di cosa tratta",
    "do que trata",
    "waar gaat",
    "tldr",
    "tl dr",
];

/// What may stand in them anywhere.
const PHRASES: &[&str] = &["gist of", "in a nutshell", "worum es in", "worum es im"];

/// What a mail is called.
const MAILS: &[&str] = &[
    "email",
    "e-mail",
    "mail",
    "emails",
    "e-mails",
    "mails",
    "thread",
    "correspondence",
    "message",
    "nachricht",
    "mailverkehr",
    "mailwechsel",
    "schriftwechsel",
    "courriel",
    "correo",
];

/// Words of the question that say nothing of the document.
const EMPTY: &[&str] = &[
    "about", "gist", "nutshell", "short", "brief", "briefly", "document", "file", "give", "worum", "geht",
    "wovon", "handelt", "kurz", "dokument", "datei", "please", "bitte", "parle", "traite", "trata", "parla",
    "tratta", "gaat", "tldr",
];

/// Whether the question asks what a document is about.
pub(super) fn asked(question: &str) -> bool {
    // What was completed from the talk stands in brackets at the end.
    let question = question.split(" (").next().unwrap_or(question);
    let words: Vec<String> = question.unicode_words().map(str::to_lowercase).collect();
    let text = format!("{} ", words.join(" "));
    let opens = OPENINGS.iter().any(|opening| text.starts_with(&format!("{opening} ")));
    opens || PHRASES.iter().any(|phrase| text.contains(&format!("{phrase} "))) || is_what_about(&words)
}

/// "what is … about", "what's the letter about, in short".
fn is_what_about(words: &[String]) -> bool {
    let is = |word: &String| matches!(word.as_str(), "is" | "was" | "are" | "were");
    let begins = match words {
        [first, second, _, ..] if first == "what" => is(second),
        [first, _, ..] => matches!(first.as_str(), "what's" | "whats" | "what’s"),
        _ => false,
    };
    let brief = |word: &&String| {
        matches!(
            word.as_str(),
            "in" | "short" | "brief" | "briefly" | "please" | "a" | "few" | "words" | "all"
        )
    };
    begins && words.iter().rev().find(|word| !brief(word)).is_some_and(|word| word == "about")
}

impl Inner {
    /// `None` where the question names no document, so that it is looked up.
    pub(super) async fn about(&self, plan: &Plan, language: &Language) -> Result<Option<Told>, Fault> {
        let mut tx = self.parts.store.read().await?;
        let shelf = tx.shelf(&plan.scope, plan.project, SHELF).await?;
        drop(tx);
        let shelf = among(&shelf, plan.options.documents.as_deref());
        let named = match shelf[..] {
            [only] => Some(DocumentId::from(only.id)),
            _ => best_named(&plan.content, shelf.clone()).map(|it| DocumentId::from(it.id)),
        };
        let chunks = match named {
            Some(document) => self.read_for(plan, document).await?,
            None => self.spoken_of(plan, &shelf).await?.unwrap_or_default(),
        };
        let Some(first) = chunks.first() else { return Ok(None) };
        let title = first.title.as_deref().filter(|title| !title.is_empty());
        let name =
            title.map_or_else(|| first.filename.clone(), |title| format!("{} ({title})", first.filename));
        let mut text = HEAD.with(language.code, &[&name.replace(['[', ']'], "")]);
        text.push('\n');
        let mut sources: Vec<Source> = Vec::new();
        for (gist, chunk) in gists(&chunks, STATEMENTS) {
            text.push_str(&line(&gist, chunk, &mut sources));
        }
        if sources.is_empty() {
            return Ok(None);
        }
        let account = json!({ "document": first.document_id, "passages": chunks.len() });
        Ok(Some(Told { text, sources, answered: true, account }))
    }

    async fn read_for(&self, plan: &Plan, document: DocumentId) -> Result<Vec<ShownChunk>, Fault> {
        let mut tx = self.parts.store.read().await?;
        Ok(tx.live_passages(&plan.scope, plan.project, document, -1, PASSAGES).await?)
    }

    /// Of what the search finds the one document whose name, title, headings or first lines have everything that the
    /// question names.
    async fn spoken_of(&self, plan: &Plan, shelf: &[&Shelved]) -> Result<Option<Vec<ShownChunk>>, Fault> {
        let wanted = wanted(&plan.content);
        if wanted.is_empty() {
            return Ok(None);
        }
        let mail = plan.content.unicode_words().any(|word| MAILS.contains(&word.to_lowercase().as_str()));
        let is_mail = |id: DocumentId| {
            shelf.iter().any(|it| {
                DocumentId::from(it.id) == id && matches!(it.format.as_str(), "eml" | "msg" | "mbox")
            })
        };
        let mut documents: Vec<DocumentId> = Vec::new();
        for source in self.found(plan, &plan.content).await?.0.sources {
            if !documents.contains(&source.document) && (!mail || is_mail(source.document)) {
                documents.push(source.document);
            }
        }
        let mut fits: Vec<Vec<ShownChunk>> = Vec::new();
        for document in documents.into_iter().take(LOOKED_AT) {
            let chunks = self.read_for(plan, document).await?;
            if called(&chunks, mail).is_some_and(|there| wanted.iter().all(|term| there.contains(term))) {
                fits.push(chunks);
            }
        }
        // Two that fit alike: none is meant for certain.
        Ok(fits.pop().filter(|_| fits.is_empty()))
    }
}

/// The terms of the question that a document is told by: its names, or, where it has none, all.
fn wanted(question: &str) -> Vec<String> {
    let words = words_of(question);
    let says = |lower: &str| !EMPTY.contains(&lower) && !MAILS.contains(&lower);
    let names: Vec<&str> = names_in(&words)
        .into_iter()
        .flat_map(|run| words[run].iter().filter(|word| says(&word.lower)).map(|word| word.text))
        .collect();
    if !names.is_empty() {
        return terms_of(&names.join(" "));
    }
    let all: Vec<&str> =
        words.iter().filter(|word| word.has_content() && says(&word.lower)).map(|word| word.text).collect();
    terms_of(&all.join(" "))
}

/// What a document is called, and, of a mail, who wrote to whom.
fn called(chunks: &[ShownChunk], mail: bool) -> Option<Vec<String>> {
    let first = chunks.first()?;
    let name = first.filename.replace(['_', '-', '.'], " ");
    let title = first.title.as_deref().unwrap_or_default();
    let heading = first.heading.as_deref().unwrap_or_default();
    let lines: usize = if mail { 8 } else { 2 };
    let begins: Vec<&str> = first.text.lines().filter(|line| !line.trim().is_empty()).take(lines).collect();
    Some(terms_of(&format!("{name} {title} {heading} {}", begins.join(" "))))
}

/// What the parts of a document say, each with the passage that it stands in.
pub(super) fn gists(chunks: &[ShownChunk], most: usize) -> Vec<(Gist, &ShownChunk)> {
    let texts: Vec<String> = chunks.iter().map(|chunk| chunk.text.clone()).collect();
    let gists = gist_of(&texts, most).into_iter();
    gists.filter_map(|gist| chunks.get(gist.passage).map(|chunk| (gist, chunk))).collect()
}

/// A line of a list.
pub(super) fn line(gist: &Gist, chunk: &ShownChunk, sources: &mut Vec<Source>) -> String {
    let number = number_in(sources, source(chunk));
    let heading = gist.heading.as_deref().map(|heading| heading.replace(['[', ']', '*'], ""));
    let heading = heading.map(|heading| format!("**{heading}**: ")).unwrap_or_default();
    format!("\n- {heading}{} [{}]", gist.text.replace(['[', ']'], ""), number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_after_what_a_document_is_about_are_told_by_their_words() {
        for question in [
            "What is the house rules document about?",
            "what is the mail from Ann Lee about, in short?",
            "What's lease.pdf about?",
            "Worum geht es in der Anleitung QX-30?",
            "give me the gist of lease.pdf",
            "De quoi parle le contrat Alder ?",
        ] {
            assert!(asked(question), "{question}");
        }
        for question in [
            "What about Hamburg?",
            "What is said about rent?",
            "What do you know about owls?",
            "Tell me about it",
        ] {
            assert!(!asked(question), "{question}");
        }
    }

    #[test]
    fn a_document_is_told_by_the_names_in_the_question() {
        assert_eq!(wanted("what is the mail thread with Ann Marsh about, in short?"), terms_of("Ann Marsh"));
        assert_eq!(wanted("What is the safety guide about?"), terms_of("safety guide"));
    }
}
