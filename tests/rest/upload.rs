use std::time::Duration;

use docent::http::Limits;
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::support::app::{Answer, TestApp, both_apps};
use crate::support::databases::TestStore;

fn id(answer: &Answer) -> i64 {
    answer.json()["document"]["id"].as_i64().unwrap_or_else(|| panic!("{answer:?}"))
}

both_apps!(the_same_bytes_again_are_the_same_document);

async fn the_same_bytes_again_are_the_same_document(app: TestApp) {
    let project = app.project("One").await;
    let first = app.upload(project, "", "a.txt", "voles").await;
    let again = app.upload(project, "", "copy of a.txt", "voles").await;
    assert_eq!((again.status, id(&again), again.json()["duplicate"].clone()), (200, id(&first), json!(true)));
    assert_eq!(app.stored_files(), 1, "the second copy is not kept");

    let other = app.project("Two").await;
    let elsewhere = app.upload(other, "", "a.txt", "voles").await;
    assert_eq!(
        (elsewhere.status, elsewhere.json()["duplicate"].clone()),
        (201, json!(false)),
        "never across projects"
    );

    let allowed = app.upload(project, "?on_duplicate=allow", "a.txt", "voles").await;
    assert_eq!(allowed.status, 201);
    assert_ne!(id(&allowed), id(&first));
    let odd = app.upload(project, "?on_duplicate=perhaps", "a.txt", "voles").await;
    insta::assert_snapshot!(odd.problem(), @"422 invalid_payload: `on_duplicate`: must be existing, skip, replace or allow");
}

both_apps!(the_same_path_with_other_bytes_is_a_new_version);

async fn the_same_path_with_other_bytes_is_a_new_version(app: TestApp) {
    let project = app.project("Versions").await;
    let first = app.upload(project, "", "a.txt", "voles").await;
    let second = app.upload(project, "", "a.txt", "mice").await;
    assert_eq!((second.status, id(&second)), (201, id(&first)));
    assert_eq!(second.json()["document"]["generation"], 2);
    assert_eq!(app.get(&format!("/api/documents/{}/download", id(&first))).await.text, "mice");

    let skipped = app.upload(project, "?on_duplicate=skip", "a.txt", "beetles").await;
    assert_eq!((skipped.status, skipped.json()["document"]["generation"].clone()), (200, json!(2)));
    let replaced = app.upload(project, "?on_duplicate=replace", "a.txt", "mice").await;
    assert_eq!((replaced.status, replaced.json()["document"]["generation"].clone()), (201, json!(3)));

    let upload = |path: &'static str| {
        let part = Part::text("beetles").file_name("b.txt");
        let form = Form::new().part("file", part).text("path", path);
        app.request(Method::POST, &format!("/api/projects/{project}/documents")).multipart(form)
    };
    let at_path = Answer::of(upload("../a.txt")).await;
    assert_eq!((id(&at_path), at_path.json()["document"]["generation"].clone()), (id(&first), json!(4)));
    insta::assert_snapshot!(Answer::of(upload("..")).await.problem(), @"422 invalid_payload: `path`: must be a relative path of at most 1024 characters");
}

both_apps!(a_key_makes_an_upload_safe_to_repeat);

async fn a_key_makes_an_upload_safe_to_repeat(app: TestApp) {
    let project = app.project("Keys").await;
    let upload = |key: &str, text: &'static str| {
        let form = Form::new().part("file", Part::text(text).file_name("a.txt"));
        app.request(Method::POST, &format!("/api/projects/{project}/documents?on_duplicate=allow"))
            .header("idempotency-key", key)
            .multipart(form)
    };
    let first = Answer::of(upload("k1", "voles")).await;
    let again = Answer::of(upload("k1", "voles")).await;
    assert_eq!((again.status, id(&again), again.header("idempotency-replayed")), (201, id(&first), "true"));
    let other = Answer::of(upload("k2", "voles")).await;
    assert_ne!(id(&other), id(&first));
    assert_eq!(app.get(&format!("/api/projects/{project}/documents")).await.header("x-total-count"), "2");
    let in_another_way = app
        .request(Method::POST, &format!("/api/projects/{project}/documents?on_duplicate=skip"))
        .header("idempotency-key", "k1")
        .multipart(Form::new().part("file", Part::text("voles").file_name("a.txt")));
    for reused in [upload("k1", "moles"), in_another_way] {
        let refused = Answer::of(reused).await;
        insta::allow_duplicates! {
            insta::assert_snapshot!(refused.problem(), @"422 idempotency_key_reused: Another request was sent with this Idempotency-Key; choose a new key for each request");
        }
    }
    let elsewhere = app.project("Elsewhere").await;
    let form = Form::new().part("file", Part::text("voles").file_name("a.txt"));
    let path = format!("/api/projects/{elsewhere}/documents");
    let reused = app.request(Method::POST, &path).header("idempotency-key", "k1").multipart(form);
    assert_eq!(Answer::of(reused).await.status, 422, "another path is another request");
    let again = Answer::of(upload("k1", "voles")).await;
    assert_eq!((again.status, id(&again)), (201, id(&first)), "the key still stands for the first");
    assert_eq!((app.stored_files(), app.get(&path).await.header("x-total-count")), (2, "0"));
    insta::assert_snapshot!(Answer::of(upload(&"k".repeat(256), "voles")).await.problem(), @"422 invalid_payload: `Idempotency-Key`: must have at most 200 plain characters");
}

