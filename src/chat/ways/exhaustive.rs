//! Lists and counts: every passage that the asker may see is looked at, and not the best few.

use std::collections::{HashMap, HashSet};

use serde_json::json;
use unicode_segmentation::UnicodeSegmentation;

use super::kind::{self, Kind};
use super::texts::{Text, count};
use super::{Told, source};
use crate::engine::Inner;
use crate::language::Language;
use crate::turn::Plan;
use docent_domain::source::Source;
use docent_domain::{DocumentId, Fault};
use docent_models::{sentences_of, terms_of};
use docent_store::{After, ShownChunk};

/// Passages that one statement brings.
const STEP: i64 = 2_000;

/// Passages that are looked at, at most; an answer says when there were more.
const MOST_PASSAGES: usize = 500_000;

/// Items of one answer.
const SHOWN: usize = 25;

/// Items that are kept; beyond them is only counted.
const MOST_ITEMS: usize = 5_000;

/// Characters of an item.
const LONGEST_ITEM: usize = 300;

const FOUND: Text = Text::new(
    "**{} found**; {} passages of {} documents examined.",
    "**{} gefunden**; {} Passagen aus {} Dokumenten geprüft.",
);
const NOTHING: Text = Text::new(
    "None found; {} passages of {} documents examined.",
    "Nichts gefunden; {} Passagen aus {} Dokumenten geprüft.",
);
const MORE: Text = Text::new("{} more: ask “show more”.", "{} weitere: „mehr“ zeigt sie.");
const LAST: Text = Text::new("These were the last of {}.", "Das waren die letzten von {}.");

/// Words that make a list of a question and say nothing about what is listed.
const FORM: &[&str] = &[
    "list",
    "all",
    "every",
    "each",
    "name",
    "show",
    "give",
    "find",
    "enumerate",
    "count",
    "many",
    "number",
    "which",
    "what",
    "mention",
    "mentioned",
    "mentions",
    "contain",
    "contains",
    "documents",
    "document",
    "files",
    "file",
    "listed",
    "alle",
    "liste",
    "nenne",
    "zeige",
    "sämtliche",
    "anzahl",
    "welche",
    "viele",
    "dokumente",
    "erwähnen",
    "erwähnt",
    "enthalten",
    "enthält",
    "gibt",
    "auf",
    "total",
    "together",
    "please",
    "bitte",
    "total",
];

/// What a sentence must have to be listed.
pub(super) struct Wanted {
    /// What kind of thing is listed; its own name need not be said.
    pub(super) head: Option<String>,
    terms: Vec<String>,
    /// Whether documents are listed, and not what is said in them.
    pub(super) documents: bool,
}

struct Item {
    text: String,
    chunk: (i64, i64, i64),
}

pub(super) struct Walk {
    items: Vec<Item>,
    total: usize,
    chunks: HashMap<(i64, i64, i64), ShownChunk>,
    passages: usize,
    documents: HashSet<i64>,
    seen: HashSet<String>,
    whole: bool,
    /// Sentences that were looked at for saying it in other words.
    pub(super) compared: usize,
}

impl Inner {
    /// The rest of the list before; `before` are the questions so far.
    pub(super) async fn more(
        &self,
        plan: &Plan,
        before: &[&str],
        language: &Language,
    ) -> Result<Option<Told>, Fault> {
        let mut skip = SHOWN;
        for question in before.iter().rev() {
            match kind::of(question) {
                Kind::More => skip += SHOWN,
                Kind::List | Kind::Count => return self.everything(plan, question, skip, language).await,
                _ => return Ok(None),
            }
        }
        Ok(None)
    }

    /// Everything that the question asks for; `None` where its words do not tell what that is.
    pub(super) async fn everything(
        &self,
        plan: &Plan,
        question: &str,
        skip: usize,
        language: &Language,
    ) -> Result<Option<Told>, Fault> {
        let Some(wanted) = Wanted::by(question) else { return Ok(None) };
        let mut walk = self.walk(plan, &wanted).await?;
        if let Err(fault) = self.in_other_words(plan, question, &wanted, &mut walk).await {
            tracing::warn!(error = %fault.chain(), "A list is made by words alone");
        }
        if walk.total == 0 && kind::of(question) == Kind::List {
            // Words alone do not find it; meaning may.
            return Ok(None);
        }
        Ok(Some(walk.told(skip, language.code)))
    }

