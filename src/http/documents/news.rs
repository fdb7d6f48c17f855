//! Telling a project's members where a document stands, after the commit that put it there.

use crate::services::Services;
use docent_domain::DocumentId;

/// Publishes the document's latest status. News may be lost, so a failure here is no failure of the request.
pub(crate) async fn tell_status(services: &Services, id: DocumentId) {
    if let Err(error) = services.ingest.tell(id).await {
        tracing::warn!(document.id = %id, %error, "A status was not told; whoever asks sees it");
    }
}
