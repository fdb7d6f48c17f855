use reqwest::Method;
use reqwest::header::RANGE;
use serde_json::json;

use crate::support::app::{Answer, TestApp, both_apps};

both_apps!(a_document_is_listed_read_renamed_and_deleted);

async fn a_document_is_listed_read_renamed_and_deleted(app: TestApp) {
    let project = app.project("Birds").await;
    let uploaded = app.upload(project, "", "kestrel.md", "# Kestrels\n\nThey eat voles.").await;
    insta::assert_snapshot!(uploaded.shown(), @r#"
    201 {
      "document": {
        "id": "[id]",
        "project_id": "[project_id]",
        "filename": "kestrel.md",
        "path": "kestrel.md",
        "file_type": "md",
        "mime_type": "text/markdown",
        "file_size": 27,
        "sha256": "e2425ced1b3c2a064b52fb870a69090909dfbe55607ccd8a4bbe663c0abb6d57",
        "status": "pending",
        "stage": "queued",
        "progress": 0,
        "page_count": null,
        "searchable_pages": null,
        "embedded_pages": null,
        "word_count": 0,
        "chunk_count": 0,
        "error_code": null,
        "error_message": null,
        "attempts": 0,
        "created_at": "[time]",
        "updated_at": "[time]",
        "processed_at": null,
        "warnings": [],
        "generation": 1,
        "doc_metadata": {}
      },
      "message": "The document was uploaded and waits to be read",
      "duplicate": false
    }
    "#);
    let document = uploaded.json()["document"].clone();
    let path = format!("/api/documents/{}", document["id"]);
    assert_eq!(app.get(&path).await.json(), document);

    let list = app.get(&format!("/api/projects/{project}/documents")).await;
    assert_eq!((list.json(), list.header("x-total-count")), (json!([document]), "1"));

    let changed =
        app.patch(&path, json!({"filename": "../falcon.md", "doc_metadata": {"shelf": 3}})).await.json();
    assert_eq!((&changed["filename"], &changed["doc_metadata"]), (&json!("falcon.md"), &json!({"shelf": 3})));

    assert_eq!(app.delete(&path).await.shown(), "204");
    let gone = "404 not_found: There is no such document, or you have no access to it";
    for path in [path.clone(), format!("{path}/download")] {
        assert_eq!(app.get(&path).await.problem(), gone);
    }
    assert_eq!(app.delete(&path).await.problem(), gone);
    assert_eq!(app.patch(&path, json!({"filename": "x.md"})).await.problem(), gone);
    assert_eq!(app.get(&format!("/api/projects/{project}/documents")).await.json(), json!([]));
}

both_apps!(documents_are_filtered_by_status_and_found_by_name);

async fn documents_are_filtered_by_status_and_found_by_name(app: TestApp) {
    let project = app.project("Names").await;
    for (name, text) in [("100%_sure.txt", "a"), ("Report.TXT", "b"), ("1000 things.txt", "c")] {
        assert_eq!(app.upload(project, "", name, text).await.status, 201);
    }
    let list = format!("/api/projects/{project}/documents");
    let count =
        async |query: &str| app.get(&format!("{list}{query}")).await.header("x-total-count").to_owned();
    assert_eq!(count("").await, "3");
    assert_eq!(count("?status_filter=pending").await, "3");
    assert_eq!(count("?status_filter=failed&skip=0").await, "0");
    insta::assert_snapshot!(app.get(&format!("{list}?status_filter=odd")).await.problem(), @"422 invalid_payload: `status_filter`: must be one of: pending, processing, completed, failed, cancelled");

    let found = async |q: &str| {
        let answer = app.request(Method::GET, &format!("{list}/search")).query(&[("q", q)]);
        let body = Answer::of(answer).await.json();
        let names = body["documents"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["filename"].as_str().unwrap().to_owned());
        (names.collect::<Vec<_>>().join(", "), body["total"].as_i64().unwrap())
    };
    assert_eq!(found("report").await, ("Report.TXT".into(), 1));
    assert_eq!(found("100").await, ("1000 things.txt, 100%_sure.txt".into(), 2));
    assert_eq!(found("100%").await, ("100%_sure.txt".into(), 1), "no pattern");
    assert_eq!(found("%_").await, ("100%_sure.txt".into(), 1));
    assert_eq!(found("\\").await, (String::new(), 0));
    insta::assert_snapshot!(app.get(&format!("{list}/search")).await.problem(), @"422 invalid_payload: `q`: is required");
}

both_apps!(several_are_deleted_at_once_each_for_itself);

async fn several_are_deleted_at_once_each_for_itself(app: TestApp) {
    let project = app.project("Many").await;
    let mut ids = Vec::new();
    for text in ["a", "b", "c"] {
        let uploaded = app.upload(project, "", &format!("{text}.txt"), text).await.json();
        ids.push(uploaded["document"]["id"].as_i64().unwrap());
    }
    let body = json!({"document_ids": [ids[0], ids[1].to_string(), ids[0], 999_999]});
    let answer = app.post("/api/documents/bulk-delete", body).await.json();
    assert_eq!(answer["deleted"], json!([ids[0], ids[1]]));
    assert_eq!(
        answer["failed"],
        json!([{"id": 999_999, "error": "There is no such document, or you have no access to it"}])
    );
    assert_eq!(
        (&answer["total"], &answer["successful"], &answer["failed_count"]),
        (&json!(3), &json!(2), &json!(1))
    );
    assert_eq!(app.get(&format!("/api/projects/{project}/documents")).await.header("x-total-count"), "1");

    let many = json!({"document_ids": (0..1001).collect::<Vec<_>>()});
    insta::assert_snapshot!(app.post("/api/documents/bulk-delete", many).await.problem(), @"422 invalid_payload: `document_ids`: may have at most 1000 ids");
    let odd = json!({"document_ids": [1, "x"]});
    insta::assert_snapshot!(app.post("/api/documents/bulk-delete", odd).await.problem(), @"422 invalid_payload: `document_ids[1]`: invalid type: string \"x\", expected a whole number");
}

both_apps!(originals_come_back_whole_and_in_parts);

async fn originals_come_back_whole_and_in_parts(app: TestApp) {
    let project = app.project("Parts").await;
    let name = "Größe \"x\";<b>.html";
    let uploaded = app.upload(project, "", name, "<script>alert(1)</script>").await.json();
    let path = format!("/api/documents/{}/download", uploaded["document"]["id"]);

    let whole = app.get(&path).await;
    assert_eq!((whole.status, whole.text.as_str()), (200, "<script>alert(1)</script>"));
    insta::assert_snapshot!(whole.header("content-disposition"), @"attachment; filename=\"Gr__e _x__<b>.html\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%22x%22%3B%3Cb%3E.html");
    assert_eq!(whole.header("content-type"), "text/html");
    assert_eq!(whole.header("x-content-type-options"), "nosniff");
    assert_eq!(whole.header("content-security-policy"), "default-src 'none'; sandbox");
    assert_eq!(whole.header("content-length"), "25");

    let ask =
        async |name: &str, value: &str| Answer::of(app.request(Method::GET, &path).header(name, value)).await;
    let part = ask("range", "bytes=8-12").await;
    assert_eq!(
        (part.status, part.text.as_str(), part.header("content-range")),
        (206, "alert", "bytes 8-12/25")
    );
    assert_eq!(ask("range", "bytes=-9").await.text, "</script>");
    let outside = ask("range", "bytes=99-").await;
    assert_eq!((outside.status, outside.header("content-range")), (416, "bytes */25"));
    insta::assert_snapshot!(outside.problem(), @"416 range_not_satisfiable: The file has 25 bytes; ask for a range within them");
    assert_eq!(ask("range", "bytes=0-1,3-4").await.status, 200);

    assert_eq!(ask("if-none-match", whole.header("etag")).await.status, 304);
    let other_version =
        app.request(Method::GET, &path).header(RANGE, "bytes=0-1").header("if-range", "\"other\"");
    assert_eq!(Answer::of(other_version).await.status, 200);
    let head = Answer::of(app.request(Method::HEAD, &path)).await;
    assert_eq!((head.status, head.text.as_str(), head.header("content-length")), (200, "", "25"));
}
