//! Questions of several parts: each is asked with what those before it name, also of the documents that answered those.

use serde_json::json;

use super::Told;
use super::pieces::{Gathered, Piece, as_it_is};
use super::standing::standing;
use super::texts::Text;
use crate::engine::Inner;
use crate::follow;
use crate::language::Language;
use crate::turn::Plan;
use docent_domain::source::Source;
use docent_domain::{DocumentId, Fault};
use docent_models::terms_of;

const NOTHING_ON: Text = Text::new("Nothing found on “{}”.", "Nichts gefunden zu „{}“.");

impl Inner {
    /// Each part with what those before it name.
    pub(super) async fn in_parts(
        &self,
        plan: &Plan,
        parts: &[String],
        before: &[&str],
        language: &'static Language,
    ) -> Result<Option<Told>, Fault> {
        let mut pieces: Vec<Piece> = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            let earlier: Vec<&str> = parts[..at].iter().map(String::as_str).collect();
            let asking = plan.asking(standing(part, &earlier));
            let piece = self.piece(&asking, before, language).await?;
            // What stands for all parts may not be what this one is about.
            let alone = !piece.answered && at > 0 && !follow::leans(part);
            let piece = match alone {
                true => self.piece(&plan.asking(as_it_is(part)), before, language).await?,
                false => piece,
            };
            let beside = self.of_the_same_documents(plan, part, &pieces, &piece, language).await?;
            pieces.push(beside.unwrap_or(piece));
        }
        if !pieces.iter().any(|piece| piece.answered) {
            return Ok(None);
        }
        if pieces.iter().any(|piece| !piece.answered) {
            self.out_of_the_whole(plan, parts, &mut pieces, language).await?;
        }
        let mut gathered = Gathered::default();
        for piece in pieces.iter().filter(|piece| piece.answered) {
            let text = gathered.add(piece);
            // One sentence may answer two parts.
            if !gathered.lines.contains(&text) {
                gathered.lines.push(text);
            }
        }
        for (part, _) in parts.iter().zip(&pieces).filter(|(_, piece)| !piece.answered) {
            let part = part.trim_end_matches(['?', ' ', '.']);
            gathered.lines.push(NOTHING_ON.with(language.code, &[part]));
        }
        Ok(Some(gathered.told(&pieces)))
    }

    /// What the documents that answered the parts before it say of a part that names no other: where one of their passages
    /// has half of its words, and more of them than what was found anywhere.
    async fn of_the_same_documents(
        &self,
        plan: &Plan,
        part: &str,
        earlier: &[Piece],
        piece: &Piece,
        language: &'static Language,
    ) -> Result<Option<Piece>, Fault> {
        let documents = documents_cited(earlier);
        let asked = terms_of(part);
        if documents.is_empty() || asked.is_empty() || names_something(part) {
            return Ok(None);
        }
        let has = |source: &Source| {
            let there = terms_of(&source.content);
            asked.iter().filter(|term| there.contains(term)).count()
        };
        let known = cited_in(piece).into_iter().map(has).max().unwrap_or(0);
        let asking = plan.asking(as_it_is(part)).within(documents);
        let (mut found, near) = self.found(&asking, part).await?;
        found.sources.retain(|source| 2 * has(source) >= asked.len() && has(source) > known);
        if found.sources.is_empty() {
            return Ok(None);
        }
        let account = json!({ "query": part, "relevant": true, "search": found.trace });
        let told = self.quoted(&asking, &[], (found.sources, near), language, account).await?;
        Ok(Some(told).filter(|told| told.answered))
    }

    /// Parts that say too little by themselves are answered out of what is found for all of them, where a passage has half of
    /// a part's own words, or a third if its document answers another part.
    async fn out_of_the_whole(
        &self,
        plan: &Plan,
        parts: &[String],
        pieces: &mut [Piece],
        language: &Language,
    ) -> Result<(), Fault> {
        let (found, _) = self.found(plan, &plan.content).await?;
        let answering = documents_cited(pieces);
        for (part, piece) in parts.iter().zip(pieces).filter(|(_, piece)| !piece.answered && found.relevant) {
            let asked = terms_of(part);
            let enough = |source: &&Source| {
                let there = terms_of(&source.content);
                let of = if answering.contains(&source.document) { 3 } else { 2 };
                of * asked.iter().filter(|term| there.contains(term)).count() >= asked.len()
            };
            let sources: Vec<Source> = found.sources.iter().filter(enough).cloned().collect();
            if !sources.is_empty() && !asked.is_empty() {
                let asking = plan.asking(as_it_is(part));
                *piece =
                    self.quoted(&asking, &[], (sources, Vec::new()), language, piece.account.clone()).await?;
            }
        }
        Ok(())
    }
}

/// The documents whose passages the answered pieces cite.
fn documents_cited(pieces: &[Piece]) -> Vec<DocumentId> {
    pieces.iter().flat_map(cited_in).map(|source| source.document).collect()
}

/// The passages that an answered piece cites.
fn cited_in(piece: &Piece) -> Vec<&Source> {
    let is_cited = |number: i32| piece.answered && piece.text.contains(&format!("[{number}]"));
    (1..).zip(&piece.sources).filter(|(number, _)| is_cited(*number)).map(|(_, source)| source).collect()
}

/// Whether a part names something of its own: a word with a capital within it, or a number.
fn names_something(part: &str) -> bool {
    let german = docent_words::guess(part) == Some(docent_words::Language::German);
    let is_name = |word: &str| {
        word.contains(|c: char| c.is_ascii_digit()) || !german && word.starts_with(char::is_uppercase)
    };
    part.split_whitespace().skip(1).any(is_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_names_something_or_not() {
        assert!(names_something("what does the QX-30 weigh?") && names_something("who runs Alder Mill?"));
        assert!(
            !names_something("how many days do we have?")
                && !names_something("wie viele Tage haben wir dafür?")
        );
    }
}
