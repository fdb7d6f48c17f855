//! What changed between two versions of a document, each statement with the passage that it stands in: those of the older
//! version are cited as they stood there.

mod difference;

pub(super) use difference::{sections, text_of};

use super::ways::source;
use difference::{Change, Difference, Statement};
use docent_domain::document::{DocumentVersion, GenerationState};
use docent_domain::source::Source;
use docent_domain::{Code, DocumentId, Fault, Scope};
use docent_store::{ForCallers, ShownChunk, Side, Store, StoreError, Tx, Window};

/// Passages of a version; longer ones are not compared.
const PASSAGES: i64 = 20_000;

/// Versions that are looked through.
const VERSIONS: i64 = 1_000;

/// Two versions, and what they say differently.
#[derive(Debug, Clone, PartialEq)]
pub struct VersionChanges {
    pub since: i64,
    pub version: i64,
    /// As the newer one is called.
    pub filename: String,
    pub changed: usize,
    pub added: usize,
    pub removed: usize,
    /// Some of them, in the order of the document.
    pub shown: Vec<VersionChange>,
    /// Headings that only the newer one has, and only the older one.
    pub sections_added: Vec<String>,
    pub sections_removed: Vec<String>,
}

/// One statement: with both sides it was changed, with one it was removed or added.
#[derive(Debug, Clone, PartialEq)]
pub struct VersionChange {
    /// The headings above it.
    pub heading: Option<String>,
    pub before: Option<Cited>,
    pub after: Option<Cited>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Cited {
    pub text: String,
    pub source: Source,
}

/// Which of the changes are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    pub skip: usize,
    pub most: usize,
}

/// Why two versions are not compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Incomparable {
    /// There is no such version, or none of that number is kept.
    Unknown {
        version: i64,
        kept: Vec<i64>,
    },
    /// There is nothing before it that is kept.
    First {
        version: i64,
    },
    /// The text of this one is not kept.
    Textless {
        version: i64,
    },
    TooLong,
}

impl From<Incomparable> for Fault {
    fn from(why: Incomparable) -> Self {
        match why {
            Incomparable::Unknown { .. } => Self::not_found("version"),
            Incomparable::First { version } => {
                Self::new(Code::Conflict, format!("There is no version before {version} that is kept"))
            }
            Incomparable::Textless { version } => Self::new(
                Code::Conflict,
                format!("The text of version {version} is not kept; restore it to have it read again"),
            ),
            Incomparable::TooLong => Self::new(
                Code::Conflict,
                format!("Versions of more than {PASSAGES} passages are not compared"),
            ),
        }
    }
}

/// Two versions that can be compared.
pub(super) struct Versions {
    pub(super) since: DocumentVersion,
    pub(super) version: DocumentVersion,
    before: Vec<ShownChunk>,
    after: Vec<ShownChunk>,
}

/// What changed in a document between two versions: without numbers, in the one that searches show since the one before
/// it that said something else.
pub async fn changes(
    store: &Store<ForCallers>,
    scope: &Scope,
    document: DocumentId,
    (since, version): (Option<i64>, Option<i64>),
    part: Part,
) -> Result<VersionChanges, Fault> {
    let mut tx = store.read().await?;
    let versions = Versions::read(&mut tx, scope, document, (since, version)).await?;
    drop(tx);
    versions?.compare(part).await
}

impl Versions {
    pub(super) async fn read<S: Side>(
        tx: &mut Tx<S>,
        scope: &Scope,
        document: DocumentId,
        (since, version): (Option<i64>, Option<i64>),
    ) -> Result<Result<Self, Incomparable>, StoreError> {
        let all = tx.versions(scope, document, Window { skip: 0, limit: VERSIONS }).await?.items;
        let read: Vec<DocumentVersion> = all.into_iter().filter(|it| it.processed_at.is_some()).collect();
        let (since, version) = match chosen(&read, since, version) {
            Ok(chosen) => chosen,
            Err(why) => return Ok(Err(why)),
        };
        let mut passages = Vec::new();
        for version in [&since, &version] {
            if version.chunk_count > PASSAGES {
                return Ok(Err(Incomparable::TooLong));
            }
            let chunks = tx.version_passages(scope, document, version.generation, PASSAGES).await?;
            if i64::try_from(chunks.len()).ok() != Some(version.chunk_count) {
                return Ok(Err(Incomparable::Textless { version: version.generation }));
            }
            passages.push(chunks);
        }
        let after = passages.pop().unwrap_or_default();
        let before = passages.pop().unwrap_or_default();
        Ok(Ok(Self { since, version, before, after }))
    }

    pub(super) async fn compare(self, part: Part) -> Result<VersionChanges, Fault> {
        // Long texts take a while: others have their turn meanwhile.
        tokio::task::spawn_blocking(move || self.compared(part)).await.map_err(Fault::internal)
    }

    fn compared(self, part: Part) -> VersionChanges {
        let Difference { changes, sections_added, sections_removed } =
            Difference::between(&self.before, &self.after);
        let count = |wanted: fn(&Change) -> bool| changes.iter().filter(|change| wanted(change)).count();
        let cited = |statement: &Statement, chunks: &[ShownChunk]| {
            let source = source(statement.passage(chunks)?);
            Some(Cited { text: statement.text.clone(), source })
        };
        let before = |statement: &Statement| cited(statement, &self.before);
        let after = |statement: &Statement| cited(statement, &self.after);
        let shown = changes.iter().skip(part.skip).take(part.most).map(|change| {
            let (heading, before, after) = match change {
                Change::Changed { before: old, after: new } => (&new.heading, before(old), after(new)),
                Change::Added(new) => (&new.heading, None, after(new)),
                Change::Removed(old) => (&old.heading, before(old), None),
            };
            VersionChange { heading: Some(heading.clone()).filter(|it| !it.is_empty()), before, after }
        });
        VersionChanges {
            since: self.since.generation,
            version: self.version.generation,
            filename: self.version.filename.clone(),
            changed: count(|it| matches!(it, Change::Changed { .. })),
            added: count(|it| matches!(it, Change::Added(_))),
            removed: count(|it| matches!(it, Change::Removed(_))),
            shown: shown.collect(),
            sections_added,
            sections_removed,
        }
    }
}

/// Of those that were read, newest first, the two that are meant.
fn chosen(
    read: &[DocumentVersion],
    since: Option<i64>,
    version: Option<i64>,
) -> Result<(DocumentVersion, DocumentVersion), Incomparable> {
    let kept = || read.iter().map(|it| it.generation).rev().collect();
    let numbered = |wanted: i64| {
        let found = read.iter().find(|it| it.generation == wanted).cloned();
        found.ok_or_else(|| Incomparable::Unknown { version: wanted, kept: kept() })
    };
    let version = match version {
        Some(wanted) => numbered(wanted)?,
        None => {
            let live = read.iter().find(|it| it.state == GenerationState::Live).cloned();
            live.ok_or_else(|| Incomparable::Unknown { version: 0, kept: kept() })?
        }
    };
    let since = match since {
        Some(wanted) => numbered(wanted)?,
        None => {
            let older =
                |it: &&DocumentVersion| it.generation < version.generation && it.sha256 != version.sha256;
            let before = read.iter().find(older).cloned();
            before.ok_or(Incomparable::First { version: version.generation })?
        }
    };
    Ok((since, version))
}
