//! From a stored file to a document of the project, or to the one that was there already.

use std::time::Duration;

use super::news::tell_status;
use super::receive::Received;
use crate::idempotency;
use crate::services::Services;
use docent_auth::Caller;
use docent_domain::document::Document;
use docent_domain::event::{News, ProjectEvent};
use docent_domain::{Code, DocumentId, Fault, ProjectId, Timestamp};
use docent_store::{ForCallers, KeyedRequest, NewVersion, Repeat, Seen, Tx};

/// What to do with a file that the project has already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum OnDuplicate {
    /// The same bytes: that document. The same path with other bytes: a new version of it.
    #[default]
    Existing,
    /// The same bytes or the same path: that document, untouched.
    Skip,
    /// The same path or the same bytes: a new version, read anew.
    Replace,
    /// The same bytes: another document beside it.
    Allow,
}

impl OnDuplicate {
    pub(super) fn parse(word: Option<&str>) -> Result<Self, Fault> {
        match word {
            None => Ok(Self::default()),
            Some("existing") => Ok(Self::Existing),
            Some("skip") => Ok(Self::Skip),
            Some("replace") => Ok(Self::Replace),
            Some("allow") => Ok(Self::Allow),
            Some(_) => Err(Fault::field("on_duplicate", "must be existing, skip, replace or allow")),
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Existing => "existing",
            Self::Skip => "skip",
            Self::Replace => "replace",
            Self::Allow => "allow",
        }
    }
}

/// How long keys are remembered.
const REMEMBERED: Duration = Duration::from_secs(24 * 3600);

/// How the project came to have the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    New(DocumentId),
    Version(DocumentId),
    Existing(DocumentId),
    /// Done before, under the same key.
    Repeated(DocumentId),
}

impl Kept {
    pub(super) const fn document(self) -> DocumentId {
        match self {
            Self::New(id) | Self::Version(id) | Self::Existing(id) | Self::Repeated(id) => id,
        }
    }
}

/// Where a file goes, and what for.
pub(super) struct Target<'a> {
    pub(super) caller: &'a Caller,
    pub(super) project: ProjectId,
    pub(super) seen: Seen<ProjectId>,
    /// Names the document in its project.
    pub(super) path: &'a str,
    pub(super) on_duplicate: OnDuplicate,
    pub(super) key: Option<&'a str>,
}

/// Records the file and queues its reading in one transaction, so that a crash leaves both or neither. Bytes that
/// turn out not to be needed are removed again.
pub(super) async fn keep(services: &Services, target: &Target<'_>, file: &Received) -> Result<Kept, Fault> {
    let kept = record(services, target, file).await;
    if !matches!(kept, Ok(Kept::New(_) | Kept::Version(_)))
        && let Err(error) = services.blobs.remove(&file.blob.key).await
    {
        tracing::warn!(%error, "A file that is not needed stays until the next sweep");
    }
    kept
}

async fn record(services: &Services, target: &Target<'_>, file: &Received) -> Result<Kept, Fault> {
    let now = services.clock.now();
    let scope = &target.caller.scope;
    let user = Seen::myself(scope);
    let version = NewVersion {
        filename: &file.filename,
        blob: file.blob.key.as_str(),
        sha256: &file.blob.sha256,
        size: i64::try_from(file.blob.size).unwrap_or(i64::MAX),
        format: file.format.name(),
    };

    let mut tx = services.store.begin().await?;
    // Two uploads of the same file at the same moment: the second waits here, and then finds the first.
    if !tx.lock_project(target.seen, now).await? {
        return Err(Fault::not_found("project"));
    }
    let keyed = target.key.map(|key| target.keyed(key, file));
    if let Some(keyed) = &keyed
        && let Some(id) = done_before(&mut tx, target, keyed, now).await?
    {
        return Ok(Kept::Repeated(id));
    }
    let same = tx.document_by_hash(scope, target.project, version.sha256).await?;
    let there = tx.document_by_path(scope, target.project, target.path).await?;
    let kept = match decide(target.on_duplicate, version.sha256, same, there) {
        Decision::Keep(document) => Kept::Existing(document.id),
        Decision::Version(document) => {
            let generation = tx.insert_version(target.seen, document.id, &version, now).await?;
            generation.ok_or_else(|| Fault::new(Code::Conflict, "The document was deleted meanwhile"))?;
            Kept::Version(document.id)
        }
        Decision::New => Kept::New(tx.insert_document(target.seen, target.path, &version, user, now).await?),
    };
    if let Some(keyed) = &keyed {
        let since = now.minus(REMEMBERED);
        tx.remember_request(user, keyed, kept.document().get(), now, since).await?;
    }
    tx.commit().await?;

    announce(services, target.project, kept, &file.filename).await;
    Ok(kept)
}

