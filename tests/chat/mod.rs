//! The chat engine on both databases: order, cancelling, following, repeating, dying and recovering.

mod bench;
mod closer;
mod deleted;
mod follow;
mod lists;
mod order;
mod pieces;
mod planted;
mod recover;
mod rows;
mod server;
mod session;
mod store;
mod talk;
mod tools;
mod which;
