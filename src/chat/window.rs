//! A prompt that fits what the model can take, as far as its server says what that is.

use std::sync::PoisonError;
use std::time::Duration;

use super::budget::tokens_in;
use super::engine::Inner;
use super::history;
use super::language::Language;
use super::prompt;
use super::turn::Plan;
use docent_domain::source::Source;
use docent_models::PromptMessage;

/// How long a server may take to say how much its model can take.
const PATIENCE: Duration = Duration::from_secs(2);

/// Tokens kept free for an answer whose length is not limited.
const ANSWER: usize = 512;

/// Messages of the talk that are kept where there is little room.
const FEW_MESSAGES: usize = 4;

/// What may go into a prompt.
pub(super) struct Material<'a> {
    pub(super) sources: &'a [Source],
    pub(super) history: &'a [PromptMessage],
    pub(super) summary: Option<&'a str>,
    pub(super) question: &'a str,
    pub(super) language: &'static Language,
    /// See [`prompt::mark_of`].
    pub(super) mark: &'a str,
    /// What the tools that are offered cost, in tokens; 0 where there are none.
    pub(super) tools: usize,
}

/// What went into it.
#[derive(Clone)]
pub(super) struct Fitted {
    pub(super) messages: Vec<PromptMessage>,
    /// The first of the sources; the last of them may be cut.
    pub(super) sources: Vec<Source>,
    /// In tokens as `tokens_in` counts them.
    pub(super) cost: usize,
}

impl Material<'_> {
    /// As much as there is room for: the talk gives way first, then the last passages.
    pub(super) fn fit(&self, room: Option<usize>) -> Fitted {
        let whole = self.built(self.sources.to_vec(), self.history, self.summary);
        let Some(room) = room.filter(|room| whole.cost > *room) else { return whole };
        let bare = self.built(Vec::new(), &[], None).cost;
        let left = room.saturating_sub(bare);
        let history = history::trim(self.history, FEW_MESSAGES, left / 4);
        let talk = self.built(Vec::new(), history, None).cost;
        let mut left = room.saturating_sub(talk);
        let mut kept: Vec<Source> = Vec::new();
        for source in self.sources {
            let cost = tokens_in(&prompt::marked(kept.len() + 1, source, self.mark));
            if cost > left {
                break;
            }
            left -= cost;
            kept.push(source.clone());
        }
        if let (true, Some(first)) = (kept.is_empty(), self.sources.first()) {
            kept.push(cut(first, left.max(ANSWER / 4)));
        }
        self.built(kept, history, None)
    }

    fn built(&self, sources: Vec<Source>, history: &[PromptMessage], summary: Option<&str>) -> Fitted {
        let messages = prompt::messages(&prompt::Parts {
            sources: &sources,
            history,
            summary,
            question: self.question,
            language: self.language,
            mark: self.mark,
            tools: self.tools > 0,
        });
        // Each message has a few tokens of its own around it.
        let cost = messages.iter().map(|message| tokens_in(&message.content) + 4).sum::<usize>() + self.tools;
        Fitted { messages, sources, cost }
    }
}

/// The beginning of a passage.
fn cut(source: &Source, tokens: usize) -> Source {
    let mut left = tokens.saturating_mul(4);
    let content = source.content.chars().take_while(|c| {
        let cost = if c.is_ascii() { 1 } else { 4 };
        let fits = cost <= left;
        left = left.saturating_sub(cost);
        fits
    });
    Source { content: content.collect(), ..source.clone() }
}

impl Inner {
    /// Tokens that a prompt may have, where that is known.
    pub(super) async fn room(&self, plan: &Plan, model: &str) -> Option<usize> {
        if plan.model.quotes() {
            return None;
        }
        let learnt = self.windows.lock().unwrap_or_else(PoisonError::into_inner).get(model).copied();
        if learnt.is_some() {
            return learnt;
        }
        let told = tokio::time::timeout(PATIENCE, plan.model.window(model)).await.ok().flatten();
        told.map(|window| window.saturating_sub(self.reserve(plan, window)))
    }

    /// Takes in that a prompt of this cost was too long, and says how long the next one may be.
    pub(super) fn learn(
        &self,
        plan: &Plan,
        model: &str,
        cost: usize,
        window: Option<usize>,
        asked: Option<usize>,
    ) -> usize {
        let room = match window {
            Some(window) => {
                let room = window.saturating_sub(self.reserve(plan, window));
                // The server counts otherwise than we do.
                match asked.filter(|asked| *asked > cost) {
                    Some(asked) => room.saturating_mul(cost) / asked,
                    None => room,
                }
            }
            None => cost / 2,
        };
        let room = room.min(cost.saturating_mul(9) / 10);
        if window.is_some() {
            self.windows.lock().unwrap_or_else(PoisonError::into_inner).insert(model.to_owned(), room);
        }
        room
    }

    /// Of a window, what the answer needs.
    fn reserve(&self, plan: &Plan, window: usize) -> usize {
        let most = plan.options.max_tokens.or(self.parts.settings.max_tokens);
        let wanted = most.map_or(ANSWER, |most| usize::try_from(most).unwrap_or(usize::MAX));
        wanted.min(window / 3)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::LANGUAGES;
    use crate::tests::source;
    use docent_domain::chat::Speaker;

    fn fitted(sources: &[Source], history: &[PromptMessage], room: Option<usize>) -> Fitted {
        let mark = prompt::mark_of(7);
        let (question, language) = ("What do kestrels eat?", &LANGUAGES[0]);
        Material { sources, history, summary: None, question, language, mark: &mark, tools: 0 }.fit(room)
    }

    #[test]
    fn the_talk_gives_way_and_then_the_last_passages() {
        let sources: Vec<Source> =
            (0..6).map(|n| source(&format!("{n}.md"), &"voles ".repeat(200))).collect();
        let talk = [PromptMessage { speaker: Speaker::User, content: "mice ".repeat(400) }];
        let whole = fitted(&sources, &talk, None);
        assert_eq!((whole.sources.len(), whole.messages.len()), (6, 3));
        let some = fitted(&sources, &talk, Some(1_200));
        assert!(
            some.cost <= 1_200 && (1..6).contains(&some.sources.len()),
            "{} {}",
            some.cost,
            some.sources.len()
        );
        assert_eq!(some.messages.len(), 2);
        let little = fitted(&sources, &talk, Some(10));
        assert_eq!(little.sources.len(), 1);
        assert!(little.sources[0].content.len() <= 600, "{}", little.sources[0].content.len());
    }
}
