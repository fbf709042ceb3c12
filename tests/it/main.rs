//! The integration tests: one binary, so that it links once.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod channel;
mod config;
mod conversation;
mod durability;
mod edge;
pub(crate) mod language;
mod office;
mod process;
mod readme;
mod source;
mod store;
mod support;
mod tools;
mod whole;
mod worker;
