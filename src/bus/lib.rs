//! News between the parts of a node, and between nodes. News may be lost; the database is the truth, so whoever
//! missed some looks there.

mod local;
mod redis;
mod ring;
mod wire;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use futures_util::stream::BoxStream;

use docent_domain::MessageId;
use docent_domain::event::{Piece, ProjectEvent, Signal};

pub use local::LocalBus;
pub use redis::{RedisBus, RedisError, RedisSettings};

/// Carries news to every listener of every node. Publish after the commit that makes an event true.
///
/// Nothing here waits or fails: what cannot be delivered is missed, and listeners are told so.
#[async_trait]
pub trait Bus: Send + Sync + 'static {
    /// Tells everybody, on this node and on the others.
    fn publish(&self, event: ProjectEvent);

    /// Everything published from now on.
    fn subscribe(&self) -> Box<dyn Subscription>;

    /// Whether there may be other nodes.
    fn is_shared(&self) -> bool {
        false
    }

    /// Tells the other nodes only.
    fn tell(&self, _signal: Signal) {}

    /// Tells the other nodes how an answer of this node goes on, ahead of the database.
    fn say(&self, _answer: MessageId, _piece: Piece) {}

    /// How an answer of another node goes on, from its beginning as far as that is still known. Pieces may be missing;
    /// `None` where nothing is ever said.
    fn overhear(&self, _answer: MessageId) -> Option<BoxStream<'static, Piece>> {
        None
    }

    /// Counts one use of `name` for all nodes; a window begins with its first use. `None` where nobody counts, or nobody
    /// answers in a moment.
    async fn count(&self, _name: &str, _window: Duration) -> Option<Count> {
        None
    }

    /// What is wrong, and `None` while news reach the other nodes: for readiness.
    fn trouble(&self) -> Option<String> {
        None
    }

    /// Brings what waits to the other nodes, as far as that takes a moment only, and lets go.
    async fn close(&self) {}
}

/// What was used in the present window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    pub count: i64,
    /// Until the window ends.
    pub left: Duration,
}

/// One listener's view of the bus.
#[async_trait]
pub trait Subscription: Send {
    /// The next piece of news; `None` once the bus is gone. Cancel-safe.
    async fn next(&mut self) -> Option<Heard>;
}

#[derive(Debug, Clone)]
pub enum Heard {
    Event(Arc<ProjectEvent>),
    /// From another node.
    Signal(Arc<Signal>),
    /// This listener was too slow, or the line was down: some news are missing here. Look into the database.
    Missed,
}
