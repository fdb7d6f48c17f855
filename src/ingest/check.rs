//! Holds database, files and index against each other, and repairs what differs.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use super::error::IngestError;
use super::read::Parts;
use super::reindex::index_generation;
use docent_blobs::BlobKey;
use docent_domain::document::GenerationState;
use docent_domain::job::Job;
use docent_domain::{DocumentId, ProjectId};
use docent_store::Stock;
use docent_telemetry as telemetry;
use docent_vectors::Selection;

/// Rows looked at in one transaction.
const ROWS: i64 = 500;

/// A file that no document names may be an upload that is not recorded yet: it is let be for so long.
const YOUNG: Duration = Duration::from_secs(3600);

/// Of an index that lacks more than one part in so many, what it finds says nothing about what there is.
const MUCH: i64 = 10;

/// What differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mismatch {
    /// A live generation has fewer or more points in the index than chunks. Repair: they are put in again.
    Points,
    /// The index has points that nothing stands for. Repair: the project's points are made anew.
    StrayPoints,
    /// A live generation has fewer chunks than were published. There is no repair but reading it again.
    Chunks,
    /// The original is not what was uploaded any more. There is no repair.
    OriginalDamaged,
    /// The original is gone. There is no repair.
    OriginalMissing,
    /// A file that no document names. Repair: it is removed.
    StrayFile,
    /// What nobody may find any more is still there. Repair: its removal is queued again.
    Garbage,
}

impl Mismatch {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Points => "points",
            Self::StrayPoints => "stray_points",
            Self::Chunks => "chunks",
            Self::OriginalDamaged => "original_damaged",
            Self::OriginalMissing => "original_missing",
            Self::StrayFile => "stray_file",
            Self::Garbage => "garbage",
        }
    }
}

/// One thing that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub what: Mismatch,
    pub project: Option<ProjectId>,
    pub document: Option<DocumentId>,
    pub generation: Option<i64>,
    /// Numbers, for people.
    pub detail: String,
    pub repaired: bool,
}

/// What was looked at, and what differs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    pub generations: i64,
    pub chunks: i64,
    pub points: u64,
    pub list: Vec<Finding>,
}

/// Whether to change anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repair {
    No,
    Yes,
}

/// Looks at everything once. Readings under way are let be.
pub async fn check(parts: &Parts, repair: Repair) -> Result<Findings, IngestError> {
    let mut check = Check { parts, repair, findings: Findings::default(), expected: HashMap::new() };
    check.generations().await?;
    check.strays().await?;
    check.files().await?;
    if repair == Repair::Yes {
        parts.index.settle().await?;
    }
    let findings = check.findings;
    for finding in &findings.list {
        telemetry::mismatch(finding.what.name(), finding.repaired);
    }
    tracing::info!(
        generations = findings.generations,
        chunks = findings.chunks,
        points = findings.points,
        mismatches = findings.list.len(),
        "Database, files and index compared"
    );
    Ok(findings)
}

/// Repairs the index if it holds fewer points than searches may show: it was thrown away, or is half made. Where much
/// lacks, it is not searched meanwhile: that nothing is found would be no answer.
pub async fn catch_up(parts: &Parts) -> Result<(), IngestError> {
    let chunks = parts.store.read().await?.count_live_chunks().await?;
    let points = published_points(parts).await?;
    let lacking = chunks.saturating_sub(i64::try_from(points).unwrap_or(i64::MAX));
    if lacking > 0 {
        if lacking > chunks / MUCH {
            parts.index.being_built();
        }
        tracing::warn!(points, chunks, "The index lacks what the database knows; putting it there");
        check(parts, Repair::Yes).await?;
    }
    parts.index.built_again();
    Ok(())
}

/// Points that searches may show: those of readings under way do not make up for others that lack.
async fn published_points(parts: &Parts) -> Result<u64, IngestError> {
    let unpublished = parts.store.read().await?.unpublished().await?;
    let held: HashSet<(DocumentId, i64)> =
        parts.index.holdings().await?.iter().map(|held| (held.document, held.generation)).collect();
    let mut points = parts.index.count(Selection::everything()).await?;
    for (project, document, generation) in unpublished {
        if held.contains(&(document, generation)) {
            let others = Selection::generation(project, document, generation);
            points = points.saturating_sub(parts.index.count(others).await?);
        }
    }
    Ok(points)
}

struct Check<'a> {
    parts: &'a Parts,
    repair: Repair,
    findings: Findings,
    /// Points that are accounted for, by project.
    expected: HashMap<ProjectId, u64>,
}

