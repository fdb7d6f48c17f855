//! The program with its originals in a bucket.

use std::path::Path;
use std::time::Duration;

use reqwest::header::RANGE;
use serde_json::Value;

use super::contract::noise;
use crate::support::process::Program;
use crate::support::s3::{self, Gate};

struct Served {
    program: Program,
    prefix: String,
    client: reqwest::Client,
}

impl Served {
    async fn start(data: &Path, address: &str) -> Self {
        let prefix = s3::fresh_prefix();
        let url = format!("s3://{}/{prefix}", s3::BUCKET);
        let settings = [
            ("BLOB_URL", url.as_str()),
            ("BLOB_ENDPOINT", address),
            ("BLOB_ACCESS_KEY", "test"),
            ("BLOB_SECRET_KEY", "test"),
        ];
        let program = Program::start(data, &settings).await;
        Self { program, prefix, client: reqwest::Client::new() }
    }

    async fn get(&self, path: &str) -> reqwest::Response {
        self.client.get(format!("{}{path}", self.program.url())).send().await.unwrap()
    }

    async fn objects(&self) -> usize {
        let path = format!("?list-type=2&prefix={}/blobs/", self.prefix);
        s3::listing(&s3::address().await, &path).await.matches("<Key>").count()
    }

    /// The problem that comes back to an upload.
    async fn refused(&self, text: &str) -> (u16, Value) {
        let part = reqwest::multipart::Part::text(text.to_owned()).file_name("refused.md");
        let form = reqwest::multipart::Form::new().part("file", part);
        let url = format!("{}/api/projects/1/documents", self.program.url());
        let answer = self.client.post(url).multipart(form).send().await.unwrap();
        (answer.status().as_u16(), json(answer).await)
    }

    async fn storage(&self) -> Value {
        let ready = json(self.get("/readyz").await).await;
        assert_eq!(ready["status"], "ready", "the rest goes on");
        ready["dependencies"].as_array().unwrap().iter().find(|it| it["name"] == "storage").unwrap()["ok"]
            .clone()
    }
}

async fn json(answer: reqwest::Response) -> Value {
    serde_json::from_str(&answer.text().await.unwrap()).unwrap()
}

/// Markdown over the size of a part.
fn long() -> Vec<u8> {
    let mut text = b"# Kestrels\n\nKestrels eat voles.\n\n".to_vec();
    text.extend(hex::encode(noise(5 << 20)).into_bytes().chunks(60).flat_map(|line| [line, b"\n"].concat()));
    text
}

#[tokio::test]
async fn documents_live_in_the_bucket() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let served = Served::start(&data, &s3::address().await).await;
    assert_eq!(served.storage().await, true);
    let id = served.program.upload("birds.md", b"# Kestrels\n\nThey eat voles.".to_vec()).await;
    assert_eq!(served.program.settled(id).await["status"], "completed");
    assert_eq!(served.objects().await, 1);
    assert!(!data.join("files").exists(), "nothing of it lies here");
    assert_eq!(fs_err::read_dir(data.join("downloads")).unwrap().count(), 0);

    let path = format!("/api/documents/{id}/download");
    assert_eq!(served.get(&path).await.text().await.unwrap(), "# Kestrels\n\nThey eat voles.");
    let part = served.client.get(format!("{}{path}", served.program.url())).header(RANGE, "bytes=2-9");
    let part = part.send().await.unwrap();
    assert_eq!(part.status(), 206);
    assert_eq!(part.text().await.unwrap(), "Kestrels");

    let url = format!("{}/api/documents/{id}", served.program.url());
    assert_eq!(served.client.delete(url).send().await.unwrap().status(), 204);
    for _ in 0..500 {
        if served.objects().await == 0 {
            served.program.stop().await;
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the original of a deleted document stays");
}

#[tokio::test]
async fn large_files_come_back_as_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let served = Served::start(&folder.path().join("data"), &s3::address().await).await;
    let content = long();
    assert!(content.len() > 8 << 20);
    let id = served.program.upload("long.md", content.clone()).await;
    let path = format!("/api/documents/{id}/download");
    assert!(served.get(&path).await.bytes().await.unwrap() == content);
    let known = json(served.get(&format!("/api/documents/{id}")).await).await;
    assert_eq!(known["file_size"], content.len());
    served.program.kill().await;
}

#[tokio::test]
async fn an_outage_of_the_store_is_told_and_waited_out() {
    let (folder, mut gate) = (tempfile::tempdir().unwrap(), Gate::open().await);
    let served = Served::start(&folder.path().join("data"), &gate.address()).await;
    let id = served.program.upload("first.md", b"# Kestrels\n\nThey eat voles.".to_vec()).await;
    served.program.settled(id).await;

    gate.shut().await;
    assert_eq!(served.storage().await, false);
    let (status, problem) = served.refused("# Voles").await;
    assert_eq!((status, &problem["code"]), (503, &"storage_unavailable".into()), "{problem}");
    assert!(!problem.to_string().contains("127.0.0.1"), "no addresses: {problem}");
    let download = served.get(&format!("/api/documents/{id}/download")).await;
    assert_eq!(
        (download.status().as_u16(), &json(download).await["code"]),
        (503, &"storage_unavailable".into())
    );

    // Reading it again needs the original: an outage, which uses up no attempts.
    let url = format!("{}/api/documents/{id}/reprocess", served.program.url());
    assert!(served.client.post(url).send().await.unwrap().status().is_success());
    let waiting = loop {
        let document = served.program.document(id).await;
        if document["error_code"] == "storage_unavailable" {
            break document;
        }
        assert_ne!(document["status"], "failed", "{document}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    assert_eq!(waiting["status"], "pending", "{waiting}");

    gate.reopen().await;
    let done = served.program.settled(id).await;
    assert_eq!((&done["status"], &done["attempts"]), (&"completed".into(), &1.into()), "{done}");
    assert_eq!(served.storage().await, true);
    served.program.stop().await;
}
