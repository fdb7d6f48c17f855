//! What every storage must do, run on each kind: a folder, and a bucket of a real server.

use std::io::Read;
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use docent::blobs::{BlobError, BlobKey, Blobs, StoredBlob};
use futures_util::TryStreamExt;
use sha2::{Digest, Sha256};

/// One function per promise; each gets an empty storage.
macro_rules! contract {
    ($($name:ident;)*) => {
        mod folder {
            $(#[tokio::test]
            async fn $name() {
                let folder = tempfile::tempdir().unwrap();
                let blobs = docent::blobs::FolderBlobs::open(folder.path()).await.unwrap();
                super::$name(std::sync::Arc::new(blobs)).await;
            })*
        }

        mod bucket {
            $(#[tokio::test]
            async fn $name() {
                use crate::support::s3;
                let folder = tempfile::tempdir().unwrap();
                let settings = s3::settings(&s3::address().await, folder.path());
                let blobs = docent::blobs::ObjectBlobs::open(&settings).await.unwrap();
                super::$name(std::sync::Arc::new(blobs)).await;
                assert_eq!(fs_err::read_dir(folder.path()).unwrap().count(), 0, "no fetched file stays");
            })*
        }
    };
}

contract! {
    gives_back_what_was_written_whole_and_in_parts;
    keeps_large_blobs_and_hashes_them_on_the_way;
    keeps_an_empty_blob;
    gives_a_file_that_can_be_read;
    leaves_nothing_of_what_broke_off;
    forgets_and_says_so_again;
    tells_what_is_gone_from_what_never_was_there;
    lists_what_is_old;
    keeps_blobs_apart_that_are_written_at_once;
    answers_when_asked_how_it_is;
}

pub async fn store(blobs: &dyn Blobs, content: &[u8], piece: usize) -> StoredBlob {
    let mut writer = blobs.begin().await.unwrap();
    for piece in content.chunks(piece) {
        writer.write(piece).await.unwrap();
    }
    assert_eq!(writer.size(), content.len() as u64);
    writer.finish().await.unwrap()
}

pub async fn read(blobs: &dyn Blobs, key: &BlobKey, range: Range<u64>) -> Vec<u8> {
    let pieces: Vec<Bytes> = blobs.read(key, range).await.unwrap().try_collect().await.unwrap();
    pieces.concat()
}

/// Bytes without a pattern that a mistake in the order of parts could hide in.
pub fn noise(bytes: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_u32;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_le_bytes()
    };
    (0..bytes.div_ceil(4)).flat_map(|_| next()).take(bytes).collect()
}

fn never() -> BlobKey {
    BlobKey::parse("00112233445566778899aabbccddeeff").unwrap()
}

async fn gives_back_what_was_written_whole_and_in_parts(blobs: Arc<dyn Blobs>) {
    let stored = store(blobs.as_ref(), b"kestrels eat voles", 7).await;
    assert_eq!(stored.size, 18);
    assert_eq!(stored.sha256, "b080acbe3a30c92c3a95c781160ccd6d2c23ffc299eda8cdc7032d9f8e4b669e");
    let text = async |range| String::from_utf8(read(blobs.as_ref(), &stored.key, range).await).unwrap();
    assert_eq!(text(0..18).await, "kestrels eat voles");
    assert_eq!(text(9..12).await, "eat");
    assert_eq!(text(17..18).await, "s");
    assert_eq!(text(5..5).await, "");
}

async fn keeps_large_blobs_and_hashes_them_on_the_way(blobs: Arc<dyn Blobs>) {
    // Around the size of a part, and several of them with a rest.
    for size in [(8 << 20) - 1, 8 << 20, (8 << 20) + 1, (20 << 20) + 12345] {
        let content = noise(size);
        let stored = store(blobs.as_ref(), &content, 100_000).await;
        assert_eq!(stored.size, size as u64);
        assert_eq!(stored.sha256, hex::encode(Sha256::digest(&content)));
        assert!(read(blobs.as_ref(), &stored.key, 0..stored.size).await == content, "{size} bytes");
        let seam = (8 << 20) - 100..((8 << 20) + 100).min(size);
        let read = read(blobs.as_ref(), &stored.key, seam.start as u64..seam.end as u64).await;
        assert!(read == content[seam], "across the seam of two parts, of {size} bytes");
    }
}

async fn keeps_an_empty_blob(blobs: Arc<dyn Blobs>) {
    let stored = store(blobs.as_ref(), b"", 1).await;
    assert_eq!(stored.size, 0);
    assert!(blobs.is_there(&stored.key).await.unwrap());
    assert_eq!(read(blobs.as_ref(), &stored.key, 0..0).await, b"");
}

async fn gives_a_file_that_can_be_read(blobs: Arc<dyn Blobs>) {
    let content = noise(300_000);
    let stored = store(blobs.as_ref(), &content, 64 << 10).await;
    let (mut first, mut second) = (Vec::new(), Vec::new());
    let file = blobs.local(&stored.key).await.unwrap();
    file.into_file().read_to_end(&mut first).unwrap();
    blobs.local(&stored.key).await.unwrap().into_file().read_to_end(&mut second).unwrap();
    assert!(first == content && second == content);
}

async fn leaves_nothing_of_what_broke_off(blobs: Arc<dyn Blobs>) {
    let mut writer = blobs.begin().await.unwrap();
    writer.write(b"half of").await.unwrap();
    drop(writer);
    assert_eq!(blobs.older_than(Duration::ZERO).await.unwrap(), []);
}

async fn forgets_and_says_so_again(blobs: Arc<dyn Blobs>) {
    let stored = store(blobs.as_ref(), b"a", 1).await;
    assert!(blobs.is_there(&stored.key).await.unwrap());
    blobs.remove(&stored.key).await.unwrap();
    blobs.remove(&stored.key).await.unwrap();
    blobs.remove(&never()).await.unwrap();
    assert!(!blobs.is_there(&stored.key).await.unwrap());
}

async fn tells_what_is_gone_from_what_never_was_there(blobs: Arc<dyn Blobs>) {
    assert!(!blobs.is_there(&never()).await.unwrap());
    assert!(matches!(blobs.local(&never()).await, Err(BlobError::Missing)));
    assert!(matches!(blobs.read(&never(), 0..1).await.map(drop), Err(BlobError::Missing)));
}

async fn lists_what_is_old(blobs: Arc<dyn Blobs>) {
    let mut expected =
        vec![store(blobs.as_ref(), b"a", 1).await.key, store(blobs.as_ref(), b"b", 1).await.key];
    expected.sort();
    assert_eq!(blobs.older_than(Duration::from_secs(3600)).await.unwrap(), []);
    let mut found = blobs.older_than(Duration::ZERO).await.unwrap();
    found.sort();
    assert_eq!(found, expected, "and nothing that the storage keeps for itself");
}

async fn keeps_blobs_apart_that_are_written_at_once(blobs: Arc<dyn Blobs>) {
    let contents: Vec<Vec<u8>> = (1..6).map(|n| noise(n * 10_000)).collect();
    let storing = contents.iter().map(|content| store(blobs.as_ref(), content, 999));
    let stored = futures_util::future::join_all(storing).await;
    for (content, stored) in contents.iter().zip(&stored) {
        assert!(read(blobs.as_ref(), &stored.key, 0..stored.size).await == *content);
    }
}

async fn answers_when_asked_how_it_is(blobs: Arc<dyn Blobs>) {
    blobs.check().await.unwrap();
}
