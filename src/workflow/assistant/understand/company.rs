//! Who comes, and who of them is meant by what.

use chrono::NaiveDate;

use crate::{
    language::{day::Days, intent::Intent},
    workflow::assistant::{
        hear::{Guest, Heard},
        memory::{ForWhom, Memory, When},
    },
};

/// For so many at once appointments are made here; the staff sees to a larger group.
const MOST_GUESTS: u16 = 4;

/// Takes what is said of the first who comes for the appointment itself, and what only one part
/// says for all. "Both my dogs" are two of the same, "Tuesday and Thursday, both" are two days.
pub(super) fn part(memory: &Memory, heard: &mut Heard) {
    let is_known = memory.draft().is_some_and(|draft| !draft.with.is_empty());
    let says_nothing =
        |guest: &Guest| guest.services.is_empty() && guest.staff.is_none() && guest.when.is_empty();
    if is_known && heard.guests.iter().all(says_nothing) {
        // "Yes, for the two of us" repeats who comes.
        heard.guests.clear();
        heard.people = None;
        heard.intents.retain(|intent| *intent != Intent::Group);
        heard.for_whom = None;
        return;
    }
    if heard.guests.is_empty() && heard.people == Some(2) && heard.has(Intent::Group) {
        heard.guests = vec![Guest::default(); 2];
        heard.guests[0].for_whom = heard.for_whom.clone();
        if heard.services.len() == 2 {
            for (guest, service) in heard.guests.iter_mut().zip(&heard.services) {
                guest.services = vec![service.clone()];
            }
        }
        if heard.when.times.at.len() == 2 {
            for (guest, clock) in heard.guests.iter_mut().zip(&heard.when.times.at) {
                guest.when.times.at = vec![*clock];
            }
        }
    }
    if let (true, true, Some(Days::AnyOf(days))) = (
        heard.guests.is_empty(),
        heard.reference.is_all,
        heard.when.days.clone(),
    ) && (2..=usize::from(MOST_GUESTS)).contains(&days.len())
    {
        let on = |day: &NaiveDate| Guest {
            when: When {
                days: Some(Days::OneOf(vec![*day])),
                times: heard.when.times.clone(),
                ..When::default()
            },
            for_whom: heard.for_whom.clone(),
            ..Guest::default()
        };
        heard.guests = days.iter().map(on).collect();
    }
    if let Some(named @ ForWhom::Named(_)) = heard.for_whom.clone() {
        let mut others = heard.guests.iter_mut();
        let related = |guest: &&mut Guest| matches!(guest.for_whom, Some(ForWhom::Related(_)));
        if let Some(other) = others.find(related) {
            other.for_whom = Some(named);
        }
    }
    let Some(first) = heard.guests.first().cloned() else {
        return;
    };
    heard.for_whom = first.for_whom.filter(|whom| *whom != ForWhom::Unnamed);
    if !first.services.is_empty() {
        heard.services = first.services;
    } else if let Some(named) = heard.guests.iter().find(|guest| !guest.services.is_empty()) {
        heard.services = named.services.clone();
    }
    heard.staff = first.staff.or_else(|| heard.staff.take());
    if !first.when.times.is_empty() {
        heard.when.times = first.when.times;
        heard.when.other_clock = first.when.other_clock;
        heard.when.pairs.clear();
    }
    if let Some(days) = first.when.days {
        heard.when.days = Some(days);
    }
    let shared = heard.when.clone();
    for guest in heard.guests.iter_mut().skip(1) {
        // What is the same for all follows from the first.
        let same_day = guest.when.days.is_none() || guest.when.days == shared.days;
        if guest.when.times == shared.times || guest.when.times.is_empty() {
            if same_day {
                guest.when = When::default();
            }
        } else if guest.when.days == shared.days {
            guest.when.days = None;
        }
        if guest.staff == heard.staff && heard.staff.is_some() {
            guest.staff = None;
        }
    }
}
