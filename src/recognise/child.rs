//! One recognising process, seen from the parent.

use tokio::io::AsyncRead;

use super::error::RecogniseError;
use super::settings::RecogniseSettings;
use super::wire::{Job, Said, Setup, Want};

/// A child that waits for a page or reads one. Dropping it kills it.
pub struct Child(docent_confine::Child);

impl Child {
    pub async fn spawn(settings: &RecogniseSettings) -> Result<Self, RecogniseError> {
        let child = docent_confine::Child::spawn(&settings.program, "recognise-worker");
        let mut child = child.map_err(RecogniseError::io("start a recognising process"))?;
        let setup = Setup {
            models: settings.models.clone(),
            pdfium: settings.pdfium.clone(),
            has_second: settings.tesseract.is_some(),
            threads: settings.threads,
            memory_bytes: settings.limits.memory_bytes,
            cpu_s_per_page: settings.limits.cpu_s_per_page,
        };
        child.say(&setup).await.map_err(RecogniseError::io("set up the recognising process"))?;
        Ok(Self(child))
    }

    /// Hands over the file. A child that dies over it is not an error here; [`Child::hear`] will notice.
    pub async fn send(&mut self, job: &Job, file: impl AsyncRead + Unpin) -> Result<(), RecogniseError> {
        if self.0.say(job).await.is_err() {
            return Ok(());
        }
        let handed = self.0.hand_over(file, job.bytes).await;
        handed.map(drop).map_err(RecogniseError::io("read the stored file"))
    }

    pub async fn ask(&mut self, want: Want) -> Option<Said> {
        self.0.say(&want).await.ok()?;
        self.hear().await
    }

    /// The next line; `None` when there is none, or one that makes no sense.
    pub async fn hear(&mut self) -> Option<Said> {
        self.0.hear().await
    }

    /// Makes sure that it is dead, and tells how it ended.
    pub async fn autopsy(self) -> String {
        match self.0.autopsy().await {
            (Some(status), last_words) => format!("{status} {}", last_words.trim()).trim().to_owned(),
            (None, _) => "it took too long".to_owned(),
        }
    }
}