/// The document that was uploaded under this key, if it still exists.
async fn done_before(
    tx: &mut Tx<ForCallers>,
    target: &Target<'_>,
    keyed: &KeyedRequest,
    now: Timestamp,
) -> Result<Option<DocumentId>, Fault> {
    let user = Seen::myself(&target.caller.scope);
    let id = match tx.remembered_request(user, keyed, now.minus(REMEMBERED)).await? {
        None => return Ok(None),
        Some(Repeat::Other) => return Err(idempotency::reused()),
        Some(Repeat::Same(id)) => id,
    };
    let found = tx.document(&target.caller.scope, id.into()).await?;
    Ok(found.map(|found| found.document.id))
}

impl Target<'_> {
    /// What is uploaded, and where to; how long the answer may wait changes nothing of it.
    fn keyed(&self, key: &str, file: &Received) -> KeyedRequest {
        let (project, policy) = (self.project.to_string(), self.on_duplicate.name());
        KeyedRequest::new(key, &["upload", &project, policy, self.path, &file.filename, &file.blob.sha256])
    }
}

async fn announce(services: &Services, project: ProjectId, kept: Kept, filename: &str) {
    let filename = filename.to_owned();
    let news = match kept {
        Kept::New(document) => News::DocumentAdded { document, filename },
        Kept::Version(document) => News::DocumentUpdated { document, filename },
        Kept::Existing(_) | Kept::Repeated(_) => return,
    };
    services.bus.publish(ProjectEvent { project, news });
    tell_status(services, kept.document()).await;
}

#[derive(Debug)]
enum Decision {
    New,
    Version(Document),
    Keep(Document),
}

/// `same` has the same bytes, `there` the same path; they may be one document.
fn decide(policy: OnDuplicate, sha256: &str, same: Option<Document>, there: Option<Document>) -> Decision {
    match (policy, same, there) {
        (OnDuplicate::Existing | OnDuplicate::Skip, Some(same), _) => Decision::Keep(same),
        (OnDuplicate::Skip, None, Some(there)) => Decision::Keep(there),
        (OnDuplicate::Existing, None, Some(there)) => Decision::Version(there),
        (OnDuplicate::Replace, same, there) => there.or(same).map_or(Decision::New, Decision::Version),
        (OnDuplicate::Allow, _, Some(there)) if there.sha256 != sha256 => Decision::Version(there),
        (OnDuplicate::Allow, _, _) | (_, None, None) => Decision::New,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use docent_domain::document::{DocumentStatus, Stage};

    fn document(id: i64, sha256: &str) -> Document {
        Document {
            id: id.into(),
            project: 1.into(),
            path: "a.txt".into(),
            filename: "a.txt".into(),
            metadata: serde_json::json!({}),
            status: DocumentStatus::Completed,
            stage: Stage::Done,
            percent: 100,
            generation: 1,
            live_generation: Some(1),
            blob: String::new(),
            sha256: sha256.into(),
            size: 1,
            format: "txt".into(),
            searchable_pages: None,
            embedded_pages: None,
            page_count: None,
            word_count: 1,
            chunk_count: 1,
            warnings: vec![],
            error: None,
            attempts: 1,
            created_at: Timestamp::from_micros(0),
            updated_at: Timestamp::from_micros(0),
            processed_at: None,
        }
    }

    /// What becomes of the bytes `x`, when document 1 has them and document 2 has the path.
    fn check(policy: OnDuplicate, same: bool, there: Option<&str>) -> String {
        let same = same.then(|| document(1, "x"));
        match decide(policy, "x", same, there.map(|sha256| document(2, sha256))) {
            Decision::New => "new".into(),
            Decision::Version(document) => format!("version of {}", document.id),
            Decision::Keep(document) => format!("keep {}", document.id),
        }
    }

    #[test]
    fn duplicates_are_treated_as_asked() {
        use OnDuplicate::{Allow, Existing, Replace, Skip};
        for (policy, nothing, same, other_bytes, both) in [
            (Existing, "new", "keep 1", "version of 2", "keep 1"),
            (Skip, "new", "keep 1", "keep 2", "keep 1"),
            (Replace, "new", "version of 1", "version of 2", "version of 2"),
            (Allow, "new", "new", "version of 2", "new"),
        ] {
            assert_eq!(check(policy, false, None), nothing, "{policy:?}, nothing there");
            assert_eq!(check(policy, true, None), same, "{policy:?}, same bytes elsewhere");
            assert_eq!(check(policy, false, Some("y")), other_bytes, "{policy:?}, other bytes at the path");
            assert_eq!(check(policy, true, Some("x")), both, "{policy:?}, same bytes at the path");
        }
    }
}
