//! Where the originals are kept.

use super::check::at_least;
use super::declared::declared;
use super::values::{Address, Secret};

declared! {
    /// Where the originals are kept.
    Blobs "blobs" {
        /// Where the originals are kept: `s3://bucket/prefix` (any S3-compatible store), `file:///path` (a folder that all nodes
        /// and workers share). Empty: `files` in the data folder.
        url: Option<Address> = "", BLOB_URL;
        /// Address of the S3-compatible store, `https://host` or, on a trusted network, `http://host:port`. Empty: Amazon's, of
        /// the region.
        endpoint: Option<Address> = "", BLOB_ENDPOINT;
        /// Region of the bucket.
        region: String = "us-east-1", BLOB_REGION;
        /// Name of the key for the store.
        access_key: Secret = "", BLOB_ACCESS_KEY;
        /// The key itself.
        secret_key: Secret = "", BLOB_SECRET_KEY;
        /// Seconds in which the store must begin to answer (after 8 MiB of an upload, say), and of silence in the middle of an
        /// answer.
        timeout_s: u64 = 60, BLOB_TIMEOUT_S, at_least(1);
    }
}
