//! Chats: who may read them, and what they are called.
//!
//! Every statement asks `$2` (may reach everything) or the membership of user `$3`, and whether the chat is theirs
//! to read; what is not does not exist.

use super::error::{StoreError, word};
use super::rights::role_in;
use super::side::{Names, Seen, Side};
use super::statement::{execute, fetch_all, fetch_one, fetch_optional, statements};
use super::tx::Tx;
use super::{Listed, Window};
use docent_domain::chat::{Chat, Visibility};
use docent_domain::{ChatId, ProjectId, Scope, Timestamp, UserId};

macro_rules! columns {
    () => {
        "SELECT c.id, c.project_id, c.title, c.visibility, c.author_id, u.username, c.name,
                (SELECT COUNT(*) FROM messages g WHERE g.chat_id = c.id AND g.current) AS message_count,
                c.created_at, c.updated_at "
    };
}

macro_rules! readable {
    () => {
        concat!(
            "FROM chats c
             JOIN projects p ON p.id = c.project_id AND p.deleted_at IS NULL
             JOIN users u ON u.id = c.author_id
             WHERE c.deleted_at IS NULL
               AND ($2 OR (c.author_id = $3 AND ",
            role_in!("c.project_id", "$3"),
            " IS NOT NULL) OR (c.visibility = 'project' AND ",
            role_in!("c.project_id", "$3"),
            " <> 'visitor')) "
        )
    };
}

/// Its author and the project's owners may.
macro_rules! changeable {
    () => {
        concat!(
            "deleted_at IS NULL AND ($2 OR (chats.author_id = $3 AND ",
            role_in!("chats.project_id", "$3"),
            " IS NOT NULL) OR (chats.visibility = 'project' AND EXISTS (
                SELECT 1 FROM members m
                WHERE m.project_id = chats.project_id AND m.user_id = $3 AND m.role = 'owner')))"
        )
    };
}

macro_rules! matching {
    () => {
        "AND c.project_id = $1
         AND (LOWER(c.title) LIKE $4 ESCAPE '!' OR c.title LIKE $5 ESCAPE '!' OR EXISTS (
            SELECT 1 FROM messages g
            WHERE g.chat_id = c.id AND g.current
              AND (LOWER(g.content) LIKE $4 ESCAPE '!' OR g.content LIKE $5 ESCAPE '!'))) "
    };
}

statements! {
    INSERT_CHAT = "
        INSERT INTO chats (project_id, title, titled, visibility, author_id, name, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
        RETURNING id";
    CHAT = concat!(columns!(), readable!(), "AND c.id = $1");
    CHAT_BY_NAME = concat!(columns!(), readable!(), "AND c.author_id = $3 AND c.name = $1");
    CHATS = concat!(columns!(), readable!(), "AND c.project_id = $1 ORDER BY c.updated_at DESC, c.id DESC LIMIT $4 OFFSET $5");
    CHATS_AFTER = concat!(columns!(), readable!(), "AND c.project_id = $1 AND c.id > $4
        AND (c.visibility = 'project' OR c.author_id = $3) ORDER BY c.id LIMIT $5");
    COUNT_CHATS = concat!("SELECT COUNT(*) ", readable!(), "AND c.project_id = $1");
    SEARCH_CHATS = concat!(columns!(), readable!(), matching!(), "ORDER BY c.updated_at DESC, c.id DESC LIMIT $6 OFFSET $7");
    COUNT_FOUND = concat!("SELECT COUNT(*) ", readable!(), matching!());
    RENAME_CHAT = concat!("UPDATE chats SET title = $4, titled = TRUE, updated_at = $5 WHERE id = $1 AND ", changeable!());
    DELETE_CHAT = concat!("UPDATE chats SET deleted_at = $4, name = NULL WHERE id = $1 AND ", changeable!());
    TITLE_CHAT = "
        UPDATE chats SET title = $2
        WHERE id = $1 AND titled = FALSE AND NOT EXISTS (SELECT 1 FROM messages g WHERE g.chat_id = $1)";
    MOVE_CHAT = "
        UPDATE chats SET project_id = $3
        WHERE id = $1 AND author_id = $2 AND NOT EXISTS (SELECT 1 FROM messages g WHERE g.chat_id = $1)";
    TOUCH_CHAT = "UPDATE chats SET updated_at = $2 WHERE id = $1";
}

#[derive(sqlx::FromRow)]
struct ChatRow {
    id: i64,
    project_id: i64,
    title: String,
    visibility: String,
    author_id: i64,
    username: String,
    name: Option<String>,
    message_count: i64,
    created_at: i64,
    updated_at: i64,
}

/// A chat that the caller may read.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundChat {
    pub chat: Chat,
    pub seen: Seen<ChatId>,
}

/// `P` names the project, `U` the author.
pub struct NewChat<'a, P = ProjectId, U = UserId> {
    pub project: P,
    /// `None` lets the first question name it.
    pub title: Option<&'a str>,
    pub visibility: Visibility,
    pub author: U,
    pub name: Option<&'a str>,
    pub created_at: Timestamp,
}

