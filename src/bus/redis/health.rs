//! Whether the line is up, and saying once when it goes down and once when it is back.

use std::sync::{Mutex, PoisonError};

#[derive(Debug, Default)]
pub(super) struct Health {
    trouble: Mutex<Sides>,
}

#[derive(Debug, Default)]
struct Sides {
    hearing: Option<String>,
    telling: Option<String>,
}

/// Which half of the line.
#[derive(Debug, Clone, Copy)]
pub(super) enum Side {
    Hearing,
    Telling,
}

impl Health {
    pub(super) fn trouble(&self) -> Option<String> {
        let sides = self.trouble.lock().unwrap_or_else(PoisonError::into_inner);
        sides.hearing.clone().or_else(|| sides.telling.clone())
    }

    pub(super) fn up(&self, side: Side) {
        if self.set(side, None) {
            tracing::info!(?side, "Redis is back");
        }
    }

    pub(super) fn down(&self, side: Side, why: &str) {
        if !self.set(side, Some(why.to_owned())) {
            tracing::warn!(
                ?side,
                error = why,
                "Redis is away; other nodes learn of this one's news when it is back"
            );
        }
    }

    /// Whether there was trouble before.
    fn set(&self, side: Side, trouble: Option<String>) -> bool {
        let mut sides = self.trouble.lock().unwrap_or_else(PoisonError::into_inner);
        let place = match side {
            Side::Hearing => &mut sides.hearing,
            Side::Telling => &mut sides.telling,
        };
        std::mem::replace(place, trouble).is_some()
    }
}
