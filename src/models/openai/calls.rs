//! Puts the pieces of tool calls together, however a server cuts and numbers them.

use serde_json::Value;

use crate::{Call, ModelError};

/// Calls in one part of an answer; a server that sends more has lost its way.
const MOST_CALLS: usize = 64;

/// Bytes of all their arguments.
const LONGEST_ARGUMENTS: usize = 256 << 10;

/// The calls of one part of an answer, as far as they have come.
#[derive(Debug, Default)]
pub(super) struct Calls {
    growing: Vec<Growing>,
    bytes: usize,
}

#[derive(Debug)]
struct Growing {
    index: Option<u64>,
    call: Call,
}

impl Calls {
    /// Takes what a `delta` says of calls; false if it says nothing of them.
    pub(super) fn take(&mut self, delta: &Value) -> Result<bool, ModelError> {
        if let Some(pieces) = delta.get("tool_calls").and_then(Value::as_array) {
            for piece in pieces {
                self.piece(piece.get("index").and_then(Value::as_u64), piece, piece.get("function"))?;
            }
            return Ok(!pieces.is_empty());
        }
        // How it was done before there could be several.
        if let Some(function) = delta.get("function_call").filter(|function| function.is_object()) {
            self.piece(Some(0), &Value::Null, Some(function))?;
            return Ok(true);
        }
        Ok(false)
    }

    /// The calls, in the order in which they began.
    pub(super) fn finish(self) -> Vec<Call> {
        let named = self.growing.into_iter().filter(|growing| !growing.call.tool.is_empty());
        named.map(|growing| growing.call).collect()
    }

    pub(super) fn any(&self) -> bool {
        !self.growing.is_empty()
    }

    fn piece(
        &mut self,
        index: Option<u64>,
        piece: &Value,
        function: Option<&Value>,
    ) -> Result<(), ModelError> {
        let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
        let id = text(piece.get("id"));
        let name = text(function.and_then(|function| function.get("name")));
        let arguments = match function.and_then(|function| function.get("arguments")) {
            // Whole, as an object.
            Some(object @ Value::Object(_)) => object.to_string(),
            other => text(other),
        };
        self.bytes += arguments.len();
        let call = self.place(index, &id, &name)?;
        if call.id.is_empty() {
            call.id = id;
        }
        // Some servers repeat the name with every piece.
        if call.tool.is_empty() {
            call.tool = name;
        }
        call.arguments.push_str(&arguments);
        if self.bytes > LONGEST_ARGUMENTS {
            return Err(too_much());
        }
        Ok(())
    }

    /// The call that a piece belongs to. Without a number, a new id or a new name begins a new one.
    fn place(&mut self, index: Option<u64>, id: &str, name: &str) -> Result<&mut Call, ModelError> {
        let known = match index {
            Some(index) => self.growing.iter().position(|growing| {
                let same_id = id.is_empty() || growing.call.id.is_empty() || growing.call.id == id;
                // Others number every call 0.
                growing.index == Some(index) && same_id
            }),
            None if id.is_empty() && name.is_empty() => self.growing.len().checked_sub(1),
            None => self.growing.iter().position(|growing| !id.is_empty() && growing.call.id == id),
        };
        let place = match known {
            Some(place) => place,
            None if self.growing.len() == MOST_CALLS => return Err(too_much()),
            None => {
                let call = Call { id: String::new(), tool: String::new(), arguments: String::new() };
                self.growing.push(Growing { index, call });
                self.growing.len() - 1
            }
        };
        Ok(&mut self.growing[place].call)
    }
}

fn too_much() -> ModelError {
    ModelError::Reported { detail: "more tool calls than any answer needs".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn taken(deltas: &[Value]) -> Vec<(String, String, String)> {
        let mut calls = Calls::default();
        for delta in deltas {
            assert!(calls.take(delta).unwrap(), "{delta}");
        }
        calls.finish().into_iter().map(|call| (call.id, call.tool, call.arguments)).collect()
    }

    fn call(id: &str, tool: &str, arguments: &str) -> (String, String, String) {
        (id.to_owned(), tool.to_owned(), arguments.to_owned())
    }

    #[test]
    fn pieces_of_several_calls_are_told_apart_by_their_number() {
        let deltas = [
            json!({"tool_calls": [{"index": 0, "id": "a", "type": "function", "function": {"name": "look", "arguments": ""}}]}),
            json!({"tool_calls": [{"index": 0, "function": {"arguments": "{\"at\":"}}]}),
            json!({"tool_calls": [{"index": 1, "id": "b", "function": {"name": "read", "arguments": "{}"}}]}),
            json!({"tool_calls": [{"index": 0, "function": {"arguments": " 1}"}}]}),
        ];
        assert_eq!(taken(&deltas), [call("a", "look", "{\"at\": 1}"), call("b", "read", "{}")]);
    }

    #[test]
    fn the_habits_of_other_servers_are_understood() {
        let whole_without_number = [
            json!({"tool_calls": [{"id": "a", "function": {"name": "look", "arguments": {"at": 1}}}]}),
            json!({"tool_calls": [{"id": "b", "function": {"name": "look", "arguments": "{}"}}]}),
        ];
        assert_eq!(taken(&whole_without_number), [call("a", "look", "{\"at\":1}"), call("b", "look", "{}")]);
        let all_numbered_zero = [
            json!({"tool_calls": [{"index": 0, "id": "a", "function": {"name": "look", "arguments": "{}"}}]}),
            json!({"tool_calls": [{"index": 0, "id": "b", "function": {"name": "read", "arguments": "{}"}}]}),
        ];
        assert_eq!(taken(&all_numbered_zero), [call("a", "look", "{}"), call("b", "read", "{}")]);
        let name_repeated = [
            json!({"tool_calls": [{"index": 0, "id": "a", "function": {"name": "look", "arguments": "{"}}]}),
            json!({"tool_calls": [{"index": 0, "id": "a", "function": {"name": "look", "arguments": "}"}}]}),
        ];
        assert_eq!(taken(&name_repeated), [call("a", "look", "{}")]);
        let old = [
            json!({"function_call": {"name": "look", "arguments": "{"}}),
            json!({"function_call": {"arguments": "}"}}),
        ];
        assert_eq!(taken(&old), [call("", "look", "{}")]);
        let no_ids = [
            json!({"tool_calls": [{"function": {"name": "look", "arguments": "{}"}}, {"function": {"name": "look", "arguments": "{}"}}]}),
        ];
        assert_eq!(taken(&no_ids), [call("", "look", "{}"), call("", "look", "{}")]);
    }

    #[test]
    fn what_is_no_call_is_none_and_endless_ones_are_refused() {
        let mut calls = Calls::default();
        for delta in [
            json!({"content": "x"}),
            json!({"tool_calls": null}),
            json!({"tool_calls": []}),
            json!({"function_call": null}),
        ] {
            assert!(!calls.take(&delta).unwrap(), "{delta}");
        }
        assert!(!calls.any());
        let endless = json!({"tool_calls": [{"index": 0, "function": {"name": "look", "arguments": "x".repeat(10_000)}}]});
        let refused = (0..30).find_map(|_| calls.take(&endless).err());
        assert!(matches!(refused, Some(ModelError::Reported { .. })), "{refused:?}");
        let mut calls = Calls::default();
        let refused = (0..100).find_map(|n| {
            calls.take(&json!({"tool_calls": [{"index": n, "function": {"name": "look"}}]})).err()
        });
        assert!(matches!(refused, Some(ModelError::Reported { .. })), "{refused:?}");
    }
}
