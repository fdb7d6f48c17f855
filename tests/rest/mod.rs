//! REST as clients meet it.

mod changes;
mod chats;
mod documents;
mod guard;
mod listed;
mod lists;
mod openapi;
mod operators;
mod projects;
mod reading;
mod search;
mod selections;
mod settings;
mod summaries;
mod upload;
mod versions;
