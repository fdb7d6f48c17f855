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
    assert_eq!(names, ["database", "index", "model", "news"]);
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
