//! The edge alone: what comes in, what is refused and how, and what is told of it.

mod accepting;
mod connections;
mod guessing;
mod logging;
mod malformed;
mod observing;
mod overload;
mod queries;
mod refusing;
mod sockets;
mod waiting;
