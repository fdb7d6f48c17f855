//! Archives on their way to becoming projects: how far each is, and what its numbers have become.
//!
//! Whatever is made of an archive is made together with the count of it, so that a worker that dies leaves a number
//! that says where the next one goes on, and nothing is made twice.

use super::error::StoreError;
use super::messages::facts_text;
use super::runs::Hold;
use super::side::{Names, Side};
use super::statement::{
    execute, fetch_all, fetch_all_in, fetch_one, fetch_optional, ids, padded, statements,
};
use super::tx::Tx;
use super::versions::NewVersion;
use docent_domain::chat::{AnswerFacts, Feedback, MessageStatus, Speaker, Visibility};
use docent_domain::document::DocumentError;
use docent_domain::job::{Job, Queue};
use docent_domain::source::Source;
use docent_domain::{ChatId, Code, DocumentId, MessageId, ProjectId, Timestamp, UserId};

macro_rules! columns {
    () => {
        "SELECT project_id, user_id, blob, size, documents, chats, documents_done, chats_done, error_code, error_message
         FROM imports "
    };
}

statements! {
    INSERT_IMPORT = "
        INSERT INTO imports (project_id, user_id, blob, size, documents, chats, documents_done, chats_done, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, 0, 0, $7)";
    IMPORT = concat!(columns!(), "WHERE project_id = $1");
    IMPORTS = concat!(columns!(), "WHERE project_id IN (", ids!(), ")");
    COUNT_DOCUMENT = "
        UPDATE imports SET documents_done = documents_done + 1, error_code = NULL, error_message = NULL
        WHERE project_id = $1 AND documents_done = $2";
    COUNT_CHAT = "
        UPDATE imports SET chats_done = chats_done + 1, error_code = NULL, error_message = NULL
        WHERE project_id = $1 AND chats_done = $2";
    REST_IMPORT = "UPDATE imports SET error_code = $2, error_message = $3 WHERE project_id = $1";
    DELETE_IMPORT = "DELETE FROM imports WHERE project_id = $1";
    INSERT_ITEM = "INSERT INTO import_items (project_id, kind, number, id) VALUES ($1, $2, $3, $4)";
    ITEM = "SELECT id FROM import_items WHERE project_id = $1 AND kind = $2 AND number = $3";
    ITEMS = "SELECT number, id FROM import_items WHERE project_id = $1 AND kind = $2";
    FORGET_CHAT_ITEMS = "DELETE FROM import_items WHERE project_id = $1 AND kind IN ('chat', 'message')";
    SET_METADATA = "UPDATE documents SET metadata = $2 WHERE id = $1";
    RESTORE_CHAT = "
        INSERT INTO chats (project_id, title, titled, visibility, author_id, created_at, updated_at)
        VALUES ($1, $2, TRUE, $3, $4, $5, $6)
        RETURNING id";
    RESTORE_MESSAGE = "
        INSERT INTO messages (chat_id, role, content, status, author_id, model, sources, metadata, question_id,
                              current, summary, created_at, finished_at)
        VALUES ($1, $2, $3, $4, $5, $6, '[]', $7, $8, TRUE, $9, $10, $11)
        RETURNING id";
}

/// An archive that is being made into a project, or could not be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRow {
    pub project: ProjectId,
    /// Whose everything in it is.
    pub user: UserId,
    pub blob: String,
    /// Of the archive, in bytes.
    pub size: i64,
    pub documents: i64,
    pub chats: i64,
    pub documents_done: i64,
    pub chats_done: i64,
    /// Why it rests.
    pub error: Option<DocumentError>,
}

/// A chat of an archive.
#[derive(Debug, Clone, PartialEq)]
pub struct RestoredChat {
    pub title: String,
    pub visibility: Visibility,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// A message of an archive, with its sources led to the documents that were made of it.
#[derive(Debug, Clone, PartialEq)]
pub struct RestoredMessage {
    pub speaker: Speaker,
    pub content: String,
    pub status: MessageStatus,
    pub model: Option<String>,
    pub sources: Vec<Source>,
    pub facts: AnswerFacts,
    /// 1-based place in its chat of what it answers.
    pub question: Option<i64>,
    pub summary: bool,
    pub created_at: Timestamp,
    pub finished_at: Option<Timestamp>,
    /// The importer's own.
    pub feedback: Option<Feedback>,
}

/// The right to make the next thing of an archive: the worker's hold on the job, and how many were made before.
#[derive(Debug, Clone, Copy)]
pub struct Turn {
    pub hold: Hold,
    pub project: ProjectId,
    /// Documents, or chats, that are there already.
    pub done: i64,
}

/// Whether something was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Made<T> {
    Yes(T),
    /// The project is not there any more.
    Deleted,
    /// It is another worker's turn, or this one's was before.
    NotNow,
}

