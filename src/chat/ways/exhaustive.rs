//! Lists and counts: every passage that the asker may see is looked at, and not the best few.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use futures_util::stream::{self, StreamExt, TryStreamExt};
use serde_json::json;
use unicode_segmentation::UnicodeSegmentation;

use super::bullets::{Piece, pieces};
use super::kind::{self, Kind};
use super::selection::continued;
use super::texts::{MORE_TO_SHOW, Text, count};
use super::{Told, source};
use crate::engine::Inner;
use crate::language::Language;
use crate::turn::Plan;
use docent_domain::source::Source;
use docent_domain::{DocumentId, Fault};
use docent_models::{sentences_of, terms_of};
use docent_store::ShownChunk;

/// Passages that are read, and looked at, together.
const STEP: i64 = 2_000;

/// So many of these at the same time: the next are read while others are looked at.
const AT_ONCE: usize = 3;

/// Passages that are looked at, at most; an answer says when there were more.
const MOST_PASSAGES: i64 = 500_000;

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
const LAST: Text = Text::new("These were the last of {}.", "Das waren die letzten von {}.");

/// How many things were found, and in how many passages of how many documents.
pub(crate) fn count_of_found(found: usize, passages: usize, documents: usize, language: &str) -> String {
    let [found, passages, documents] = [found, passages, documents].map(|value| count(value, language));
    FOUND.with(language, &[&found, &passages, &documents])
}

/// Words that make a list of a question and say nothing about what is listed.
pub(super) const FORM: &[&str] = &[
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

#[derive(Default)]
pub(super) struct Walk {
    items: Vec<Item>,
    total: usize,
    chunks: HashMap<(i64, i64, i64), ShownChunk>,
    passages: usize,
    documents: HashSet<i64>,
    seen: HashSet<String>,
    /// There were more than are looked at.
    cut: bool,
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
        let Some((question, shown)) = continued(before) else { return Ok(None) };
        match kind::of(question) {
            Kind::List | Kind::Count => self.everything(plan, question, shown * SHOWN, language).await,
            Kind::Changes(span) => {
                let skip = shown * super::changes::SHOWN;
                self.changes(plan, question, &span, skip, language).await
            }
            _ => Ok(None),
        }
    }

    /// Everything that the question asks for; `None` where its words do not tell what that is.
    pub(super) async fn everything(
        &self,
        plan: &Plan,
        question: &str,
        skip: usize,
        language: &Language,
    ) -> Result<Option<Told>, Fault> {
        let Some(wanted) = Wanted::by(question).map(Arc::new) else { return Ok(None) };
        let mut walk = self.walk(plan, &wanted).await?;
        if let Err(fault) = self.in_other_words(plan, question, &wanted, &mut walk).await {
            tracing::warn!(error = %fault.chain(), "A list is made by words alone");
        }
        if walk.total == 0 && skip == 0 {
            // Words alone do not find it, or it is a number that one passage says: the search may have it.
            return Ok(None);
        }
        if skip == 0 && walk.says_the_number(question) {
            return Ok(None);
        }
        Ok(Some(walk.told(skip, language.code)))
    }

    /// The passages that have the question's words, as far as those tell what is listed.
    pub(crate) async fn places_of(
        &self,
        plan: &Plan,
        question: &str,
    ) -> Result<Vec<(DocumentId, i64, i64)>, Fault> {
        let Some(wanted) = Wanted::by(question).map(Arc::new) else { return Ok(Vec::new()) };
        let walk = self.walk(plan, &wanted).await?;
        let place = |item: &Item| (item.chunk.0.into(), item.chunk.1, item.chunk.2);
        Ok(walk.items.iter().map(place).collect())
    }

    async fn walk(&self, plan: &Plan, wanted: &Arc<Wanted>) -> Result<Walk, Fault> {
        let mut sizes = self.parts.store.read().await?.live_sizes(&plan.scope, plan.project).await?;
        if let Some(only) = &plan.options.documents {
            sizes.retain(|(document, _)| only.contains(document));
        }
        let (steps, cut) = steps(&sizes, MOST_PASSAGES);
        let mut walk = Walk { cut, ..Walk::default() };
        // While some are looked at, others are read; what comes of them is taken in order.
        let looking = stream::iter(steps).map(|step| self.looked_at(plan, step, wanted)).buffered(AT_ONCE);
        let mut looking = std::pin::pin!(looking);
        while let Some(looked) = looking.try_next().await? {
            walk.take(looked, wanted);
        }
        Ok(walk)
    }

    async fn looked_at(&self, plan: &Plan, step: Step, wanted: &Arc<Wanted>) -> Result<Looked, Fault> {
        let (scope, project) = (&plan.scope, plan.project);
        let mut tx = self.parts.store.read().await?;
        let chunks = match step {
            Step::Whole { from, to } => {
                tx.live_passages_between(scope, project, (from, to), 2 * STEP).await?
            }
            Step::Part { document, after } => tx.live_passages(scope, project, document, after, STEP).await?,
        };
        drop(tx);
        let (wanted, only) = (Arc::clone(wanted), plan.options.documents.clone());
        let looking = tokio::task::spawn_blocking(move || Looked::at(chunks, &wanted, only.as_deref()));
        looking.await.map_err(Fault::internal)
    }
}

