//! `chat`: ask in a conversation. Questions that come while an answer is being written wait for their turn.

use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::wire::AskedView;
use super::{WORDS, name_of, told_as};
use crate::described::Name;
use crate::hub::inbox::{Call, Outcome};
use crate::hub::reply::{About, acknowledged};
use crate::payload::{Payload, PayloadLimits};
use crate::sent::{Field, Message, Text, sent};
use docent_chat::{Named, NewQuestion, Opening, Options};
use docent_domain::chat::Visibility;
use docent_domain::{DocumentId, Fault, ProjectId};
use docent_telemetry as telemetry;

pub(super) const EVENT: &str = "chat";

/// Bytes of a key that makes sending safe to repeat.
const KEY: usize = 128;

sent! {
    /// `chat`.
    #[schema(as = ConversationIn)]
    pub(super) struct ChatIn {
        /// Without it a new chat is opened.
        #[schema(value_type = Option<Name>)]
        conversation_id: Option<Named>,
        metadata: Option<MetadataIn>,
        /// At most 32 KiB.
        #[schema(value_type = String)]
        message: Message,
        /// Makes sending safe to repeat: the second time finds the first turn.
        #[schema(value_type = Option<String>)]
        client_message_id: Option<Text<KEY>>,
    }
}

/// At most 16 KiB; what else is in it comes back with the question.
#[derive(Debug, ToSchema)]
#[schema(as = ConversationMetadataIn)]
struct MetadataIn {
    /// Where a new chat is opened; the caller's own project if it is left out.
    #[schema(value_type = Option<i64>)]
    project_id: Option<ProjectId>,
    /// Only these documents; an empty list finds nothing.
    #[schema(value_type = Option<Vec<i64>>)]
    document_ids: Option<Vec<DocumentId>>,
    /// All of it, as it came.
    #[schema(ignore)]
    whole: Map<String, Value>,
}

impl Field for Option<MetadataIn> {
    fn read(payload: &Payload, field: &str, limits: &PayloadLimits) -> Result<Self, Fault> {
        let Some(metadata) = payload.optional_object(field, limits.metadata_bytes)? else { return Ok(None) };
        Ok(Some(MetadataIn {
            project_id: Field::read(&metadata, "project_id", limits)?,
            document_ids: Field::read(&metadata, "document_ids", limits)?,
            whole: metadata.into_fields(),
        }))
    }
}

/// Opens the conversation if it is new; the answer goes to the sender, and to all who have joined it.
pub(super) async fn send(call: Call<'_>) -> Outcome {
    let (hub, connection) = (call.hub.clone(), call.connection.clone());
    let ChatIn { conversation_id: named, metadata, message, client_message_id } = call.sent()?;
    let scope = &call.caller.scope;
    hub.auth.spend(&call.caller, connection.address, hub.clock.now()).await?;
    let opening = Opening {
        named: named.clone(),
        project: metadata.as_ref().and_then(|metadata| metadata.project_id),
        project_field: "metadata.project_id",
        visibility: Visibility::Private,
    };
    let chat = hub.turns.open(scope, opening).await?.chat;
    let (documents, metadata) = metadata.map(|it| (it.document_ids, it.whole)).unzip();
    let principal = &call.caller.principal;
    let question = NewQuestion {
        chat,
        content: message.0,
        user: principal.user,
        username: principal.username.clone(),
        options: Options { documents: documents.flatten(), metadata, ..Options::default() },
        client_message_id: client_message_id.map(|id| id.0),
        keyed: None,
    };

    let conversation = name_of(named, chat);
    let view = AskedView { chat_id: chat.get(), conversation_id: conversation.clone(), status: "processing" };
    let (asked_at, asker) = (hub.clone(), connection.clone());
    hub.ask(scope, question, move |begun| match begun {
        Ok(begun) => asked_at.follow_begun(&asker, begun, WORDS, |answer, turn| {
            told_as(&asked_at, &asker, conversation, (chat, answer), turn)
        }),
        Err(fault) => {
            let about =
                About { chat_id: Some(chat.get()), conversation_id: Some(conversation), ..About::default() };
            asked_at.refuse(&asker, EVENT, None, &fault, about);
        }
    })
    .await?;
    telemetry::message(WORDS.door);
    Ok(acknowledged(&view))
}
