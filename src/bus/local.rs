//! The bus of a single node.

use std::sync::Arc;

use super::ring::Ring;
use super::{Bus, Heard, Subscription};
use docent_domain::event::ProjectEvent;

/// News stay in this process: there is no other node to tell.
pub struct LocalBus(Ring);

impl LocalBus {
    pub fn new() -> Self {
        Self(Ring::new())
    }
}

impl Default for LocalBus {
    fn default() -> Self {
        Self::new()
    }
}

impl Bus for LocalBus {
    fn publish(&self, event: ProjectEvent) {
        self.0.send(Heard::Event(Arc::new(event)));
    }

    fn subscribe(&self) -> Box<dyn Subscription> {
        self.0.subscribe()
    }
}

#[cfg(test)]
mod tests {
    use super::super::ring::SIZE;
    use super::*;
    use docent_domain::ProjectId;
    use docent_domain::event::News;

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
        for n in 0..=SIZE {
            bus.publish(renamed(&n.to_string()));
        }
        assert!(matches!(listener.next().await, Some(Heard::Missed)));
        assert!(matches!(listener.next().await, Some(Heard::Event(_))));
    }
}
