//! News as they stand on the line between nodes: JSON, tagged by kind. A node that does not know a kind (it is older
//! or newer than the other) has missed something, no more.

use serde::{Deserialize, Serialize};

use docent_domain::document::{DocumentError, DocumentProgress, DocumentStatus, Stage};
use docent_domain::event::{News, ProjectEvent, Signal};
use docent_domain::{Code, Timestamp, UserId};

/// Who says it, and what.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Letter {
    pub(crate) from: String,
    #[serde(flatten)]
    pub(crate) word: Word,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Word {
    /// The sender could not tell something.
    Lost,
    ChatCreated {
        project: i64,
        chat: i64,
        title: String,
    },
    ChatDeleted {
        project: i64,
        chat: i64,
    },
    ChatSummarised {
        project: i64,
        chat: i64,
        message: i64,
    },
    ChatUpdated {
        project: i64,
        chat: i64,
        title: String,
    },
    DocumentAdded {
        project: i64,
        document: i64,
        filename: String,
    },
    DocumentDeleted {
        project: i64,
        document: i64,
    },
    DocumentStatus(Box<Progress>),
    DocumentUpdated {
        project: i64,
        document: i64,
        filename: String,
    },
    MemberAdded {
        project: i64,
        user: i64,
    },
    MemberRemoved {
        project: i64,
        user: i64,
    },
    ProjectDeleted {
        project: i64,
    },
    ProjectRenamed {
        project: i64,
        name: String,
    },
    NodeCame {
        node: String,
    },
    NodeLeft {
        node: String,
    },
    People {
        node: String,
        project: i64,
        people: Vec<(i64, String)>,
    },
    Read {
        chat: i64,
        user: i64,
        username: String,
        message: i64,
    },
    TurnBegun {
        chat: i64,
        answer: i64,
        user: i64,
    },
    TurnUnwanted {
        answer: i64,
    },
    Typing {
        chat: i64,
        user: i64,
        username: String,
        typing: bool,
    },
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Progress {
    document: i64,
    project: i64,
    filename: String,
    status: String,
    stage: String,
    percent: u8,
    seq: i64,
    attempt: i64,
    max_attempts: i64,
    pages_done: Option<i64>,
    pages_total: Option<i64>,
    chunks_done: Option<i64>,
    chunks_total: Option<i64>,
    #[serde(default)]
    searchable_pages: Option<i64>,
    #[serde(default)]
    embedded_pages: Option<i64>,
    warnings: Vec<String>,
    error: Option<(String, String)>,
    #[serde(default)]
    recognising: Option<i64>,
    queue_position: Option<i64>,
    waiting_since: Option<i64>,
}

/// What is heard.
pub(crate) enum Content {
    Event(ProjectEvent),
    Signal(Signal),
    Lost,
}

impl From<&ProjectEvent> for Word {
    fn from(event: &ProjectEvent) -> Self {
        let project = event.project.get();
        match &event.news {
            News::DocumentStatus(progress) => Self::DocumentStatus(Box::new(progress.as_ref().into())),
            News::DocumentAdded { document, filename } => {
                Self::DocumentAdded { project, document: document.get(), filename: filename.clone() }
            }
            News::DocumentUpdated { document, filename } => {
                Self::DocumentUpdated { project, document: document.get(), filename: filename.clone() }
            }
            News::DocumentDeleted { document } => Self::DocumentDeleted { project, document: document.get() },
            News::ChatCreated { chat, title } => {
                Self::ChatCreated { project, chat: chat.get(), title: title.clone() }
            }
            News::ChatUpdated { chat, title } => {
                Self::ChatUpdated { project, chat: chat.get(), title: title.clone() }
            }
            News::ChatDeleted { chat } => Self::ChatDeleted { project, chat: chat.get() },
            News::ChatSummarised { chat, message } => {
                Self::ChatSummarised { project, chat: chat.get(), message: message.get() }
            }
            News::ProjectRenamed { name } => Self::ProjectRenamed { project, name: name.clone() },
            News::ProjectDeleted => Self::ProjectDeleted { project },
            News::MemberAdded { user } => Self::MemberAdded { project, user: user.get() },
            News::MemberRemoved { user } => Self::MemberRemoved { project, user: user.get() },
        }
    }
}

impl From<Signal> for Word {
    fn from(signal: Signal) -> Self {
        match signal {
            Signal::TurnBegun { chat, answer, user } => {
                Self::TurnBegun { chat: chat.get(), answer: answer.get(), user: user.get() }
            }
            Signal::TurnUnwanted { answer } => Self::TurnUnwanted { answer: answer.get() },
            Signal::People { node, project, people } => {
                let people = people.into_iter().map(|(user, name)| (user.get(), name)).collect();
                Self::People { node, project: project.get(), people }
            }
            Signal::NodeCame { node } => Self::NodeCame { node },
            Signal::NodeLeft { node } => Self::NodeLeft { node },
            Signal::Typing { chat, user, username, typing } => {
                Self::Typing { chat: chat.get(), user: user.get(), username, typing }
            }
            Signal::Read { chat, user, username, message } => {
                Self::Read { chat: chat.get(), user: user.get(), username, message: message.get() }
            }
        }
    }
}

impl Word {
    /// `None`: a state or stage of another version of this program.
    pub(crate) fn content(self) -> Option<Content> {
        let event = |project: i64, news| Content::Event(ProjectEvent { project: project.into(), news });
        Some(match self {
            Self::Lost => Content::Lost,
            Self::ChatCreated { project, chat, title } => {
                event(project, News::ChatCreated { chat: chat.into(), title })
            }
            Self::ChatDeleted { project, chat } => event(project, News::ChatDeleted { chat: chat.into() }),
            Self::ChatSummarised { project, chat, message } => {
                event(project, News::ChatSummarised { chat: chat.into(), message: message.into() })
            }
            Self::ChatUpdated { project, chat, title } => {
                event(project, News::ChatUpdated { chat: chat.into(), title })
            }
            Self::DocumentAdded { project, document, filename } => {
                event(project, News::DocumentAdded { document: document.into(), filename })
            }
            Self::DocumentDeleted { project, document } => {
                event(project, News::DocumentDeleted { document: document.into() })
            }
            Self::DocumentStatus(progress) => {
                event(progress.project, News::DocumentStatus(Box::new(progress.read()?)))
            }
            Self::DocumentUpdated { project, document, filename } => {
                event(project, News::DocumentUpdated { document: document.into(), filename })
            }
            Self::MemberAdded { project, user } => event(project, News::MemberAdded { user: user.into() }),
            Self::MemberRemoved { project, user } => {
                event(project, News::MemberRemoved { user: user.into() })
            }
            Self::ProjectDeleted { project } => event(project, News::ProjectDeleted),
            Self::ProjectRenamed { project, name } => event(project, News::ProjectRenamed { name }),
            signal => Content::Signal(signal.signal()?),
        })
    }

    fn signal(self) -> Option<Signal> {
        Some(match self {
            Self::NodeCame { node } => Signal::NodeCame { node },
            Self::NodeLeft { node } => Signal::NodeLeft { node },
            Self::People { node, project, people } => {
                let people = people.into_iter().map(|(user, name)| (UserId::from(user), name)).collect();
                Signal::People { node, project: project.into(), people }
            }
            Self::Read { chat, user, username, message } => {
                Signal::Read { chat: chat.into(), user: user.into(), username, message: message.into() }
            }
            Self::TurnBegun { chat, answer, user } => {
                Signal::TurnBegun { chat: chat.into(), answer: answer.into(), user: user.into() }
            }
            Self::TurnUnwanted { answer } => Signal::TurnUnwanted { answer: answer.into() },
            Self::Typing { chat, user, username, typing } => {
                Signal::Typing { chat: chat.into(), user: user.into(), username, typing }
            }
            _ => return None,
        })
    }
}

impl From<&DocumentProgress> for Progress {
    fn from(progress: &DocumentProgress) -> Self {
        Self {
            document: progress.document.get(),
            project: progress.project.get(),
            filename: progress.filename.clone(),
            status: progress.status.name().to_owned(),
            stage: progress.stage.name().to_owned(),
            percent: progress.percent,
            seq: progress.seq,
            attempt: progress.attempt,
            max_attempts: progress.max_attempts,
            pages_done: progress.pages_done,
            pages_total: progress.pages_total,
            chunks_done: progress.chunks_done,
            chunks_total: progress.chunks_total,
            searchable_pages: progress.searchable_pages,
            embedded_pages: progress.embedded_pages,
            warnings: progress.warnings.clone(),
            error: progress.error.as_ref().map(|error| (error.code.name().to_owned(), error.message.clone())),
            recognising: progress.recognising,
            queue_position: progress.queue_position,
            waiting_since: progress.waiting_since.map(Timestamp::micros),
        }
    }
}

impl Progress {
    fn read(self) -> Option<DocumentProgress> {
        let error = self.error.map(|(code, message)| DocumentError {
            code: Code::by_name(&code).unwrap_or(Code::Internal),
            message,
        });
        Some(DocumentProgress {
            document: self.document.into(),
            project: self.project.into(),
            filename: self.filename,
            status: DocumentStatus::by_name(&self.status)?,
            stage: Stage::by_name(&self.stage)?,
            percent: self.percent,
            seq: self.seq,
            attempt: self.attempt,
            max_attempts: self.max_attempts,
            pages_done: self.pages_done,
            pages_total: self.pages_total,
            chunks_done: self.chunks_done,
            chunks_total: self.chunks_total,
            searchable_pages: self.searchable_pages,
            embedded_pages: self.embedded_pages,
            warnings: self.warnings,
            error,
            recognising: self.recognising,
            queue_position: self.queue_position,
            waiting_since: self.waiting_since.map(Timestamp::from_micros),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(word: Word) -> Option<Content> {
        let letter = Letter { from: "a".into(), word };
        let text = serde_json::to_string(&letter).unwrap();
        serde_json::from_str::<Letter>(&text).unwrap().word.content()
    }

    fn progress() -> DocumentProgress {
        DocumentProgress {
            document: 7.into(),
            project: 2.into(),
            filename: "Störche.pdf".into(),
            status: DocumentStatus::Failed,
            stage: Stage::Embedding,
            percent: 61,
            seq: 12,
            attempt: 2,
            max_attempts: 5,
            pages_done: Some(3),
            pages_total: None,
            chunks_done: Some(0),
            chunks_total: Some(9),
            searchable_pages: Some(2),
            embedded_pages: Some(1),
            warnings: vec!["page 2 is a picture".into()],
            error: Some(DocumentError { code: Code::DiskFull, message: "no room".into() }),
            recognising: Some(3),
            queue_position: None,
            waiting_since: Some(Timestamp::from_micros(5)),
        }
    }

    #[test]
    fn events_come_out_as_they_went_in() {
        let (chat, document, user) = (3.into(), 4.into(), 5.into());
        let all = [
            News::DocumentStatus(Box::new(progress())),
            News::DocumentAdded { document, filename: "a.md".into() },
            News::DocumentUpdated { document, filename: "b.md".into() },
            News::DocumentDeleted { document },
            News::ChatCreated { chat, title: "t".into() },
            News::ChatUpdated { chat, title: "u".into() },
            News::ChatDeleted { chat },
            News::ChatSummarised { chat, message: 6.into() },
            News::ProjectRenamed { name: "n".into() },
            News::ProjectDeleted,
            News::MemberAdded { user },
            News::MemberRemoved { user },
        ];
        for news in all {
            let event = ProjectEvent { project: 2.into(), news };
            let Some(Content::Event(read)) = sent(Word::from(&event)) else { panic!("{event:?}") };
            assert_eq!(read, event);
        }
    }

    #[test]
    fn signals_come_out_as_they_went_in() {
        let (chat, user, username) = (3.into(), 5.into(), "ann".to_owned());
        let all = [
            Signal::TurnBegun { chat, answer: 9.into(), user },
            Signal::TurnUnwanted { answer: 9.into() },
            Signal::People {
                node: "n".into(),
                project: 1.into(),
                people: [(user, username.clone()), (6.into(), "ben".into())].into(),
            },
            Signal::NodeCame { node: "n".into() },
            Signal::NodeLeft { node: "n".into() },
            Signal::Typing { chat, user, username: username.clone(), typing: true },
            Signal::Read { chat, user, username, message: 8.into() },
        ];
        for signal in all {
            let Some(Content::Signal(read)) = sent(Word::from(signal.clone())) else { panic!("{signal:?}") };
            assert_eq!(read, signal);
        }
    }

    #[test]
    fn words_of_another_version_are_not_understood() {
        assert!(serde_json::from_str::<Letter>(r#"{"from": "a", "kind": "sung", "song": 1}"#).is_err());
        let mut odd = Progress::from(&progress());
        odd.stage = "dreaming".into();
        assert!(sent(Word::DocumentStatus(Box::new(odd))).is_none());
    }
}
