//! Uploads in parts that do not come to their end: the store keeps what was sent until somebody calls it off.

use std::time::Duration;

use docent::blobs::{Blobs, ObjectBlobs, ObjectSettings};
use docent::domain::{Code, Coded};

use super::contract::{noise, read, store};
use crate::support::s3;

struct Bench {
    settings: ObjectSettings,
    address: String,
    _folder: tempfile::TempDir,
}

impl Bench {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let address = s3::address().await;
        Self { settings: s3::settings(&address, folder.path()), address, _folder: folder }
    }

    async fn open(&self) -> ObjectBlobs {
        ObjectBlobs::open(&self.settings).await.unwrap()
    }

    /// Uploads of ours that are under way, as the store sees it, and notes on them.
    async fn under_way(&self) -> (usize, usize) {
        let prefix = format!("<Key>{}/", self.settings.prefix);
        let uploads = s3::listing(&self.address, "?uploads").await.matches(&prefix).count();
        let listed =
            s3::listing(&self.address, &format!("?list-type=2&prefix={}/", self.settings.prefix)).await;
        (uploads, listed.matches(&format!("{prefix}incoming/")).count())
    }

    async fn reaches(&self, wanted: (usize, usize)) {
        for _ in 0..200 {
            if self.under_way().await == wanted {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("{:?} instead of {wanted:?}", self.under_way().await);
    }
}

#[tokio::test]
async fn an_upload_that_is_dropped_is_called_off() {
    let bench = Bench::new().await;
    let blobs = bench.open().await;
    let mut writer = blobs.begin().await.unwrap();
    writer.write(&noise(9 << 20)).await.unwrap();
    assert_eq!(bench.under_way().await, (1, 1));
    drop(writer);
    bench.reaches((0, 0)).await;
    assert_eq!(blobs.older_than(Duration::ZERO).await.unwrap(), []);
}

#[tokio::test]
async fn an_upload_whose_process_was_killed_is_called_off_by_the_sweep() {
    let bench = Bench::new().await;
    let blobs = bench.open().await;
    let mut writer = blobs.begin().await.unwrap();
    writer.write(&noise(17 << 20)).await.unwrap();
    // As a kill does: nobody comes back to it.
    std::mem::forget(writer);
    assert_eq!(bench.under_way().await, (1, 1));
    let other = bench.open().await;
    other.older_than(Duration::from_secs(3600)).await.unwrap();
    assert_eq!(bench.under_way().await, (1, 1), "it may still be at work");
    other.older_than(Duration::ZERO).await.unwrap();
    assert_eq!(bench.under_way().await, (0, 0));
    other.older_than(Duration::ZERO).await.unwrap();
}

#[tokio::test]
async fn an_upload_that_is_over_leaves_no_note() {
    let bench = Bench::new().await;
    let blobs = bench.open().await;
    let content = noise(10 << 20);
    let stored = store(&blobs, &content, 1 << 20).await;
    assert_eq!(bench.under_way().await, (0, 0));
    blobs.older_than(Duration::ZERO).await.unwrap();
    assert!(
        read(&blobs, &stored.key, 0..stored.size).await == content,
        "the sweep leaves finished ones alone"
    );
}

#[tokio::test]
async fn a_sweep_in_the_middle_of_an_upload_fails_it_and_nothing_else() {
    let bench = Bench::new().await;
    let blobs = bench.open().await;
    let mut writer = blobs.begin().await.unwrap();
    writer.write(&noise(9 << 20)).await.unwrap();
    blobs.older_than(Duration::ZERO).await.unwrap();
    let error = writer.finish().await.expect_err("half an upload must not pass for a whole one");
    assert_eq!(error.code(), Code::StorageUnavailable, "{error}");
    assert_eq!(blobs.older_than(Duration::ZERO).await.unwrap(), []);
}
