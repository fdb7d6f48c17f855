//! One turn: what was said before, search, sources, prompt, model, citations, and its one end.

use std::panic::AssertUnwindSafe;
use std::sync::{Arc, OnceLock};

use futures_util::FutureExt;
use futures_util::future::join_all;
use tokio::time::Instant;

use super::budget;
use super::courtesy;
use super::ending::Ending;
use super::engine::Inner;
use super::follow::{self, Completed};
use super::history;
use super::language::{Language, language_of};
use super::live::{Live, Why};
use super::nearest::Nearest;
use super::question::Options;
use super::search::{Found, Query};
use super::tools::ClientTools;
use super::ways::{Fit, Told, whereabouts_asked};
use docent_domain::chat::{AnswerFacts, FinishReason, Speaker};
use docent_domain::source::Source;
use docent_domain::{Code, DocumentId, Fault, MessageId, ProjectId, Scope, UserId};
use docent_models::{self as models, ChatModel, Near, Prompt, PromptMessage};
use docent_telemetry as telemetry;

/// What was found, and how near single sentences of it are to each part of the question.
pub(super) type LookedAt = (Found, Vec<Vec<Near>>);

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
    /// What was left out of the question and is in `content`, where that was told by rules.
    pub(super) completed: Option<Completed>,
    /// What the search finds for `content` beyond what is read, once it was asked for.
    pub(super) farther: OnceLock<Vec<Source>>,
}

impl Plan {
    /// The same with another question, completed from what was said before.
    pub(super) fn asking(&self, completed: Completed) -> Self {
        Self {
            scope: self.scope.clone(),
            project: self.project,
            question: self.question,
            content: completed.text.clone(),
            user: self.user,
            options: self.options.clone(),
            model: Arc::clone(&self.model),
            tools: self.tools.clone(),
            task: self.task.clone(),
            begun: self.begun,
            completed: Some(completed),
            farther: OnceLock::new(),
        }
    }

    /// The same of these documents alone.
    pub(super) fn within(mut self, documents: Vec<DocumentId>) -> Self {
        self.options.documents = Some(documents);
        self.farther = OnceLock::new();
        self
    }

    /// What is asked, in the question's own words, and what it is about beside them.
    pub(super) fn in_own_words(&self, before: &[&str]) -> (String, String) {
        match &self.completed {
            Some(completed) => (completed.own.clone(), completed.about.clone()),
            None => (self.content.clone(), history::leant_on(&self.content, before)),
        }
    }
}

/// What answers are written by that need no model.
const BUILT_IN: &str = "extractive";

/// Bytes of a reworded question; a model that goes on beyond them has misunderstood.
const LONGEST_REWORDING: usize = 4 << 10;

/// What was said before, as far as it matters.
#[derive(Default)]
pub(super) struct Talk {
    pub(super) history: Vec<PromptMessage>,
    pub(super) summary: Option<String>,
}

impl Talk {
    pub(super) fn history(&self) -> &[PromptMessage] {
        &self.history
    }

