//! The own calendar: what is free by the business's hours and what the store has booked.

use std::sync::Arc;

use async_trait::async_trait;

use super::Store;
use crate::booking::{Calendar, CalendarError, Opening, OpeningsRequest, availability};

/// [`Calendar`] over a store: one query for the whole request, then pure computation.
#[derive(Debug, Clone)]
pub struct StoreCalendar {
    store: Arc<dyn Store>,
}

// === impl StoreCalendar ===

impl StoreCalendar {
    /// The calendar of what this store has booked.
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self { store }
    }
}

#[async_trait]
impl Calendar for StoreCalendar {
    async fn openings(&self, request: &OpeningsRequest<'_>) -> Result<Vec<Opening>, CalendarError> {
        let Some(span) = availability::busy_span(request) else {
            return Ok(Vec::new());
        };
        let busy = self
            .store
            .busy(&request.business.id, span, request.customer)
            .await;
        let busy = busy.map_err(|error| CalendarError(error.into()))?;
        Ok(availability::openings(request, &busy))
    }
}
