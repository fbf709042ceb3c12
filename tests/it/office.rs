//! The API: what the people of a business see and do, on a real store.

mod blocking;
mod booking;
mod failing;
mod forgetting;
mod looking;
mod refusing;
mod scoping;
mod subscribing;
mod talking;
