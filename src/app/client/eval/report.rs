//! Figures for people, and the file that keeps them.

use std::io::{IsTerminal as _, Write as _};
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::super::say;
use super::super::show::shortened;
use super::figures::{Answered, Asked, Figures};

/// Characters of a question on its line.
const LINE: usize = 100;
/// Questions of one kind that are named.
const NAMED: usize = 20;

/// What `--save` writes.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Kept {
    figures: Figures,
    questions: Vec<Asked>,
}

pub(super) fn load(path: &Path) -> Result<Kept, Box<dyn std::error::Error>> {
    let text = fs_err::read_to_string(path)?;
    serde_json::from_str(&text).map_err(|error| {
        format!("{} was not written by `docent eval --save`: {error}", path.display()).into()
    })
}

pub(super) fn save(path: &Path, figures: &Figures, asked: &[Asked]) -> std::io::Result<()> {
    fs_err::write(path, format!("{:#}\n", as_json(figures, asked)))
}

pub(super) fn as_json(figures: &Figures, asked: &[Asked]) -> Value {
    json!({"figures": figures, "questions": asked})
}

/// A picture for a terminal; elsewhere there is none.
pub(super) fn progress(done: usize, total: usize) {
    let mut out = std::io::stderr();
    if out.is_terminal() {
        let end = if done + 1 == total { "\r\u{1b}[K" } else { "" };
        drop(write!(out, "\rquestion {}/{total}{end}", done + 1));
    }
}

pub(super) fn show(figures: &Figures, asked: &[Asked], before: Option<&Kept>) {
    say(format_args!("{} questions", figures.questions));
    let old = before.map(|kept| kept.figures.rows());
    for (n, (name, value, _)) in figures.rows().into_iter().enumerate() {
        let Some(value) = value else { continue };
        match old.as_ref().and_then(|rows| rows[n].1) {
            Some(old) => say(format_args!("{name:<20} {value:>6.3}   before {old:.3}  {:+.3}", value - old)),
            None => say(format_args!("{name:<20} {value:>6.3}")),
        }
    }
    match before {
        Some(kept) => changes(&kept.questions, asked),
        None => list("not found", asked.iter().filter(|one| one.ranks.iter().any(Option::is_none))),
    }
}

/// The questions for which something became better or worse.
fn changes(before: &[Asked], now: &[Asked]) {
    let pairs = || {
        now.iter().filter_map(|one| {
            let old = before.iter().find(|old| old.question == one.question)?;
            Some((one, change(old, one)))
        })
    };
    list("worse", pairs().filter(|(_, change)| *change < -1e-9).map(|(one, _)| one));
    list("better", pairs().filter(|(_, change)| *change > 1e-9).map(|(one, _)| one));
    let known = |one: &&Asked| before.iter().any(|old| old.question == one.question);
    let new = now.iter().filter(|one| !known(one)).count();
    if new > 0 {
        say(format_args!("{new} questions were not asked before"));
    }
}

/// Above 0 where it became better: how high the places are, and what became of the answer where there was one both times.
fn change(old: &Asked, new: &Asked) -> f64 {
    let answers = old.answer.as_ref().zip(new.answer.as_ref());
    let answers = answers.map_or(0.0, |(before, now)| answered(new, now) - answered(new, before));
    places(new) - places(old) + answers
}

fn places(asked: &Asked) -> f64 {
    let ranks = asked.ranks.iter().flatten();
    ranks.map(|rank| 1.0 / f64::from(u32::try_from(*rank).unwrap_or(u32::MAX))).sum()
}

fn answered(asked: &Asked, answer: &Answered) -> f64 {
    let one = |wanted: bool| if wanted { 1.0 } else { 0.0 };
    one(answer.right == Some(true)) + one(answer.cited == Some(true))
        - one(answer.refused == asked.answerable)
}

fn list<'a>(name: &str, asked: impl Iterator<Item = &'a Asked>) {
    let asked: Vec<&Asked> = asked.collect();
    if asked.is_empty() {
        return;
    }
    say(format_args!("\n{name}:"));
    for one in asked.iter().take(NAMED) {
        say(format_args!("  {}", shortened(&one.question, LINE)));
    }
    if asked.len() > NAMED {
        say(format_args!("  and {} more", asked.len() - NAMED));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_compared_where_there_are_two() {
        let asked = |rank: Option<usize>, answer: Option<Answered>| Asked {
            answerable: true,
            ranks: vec![rank],
            answer,
            ..Asked::default()
        };
        let right = Answered { right: Some(true), ..Answered::default() };
        let refused = Answered { refused: true, right: Some(false), ..Answered::default() };
        assert_eq!(change(&asked(Some(1), Some(right.clone())), &asked(Some(1), None)), 0.0);
        assert!(change(&asked(Some(2), None), &asked(Some(1), None)) > 0.0);
        assert!(change(&asked(Some(1), None), &asked(None, None)) < 0.0);
        assert!(change(&asked(None, Some(right)), &asked(None, Some(refused))) < 0.0);
    }
}
