//! `POST /api/projects/import`: a new project from an exported one.

use axum::extract::{Request, State};
use axum::http::StatusCode;

use super::{ProjectView, description, name};
use crate::documents::receive::{Part, Received, Receiver, announced};
use crate::form;
use crate::services::{Limits, Services};
use crate::wire;
use docent_archive::{ArchiveError, Container, Contents};
use docent_auth::Caller;
use docent_auth::audit::{self, Action};
use docent_domain::event::{News, ProjectEvent};
use docent_domain::{Code, Fault, ProjectId, Role};
use docent_store::{ImportRow, NewProject, Seen};
use docent_wire::Refused;

/// A file of the right kind; there is only one.
struct Zip;

/// Keeps the archive, holds everything but the originals against what an archive may be, and makes the project, with
/// the caller as its only member. A job makes documents and chats of the rest; `import` in the answer, and in the
/// project until that is done, says how far it is, and why it came to rest if it did.
#[utoipa::path(
    post,
    path = "/projects/import",
    operation_id = "import_project",
    tag = "Projects",
    request_body(content = form::ImportForm, content_type = "multipart/form-data"),
    responses((status = 202, body = ProjectView))
)]
#[tracing::instrument(name = "http.projects.import", skip_all)]
pub(super) async fn handler(
    State(services): State<Services>,
    caller: Caller,
    request: Request,
) -> Result<(StatusCode, axum::Json<ProjectView>), Refused> {
    let limits = Limits { max_file_size: services.limits.max_import_size, ..services.limits };
    services.room.admits(announced(&request).unwrap_or(0))?;
    let mut receiver = Receiver::over(request, services.blobs.clone(), limits, 1).await?;
    let mut file = None;
    let received = receive(&mut receiver, &mut file).await;
    let Some(file) = file else {
        received?;
        return Err(Refused(Fault::field(form::FILE, "is required")));
    };
    let taken = match received {
        Ok(()) => take(&services, &caller, &file).await,
        Err(fault) => Err(fault),
    };
    let view = match taken {
        Ok(view) => view,
        Err(fault) => {
            if let Err(error) = services.blobs.remove(&file.blob.key).await {
                tracing::warn!(%error, "A file that is not needed stays until the next sweep");
            }
            return Err(Refused(fault));
        }
    };
    let news = News::MemberAdded { user: caller.principal.user };
    services.bus.publish(ProjectEvent { project: ProjectId::from(view.id), news });
    Ok((StatusCode::ACCEPTED, axum::Json(view)))
}

async fn receive(receiver: &mut Receiver, file: &mut Option<Received<Zip>>) -> Result<(), Fault> {
    while let Some(part) = receiver.next_of(is_zip).await? {
        if let Part::File { result, .. } = part {
            *file = Some(result?);
        }
    }
    Ok(())
}

fn is_zip(_filename: &str, head: &[u8]) -> Result<Zip, Fault> {
    if head.starts_with(b"PK\x03\x04") {
        Ok(Zip)
    } else {
        Err(Fault::new(Code::UnsupportedFileType, "Send the ZIP file that an export of a project has given"))
    }
}

/// Makes the project and queues the rest, in one transaction.
async fn take(services: &Services, caller: &Caller, file: &Received<Zip>) -> Result<ProjectView, Fault> {
    let Contents { project, documents, chats } = contents(services, file).await?;
    let settings = wire::settings("settings", Some(project.settings), services.limits.metadata)?;
    let (now, user) = (services.clock.now(), caller.principal.user);
    let new = NewProject {
        name: name(&project.name)?,
        description: description(&project.description)?,
        settings: &settings.unwrap_or_default(),
        owner: Seen::myself(&caller.scope),
        personal_of: None,
        created_at: now,
    };
    let mut tx = services.store.begin().await?;
    let id = tx.insert_project(&new).await?;
    let import = ImportRow {
        project: id,
        user,
        blob: file.blob.key.as_str().to_owned(),
        size: i64::try_from(file.blob.size).unwrap_or(i64::MAX),
        documents,
        chats,
        documents_done: 0,
        chats_done: 0,
        error: None,
    };
    let membership = tx.project(&caller.scope, id).await?.ok_or_else(|| Fault::not_found("project"))?;
    tx.insert_import(membership.seen, &import, now).await?;
    audit::of_caller(&mut tx, caller, Action::Imported, Some(("project", id.get())), None, now).await?;
    let counts = tx.project_counts(&caller.scope, membership.seen).await?;
    tx.commit().await?;
    Ok(ProjectView::new(membership.project, Role::Owner, counts).with_import(Some(import)))
}

async fn contents(services: &Services, file: &Received<Zip>) -> Result<Contents, Fault> {
    let local = services.blobs.local(&file.blob.key).await?;
    let (limits, now) = (services.limits.archives(), services.clock.now());
    let reading = tokio::task::spawn_blocking(move || -> Result<Contents, ArchiveError> {
        Container::open(local.into_file(), limits)?.check(now)
    });
    Ok(reading.await.map_err(Fault::internal)??)
}
