//! Entities: whoever acts for one enters its projects, and those of its related ones, to read and ask.

use serde_json::{Value, json};

use super::site::{Person, Site, both_sites};

async fn entity(admin: &Person, kind: &str) -> i64 {
    let answer = admin.post("/api/entities", json!({"kind": kind, "name": kind})).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json()["id"].as_i64().unwrap()
}

both_sites!(entities_open_projects_and_every_link_that_goes_closes_them);

async fn entities_open_projects_and_every_link_that_goes_closes_them(site: Site) {
    let admin = site.admin().await;
    let (doctor, owner, eve) = (
        site.user(&admin, "doctor").await,
        site.user(&admin, "owner2").await,
        site.user(&admin, "eve").await,
    );
    let project = owner.project("Patient's documents").await;
    let path = format!("/api/projects/{project}");
    let (hospital, patient) = (entity(&admin, "hospital").await, entity(&admin, "patient").await);
    let acts = format!("/api/entities/{hospital}/users/{}", doctor.id);
    let related = format!("/api/entities/{hospital}/related/{patient}");
    let linked = format!("{path}/entities/{patient}");
    assert_eq!(doctor.get(&path).await.status, 404);
    assert_eq!(owner.put(&linked, Value::Null).await.status, 404, "an owner links only what they act for");
    assert_eq!(admin.put(&linked, json!({})).await.status, 204);
    assert_eq!(admin.put(&acts, json!({"relation": "staff"})).await.status, 204);
    assert_eq!(doctor.get(&path).await.status, 404, "the hospital is not related to the patient yet");
    assert_eq!(admin.put(&related, json!({})).await.status, 204);
    let seen = doctor.get(&path).await;
    assert_eq!((seen.status, &seen.json()["role"]), (200, &json!("viewer")));
    let listed = doctor.get("/api/projects").await.json();
    assert!(listed.as_array().unwrap().iter().any(|it| it["id"] == project), "{listed}");
    // As much as a viewer, and no more.
    assert_eq!(doctor.get(&format!("{path}/documents")).await.status, 200);
    doctor.chat(project).await;
    assert_eq!(doctor.put(&path, json!({"name": "Mine"})).await.status, 403);
    assert_eq!(doctor.delete(&path).await.status, 403);
    assert_eq!(doctor.put(&linked, json!({})).await.status, 403);
    assert_eq!(doctor.make_member(project, &eve, "viewer").await.status, 403);
    assert_eq!(eve.get(&path).await.status, 404);
    let own = doctor.get("/api/entities").await.json();
    assert_eq!(own.as_array().unwrap().len(), 1, "only the one she acts for: {own}");
    assert_eq!(eve.get("/api/entities").await.json(), json!([]));

    for (link, body) in [(&related, json!({})), (&acts, json!({})), (&linked, json!({}))] {
        assert_eq!(admin.delete(link).await.status, 204);
        assert_eq!(doctor.get(&path).await.status, 404, "{link} is gone");
        assert_eq!(admin.delete(link).await.status, 404, "{link}");
        assert_eq!(admin.put(link, body).await.status, 204);
        assert_eq!(doctor.get(&path).await.status, 200, "{link} is back");
    }
    // The relation has a direction: who acts for the patient does not enter the hospital's projects.
    let ward = owner.project("The hospital's own").await;
    assert_eq!(admin.put(&format!("/api/projects/{ward}/entities/{hospital}"), json!({})).await.status, 204);
    assert_eq!(admin.put(&format!("/api/entities/{patient}/users/{}", eve.id), json!({})).await.status, 204);
    assert_eq!(eve.get(&path).await.status, 200);
    assert_eq!(eve.get(&format!("/api/projects/{ward}")).await.status, 404);
    site.stop().await;
}

both_sites!(links_need_both_ends);

async fn links_need_both_ends(site: Site) {
    let admin = site.admin().await;
    let ann = site.user(&admin, "ann").await;
    let (one, project) = (entity(&admin, "patient").await, ann.project("Birds").await);
    for path in [
        format!("/api/entities/{one}/users/999999"),
        format!("/api/entities/999999/users/{}", ann.id),
        format!("/api/entities/{one}/related/999999"),
        format!("/api/projects/{project}/entities/999999"),
        format!("/api/projects/999999/entities/{one}"),
        format!("/api/entities/{one}/users/x"),
    ] {
        assert_eq!(admin.put(&path, json!({})).await.status, 404, "{path}");
        assert_eq!(admin.delete(&path).await.status, 404, "{path}");
    }
    let same = admin.put(&format!("/api/entities/{one}/related/{one}"), json!({})).await;
    assert!(matches!(same.status, 400 | 422), "{}", same.text);
    for (path, body) in [
        (format!("/api/entities/{one}/users/{}", ann.id), json!({"relation": "self"})),
        (format!("/api/entities/{one}/related/{one}"), json!({})),
    ] {
        assert_eq!(ann.put(&path, body).await.status, 403, "{path}");
        assert_eq!(ann.delete(&path).await.status, 403, "{path}");
    }
    for body in [json!({"kind": "", "name": "x"}), json!({"kind": "a\nb", "name": "x"}), json!({"kind": "x"})]
    {
        let answer = admin.post("/api/entities", body).await;
        assert!(matches!(answer.status, 400 | 422), "{}", answer.text);
    }
    site.stop().await;
}
