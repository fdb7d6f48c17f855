//! What admins and owners do to others, and what they cannot do.

use serde_json::json;

use super::site::{PASSWORD, Site, both_sites};

both_sites!(accounts_are_changed_by_admins_alone_and_only_as_far_as_clients_may);

async fn accounts_are_changed_by_admins_alone_and_only_as_far_as_clients_may(site: Site) {
    let admin = site.admin().await;
    let more = json!({"username": "ann", "password": PASSWORD, "id": 4711, "disabled": true, "email": "ann@example.org",
                      "created_at": "2001-01-01T00:00:00Z", "password_hash": "x", "deleted_at": 1});
    let made = admin.post("/api/users", more).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let view = made.json();
    assert!(view["id"] != 4711 && view["disabled"] == false && view["role"] == "user", "{view}");
    assert!(!made.text.contains("hash") && !made.text.contains("argon2"), "{}", made.text);
    let ann = site.login("ann").await;
    let path = format!("/api/users/{}", ann.id);
    for (answer, what) in [
        (ann.get("/api/users").await, "list"),
        (
            ann.post("/api/users", json!({"username": "eve", "password": PASSWORD, "role": "admin"})).await,
            "make",
        ),
        (ann.patch(&path, json!({"role": "admin"})).await, "promote oneself"),
        (ann.delete(&path).await, "delete"),
        (ann.get("/api/audit").await, "audit"),
        (ann.post("/api/entities", json!({"kind": "patient", "name": "P"})).await, "entity"),
    ] {
        assert_eq!(answer.status, 403, "{what}: {}", answer.text);
    }
    let changed = admin.patch(&path, json!({"email": "", "id": 1})).await;
    assert_eq!(
        (changed.status, &changed.json()["email"]),
        (200, &json!("ann@example.org")),
        "an empty one counts as left out"
    );
    for path in ["/api/users/999999", "/api/users/0", "/api/users/x", "/api/users/-1"] {
        assert_eq!(admin.patch(path, json!({"disabled": true})).await.status, 404, "{path}");
        assert_eq!(admin.delete(path).await.status, 404, "{path}");
    }
    let listed = admin.get("/api/users").await;
    assert_eq!(listed.header("x-total-count"), "2");
    assert!(!listed.text.contains("argon2"), "{}", listed.text);
    site.stop().await;
}

both_sites!(disabled_and_deleted_people_are_out_at_once);

async fn disabled_and_deleted_people_are_out_at_once(site: Site) {
    let admin = site.admin().await;
    let (ann, ben) = (site.user(&admin, "ann").await, site.user(&admin, "ben").await);
    let key = ann.post("/api/auth/api-keys", json!({})).await.json()["key"].as_str().unwrap().to_owned();
    let program = site.nobody().holding(&key);
    assert_eq!(program.me().await, 200);
    let path = format!("/api/users/{}", ann.id);
    assert_eq!(admin.patch(&path, json!({"disabled": true})).await.status, 200);
    assert_eq!((ann.me().await, program.me().await, ann.renew().await.status), (401, 401, 401));
    assert_eq!(site.nobody().login("ann", PASSWORD).await.status, 401);
    assert_eq!(admin.patch(&path, json!({"disabled": false})).await.status, 200);
    assert_eq!(ann.me().await, 401, "what ended does not come back");
    let ann = site.login("ann").await;
    // An admin's new password for somebody ends their sign-ins, too.
    assert_eq!(admin.patch(&path, json!({"password": "given by an admin"})).await.status, 200);
    assert_eq!(ann.me().await, 401);

    let shared = ben.project("Shared").await;
    let ann = ann.with(&site.nobody().login("ann", "given by an admin").await.json());
    ben.make_member(shared, &ann, "editor").await;
    let chat = ann.chat(shared).await;
    let own = ann.project("Own").await;
    assert_eq!(admin.delete(&format!("{path}?transfer_to={}", ben.id)).await.status, 204);
    assert_eq!((ann.me().await, program.me().await), (401, 401));
    assert_eq!(ben.get(&format!("/api/chats/{chat}")).await.status, 200, "what she wrote elsewhere stays");
    assert_eq!(ben.get(&format!("/api/projects/{shared}/members")).await.header("x-total-count"), "1");
    assert_eq!(ben.get(&format!("/api/projects/{own}")).await.json()["role"], "owner");
    let again = site.user(&admin, "ann").await;
    assert_ne!(again.id, ann.id, "ids are not used again");
    assert_eq!(again.get(&format!("/api/chats/{chat}")).await.status, 404);
    site.stop().await;
}

