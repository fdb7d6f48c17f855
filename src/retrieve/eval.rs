//! How good retrieval is, on a set of questions whose answers are known: the figures behind the defaults.
//!
//! A set is a folder with `corpus.jsonl` (`id`, `title`, `text`), `queries.jsonl` (`id`, `text`) and `qrels.tsv`
//! (`query-id`, `doc-id`, `grade`), as BEIR has them. A grade of 1 or more is an answer. A grade of 0 takes the
//! document out of that question's ranking: it is what the question was drawn from, neither answer nor mistake.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use serde::Deserialize;

use super::fusion::{Fusion, fuse};
use super::{Asked, ChunkKey, Library, LiveChunk, RetrieveError, Spoken};
use docent_domain::{DocumentId, ProjectId, Scope};
use docent_embedding::Embedder;
use docent_vectors::{Branches, Point, SearchQuery, VectorIndex};
use docent_words::{Fields, Language, detect, passage, split_name};

/// Questions, documents, and which belong together.
#[derive(Debug, Clone, Default)]
pub struct Dataset {
    pub documents: Vec<Document>,
    pub questions: Vec<Question>,
}

#[derive(Debug, Clone)]
pub struct Document {
    pub id: String,
    /// The name of its file; empty where it has none.
    pub name: String,
    /// Title and text.
    pub text: String,
}

#[derive(Debug, Clone)]
pub struct Question {
    pub text: String,
    /// Numbers of documents in [`Dataset::documents`].
    pub answers: HashSet<usize>,
    pub left_out: HashSet<usize>,
}

/// How to make one ranking of two branches.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Method {
    Dense,
    Sparse,
    Fused(Fusion),
}

/// Means over all questions, 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Figures {
    pub ndcg_10: f64,
    pub recall_10: f64,
    pub recall_100: f64,
    pub mrr_10: f64,
}

/// What the no-answer decision would go by, for one question.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evidence {
    pub best_cosine: f32,
    pub best_sparse: f32,
    /// Of the question's words, in the best passage of the fused ranking's first few.
    pub coverage: f64,
}

#[derive(Deserialize)]
struct Line {
    id: String,
    #[serde(default)]
    title: String,
    text: String,
}

impl Dataset {
    /// Reads a folder; documents without text are left out.
    pub fn load(folder: &Path) -> std::io::Result<Self> {
        let documents: Vec<Document> = lines(&folder.join("corpus.jsonl"))?
            .into_iter()
            .map(|line| Document {
                id: line.id,
                name: String::new(),
                text: format!("{} {}", line.title, line.text).trim().to_owned(),
            })
            .filter(|document| !document.text.is_empty())
            .collect();
        let numbers: HashMap<&str, usize> =
            documents.iter().enumerate().map(|(n, document)| (document.id.as_str(), n)).collect();
        let mut graded: HashMap<String, (HashSet<usize>, HashSet<usize>)> = HashMap::new();
        for row in fs_err::read_to_string(folder.join("qrels.tsv"))?.lines().skip(1) {
            let mut cells = row.split('\t');
            let (Some(question), Some(document), Some(grade)) = (cells.next(), cells.next(), cells.next())
            else {
                continue;
            };
            let Some(&document) = numbers.get(document) else { continue };
            let (answers, left_out) = graded.entry(question.to_owned()).or_default();
            if grade.trim() == "0" {
                left_out.insert(document)
            } else {
                answers.insert(document)
            };
        }
        let questions = lines(&folder.join("queries.jsonl"))?
            .into_iter()
            .filter_map(|line| {
                let (answers, left_out) = graded.remove(&line.id)?;
                Some(Question { text: line.text, answers, left_out })
            })
            .collect();
        Ok(Self { documents, questions })
    }

    /// Puts every document into the index, as one chunk each; returns what the database would know of their words.
    pub async fn index(
        &self,
        index: &dyn VectorIndex,
        embedder: &dyn Embedder,
    ) -> Result<Shelf, RetrieveError> {
        let shelf = Shelf::of(self);
        for (n, batch) in self.documents.chunks(64).enumerate() {
            let texts: Vec<String> = batch.iter().map(Document::embedded).collect();
            let vectors = embedder.passages(&texts).await?;
            let points = vectors.into_iter().enumerate().map(|(m, dense)| {
                let number = n * 64 + m;
                point(number, dense, shelf.fields[number].weights(shelf.mean))
            });
            index.upsert(points.collect()).await?;
        }
        index.settle().await?;
        Ok(shelf)
    }
}

impl Document {
    fn embedded(&self) -> String {
        if self.name.is_empty() {
            return self.text.clone();
        }
        format!("{}\n{}", split_name(&self.name), self.text)
    }
}

