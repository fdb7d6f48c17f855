//! Calls of tools that a model writes as text, because its template or its size lets it do no better.

use serde_json::Value;

use crate::Call;

/// How such a text begins.
const BEGINNINGS: &[&str] = &[
    "{",
    "[{",
    "[TOOL_CALLS]",
    "<tool_call>",
    "<|tool_call|>",
    "<|python_tag|>",
    "<function",
    "```json",
    "```\n{",
];

/// A longer text is an answer.
const LONGEST: usize = 8 << 10;

/// Holds back an answer that begins like a call until it is known for what it is.
#[derive(Debug, Default)]
pub(super) struct Written {
    held: String,
    /// Whether the text is known to be an answer.
    answer: bool,
}

impl Written {
    /// For a request that offers no tools, everything is the answer.
    pub(super) fn new(tools: bool) -> Self {
        Self { held: String::new(), answer: !tools }
    }

    /// What of the text is for the reader.
    pub(super) fn push(&mut self, piece: String) -> String {
        if self.answer {
            return piece;
        }
        self.held.push_str(&piece);
        let text = self.held.trim_start();
        let may_be = BEGINNINGS.iter().any(|mark| text.starts_with(mark) || mark.starts_with(text));
        if may_be && text.len() <= LONGEST {
            return String::new();
        }
        self.answer = true;
        std::mem::take(&mut self.held)
    }

    /// The text is over: calls, or the rest of the answer.
    pub(super) fn finish(self) -> (Vec<Call>, String) {
        let calls = calls_in(&self.held);
        if calls.is_empty() { (calls, self.held) } else { (calls, String::new()) }
    }
}

/// Every call in the text, if it holds nothing else.
fn calls_in(text: &str) -> Vec<Call> {
    let mut rest = text.trim();
    let mut calls = Vec::new();
    while let Some(at) = rest.find(['{', '[']) {
        // Marks and fences may stand around calls, sentences may not.
        if rest[..at].split_whitespace().filter(|word| word.chars().all(char::is_alphabetic)).count() > 2 {
            return Vec::new();
        }
        let mut values = serde_json::Deserializer::from_str(&rest[at..]).into_iter::<Value>();
        match values.next() {
            Some(Ok(value)) => {
                let found = match &value {
                    Value::Array(items) => items.iter().filter_map(call).collect(),
                    one => call(one).into_iter().collect::<Vec<_>>(),
                };
                if found.is_empty() {
                    return Vec::new();
                }
                calls.extend(found);
                rest = &rest[at + values.byte_offset()..];
            }
            // A bracket of a mark such as `[TOOL_CALLS]`.
            _ if rest[at..].starts_with('[') => rest = &rest[at + 1..],
            _ => return Vec::new(),
        }
    }
    if rest.split_whitespace().filter(|word| word.chars().all(char::is_alphabetic)).count() > 2 {
        return Vec::new();
    }
    calls
}

fn call(value: &Value) -> Option<Call> {
    let inner = value.get("function").filter(|function| function.is_object()).unwrap_or(value);
    let name =
        ["name", "tool", "tool_name", "function"].iter().find_map(|field| inner.get(field)?.as_str())?;
    let arguments = ["arguments", "parameters", "args", "input"].iter().find_map(|field| inner.get(field))?;
    let arguments = arguments.as_str().map_or_else(|| arguments.to_string(), str::to_owned);
    Some(Call { id: String::new(), tool: name.to_owned(), arguments })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<(String, String)>, String) {
        let mut written = Written::new(true);
        let mut said = String::new();
        for c in text.chars() {
            said.push_str(&written.push(c.to_string()));
        }
        let (calls, rest) = written.finish();
        (calls.into_iter().map(|call| (call.tool, call.arguments)).collect(), said + &rest)
    }

    #[test]
    fn calls_written_as_text_are_calls() {
        let call = ("search_documents".to_owned(), r#"{"query":"voles"}"#.to_owned());
        for text in [
            r#"{"name": "search_documents", "arguments": {"query": "voles"}}"#,
            r#"<tool_call>{"name": "search_documents", "arguments": {"query": "voles"}}</tool_call>"#,
            "```json\n{\"name\": \"search_documents\", \"parameters\": {\"query\": \"voles\"}}\n```",
            r#"[TOOL_CALLS][{"name": "search_documents", "arguments": {"query": "voles"}}]"#,
            r#"{"type": "function", "function": {"name": "search_documents", "arguments": "{\"query\":\"voles\"}"}}"#,
        ] {
            assert_eq!(read(text), (vec![call.clone()], String::new()), "{text}");
        }
    }

    #[test]
    fn answers_stay_answers() {
        for text in [
            "Voles [1].",
            r#"{"answer": "voles"}"#,
            "```json\n{\"a\": 1}\n```\nThis is the file.",
            "{ not json",
            "",
            r#"{"name": "x", "arguments": {}} is how a call of a tool looks in this format."#,
        ] {
            assert_eq!(read(text), (Vec::new(), text.to_owned()), "{text}");
        }
    }
}
