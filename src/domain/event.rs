//! What the members of a project are told. Published after the commit that makes it true.

use super::document::DocumentProgress;
use super::ids::{ChatId, DocumentId, MessageId, ProjectId, UserId};

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
