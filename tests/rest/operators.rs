use serde_json::{Value, json};

use crate::support::app::{TestApp, both_apps};

both_apps!(health_and_readiness_are_told);

async fn health_and_readiness_are_told(app: TestApp) {
    for path in ["/health", "/healthz", "/healthz/"] {
        assert_eq!(app.get(path).await.json(), json!({"status": "ok"}), "{path}");
    }
    let ready = app.get("/readyz").await;
    assert_eq!((ready.status, &ready.json()["status"]), (200, &json!("ready")));
    let names: Vec<Value> =
        ready.json()["dependencies"].as_array().unwrap().iter().map(|it| it["name"].clone()).collect();
    assert_eq!(names, ["database", "index", "model", "news", "storage"]);
}

both_apps!(the_model_says_what_it_is);

async fn the_model_says_what_it_is(app: TestApp) {
    let status = app.get("/api/llm/status").await.json();
    assert_eq!((&status["connected"], &status["provider"]), (&json!(true), &json!("scripted")), "{status}");
    let models = app.get("/api/llm/models").await.json();
    assert_eq!(models["count"], models["models"].as_array().unwrap().len());
    assert_eq!(models["default_model"], status["default_model"]);
}

both_apps!(jobs_are_listed_cancelled_and_started_over);

async fn jobs_are_listed_cancelled_and_started_over(app: TestApp) {
    let project = app.project("Jobs").await;
    app.upload(project, "", "a.txt", "Kestrels eat voles.").await;
    let queued = app.get("/api/jobs?state=queued").await;
    assert_eq!(queued.header("x-total-count"), "1");
    let job = queued.json()[0].clone();
    assert_eq!((&job["kind"], &job["attempt"]), (&json!("ingest_document"), &json!(0)));
    let path = format!("/api/jobs/{}", job["id"]);
    assert_eq!(app.get(&path).await.json(), job);

    assert_eq!(app.post(&format!("{path}/retry"), json!({})).await.status, 409, "it has not come to rest");
    assert_eq!(app.post(&format!("{path}/cancel"), json!({})).await.json()["state"], "cancelled");
    assert_eq!(app.post(&format!("{path}/cancel"), json!({})).await.json()["state"], "cancelled");
    let again = app.post(&format!("{path}/retry"), json!({})).await.json();
    assert_eq!((&again["state"], &again["generation"]), (&json!("queued"), &json!(2)), "{again}");

    app.run_jobs().await;
    let done = app.get(&format!("/api/jobs/{}", again["id"])).await.json();
    assert_eq!((&done["state"], &done["attempt"]), (&json!("done"), &json!(1)), "{done}");
    let path = format!("/api/jobs/{}/cancel", again["id"]);
    insta::assert_snapshot!(app.post(&path, json!({})).await.problem(), @"409 conflict: The job is done already; there is nothing to cancel");
    insta::assert_snapshot!(app.get("/api/jobs/999").await.problem(), @"404 not_found: There is no such job, or you have no access to it");
    insta::assert_snapshot!(app.get("/api/jobs?state=odd").await.problem(), @"422 invalid_payload: `state`: must be one of: queued, running, done, failed, cancelled");
    let workers = app.get("/api/workers").await.json();
    assert!(!workers.as_array().unwrap().is_empty(), "{workers}");
}

both_apps!(the_queue_is_told_at_a_glance);

async fn the_queue_is_told_at_a_glance(app: TestApp) {
    let project = app.project("Glance").await;
    let first = app.upload(project, "", "a.txt", "Kestrels eat voles.").await.json();
    let overview = async || app.get("/api/jobs/overview").await.json();
    let waiting = overview().await;
    assert_eq!((&waiting["queued"], &waiting["running"]), (&json!(1), &json!(0)), "{waiting}");
    assert_eq!(waiting["oldest_queued_at"], app.get("/api/jobs").await.json()[0]["created_at"]);
    assert_eq!((&waiting["last_read_at"], &waiting["failures"]), (&json!(null), &json!([])));

    app.upload(project, "", "b.txt", "   ").await;
    app.upload(project, "", "c.txt", "  \n ").await;
    app.run_jobs().await;
    let after = overview().await;
    assert_eq!((&after["queued"], &after["oldest_queued_at"]), (&json!(0), &json!(null)), "{after}");
    assert_eq!(
        (&after["failures"][0]["error_code"], &after["failures"][0]["count"]),
        (&json!("no_text"), &json!(2))
    );
    let minutes = after["read_per_minute"].as_array().unwrap();
    assert_eq!((minutes.len(), minutes.iter().filter_map(Value::as_i64).sum::<i64>()), (60, 1));
    assert!(after["last_read_at"].is_string(), "{after}");

    // Deleted, or replaced by a good one: nothing is left to do about it.
    let failed = app.get("/api/jobs?state=failed&error_code=no_text&unresolved=true").await;
    assert_eq!(failed.header("x-total-count"), "2");
    let gone = &failed.json()[0]["document_id"];
    assert_eq!(app.delete(&format!("/api/documents/{gone}")).await.status, 204);
    app.upload(project, "", "b.txt", "Owls eat mice.").await;
    app.run_jobs().await;
    let total =
        async |query: &str| app.get(&format!("/api/jobs{query}")).await.header("x-total-count").to_owned();
    assert_eq!(total("?state=failed").await, "2");
    assert_eq!(total("?state=failed&unresolved=true").await, "0");
    assert_eq!(total("?error_code=internal").await, "0");
    assert_eq!(overview().await["failures"], json!([]));
    assert_eq!(app.get(&format!("/api/documents/{}", first["document"]["id"])).await.status, 200);
}

both_apps!(a_check_finds_and_repairs_what_does_not_fit);

async fn a_check_finds_and_repairs_what_does_not_fit(app: TestApp) {
    let project = app.project("Check").await;
    let uploaded = app.upload(project, "", "a.txt", "Kestrels eat voles.").await.json();
    app.run_jobs().await;
    let sound = app.get("/api/maintenance/check").await.json();
    insta::assert_snapshot!(sound, @r#"{"generations":1,"chunks":1,"points":1,"mismatches":[],"repaired":0}"#);

    app.bench.index.remove_project(project.into()).await.unwrap();
    let found = app.get("/api/maintenance/check").await.json();
    let id = &uploaded["document"]["id"];
    let mismatch = &found["mismatches"][0];
    assert_eq!(
        (&mismatch["kind"], &mismatch["document_id"], &mismatch["repaired"]),
        (&json!("points"), id, &json!(false))
    );
    assert_eq!(mismatch["detail"], "0 points for 1 chunks");
    let only_looked = app.post("/api/maintenance/check", json!({})).await.json();
    assert_eq!(only_looked["repaired"], 0);
    let repaired = app.post("/api/maintenance/check", json!({"repair": true})).await.json();
    assert_eq!((&repaired["repaired"], &repaired["mismatches"][0]["repaired"]), (&json!(1), &json!(true)));
    assert_eq!(app.get("/api/maintenance/check").await.json()["mismatches"], json!([]));
}
