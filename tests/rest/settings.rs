//! What the settings and analytics pages of the project-rooms clients ask for.

use serde_json::json;

use crate::support::app::{TestApp, both_apps};

both_apps!(settings_tell_what_there_is_and_how_to_change_it);

async fn settings_tell_what_there_is_and_how_to_change_it(app: TestApp) {
    let settings = app.get("/api/settings").await.json();
    for field in [
        "default_llm_model",
        "default_embedding_model",
        "default_chunk_size",
        "default_chunk_overlap",
        "default_retrieval_k",
        "theme",
    ] {
        assert!(!settings[field].is_null(), "{field}: {settings}");
    }
    let installed = app.get("/api/settings/models/installed").await.json();
    assert_eq!(installed["current_llm"], settings["default_llm_model"]);
    assert_eq!(installed["embedding_models"][0]["name"], settings["default_embedding_model"]);
    let popular = app.get("/api/settings/models/popular").await.json();
    assert_eq!(
        popular["llm_models"].as_array().unwrap().len(),
        installed["llm_models"].as_array().unwrap().len()
    );
    assert_eq!(popular["embedding_models"][0]["installed"], true);
    let name = settings["default_embedding_model"].as_str().unwrap();
    let found =
        app.get(&format!("/api/settings/models/search?query={}&model_type=embedding", &name[..3])).await;
    assert_eq!(found.json()[0]["type"], "embedding", "{found:?}");

    let same = json!({"llm_model": settings["default_llm_model"]});
    assert_eq!(app.put("/api/settings/models", same).await.json(), settings);
    let other = app.put("/api/settings/models", json!({"llm_model": "gpt-99"})).await;
    assert!(
        other.problem().starts_with("409 conflict: The default model is set where the server is started"),
        "{other:?}"
    );
    let pulled = app.post("/api/settings/models/pull", json!({"model_name": "gemma"})).await;
    assert!(
        pulled.problem().starts_with("409 conflict: Models are installed on the server that runs them"),
        "{pulled:?}"
    );
}

both_apps!(vectors_of_a_project_are_told_and_compared);

async fn vectors_of_a_project_are_told_and_compared(app: TestApp) {
    let project = app.project("Birds").await;
    let path = |what: &str| format!("/api/analytics/projects/{project}/{what}");
    let empty = app.get(&path("embedding-stats")).await.json();
    assert_eq!((&empty["total_chunks"], &empty["stats"]["avg_similarity"]), (&json!(0), &json!(0.0)));
    let reduce =
        json!({"method": "pca", "dimensions": 3, "n_samples": 500, "perplexity": 30, "n_neighbors": 15});
    assert_eq!(app.post(&path("dimensionality-reduction"), reduce.clone()).await.status, 409);

    app.upload(project, "", "kestrel.txt", "Kestrels eat voles.").await;
    app.upload(project, "", "owl.txt", "Owls sleep by day.").await;
    app.run_jobs().await;
    let stats = app.get(&path("embedding-stats")).await.json();
    assert_eq!((&stats["total_chunks"], &stats["total_documents"]), (&json!(2), &json!(2)), "{stats}");
    assert!((stats["stats"]["mean_norm"].as_f64().unwrap() - 1.0).abs() < 1e-3, "{stats}");
    assert_eq!(stats["document_breakdown"][0]["document_name"], "kestrel.txt");
    let places = app.post(&path("dimensionality-reduction"), reduce).await.json();
    assert_eq!(places["total_points"], 2);
    assert!(
        places["points"][0]["z"].is_number() && places["points"][0]["text_preview"] == "Kestrels eat voles."
    );
    let odd = app.post(&path("dimensionality-reduction"), json!({"method": "umap"})).await;
    assert_eq!(odd.json()["errors"][0]["field"], "method", "{odd:?}");
    for scope in ["document", "chunk"] {
        let alike = app.post(&path("similarity-matrix"), json!({"scope": scope})).await.json();
        assert!((alike["matrix"][1][1].as_f64().unwrap() - 1.0).abs() < 1e-6, "{alike}");
    }
    let all = app.get(&path("embeddings?include_text=true")).await.json();
    assert_eq!((&all["total"], &all["embeddings"][0]["text"]), (&json!(2), &json!("Kestrels eat voles.")));
    let found =
        app.post(&path("test-retrieval"), json!({"query": "What do kestrels eat?", "top_k": 2})).await.json();
    assert_eq!(found["results"][0]["document_name"], "kestrel.txt", "{found}");
    assert_eq!(found["stats"]["max_score"], found["results"][0]["score"]);
}

both_apps!(strings_are_no_booleans_and_ranges_name_their_field);

async fn strings_are_no_booleans_and_ranges_name_their_field(app: TestApp) {
    let chat = app.post("/api/chats", json!({"project_id": app.bench.project.get()})).await.json();
    let path = format!("/api/chats/{}/messages", chat["id"]);
    for (field, value) in [
        ("include_history", json!("yes")),
        ("stream", json!("true")),
        ("top_k", json!(51)),
        ("temperature", json!(3)),
        ("max_history", json!(101)),
    ] {
        let mut body = json!({"message": "What do kestrels eat?"});
        body[field] = value;
        let refused = app.post(&path, body).await;
        assert_eq!(
            (refused.status, &refused.json()["errors"][0]["field"]),
            (422, &json!(field)),
            "{refused:?}"
        );
    }
}
