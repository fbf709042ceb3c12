//! The own calendar: what is free by the business's hours and what the store has booked.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::Store;
use crate::booking::{
    Busy, Calendar, CalendarError, Opening, OpeningsRequest, Refusal, ResourceId, availability,
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

    /// What has to be known of what is taken, to answer a request.
    async fn busy(&self, request: &OpeningsRequest<'_>) -> Result<Vec<Busy>, CalendarError> {
        // Without a span the answer is the same whatever is taken.
        let Some(span) = availability::busy_span(request) else {
            return Ok(Vec::new());
        };
        let business = &request.business.id;
        let busy = self.store.busy(business, span, request.customer).await;
        busy.map_err(|error| CalendarError(error.into()))
    }
}

#[async_trait]
impl Calendar for StoreCalendar {
    async fn openings(&self, request: &OpeningsRequest<'_>) -> Result<Vec<Opening>, CalendarError> {
        let busy = self.busy(request).await?;
        Ok(availability::openings(request, &busy))
    }

    async fn check(
        &self,
        request: &OpeningsRequest<'_>,
        start: DateTime<Utc>,
    ) -> Result<Result<Vec<ResourceId>, Refusal>, CalendarError> {
        let busy = self.busy(&request.at(start)).await?;
        Ok(availability::check(request, start, &busy))
    }
}
