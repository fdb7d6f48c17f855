//! The store, on both databases.

mod projects;
mod schema;
