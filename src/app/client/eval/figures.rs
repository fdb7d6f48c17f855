//! What was found, held against what was expected.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::questions::{Expected, Question};

/// A passage of a search.
#[derive(Debug, Clone, Default)]
pub(super) struct Found {
    document: i64,
    filename: String,
    page: Option<i64>,
    content: String,
}

impl From<&Value> for Found {
    fn from(source: &Value) -> Self {
        let metadata = &source["metadata"];
        Self {
            document: metadata["document_id"].as_i64().unwrap_or_default(),
            filename: metadata["filename"].as_str().unwrap_or_default().to_owned(),
            page: metadata["page"].as_i64(),
            content: normal(source["content"].as_str().unwrap_or_default()),
        }
    }
}

/// What came of one question.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Asked {
    pub question: String,
    pub answerable: bool,
    /// For each place that was expected, its 1-based rank.
    pub ranks: Vec<Option<usize>>,
    pub answer: Option<Answered>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Answered {
    pub text: String,
    pub refused: bool,
    /// Whether it holds one of the expected texts; nothing where none is expected.
    pub right: Option<bool>,
    /// Whether it cites an expected place.
    pub cited: Option<bool>,
}

/// Shares of all questions that expect the thing in question, 0 to 1.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Figures {
    pub questions: usize,
    /// Of the expected places, among the passages.
    pub recall: Option<f64>,
    /// Questions whose first passage is an expected one.
    pub first: Option<f64>,
    pub ndcg: Option<f64>,
    /// Answers that hold an expected text.
    pub answers_found: Option<f64>,
    /// Answers that cite an expected place.
    pub cited: Option<f64>,
    /// Of the questions with an answer.
    pub wrongly_refused: Option<f64>,
    /// Of the questions without one.
    pub rightly_refused: Option<f64>,
}

/// Compares one question's passages and answer with what is expected.
pub(super) fn judge(question: &Question, passages: &[Found], answer: Option<Value>) -> Asked {
    let rank =
        |expected: &Expected| passages.iter().position(|passage| fits(expected, passage)).map(|at| at + 1);
    Asked {
        question: question.text.clone(),
        answerable: question.answerable,
        ranks: question.expected.iter().map(rank).collect(),
        answer: answer.map(|answer| answered(question, &answer)),
    }
}

fn answered(question: &Question, answer: &Value) -> Answered {
    let text = answer["answer"].as_str().unwrap_or_default();
    let sources = answer["sources"].as_array().map(Vec::as_slice).unwrap_or_default();
    let numbers = answer["cited"].as_array().map(Vec::as_slice).unwrap_or_default();
    let numbers = numbers.iter().filter_map(|number| usize::try_from(number.as_u64()?).ok()?.checked_sub(1));
    let cited: Vec<Found> = numbers.filter_map(|at| sources.get(at)).map(Found::from).collect();
    let refused = answer["finish_reason"] == "no_answer";
    let normal_text = normal(text);
    let holds = |wanted: &String| normal_text.contains(&normal(wanted));
    let expects_place = !question.expected.is_empty();
    let is_cited = || cited.iter().any(|passage| question.expected.iter().any(|one| fits(one, passage)));
    Answered {
        text: text.to_owned(),
        refused,
        right: (!question.answers.is_empty()).then(|| !refused && question.answers.iter().any(holds)),
        cited: expects_place.then(is_cited),
    }
}

fn fits(expected: &Expected, passage: &Found) -> bool {
    let document = expected.document.as_deref().is_none_or(|wanted| {
        let (wanted, name) = (wanted.to_lowercase(), passage.filename.to_lowercase());
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
        wanted == name || wanted == stem || wanted == passage.document.to_string()
    });
    let page = expected
        .page
        .as_deref()
        .is_none_or(|wanted| passage.page.is_some_and(|page| page.to_string() == wanted));
    document
        && page
        && expected.text.as_deref().is_none_or(|wanted| passage.content.contains(&normal(wanted)))
}

