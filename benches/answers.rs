//! `cargo bench --profile dev --bench answers -- <collection> <folder of models> [model] [every n-th question]`: what
//! retrieval and the built-in answerer make of a collection, question by question as a server does it: the right passage,
//! the right words in the answer, others cited beside it, and when there is no answer, also where the passages that answer
//! are taken out. `WITHOUT_SENTENCES=1` has it look at no single sentences; `JUDGE=<name>` has a cross-encoder of the folder
//! of models read what was found. A fifth word has it show the answers
//! that lack the right words or cite others. `SOURCES=<file>` has it write down what was found for each question, for
//! `docent-models`' `extractive::measure`.
//!
//! A collection is a folder as `docent eval` takes it, or one with `documents/*.txt` and `queries.jsonl` (`text`, `spans` of
//! `file`, `start` and `end`): the documents are then cut as a server cuts them. Where some of the questions have no answer,
//! the calibration of the decision is fitted on one half of them, and tried on the other.

#[path = "answers/agreements.rs"]
mod agreements;
#[path = "answers/calibration.rs"]
mod calibration;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use docent::auth::server_scope;
use docent::domain::DocumentId;
use docent::domain::source::Source;
use docent::embedding::{self, Embedder, EmbeddingSettings, LocalSettings};
use docent::models::{ChatModel, Delta, Extractive, Near, Prompt, Shortlisted, shortlist};
use docent::rerank::{self, CrossEncoderModel, OnnxSettings, Patient, RerankSettings};
use docent::retrieve::eval::{Dataset, Method, Question, Shelf, answers, figures, project};
use docent::retrieve::{Ask, Found, Fusion, Mode, RetrievalSettings, Retriever, Sentence};
use docent::vectors::{MemoryIndex, VectorIndex};
use futures_util::StreamExt;
use serde_json::json;

type Anything = Box<dyn std::error::Error>;

const TOP_K: usize = 6;
/// As in a turn of a chat.
const SENTENCES: usize = 16;
const PASSAGES: usize = 2;

#[tokio::main]
async fn main() -> Result<(), Anything> {
    // cargo itself adds `--bench`.
    let mut given = std::env::args().skip(1).filter(|arg| !arg.starts_with("--"));
    let (Some(folder), Some(home)) = (given.next().map(PathBuf::from), given.next()) else {
        println!("skipped: give the folder of a collection and the folder of the models");
        return Ok(());
    };
    let model = given.next().unwrap_or_else(|| "multilingual-e5-small".to_owned());
    let step: usize = given.next().map_or(Ok(1), |step| step.parse())?;
    let misses = given.next().is_some();
    let settings = LocalSettings { model: model.clone(), ..LocalSettings::new(Path::new(&home)) };
    let embedder = embedding::open(&EmbeddingSettings::Local(settings)).await?;
    let mut dataset = if folder.join("documents").is_dir() {
        agreements::load(&folder, &*embedder)?
    } else {
        Dataset::load(&folder)?
    };
    dataset.questions = dataset.questions.into_iter().step_by(step.max(1)).collect();
    println!("{} passages, {} questions, {model}", dataset.documents.len(), dataset.questions.len());

    let judge = judge(Path::new(&home)).await?;
    let desk = Desk::open(&dataset, &embedder, judge.as_ref()).await?;
    desk.rank(&dataset).await?;
    let mut seen = Vec::new();
    for question in &dataset.questions {
        seen.push(desk.ask(question).await?);
    }
    let mut figures = tell(&dataset.questions, &seen);
    let gone = desk.refused_without(&dataset).await?;
    println!("refused without what answers: {gone:?}");
    figures["refused without what answers"] = json!(gone);
    if misses {
        show_misses(&dataset.questions, &seen);
    }
    if let Some(file) = std::env::var_os("SOURCES") {
        write_sources(Path::new(&file), &dataset, &seen)?;
    }
    if dataset.documents.iter().any(|document| !document.title.is_empty()) {
        let mut nameless = dataset.clone();
        nameless.documents.iter_mut().for_each(|document| document.title.clear());
        println!("\nwithout titles");
        let bare = Desk::open(&nameless, &embedder, judge.as_ref()).await?;
        bare.rank(&nameless).await?;
        let mut without = Vec::new();
        for question in &nameless.questions {
            without.push(bare.ask(question).await?);
        }
        tell(&nameless.questions, &without);
        if dataset.questions.iter().any(|question| !question.answerable) {
            calibration::fit(&dataset.questions, &[seen, without]);
        }
    }
    println!("{}", json!({"bench": "answers", "model": model, "figures": figures}));
    Ok(())
}

/// The cross-encoder that `JUDGE` names. It has all the time that it needs.
async fn judge(home: &Path) -> Result<Option<Arc<Patient>>, Anything> {
    let Some(name) = std::env::var_os("JUDGE") else { return Ok(None) };
    let model = CrossEncoderModel::Folder(PathBuf::from(name));
    let settings = RerankSettings::Onnx(OnnxSettings { home: home.to_owned(), model, sessions: 2 });
    Ok(Some(Arc::new(rerank::open(&settings, Duration::from_secs(600)).await?)))
}

