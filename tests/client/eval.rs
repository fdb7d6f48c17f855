//! `docent eval`: a project's own questions, asked of a running server.

use serde_json::json;

use super::commands::{server, write};
use super::docent;

#[tokio::test]
async fn a_projects_own_questions_are_measured_kept_and_held_to() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder).await;
    docent(&server, &["project", "create", "Birds"]).await;
    write(&folder.path().join("files"), "kestrel.txt", b"Kestrels eat voles.");
    write(&folder.path().join("files"), "owl.txt", b"Barn owls sleep by day.");
    let files = folder.path().join("files").display().to_string();
    assert_eq!(docent(&server, &["upload", &files, "--project", "Birds"]).await.code, 0);

    let questions = "question,document,text,answer,answerable\n\
                     What do kestrels eat?,kestrel.txt,eat voles,voles|mice,\n\
                     When do barn owls sleep?,owl,,at night,\n\
                     What do kestrels eat in winter?,absent.pdf,,,\n";
    write(folder.path(), "questions.csv", questions.as_bytes());
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (file, kept) = (path("questions.csv"), path("before.json"));
    let common = ["eval", file.as_str(), "--project", "Birds"];
    let with = |more: &[&'static str]| common.iter().copied().chain(more.iter().copied()).collect::<Vec<_>>();

    let mut saving = with(&["--answers", "--json", "--save"]);
    saving.push(&kept);
    let measured = docent(&server, &saving).await;
    assert_eq!(measured.code, 0, "{measured:?}");
    let figures = &measured.json()["figures"];
    assert_eq!(figures["questions"], 3);
    let recall = figures["recall"].as_f64().unwrap();
    assert!((recall - 2.0 / 3.0).abs() < 1e-9, "{figures}");
    assert_eq!(figures["answers_found"], 0.5, "the scripted model says voles: {figures}");
    assert_eq!(docent(&server, &["search", "x", "--project", "Birds", "--json"]).await.code, 0);
    let chats = docent(&server, &["project", "show", "Birds", "--json"]).await.json();
    assert_eq!(chats["statistics"]["chat_count"], json!(0), "its chats are gone");

    let mut comparing = with(&["--compare"]);
    comparing.push(&kept);
    let compared = docent(&server, &comparing).await;
    assert!(compared.out.contains("before 0.667"), "{compared:?}");
    assert!(!compared.out.contains("worse") && !compared.out.contains("better"), "{compared:?}");

    let held = docent(&server, &with(&["--min-recall", "0.6"])).await;
    assert_eq!(held.code, 0, "{held:?}");
    let missed = docent(&server, &with(&["--min-recall", "0.9"])).await;
    assert!(missed.code == 1 && missed.err.contains("recall 0.667 is below 0.9"), "{missed:?}");
    write(folder.path(), "empty.jsonl", b"\n");
    let empty = path("empty.jsonl");
    let nothing = docent(&server, &["eval", &empty, "--project", "Birds"]).await;
    assert!(nothing.code == 1 && nothing.err.contains("has no questions"), "{nothing:?}");
}
