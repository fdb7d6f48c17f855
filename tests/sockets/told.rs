//! What comes over a line, held against its description: nothing that is sent is not described, and whatever is taken
//! fits what is asked for.

use std::sync::LazyLock;

use serde_json::Value;

use crate::support::schema::{From, complaint};

static DOCUMENT: LazyLock<Value> = LazyLock::new(docent::doors::asyncapi::document);

/// Where events travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    Main,
    Assistants,
    Native,
}

/// What a client has sent with the wish for an acknowledgement.
pub struct Asked {
    line: Line,
    event: String,
    /// `None` for what is no JSON.
    payload: Option<Value>,
}

impl Line {
    pub fn of(url: &str) -> Self {
        if url.contains("/assistant/realtime") { Self::Assistants } else { Self::Main }
    }

    const fn channel(self) -> &'static str {
        match self {
            Self::Main => "root",
            Self::Assistants => "assistant_realtime",
            Self::Native => "ai_session",
        }
    }

    /// An event from the server.
    pub fn heard(self, event: &str, body: &Value) {
        let message = self.described("server.", event);
        let message = message.unwrap_or_else(|| panic!("{self:?}: `{event}` is not described: {body}"));
        if let Some(wrong) = complaint(&DOCUMENT, &message["payload"], body, From::Server) {
            panic!("{self:?}: {event} {body}: {wrong}");
        }
    }

    /// The description of an event; names may end with an id where they are described so.
    fn described(self, from: &str, event: &str) -> Option<&'static Value> {
        let word = |name: &str| name.split(' ').next().unwrap_or_default().to_owned();
        let here = DOCUMENT["channels"][self.channel()]["messages"].as_object().unwrap();
        let messages = here.keys().filter(|key| key.starts_with(from));
        messages.map(|key| &DOCUMENT["components"]["messages"][key]).find(|message| {
            let name = message["name"].as_str().unwrap();
            let varies = self == Self::Assistants && (name.contains(' ') || from == "client.");
            name == event || (varies && word(name) == word(event))
        })
    }
}

impl Asked {
    /// `arguments` are those of the event, of which the first one is read.
    pub fn new(line: Line, event: &str, arguments: Option<&Value>) -> Self {
        Self { line, event: event.to_owned(), payload: arguments.map(|all| all[0].clone()) }
    }

    pub fn acknowledged(&self, said: &Value) {
        let Some(message) = self.line.described("client.", &self.event) else {
            assert_eq!(said["ok"], false, "{} is not described, and taken: {said}", self.event);
            return;
        };
        if let Some(wrong) = complaint(&DOCUMENT, &message["x-acknowledgement"], said, From::Server) {
            panic!("the acknowledgement of {}: {said}: {wrong}", self.event);
        }
        let Some(payload) = self.payload.as_ref().filter(|payload| !payload.is_null()) else { return };
        let wrong = complaint(&DOCUMENT, &message["payload"], payload, From::Client);
        if let Some(wrong) = wrong.filter(|_| said["ok"] == true) {
            panic!("{} was taken with {payload}: {wrong}", self.event);
        }
    }
}
