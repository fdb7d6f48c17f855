//! Beginning a turn: everything it needs after a crash is stored in one transaction, before anybody hears of it.

use std::sync::{Arc, OnceLock};

use tokio::time::Instant;
use tracing::Instrument;

use super::engine::{Engine, Inner, TurnNews};
use super::error::ChatError;
use super::live::Live;
use super::log::Log;
use super::question::{NewQuestion, Options, Started, title_of};
use super::replay;
use super::tools::ClientTools;
use super::turn::Plan;
use docent_domain::chat::{Accepted, Chat, Message, MessageStatus, Speaker, Visibility};
use docent_domain::event::{News, ProjectEvent};
use docent_domain::{ChatId, MessageId, Principal, Scope, Timestamp};
use docent_models::ChatModel;
use docent_store::{NewMessage, NewTurn, Repeat, StoreError, Tx};
use docent_telemetry::trace;

/// How a question is answered, where that is not for the settings alone to say.
#[derive(Debug, Clone, Default)]
pub struct Manner {
    /// The model's provider; `None` for the one of the settings.
    pub provider: Option<String>,
    /// Tools beside the built-in ones.
    pub tools: Option<ClientTools>,
}

impl Engine {
    /// Stores the question and begins its answer. A chat writes one answer at a time.
    pub async fn start(&self, scope: &Scope, question: NewQuestion) -> Result<Started, ChatError> {
        self.start_as(scope, question, Manner::default()).await
    }

    /// Like [`Engine::start`], answered by the model of this provider.
    pub async fn start_by(
        &self,
        provider: &str,
        scope: &Scope,
        question: NewQuestion,
    ) -> Result<Started, ChatError> {
        let manner = Manner { provider: Some(provider.to_owned()), ..Manner::default() };
        self.start_as(scope, question, manner).await
    }

    /// Like [`Engine::start`], with a say in who answers and with what.
    pub async fn start_as(
        &self,
        scope: &Scope,
        question: NewQuestion,
        manner: Manner,
    ) -> Result<Started, ChatError> {
        let begun = Instant::now();
        let Manner { provider, tools } = manner;
        let model = match provider {
            None => Arc::clone(&self.inner.parts.model),
            Some(provider) => self.inner.model(&provider).ok_or_else(|| {
                let message = format!("`{provider}` is not configured here");
                ChatError::Invalid { field: "provider", message }
            })?,
        };
        let question = question.checked(&self.inner.parts.settings.caps)?;
        let (inner, scope) = (Arc::clone(&self.inner), scope.clone());
        self.unhurried(async move { inner.start(scope, question, model, tools, begun).await }).await
    }

    /// Answers a question again; the answers it had give way to the new one. `message` is the question or an answer.
    pub async fn regenerate(
        &self,
        scope: &Scope,
        caller: &Principal,
        chat: ChatId,
        message: MessageId,
    ) -> Result<Started, ChatError> {
        let begun = Instant::now();
        let (inner, scope, caller) = (Arc::clone(&self.inner), scope.clone(), caller.clone());
        self.unhurried(async move { inner.regenerate(scope, caller, chat, message, begun).await }).await
    }

    /// Runs to the end even if the caller goes away: a turn that is stored is also begun.
    pub(super) async fn unhurried(
        &self,
        work: impl Future<Output = Result<Started, ChatError>> + Send + 'static,
    ) -> Result<Started, ChatError> {
        if self.inner.closing.is_cancelled() {
            return Err(ChatError::Stopping);
        }
        self.inner.parts.tasks.spawn(work.in_current_span()).await.map_err(ChatError::Died)?
    }
}

/// What a turn needs beside what is stored.
struct Asked {
    scope: Scope,
    options: Options,
    model: Arc<dyn ChatModel>,
    tools: Option<ClientTools>,
    task: String,
    begun: Instant,
}

