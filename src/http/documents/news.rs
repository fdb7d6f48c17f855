//! Telling a project's members where a document stands, after the commit that put it there.

use crate::domain::DocumentId;
use crate::domain::event::{News, ProjectEvent};
use crate::http::services::Services;
use crate::store::StoreError;

/// Publishes the document's latest status. News may be lost, so a failure here is no failure of the request.
pub(in crate::http) async fn tell_status(services: &Services, id: DocumentId) {
    if let Err(error) = tell(services, id).await {
        tracing::warn!(document.id = %id, %error, "A status was not told; whoever asks sees it");
    }
}

async fn tell(services: &Services, id: DocumentId) -> Result<(), StoreError> {
    let progress = services.store.read().await?.document_progress(id).await?;
    if let Some(progress) = progress {
        let (project, news) = (progress.project, News::DocumentStatus(Box::new(progress)));
        services.bus.publish(ProjectEvent { project, news });
    }
    Ok(())
}
