use serde_json::json;

use crate::support::app::{TestApp, both_apps};

both_apps!(passages_are_found_and_the_way_to_them_is_told);

async fn passages_are_found_and_the_way_to_them_is_told(app: TestApp) {
    let project = app.project("Birds").await;
    let kestrel = app.upload(project, "", "kestrel.txt", "Kestrels eat voles.").await.json();
    app.upload(project, "", "owl.txt", "Owls hunt mice at night.").await;
    app.run_jobs().await;
    let path = format!("/api/projects/{project}/search");

    let found = app.post(&path, json!({"query": "What do kestrels eat?", "top_k": "1"})).await;
    assert!(found.json()["latency_ms"].as_f64().unwrap() > 0.0);
    let body = found.json();
    let best = &body["results"][0];
    assert_eq!(
        (&best["content"], &best["metadata"]["filename"]),
        (&json!("Kestrels eat voles."), &json!("kestrel.txt"))
    );
    assert_eq!((&best["metadata"]["start"], &best["metadata"]["end"]), (&json!(0), &json!(19)));
    assert_eq!(body["trace"], json!(null));

    let traced =
        app.post(&format!("{path}?trace=true"), json!({"query": "kestrels", "top_k": 1})).await.json();
    assert_eq!(traced["trace"]["hits"][0]["kept"], 1, "{traced}");
    assert!(traced["trace"]["timings"]["total_ms"].as_f64().is_some());

    let only_owls = json!({"query": "kestrels", "document_ids": []});
    assert_eq!(app.post(&path, only_owls).await.json()["results"], json!([]), "an empty list finds nothing");
    let id = kestrel["document"]["id"].to_string();
    let narrowed = app.post(&path, json!({"query": "mice at night", "document_ids": [id]})).await.json();
    let names: Vec<_> =
        narrowed["results"].as_array().unwrap().iter().map(|it| it["metadata"]["filename"].clone()).collect();
    assert!(!names.contains(&json!("owl.txt")), "{names:?}");
}

both_apps!(chunks_lie_on_a_map);

async fn chunks_lie_on_a_map(app: TestApp) {
    let project = app.project("Map").await;
    let path = format!("/api/projects/{project}/map");
    assert_eq!(app.get(&path).await.json()["points"], json!([]), "an empty map is a map");
    for (name, text) in [("a.txt", "Kestrels eat voles."), ("b.txt", "Owls hunt mice at night.")] {
        app.upload(project, "", name, text).await;
    }
    app.run_jobs().await;
    let map = app.get(&path).await.json();
    let points = map["points"].as_array().unwrap();
    assert_eq!(
        (points.len(), &map["total"], &points[0]["filename"]),
        (2, &json!(2), &json!("a.txt")),
        "{map}"
    );
    assert!(points.iter().all(|point| point["x"].as_f64().is_some_and(|x| x.abs() <= 1.0)), "{map}");
    assert_eq!(app.get("/api/projects/999/map").await.status, 404);
}

both_apps!(searches_stay_inside_their_project);

async fn searches_stay_inside_their_project(app: TestApp) {
    let (mine, other) = (app.project("Mine").await, app.project("Other").await);
    let foreign = app.upload(other, "", "kestrel.txt", "Kestrels eat voles.").await.json();
    app.run_jobs().await;
    let path = format!("/api/projects/{mine}/search");
    assert_eq!(app.post(&path, json!({"query": "kestrels voles"})).await.json()["results"], json!([]));
    let named = json!({"query": "kestrels voles", "document_ids": [foreign["document"]["id"]]});
    assert_eq!(app.post(&path, named).await.json()["results"], json!([]));
}

both_apps!(searches_that_cannot_be_made_are_refused_by_field);

async fn searches_that_cannot_be_made_are_refused_by_field(app: TestApp) {
    let project = app.project("Odd").await;
    let path = format!("/api/projects/{project}/search");
    for (body, expected) in [
        (json!({}), "422 invalid_payload: `query`: is required"),
        (json!({"query": "  "}), "422 invalid_payload: `query`: must have 1 to 32768 bytes"),
        (json!({"query": "x".repeat(40_000)}), "422 invalid_payload: `query`: must have 1 to 32768 bytes"),
        (json!({"query": "x", "top_k": 51}), "422 invalid_payload: `top_k`: must be 1 to 50"),
        (json!({"query": "x", "top_k": 0}), "422 invalid_payload: `top_k`: must be 1 to 50"),
        (
            json!({"query": "x", "mode": "psychic"}),
            "422 invalid_payload: `mode`: must be hybrid, dense or sparse",
        ),
    ] {
        assert_eq!(app.post(&path, body).await.problem(), expected);
    }
    assert_eq!(app.post("/api/projects/999/search", json!({"query": "x"})).await.status, 404);
}