impl Inner {
    async fn start(
        self: Arc<Self>,
        scope: Scope,
        question: NewQuestion,
        model: Arc<dyn ChatModel>,
        tools: Option<ClientTools>,
        begun: Instant,
    ) -> Result<Started, ChatError> {
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.begin().await?;
        let chat = tx.chat(&scope, question.chat).await?.ok_or(ChatError::NotFound("chat"))?;
        if let Some(started) = self.repeated(&mut tx, &question, now).await? {
            return Ok(started);
        }
        if tx.streaming_turn(chat.id).await?.is_some() {
            return Err(ChatError::Busy);
        }
        let title = title_of(&question.content);
        let titled = chat.message_count == 0 && tx.title_chat(chat.id, &title).await?;
        let asked = tx
            .insert_message(&NewMessage {
                chat: chat.id,
                speaker: Speaker::User,
                content: &question.content,
                status: MessageStatus::Completed,
                author: Some(question.user),
                model: None,
                question: None,
                summary: false,
                created_at: now,
            })
            .await?;
        let NewQuestion { content, user, username, options, client_message_id, keyed, .. } = question;
        let key = client_message_id.map(|key| (purpose(chat.id), key));
        let (answer, task) = match self.insert_answer(&mut tx, chat.id, asked, &options, now).await {
            // Somebody else's question was faster.
            Err(ChatError::Store(StoreError::Duplicate(_))) => return Err(ChatError::Busy),
            inserted => inserted?,
        };
        let since = now.minus(self.parts.settings.remember);
        if let Some(keyed) = keyed {
            tx.remember_request(user, &keyed, answer.get(), now, since).await?;
        }
        if let Some((purpose, key)) = key {
            tx.remember(user, &purpose, &key, answer.get(), now, since).await?;
        }
        tx.commit().await?;

        // The project's room is for what its members may read: not for what somebody asks in private.
        if titled && chat.visibility == Visibility::Project {
            let news = News::ChatUpdated { chat: chat.id, title };
            self.parts.bus.publish(ProjectEvent { project: chat.project, news });
        }
        let accepted = Accepted { chat: chat.id, answer, question: asked, content, user, username, at: now };
        let asked = Asked { scope, options, model, tools, task, begun };
        Ok(self.begin(&chat, accepted, asked))
    }

    /// The turn that was begun when this question came before under the same key.
    async fn repeated(
        self: &Arc<Self>,
        tx: &mut Tx,
        question: &NewQuestion,
        now: Timestamp,
    ) -> Result<Option<Started>, ChatError> {
        let since = now.minus(self.parts.settings.remember);
        let Some(answer) = done_before(tx, question, since).await? else { return Ok(None) };
        let Some(turn) = tx.turn(question.chat, answer).await? else { return Ok(None) };
        let accepted = replay::accepted(question.chat, answer, &turn);
        let stream = match self.live(answer) {
            Some(live) => {
                replay::forget_deleted(tx, &live.log).await?;
                live.log.read(-1)
            }
            None => match replay::stream(self, tx, question.chat, answer, -1).await? {
                Some(stream) => stream,
                None => return Ok(None),
            },
        };
        Ok(Some(Started { accepted, task: turn.task, repeated: true, stream }))
    }

    async fn regenerate(
        self: Arc<Self>,
        scope: Scope,
        caller: Principal,
        chat: ChatId,
        message: MessageId,
        begun: Instant,
    ) -> Result<Started, ChatError> {
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.begin().await?;
        let chat = tx.chat(&scope, chat).await?.ok_or(ChatError::NotFound("chat"))?;
        let question = question_of(&mut tx, chat.id, message).await?;
        if tx.streaming_turn(chat.id).await?.is_some() {
            return Err(ChatError::Busy);
        }
        let before = tx.turn(chat.id, message).await?;
        let options: Options =
            before.and_then(|turn| serde_json::from_str(&turn.options).ok()).unwrap_or_default();
        tx.replace_answers(chat.id, question.id).await?;
        let (answer, task) = match self.insert_answer(&mut tx, chat.id, question.id, &options, now).await {
            Err(ChatError::Store(StoreError::Duplicate(_))) => return Err(ChatError::Busy),
            inserted => inserted?,
        };
        tx.commit().await?;

        let accepted = Accepted {
            chat: chat.id,
            answer,
            question: question.id,
            content: question.content,
            user: caller.user,
            username: caller.username,
            at: question.created_at,
        };
        let model = Arc::clone(&self.parts.model);
        let asked = Asked { scope, options, model, tools: None, task, begun };
        Ok(self.begin(&chat, accepted, asked))
    }

