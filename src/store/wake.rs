//! Telling the workers of this process that the queue has something for them.

use std::time::Duration;

use sqlx::PgPool;
use sqlx::postgres::{PgListener, PgPoolOptions};
use tokio::sync::watch;

pub use docent_domain::job::Queue;

/// Where the queue's own trigger on Postgres tells of new entries, in words of JSON that name the queue.
const CHANNEL: &str = "apalis::job::insert";

/// Between two tries to hear of them.
const PAUSE: Duration = Duration::from_secs(1);

/// Rings after each commit that put something into a queue, so that nobody has to remember to.
#[derive(Debug, Clone)]
pub(super) struct Bells {
    ingest: watch::Sender<()>,
    ingest_quick: watch::Sender<()>,
    maintenance: watch::Sender<()>,
}

impl Bells {
    pub(super) fn new() -> Self {
        let bell = || watch::Sender::new(());
        Self { ingest: bell(), ingest_quick: bell(), maintenance: bell() }
    }

    const fn of(&self, queue: Queue) -> &watch::Sender<()> {
        match queue {
            Queue::Ingest => &self.ingest,
            Queue::IngestQuick => &self.ingest_quick,
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

/// Rings for what other processes put into the queues, for ever. Its connection is one of its own: it is held all the
/// time.
pub(super) async fn relay(pool: PgPool, bells: Bells) {
    loop {
        if let Err(error) = listen(&pool, &bells).await {
            tracing::debug!(%error, "The queue's notifications cannot be heard; it is looked at once a second");
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn listen(pool: &PgPool, bells: &Bells) -> Result<(), sqlx::Error> {
    let options = PgPool::connect_options(pool).as_ref().clone();
    let own = PgPoolOptions::new().max_connections(1).connect_lazy_with(options);
    let mut listener = PgListener::connect_with(&own).await?;
    listener.listen(CHANNEL).await?;
    loop {
        // What was told before this moment, or while the line was down, was told to nobody.
        Queue::ALL.iter().for_each(|queue| bells.ring(*queue));
        while let Some(notification) = listener.try_recv().await? {
            let named = Queue::ALL.iter().filter(|queue| notification.payload().contains(queue.name()));
            named.for_each(|queue| bells.ring(*queue));
        }
    }
}
