//! `join_project` and `leave_project`: who hears what happens to a project's documents.

use serde_json::{Map, Value};

use super::acknowledged;
use super::wire::ProjectPlaceView;
use crate::hub::inbox::Call;
use crate::hub::outbox::Parcel;
use crate::sent::sent;
use docent_domain::{Fault, ProjectId};

sent! {
    /// `join_project`, `leave_project`.
    pub(super) struct ProjectPlaceIn {
        #[schema(value_type = i64)]
        project_id: ProjectId,
    }
}

/// Leaves the room before, joins this one, and tells how far the documents under way are.
pub(super) async fn join(call: Call<'_>) -> Result<Map<String, Value>, Fault> {
    let ProjectPlaceIn { project_id: project } = call.sent()?;
    let scope = &call.caller.scope;
    let found = call.hub.store.read().await?.project(scope, project).await?;
    let seen = found.ok_or_else(|| Fault::not_found("project"))?.seen;
    let view = ProjectPlaceView::success(project);
    call.hub.send(call.connection, Parcel::event("project_joined", &view));
    // First into the room, then the snapshot: what happens in between arrives twice, and the older one is dropped.
    call.hub.join_project(call.connection, project);
    call.hub.snapshot(seen, call.connection).await?;
    Ok(acknowledged(&view))
}

/// Leaving a room one is not in changes nothing.
pub(super) async fn leave(call: Call<'_>) -> Result<Map<String, Value>, Fault> {
    let ProjectPlaceIn { project_id: project } = call.sent()?;
    let here = call.connection.place().project;
    if here == Some(project) {
        call.hub.leave_project(call.connection);
    }
    let view = ProjectPlaceView::success(project);
    call.hub.send(call.connection, Parcel::event("project_left", &view));
    Ok(acknowledged(&view))
}
