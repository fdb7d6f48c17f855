//! How far each document is: the latest values in memory, written in one batch, and told to the bus after the commit.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use docent_bus::Bus;
use docent_domain::document::{DocumentProgress, DocumentStatus, Stage};
use docent_domain::event::{News, ProjectEvent};
use docent_domain::{Clock, DocumentId, ProjectId};
use docent_store::{Reached, Store, StoreError};

/// Between two batches.
const PACE: Duration = Duration::from_millis(250);

/// Between two announcements of places in a project's queue, and how many places are announced.
const PLACES_PACE: Duration = Duration::from_secs(1);
const PLACES: i64 = 20;

/// The progress of everything this process reads. Cheap to clone.
#[derive(Clone)]
pub struct Progress {
    shared: Arc<Shared>,
}

struct Shared {
    store: Store,
    bus: Arc<dyn Bus>,
    clock: Arc<dyn Clock>,
    latest: Mutex<HashMap<DocumentId, Entry>>,
    /// Projects whose queue has moved.
    moved: Mutex<HashSet<ProjectId>>,
    /// Held from the writing of a change until it is told, so that nothing is told out of order.
    order: tokio::sync::Mutex<()>,
    begun: Notify,
}

struct Entry {
    generation: i64,
    /// What is told along with the numbers.
    face: DocumentProgress,
    counts: Counts,
    changed: bool,
}

/// What the stages of a reading count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub pages_spooled: i64,
    pub pages_total: Option<i64>,
    /// The page that a recogniser is looking at, or was looking at last.
    pub recognising: Option<i64>,
    pub pages_cut: i64,
    pub chunks_cut: i64,
    /// Every page is cut: `chunks_cut` is the final number.
    pub cut: bool,
    pub chunks_done: i64,
    /// Pages that searches find by their words, and by their meaning; `None` where they show an earlier version.
    pub searchable_pages: Option<i64>,
    pub embedded_pages: Option<i64>,
}

impl Progress {
    pub fn new(store: Store, bus: Arc<dyn Bus>, clock: Arc<dyn Clock>) -> Self {
        let (latest, moved) = (Mutex::default(), Mutex::default());
        let (order, begun) = (tokio::sync::Mutex::new(()), Notify::new());
        Self { shared: Arc::new(Shared { store, bus, clock, latest, moved, order, begun }) }
    }

    /// Writes and tells until it is told to stop.
    pub async fn run(&self, stop: CancellationToken) {
        let mut places = Instant::now();
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(PACE) => {}
                () = self.shared.begun.notified() => {}
            }
            let mut result = self.write().await;
            if result.is_ok() && places.elapsed() >= PLACES_PACE {
                places = Instant::now();
                result = self.announce_places().await;
            }
            if let Err(error) = result {
                tracing::warn!(%error, "Progress could not be written; trying again");
            }
        }
    }

    /// Starts to follow one reading; `face` is what the database knows of the document.
    pub fn follow(&self, face: DocumentProgress, generation: i64) -> Follower {
        let document = face.document;
        let entry = Entry { generation, face, counts: Counts::default(), changed: true };
        self.shared.moved().insert(entry.face.project);
        self.shared.latest().insert(document, entry);
        self.shared.begun.notify_one();
        Follower { progress: self.clone(), document, generation }
    }

    /// Stops to follow the document; until the answer is dropped nothing about any document is told. So an end is
    /// never overtaken by what went before it.
    pub async fn conclude(&self, document: DocumentId) -> Conclusion<'_> {
        self.shared.latest().remove(&document);
        Conclusion { progress: self, document, _order: self.shared.order.lock().await }
    }

    async fn write(&self) -> Result<(), StoreError> {
        let _order = self.shared.order.lock().await;
        let changed: Vec<(DocumentId, i64, DocumentProgress, Counts)> = {
            let mut latest = self.shared.latest();
            let news = latest.iter_mut().filter_map(|(id, entry)| {
                let changed = std::mem::take(&mut entry.changed);
                changed.then(|| (*id, entry.generation, entry.face.clone(), entry.counts))
            });
            news.collect()
        };
        if changed.is_empty() {
            return Ok(());
        }
        match self.write_all(&changed).await {
            Ok(told) => {
                told.into_iter().for_each(|progress| self.tell(progress));
                Ok(())
            }
            Err(error) => {
                let mut latest = self.shared.latest();
                for (document, ..) in changed {
                    latest.entry(document).and_modify(|entry| entry.changed = true);
                }
                Err(error)
            }
        }
    }

    /// Tells those at the head of a queue that has moved where they stand now.
    async fn announce_places(&self) -> Result<(), StoreError> {
        let moved = std::mem::take(&mut *self.shared.moved());
        for project in moved {
            let _order = self.shared.order.lock().await;
            let mut tx = self.shared.store.begin().await?;
            let waiting = tx.move_up(project, PLACES).await?;
            tx.commit().await?;
            let mut tx = self.shared.store.read().await?;
            for document in waiting {
                let known = tx.document_progress(document).await?;
                known.into_iter().for_each(|progress| self.tell(progress));
            }
        }
        Ok(())
    }

    async fn write_all(
        &self,
        changed: &[(DocumentId, i64, DocumentProgress, Counts)],
    ) -> Result<Vec<DocumentProgress>, StoreError> {
        let mut told = Vec::with_capacity(changed.len());
        let mut tx = self.shared.store.begin().await?;
        for (document, generation, face, counts) in changed {
            let reached = counts.reached();
            let written = tx.set_progress(*document, *generation, &reached, self.shared.clock.now()).await?;
            let Some((seq, percent)) = written else { continue };
            told.push(DocumentProgress {
                status: DocumentStatus::Processing,
                stage: reached.stage,
                percent,
                seq,
                pages_done: reached.pages_done,
                pages_total: reached.pages_total,
                chunks_done: reached.chunks_done,
                chunks_total: reached.chunks_total,
                searchable_pages: reached.searchable_pages,
                embedded_pages: reached.embedded_pages,
                error: None,
                recognising: counts.recognising.filter(|_| reached.stage == Stage::Extracting),
                queue_position: None,
                waiting_since: None,
                ..face.clone()
            });
        }
        tx.commit().await?;
        Ok(told)
    }

    /// Tells what the database says about a document now.
    pub(super) async fn tell_of(&self, document: DocumentId) -> Result<(), StoreError> {
        let known = self.shared.store.read().await?.document_progress(document).await?;
        known.into_iter().for_each(|progress| self.tell(progress));
        Ok(())
    }

    fn tell(&self, progress: DocumentProgress) {
        let project = progress.project;
        self.shared.bus.publish(ProjectEvent { project, news: News::DocumentStatus(Box::new(progress)) });
    }
}

