//! The calendars of businesses: what is free by their hours and what the store has booked, or by
//! what the keeper of a calendar elsewhere has free.
//!
//! The invariant: for a business whose calendar is kept elsewhere nothing is free unless its keeper
//! said so.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::Store;
use crate::booking::{
    Busy, Calendar, CalendarError, FreeSlots, FreeTimes, Opening, OpeningsRequest, Refusal,
    ResourceId,
    availability::{self, elsewhere},
};

/// [`Calendar`] over a store: one query for the whole request, then pure computation.
#[derive(Debug, Clone)]
pub struct StoreCalendar {
    store: Arc<dyn Store>,
    keeper: Option<Arc<dyn FreeTimes>>,
}

/// Nobody was set up to be asked.
#[derive(Debug, thiserror::Error)]
#[error("the calendar is kept elsewhere, and nobody there can be asked")]
struct NoKeeper;

// === impl StoreCalendar ===

impl StoreCalendar {
    /// The calendar of what this store has booked.
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self {
            store,
            keeper: None,
        }
    }

    /// The same, with the keeper of the calendars that are kept elsewhere.
    #[must_use]
    pub fn with_keeper(self, keeper: Option<Arc<dyn FreeTimes>>) -> Self {
        Self { keeper, ..self }
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

    /// What the keeper has free, where there is one.
    async fn slots(
        &self,
        request: &OpeningsRequest<'_>,
    ) -> Result<Option<FreeSlots>, CalendarError> {
        if request.business.calendar_elsewhere().is_none() {
            return Ok(None);
        }
        let Some(question) = elsewhere::question(request) else {
            // Nothing is asked where the answer is the same whatever is free.
            return Ok(Some(FreeSlots::default()));
        };
        let keeper = self.keeper.as_ref();
        let keeper = keeper.ok_or_else(|| CalendarError(NoKeeper.into()))?;
        keeper.free(&question).await.map(Some)
    }
}

#[async_trait]
impl Calendar for StoreCalendar {
    async fn openings(&self, request: &OpeningsRequest<'_>) -> Result<Vec<Opening>, CalendarError> {
        let slots = self.slots(request).await?;
        let busy = self.busy(request).await?;
        Ok(match slots {
            Some(slots) => elsewhere::openings(request, &slots, &busy),
            None => availability::openings(request, &busy),
        })
    }

    async fn check(
        &self,
        request: &OpeningsRequest<'_>,
        start: DateTime<Utc>,
    ) -> Result<Result<Vec<ResourceId>, Refusal>, CalendarError> {
        let request = request.at(start);
        let slots = self.slots(&request).await?;
        let busy = self.busy(&request).await?;
        Ok(match slots {
            Some(slots) => elsewhere::check(&request, start, &slots, &busy),
            None => availability::check(&request, start, &busy),
        })
    }
}