#[derive(sqlx::FromRow)]
struct Row {
    project_id: i64,
    user_id: i64,
    blob: String,
    size: i64,
    documents: i64,
    chats: i64,
    documents_done: i64,
    chats_done: i64,
    error_code: Option<String>,
    error_message: Option<String>,
}

impl From<Row> for ImportRow {
    fn from(row: Row) -> Self {
        Self {
            project: row.project_id.into(),
            user: row.user_id.into(),
            blob: row.blob,
            size: row.size,
            documents: row.documents,
            chats: row.chats,
            documents_done: row.documents_done,
            chats_done: row.chats_done,
            error: row.error_code.map(|code| DocumentError {
                code: Code::by_name(&code).unwrap_or(Code::Internal),
                message: row.error_message.unwrap_or_default(),
            }),
        }
    }
}

/// Kinds of items.
const DOCUMENT: &str = "document";
const CHAT: &str = "chat";
const MESSAGE: &str = "message";

impl<S: Side> Tx<S> {
    /// Keeps an archive, and queues the job that makes a project of it.
    pub async fn insert_import(
        &mut self,
        project: S::Named<ProjectId>,
        new: &ImportRow,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        execute!(
            self,
            INSERT_IMPORT,
            project.id().get(),
            new.user.get(),
            new.blob.as_str(),
            new.size,
            new.documents,
            new.chats,
            now.micros(),
        )?;
        self.put(new.project, &Job::ImportProject { project: new.project }, Queue::Ingest, now).await?;
        Ok(())
    }

    /// Of these projects, those that are not wholly imported.
    pub async fn imports_of(
        &mut self,
        projects: &[S::Named<ProjectId>],
    ) -> Result<Vec<ImportRow>, StoreError> {
        let mut found = Vec::new();
        for part in padded(projects.iter().map(|project| project.id().get())) {
            let rows = fetch_all_in!(self, Row, IMPORTS, part)?;
            found.extend(rows.into_iter().map(ImportRow::from));
        }
        Ok(found)
    }
}

impl Tx {
    pub async fn import(&mut self, project: ProjectId) -> Result<Option<ImportRow>, StoreError> {
        Ok(fetch_optional!(self, Row, IMPORT, project.get())?.map(ImportRow::from))
    }

    /// Makes a document of the archive's `number` and queues its reading.
    pub async fn restore_document(
        &mut self,
        turn: Turn,
        (number, user): (u32, UserId),
        (path, metadata): (&str, &serde_json::Value),
        version: &NewVersion<'_>,
        now: Timestamp,
    ) -> Result<Made<DocumentId>, StoreError> {
        if !self.lock_project(turn.project, now).await? {
            return Ok(Made::Deleted);
        }
        let next = execute!(self, COUNT_DOCUMENT, turn.project.get(), turn.done)? > 0;
        if !next || !self.still_holds(turn.hold).await? {
            return Ok(Made::NotNow);
        }
        let id = self.insert_document(turn.project, path, version, user, now).await?;
        execute!(self, SET_METADATA, id.get(), metadata.to_string())?;
        self.insert_item(turn.project, DOCUMENT, number.into(), id.get()).await?;
        Ok(Made::Yes(id))
    }

    /// The documents that were made of the archive, by their numbers in it.
    pub async fn restored_documents(
        &mut self,
        project: ProjectId,
    ) -> Result<Vec<(i64, DocumentId)>, StoreError> {
        let rows = fetch_all!(self, (i64, i64), ITEMS, project.get(), DOCUMENT)?;
        Ok(rows.into_iter().map(|(number, id)| (number, id.into())).collect())
    }

    /// The chat under way and how many of its messages are there, if an earlier worker has begun it.
    pub async fn begun_chat(&mut self, project: ProjectId) -> Result<Option<(ChatId, i64)>, StoreError> {
        let rows = fetch_all!(self, (i64, i64), ITEMS, project.get(), CHAT)?;
        let Some((_, chat)) = rows.first() else { return Ok(None) };
        let messages = fetch_all!(self, (i64, i64), ITEMS, project.get(), MESSAGE)?;
        let last = messages.iter().map(|(number, _)| *number).max().unwrap_or(0);
        Ok(Some((ChatId::from(*chat), last)))
    }

