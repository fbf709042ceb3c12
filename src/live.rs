//! A value that is replaced while it is in use.
//!
//! The invariant: who reads it has one whole value for as long as they keep it, and holds up nobody
//! who replaces it.

use std::sync::{Arc, PoisonError, RwLock};

/// The present value of something that changes as a whole.
#[derive(Debug)]
pub struct Live<T: ?Sized>(RwLock<Arc<T>>);

// === impl Live ===

impl<T: ?Sized> Live<T> {
    /// Begins with this value.
    pub fn new(value: Arc<T>) -> Self {
        Self(RwLock::new(value))
    }

    /// The value as it is now.
    pub fn now(&self) -> Arc<T> {
        // No panic leaves a reference half written.
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts another in its place. Who has the old one keeps it.
    pub fn replace(&self, value: Arc<T>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_the_old_value_keeps_it() {
        let live = Live::new(Arc::new(1));
        let old = live.now();
        live.replace(Arc::new(2));
        assert_eq!((*old, *live.now()), (1, 2));
    }
}