both_sites!(the_last_admin_stays_one);

async fn the_last_admin_stays_one(site: Site) {
    let admin = site.admin().await;
    let path = format!("/api/users/{}", admin.id);
    for change in [json!({"role": "user"}), json!({"disabled": true})] {
        let answer = admin.patch(&path, change).await;
        insta::allow_duplicates! {
            insta::assert_snapshot!(answer.problem(), @"409 conflict: this is the last admin; make another one first");
        }
    }
    assert_eq!(admin.delete(&path).await.status, 409);
    let second = site.user(&admin, "second").await;
    let promote = admin.patch(&format!("/api/users/{}", second.id), json!({"role": "admin"})).await;
    assert_eq!(promote.status, 200);
    assert_eq!(second.get("/api/users").await.status, 200, "from now on");
    assert_eq!(second.patch(&path, json!({"role": "user"})).await.status, 200);
    assert_eq!((admin.get("/api/users").await.status, admin.me().await), (403, 200), "from now on");
    site.stop().await;
}

both_sites!(a_project_keeps_an_owner_who_can_come_in);

async fn a_project_keeps_an_owner_who_can_come_in(site: Site) {
    let admin = site.admin().await;
    let (ann, ben) = (site.user(&admin, "ann").await, site.user(&admin, "ben").await);
    let project = ann.project("Birds").await;
    let member = |id: i64| format!("/api/projects/{project}/members/{id}");
    assert_eq!(ann.delete(&member(ann.id)).await.status, 409);
    assert_eq!(ann.put(&member(ann.id), json!({"role": "viewer"})).await.status, 409);
    assert_eq!(ann.make_member(project, &ben, "owner").await.status, 200);
    assert_eq!(admin.patch(&format!("/api/users/{}", ben.id), json!({"disabled": true})).await.status, 200);
    assert_eq!(ann.delete(&member(ann.id)).await.status, 409, "the other one cannot come in");
    assert_eq!(ann.delete(&member(ben.id)).await.status, 204, "and may be taken out");
    for (role, status) in [("visitor", 422), ("admin", 422), ("", 422)] {
        let answer = ann.put(&member(ben.id), json!({"role": role})).await;
        assert!(matches!(answer.status, 400 | 422), "{role} ({status}): {}", answer.text);
    }
    for nobody in [0, -1, 999_999] {
        assert_eq!(ann.put(&member(nobody), json!({"role": "viewer"})).await.status, 404, "{nobody}");
    }
    site.stop().await;
}

both_sites!(no_project_is_left_without_an_owner);

