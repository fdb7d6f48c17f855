//! One turn: what was said before, search, sources, prompt, model, citations, and its one end.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures_util::FutureExt;
use tokio::time::Instant;
use tracing::Instrument;

use super::budget;
use super::ending::Ending;
use super::engine::Inner;
use super::history;
use super::language::{Language, language_of};
use super::live::{Live, Why};
use super::prompt;
use super::question::Options;
use super::rounds::Spoken;
use super::search::Query;
use super::tools::{ClientTools, Tools};
use super::writer::Writer;
use docent_domain::chat::{AnswerFacts, FinishReason};
use docent_domain::source::Source;
use docent_domain::{Code, Fault, MessageId, ProjectId, Scope, UserId};
use docent_models::{self as models, ChatModel, Prompt, PromptMessage};
use docent_telemetry as telemetry;

/// What a turn is to do.
pub(super) struct Plan {
    pub(super) scope: Scope,
    pub(super) project: ProjectId,
    pub(super) question: MessageId,
    pub(super) content: String,
    pub(super) user: UserId,
    pub(super) options: Options,
    /// Who answers.
    pub(super) model: Arc<dyn ChatModel>,
    /// Beside the built-in ones.
    pub(super) tools: Option<ClientTools>,
    pub(super) task: String,
    /// When the question came in.
    pub(super) begun: Instant,
}

/// Bytes of a reworded question; a model that goes on beyond them has misunderstood.
const LONGEST_REWORDING: usize = 4 << 10;

/// What was said before, as far as it matters.
#[derive(Default)]
struct Talk {
    history: Vec<PromptMessage>,
    summary: Option<String>,
}

impl Inner {
    /// Writes the answer and ends it, whatever happens on the way: stopped, failed or panicked.
    pub(super) async fn run(self: Arc<Self>, live: Arc<Live>, plan: Plan) {
        telemetry::turn_begun();
        let answering = AssertUnwindSafe(self.answer(&live, &plan)).catch_unwind();
        // Dropping the half-done answer is how its provider learns that it is over.
        let ending = tokio::select! {
            biased;
            () = live.stopped.cancelled() => match live.why() {
                Why::Cancelled => Ending::Cancelled,
                Why::Interrupted | Why::Lost => Ending::Interrupted,
            },
            answered = answering => match answered {
                Ok(Ok(ending)) => ending,
                Ok(Err(fault)) => Ending::failed(&fault),
                Err(panic) => Ending::panicked(panic.as_ref()),
            },
        };
        self.end(&live, &plan, ending).await;
    }

    async fn answer(&self, live: &Live, plan: &Plan) -> Result<Ending, Fault> {
        let settings = &self.parts.settings;
        let talk = self.talk(live, plan).await?;
        let before = history::last_question(&talk.history);
        let language = language_of(&plan.content, before);
        let text = self.searchable(plan, &talk, before).await;
        let query = Query {
            project: plan.project,
            text,
            top_k: plan.options.top_k.unwrap_or(settings.top_k),
            documents: plan.options.documents.clone(),
        };
        let searching = self.parts.search.search(&plan.scope, &query);
        let found = match tokio::time::timeout(settings.search_timeout, searching).await {
            Ok(found) => found.map_err(|fault| unavailable(&fault.chain()))?,
            Err(_) => return Err(unavailable("the search took too long")),
        };
        let (sources, left_out) = if found.relevant {
            budget::fit(found.sources, settings.budget.sources)
        } else {
            (Vec::new(), found.sources)
        };
        live.set_trace(serde_json::json!({
            "query": query.text,
            "relevant": found.relevant,
            "left_out": left_out.iter().map(|source| source.id.as_str()).collect::<Vec<_>>(),
            "search": found.trace,
        }));
        live.log.sources(sources.clone());

        // What a client can do may have nothing to do with the documents.
        let offers = plan.tools.as_ref().is_some_and(|client| !client.declared.is_empty());
        if sources.is_empty() && !(offers && self.has_tools(plan)) {
            return Ok(no_answer(live, plan, language));
        }
        self.ask_model(live, plan, &talk, sources, language).await
    }

