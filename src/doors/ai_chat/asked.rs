//! What a client asks, the same on both transports.

use crate::Door;
use crate::payload::{Payload, PayloadLimits};
use docent_auth::Caller;
use docent_chat::{Named, NewQuestion, Opening, Options};
use docent_domain::chat::Visibility;
use docent_domain::{Fault, ProjectId};

/// Bytes of a key that makes sending safe to repeat.
const KEY: usize = 128;

/// A question as it was read.
#[derive(Debug)]
pub(super) struct Asked {
    message: String,
    session: Option<Named>,
    project: Option<ProjectId>,
    client_message_id: Option<String>,
}

/// A question in its session.
pub(super) struct InSession {
    /// What the client calls the session: what it sent, or the name that it was given.
    pub(super) session: String,
    pub(super) question: NewQuestion,
}

impl Asked {
    pub(super) fn read(payload: &Payload, limits: &PayloadLimits) -> Result<Self, Fault> {
        Ok(Self {
            message: payload.text("message", limits.message_bytes)?.to_owned(),
            session: payload.optional_chat("sessionId")?,
            project: payload.optional_id("projectId")?,
            client_message_id: payload.optional_text("client_message_id", KEY)?.map(str::to_owned),
        })
    }

    pub(super) fn or_key(mut self, key: Option<String>) -> Self {
        self.client_message_id = self.client_message_id.or(key);
        self
    }

    /// Opens the session, unless it is open. Without a name each question has one of its own.
    pub(super) async fn open(self, door: &Door, caller: &Caller) -> Result<InSession, Fault> {
        let named = self.session.unwrap_or_else(|| Named::Name(door.turns.new_name()));
        let opening = Opening {
            named: Some(named.clone()),
            project: self.project.or_else(|| public(door, caller)),
            project_field: "projectId",
            visibility: Visibility::Private,
        };
        let chat = door.turns.open(&caller.scope, opening).await?.chat;
        let question = NewQuestion {
            chat,
            content: self.message,
            user: caller.principal.user,
            username: caller.principal.username.clone(),
            options: Options::default(),
            client_message_id: self.client_message_id,
        };
        let session = match named {
            Named::Id(id) => id.to_string(),
            Named::Name(name) => name,
        };
        Ok(InSession { session, question })
    }
}

/// Where visitors ask, who have no project of their own.
fn public(door: &Door, caller: &Caller) -> Option<ProjectId> {
    caller.is_visitor().then(|| door.auth.public_project()).flatten()
}
