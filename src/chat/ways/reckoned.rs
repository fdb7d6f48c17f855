//! Questions whose answer is reckoned from cells and sentences of several places, each of them cited.

use std::sync::Arc;

use serde_json::json;

use super::whole::{Whole, documents_of};
use super::{Told, number_in, source};
use crate::engine::Inner;
use crate::language::Language;
use crate::reckon::{Paper, Reckoned, are_called_alike, asks_for_a_cell, crossed, is_asked, reckon};
use crate::turn::Plan;
use docent_domain::source::Source;
use docent_domain::{DocumentId, Fault};
use docent_store::Shelved;

/// Documents that are read, in the order in which the search found them, and other editions of those.
const DOCUMENTS: usize = 10;
const EDITIONS: usize = 4;

/// Places of one line that are cited.
const CITED: usize = 8;

impl Inner {
    /// What is reckoned; `None` where nothing is asked to be, and where it is not sure with what.
    pub(in super::super) async fn reckoned(
        &self,
        plan: &Plan,
        language: &'static Language,
    ) -> Result<Option<Told>, Fault> {
        if !plan.model.quotes() || !is_asked(&plan.content) {
            return Ok(None);
        }
        let found = self.farther(plan).await?;
        let documents = documents_of(&found, plan, DOCUMENTS);
        let mut wholes = self.wholes(plan, &documents).await?;
        wholes.extend(self.wholes(plan, &self.editions_of(plan, &documents).await?).await?);
        let question = plan.content.clone();
        // Long tables take a while: others have their turn meanwhile.
        let reckoning = tokio::task::spawn_blocking(move || {
            let wholes: Vec<&Whole> = wholes.iter().collect();
            let papers: Vec<Paper> = wholes.iter().map(|whole| whole.paper()).collect();
            reckon(&question, &papers, language.code).map(|reckoned| told(&reckoned, &wholes))
        });
        reckoning.await.map_err(Fault::internal)
    }

    /// What stands where a row and a column cross that the question names, in one of these documents, which are
    /// read already: of one that has editions in the latest.
    pub(super) async fn crossing(
        &self,
        plan: &Plan,
        documents: &[DocumentId],
        wholes: &Arc<Vec<Whole>>,
        language: &Language,
    ) -> Result<Option<Told>, Fault> {
        if documents.is_empty() || !plan.model.quotes() || !asks_for_a_cell(&plan.content) {
            return Ok(None);
        }
        let editions = self.wholes(plan, &self.editions_of(plan, documents).await?).await?;
        let (question, code, wholes) = (plan.content.clone(), language.code, Arc::clone(wholes));
        let crossing = tokio::task::spawn_blocking(move || {
            let wholes: Vec<&Whole> = wholes.iter().chain(&editions).collect();
            let papers: Vec<Paper> = wholes.iter().map(|whole| whole.paper()).collect();
            crossed(&question, &papers, code).map(|crossed| told(&crossed, &wholes))
        });
        crossing.await.map_err(Fault::internal)
    }

    /// The other editions of these documents.
    async fn editions_of(&self, plan: &Plan, documents: &[DocumentId]) -> Result<Vec<DocumentId>, Fault> {
        let shelf = self.shelf_of(plan).await?;
        let is_known = |shelved: &Shelved| documents.contains(&DocumentId::from(shelved.id));
        let of_them: Vec<&Shelved> = shelf.iter().filter(|it| is_known(it)).collect();
        let editions = shelf.iter().filter(|it| !is_known(it));
        let editions =
            editions.filter(|it| of_them.iter().any(|one| are_called_alike(&one.filename, &it.filename)));
        Ok(editions.take(EDITIONS).map(|it| it.id.into()).collect())
    }
}

fn told(reckoned: &Reckoned, wholes: &[&Whole]) -> Told {
    let mut sources: Vec<Source> = Vec::new();
    let mut lines: Vec<String> = Vec::new();
    for said in &reckoned.lines {
        let mut markers: Vec<String> = Vec::new();
        for (document, start) in &said.places {
            let passage = wholes.get(*document).and_then(|whole| whole.passage(*start));
            if let Some(passage) = passage.filter(|_| markers.len() < CITED) {
                let marker = format!("[{}]", number_in(&mut sources, source(passage)));
                if !markers.contains(&marker) {
                    markers.push(marker);
                }
            }
        }
        let space = if markers.is_empty() { "" } else { " " };
        lines.push(format!("{}{space}{}", said.text, markers.concat()));
    }
    let places: Vec<_> =
        reckoned.lines.iter().flat_map(|said| &said.places).map(|(_, start)| start).collect();
    let account = json!({ "reckoned": reckoned.way, "places": places });
    Told { text: lines.join("\n"), sources, answered: true, account }
}

#[cfg(test)]
mod tests {
    use super::super::tests::chunk;
    use super::*;

    #[test]
    fn what_is_reckoned_cites_the_passages_of_its_cells() {
        let text = "# Berths\n\n| Berth | Quay | Fee (£) |\n|---|---|---|\n| B1 | North | 310 |\n| B2 | North | 290 |\n| B3 | South | 120 |\n";
        let mut passage = chunk(0, text);
        passage.end_offset = i64::try_from(text.chars().count()).unwrap();
        let whole = Whole::of_passages(vec![passage]);
        let question = "What do the two North berths cost together?";
        let reckoned = reckon(question, &[whole.paper()], "en").expect("a sum");
        let told = told(&reckoned, &[&whole]);
        insta::assert_snapshot!(told.text, @"**£600** = £310 + £290 (Fee (£): 2 rows: North; suppliers.md) [1]");
        assert_eq!(told.sources.len(), 1);
    }

    #[test]
    fn what_asks_for_no_reckoning_is_not_reckoned() {
        assert!(!is_asked("Who is the harbour master?"));
        assert!(is_asked("By how much did the fee of berth B1 go up from 2021 to 2022?"));
    }
}