async fn no_project_is_left_without_an_owner(site: Site) {
    let admin = site.admin().await;
    let (ann, ben, eve) =
        (site.user(&admin, "ann").await, site.user(&admin, "ben").await, site.user(&admin, "eve").await);
    let path = format!("/api/users/{}", ann.id);
    let (alone, shared, gone) =
        (ann.project("Birds").await, ann.project("Trees").await, ann.project("X").await);
    assert_eq!(ann.make_member(alone, &eve, "editor").await.status, 200);
    assert_eq!(ann.make_member(shared, &ben, "owner").await.status, 200);
    assert_eq!(ann.delete(&format!("/api/projects/{gone}?hard_delete=false")).await.status, 204);

    let refused = admin.delete(&path).await;
    let told = refused.problem().replace(&alone.to_string(), "7");
    insta::allow_duplicates! {
        insta::assert_snapshot!(told, @"409 conflict: nobody else owns `Birds` (7); name their next owner with `transfer_to`");
    }
    assert_eq!(ann.me().await, 200, "nothing happened");
    assert_eq!(admin.patch(&format!("/api/users/{}", ben.id), json!({"disabled": true})).await.status, 200);
    let refused = admin.delete(&path).await.problem();
    assert!(refused.contains("`Trees`"), "its other owner cannot come in: {refused}");
    for heir in [ann.id, ben.id, 999_999, 0] {
        let answer = admin.delete(&format!("{path}?transfer_to={heir}")).await;
        assert_eq!(answer.status, 422, "{heir}: {}", answer.text);
    }
    assert_eq!(eve.get(&format!("/api/projects/{alone}")).await.json()["role"], "editor");

    assert_eq!(admin.delete(&format!("{path}?transfer_to={}", eve.id)).await.status, 204);
    for project in [alone, shared] {
        assert_eq!(eve.get(&format!("/api/projects/{project}")).await.json()["role"], "owner");
        assert_eq!(eve.delete(&format!("/api/projects/{project}/members/{}", eve.id)).await.status, 409);
    }
    let told = admin.get("/api/audit?action=member.set").await.json();
    assert_eq!((&told[0]["username"], &told[0]["detail"]["user_id"]), (&json!("root"), &json!(eve.id)));
    site.stop().await;
}

both_sites!(an_email_can_be_taken_away);

async fn an_email_can_be_taken_away(site: Site) {
    let admin = site.admin().await;
    let ann = site.user(&admin, "ann").await;
    let path = format!("/api/users/{}", ann.id);
    let change = async |body| admin.patch(&path, body).await.json();
    assert_eq!(change(json!({"email": "ann@example.org"})).await["email"], "ann@example.org");
    let same = change(json!({"email": "", "username": null, "role": null, "disabled": null})).await;
    assert_eq!((&same["email"], &same["username"]), (&json!("ann@example.org"), &json!("ann")), "left out");
    assert_eq!(change(json!({"email": null})).await["email"], json!(null));
    assert_eq!(ann.me().await, 200);
    site.stop().await;
}

both_sites!(owners_add_people_by_name_and_learn_no_more_than_they_must);

async fn owners_add_people_by_name_and_learn_no_more_than_they_must(site: Site) {
    let admin = site.admin().await;
    let (ann, ben) = (site.user(&admin, "ann").await, site.user(&admin, "ben").await);
    let project = ann.project("Birds").await;
    let path = format!("/api/projects/{project}/members");
    assert_eq!(ann.get("/api/users").await.status, 403, "owners see no list");
    let added = ann.put(&path, json!({"username": " BEN ", "role": "viewer"})).await;
    assert_eq!((added.status, &added.json()["username"]), (200, &json!("ben")), "{}", added.text);
    assert!(!added.text.contains("email"), "{}", added.text);
    let changed = ann.put(&path, json!({"username": "ben", "role": "editor"})).await;
    assert_eq!(changed.json()["role"], "editor");
    assert_eq!(ben.get(&path).await.header("x-total-count"), "2");
    assert_eq!(ben.put(&path, json!({"username": "root", "role": "viewer"})).await.status, 403);
    let nobody = ann.put(&path, json!({"username": "zoe", "role": "viewer"})).await;
    insta::allow_duplicates! {
        insta::assert_snapshot!(nobody.problem(), @"404 not_found: There is no such user, or you have no access to it");
    }
    let tried = admin.get("/api/audit?action=person.not_found").await.json();
    assert_eq!((&tried[0]["username"], &tried[0]["detail"]), (&json!("ann"), &json!({"username": "zoe"})));
    assert_eq!(ann.put(&path, json!({"username": "ben", "role": "king"})).await.status, 422);
    assert_eq!(ann.put(&path, json!({"role": "viewer"})).await.status, 422);

    // Three were counted; by name or by number makes no difference.
    for number in 0..57 {
        let body = json!({"role": "viewer"});
        let status = ann.put(&format!("{path}/{}", 900_000 + number), body).await.status;
        assert_eq!(status, 404, "{number}");
    }
    let over = ann.put(&path, json!({"username": "root", "role": "viewer"})).await;
    assert!(over.status == 429 && !over.header("retry-after").is_empty(), "{over:?}");
    let member = format!("{path}/{}", ben.id);
    assert_eq!(ann.put(&member, json!({"role": "viewer"})).await.status, 200, "members are known already");
    assert_eq!(admin.put(&path, json!({"username": "root", "role": "viewer"})).await.status, 200);
    site.clock.by(std::time::Duration::from_secs(15 * 60));
    let ann = site.login("ann").await;
    assert_eq!(ann.put(&path, json!({"username": "root", "role": "owner"})).await.status, 200);
    site.stop().await;
}

