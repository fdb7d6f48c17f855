//! Summaries of one document without a model: what each of its parts says most, quoted and cited.

use serde_json::json;

use super::about;
use super::selection::{Asked, Meant};
use super::summaries::Picked;
use super::texts::Text;
use super::{Told, number_in, source};
use crate::changes::sections;
use crate::engine::Inner;
use crate::language::Language;
use crate::turn::Plan;
use docent_domain::source::Source;
use docent_domain::{DocumentId, Fault};
use docent_models::summary_of;
use docent_store::{Shelved, ShownChunk};

/// Parts of a summary.
const PARTS: usize = 8;

/// Passages of a document whose parts are told apart by its own lines.
const SHORT: usize = 16;

/// Passages that are read for one.
const PASSAGES: i64 = 2_000;

/// Documents whose names are looked at.
pub(in super::super) const SHELF: i64 = 10_000;

const HEAD: Text = Text::new("What {} says, part by part:", "Was {} sagt, Teil für Teil:");
const HEAD_PARTIAL: Text = Text::new(
    "What {} says, part by part, as far as it has been read:",
    "Was {} sagt, Teil für Teil, so weit es gelesen ist:",
);

impl Inner {
    /// The summary that the question asks for; `None` where it is not certain of what.
    pub(super) async fn summary(
        &self,
        plan: &Plan,
        asked: &Asked<'_>,
        language: &Language,
    ) -> Result<Option<Told>, Fault> {
        let mut tx = self.parts.store.read().await?;
        let shelf = tx.shown_shelf(&plan.scope, plan.project, SHELF).await?;
        drop(tx);
        match asked.meant(&shelf, plan.options.documents.as_deref()) {
            Some(Meant::One(document)) if asked.skip == 0 => self.of_one(plan, document, language).await,
            Some(Meant::Several(documents)) => {
                let picked = Picked { documents, skip: asked.skip, looked_at: shelf.len() };
                self.of_several(plan, &picked, language).await.map(Some)
            }
            _ => Ok(None),
        }
    }

    /// `None` where there is nothing that can be quoted.
    async fn of_one(
        &self,
        plan: &Plan,
        document: &Shelved,
        language: &Language,
    ) -> Result<Option<Told>, Fault> {
        let id = DocumentId::from(document.id);
        let mut tx = self.parts.store.read().await?;
        let chunks = tx.shown_passages(&plan.scope, plan.project, id, PASSAGES).await?;
        drop(tx);
        // Long texts take a while: others have their turn meanwhile.
        let quoting = tokio::task::spawn_blocking(move || {
            let (mut lines, mut sources) = (String::new(), Vec::new());
            if chunks.len() <= SHORT {
                for (gist, chunk) in about::gists(&chunks, PARTS) {
                    lines.push_str(&about::line(&gist, chunk, &mut sources));
                }
            }
            if sources.is_empty() {
                for quote in parts(&chunks, PARTS).into_iter().flat_map(|part| quotes(part, 1)) {
                    lines.push_str(&quote.line(&mut sources));
                }
            }
            (lines, sources, chunks.len())
        });
        let (lines, sources, passages) = quoting.await.map_err(Fault::internal)?;
        if sources.is_empty() {
            return Ok(None);
        }
        let head = if document.partial { &HEAD_PARTIAL } else { &HEAD };
        let text = format!("{}\n{lines}", head.with(language.code, &[&document.filename]));
        let account = json!({ "document": document.id, "passages": passages });
        Ok(Some(Told { text, sources, answered: true, account }))
    }
}

/// A sentence of a document, and where it stands.
pub(super) struct Quote {
    pub(super) sentence: String,
    pub(super) heading: Option<String>,
    source: Source,
}

impl Quote {
    /// A line of a list, with the number that its source has in the end.
    pub(super) fn line(&self, sources: &mut Vec<Source>) -> String {
        let number = number_in(sources, self.source.clone());
        let heading = self.heading.as_ref().map(|heading| format!("**{heading}**: ")).unwrap_or_default();
        // Its own numbers in square brackets would read as citations.
        let sentence = self.sentence.replace('[', "(").replace(']', ")");
        format!("\n- {heading}{sentence} [{number}]")
    }
}

/// The sentences that say most about a part, in their order.
pub(super) fn quotes(part: &[ShownChunk], most: usize) -> Vec<Quote> {
    let texts: Vec<String> = part.iter().map(|chunk| chunk.text.clone()).collect();
    let quote = |sentence: String| {
        let wanted = flat(&sentence);
        let chunk = part.iter().find(|chunk| flat(&chunk.text).contains(&wanted)).or(part.first())?;
        let heading = title_of(chunk, &sentence);
        Some(Quote { sentence, heading, source: source(chunk) })
    };
    summary_of(&texts, most).into_iter().filter_map(quote).collect()
}

/// The title of the section that a sentence of the passage stands in: a passage may go over several.
fn title_of(chunk: &ShownChunk, sentence: &str) -> Option<String> {
    let base = chunk.heading.as_deref().unwrap_or_default();
    let (wanted, parts) = (flat(sentence), sections(&chunk.text, base));
    let path = parts.iter().find(|(_, text)| flat(text).contains(&wanted)).map_or(base, |(path, _)| path);
    path.rsplit(" > ").next().filter(|title| !title.is_empty()).map(str::to_owned)
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The passages under each heading of the upper level, or, without headings, in about equal shares; `most` parts.
pub(super) fn parts(chunks: &[ShownChunk], most: usize) -> Vec<&[ShownChunk]> {
    let top = |chunk: &ShownChunk| {
        let path = chunk.heading.as_deref().unwrap_or_default();
        path.split(" > ").take(2).collect::<Vec<_>>().join(" > ")
    };
    let sections: Vec<&[ShownChunk]> = chunks.chunk_by(|a, b| top(a) == top(b)).collect();
    if (3..=most).contains(&sections.len()) {
        return sections;
    }
    let size = chunks.len().div_ceil(most).max(1);
    chunks.chunks(size).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_stands_below_its_own_heading() {
        let mut chunk = ShownChunk {
            document_id: 1,
            generation: 1,
            position: 0,
            filename: "rules.md".to_owned(),
            text: "## Meals\n\nMeals are free.\n\n## Tea\n\nTea\ncosts 2 euros.".to_owned(),
            page: None,
            heading: Some("Rules > Meals".to_owned()),
            start_offset: 0,
            end_offset: 52,
            language: None,
            header: None,
            title: None,
            partial: false,
        };
        let title = |chunk: &ShownChunk, sentence| title_of(chunk, sentence).unwrap_or_default();
        assert_eq!(title(&chunk, "Meals are free."), "Meals");
        assert_eq!(title(&chunk, "Tea costs 2 euros."), "Tea");
        assert_eq!(title(&chunk, "Worded otherwise."), "Meals");
        chunk.heading = None;
        chunk.text = "Tea is free.".to_owned();
        assert_eq!(title(&chunk, "Tea is free."), "");
    }
}