    async fn talk(&self, live: &Live, plan: &Plan) -> Result<Talk, Fault> {
        let budget = &self.parts.settings.budget;
        let most = plan.options.max_history.unwrap_or(budget.messages);
        if !plan.options.include_history || most == 0 {
            return Ok(Talk::default());
        }
        let mut tx = self.parts.store.read().await?;
        let said = tx.said_before(live.chat, plan.question, i64::try_from(most).unwrap_or(i64::MAX)).await?;
        let said: Vec<PromptMessage> =
            said.into_iter().map(|(speaker, content)| PromptMessage { speaker, content }).collect();
        let history = history::trim(&said, most, budget.history).to_vec();
        // Something may be older than what fits.
        let more = said.len() == most || history.len() < said.len();
        let summary = if more { tx.latest_summary(live.chat, plan.question).await? } else { None };
        Ok(Talk { history, summary })
    }

    /// The question in words that can be searched for without the talk before it.
    async fn searchable(&self, plan: &Plan, talk: &Talk, before: Option<&str>) -> String {
        let joined = || history::joined(&plan.content, before);
        let model = plan.model.as_ref();
        if talk.history.is_empty() || !model.converses() {
            return joined();
        }
        let prompt = Prompt {
            messages: history::rewording(&talk.history, &plan.content),
            question: plan.content.clone(),
            ..Prompt::default()
        };
        let limit = self.parts.settings.reword_timeout;
        let reworded = tokio::time::timeout(limit, models::complete(model, prompt, limit, LONGEST_REWORDING));
        match reworded.await {
            Ok(Ok(answer)) => history::reworded(&answer).unwrap_or_else(joined),
            Ok(Err(error)) => {
                tracing::debug!(%error, "The question is searched as it is");
                joined()
            }
            Err(_) => joined(),
        }
    }

    async fn ask_model(
        &self,
        live: &Live,
        plan: &Plan,
        talk: &Talk,
        sources: Vec<Source>,
        language: &'static Language,
    ) -> Result<Ending, Fault> {
        let settings = &self.parts.settings;
        let model = plan.model.resolve(plan.options.model.as_deref()).await;
        let mark = prompt::mark_of((self.parts.random)());
        let tools = self.has_tools(plan).then(|| Tools::new(self, live, plan, &mark));
        let messages = prompt::messages(&prompt::Parts {
            sources: &sources,
            history: &talk.history,
            summary: talk.summary.as_deref(),
            question: &plan.content,
            language,
            mark: &mark,
            tools: tools.is_some(),
        });
        let mut writer = Writer::new(&live.log, sources.len(), settings.longest_answer).asked_at(plan.begun);
        let prompt = Prompt {
            messages,
            sources,
            question: plan.content.clone(),
            language: language.code.to_owned(),
            model: Some(model.clone()),
            temperature: plan.options.temperature,
            max_tokens: plan.options.max_tokens,
            stop: plan.options.stop.clone(),
            ..Prompt::default()
        };
        let span = tracing::info_span!("chat.model", model.provider = plan.model.provider());
        let said = self.converse(live, plan, &mut writer, prompt, tools).instrument(span).await;
        let pace = writer.pace();
        // What was said before a failure is kept, too.
        let cited = writer.finish();
        let Spoken { finish, usage } = said?;
        if let Some((prompt, completion)) = usage {
            telemetry::tokens(prompt, completion);
        }
        if let Some((pieces, took)) = pace {
            let written = usage.and_then(|(_, completion)| u64::try_from(completion).ok());
            telemetry::spoken(written.filter(|count| *count > 0).unwrap_or(pieces), took);
        }
        if live.log.text().trim().is_empty() {
            return Err(Fault::new(
                Code::LlmUnavailable,
                "The language model gave an empty answer; ask again",
            ));
        }
        let facts = AnswerFacts {
            cited,
            prompt_tokens: usage.map(|(prompt, _)| prompt),
            completion_tokens: usage.map(|(_, completion)| completion),
            latency_ms: None,
            finish_reason: Some(finish),
        };
        Ok(Ending::Completed { model, facts })
    }

    fn has_tools(&self, plan: &Plan) -> bool {
        plan.model.uses_tools() && self.parts.settings.tool_rounds > 0
    }
}

fn no_answer(live: &Live, plan: &Plan, language: &Language) -> Ending {
    live.log.frame(language.no_answer);
    Ending::Completed {
        model: plan.model.default_model().to_owned(),
        facts: AnswerFacts { finish_reason: Some(FinishReason::NoAnswer), ..AnswerFacts::default() },
    }
}

fn unavailable(chain: &str) -> Fault {
    tracing::warn!(error = chain, "Nothing could be searched");
    Fault::new(
        Code::RetrievalUnavailable,
        "The documents cannot be searched at the moment; ask again in a while",
    )
}
