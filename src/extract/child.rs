//! One child process, seen from the parent.

use super::error::ExtractError;
use super::limits::ExtractSettings;
use super::wire::{Budget, Job, Said, Setup};
use std::os::unix::process::ExitStatusExt;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncSeekExt, AsyncWriteExt, BufReader};
use tokio::process::{ChildStderr, ChildStdin, ChildStdout, Command};

/// The longest line a child may write.
const MAX_LINE_BYTES: usize = 64 << 20;

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
pub(super) struct Child {
    process: tokio::process::Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
    stderr: ChildStderr,
    line: Vec<u8>,
}

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
        let mut command = Command::new(&settings.program);
        command
            .arg("extract-worker")
            .env_clear()
            // Each further arena of the allocator would reserve address space, which is limited.
            .env("MALLOC_ARENA_MAX", "2")
            // Loaded, ONNX Runtime would write a file, which a reader may not.
            .env("ORT_DISABLE_TELEMETRY", "1")
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .kill_on_drop(true);
        let mut process = command.spawn().map_err(ExtractError::io("start a reader process"))?;
        let missing =
            || ExtractError::io("talk to the reader process")(std::io::ErrorKind::NotConnected.into());
        let mut child = Self {
            stdin: process.stdin.take().ok_or_else(missing)?,
            stdout: BufReader::with_capacity(64 * 1024, process.stdout.take().ok_or_else(missing)?),
            stderr: process.stderr.take().ok_or_else(missing)?,
            process,
            line: Vec::new(),
        };
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
        child.write_line(&setup).await.map_err(ExtractError::io("set up the reader process"))?;
        Ok(child)
    }

    /// Whether it still waits; a spare child may have been killed meanwhile.
    pub(super) fn is_alive(&mut self) -> bool {
        matches!(self.process.try_wait(), Ok(None))
    }

    /// Hands over the file. A child that dies over it is not an error here; [`Child::hear`] will notice.
    pub(super) async fn send(&mut self, job: &Job, file: std::fs::File) -> Result<(), ExtractError> {
        if self.write_line(job).await.is_err() {
            return Ok(());
        }
        let mut file = tokio::fs::File::from_std(file);
        file.rewind().await.map_err(ExtractError::io("read the stored file"))?;
        let mut buffer = vec![0; 256 * 1024];
        let mut left = job.bytes;
        while left > 0 {
            let read = file.read(&mut buffer).await.map_err(ExtractError::io("read the stored file"))?;
            if read == 0 {
                let short = std::io::ErrorKind::UnexpectedEof.into();
                return Err(ExtractError::io("read the stored file")(short));
            }
            let part = &buffer[..read.min(usize::try_from(left).unwrap_or(usize::MAX))];
            if self.stdin.write_all(part).await.is_err() {
                return Ok(());
            }
            left -= part.len() as u64;
        }
        Ok(())
    }

    /// The next line; `None` when there is none, or one that makes no sense. Dropping the future loses nothing.
    pub(super) async fn hear(&mut self) -> Option<Said> {
        loop {
            let available = self.stdout.fill_buf().await.ok()?;
            if available.is_empty() {
                return None;
            }
            let end = available.iter().position(|&byte| byte == b'\n');
            let taken = end.map_or(available.len(), |at| at + 1);
            self.line.extend_from_slice(&available[..taken]);
            self.stdout.consume(taken);
            if end.is_some() {
                let said = serde_json::from_slice(&self.line).ok();
                self.line = Vec::new();
                return said;
            }
            if self.line.len() > MAX_LINE_BYTES {
                return None;
            }
        }
    }

    /// Makes sure that it is dead, and finds out why.
    pub(super) async fn autopsy(mut self) -> Death {
        let grace = Duration::from_secs(2);
        let status = tokio::time::timeout(grace, self.process.wait()).await;
        self.kill();
        let mut last_words = Vec::new();
        let mut stderr = (&mut self.stderr).take(4096);
        let _ = tokio::time::timeout(grace, stderr.read_to_end(&mut last_words)).await;
        match status {
            Ok(Ok(status)) => cause(status, &String::from_utf8_lossy(&last_words)),
            _ => Death::Crash("it stopped answering".to_owned()),
        }
    }

    async fn write_line(&mut self, value: &impl serde::Serialize) -> std::io::Result<()> {
        let mut line = serde_json::to_vec(value)?;
        line.push(b'\n');
        self.stdin.write_all(&line).await
    }

    /// The whole group, although a locked-down child cannot have children.
    fn kill(&mut self) {
        let id = self.process.id().and_then(|id| i32::try_from(id).ok());
        if let Some(group) = id.and_then(rustix::process::Pid::from_raw) {
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        self.kill();
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
