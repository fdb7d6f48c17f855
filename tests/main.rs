//! The integration tests: one binary, so that the whole is linked once.

mod floors;
mod layers;
#[path = "sockets/mod.rs"]
mod sockets;
#[path = "store/mod.rs"]
mod store;
mod support;
#[path = "vectors/mod.rs"]
mod vectors;
