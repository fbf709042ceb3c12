//! Bookings in memory, by the rules that every store keeps; and, where the calendar is kept
//! elsewhere, its keeper, who answers when a script says so.

mod keeper;

use std::sync::Mutex;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use frontdesk::{
    booking::{
        Booking, BookingDetails, BookingId, BookingStatus, Busy, Calendar, CalendarError, Change,
        Conflict, Effect, Opening, OpeningsRequest, Refusal, ResourceId, Span, Verdict,
        availability,
    },
    message::CustomerId,
};

use self::keeper::Keeper;

#[derive(Debug, Default)]
pub(crate) struct Ledger(Mutex<Book>);

#[derive(Debug, Default, Clone)]
struct Book {
    now: DateTime<Utc>,
    rows: Vec<Booking>,
    /// Holds that made room for someone: a late yes may still take them.
    freed: Vec<BookingId>,
    /// Who keeps the calendar, where it is kept elsewhere.
    keeper: Option<Keeper>,
}

impl Ledger {
    pub(crate) fn at(&self, now: DateTime<Utc>) {
        self.0.lock().unwrap().now = now;
    }

    /// From now on somebody else keeps the calendar.
    pub(crate) fn keep_elsewhere(&self) {
        self.0.lock().unwrap().keeper = Some(Keeper::default());
    }

    /// The calendar cannot be seen the next time.
    pub(crate) fn go_down(&self) {
        self.0.lock().unwrap().keeper.as_mut().unwrap().down = true;
    }

    /// The keeper answers what was asked first, or lets it wait: the booking, when it was before,
    /// and what was asked.
    pub(crate) fn answer(&self, verdict: Verdict) -> (Booking, Span, Change) {
        let mut book = self.0.lock().unwrap();
        let (id, change) = book.keeper.as_mut().unwrap().answer(verdict);
        let row = book.rows.iter_mut().find(|row| row.id == id).unwrap();
        let was = row.details.visible;
        keeper::settle(row, &change, verdict);
        (row.clone(), was, change)
    }

    /// All effects, or none.
    pub(crate) fn apply(&self, customer: CustomerId, effects: &[Effect]) -> Result<(), Conflict> {
        let mut book = self.0.lock().unwrap();
        let mut changed = book.clone();
        for effect in effects {
            changed.apply(customer, effect)?;
        }
        *book = changed;
        Ok(())
    }

    /// The customer's bookings and live holds that are not over, by start.
    pub(crate) fn of(&self, customer: CustomerId) -> Vec<Booking> {
        let book = self.0.lock().unwrap();
        let own = |row: &&Booking| {
            row.details.customer == customer
                && book.takes_room(row)
                && row.details.visible.end > book.now
        };
        let mut rows: Vec<_> = book.rows.iter().filter(own).cloned().collect();
        rows.sort_by_key(|row| row.details.visible.start);
        rows
    }

    /// Whether the calendar is kept elsewhere, where it can be seen.
    fn is_kept(&self) -> Result<bool, CalendarError> {
        let keeper = &mut self.0.lock().unwrap().keeper;
        Ok(keeper.as_mut().map(Keeper::look).transpose()?.is_some())
    }

    fn busy(&self, span: Span, except_holds_of: Option<CustomerId>) -> Vec<Busy> {
        let book = self.0.lock().unwrap();
        let own_hold = |row: &Booking| {
            matches!(row.status, BookingStatus::Held { .. })
                && Some(row.details.customer) == except_holds_of
        };
        let counts = |row: &&Booking| book.takes_room(row) && !own_hold(row);
        let rows = book
            .rows
            .iter()
            .filter(counts)
            .filter(|row| row.details.blocked.overlaps(&span));
        rows.map(|row| Busy {
            resource: Some(row.details.resource.clone()),
            blocked: row.details.blocked,
        })
        .collect()
    }
}

#[async_trait]
impl Calendar for Ledger {
    async fn openings(&self, request: &OpeningsRequest<'_>) -> Result<Vec<Opening>, CalendarError> {
        let is_kept = self.is_kept()?;
        let span = availability::busy_span(request);
        let busy = span.map_or_else(Vec::new, |span| self.busy(span, request.customer));
        let mut openings = availability::openings(request, &busy);
        if is_kept {
            openings.retain(|opening| Keeper::has(opening.start));
        }
        Ok(openings)
    }

    async fn check(
        &self,
        request: &OpeningsRequest<'_>,
        start: DateTime<Utc>,
    ) -> Result<Result<Vec<ResourceId>, Refusal>, CalendarError> {
        let span = availability::busy_span(&request.at(start));
        let busy = span.map_or_else(Vec::new, |span| self.busy(span, request.customer));
        Ok(availability::check(request, start, &busy))
    }
}

