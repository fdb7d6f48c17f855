//! What is said where the passages are not enough for an answer, but one of them may hold it: that there is none, and what
//! comes nearest. There are no sources then: what is quoted is named by its file and page, and nothing is claimed of it.

use super::engine::Inner;
use super::history;
use super::language::Language;
use super::turn::{Plan, Talk};
use super::ways::plain;
use docent_domain::source::Source;
use docent_models::{Near, lacks_what_is_asked, nearest_in};

/// Sentences that are quoted, at most.
const SENTENCES: usize = 2;

/// The sentences that would be quoted.
pub(super) struct Nearest {
    question: String,
    sources: Vec<Source>,
    /// Each with its source, the nearest first.
    quoted: Vec<(usize, String)>,
}

impl Inner {
    /// What would be quoted of the passages.
    pub(super) async fn nearest(
        &self,
        plan: &Plan,
        talk: &Talk,
        found: &[Source],
        near: &[Vec<Near>],
    ) -> Nearest {
        let sources = self.mended(&plan.scope, plan.project, found).await;
        let (question, about) = plan.in_own_words(&history::questions(talk.history()));
        let quoted = nearest_in(&question, &about, &sources, near);
        Nearest { question, sources, quoted }
    }
}

impl Nearest {
    /// Whether none of the sentences has the kind of thing that is asked for, as an amount or a date: then none of them
    /// answers.
    pub(super) fn lacks_what_is_asked(&self) -> bool {
        let texts: Vec<&str> = self.quoted.iter().map(|(_, text)| text.as_str()).collect();
        !texts.is_empty() && lacks_what_is_asked(&self.question, &texts)
    }

    /// That there is no answer, and the sentences that come nearest to one.
    pub(super) fn told(&self, language: &Language) -> String {
        self.below(language.no_answer, language)
    }

    /// Why there is no answer, and the sentences that come nearest to one.
    pub(super) fn below(&self, why: &str, language: &Language) -> String {
        told(why, language, &self.quoted[..self.quoted.len().min(SENTENCES)], &self.sources)
    }
}

/// Quotations of one passage that follow one another stand above its name once.
fn told(why: &str, language: &Language, quoted: &[(usize, String)], sources: &[Source]) -> String {
    if quoted.is_empty() {
        return why.to_owned();
    }
    let mut text = format!("{why}\n\n{}", language.nearest);
    for of_one in quoted.chunk_by(|one, other| one.0 == other.0) {
        let words: Vec<&str> = of_one.iter().map(|(_, words)| words.as_str()).collect();
        let source = &sources[of_one[0].0];
        let page = source.page.map(|page| format!(", p. {page}")).unwrap_or_default();
        text.push_str(&format!("\n\n> {} ({}{page})", words.join(" "), plain(&source.filename)));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::LANGUAGES;
    use crate::tests::source;

    #[test]
    fn what_comes_nearest_is_quoted_behind_the_word_that_there_is_no_answer() {
        let paged = Source { page: Some(3), ..source("kiln_rules.pdf", "The kiln cools for a day.") };
        let sources = [source("guide.md", "Kestrels eat voles."), paged];
        let quoted = [(1, "The kiln cools.".to_owned()), (0, "Voles.".to_owned()), (0, "Mice.".to_owned())];
        let english = &LANGUAGES[0];
        insta::assert_snapshot!(told(english.no_answer, english, &quoted, &sources), @"
        The documents of this project do not contain an answer to this question.

        What comes nearest, and may not answer it:

        > The kiln cools. (kiln_rules.pdf, p. 3)

        > Voles. Mice. (guide.md)
        ");
        assert_eq!(told("It cannot be computed.", english, &[], &sources), "It cannot be computed.");
    }
}