    /// Opens the next chat of the archive.
    pub async fn restore_chat(
        &mut self,
        turn: Turn,
        user: UserId,
        chat: &RestoredChat,
        now: Timestamp,
    ) -> Result<Made<ChatId>, StoreError> {
        if let Some(refused) = self.refused(turn, now).await? {
            return Ok(refused);
        }
        let (id,) = fetch_one!(
            self,
            (i64,),
            RESTORE_CHAT,
            turn.project.get(),
            chat.title.as_str(),
            chat.visibility.name(),
            user.get(),
            chat.created_at.micros(),
            chat.updated_at.micros(),
        )?;
        self.insert_item(turn.project, CHAT, turn.done + 1, id).await?;
        Ok(Made::Yes(id.into()))
    }

    /// Adds messages to the chat under way; the first one is its `first`-th.
    pub async fn restore_messages(
        &mut self,
        turn: Turn,
        (user, chat, first): (UserId, ChatId, i64),
        messages: &[RestoredMessage],
        now: Timestamp,
    ) -> Result<Made<()>, StoreError> {
        if let Some(refused) = self.refused(turn, now).await? {
            return Ok(refused);
        }
        for (number, message) in (first..).zip(messages) {
            let question = match message.question {
                Some(question) => self.item(turn.project, MESSAGE, question).await?,
                None => None,
            };
            let author = (message.speaker == Speaker::User).then(|| user.get());
            let (id,) = fetch_one!(
                self,
                (i64,),
                RESTORE_MESSAGE,
                chat.get(),
                message.speaker.name(),
                message.content.as_str(),
                message.status.name(),
                author,
                message.model.as_deref(),
                facts_text(&message.facts),
                question,
                message.summary,
                message.created_at.micros(),
                message.finished_at.map(Timestamp::micros),
            )?;
            self.insert_item(turn.project, MESSAGE, number, id).await?;
            if !message.sources.is_empty() {
                self.set_sources(id.into(), &message.sources).await?;
            }
            if let Some(feedback) = &message.feedback {
                self.set_feedback(chat, MessageId::from(id), user, feedback).await?;
            }
        }
        Ok(Made::Yes(()))
    }

    /// The chat under way is whole.
    pub async fn finish_chat(&mut self, turn: Turn, now: Timestamp) -> Result<Made<()>, StoreError> {
        if let Some(refused) = self.refused(turn, now).await? {
            return Ok(refused);
        }
        execute!(self, FORGET_CHAT_ITEMS, turn.project.get())?;
        execute!(self, COUNT_CHAT, turn.project.get(), turn.done)?;
        Ok(Made::Yes(()))
    }

    /// Everything is there; nothing of the archive is needed any more.
    pub async fn finish_import(&mut self, project: ProjectId, hold: Hold) -> Result<bool, StoreError> {
        if !self.still_holds(hold).await? {
            return Ok(false);
        }
        execute!(self, DELETE_IMPORT, project.get())?;
        Ok(true)
    }

    /// Why an import has come to rest.
    pub async fn rest_import(
        &mut self,
        project: ProjectId,
        code: &str,
        message: &str,
    ) -> Result<(), StoreError> {
        execute!(self, REST_IMPORT, project.get(), code, message)?;
        Ok(())
    }

    /// Why nothing may be added to the chats now; `None` if it may.
    async fn refused<T>(&mut self, turn: Turn, now: Timestamp) -> Result<Option<Made<T>>, StoreError> {
        if !self.lock_project(turn.project, now).await? {
            return Ok(Some(Made::Deleted));
        }
        let row = self.import(turn.project).await?;
        let next = row.is_some_and(|row| row.chats_done == turn.done);
        Ok((!next || !self.still_holds(turn.hold).await?).then_some(Made::NotNow))
    }

    async fn insert_item(
        &mut self,
        project: ProjectId,
        kind: &str,
        number: i64,
        id: i64,
    ) -> Result<(), StoreError> {
        execute!(self, INSERT_ITEM, project.get(), kind, number, id)?;
        Ok(())
    }

    async fn item(&mut self, project: ProjectId, kind: &str, number: i64) -> Result<Option<i64>, StoreError> {
        Ok(fetch_optional!(self, (i64,), ITEM, project.get(), kind, number)?.map(|(id,)| id))
    }
}
