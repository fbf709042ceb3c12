//! The API: what the people of a business see and do, on a real store.

mod blocking;
mod booking;
mod looking;
mod refusing;
