//! One answer's events, as assistant rooms name them.

use std::collections::VecDeque;

use super::wire::{
    AnswerView, ChunkView, EndView, FunctionCallView, ReceivedView, StartView, StreamErrorView,
};
use super::{named, room_id};
use crate::hub::forwarder::Translate;
use crate::hub::outbox::Parcel;
use docent_domain::chat::TurnEvent;
use docent_domain::source::Source;
use docent_domain::{ChatId, Code, MessageId};

/// Who hears it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Listener {
    /// Knows the question already.
    Asker,
    Member,
}

pub(crate) struct Translator {
    room: String,
    answer: MessageId,
    listener: Listener,
    /// What the connection is called where calls are given to it.
    holder: String,
    sources: Vec<Source>,
}

impl Translator {
    pub(super) fn asker(chat: ChatId, answer: MessageId, holder: String) -> Self {
        Self { room: room_id(chat), answer, listener: Listener::Asker, holder, sources: Vec::new() }
    }

    pub(crate) fn member(chat: ChatId, answer: MessageId, holder: String) -> Self {
        Self { room: room_id(chat), answer, listener: Listener::Member, holder, sources: Vec::new() }
    }

    fn event(&self, name: &'static str, body: &impl serde::Serialize) -> Parcel {
        Parcel::event(named(name, Some(&self.room)), body)
    }

    fn chunk(&self, content: &str, done: bool) -> Parcel {
        self.event("stream_chunk", &ChunkView { message_id: self.answer.get(), content, done })
    }

    fn end(&self, cancelled: bool) -> Parcel {
        self.event("stream_end", &EndView { message_id: self.answer.get(), cancelled })
    }

    fn failed(&self, code: Code, message: &str) -> Parcel {
        self.event("stream_error", &StreamErrorView::new(self.answer, code, message))
    }
}

