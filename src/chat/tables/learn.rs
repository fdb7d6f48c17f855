//! Learns the weights of the signs from questions with known answers.

use std::collections::HashMap;

use super::ask::{Asked, key, readings};
use super::typed::Typed;

/// How it is learned.
struct Pace {
    /// Signs that fewer questions have are chance.
    fewest: u32,
    epochs: usize,
    /// From this epoch on the weights are averaged.
    averaged: usize,
    rate: f64,
    /// What a weight must earn to be kept.
    shrink: f64,
}

impl Pace {
    const USUAL: Self = Self { fewest: 20, epochs: 5, averaged: 2, rate: 0.1, shrink: 1e-3 };
}

/// One question as numbers.
struct Example {
    parts: Vec<Vec<u32>>,
    /// Places of its parts, and whether its answer is right.
    readings: Vec<(Vec<u16>, bool)>,
    nothing: Vec<u32>,
}

#[derive(Default)]
pub(super) struct Learner {
    ids: HashMap<String, u32>,
    seen: Vec<u32>,
    examples: Vec<Example>,
}

impl Learner {
    /// `is_right` judges an answer.
    pub(super) fn add(&mut self, question: &str, table: &Typed<'_>, is_right: impl Fn(&[String]) -> bool) {
        let Some(asked) = Asked::of(question, table) else { return };
        let read = readings(&asked);
        let mut judged: HashMap<String, bool> = HashMap::new();
        let readings = read
            .all
            .iter()
            .map(|reading| {
                let right =
                    *judged.entry(key(&reading.answers)).or_insert_with(|| is_right(&reading.answers));
                (reading.parts.iter().filter_map(|part| u16::try_from(*part).ok()).collect(), right)
            })
            .collect();
        let parts: Vec<Vec<u32>> = read.parts.iter().map(|names| self.numbered(names)).collect();
        let nothing = self.numbered(&read.nothing);
        let mut there: Vec<u32> = parts.iter().flatten().chain(&nothing).copied().collect();
        there.sort_unstable();
        there.dedup();
        for id in there {
            self.seen[id as usize] += 1;
        }
        self.examples.push(Example { parts, readings, nothing });
    }

    fn numbered(&mut self, names: &[String]) -> Vec<u32> {
        let mut ids = Vec::with_capacity(names.len());
        for name in names {
            let next = u32::try_from(self.ids.len()).unwrap_or(u32::MAX);
            let id = *self.ids.entry(name.clone()).or_insert(next);
            if id == next {
                self.seen.push(0);
            }
            ids.push(id);
        }
        ids
    }

    /// The weights, one sign a line.
    pub(super) fn learned(self) -> String {
        let weights = self.weights(&Pace::USUAL);
        let mut lines: Vec<String> = self
            .ids
            .iter()
            .filter(|(_, id)| weights[**id as usize].abs() >= 0.05)
            .map(|(name, id)| format!("{name}\t{:.2}\n", weights[*id as usize]))
            .collect();
        lines.sort();
        lines.concat()
    }

    fn weights(&self, pace: &Pace) -> Vec<f64> {
        let mut weights = vec![0.0_f64; self.seen.len()];
        let mut squares = vec![1e-2_f64; self.seen.len()];
        let mut sums = vec![0.0_f64; self.seen.len()];
        let kept: Vec<bool> = self.seen.iter().map(|seen| *seen >= pace.fewest).collect();
        for epoch in 0..pace.epochs {
            for example in &self.examples {
                step(example, &kept, pace, &mut weights, &mut squares);
            }
            if epoch >= pace.averaged {
                sums.iter_mut().zip(&weights).for_each(|(sum, weight)| *sum += weight);
            }
        }
        let rounds = f64::from(u32::try_from(pace.epochs - pace.averaged).unwrap_or(1));
        sums.into_iter().map(|sum| sum / rounds).collect()
    }
}

/// One question moves the weights towards the readings that give its answer.
fn step(example: &Example, kept: &[bool], pace: &Pace, weights: &mut [f64], squares: &mut [f64]) {
    let sum = |names: &[u32]| names.iter().map(|id| weights[*id as usize]).sum::<f64>();
    let parts: Vec<f64> = example.parts.iter().map(|part| sum(part)).collect();
    let mut scores: Vec<f64> = example
        .readings
        .iter()
        .map(|(places, _)| places.iter().map(|part| parts[*part as usize]).sum())
        .collect();
    scores.push(sum(&example.nothing));
    let answerable = example.readings.iter().any(|(_, right)| *right);
    let right = |at: usize| example.readings.get(at).map_or(!answerable, |(_, right)| *right);
    let highest = scores.iter().copied().fold(f64::MIN, f64::max);
    let shares: Vec<f64> = scores.iter().map(|score| (score - highest).exp()).collect();
    let all: f64 = shares.iter().sum();
    let good: f64 = (0..shares.len()).filter(|at| right(*at)).map(|at| shares[at]).sum::<f64>().max(1e-300);
    let mut moves = vec![0.0; example.parts.len()];
    let mut gradient: HashMap<u32, f64> = HashMap::new();
    for (at, share) in shares.iter().enumerate() {
        let wanted = if right(at) { share / good } else { 0.0 };
        let change = wanted - share / all;
        match example.readings.get(at) {
            Some((places, _)) => places.iter().for_each(|part| moves[*part as usize] += change),
            None => example.nothing.iter().for_each(|id| *gradient.entry(*id).or_default() += change),
        }
    }
    for (part, change) in example.parts.iter().zip(&moves).filter(|(_, change)| change.abs() > 1e-6) {
        part.iter().for_each(|id| *gradient.entry(*id).or_default() += change);
    }
    for (id, change) in gradient {
        if !kept[id as usize] {
            continue;
        }
        let (weight, square) = (&mut weights[id as usize], &mut squares[id as usize]);
        *square += change * change;
        let rate = pace.rate / square.sqrt();
        let moved = *weight + rate * change;
        *weight = moved.signum() * (moved.abs() - rate * pace.shrink).max(0.0);
    }
}
