use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::support::app::{TestApp, both_apps};
use crate::support::archives::{export, import, lines, texts};

const FILES: [&str; 5] = ["birds.pdf", "notes.docx", "table.csv", "kestrel.md", "page.html"];

fn fixture(name: &str) -> Vec<u8> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/documents").join(name);
    fs_err::read(path).unwrap()
}

/// A project with five kinds of files, a chat with a rated answer, and a source whose document is gone.
async fn project(app: &TestApp) -> i64 {
    let made = json!({"name": "Birds", "description": "of prey", "settings": {"top_k": 5}});
    let project = app.post("/api/projects", made).await.json()["id"].as_i64().unwrap();
    for name in FILES {
        assert_eq!(app.upload(project, "", name, fixture(name)).await.status, 201, "{name}");
    }
    let doomed = app.upload(project, "", "gone.txt", "Kestrels eat secrets.").await.json();
    app.run_jobs().await;
    let documents = app.get(&format!("/api/projects/{project}/documents")).await.json();
    let first = documents[1]["id"].clone();
    let notes = json!({"doc_metadata": {"shelf": 3}});
    assert_eq!(app.patch(&format!("/api/documents/{first}"), notes).await.status, 200);

    let chat = app.post("/api/chats", json!({"project_id": project, "title": "Food"})).await.json();
    let path = format!("/api/chats/{}", chat["id"]);
    let asked = json!({"message": "What do kestrels eat?"});
    let answer = app.post(&format!("{path}/messages"), asked).await.json();
    assert!(answer["sources"].as_array().unwrap().len() > 1, "{answer}");
    let rated = json!({"rating": "up", "comment": "quite so"});
    let feedback = format!("{path}/messages/{}/feedback", answer["message_id"]);
    assert_eq!(app.post(&feedback, rated).await.status, 200);
    app.post("/api/chats", json!({"project_id": project, "title": "Empty"})).await;
    assert_eq!(app.delete(&format!("/api/documents/{}", doomed["document"]["id"])).await.status, 204);
    project
}

/// What is the same for both projects: files by name.
async fn files(app: &TestApp, project: i64) -> (BTreeMap<String, Value>, BTreeSet<i64>) {
    let documents = app.get(&format!("/api/projects/{project}/documents")).await.json();
    let (mut files, mut ids) = (BTreeMap::new(), BTreeSet::new());
    for document in documents.as_array().unwrap() {
        ids.insert(document["id"].as_i64().unwrap());
        let fields = [
            "status",
            "sha256",
            "path",
            "file_size",
            "file_type",
            "page_count",
            "chunk_count",
            "doc_metadata",
        ];
        let same: Vec<Value> = fields.iter().map(|field| document[field].clone()).collect();
        files.insert(document["filename"].as_str().unwrap().to_owned(), json!(same));
    }
    (files, ids)
}

/// The passages that a search finds, without the numbers of documents.
async fn found(app: &TestApp, project: i64, query: &str) -> Vec<Value> {
    let found = app.post(&format!("/api/projects/{project}/search"), json!({"query": query})).await.json();
    let passage = |source: &Value| {
        let of = &source["metadata"];
        json!([
            of["filename"],
            of["page"],
            of["chunk_index"],
            of["start"],
            source["content"],
            source["score"]
        ])
    };
    found["results"].as_array().unwrap().iter().map(passage).collect()
}

both_apps!(an_imported_project_is_the_same_under_new_numbers);

