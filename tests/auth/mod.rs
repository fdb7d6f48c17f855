//! Accounts as people and their programs meet them: the whole server, with authentication on, on both databases.

mod administration;
mod entities;
mod limits;
mod races;
mod sessions;
mod setup;
pub mod site;
mod sockets;
mod streams;
mod visitors;
