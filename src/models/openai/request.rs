//! The body of a request for a streamed answer.

use serde_json::{Value, json};

use crate::{Prompt, Round, ToolChoice};
use docent_domain::chat::Speaker;

pub(super) fn request(prompt: &Prompt, model: &str) -> Value {
    let said = prompt.messages.iter().map(|message| {
        let role = match message.speaker {
            Speaker::User => "user",
            Speaker::Assistant => "assistant",
            Speaker::System => "system",
        };
        json!({ "role": role, "content": message.content })
    });
    let messages: Vec<Value> = said.chain(prompt.rounds.iter().flat_map(round)).collect();
    let mut body = json!({
        "model": model,
        "messages": messages,
        "stream": true,
        "stream_options": { "include_usage": true },
    });
    if !prompt.tools.is_empty() {
        let tool = |tool: &crate::Tool| {
            let (name, description, parameters) = (&tool.name, &tool.description, &tool.parameters);
            json!({
                "type": "function",
                "function": { "name": name, "description": description, "parameters": parameters },
            })
        };
        body["tools"] = prompt.tools.iter().map(tool).collect();
        body["tool_choice"] = match prompt.tool_choice {
            ToolChoice::Auto => json!("auto"),
            ToolChoice::None => json!("none"),
        };
    }
    if let Some(most) = prompt.max_tokens {
        // Its old name, which every server knows.
        body["max_tokens"] = most.into();
    }
    if !prompt.stop.is_empty() {
        body["stop"] = json!(prompt.stop);
    }
    if let Some(temperature) = prompt.temperature {
        // By way of the shortest text: 0.7 is to arrive as 0.7, not as 0.699999988079071.
        body["temperature"] = temperature.to_string().parse::<f64>().map_or(Value::Null, Value::from);
    }
    body
}

/// The names of the tools that a request offers.
pub(super) fn tools_in(body: &Value) -> Vec<String> {
    let tools = body.get("tools").and_then(Value::as_array);
    let name = |tool: &Value| tool.get("function")?.get("name")?.as_str().map(str::to_owned);
    tools.map(|tools| tools.iter().filter_map(name).collect()).unwrap_or_default()
}

/// Takes out everything that a server without tools may stumble over.
pub(super) fn without_tools(body: &mut Value) {
    if let Some(fields) = body.as_object_mut() {
        fields.remove("tools");
        fields.remove("tool_choice");
    }
}

/// The calls as the model made them, and a message for each result.
fn round(round: &Round) -> Vec<Value> {
    let calls: Vec<Value> = round
        .uses
        .iter()
        .map(|done| {
            json!({
                "id": done.call.id,
                "type": "function",
                "function": { "name": done.call.tool, "arguments": done.call.arguments },
            })
        })
        .collect();
    let said = if round.said.is_empty() { Value::Null } else { round.said.as_str().into() };
    let mut messages = vec![json!({ "role": "assistant", "content": said, "tool_calls": calls })];
    messages.extend(
        round
            .uses
            .iter()
            .map(|done| json!({ "role": "tool", "tool_call_id": done.call.id, "content": done.result })),
    );
    messages
}
