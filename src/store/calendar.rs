//! The own calendar: what is free by the business's hours and what the store has booked.

/// [`Calendar`](crate::booking::Calendar) over a store.
#[derive(Debug)]
pub struct StoreCalendar;
