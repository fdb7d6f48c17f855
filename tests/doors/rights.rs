//! Who may come in, with authentication on: people related through an entity, and visitors.

use std::time::Duration;

use reqwest::{Method, Response};
use serde_json::{Value, json};

use crate::security::table::Who;
use crate::security::world::World;
use crate::sockets::client::{Client, Language, Transport};

/// An entity that the stranger acts for, linked to the world's project.
async fn patient(world: &World) -> i64 {
    let made =
        world.admin(Method::POST, "/api/entities", json!({"kind": "patient", "name": "P. Heron"})).await;
    let entity = made["id"].as_i64().unwrap();
    let grant = format!("/api/entities/{entity}/users/{}", world.id(Who::Stranger));
    world.admin(Method::PUT, &grant, json!({"relation": "self"})).await;
    let link = format!("/api/projects/{}/entities/{entity}", world.project);
    world.admin(Method::PUT, &link, json!({})).await;
    entity
}

async fn connected(world: &World, who: Who, auth: Value) -> (Client, Value) {
    let mut auth = auth;
    if let Some(token) = world.token(who) {
        auth["token"] = token.into();
    }
    let mut client = Client::start(Language::JavaScript);
    let outcome = client.try_connect(&world.base, Transport::Websocket, json!({"auth": auth})).await;
    (client, outcome)
}

