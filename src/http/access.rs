//! Authorisation as extractors: they read the id from the path, load the thing through the caller's scope, and check
//! the role. What the caller may not see answers exactly like what never was; a handler cannot forget any of it.

use std::collections::HashMap;
use std::marker::PhantomData;

use axum::extract::{FromRequestParts, Path};
use axum::http::header::{AUTHORIZATION, COOKIE};
use axum::http::request::Parts;

use super::services::Services;
use crate::auth::Caller;
use crate::domain::chat::Chat;
use crate::domain::document::Document;
use crate::domain::project::Project;
use crate::domain::{ChatId, Code, DocumentId, Fault, MessageId, ProjectId, Role, RunId};

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

impl FromRequestParts<Services> for Caller {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, services: &Services) -> Result<Self, Fault> {
        Ok(services.auth.caller(token(parts)))
    }
}

/// The project `{id}` of the path.
pub(super) struct ProjectAccess<R> {
    pub(super) caller: Caller,
    pub(super) project: Project,
    pub(super) role: Role,
    required: PhantomData<R>,
}

impl<R: Requires> FromRequestParts<Services> for ProjectAccess<R> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, services: &Services) -> Result<Self, Fault> {
        let caller = Caller::from_request_parts(parts, services).await?;
        let id: ProjectId = id(parts, "id", "project").await?;
        let mut tx = services.store.read().await?;
        let found = tx.project(&caller.scope, id).await?.ok_or_else(|| Fault::not_found("project"))?;
        require::<R>(found.role)?;
        Ok(Self { caller, project: found.project, role: found.role, required: PhantomData })
    }
}

/// The project `{id}` of the path, unchecked: for bringing back what [`ProjectAccess`] does not show.
pub(super) struct ProjectPath(pub(super) ProjectId);

impl<S: Send + Sync> FromRequestParts<S> for ProjectPath {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Fault> {
        id(parts, "id", "project").await.map(Self)
    }
}

/// The document `{id}` of the path, through its project.
pub(super) struct DocumentAccess<R> {
    pub(super) caller: Caller,
    pub(super) document: Document,
    required: PhantomData<R>,
}

impl<R: Requires> FromRequestParts<Services> for DocumentAccess<R> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, services: &Services) -> Result<Self, Fault> {
        let caller = Caller::from_request_parts(parts, services).await?;
        let id: DocumentId = id(parts, "id", "document").await?;
        let mut tx = services.store.read().await?;
        let found = tx.document(&caller.scope, id).await?.ok_or_else(|| Fault::not_found("document"))?;
        require::<R>(found.role)?;
        Ok(Self { caller, document: found.document, required: PhantomData })
    }
}

/// The chat `{id}` of the path, if the caller may read it.
pub(super) struct ChatAccess {
    pub(super) caller: Caller,
    pub(super) chat: Chat,
}

impl FromRequestParts<Services> for ChatAccess {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, services: &Services) -> Result<Self, Fault> {
        let caller = Caller::from_request_parts(parts, services).await?;
        let id: ChatId = id(parts, "id", "chat").await?;
        let found = services.store.read().await?.chat(&caller.scope, id).await?;
        Ok(Self { chat: found.ok_or_else(|| Fault::not_found("chat"))?, caller })
    }
}

/// The message `{message_id}` of the path, to be looked up through its chat.
pub(super) struct MessagePath(pub(super) MessageId);

impl<S: Send + Sync> FromRequestParts<S> for MessagePath {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Fault> {
        id(parts, "message_id", "message").await.map(Self)
    }
}

/// The job `{id}` of the path; for operators, who see all of them.
pub(super) struct JobPath(pub(super) RunId);

impl<S: Send + Sync> FromRequestParts<S> for JobPath {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Fault> {
        id(parts, "id", "job").await.map(Self)
    }
}

/// Of the server's operators. Admins, and the local owner while authentication is off.
pub(super) struct Operator {
    pub(super) caller: Caller,
}

impl FromRequestParts<Services> for Operator {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, services: &Services) -> Result<Self, Fault> {
        let caller = Caller::from_request_parts(parts, services).await?;
        if caller.scope.everything() {
            Ok(Self { caller })
        } else {
            Err(Fault::new(Code::Forbidden, "Only admins may do this"))
        }
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

/// The bearer token, or the page's cookie.
fn token(parts: &Parts) -> Option<&str> {
    let header = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    if let Some((scheme, token)) = header.and_then(|value| value.split_once(' ')) {
        return scheme.eq_ignore_ascii_case("bearer").then_some(token.trim());
    }
    let cookies = parts.headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies.flat_map(|line| line.split(';')).find_map(|pair| pair.trim().strip_prefix("access_token="))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(headers: &[(&str, &str)]) -> Parts {
        let builder = headers
            .iter()
            .fold(axum::http::Request::builder(), |builder, &(name, value)| builder.header(name, value));
        builder.body(()).unwrap().into_parts().0
    }

    #[test]
    fn tokens_come_in_a_header_or_in_the_cookie() {
        assert_eq!(token(&parts(&[("authorization", "Bearer abc")])), Some("abc"));
        assert_eq!(token(&parts(&[("authorization", "bearer abc")])), Some("abc"));
        assert_eq!(token(&parts(&[("authorization", "Basic abc")])), None);
        assert_eq!(token(&parts(&[("cookie", "a=1; access_token=xyz; b=2")])), Some("xyz"));
        assert_eq!(token(&parts(&[])), None);
    }

    #[test]
    fn a_role_includes_the_ones_before_it() {
        assert!(require::<Viewer>(Role::Owner).is_ok());
        assert!(require::<Owner>(Role::Owner).is_ok());
        let fault = require::<Editor>(Role::Viewer).unwrap_err();
        insta::assert_snapshot!(fault.chain(), @"forbidden: This takes the role editor in the project; yours is viewer");
    }
}
