//! `docent eval`: how well a project's own questions are answered, by its own expectations; before and after a change, and
//! as a gate for CI.

mod figures;
mod questions;
mod report;

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use super::{Api, ClientError, Connection, Outcome, Output, say_json};
use figures::{Asked, Figures, Found, judge};
use questions::Question;

/// A question that is searched, and answered where that is wanted.
#[derive(Debug, Args)]
pub struct Eval {
    /// File of questions with what is expected (.csv, .jsonl), asked of a running server; or a folder with `corpus.jsonl`,
    /// `queries.jsonl` and `qrels.tsv`, measured with the model that is set and without a server.
    pub questions: PathBuf,
    /// Number or name of the project.
    #[arg(long, default_value = "1")]
    project: String,
    /// Passages of each search.
    #[arg(long, value_name = "N", default_value_t = 10)]
    top_k: u32,
    /// `hybrid`, `dense` or `sparse`.
    #[arg(long)]
    mode: Option<String>,
    /// Have the questions answered, too: answers found, and refusals. Each makes a chat, which is deleted afterwards.
    #[arg(long)]
    answers: bool,
    /// Write figures and results to this file, to compare with later.
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
    /// Show what changed since this file was written.
    #[arg(long, value_name = "FILE")]
    compare: Option<PathBuf>,
    #[command(flatten)]
    gate: Gate,
    #[command(flatten)]
    connection: Connection,
}

/// What must be reached; else the command fails.
#[derive(Debug, Clone, Default, Args)]
struct Gate {
    /// Least share of what is expected that must be among the passages, 0 to 1.
    #[arg(long, value_name = "SHARE")]
    min_recall: Option<f64>,
    /// Least nDCG, 0 to 1.
    #[arg(long, value_name = "SHARE")]
    min_ndcg: Option<f64>,
    /// Least share of the answers that must hold what is expected, 0 to 1. Means --answers.
    #[arg(long, value_name = "SHARE")]
    min_answers: Option<f64>,
    /// Most questions with an answer that may be refused, 0 to 1. Means --answers.
    #[arg(long, value_name = "SHARE")]
    max_refused: Option<f64>,
}

impl Eval {
    pub async fn run(&self) -> Outcome {
        let questions = questions::read(&self.questions)?;
        let before = self.compare.as_deref().map(report::load).transpose()?;
        let (api, output) = self.connection.open()?;
        let project = api.project(&self.project).await?;
        let mut asked = Vec::with_capacity(questions.len());
        for (n, question) in questions.iter().enumerate() {
            if output == Output::Text {
                report::progress(n, questions.len());
            }
            asked.push(self.ask(&api, &project["id"], question).await?);
        }
        let figures = Figures::of(&asked);
        if let Some(path) = &self.save {
            report::save(path, &figures, &asked)?;
        }
        match output {
            Output::Json => say_json(&report::as_json(&figures, &asked)),
            Output::Text => report::show(&figures, &asked, before.as_ref()),
        }
        self.gate.check(&figures)
    }

    fn wants_answers(&self) -> bool {
        self.answers || self.gate.min_answers.is_some() || self.gate.max_refused.is_some()
    }

    async fn ask(&self, api: &Api, project: &Value, question: &Question) -> Result<Asked, ClientError> {
        let body = json!({"query": question.text, "top_k": self.top_k, "mode": self.mode});
        let found = api.post(&format!("/api/projects/{project}/search"), &body).await?;
        let passages = found["results"].as_array().map(Vec::as_slice).unwrap_or_default();
        let passages: Vec<Found> = passages.iter().map(Found::from).collect();
        let answer = if self.wants_answers() { Some(answer(api, project, question).await?) } else { None };
        Ok(judge(question, &passages, answer))
    }
}

/// In a chat of its own, so that no question is understood by another.
async fn answer(api: &Api, project: &Value, question: &Question) -> Result<Value, ClientError> {
    let chat = api.post("/api/chats", &json!({"project_id": project})).await?;
    let path = format!("/api/chats/{}", chat["id"]);
    let answered = api.post(&format!("{path}/messages"), &json!({"message": question.text})).await;
    let deleted = api.delete(&path).await;
    let answered = answered?;
    deleted?;
    Ok(answered)
}

impl Gate {
    fn check(&self, figures: &Figures) -> Outcome {
        let least = [
            ("recall", figures.recall, self.min_recall),
            ("nDCG", figures.ndcg, self.min_ndcg),
            ("answers found", figures.answers_found, self.min_answers),
        ];
        let mut missed = Vec::new();
        for (name, found, wanted) in least {
            let Some(wanted) = wanted else { continue };
            match found {
                Some(found) if found >= wanted => {}
                Some(found) => missed.push(format!("{name} {found:.3} is below {wanted}")),
                None => missed.push(format!("{name} could not be measured: no question expects it")),
            }
        }
        match (figures.wrongly_refused, self.max_refused) {
            (Some(found), Some(most)) if found > most => {
                missed.push(format!("wrongly refused {found:.3} is above {most}"));
            }
            (None, Some(_)) => missed.push("refusals could not be measured".to_owned()),
            _ => {}
        }
        if missed.is_empty() { Ok(()) } else { Err(missed.join("; ").into()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gate_says_all_that_is_missed() {
        let figures =
            Figures { recall: Some(0.75), ndcg: Some(0.5), wrongly_refused: Some(0.1), ..Figures::default() };
        let gate = |recall, refused| Gate { min_recall: recall, max_refused: refused, ..Gate::default() };
        assert!(gate(Some(0.75), Some(0.1)).check(&figures).is_ok());
        let error = gate(Some(0.8), Some(0.05)).check(&figures).unwrap_err().to_string();
        assert_eq!(error, "recall 0.750 is below 0.8; wrongly refused 0.100 is above 0.05");
        let error =
            Gate { min_answers: Some(0.5), ..Gate::default() }.check(&figures).unwrap_err().to_string();
        assert!(error.contains("could not be measured"), "{error}");
    }
}
