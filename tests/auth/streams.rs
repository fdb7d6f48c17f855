//! Answers of REST, streamed or whole, end when their reader may read no more, or what they tell of is gone.

use std::time::{Duration, Instant};

use futures_util::StreamExt;
use reqwest::Method;
use serde_json::json;

use super::site::{Person, QUESTION, Site, both_sites, endless};

/// Opens an answer without an end, and reads until it has begun.
async fn stream(
    site: &Site,
    person: &Person,
    chat: i64,
) -> impl futures_util::Stream<Item = String> + Unpin + use<> {
    site.model.will(endless());
    let body = json!({"message": QUESTION, "stream": true});
    let request = person.request(Method::POST, &format!("/api/chats/{chat}/messages")).json(&body);
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), 200);
    let text = |piece: reqwest::Result<bytes::Bytes>| String::from_utf8(piece.unwrap().to_vec()).unwrap();
    let mut pieces = Box::pin(response.bytes_stream().map(text));
    for _ in 0..4 {
        assert!(pieces.next().await.is_some());
    }
    assert!(site.model.open() > 0, "the model was not asked");
    pieces
}

both_sites!(a_stream_ends_with_the_right_to_read_it);

async fn a_stream_ends_with_the_right_to_read_it(site: Site) {
    let admin = site.admin().await;
    let (ann, owner) = (site.user(&admin, "ann").await, site.user(&admin, "owner2").await);
    for way in ["member", "chat", "project", "logout"] {
        let project = owner.project("Birds").await;
        owner.make_member(project, &ann, "editor").await;
        owner.upload(project).await;
        let chat = ann.chat(project).await;
        let mut pieces = stream(&site, &ann, chat).await;
        let begun = Instant::now();
        let answer = match way {
            "member" => owner.delete(&format!("/api/projects/{project}/members/{}", ann.id)).await,
            "chat" => owner.delete(&format!("/api/chats/{chat}")).await,
            "project" => owner.delete(&format!("/api/projects/{project}")).await,
            _ => ann.post("/api/auth/logout", json!({})).await,
        };
        assert_eq!(answer.status, 204, "{way}: {}", answer.text);
        let rest = async {
            let mut heard = String::new();
            while let Some(piece) = pieces.next().await {
                heard.push_str(&piece);
            }
            heard
        };
        let ended = tokio::time::timeout(Duration::from_secs(5), rest).await;
        let Ok(heard) = ended else { panic!("{way}: the stream goes on after {:?}", begun.elapsed()) };
        let last = heard.trim_end().rsplit("\n\n").next().unwrap();
        assert!(last.starts_with("event: error") && last.contains("\"code\":\"not_found\""), "{way}: {last}");
    }
    site.stop().await;
}

both_sites!(a_whole_answer_is_not_told_to_who_may_not_read_it_any_more);

async fn a_whole_answer_is_not_told_to_who_may_not_read_it_any_more(site: Site) {
    let admin = site.admin().await;
    let (ann, owner) = (site.user(&admin, "ann").await, site.user(&admin, "owner2").await);
    for way in ["member", "chat", "mcp", "logout"] {
        let project = owner.project("Birds").await;
        owner.make_member(project, &ann, "editor").await;
        owner.upload(project).await;
        let chat = ann.chat(project).await;
        let asked = site.model.asked().len();
        site.model.will(endless());
        let request = if way == "mcp" {
            let arguments = json!({"question": QUESTION, "project": project});
            let call = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call",
                "params": {"name": "ask", "arguments": arguments}});
            ann.request(Method::POST, "/mcp").json(&call)
        } else {
            let path = format!("/api/chats/{chat}/messages");
            ann.request(Method::POST, &path).json(&json!({"message": QUESTION}))
        };
        #[expect(clippy::disallowed_methods, reason = "it is waited for here")]
        let answer = tokio::spawn(async move { request.send().await.unwrap().text().await.unwrap() });
        let begun = async {
            while site.model.asked().len() == asked {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), begun).await.expect("the model was not asked");
        let done = match way {
            "member" | "mcp" => owner.delete(&format!("/api/projects/{project}/members/{}", ann.id)).await,
            "chat" => owner.delete(&format!("/api/chats/{chat}")).await,
            _ => ann.post("/api/auth/logout", json!({})).await,
        };
        assert_eq!(done.status, 204, "{way}: {}", done.text);
        let Ok(answer) = tokio::time::timeout(Duration::from_secs(5), answer).await else {
            panic!("{way}: the answer is still waited for")
        };
        let answer = answer.unwrap();
        assert!(answer.contains("This chat is not open to you any more"), "{way}: {answer}");
    }
    site.stop().await;
}
