//! Workflows that live elsewhere: [`Remote`] speaks frontdesk's own JSON, [`LangGraph`] that of a
//! LangGraph server.
//!
//! The invariants: whatever such a server asks for, the calendar decides what is booked; it hears
//! why it was refused before it may try again; no answer of it is taken for another revision than
//! the one that was asked.

mod answer;
mod book;
pub mod langgraph;
pub mod own;
mod request;
mod verdict;

pub use self::{
    answer::{Answer, Invalid},
    langgraph::LangGraph,
    own::Remote,
};
