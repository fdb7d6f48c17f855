//! `chat`: ask in a conversation. Questions that come while an answer is being written wait for their turn.

use super::wire::AskedView;
use super::{name_of, told_as};
use crate::inbox::{Call, Outcome};
use crate::payload::Payload;
use crate::place::Wire;
use crate::reply::{About, acknowledged};
use docent_chat::{NewQuestion, Opening, Options};
use docent_domain::Fault;
use docent_domain::chat::Visibility;
use docent_telemetry as telemetry;

pub(super) const EVENT: &str = "chat";

/// Bytes of a key that makes sending safe to repeat.
const KEY: usize = 128;

/// Opens the conversation if it is new; the answer goes to the sender, and to all who have joined it.
pub(super) async fn send(call: Call<'_>) -> Outcome {
    let (door, connection) = (call.door.clone(), call.connection.clone());
    let named = call.payload.optional_chat("conversation_id")?;
    let metadata = call.payload.optional_object("metadata", door.limits.payload.metadata_bytes)?;
    let mut question = question(&call, metadata.as_ref())?;
    let scope = &call.caller.scope;
    let project = metadata.as_ref().map(|metadata| metadata.optional_id("project_id")).transpose()?.flatten();
    door.auth.spend(&call.caller, connection.address, door.clock.now()).await?;
    let opening = Opening {
        named: named.clone(),
        project,
        project_field: "metadata.project_id",
        visibility: Visibility::Private,
    };
    let chat = door.turns.open(scope, opening).await?.chat;
    question.chat = chat;
    question.options.metadata = metadata.map(Payload::into_fields);
    connection.place().last_chat = Some(chat);

    let conversation = name_of(named, chat);
    let view = AskedView { chat_id: chat.get(), conversation_id: conversation.clone(), status: "processing" };
    let (asked_at, asker) = (door.clone(), connection.clone());
    door.ask(scope, question, move |begun| match begun {
        Ok(begun) => asked_at.follow_begun(&asker, begun, Wire::Conversation, |answer, turn| {
            told_as(&asked_at, &asker, conversation, (chat, answer), turn)
        }),
        Err(fault) => {
            let about =
                About { chat_id: Some(chat.get()), conversation_id: Some(conversation), ..About::default() };
            asked_at.refuse(&asker, EVENT, None, &fault, about);
        }
    })
    .await?;
    telemetry::message(telemetry::Door::Conversations);
    Ok(acknowledged(&view))
}

/// All but the chat, which is not open yet.
fn question(call: &Call<'_>, metadata: Option<&Payload>) -> Result<NewQuestion, Fault> {
    let (payload, limits) = (&call.payload, &call.door.limits.payload);
    let principal = &call.caller.principal;
    let documents = metadata.map(|metadata| metadata.optional_ids("document_ids", limits.ids)).transpose()?;
    Ok(NewQuestion {
        chat: 0.into(),
        content: payload.text("message", limits.message_bytes)?.to_owned(),
        user: principal.user,
        username: principal.username.clone(),
        options: Options { documents: documents.flatten(), ..Options::default() },
        client_message_id: payload.optional_text("client_message_id", KEY)?.map(str::to_owned),
    })
}
