//! Who may do what: the permission matrix, over every operation and every event, on a whole server with
//! authentication on.

mod events;
mod operations;
mod promises;
pub mod table;
pub mod world;
