//! What a client asks, the same on both transports.

use crate::described::Name;
use crate::hub::Hub;
use crate::payload::{Payload, PayloadLimits};
use crate::sent::{Field, Message, Sent, Text, sent};
use docent_auth::Caller;
use docent_chat::{Named, NewQuestion, Opening, Options};
use docent_domain::chat::Visibility;
use docent_domain::{Fault, ProjectId};
use docent_store::KeyedRequest;

/// Bytes of a key that makes sending safe to repeat.
const KEY: usize = 128;

/// Bytes of a token.
const TOKEN: usize = 8 * 1024;

sent! {
    /// What clients send on both transports.
    #[schema(as = AiChatAskedIn)]
    pub(super) struct AskedIn {
        /// At most 32 KiB.
        #[schema(value_type = String)]
        message: Message,
        /// Any name of at most 128 characters, or a chat's id; without one each message opens a session.
        #[schema(value_type = Option<Name>)]
        session_id as "sessionId": Option<Named>,
        /// The caller's own project if it is left out; for visitors, the public one.
        #[schema(value_type = Option<i64>)]
        project_id as "projectId": Option<ProjectId>,
        /// Makes sending safe to repeat: the second time finds the first turn.
        #[schema(value_type = Option<String>)]
        client_message_id: Option<Text<KEY>>,
    }
}

sent! {
    /// `ai:chat`.
    #[schema(as = AiChatIn)]
    pub(super) struct SocketIn {
        #[serde(flatten)]
        pub(super) asked: AskedIn,
        /// Speaks for this message alone, whoever the connection is.
        #[schema(value_type = Option<String>)]
        pub(super) token: Option<Text<TOKEN>>,
    }
}

sent! {
    /// The body of a request for a stream.
    #[schema(as = AiChatStreamIn)]
    pub(super) struct StreamIn {
        /// Whether a frame with the sources comes before the last one.
        pub(super) sources: Option<bool>,
        #[serde(flatten)]
        pub(super) asked: AskedIn,
    }
}

/// Its fields stand beside the others.
impl Field for AskedIn {
    fn read(payload: &Payload, _field: &str, limits: &PayloadLimits) -> Result<Self, Fault> {
        Sent::read(payload, limits)
    }
}

/// A question in its session.
pub(super) struct InSession {
    /// What the client calls the session: what it sent, or the name that it was given.
    pub(super) session: String,
    pub(super) question: NewQuestion,
}

impl AskedIn {
    /// With a key that came beside the body.
    pub(super) fn or_key(mut self, key: Option<String>) -> Self {
        self.client_message_id = self.client_message_id.or(key.map(Text));
        self
    }

    /// What is asked, and where, under the key of its request.
    pub(super) fn keyed(&self, key: &str) -> KeyedRequest {
        let session = match &self.session_id {
            None => String::new(),
            Some(Named::Id(id)) => id.to_string(),
            Some(Named::Name(name)) => name.clone(),
        };
        let project = self.project_id.map(|id| id.to_string()).unwrap_or_default();
        KeyedRequest::new(key, &["ai_chat", &session, &project, &self.message.0])
    }

    /// Opens the session, unless it is open. Without a name each question has one of its own.
    pub(super) async fn open(self, hub: &Hub, caller: &Caller) -> Result<InSession, Fault> {
        let named = self.session_id.unwrap_or_else(|| Named::Name(hub.turns.new_name()));
        let opening = Opening {
            named: Some(named.clone()),
            project: self.project_id.or_else(|| public(hub, caller)),
            project_field: "projectId",
            visibility: Visibility::Private,
        };
        let chat = hub.turns.open(&caller.scope, opening).await?.chat;
        let question = NewQuestion {
            chat,
            content: self.message.0,
            user: caller.principal.user,
            username: caller.principal.username.clone(),
            options: Options::default(),
            client_message_id: self.client_message_id.map(|id| id.0),
            keyed: None,
        };
        let session = match named {
            Named::Id(id) => id.to_string(),
            Named::Name(name) => name,
        };
        Ok(InSession { session, question })
    }
}

/// Where visitors ask, who have no project of their own.
fn public(hub: &Hub, caller: &Caller) -> Option<ProjectId> {
    caller.is_visitor().then(|| hub.auth.public_project()).flatten()
}
