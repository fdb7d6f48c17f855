//! News between the parts of a node, and between nodes. News may be lost; the database is the truth, so whoever
//! missed some looks there.

mod local;

use std::sync::Arc;

use async_trait::async_trait;

use crate::domain::event::ProjectEvent;

pub use local::LocalBus;

/// Carries events to every subscriber of every node. Publish after the commit that makes an event true.
pub trait Bus: Send + Sync + 'static {
    /// Never waits and never fails: what cannot be delivered is missed, and subscribers are told so.
    fn publish(&self, event: ProjectEvent);

    /// Everything published from now on.
    fn subscribe(&self) -> Box<dyn Subscription>;
}

/// One listener's view of the bus.
#[async_trait]
pub trait Subscription: Send {
    /// The next piece of news; `None` once the bus is gone.
    async fn next(&mut self) -> Option<Heard>;
}

#[derive(Debug, Clone)]
pub enum Heard {
    Event(Arc<ProjectEvent>),
    /// This listener was too slow, or the line was down: some events are missing here. Look into the database.
    Missed,
}
