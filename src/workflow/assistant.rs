//! The built-in conversation that books appointments.
//!
//! Pure steps with a question to the calendar between them: [`hear`] reads the turn, thing by thing;
//! [`understand`] makes a command of each, against the state the one before has left; and the
//! [`command`] says what it has to see of the calendar and decides. The reply is put together once, at
//! the end.
//!
//! The invariant: nothing becomes firm without the customer's own yes to a question that showed
//! the absolute date.

mod answer;
mod answering;
mod asides;
mod command;
mod correspondence;
mod hear;
mod memory;
mod order;
mod pace;
mod question;
mod readers;
mod texts;
mod token;
mod turn_context;
mod understand;

use std::{sync::Arc, vec};

use async_trait::async_trait;

use self::{
    answer::Answer,
    hear::Utterance,
    memory::{Memory, Recall},
    order::{Lookup, Seen},
    readers::Readers,
    turn_context::TurnContext,
};
use super::{Alternatives, BookingWorkflow, Event, Outcome, Turn, WorkflowError};
use crate::booking::{
    Business, Businesses, Calendar, CalendarError, Opening, OpeningsRequest, ResourceId, Services,
    Span, availability,
};
use crate::language::{Language, Reader, day::Days};
use crate::message::Reply;

/// The assistant of all businesses of this process.
#[derive(Debug, Clone)]
pub struct Assistant {
    businesses: Arc<Businesses>,
    calendar: Arc<dyn Calendar>,
    reader: Arc<dyn Reader>,
    readers: Arc<Readers>,
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
            readers: Arc::new(Readers::new()),
        }
    }

    /// Hears a turn: words are read apart from the threads that serve others meanwhile.
    async fn hear(
        &self,
        business: &Arc<Business>,
        memory: &Memory,
        turn: &Turn,
    ) -> Result<Vec<Utterance>, WorkflowError> {
        if !hear::is_read(turn) {
            return Ok(hear::hear(business, memory, turn, &*self.reader));
        }
        let (business, reader) = (Arc::clone(business), Arc::clone(&self.reader));
        let (memory, turn) = (memory.clone(), turn.clone());
        let heard = move || hear::hear(&business, &memory, &turn, &*reader);
        let heard = self.readers.read(heard);
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

    /// Answers one thing that was said after the other, each where the one before it has led.
    async fn answer(
        &self,
        mut answer: Answer<'_>,
        recall: Recall,
        mut heard: vec::IntoIter<Utterance>,
    ) -> Result<Outcome, WorkflowError> {
        let Some(next) = heard.next() else {
            return Ok(answer.finish());
        };
        let context = answer.context;
        let (command, asides) = understand::understand(context, &mut answer.memory, next);
        let lookup = command.lookup(context, &answer.memory);
        let seen = self.see(context, lookup.as_ref()).await?;
        let answer = command.run(answer, recall, &asides, seen);
        if heard.as_slice().is_empty() {
            return Ok(answer.finish());
        }
        let turn = answer.turn_so_far();
        let context = TurnContext::new(answer.context.business, &turn, answer.context.language);
        let context = context.after(answer.context.turn);
        let answer = answer.at(&context);
        Box::pin(self.answer(answer, Recall::Whole, heard)).await
    }

    /// What is free; nothing is asked where there is nothing to look for. None: the calendar is
    /// kept elsewhere and cannot be seen, which the customer is told, since that may take long.
    async fn see(
        &self,
        context: &TurnContext<'_>,
        lookup: Option<&Lookup>,
    ) -> Result<Option<Seen>, WorkflowError> {
        let Some(lookup) = lookup else {
            return Ok(Some(Seen::default()));
        };
        match self.look(context, lookup).await {
            Ok(seen) => Ok(Some(seen)),
            Err(CalendarError(error)) if context.business.calendar_elsewhere().is_some() => {
                let error: &(dyn std::error::Error + 'static) = error.as_ref();
                tracing::warn!(turn.id = %context.turn.id, error, "the calendar cannot be seen");
                Ok(None)
            }
            Err(error) => Err(WorkflowError::Unavailable {
                after: None,
                source: Some(error.into()),
            }),
        }
    }

    /// Asks the calendar, for more days only when the first have too little. A time at which those
    /// that are booked together do not fit is none.
    async fn look(
        &self,
        context: &TurnContext<'_>,
        lookup: &Lookup,
    ) -> Result<Seen, CalendarError> {
        let mut seen = Seen::default();
        for (stage, range) in lookup.stages.iter().enumerate() {
            let (services, staff) = (&lookup.services, lookup.staff.as_ref());
            seen.openings = self.free(context, lookup, services, staff, *range).await?;
            seen.beside.clear();
            for companion in lookup.draft.companions() {
                let own = companion.when.days.as_ref().and_then(Days::bounds);
                let range = own.map_or(*range, |(first, last)| {
                    context.business.zone.days(first, last)
                });
                let (services, staff) = (&companion.services, companion.staff.as_ref());
                let free = self.free(context, lookup, services, staff, range).await?;
                seen.beside.push(free);
            }
            lookup.keep_what_fits(context, &mut seen);
            if lookup.is_enough(context, stage, &seen.openings) {
                break;
            }
        }
        Ok(seen)
    }

    async fn free(
        &self,
        context: &TurnContext<'_>,
        lookup: &Lookup,
        services: &Services,
        staff: Option<&ResourceId>,
        range: Span,
    ) -> Result<Vec<Opening>, CalendarError> {
        let request = OpeningsRequest {
            business: context.business,
            services,
            staff,
            range,
            customer: Some(context.turn.customer),
            gives_up: lookup.gives_up.as_ref(),
            now: lookup.now,
        };
        let mut openings = self.calendar.openings(&request).await?;
        if let (Some(visit), false) = (context.business.visit(services), context.fresh.is_empty()) {
            for opening in &mut openings {
                let blocked = visit.blocked(opening.start);
                let is_free = |id: &ResourceId| {
                    let mut taken = context
                        .fresh
                        .iter()
                        .filter(|one| one.resource.as_ref() == Some(id));
                    !taken.any(|one| one.blocked.overlaps(&blocked))
                };
                opening.resources.retain(is_free);
            }
            openings.retain(|opening| !opening.resources.is_empty());
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
        let language = heard.iter().rev().find_map(|heard| heard.language);
        let language = spoken(&business, language.or(memory.language));
        let context = TurnContext::new(&business, turn, language);
        let answer = Answer::new(&context, memory);
        self.answer(answer, recall, heard.into_iter()).await
    }
}

#[async_trait]
impl Alternatives for Assistant {
    async fn just_taken(&self, turn: &Turn) -> Result<Outcome, WorkflowError> {
        let business = &*self.business(turn)?;
        let (memory, _) = Memory::recall(turn.state.as_ref(), turn.now, turn.paused_until);
        let context = TurnContext::new(business, turn, spoken(business, memory.language));
        let lookup = memory.draft().zip(memory.pick());
        let lookup = lookup.map(|(draft, pick)| Lookup::again(&context, draft, pick));
        let seen = self.see(&context, lookup.as_ref()).await?;
        let near = seen.as_ref();
        let near = near.map(|seen| availability::spread(&seen.openings, 5));
        let mut lines = vec![context.texts.time_just_taken()];
        lines.extend(command::alternatives(&context, near.as_deref()));
        Ok(Outcome {
            replies: vec![Reply::text(lines.join("\n"))],
            keeps_question: true,
            ..Outcome::default()
        })
    }

    async fn told(&self, turn: &Turn, event: &Event) -> Result<Outcome, WorkflowError> {
        let business = &*self.business(turn)?;
        let (memory, _) = Memory::recall(turn.state.as_ref(), turn.now, turn.paused_until);
        let context = TurnContext::new(business, turn, spoken(business, memory.language));
        let lookup = command::lookup(&context, event);
        let seen = self.see(&context, lookup.as_ref()).await?;
        let openings = seen.as_ref().map(|seen| seen.openings.as_slice());
        Ok(command::tell(&context, memory, event, openings))
    }
}

/// The language to answer in, among those of the business.
fn spoken(business: &Business, language: Option<Language>) -> Language {
    let spoken = |language: &Language| business.languages.contains(language);
    let language = language.filter(spoken);
    language.unwrap_or_else(|| business.default_language())
}
