//! `ai_message`: ask in the session that the connection belongs to. The answer goes to everybody in it.

use std::borrow::Cow;

use utoipa::openapi::schema::{OneOfBuilder, Type};
use utoipa::openapi::{ObjectBuilder, Ref, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::wire::AskedView;
use super::{AiSession, EVENT, WORDS, session_of};
use crate::door::Answers;
use crate::hub::inbox::{Call, Outcome};
use crate::hub::reply::{About, acknowledged};
use crate::sent::{Message, Text, sent};
use docent_chat::{NewQuestion, Options};
use docent_domain::Fault;
use docent_telemetry as telemetry;

/// Bytes of a key that makes sending safe to repeat.
const KEY: usize = 128;

sent! {
    #[schema(as = SessionMessageIn)]
    struct MessageIn {
        /// At most 32 KiB.
        #[schema(value_type = String)]
        message: Message,
        /// Makes sending safe to repeat: the second time finds the first turn.
        #[schema(value_type = Option<String>)]
        client_message_id: Option<Text<KEY>>,
    }
}

/// `ai_message`: an object, or the message alone.
pub(super) struct QuestionIn;

impl PartialSchema for QuestionIn {
    fn schema() -> RefOr<Schema> {
        let object = Ref::from_schema_name(MessageIn::name());
        let either = OneOfBuilder::new().item(ObjectBuilder::new().schema_type(Type::String)).item(object);
        either.description(Some("`ai_message`: an object, or the message alone.")).into()
    }
}

impl ToSchema for QuestionIn {
    fn name() -> Cow<'static, str> {
        "SessionQuestionIn".into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((MessageIn::name().into_owned(), MessageIn::schema()));
    }
}

/// Waits for its turn while another answer is being written.
pub(super) async fn send(call: Call<'_>) -> Outcome {
    let (hub, connection) = (call.hub.clone(), call.connection.clone());
    let chat = session_of(&connection).ok_or_else(|| {
        Fault::field("session_id", "is missing; connect with `auth: {session_id}` to ask in a session")
    })?;
    let MessageIn { message, client_message_id } = call.sent()?;
    let principal = &call.caller.principal;
    let question = NewQuestion {
        chat,
        content: message.0,
        user: principal.user,
        username: principal.username.clone(),
        options: Options { sum_up: true, ..Options::default() },
        client_message_id: client_message_id.map(|id| id.0),
        keyed: None,
    };
    hub.auth.spend(&call.caller, connection.address, hub.clock.now()).await?;
    let (asked_at, asker) = (hub.clone(), connection.clone());
    hub.ask(&call.caller.scope, question, move |begun| match begun {
        Ok(begun) => asked_at.follow_begun(&asker, begun, WORDS, |answer, turn| {
            AiSession.told(&asked_at, &asker, (chat, answer), turn)
        }),
        Err(fault) => {
            let about = About { chat_id: Some(chat.get()), ..About::default() };
            asked_at.refuse(&asker, EVENT, None, &fault, about);
        }
    })
    .await?;
    telemetry::message(WORDS.door);
    Ok(acknowledged(&AskedView { session_id: chat.get(), status: "processing" }))
}
