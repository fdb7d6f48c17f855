//! One child process, seen from the parent.

use super::error::ExtractError;
use super::limits::ExtractSettings;
use super::wire::{Budget, Job, Said, Setup};
use docent_confine::Handed;
use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;
use tokio::io::AsyncSeekExt;

/// What holds a child in, as it reports itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Confinement {
    /// Landlock: no file can be opened.
    pub landlock: bool,
    /// Seccomp: no system calls but those that reading needs; no network, no other processes.
    pub seccomp: bool,
    /// Memory, processor time, open files.
    pub rlimits: bool,
    /// Whether the second PDF engine was found and loaded.
    pub pdfium: bool,
}

/// A child that waits for its file or reads it. Dropping it kills it.
pub(super) struct Child(docent_confine::Child);

/// How a child ended that did not say [`Said::End`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Death {
    /// It used up its processor time.
    Cpu,
    /// It asked for more memory than it may have.
    Memory,
    /// It was silent for too long.
    Silence,
    Crash(String),
}

impl Child {
    pub(super) async fn spawn(settings: &ExtractSettings) -> Result<Self, ExtractError> {
        let child = docent_confine::Child::spawn(&settings.program, "extract-worker");
        let mut child = child.map_err(ExtractError::io("start a reader process"))?;
        let limits = &settings.limits;
        let setup = Setup {
            pdfium: settings.pdfium.clone(),
            vocabulary: settings.vocabulary.clone(),
            memory_bytes: limits.memory_bytes,
            cpu_s_per_page: limits.cpu_s_per_page,
            cpu_s: limits.cpu_s,
            budget: Budget::from(limits),
        };
        // Small enough for the pipe: this does not wait for the child.
        child.say(&setup).await.map_err(ExtractError::io("set up the reader process"))?;
        Ok(Self(child))
    }

    /// Whether it still waits; a spare child may have been killed meanwhile.
    pub(super) fn is_alive(&mut self) -> bool {
        self.0.is_alive()
    }

    /// Hands over the file. A child that dies over it is not an error here; [`Child::hear`] will notice.
    pub(super) async fn send(&mut self, job: &Job, file: std::fs::File) -> Result<(), ExtractError> {
        if self.0.say(job).await.is_err() {
            return Ok(());
        }
        let failed = ExtractError::io;
        let mut file = tokio::fs::File::from_std(file);
        file.rewind().await.map_err(failed("read the stored file"))?;
        match self.0.hand_over(file, job.bytes).await.map_err(failed("read the stored file"))? {
            Handed::Bytes(bytes) if bytes < job.bytes => {
                Err(failed("read the stored file")(std::io::ErrorKind::UnexpectedEof.into()))
            }
            Handed::Bytes(_) | Handed::Refused => Ok(()),
        }
    }

    /// The next line; `None` when there is none, or one that makes no sense. Dropping the future loses nothing.
    pub(super) async fn hear(&mut self) -> Option<Said> {
        self.0.hear().await
    }

    /// Makes sure that it is dead, and finds out why.
    pub(super) async fn autopsy(self) -> Death {
        match self.0.autopsy().await {
            (Some(status), last_words) => cause(status, &last_words),
            (None, _) => Death::Crash("it stopped answering".to_owned()),
        }
    }
}

fn cause(status: ExitStatus, last_words: &str) -> Death {
    const SIGXCPU: i32 = rustix::process::Signal::XCPU.as_raw();
    if last_words.contains("memory allocation of") || last_words.contains("out of memory") {
        return Death::Memory;
    }
    match status.signal() {
        Some(SIGXCPU) => Death::Cpu,
        _ if last_words.contains("overflowed its stack") => {
            Death::Crash("it is nested too deeply".to_owned())
        }
        Some(signal) => Death::Crash(format!("the reader was ended by signal {signal}")),
        None => Death::Crash(format!("the reader ended with {}", status.code().unwrap_or(-1))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn causes_of_death_are_told_apart() {
        let by_signal = ExitStatus::from_raw;
        assert_eq!(cause(by_signal(24), ""), Death::Cpu);
        assert_eq!(cause(by_signal(6), "memory allocation of 8 bytes failed"), Death::Memory);
        assert_eq!(
            cause(by_signal(6), "thread '<unknown>' has overflowed its stack"),
            Death::Crash("it is nested too deeply".into())
        );
        assert_eq!(cause(by_signal(11), ""), Death::Crash("the reader was ended by signal 11".into()));
    }
}
