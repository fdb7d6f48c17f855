//! Whether the disk has room for what the engine is about to write.
//!
//! The engine writes through mapped files that consist of holes for the most part. Where the disk is full when a hole is
//! filled, the system does not answer with an error: it ends the whole process (SIGBUS). So nothing is written unless
//! some room is there, and whoever wanted to hears that there is none.

use std::path::Path;

use super::{EdgeSettings, VectorError, disk_bytes};

/// Of a small disk less has to be free: this part of it.
const SMALL_DISK_PART: u64 = 40;
/// What removes points or flushes writes little, and goes on when no points can be added any more: this part is
/// kept for it.
const LITTLE_PART: u64 = 4;

/// Before points are put in, and before the index is opened.
pub(super) fn for_much(settings: &EdgeSettings) -> Result<(), VectorError> {
    demand(settings, 0, 1)
}

/// Before points are removed, before a flush.
pub(super) fn for_little(settings: &EdgeSettings) -> Result<(), VectorError> {
    demand(settings, 0, LITTLE_PART)
}

/// Before the index is reorganised: the old parts stay until the new ones are written.
pub(super) fn for_all_anew(settings: &EdgeSettings) -> Result<(), VectorError> {
    demand(settings, disk_bytes(&settings.folder), 1)
}

/// So many bytes, and a part of the spare ones besides.
fn demand(settings: &EdgeSettings, bytes: u64, part: u64) -> Result<(), VectorError> {
    // A disk that cannot be asked says so itself when it is written to.
    let Some(disk) = Disk::of(&settings.folder) else { return Ok(()) };
    disk.admits(bytes.saturating_add(part_of(settings.spare_bytes, disk.size, part)))
}

fn part_of(spare_bytes: u64, size: u64, part: u64) -> u64 {
    spare_bytes.min(size / SMALL_DISK_PART) / part
}

/// In bytes.
struct Disk {
    free: u64,
    size: u64,
}

impl Disk {
    fn of(folder: &Path) -> Option<Self> {
        let found = rustix::fs::statvfs(folder).ok()?;
        Some(Self { free: found.f_bavail * found.f_frsize, size: found.f_blocks * found.f_frsize })
    }

    fn admits(&self, needed: u64) -> Result<(), VectorError> {
        if self.free >= needed {
            return Ok(());
        }
        let (free, needed) = (self.free >> 10, needed >> 10);
        Err(VectorError::Full(format!("{free} KiB are free on its disk, {needed} KiB are needed")))
    }
}

/// What the engine, or a panic of it, says: it keeps the kind of an error to itself.
pub(super) fn engine_error(text: String) -> VectorError {
    let full = ["No space left", "StorageFull", "os error 28", "disk is full"]
        .iter()
        .any(|said| text.contains(said));
    if full { VectorError::Full(text) } else { VectorError::Engine(text) }
}

/// The same failure for each of those who wait.
pub(super) fn again(error: &VectorError) -> VectorError {
    match error {
        VectorError::Full(text) => VectorError::Full(text.clone()),
        other => VectorError::Engine(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use docent_domain::{Code, Coded};

    const MIB: u64 = 1 << 20;

    #[test]
    fn removing_goes_on_when_adding_does_not() {
        let big = |free| Disk { free, size: 100_000 * MIB };
        assert!(big(8 * MIB).admits(8 * MIB).is_ok());
        let refused = big(7 * MIB).admits(8 * MIB).unwrap_err();
        assert_eq!(refused.code(), Code::DiskFull);
        assert!(big(7 * MIB).admits(part_of(8 * MIB, 100_000 * MIB, LITTLE_PART)).is_ok());
        assert!(big(MIB).admits(part_of(8 * MIB, 100_000 * MIB, LITTLE_PART)).is_err());
    }

    #[test]
    fn a_small_disk_is_used_for_the_most_part() {
        assert_eq!(part_of(8 * MIB, 40 * MIB, 1), MIB);
        assert_eq!(part_of(8 * MIB, u64::MAX, 1), 8 * MIB);
    }

    #[test]
    fn what_the_engine_says_of_a_full_disk_is_understood() {
        let said = "IO Error: Failed to flush segment.json: No space left on device (os error 28)";
        assert!(matches!(again(&engine_error(said.into())), VectorError::Full(_)));
        assert!(matches!(again(&engine_error("it broke".into())), VectorError::Engine(_)));
    }
}
