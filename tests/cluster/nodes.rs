//! Two API nodes and two workers, all well.

use serde_json::json;

use super::{SETTINGS, TEXT, client, end_of, follower, new_chat, post, text_of};
use crate::sockets::assert_gapless;
use crate::support::cluster::Cluster;
use crate::support::process::Program;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_happens_at_one_node_is_seen_at_the_other() {
    let mut cluster = Cluster::new(SETTINGS).await;
    let (a, b) = (cluster.api().await, cluster.api().await);
    let (_first, _second) = (cluster.worker().await, cluster.worker().await);

    // Uploaded at one, read by a worker, watched at the other.
    let mut watcher = client(&b).await;
    assert_eq!(watcher.ask("join_project", json!({"project_id": 1})).await["ok"], true);
    let document = a.upload("storks.md", TEXT.into()).await;
    let mut stages = Vec::new();
    loop {
        let status = watcher.event("document_status").await;
        assert_eq!(status["document_id"], document);
        stages.push(status["stage"].as_str().unwrap().to_owned());
        if status["status"] == "completed" {
            break;
        }
    }
    assert_eq!(stages.last().unwrap(), "done", "{stages:?}");

    // Asked at one, followed at the other, word by word.
    let chat = new_chat(&a).await;
    let (mut asking, mut following) = (client(&a).await, follower(&b, &chat).await);
    asking.emit("send_message", json!({"chat_id": chat, "message": "What does the nest weigh?"})).await;
    let (own, other) = tokio::join!(asking.turn(), following.turn());
    assert_eq!(end_of(&own).0, "message_complete");
    assert_eq!(end_of(&own), end_of(&other));
    assert_eq!(text_of(&own), text_of(&other));
    assert_gapless(&other, 0, 20);
    let frames = other.iter().filter(|(name, _)| name == "message_token").count();
    assert!(
        frames > 10,
        "it came in {frames} pieces only: the other node reads the database, not the stream"
    );

    // Interrupted by a lost connection at one, resumed at the other.
    let message = end_of(&own).1["message_id"].clone();
    let mut resuming = client(&b).await;
    resuming.emit("resume_message", json!({"chat_id": chat, "message_id": message, "after_seq": 7})).await;
    let rest = resuming.turn().await;
    assert_gapless(&rest, 8, 20);
    assert_eq!(end_of(&rest), end_of(&own));

    // Cancelled at one while the other writes.
    asking.emit("send_message", json!({"chat_id": chat, "message": "And now?"})).await;
    asking.event("message_token").await;
    let begun = std::time::Instant::now();
    following.emit("cancel_message", json!({"chat_id": chat})).await;
    let (own, other) = tokio::join!(asking.turn(), following.turn());
    assert!(begun.elapsed() < std::time::Duration::from_secs(1), "{:?}", begun.elapsed());
    assert_eq!((end_of(&own).0, end_of(&other).0), ("message_cancelled", "message_cancelled"));
    assert_eq!(end_of(&own).1["partial"], end_of(&other).1["partial"]);

    // Signs of life.
    following.emit("typing", json!({"chat_id": chat, "typing": true})).await;
    let mut third = follower(&a, &chat).await;
    following.emit("typing", json!({"chat_id": chat, "typing": false})).await;
    assert_eq!(third.event("typing").await["typing"], false);
    let renamed = post(&b, "/api/chats", json!({"project_id": 1, "title": "Seen elsewhere"})).await;
    let mut room = client(&a).await;
    assert_eq!(room.ask("join_project", json!({"project_id": 1})).await["ok"], true);
    let path = format!("{}/api/chats/{}", b.url(), renamed["id"]);
    reqwest::Client::new().delete(path).send().await.unwrap();
    let update = room.event("project_update").await;
    assert_eq!((update["type"].as_str(), &update["data"]["chat_id"]), (Some("chat_deleted"), &renamed["id"]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_are_present_wherever_they_are_connected() {
    let mut cluster = Cluster::new(&[("DOCENT_AUTH", "on")]).await;
    let (a, b) = (cluster.api().await, cluster.api().await);
    let people = [signed_in(&cluster, &a, "ann").await, signed_in(&cluster, &b, "ben").await];
    let mut ann = in_room(&a, &people[0]).await;
    assert_eq!(names(&ann.event("presence").await), ["ann"]);
    let ben = in_room(&b, &people[1]).await;
    assert_eq!(names(&ann.event("presence").await), ["ann", "ben"]);
    let mut again = in_room(&a, &people[0]).await;
    assert_eq!(names(&again.event("presence").await), ["ann", "ben"], "newcomers are told of both nodes");
    drop(ben);
    assert_eq!(names(&ann.event("presence").await), ["ann"]);
    // A node that dies takes its people along, a node that stops says so.
    let _ben = in_room(&b, &people[1]).await;
    assert_eq!(names(&ann.event("presence").await), ["ann", "ben"]);
    b.stop().await;
    assert_eq!(names(&ann.event("presence").await), ["ann"]);
}

/// Makes an admin and gives their token.
async fn signed_in(cluster: &Cluster, node: &Program, name: &str) -> String {
    let done = tokio::process::Command::new(env!("CARGO_BIN_EXE_docent"))
        .args(["user", "create", "--admin", "--username", name, "--password", "correct horse battery"])
        .arg("--data-dir")
        .arg(cluster.folder().join("admin"))
        .env("DATABASE_URL", &cluster.database)
        .status();
    assert!(done.await.unwrap().success());
    let account = json!({"username": name, "password": "correct horse battery"});
    post(node, "/api/auth/login", account).await["access_token"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_somebody_asks_counts_at_all_nodes_together() {
    let mut cluster = Cluster::new(&[("DOCENT_AUTH", "on"), ("RATE_LIMIT_USER", "3")]).await;
    let (a, b) = (cluster.api().await, cluster.api().await);
    let token = signed_in(&cluster, &a, "ann").await;
    let http = reqwest::Client::new();
    let search = async |node: &Program| {
        let url = format!("{}/api/projects/1/search", node.url());
        let answer = http.post(url).bearer_auth(&token).json(&json!({"query": "owls"})).send().await.unwrap();
        let left = answer.headers()["ratelimit"].to_str().unwrap().to_owned();
        (answer.status().as_u16(), left.split(';').nth(1).unwrap().to_owned())
    };
    assert_eq!(search(&a).await, (200, "r=2".into()));
    assert_eq!(search(&b).await, (200, "r=1".into()));
    assert_eq!(search(&a).await, (200, "r=0".into()));
    assert_eq!(search(&b).await, (429, "r=0".into()));
    // Without Redis the nodes still count together, from there on.
    cluster.redis.stop().await;
    assert_eq!(search(&a).await, (200, "r=2".into()));
    assert_eq!(search(&b).await, (200, "r=1".into()));
}

async fn in_room(node: &Program, token: &str) -> crate::sockets::client::Client {
    use crate::sockets::client::{Client, Language, Transport};
    let mut client = Client::start(Language::JavaScript);
    let connected =
        client.try_connect(node.url(), Transport::Websocket, json!({"auth": {"token": token}})).await;
    assert_eq!(connected["is"], "connected", "{connected}");
    assert_eq!(client.ask("join_project", json!({"project_id": 1})).await["ok"], true);
    client
}

fn names(presence: &serde_json::Value) -> Vec<String> {
    let users = presence["users"].as_array().unwrap();
    let mut names: Vec<String> =
        users.iter().map(|user| user["username"].as_str().unwrap().to_owned()).collect();
    names.sort();
    names
}
