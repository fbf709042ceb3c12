//! HighLevel's calendars: what is free in them, and the appointments.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use frontdesk::booking::{Span, zone::Zone};
use serde_json::{Value, json};

use super::{
    contract::{Call, epoch},
    hours::Calendar,
};

/// An appointment of a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Appointment {
    pub(crate) id: String,
    pub(crate) calendar: String,
    pub(crate) contact: String,
    /// Who of the team.
    pub(crate) user: Option<String>,
    pub(crate) span: Span,
    pub(crate) title: String,
    pub(crate) status: String,
    /// It is not in lists yet.
    pub(super) hidden: bool,
}

/// All of a location's calendars.
#[derive(Debug, Default)]
pub(super) struct Calendars {
    pub(super) setups: HashMap<String, Calendar>,
    pub(super) appointments: Vec<Appointment>,
    /// How many were ever made, which gives them their ids.
    pub(super) made: usize,
    /// How many of them by the API.
    pub(super) created: usize,
}

/// A refusal: the status, and the message.
pub(super) type Refusal = (u16, &'static str);

/// What is said of a slot that is taken.
const TAKEN: Refusal = (400, "The slot you have selected is no longer available.");
const UNKNOWN: Refusal = (404, "Not found");

impl Appointment {
    /// Whether it takes room.
    pub(crate) fn is_kept(&self) -> bool {
        !matches!(&*self.status, "cancelled" | "invalid")
    }
}

impl Calendars {
    /// What is wrong with the times of a call: HighLevel knows a slot by its zone's clock.
    pub(super) fn check(&self, call: Call, id: &str, body: &Value) -> Vec<String> {
        let calendar = match call {
            Call::Create => body["calendarId"].as_str(),
            Call::Update => {
                let found = self.appointments.iter().find(|one| one.id == id);
                found.map(|one| &*one.calendar)
            }
            _ => None,
        };
        let calendar = calendar.and_then(|calendar| self.setups.get(calendar));
        let Some(calendar) = calendar else {
            return Vec::new();
        };
        let mut violations = Vec::new();
        for key in ["startTime", "endTime"] {
            let Some(written) = body.get(key).and_then(Value::as_str) else {
                continue;
            };
            let at = DateTime::parse_from_rfc3339(written);
            if at.map(|at| calendar.written(at.to_utc())).as_deref() != Ok(written) {
                violations.push(format!(
                    "{call:?}: {key} is not as free slots are: {written}"
                ));
            }
        }
        if call == Call::Create && body["locationId"] != calendar.location {
            violations.push("Create: not the calendar's location".to_owned());
        }
        violations
    }

    /// How a calendar is set up.
    pub(super) fn setup(&self, id: &str) -> Result<Value, Refusal> {
        let calendar = self.setups.get(id).ok_or(UNKNOWN)?;
        let (slot, unit) = match calendar.slot_minutes {
            minutes if minutes % 60 == 0 => (minutes / 60, "hours"),
            minutes => (minutes, "mins"),
        };
        Ok(json!({"calendar": {
            "id": id, "locationId": calendar.location, "name": "Appointments", "isActive": true,
            "slotDuration": slot, "slotDurationUnit": unit,
            "slotInterval": calendar.interval_minutes, "slotIntervalUnit": "mins",
        }}))
    }

    /// What is free, by date.
    pub(super) fn free_slots(
        &self,
        id: &str,
        query: &HashMap<String, String>,
    ) -> Result<Value, Refusal> {
        let calendar = self.setups.get(id).ok_or(UNKNOWN)?;
        let at = |key| DateTime::from_timestamp_millis(epoch(query, key).unwrap()).unwrap();
        let span = Span {
            start: at("startDate"),
            end: at("endDate"),
        };
        let zone = query.get("timezone").map_or(&calendar.zone, |zone| zone);
        let zone = Zone::by_name(zone).map_err(|_| (422, "timezone must be a valid one"))?;
        let user = query.get("userId").map(String::as_str);
        let mut days: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for start in self.free(id, user, span, None) {
            let local = zone.with_offset(start);
            let slots = days.entry(local.date_naive().to_string()).or_default();
            slots.push(local.to_rfc3339_opts(SecondsFormat::Secs, false));
        }
        let days = days.into_iter();
        let days = days.map(|(day, slots)| (day, json!({"slots": slots})));
        let mut answer: serde_json::Map<_, _> = days.collect();
        answer.insert("traceId".to_owned(), "trace".into());
        Ok(answer.into())
    }

    /// The free starts of one of the team, or of anyone; `but` takes no room.
    fn free(
        &self,
        id: &str,
        user: Option<&str>,
        span: Span,
        but: Option<&str>,
    ) -> BTreeSet<DateTime<Utc>> {
        let calendar = &self.setups[id];
        let mut free = BTreeSet::new();
        for (worker, minutes) in &calendar.hours {
            if user.is_some_and(|user| user != *worker) {
                continue;
            }
            let starts = calendar.starts(minutes, span).into_iter();
            free.extend(starts.filter(|at| self.is_free(id, worker, calendar.slot(*at), but)));
        }
        free
    }

    fn is_free(&self, id: &str, worker: &str, span: Span, but: Option<&str>) -> bool {
        let taken = |one: &&Appointment| {
            one.calendar == id
                && one.user.as_deref().unwrap_or(Calendar::NOBODY) == worker
                && one.is_kept()
                && but != Some(&*one.id)
                && one.span.overlaps(&span)
        };
        !self.appointments.iter().any(|one| taken(&one))
    }

    /// Who can have a span, of those who may.
    fn worker(
        &self,
        id: &str,
        user: Option<&str>,
        span: Span,
        but: Option<&str>,
    ) -> Result<Option<String>, Refusal> {
        let start = Span {
            start: span.start,
            end: span.start + TimeDelta::seconds(1),
        };
        let team = self.setups[id]
            .hours
            .iter()
            .map(|(worker, _)| worker.as_str());
        let mut able = team.filter(|worker| {
            user.is_none_or(|user| user == *worker)
                && self
                    .free(id, Some(worker), start, but)
                    .contains(&span.start)
                && self.is_free(id, worker, span, but)
        });
        let worker = able.next().ok_or(TAKEN)?;
        Ok((worker != Calendar::NOBODY).then(|| worker.to_owned()))
    }

    /// Makes an appointment.
    pub(super) fn create(&mut self, body: &Value) -> Result<Value, Refusal> {
        let text = |key: &str| body[key].as_str().map(ToOwned::to_owned);
        let id = text("calendarId").unwrap();
        let calendar = self.setups.get(&id).ok_or(UNKNOWN)?;
        let start = instant(body, "startTime").unwrap();
        let end = instant(body, "endTime").unwrap_or(calendar.slot(start).end);
        let span = Span { start, end };
        let user = self.worker(&id, text("assignedUserId").as_deref(), span, None)?;
        self.created += 1;
        let made = self.insert(Appointment {
            id: String::new(),
            calendar: id,
            contact: text("contactId").unwrap(),
            user,
            span,
            title: text("title").unwrap_or_default(),
            status: text("appointmentStatus").unwrap_or_else(|| "confirmed".to_owned()),
            hidden: false,
        });
        self.read(&made).map(|mut answer| answer["event"].take())
    }

    /// Gives an appointment an id, which is told.
    pub(super) fn insert(&mut self, appointment: Appointment) -> String {
        self.made += 1;
        let id = format!("appointment{}", self.made);
        self.appointments.push(Appointment {
            id: id.clone(),
            ..appointment
        });
        id
    }

    /// Changes an appointment.
    pub(super) fn update(&mut self, id: &str, body: &Value) -> Result<Value, Refusal> {
        let place = self.appointments.iter().position(|one| one.id == id);
        let place = place.ok_or(UNKNOWN)?;
        let mut changed = self.appointments[place].clone();
        if let Some(start) = instant(body, "startTime") {
            let length = changed.span.end - changed.span.start;
            let end = instant(body, "endTime").unwrap_or(start + length);
            changed.span = Span { start, end };
            let user = body["assignedUserId"].as_str().or(changed.user.as_deref());
            changed.user = self.worker(&changed.calendar, user, changed.span, Some(id))?;
        }
        if let Some(title) = body["title"].as_str() {
            title.clone_into(&mut changed.title);
        }
        if let Some(status) = body["appointmentStatus"].as_str() {
            status.clone_into(&mut changed.status);
        }
        self.appointments[place] = changed;
        Ok(self.shown(&self.appointments[place]))
    }

    /// One appointment.
    pub(super) fn read(&self, id: &str) -> Result<Value, Refusal> {
        let found = self.appointments.iter().find(|one| one.id == id);
        Ok(json!({"event": self.shown(found.ok_or(UNKNOWN)?), "traceId": "trace"}))
    }

    /// What is in a calendar. Who was hidden is in the next list.
    pub(super) fn list(&mut self, query: &HashMap<String, String>) -> Result<Value, Refusal> {
        let at = |key| DateTime::from_timestamp_millis(epoch(query, key).unwrap()).unwrap();
        let span = Span {
            start: at("startTime"),
            end: at("endTime"),
        };
        let id = &query["calendarId"];
        let calendar = self.setups.get(id).ok_or(UNKNOWN)?;
        if query["locationId"] != calendar.location {
            return Err((403, "The token does not have access to this location."));
        }
        let listed = self
            .appointments
            .iter()
            .filter(|one| one.calendar == *id && one.span.overlaps(&span) && !one.hidden);
        let listed: Vec<_> = listed.map(|one| self.shown(one)).collect();
        for one in &mut self.appointments {
            one.hidden = false;
        }
        Ok(json!({"events": listed, "traceId": "trace"}))
    }

    /// An appointment as HighLevel shows it.
    pub(super) fn shown(&self, one: &Appointment) -> Value {
        let calendar = &self.setups[&one.calendar];
        json!({
            "id": one.id, "calendarId": one.calendar, "locationId": calendar.location,
            "contactId": one.contact, "assignedUserId": one.user, "title": one.title,
            "appointmentStatus": one.status,
            "startTime": calendar.written(one.span.start),
            "endTime": calendar.written(one.span.end),
        })
    }
}

fn instant(body: &Value, key: &str) -> Option<DateTime<Utc>> {
    let written = body.get(key)?.as_str()?;
    Some(DateTime::parse_from_rfc3339(written).unwrap().to_utc())
}
