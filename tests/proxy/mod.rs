//! The program with accounts behind a proxy that ends TLS, as the documentation sets it up.

mod nginx;

use std::path::Path;
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use nginx::{Nginx, client};
use serde_json::{Value, json};

use crate::sockets::client::{Client, Language, Transport};
use crate::support::process::Program;

const SCRIPT: &str =
    r#"{"steps": [{"pace": {"delay_ms": 150}}, {"say": ["Kestrels ", "eat ", "voles ", "every ", "day."]}]}"#;

struct Site {
    program: Program,
    nginx: Nginx,
    token: String,
    _folder: tempfile::TempDir,
}

impl Site {
    /// `None` where nginx is not installed.
    async fn start() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let program = Program::start(&data, &settings()).await;
        let nginx = Nginx::before(&[host(&program)]).await?;
        let admin = json!({"code": code(&data).await, "username": "ann", "password": PASSWORD});
        let answer = post(&nginx.url, "/api/auth/setup", admin).send().await.unwrap();
        assert!(answer.status().is_success());
        let answer = login(&client(None), &nginx.url, PASSWORD).await;
        let token = body(answer).await["access_token"].as_str().unwrap().to_owned();
        Some(Self { program, nginx, token, _folder: folder })
    }

    fn post(&self, path: &str, body: Value) -> reqwest::RequestBuilder {
        post(&self.nginx.url, path, body).bearer_auth(&self.token)
    }

    async fn project(&self) -> i64 {
        let answer = self.post("/api/projects", json!({"name": "Birds"})).send().await.unwrap();
        body(answer).await["id"].as_i64().unwrap()
    }
}

const PASSWORD: &str = "correct horse battery";

fn settings() -> [(&'static str, &'static str); 6] {
    [
        ("DOCENT_AUTH", "on"),
        ("TRUSTED_PROXIES", "127.0.0.1"),
        ("RETRIEVAL_MIN_COSINE", "0.05"),
        ("CHAT_PROVIDER", "scripted"),
        ("CHAT_SCRIPT", SCRIPT),
        ("DOCENT_JWT_SECRET", "0123456789abcdef-of-this-test-0123456789"),
    ]
}

fn host(program: &Program) -> &str {
    program.url().trim_start_matches("http://")
}

