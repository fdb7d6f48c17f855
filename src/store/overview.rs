//! The queue as a whole, for operators: what fails, how fast work is done, and how far the work under way is.

use super::error::StoreError;
use super::side::Operates;
use super::statement::{fetch_all, statements};
use super::tx::Tx;
use docent_domain::Timestamp;
use docent_domain::job_kind;

statements! {
    UNRESOLVED = concat!("
        SELECT r.error_code, COUNT(*), MAX(r.finished_at) FROM runs r
        WHERE r.state = 'failed' AND r.error_code IS NOT NULL
          AND (r.kind <> '", job_kind!(IngestDocument), "' OR EXISTS (
              SELECT 1 FROM documents d
              WHERE d.id = r.document_id AND d.generation = r.generation AND d.deleted_at IS NULL))
        GROUP BY r.error_code ORDER BY COUNT(*) DESC, r.error_code");
    DONE_SINCE = "
        SELECT (finished_at - $1) / $2, COUNT(*) FROM runs
        WHERE state = 'done' AND kind = $3 AND finished_at >= $1 GROUP BY 1 ORDER BY 1";
    UNDER_WAY = concat!("
        SELECT r.id, r.kind, r.worker, r.project_id, r.document_id, r.starts + r.failures AS attempt, r.started_at,
               d.stage, d.percent, d.pages_done, d.pages_total, d.chunks_done, d.chunks_total
        FROM runs r
        LEFT JOIN documents d ON d.id = r.document_id AND r.kind = '", job_kind!(IngestDocument), "'
        WHERE r.state = 'running' ORDER BY r.started_at, r.id LIMIT $1");
}

/// Failures for one reason that nothing was done about since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unresolved {
    pub code: String,
    pub count: i64,
    pub latest: Option<Timestamp>,
}

/// Work under way, and how far it is. The progress is that of the document, where there is one.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct UnderWay {
    pub id: i64,
    pub kind: String,
    pub worker: Option<String>,
    pub project_id: i64,
    pub document_id: Option<i64>,
    pub attempt: i64,
    /// In microseconds of UTC.
    pub started_at: Option<i64>,
    pub stage: Option<String>,
    pub percent: Option<i64>,
    pub pages_done: Option<i64>,
    pub pages_total: Option<i64>,
    pub chunks_done: Option<i64>,
    pub chunks_total: Option<i64>,
}

impl<S: Operates> Tx<S> {
    /// Failures of documents that were neither read again nor replaced nor deleted, and of other work, by reason; the
    /// most frequent first.
    pub async fn unresolved_failures(&mut self) -> Result<Vec<Unresolved>, StoreError> {
        let rows = fetch_all!(self, (String, i64, Option<i64>), UNRESOLVED)?;
        let read = |(code, count, latest): (String, i64, Option<i64>)| Unresolved {
            code,
            count,
            latest: latest.map(Timestamp::from),
        };
        Ok(rows.into_iter().map(read).collect())
    }

    /// How much work of a kind came to a good end in each `step` (microseconds) since then; steps without any are left
    /// out.
    pub async fn done_since(
        &mut self,
        kind: &str,
        since: Timestamp,
        step: i64,
    ) -> Result<Vec<(i64, i64)>, StoreError> {
        fetch_all!(self, (i64, i64), DONE_SINCE, since.micros(), step, kind)
    }

    /// What is under way, the longest first.
    pub async fn under_way(&mut self, limit: i64) -> Result<Vec<UnderWay>, StoreError> {
        fetch_all!(self, UnderWay, UNDER_WAY, limit)
    }
}
