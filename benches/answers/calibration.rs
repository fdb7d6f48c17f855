//! A logistic curve over the signals of the best passage: fitted on one half of the questions, tried on the other.

use docent::retrieve::Signals;
use docent::retrieve::eval::Question;

use super::Seen;

/// Cosine, coverage, subject.
const SIGNALS: usize = 3;
/// Answerable questions that may be refused.
const WRONGLY: f64 = 0.05;
/// Pulls the weights towards nothing, in units of standardised signals.
const RIDGE: f64 = 1.0;

#[derive(Clone, Copy)]
struct Curve {
    weights: [f64; SIGNALS],
    bias: f64,
}

impl Curve {
    fn at(&self, signals: &[f64; SIGNALS]) -> f64 {
        self.weights.iter().zip(signals).map(|(weight, signal)| weight * signal).sum::<f64>() + self.bias
    }

    /// Of the passages of one question, what the likeliest comes to.
    fn best(&self, passages: &[[f64; SIGNALS]]) -> Option<[f64; SIGNALS]> {
        passages.iter().copied().max_by(|a, b| self.at(a).total_cmp(&self.at(b)))
    }
}

type Example = (Vec<[f64; SIGNALS]>, bool);

/// Prints the curve and the threshold of each half, with what they do to the other, and of all.
pub fn fit(questions: &[Question], runs: &[Vec<Seen>]) {
    println!("\nfitted on            cosine coverage  subject     bias    least | near refused  wrongly");
    for (name, fits) in [("first half", 0), ("second half", 1), ("all", 2)] {
        let mut train: Vec<Example> = Vec::new();
        let mut tried: Vec<Vec<Example>> = vec![Vec::new(); runs.len()];
        for (run, seen) in runs.iter().enumerate() {
            let mut count = [0_usize; 2];
            let size = |answerable| questions.iter().filter(|it| it.answerable == answerable).count();
            for (question, seen) in questions.iter().zip(seen) {
                let number = &mut count[usize::from(question.answerable)];
                let half = usize::from(*number >= size(question.answerable) / 2);
                *number += 1;
                let passages: Vec<_> = seen.found.signals.iter().map(numbers).collect();
                let example = (passages, question.answerable);
                if fits == 2 || half == fits {
                    train.push(example.clone());
                }
                if fits == 2 || half != fits {
                    tried[run].push(example);
                }
            }
        }
        let curve = curve(&train);
        let least = threshold(&curve, &train);
        let told: Vec<String> = tried
            .iter()
            .map(|tried| {
                let refused = |answerable| refused(&curve, least, tried, answerable);
                format!("{:.2} {:.3}", refused(false), refused(true))
            })
            .collect();
        let [cosine, coverage, subject] = curve.weights;
        let chance = 1.0 / (1.0 + (-least).exp());
        println!(
            "{name:<18} {cosine:>8.2} {coverage:>8.2} {subject:>8.2} {:>8.2} {chance:>8.3} | {}",
            curve.bias,
            told.join(" · without titles ")
        );
    }
}

fn numbers(signals: &Signals) -> [f64; SIGNALS] {
    [f64::from(signals.cosine.unwrap_or(-1.0)), f64::from(signals.coverage), f64::from(signals.subject)]
}

/// Fits to the best passage of each question, which is the best by the curve: a few rounds settle that.
fn curve(examples: &[Example]) -> Curve {
    let mut curve = Curve { weights: [1.0, 0.0, 0.0], bias: 0.0 };
    for _ in 0..6 {
        let best: Vec<([f64; SIGNALS], bool)> =
            examples.iter().filter_map(|(passages, yes)| Some((curve.best(passages)?, *yes))).collect();
        curve = logistic(&best);
    }
    curve
}

/// Newton's method on standardised signals.
fn logistic(examples: &[([f64; SIGNALS], bool)]) -> Curve {
    let count = examples.len().max(1) as f64;
    let mean: [f64; SIGNALS] =
        std::array::from_fn(|n| examples.iter().map(|(signals, _)| signals[n]).sum::<f64>() / count);
    let spread: [f64; SIGNALS] = std::array::from_fn(|n| {
        let variance =
            examples.iter().map(|(signals, _)| (signals[n] - mean[n]).powi(2)).sum::<f64>() / count;
        variance.sqrt().max(1e-9)
    });
    let mut weights = [0.0; SIGNALS + 1];
    for _ in 0..50 {
        let mut slope = [0.0; SIGNALS + 1];
        let mut bend = [[0.0; SIGNALS + 1]; SIGNALS + 1];
        for (signals, yes) in examples {
            let x: [f64; SIGNALS + 1] =
                std::array::from_fn(|n| if n == SIGNALS { 1.0 } else { (signals[n] - mean[n]) / spread[n] });
            let at: f64 = weights.iter().zip(&x).map(|(weight, x)| weight * x).sum();
            let chance = 1.0 / (1.0 + (-at).exp());
            for n in 0..=SIGNALS {
                slope[n] += (chance - f64::from(u8::from(*yes))) * x[n];
                for m in 0..=SIGNALS {
                    bend[n][m] += chance * (1.0 - chance) * x[n] * x[m];
                }
            }
        }
        for n in 0..SIGNALS {
            slope[n] += RIDGE * weights[n];
            bend[n][n] += RIDGE;
        }
        let step = solve(bend, slope);
        weights.iter_mut().zip(step).for_each(|(weight, step)| *weight -= step);
    }
    let scaled: [f64; SIGNALS] = std::array::from_fn(|n| weights[n] / spread[n]);
    let shift: f64 = scaled.iter().zip(&mean).map(|(weight, mean)| weight * mean).sum();
    Curve { weights: scaled, bias: weights[SIGNALS] - shift }
}

/// Gauss's elimination; the matrix is positive definite.
fn solve<const N: usize>(mut matrix: [[f64; N]; N], mut right: [f64; N]) -> [f64; N] {
    for n in 0..N {
        let pivot = matrix[n][n].max(1e-12);
        for m in n + 1..N {
            let factor = matrix[m][n] / pivot;
            let row = matrix[n];
            matrix[m].iter_mut().zip(row).skip(n).for_each(|(cell, above)| *cell -= factor * above);
            right[m] -= factor * right[n];
        }
    }
    for n in (0..N).rev() {
        let rest: f64 = (n + 1..N).map(|k| matrix[n][k] * right[k]).sum();
        right[n] = (right[n] - rest) / matrix[n][n].max(1e-12);
    }
    right
}

/// What at most [`WRONGLY`] of the answerable ones lie below.
fn threshold(curve: &Curve, examples: &[Example]) -> f64 {
    let answerable = examples.iter().filter(|(_, yes)| *yes);
    let mut best: Vec<f64> = answerable
        .map(|(passages, _)| curve.best(passages).map_or(f64::NEG_INFINITY, |it| curve.at(&it)))
        .collect();
    best.sort_by(f64::total_cmp);
    let allowed = (best.len() as f64 * WRONGLY) as usize;
    best.get(allowed).copied().unwrap_or(0.0)
}

fn refused(curve: &Curve, least: f64, examples: &[Example], answerable: bool) -> f64 {
    let all: Vec<_> = examples.iter().filter(|(_, yes)| *yes == answerable).collect();
    let below = |(passages, _): &&&Example| curve.best(passages).is_none_or(|it| curve.at(&it) < least);
    all.iter().filter(below).count() as f64 / all.len().max(1) as f64
}
