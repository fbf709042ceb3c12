//! The own calendar: what is free by the business's hours and what the store has booked.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};

use super::Store;
use crate::booking::{
    Calendar, CalendarError, Opening, OpeningsRequest, Refusal, ResourceId, Span, availability,
};

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

    async fn check(
        &self,
        request: &OpeningsRequest<'_>,
        start: DateTime<Utc>,
    ) -> Result<Result<Vec<ResourceId>, Refusal>, CalendarError> {
        let range = Span {
            start,
            end: start + TimeDelta::seconds(1),
        };
        let around = OpeningsRequest { range, ..*request };
        // Without a span it is refused whatever is taken.
        let busy = match availability::busy_span(&around) {
            None => Vec::new(),
            Some(span) => {
                let business = &request.business.id;
                let busy = self.store.busy(business, span, request.customer).await;
                busy.map_err(|error| CalendarError(error.into()))?
            }
        };
        Ok(availability::check(request, start, &busy))
    }
}