both_apps!(a_key_whose_upload_is_under_way_is_told_to_wait);

async fn a_key_whose_upload_is_under_way_is_told_to_wait(app: TestApp) {
    let project = app.project("Slow").await;
    let upload = |key: &str, file: Part| {
        app.request(Method::POST, &format!("/api/projects/{project}/documents"))
            .header("idempotency-key", key)
            .multipart(Form::new().part("file", file.file_name("a.txt")))
    };
    let mut tries = 0;
    let (key, slow, sender, refused) = loop {
        let key = format!("slow-{tries}");
        let (sender, receiver) = tokio::sync::mpsc::channel::<Result<&str, std::io::Error>>(1);
        let body = futures_util::stream::unfold(receiver, |mut receiver| async move {
            receiver.recv().await.map(|piece| (piece, receiver))
        });
        #[expect(clippy::disallowed_methods, reason = "it is waited for, or ended, here")]
        let slow = tokio::spawn(Answer::of(upload(&key, Part::stream(reqwest::Body::wrap_stream(body)))));
        sender.send(Ok("vo")).await.unwrap();
        tokio::time::sleep(std::time::Duration::from_millis(100 << tries)).await;
        let other = Answer::of(upload(&key, Part::text("voles"))).await;
        if other.status == 409 {
            break (key, slow, sender, other);
        }
        // The first one had not arrived yet: then this one was the first, and was told nothing.
        slow.abort();
        tries += 1;
        assert!(tries < 8, "{other:?}");
    };
    insta::allow_duplicates! {
        insta::assert_snapshot!(refused.problem(), @"409 request_under_way: A request with this Idempotency-Key is still under way; send it again in a moment");
    }
    assert_eq!(refused.header("retry-after"), "1");
    sender.send(Ok("les")).await.unwrap();
    drop(sender);
    let first = slow.await.unwrap();
    assert!(matches!(first.status, 200 | 201), "{first:?}");
    let again = Answer::of(upload(&key, Part::text("voles"))).await;
    assert_eq!((id(&again), again.header("idempotency-replayed")), (id(&first), "true"));
}

both_apps!(uploads_of_one_file_at_the_same_moment_make_one_document);

async fn uploads_of_one_file_at_the_same_moment_make_one_document(app: TestApp) {
    let project = app.project("Race").await;
    let uploads = (0..8).map(|_| app.upload(project, "", "a.txt", "voles"));
    let answers = futures_util::future::join_all(uploads).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
    assert!(answers.iter().all(|answer| id(answer) == id(&answers[0])));
    assert_eq!(app.stored_files(), 1);
}

both_apps!(what_cannot_be_read_is_refused_before_it_is_stored);

