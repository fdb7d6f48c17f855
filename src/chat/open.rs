//! Chats by the names that clients give them: the pair of caller and name is one chat, opened when it is first used.

use super::engine::Engine;
use super::error::ChatError;
use docent_domain::chat::{Chat, Visibility};
use docent_domain::event::{News, ProjectEvent};
use docent_domain::json::LARGEST_INTEGER;
use docent_domain::{ChatId, ProjectId, Scope};
use docent_store::{NewChat, NewProject, StoreError, Tx};

/// Characters of a name.
const LONGEST_NAME: usize = 128;

/// What a client calls a chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    Id(ChatId),
    /// The client's own word, which means something for this caller alone.
    Name(String),
}

/// Which chat is wanted, and what it shall be if it has to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// `None` opens a new one.
    pub named: Option<Named>,
    /// `None` is the caller's own project, or wherever the chat is already.
    pub project: Option<ProjectId>,
    /// What complaints about the project call it.
    pub project_field: &'static str,
    pub visibility: Visibility,
}

/// The chat that was meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    pub chat: ChatId,
    pub project: ProjectId,
}

impl Named {
    /// Digits are an id, anything else up to 128 characters is a name. `None` for what can be neither.
    pub fn parse(text: &str) -> Option<Self> {
        if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
            let id = text.parse::<i64>().ok().filter(|id| (1..=LARGEST_INTEGER).contains(id))?;
            return Some(Self::Id(id.into()));
        }
        let fits = !text.trim().is_empty() && text.chars().count() <= LONGEST_NAME && !text.contains('\0');
        fits.then(|| Self::Name(text.to_owned()))
    }
}

impl Engine {
    /// The chat of that name or id; a name that is new opens one.
    pub async fn open(&self, scope: &Scope, opening: Opening) -> Result<Opened, ChatError> {
        match self.open_once(scope, &opening).await {
            // Somebody opened it under the same name meanwhile.
            Err(ChatError::Store(StoreError::Duplicate(_))) => self.open_once(scope, &opening).await,
            opened => opened,
        }
    }

    /// A name for a chat of a client that does not choose one: a UUID.
    pub fn new_name(&self) -> String {
        let random = &self.inner.parts.random;
        uuid::Builder::from_u128((u128::from(random()) << 64) | u128::from(random()))
            .with_version(uuid::Version::Random)
            .with_variant(uuid::Variant::RFC4122)
            .into_uuid()
            .to_string()
    }

    /// The chat of that name or id, if it is there and the caller's to read.
    pub async fn find(&self, scope: &Scope, named: &Named) -> Result<Opened, ChatError> {
        let mut tx = self.inner.parts.store.read().await?;
        let found = find(&mut tx, scope, named).await?.ok_or(ChatError::NotFound("chat"))?;
        Ok(Opened { chat: found.id, project: found.project })
    }

    async fn open_once(&self, scope: &Scope, opening: &Opening) -> Result<Opened, ChatError> {
        if let Some(named) = &opening.named {
            let mut tx = self.inner.parts.store.read().await?;
            if let Some(chat) = find(&mut tx, scope, named).await? {
                drop(tx);
                return self.there(scope, chat, opening).await;
            }
            if matches!(named, Named::Id(_)) {
                return Err(ChatError::NotFound("chat"));
            }
        }
        let now = self.inner.parts.clock.now();
        let mut tx = self.inner.parts.store.begin().await?;
        let project = match opening.project {
            Some(project) => readable_project(&mut tx, scope, project).await?,
            None => self.own_project(&mut tx, scope).await?,
        };
        let name = match &opening.named {
            Some(Named::Name(name)) => Some(name.as_str()),
            _ => None,
        };
        let new = NewChat {
            project,
            title: None,
            visibility: opening.visibility,
            author: scope.user(),
            name,
            created_at: now,
        };
        let chat = tx.insert_chat(&new).await?;
        tx.commit().await?;
        if opening.visibility == Visibility::Project {
            let news = News::ChatCreated { chat, title: String::new() };
            self.inner.parts.bus.publish(ProjectEvent { project, news });
        }
        Ok(Opened { chat, project })
    }

    /// A chat that is there already, in the project that was asked for.
    async fn there(&self, scope: &Scope, chat: Chat, opening: &Opening) -> Result<Opened, ChatError> {
        let wanted = opening.project.unwrap_or(chat.project);
        if wanted == chat.project {
            return Ok(Opened { chat: chat.id, project: chat.project });
        }
        let mut tx = self.inner.parts.store.begin().await?;
        readable_project(&mut tx, scope, wanted).await?;
        // Nothing was said in it yet: it may have been joined before its project was known.
        if matches!(opening.named, Some(Named::Name(_))) && tx.move_chat(scope, chat.id, wanted).await? {
            tx.commit().await?;
            return Ok(Opened { chat: chat.id, project: wanted });
        }
        let message =
            format!("this chat belongs to project {}; leave it out, or open another chat", chat.project);
        Err(ChatError::Invalid { field: opening.project_field, message })
    }

    /// The caller's default project, made when it is first needed.
    async fn own_project(&self, tx: &mut Tx, scope: &Scope) -> Result<ProjectId, ChatError> {
        let owner = scope.user();
        if let Some(project) = tx.personal_project(owner).await? {
            return Ok(project);
        }
        let new = NewProject {
            name: "Default",
            description: "",
            settings: &serde_json::json!({}),
            owner,
            personal_of: Some(owner),
            created_at: self.inner.parts.clock.now(),
        };
        Ok(tx.insert_project(&new).await?)
    }
}

async fn find(tx: &mut Tx, scope: &Scope, named: &Named) -> Result<Option<Chat>, StoreError> {
    match named {
        Named::Id(id) => tx.chat(scope, *id).await,
        Named::Name(name) => tx.chat_by_name(scope, name).await,
    }
}

async fn readable_project(tx: &mut Tx, scope: &Scope, id: ProjectId) -> Result<ProjectId, ChatError> {
    tx.project(scope, id).await?.map(|found| found.project.id).ok_or(ChatError::NotFound("project"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_ids_and_the_rest_are_names() {
        assert_eq!(Named::parse("42"), Some(Named::Id(42.into())));
        for name in ["my talk", "4a", "-1", "1.5", "日本"] {
            assert_eq!(Named::parse(name), Some(Named::Name(name.to_owned())), "{name}");
        }
        let long = "é".repeat(129);
        for neither in ["", "  ", "0", "9007199254740992", "99999999999999999999999", "a\0b", &long] {
            assert_eq!(Named::parse(neither), None, "{neither}");
        }
        assert!(Named::parse(&"é".repeat(128)).is_some());
    }
}