/// The words of a dataset, in the database's place.
pub struct Shelf {
    fields: Vec<Fields>,
    spoken: Vec<Spoken>,
    holding: HashMap<u32, i64>,
    mean: f32,
}

impl Shelf {
    fn of(dataset: &Dataset) -> Self {
        let (mut fields, mut spoken) = (Vec::new(), HashMap::<Option<Language>, i64>::new());
        let mut holding: HashMap<u32, i64> = HashMap::new();
        let mut length = 0.0;
        for document in &dataset.documents {
            let language = detect(&document.text);
            let name = passage(&split_name(&document.name), language);
            let field = Fields { body: passage(&document.text, language), name, ..Fields::default() };
            field.terms().into_iter().for_each(|term| *holding.entry(term).or_default() += 1);
            *spoken.entry(language).or_default() += 1;
            length += field.body.length;
            fields.push(field);
        }
        let count = i64::try_from(fields.len()).unwrap_or(i64::MAX);
        #[expect(clippy::cast_possible_truncation, reason = "far fewer than 2^53 words")]
        let mean = Fields::mean(count, length.round() as i64);
        Self { fields, spoken: spoken.into_iter().collect(), holding, mean }
    }
}

#[async_trait::async_trait]
impl Library for Shelf {
    async fn hidden(&self, _: ProjectId) -> Result<Vec<(DocumentId, i64)>, RetrieveError> {
        Ok(Vec::new())
    }

    async fn spoken(&self, _: ProjectId) -> Result<Vec<Spoken>, RetrieveError> {
        Ok(self.spoken.clone())
    }

    async fn holding(&self, _: ProjectId, terms: &[u32]) -> Result<HashMap<u32, i64>, RetrieveError> {
        Ok(terms.iter().filter_map(|term| Some((*term, *self.holding.get(term)?))).collect())
    }

    async fn live(
        &self,
        _: &Scope,
        _: ProjectId,
        documents: &[DocumentId],
    ) -> Result<HashMap<DocumentId, i64>, RetrieveError> {
        Ok(documents.iter().map(|document| (*document, 1)).collect())
    }

    async fn chunks(&self, _: &Scope, _: ProjectId, _: &[ChunkKey]) -> Result<Vec<LiveChunk>, RetrieveError> {
        Ok(Vec::new())
    }
}

/// What is asked of the index, and what it answers.
pub struct Answered {
    pub asked: Asked,
    pub branches: Branches,
}

/// What the index answers to each question, so that methods can be compared without asking again.
pub async fn answers(
    index: &dyn VectorIndex,
    shelf: &Shelf,
    embedder: &dyn Embedder,
    questions: &[&str],
    limit: usize,
) -> Result<Vec<Answered>, RetrieveError> {
    let mut found = Vec::with_capacity(questions.len());
    for question in questions {
        let dense = embedder.query(question).await?;
        let asked = Asked::read(shelf, project(), question).await?;
        let query = SearchQuery {
            project: project(),
            dense: Some(&dense),
            words: Some(&asked.weights),
            limit,
            documents: None,
            hidden: &[],
        };
        let branches = index.search(query).await?;
        found.push(Answered { asked, branches });
    }
    Ok(found)
}

/// The figures of a method over all questions.
pub fn figures(method: Method, questions: &[Question], found: &[Answered]) -> Figures {
    let mut sum = Figures::default();
    for (question, found) in questions.iter().zip(found) {
        let one = score(&ranking(method, found), question);
        sum.ndcg_10 += one.ndcg_10;
        sum.recall_10 += one.recall_10;
        sum.recall_100 += one.recall_100;
        sum.mrr_10 += one.mrr_10;
    }
    #[expect(clippy::cast_precision_loss, reason = "a few hundred questions")]
    let count = questions.len().max(1) as f64;
    Figures {
        ndcg_10: sum.ndcg_10 / count,
        recall_10: sum.recall_10 / count,
        recall_100: sum.recall_100 / count,
        mrr_10: sum.mrr_10 / count,
    }
}

/// What speaks for there being an answer at all.
pub fn evidence(shelf: &Shelf, found: &Answered) -> Evidence {
    let Answered { asked, branches } = found;
    let first = ranking(Method::Fused(Fusion::SCORES), found).into_iter().take(6);
    let covered =
        first.map(|n| f64::from(asked.question.covered(&shelf.fields[n].body, |term| asked.rarity(term))));
    Evidence {
        best_cosine: branches.dense.first().map_or(-1.0, |hit| hit.score),
        best_sparse: branches.sparse.first().map_or(0.0, |hit| hit.score),
        coverage: covered.fold(0.0, f64::max),
    }
}

fn project() -> ProjectId {
    ProjectId::from(1)
}

