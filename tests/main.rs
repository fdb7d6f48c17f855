//! The integration tests: one binary, so that the whole is linked once.

#[path = "store/mod.rs"]
mod store;
mod support;
