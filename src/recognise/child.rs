//! One child process, seen from the parent.

use std::process::Stdio;

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::process::{ChildStderr, ChildStdin, ChildStdout, Command};

use super::error::RecogniseError;
use super::settings::RecogniseSettings;
use super::wire::{Job, Said, Setup, Want};

/// The longest line a child may write.
const MAX_LINE_BYTES: usize = 64 << 20;

/// A child that waits for a page or reads one. Dropping it kills it.
pub struct Child {
    process: tokio::process::Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
    stderr: ChildStderr,
    line: Vec<u8>,
}

impl Child {
    pub async fn spawn(settings: &RecogniseSettings) -> Result<Self, RecogniseError> {
        let mut command = Command::new(&settings.program);
        command
            .arg("recognise-worker")
            .env_clear()
            .env("MALLOC_ARENA_MAX", "2")
            // It would write files, which ends a process that may not.
            .env("ORT_DISABLE_TELEMETRY", "1")
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .kill_on_drop(true);
        let mut process = command.spawn().map_err(RecogniseError::io("start a recognising process"))?;
        let missing =
            || RecogniseError::io("talk to the recognising process")(std::io::ErrorKind::NotConnected.into());
        let mut child = Self {
            stdin: process.stdin.take().ok_or_else(missing)?,
            stdout: BufReader::with_capacity(64 * 1024, process.stdout.take().ok_or_else(missing)?),
            stderr: process.stderr.take().ok_or_else(missing)?,
            process,
            line: Vec::new(),
        };
        let setup = Setup {
            models: settings.models.clone(),
            pdfium: settings.pdfium.clone(),
            has_second: settings.tesseract.is_some(),
            threads: settings.threads,
            memory_bytes: settings.limits.memory_bytes,
            cpu_s_per_page: settings.limits.cpu_s_per_page,
        };
        child.write_line(&setup).await.map_err(RecogniseError::io("set up the recognising process"))?;
        Ok(child)
    }

    /// Hands over the file. A child that dies over it is not an error here; [`Child::hear`] will notice.
    pub async fn send(&mut self, job: &Job, file: impl AsyncRead + Unpin) -> Result<(), RecogniseError> {
        let failed = RecogniseError::io;
        if self.write_line(job).await.is_err() {
            return Ok(());
        }
        let mut file = file.take(job.bytes);
        let mut buffer = vec![0; 256 * 1024];
        loop {
            let read = file.read(&mut buffer).await.map_err(failed("read the stored file"))?;
            if read == 0 || self.stdin.write_all(&buffer[..read]).await.is_err() {
                return Ok(());
            }
        }
    }

    pub async fn ask(&mut self, want: Want) -> Option<Said> {
        self.write_line(&want).await.ok()?;
        self.hear().await
    }

    /// The next line; `None` when there is none, or one that makes no sense.
    pub async fn hear(&mut self) -> Option<Said> {
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

    /// Makes sure that it is dead, and tells how it ended.
    pub async fn autopsy(mut self) -> String {
        let grace = std::time::Duration::from_secs(2);
        let status = tokio::time::timeout(grace, self.process.wait()).await;
        self.kill();
        let mut last_words = Vec::new();
        let mut stderr = (&mut self.stderr).take(2048);
        let _ = tokio::time::timeout(grace, stderr.read_to_end(&mut last_words)).await;
        let last_words = String::from_utf8_lossy(&last_words);
        match status {
            Ok(Ok(status)) => format!("{status} {}", last_words.trim()).trim().to_owned(),
            _ => "it took too long".to_owned(),
        }
    }

    async fn write_line(&mut self, value: &impl serde::Serialize) -> std::io::Result<()> {
        let mut line = serde_json::to_vec(value)?;
        line.push(b'\n');
        self.stdin.write_all(&line).await
    }

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
