//! REST as clients meet it.

mod documents;
mod guard;
mod projects;
mod upload;
