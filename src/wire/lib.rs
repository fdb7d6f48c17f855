//! What clients are sent and what they send, each thing in one form for all doors.

mod doubt;
pub mod error;
pub mod news;
pub mod problem;
pub mod readable;
pub mod request_id;
pub mod source;
pub mod sse;
pub mod turn;

pub use doubt::DoubtView;
pub use problem::{Problem, Refused};
