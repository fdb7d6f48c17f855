//! How far the reading for a summary is, which readers of the answer are told as calls of a tool.

use serde_json::{Value, json};

use super::DocumentId;
use super::chat::ToolCall;

/// What such a call is named.
pub const READ_PART: &str = "read_part";

/// A part of a document that is read from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    pub document: DocumentId,
    pub filename: String,
    /// From 1.
    pub part: i64,
    pub of: i64,
    /// Which of the documents that are summed up together, from 1.
    pub nth: i64,
    pub documents: i64,
}

impl Reading {
    /// The call that tells it; `id` names it within its turn.
    pub fn call(&self, id: String) -> ToolCall {
        let arguments = json!({
            "document_id": self.document.get(),
            "filename": self.filename,
            "part": self.part,
            "of": self.of,
            "nth": self.nth,
            "documents": self.documents,
        });
        ToolCall { id, tool: READ_PART.to_owned(), arguments, holder: None }
    }

    /// What a call tells; `None` for calls of other tools.
    pub fn told_by(call: &ToolCall) -> Option<Self> {
        if call.tool != READ_PART || call.holder.is_some() {
            return None;
        }
        let number = |field: &str| call.arguments.get(field).and_then(Value::as_i64);
        Some(Self {
            document: number("document_id")?.into(),
            filename: call.arguments.get("filename")?.as_str()?.to_owned(),
            part: number("part")?,
            of: number("of")?,
            // Turns that were stored before there were several.
            nth: number("nth").unwrap_or(1),
            documents: number("documents").unwrap_or(1),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_tells_what_is_read_and_other_calls_tell_nothing() {
        let reading = Reading {
            document: 7.into(),
            filename: "lease.pdf".to_owned(),
            part: 2,
            of: 5,
            nth: 1,
            documents: 3,
        };
        let call = reading.call("part_1".to_owned());
        assert_eq!(Reading::told_by(&call), Some(reading));
        let other = ToolCall { tool: "read_document".to_owned(), ..call.clone() };
        assert_eq!(Reading::told_by(&other), None);
        let clients = ToolCall { holder: Some("ann".to_owned()), ..call.clone() };
        assert_eq!(Reading::told_by(&clients), None);
        let earlier = json!({"document_id": 7, "filename": "lease.pdf", "part": 2, "of": 5});
        let earlier = Reading::told_by(&ToolCall { arguments: earlier, ..call }).unwrap();
        assert_eq!((earlier.nth, earlier.documents), (1, 1));
    }
}
