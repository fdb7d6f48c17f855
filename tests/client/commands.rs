use serde_json::{Value, json};
use tokio::process::Command;

use super::{docent, run};
use crate::support::process::Program;

/// A server that says the same to every question.
pub async fn server(folder: &tempfile::TempDir) -> Program {
    let script = r#"{"steps": [{"say": ["They ", "eat ", "voles [1]."]}], "rules": [{"when": "fail", "steps": [{"fail": {"status": 401}}]}]}"#;
    let settings = [("CHAT_PROVIDER", "scripted"), ("CHAT_SCRIPT", script)];
    Program::start(&folder.path().join("data"), &settings).await
}

pub fn write(folder: &std::path::Path, name: &str, bytes: &[u8]) {
    let path = folder.join(name);
    fs_err::create_dir_all(path.parent().unwrap()).unwrap();
    fs_err::write(path, bytes).unwrap();
}

#[tokio::test]
async fn a_folder_is_uploaded_asked_searched_and_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder).await;
    let made = docent(&server, &["project", "create", "Birds", "--json"]).await;
    assert_eq!((made.code, &made.json()["name"]), (0, &json!("Birds")), "{made:?}");

    let files = folder.path().join("files");
    write(&files, "kestrel.txt", b"Kestrels eat voles.");
    write(&files, "owls/barn.md", b"# Barn owls\n\nBarn owls sleep by day.");
    write(&files, "picture.xcf", b"gimp xcf v011\0");
    write(&files, ".hidden.txt", b"hidden");
    let files = files.to_str().unwrap();
    let sent = docent(&server, &["upload", files, "--project", "Birds", "--json"]).await;
    assert_eq!(sent.code, 0, "{sent:?}");
    let summary = sent.json();
    let paths: Vec<&Value> = summary["uploaded"].as_array().unwrap().iter().map(|it| &it["path"]).collect();
    assert_eq!(paths.len(), 2);
    assert!(paths.contains(&&json!("kestrel.txt")) && paths.contains(&&json!("owls/barn.md")), "{summary}");
    assert!(summary["uploaded"].as_array().unwrap().iter().all(|document| document["status"] == "completed"));
    assert_eq!((&summary["skipped"][0]["path"], &summary["failed"]), (&json!("picture.xcf"), &json!([])));

    let again = docent(&server, &["upload", files, "--project", "Birds"]).await;
    assert!(again.out.starts_with("2 documents, 2 of them known before; 1 skipped, 0 failed"), "{again:?}");

    let answer = docent(&server, &["ask", "What do kestrels eat?", "--project", "Birds"]).await;
    assert_eq!(answer.code, 0, "{answer:?}");
    assert!(answer.out.starts_with("They eat voles [1].\n[1] "), "{answer:?}");
    let chat = answer.err.trim().rsplit(' ').next().unwrap().to_owned();
    let answer = docent(&server, &["ask", "And at night?", "--chat", &chat, "--json"]).await;
    assert_eq!(answer.json()["chat_id"].to_string(), chat, "{answer:?}");

    let found = docent(&server, &["search", "kestrels voles", "--project", "Birds"]).await;
    assert!(found.out.starts_with("[1] kestrel.txt ("), "{found:?}");
    let found = docent(&server, &["search", "kestrels voles", "--project", "Birds", "--json"]).await;
    assert_eq!(found.json()["results"][0]["metadata"]["filename"], "kestrel.txt");

    let shown = docent(&server, &["project", "show", "Birds", "--json"]).await.json();
    assert_eq!(
        (&shown["document_count"], &shown["statistics"]["chat_count"]),
        (&json!(2), &json!(1)),
        "{shown}"
    );
    let listed = docent(&server, &["project", "list"]).await;
    assert!(listed.out.lines().any(|line| line.ends_with("owner    Birds")), "{listed:?}");
    let members = docent(&server, &["project", "members", "Birds", "--json"]).await.json();
    assert_eq!(
        (&members[0]["username"], &members[0]["role"]),
        (&json!("owner"), &json!("owner")),
        "{members}"
    );
    let unknown = docent(&server, &["project", "add-member", "Birds", "zoe", "--role", "editor"]).await;
    assert!(unknown.code == 1 && unknown.err.contains("no such user"), "{unknown:?}");
    let last = docent(&server, &["project", "remove-member", "Birds", "OWNER"]).await;
    assert!(last.code == 1 && last.err.contains("owner"), "{last:?}");
    let stranger = docent(&server, &["project", "remove-member", "Birds", "zoe"]).await;
    assert_eq!(stranger.err, "docent: `zoe` is no member of that project\n");
    let near = docent(&server, &["project", "show", "Brids"]).await;
    assert!(near.code == 1 && near.err.contains("did you mean `Birds`?"), "{near:?}");
    let careful = docent(&server, &["project", "delete", "Birds"]).await;
    assert!(careful.code == 1 && careful.err.contains("--yes"), "{careful:?}");
    assert_eq!(docent(&server, &["project", "delete", "Birds", "--yes"]).await.code, 0);
    let gone = docent(&server, &["project", "show", "Birds"]).await;
    assert_eq!(
        (gone.code, gone.err.as_str()),
        (1, "docent: there is no project `Birds`; `docent project list` shows those that you may use\n")
    );
    server.stop().await;
}

