//! What the server tells of itself: metrics, and traces. Every layer above may record here; names stand here alone.
//!
//! Metrics: a typed function for each thing that is counted ([`document_finished`], [`turn_ended`], …), and
//! [`CATALOGUE`] with the name, meaning and labels of each family. Labels are taken from small fixed sets: no name of
//! a person, a file or a project ever becomes one. Nothing is recorded token by token.
//!
//! A process that has an address to be asked at mounts the rest in three lines:
//!
//! ```ignore
//! telemetry::install();                              // once; what was recorded before is lost
//! tasks.spawn(telemetry::upkeep(stop.clone()));      // keeps histograms small between two scrapes
//! // and, where `/metrics` is answered:
//! store.measure(clock.now()).await;                  // queues, failures, connections, as they are now
//! ([(CONTENT_TYPE, telemetry::CONTENT_TYPE)], telemetry::render())
//! ```
//!
//! Traces: [`trace`].

mod catalogue;
mod process;
mod record;
mod recorder;
mod spent;
pub mod trace;

pub use catalogue::{CATALOGUE, Family, Kind};
pub use record::*;
pub use recorder::{CONTENT_TYPE, install, render, upkeep};
pub use spent::Spent;