impl Translate for Translator {
    fn translate(&mut self, event: TurnEvent, out: &mut VecDeque<Parcel>) {
        match event {
            TurnEvent::Accepted(accepted) => {
                if self.listener == Listener::Member {
                    out.push_back(self.event("receive_message", &ReceivedView::question(&accepted)));
                }
                out.push_back(self.event("stream_start", &StartView { message_id: self.answer.get() }));
            }
            // They are told with the whole answer.
            TurnEvent::Sources(sources) => self.sources = sources,
            TurnEvent::Token(frame) => out.push_back(self.chunk(&frame.text, false)),
            TurnEvent::ToolCall(call) => {
                out.push_back(self.event("receive_message", &ReceivedView::call(&call)));
                if call.holder.as_ref() == Some(&self.holder) {
                    out.push_back(self.event("function_call", &FunctionCallView::new(&call)));
                }
            }
            TurnEvent::ToolResult(result) => {
                out.push_back(self.event("receive_message", &ReceivedView::result(&result)));
            }
            TurnEvent::Completed(done) => {
                out.push_back(self.chunk("", true));
                out.push_back(self.end(false));
                let sources = &self.sources;
                out.push_back(self.event("message", &AnswerView::new(self.answer, &done, sources)));
                let received = ReceivedView::answer(self.answer, &done, sources);
                out.push_back(self.event("receive_message", &received));
            }
            TurnEvent::Cancelled { content: _ } => {
                out.push_back(self.chunk("", true));
                out.push_back(self.end(true));
            }
            TurnEvent::Failed { code, message, content: _ } => out.push_back(self.failed(code, &message)),
            TurnEvent::Interrupted { content: _ } => out.push_back(self.failed(
                Code::Interrupted,
                "The server stopped before the answer was complete; what there is of it is kept. Ask again",
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hub::forwarder::heard;
    use docent_domain::Timestamp;
    use docent_domain::chat::{Accepted, Completed, FinishReason, Frame, ToolCall, ToolResult};

    fn turn() -> Vec<TurnEvent> {
        let text = |seq, text: &str| {
            TurnEvent::Token(Frame { first_seq: seq, seq, text: text.into(), doubts: Vec::new() })
        };
        let (call, tool) = ("call_3_1".to_owned(), "get_weather".to_owned());
        let result =
            |outcome| TurnEvent::ToolResult(ToolResult { call: call.clone(), tool: tool.clone(), outcome });
        vec![
            TurnEvent::Accepted(Accepted {
                chat: 1.into(),
                answer: 3.into(),
                question: 2.into(),
                content: "What is the weather?".into(),
                user: 7.into(),
                username: "ann".into(),
                at: Timestamp::from_micros(0),
            }),
            TurnEvent::Sources(Vec::new()),
            text(0, "Wait. "),
            TurnEvent::ToolCall(ToolCall {
                id: call.clone(),
                tool: tool.clone(),
                arguments: serde_json::json!({"place": "Bonn"}),
                holder: Some("mine".into()),
            }),
            result(Ok(serde_json::json!("fog"))),
            result(Err("it was not answered within 30 s".into())),
            text(1, "Fog."),
            TurnEvent::Completed(Completed {
                content: "Wait. Fog.".into(),
                model: "scripted".into(),
                sources_count: 0,
                cited: Vec::new(),
                prompt_tokens: None,
                completion_tokens: None,
                latency_ms: 12,
                finish_reason: FinishReason::Stop,
                doubts: Vec::new(),
                at: Timestamp::from_micros(1_000_000),
            }),
        ]
    }

    fn asker(holder: &str) -> Translator {
        Translator::asker(1.into(), 3.into(), holder.to_owned())
    }

    #[test]
    fn a_whole_turn_as_another_member_hears_it() {
        let member = Translator::member(1.into(), 3.into(), "another".to_owned());
        insta::assert_snapshot!(heard(member, turn()), @r#"
        receive_message room_1 {"type":"sbaw.text_message.user","data":{"id":2,"content":"What is the weather?","role":"user","created_timestamp":"1970-01-01T00:00:00Z","username":"ann"}}
        stream_start room_1 {"message_id":3}
        stream_chunk room_1 {"message_id":3,"content":"Wait. ","done":false}
        receive_message room_1 {"type":"sbaw.function_call","data":{"function_name":"get_weather","arguments":{"place":"Bonn"},"call_id":"call_3_1"}}
        receive_message room_1 {"type":"sbaw.function_result","data":{"call_id":"call_3_1","function_name":"get_weather","result":"fog"}}
        receive_message room_1 {"type":"sbaw.error","data":{"call_id":"call_3_1","function_name":"get_weather","error":"it was not answered within 30 s"}}
        stream_chunk room_1 {"message_id":3,"content":"Fog.","done":false}
        stream_chunk room_1 {"message_id":3,"content":"","done":true}
        stream_end room_1 {"message_id":3}
        message room_1 {"message":{"message_id":3,"content":"Wait. Fog.","role":"assistant","timestamp":"1970-01-01T00:00:01Z","sources":[],"model":"scripted","finish_reason":"stop"}}
        receive_message room_1 {"type":"sbaw.text_message.assistant","data":{"id":3,"content":"Wait. Fog.","role":"assistant","created_timestamp":"1970-01-01T00:00:01Z","sources":[]}}
        "#);
    }

    #[test]
    fn a_call_goes_to_whoever_declared_the_tool_and_a_question_to_the_others() {
        let mine = heard(asker("mine"), turn());
        assert!(mine.starts_with("stream_start room_1"), "{mine}");
        let call = r#"function_call room_1 {"function_name":"get_weather","arguments":{"place":"Bonn"},"call_id":"call_3_1"}"#;
        assert_eq!(mine.lines().filter(|line| *line == call).count(), 1, "{mine}");
        assert!(!heard(asker("another"), turn()).contains("\nfunction_call"));
    }

    #[test]
    fn other_ends_have_other_names() {
        let end = |event| heard(asker("mine"), vec![event]);
        insta::assert_snapshot!(end(TurnEvent::Cancelled { content: "Wait".into() }), @r#"
        stream_chunk room_1 {"message_id":3,"content":"","done":true}
        stream_end room_1 {"message_id":3,"cancelled":true}
        "#);
        let failed = TurnEvent::Failed {
            code: Code::LlmUnavailable,
            message: "The language model cannot be reached".into(),
            content: String::new(),
        };
        insta::assert_snapshot!(end(failed), @r#"stream_error room_1 {"message_id":3,"error":"The language model cannot be reached","code":"llm_unavailable"}"#);
        insta::assert_snapshot!(end(TurnEvent::Interrupted { content: String::new() }), @r#"stream_error room_1 {"message_id":3,"error":"The server stopped before the answer was complete; what there is of it is kept. Ask again","code":"interrupted"}"#);
    }
}
