//! Summaries of one document without a model: what each of its parts says most, quoted and cited.

use serde_json::json;

use super::texts::Text;
use super::{Told, source};
use crate::engine::Inner;
use crate::language::Language;
use crate::turn::Plan;
use docent_domain::source::Source;
use docent_domain::{DocumentId, Fault};
use docent_models::{summary_of, terms_of};
use docent_store::{Shelved, ShownChunk};

/// Parts of a summary.
const PARTS: usize = 8;

/// Passages that are read for one.
const PASSAGES: i64 = 2_000;

/// Documents whose names are looked at.
const SHELF: i64 = 10_000;

const HEAD: Text = Text::new("What {} says, part by part:", "Was {} sagt, Teil für Teil:");

impl Inner {
    /// The summary of the document that the question names; `None` where it names none.
    pub(super) async fn summary(&self, plan: &Plan, language: &Language) -> Result<Option<Told>, Fault> {
        let mut tx = self.parts.store.read().await?;
        let shelf = tx.shelf(&plan.scope, plan.project, SHELF).await?;
        let Some(meant) = meant(&plan.content, &shelf, plan.options.documents.as_deref()) else {
            return Ok(None);
        };
        let document = DocumentId::from(meant.id);
        let chunks = tx.live_passages(&plan.scope, plan.project, document, -1, PASSAGES).await?;
        drop(tx);
        let mut sources: Vec<Source> = Vec::new();
        let mut text = HEAD.with(language.code, &[&meant.filename]);
        text.push('\n');
        for part in parts(&chunks) {
            let texts: Vec<String> = part.iter().map(|chunk| chunk.text.clone()).collect();
            let Some(sentence) = summary_of(&texts, 1).into_iter().next() else { continue };
            let from =
                part.iter().find(|chunk| flat(&chunk.text).contains(&flat(&sentence))).or(part.first());
            let Some(chunk) = from else { continue };
            sources.push(source(chunk));
            let heading = chunk.heading.as_deref().and_then(|path| path.rsplit(" > ").next());
            let heading = heading.map(|heading| format!("**{heading}**: ")).unwrap_or_default();
            text.push_str(&format!("\n- {heading}{} [{}]", sentence.replace(['[', ']'], ""), sources.len()));
        }
        if sources.is_empty() {
            return Ok(None);
        }
        let account = json!({ "document": meant.id, "passages": chunks.len() });
        Ok(Some(Told { text, sources, answered: true, account }))
    }
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The document that the question names; the only one where there is no other.
pub(in super::super) fn meant<'a>(
    question: &str,
    shelf: &'a [Shelved],
    only: Option<&[DocumentId]>,
) -> Option<&'a Shelved> {
    let mut shelf = among(shelf, only);
    if shelf.len() == 1 {
        return shelf.pop();
    }
    best_named(question, shelf)
}

/// Those of the shelf that the question may be after.
pub(super) fn among<'a>(shelf: &'a [Shelved], only: Option<&[DocumentId]>) -> Vec<&'a Shelved> {
    shelf.iter().filter(|it| only.is_none_or(|only| only.contains(&DocumentId::from(it.id)))).collect()
}

/// The document whose name has the most words of the question, if it is one.
pub(super) fn best_named<'a>(question: &str, shelf: Vec<&'a Shelved>) -> Option<&'a Shelved> {
    let asked = terms_of(&question.replace(['_', '-', '.'], " "));
    let score = |shelved: &Shelved| {
        let name = shelved.filename.rsplit_once('.').map_or(shelved.filename.as_str(), |(name, _)| name);
        let words = terms_of(&name.replace(['_', '-', '.'], " "));
        let hits = words.iter().filter(|word| asked.contains(word)).count();
        if 2 * hits >= words.len() { hits } else { 0 }
    };
    let best = shelf.iter().map(|shelved| score(shelved)).max().filter(|best| *best > 0)?;
    let mut fits = shelf.into_iter().filter(|shelved| score(shelved) == best);
    // Two that fit alike: none is meant for certain.
    fits.next().filter(|_| fits.next().is_none())
}

/// The passages under each heading of the upper level, or, without headings, in about equal shares.
fn parts(chunks: &[ShownChunk]) -> Vec<&[ShownChunk]> {
    let top = |chunk: &ShownChunk| {
        let path = chunk.heading.as_deref().unwrap_or_default();
        path.split(" > ").take(2).collect::<Vec<_>>().join(" > ")
    };
    let sections: Vec<&[ShownChunk]> = chunks.chunk_by(|a, b| top(a) == top(b)).collect();
    if (3..=PARTS).contains(&sections.len()) {
        return sections;
    }
    let size = chunks.len().div_ceil(PARTS).max(1);
    chunks.chunks(size).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shelved(id: i64, filename: &str) -> Shelved {
        Shelved {
            id,
            live_generation: 1,
            filename: filename.to_owned(),
            username: "ann".to_owned(),
            created_at: 0,
            page_count: None,
            format: "md".to_owned(),
        }
    }

    #[test]
    fn a_document_is_meant_by_its_name() {
        let shelf =
            [shelved(1, "office-rules.md"), shelved(2, "lease_hamburg.pdf"), shelved(3, "lease_leipzig.pdf")];
        let named = |question: &str| meant(question, &shelf, None).map(|it| it.id);
        assert_eq!(named("Summarise the document office-rules.md"), Some(1));
        assert_eq!(named("Summarise the Hamburg lease"), Some(2));
        assert_eq!(named("Summarise the lease"), None);
        assert_eq!(meant("Summarise it", &shelf, Some(&[3.into()])).map(|it| it.id), Some(3));
    }
}
