//! What the members of a project are told, published after the commit that makes it true; and what nodes tell each
//! other.

use std::collections::BTreeMap;

use super::document::DocumentProgress;
use super::ids::{ChatId, DocumentId, MessageId, ProjectId, UserId};
use super::source::Source;

/// News about one project, carried by the bus to every node's sockets.
#[derive(Debug, Clone, PartialEq)]
pub struct ProjectEvent {
    pub project: ProjectId,
    pub news: News,
}

#[derive(Debug, Clone, PartialEq)]
pub enum News {
    /// Latest value; older ones may be dropped in its favour.
    DocumentStatus(Box<DocumentProgress>),
    DocumentAdded {
        document: DocumentId,
        filename: String,
    },
    DocumentUpdated {
        document: DocumentId,
        filename: String,
    },
    DocumentDeleted {
        document: DocumentId,
    },
    ChatCreated {
        chat: ChatId,
        title: String,
    },
    ChatUpdated {
        chat: ChatId,
        title: String,
    },
    ChatDeleted {
        chat: ChatId,
    },
    /// For those who follow the chat; nothing that its project hears of.
    ChatSummarised {
        chat: ChatId,
        message: MessageId,
    },
    ProjectRenamed {
        name: String,
    },
    ProjectDeleted,
    MemberAdded {
        user: UserId,
    },
    MemberRemoved {
        user: UserId,
    },
}

/// What one node tells the others. Each has done its own part already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signal {
    /// A turn has begun there.
    TurnBegun { chat: ChatId, answer: MessageId, user: UserId },
    /// Somebody who may wants this turn to end; the wish stands in the database, too.
    TurnUnwanted { answer: MessageId },
    /// Who is in a project's room there: all of them, by name.
    People { node: String, project: ProjectId, people: BTreeMap<UserId, String> },
    /// A node that knows of nobody's people yet.
    NodeCame { node: String },
    /// A node that has nobody's sockets any more.
    NodeLeft { node: String },
    /// Somebody writes in a chat, or has stopped.
    Typing { chat: ChatId, user: UserId, username: String, typing: bool },
    /// How far somebody has read a chat.
    Read { chat: ChatId, user: UserId, username: String, message: MessageId },
}

/// How an answer goes on, for nodes that follow it from afar. What is missing comes out of the database.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// What was found before the first word.
    Sources(Vec<Source>),
    /// Frames in a row, the first of which has the number `first_seq`; `ends` says where each ends in `text`, in bytes.
    /// `marks` things other than frames had happened before.
    Frames { first_seq: i64, ends: Vec<usize>, text: String, marks: usize },
    /// Its end stands in the database.
    Over,
}
