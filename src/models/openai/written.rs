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

/// The fields of a call, of which one comes first.
const FIELDS: &[&str] = &[
    "name",
    "tool",
    "tool_name",
    "function",
    "type",
    "id",
    "arguments",
    "parameters",
    "args",
    "input",
    "tool_calls",
];

/// A longer text is an answer.
const LONGEST: usize = 8 << 10;

/// Words beside calls from which on they are an example in a text.
const FEW_WORDS: usize = 2;

/// Holds back what begins like a call, at the beginning of an answer and of each of its lines, until it is known for what
/// it is.
#[derive(Debug, Default)]
pub(super) struct Written {
    held: String,
    /// The names of the tools that are offered; where there are none, everything is the answer.
    tools: Vec<String>,
    /// The text goes on within a line that is read already.
    within: bool,
}

impl Written {
    pub(super) fn new(tools: Vec<String>) -> Self {
        Self { held: String::new(), tools, within: false }
    }

    /// What of the text is for the reader.
    pub(super) fn push(&mut self, piece: String) -> String {
        if self.tools.is_empty() {
            return piece;
        }
        self.held.push_str(&piece);
        let mut out = String::new();
        loop {
            if self.within {
                let Some(end) = self.held.find('\n') else {
                    out.push_str(&std::mem::take(&mut self.held));
                    return out;
                };
                out.extend(self.held.drain(..=end));
                self.within = false;
            } else if may_be_call(&self.held) {
                return out;
            } else {
                self.within = true;
            }
        }
    }

    /// The text is over: calls, or the rest of the answer. A call that cannot be read is one all the same: its tool will say
    /// what is wrong with it.
    pub(super) fn finish(self) -> (Vec<Call>, String) {
        let calls = calls_in(&self.held);
        if !calls.is_empty() {
            return (calls, String::new());
        }
        match self.named() {
            Some(tool) => {
                let arguments = self.held.trim().to_owned();
                (vec![Call { id: String::new(), tool, arguments }], String::new())
            }
            None => (Vec::new(), self.held),
        }
    }

    /// The tool that is named where a call names one; or, behind a mark that nothing else begins with, none that is known.
    fn named(&self) -> Option<String> {
        let text = self.held.trim_start();
        let begun = text.starts_with(['{', '<', '[', '`']) && !has_sentence(text);
        let quoted =
            |tool: &&String| text.contains(&format!("\"{tool}\"")) || text.contains(&format!("={tool}"));
        let known = self.tools.iter().find(quoted).cloned();
        let marked = BEGINNINGS.iter().any(|mark| mark.len() > 8 && text.starts_with(mark));
        known.filter(|_| begun).or_else(|| (begun && marked).then(|| "unknown".to_owned()))
    }
}

/// Whether a text that goes on may still turn out to be a call.
fn may_be_call(text: &str) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    let text = text.trim_start();
    if BEGINNINGS.iter().any(|mark| mark.starts_with(text)) {
        return true;
    }
    let Some(mark) = BEGINNINGS.iter().find(|mark| text.starts_with(**mark)) else { return false };
    let fence = ["```json", "```"].iter().find_map(|fence| text.strip_prefix(fence));
    let inside = match fence {
        Some(inside) => inside.trim_start(),
        None if matches!(*mark, "{" | "[{") => text,
        None => return true,
    };
    // The first field says whether it is one.
    let first = inside.trim_start_matches(['[', '{', ' ', '\n', '\r', '\t']);
    let opened = inside.is_empty() || inside.starts_with(['{', '[']);
    let Some(first) = first.strip_prefix('"') else { return opened && first.is_empty() };
    match first.split_once('"') {
        Some((field, _)) => FIELDS.contains(&field),
        None => FIELDS.iter().any(|field| field.starts_with(first)),
    }
}

/// Every call at the beginning of the text, if no sentence stands beside them. What else comes behind them, such as a result
/// that the model has made up, is not looked at.
fn calls_in(text: &str) -> Vec<Call> {
    let mut rest = text.trim();
    let mut calls = Vec::new();
    while let Some(at) = rest.find(['{', '[']) {
        // Marks and fences may stand around calls, sentences may not.
        if has_sentence(&rest[..at]) {
            return Vec::new();
        }
        let Some((value, length)) = value_in(&rest[at..]) else {
            // A bracket of a mark such as `[TOOL_CALLS]`.
            if rest[at..].starts_with('[') {
                rest = &rest[at + 1..];
                continue;
            }
            break;
        };
        let found = match &value {
            Value::Array(items) => items.iter().filter_map(call).collect(),
            one => call(one).into_iter().collect::<Vec<_>>(),
        };
        if found.is_empty() {
            break;
        }
        calls.extend(found);
        rest = &rest[at + length..];
    }
    if has_sentence(rest) { Vec::new() } else { calls }
}

