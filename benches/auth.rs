//! `cargo bench --bench auth -- [requests]`: what authentication costs a REST call and a socket event, with everything
//! it remembers in memory. The same calls go to a server without accounts, to one with an access token and to one with
//! an API key, one by one in turns, so that what the machine does meanwhile meets all of them. Then how long a refused
//! sign-in takes, for a wrong password and for a name that nobody has. Prints a table, and JSON as its last line.

use std::sync::Arc;
use std::time::Instant;

use docent::app::{Options, Server};
use docent::config::{Config, Sources};
use docent::models::{Script, Scripted};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

#[tokio::main]
async fn main() {
    let count = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(5_000);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (open, closed) = (start(&folder, "off").await, start(&folder, "on").await);
    let tokens = set_up(&closed).await;
    let mut ways = vec![Way::new("without accounts", &open, None).await];
    for (name, token) in ["access token", "API key"].into_iter().zip(&tokens) {
        ways.push(Way::new(name, &closed, Some(token)).await);
    }
    println!("{:<28} {:>14} {:>14} {:>14} {:>14}", "", "REST p50 ms", "p99 ms", "event p50 ms", "p99 ms");
    for round in 0..count + count / 10 {
        for way in &mut ways {
            let (rest, event) = (way.rest().await, way.event().await);
            // The first tenth warms up.
            if round >= count / 10 {
                way.rest.push(rest);
                way.event.push(event);
            }
        }
    }
    let rows: Vec<Value> = ways.iter_mut().map(Way::row).collect();
    let over = |at: usize, what: &str| {
        let of = |row: &Value| row[what].as_f64().unwrap_or(f64::NAN);
        of(&rows[at]) - of(&rows[0])
    };
    let added = json!({
        "rest_access_token_ms": over(1, "rest_p50_ms"),
        "rest_api_key_ms": over(2, "rest_p50_ms"),
        "event_access_token_ms": over(1, "event_p50_ms"),
        "event_api_key_ms": over(2, "event_p50_ms"),
    });
    println!("added at p50: {added} (goal: under 0.2 ms each)");
    let sign_ins = sign_ins(&closed, (count / 50).clamp(20, 200)).await;
    println!("a refused sign-in, p50: {sign_ins}");
    let told = json!({
        "bench": "auth", "calls": count, "ways": rows, "added": added, "refused_sign_ins": sign_ins,
    });
    println!("{told}");
    open.shutdown().await;
    closed.shutdown().await;
}

async fn start(folder: &tempfile::TempDir, auth: &str) -> Server {
    let data = folder.path().join(auth).display().to_string();
    let environment = [
        ("DOCENT_LISTEN", "127.0.0.1:0"),
        ("DOCENT_DATA_DIR", &data),
        ("DOCENT_AUTH", auth),
        ("EMBEDDING_PROVIDER", "hash"),
        ("TRUSTED_PROXIES", "127.0.0.1"),
    ];
    let environment = environment.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    let config = Config::load(&Sources { environment, ..Sources::default() }).expect("sound settings");
    let model = Some(Arc::new(Scripted::new(Script::default())) as _);
    let program = std::env::current_exe().ok();
    Server::start(&config, Options { program, model, ..Options::default() }).await.expect("a server")
}

/// The first admin's access token, and an API key.
async fn set_up(server: &Server) -> [String; 2] {
    let code = server.setup_code().await.expect("a database").expect("no account yet");
    let body = json!({"code": code, "username": "ann", "password": "correct horse battery"});
    let (http, base) = (client(), format!("http://{}/api", server.address));
    let post = async |path: &str, token: &str, body: Value| -> Value {
        let request = http.post(format!("{base}{path}")).json(&body);
        let request = if token.is_empty() { request } else { request.bearer_auth(token) };
        request.send().await.expect("an answer").json().await.expect("JSON")
    };
    let text = |value: &Value| value.as_str().expect("a string").to_owned();
    let access = text(&post("/auth/setup", "", body).await["access_token"]);
    let key = text(&post("/auth/api-keys", &access, json!({})).await["key"]);
    [access, key]
}

