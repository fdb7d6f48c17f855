//! The main job with nothing faked: the whole server, the real embedding model, real files, the official clients.

use std::path::Path;

use docent::app::{Options, Server};
use docent::config::{Config, Sources};
use serde_json::{Value, json};

use super::client::Client;
use super::{CLIENTS, assert_gapless};
use crate::support::home;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn uploading_watching_and_asking_with_every_client() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path()).await;
    let base = format!("http://{}", server.address);
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    for (language, transport) in CLIENTS {
        let project =
            post(&http, &format!("{base}/api/projects"), json!({"name": "Field guide"})).await["id"].clone();
        let chat =
            post(&http, &format!("{base}/api/chats"), json!({"project_id": project})).await["id"].clone();
        let mut client = Client::connect(&base, language, transport).await;
        assert_eq!(client.ask("join_project", json!({"project_id": project})).await["ok"], true);

        upload(&http, &format!("{base}/api/projects/{project}/documents"), "birds.pdf").await;
        let stages = watch_to_the_end(&mut client).await;
        assert_eq!(stages.last().unwrap()["stage"], "done", "{stages:?}");
        let percents: Vec<i64> = stages.iter().map(|status| status["progress"].as_i64().unwrap()).collect();
        assert!(percents.is_sorted() && percents.last() == Some(&100), "{percents:?}");

        let question = "How much does the nest of the storks weigh?";
        client.emit("send_message", json!({"chat_id": chat, "message": question})).await;
        let turn = client.turn().await;
        assert_eq!(turn[0].0, "message_received");
        assert_eq!(turn[1].0, "message_sources");
        let best = &turn[1].1["sources"][0]["metadata"];
        assert_eq!(
            (best["filename"].as_str(), best["page"].as_i64()),
            (Some("birds.pdf"), Some(2)),
            "{best}"
        );
        let (name, complete) = turn.last().unwrap();
        assert_eq!(name, "message_complete");
        let tokens: Vec<&Value> =
            turn.iter().filter(|(name, _)| name == "message_token").map(|(_, body)| body).collect();
        assert_gapless(&turn, 0, tokens.last().unwrap()["seq"].as_i64().unwrap());
        let text: String = tokens.iter().map(|token| token["token"].as_str().unwrap()).collect();
        assert_eq!(complete["content"], text.as_str());
        assert!(text.contains("800 kilograms") && text.contains("[1]"), "{text}");
        assert_eq!(complete["metadata"]["cited"][0], 1);
    }
    server.shutdown().await;
}

async fn start(folder: &Path) -> Server {
    let environment = [
        ("DOCENT_LISTEN", "127.0.0.1:0".to_owned()),
        ("DOCENT_DATA_DIR", folder.join("data").display().to_string()),
        ("DOCENT_HOME", home().display().to_string()),
    ];
    let environment = environment.map(|(name, value)| (name.to_owned(), value)).into();
    let config = Config::load(&Sources { environment, ..Sources::default() }).unwrap();
    let program = Some(env!("CARGO_BIN_EXE_docent").into());
    Server::start(&config, Options { program, ..Options::default() }).await.unwrap()
}

/// The states of the one document that is being read, up to its last.
async fn watch_to_the_end(client: &mut Client) -> Vec<Value> {
    let mut states = Vec::new();
    loop {
        let status = client.event("document_status").await;
        let ended = matches!(status["status"].as_str(), Some("completed" | "failed" | "cancelled"));
        states.push(status);
        if ended {
            return states;
        }
    }
}

async fn upload(http: &reqwest::Client, url: &str, name: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/documents").join(name);
    let part = reqwest::multipart::Part::bytes(fs_err::read(path).unwrap()).file_name(name.to_owned());
    let form = reqwest::multipart::Form::new().part("file", part);
    let answer = http.post(url).multipart(form).send().await.unwrap();
    assert_eq!(answer.status(), 201);
}

async fn post(http: &reqwest::Client, url: &str, body: Value) -> Value {
    http.post(url).json(&body).send().await.unwrap().json().await.unwrap()
}