impl Book {
    fn takes_room(&self, row: &Booking) -> bool {
        match row.status {
            BookingStatus::Held { expires_at } => expires_at > self.now,
            BookingStatus::Requested | BookingStatus::Booked => true,
            BookingStatus::Cancelled => false,
        }
    }

    fn apply(&mut self, customer: CustomerId, effect: &Effect) -> Result<(), Conflict> {
        match effect {
            Effect::Hold {
                id,
                details,
                expires_at,
            } => {
                let expires_at = *expires_at;
                self.insert(*id, details, BookingStatus::Held { expires_at })
            }
            Effect::Book { id, details } => {
                self.insert(*id, details, BookingStatus::Booked)?;
                let n = self.rows.len() - 1;
                self.ask(n, Change::Create);
                Ok(())
            }
            Effect::Confirm {
                id,
                version,
                name,
                for_name,
            } => {
                let n = self.seen(customer, *id, *version)?;
                let status = self.rows[n].status;
                if status == BookingStatus::Cancelled && !self.freed.contains(id) {
                    return Err(Conflict::BookingChanged { id: *id });
                }
                let details = self.rows[n].details.clone();
                self.free(&details, *id)?;
                let row = &mut self.rows[n];
                row.status = BookingStatus::Booked;
                row.version += 1;
                row.details.name.clone_from(name);
                row.details.for_name.clone_from(for_name);
                self.ask(n, Change::Create);
                Ok(())
            }
            Effect::Move {
                id,
                version,
                services,
                resource,
                visible,
                blocked,
                attendee,
            } => {
                let n = self.seen(customer, *id, *version)?;
                let mut details = self.rows[n].details.clone();
                details.services.clone_from(services);
                details.resource.clone_from(resource);
                (details.visible, details.blocked) = (*visible, *blocked);
                attendee.replace(&mut details.for_name);
                self.free(&details, *id)?;
                if Keeper::knows(&self.rows[n]) {
                    let change = Change::Move {
                        services: services.clone(),
                        resource: resource.clone(),
                        visible: *visible,
                        blocked: *blocked,
                        attendee: attendee.clone(),
                    };
                    self.ask(n, change);
                    return Ok(());
                }
                let row = &mut self.rows[n];
                row.details = details;
                row.version += 1;
                Ok(())
            }
            Effect::Cancel { id, version } => {
                let n = self.seen(customer, *id, *version)?;
                if Keeper::knows(&self.rows[n]) {
                    self.ask(n, Change::Cancel);
                    return Ok(());
                }
                self.rows[n].status = BookingStatus::Cancelled;
                self.rows[n].version += 1;
                Ok(())
            }
        }
    }

    /// Asks the keeper of the calendar, where there is one.
    fn ask(&mut self, n: usize, change: Change) {
        if let Some(keeper) = &mut self.keeper {
            keeper.ask(&mut self.rows[n], change);
        }
    }

    fn insert(
        &mut self,
        id: BookingId,
        details: &BookingDetails,
        status: BookingStatus,
    ) -> Result<(), Conflict> {
        self.free(details, id)?;
        assert!(
            self.rows.iter().all(|row| row.id != id),
            "an id was given twice"
        );
        self.rows.push(Booking {
            id,
            version: 1,
            status,
            details: details.clone(),
            elsewhere: self.keeper.as_ref().map(|_| Keeper::place()),
        });
        Ok(())
    }

    /// Frees the expired holds that overlap, and the customer's own, then refuses what is left.
    fn free(&mut self, details: &BookingDetails, but: BookingId) -> Result<(), Conflict> {
        let now = self.now;
        for row in &mut self.rows {
            let overlaps = row.details.resource == details.resource
                && row.details.blocked.overlaps(&details.blocked);
            if row.id == but || !overlaps {
                continue;
            }
            match row.status {
                BookingStatus::Cancelled => {}
                BookingStatus::Held { expires_at }
                    if expires_at <= now || row.details.customer == details.customer =>
                {
                    row.status = BookingStatus::Cancelled;
                    self.freed.push(row.id);
                }
                _ => {
                    return Err(Conflict::SlotTaken {
                        resource: details.resource.clone(),
                        start: details.visible.start,
                    });
                }
            }
        }
        Ok(())
    }

    fn seen(&self, customer: CustomerId, id: BookingId, version: u32) -> Result<usize, Conflict> {
        let as_seen = |row: &Booking| {
            let own = row.id == id && row.details.customer == customer;
            own && row.version == version && !row.is_asked()
        };
        self.rows
            .iter()
            .position(as_seen)
            .ok_or(Conflict::BookingChanged { id })
    }
}
