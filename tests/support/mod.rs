//! What the tests share: real servers, started here and stopped with the test run.

pub mod app;
pub mod bench;
pub mod databases;
pub mod postgres;
pub mod process;
