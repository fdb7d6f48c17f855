//! Questions that bring the talk before them along: each opens a private chat of its own.

use super::engine::{Engine, Inner};
use super::error::ChatError;
use super::question::{NewQuestion, Options, Started, title_of};
use docent_domain::chat::{MessageStatus, Speaker, Visibility};
use docent_domain::{ChatId, Principal, ProjectId, Scope};
use docent_models::PromptMessage;
use docent_store::{NewChat, NewMessage};

/// A question of a client that keeps the talk itself, and sends it along each time.
#[derive(Debug, Clone)]
pub struct OneShot {
    pub project: ProjectId,
    pub asker: Principal,
    /// What was said before, the oldest first. The latest are kept where there are more than fit.
    pub said: Vec<PromptMessage>,
    pub content: String,
    pub options: Options,
}

impl Engine {
    /// Opens a chat that only the asker reads, writes down what was said before, and begins the answer. No other
    /// answer can be under way there.
    pub async fn start_once(&self, scope: &Scope, asked: OneShot) -> Result<Started, ChatError> {
        let (engine, scope) = (self.clone(), scope.clone());
        self.unhurried(async move {
            let OneShot { project, asker, mut said, content, mut options } = asked;
            let caps = engine.inner.parts.settings.caps;
            said.drain(..said.len().saturating_sub(caps.history));
            // All of it came with this very question; the token budget still decides how much the model is told.
            options.max_history = Some(said.len());
            let question = NewQuestion {
                chat: ChatId::from(0),
                content,
                user: asker.user,
                username: asker.username,
                options,
                client_message_id: None,
                keyed: None,
            };
            // What cannot be asked leaves no chat behind.
            let mut question = question.checked(&caps)?;
            question.chat = engine.inner.open_once(&scope, project, &question, &said).await?;
            let chat = question.chat;
            let started = engine.start(&scope, question).await;
            if started.is_err() {
                engine.inner.forget(&scope, chat).await;
            }
            started
        })
        .await
    }
}

impl Inner {
    async fn open_once(
        &self,
        scope: &Scope,
        project: ProjectId,
        question: &NewQuestion,
        said: &[PromptMessage],
    ) -> Result<ChatId, ChatError> {
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.begin().await?;
        let found = tx.project(scope, project).await?.ok_or(ChatError::NotFound("project"))?;
        let title = title_of(&question.content);
        let chat = tx
            .insert_chat(&NewChat {
                project: found.project.id,
                title: Some(&title),
                visibility: Visibility::Private,
                author: question.user,
                name: None,
                created_at: now,
            })
            .await?;
        for message in said {
            tx.insert_message(&NewMessage {
                chat,
                speaker: message.speaker,
                content: &message.content.replace('\0', ""),
                status: MessageStatus::Completed,
                author: (message.speaker == Speaker::User).then_some(question.user),
                model: None,
                question: None,
                summary: false,
                created_at: now,
            })
            .await?;
        }
        tx.commit().await?;
        Ok(chat)
    }

    /// Takes a chat back in which nothing was answered.
    async fn forget(&self, scope: &Scope, chat: ChatId) {
        let deleted = async {
            let mut tx = self.parts.store.begin().await?;
            tx.delete_chat(scope, chat, self.parts.clock.now()).await?;
            tx.commit().await
        };
        if let Err(error) = deleted.await {
            tracing::debug!(chat.id = %chat, %error, "An empty chat stays behind");
        }
    }
}