async fn what_cannot_be_read_is_refused_before_it_is_stored(app: TestApp) {
    let project = app.project("Refused").await;
    let png = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR".to_vec();
    let refused = app.upload(project, "", "a.exe", "MZ").await.problem();
    assert!(
        refused.starts_with("400 unsupported_file_type: `.exe` files cannot be read; send one of: "),
        "{refused}"
    );
    insta::assert_snapshot!(app.upload(project, "", "a.pdf", png).await.problem(), @"400 unsupported_file_type: the name says PDF but the content is image/png; rename the file or convert it");
    insta::assert_snapshot!(app.upload(project, "", "a.txt", "").await.problem(), @"400 empty_file: The file has no bytes in it; check where it came from and send it again");
    insta::assert_snapshot!(app.upload(project, "", "..", "x").await.problem(), @"422 invalid_payload: `file`: needs a file name, such as `report.pdf`");
    insta::assert_snapshot!(app.upload(999, "", "a.txt", "x").await.problem(), @"404 not_found: There is no such project, or you have no access to it");
    let path = format!("/api/projects/{project}/documents");
    insta::assert_snapshot!(app.post(&path, json!({"file": "x"})).await.problem(), @"415 unsupported_media_type: Send the file as multipart/form-data, in a field called `file`");
    let empty = Answer::of(app.request(Method::POST, &path).multipart(Form::new().text("path", "x"))).await;
    insta::assert_snapshot!(empty.problem(), @"422 invalid_payload: `file`: is required");
    let two = Form::new()
        .part("file", Part::text("a").file_name("a.txt"))
        .part("file", Part::text("b").file_name("b.txt"));
    insta::assert_snapshot!(Answer::of(app.request(Method::POST, &path).multipart(two)).await.problem(), @"400 bad_request: Send one file here; several go to …/documents/bulk");
    assert_eq!(app.stored_files(), 0);
    assert_eq!(app.get(&path).await.header("x-total-count"), "0");
}

both_apps!(names_are_cleaned);

async fn names_are_cleaned(app: TestApp) {
    let project = app.project("Labels").await;
    for (given, expected) in [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\temp\\b.txt", "b.txt"),
        ("<img src=x onerror=alert(1)>.txt", "<img src=x onerror=alert(1)>.txt"),
        ("日本語.txt", "日本語.txt"),
    ] {
        let uploaded = app.upload(project, "?on_duplicate=allow", given, given).await;
        assert_eq!(uploaded.json()["document"]["filename"], expected, "{uploaded:?}");
    }
}

both_apps!(several_files_stand_each_for_itself);

async fn several_files_stand_each_for_itself(app: TestApp) {
    let project = app.project("Bulk").await;
    let files = [("a.txt", "a"), ("b.exe", "MZ"), ("c.txt", ""), ("d.md", "# D")];
    let form = files.iter().fold(Form::new(), |form, (name, text)| {
        form.part("files", Part::bytes(text.as_bytes()).file_name(*name))
    });
    let path = format!("/api/projects/{project}/documents/bulk");
    let answer = Answer::of(app.request(Method::POST, &path).multipart(form)).await;
    let body = answer.json();
    let names =
        |list: &Value| list.as_array().unwrap().iter().map(|it| it["filename"].clone()).collect::<Vec<_>>();
    assert_eq!((answer.status, names(&body["uploaded"])), (201, vec![json!("a.txt"), json!("d.md")]));
    let failed = serde_json::to_string_pretty(&body["failed"]).unwrap();
    let failed = failed.replace(&docent::extract::Format::known(), "(all kinds)");
    insta::assert_snapshot!(failed, @r#"
    [
      {
        "filename": "b.exe",
        "error": "`.exe` files cannot be read; send one of: (all kinds)",
        "code": "unsupported_file_type"
      },
      {
        "filename": "c.txt",
        "error": "The file has no bytes in it; check where it came from and send it again",
        "code": "empty_file"
      }
    ]
    "#);
    assert_eq!(
        (&body["total"], &body["successful"], &body["failed_count"]),
        (&json!(4), &json!(2), &json!(2))
    );
    let none = Answer::of(app.request(Method::POST, &path).multipart(Form::new().text("x", "y"))).await;
    insta::assert_snapshot!(none.problem(), @"422 invalid_payload: `files`: is required");
}

fn small() -> Limits {
    Limits { max_file_size: 100_000, upload_idle: Duration::from_millis(300), ..Limits::default() }
}

#[tokio::test]
async fn a_file_over_the_limit_is_cut_and_leaves_nothing() {
    let app = TestApp::with_limits(TestStore::sqlite().await, small()).await;
    let project = app.project("Large").await;
    let path = format!("/api/projects/{project}/documents");
    assert_eq!(app.upload(project, "", "fits.txt", "x".repeat(100_000)).await.status, 201);
    insta::assert_snapshot!(app.upload(project, "", "over.txt", "x".repeat(100_001)).await.problem(), @"413 file_too_large: A file may have at most 100000 bytes");

    // A gigabyte that does not say so: refused while it comes.
    let piece = bytes::Bytes::from(vec![b'x'; 1 << 20]);
    let stream = futures_util::stream::iter((0..1024).map(move |_| Ok::<_, std::io::Error>(piece.clone())));
    let part = Part::stream(reqwest::Body::wrap_stream(stream)).file_name("huge.txt");
    let huge = Answer::of(app.request(Method::POST, &path).multipart(Form::new().part("file", part))).await;
    assert_eq!(huge.status, 413);

    assert_eq!(app.stored_files(), 1, "only the one that fits");
}

#[tokio::test]
async fn an_oversized_file_among_several_does_not_take_the_others_along() {
    let app = TestApp::with_limits(TestStore::sqlite().await, small()).await;
    let project = app.project("Mixed").await;
    let form = Form::new()
        .part("files", Part::text("x".repeat(150_000)).file_name("large.txt"))
        .part("files", Part::text("y").file_name("small.txt"));
    let path = format!("/api/projects/{project}/documents/bulk");
    let body = Answer::of(app.request(Method::POST, &path).multipart(form)).await.json();
    assert_eq!(
        (&body["uploaded"][0]["filename"], &body["failed"][0]["code"]),
        (&json!("small.txt"), &json!("file_too_large"))
    );
}

/// Sends bytes as they are and gives back what the server says to them.
async fn raw(app: &TestApp, request: &str, rest: &[u8]) -> String {
    let address = app.address.strip_prefix("http://").unwrap();
    let mut socket = tokio::net::TcpStream::connect(address).await.unwrap();
    socket.write_all(request.as_bytes()).await.unwrap();
    socket.write_all(rest).await.unwrap();
    let mut answer = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(10), async {
        let mut buffer = [0; 4096];
        loop {
            let count = socket.read(&mut buffer).await.unwrap();
            answer.extend_from_slice(&buffer[..count]);
            if count == 0 || answer.windows(2).any(|pair| pair == b"\"}") {
                break;
            }
        }
    });
    read.await.expect("an answer in time");
    String::from_utf8_lossy(&answer).into_owned()
}

