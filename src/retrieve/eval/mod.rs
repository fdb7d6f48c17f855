//! How good retrieval is, on a set of questions whose answers are known: the figures behind the defaults.
//!
//! A set is a folder with `corpus.jsonl` (`id`, `title`, `text`), `queries.jsonl` (`id`, `text`) and `qrels.tsv`
//! (`query-id`, `doc-id`, `grade`), as BEIR has them. A grade of 1 or more is an answer. A grade of 0 takes the
//! document out of that question's ranking: it is what the question was drawn from, neither answer nor mistake.
//! Without `qrels.tsv` each question names its `passage`; it may say what an answer holds (`answers`), and whether the
//! passage answers it at all (`answerable`).

mod dataset;
mod shelf;

use super::fusion::{Fusion, fuse};
use super::{Asked, RetrieveError};
use docent_domain::{DocumentId, ProjectId};
use docent_embedding::Embedder;
use docent_vectors::{Branches, Point, SearchQuery, VectorIndex};

pub use dataset::{Dataset, Document, Question};
pub use shelf::Shelf;

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

/// The project that everything is in.
pub fn project() -> ProjectId {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn question(answers: &[usize], left_out: &[usize]) -> Question {
        Question {
            text: String::new(),
            answers: answers.iter().copied().collect(),
            left_out: left_out.iter().copied().collect(),
            gold: Vec::new(),
            answerable: true,
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
}
