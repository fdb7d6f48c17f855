//! Authorisation as extractors: they read the id from the path, load the thing through the caller's scope, and check
//! the role. What the caller may not see answers exactly like what never was; a handler cannot forget any of it.

use std::collections::HashMap;
use std::marker::PhantomData;
use std::net::IpAddr;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;

use super::services::Services;
use docent_auth::Caller;
use docent_auth::address::ClientAddress;
use docent_auth::audit;
use docent_auth::credentials::token_of;
use docent_domain::chat::Chat;
use docent_domain::document::Document;
use docent_domain::project::Project;
use docent_domain::{
    ApiKeyId, ChatId, Code, DocumentId, EntityId, Fault, MessageId, ProjectId, Role, RunId, UserId,
};
use docent_store::{ForOperators, FoundChat, FoundDocument, Membership, Seen, Store};
use docent_wire::Refused;

/// The role that a route asks for.
pub(super) trait Requires: Send + Sync {
    const ROLE: Role;
}

/// Reads and asks.
pub(super) enum Viewer {}
/// Changes documents.
pub(super) enum Editor {}
/// Changes the project itself.
pub(super) enum Owner {}

impl Requires for Viewer {
    const ROLE: Role = Role::Viewer;
}
impl Requires for Editor {
    const ROLE: Role = Role::Editor;
}
impl Requires for Owner {
    const ROLE: Role = Role::Owner;
}

/// Who was identified for this request, so that it is done once.
#[derive(Clone)]
struct Identified(Caller);

impl FromRequestParts<Services> for Caller {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, services: &Services) -> Result<Self, Self::Rejection> {
        if let Some(Identified(caller)) = parts.extensions.get() {
            return Ok(caller.clone());
        }
        let caller = services.auth.require(token_of(&parts.headers), services.clock.now()).await?;
        parts.extensions.insert(Identified(caller.clone()));
        Ok(caller)
    }
}

/// One turn or search, counted against the caller's limit. Put it behind the extractor that decides on access: what
/// is refused is not counted.
pub(super) struct Spent;

impl FromRequestParts<Services> for Spent {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, services: &Services) -> Result<Self, Self::Rejection> {
        let caller = Caller::from_request_parts(parts, services).await?;
        services.auth.spend_by_request(&caller, &parts.extensions, services.clock.now()).await?;
        Ok(Self)
    }
}

/// The network address behind the request, where it is known.
pub(super) struct Address(pub(super) Option<IpAddr>);

impl<S: Send + Sync> FromRequestParts<S> for Address {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(parts.extensions.get::<ClientAddress>().map(|client| client.0)))
    }
}

/// The project `{id}` of the path.
pub(super) struct ProjectAccess<R> {
    pub(super) caller: Caller,
    pub(super) project: Project,
    pub(super) role: Role,
    pub(super) seen: Seen<ProjectId>,
    required: PhantomData<R>,
}

impl<R: Requires> FromRequestParts<Services> for ProjectAccess<R> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, services: &Services) -> Result<Self, Self::Rejection> {
        let caller = Caller::from_request_parts(parts, services).await?;
        let id: ProjectId = id(parts, "id", "project").await?;
        let mut tx = services.store.read().await?;
        let found = tx.project(&caller.scope, id).await?.ok_or_else(|| Fault::not_found("project"))?;
        require::<R>(found.role)?;
        let Membership { project, role, seen } = found;
        Ok(Self { caller, project, role, seen, required: PhantomData })
    }
}

/// The document `{id}` of the path, through its project.
pub(super) struct DocumentAccess<R> {
    pub(super) caller: Caller,
    pub(super) document: Document,
    pub(super) seen: Seen<DocumentId>,
    /// The project that it is in.
    pub(super) within: Seen<ProjectId>,
    required: PhantomData<R>,
}

impl<R: Requires> FromRequestParts<Services> for DocumentAccess<R> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, services: &Services) -> Result<Self, Self::Rejection> {
        let caller = Caller::from_request_parts(parts, services).await?;
        let id: DocumentId = id(parts, "id", "document").await?;
        let mut tx = services.store.read().await?;
        let found = tx.document(&caller.scope, id).await?.ok_or_else(|| Fault::not_found("document"))?;
        require::<R>(found.role)?;
        let FoundDocument { document, seen, within, .. } = found;
        Ok(Self { caller, document, seen, within, required: PhantomData })
    }
}

