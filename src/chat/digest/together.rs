//! One summary of several documents: each is read as by itself, and kept as it is read, so that what was done once helps
//! the next time, also where a turn was stopped. The statements of all share one prompt.

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use futures_util::stream::{self, StreamExt, TryStreamExt};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::statement::{self, Statement};
use super::{AT_ONCE, By, Subject, note, part, passages_behind};
use crate::ending::Ending;
use crate::engine::Inner;
use crate::language::Language;
use crate::live::Live;
use crate::turn::{Plan, Talk};
use crate::ways::{Picked, Text, plain, source};
use docent_domain::source::Source;
use docent_domain::{DocumentId, Fault};
use docent_store::{Shelved, ShownChunk};

/// Parts that all documents of an answer are read in together, at most; of a document there are two in any case.
const PARTS: usize = 48;

/// Passages of all documents together that may be looked at for being read at once.
const FEW: i64 = 200;

/// Tokens of a document's name in a prompt.
const NAME: usize = 30;

const INCOMPLETE: Text = Text::new(
    "Still being read, so that this is not all that there is: {}.",
    "Wird noch gelesen, das ist also nicht alles: {}.",
);

/// One of the documents among the others.
struct Place {
    /// From 1.
    nth: usize,
    documents: usize,
    /// Parts that it is read in, at most.
    most: usize,
    /// Cancelled once all parts of the one before it have begun, and once its own have.
    before: Option<CancellationToken>,
    begun: CancellationToken,
}

/// What was taken from one of the documents.
struct Taken {
    document: DocumentId,
    filename: String,
    statements: Vec<Statement>,
    /// The passages that they stand on, in the order of the document.
    sources: Vec<Source>,
    passages: usize,
    kept: bool,
}

impl Inner {
    pub(super) async fn several_summed_up(
        &self,
        live: &Live,
        plan: &Plan,
        by: &By<'_>,
        question: &str,
        picked: &Picked<'_>,
    ) -> Result<Ending, Fault> {
        let shown = picked.shown();
        let ids: Vec<i64> = shown.iter().map(|it| it.id).collect();
        let account =
            json!({ "documents": ids, "of": picked.documents.len(), "looked_at": picked.looked_at });
        self.note_way(live, plan, "summary", account);
        let ending = if let Some(all) = self.few(plan, by, picked, &shown).await? {
            live.log.sources(all.clone());
            self.ask_model(live, plan, &Talk::default(), (all, Vec::new()), by.language).await?
        } else {
            live.log.sources(Vec::new());
            let taken = self.taken_together(live, plan, by, &shown).await?;
            self.all_put_together(live, plan, by, question, taken).await?
        };
        say_incomplete(live, &shown, by.language);
        for note in picked.notes(by.language.code) {
            say(live, &note);
        }
        Ok(ending)
    }

    /// All passages, where they fit into one prompt. The rest of a summary is not asked for in words that say so.
    async fn few(
        &self,
        plan: &Plan,
        by: &By<'_>,
        picked: &Picked<'_>,
        shown: &[&Shelved],
    ) -> Result<Option<Vec<Source>>, Fault> {
        if picked.skip > 0 || shown.iter().map(|it| it.passages).sum::<i64>() > FEW {
            return Ok(None);
        }
        let mut chunks: Vec<ShownChunk> = Vec::new();
        for document in shown {
            chunks.extend(self.passages_of(plan, document).await?);
        }
        let fits = part::cost(&chunks) <= by.room;
        Ok(fits.then(|| chunks.iter().map(source).collect()))
    }

    async fn taken_together(
        &self,
        live: &Live,
        plan: &Plan,
        by: &By<'_>,
        shown: &[&Shelved],
    ) -> Result<Vec<Taken>, Fault> {
        let documents = shown.len();
        let most = (PARTS / documents.max(1)).clamp(2, part::MOST);
        let begun: Vec<CancellationToken> = shown.iter().map(|_| CancellationToken::new()).collect();
        let reading = shown.iter().enumerate().map(|(n, document)| {
            let before = n.checked_sub(1).map(|before| begun[before].clone());
            let place = Place { nth: n + 1, documents, most, before, begun: begun[n].clone() };
            self.taken_of(live, plan, by, document, place).boxed()
        });
        let reading: Vec<BoxFuture<'_, Result<Taken, Fault>>> = reading.collect();
        stream::iter(reading).buffered(AT_ONCE).try_collect().await
    }

    /// Documents are read one after the other, though the next begins while the last parts of one are read.
    async fn taken_of(
        &self,
        live: &Live,
        plan: &Plan,
        by: &By<'_>,
        document: &Shelved,
        place: Place,
    ) -> Result<Taken, Fault> {
        let Place { nth, documents, most, before, begun } = place;
        // However it ends.
        let _begun = begun.clone().drop_guard();
        if let Some(before) = before {
            before.cancelled().await;
        }
        let chunks = self.passages_of(plan, document).await?;
        let subject = Subject { document, chunks: &chunks, by, nth, documents, most, begun };
        let id = DocumentId::from(document.id);
        let super::Taken { mut statements, passages, kept } = match self.taken(live, plan, &subject).await {
            // What was deleted while it was read is left out.
            Err(_) if self.demand_shown(plan, id).await.is_err() => {
                super::Taken { statements: Vec::new(), passages: 0, kept: false }
            }
            taken => taken?,
        };
        // More than all of them may say is not needed of one.
        statement::thin(&mut statements, by.room);
        let sources = passages_behind(&statements, &chunks);
        Ok(Taken { document: id, filename: document.filename.clone(), statements, sources, passages, kept })
    }