/// More than a few words that are no part of JSON.
fn has_sentence(text: &str) -> bool {
    text.split_whitespace().filter(|word| word.chars().all(char::is_alphabetic)).count() > FEW_WORDS
}

/// The value that the text begins with, and how long it is; with its brackets put right, if they alone are wrong.
fn value_in(text: &str) -> Option<(Value, usize)> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    if let Some(Ok(value)) = values.next() {
        return Some((value, values.byte_offset()));
    }
    let (mended, length) = with_brackets(text);
    serde_json::from_str(&mended).ok().map(|value| (value, length))
}

/// The beginning of the text up to where its first bracket is closed, or to its end, without closing brackets that nothing
/// has opened and with those that are missing; and how much of the text that is.
fn with_brackets(text: &str) -> (String, usize) {
    let (mut mended, mut open, mut quoted, mut escaped) = (String::new(), Vec::new(), false, false);
    for (at, c) in text.char_indices() {
        if quoted {
            quoted = c != '"' || escaped;
            escaped = c == '\\' && !escaped;
        } else {
            match c {
                '"' => quoted = true,
                '{' => open.push('}'),
                '[' => open.push(']'),
                '}' | ']' if open.last() != Some(&c) => continue,
                '}' | ']' => {
                    open.pop();
                }
                _ => {}
            }
        }
        mended.push(c);
        if open.is_empty() {
            return (mended, at + c.len_utf8());
        }
    }
    mended.extend(open.into_iter().rev());
    (mended, text.len())
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
        let mut written = Written::new(vec!["search_documents".to_owned(), "list_documents".to_owned()]);
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
    fn calls_with_wrong_brackets_or_made_up_results_are_calls() {
        let call = ("search_documents".to_owned(), r#"{"query":"voles"}"#.to_owned());
        for text in [
            r#"{"name": "search_documents", "arguments": {"query": "voles"}]}"#,
            r#"{"name": "search_documents", "arguments": {"query": "voles"}"#,
            "{\"name\": \"search_documents\", \"arguments\": {\"query\": \"voles\"}}\n{\"total\": 1}",
            "{\"name\": \"search_documents\", \"arguments\": {\"query\": \"voles\"}}}\n```",
        ] {
            assert_eq!(read(text), (vec![call.clone()], String::new()), "{text}");
        }
        let marks = r#"{"name": "search_documents", "arguments": {"query": "the } \\\" mark"}]}"#;
        let (calls, rest) = read(marks);
        assert_eq!((calls[0].1.as_str(), rest.as_str()), (r#"{"query":"the } \\\" mark"}"#, ""));
    }

    #[test]
    fn a_call_that_cannot_be_read_is_no_answer() {
        for text in [
            r#"{"name": "list_documents", "arguments": {"name": "faq"#,
            r#"{"name": "list_documents"}"#,
            "<tool_call>\n{'name': 'list_documents'}",
            "<function=list_documents>{}{</function>",
        ] {
            let (calls, rest) = read(text);
            assert_eq!((calls.len(), rest.as_str()), (1, ""), "{text}");
        }
        assert_eq!(read("<tool_call>\n<search>").0[0].0, "unknown");
    }

    #[test]
    fn calls_behind_a_line_of_text_are_calls() {
        let call = ("search_documents".to_owned(), r#"{"query":"voles"}"#.to_owned());
        for (text, said) in [
            (
                "I look for more.\n{\"name\": \"search_documents\", \"arguments\": {\"query\": \"voles\"}}",
                "I look for more.\n",
            ),
            (
                "Let me see:\n\n```json\n{\"name\": \"search_documents\", \"arguments\": {\"query\": \"voles\"}}\n```",
                "Let me see:\n",
            ),
        ] {
            assert_eq!(read(text), (vec![call.clone()], said.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_no_call_is_read_as_soon_as_that_is_known() {
        let mut written = Written::new(vec!["search_documents".to_owned()]);
        assert_eq!(written.push("{\"an".to_owned()), "{\"an", "no field of a call begins so");
        assert_eq!(written.push("swer\": 1}\n".to_owned()), "swer\": 1}\n");
        assert_eq!(written.push("```json\n{\"na".to_owned()), "");
        assert_eq!(written.push("rrow\": ".to_owned()), "```json\n{\"narrow\": ");
        let mut free = Written::new(Vec::new());
        assert_eq!(free.push("{\"name\": ".to_owned()), "{\"name\": ", "no tool was offered");
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