impl Shared {
    fn latest(&self) -> MutexGuard<'_, HashMap<DocumentId, Entry>> {
        self.latest.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn moved(&self) -> MutexGuard<'_, HashSet<ProjectId>> {
        self.moved.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One reading's handle on its progress; dropping it ends the following.
pub struct Follower {
    progress: Progress,
    document: DocumentId,
    generation: i64,
}

impl Follower {
    /// Changes the counts; what comes of it is told with the next batch.
    pub fn count(&self, change: impl FnOnce(&mut Counts)) {
        if let Some(entry) = self.progress.shared.latest().get_mut(&self.document)
            && entry.generation == self.generation
        {
            change(&mut entry.counts);
            entry.changed = true;
        }
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        let mut latest = self.progress.shared.latest();
        if latest.get(&self.document).is_some_and(|entry| entry.generation == self.generation) {
            latest.remove(&self.document);
        }
    }
}

/// The quiet around a change of state.
pub struct Conclusion<'a> {
    progress: &'a Progress,
    document: DocumentId,
    _order: tokio::sync::MutexGuard<'a, ()>,
}

impl Conclusion<'_> {
    /// Tells what the database says about the document now. Call it after the commit.
    pub async fn tell(self) -> Result<(), StoreError> {
        self.progress.tell_of(self.document).await
    }
}

impl Counts {
    /// The stage is the first one that is not over; the percentage weighs extraction with a fifth.
    fn reached(&self) -> Reached {
        let extracted = self.pages_total.is_some_and(|total| self.pages_spooled >= total);
        let stage = match () {
            () if !extracted => Stage::Extracting,
            () if self.chunks_cut == 0 => Stage::Chunking,
            () if !self.cut || self.chunks_done < self.chunks_cut => Stage::Embedding,
            () => Stage::Indexing,
        };
        let pages = share(self.pages_spooled, self.pages_total);
        let chunks = match self.pages_total {
            _ if self.cut => share(self.chunks_done, Some(self.chunks_cut)),
            Some(total) if self.pages_cut > 0 => {
                share(self.chunks_done, Some(self.chunks_cut * total.max(1) / self.pages_cut))
            }
            _ => 0,
        };
        Reached {
            stage,
            percent: u8::try_from((pages * 20 + chunks * 79) / 1000).unwrap_or(99).min(99),
            pages_done: Some(self.pages_spooled),
            pages_total: self.pages_total,
            chunks_done: Some(self.chunks_done),
            chunks_total: self.cut.then_some(self.chunks_cut),
            searchable_pages: self.searchable_pages,
            embedded_pages: self.embedded_pages,
        }
    }
}

/// In thousandths.
fn share(done: i64, total: Option<i64>) -> i64 {
    match total {
        Some(total) if total > 0 => (done.saturating_mul(1000) / total).clamp(0, 1000),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_follow_each_other_and_percents_grow() {
        let steps = [
            Counts::default(),
            Counts { pages_spooled: 12, pages_total: Some(400), ..Counts::default() },
            Counts { pages_spooled: 400, pages_total: Some(400), ..Counts::default() },
            Counts {
                pages_spooled: 400,
                pages_total: Some(400),
                pages_cut: 200,
                chunks_cut: 450,
                chunks_done: 310,
                cut: false,
                ..Counts::default()
            },
            Counts {
                pages_spooled: 400,
                pages_total: Some(400),
                pages_cut: 400,
                chunks_cut: 900,
                chunks_done: 310,
                cut: true,
                ..Counts::default()
            },
            Counts {
                pages_spooled: 400,
                pages_total: Some(400),
                pages_cut: 400,
                chunks_cut: 900,
                chunks_done: 900,
                cut: true,
                ..Counts::default()
            },
        ];
        let shown: Vec<String> = steps
            .iter()
            .map(|counts| {
                let reached = counts.reached();
                format!("{} {}", reached.stage.name(), reached.percent)
            })
            .collect();
        insta::assert_snapshot!(
            shown.join(", "),
            @"extracting 0, extracting 0, chunking 20, embedding 47, embedding 47, indexing 99"
        );
    }
}