    async fn walk(&self, plan: &Plan, wanted: &Wanted) -> Result<Walk, Fault> {
        let only = plan.options.documents.as_deref();
        let mut walk = Walk {
            items: Vec::new(),
            total: 0,
            chunks: HashMap::new(),
            passages: 0,
            documents: HashSet::new(),
            seen: HashSet::new(),
            whole: true,
            compared: 0,
        };
        let mut after = After::START;
        loop {
            let mut tx = self.parts.store.read().await?;
            let chunks = tx.live_passages(&plan.scope, plan.project, after, None, STEP).await?;
            drop(tx);
            let Some(last) = chunks.last() else { return Ok(walk) };
            after = After { document: last.document_id.into(), position: last.position };
            for chunk in chunks {
                if only.is_none_or(|only| only.contains(&DocumentId::from(chunk.document_id))) {
                    walk.look_at(chunk, wanted);
                }
            }
            if walk.passages >= MOST_PASSAGES {
                walk.whole = false;
                return Ok(walk);
            }
            // Others have their turn, and this one may be stopped.
            tokio::task::yield_now().await;
        }
    }
}

impl Wanted {
    fn by(question: &str) -> Option<Self> {
        let lower: Vec<String> = question.unicode_words().map(str::to_lowercase).collect();
        let documents = lower
            .iter()
            .take(4)
            .any(|word| matches!(word.as_str(), "documents" | "files" | "dokumente" | "dateien"));
        let kept: Vec<&str> =
            question.unicode_words().filter(|word| !FORM.contains(&word.to_lowercase().as_str())).collect();
        let mut terms = terms_of(&kept.join(" "));
        terms.dedup();
        let head = (!documents && terms.len() >= 2).then(|| terms.remove(0));
        (!terms.is_empty()).then_some(Self { head, terms, documents })
    }

    /// A cheap look before sentences are cut: no word of the passage begins like this one.
    fn may_be_in(&self, lower: &str) -> bool {
        let beginning = |term: &String| term.chars().take(4).collect::<String>();
        let there = self.terms.iter().filter(|term| lower.contains(&beginning(term))).count();
        there >= self.needed()
    }

    /// Of many words one may be said otherwise.
    fn needed(&self) -> usize {
        if self.terms.len() >= 4 { self.terms.len() - 1 } else { self.terms.len() }
    }

    fn fits(&self, terms: &[String], context: &[String]) -> bool {
        let own = self.terms.iter().filter(|term| has(terms, term)).count();
        let with = self.terms.iter().filter(|term| has(terms, term) || has(context, term)).count();
        let kind = self
            .head
            .as_ref()
            .is_none_or(|head| has(terms, head) || has(context, head) || own == self.terms.len());
        own >= 1 && with >= self.needed() && kind
    }
}

/// Forms of one word begin alike.
fn has(terms: &[String], wanted: &str) -> bool {
    let long = wanted.chars().count() >= 5;
    terms.iter().any(|term| {
        term == wanted
            || (long
                && term.chars().count() >= 5
                && (term.starts_with(wanted) || wanted.starts_with(term.as_str())))
    })
}

impl Walk {
    fn look_at(&mut self, chunk: ShownChunk, wanted: &Wanted) {
        self.passages += 1;
        self.documents.insert(chunk.document_id);
        let place = (chunk.document_id, chunk.generation, chunk.position);
        let lower =
            format!("{} {} {}", chunk.filename, chunk.heading.as_deref().unwrap_or_default(), chunk.text)
                .to_lowercase();
        if !wanted.may_be_in(&unaccented(&lower)) {
            return;
        }
        let context = terms_of(&format!(
            "{} {}",
            chunk.filename.replace(['_', '-', '.'], " "),
            chunk.heading.as_deref().unwrap_or_default()
        ));
        let mut kept = false;
        for sentence in sentences_of(&chunk.text) {
            if !wanted.fits(&terms_of(&sentence), &context) || denies(&sentence) {
                continue;
            }
            let key = if wanted.documents { chunk.document_id.to_string() } else { normal(&sentence) };
            if !self.seen.insert(key) {
                continue;
            }
            self.total += 1;
            if self.items.len() < MOST_ITEMS {
                let text = if wanted.documents { chunk.filename.clone() } else { short(&sentence) };
                self.items.push(Item { text, chunk: place });
                kept = true;
            }
        }
        if kept {
            self.chunks.insert(place, chunk);
        }
    }

    /// What is on the list so far.
    pub(super) fn sure(&self) -> Vec<String> {
        self.items.iter().map(|item| item.text.clone()).collect()
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.seen.contains(key)
    }

    /// Puts a sentence on the list.
    pub(super) fn add(&mut self, sentence: &str, chunk: &ShownChunk) {
        let place = (chunk.document_id, chunk.generation, chunk.position);
        if !self.seen.insert(normal(sentence)) {
            return;
        }
        self.total += 1;
        if self.items.len() < MOST_ITEMS {
            self.items.push(Item { text: short(sentence), chunk: place });
            self.chunks.entry(place).or_insert_with(|| chunk.clone());
        }
    }

    /// In the order of the documents, so that the rest of the list goes on where its beginning ended.
    pub(super) fn sort(&mut self) {
        self.items.sort_by_key(|item| item.chunk);
    }

