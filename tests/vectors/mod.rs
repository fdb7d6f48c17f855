//! The search index: one contract for every kind, and what the embedded one and the server's client add to it.

mod contract;
mod edge;
mod outage;
mod server;
