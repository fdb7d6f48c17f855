//! The bus of several nodes, over Redis: news by publish and subscribe, answers that grow as streams, and counts.
//!
//! Redis keeps nothing that matters. While it is away, this node's own listeners hear this node's news as ever; when
//! it is back, every node is told that it has missed something, and looks into the database.

mod counts;
mod health;
mod news;
mod tails;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use futures_util::stream::{BoxStream, StreamExt};
use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use tokio_stream::wrappers::ReceiverStream;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::ring::Ring;
use super::{Bus, Count, Heard, Subscription};
use docent_domain::MessageId;
use docent_domain::event::{Piece, ProjectEvent, Signal};
use health::Health;

/// How long Redis may take to be reached, or to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// How long a stopping node goes on telling the others what it has to tell.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// Where, and in whose name.
#[derive(Debug, Clone)]
pub struct RedisSettings {
    /// `redis://[user:password@]host[:port][/number]`, or `rediss://` for TLS.
    pub url: String,
    /// Begins the names of all channels and keys: installations that share a server differ in it.
    pub prefix: String,
    /// Names this process, and no other that ever was.
    pub node: String,
}

#[derive(Debug, thiserror::Error)]
pub enum RedisError {
    /// Without the address: it may hold a password.
    #[error("REDIS_URL is no address of a Redis server, such as redis://127.0.0.1:6379")]
    Address,
}

/// See the module.
pub struct RedisBus {
    ring: Ring,
    news: news::Sender,
    tails: tails::Tails,
    counts: counts::Counts,
    health: Arc<Health>,
    stop: CancellationToken,
    tasks: TaskTracker,
}

impl RedisBus {
    /// Begins to connect, and goes on trying for as long as it takes.
    pub fn open(settings: &RedisSettings) -> Result<Self, RedisError> {
        let client = redis::Client::open(settings.url.as_str()).map_err(|_| RedisError::Address)?;
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(PATIENCE))
            .set_response_timeout(Some(PATIENCE))
            .set_number_of_retries(1);
        let manager = ConnectionManager::new_lazy_with_config(client.clone(), config)
            .map_err(|_| RedisError::Address)?;
        let (ring, health) = (Ring::new(), Arc::new(Health::default()));
        let (stop, tasks) = (CancellationToken::new(), TaskTracker::new());
        let line = news::Line {
            channel: format!("{}:news", settings.prefix),
            node: settings.node.clone(),
            health: Arc::clone(&health),
        };
        let (news, writing) = news::writer(line.clone(), manager.clone(), stop.clone());
        tasks.spawn(writing);
        tasks.spawn(news::listen(line, client.clone(), ring.clone(), stop.clone()));
        let counts = counts::Counts::new(&settings.prefix, manager.clone());
        let (tails, saying, overhearing) = tails::open(&settings.prefix, manager, client, &stop);
        tasks.spawn(saying);
        tasks.spawn(overhearing);
        Ok(Self { ring, news, tails, counts, health, stop, tasks })
    }
}

#[async_trait]
impl Bus for RedisBus {
    fn publish(&self, event: ProjectEvent) {
        self.news.send((&event).into());
        self.ring.send(Heard::Event(Arc::new(event)));
    }

    fn subscribe(&self) -> Box<dyn Subscription> {
        self.ring.subscribe()
    }

    fn is_shared(&self) -> bool {
        true
    }

    fn tell(&self, signal: Signal) {
        self.news.send(signal.into());
    }

    fn say(&self, answer: MessageId, piece: Piece) {
        self.tails.say(answer, piece);
    }

    fn overhear(&self, answer: MessageId) -> Option<BoxStream<'static, Piece>> {
        Some(ReceiverStream::new(self.tails.overhear(answer)).boxed())
    }

    async fn count(&self, name: &str, window: Duration) -> Option<Count> {
        // While the line is down, nobody waits for it.
        if self.health.trouble().is_some() {
            return None;
        }
        self.counts.count(name, window).await
    }

    fn trouble(&self) -> Option<String> {
        self.health.trouble()
    }

    async fn close(&self) {
        self.stop.cancel();
        self.tasks.close();
        if tokio::time::timeout(LAST_WORDS, self.tasks.wait()).await.is_err() {
            tracing::debug!("Redis did not take the last news in time");
        }
    }
}
