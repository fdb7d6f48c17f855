//! The bus of a single node: a ring in memory.

use std::sync::Arc;

use async_trait::async_trait;
use tokio::sync::broadcast::{self, error::RecvError};

use super::{Bus, Heard, Subscription};
use crate::domain::event::ProjectEvent;

/// Events that a slow subscriber may be behind before it misses some.
const RING: usize = 16_384;

pub struct LocalBus {
    sender: broadcast::Sender<Arc<ProjectEvent>>,
}

impl LocalBus {
    pub fn new() -> Self {
        Self { sender: broadcast::Sender::new(RING) }
    }
}

impl Default for LocalBus {
    fn default() -> Self {
        Self::new()
    }
}

impl Bus for LocalBus {
    fn publish(&self, event: ProjectEvent) {
        // An error only says that nobody listens.
        drop(self.sender.send(Arc::new(event)));
    }

    fn subscribe(&self) -> Box<dyn Subscription> {
        Box::new(Listener(self.sender.subscribe()))
    }
}

struct Listener(broadcast::Receiver<Arc<ProjectEvent>>);

#[async_trait]
impl Subscription for Listener {
    async fn next(&mut self) -> Option<Heard> {
        match self.0.recv().await {
            Ok(event) => Some(Heard::Event(event)),
            Err(RecvError::Lagged(_)) => Some(Heard::Missed),
            Err(RecvError::Closed) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ProjectId;
    use crate::domain::event::News;

    fn renamed(name: &str) -> ProjectEvent {
        ProjectEvent { project: ProjectId::from(1), news: News::ProjectRenamed { name: name.into() } }
    }

    #[tokio::test]
    async fn subscribers_hear_events_in_order() {
        let bus = LocalBus::new();
        let mut listener = bus.subscribe();
        bus.publish(renamed("a"));
        bus.publish(renamed("b"));
        for name in ["a", "b"] {
            let Some(Heard::Event(event)) = listener.next().await else { panic!("missed") };
            assert_eq!(*event, renamed(name));
        }
    }

    #[tokio::test]
    async fn a_slow_subscriber_is_told_that_it_missed_some() {
        let bus = LocalBus::new();
        let mut listener = bus.subscribe();
        for n in 0..=RING {
            bus.publish(renamed(&n.to_string()));
        }
        assert!(matches!(listener.next().await, Some(Heard::Missed)));
        assert!(matches!(listener.next().await, Some(Heard::Event(_))));
    }
}
