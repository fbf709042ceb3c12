//! The built-in conversation that books appointments.
//!
//! Two pure steps with one question to the calendar between them: [`understand`] reads the turn
//! and says which days matter; [`decide`] makes the outcome of that and of what is free.
//!
//! The invariant: nothing becomes firm without the customer's own yes to a question that showed
//! the absolute date.

mod answer;
mod correspondence;
mod decide;
mod desk;
mod hear;
mod memory;
mod order;
mod pace;
mod question;
mod texts;
mod token;
mod understand;

use std::sync::Arc;

use async_trait::async_trait;
use tokio::{sync::Semaphore, task::spawn_blocking};

use self::{
    desk::Desk,
    hear::Heard,
    memory::{Memory, When},
    order::{Lookup, Plan},
    understand::{Understood, Wish},
};
use super::{Alternatives, BookingWorkflow, Event, Outcome, Turn, WorkflowError};
use crate::booking::{
    Booking, BookingStatus, Business, Businesses, Calendar, CalendarError, Conflict, Opening,
    OpeningsRequest, availability,
};
use crate::language::{Language, Reader};
use crate::message::Reply;

/// How many turns are read at once. Words are read in microseconds: one at a time, the handing
/// over would hold turns up, and with all at once the threads would hold up who accepts messages.
const READERS: usize = 4;

/// The assistant of all businesses of this process.
#[derive(Debug, Clone)]
pub struct Assistant {
    businesses: Arc<Businesses>,
    calendar: Arc<dyn Calendar>,
    reader: Arc<dyn Reader>,
    readers: Arc<Semaphore>,
}

// === impl Assistant ===

impl Assistant {
    /// An assistant that books in this calendar and understands as this reader does.
    pub fn new(
        businesses: Arc<Businesses>,
        calendar: Arc<dyn Calendar>,
        reader: Arc<dyn Reader>,
    ) -> Self {
        Self {
            businesses,
            calendar,
            reader,
            readers: Arc::new(Semaphore::new(READERS)),
        }
    }

    /// Hears a turn: words are read apart from the threads that serve others meanwhile.
    async fn hear(
        &self,
        business: &Arc<Business>,
        memory: &Memory,
        turn: &Turn,
    ) -> Result<Heard, WorkflowError> {
        if !hear::is_read(turn) {
            return Ok(hear::hear(business, memory, turn, &*self.reader));
        }
        let (business, reader) = (Arc::clone(business), Arc::clone(&self.reader));
        let (memory, turn) = (memory.clone(), turn.clone());
        // Never closed.
        let _turn_to_read = self.readers.acquire().await.ok();
        let heard = spawn_blocking(move || hear::hear(&business, &memory, &turn, &*reader));
        heard.await.map_err(|failed| WorkflowError::Retry {
            after: None,
            // A panic's message may hold a customer's words.
            source: Some(anyhow::anyhow!(
                "the reading failed, panic: {}",
                failed.is_panic()
            )),
        })
    }

    fn business(&self, turn: &Turn) -> Result<Arc<Business>, WorkflowError> {
        let business = self.businesses.by_id(&turn.key.business);
        business.ok_or(WorkflowError::Reject {
            reason: "unknown_business",
        })
    }

    /// What is free; nothing is asked where there is nothing to look for. None: the calendar is
    /// kept elsewhere and cannot be seen, which the customer is told, since that may take long.
    async fn see(
        &self,
        desk: &Desk<'_>,
        lookup: Option<&Lookup>,
    ) -> Result<Option<Vec<Opening>>, WorkflowError> {
        let Some(lookup) = lookup else {
            return Ok(Some(Vec::new()));
        };
        match self.look(desk, lookup).await {
            Ok(openings) => Ok(Some(openings)),
            Err(CalendarError(error)) if desk.business.calendar_elsewhere().is_some() => {
                let error: &(dyn std::error::Error + 'static) = error.as_ref();
                tracing::warn!(turn.id = %desk.turn.id, error, "the calendar cannot be seen");
                Ok(None)
            }
            Err(error) => Err(WorkflowError::Unavailable {
                after: None,
                source: Some(error.into()),
            }),
        }
    }

    /// Asks the calendar, for more days only when the first have too little.
    async fn look(&self, desk: &Desk<'_>, lookup: &Lookup) -> Result<Vec<Opening>, CalendarError> {
        let mut openings = Vec::new();
        for (stage, range) in lookup.stages.iter().enumerate() {
            let request = OpeningsRequest {
                business: desk.business,
                services: &lookup.services,
                staff: lookup.staff.as_ref(),
                range: *range,
                customer: Some(desk.turn.customer),
                gives_up: lookup.gives_up.as_ref(),
                now: lookup.now,
            };
            openings = self.calendar.openings(&request).await?;
            if lookup.is_enough(desk, stage, &openings) {
                break;
            }
        }
        Ok(openings)
    }
}

#[async_trait]
impl BookingWorkflow for Assistant {
    fn name(&self) -> &'static str {
        memory::WORKFLOW
    }