impl<S: Side> Tx<S> {
    /// Opens a chat in a project.
    pub async fn insert_chat(
        &mut self,
        new: &NewChat<'_, S::Named<ProjectId>, S::Named<UserId>>,
    ) -> Result<ChatId, StoreError> {
        let (id,) = fetch_one!(
            self,
            (i64,),
            INSERT_CHAT,
            new.project.id().get(),
            new.title.unwrap_or_default(),
            new.title.is_some(),
            new.visibility.name(),
            new.author.id().get(),
            new.name,
            new.created_at.micros(),
        )?;
        Ok(id.into())
    }

    /// The chat, if the caller may read it.
    pub async fn chat(&mut self, scope: &Scope, id: ChatId) -> Result<Option<Chat>, StoreError> {
        Ok(self.found_chat(scope, id).await?.map(|found| found.chat))
    }

    /// As [`Tx::chat`], with the proof that it was found.
    pub async fn found_chat(&mut self, scope: &Scope, id: ChatId) -> Result<Option<FoundChat>, StoreError> {
        let row = fetch_optional!(self, ChatRow, CHAT, id.get(), scope.everything(), scope.user().get())?;
        row.map(|row| Ok(FoundChat { seen: Seen::new(row.id.into()), chat: row.chat()? })).transpose()
    }

    /// The caller's own chat by the name that a client of theirs gave it.
    pub async fn chat_by_name(&mut self, scope: &Scope, name: &str) -> Result<Option<Chat>, StoreError> {
        let row = fetch_optional!(self, ChatRow, CHAT_BY_NAME, name, scope.everything(), scope.user().get())?;
        row.map(ChatRow::chat).transpose()
    }

    /// The chats of a project, the latest first.
    pub async fn chats(
        &mut self,
        scope: &Scope,
        project: ProjectId,
        window: Window,
    ) -> Result<Listed<Chat>, StoreError> {
        let (project, everything, user) = (project.get(), scope.everything(), scope.user().get());
        let rows = fetch_all!(self, ChatRow, CHATS, project, everything, user, window.limit, window.skip)?;
        let (total,) = fetch_one!(self, (i64,), COUNT_CHATS, project, everything, user)?;
        listed(rows, total)
    }

    /// Up to `limit` chats of the project, oldest first, after that one. What is private to others is left out, whoever
    /// asks.
    pub async fn chats_after(
        &mut self,
        scope: &Scope,
        project: ProjectId,
        after: ChatId,
        limit: i64,
    ) -> Result<Vec<Chat>, StoreError> {
        let (project, everything, user) = (project.get(), scope.everything(), scope.user().get());
        let rows = fetch_all!(self, ChatRow, CHATS_AFTER, project, everything, user, after.get(), limit)?;
        rows.into_iter().map(ChatRow::chat).collect()
    }

