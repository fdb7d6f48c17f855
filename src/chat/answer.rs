//! The model's answer: a prompt that fits, asked again with less where it did not, and without tools where the model does
//! nothing but call them.

use std::sync::PoisonError;

use tracing::Instrument;

use super::ending::Ending;
use super::engine::Inner;
use super::history;
use super::language::Language;
use super::live::Live;
use super::prompt;
use super::rounds::{Spoken, sum};
use super::tools::{self, Tools};
use super::turn::{Plan, Talk, no_answer};
use super::window::{Fitted, Material};
use super::writer::Writer;
use docent_domain::chat::AnswerFacts;
use docent_domain::source::Source;
use docent_domain::{Code, Fault};
use docent_models::{ModelError, Near, Prompt};
use docent_telemetry as telemetry;

/// Turns in a row in which a model's calls came to nothing, after which it is offered tools no more.
const MOST_LOST: u32 = 2;

impl Inner {
    pub(super) async fn ask_model(
        &self,
        live: &Live,
        plan: &Plan,
        talk: &Talk,
        (sources, near): (Vec<Source>, Vec<Vec<Near>>),
        language: &'static Language,
    ) -> Result<Ending, Fault> {
        let settings = &self.parts.settings;
        let model = plan.model.resolve(plan.options.model.as_deref()).await;
        let mark = prompt::mark_of((self.parts.random)());
        let mended = self.mended(&plan.scope, plan.project, &sources).await;
        let mut writer = Writer::new(&live.log, sources.len(), settings.longest_answer).asked_at(plan.begun);
        if !plan.model.quotes() {
            writer = writer.checked(&mended, &plan.content);
        }
        let (question, about) = plan.in_own_words(&history::questions(&talk.history));
        let request = |fitted: Fitted| Prompt {
            messages: fitted.messages,
            sources: fitted.sources,
            question: question.clone(),
            near: near.clone(),
            about: about.clone(),
            language: language.code.to_owned(),
            model: Some(model.clone()),
            temperature: plan.options.temperature,
            max_tokens: plan.options.max_tokens.or(settings.max_tokens),
            stop: plan.options.stop.clone(),
            ..Prompt::default()
        };
        let room = self.room(plan, &model).await;
        let offered = |room| self.offers(plan, &model, room).then(|| Tools::new(self, live, plan, &mark));
        let mut tools = offered(room);
        let material = |sources, tools: Option<&Tools<'_>>| Material {
            sources,
            history: &talk.history,
            summary: talk.summary.as_deref(),
            question: &plan.content,
            language,
            mark: &mark,
            tools: tools.map_or(0, |tools| tools::cost(&tools.offered())),
        };
        let fitted = material(&mended, tools.as_ref()).fit(room);
        note_fewer(live, room, &fitted, mended.len());
        writer.sources(&fitted.sources);
        let span = tracing::info_span!("chat.model", model.provider = plan.model.provider());
        let said = self.converse(live, plan, &mut writer, request(fitted.clone()), tools.as_ref());
        let mut said = match said.instrument(span.clone()).await {
            Err(ModelError::Window { tokens, asked, .. })
                if live.log.frames() == 0 && live.log.marks() == 0 =>
            {
                let room = self.learn(plan, &model, fitted.cost, tokens, asked);
                tools = offered(Some(room));
                let fewer = material(&mended, tools.as_ref()).fit(Some(room));
                tracing::info!(
                    room,
                    passages = fewer.sources.len(),
                    "The prompt did not fit; it is asked with less"
                );
                live.note("window", serde_json::json!({ "tokens": tokens, "passages": fewer.sources.len() }));
                writer.sources(&fewer.sources);
                let said = self.converse(live, plan, &mut writer, request(fewer), tools.as_ref());
                said.instrument(span.clone()).await
            }
            said => said,
        };
        // A small model may do nothing but call tools, or call them so that nothing comes of it.
        if let (Ok(first), Some(_)) = (&said, &tools) {
            let lost = first.lost || writer.has_nothing();
            self.note_tools(&model, first.rounds, lost);
            if lost {
                let found = live.log.found().unwrap_or_default();
                let known = self.mended(&plan.scope, plan.project, &found).await;
                let plain = material(&known, None).fit(self.room(plan, &model).await);
                live.note("tools", serde_json::json!("given_up"));
                writer.sources(&plain.sources);
                let usage = first.usage;
                let again =
                    self.converse(live, plan, &mut writer, request(plain), None).instrument(span).await;
                said = again.map(|again| Spoken { usage: sum(usage, again.usage), ..again });
            }
        }
        // What quotes has nothing to quote where no sentence has the kind of thing that is asked for.
        let quoted = plan.model.quotes() && said.is_ok();
        match spoken(live, model, writer, said) {
            Err(_) if quoted && live.log.text().trim().is_empty() => {
                self.speak(live, language.no_answer).await;
                Ok(no_answer(plan))
            }
            ending => ending,
        }
    }

    pub(super) fn has_tools(&self, plan: &Plan) -> bool {
        plan.model.uses_tools() && self.parts.settings.tool_rounds > 0
    }

    /// Whether the model is offered tools: those that a client has declared always; the others where there is room for them,
    /// and as long as the model can use them.
    fn offers(&self, plan: &Plan, model: &str, room: Option<usize>) -> bool {
        if !self.has_tools(plan) {
            return false;
        }
        let declared = plan.tools.as_ref().is_some_and(|client| !client.declared.is_empty());
        let lost = self.lost.lock().unwrap_or_else(PoisonError::into_inner).get(model).copied();
        let fits = room.is_none_or(|room| tools::built_in_cost() * 3 <= room);
        declared || (fits && lost.is_none_or(|lost| lost < MOST_LOST))
    }

    /// Takes in what came of the tools that a model was offered.
    fn note_tools(&self, model: &str, rounds: usize, lost: bool) {
        // An answer without a call says nothing of how the model calls.
        if rounds == 0 {
            return;
        }
        let mut turns = self.lost.lock().unwrap_or_else(PoisonError::into_inner);
        if !lost {
            turns.remove(model);
            return;
        }
        let count = turns.entry(model.to_owned()).or_default();
        *count += 1;
        if *count == MOST_LOST {
            tracing::info!(
                model,
                "Nothing comes of this model's calls; it is asked without tools from now on"
            );
        }
    }
}

