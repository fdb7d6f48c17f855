//! What happened in an answer between its frames: tools that were used, and the sources that they found.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::error::StoreError;
use super::statement::{execute, fetch_all, statements};
use super::tx::Tx;
use docent_domain::chat::{Doubt, DoubtReason, ToolCall, ToolResult};
use docent_domain::{MessageId, Timestamp};

statements! {
    INSERT_MARK = "
        INSERT INTO turn_marks (message_id, position, frame, mark, created_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (message_id, position) DO NOTHING";
    MARKS = "
        SELECT frame, mark FROM turn_marks WHERE message_id = $1 AND position >= $2 ORDER BY position";
    FORGET_MARKS = "
        DELETE FROM turn_marks
        WHERE message_id IN (SELECT message_id FROM turns WHERE state <> 'streaming' AND finished_at < $1)";
}

/// Something between two frames.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    Call(ToolCall),
    Result(ToolResult),
    /// Sources were appended: so many there were before, so many there are now.
    Sources {
        before: usize,
        after: usize,
    },
    /// With the frame that follows, a statement turned out not to be borne out.
    Doubt(Doubt),
}

/// A mark and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// How many frames came before it.
    pub frame: usize,
    pub mark: Mark,
}

/// Like the frames of an answer, its marks are reached through the chat: ask [`Tx::chat`] first.
impl Tx {
    /// Stores marks, of which the first has this position.
    pub async fn insert_marks(
        &mut self,
        answer: MessageId,
        first: usize,
        marks: &[Marked],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        for (position, marked) in (first..).zip(marks) {
            let (position, frame) = (number(position), number(marked.frame));
            let mark = serde_json::to_string(&MarkText::from(&marked.mark)).unwrap_or_default();
            execute!(self, INSERT_MARK, answer.get(), position, frame, mark, now.micros())?;
        }
        Ok(())
    }

    /// The marks of an answer from this position on.
    pub async fn marks(&mut self, answer: MessageId, first: usize) -> Result<Vec<Marked>, StoreError> {
        let rows = fetch_all!(self, (i64, String), MARKS, answer.get(), number(first))?;
        let marked = |(frame, text): (i64, String)| {
            let unreadable = |text| StoreError::Unreadable { value: text, expected: "a mark of a turn" };
            let stored: MarkText = serde_json::from_str(&text).map_err(|_| unreadable(text.clone()))?;
            let mark = stored.read().ok_or_else(|| unreadable(text))?;
            Ok(Marked { frame: usize::try_from(frame).unwrap_or(0), mark })
        };
        rows.into_iter().map(marked).collect()
    }

    /// Drops the marks of answers that ended before `before`.
    pub async fn forget_marks(&mut self, before: Timestamp) -> Result<(), StoreError> {
        execute!(self, FORGET_MARKS, before.micros())?;
        Ok(())
    }
}

impl Marked {
    /// Leaves out what a tool came back with, and keeps that it was used.
    pub fn forget_result(&mut self) {
        if let Mark::Result(ToolResult { outcome: Ok(result), .. }) = &mut self.mark {
            *result = Value::Null;
        }
    }
}

/// A stored mark without what a tool came back with; `None` if it has nothing of that kind.
pub(super) fn without_results(mark: &str) -> Option<String> {
    let mut stored: MarkText = serde_json::from_str(mark).ok()?;
    let MarkText::Result { result, .. } = &mut stored else { return None };
    *result = Value::Null;
    serde_json::to_string(&stored).ok()
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A mark as the database keeps it.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum MarkText {
    /// Who was to answer is not kept: it names a connection, and means nothing once that is gone.
    Call {
        id: String,
        tool: String,
        arguments: Value,
    },
    Result {
        call: String,
        tool: String,
        result: Value,
    },
    Error {
        call: String,
        tool: String,
        error: String,
    },
    Sources {
        before: usize,
        after: usize,
    },
    Doubt(DoubtText),
}

/// A doubt as the database keeps it.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct DoubtText {
    start: i64,
    end: i64,
    reason: String,
    about: String,
}

impl From<&Doubt> for DoubtText {
    fn from(doubt: &Doubt) -> Self {
        let Doubt { start, end, reason, about } = doubt.clone();
        Self { start, end, reason: reason.name().to_owned(), about }
    }
}

impl DoubtText {
    /// `None` for a reason that a later version knows.
    pub(super) fn read(self) -> Option<Doubt> {
        let Self { start, end, reason, about } = self;
        Some(Doubt { start, end, reason: DoubtReason::by_name(&reason)?, about })
    }
}

impl From<&Mark> for MarkText {
    fn from(mark: &Mark) -> Self {
        match mark.clone() {
            Mark::Call(ToolCall { id, tool, arguments, holder: _ }) => Self::Call { id, tool, arguments },
            Mark::Result(ToolResult { call, tool, outcome: Ok(result) }) => {
                Self::Result { call, tool, result }
            }
            Mark::Result(ToolResult { call, tool, outcome: Err(error) }) => Self::Error { call, tool, error },
            Mark::Sources { before, after } => Self::Sources { before, after },
            Mark::Doubt(doubt) => Self::Doubt(DoubtText::from(&doubt)),
        }
    }
}

impl MarkText {
    /// `None` for what only a later version knows.
    fn read(self) -> Option<Mark> {
        Some(match self {
            Self::Call { id, tool, arguments } => Mark::Call(ToolCall { id, tool, arguments, holder: None }),
            Self::Result { call, tool, result } => {
                Mark::Result(ToolResult { call, tool, outcome: Ok(result) })
            }
            Self::Error { call, tool, error } => Mark::Result(ToolResult { call, tool, outcome: Err(error) }),
            Self::Sources { before, after } => Mark::Sources { before, after },
            Self::Doubt(doubt) => Mark::Doubt(doubt.read()?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_come_back_as_they_were_stored() {
        let call = "call-1".to_owned();
        let tool = "read_document".to_owned();
        let arguments = serde_json::json!({"document_id": 7});
        let result = |outcome| Mark::Result(ToolResult { call: call.clone(), tool: tool.clone(), outcome });
        for mark in [
            Mark::Call(ToolCall { id: call.clone(), tool: tool.clone(), arguments, holder: None }),
            result(Ok(Value::Null)),
            result(Err("there is none".to_owned())),
            Mark::Sources { before: 2, after: 3 },
            Mark::Doubt(Doubt { start: 3, end: 9, reason: DoubtReason::Number, about: "12".to_owned() }),
        ] {
            let text = serde_json::to_string(&MarkText::from(&mark)).unwrap();
            let again: MarkText = serde_json::from_str(&text).unwrap();
            assert_eq!(again.read().as_ref(), Some(&mark), "{text}");
        }
    }

    #[test]
    fn what_a_tool_came_back_with_is_left_out_and_that_it_was_used_stays() {
        let given =
            |outcome| ToolResult { call: "call-1".to_owned(), tool: "query_table".to_owned(), outcome };
        let mark = Mark::Result(given(Ok(serde_json::json!({"total": 12}))));
        let text = serde_json::to_string(&MarkText::from(&mark)).unwrap();
        let left = without_results(&text).unwrap();
        let read: MarkText = serde_json::from_str(&left).unwrap();
        let mut marked = Marked { frame: 3, mark };
        marked.forget_result();
        assert_eq!(marked, Marked { frame: 3, mark: Mark::Result(given(Ok(Value::Null))) });
        assert_eq!(read.read(), Some(marked.mark));
        let sources = serde_json::to_string(&MarkText::from(&Mark::Sources { before: 0, after: 1 })).unwrap();
        assert_eq!(without_results(&sources), None);
    }
}
