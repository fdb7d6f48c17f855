//! News between nodes.

use super::declared::declared;
use super::values::Secret;

declared! {
    /// News between nodes.
    Bus "bus" {
        /// Redis server that carries news between nodes and counts what people ask, `redis://host:6379` or `rediss://…`. Empty: there is one node.
        url: Secret = "", REDIS_URL;
        /// Begins the names of its channels and keys: installations that share a server differ in it.
        prefix: String = "docent", REDIS_PREFIX;
    }
}
