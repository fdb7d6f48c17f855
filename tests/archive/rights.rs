use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::security::table::Who;
use crate::security::world::World;
use crate::support::archives::texts;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_private_to_others_is_in_nobodys_export() {
    let world = World::start().await;
    world.new_private_chat(world.project).await;
    let open = world.new_chat(world.project).await;
    let named = json!({"title": "Open"});
    world.admin(Method::PUT, &format!("/api/chats/{open}"), named).await;
    let path = format!("{}/api/projects/{}/export", world.base, world.project);
    for who in [Who::Owner, Who::Admin] {
        let token = world.token(who).unwrap();
        let answer = reqwest::Client::new().post(&path).bearer_auth(token).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        let chats: Vec<String> = texts(&answer.bytes().await.unwrap())
            .into_iter()
            .filter(|(name, _)| name.starts_with("chats/"))
            .map(|(_, text)| text)
            .collect();
        assert_eq!(chats.len(), 1, "{who:?}: {chats:?}");
        assert!(chats[0].contains("\"Open\"") && !chats[0].contains("Private"), "{who:?}: {chats:?}");
    }
    let (status, audit) =
        world.send(world.token(Who::Admin), Method::GET, "/api/audit?action=project.exported", None).await;
    assert_eq!((status, audit.as_array().unwrap().len()), (StatusCode::OK, 2), "{audit}");
    world.stop().await;
}
