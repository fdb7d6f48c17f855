//! The store, on both databases.

mod found;
mod projects;
mod schema;