    fn told(self, skip: usize, language: &str) -> Told {
        let number = |value: usize| count(value, language);
        let (passages, documents) = (number(self.passages), number(self.documents.len()));
        let account = json!({
            "found": self.total,
            "passages": self.passages,
            "documents": self.documents.len(),
            "whole": self.whole,
            "compared_sentences": self.compared,
        });
        if self.total == 0 {
            let text = NOTHING.with(language, &[&passages, &documents]);
            return Told { text, sources: Vec::new(), answered: false, account };
        }
        let mut text = FOUND.with(language, &[&number(self.total), &passages, &documents]);
        let mut sources: Vec<Source> = Vec::new();
        let mut numbers: HashMap<(i64, i64, i64), usize> = HashMap::new();
        text.push('\n');
        for item in self.items.iter().skip(skip).take(SHOWN) {
            let at = *numbers.entry(item.chunk).or_insert_with(|| {
                sources.extend(self.chunks.get(&item.chunk).map(source));
                sources.len()
            });
            text.push_str(&format!("\n- {} [{at}]", item.text));
        }
        let left = self.total.saturating_sub(skip + SHOWN);
        if left > 0 {
            text.push_str(&format!("\n\n{}", MORE.with(language, &[&number(left)])));
        } else if skip > 0 {
            text.push_str(&format!("\n\n{}", LAST.with(language, &[&number(self.total)])));
        }
        Told { text, sources, answered: true, account }
    }
}

/// A sentence that says of something that it is not so is no item of a list of what is.
pub(super) fn denies(sentence: &str) -> bool {
    sentence.unicode_words().any(|word| {
        matches!(
            word.to_lowercase().as_str(),
            "not"
                | "no"
                | "never"
                | "none"
                | "without"
                | "isn't"
                | "aren't"
                | "doesn't"
                | "don't"
                | "nicht"
                | "kein"
                | "keine"
                | "keinen"
                | "nie"
                | "ohne"
        )
    })
}

pub(super) fn normal(sentence: &str) -> String {
    sentence.unicode_words().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

fn unaccented(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            'ä' | 'à' | 'á' | 'â' | 'ã' => 'a',
            'ö' | 'ò' | 'ó' | 'ô' | 'õ' => 'o',
            'ü' | 'ù' | 'ú' | 'û' => 'u',
            'è' | 'é' | 'ê' | 'ë' => 'e',
            'ì' | 'í' | 'î' | 'ï' => 'i',
            'ç' => 'c',
            'ñ' => 'n',
            other => other,
        })
        .collect()
}

fn short(sentence: &str) -> String {
    if sentence.chars().count() <= LONGEST_ITEM {
        return sentence.to_owned();
    }
    let cut: String = sentence.chars().take(LONGEST_ITEM).collect();
    format!("{} …", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(position: i64, text: &str) -> ShownChunk {
        ShownChunk {
            document_id: 1,
            generation: 1,
            position,
            filename: "suppliers.md".to_owned(),
            text: text.to_owned(),
            page: None,
            heading: None,
            start_offset: 0,
            end_offset: 0,
            language: None,
        }
    }

    fn listed(question: &str, texts: &[&str]) -> Told {
        let wanted = Wanted::by(question).unwrap();
        let mut walk = Walk {
            items: Vec::new(),
            total: 0,
            chunks: HashMap::new(),
            passages: 0,
            documents: HashSet::new(),
            seen: HashSet::new(),
            whole: true,
            compared: 0,
        };
        for (position, text) in (0..).zip(texts) {
            walk.look_at(chunk(position, text), &wanted);
        }
        walk.told(0, "en")
    }

    #[test]
    fn every_passage_is_looked_at_and_each_item_is_cited_once() {
        let told = listed(
            "Which suppliers deliver steel?",
            &[
                "Nordwind delivers steel. Alder sells paper.",
                "Brook delivers steel and iron.",
                "Nordwind delivers steel.",
                "Fenn does not deliver steel.",
                "Steel is heavy.",
            ],
        );
        insta::assert_snapshot!(told.text, @r"
        **2 found**; 5 passages of 1 documents examined.

        - Nordwind delivers steel. [1]
        - Brook delivers steel and iron. [2]
        ");
    }

    #[test]
    fn long_lists_are_cut_and_say_so() {
        let texts: Vec<String> = (0..60).map(|n| format!("Firm {n} delivers steel.")).collect();
        let told = listed(
            "List all firms that deliver steel",
            &texts.iter().map(String::as_str).collect::<Vec<_>>(),
        );
        assert!(told.text.starts_with("**60 found**"), "{}", told.text);
        assert!(told.text.ends_with("35 more: ask “show more”."), "{}", told.text);
        assert_eq!(told.sources.len(), 25);
    }
}
