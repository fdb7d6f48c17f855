//! `?wait=30`: holds an answer back until a document has come to its end.

use std::time::Duration;

use tokio::time::Instant;

use crate::services::Services;
use crate::wire::Number;
use docent_bus::Heard;
use docent_domain::document::Document;
use docent_domain::event::News;
use docent_domain::{DocumentId, Fault, Scope};

/// News may be lost, so the database is asked again at least so often.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// The document as it is when it has come to its end, or when `patience` has.
pub(super) async fn until_final(
    services: &Services,
    scope: &Scope,
    id: DocumentId,
    patience: Duration,
) -> Result<Document, Fault> {
    let deadline = Instant::now() + patience;
    let mut news = services.bus.subscribe();
    loop {
        let found = services.store.read().await?.document(scope, id).await?;
        let document = found.ok_or_else(|| Fault::not_found("document"))?.document;
        let now = Instant::now();
        if document.status.is_final() || now >= deadline {
            return Ok(document);
        }
        let heard_of_it = async {
            while let Some(heard) = news.next().await {
                match heard {
                    Heard::Missed => return,
                    Heard::Signal(_) => {}
                    Heard::Event(event) => match &event.news {
                        News::DocumentStatus(progress)
                            if progress.document == id && progress.status.is_final() =>
                        {
                            return;
                        }
                        News::DocumentDeleted { document } if *document == id => return,
                        _ => {}
                    },
                }
            }
            std::future::pending::<()>().await;
        };
        let pause = LOOK_AGAIN.min(deadline - now);
        // Either way the database has the last word.
        let _ = tokio::time::timeout(pause, heard_of_it).await;
    }
}

/// Seconds as asked for, up to the longest that is granted.
pub(super) fn patience(asked: Option<Number>, longest: Duration) -> Result<Duration, Fault> {
    let seconds = asked.map_or(0, |number| number.0);
    let seconds = u64::try_from(seconds).map_err(|_| Fault::field("wait", "must not be negative"))?;
    Ok(Duration::from_secs(seconds).min(longest))
}
