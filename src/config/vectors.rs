//! The index.

use super::check::{between, http};
use super::declared::declared;
use super::values::{Address, Secret, Switch};
use docent_vectors::Quantization;

/// The port beside it speaks REST, and is no use here.
fn grpc(url: &Option<Address>) -> Result<(), String> {
    let wrong = http("")(url).is_err();
    let advice = "must be the address of the gRPC port, for example http://127.0.0.1:6334";
    if wrong { Err(advice.to_owned()) } else { Ok(()) }
}

#[expect(clippy::ptr_arg, reason = "a check gets what the setting holds")]
fn collection_prefix(prefix: &String) -> Result<(), String> {
    let known = |c: u8| matches!(c, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_');
    if (1..=60).contains(&prefix.len()) && prefix.bytes().all(known) {
        Ok(())
    } else {
        Err("must be 1 to 60 small letters, digits, `-` and `_`".to_owned())
    }
}

declared! {
    /// The index.
    Vectors "vectors" {
        /// Address of a Qdrant server's gRPC port, `http://host:6334`. Empty: the embedded index in the data folder.
        url: Option<Address> = "", QDRANT_URL, grpc;
        /// Key for that server.
        api_key: Secret = "", QDRANT_API_KEY;
        /// Begins the names of the collections there, one for each embedding model: small letters, digits, `-` and `_`.
        collection_prefix: String = "docent", QDRANT_COLLECTION_PREFIX, collection_prefix;
        /// Seconds that a search of that server may take in all; one try of a write may take six times as long.
        timeout_s: u64 = 10, QDRANT_TIMEOUT_S, between(1, 600);
        /// Which smaller form of the vectors the server searches first: `scalar` (a quarter), `binary` (a thirty-second, for
        /// models of 1,000 dimensions and more) or `none`. Empty: as the collection has it.
        quantization: Option<Quantization> = "", QDRANT_QUANTIZATION;
        /// Where the server keeps the full vectors: `off` in its memory, `on` on its disk.
        on_disk: Switch = "off", QDRANT_ON_DISK;
        /// Copies of each point in a cluster. This one and the next two count when the collection is made; `docent reindex` makes
        /// it anew. 0: as the server is set.
        replicas: u32 = 0, QDRANT_REPLICAS;
        /// Parts of the collection in a cluster. 0: as the server is set.
        shards: u32 = 0, QDRANT_SHARDS;
        /// Copies that must have taken a write before it counts. 0: as the server is set.
        write_consistency: u32 = 0, QDRANT_WRITE_CONSISTENCY;
    }
}