/// How long it takes to be refused, with an account's name and with nobody's, in turns.
async fn sign_ins(server: &Server, count: usize) -> Value {
    let (http, url) = (client(), format!("http://{}/api/auth/login", server.address));
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for round in 0..count {
        for (username, taken) in [("ann", &mut known), ("nobody", &mut unknown)] {
            // Each from elsewhere: attempts of one address are limited.
            let address = format!("198.18.{}.{}", round / 250, round % 250);
            let body = json!({ "username": username, "password": "wrong password" });
            let begun = Instant::now();
            let request = http.post(&url).header("x-forwarded-for", address).json(&body);
            let status = request.send().await.expect("an answer").status();
            taken.push(begun.elapsed().as_secs_f64() * 1e3);
            assert_eq!(status.as_u16(), 401, "{username}");
        }
    }
    known.sort_by(f64::total_cmp);
    unknown.sort_by(f64::total_cmp);
    let at = |taken: &[f64], share: f64| taken[((taken.len() - 1) as f64 * share) as usize];
    json!({
        "count": count,
        "wrong_password_p50_ms": at(&known, 0.5), "wrong_password_p90_ms": at(&known, 0.9),
        "unknown_name_p50_ms": at(&unknown, 0.5), "unknown_name_p90_ms": at(&unknown, 0.9),
    })
}

fn client() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().tcp_nodelay(true).build().expect("a client")
}

/// One way of asking.
struct Way {
    name: &'static str,
    http: reqwest::Client,
    url: String,
    token: Option<String>,
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    rest: Vec<f64>,
    event: Vec<f64>,
}

impl Way {
    async fn new(name: &'static str, server: &Server, token: Option<&String>) -> Self {
        let address = format!("ws://{}/socket.io/?EIO=4&transport=websocket", server.address);
        let (mut socket, _) = tokio_tungstenite::connect_async(address).await.expect("a connection");
        let hello = token.map_or_else(|| "40".to_owned(), |token| format!("40{}", json!({ "token": token })));
        socket.send(Message::Text(hello.into())).await.expect("the server lives");
        let token = token.cloned();
        let url = format!("http://{}/api/llm/status", server.address);
        let mut way = Self { name, http: client(), url, token, socket, rest: vec![], event: vec![] };
        way.heard(r#"42["connected""#).await;
        way
    }

    /// A call that reads nothing but who asks.
    async fn rest(&self) -> f64 {
        let begun = Instant::now();
        let mut request = self.http.get(&self.url);
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        let answer = request.send().await.expect("an answer");
        assert!(answer.status().is_success(), "{}: {}", self.name, answer.status());
        drop(answer.bytes().await.expect("an answer"));
        begun.elapsed().as_secs_f64() * 1e3
    }

    async fn event(&mut self) -> f64 {
        let begun = Instant::now();
        self.socket.send(Message::Text(r#"421["ping",{}]"#.into())).await.expect("the server lives");
        self.heard("431[").await;
        begun.elapsed().as_secs_f64() * 1e3
    }

    async fn heard(&mut self, wanted: &str) {
        while let Some(message) = self.socket.next().await {
            let Message::Text(text) = message.expect("the server lives") else { continue };
            assert!(!text.starts_with("44"), "{}: refused: {text}", self.name);
            if text.as_str() == "2" {
                self.socket.send(Message::Text("3".into())).await.expect("the server lives");
            }
            if text.starts_with(wanted) {
                return;
            }
        }
        panic!("{}: the server closed the socket", self.name);
    }

    fn row(&mut self) -> Value {
        self.rest.sort_by(f64::total_cmp);
        self.event.sort_by(f64::total_cmp);
        let at = |taken: &[f64], share: f64| taken[((taken.len() - 1) as f64 * share) as usize];
        let (rest, event) = (&self.rest, &self.event);
        let [a, b, c, d] = [at(rest, 0.5), at(rest, 0.99), at(event, 0.5), at(event, 0.99)];
        println!("{:<28} {a:>14.3} {b:>14.3} {c:>14.3} {d:>14.3}", self.name);
        json!({ "way": self.name, "rest_p50_ms": a, "rest_p99_ms": b, "event_p50_ms": c, "event_p99_ms": d })
    }
}
