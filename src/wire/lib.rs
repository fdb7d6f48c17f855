//! What clients are sent and what they send, each thing in one form for all doors.

pub mod problem;
pub mod request_id;

pub use problem::{Problem, Refused};