/// Case and blanks do not count.
fn normal(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

impl Figures {
    pub(super) fn of(asked: &[Asked]) -> Self {
        let placed = || asked.iter().filter(|one| !one.ranks.is_empty());
        let answers = |wanted: bool| {
            asked.iter().filter(move |one| one.answerable == wanted).filter_map(|one| one.answer.as_ref())
        };
        let share = |found: bool| if found { 1.0 } else { 0.0 };
        Self {
            questions: asked.len(),
            recall: mean(placed().map(|one| {
                let found = one.ranks.iter().filter(|rank| rank.is_some()).count();
                ratio(found, one.ranks.len())
            })),
            first: mean(placed().map(|one| share(one.ranks.contains(&Some(1))))),
            ndcg: mean(placed().map(|one| ndcg(&one.ranks))),
            answers_found: mean(answers(true).filter_map(|answer| answer.right).map(share)),
            cited: mean(answers(true).filter_map(|answer| answer.cited).map(share)),
            wrongly_refused: mean(answers(true).map(|answer| share(answer.refused))),
            rightly_refused: mean(answers(false).map(|answer| share(answer.refused))),
        }
    }

    /// With the names that people read, and whether more is better.
    pub(super) const fn rows(&self) -> [(&'static str, Option<f64>, bool); 7] {
        [
            ("recall", self.recall, true),
            ("first passage right", self.first, true),
            ("nDCG", self.ndcg, true),
            ("answers found", self.answers_found, true),
            ("right place cited", self.cited, true),
            ("wrongly refused", self.wrongly_refused, false),
            ("rightly refused", self.rightly_refused, true),
        ]
    }
}

/// One passage that fits two expectations counts once.
fn ndcg(ranks: &[Option<usize>]) -> f64 {
    let gain = |rank: usize| 1.0 / (f64::from(u32::try_from(rank).unwrap_or(u32::MAX)) + 1.0).log2();
    let found: BTreeSet<usize> = ranks.iter().flatten().copied().collect();
    let ideal: f64 = (1..=ranks.len()).map(gain).sum();
    found.into_iter().map(gain).sum::<f64>() / ideal
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0_usize), |(sum, count), value| (sum + value, count + 1));
    (count > 0).then(|| sum / ratio(count, 1))
}

#[expect(clippy::cast_precision_loss, reason = "counts of questions are small")]
fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn passage(filename: &str, page: i64, content: &str) -> Found {
        Found::from(
            &json!({"content": content, "metadata": {"document_id": 7, "filename": filename, "page": page}}),
        )
    }

    fn expected(document: &str, page: Option<&str>, text: Option<&str>) -> Expected {
        Expected { document: Some(document.into()), page: page.map(Into::into), text: text.map(Into::into) }
    }

    #[test]
    fn places_fit_by_all_that_is_said_of_them() {
        let found = passage("Lease.pdf", 3, "The notice\nperiod is SIX weeks.");
        for (wanted, fitting) in [
            (expected("lease.pdf", None, None), true),
            (expected("lease", Some("3"), Some("notice period is six")), true),
            (expected("7", Some("3"), None), true),
            (expected("lease.pdf", Some("4"), None), false),
            (expected("leas", None, None), false),
            (expected("lease.pdf", None, Some("nine weeks")), false),
        ] {
            assert_eq!(fits(&wanted, &found), fitting, "{wanted:?}");
        }
    }

    #[test]
    fn figures_are_means_of_those_that_expect_something() {
        let question = Question {
            text: "How long?".into(),
            expected: vec![expected("a.pdf", None, None), expected("b.pdf", None, None)],
            answers: vec!["six  weeks".into()],
            answerable: true,
        };
        let passages = [passage("c.pdf", 1, ""), passage("a.pdf", 1, "")];
        let answer = json!({"answer": "It is Six weeks [1].", "finish_reason": "stop", "cited": [1],
            "sources": [{"content": "", "metadata": {"filename": "a.pdf"}}]});
        let refusal = json!({"answer": "No.", "finish_reason": "no_answer", "cited": [], "sources": []});
        let absent = Question { text: "Who?".into(), answerable: false, ..Question::default() };
        let asked = [
            judge(&question, &passages, Some(answer)),
            judge(&question, &[], Some(refusal.clone())),
            judge(&absent, &passages, Some(refusal)),
        ];
        let figures = Figures::of(&asked);
        assert_eq!((figures.recall, figures.first), (Some(0.25), Some(0.0)));
        let one = 1.0 / 3.0_f64.log2();
        let expected = one / (1.0 + one) / 2.0;
        assert!((figures.ndcg.unwrap() - expected).abs() < 1e-9, "{figures:?}");
        assert_eq!((figures.answers_found, figures.cited), (Some(0.5), Some(0.5)));
        assert_eq!((figures.wrongly_refused, figures.rightly_refused), (Some(0.5), Some(1.0)));
        assert_eq!(Figures::of(&[]), Figures::default());
    }
}
