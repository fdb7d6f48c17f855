//! Telling the workers of this process that the queue has something for them.

use tokio::sync::watch;

/// A queue of the two there are. Reading documents must not hold up cleaning, nor the other way round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Queue {
    Ingest,
    Maintenance,
}

impl Queue {
    pub const ALL: [Self; 2] = [Self::Ingest, Self::Maintenance];

    /// Its name in the queue's own tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ingest => "ingest",
            Self::Maintenance => "maintenance",
        }
    }
}

/// Rings after each commit that put something into a queue, so that nobody has to remember to.
#[derive(Debug, Clone)]
pub(super) struct Bells {
    ingest: watch::Sender<()>,
    maintenance: watch::Sender<()>,
}

impl Bells {
    pub(super) fn new() -> Self {
        Self { ingest: watch::Sender::new(()), maintenance: watch::Sender::new(()) }
    }

    const fn of(&self, queue: Queue) -> &watch::Sender<()> {
        match queue {
            Queue::Ingest => &self.ingest,
            Queue::Maintenance => &self.maintenance,
        }
    }

    pub(super) fn ring(&self, queue: Queue) {
        self.of(queue).send_replace(());
    }

    pub(super) fn listen(&self, queue: Queue) -> watch::Receiver<()> {
        self.of(queue).subscribe()
    }
}