/// Passages that are read, and looked at, together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// All of the documents with ids from the one to the other.
    Whole { from: DocumentId, to: DocumentId },
    /// The next ones of a long document.
    Part { document: DocumentId, after: i64 },
}

/// Documents by their ids with how many passages they have, in steps of about the same size; and whether there are more
/// than `most`.
fn steps(sizes: &[(DocumentId, i64)], most: i64) -> (Vec<Step>, bool) {
    let mut steps = Vec::new();
    let (mut total, mut open) = (0, 0);
    for (document, passages) in sizes.iter().copied() {
        if total >= most {
            return (steps, true);
        }
        total += passages;
        if passages > STEP {
            let parts = (passages + STEP - 1) / STEP;
            steps.extend((0..parts).map(|part| Step::Part { document, after: part * STEP - 1 }));
            open = STEP;
            continue;
        }
        match steps.last_mut() {
            Some(Step::Whole { to, .. }) if open + passages <= STEP => {
                *to = document;
                open += passages;
            }
            _ => {
                steps.push(Step::Whole { from: document, to: document });
                open = passages;
            }
        }
    }
    (steps, false)
}

/// What came of a step.
#[derive(Default)]
struct Looked {
    passages: usize,
    documents: HashSet<i64>,
    /// Passages with the sentences in them that are wanted.
    found: Vec<(ShownChunk, Vec<String>)>,
}

