//! The integration tests: one binary, so that the whole is linked once.

#[path = "archive/mod.rs"]
mod archive;
#[path = "auth/mod.rs"]
mod auth;
#[path = "blobs/mod.rs"]
mod blobs;
#[path = "bus/mod.rs"]
mod bus;
#[path = "chat/mod.rs"]
mod chat;
#[path = "client/mod.rs"]
mod client;
#[path = "cluster/mod.rs"]
mod cluster;
mod compose;
mod documentation;
#[path = "doors/mod.rs"]
mod doors;
mod extraction;
mod floors;
#[path = "fuzz/mod.rs"]
mod fuzz;
#[path = "ingest/mod.rs"]
mod ingest;
mod layers;
#[path = "moving/mod.rs"]
mod moving;
#[path = "openai/mod.rs"]
mod openai;
mod places;
#[path = "program/mod.rs"]
mod program;
#[path = "proxy/mod.rs"]
mod proxy;
mod rerank;
#[path = "rest/mod.rs"]
mod rest;
mod retrieve;
#[path = "security/mod.rs"]
mod security;
#[path = "sockets/mod.rs"]
mod sockets;
#[path = "store/mod.rs"]
mod store;
mod support;
#[path = "telemetry/mod.rs"]
mod telemetry;
#[path = "vectors/mod.rs"]
mod vectors;
#[path = "web/mod.rs"]
mod web;