    /// The chats of a project whose title or messages contain `text`, whatever characters that has.
    pub async fn search_chats(
        &mut self,
        scope: &Scope,
        project: ProjectId,
        text: &str,
        window: Window,
    ) -> Result<Listed<Chat>, StoreError> {
        let (project, everything, user) = (project.get(), scope.everything(), scope.user().get());
        // SQLite folds ASCII letters only, so the text is also looked for as it was typed.
        let (folded, typed) = (pattern(&text.to_lowercase()), pattern(text));
        let rows = fetch_all!(
            self,
            ChatRow,
            SEARCH_CHATS,
            project,
            everything,
            user,
            folded.as_str(),
            typed.as_str(),
            window.limit,
            window.skip
        )?;
        let (total,) = fetch_one!(
            self,
            (i64,),
            COUNT_FOUND,
            project,
            everything,
            user,
            folded.as_str(),
            typed.as_str()
        )?;
        listed(rows, total)
    }

    /// False if there is no such chat, or it is not the caller's to rename.
    pub async fn rename_chat(
        &mut self,
        scope: &Scope,
        id: ChatId,
        title: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let (everything, user) = (scope.everything(), scope.user().get());
        Ok(execute!(self, RENAME_CHAT, id.get(), everything, user, title, now.micros())? > 0)
    }

    /// False if there is no such chat, or it is not the caller's to delete.
    pub async fn delete_chat(
        &mut self,
        scope: &Scope,
        id: ChatId,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let (everything, user) = (scope.everything(), scope.user().get());
        let deleted = execute!(self, DELETE_CHAT, id.get(), everything, user, now.micros())? > 0;
        if deleted {
            // Whoever follows it, on whatever door and node, notices by that.
            self.bump_rights().await?;
        }
        Ok(deleted)
    }

    /// Takes a chat of the caller's to another project; false once something was said in it.
    pub async fn move_chat(
        &mut self,
        scope: &Scope,
        id: ChatId,
        project: S::Named<ProjectId>,
    ) -> Result<bool, StoreError> {
        Ok(execute!(self, MOVE_CHAT, id.get(), scope.user().get(), project.id().get())? > 0)
    }
}

impl Tx {
    /// Names a chat that nobody has named and nothing was said in yet; false if it keeps its name.
    pub async fn title_chat(&mut self, id: ChatId, title: &str) -> Result<bool, StoreError> {
        Ok(execute!(self, TITLE_CHAT, id.get(), title)? > 0)
    }

    /// Something was said in it.
    pub async fn touch_chat(&mut self, id: ChatId, now: Timestamp) -> Result<(), StoreError> {
        execute!(self, TOUCH_CHAT, id.get(), now.micros())?;
        Ok(())
    }
}

fn listed(rows: Vec<ChatRow>, total: i64) -> Result<Listed<Chat>, StoreError> {
    let items = rows.into_iter().map(ChatRow::chat).collect::<Result<_, _>>()?;
    Ok(Listed { items, total })
}

/// `text` anywhere, with nothing in it taken for a wildcard.
fn pattern(text: &str) -> String {
    let mut pattern = String::from("%");
    for c in text.chars() {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

impl ChatRow {
    fn chat(self) -> Result<Chat, StoreError> {
        Ok(Chat {
            id: self.id.into(),
            project: self.project_id.into(),
            title: self.title,
            visibility: word(Visibility::by_name(&self.visibility), &self.visibility, "a visibility")?,
            author: self.author_id.into(),
            username: self.username,
            name: self.name,
            message_count: self.message_count,
            created_at: self.created_at.into(),
            updated_at: self.updated_at.into(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_in_a_search_are_letters() {
        assert_eq!(pattern("100% a_b!"), "%100!% a!_b!!%");
    }
}
