//! Summaries of several documents without a model: of each, under its name, two or three sentences out of its parts.

use std::collections::HashMap;

use serde_json::json;

use super::Told;
use super::exhaustive::short;
use super::summary::{Quote, SHELF, parts, quotes};
use super::texts::{Text, count, more_documents, plain};
use crate::engine::Inner;
use crate::language::Language;
use crate::turn::Plan;
use docent_domain::source::Source;
use docent_domain::{DocumentId, Fault};
use docent_store::{Shelved, ShownChunk};

/// Documents of one answer.
pub(in super::super) const SHOWN: usize = 12;

/// Sentences of a document, at most.
const SENTENCES: usize = 3;

/// Passages of a document that are looked at; of a longer one these at equal distances.
const PASSAGES: i64 = 48;

const HEAD: Text = Text::new(
    "**{} documents**; {} of their {} passages examined.",
    "**{} Dokumente**; {} ihrer {} Passagen geprüft.",
);
const HEAD_SOME: Text = Text::new(
    "**Documents {} to {} of {}**; {} of their {} passages examined.",
    "**Dokumente {} bis {} von {}**; {} ihrer {} Passagen geprüft.",
);
const LAST: Text =
    Text::new("These were the last of {} documents.", "Das waren die letzten von {} Dokumenten.");
const CUT: Text = Text::new(
    "Only the newest {} documents were looked at.",
    "Nur die neuesten {} Dokumente wurden berücksichtigt.",
);
const PARTIAL: Text = Text::new(
    "**{}** (still being read, this is not all of it)",
    "**{}** (wird noch gelesen, das ist nicht alles)",
);
const NOTHING: Text =
    Text::new("Nothing of it can be quoted yet.", "Noch lässt sich nichts daraus zitieren.");

/// The documents that a question asks a summary of.
pub(in super::super) struct Picked<'a> {
    pub(in super::super) documents: Vec<&'a Shelved>,
    /// Those that answers before this one have told of.
    pub(in super::super) skip: usize,
    /// Documents whose names were looked at.
    pub(in super::super) looked_at: usize,
}

impl<'a> Picked<'a> {
    /// Those of this answer.
    pub(in super::super) fn shown(&self) -> Vec<&'a Shelved> {
        self.documents.iter().skip(self.skip).take(SHOWN).copied().collect()
    }

    /// What has to be said behind the answer: what it leaves out.
    pub(in super::super) fn notes(&self, language: &str) -> Vec<String> {
        let total = self.documents.len();
        let mut notes = Vec::new();
        if total > self.skip + SHOWN {
            notes.push(more_documents(total - self.skip - SHOWN, language));
        } else if self.skip > 0 {
            notes.push(LAST.with(language, &[&count(total, language)]));
        }
        if i64::try_from(self.looked_at).is_ok_and(|looked_at| looked_at >= SHELF) {
            notes.push(CUT.with(language, &[&count(self.looked_at, language)]));
        }
        notes
    }
}

impl Inner {
    pub(super) async fn of_several(
        &self,
        plan: &Plan,
        picked: &Picked<'_>,
        language: &Language,
    ) -> Result<Told, Fault> {
        let places: Vec<(DocumentId, i64, i64)> = picked.shown().into_iter().flat_map(places).collect();
        let mut tx = self.parts.store.read().await?;
        let chunks = tx.live_chunks(&plan.scope, plan.project, &places).await?;
        drop(tx);
        // Others have their turn meanwhile.
        let quoting = tokio::task::spawn_blocking(move || quoted(chunks));
        let quoted = quoting.await.map_err(Fault::internal)?;
        Ok(told(picked, &quoted, language.code))
    }
}

/// The passages of a document that are looked at.
fn places(document: &Shelved) -> impl Iterator<Item = (DocumentId, i64, i64)> {
    let (id, generation, all) = (document.id.into(), document.live_generation, document.passages);
    let wanted = all.min(PASSAGES);
    (0..wanted).map(move |nth| (id, generation, nth * all / wanted))
}

/// What one document says.
struct Quoted {
    quotes: Vec<Quote>,
    passages: usize,
}

fn quoted(chunks: Vec<ShownChunk>) -> HashMap<i64, Quoted> {
    let mut documents: HashMap<i64, Vec<ShownChunk>> = HashMap::new();
    for chunk in chunks {
        documents.entry(chunk.document_id).or_default().push(chunk);
    }
    let one = |(id, mut chunks): (i64, Vec<ShownChunk>)| {
        chunks.sort_by_key(|chunk| chunk.position);
        let parts = parts(&chunks, SENTENCES);
        let whole = parts.len() == 1;
        let each = if whole { SENTENCES } else { 1 };
        let mut quotes: Vec<Quote> = parts.into_iter().flat_map(|part| quotes(part, each)).collect();
        for quote in &mut quotes {
            quote.sentence = short(&quote.sentence);
            // A passage over several sections has the heading of the first.
            quote.heading = quote.heading.take().filter(|_| !whole);
        }
        (id, Quoted { quotes, passages: chunks.len() })
    };
    documents.into_iter().map(one).collect()
}

