//! A child process that holds itself in, seen from its parent: lines of JSON both ways, and files handed over through
//! its standard input.

use std::io;
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::process::{ChildStderr, ChildStdin, ChildStdout, Command};

/// The longest line a child may write.
const MAX_LINE_BYTES: usize = 64 << 20;

/// So much of what it says on standard error is kept.
const LAST_WORDS: u64 = 4096;

/// How long it may take to end once it is not wanted any more.
const GRACE: Duration = Duration::from_secs(2);

/// A child that waits or works. Dropping it kills it.
pub struct Child {
    process: tokio::process::Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
    stderr: ChildStderr,
    line: Vec<u8>,
}

/// What became of a file that was handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handed {
    /// All of it was written, so far as the file goes.
    Bytes(u64),
    /// The child takes no more; [`Child::hear`] will notice why.
    Refused,
}

impl Child {
    /// Starts `program` with one argument, without an environment, in a group of its own.
    pub fn spawn(program: &Path, argument: &str) -> io::Result<Self> {
        let mut command = Command::new(program);
        command
            .arg(argument)
            .env_clear()
            // Each further arena of the allocator would reserve address space, which is limited.
            .env("MALLOC_ARENA_MAX", "2")
            // Loaded, ONNX Runtime would write a file, which a child may not.
            .env("ORT_DISABLE_TELEMETRY", "1")
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .kill_on_drop(true);
        let mut process = command.spawn()?;
        let missing = || io::Error::from(io::ErrorKind::NotConnected);
        Ok(Self {
            stdin: process.stdin.take().ok_or_else(missing)?,
            stdout: BufReader::with_capacity(64 * 1024, process.stdout.take().ok_or_else(missing)?),
            stderr: process.stderr.take().ok_or_else(missing)?,
            process,
            line: Vec::new(),
        })
    }

    /// Whether it still runs; one that waits may have been killed meanwhile.
    pub fn is_alive(&mut self) -> bool {
        matches!(self.process.try_wait(), Ok(None))
    }

    /// Says one line.
    pub async fn say(&mut self, value: &impl Serialize) -> io::Result<()> {
        let mut line = serde_json::to_vec(value)?;
        line.push(b'\n');
        self.stdin.write_all(&line).await
    }

    /// Hands over at most `bytes` of a file. An error is one of reading it.
    pub async fn hand_over(&mut self, file: impl AsyncRead + Unpin, bytes: u64) -> io::Result<Handed> {
        let mut file = file.take(bytes);
        let mut buffer = vec![0; 256 * 1024];
        let mut written = 0;
        loop {
            let read = file.read(&mut buffer).await?;
            if read == 0 {
                return Ok(Handed::Bytes(written));
            }
            if self.stdin.write_all(&buffer[..read]).await.is_err() {
                return Ok(Handed::Refused);
            }
            written += read as u64;
        }
    }

    /// The next line; `None` when there is none, or one that makes no sense. Dropping the future loses nothing.
    pub async fn hear<T: DeserializeOwned>(&mut self) -> Option<T> {
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

    /// Makes sure that it is dead, and tells how it ended, with its last words. `None` if it had to be killed.
    pub async fn autopsy(mut self) -> (Option<ExitStatus>, String) {
        let status = tokio::time::timeout(GRACE, self.process.wait()).await;
        self.kill();
        let mut last_words = Vec::new();
        let mut stderr = (&mut self.stderr).take(LAST_WORDS);
        let _ = tokio::time::timeout(GRACE, stderr.read_to_end(&mut last_words)).await;
        (status.ok().and_then(Result::ok), String::from_utf8_lossy(&last_words).into_owned())
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Says back what it hears: its one argument names the pipe that it reads.
    fn parrot() -> Child {
        Child::spawn(Path::new("/bin/cat"), "-").unwrap()
    }

    #[tokio::test]
    async fn lines_go_both_ways_and_a_file_no_further_than_it_should() {
        let mut child = parrot();
        child.say(&"a line").await.unwrap();
        assert_eq!(child.hear::<String>().await.as_deref(), Some("a line"));
        assert_eq!(child.hand_over(&b"[1,2]\n[3,4]\n"[..], 6).await.unwrap(), Handed::Bytes(6));
        assert_eq!(child.hear::<Vec<u8>>().await, Some(vec![1, 2]));
        assert!(child.is_alive());
    }

    #[tokio::test]
    async fn how_it_ended_is_told() {
        let child = Child::spawn(Path::new("/bin/cat"), "/no/such/file").unwrap();
        let (status, last_words) = child.autopsy().await;
        assert_eq!(status.and_then(|status| status.code()), Some(1));
        assert!(last_words.contains("/no/such/file"), "{last_words}");
    }
}