    async fn run(&self, turn: &Turn) -> Result<Outcome, WorkflowError> {
        let business = self.business(turn)?;
        let (memory, recall) = Memory::recall(turn.state.as_ref(), turn.now, turn.paused_until);
        let heard = self.hear(&business, &memory, turn).await?;
        let business = &*business;
        let language = heard.language.or(memory.language);
        let desk = Desk::new(business, turn, spoken(business, language));
        let understood = understand::understand(&desk, memory, recall, heard);
        let (plan, lookup) = plan(&desk, &understood);
        let openings = self.see(&desk, lookup.as_ref()).await?;
        Ok(decide::decide(&desk, understood, plan, openings.as_deref()))
    }
}

#[async_trait]
impl Alternatives for Assistant {
    async fn just_taken(&self, turn: &Turn) -> Result<Outcome, WorkflowError> {
        let business = &*self.business(turn)?;
        let (memory, _) = Memory::recall(turn.state.as_ref(), turn.now, turn.paused_until);
        let desk = Desk::new(business, turn, spoken(business, memory.language));
        let lookup = memory.draft().zip(memory.pick());
        let lookup = lookup.map(|(draft, pick)| Lookup::again(&desk, draft, pick));
        let openings = self.see(&desk, lookup.as_ref()).await?;
        let near = openings.as_deref().map(|all| availability::spread(all, 5));
        let mut lines = vec![desk.texts.time_just_taken()];
        lines.extend(decide::alternatives(&desk, near.as_deref()));
        Ok(Outcome {
            replies: vec![Reply::text(lines.join("\n"))],
            keeps_question: true,
            ..Outcome::default()
        })
    }

    async fn told(&self, turn: &Turn, event: &Event) -> Result<Outcome, WorkflowError> {
        let business = &*self.business(turn)?;
        let (memory, _) = Memory::recall(turn.state.as_ref(), turn.now, turn.paused_until);
        let desk = Desk::new(business, turn, spoken(business, memory.language));
        let lookup = decide::lookup(&desk, event);
        let openings = self.see(&desk, lookup.as_ref()).await?;
        Ok(decide::tell(&desk, memory, event, openings.as_deref()))
    }
}

/// The language to answer in, among those of the business.
fn spoken(business: &Business, language: Option<Language>) -> Language {
    let spoken = |language: &Language| business.languages.contains(language);
    let language = language.filter(spoken);
    language.unwrap_or_else(|| business.default_language())
}

/// What a wish asks of the calendar.
fn plan(desk: &Desk<'_>, understood: &Understood) -> (Option<Plan>, Option<Lookup>) {
    let memory = &understood.memory;
    match &understood.wish {
        Wish::Book(order) => with_lookup(desk, Plan::of(desk, memory, order)),
        Wish::Move(id, order) => match desk.movable(*id) {
            Some(booking) => with_lookup(desk, Plan::moving(desk, memory, booking, order)),
            None => (None, None),
        },
        Wish::Confirm | Wish::ConfirmAndAnother(_) => {
            let (Some(draft), Some(pick)) = (memory.draft(), memory.pick()) else {
                return (None, None);
            };
            let held = |booking: &Booking| {
                booking.id == pick.hold && matches!(booking.status, BookingStatus::Held { .. })
            };
            let taken = matches!(desk.turn.conflict, Some(Conflict::SlotTaken { .. }));
            let sure = desk.turn.bookings.iter().any(held) && pick.start > desk.turn.now;
            let lookup = (taken || !sure).then(|| Lookup::again(desk, draft, pick));
            (None, lookup)
        }
        Wish::Decline => {
            let lookup = memory.draft().cloned().and_then(|mut draft| {
                draft.when = When::default();
                Plan::again(desk, memory, draft).lookup(desk)
            });
            (None, lookup)
        }
        _ => (None, None),
    }
}

fn with_lookup(desk: &Desk<'_>, plan: Plan) -> (Option<Plan>, Option<Lookup>) {
    let lookup = plan.lookup(desk);
    (Some(plan), lookup)
}
