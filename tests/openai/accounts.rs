//! OpenAI's API with authentication on: whose key opens what, with the official package.

use serde_json::json;

use super::play;
use crate::security::table::Who;
use crate::security::world::World;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_opens_what_its_owner_may_ask() {
    let world = World::start().await;
    world.tell(world.project, "Kestrels eat voles.").await;
    let model = format!("project:{}", world.project);
    let (key, strangers) = (world.api_key(Who::Viewer).await, world.api_key(Who::Stranger).await);

    let seen = play("models", &world.base, &model, Some(&key)).await;
    assert!(seen["listed"].as_array().unwrap().contains(&json!(model)), "{seen}");
    for token in [key.as_str(), world.token(Who::Viewer).unwrap()] {
        let whole = play("whole", &world.base, &model, Some(token)).await;
        assert!(whole["content"].as_str().unwrap().contains("Kestrels eat voles"), "{whole}");
        assert_eq!((&whole["finish_reason"], &whole["usage"]), (&json!("stop"), &json!(true)), "{whole}");
        let streamed = play("stream", &world.base, &model, Some(token)).await;
        assert_eq!(streamed["content"], whole["content"], "{streamed}");
        assert_eq!(streamed["usage"].as_array().unwrap().last(), Some(&json!(true)), "{streamed}");
    }
    let vectors = play("embeddings", &world.base, "", Some(&strangers)).await;
    assert_eq!((&vectors["same"], &vectors["usage"]), (&json!(true), &json!(true)), "{vectors}");

    // What is asked by way of this API is the asker's own: private, and found in the history by nobody else.
    let whole = play("whole", &world.base, &model, Some(&key)).await;
    let path = format!("/api/chats/{}", whole["chat"]);
    let as_ = async |who| world.send(world.token(who), reqwest::Method::GET, &path, None).await.0.as_u16();
    assert_eq!((as_(Who::Viewer).await, as_(Who::Owner).await), (200, 404));
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_good_key_nothing_is_there() {
    let world = World::start().await;
    let model = format!("project:{}", world.project);
    let disabled = world.token(Who::Disabled).map(str::to_owned);
    for bad in [Some("none"), Some("dk_not_a_key"), world.token(Who::ExpiredToken), disabled.as_deref()] {
        let heard = play("refused", &world.base, &model, bad).await;
        assert_eq!(heard, json!(vec!["AuthenticationError 401 invalid_api_key Bearer"; 5]), "{bad:?}");
    }
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_belongs_to_others_is_as_if_it_were_not_there() {
    let world = World::start().await;
    let model = format!("project:{}", world.project);
    let key = world.api_key(Who::Stranger).await;
    let heard = play("unseen", &world.base, &model, Some(&key)).await;
    assert_eq!(heard["same"], true, "{heard}");
    insta::assert_snapshot!(heard["said"].as_str().unwrap(), @r#"{"code": "model_not_found", "message": "The model `MODEL` does not exist or you have no access to it; see /v1/models", "param": "model", "type": "invalid_request_error"}"#);
    let listed = play_models(&world, &key).await;
    assert!(!listed.contains(&model), "{listed:?}");
    world.stop().await;
}

async fn play_models(world: &World, key: &str) -> Vec<String> {
    let (status, models) = world.send(Some(key), reqwest::Method::GET, "/v1/models", None).await;
    assert_eq!(status, 200);
    models["data"].as_array().unwrap().iter().map(|model| model["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_asks_too_much_is_told_when_to_come_back() {
    let world = World::with(&[("RATE_LIMIT_USER", "3")]).await;
    world.tell(world.project, "Kestrels eat voles.").await;
    let model = format!("project:{}", world.project);
    let key = world.api_key(Who::Viewer).await;
    let heard = play("limited", &world.base, &model, Some(&key)).await;
    insta::assert_snapshot!(heard, @r#"{"told":["r=2","r=1","r=0"],"policy":"\"user\";q=3;w=900","code":"rate_limit_exceeded","type":"rate_limit_error","waits":true}"#);
    // The other doors count the same.
    let body = json!({"query": "herons"});
    let path = format!("/api/projects/{}/search", world.project);
    let token = world.token(Who::Viewer);
    assert_eq!(world.send(token, reqwest::Method::POST, &path, Some(body)).await.0, 429);
    world.stop().await;
}
