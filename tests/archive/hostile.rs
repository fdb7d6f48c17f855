//! Archives that nobody exported.

use std::io::{Cursor, Write};

use serde_json::json;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support::app::{TestApp, both_apps};
use crate::support::archives::{Parts, import};

const CHAT: &str = "chats/1.jsonl";
const DOCUMENT: &str = "documents/1/document.json";
const ORIGINAL: &str = "documents/1/original.txt";

both_apps!(a_small_archive_is_taken);

async fn a_small_archive_is_taken(app: TestApp) {
    let made = import(&app, Parts::small().zip()).await.json();
    app.run_jobs().await;
    let project = app.get(&format!("/api/projects/{}", made["id"])).await.json();
    assert_eq!((&project["document_count"], &project["chat_count"]), (&json!(1), &json!(1)), "{project}");
    let empty = import(&app, Parts::empty().with("documents/", "").zip()).await;
    assert_eq!(empty.status, 202, "{empty:?}");
    app.run_jobs().await;
    assert_eq!(app.get(&format!("/api/projects/{}", empty.json()["id"])).await.json().get("import"), None);
}

/// Refused, with nothing left of it.
async fn refused(app: &TestApp, archive: Vec<u8>) -> String {
    let before = (app.stored_files(), app.get("/api/projects").await.header("x-total-count").to_owned());
    let answer = import(app, archive).await;
    let after = (app.stored_files(), app.get("/api/projects").await.header("x-total-count").to_owned());
    assert_eq!(before, after, "{answer:?}");
    answer.problem()
}

both_apps!(what_is_no_export_is_refused);

async fn what_is_no_export_is_refused(app: TestApp) {
    let check = async |parts: Parts| refused(&app, parts.zip()).await;
    insta::assert_snapshot!(refused(&app, b"Kestrels eat voles.".to_vec()).await, @"400 unsupported_file_type: Send the ZIP file that an export of a project has given");
    insta::assert_snapshot!(refused(&app, b"PK\x03\x04 and nothing more".to_vec()).await, @"422 corrupt_document: the archive is damaged: invalid Zip archive: Could not find EOCD");
    insta::assert_snapshot!(check(Parts::small().without("manifest.json")).await, @"400 bad_request: this is no export of a project: it has no `manifest.json`");
    insta::assert_snapshot!(check(Parts::small().replaced("manifest.json", "docent-project", "other")).await, @"400 bad_request: this is no export of a project: its manifest does not say `docent-project`");
    insta::assert_snapshot!(check(Parts::small().replaced("manifest.json", "1", "7")).await, @"400 bad_request: the archive has version 7, this server reads version 1; update the server");
    insta::assert_snapshot!(check(Parts::small().replaced("manifest.json", "Imported", " ")).await, @"422 invalid_payload: `name`: must have 1 to 255 characters");
    insta::assert_snapshot!(check(Parts::small().without(ORIGINAL)).await, @"422 invalid_payload: `documents/1/document.json`: its original is missing");
    insta::assert_snapshot!(check(Parts::small().without(DOCUMENT)).await, @"422 invalid_payload: `documents/1/document.json`: is missing");
    insta::assert_snapshot!(check(Parts::small().replaced(CHAT, "\"document\":1", "\"document\":2")).await, @"422 invalid_payload: `chats/1.jsonl, message 2`: document 2 is not in the archive");
    insta::assert_snapshot!(check(Parts::small().with(CHAT, "")).await, @"422 invalid_payload: `chats/1.jsonl`: is empty");
    insta::assert_snapshot!(check(Parts::small().replaced(CHAT, "assistant", "admin")).await, @"422 invalid_payload: `chats/1.jsonl, message 2`: `role` is no word that it can have");
    let truncated = Parts::small().zip();
    let truncated = truncated[..truncated.len() - 30].to_vec();
    assert!(refused(&app, truncated).await.starts_with("422 corrupt_document"));
}

both_apps!(names_are_never_paths);

