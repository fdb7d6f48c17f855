//! Storage for originals: one contract for every kind, and what a store across the network adds to it.

mod away;
mod contract;
mod parts;
mod served;