    async fn all_put_together(
        &self,
        live: &Live,
        plan: &Plan,
        by: &By<'_>,
        question: &str,
        mut taken: Vec<Taken>,
    ) -> Result<Ending, Fault> {
        taken.retain(|it| !it.statements.is_empty());
        for at in (0..taken.len()).rev() {
            if self.demand_shown(plan, taken[at].document).await.is_err() {
                taken.remove(at);
            }
        }
        if taken.is_empty() {
            return Err(super::empty());
        }
        let read = taken.iter().map(|it| it.passages).sum();
        let kept = taken.iter().filter(|it| it.kept).count();
        let room = self.room_left(by).saturating_sub(NAME * taken.len());
        share(&mut taken, room);
        note(live, by, read, taken.iter().map(|it| it.statements.len()).sum(), kept);
        let sources: Vec<Source> = taken.iter().flat_map(Taken::cited).cloned().collect();
        live.log.append(sources.clone());
        let places: Vec<Vec<i64>> =
            taken.iter().map(|it| it.cited().map(|source| source.chunk_index).collect()).collect();
        let names: Vec<String> = taken.iter().map(|it| it.filename.clone()).collect();
        let named = |texts: Vec<String>| names.iter().map(String::as_str).zip(texts).collect();
        let whole = written(&taken, &places);
        share(&mut taken, room / 2);
        let half = written(&taken, &places);
        self.write_up(live, plan, by, question, sources, [named(whole), named(half)]).await
    }
}

impl Taken {
    /// The passages of the statements that are left.
    fn cited(&self) -> impl Iterator<Item = &Source> {
        let places = statement::passages(&self.statements);
        self.sources.iter().filter(move |source| places.contains(&source.chunk_index))
    }
}

/// The statements of each document; passages are numbered through all of them.
fn written(taken: &[Taken], places: &[Vec<i64>]) -> Vec<String> {
    let mut before = 0;
    let text = |(it, places): (&Taken, &Vec<i64>)| {
        let text = statement::numbered(&it.statements, places, before);
        before += places.len();
        text
    };
    taken.iter().zip(places).map(text).collect()
}

/// Leaves out statements until all fit: documents that need less than their share leave it to the others.
fn share(taken: &mut [Taken], room: usize) {
    let mut order: Vec<usize> = (0..taken.len()).collect();
    order.sort_by_key(|at| statement::cost(&taken[*at].statements));
    let (mut left, mut open) = (room, taken.len());
    for at in order {
        let statements = &mut taken[at].statements;
        statement::thin(statements, left / open);
        left = left.saturating_sub(statement::cost(statements));
        open -= 1;
    }
}

/// Says of which documents there will be more.
pub(super) fn say_incomplete(live: &Live, documents: &[&Shelved], language: &Language) {
    let partial = documents.iter().filter(|it| it.partial);
    let names: Vec<String> = partial.map(|it| plain(&it.filename)).collect();
    if !names.is_empty() {
        say(live, &INCOMPLETE.with(language.code, &[&names.join(", ")]));
    }
}

/// A paragraph of our own behind what the model has said.
fn say(live: &Live, text: &str) {
    let apart = if live.log.frames() > 0 { "\n\n" } else { "" };
    live.log.frame(&format!("{apart}{text}"));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(filename: &str, statements: usize) -> Taken {
        let one = |n: usize| Statement {
            text: format!("{n} {}", "word ".repeat(20)),
            passages: vec![i64::try_from(n).unwrap()],
        };
        let statements = (0..statements).map(one).collect();
        let document = DocumentId::from(1);
        Taken {
            document,
            filename: filename.to_owned(),
            statements,
            sources: Vec::new(),
            passages: 1,
            kept: false,
        }
    }

    #[test]
    fn what_short_documents_leave_goes_to_long_ones() {
        let mut all = [taken("long.pdf", 40), taken("short.pdf", 1), taken("other.pdf", 40)];
        let one = statement::cost(&all[1].statements);
        share(&mut all, 21 * one);
        let left: Vec<usize> = all.iter().map(|it| it.statements.len()).collect();
        assert_eq!(left, [10, 1, 10]);
        share(&mut all, 1);
        assert!(all.iter().all(|it| it.statements.len() == 1), "each keeps one");
    }

    #[test]
    fn passages_are_numbered_through_all_documents() {
        let all = [taken("a.md", 2), taken("b.md", 1)];
        let places: Vec<Vec<i64>> = all.iter().map(|it| statement::passages(&it.statements)).collect();
        let texts = written(&all, &places);
        let marks =
            |text: &str| text.lines().map(|line| line[line.len() - 3..].to_owned()).collect::<Vec<_>>();
        assert_eq!(
            (marks(&texts[0]), marks(&texts[1])),
            (vec!["[1]".to_owned(), "[2]".to_owned()], vec!["[3]".to_owned()])
        );
    }
}
