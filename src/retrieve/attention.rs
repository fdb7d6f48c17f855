//! What people look at in documents that are still being read: noted for those who read them, so that it is embedded first.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use docent_domain::source::Source;
use docent_domain::{Clock, DocumentId};
use docent_store::{Spot, Store, StoreError};

/// Between two transactions. Searches never wait for one.
const PACE: Duration = Duration::from_millis(100);
/// Places that are noted in this time at most; others are not.
const MOST: usize = 4_096;

/// Notes it for every worker of the installation: through the database, in one transaction for all who ask at a time. What
/// is lost in a crash is an order, and nothing else. Cheap to clone.
#[derive(Clone)]
pub struct Attention {
    shared: Arc<Shared>,
}

struct Shared {
    store: Store,
    clock: Arc<dyn Clock>,
    seen: Mutex<Seen>,
    begun: Notify,
}

#[derive(Default)]
struct Seen {
    /// By document and generation.
    spots: HashMap<(DocumentId, i64), HashSet<Spot>>,
    count: usize,
}

impl Attention {
    pub fn new(store: Store, clock: Arc<dyn Clock>) -> Self {
        let (seen, begun) = (Mutex::default(), Notify::new());
        Self { shared: Arc::new(Shared { store, clock, seen, begun }) }
    }

    /// Writes until it is told to stop.
    pub async fn run(&self, stop: CancellationToken) {
        loop {
            let begun = stop.run_until_cancelled(self.shared.begun.notified()).await;
            if begun.is_none() {
                return;
            }
            if let Err(error) = self.write().await {
                tracing::warn!(%error, "What is looked at could not be noted; it is embedded in its turn");
            }
            if stop.run_until_cancelled(tokio::time::sleep(PACE)).await.is_none() {
                return;
            }
        }
    }

    /// Of what was found, the passages of documents that are being read.
    pub(super) fn found(&self, sources: &[Source]) {
        let partial = sources.iter().filter(|source| source.partial);
        self.note(partial.map(|it| ((it.document, it.generation), Spot::Passage(it.chunk_index))));
    }

    /// Pages of a document that is being read were opened.
    pub fn opened(&self, document: DocumentId, generation: i64, pages: impl Iterator<Item = i64>) {
        self.note(pages.map(|number| ((document, generation), Spot::Page(number))));
    }

    fn note(&self, spots: impl Iterator<Item = ((DocumentId, i64), Spot)>) {
        let mut seen = self.shared.seen();
        for (reading, spot) in spots {
            if seen.count < MOST && seen.spots.entry(reading).or_default().insert(spot) {
                seen.count += 1;
            }
        }
        if seen.count > 0 {
            self.shared.begun.notify_one();
        }
    }

    async fn write(&self) -> Result<(), StoreError> {
        let spots = std::mem::take(&mut *self.shared.seen()).spots;
        if spots.is_empty() {
            return Ok(());
        }
        let now = self.shared.clock.now();
        let mut tx = self.shared.store.begin().await?;
        // In one order, so that two nodes never wait for each other.
        let mut spots: Vec<_> = spots.into_iter().collect();
        spots.sort_unstable_by_key(|(reading, _)| *reading);
        for (reading, spots) in spots {
            let mut spots: Vec<Spot> = spots.into_iter().collect();
            spots.sort_unstable();
            tx.want(reading, &spots, now).await?;
        }
        tx.commit().await
    }
}

impl Shared {
    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