impl Looked {
    fn at(chunks: Vec<ShownChunk>, wanted: &Wanted, only: Option<&[DocumentId]>) -> Self {
        let mut looked = Self::default();
        let mut folded = String::new();
        for chunk in chunks {
            if only.is_some_and(|only| !only.contains(&DocumentId::from(chunk.document_id))) {
                continue;
            }
            looked.passages += 1;
            looked.documents.insert(chunk.document_id);
            let sentences = wanted.sentences(&chunk, &mut folded);
            if !sentences.is_empty() {
                looked.found.push((chunk, sentences));
            }
        }
        looked
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

    /// The sentences of a passage that are wanted. `folded` is room that is used again.
    fn sentences(&self, chunk: &ShownChunk, folded: &mut String) -> Vec<String> {
        folded.clear();
        let heading = chunk.heading.as_deref().unwrap_or_default();
        for text in [&chunk.filename, heading, &chunk.text] {
            fold(text, folded);
            folded.push(' ');
        }
        if !self.may_be_in(folded) {
            return Vec::new();
        }
        let context = terms_of(&format!("{} {heading}", chunk.filename.replace(['_', '-', '.'], " ")));
        let mut pieces = pieces(&chunk.text);
        pieces.retain(|piece| self.is_wanted(piece, &context));
        // Where a list is called by what is listed, the items of others are something else.
        let is_of_kind = |piece: &Piece| {
            let under = terms_of(piece.under.as_deref().unwrap_or_default());
            self.head.as_ref().is_some_and(|head| has(&under, head) || has(&terms_of(&piece.text), head))
        };
        if pieces.iter().any(|piece| piece.under.is_some() && is_of_kind(piece)) {
            pieces.retain(|piece| piece.under.is_none() || is_of_kind(piece));
        }
        pieces.into_iter().map(|piece| piece.text).collect()
    }

    fn is_wanted(&self, piece: &Piece, context: &[String]) -> bool {
        let Some(under) = &piece.under else {
            return self.fits(&terms_of(&piece.text), context) && !denies(&piece.text);
        };
        let context = [context, &terms_of(under)].concat();
        // Of an item only what says it may deny it.
        let says = |sentence: &String| {
            let terms = terms_of(sentence);
            self.terms.iter().any(|term| has(&terms, term))
        };
        let denied = sentences_of(&piece.text).iter().filter(|it| says(it)).any(|it| denies(it));
        self.fits(&terms_of(&piece.text), &context) && !denied
    }

    /// A cheap look before sentences are cut: no word of the passage begins like this one.
    fn may_be_in(&self, folded: &str) -> bool {
        let beginning = |term: &str| term.char_indices().nth(4).map_or(term.len(), |(end, _)| end);
        let there = self.terms.iter().filter(|term| folded.contains(&term[..beginning(term)])).count();
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
pub(super) fn has(terms: &[String], wanted: &str) -> bool {
    let long = wanted.chars().count() >= 5;
    terms.iter().any(|term| {
        term == wanted
            || (long
                && term.chars().count() >= 5
                && (term.starts_with(wanted) || wanted.starts_with(term.as_str())))
    })
}

impl Walk {
    fn take(&mut self, looked: Looked, wanted: &Wanted) {
        self.passages += looked.passages;
        self.documents.extend(looked.documents);
        for (chunk, sentences) in looked.found {
            let place = (chunk.document_id, chunk.generation, chunk.position);
            let mut kept = false;
            for sentence in sentences {
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

    /// Whether the only thing found says how many there are itself: then the number is looked up and not counted.
    fn says_the_number(&self, question: &str) -> bool {
        let [only] = &self.items[..] else { return false };
        kind::of(question) == Kind::Count && !docent_models::lacks_what_is_asked(question, &[&only.text])
    }

    fn told(self, skip: usize, language: &str) -> Told {
        let number = |value: usize| count(value, language);
        let (passages, documents) = (number(self.passages), number(self.documents.len()));
        let account = json!({
            "found": self.total,
            "passages": self.passages,
            "documents": self.documents.len(),
            "whole": !self.cut,
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
            text.push_str(&format!("\n\n{}", MORE_TO_SHOW.with(language, &[&number(left)])));
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

pub(crate) fn normal(sentence: &str) -> String {
    sentence.unicode_words().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// Lower case without accents, behind what is there.
fn fold(text: &str, folded: &mut String) {
    if text.is_ascii() {
        let begin = folded.len();
        folded.push_str(text);
        folded[begin..].make_ascii_lowercase();
        return;
    }
    folded.extend(text.chars().flat_map(char::to_lowercase).map(|c| match c {
        'ä' | 'à' | 'á' | 'â' | 'ã' => 'a',
        'ö' | 'ò' | 'ó' | 'ô' | 'õ' => 'o',
        'ü' | 'ù' | 'ú' | 'û' => 'u',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ç' => 'c',
        'ñ' => 'n',
        other => other,
    }));
}

pub(super) fn short(sentence: &str) -> String {
    if sentence.chars().count() <= LONGEST_ITEM {
        return sentence.to_owned();
    }
    let cut: String = sentence.chars().take(LONGEST_ITEM).collect();
    format!("{} …", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ways::tests::chunk;

    fn walked(question: &str, texts: &[&str]) -> Walk {
        let wanted = Wanted::by(question).unwrap();
        let chunks = (0..).zip(texts).map(|(position, text)| chunk(position, text)).collect();
        let mut walk = Walk::default();
        walk.take(Looked::at(chunks, &wanted, None), &wanted);
        walk
    }

    fn listed(question: &str, texts: &[&str]) -> Told {
        walked(question, texts).told(0, "en")
    }

    #[test]
    fn a_number_that_the_only_sentence_says_is_looked_up() {
        let says = |question: &str, texts: &[&str]| walked(question, texts).says_the_number(question);
        let machines = "How many kilns have the cracked door?";
        let said = "The kilns with the cracked door have numbers up to K-22, that is 412 machines.";
        assert!(says(machines, &[said, "Kilns are hot."]));
        assert!(!says(machines, &["Kiln Alder has the cracked door."]));
        assert!(!says(machines, &[said, "The kilns 3 and 4 have the cracked door."]));
        assert!(!says("Which kilns have the cracked door?", &[said]));
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
    fn passages_are_looked_at_in_steps_of_about_the_same_size() {
        let sizes = [(1, 900), (2, 1_100), (4, 1), (5, 4_001), (7, 10), (9, 20)];
        let sizes = sizes.map(|(document, passages)| (DocumentId::from(document), passages));
        let shown = |steps: &[Step]| {
            let step = |step: &Step| match step {
                Step::Whole { from, to } => format!("{from}-{to}"),
                Step::Part { document, after } => format!("{document}>{after}"),
            };
            steps.iter().map(step).collect::<Vec<_>>().join(" ")
        };
        let (all, cut) = steps(&sizes, 100_000);
        assert_eq!((shown(&all).as_str(), cut), ("1-2 4-4 5>-1 5>1999 5>3999 7-9", false));
        let (some, cut) = steps(&sizes, 2_001);
        assert_eq!((shown(&some).as_str(), cut), ("1-2 4-4", true));
    }

    #[test]
    fn an_item_of_a_written_list_is_listed_whole() {
        let minutes = "1. TENDERS\n - Roof of the mill. Two firms have no licence. REFUSED.\n - Fence. ACCEPTED.\n\
            - Boiler of the hall. Too dear. REFUSED.\n2. LEAVE\n - Ada Holm, two weeks. REFUSED.\n";
        let told = listed("List all tenders that were refused", &[minutes]);
        insta::assert_snapshot!(told.text, @r"
        **2 found**; 1 passages of 1 documents examined.

        - Roof of the mill. Two firms have no licence. REFUSED. [1]
        - Boiler of the hall. Too dear. REFUSED. [1]
        ");
    }

    #[test]
    fn accents_and_capitals_hide_nothing() {
        let told =
            listed("Welche Verträge nennen Gebäude?", &["Die VERTRÄGE nennen Gebäude.", "Nichts davon."]);
        assert_eq!(told.sources.len(), 1, "{}", told.text);
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
