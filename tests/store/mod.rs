//! The store, on both databases.

mod attempts;
mod cited;
mod found;
mod projects;
mod schema;
mod scoped;
mod swept;
mod words;
