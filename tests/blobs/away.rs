//! A store that is away, comes back, or was never there.

use std::time::Duration;

use docent::blobs::{BlobError, Blobs, ObjectBlobs};
use docent::domain::{Code, Coded};

use super::contract::{noise, read, store};
use crate::support::s3::{self, Gate};

fn is_outage<T>(result: Result<T, BlobError>) -> bool {
    result.err().is_some_and(|error| error.code() == Code::StorageUnavailable)
}

#[tokio::test]
async fn a_store_that_is_away_is_an_outage_and_everything_is_there_when_it_is_back() {
    let (folder, mut gate) = (tempfile::tempdir().unwrap(), Gate::open().await);
    let blobs = ObjectBlobs::open(&s3::settings(&gate.address(), folder.path())).await.unwrap();
    let stored = store(&blobs, b"kestrels", 8).await;
    let mut half = blobs.begin().await.unwrap();
    half.write(&noise(9 << 20)).await.unwrap();

    gate.shut().await;
    assert!(is_outage(blobs.check().await));
    assert!(is_outage(blobs.local(&stored.key).await));
    assert!(is_outage(blobs.read(&stored.key, 0..8).await));
    assert!(is_outage(blobs.is_there(&stored.key).await));
    assert!(is_outage(blobs.remove(&stored.key).await));
    assert!(is_outage(blobs.older_than(Duration::ZERO).await));
    assert!(is_outage(half.finish().await));
    let mut writer = blobs.begin().await.unwrap();
    writer.write(b"small").await.unwrap();
    assert!(is_outage(writer.finish().await));

    gate.reopen().await;
    assert_eq!(read(&blobs, &stored.key, 0..8).await, b"kestrels");
    assert_eq!(blobs.older_than(Duration::ZERO).await.unwrap(), [stored.key]);
}

#[tokio::test]
async fn a_short_break_is_not_noticed() {
    let (folder, mut gate) = (tempfile::tempdir().unwrap(), Gate::open().await);
    let blobs = ObjectBlobs::open(&s3::settings(&gate.address(), folder.path())).await.unwrap();
    gate.shut().await;
    let (stored, ()) = tokio::join!(store(&blobs, b"kestrels", 8), async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        gate.reopen().await;
    });
    assert_eq!(read(&blobs, &stored.key, 0..8).await, b"kestrels");
}

#[tokio::test]
async fn a_bucket_that_is_not_there_is_no_lost_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut settings = s3::settings(&s3::address().await, folder.path());
    let there = ObjectBlobs::open(&settings).await.unwrap();
    let stored = store(&there, b"kestrels", 8).await;
    settings.bucket = "elsewhere".to_owned();
    let blobs = ObjectBlobs::open(&settings).await.unwrap();
    assert!(is_outage(blobs.check().await));
    assert!(is_outage(blobs.local(&stored.key).await));
    assert!(is_outage(blobs.is_there(&stored.key).await));
    let mut writer = blobs.begin().await.unwrap();
    writer.write(b"small").await.unwrap();
    assert!(is_outage(writer.finish().await));
}