/// A collection, ready to be asked.
struct Desk {
    embedder: Arc<dyn Embedder>,
    index: Arc<MemoryIndex>,
    shelf: Arc<Shelf>,
    retriever: Retriever,
    titles: Vec<String>,
    /// Whether single sentences are looked at, as in a turn of a chat.
    closer: bool,
}

impl Desk {
    async fn open(
        dataset: &Dataset,
        embedder: &Arc<dyn Embedder>,
        judge: Option<&Arc<Patient>>,
    ) -> Result<Self, Anything> {
        let index = Arc::new(MemoryIndex::new(embedder.info().dimension));
        let shelf = Arc::new(dataset.index(&*index, &**embedder).await?);
        let settings = RetrievalSettings { fusion: Fusion::CONFIDENT, min_cosine: 0.3 };
        let (of_index, of_shelf): (Arc<dyn VectorIndex>, _) = (index.clone(), shelf.clone());
        let retriever = Retriever::new(of_index, Arc::clone(embedder), of_shelf, settings);
        let retriever = match judge {
            Some(judge) => retriever.with_judge(Arc::<Patient>::clone(judge)),
            None => retriever,
        };
        let titles = dataset.documents.iter().map(|document| document.title.clone()).collect();
        let closer = std::env::var_os("WITHOUT_SENTENCES").is_none();
        Ok(Self { embedder: Arc::clone(embedder), index, shelf, retriever, titles, closer })
    }

    /// nDCG and recall of the branches and of what joins them.
    async fn rank(&self, dataset: &Dataset) -> Result<(), Anything> {
        let texts: Vec<&str> = dataset.questions.iter().map(|question| question.text.as_str()).collect();
        let found = answers(&*self.index, &self.shelf, &*self.embedder, &texts, 50).await?;
        println!("{:<12} {:>8} {:>8} {:>8}", "", "nDCG@10", "R@10", "MRR@10");
        for (name, method) in [
            ("dense", Method::Dense),
            ("words", Method::Sparse),
            ("joined", Method::Fused(Fusion::CONFIDENT)),
        ] {
            let f = figures(method, &dataset.questions, &found);
            println!("{name:<12} {:>8.3} {:>8.3} {:>8.3}", f.ndcg_10, f.recall_10, f.mrr_10);
        }
        Ok(())
    }

    async fn ask(&self, question: &Question) -> Result<Seen, Anything> {
        self.ask_of(question, None).await
    }

    /// The same of a collection without what answers.
    async fn ask_without(&self, question: &Question, count: usize) -> Result<Seen, Anything> {
        let others = (0..count).filter(|number| !question.answers.contains(number));
        let others: Vec<DocumentId> =
            others.filter_map(|number| Some(i64::try_from(number).ok()?.into())).collect();
        self.ask_of(question, Some(&others)).await
    }

    /// A file is mostly named by what it is about.
    fn name(&self, source: &mut Source) {
        let number = usize::try_from(source.document.get()).unwrap_or(usize::MAX);
        let title = self.titles.get(number).filter(|title| !title.is_empty() && source.filename.is_empty());
        if let Some(title) = title {
            source.filename = format!("{title}.txt");
        }
    }

    /// Of how many questions that have an answer, and which share of them is refused in a collection without it.
    async fn refused_without(&self, dataset: &Dataset) -> Result<(usize, f64), Anything> {
        let (mut asked, mut refused) = (0_usize, 0_usize);
        for question in dataset.questions.iter().filter(|question| question.answerable) {
            let seen = self.ask_without(question, dataset.documents.len()).await?;
            asked += 1;
            refused += usize::from(!seen.found.relevant);
        }
        Ok((asked, refused as f64 / asked.max(1) as f64))
    }

    async fn ask_of(&self, question: &Question, documents: Option<&[DocumentId]>) -> Result<Seen, Anything> {
        let ask =
            Ask { project: project(), query: &question.text, top_k: TOP_K, documents, mode: Mode::Hybrid };
        let mut found = self.retriever.search(&server_scope(), ask).await?;
        found.sources.iter_mut().for_each(|source| self.name(source));
        let ground = found.ground.clone();
        let is_foreign = |source| ground.as_ref().is_some_and(|ground| ground.is_foreign(source));
        let listed = shortlist(&question.text, &found.sources, is_foreign, SENTENCES);
        let sentence = |one: &Shortlisted| Sentence { source: one.source, text: one.embedded.clone() };
        let sentences: Vec<Sentence> = listed.iter().map(sentence).collect();
        let own = found.sources.iter().enumerate().filter(|(at, _)| !is_foreign(*at));
        let passages: Vec<&str> = own.take(PASSAGES).map(|(_, source)| source.content.as_str()).collect();
        let look = match found.ground.as_ref().filter(|_| self.closer) {
            Some(ground) => self.retriever.look_closer(ground, &sentences, &passages).await?,
            None => None,
        };
        let mut near = Vec::new();
        if let Some(look) = look {
            found.relevant = look.relevant;
            let of = |(one, (cosine, read)): (Shortlisted, (f32, Option<f32>))| Near {
                text: one.text,
                cosine,
                read,
            };
            let said = look.cosines.into_iter().zip(look.sentences_read);
            near = listed.into_iter().zip(said).map(of).collect();
        }
        let answer =
            if found.relevant { quoted(&found, &near, &question.text).await? } else { String::new() };
        Ok(Seen { found, near, answer })
    }
}

