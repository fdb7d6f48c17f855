//! `join_project` and `leave_project`: who hears what happens to a project's documents.

use serde_json::{Map, Value};

use super::acknowledged;
use super::wire::ProjectPlaceView;
use crate::inbox::Call;
use crate::outbox::Parcel;
use docent_domain::{Fault, ProjectId};

/// Leaves the room before, joins this one, and tells how far the documents under way are.
pub(super) async fn join(call: Call<'_>) -> Result<Map<String, Value>, Fault> {
    let project: ProjectId = call.payload.id("project_id")?;
    let scope = &call.caller.scope;
    let found = call.door.store.read().await?.project(scope, project).await?;
    let seen = found.ok_or_else(|| Fault::not_found("project"))?.seen;
    let view = ProjectPlaceView::success(project);
    call.door.send(call.connection, Parcel::event("project_joined", &view));
    // First into the room, then the snapshot: what happens in between arrives twice, and the older one is dropped.
    call.door.join_project(call.connection, project);
    call.door.snapshot(seen, call.connection).await?;
    Ok(acknowledged(&view))
}

/// Leaving a room one is not in changes nothing.
pub(super) async fn leave(call: Call<'_>) -> Result<Map<String, Value>, Fault> {
    let project: ProjectId = call.payload.id("project_id")?;
    let here = call.connection.place().project;
    if here == Some(project) {
        call.door.leave_project(call.connection);
    }
    let view = ProjectPlaceView::success(project);
    call.door.send(call.connection, Parcel::event("project_left", &view));
    Ok(acknowledged(&view))
}