impl Check<'_> {
    async fn generations(&mut self) -> Result<(), IngestError> {
        let mut after = (DocumentId::from(0), 0);
        loop {
            let batch = self.parts.store.read().await?.all_generations(after, ROWS).await?;
            let Some(last) = batch.last() else { return Ok(()) };
            after = (last.document, last.generation);
            for stock in batch {
                self.generation(&stock).await?;
            }
        }
    }

    async fn generation(&mut self, stock: &Stock) -> Result<(), IngestError> {
        self.findings.generations += 1;
        let selection = Selection::generation(stock.project, stock.document, stock.generation);
        let mut points = self.parts.index.count(selection).await?;
        match stock.state {
            GenerationState::Live => {
                self.findings.chunks += stock.chunks;
                if stock.chunks != stock.chunk_count {
                    let detail = format!("{} of {} chunks", stock.chunks, stock.chunk_count);
                    self.found(Mismatch::Chunks, Some(stock), detail, false);
                }
                let wanted = u64::try_from(stock.chunks).unwrap_or(0);
                if points != wanted {
                    let repaired = self.repair == Repair::Yes && self.index_again(stock).await?;
                    let detail = format!("{points} points for {wanted} chunks");
                    self.found(Mismatch::Points, Some(stock), detail, repaired);
                    if repaired {
                        points = wanted;
                    }
                }
            }
            GenerationState::Garbage => {
                let repaired = self.repair == Repair::Yes && self.sweep_again(stock).await?;
                self.found(Mismatch::Garbage, Some(stock), format!("{points} points"), repaired);
            }
            GenerationState::Swept if points > 0 => {
                let repaired = self.repair == Repair::Yes;
                if repaired {
                    let Stock { project, document, generation, .. } = *stock;
                    self.parts.index.remove_generation(project, document, generation).await?;
                }
                self.found(Mismatch::StrayPoints, Some(stock), format!("{points} points"), repaired);
            }
            GenerationState::Open | GenerationState::Swept => {}
        }
        *self.expected.entry(stock.project).or_default() += points;
        if !self.parts.blobs.is_there(&BlobKey::parse(&stock.blob)?).await? {
            self.found(Mismatch::OriginalMissing, Some(stock), "the stored file is gone".to_owned(), false);
        }
        Ok(())
    }

    async fn index_again(&self, stock: &Stock) -> Result<bool, IngestError> {
        let Stock { project, document, generation, .. } = *stock;
        self.parts.index.remove_generation(project, document, generation).await?;
        index_generation(self.parts, project, (document, generation)).await?;
        Ok(true)
    }

    async fn sweep_again(&self, stock: &Stock) -> Result<bool, IngestError> {
        let mut tx = self.parts.store.begin().await?;
        let job = Job::SweepGeneration { document: stock.document, generation: stock.generation };
        tx.enqueue(stock.project, &job, self.parts.clock.now()).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Points that belong to no generation there is.
    async fn strays(&mut self) -> Result<(), IngestError> {
        self.findings.points = self.parts.index.count(Selection::everything()).await?;
        let projects = self.parts.store.read().await?.projects_with_documents().await?;
        let mut seen = 0;
        for project in projects {
            let points = self.parts.index.count(Selection::project(project)).await?;
            seen += points;
            let expected = self.expected.get(&project).copied().unwrap_or(0);
            // What is being read right now may have added some.
            if points > expected && !self.being_read(project).await? {
                let repaired = self.repair == Repair::Yes;
                if repaired {
                    self.rebuild(project).await?;
                }
                let finding = Finding {
                    what: Mismatch::StrayPoints,
                    project: Some(project),
                    document: None,
                    generation: None,
                    detail: format!("{} points too many", points - expected),
                    repaired,
                };
                self.findings.list.push(finding);
            }
        }
        if self.findings.points > seen {
            let detail = format!(
                "{} points of projects that are gone; `docent reindex` makes the index anew",
                self.findings.points - seen
            );
            self.found(Mismatch::StrayPoints, None, detail, false);
        }
        Ok(())
    }

    async fn being_read(&self, project: ProjectId) -> Result<bool, IngestError> {
        Ok(!self.parts.store.read().await?.documents_in_progress(project, 1).await?.is_empty())
    }

    async fn rebuild(&self, project: ProjectId) -> Result<(), IngestError> {
        self.parts.index.remove_project(project).await?;
        let mut after = DocumentId::from(0);
        loop {
            let mut tx = self.parts.store.read().await?;
            let batch = tx.generations_to_index(Some(project), after, ROWS).await?;
            drop(tx);
            let Some((_, last, _)) = batch.last() else { return Ok(()) };
            after = *last;
            for (project, document, generation) in batch {
                index_generation(self.parts, project, (document, generation)).await?;
            }
        }
    }

    async fn files(&mut self) -> Result<(), IngestError> {
        for key in stray_files(self.parts, YOUNG).await? {
            let repaired = self.repair == Repair::Yes;
            if repaired {
                self.parts.blobs.remove(&key).await?;
            }
            self.found(Mismatch::StrayFile, None, key.as_str().to_owned(), repaired);
        }
        Ok(())
    }

    fn found(&mut self, what: Mismatch, stock: Option<&Stock>, detail: String, repaired: bool) {
        self.findings.list.push(Finding {
            what,
            project: stock.map(|stock| stock.project),
            document: stock.map(|stock| stock.document),
            generation: stock.map(|stock| stock.generation),
            detail,
            repaired,
        });
    }
}

/// Files older than that which no document names.
pub async fn stray_files(parts: &Parts, age: Duration) -> Result<Vec<BlobKey>, IngestError> {
    let mut strays = Vec::new();
    for key in parts.blobs.older_than(age).await? {
        if !parts.store.read().await?.blob_in_use(key.as_str()).await? {
            strays.push(key);
        }
    }
    Ok(strays)
}
