//! How much of a model's context each part of a prompt may fill.

use docent_domain::source::Source;

/// Fixed shares, so that no document and no long talk can push the instructions out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// For all sources together, in tokens as `tokens_in` counts them.
    pub sources: usize,
    /// For what was said before.
    pub history: usize,
    /// At most so many messages of it, whatever their length.
    pub messages: usize,
    /// For everything that tools return in one answer.
    pub tools: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { sources: 4_000, history: 2_000, messages: 10, tools: 6_000 }
    }
}

/// An estimate that errs on the high side: four ASCII characters to a token, every other character is one.
pub(super) fn tokens_in(text: &str) -> usize {
    let ascii = text.bytes().filter(u8::is_ascii).count();
    let others = text.chars().count() - ascii;
    ascii.div_ceil(4) + others
}

/// The sources that fit, in their order, and those that do not. The first always fits.
pub(super) fn fit(sources: Vec<Source>, tokens: usize) -> (Vec<Source>, Vec<Source>) {
    let mut left = tokens;
    let mut kept = Vec::with_capacity(sources.len());
    let mut dropped = Vec::new();
    for source in sources {
        let cost = tokens_in(&source.content);
        if cost <= left || kept.is_empty() {
            left = left.saturating_sub(cost);
            kept.push(source);
        } else {
            dropped.push(source);
        }
    }
    (kept, dropped)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::source;

    #[test]
    fn tokens_are_estimated_on_the_high_side() {
        assert_eq!(tokens_in(""), 0);
        assert_eq!(tokens_in("four"), 1);
        assert_eq!(tokens_in("红隼吃"), 3);
        assert_eq!(tokens_in("über"), 2);
    }

    #[test]
    fn sources_that_do_not_fit_are_left_out() {
        let sources =
            vec![source("a", &"x".repeat(400)), source("b", &"x".repeat(4_000)), source("c", "short")];
        let (kept, dropped) = fit(sources, 200);
        let ids =
            |sources: &[Source]| sources.iter().map(|source| source.filename.clone()).collect::<Vec<_>>();
        assert_eq!((ids(&kept), ids(&dropped)), (vec!["a".to_owned(), "c".to_owned()], vec!["b".to_owned()]));
    }

    #[test]
    fn the_best_source_is_never_left_out() {
        let (kept, _) = fit(vec![source("a", &"x".repeat(400))], 1);
        assert_eq!(kept.len(), 1);
    }
}
