//! Starts readings, and keeps children warm for the next ones: a spare one, and those that have read small files of text.

use super::child::{Child, Confinement};
use super::error::ExtractError;
use super::format::Format;
use super::limits::ExtractSettings;
use super::reading::Reading;
use super::wire::Said;
use std::sync::{Arc, Mutex, PoisonError};

/// Reads files, each in a process of its own. Cheap to clone.
#[derive(Clone)]
pub struct Extractors {
    inner: Arc<Inner>,
}

struct Inner {
    settings: ExtractSettings,
    /// A child that has set itself up and waits.
    spare: Mutex<Option<Child>>,
    /// Children that have read some small files of text and may read more.
    warm: Mutex<Vec<Warm>>,
}

/// A child for small files of text, and how many it has read.
pub(super) struct Warm {
    pub child: Child,
    pub files: u32,
}

/// So many wait for more at most.
const WARM: usize = 2;
/// After so many files a child has served its time.
const FILES: u32 = 200;

impl Extractors {
    pub fn new(settings: ExtractSettings) -> Self {
        Self { inner: Arc::new(Inner { settings, spare: Mutex::default(), warm: Mutex::default() }) }
    }

    /// Begins to read `file` from its start. `skip_pages` are known from an earlier reading and do not come again.
    pub async fn read(
        &self,
        file: std::fs::File,
        format: Format,
        skip_pages: i64,
    ) -> Result<Reading, ExtractError> {
        let bytes = file.metadata().map_err(ExtractError::io("read the stored file"))?.len();
        if bytes == 0 {
            return Err(ExtractError::EmptyFile);
        }
        Reading::begin(self.clone(), file, bytes, format, skip_pages).await
    }

    /// Keeps a child ready, so that the next reading need not wait for a process to start.
    pub async fn warm(&self) -> Result<(), ExtractError> {
        if self.spare().is_some() {
            return Ok(());
        }
        let child = Child::spawn(&self.inner.settings).await?;
        self.spare().get_or_insert(child);
        Ok(())
    }

    /// Starts a child and asks what holds it in on this machine.
    pub async fn confinement(&self) -> Result<Confinement, ExtractError> {
        let mut child = Child::spawn(&self.inner.settings).await?;
        let heard = tokio::time::timeout(self.inner.settings.limits.patience, child.hear()).await;
        match heard {
            Ok(Some(Said::Ready { landlock, seccomp, rlimits, pdfium })) => {
                Ok(Confinement { landlock, seccomp, rlimits, pdfium })
            }
            _ => {
                let how = std::io::Error::other(format!("{:?}", child.autopsy().await));
                Err(ExtractError::io("start a reader process")(how))
            }
        }
    }

    /// A child to read with, and another one started for the next.
    pub(super) async fn child(&self) -> Result<Child, ExtractError> {
        let spare = self.spare().take();
        let child = match spare.map(|mut child| (child.is_alive(), child)) {
            Some((true, child)) => child,
            _ => Child::spawn(&self.inner.settings).await?,
        };
        self.warm().await?;
        Ok(child)
    }

    /// A child to read a small file of text with.
    pub(super) async fn warm_child(&self) -> Result<Warm, ExtractError> {
        loop {
            let Some(mut warm) = self.waiting().pop() else {
                return Ok(Warm { child: self.child().await?, files: 0 });
            };
            if warm.child.is_alive() {
                return Ok(warm);
            }
        }
    }

    /// A child has read a small file to its end, and may read another.
    pub(super) fn give_back(&self, warm: Warm) {
        let mut waiting = self.waiting();
        if warm.files < FILES && waiting.len() < WARM {
            waiting.push(warm);
        }
    }

    fn waiting(&self) -> std::sync::MutexGuard<'_, Vec<Warm>> {
        self.inner.warm.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn settings(&self) -> &ExtractSettings {
        &self.inner.settings
    }

    fn spare(&self) -> std::sync::MutexGuard<'_, Option<Child>> {
        // The value is a whole child or none, whatever happened to the holder.
        self.inner.spare.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
