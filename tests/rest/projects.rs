use serde_json::json;

use crate::support::app::{TestApp, both_apps};

both_apps!(a_project_is_made_read_changed_and_deleted);

async fn a_project_is_made_read_changed_and_deleted(app: TestApp) {
    let made = app.post("/api/projects", json!({"name": " Field guide ", "settings": {"top_k": 5}})).await;
    insta::assert_snapshot!(made.shown(), @r#"
    201 {
      "id": "[id]",
      "name": "Field guide",
      "description": "",
      "document_count": 0,
      "chat_count": 0,
      "total_chunks": 0,
      "settings": {
        "top_k": 5
      },
      "created_at": "[time]",
      "updated_at": "[time]",
      "role": "owner"
    }
    "#);
    let path = format!("/api/projects/{}", made.json()["id"]);
    assert_eq!(app.get(&path).await.json(), made.json());

    let changed = app.put(&path, json!({"name": "Birds", "description": "of prey"})).await.json();
    assert_eq!((&changed["name"], &changed["description"]), (&json!("Birds"), &json!("of prey")));
    let kept = app.put(&path, json!({"description": null})).await.json();
    assert_eq!(kept["description"], "of prey");
    let cleared = app.put(&path, json!({"description": ""})).await.json();
    assert_eq!((&cleared["name"], &cleared["description"]), (&json!("Birds"), &json!("")));
    assert_eq!(changed["settings"], json!({"top_k": 5}), "what is left out stays");

    assert_eq!(app.delete(&path).await.shown(), "204");
    assert_eq!(app.get(&path).await.status, 404);
    assert_eq!(app.delete(&path).await.status, 404, "deleting again finds nothing");
    assert_eq!(app.post(&format!("{path}/restore"), json!({})).await.status, 404, "gone for good");
}

both_apps!(a_hidden_project_comes_back);

async fn a_hidden_project_comes_back(app: TestApp) {
    let id = app.project("Hidden").await;
    let path = format!("/api/projects/{id}");
    assert_eq!(app.delete(&format!("{path}?hard_delete=false")).await.status, 204);
    assert_eq!(app.get(&path).await.status, 404);
    assert_eq!(app.get(&format!("{path}/documents")).await.status, 404);

    let restored = app.post(&format!("{path}/restore"), json!({})).await;
    assert_eq!((restored.status, restored.json()["name"].clone()), (200, json!("Hidden")));
    assert_eq!(app.post(&format!("{path}/restore"), json!({})).await.status, 200, "safe to repeat");
    assert_eq!(app.get(&path).await.status, 200);
}

both_apps!(lists_come_in_parts_with_their_total);

async fn lists_come_in_parts_with_their_total(app: TestApp) {
    for n in 0..3 {
        app.project(&format!("Project {n}")).await;
    }
    let part = app.get("/api/projects?skip=1&limit=2").await;
    let names: Vec<_> = part.json().as_array().unwrap().iter().map(|it| it["name"].clone()).collect();
    assert_eq!(names, ["Project 0", "Project 1"]);
    assert_eq!(part.header("x-total-count"), "4", "with the default project");
    assert_eq!(app.get("/api/projects?skip=&limit=").await.json().as_array().unwrap().len(), 4);

    insta::assert_snapshot!(app.get("/api/projects?limit=1001").await.problem(), @"422 invalid_payload: `limit`: must be 1 to 1000");
    insta::assert_snapshot!(app.get("/api/projects?skip=-1").await.problem(), @"422 invalid_payload: `skip`: invalid type: string \"-1\", expected a whole number");
    insta::assert_snapshot!(app.get("/api/projects?limit=many").await.problem(), @"422 invalid_payload: `limit`: invalid type: string \"many\", expected a whole number");
}

both_apps!(statistics_count_what_is_there);

async fn statistics_count_what_is_there(app: TestApp) {
    let id = app.project("Counted").await;
    app.upload(id, "", "a.txt", "Kestrels eat voles.").await;
    insta::assert_snapshot!(app.get(&format!("/api/projects/{id}/statistics")).await.shown(), @r#"
    200 {
      "project_id": "[project_id]",
      "project_name": "Counted",
      "document_count": 1,
      "documents_by_status": {
        "cancelled": 0,
        "completed": 0,
        "failed": 0,
        "pending": 1,
        "processing": 0
      },
      "total_chunks": 0,
      "total_pages": 0,
      "total_words": 0,
      "total_size_bytes": 19,
      "chat_count": 0,
      "message_count": 0,
      "feedback": {
        "up": 0,
        "down": 0
      },
      "created_at": "[time]",
      "updated_at": "[time]"
    }
    "#);
    assert_eq!(app.get(&format!("/api/projects/{id}")).await.json()["document_count"], 1);
}

both_apps!(bodies_that_cannot_be_used_are_refused_by_field);

async fn bodies_that_cannot_be_used_are_refused_by_field(app: TestApp) {
    insta::assert_snapshot!(app.post("/api/projects", json!({})).await.shown(), @r#"
    422 {
      "type": "/docs/errors#invalid_payload",
      "title": "Some fields are missing or wrong",
      "status": 422,
      "detail": "`name`: is required",
      "code": "invalid_payload",
      "errors": [
        {
          "field": "name",
          "message": "is required"
        }
      ],
      "request_id": "[request_id]"
    }
    "#);
    for (body, expected) in [
        (json!({"name": ""}), "422 invalid_payload: `name`: is required"),
        (json!({"name": null}), "422 invalid_payload: `name`: is required"),
        (json!({"name": "   "}), "422 invalid_payload: `name`: must have 1 to 255 characters"),
        (json!({"name": "x".repeat(256)}), "422 invalid_payload: `name`: must have 1 to 255 characters"),
        (json!({"name": "a\u{0}b"}), "422 invalid_payload: `name`: must not contain the character NUL"),
        (json!({"name": 7}), "422 invalid_payload: `name`: invalid type: integer `7`, expected a string"),
        (
            json!({"name": "x", "settings": []}),
            "422 invalid_payload: `settings`: invalid type: sequence, expected a map",
        ),
        (
            json!({"name": "x", "settings": {"y": "z".repeat(20_000)}}),
            "422 invalid_payload: `settings`: may take at most 16384 bytes as JSON",
        ),
        (json!([]), "422 invalid_payload: The body must be a JSON object"),
    ] {
        assert_eq!(app.post("/api/projects", body).await.problem(), expected);
    }
    let large = app.post("/api/projects", json!({"name": "x", "more": "y".repeat(300_000)})).await;
    insta::assert_snapshot!(large.problem(), @"413 payload_too_large: The body of this request may have at most 262144 bytes");
    assert_eq!(app.get("/api/projects").await.header("x-total-count"), "1", "nothing was made");
}

both_apps!(ids_that_name_nothing_all_answer_alike);

async fn ids_that_name_nothing_all_answer_alike(app: TestApp) {
    let expected = "404 not_found: There is no such project, or you have no access to it";
    for id in ["999", "0", "-1", "abc", "1.5", "99999999999999999999", "%00", "1%2F2"] {
        assert_eq!(app.get(&format!("/api/projects/{id}")).await.problem(), expected, "{id}");
        assert_eq!(app.delete(&format!("/api/projects/{id}")).await.problem(), expected, "{id}");
    }
}