    /// What the answer before the question said.
    fn answered(&self) -> Option<&str> {
        let said = self.history.iter().rev().find(|said| said.speaker == Speaker::Assistant);
        said.map(|said| said.content.as_str())
    }
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
                Ok(Ok(ending)) => {
                    self.settle(&live).await;
                    ending
                }
                Ok(Err(fault)) => Ending::failed(&fault),
                Err(panic) => Ending::panicked(panic.as_ref()),
            },
        };
        self.end(&live, &plan, ending).await;
    }

    async fn answer(&self, live: &Live, plan: &Plan) -> Result<Ending, Fault> {
        let settings = &self.parts.settings;
        let talk = self.talk(live, plan).await?;
        let before = history::questions(&talk.history);
        let guess = language_of(&plan.content, before.last().copied(), None);
        // A model reads the question as it was put.
        let asked =
            if plan.model.quotes() { courtesy::without(&plan.content) } else { plan.content.as_str() };
        let completed = follow::completed(asked, &before);
        let bare = || {
            let alone = asked != plan.content && history::leant_on(asked, &before).is_empty();
            alone.then(|| Completed { text: asked.to_owned(), own: asked.to_owned(), about: String::new() })
        };
        let whole = completed.clone().or_else(bare).filter(|_| plan.model.quotes());
        let whole = whole.map(|completed| plan.asking(completed));
        let plan = whole.as_ref().unwrap_or(plan);
        let figures = self.figures(plan, guess).await?;
        if figures.as_ref().is_none_or(|told| !told.answered)
            && let Some(told) = self.reckoned(plan, guess).await?
        {
            return Ok(self.tell_without_search(live, plan, "reckoned", guess, told).await);
        }
        if let Some(told) = figures {
            return Ok(self.tell_without_search(live, plan, "figures", guess, told).await);
        }
        if plan.model.quotes()
            && let Some(told) = self.enumerated(plan, guess).await?
        {
            return Ok(self.tell_without_search(live, plan, "list", guess, told).await);
        }
        if plan.model.quotes()
            && let Some((way, told)) = self.told_in_pieces(plan, &before, talk.answered(), guess).await?
        {
            return Ok(self.tell_without_search(live, plan, way, guess, told).await);
        }
        if plan.model.quotes()
            && let Some(told) = self.whereabouts(plan, guess).await?
        {
            return Ok(self.tell_without_search(live, plan, "whereabouts", guess, told).await);
        }
        if let Some(told) = self.told_first(plan, &before, guess).await? {
            return Ok(self.tell(live, plan, told).await);
        }
        if let Some(ending) = self.summed_up(live, plan, &before, guess).await? {
            return Ok(ending);
        }
        let (text, whole) = self.searchable(plan, &talk, &before, completed.as_ref()).await;
        let text = whereabouts_asked(&text).unwrap_or(text);
        let looked_at =
            if whole { self.found_in_parts(plan, &text).await? } else { self.found(plan, &text).await? };
        let (text, (found, near)) = self.or_alone(plan, asked, text, looked_at).await?;
        let language =
            language_of(&plan.content, before.last().copied(), found.sources.first().map(|it| &*it.content));
        // A model reads what is doubtful itself, and says so where it holds no answer.
        let doubtful = !found.relevant && found.doubtful;
        let (sources, left_out) = if found.relevant || doubtful && plan.model.converses() {
            budget::fit(found.sources, settings.budget.sources)
        } else {
            (Vec::new(), found.sources)
        };
        live.set_trace(serde_json::json!({
            "query": text,
            "language": language.code,
            "relevant": found.relevant,
            "left_out": left_out.iter().map(|source| source.id.as_str()).collect::<Vec<_>>(),
            "search": found.trace,
        }));
        let (candidates, fit) = if found.relevant {
            (&sources, Fit::Relevant)
        } else {
            (if sources.is_empty() { &left_out } else { &sources }, Fit::Doubtful)
        };
        if let Some(mut told) = self.told_of(plan, candidates, language, fit).await? {
            // What cannot be computed may stand somewhere all the same.
            if !told.answered && !told.sources.is_empty() && plan.model.quotes() {
                let nearest = self.nearest(plan, &talk, candidates, &near).await;
                told.text = nearest.below(&told.text, language);
            }
            return Ok(self.tell(live, plan, told).await);
        }
        self.note_way(live, plan, "search", serde_json::Value::Null);
        let nearest = match plan.model.quotes() && (found.relevant || doubtful) {
            true => Some(self.nearest(plan, &talk, candidates, &near).await),
            false => None,
        };
        let lacks = found.relevant && nearest.as_ref().is_some_and(Nearest::lacks_what_is_asked);
        let sources = if lacks { Vec::new() } else { sources };
        if lacks {
            live.note("lacks", serde_json::json!("no sentence has the kind of thing that is asked for"));
        }
        live.log.sources(sources.clone());

        if let Some(ending) = self.listed(live, plan, &text, &sources, language).await? {
            return Ok(ending);
        }
        // What a client can do may have nothing to do with the documents.
        let offers = plan.tools.as_ref().is_some_and(|client| !client.declared.is_empty());
        if sources.is_empty() && !(offers && self.has_tools(plan)) {
            let told = nearest.map(|nearest| nearest.told(language));
            self.speak(live, told.as_deref().unwrap_or(language.no_answer)).await;
            return Ok(no_answer(plan));
        }
        self.ask_model(live, plan, &talk, (sources, near), language).await
    }

    /// What was found, or, where nothing relevant was found for a question together with what it leans on, what is found
    /// for the question alone, if it has words of its own and points at nothing.
    async fn or_alone(
        &self,
        plan: &Plan,
        asked: &str,
        text: String,
        found: LookedAt,
    ) -> Result<(String, LookedAt), Fault> {
        if found.0.relevant || text == asked || !follow::has_own_words(asked) {
            return Ok((text, found));
        }
        let alone = self.found(plan, asked).await?;
        if alone.0.relevant { Ok((asked.to_owned(), alone)) } else { Ok((text, found)) }
    }

    /// What the documents hold on the question.
    pub(super) async fn found(&self, plan: &Plan, text: &str) -> Result<LookedAt, Fault> {
        // What leans on the talk is searched with what it leans on, and not apart from it.
        if text == plan.content {
            return self.found_in_parts(plan, text).await;
        }
        self.found_by(plan, text, vec![text.to_owned()]).await
    }

    /// The same of a question of its own. One that asks two things is searched in parts, each by its own words and the whole
    /// by all of them; what every part finds first comes first.
    async fn found_in_parts(&self, plan: &Plan, text: &str) -> Result<LookedAt, Fault> {
        self.found_by(plan, text, history::parts_to_search(text)).await
    }

    async fn found_by(&self, plan: &Plan, text: &str, parts: Vec<String>) -> Result<LookedAt, Fault> {
        let settings = &self.parts.settings;
        let top_k = plan.options.top_k.unwrap_or(settings.top_k);
        let query = |(text, documents)| Query { project: plan.project, text, top_k, documents };
        let one = |text: String| query((text, plan.options.documents.clone()));
        let queries: Vec<Query> = match self.asked_of_each(plan, text).await? {
            Some(things) => things.into_iter().map(query).collect(),
            None => parts.into_iter().map(one).collect(),
        };
        let parts: Vec<String> = queries.iter().map(|query| query.text.clone()).collect();
        let searching = queries.iter().map(|query| self.parts.search.search(&plan.scope, query));
        let found = match tokio::time::timeout(settings.search_timeout, join_all(searching)).await {
            Ok(found) => found.into_iter().collect::<Result<Vec<_>, _>>(),
            Err(_) => return Err(unavailable("the search took too long")),
        };
        let mut found = found.map_err(|fault| unavailable(&fault.chain()))?;
        self.look_closer(&plan.scope, &queries, &mut found).await;
        let near = found.iter_mut().map(|found| std::mem::take(&mut found.near)).collect();
        Ok((merged(found, &parts, top_k), near))
    }

    /// Says what a way has found out without a model.
    pub(super) async fn tell(&self, live: &Live, plan: &Plan, told: Told) -> Ending {
        self.note_way(live, plan, "computed", told.account.clone());
        self.quote_told(live, told).await
    }

    /// What a way that looks for itself has to tell, before anything is searched for all of the question.
    async fn tell_without_search(
        &self,
        live: &Live,
        plan: &Plan,
        way: &str,
        language: &Language,
        told: Told,
    ) -> Ending {
        live.set_trace(
            serde_json::json!({ "query": plan.content, "language": language.code, "relevant": told.answered }),
        );
        self.note_way(live, plan, way, told.account.clone());
        self.quote_told(live, told).await
    }

    async fn quote_told(&self, live: &Live, told: Told) -> Ending {
        let cited = (1..)
            .take(told.sources.len())
            .filter(|number| told.text.contains(&format!("[{number}]")))
            .collect();
        live.log.sources(told.sources);
        self.speak(live, &told.text).await;
        let finish = if told.answered { FinishReason::Stop } else { FinishReason::NoAnswer };
        let facts = AnswerFacts { cited, finish_reason: Some(finish), ..AnswerFacts::default() };
        Ending::Completed { model: BUILT_IN.to_owned(), facts }
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

    /// The question in words that can be searched for without the talk before it, and whether these are a question of its
    /// own, which may ask several things.
    async fn searchable(
        &self,
        plan: &Plan,
        talk: &Talk,
        before: &[&str],
        completed: Option<&Completed>,
    ) -> (String, bool) {
        let joined = || {
            let joined =
                completed.map_or_else(|| history::joined(&plan.content, before), |it| it.text.clone());
            let whole = joined == plan.content;
            (joined, whole)
        };
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
            Ok(Ok(answer)) => {
                let reworded = history::reworded(&answer, &plan.content, &talk.history);
                reworded.map_or_else(joined, |reworded| (reworded, true))
            }
            Ok(Err(error)) => {
                tracing::debug!(%error, "The question is searched as it is");
                joined()
            }
            Err(_) => joined(),
        }
    }
}

/// One list out of several: the first of each, the second of each, and so on, every passage once.
fn merged(mut found: Vec<Found>, parts: &[String], top_k: usize) -> Found {
    if found.len() == 1 {
        return found.pop().unwrap_or_default();
    }
    // A part that nothing is known of brings nothing relevant in.
    let relevant = found.iter().any(|found| found.relevant);
    let doubtful = found.iter().any(|found| found.doubtful);
    let traces: Vec<serde_json::Value> = found
        .iter()
        .zip(parts)
        .map(|(found, part)| serde_json::json!({ "query": part, "relevant": found.relevant, "search": found.trace }))
        .collect();
    if relevant {
        found.retain(|found| found.relevant);
    }
    let longest = found.iter().map(|found| found.sources.len()).max().unwrap_or(0);
    let mut sources: Vec<Source> = Vec::new();
    for place in 0..longest {
        for source in found.iter().filter_map(|found| found.sources.get(place)) {
            if sources.len() < top_k && sources.iter().all(|known| known.id != source.id) {
                sources.push(source.clone());
            }
        }
    }
    Found { sources, relevant, doubtful, trace: serde_json::json!({ "parts": traces }), ..Found::default() }
}

pub(super) fn no_answer(plan: &Plan) -> Ending {
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