/// What came of a question.
struct Seen {
    found: Found,
    near: Vec<Near>,
    /// Empty where there is none.
    answer: String,
}

impl Seen {
    /// Numbers of the documents that the answer cites.
    fn cited(&self) -> Vec<usize> {
        let places = (1..=self.found.sources.len()).filter(|n| self.answer.contains(&format!("[{n}]")));
        places
            .map(|n| usize::try_from(self.found.sources[n - 1].document.get()).unwrap_or(usize::MAX))
            .collect()
    }
}

async fn quoted(found: &Found, near: &[Near], question: &str) -> Result<String, Anything> {
    let near = if near.is_empty() { Vec::new() } else { vec![near.to_vec()] };
    let sources = found.sources.clone();
    let prompt = Prompt { sources, near, question: question.to_owned(), ..Prompt::default() };
    let mut stream = Extractive.stream(prompt).await?;
    let mut answer = String::new();
    while let Some(delta) = stream.next().await {
        if let Delta::Text(text) = delta? {
            answer.push_str(&text);
        }
    }
    Ok(answer)
}

/// Prints, and returns, what the answers are like.
fn tell(questions: &[Question], seen: &[Seen]) -> serde_json::Value {
    let both = || questions.iter().zip(seen);
    let share = |what: &dyn Fn(&Question, &Seen) -> bool, of: &dyn Fn(&Question, &Seen) -> bool| {
        let all: Vec<_> = both().filter(|(question, seen)| of(question, seen)).collect();
        let some = all.iter().filter(|(question, seen)| what(question, seen)).count();
        (all.len(), some as f64 / all.len().max(1) as f64)
    };
    let answerable = |question: &Question, _: &Seen| question.answerable;
    let answered = |question: &Question, seen: &Seen| question.answerable && !seen.answer.is_empty();
    let has_gold = |question: &Question, seen: &Seen| {
        answered(question, seen) && question.gold.iter().any(|gold| holds(&seen.answer, gold))
    };
    let mut lengths: Vec<usize> =
        both().filter(|(q, s)| answered(q, s)).map(|(_, seen)| seen.answer.chars().count()).collect();
    lengths.sort_unstable();
    let figures = json!({
        "answerable refused": share(&|_, seen| seen.answer.is_empty(), &answerable),
        "near misses refused": share(&|_, seen| seen.answer.is_empty(), &|question, _| !question.answerable),
        "right passage first": share(
            &|question, seen| {
                let first = seen.found.sources.first();
                first.is_some_and(|one| {
                    usize::try_from(one.document.get()).is_ok_and(|n| question.answers.contains(&n))
                })
            },
            &answerable,
        ),
        "gold in the answer": share(&has_gold, &|question, _| question.answerable && !question.gold.is_empty()),
        "another document cited": share(
            &|question, seen| seen.cited().iter().any(|cited| !question.answers.contains(cited)),
            &answered,
        ),
        "median characters": lengths.get(lengths.len() / 2),
    });
    println!("{figures:#}");
    figures
}

fn show_misses(questions: &[Question], seen: &[Seen]) {
    for (question, seen) in questions.iter().zip(seen).filter(|(question, _)| question.answerable) {
        let lacks = !question.gold.is_empty() && !question.gold.iter().any(|gold| holds(&seen.answer, gold));
        let others = seen.cited().iter().any(|cited| !question.answers.contains(cited));
        if lacks || others {
            let what = if lacks { "lacks" } else { "others" };
            println!("{what}: {} {:?}\n    {}", question.text, question.gold, seen.answer);
        }
    }
}

/// What was found for each question, a line of JSON each: what the answerer learns from.
fn write_sources(file: &Path, dataset: &Dataset, seen: &[Seen]) -> Result<(), Anything> {
    let mut lines = String::new();
    for (question, seen) in dataset.questions.iter().zip(seen).filter(|(one, _)| !one.gold.is_empty()) {
        let source = |source: &Source| {
            let number = usize::try_from(source.document.get()).unwrap_or(usize::MAX);
            let title = dataset.documents.get(number).map(|document| document.title.as_str());
            json!({"content": source.content, "filename": source.filename, "title": title,
                "heading": source.heading, "document": number, "score": source.score,
                "right": question.answers.contains(&number)})
        };
        let sources: Vec<_> = seen.found.sources.iter().map(source).collect();
        let near: Vec<_> = seen.near.iter().map(|one| json!([one.text, one.cosine, one.read])).collect();
        let line =
            json!({"question": question.text, "gold": question.gold, "sources": sources, "near": near});
        lines.push_str(&format!("{line}\n"));
    }
    Ok(std::fs::write(file, lines)?)
}

/// Verbatim but for case and blanks.
fn holds(answer: &str, gold: &str) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    plain(answer).contains(&plain(gold))
}