async fn an_imported_project_is_the_same_under_new_numbers(app: TestApp) {
    let old = project(&app).await;
    let archive = export(&app, old).await;
    let audit = app.get("/api/audit?action=project.exported").await.json();
    assert_eq!(audit[0]["target_id"], old);

    let made = import(&app, archive).await;
    assert_eq!(made.status, 202, "{made:?}");
    let made = made.json();
    let new = made["id"].as_i64().unwrap();
    assert!(new != old);
    insta::assert_snapshot!(made["import"], @r#"{"status":"importing","documents":5,"documents_done":0,"chats":2,"chats_done":0}"#);
    app.run_jobs().await;

    let project = app.get(&format!("/api/projects/{new}")).await.json();
    assert_eq!(project.get("import"), None, "{project}");
    assert_eq!((&project["name"], &project["description"]), (&json!("Birds"), &json!("of prey")));
    assert_eq!((&project["settings"], &project["role"]), (&json!({"top_k": 5}), &json!("owner")));
    let members = app.get(&format!("/api/projects/{new}/members")).await.json();
    assert_eq!(members.as_array().unwrap().len(), 1, "{members}");

    let ((before, old_ids), (after, new_ids)) = (files(&app, old).await, files(&app, new).await);
    assert_eq!(before, after);
    assert_eq!(after.len(), FILES.len());
    assert!(after.values().all(|file| file[0] == "completed"), "{after:?}");
    assert!(old_ids.is_disjoint(&new_ids));
    for query in ["What do kestrels eat?", "barn owls at night", "wingspan table"] {
        let passages = found(&app, old, query).await;
        assert!(!passages.is_empty(), "{query}");
        assert_eq!(passages, found(&app, new, query).await, "{query}");
    }
    chats_are_the_same(&app, (old, new), &new_ids).await;
}

async fn chats_are_the_same(app: &TestApp, (old, new): (i64, i64), documents: &BTreeSet<i64>) {
    let chats = app.get(&format!("/api/projects/{new}/chats")).await.json();
    assert_eq!(chats.as_array().unwrap().len(), 2, "{chats}");
    let named = |chats: &Value| {
        let food = chats.as_array().unwrap().iter().find(|chat| chat["title"] == "Food");
        food.unwrap()["id"].as_i64().unwrap()
    };
    let before = named(&app.get(&format!("/api/projects/{old}/chats")).await.json());
    let (before, after) = (
        app.get(&format!("/api/chats/{before}/messages")).await.json(),
        app.get(&format!("/api/chats/{}/messages", named(&chats))).await.json(),
    );
    let (before, after) = (before.as_array().unwrap(), after.as_array().unwrap());
    assert_eq!((before.len(), after.len()), (2, 2));
    for (old, new) in before.iter().zip(after) {
        for field in ["role", "content", "status", "model_name", "cited", "created_at", "feedback", "summary"]
        {
            assert_eq!(old[field], new[field], "{field}");
        }
        assert_ne!(old["id"], new["id"]);
    }
    assert_eq!(after[1]["question_id"], after[0]["id"]);
    assert_eq!(after[1]["feedback"]["comment"], "quite so");
    let (before, after) = (before[1]["sources"].as_array().unwrap(), after[1]["sources"].as_array().unwrap());
    assert_eq!(before.len(), after.len(), "[n] means the same source");
    let mut gone = 0;
    for (old, new) in before.iter().zip(after) {
        if old["metadata"]["deleted"] == true {
            gone += 1;
            assert_eq!((&new["content"], &new["metadata"]["document_id"]), (&json!(""), &json!(0)));
            continue;
        }
        let id = new["metadata"]["document_id"].as_i64().unwrap();
        assert!(documents.contains(&id), "{new}");
        assert_eq!(new["id"], format!("{id}:1:{}", new["metadata"]["chunk_index"]));
        let document = app.get(&format!("/api/documents/{id}")).await.json();
        assert_eq!((&document["filename"], &old["content"]), (&old["metadata"]["filename"], &new["content"]));
    }
    assert_eq!(gone, 1, "{before:?}");
}

both_apps!(an_export_says_nothing_that_is_the_servers_own);

async fn an_export_says_nothing_that_is_the_servers_own(app: TestApp) {
    let project = project(&app).await;
    let texts = texts(&export(&app, project).await);
    let names: Vec<&str> = texts.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names[..3], ["manifest.json", "documents/1/document.json", "documents/1/original.pdf"]);
    assert_eq!(names.len(), 1 + 2 * FILES.len() + 2);
    insta::assert_snapshot!(texts[0].1, @r#"{"format":"docent-project","version":1,"project":{"name":"Birds","description":"of prey","settings":{"top_k":5}}}"#);
    for (name, text) in texts.iter().filter(|(name, _)| name.ends_with("json") || name.ends_with("jsonl")) {
        for word in ["secret", "gone.txt", "owner", "blob", "user_id", "author"] {
            assert!(!text.contains(word), "{name} has `{word}`: {text}");
        }
    }
    let chat = lines(
        &texts.iter().find(|(name, text)| name.starts_with("chats/") && text.contains("Food")).unwrap().1,
    );
    assert_eq!(
        (&chat[0]["title"], &chat[1]["role"], &chat[2]["question"]),
        (&json!("Food"), &json!("user"), &json!(1))
    );
}

/// The stored file with exactly this content.
fn stored(folder: &std::path::Path, content: &[u8]) -> Option<std::path::PathBuf> {
    let paths = fs_err::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths.into_iter().find_map(|path| {
        if path.is_dir() {
            return stored(&path, content);
        }
        (fs_err::read(&path).unwrap() == content).then_some(path)
    })
}

both_apps!(a_project_whose_original_is_damaged_or_gone_is_not_exported);

async fn a_project_whose_original_is_damaged_or_gone_is_not_exported(app: TestApp) {
    let project = project(&app).await;
    let path = format!("/api/projects/{project}/export");
    let content = fixture("kestrel.md");
    let file = stored(&app.bench.folder.path().join("blobs"), &content).unwrap();
    let mut changed = content.clone();
    changed[3] ^= 1;
    fs_err::write(&file, &changed).unwrap();
    insta::assert_snapshot!(app.post(&path, json!({})).await.problem(), @"422 original_damaged: `kestrel.md`: the stored file was changed or cut in the storage (its content is another one); upload it again; or delete the document, and export then");
    fs_err::remove_file(&file).unwrap();
    insta::assert_snapshot!(app.post(&path, json!({})).await.problem(), @"410 original_missing: `kestrel.md`: the stored file is gone from the storage; upload it again; or delete the document, and export then");
    let audit = app.get("/api/audit?action=project.exported").await.json();
    assert_eq!(audit, json!([]), "nothing was exported");
    fs_err::write(&file, &content).unwrap();
    assert_eq!(app.post(&path, json!({})).await.status, 200);
}

both_apps!(an_import_of_an_import_is_the_same_again);

async fn an_import_of_an_import_is_the_same_again(app: TestApp) {
    let first = project(&app).await;
    let second = import(&app, export(&app, first).await).await.json()["id"].as_i64().unwrap();
    app.run_jobs().await;
    let (once, twice) = (texts(&export(&app, first).await), texts(&export(&app, second).await));
    assert_eq!(once, twice);
}

both_apps!(an_archive_goes_with_its_import);

async fn an_archive_goes_with_its_import(app: TestApp) {
    let project = project(&app).await;
    app.run_jobs().await;
    let before = app.stored_files();
    let made = import(&app, export(&app, project).await).await.json()["id"].as_i64().unwrap();
    app.run_jobs().await;
    assert_eq!(app.stored_files(), before + FILES.len(), "one for each document, none for the archive");
    assert_eq!(app.delete(&format!("/api/projects/{made}")).await.status, 204);
    app.run_jobs().await;
    assert_eq!(app.stored_files(), before);
}