/// The chat `{id}` of the path, if the caller may read it.
pub(super) struct ChatAccess {
    pub(super) caller: Caller,
    pub(super) chat: Chat,
    pub(super) seen: Seen<ChatId>,
}

impl FromRequestParts<Services> for ChatAccess {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, services: &Services) -> Result<Self, Self::Rejection> {
        let caller = Caller::from_request_parts(parts, services).await?;
        let id: ChatId = id(parts, "id", "chat").await?;
        let found = services.store.read().await?.found_chat(&caller.scope, id).await?;
        let FoundChat { chat, seen } = found.ok_or_else(|| Fault::not_found("chat"))?;
        audit::of_reading(&services.store, &caller, &chat, services.clock.now()).await?;
        Ok(Self { caller, chat, seen })
    }
}

macro_rules! paths {
    ($($(#[$doc:meta])* $name:ident($id:ident) = $part:literal, $what:literal;)*) => {$(
        $(#[$doc])*
        pub(super) struct $name(pub(super) $id);

        impl<S: Send + Sync> FromRequestParts<S> for $name {
            type Rejection = Refused;

            async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
                id(parts, $part, $what).await.map(Self).map_err(Refused)
            }
        }
    )*};
}

paths! {
    /// An API key of the caller's.
    ApiKeyPath(ApiKeyId) = "id", "API key";
    /// An entity, to be looked up through the caller's scope.
    EntityPath(EntityId) = "id", "entity";
    /// The job `{id}` of the path; for operators, who see all of them.
    JobPath(RunId) = "id", "job";
    /// The entity that another one, or a project, is linked to.
    LinkedEntityPath(EntityId) = "entity_id", "entity";
    /// The message `{message_id}` of the path, to be looked up through its chat.
    MessagePath(MessageId) = "message_id", "message";
    /// The user who is a member, or acts for an entity.
    MemberPath(UserId) = "user_id", "user";
    /// The project `{id}` of the path, unchecked: for bringing back what [`ProjectAccess`] does not show.
    ProjectPath(ProjectId) = "id", "project";
    /// The account `{id}` of the path; for admins.
    UserPath(UserId) = "id", "user";
    /// The version `{version}` of the path, to be looked up through its document.
    VersionPath(i64) = "version", "version";
}

/// Of the server's operators. Admins, and the local owner while authentication is off.
pub(super) struct Operator {
    pub(super) caller: Caller,
    pub(super) store: Store<ForOperators>,
}

impl FromRequestParts<Services> for Operator {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, services: &Services) -> Result<Self, Self::Rejection> {
        let caller = Caller::from_request_parts(parts, services).await?;
        let store = services.store.for_operator(&caller.scope);
        let store = store.ok_or_else(|| Fault::new(Code::Forbidden, "Only admins may do this"))?;
        Ok(Self { caller, store })
    }
}

/// Whether a role is enough for what a route does.
pub(super) fn require<R: Requires>(role: Role) -> Result<(), Fault> {
    if role >= R::ROLE {
        Ok(())
    } else {
        let detail =
            format!("This takes the role {} in the project; yours is {}", R::ROLE.name(), role.name());
        Err(Fault::new(Code::Forbidden, detail))
    }
}

/// An id of the path; what is no id names nothing.
pub(super) async fn id<I: From<i64>>(
    parts: &mut Parts,
    name: &'static str,
    what: &'static str,
) -> Result<I, Fault> {
    let Path(ids) = Path::<HashMap<String, String>>::from_request_parts(parts, &())
        .await
        .map_err(|_| Fault::not_found(what))?;
    let text = ids.get(name).map_or("", String::as_str);
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match text.parse::<i64>() {
        Ok(id) if digits => Ok(I::from(id)),
        _ => Err(Fault::not_found(what)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_includes_the_ones_before_it() {
        assert!(require::<Viewer>(Role::Owner).is_ok());
        assert!(require::<Owner>(Role::Owner).is_ok());
        let fault = require::<Editor>(Role::Viewer).unwrap_err();
        insta::assert_snapshot!(fault.chain(), @"forbidden: This takes the role editor in the project; yours is viewer");
    }
}