both_sites!(members_go_by_themselves_or_by_an_owner);

async fn members_go_by_themselves_or_by_an_owner(site: Site) {
    let admin = site.admin().await;
    let (ann, ben, eve) =
        (site.user(&admin, "ann").await, site.user(&admin, "ben").await, site.user(&admin, "eve").await);
    let project = ann.project("Birds").await;
    let path = format!("/api/projects/{project}");
    assert_eq!(eve.get(&format!("{path}/members")).await.status, 404);
    assert_eq!(eve.make_member(project, &eve, "owner").await.status, 404, "nobody makes themselves a member");
    assert_eq!(ann.make_member(project, &ben, "viewer").await.status, 200);
    assert_eq!(ann.make_member(project, &eve, "editor").await.status, 200);
    assert_eq!(ben.make_member(project, &ben, "owner").await.status, 403);
    assert_eq!(eve.delete(&format!("{path}/members/{}", ben.id)).await.status, 403);
    assert_eq!(ben.get(&path).await.status, 200);
    assert_eq!(ben.delete(&format!("{path}/members/{}", ben.id)).await.status, 204);
    assert_eq!(ben.get(&path).await.status, 404);
    assert_eq!(ann.delete(&format!("{path}/members/{}", ben.id)).await.status, 404);
    assert_eq!(ann.delete(&format!("{path}/members/{}", eve.id)).await.status, 204);
    assert_eq!(eve.get(&path).await.status, 404);
    site.stop().await;
}

both_sites!(the_audit_log_tells_what_was_done);

async fn the_audit_log_tells_what_was_done(site: Site) {
    let admin = site.admin().await.from("198.51.100.7");
    let ann = site.user(&admin, "ann").await;
    site.nobody().from("203.0.113.9").login("ann", "wrong password").await;
    let project = ann.project("Birds").await;
    ann.make_member(project, &admin, "viewer").await;
    ann.delete(&format!("/api/projects/{project}/members/{}", admin.id)).await;
    let chat = ann.chat(project).await;
    ann.delete(&format!("/api/chats/{chat}")).await;
    ann.delete(&format!("/api/projects/{project}")).await;
    let all = admin.get("/api/audit").await;
    let entries = all.json();
    let mut told = String::new();
    for entry in entries.as_array().unwrap().iter().rev() {
        let name = |field: &str| entry[field].as_str().unwrap_or("-").to_owned();
        told.push_str(&format!("{} {} {}\n", name("username"), name("action"), name("target_kind")));
    }
    insta::allow_duplicates! {
        insta::assert_snapshot!(told, @"
        root setup -
        root user.made user
        ann login -
        ann login.failed -
        ann member.set project
        ann member.removed project
        ann chat.deleted chat
        ann project.deleted project
        ");
    }
    assert!(!all.text.contains("argon2") && !all.text.contains(PASSWORD), "{}", all.text);
    let failed = admin.get("/api/audit?action=login.failed").await.json();
    assert_eq!((&failed[0]["address"], &failed[0]["user_id"]), (&json!("203.0.113.9"), &json!(null)));
    assert_eq!(admin.get("/api/audit?action=nothing").await.status, 422);
    let hers = admin.get(&format!("/api/audit?user_id={}&limit=1", ann.id)).await;
    assert_eq!(hers.json().as_array().unwrap().len(), 1);
    site.stop().await;
}