#[tokio::test]
async fn failures_are_summed_up_and_decide_the_exit_code() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder).await;
    let files = folder.path().join("files");
    write(&files, "good.txt", b"Kestrels eat voles.");
    write(&files, "broken.pdf", b"%PDF-1.7\nnothing in it\n%%EOF");
    let sent = docent(&server, &["upload", files.to_str().unwrap(), "--project", "1"]).await;
    assert_eq!((sent.code, sent.err.as_str()), (1, "docent: 1 of 2 files failed\n"), "{sent:?}");
    assert!(sent.out.starts_with("1 documents; 0 skipped, 1 failed\n  failed  broken.pdf: "), "{sent:?}");

    write(&files, "picture.xcf", b"gimp xcf v011\0");
    let named = files.join("picture.xcf");
    let sent = docent(&server, &["upload", named.to_str().unwrap(), "--project", "1", "--json"]).await;
    assert_eq!(
        (sent.code, &sent.json()["failed"][0]["code"]),
        (1, &json!("unsupported_file_type")),
        "{sent:?}"
    );

    let failed = docent(&server, &["ask", "Do kestrels fail to eat voles?"]).await;
    assert_eq!(failed.code, 1, "{failed:?}");
    let missing = docent(&server, &["upload", "/nothing/here", "--project", "1"]).await;
    assert!(missing.code == 1 && missing.err.contains("/nothing/here"), "{missing:?}");
    let usage = docent(&server, &["ask"]).await;
    assert_eq!(usage.code, 2, "{usage:?}");
    server.kill().await;

    let away = run(Command::new(env!("CARGO_BIN_EXE_docent")).args([
        "project",
        "list",
        "--url",
        "http://127.0.0.1:1",
    ]))
    .await;
    assert!(away.code == 1 && away.err.contains("http://127.0.0.1:1 cannot be reached"), "{away:?}");
}

#[tokio::test]
async fn documents_are_listed_read_again_and_deleted_and_chats_exported() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder).await;
    let files = folder.path().join("files");
    write(&files, "kestrel.txt", b"Kestrels eat voles.");
    write(&files, "broken.pdf", b"%PDF-1.7\nnothing in it\n%%EOF");
    let sent = docent(&server, &["upload", files.to_str().unwrap(), "--project", "1"]).await;
    assert_eq!(sent.err, "docent: 1 of 2 files failed\n", "{sent:?}");

    let listed = docent(&server, &["document", "list"]).await;
    assert!(listed.out.contains("completed") && listed.out.contains("kestrel.txt"), "{listed:?}");
    let failed = docent(&server, &["document", "list", "--status", "failed", "--json"]).await.json();
    assert_eq!((failed.as_array().unwrap().len(), &failed[0]["filename"]), (1, &json!("broken.pdf")));
    let again = docent(&server, &["document", "retry", "--failed"]).await;
    assert_eq!(again.out, "1 document will be read again; `docent watch` shows it.\n", "{again:?}");
    let wrong = docent(&server, &["document", "delete", "kestrels.txt", "--yes"]).await;
    assert!(wrong.code == 1 && wrong.err.contains("did you mean `kestrel.txt`?"), "{wrong:?}");
    let careful = docent(&server, &["document", "delete", "kestrel.txt"]).await;
    assert!(careful.code == 1 && careful.err.contains("--yes"), "{careful:?}");
    let gone = docent(&server, &["document", "delete", "kestrel.txt", "broken.pdf", "--yes"]).await;
    assert_eq!(gone.out, "2 documents deleted.\n", "{gone:?}");
    let none = docent(&server, &["document", "list", "--json"]).await;
    assert_eq!(none.json(), json!([]));

    let model = docent(&server, &["ask", "What do kestrels eat?", "--model", "no-such-model"]).await;
    assert!(model.code == 1 && model.err.contains("no model `no-such-model`"), "{model:?}");
    assert_eq!(docent(&server, &["ask", "What do kestrels eat?"]).await.code, 0);
    let chats = docent(&server, &["chat", "list", "--json"]).await.json();
    let chat = chats[0]["id"].to_string();
    let told = docent(&server, &["chat", "export", &chat]).await;
    assert!(told.code == 0 && told.out.contains("What do kestrels eat?"), "{told:?}");
    let file = folder.path().join("chat.json");
    let to: [&str; 7] = ["chat", "export", &chat, "--format", "json", "--output", file.to_str().unwrap()];
    assert_eq!(docent(&server, &to).await.code, 0);
    let kept: Value = serde_json::from_str(&fs_err::read_to_string(&file).unwrap()).unwrap();
    assert!(kept.to_string().contains("What do kestrels eat?"), "{kept}");
    server.kill().await;
}

#[tokio::test]
async fn what_is_read_can_be_watched() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder).await;
    let text = "Kestrels eat voles, and much else that is small. ".repeat(20_000);
    write(folder.path(), "long.txt", text.as_bytes());
    let long = folder.path().join("long.txt");
    let sent =
        docent(&server, &["upload", long.to_str().unwrap(), "--project", "1", "--no-wait", "--json"]).await;
    assert_eq!(sent.code, 0, "{sent:?}");
    let seen = docent(&server, &["watch", "--until-idle", "--json"]).await;
    let lines: Vec<Value> = seen.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((seen.code, &lines.last().unwrap()["status"]), (0, &json!("completed")), "{seen:?}");
    let progress: Vec<i64> = lines.iter().map(|line| line["progress"].as_i64().unwrap()).collect();
    assert!(progress.is_sorted(), "{progress:?}");
    server.kill().await;
}

#[tokio::test]
async fn shells_are_told_what_there_is() {
    for shell in ["bash", "zsh", "fish"] {
        let told = run(Command::new(env!("CARGO_BIN_EXE_docent")).args(["completions", shell])).await;
        assert!(told.code == 0 && told.out.contains("upload") && told.out.contains("until-idle"), "{told:?}");
    }
}
