//! Messages, and the events of an answer while it grows.

use super::clock::Timestamp;
use super::document::words;
use super::fault::Code;
use super::ids::{ChatId, MessageId, ProjectId, UserId};
use super::source::Source;

words! {
    /// Who spoke.
    Speaker {
        User = "user",
        Assistant = "assistant",
        System = "system",
    }
}

words! {
    /// A message is `streaming`, then exactly one of the others.
    MessageStatus {
        Streaming = "streaming",
        Completed = "completed",
        Cancelled = "cancelled",
        Failed = "failed",
        Interrupted = "interrupted",
    }
}

words! {
    /// Who may read a chat.
    Visibility {
        /// Every member of its project.
        Project = "project",
        /// Its author (and admins, audited).
        Private = "private",
    }
}

words! {
    /// Why the model stopped.
    FinishReason {
        Stop = "stop",
        /// The answer hit the model's own limit.
        Length = "length",
        /// The documents hold nothing relevant.
        NoAnswer = "no_answer",
    }
}

words! {
    /// Whether an answer was any good.
    Rating {
        Up = "up",
        Down = "down",
    }
}

/// What somebody thinks of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feedback {
    pub rating: Rating,
    /// May be empty.
    pub comment: String,
    pub updated_at: Timestamp,
}

/// A conversation as its readers see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chat {
    pub id: ChatId,
    pub project: ProjectId,
    pub title: String,
    pub visibility: Visibility,
    pub author: UserId,
    /// The author's name.
    pub username: String,
    /// What the client that opened it calls it; unique for its author.
    pub name: Option<String>,
    pub message_count: i64,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// A question or an answer, as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    pub id: MessageId,
    pub chat: ChatId,
    pub speaker: Speaker,
    pub content: String,
    pub status: MessageStatus,
    pub author: Option<UserId>,
    /// The model that wrote it.
    pub model: Option<String>,
    pub sources: Vec<Source>,
    pub facts: AnswerFacts,
    /// What an answer answers.
    pub question: Option<MessageId>,
    /// False for an answer that a newer one to the same question has replaced.
    pub current: bool,
    /// Whether it sums up the talk before it.
    pub summary: bool,
    pub created_at: Timestamp,
    pub finished_at: Option<Timestamp>,
}

/// What is known of a finished answer beside its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AnswerFacts {
    /// 1-based numbers of the sources that the answer cites, ascending.
    pub cited: Vec<i64>,
    pub prompt_tokens: Option<i64>,
    pub completion_tokens: Option<i64>,
    pub latency_ms: Option<i64>,
    pub finish_reason: Option<FinishReason>,
    /// Why there is no whole answer, in words for the reader.
    pub failure: Option<Failure>,
    /// Statements that the cited passages do not bear out.
    pub doubts: Vec<Doubt>,
}

/// Why an answer failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub code: Code,
    pub message: String,
}

/// A statement of an answer that the passages it cites do not bear out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// Where it stands in the answer, in Unicode code points; `end` is exclusive.
    pub start: i64,
    pub end: i64,
    pub reason: DoubtReason,
    /// What was looked for and not found, as the answer writes it.
    pub about: String,
}

words! {
    /// What of a statement the cited passages do not bear out.
    DoubtReason {
        Number = "number",
        Unit = "unit",
        Date = "date",
        Name = "name",
        /// One says it, the other denies it.
        Negation = "negation",
        /// A file, an address or a source that is not among those found.
        Source = "source",
    }
}

/// What happens while an answer grows. The order is an invariant of the engine:
/// `Accepted → Sources → (ToolCall | ToolResult | Token)* → Completed | Failed | Cancelled | Interrupted`,
/// with exactly one terminal event, last. Every door matches on this exhaustively.
#[derive(Debug, Clone, PartialEq)]
pub enum TurnEvent {
    /// The question is stored and the turn has begun.
    Accepted(Accepted),
    /// What retrieval found; again, all of them with the appended ones, when a tool found more.
    Sources(Vec<Source>),
    /// A piece of the answer.
    Token(Frame),
    /// The model wants a tool to be used.
    ToolCall(ToolCall),
    /// What came of a call; every call has one, unless the turn ends first.
    ToolResult(ToolResult),
    Completed(Completed),
    /// What was streamed until then is kept.
    Cancelled {
        content: String,
    },
    Failed {
        code: Code,
        message: String,
        content: String,
    },
    /// The server that wrote the answer died; what was stored is kept.
    Interrupted {
        content: String,
    },
}

/// What is said of an answer whose chat may not be read any more. Its code is that of what does not exist.
pub const LOST: &str = "This chat is not open to you any more";

impl TurnEvent {
    /// How an answer ends that may not be read any more, or whose chat is gone.
    pub fn lost() -> Self {
        Self::Failed { code: Code::NotFound, message: LOST.to_owned(), content: String::new() }
    }

    /// Nothing follows it.
    pub const fn is_terminal(&self) -> bool {
        matches!(
            self,
            Self::Completed(_) | Self::Cancelled { .. } | Self::Failed { .. } | Self::Interrupted { .. }
        )
    }
}

/// The start of a turn: the user's message as stored, and the answer to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    pub chat: ChatId,
    pub answer: MessageId,
    pub question: MessageId,
    pub content: String,
    pub user: UserId,
    pub username: String,
    /// When the question was stored.
    pub at: Timestamp,
}

/// A tool that the model wants to be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToolCall {
    /// Names it within its turn.
    pub id: String,
    pub tool: String,
    /// An object, as the model wrote it; unchecked.
    pub arguments: serde_json::Value,
    /// The client that has to answer, by the name that its door gave it; `None` for what the server does
    /// itself, and in a turn read back from the database.
    pub holder: Option<String>,
}

/// What came of a tool call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToolResult {
    /// The call's id.
    pub call: String,
    pub tool: String,
    /// What was found, or why nothing was, in words that the model and people can read.
    pub outcome: Result<serde_json::Value, String>,
}

/// One numbered piece of an answer: a few model tokens. Joined frames carry the range they cover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// 0-based, without a gap; `first_seq == seq` for a single frame.
    pub first_seq: i64,
    pub seq: i64,
    pub text: String,
    /// What was found wanting once this piece was there; it may have begun in an earlier one.
    pub doubts: Vec<Doubt>,
}

/// The end of an answer that came through whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completed {
    pub content: String,
    pub model: String,
    pub sources_count: i64,
    /// 1-based numbers of the sources that the answer cites, ascending.
    pub cited: Vec<i64>,
    pub prompt_tokens: Option<i64>,
    pub completion_tokens: Option<i64>,
    pub latency_ms: i64,
    pub finish_reason: FinishReason,
    pub doubts: Vec<Doubt>,
    /// When the answer was stored.
    pub at: Timestamp,
}
