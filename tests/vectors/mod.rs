//! The search index: one contract for every kind, and what the embedded one adds to it.

mod contract;
mod edge;
