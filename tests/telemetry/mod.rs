//! What the server tells of itself: metrics, traces, log, and the queue's board.

mod board;
mod documented;
mod log;
mod metrics;
mod page;
mod traces;
