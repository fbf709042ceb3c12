//! The commands.

pub mod chat;
pub mod client;
pub mod send;