/// The one-time code, which the server prints a moment after it answers.
async fn code(data: &Path) -> String {
    for _ in 0..100 {
        let printed = fs_err::read_to_string(data.with_extension("out")).unwrap();
        if let Some((_, code)) = printed.split_once("one-time code: ") {
            return code.split_whitespace().next().unwrap().to_owned();
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("no code was printed");
}

fn post(base: &str, path: &str, body: Value) -> reqwest::RequestBuilder {
    client(None).post(format!("{base}{path}")).json(&body)
}

async fn login(client: &reqwest::Client, base: &str, password: &str) -> reqwest::Response {
    let body = json!({"username": "ann", "password": password});
    client.post(format!("{base}/api/auth/login")).json(&body).send().await.unwrap()
}

async fn body(answer: reqwest::Response) -> Value {
    serde_json::from_str(&answer.text().await.unwrap()).unwrap()
}

fn cookies(answer: &reqwest::Response) -> Vec<&str> {
    answer.headers().get_all("set-cookie").iter().map(|value| value.to_str().unwrap()).collect()
}

#[tokio::test]
async fn the_address_that_counts_is_the_clients_own() {
    let Some(site) = Site::start().await else { return };
    let (guesser, other) = (client(Some("127.0.0.2")), client(Some("127.0.0.3")));
    for _ in 0..10 {
        assert_eq!(login(&guesser, &site.nginx.url, "wrong").await.status(), 401);
    }
    assert_eq!(login(&guesser, &site.nginx.url, "wrong").await.status(), 429);
    assert_eq!(login(&other, &site.nginx.url, "wrong").await.status(), 401, "not everybody behind the proxy");
    let forged = guesser
        .post(format!("{}/api/auth/login", site.nginx.url))
        .header("x-forwarded-for", "203.0.113.9")
        .json(&json!({"username": "ann", "password": "wrong"}));
    assert_eq!(forged.send().await.unwrap().status(), 429, "nobody chooses where they come from");
    site.program.stop().await;
}

#[tokio::test]
async fn cookies_travel_by_tls_only() {
    let Some(site) = Site::start().await else { return };
    let through = login(&client(None), &site.nginx.url, PASSWORD).await;
    assert!(!cookies(&through).is_empty());
    assert!(cookies(&through).iter().all(|cookie| cookie.contains("; Secure")), "{:?}", cookies(&through));
    let straight = login(&client(None), site.program.url(), PASSWORD).await;
    assert!(cookies(&straight).iter().all(|cookie| !cookie.contains("; Secure")), "{:?}", cookies(&straight));
    site.program.stop().await;
}

#[tokio::test]
async fn pages_are_told_apart_by_their_origin() {
    let Some(site) = Site::start().await else { return };
    let asked = async |origin: &str| {
        let request = site.post("/api/projects", json!({"name": "Birds"})).header("origin", origin);
        request.send().await.unwrap().status().as_u16()
    };
    assert_eq!(asked(&site.nginx.url).await, 201, "the page's own, on a port of its own");
    assert_eq!(asked("https://127.0.0.1").await, 403);
    assert_eq!(asked("https://evil.example").await, 403);
    site.program.stop().await;
}

#[tokio::test]
async fn sockets_come_through_on_each_transport() {
    let Some(site) = Site::start().await else { return };
    let project = site.project().await;
    for transport in [Transport::Polling, Transport::Websocket, Transport::Both] {
        let mut socket = Client::start(Language::JavaScript);
        let more = json!({"auth": {"token": site.token}, "tls": {"rejectUnauthorized": false}});
        let connected = socket.try_connect(&site.nginx.url, transport, more).await;
        assert_eq!(connected["is"], "connected", "{transport:?}: {connected}");
        let joined = socket.ask("join_project", json!({"project_id": project})).await;
        assert_eq!(joined["ok"], true, "{transport:?}: {joined}");
    }
    let token = format!("/socket.io/?EIO=4&transport=polling&token={}", site.token);
    client(None).get(format!("{}{token}", site.nginx.url)).send().await.unwrap();
    site.program.kill().await;
    let gone = client(None).get(format!("{}{token}", site.nginx.url)).send().await.unwrap();
    assert_eq!(gone.status(), 502);
    let logs = site.nginx.logs();
    assert!(logs.contains("GET /socket.io/ 502") && !logs.contains(&site.token), "{logs}");
}

#[tokio::test]
async fn answers_arrive_as_they_are_written() {
    let Some(site) = Site::start().await else { return };
    let project = site.project().await;
    let part = reqwest::multipart::Part::text("# Kestrels\n\nKestrels eat voles every day.")
        .file_name("kestrels.md");
    let form = reqwest::multipart::Form::new().part("file", part);
    let url = format!("{}/api/projects/{project}/documents?wait=30", site.nginx.url);
    let read = client(None).post(url).bearer_auth(&site.token).multipart(form).send().await.unwrap();
    assert_eq!(body(read).await["document"]["status"], "completed");
    let chat = body(site.post("/api/chats", json!({"project_id": project})).send().await.unwrap()).await;
    let path = format!("/api/chats/{}/messages", chat["id"]);
    let asked = site.post(&path, json!({"message": "What do kestrels eat?", "stream": true}));
    let mut events = asked.send().await.unwrap().bytes_stream();
    let (mut text, mut first) = (String::new(), None);
    while let Some(piece) = events.next().await {
        text.push_str(&String::from_utf8_lossy(&piece.unwrap()));
        if first.is_none() && text.contains("Kestrels") {
            first = Some(Instant::now());
        }
    }
    assert!(text.contains("day."), "{text}");
    let spread = first.expect("the first words").elapsed();
    assert!(spread > Duration::from_millis(300), "everything came at once, within {spread:?}");
    site.program.stop().await;
}

#[tokio::test]
async fn the_largest_file_goes_through_and_a_larger_one_is_refused_by_docent() {
    let Some(site) = Site::start().await else { return };
    let path = format!("/api/projects/{}/documents", site.project().await);
    let upload = async |size: usize| {
        // Whoever reads it finds out soon that it is no PDF.
        let mut file = b"%PDF-1.7\n".to_vec();
        file.resize(size, 0);
        let part = reqwest::multipart::Part::bytes(file).file_name("large.pdf");
        let form = reqwest::multipart::Form::new().part("file", part);
        let url = format!("{}{path}", site.nginx.url);
        client(None).post(url).bearer_auth(&site.token).multipart(form).send().await.unwrap()
    };
    let kept = upload(100 << 20).await;
    assert_eq!(kept.status(), 201);
    assert_eq!(body(kept).await["document"]["file_size"], 100 << 20);
    let refused = upload((102 << 20) + 1).await;
    assert_eq!(refused.headers()["content-type"], "application/problem+json");
    assert_eq!(body(refused).await["code"], "file_too_large");
    site.program.kill().await;
}

#[tokio::test]
async fn requests_of_one_client_go_to_one_node() {
    let folder = tempfile::tempdir().unwrap();
    let data = ["one", "two"].map(|name| folder.path().join(name));
    let nodes = [Program::start(&data[0], &settings()).await, Program::start(&data[1], &settings()).await];
    let Some(nginx) = Nginx::before(&[host(&nodes[0]), host(&nodes[1])]).await else { return };
    // Nodes know their own handshakes only: on another node, polling ends at the second request.
    for _ in 0..4 {
        let mut socket = Client::start(Language::JavaScript);
        let tls = json!({"tls": {"rejectUnauthorized": false}});
        let connected = socket.try_connect(&nginx.url, Transport::Polling, tls).await;
        assert_eq!(connected["is"], "connected", "{connected}");
        socket.ask("ping", json!({})).await;
    }
    // Browsers are told apart though they share an address: their pages bring a cookie, once.
    let page = client(None).get(&nginx.url).header("accept", "text/html").send().await.unwrap();
    let cookie = cookies(&page)
        .iter()
        .find(|it| it.starts_with("docent_node="))
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let again = client(None).get(&nginx.url).header("accept", "text/html").header("cookie", &cookie);
    assert!(!cookies(&again.send().await.unwrap()).iter().any(|it| it.starts_with("docent_node=")));
    let api = client(None).get(format!("{}/healthz", nginx.url)).send().await.unwrap();
    assert!(cookies(&api).is_empty());
    for node in nodes {
        node.kill().await;
    }
}

#[tokio::test]
async fn a_node_that_is_gone_is_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    let node = Program::start(&folder.path().join("data"), &settings()).await;
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let Some(nginx) = Nginx::before(&[&gone, host(&node)]).await else { return };
    for address in ["127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.4"] {
        let answer = client(Some(address)).get(format!("{}/healthz", nginx.url)).send().await.unwrap();
        assert_eq!(answer.status(), 200, "from {address}");
    }
    node.stop().await;
}
