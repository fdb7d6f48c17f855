//! What the listeners of one node share: a ring in memory.

use async_trait::async_trait;
use tokio::sync::broadcast::{self, error::RecvError};

use super::{Heard, Subscription};
use docent_telemetry as telemetry;

/// Events that a slow subscriber may be behind before it misses some.
pub(super) const SIZE: usize = 16_384;

#[derive(Debug, Clone)]
pub(super) struct Ring(broadcast::Sender<Heard>);

impl Ring {
    pub(super) fn new() -> Self {
        Self(broadcast::Sender::new(SIZE))
    }

    pub(super) fn send(&self, heard: Heard) {
        // An error only says that nobody listens.
        drop(self.0.send(heard));
    }

    pub(super) fn subscribe(&self) -> Box<dyn Subscription> {
        Box::new(Listener(self.0.subscribe()))
    }
}

struct Listener(broadcast::Receiver<Heard>);

#[async_trait]
impl Subscription for Listener {
    async fn next(&mut self) -> Option<Heard> {
        match self.0.recv().await {
            Ok(heard) => Some(heard),
            Err(RecvError::Lagged(_)) => {
                telemetry::bus_lost();
                Some(Heard::Missed)
            }
            Err(RecvError::Closed) => None,
        }
    }
}