fn request(project: i64, length: usize) -> String {
    format!(
        "POST /api/projects/{project}/documents HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\
         Content-Type: multipart/form-data; boundary=B\r\n\r\n"
    )
}

const PART: &str = "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nhello";

#[tokio::test]
async fn broken_and_silent_uploads_are_cut_and_leave_nothing() {
    let app = TestApp::with_limits(TestStore::sqlite().await, small()).await;
    let project = app.project("Broken").await;

    let truncated = raw(&app, &request(project, PART.len()), PART.as_bytes()).await;
    assert!(truncated.starts_with("HTTP/1.1 400"), "{truncated}");
    assert!(truncated.contains("broke off"), "{truncated}");

    let silent = raw(&app, &request(project, PART.len() + 1000), PART.as_bytes()).await;
    assert!(silent.starts_with("HTTP/1.1 408"), "{silent}");

    let garbage = raw(&app, &request(project, 5), b"\x00\xff\r\n\r").await;
    assert!(garbage.starts_with("HTTP/1.1 400"), "{garbage}");

    let announced = raw(&app, &request(project, 1 << 30), b"").await;
    assert!(announced.starts_with("HTTP/1.1 413"), "{announced}");

    let endless_header = format!("--B\r\nContent-Disposition: form-data; x=\"{}", "a".repeat(3 << 20));
    let answer = raw(&app, &request(project, 4 << 20), endless_header.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 4"), "{answer}");

    let address = app.address.strip_prefix("http://").unwrap();
    let mut socket = tokio::net::TcpStream::connect(address).await.unwrap();
    socket.write_all(request(project, 1000).as_bytes()).await.unwrap();
    socket.write_all(PART.as_bytes()).await.unwrap();
    drop(socket);
    tokio::time::sleep(Duration::from_millis(100)).await;

    assert_eq!(app.stored_files(), 0);
    assert_eq!(app.get("/api/projects").await.status, 200, "the server lives");
}

both_apps!(a_client_that_waits_gets_the_document_as_it_is_then);

async fn a_client_that_waits_gets_the_document_as_it_is_then(app: TestApp) {
    let project = app.project("Waiting").await;
    let started = std::time::Instant::now();
    let answer = app.upload(project, "?wait=1", "a.txt", "voles").await;
    assert_eq!(answer.json()["document"]["status"], "pending", "nobody reads it in this test");
    assert!(started.elapsed() >= Duration::from_secs(1));
    insta::assert_snapshot!(app.upload(project, "?wait=-1", "a.txt", "voles").await.problem(), @"422 invalid_payload: `wait`: invalid type: string \"-1\", expected a whole number");
}
