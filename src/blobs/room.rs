//! How much room the disks have: watched, so that uploads are refused while there is enough left for what must go on
//! (signing in, asking, cleaning up), and so that operators see it coming.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::BlobError;
use docent_telemetry as telemetry;

const EVERY: Duration = Duration::from_secs(2);
/// Bytes that are set aside, to be given back when nothing else is left: what people write is small.
const RESERVE: u64 = 32 << 20;
const RESERVE_FILE: &str = "reserve";
/// Of a small disk less is kept: these parts of it.
const KEPT_PART: u64 = 20;
const RESERVED_PART: u64 = 50;

/// A handle; clones share it.
#[derive(Debug, Clone)]
pub struct Room {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    folders: Vec<PathBuf>,
    /// In `folders[0]`; empty where nothing is watched.
    reserve: Option<PathBuf>,
    keep_free: u64,
    low: AtomicBool,
    free: AtomicU64,
    wanted: AtomicU64,
}

/// How it is, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoomState {
    /// Uploads are refused, and readings wait.
    pub low: bool,
    /// On the fullest disk.
    pub free: u64,
    /// What should be free there.
    pub wanted: u64,
}

impl Room {
    /// Watches the disks of these folders, the first of which holds the database. `keep_free` bytes should be free; on a
    /// small disk it is a twentieth of it. 0 watches nothing.
    pub fn new(folders: Vec<PathBuf>, keep_free: u64) -> Self {
        let reserve = folders.first().filter(|_| keep_free > 0).map(|folder| folder.join(RESERVE_FILE));
        let (low, free, wanted) = (AtomicBool::new(false), AtomicU64::new(u64::MAX), AtomicU64::new(0));
        let room = Self { inner: Arc::new(Inner { folders, reserve, keep_free, low, free, wanted }) };
        room.look();
        room
    }

    /// Everything fits: for storage that is not ours to watch.
    pub fn boundless() -> Self {
        Self::new(Vec::new(), 0)
    }

    pub fn state(&self) -> RoomState {
        RoomState {
            low: self.inner.low.load(Ordering::Acquire),
            free: self.inner.free.load(Ordering::Acquire),
            wanted: self.inner.wanted.load(Ordering::Acquire),
        }
    }

    /// Whether so many more bytes may be stored.
    pub fn admits(&self, bytes: u64) -> Result<(), BlobError> {
        let RoomState { low, free, wanted } = self.state();
        if low || (wanted > 0 && free.saturating_sub(bytes) < wanted) {
            let text = format!("{} MiB free, {} MiB are to stay free", free >> 20, wanted >> 20);
            return Err(BlobError::Full(std::io::Error::new(std::io::ErrorKind::StorageFull, text)));
        }
        Ok(())
    }

    /// Looks every two seconds until told to stop.
    pub async fn watch(self, stop: CancellationToken) {
        if self.inner.keep_free == 0 {
            return;
        }
        loop {
            let room = self.clone();
            // Disks may be slow, and are asked off the threads that serve.
            drop(tokio::task::spawn_blocking(move || room.look()).await);
            if stop.run_until_cancelled(tokio::time::sleep(EVERY)).await.is_none() {
                return;
            }
        }
    }

    fn look(&self) {
        let inner = &self.inner;
        let disks = inner.folders.iter().filter_map(|folder| disk_of(folder));
        let Some(tightest) = disks.min_by_key(|disk| disk.free.saturating_sub(disk.kept(inner.keep_free)))
        else {
            return;
        };
        let wanted = tightest.kept(inner.keep_free);
        inner.free.store(tightest.free, Ordering::Release);
        inner.wanted.store(wanted, Ordering::Release);
        telemetry::disk_free(tightest.free);
        // Up again only with something to spare, so that it does not go to and fro.
        let was = inner.low.load(Ordering::Acquire);
        let low = tightest.free < if was { wanted + wanted / 10 } else { wanted };
        inner.low.store(low, Ordering::Release);
        if low != was {
            let (free_mb, wanted_mb) = (tightest.free >> 20, wanted >> 20);
            if low {
                tracing::warn!(
                    free_mb,
                    wanted_mb,
                    "The disk is nearly full: uploads are refused, readings wait"
                );
            } else {
                tracing::info!(free_mb, wanted_mb, "There is room on the disk again");
            }
        }
        self.mind_reserve();
    }

    /// Gives the reserve back when the disk is full, and sets it aside again once there is plenty.
    fn mind_reserve(&self) {
        let Some((reserve, disk)) =
            self.inner.reserve.as_ref().and_then(|path| Some((path, disk_of(path.parent()?)?)))
        else {
            return;
        };
        let (there, size) = (reserve.exists(), RESERVE.min(disk.size / RESERVED_PART));
        let done = match there {
            true if disk.free < size / 2 => fs_err::remove_file(reserve)
                .map(|()| tracing::error!("The disk is full: the reserve is given back for what must go on")),
            false if disk.free > disk.kept(self.inner.keep_free) + 2 * size => set_aside(reserve, size),
            _ => Ok(()),
        };
        if let Err(error) = done {
            tracing::debug!(%error, "The reserve of the disk could not be changed");
        }
    }
}

/// Written, and not only promised: a file of holes takes no room.
fn set_aside(path: &Path, size: u64) -> std::io::Result<()> {
    let mut file = fs_err::File::create(path)?;
    let block = vec![0x5a; 1 << 20];
    let mut left = size;
    while left > 0 {
        let part = block.len().min(usize::try_from(left).unwrap_or(block.len()));
        if let Err(error) = file.write_all(&block[..part]) {
            drop(fs_err::remove_file(path));
            return Err(error);
        }
        left -= part as u64;
    }
    file.sync_all()
}

/// In bytes; what only the system's administrator may use does not count.
struct Disk {
    free: u64,
    size: u64,
}

impl Disk {
    fn kept(&self, keep_free: u64) -> u64 {
        keep_free.min(self.size / KEPT_PART)
    }
}

fn disk_of(folder: &Path) -> Option<Disk> {
    let found = rustix::fs::statvfs(folder).ok()?;
    Some(Disk { free: found.f_bavail * found.f_frsize, size: found.f_blocks * found.f_frsize })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_refused_before_it_comes() {
        let folder = tempfile::tempdir().unwrap();
        let room = Room::new(vec![folder.path().to_owned()], 1);
        let state = room.state();
        assert!(!state.low && state.free > 0 && state.free < u64::MAX, "{state:?}");
        room.admits(1).unwrap();
        assert!(matches!(room.admits(state.free), Err(BlobError::Full(_))));
        Room::boundless().admits(u64::MAX).unwrap();
    }

    #[test]
    fn the_reserve_takes_room_and_is_set_aside_once() {
        let folder = tempfile::tempdir().unwrap();
        let room = Room::new(vec![folder.path().to_owned()], 1);
        let reserve = folder.path().join(RESERVE_FILE);
        if !reserve.exists() {
            eprintln!("skipped: this disk is nearly full");
            return;
        }
        let size = fs_err::metadata(&reserve).unwrap().len();
        assert!(size > 0 && size <= RESERVE, "{size}");
        room.look();
        assert_eq!(fs_err::metadata(&reserve).unwrap().len(), size);
    }
}
