//! Planned failures at named places, so that tests can stop a reading at every stage and see what a restart makes of it.
//!
//! Nothing is armed unless the operator's settings say so, and then the log says so, too.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::IngestError;

/// Where a reading can be stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// The run is counted as started, and nothing is done yet.
    Started,
    /// Some pages are spooled.
    Spooled,
    /// Every page is spooled.
    Extracted,
    /// Some chunks are in the database.
    Chunked,
    /// Some chunks of a first reading are in the index with their words alone.
    WordsIndexed,
    /// Their words are counted.
    WordsCounted,
    /// It is settled which chunks are embedded next.
    Chosen,
    BeforeEmbed,
    AfterEmbed,
    /// Some points are in the index.
    Indexed,
    BeforeSettle,
    AfterSettle,
    BeforePublish,
    AfterPublish,
    /// An archive is found good, and nothing is made of it yet.
    ImportOpened,
    /// A document or a chat of it is made.
    Imported,
}

impl Place {
    pub const ALL: [Self; 16] = [
        Self::Started,
        Self::Spooled,
        Self::Extracted,
        Self::Chunked,
        Self::WordsIndexed,
        Self::WordsCounted,
        Self::Chosen,
        Self::BeforeEmbed,
        Self::AfterEmbed,
        Self::Indexed,
        Self::BeforeSettle,
        Self::AfterSettle,
        Self::BeforePublish,
        Self::AfterPublish,
        Self::ImportOpened,
        Self::Imported,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::Spooled => "spooled",
            Self::Extracted => "extracted",
            Self::Chunked => "chunked",
            Self::WordsIndexed => "words_indexed",
            Self::WordsCounted => "words_counted",
            Self::Chosen => "chosen",
            Self::BeforeEmbed => "before_embed",
            Self::AfterEmbed => "after_embed",
            Self::Indexed => "indexed",
            Self::BeforeSettle => "before_settle",
            Self::AfterSettle => "after_settle",
            Self::BeforePublish => "before_publish",
            Self::AfterPublish => "after_publish",
            Self::ImportOpened => "import_opened",
            Self::Imported => "imported",
        }
    }
}

const MOMENT: Duration = Duration::from_millis(300);

/// What happens there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Failure {
    /// The process dies at once, as if killed.
    Abort,
    Panic,
    /// A failure that counts as an attempt.
    Error,
    /// As if a dependency were away.
    Outage,
    /// Never goes on by itself.
    Hang,
    /// Goes on after a moment.
    Slow,
}

/// The armed failures; clones share them.
#[derive(Debug, Clone, Default)]
pub struct Faults {
    armed: Arc<Mutex<HashMap<Place, (Failure, u32)>>>,
}

/// `text` is not a plan of failures.
#[derive(Debug, thiserror::Error)]
#[error(
    "`{0}` is no planned failure; write `place=abort|panic|error|outage|hang|slow`, or `…*3` for the first three times"
)]
pub struct BadPlan(String);

impl Faults {
    /// Nothing fails on purpose.
    pub fn none() -> Self {
        Self::default()
    }

    /// Reads a plan such as `before_settle=abort,extracted=error*2`.
    pub fn parse(text: &str) -> Result<Self, BadPlan> {
        let faults = Self::none();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            faults.arm(part)?;
        }
        Ok(faults)
    }

    /// Arms one more, as in [`parse`](Self::parse).
    pub fn arm(&self, part: &str) -> Result<(), BadPlan> {
        let bad = || BadPlan(part.to_owned());
        let (place, what) = part.split_once('=').ok_or_else(bad)?;
        let (what, times) = what.split_once('*').unwrap_or((what, "1"));
        let place = Place::ALL.into_iter().find(|known| known.name() == place).ok_or_else(bad)?;
        let failure = match what {
            "abort" => Failure::Abort,
            "panic" => Failure::Panic,
            "error" => Failure::Error,
            "outage" => Failure::Outage,
            "hang" => Failure::Hang,
            "slow" => Failure::Slow,
            _ => return Err(bad()),
        };
        let times = times.parse().map_err(|_| bad())?;
        tracing::warn!(place = place.name(), ?failure, times, "A failure is planned: this is for tests only");
        self.lock().insert(place, (failure, times));
        Ok(())
    }

    /// Passes, unless a failure is planned here.
    pub async fn pass(&self, place: Place) -> Result<(), IngestError> {
        let Some(failure) = self.due(place) else { return Ok(()) };
        tracing::warn!(place = place.name(), ?failure, "Failing as planned");
        match failure {
            Failure::Abort => std::process::abort(),
            Failure::Panic => panic!("planned at {}", place.name()),
            Failure::Error => Err(IngestError::Planned { outage: false }),
            Failure::Outage => Err(IngestError::Planned { outage: true }),
            Failure::Hang => std::future::pending().await,
            Failure::Slow => {
                tokio::time::sleep(MOMENT).await;
                Ok(())
            }
        }
    }

    fn due(&self, place: Place) -> Option<Failure> {
        let mut armed = self.lock();
        let (failure, times) = armed.get_mut(&place)?;
        let failure = *failure;
        *times -= 1;
        if *times == 0 {
            armed.remove(&place);
        }
        Some(failure)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Place, (Failure, u32)>> {
        self.armed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_plan_fails_as_often_as_it_says() {
        let faults = Faults::parse("extracted=error*2, before_embed=outage").unwrap();
        assert!(faults.pass(Place::Started).await.is_ok());
        for _ in 0..2 {
            assert!(faults.pass(Place::Extracted).await.is_err());
        }
        assert!(faults.pass(Place::Extracted).await.is_ok());
        let error = faults.pass(Place::BeforeEmbed).await.unwrap_err();
        assert!(matches!(error, IngestError::Planned { outage: true }));
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["extracted", "nowhere=abort", "extracted=explode", "extracted=abort*x"] {
            assert!(Faults::parse(text).is_err(), "{text}");
        }
        assert!(Faults::parse("").is_ok());
    }
}