/// The end of an answer that a model has written.
pub(super) fn spoken(
    live: &Live,
    model: String,
    writer: Writer<'_>,
    said: Result<Spoken, ModelError>,
) -> Result<Ending, Fault> {
    let pace = writer.pace();
    // What was said before a failure is kept, too.
    let cited = writer.finish();
    let Spoken { finish, usage, .. } = said?;
    if let Some((prompt, completion)) = usage {
        telemetry::tokens(prompt, completion);
    }
    if let Some((pieces, took)) = pace {
        let written = usage.and_then(|(_, completion)| u64::try_from(completion).ok());
        telemetry::spoken(written.filter(|count| *count > 0).unwrap_or(pieces), took);
    }
    if live.log.text().trim().is_empty() {
        return Err(Fault::new(Code::LlmUnavailable, "The language model gave an empty answer; ask again"));
    }
    let facts = AnswerFacts {
        cited,
        prompt_tokens: usage.map(|(prompt, _)| prompt),
        completion_tokens: usage.map(|(_, completion)| completion),
        latency_ms: None,
        finish_reason: Some(finish),
        failure: None,
        doubts: live.log.doubts(),
    };
    Ok(Ending::Completed { model, facts })
}

/// Says in the trace that not all passages are in the prompt.
fn note_fewer(live: &Live, room: Option<usize>, fitted: &Fitted, of: usize) {
    if let Some(room) = room.filter(|_| fitted.sources.len() < of) {
        live.note("window", serde_json::json!({ "room": room, "passages": fitted.sources.len() }));
    }
}