async fn native(world: &World, path: &str, headers: Value) -> (Client, Value) {
    let mut client = Client::start(Language::Native);
    let url = format!("{}/api/v1/ai-assistant/ws/{path}", world.base);
    let outcome = client.try_connect(&url, Transport::Websocket, json!({"headers": headers})).await;
    (client, outcome)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_entity_opens_the_sessions_of_its_projects() {
    let world = World::start().await;
    let chat = world.new_chat(world.project).await;
    let (_, outsider) = connected(&world, Who::Stranger, json!({"session_id": chat})).await;
    assert_eq!(outsider["reason"], "There is no such session, or you have no access to it");

    let entity = patient(&world).await;
    let (mut inside, outcome) =
        connected(&world, Who::Stranger, json!({"session_id": chat, "user_entity_id": entity})).await;
    assert_eq!(outcome["is"], "connected", "{outcome}");
    inside.ask_with("ai_message", json!(["What do herons eat?"])).await;
    assert_eq!(inside.event("ai_response").await["question_count"], 1);
    // Left out, the server finds the one that opens it; one that is not theirs opens nothing, not even for members.
    assert_eq!(connected(&world, Who::Stranger, json!({"session_id": chat})).await.1["is"], "connected");
    for who in [Who::Stranger, Who::Viewer] {
        let wrong = json!({"session_id": chat, "user_entity_id": entity + 100});
        let (_, refused) = connected(&world, who, wrong).await;
        assert_eq!(refused["reason"], "There is no such entity, or you have no access to it", "{who:?}");
    }
    // It allows entering and asking, nothing else.
    let delete = format!("/api/chats/{chat}");
    let (status, _) = world.send(world.token(Who::Stranger), Method::DELETE, &delete, None).await;
    assert_eq!(status, 403);

    let bearer = format!("Bearer {}", world.token(Who::Stranger).unwrap());
    let headers = json!({"Authorization": bearer, "user-entity-id": entity.to_string()});
    let (mut by_header, outcome) = native(&world, &chat.to_string(), headers).await;
    assert_eq!(outcome["is"], "connected", "{outcome}");
    let query =
        format!("{chat}?token={}&user_entity_id={}", world.token(Who::Stranger).unwrap(), entity + 100);
    assert!(native(&world, &query, json!({})).await.1["reason"].as_str().unwrap().starts_with("404"));
    for nobody in ["", "?token=not.a.token"] {
        let (_, refused) = native(&world, &format!("{chat}{nobody}"), json!({})).await;
        assert!(refused["reason"].as_str().unwrap().starts_with("401"), "{nobody}: {refused}");
    }

    let unlink = format!("/api/projects/{}/entities/{entity}", world.project);
    world.admin(Method::DELETE, &unlink, json!({})).await;
    let within = Duration::from_secs(5);
    let closed = tokio::time::timeout(within, by_header.disconnected()).await.expect("still open");
    assert_eq!(closed, "1008 this session is not open to you");
    tokio::time::timeout(within, inside.disconnected()).await.expect("still open");
    world.stop().await;
}

async fn stream(world: &World, body: Value, headers: &[(&str, &str)]) -> Response {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let request = client.post(format!("{}/api/v2/ai/chat/stream", world.base)).json(&body);
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    request.send().await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn visitors_are_known_by_what_they_were_given_and_have_limits_of_their_own() {
    let world = World::start().await;
    let ask = json!({"message": "What do herons eat?", "sessionId": "mine"});
    let bad = stream(&world, ask.clone(), &[("authorization", "Bearer not.a.token")]).await;
    assert_eq!(bad.status(), 401);

    let first = stream(&world, ask.clone(), &[]).await;
    assert_eq!(first.status(), 200);
    assert!(first.headers().contains_key("ratelimit"), "{:?}", first.headers());
    let cookie = first.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.starts_with("visitor=") && cookie.contains("HttpOnly"), "{cookie}");
    assert!(first.text().await.unwrap().ends_with("data: {\"done\":true,\"sessionId\":\"mine\"}\n\n"));
    let known = cookie.split(';').next().unwrap();
    let again = stream(&world, ask.clone(), &[("cookie", known)]).await;
    assert!(!again.headers().contains_key("set-cookie"));
    drop(again.text().await);
    // Another project than the public one is not there for them.
    let elsewhere = json!({"message": "x", "projectId": world.project});
    assert_eq!(stream(&world, elsewhere, &[("cookie", known)]).await.status(), 404);

    // The same name means another chat for somebody else, and the socket's visitor is known, too.
    let mut client = Client::start(Language::JavaScript);
    client.try_connect(&world.base, Transport::Websocket, json!({})).await;
    let mine = client.ask("ai:chat", ask.clone()).await;
    assert_eq!(mine["ok"], true, "{mine}");
    client.event("ai:complete").await;
    assert_eq!(client.ask("ai:chat", ask.clone()).await["chat_id"], mine["chat_id"]);
    client.event("ai:complete").await;
    let refused = client.ask("chat", json!({"message": "What do herons eat?"})).await;
    assert_eq!(refused["error"]["code"], "unauthenticated");
    // A token that comes along speaks for its owner alone.
    let chat = world.new_chat(world.project).await;
    let mut with_token = json!({"message": "What do herons eat?", "sessionId": chat});
    assert_eq!(client.ask("ai:chat", with_token.clone()).await["error"]["code"], "not_found");
    with_token["token"] = world.token(Who::Viewer).unwrap().into();
    assert_eq!(client.ask("ai:chat", with_token.clone()).await["chat_id"], chat);
    client.event("ai:complete").await;
    with_token["token"] = "not.a.token".into();
    assert_eq!(client.ask("ai:chat", with_token).await["error"]["code"], "unauthenticated");

    // Both transports count together, by address.
    let mut last = stream(&world, ask.clone(), &[("cookie", known)]).await;
    for _ in 0..20 {
        if last.status() == 429 {
            break;
        }
        drop(last.text().await);
        last = stream(&world, ask.clone(), &[("cookie", known)]).await;
    }
    assert_eq!(last.status(), 429);
    assert!(last.headers().contains_key("retry-after") && last.headers().contains_key("ratelimit-policy"));
    client.ask("ai:chat", ask).await;
    loop {
        let error = client.event("ai:error").await;
        if error["code"] == "rate_limited" {
            assert!(error["retry_after_s"].is_i64(), "{error}");
            break;
        }
    }
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn assistant_rooms_take_a_token_from_where_clients_have_it_and_nobody_without_one() {
    let world = World::start().await;
    let url = format!("{}/assistant/realtime", world.base);
    let token = world.token(Who::Viewer).unwrap();
    for (language, transport) in super::CLIENTS {
        let attempt = async |url: &str, more: Value| {
            let mut client = Client::start(language);
            let outcome = client.try_connect(url, transport, more).await;
            (client, outcome)
        };
        for (url, more) in [
            (url.clone(), json!({"auth": {"token": token}})),
            (format!("{url}?token={token}"), json!({})),
            (url.clone(), json!({"headers": {"cookie": format!("access_token={token}")}})),
        ] {
            let (mut client, outcome) = attempt(&url, more.clone()).await;
            assert_eq!(outcome["is"], "connected", "{language:?} {transport:?} {more}: {outcome}");
            let wanted = json!({
                "project_id": world.project, "model_api_source": "extractive", "model_id": "extractive",
            });
            assert_eq!(client.ask("create_room", wanted).await["ok"], true);
        }
        for more in [json!({}), json!({"auth": {"token": "not.a.token"}})] {
            let (_, outcome) = attempt(&url, more.clone()).await;
            assert_eq!(outcome["is"], "refused", "{language:?} {transport:?} {more}: {outcome}");
        }
    }
    world.stop().await;
}