fn told(picked: &Picked<'_>, quoted: &HashMap<i64, Quoted>, language: &str) -> Told {
    // What was deleted meanwhile has no passages any more.
    let there = |it: &&Shelved| it.partial || quoted.contains_key(&it.id);
    let shown: Vec<&Shelved> = picked.shown().into_iter().filter(there).collect();
    let examined: usize = quoted.values().map(|it| it.passages).sum();
    let all: i64 = shown.iter().map(|it| it.passages).sum();
    let total = picked.documents.len();
    let number = |value: usize| count(value, language);
    let (examined_said, all) = (number(examined), number(usize::try_from(all).unwrap_or(0)));
    let mut text = if picked.skip > 0 || total > SHOWN {
        let (from, to) = (number(picked.skip + 1), number(total.min(picked.skip + SHOWN)));
        HEAD_SOME.with(language, &[&from, &to, &number(total), &examined_said, &all])
    } else {
        HEAD.with(language, &[&number(shown.len()), &examined_said, &all])
    };
    if shown.is_empty() {
        text.clear();
    }
    let mut sources: Vec<Source> = Vec::new();
    for document in &shown {
        let name = plain(&document.filename);
        let name = if document.partial { PARTIAL.with(language, &[&name]) } else { format!("**{name}**") };
        text.push_str(&format!("\n\n{name}\n"));
        let quotes = quoted.get(&document.id).map(|it| it.quotes.as_slice()).unwrap_or_default();
        for quote in quotes {
            text.push_str(&quote.line(&mut sources));
        }
        if quotes.is_empty() {
            text.push_str(&format!("\n{}", NOTHING.with(language, &[])));
        }
    }
    for note in picked.notes(language) {
        text.push_str(&format!("\n\n{note}"));
    }
    let account = json!({
        "documents": shown.iter().map(|it| it.id).collect::<Vec<_>>(),
        "of": total,
        "looked_at": picked.looked_at,
        "passages": examined,
    });
    Told { text: text.trim_start().to_owned(), sources, answered: true, account }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ways::tests::{chunk, shelved};

    fn document(id: i64, name: &str, texts: &[&str]) -> (Shelved, Vec<ShownChunk>) {
        let one = |(position, text): (i64, &&str)| ShownChunk {
            document_id: id,
            filename: name.to_owned(),
            page: Some(position + 1),
            ..chunk(position, text)
        };
        let chunks: Vec<ShownChunk> = (0..).zip(texts).map(one).collect();
        let passages = i64::try_from(chunks.len()).unwrap();
        (Shelved { passages, ..shelved(id, name) }, chunks)
    }

    fn shown(documents: &[(Shelved, Vec<ShownChunk>)], skip: usize, language: &str) -> Told {
        let chunks = documents.iter().flat_map(|(_, chunks)| chunks.clone()).collect();
        let picked = Picked { documents: documents.iter().map(|(it, _)| it).collect(), skip, looked_at: 70 };
        let page: Vec<i64> = picked.shown().iter().map(|it| it.id).collect();
        let mut quoted = quoted(chunks);
        quoted.retain(|id, _| page.contains(id));
        told(&picked, &quoted, language)
    }

    #[test]
    fn each_document_has_its_sentences_under_its_name() {
        let lease = document(
            1,
            "lease_hamburg.pdf",
            &["The rent is 900 euro.", "The notice period is three months."],
        );
        let rules =
            document(2, "[rules].md", &["Nobody smokes [1] in the office. The door is locked at ten."]);
        let mut report = document(3, "report.pdf", &[]);
        report.0.partial = true;
        let told = shown(&[lease, rules, report], 0, "en");
        insta::assert_snapshot!(told.text, @r"
        **3 documents**; 3 of their 3 passages examined.

        **lease_hamburg.pdf**

        - The rent is 900 euro. [1]
        - The notice period is three months. [2]

        **rules.md**

        - Nobody smokes (1) in the office. [3]
        - The door is locked at ten. [3]

        **report.pdf** (still being read, this is not all of it)

        Nothing of it can be quoted yet.
        ");
        assert_eq!(told.sources.iter().map(|it| it.page).collect::<Vec<_>>(), [Some(1), Some(2), Some(1)]);
    }

    #[test]
    fn what_is_left_out_is_said() {
        let documents: Vec<_> =
            (0..27).map(|n| document(n, &format!("{n}.md"), &["Owls hunt voles by night."])).collect();
        let told = shown(&documents, 0, "en");
        assert!(
            told.text.starts_with("**Documents 1 to 12 of 27**; 12 of their 12 passages"),
            "{}",
            told.text
        );
        assert!(told.text.ends_with("\n\n15 more documents: ask “show more”."), "{}", told.text);
        let told = shown(&documents, 24, "de");
        assert!(told.text.starts_with("**Dokumente 25 bis 27 von 27**"), "{}", told.text);
        assert!(told.text.ends_with("Das waren die letzten von 27 Dokumenten."), "{}", told.text);
        assert_eq!(shown(&documents, 36, "en").text, "These were the last of 27 documents.");
    }

    #[test]
    fn of_long_documents_passages_at_equal_distances_are_looked_at() {
        let long = Shelved { passages: 4_800, ..shelved(7, "long.pdf") };
        let looked: Vec<i64> = places(&long).map(|(_, _, position)| position).collect();
        assert_eq!((looked.len(), looked[1], looked[47]), (48, 100, 4_700));
        let short = Shelved { passages: 3, ..shelved(7, "short.pdf") };
        assert_eq!(places(&short).map(|(_, _, position)| position).collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!(places(&Shelved { passages: 0, ..short }).count(), 0);
    }
}
