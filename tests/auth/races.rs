//! Two at the same moment.

use futures_util::future::join_all;
use serde_json::json;

use super::site::{Site, both_sites};

both_sites!(two_admins_do_not_both_stop_being_one);

async fn two_admins_do_not_both_stop_being_one(site: Site) {
    let first = site.admin().await;
    let second = site.user(&first, "second").await;
    for round in 0..6 {
        let all = json!({"role": "admin", "disabled": false});
        let (a, b) = (format!("/api/users/{}", first.id), format!("/api/users/{}", second.id));
        // Whoever is still one makes the other one again.
        for (person, path) in [(&first, &b), (&second, &a)] {
            person.patch(path, all.clone()).await;
        }
        let (one, two) = tokio::join!(
            first.patch(&b, json!({"role": "user"})),
            second.patch(&a, json!({"role": "user"})),
        );
        let admins = [first.get("/api/users").await.status, second.get("/api/users").await.status];
        assert!(admins.contains(&200), "round {round}: nobody is an admin: {} {}", one.text, two.text);
        assert!(one.status < 500 && two.status < 500, "{} {}", one.text, two.text);
    }
    site.stop().await;
}

both_sites!(two_owners_do_not_both_leave);

async fn two_owners_do_not_both_leave(site: Site) {
    let admin = site.admin().await;
    let (ann, ben) = (site.user(&admin, "ann").await, site.user(&admin, "ben").await);
    for round in 0..6 {
        let project = ann.project("Birds").await;
        ann.make_member(project, &ben, "owner").await;
        let path = |id: i64| format!("/api/projects/{project}/members/{id}");
        let (a, b) = (path(ann.id), path(ben.id));
        let (one, two) = tokio::join!(ann.delete(&a), ben.delete(&b));
        let mut both = [one.status, two.status];
        both.sort_unstable();
        assert_eq!(both, [204, 409], "round {round}: {} {}", one.text, two.text);
    }
    site.stop().await;
}

both_sites!(rights_change_many_times_at_once_without_a_failure);

async fn rights_change_many_times_at_once_without_a_failure(site: Site) {
    let admin = site.admin().await;
    let (ann, ben) = (site.user(&admin, "ann").await, site.user(&admin, "ben").await);
    let project = ann.project("Birds").await;
    let answer = admin.post("/api/entities", json!({"kind": "patient", "name": "P"})).await;
    let entity = answer.json()["id"].as_i64().unwrap();
    let changes = (0..24).map(|n| {
        let (admin, ann, ben) = (admin.clone(), ann.clone(), ben.clone());
        async move {
            match n % 6 {
                0 => ann.make_member(project, &ben, if n % 4 == 0 { "owner" } else { "viewer" }).await,
                1 => ann.delete(&format!("/api/projects/{project}/members/{}", ben.id)).await,
                2 => admin.put(&format!("/api/entities/{entity}/users/{}", ben.id), json!({})).await,
                3 => admin.delete(&format!("/api/entities/{entity}/users/{}", ben.id)).await,
                4 => {
                    admin.patch(&format!("/api/users/{}", ben.id), json!({"email": "ben@example.org"})).await
                }
                _ => admin.put(&format!("/api/projects/{project}/entities/{entity}"), json!({})).await,
            }
        }
    });
    for answer in join_all(changes).await {
        assert!(answer.status < 500, "{}", answer.text);
    }
    assert_eq!(admin.delete(&format!("/api/users/{}", ben.id)).await.status, 204);
    site.stop().await;
}
