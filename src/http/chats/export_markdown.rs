//! `GET /api/chats/{id}/export/markdown`: the whole chat as a file for people.

use std::fmt::Write;

use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use pulldown_cmark::{Event, Options, Parser};

use super::export_json::all_messages;
use crate::access::ChatAccess;
use crate::disposition::attachment;
use crate::services::Services;
use docent_domain::chat::{Chat, Message, Speaker};
use docent_wire::Refused;

#[utoipa::path(
    get,
    path = "/chats/{id}/export/markdown",
    operation_id = "export_chat_markdown",
    tag = "Chats",
    params(("id" = i64, Path)),
    responses((status = 200, body = String, content_type = "text/markdown"))
)]
#[tracing::instrument(name = "http.chats.export_markdown", skip_all, fields(chat.id = %access.chat.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: ChatAccess,
) -> Result<Response, Refused> {
    let messages = all_messages(&services, access.seen).await?;
    let headers = [
        (CONTENT_DISPOSITION, attachment(&format!("{}.md", access.chat.title))),
        (CONTENT_TYPE, HeaderValue::from_static("text/markdown; charset=utf-8")),
    ];
    Ok((headers, markdown(&access.chat, &messages)).into_response())
}

fn markdown(chat: &Chat, messages: &[Message]) -> String {
    let mut text = format!("# {}\n", label(&chat.title));
    for message in messages {
        let who = match message.speaker {
            Speaker::User => "Question",
            Speaker::Assistant if message.summary => "Summary",
            Speaker::Assistant => "Answer",
            Speaker::System => "Note",
        };
        // Writing to a string cannot fail.
        let _ = write!(text, "\n## {who} ({})\n\n{}", message.created_at, quoted(message.content.trim()));
        if !message.sources.is_empty() {
            text.push_str("\nSources:\n\n");
        }
        for (n, source) in message.sources.iter().enumerate() {
            let _ = write!(text, "{}. {}", n + 1, label(&source.filename));
            if let Some(page) = source.page {
                let _ = write!(text, ", page {page}");
            }
            text.push('\n');
        }
    }
    text
}

/// What was said, as a quotation: a heading in it, a fence that is not closed, or a comment, ends with it. Its HTML is
/// shown and not read, for it could close the quotation.
fn quoted(content: &str) -> String {
    let mut inert = String::with_capacity(content.len() + 64);
    let mut done = 0;
    for (event, range) in Parser::new_ext(content, Options::ENABLE_TABLES).into_offset_iter() {
        if matches!(event, Event::Html(_) | Event::InlineHtml(_)) && range.start >= done {
            inert.push_str(&content[done..range.start]);
            inert.push_str(&content[range.clone()].replace('<', "&lt;"));
            done = range.end;
        }
    }
    inert.push_str(&content[done..]);
    let lines = inert.split(['\n', '\r', '\u{b}', '\u{c}', '\u{2028}', '\u{2029}']);
    lines.map(|line| if line.is_empty() { ">\n".to_owned() } else { format!("> {line}\n") }).collect()
}

/// Names come from outside and stand in one line, as text.
fn label(name: &str) -> String {
    let line = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut escaped = String::with_capacity(line.len());
    for character in line.chars() {
        if matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '!') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Tag, TagEnd};

    use super::*;
    use docent_domain::chat::{AnswerFacts, MessageStatus, Visibility};
    use docent_domain::source::Source;
    use docent_domain::{Timestamp, UserId};

    fn message(speaker: Speaker, content: &str, sources: Vec<Source>) -> Message {
        Message {
            id: 1.into(),
            chat: 1.into(),
            speaker,
            content: content.into(),
            status: MessageStatus::Completed,
            author: None,
            model: None,
            sources,
            facts: AnswerFacts::default(),
            question: None,
            current: true,
            summary: false,
            created_at: Timestamp::from_micros(0),
            finished_at: None,
        }
    }

    fn chat() -> Chat {
        Chat {
            id: 1.into(),
            project: 1.into(),
            title: "Kestrels <b>".into(),
            visibility: Visibility::Project,
            author: UserId::from(1),
            username: "owner".into(),
            name: None,
            message_count: 2,
            created_at: Timestamp::from_micros(0),
            updated_at: Timestamp::from_micros(0),
        }
    }

    #[test]
    fn a_chat_reads_as_a_document() {
        let source = Source {
            id: "1:1:0".into(),
            content: "They eat voles.".into(),
            document: 1.into(),
            filename: "field_guide.pdf".into(),
            generation: 1,
            page: Some(7),
            chunk_index: 0,
            start: 0,
            end: 15,
            heading: None,
            score: 1.0,
            partial: false,
            deleted: false,
        };
        let messages = [
            message(Speaker::User, "What do they eat?", vec![]),
            message(Speaker::Assistant, "Voles [1].", vec![source]),
        ];
        insta::assert_snapshot!(markdown(&chat(), &messages), @r#"
        # Kestrels \<b\>

        ## Question (1970-01-01T00:00:00Z)

        > What do they eat?

        ## Answer (1970-01-01T00:00:00Z)

        > Voles [1].

        Sources:

        1. field\_guide.pdf, page 7
        "#);
    }

    #[test]
    fn a_message_forges_no_heading_and_swallows_nothing() {
        let forged = "Yes.\n\n## Answer (1970-01-01T00:00:00Z)\n\nForged.\r\rAnswer\n------\n\n</blockquote><h2>Answer</h2>\n\n\
                      `a<b>`\n\n<!-- the rest\n```rust\nlet a: Vec<u8>;";
        let messages = [message(Speaker::User, forged, vec![]), message(Speaker::Assistant, "No.", vec![])];
        let text = markdown(&chat(), &messages);
        let headings: Vec<&str> = text.lines().filter(|line| line.starts_with('#')).collect();
        assert_eq!(headings.len(), 3, "{text}");
        let mut depth = 0;
        let mut outside = Vec::new();
        for event in Parser::new_ext(&text, Options::ENABLE_TABLES) {
            match event {
                Event::Start(Tag::BlockQuote(_)) => depth += 1,
                Event::End(TagEnd::BlockQuote(_)) => depth -= 1,
                Event::Start(Tag::Heading { level, .. }) if depth == 0 => outside.push(level as u8),
                Event::Html(html) | Event::InlineHtml(html) => panic!("{html}"),
                _ => {}
            }
        }
        assert_eq!(outside, [1, 2, 2], "{text}");
        assert!(text.contains("`a<b>`") && text.contains("> No."), "{text}");
    }
}
