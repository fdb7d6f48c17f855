//! A question as it comes in, and what the engine makes of it before anything is stored.

use serde::{Deserialize, Serialize};

use super::error::ChatError;
use super::log::TurnStream;
use docent_domain::chat::Accepted;
use docent_domain::{ChatId, DocumentId, UserId};
use docent_store::KeyedRequest;

/// The longest title made from a question, in characters.
const TITLE: usize = 60;

/// The longest key that a client may choose.
const LONGEST_KEY: usize = 200;

/// Something to answer.
#[derive(Debug, Clone)]
pub struct NewQuestion {
    pub chat: ChatId,
    pub content: String,
    pub user: UserId,
    pub username: String,
    pub options: Options,
    /// Makes the question safe to send again: the second time finds the first turn.
    pub client_message_id: Option<String>,
    /// The key of the request that it came with: good for this question alone.
    pub keyed: Option<KeyedRequest>,
}

/// What a question may ask for beside an answer; kept with the turn, for when it is asked again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    pub model: Option<String>,
    /// 0 to 2.
    pub temperature: Option<f32>,
    /// Tokens of the answer, where the model counts them.
    pub max_tokens: Option<u32>,
    /// Texts that the model ends its answer before, where it knows how.
    pub stop: Vec<String>,
    pub include_history: bool,
    /// At most so many messages of it.
    pub max_history: Option<usize>,
    pub top_k: Option<usize>,
    /// Only these documents; an empty list finds nothing.
    #[serde(with = "document_ids")]
    pub documents: Option<Vec<DocumentId>>,
    /// The client's own, given back with the question.
    pub metadata: Option<serde_json::Map<String, serde_json::Value>>,
    /// Whether a long talk is summed up from time to time, as in sessions.
    pub sum_up: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            model: None,
            temperature: None,
            max_tokens: None,
            stop: Vec::new(),
            include_history: true,
            max_history: None,
            top_k: None,
            documents: None,
            metadata: None,
            sum_up: false,
        }
    }
}

/// A turn that has begun, or that had begun when the same question came before.
#[derive(Debug)]
pub struct Started {
    pub accepted: Accepted,
    /// Names the turn in logs: a UUID.
    pub task: String,
    /// True if this question had been sent before under the same key.
    pub repeated: bool,
    /// The turn from its beginning.
    pub stream: TurnStream,
}

/// Caps on what a question may carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caps {
    /// Bytes of a message.
    pub message: usize,
    pub top_k: usize,
    pub documents: usize,
    pub history: usize,
}

impl Default for Caps {
    fn default() -> Self {
        Self { message: 32 << 10, top_k: 50, documents: 1_000, history: 100 }
    }
}

impl NewQuestion {
    /// Says which field is wrong, and cleans the text: no database keeps NUL, and outer blanks mean nothing.
    pub(super) fn checked(mut self, caps: &Caps) -> Result<Self, ChatError> {
        let invalid = |field, message: String| Err(ChatError::Invalid { field, message });
        if self.content.len() > caps.message {
            return invalid("message", format!("longer than {} bytes", caps.message));
        }
        self.content = self.content.replace('\0', "").trim().to_owned();
        if self.content.is_empty() {
            return invalid("message", "must not be empty".to_owned());
        }
        if self.options.temperature.is_some_and(|value| !(0.0..=2.0).contains(&value)) {
            return invalid("temperature", "must be between 0 and 2".to_owned());
        }
        if self.options.top_k.is_some_and(|top_k| top_k == 0 || top_k > caps.top_k) {
            return invalid("top_k", format!("must be between 1 and {}", caps.top_k));
        }
        if self.options.max_history.is_some_and(|most| most > caps.history) {
            return invalid("max_history", format!("must be at most {}", caps.history));
        }
        if self.options.documents.as_ref().is_some_and(|ids| ids.len() > caps.documents) {
            return invalid("document_ids", format!("at most {} ids", caps.documents));
        }
        if self.client_message_id.as_ref().is_some_and(|key| key.len() > LONGEST_KEY || key.contains('\0')) {
            return invalid("client_message_id", format!("at most {LONGEST_KEY} bytes, and no NUL"));
        }
        Ok(self)
    }
}

/// The beginning of a question, on one line, cut at a word.
pub(super) fn title_of(question: &str) -> String {
    let line = question.split_whitespace().collect::<Vec<_>>().join(" ");
    let line: String = line.chars().filter(|c| !c.is_control()).collect();
    if line.chars().count() <= TITLE {
        return line;
    }
    let cut: String = line.chars().take(TITLE).collect();
    let whole_words = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
    format!("{}…", whole_words.trim_end_matches([',', ';', ':', '.']))
}

mod document_ids {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use docent_domain::DocumentId;

    pub(super) fn serialize<S: Serializer>(
        ids: &Option<Vec<DocumentId>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let ids: Option<Vec<i64>> = ids.as_ref().map(|ids| ids.iter().map(|id| id.get()).collect());
        ids.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Vec<DocumentId>>, D::Error> {
        let ids = Option::<Vec<i64>>::deserialize(deserializer)?;
        Ok(ids.map(|ids| ids.into_iter().map(DocumentId::from).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(content: &str) -> NewQuestion {
        NewQuestion {
            chat: 1.into(),
            content: content.to_owned(),
            user: 1.into(),
            username: "owner".to_owned(),
            options: Options::default(),
            client_message_id: None,
            keyed: None,
        }
    }

    fn wrong_field(question: NewQuestion) -> &'static str {
        match question.checked(&Caps::default()) {
            Err(ChatError::Invalid { field, .. }) => field,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn bad_questions_name_their_field() {
        assert_eq!(wrong_field(question(" \0 ")), "message");
        assert_eq!(wrong_field(question(&"x".repeat(40_000))), "message");
        let with = |change: fn(&mut NewQuestion)| {
            let mut question = question("Why?");
            change(&mut question);
            wrong_field(question)
        };
        assert_eq!(with(|q| q.options.temperature = Some(2.5)), "temperature");
        assert_eq!(with(|q| q.options.temperature = Some(f32::NAN)), "temperature");
        assert_eq!(with(|q| q.options.top_k = Some(51)), "top_k");
        assert_eq!(with(|q| q.client_message_id = Some("k".repeat(300))), "client_message_id");
    }

    #[test]
    fn texts_are_cleaned() {
        assert_eq!(question("  a\0b \n").checked(&Caps::default()).unwrap().content, "ab");
    }

    #[test]
    fn titles_are_cut_at_words() {
        assert_eq!(title_of("What  do\nkestrels eat?"), "What do kestrels eat?");
        let long = "How long is the notice period of the lease, and who has to be told about it?";
        assert_eq!(title_of(long), "How long is the notice period of the lease, and who has to…");
        assert_eq!(title_of(&"红".repeat(100)).chars().count(), 61);
    }

    #[test]
    fn options_come_back_as_they_were() {
        let options = Options { documents: Some(vec![7.into()]), top_k: Some(3), ..Options::default() };
        let text = serde_json::to_string(&options).unwrap();
        assert_eq!(serde_json::from_str::<Options>(&text).unwrap(), options);
        assert_eq!(serde_json::from_str::<Options>("{}").unwrap(), Options::default());
    }
}