async fn names_are_never_paths(app: TestApp) {
    for name in [
        "../../etc/passwd",
        "/etc/passwd",
        "documents/../../x",
        "documents/1/original.txt/../x",
        "C:\\x",
        "x\0y",
    ] {
        let answer = refused(&app, Parts::small().with(name, "x").zip()).await;
        assert!(
            answer.starts_with("400 bad_request: this is no export of a project: nothing in one"),
            "{answer}"
        );
    }
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in &Parts::small().without(ORIGINAL).0 {
        writer.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.add_symlink(ORIGINAL, "/etc/passwd", SimpleFileOptions::default()).unwrap();
    let linked = writer.finish().unwrap().into_inner();
    insta::assert_snapshot!(refused(&app, linked).await, @"422 corrupt_document: the archive is damaged: `documents/1/original.txt` is a link");
}

both_apps!(directories_that_lie_are_refused);

async fn directories_that_lie_are_refused(app: TestApp) {
    let two = Parts::small().with("chats/2.jsonl", Parts::small().0[3].1.clone()).zip();
    let twice = replaced(&two, b"chats/2.jsonl", b"chats/1.jsonl");
    insta::assert_snapshot!(refused(&app, twice).await, @"422 corrupt_document: the archive is damaged: `chats/1.jsonl` is in it twice");
    let other = changed(&Parts::small().zip(), CHAT, |header| header[46] = b'x');
    assert!(refused(&app, other).await.starts_with("4"), "a name that is another in the entry's own header");
    for size in [0_u32, 1, u32::MAX - 1] {
        let lying = changed(&Parts::small().zip(), CHAT, |header| {
            header[24..28].copy_from_slice(&size.to_le_bytes());
        });
        assert!(refused(&app, lying).await.starts_with("422 "), "{size}");
    }
    let packed = changed(&Parts::small().zip(), CHAT, |header| {
        header[20..24].copy_from_slice(&(u32::MAX - 1).to_le_bytes());
    });
    assert!(refused(&app, packed).await.starts_with("422 "));
    let moved = changed(&Parts::small().zip(), CHAT, |header| header[42..46].copy_from_slice(&[0; 4]));
    assert!(refused(&app, moved).await.starts_with("422 "), "two entries over one place");
    let locked = changed(&Parts::small().zip(), CHAT, |header| header[8] |= 1);
    assert!(refused(&app, locked).await.starts_with("422 "));
}

both_apps!(what_unpacks_to_too_much_is_refused);

async fn what_unpacks_to_too_much_is_refused(app: TestApp) {
    let spaces = |count: usize| " ".repeat(count);
    let check = async |parts: Parts| refused(&app, parts.zip()).await;
    let manifest = String::from_utf8(Parts::empty().0[0].1.clone()).unwrap();
    insta::assert_snapshot!(check(Parts::small().with("manifest.json", manifest + &spaces(300 << 10))).await, @"422 extraction_limit: the archive asks for more than the limits allow: `manifest.json` has more than 262144 bytes");
    let deep = format!("{{\"format\": {}", "[".repeat(1000));
    insta::assert_snapshot!(check(Parts::small().with("manifest.json", deep)).await, @"422 extraction_limit: the archive asks for more than the limits allow: `manifest.json` is nested more than 32 deep");
    insta::assert_snapshot!(check(Parts::small().with(CHAT, spaces(5 << 20))).await, @"422 extraction_limit: the archive asks for more than the limits allow: `chats/1.jsonl` has too long a line");
    insta::assert_snapshot!(check(Parts::small().replaced(CHAT, "Voles [1]", &"x".repeat(2 << 20))).await, @"422 extraction_limit: the archive asks for more than the limits allow: `content` of `chats/1.jsonl, message 2` has more than 1048576 bytes");
}

/// Taken, and then found wrong: the project says so, and nothing was made.
async fn fails(app: &TestApp, archive: Vec<u8>) -> String {
    let made = import(app, archive).await;
    assert_eq!(made.status, 202, "{made:?}");
    app.run_jobs().await;
    let project = app.get(&format!("/api/projects/{}", made.json()["id"])).await.json();
    assert_eq!((&project["document_count"], &project["chat_count"]), (&json!(0), &json!(0)), "{project}");
    let listed = app.get("/api/projects?limit=1000").await.json();
    let listed = listed.as_array().unwrap().iter().find(|it| it["id"] == project["id"]).unwrap();
    assert_eq!(listed["import"], project["import"]);
    let import = &project["import"];
    assert_eq!(import["status"], "failed");
    format!("{}: {}", import["error_code"].as_str().unwrap(), import["error_message"].as_str().unwrap())
}

both_apps!(originals_are_held_against_what_is_said_of_them);

async fn originals_are_held_against_what_is_said_of_them(mut app: TestApp) {
    app.bench.archives.original = 1 << 20;
    let parts = || Parts::small().with_document(2, "b.txt", b"Owls sleep by day.");
    insta::assert_snapshot!(fails(&app, parts().with("documents/2/original.txt", "Other bytes").zip()).await, @"corrupt_document: the archive is damaged: the original beside `documents/2/document.json` is another file");
    let unknown = fails(&app, parts().with_document(3, "c.exe", b"MZ").zip()).await;
    let expected =
        "unsupported_file_type: `documents/3/document.json`: `.exe` files cannot be read; send one of: ";
    assert!(unknown.starts_with(expected), "{unknown}");
    let named = fails(&app, parts().with_document(3, "c.pdf", b"PK\x03\x04 and so on").zip()).await;
    assert!(named.contains(": `documents/3/document.json`: "), "{named}");
    let bomb = parts().with_document(3, "c.txt", &vec![b' '; 2 << 20]).zip();
    assert!(bomb.len() < 10_000);
    insta::assert_snapshot!(fails(&app, bomb).await, @"extraction_limit: the archive asks for more than the limits allow: `documents/3/original.…` is too large when it is unpacked");
    let spoilt = changed(&parts().zip(), "documents/2/original.txt", |header| header[16] ^= 1);
    assert!(refused(&app, spoilt).await.starts_with("422 corrupt_document"), "another one in the directory");
}

/// An archive with an entry's header in the directory changed.
fn changed(archive: &[u8], name: &str, change: impl FnOnce(&mut [u8])) -> Vec<u8> {
    let mut archive = archive.to_vec();
    let at = archive.windows(name.len()).rposition(|it| it == name.as_bytes()).unwrap() - 46;
    assert_eq!(archive[at..at + 4], *b"PK\x01\x02");
    change(&mut archive[at..]);
    archive
}

fn replaced(archive: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut archive = archive.to_vec();
    while let Some(at) = archive.windows(from.len()).position(|it| it == from) {
        archive[at..at + to.len()].copy_from_slice(to);
    }
    archive
}
