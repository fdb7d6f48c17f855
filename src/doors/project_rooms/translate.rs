//! One answer's events, as project rooms name them.

use std::collections::VecDeque;

use crate::hub::forwarder::Translate;
use crate::hub::outbox::Parcel;
use docent_domain::chat::TurnEvent;
use docent_domain::{ChatId, MessageId};
use docent_wire::turn::TurnView;

/// Why somebody follows an answer, which decides where they come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum From {
    /// With the question.
    Beginning,
    /// After a reconnect: the question is known.
    Sources,
    /// Only how it ends.
    End,
}

pub(super) struct Translator {
    chat: ChatId,
    answer: MessageId,
    from: From,
    event: &'static str,
}

impl Translator {
    pub(super) const fn asker(chat: ChatId, answer: MessageId) -> Self {
        Self { chat, answer, from: From::Beginning, event: "send_message" }
    }

    pub(super) const fn follower(chat: ChatId, answer: MessageId) -> Self {
        Self { chat, answer, from: From::Beginning, event: "send_message" }
    }

    pub(super) const fn resumer(chat: ChatId, answer: MessageId) -> Self {
        Self { chat, answer, from: From::Sources, event: "resume_message" }
    }

    pub(super) const fn ending(chat: ChatId, answer: MessageId) -> Self {
        Self { chat, answer, from: From::End, event: "cancel_message" }
    }
}

impl Translate for Translator {
    fn translate(&mut self, event: TurnEvent, out: &mut VecDeque<Parcel>) {
        let known = match event {
            TurnEvent::Accepted(_) => self.from != From::Beginning,
            TurnEvent::Sources(_) | TurnEvent::ToolCall(_) | TurnEvent::Token(_) => self.from == From::End,
            _ => false,
        };
        if !known && let Some(view) = TurnView::of((self.chat, self.answer), &event, self.event) {
            out.push_back(Parcel::event(view.name(), &view));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hub::forwarder::heard;
    use docent_domain::chat::{Accepted, Completed, FinishReason, Frame, ToolCall};
    use docent_domain::reading::Reading;
    use docent_domain::source::Source;
    use docent_domain::{Code, Timestamp};

    fn whole_turn() -> Vec<TurnEvent> {
        let token = |first_seq, seq, text: &str| {
            TurnEvent::Token(Frame { first_seq, seq, text: text.into(), doubts: Vec::new() })
        };
        vec![
            TurnEvent::Accepted(Accepted {
                chat: 1.into(),
                answer: 3.into(),
                question: 2.into(),
                content: "What do kestrels eat?".into(),
                user: 7.into(),
                username: "ann".into(),
                at: Timestamp::from_micros(0),
            }),
            TurnEvent::Sources(vec![Source {
                id: "5:1:0".into(),
                content: "Kestrels eat voles.".into(),
                document: 5.into(),
                filename: "kestrel.pdf".into(),
                generation: 1,
                page: None,
                chunk_index: 0,
                start: 0,
                end: 19,
                heading: None,
                score: 0.9,
                partial: false,
                deleted: false,
            }]),
            token(0, 0, "They eat"),
            token(1, 3, " voles [1]."),
            TurnEvent::Completed(Completed {
                content: "They eat voles [1].".into(),
                model: "scripted".into(),
                sources_count: 1,
                cited: vec![1],
                prompt_tokens: None,
                completion_tokens: Some(5),
                latency_ms: 12,
                finish_reason: FinishReason::Stop,
                doubts: Vec::new(),
                at: Timestamp::from_micros(0),
            }),
        ]
    }

    #[test]
    fn a_whole_turn() {
        insta::assert_snapshot!(heard(Translator::asker(1.into(), 3.into()), whole_turn()), @r#"
        message_received {"chat_id":1,"message_id":3,"status":"processing","user_message":{"id":2,"content":"What do kestrels eat?","user":{"id":7,"username":"ann"}}}
        message_sources {"chat_id":1,"message_id":3,"sources":[{"id":"5:1:0","content":"Kestrels eat voles.","metadata":{"document_id":5,"filename":"kestrel.pdf","generation":1,"page":null,"chunk_index":0,"start":0,"end":19},"score":0.9}]}
        message_token {"chat_id":1,"message_id":3,"seq":0,"token":"They eat"}
        message_token {"chat_id":1,"message_id":3,"first_seq":1,"seq":3,"token":" voles [1]."}
        message_complete {"chat_id":1,"message_id":3,"content":"They eat voles [1].","metadata":{"model":"scripted","sources_count":1,"cited":[1],"completion_tokens":5,"latency_ms":12,"finish_reason":"stop"}}
        "#);
    }

    #[test]
    fn of_calls_only_the_reading_for_a_summary_is_told() {
        let reading = Reading {
            document: 5.into(),
            filename: "kestrel.pdf".into(),
            part: 2,
            of: 9,
            nth: 1,
            documents: 1,
        };
        let call = reading.call("part_2".into());
        let other = ToolCall { tool: "search_documents".into(), ..call.clone() };
        let turn = vec![TurnEvent::ToolCall(other), TurnEvent::ToolCall(call)];
        insta::assert_snapshot!(heard(Translator::asker(1.into(), 3.into()), turn.clone()), @r#"message_progress {"chat_id":1,"message_id":3,"document_id":5,"filename":"kestrel.pdf","part":2,"of":9,"nth":1,"documents":1}"#);
        assert_eq!(heard(Translator::ending(1.into(), 3.into()), turn), "");
    }

    #[test]
    fn after_a_reconnect_the_question_is_not_repeated() {
        let heard = heard(Translator::resumer(1.into(), 3.into()), whole_turn());
        assert!(heard.starts_with("message_sources"), "{heard}");
    }

    #[test]
    fn who_only_stopped_it_hears_the_end() {
        let mut events = whole_turn();
        events.pop();
        events.push(TurnEvent::Cancelled { content: "They eat".into() });
        insta::assert_snapshot!(heard(Translator::ending(1.into(), 3.into()), events), @r#"message_cancelled {"chat_id":1,"message_id":3,"content":"They eat"}"#);
    }

    #[test]
    fn failures_carry_their_code_and_the_message_they_belong_to() {
        let failed = TurnEvent::Failed {
            code: Code::LlmUnavailable,
            message: "The language model cannot be reached".into(),
            content: String::new(),
        };
        insta::assert_snapshot!(heard(Translator::asker(1.into(), 3.into()), vec![failed]), @r#"error {"status":"error","message":"The language model cannot be reached","code":"llm_unavailable","error":"llm_unavailable","event":"send_message","chat_id":1,"message_id":3}"#);
        let died = TurnEvent::Interrupted { content: "They".into() };
        insta::assert_snapshot!(heard(Translator::resumer(1.into(), 3.into()), vec![died]), @r#"error {"status":"error","message":"The server stopped before the answer was complete; what there is of it is kept. Ask again","code":"interrupted","error":"interrupted","event":"resume_message","chat_id":1,"message_id":3}"#);
    }
}
