//! Archives of projects, sound and otherwise.

use std::io::{Cursor, Write};

use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::app::{Answer, TestApp};

/// Entries in their order.
#[derive(Clone, Default)]
pub struct Parts(pub Vec<(String, Vec<u8>)>);

impl Parts {
    /// A project without anything in it.
    pub fn empty() -> Self {
        let manifest = json!({"format": "docent-project", "version": 1, "project": {"name": "Imported"}});
        Self::default().with("manifest.json", manifest.to_string())
    }

    /// A project with one document and one chat about it.
    pub fn small() -> Self {
        let chat = json!({"title": "Voles", "visibility": "project", "created_at": 1, "updated_at": 2});
        let question = json!({"role": "user", "content": "What?", "status": "completed", "created_at": 1});
        let answer = json!({
            "role": "assistant", "content": "Voles [1].", "status": "completed", "created_at": 2, "question": 1,
            "sources": [{"document": 1, "filename": "a.txt", "content": "Kestrels eat voles.", "page": null,
                         "chunk_index": 0, "start": 0, "end": 19, "heading": null, "score": 0.5}],
            "cited": [1],
        });
        Self::empty()
            .with_document(1, "a.txt", b"Kestrels eat voles.")
            .with("chats/1.jsonl", format!("{chat}\n{question}\n{answer}\n"))
    }

    pub fn with(mut self, name: &str, content: impl Into<Vec<u8>>) -> Self {
        self.0.retain(|(other, _)| other != name);
        self.0.push((name.to_owned(), content.into()));
        self
    }

    pub fn without(mut self, name: &str) -> Self {
        self.0.retain(|(other, _)| other != name);
        self
    }

    pub fn with_document(self, number: u32, filename: &str, content: &[u8]) -> Self {
        let sha256 = hex::encode(Sha256::digest(content));
        let text = json!({"path": filename, "filename": filename, "size": content.len(), "sha256": sha256});
        self.with(&format!("documents/{number}/document.json"), text.to_string())
            .with(&format!("documents/{number}/original.txt"), content)
    }

    /// The same with one entry replaced in a text.
    pub fn replaced(mut self, name: &str, from: &str, to: &str) -> Self {
        let (_, content) = self.0.iter_mut().find(|(other, _)| other == name).unwrap();
        let text = String::from_utf8(content.clone()).unwrap();
        assert!(text.contains(from), "{text}");
        *content = text.replace(from, to).into_bytes();
        self
    }

    pub fn zip(&self) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in &self.0 {
            writer.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }
}

pub fn form(archive: Vec<u8>) -> Form {
    Form::new().part("file", Part::bytes(archive).file_name("project.zip"))
}

pub async fn import(app: &TestApp, archive: Vec<u8>) -> Answer {
    Answer::of(app.request(Method::POST, "/api/projects/import").multipart(form(archive))).await
}

pub async fn export(app: &TestApp, project: i64) -> Vec<u8> {
    let response =
        app.request(Method::POST, &format!("/api/projects/{project}/export")).send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/zip");
    response.bytes().await.unwrap().to_vec()
}

/// The texts of an archive's entries, by their names.
pub fn texts(archive: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut texts = Vec::new();
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).unwrap();
        let (name, mut bytes) = (entry.name().unwrap().into_owned(), Vec::new());
        std::io::Read::read_to_end(&mut entry, &mut bytes).unwrap();
        texts.push((name, String::from_utf8_lossy(&bytes).into_owned()));
    }
    texts
}

/// The lines of a chat.
pub fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}
