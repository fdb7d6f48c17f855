//! How often the chosen sentences hold the right words, and the learning of what they are chosen by.
//!
//! `SOURCES=<file> cargo test -p docent-models --lib -- extractive::measure --nocapture`, on a file that
//! `cargo bench --bench answers` has written. With `LEARN=1` it learns the weights of the signs from them.

use serde_json::Value;

use super::super::candidates::{self, Candidate};
use super::super::near::Near;
use super::super::pick::{self, Desk};
use super::super::sentences;
use super::super::signs::Signs;
use docent_domain::source::Source;

struct Case {
    question: String,
    gold: Vec<String>,
    sources: Vec<Source>,
    right: Vec<bool>,
    /// What the embedding model said of sentences.
    near: Vec<Near>,
}

fn cases(text: &str) -> Vec<Case> {
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let text_of = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    lines
        .map(|line| {
            let found = line["sources"].as_array().unwrap();
            let source = |(n, one): (usize, &Value)| Source {
                id: n.to_string(),
                content: text_of(&one["content"]),
                document: one["document"].as_i64().unwrap().into(),
                // A file is mostly named by what it is about.
                filename: match text_of(&one["title"]) {
                    title if title.is_empty() => text_of(&one["filename"]),
                    title => format!("{title}.txt"),
                },
                generation: 1,
                page: None,
                chunk_index: 0,
                start: 0,
                end: 0,
                heading: one["heading"].as_str().map(str::to_owned),
                score: one["score"].as_f64().unwrap(),
                partial: false,
                deleted: false,
            };
            Case {
                question: text_of(&line["question"]),
                gold: line["gold"].as_array().unwrap().iter().map(text_of).collect(),
                sources: found.iter().enumerate().map(source).collect(),
                near: near(&line["near"]),
                right: found.iter().map(|one| one["right"].as_bool().unwrap()).collect(),
            }
        })
        .collect()
}

fn near(listed: &Value) -> Vec<Near> {
    let one = |one: &Value| {
        let (cosine, read) = (one[1].as_f64()? as f32, one[2].as_f64().map(|read| read as f32));
        Some(Near { text: one[0].as_str()?.to_owned(), cosine, read })
    };
    listed.as_array().into_iter().flatten().filter_map(one).collect()
}

fn holds(text: &str, gold: &[String]) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    gold.iter().any(|gold| plain(text).contains(&plain(&sentences::quotable(gold))))
}

/// The signs of a question's candidates, each with whether it holds the right words.
type Signed = Vec<(Signs, bool)>;

fn signed(case: &Case) -> Signed {
    let candidates = candidates::candidates(&case.sources);
    let contexts = candidates::contexts(&case.sources);
    let weights = candidates::rarity_in(&candidates);
    let desk = Desk { candidates: &candidates, contexts: &contexts, weights: &weights, trust: 1.0 };
    let part = desk.part(&case.question, &[], &case.near);
    let sign = |(at, candidate): (usize, &Candidate)| {
        let right = case.right[candidate.source] && holds(&sentences::quotable(&candidate.text), &case.gold);
        (desk.signs(&part, at), right)
    };
    candidates.iter().enumerate().map(sign).collect()
}

/// Ascends the likelihood of a right sentence among the others of its question, L2 1, with momentum.
fn learned(questions: &[Signed]) -> Signs {
    let told: Vec<&Signed> =
        questions.iter().filter(|all| all.iter().any(|one| one.1) && all.iter().any(|one| !one.1)).collect();
    let (mut weights, mut speed) = (Signs::default(), Signs::default());
    for _ in 0..1_500 {
        let mut slope = weights.map(|weight| -weight);
        for all in &told {
            let value = |signs: &Signs| signs.iter().zip(&weights).map(|(a, b)| a * b).sum::<f64>().exp();
            let values: Vec<f64> = all.iter().map(|(signs, _)| value(signs)).collect();
            let whole: f64 = values.iter().sum();
            let right: f64 =
                values.iter().zip(all.iter()).filter(|(_, one)| one.1).map(|(value, _)| value).sum();
            for (value, (signs, is_right)) in values.iter().zip(all.iter()) {
                let pull = if *is_right { value / right } else { 0.0 } - value / whole;
                slope.iter_mut().zip(signs).for_each(|(slope, sign)| *slope += pull * sign);
            }
        }
        for at in 0..weights.len() {
            speed[at] = 0.9 * speed[at] + slope[at] / told.len() as f64;
            weights[at] += 0.3 * speed[at];
        }
        // What a sentence has of the question never speaks against it, however well its meaning says the same.
        weights[0] = weights[0].max(0.0);
    }
    weights
}

#[test]
fn sentences_that_answer() {
    let Some(file) = std::env::var_os("SOURCES") else {
        println!("skipped: SOURCES names no file");
        return;
    };
    let cases = cases(&std::fs::read_to_string(file).unwrap());
    let (mut gold, mut others, mut answered) = (0, 0, 0);
    let mut lengths = Vec::new();
    for case in &cases {
        let answer = pick::answer(&case.question, "", &case.sources, std::slice::from_ref(&case.near));
        answered += usize::from(!answer.is_empty());
        gold += usize::from(holds(&answer, &case.gold));
        let cited = |n: usize| answer.contains(&format!("[{}]", n + 1));
        others += usize::from((0..case.right.len()).any(|n| !case.right[n] && cited(n)));
        lengths.push(answer.chars().count());
    }
    lengths.sort_unstable();
    let share = |count: usize| format!("{:.1} %", 100.0 * count as f64 / cases.len() as f64);
    println!(
        "{} questions, {} answered: the right words in {}, another passage cited in {}, median {} characters",
        cases.len(),
        answered,
        share(gold),
        share(others),
        lengths[lengths.len() / 2]
    );
    if std::env::var_os("LEARN").is_some() {
        let weights = learned(&cases.iter().map(signed).collect::<Vec<_>>());
        println!("{:.2?}", weights);
    }
    assert!(answered > 0);
}