fn point(number: usize, dense: Vec<f32>, words: Vec<(u32, f32)>) -> Point {
    let document = DocumentId::from(i64::try_from(number).unwrap_or(i64::MAX));
    Point { project: project(), document, generation: 1, position: 0, dense: Some(dense), words }
}

fn ranking(method: Method, found: &Answered) -> Vec<usize> {
    let branches = &found.branches;
    let number = |document: DocumentId| usize::try_from(document.get()).unwrap_or(usize::MAX);
    match method {
        Method::Dense => branches.dense.iter().map(|hit| number(hit.document)).collect(),
        Method::Sparse => branches.sparse.iter().map(|hit| number(hit.document)).collect(),
        Method::Fused(fusion) => fuse(fusion, branches).iter().map(|one| number(one.key.document)).collect(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "ranks and counts of answers are small")]
fn score(ranking: &[usize], question: &Question) -> Figures {
    let ranked: Vec<bool> = ranking
        .iter()
        .filter(|document| !question.left_out.contains(document))
        .map(|document| question.answers.contains(document))
        .collect();
    let gain = |rank: usize| 1.0 / (rank as f64 + 2.0).log2();
    let ideal: f64 = (0..question.answers.len().min(10)).map(gain).sum();
    let gained: f64 = ranked.iter().take(10).enumerate().filter(|(_, hit)| **hit).map(|(n, _)| gain(n)).sum();
    let recall = |k: usize| {
        ranked.iter().take(k).filter(|hit| **hit).count() as f64 / question.answers.len().max(1) as f64
    };
    Figures {
        ndcg_10: if ideal > 0.0 { gained / ideal } else { 0.0 },
        recall_10: recall(10),
        recall_100: recall(100),
        mrr_10: ranked.iter().take(10).position(|hit| *hit).map_or(0.0, |n| 1.0 / (n as f64 + 1.0)),
    }
}

fn lines(path: &Path) -> std::io::Result<Vec<Line>> {
    let text = fs_err::read_to_string(path)?;
    let parsed = text.lines().filter(|line| !line.trim().is_empty()).map(serde_json::from_str);
    parsed.collect::<Result<_, _>>().map_err(std::io::Error::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(answers: &[usize], left_out: &[usize]) -> Question {
        Question {
            text: String::new(),
            answers: answers.iter().copied().collect(),
            left_out: left_out.iter().copied().collect(),
        }
    }

    #[test]
    fn a_perfect_ranking_has_perfect_figures() {
        let perfect = Figures { ndcg_10: 1.0, recall_10: 1.0, recall_100: 1.0, mrr_10: 1.0 };
        assert_eq!(score(&[3, 7, 1], &question(&[3, 7], &[])), perfect);
        assert_eq!(
            score(&[9, 3, 7, 1], &question(&[3, 7], &[9])),
            perfect,
            "what is left out takes no place"
        );
        assert_eq!(score(&[1, 2], &question(&[3], &[])), Figures::default());
    }

    #[test]
    fn later_answers_count_less() {
        let figures = score(&[1, 3], &question(&[3], &[]));
        assert!((figures.ndcg_10 - 1.0 / 3.0_f64.log2()).abs() < 1e-12, "{figures:?}");
        assert_eq!(figures.mrr_10, 0.5);
        let late: Vec<usize> = (100..150).chain([3]).collect();
        let figures = score(&late, &question(&[3, 4], &[]));
        assert_eq!((figures.ndcg_10, figures.recall_10, figures.recall_100), (0.0, 0.0, 0.5));
    }

    #[test]
    fn a_folder_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs_err::write(folder.path().join(name), text).unwrap();
        write(
            "corpus.jsonl",
            "{\"id\":\"a\",\"title\":\"Kestrels\",\"text\":\"eat voles\"}\n{\"id\":\"b\",\"text\":\"\"}\n{\"id\":\"c\",\"text\":\"Owls\"}\n",
        );
        write(
            "queries.jsonl",
            "{\"id\":\"1\",\"text\":\"who eats voles\"}\n{\"id\":\"2\",\"text\":\"unjudged\"}\n",
        );
        write("qrels.tsv", "query-id\tdoc-id\tgrade\n1\ta\t1\n1\tc\t0\n1\tgone\t1\n");
        let dataset = Dataset::load(folder.path()).unwrap();
        assert_eq!(
            dataset.documents.iter().map(|d| d.text.as_str()).collect::<Vec<_>>(),
            ["Kestrels eat voles", "Owls"]
        );
        assert_eq!(dataset.questions.len(), 1);
        assert_eq!(dataset.questions[0].answers, HashSet::from([0]));
        assert_eq!(dataset.questions[0].left_out, HashSet::from([1]));
    }
}
