//! Which documents the sources of an answer stand in, and what is left of the sources once a document is deleted.
//!
//! Deleting is final at once, so that every reading of a message leaves out the text of deleted documents by itself; the
//! text goes from the database soon after, with the rest of the document.

use std::collections::HashSet;

use serde_json::Value;

use super::error::StoreError;
use super::marks::without_results;
use super::messages::{sources_of, sources_text};
use super::side::Side;
use super::statement::{execute, fetch_all, fetch_all_in, fetch_optional, ids, padded, statements};
use super::tx::Tx;
use docent_domain::chat::Message;
use docent_domain::source::Source;
use docent_domain::{DocumentId, MessageId};

statements! {
    SET_SOURCES = "UPDATE messages SET sources = $2 WHERE id = $1";
    /// Touches no row if the document is deleted.
    CITE = "
        INSERT INTO cited_documents (message_id, document_id)
        SELECT $1, d.id FROM documents d WHERE d.id = $2 AND d.deleted_at IS NULL
        ON CONFLICT (message_id, document_id) DO UPDATE SET document_id = excluded.document_id";
    CITED_AND_DELETED = "
        SELECT c.document_id FROM messages m JOIN cited_documents c ON c.message_id = m.id
        WHERE m.chat_id = $1 AND m.id >= $2 AND m.id <= $3
          AND NOT EXISTS (SELECT 1 FROM documents d WHERE d.id = c.document_id AND d.deleted_at IS NULL)";
    STANDING = concat!("SELECT id FROM documents WHERE deleted_at IS NULL AND id IN (", ids!(), ")");
    CITING = "
        SELECT m.id, m.sources FROM cited_documents c JOIN messages m ON m.id = c.message_id
        WHERE c.document_id = $1 AND c.message_id > $2
          AND NOT EXISTS (SELECT 1 FROM documents d WHERE d.id = $1 AND d.deleted_at IS NULL)
        ORDER BY m.id LIMIT $3";
    /// An answer that is still being written may have got more sources meanwhile.
    REPLACE_SOURCES = "UPDATE messages SET sources = $2 WHERE id = $1 AND sources = $3";
    UNCITE = "DELETE FROM cited_documents WHERE message_id = $1 AND document_id = $2";
    TRACE_OF = "SELECT trace FROM turns WHERE message_id = $1 AND trace IS NOT NULL";
    REPLACE_TRACE = "UPDATE turns SET trace = $2 WHERE message_id = $1";
    MARKS_OF = "SELECT position, mark FROM turn_marks WHERE message_id = $1 ORDER BY position";
    REPLACE_MARK = "UPDATE turn_marks SET mark = $3 WHERE message_id = $1 AND position = $2";
    OWED = "
        SELECT DISTINCT c.document_id FROM cited_documents c
        WHERE NOT EXISTS (SELECT 1 FROM documents d WHERE d.id = c.document_id AND d.deleted_at IS NULL)
        LIMIT $1";
}

/// What of a trace holds words of documents: what a way of answering has looked at.
const EXAMINED: &str = "examined";

impl<S: Side> Tx<S> {
    /// Leaves out of messages of one chat what stood in documents that are deleted.
    pub(super) async fn forget_deleted(&mut self, messages: &mut [Message]) -> Result<(), StoreError> {
        let Some(chat) = messages.first().map(|message| message.chat.get()) else { return Ok(()) };
        let citing = || messages.iter().filter(|message| !message.sources.is_empty()).map(|it| it.id.get());
        let (Some(first), Some(last)) = (citing().min(), citing().max()) else { return Ok(()) };
        let rows = fetch_all!(self, (i64,), CITED_AND_DELETED, chat, first, last)?;
        let deleted: HashSet<i64> = rows.into_iter().map(|(document,)| document).collect();
        for source in messages.iter_mut().flat_map(|message| &mut message.sources) {
            if deleted.contains(&source.document.get()) {
                source.forget();
            }
        }
        Ok(())
    }
}

impl Tx {
    /// Stores the sources of an answer, those of deleted documents without their text: these are given back.
    pub async fn set_sources(
        &mut self,
        message: MessageId,
        sources: &[Source],
    ) -> Result<Vec<DocumentId>, StoreError> {
        let mut documents: Vec<DocumentId> = sources.iter().map(|source| source.document).collect();
        // In one order for all, so that none waits for another in a circle.
        documents.sort_unstable();
        documents.dedup();
        let mut deleted = Vec::new();
        for document in documents {
            if execute!(self, CITE, message.get(), document.get())? == 0 {
                deleted.push(document);
            }
        }
        let mut kept = sources.to_vec();
        forget_of(&mut kept, &deleted);
        execute!(self, SET_SOURCES, message.get(), sources_text(&kept))?;
        Ok(deleted)
    }

    /// Which of these documents are deleted.
    pub async fn deleted_among(&mut self, documents: &[DocumentId]) -> Result<Vec<DocumentId>, StoreError> {
        let mut standing = HashSet::new();
        for part in padded(documents.iter().map(|document| document.get())) {
            standing.extend(fetch_all_in!(self, (i64,), STANDING, part)?.into_iter().map(|(id,)| id));
        }
        Ok(documents.iter().filter(|document| !standing.contains(&document.get())).copied().collect())
    }

    /// Takes what stood in a deleted document out of up to `limit` answers that cite it, of those after `after`. The last
    /// one that was looked at; `None` once there are no more.
    pub async fn forget_cited(
        &mut self,
        document: DocumentId,
        after: MessageId,
        limit: i64,
    ) -> Result<Option<MessageId>, StoreError> {
        let rows = fetch_all!(self, (i64, String), CITING, document.get(), after.get(), limit)?;
        let last = rows.last().map(|(message, _)| (*message).into());
        for (message, stored) in rows {
            let mut sources = sources_of(stored.clone())?;
            forget_of(&mut sources, &[document]);
            if execute!(self, REPLACE_SOURCES, message, sources_text(&sources), stored)? > 0 {
                self.forget_examined(message).await?;
                execute!(self, UNCITE, message, document.get())?;
            }
        }
        Ok(last)
    }

    /// Deleted documents that answers still have text of.
    pub async fn cited_and_deleted(&mut self, limit: i64) -> Result<Vec<DocumentId>, StoreError> {
        let rows = fetch_all!(self, (i64,), OWED, limit)?;
        Ok(rows.into_iter().map(|(document,)| document.into()).collect())
    }

    /// What a way has looked at, and what tools have come back with.
    async fn forget_examined(&mut self, message: i64) -> Result<(), StoreError> {
        if let Some((trace,)) = fetch_optional!(self, (String,), TRACE_OF, message)? {
            let mut trace: Value = serde_json::from_str(&trace).unwrap_or_default();
            without_examined(&mut trace);
            execute!(self, REPLACE_TRACE, message, trace.to_string())?;
        }
        for (position, mark) in fetch_all!(self, (i64, String), MARKS_OF, message)? {
            if let Some(mark) = without_results(&mark) {
                execute!(self, REPLACE_MARK, message, position, mark)?;
            }
        }
        Ok(())
    }
}

/// A trace without what a way of answering has looked at, which are words and values of documents.
pub fn without_examined(trace: &mut Value) {
    if let Some(entries) = trace.as_object_mut() {
        entries.remove(EXAMINED);
    }
}

fn forget_of(sources: &mut [Source], documents: &[DocumentId]) {
    sources.iter_mut().filter(|source| documents.contains(&source.document)).for_each(Source::forget);
}