    async fn insert_answer(
        &self,
        tx: &mut Tx,
        chat: ChatId,
        question: MessageId,
        options: &Options,
        now: Timestamp,
    ) -> Result<(MessageId, String), ChatError> {
        let answer = tx
            .insert_message(&NewMessage {
                chat,
                speaker: Speaker::Assistant,
                content: "",
                status: MessageStatus::Streaming,
                author: None,
                model: None,
                question: Some(question),
                summary: false,
                created_at: now,
            })
            .await?;
        let random = &self.parts.random;
        let task = uuid::Builder::from_u128((u128::from(random()) << 64) | u128::from(random()))
            .with_version(uuid::Version::Random)
            .with_variant(uuid::Variant::RFC4122)
            .into_uuid()
            .to_string();
        let options = serde_json::to_string(options).unwrap_or_default();
        tx.insert_turn(&NewTurn {
            answer,
            chat,
            task: &task,
            node: &self.parts.node,
            lease_until: now.plus(self.parts.settings.lease),
            options: &options,
            created_at: now,
        })
        .await?;
        tx.touch_chat(chat, now).await?;
        Ok((answer, task))
    }

    /// Past the commit: from here on nothing can fail.
    fn begin(self: Arc<Self>, chat: &Chat, accepted: Accepted, asked: Asked) -> Started {
        let log = Log::new(accepted.clone());
        let stream = log.read(-1);
        let live = Live::new(chat.id, accepted.answer, log);
        self.enter(&live);
        let plan = Plan {
            scope: asked.scope,
            project: chat.project,
            question: accepted.question,
            content: accepted.content.clone(),
            user: accepted.user,
            options: asked.options,
            model: asked.model,
            tools: asked.tools,
            task: asked.task.clone(),
            begun: asked.begun,
            completed: None,
            farther: OnceLock::new(),
        };
        self.announce(TurnNews { chat: chat.id, answer: accepted.answer, user: accepted.user }, &live.log);
        let span = tracing::info_span!(
            "chat.turn",
            chat.id = %live.chat,
            answer.id = %live.answer,
            trace.id = tracing::field::Empty,
        );
        trace::go_on(&span, None);
        let tasks = self.parts.tasks.clone();
        tasks.spawn(self.run(live, plan).instrument(span));
        Started { accepted, task: asked.task, repeated: false, stream }
    }
}

fn purpose(chat: ChatId) -> String {
    format!("question/{chat}")
}

/// The answer that was begun for this question, told by the key of its request or by the question's own.
async fn done_before(
    tx: &mut Tx,
    question: &NewQuestion,
    since: Timestamp,
) -> Result<Option<MessageId>, ChatError> {
    if let Some(keyed) = &question.keyed {
        match tx.remembered_request(question.user, keyed, since).await? {
            Some(Repeat::Other) => return Err(ChatError::KeyReused),
            Some(Repeat::Same(answer)) => return Ok(Some(answer.into())),
            None => {}
        }
    }
    let Some(key) = &question.client_message_id else { return Ok(None) };
    let known = tx.remembered(question.user, &purpose(question.chat), key, since).await?;
    Ok(known.map(MessageId::from))
}

/// The question that a message is, or answers.
async fn question_of(tx: &mut Tx, chat: ChatId, message: MessageId) -> Result<Message, ChatError> {
    const MISSING: ChatError = ChatError::NotFound("message");
    let message = tx.message(chat, message).await?.ok_or(MISSING)?;
    match (message.speaker, message.question) {
        (Speaker::User, _) => Ok(message),
        (_, Some(question)) => tx.message(chat, question).await?.ok_or(MISSING),
        _ => Err(MISSING),
    }
}
