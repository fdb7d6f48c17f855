//! The integration tests: one binary, so that the whole is linked once.

#[path = "chat/mod.rs"]
mod chat;
mod extraction;
mod floors;
mod layers;
mod retrieve;
#[path = "store/mod.rs"]
mod store;
mod support;
#[path = "vectors/mod.rs"]
mod vectors;
