//! Appointments that get another time, person or service.

use super::super::changes;
use super::{
    is_at_rest, is_named, is_of, is_spoken_about, later, matching, meant, meant_by_except,
    move_order, only,
};
use crate::{
    booking::{Booking, BookingId, ServiceId, Services, hours::minute_of},
    language::{clock::Times, day::Days, intent::Intent, when::Except},
    workflow::assistant::{
        command::{Book, Command, Confirm, Decline, Move},
        hear::Utterance,
        memory::{ForWhom, Memory, Step, When},
        order::{self, Order, Relative},
        turn_context::TurnContext,
    },
};

/// Returns the appointment to which a service is added, or from which one is removed: "a beard
/// trim too". Applies only if nothing else is being booked and no other time is named.
pub(super) fn completed(
    context: &TurnContext<'_>,
    memory: &Memory,
    heard: &Utterance,
) -> Option<(BookingId, Order)> {
    let another_day = heard.shift.is_some_and(|shift| shift.days != 0);
    let idle =
        memory.step == Step::Idle && heard.when.is_empty() && heard.staff.is_none() && !another_day;
    let mut upcoming = context.upcoming();
    let booking = upcoming.next()?;
    if !idle || heard.has(Intent::Book) || upcoming.next().is_some() {
        return None;
    }
    let order = Order {
        start: Some(booking.details.visible.start),
        ..Order::of(memory, heard)
    };
    order::completed(context.business, &booking.details.services, &order)?;
    Some((booking.id, order))
}

/// Returns the command that changes the time, staff or services of an appointment, with or without
/// a verb that says so.
pub(super) fn change(
    context: &TurnContext<'_>,
    memory: &Memory,
    heard: &Utterance,
) -> Option<Command> {
    let by_time = heard.shift.is_some() || heard.has(Intent::SameTime);
    // "Same time next week instead?" is about what there is, though a service was asked for.
    let names_none = matches!(&memory.step, Step::Service { wish } if wish.among.is_empty());
    let may_change = is_at_rest(memory) || names_none && (by_time || heard.reference.is_own);
    if !may_change || !heard.guests.is_empty() || heard.adds_person {
        return None;
    }
    let booking = meant(context, memory, heard)?;
    // "Can my brother come right after me?"
    let of_another = |whom: &ForWhom| whom.name() != booking.details.for_name.as_deref();
    // "Could I bring Pepper in at 5 instead?" names the one who comes for the first time.
    let is_first_named = booking.details.for_name.is_none() && heard.reference.replaces;
    if heard.for_whom.as_ref().is_some_and(of_another)
        && !heard.has(Intent::Reschedule)
        && !is_first_named
    {
        return None;
    }
    // "I need one more hour, later than what I booked" is about what there is.
    let moves_own = heard.reference.is_own && heard.shift.is_some_and(|shift| shift.days == 0);
    // "Alfie's in on Wednesday for his groom, could you do his teeth as well?"
    let adds_there = heard.reference.is_more
        && is_named(context, heard, booking)
        && heard
            .services
            .iter()
            .any(|readings| is_of(booking, readings));
    if heard.reference.is_another && !moves_own && !adds_there {
        return another(memory, heard, booking);
    }
    let is_spoken_of = memory.spoken_of == Some(booking.id) && heard.services.is_empty();
    let says_when = heard.when.days.is_some() || !heard.when.times.is_empty();
    let beside_it = is_spoken_of
        // "Can my mum's cat have the same straight after, 10:15?"
        && !heard.reference.in_turn
        && (says_when || heard.staff.is_some() || !heard.not_staff.is_empty() || later(heard));
    let only_staff = heard.staff.is_some() && heard.when.is_empty() && heard.services.is_empty();
    let day = heard.when.days.as_ref();
    let that_day = day.is_some_and(|days| days.contain(context.start(booking).date()));
    let is_of = |readings: &Vec<ServiceId>| is_of(booking, readings);
    let of_it = heard.services.iter().all(is_of);
    let names_it = !heard.services.is_empty() && of_it;
    // "Tomorrow I get off at 7, could you see me at 7:15?"
    let other_hour =
        that_day && !heard.when.times.at.is_empty() && !heard.when.contains(context.start(booking));
    // "Can Friday's check-up be turned into a filling?"
    let is_out = |id: &ServiceId| booking.details.services.contains(id);
    let gives_way = !heard.services.is_empty() && heard.not_services.iter().any(is_out);
    // "Kiwi's cleaning, could it be on Monday?"
    let is_of_theirs =
        heard.appointments_of.contains(&booking.id) && of_it && (says_when || later(heard));
    // "Day after ok? 4pm": where nothing is named, the only appointment is meant.
    let is_only = context.upcoming().nth(1).is_none() && memory.step == Step::Idle;
    let reference = heard.reference;
    let names_nothing = heard.services.is_empty()
        && !heard.adds
        && !reference.in_turn
        && !reference.is_more
        && heard.for_whom.is_none()
        && ![
            Intent::Book,
            Intent::Hours,
            Intent::More,
            Intent::Farewell,
            Intent::Appointments,
        ]
        .into_iter()
        .any(|intent| heard.has(intent));
    let is_of_only = is_only && names_nothing && !heard.when.times.at.is_empty();
    let refers = by_time
        || is_of_only
        || of_it && that_day && later(heard)
        || names_it && day.is_none() && later(heard) && !heard.has(Intent::Book)
        || heard.services.is_empty() && other_hour
        || beside_it
        || only_staff
        || heard.reference.is_own
        || heard.reference.replaces
        || gives_way
        || is_of_theirs
        || heard.not_staff.contains(&booking.details.resource) && (that_day || day.is_none())
        || heard.has(Intent::Reschedule)
        || (heard.adds || heard.reference.is_more)
            && (is_named(context, heard, booking)
                || is_spoken_about(context, heard, booking)
                // "Could you add brows right after the gel nails?"
                || memory.spoken_of == Some(booking.id) && heard.services.iter().any(is_of));
    // "My physio half an hour later" is the one there is, whatever else is called so.
    let is_own = heard.reference.is_own && heard.shift.is_some() && is_new(heard, booking);
    let same_service = is_own.then(|| Utterance {
        services: Vec::new(),
        ..heard.clone()
    });
    let heard = same_service.as_ref().unwrap_or(heard);
    if !refers || is_new(heard, booking) || is_another_day(context, heard, booking) {
        return None;
    }
    // "Can I switch stylists for Saturday?" does not say to whom yet.
    let is_open = heard.reference.replaces && that_day && of_it && heard.staff.is_none();
    let order = changed(context, memory, heard, booking);
    let as_before = || Order {
        when: When {
            days: Some(Days::OneOf(vec![context.start(booking).date()])),
            ..When::default()
        },
        ..Order::default()
    };
    let order = order.or_else(|| is_open.then(as_before))?;
    Some(Move(Some(booking.id), Box::new(order)).into())
}

/// Returns the command that passes an appointment on to somebody else: "my sister Ana will come
/// instead of me".
pub(super) fn stand_in(
    context: &TurnContext<'_>,
    memory: &Memory,
    heard: &Utterance,
) -> Option<Command> {
    if memory.draft().is_some() || heard.reference.is_another {
        return None;
    }
    // "I can't come on Thursday, can my sister come in my place?"
    let cannot = meant_by_except(context, heard);
    let cannot = context.upcoming().find(|one| Some(one.id) == cannot);
    let booking = cannot.or_else(|| meant(context, memory, heard))?;
    let told_of = || {
        let name = heard.told_of.clone().or_else(|| memory.told_of.clone());
        name.map(ForWhom::Named)
    };
    let comes = heard.for_whom.clone().or_else(told_of);
    let comes = comes.filter(|whom| whom.name() != booking.details.for_name.as_deref())?;
    // "Olivia instead of Milo", whose appointment it is.
    let is_in_place = heard.reference.replaces
        && heard.appointments_of.contains(&booking.id)
        && matches!(comes, ForWhom::Named(_));
    if !heard.reference.stands_in && !is_in_place {
        return None;
    }
    let of_its_time = Utterance {
        services: Vec::new(),
        when: When {
            except: Except::default(),
            ..heard.when.clone()
        },
        ..heard.clone()
    };
    let as_it_is = || Order {
        start: Some(booking.details.visible.start),
        ..Order::default()
    };
    // "I can't come on Friday, can my sister have it, same time?" leaves it as it is.
    let says_when = of_its_time.when.days.is_some() || of_its_time.shift.is_some();
    let names_other = says_when && cannot.is_none() && !is_named(context, heard, booking);
    let other = names_other.then(|| changed(context, memory, &of_its_time, booking));
    let order = Order {
        comes: Some(comes),
        for_whom: None,
        ..other.flatten().unwrap_or_else(as_it_is)
    };
    Some(Move(Some(booking.id), Box::new(order)).into())
}

/// Returns whether a service is named that is not part of the appointment, so that a new one is
/// wanted.
pub(super) fn is_new(heard: &Utterance, booking: &Booking) -> bool {
    let of_it = |readings: &Vec<ServiceId>| is_of(booking, readings);
    let named = !heard.services.is_empty();
    let known = heard.services.iter().any(of_it);
    let reference = heard.reference;
    let says_how =
        heard.adds || reference.is_more || reference.replaces || !heard.not_services.is_empty();
    named && !known && !says_how && !heard.has(Intent::Reschedule)
}

/// Returns whether another service is wished on another day, so that a new appointment is wanted
/// even if it is "too": "also a recheck two weeks after that".
fn is_another_day(context: &TurnContext<'_>, heard: &Utterance, booking: &Booking) -> bool {
    let of_it = |readings: &Vec<ServiceId>| is_of(booking, readings);
    let date = context.start(booking).date();
    let day = heard.when.days.as_ref().and_then(Days::single);
    let moved =
        heard.shift.is_some_and(|shift| shift.days != 0) || day.is_some_and(|day| day != date);
    let adds = (heard.adds || heard.reference.is_more) && !heard.reference.replaces;
    adds && moved && !heard.services.is_empty() && !heard.services.iter().any(of_it)
}

/// Returns the changes to an appointment; `None` if nothing changes.
pub(super) fn changed(
    context: &TurnContext<'_>,
    memory: &Memory,
    heard: &Utterance,
    booking: &Booking,
) -> Option<Order> {
    let details = &booking.details;
    let mut order = move_order(memory, heard);
    order.when.days = but_that_day(context, order.when.days, booking);
    // The day of the appointment only says which one is meant.
    let is_about = order.when.days == heard.when.days
        && is_named(context, heard, booking)
        && (order.when.times.is_empty() || heard.when.times.at.len() == 1);
    // "Can you add brows at 4:45?", when the rest is done, only makes it longer.
    let adds = heard.adds || heard.reference.is_more;
    let then = context.local(details.visible.end);
    let that_day = (order.when.days.as_ref()).is_none_or(|days| days.contain(then.date()));
    let is_after = adds
        && that_day
        && matches!(order.when.times.at[..], [clock] if clock.minutes().any(|minute| minute == minute_of(then.time())));
    if (is_about || is_after) && heard.shift.is_none() {
        order.when.days = None;
        order.when.times = Times::default();
    }
    order.becomes = replaced(context, heard, &details.services);
    if order.staff.is_none() {
        // "We are down with Josh. Could Ellie do it instead?"
        let mut others = heard.named_staff.iter();
        let other = others.find(|id| **id != details.resource);
        order.staff = other.filter(|_| heard.named_staff.len() > 1).cloned();
    }
    let ways = [
        (Intent::Earlier, Relative::Earlier),
        (Intent::Later, Relative::Later),
    ];
    let way = ways.into_iter().find(|(intent, _)| heard.has(*intent));
    order.relative = way.filter(|_| heard.shift.is_none()).map(|(_, way)| way);
    let other_staff = order
        .staff
        .as_ref()
        .is_some_and(|staff| *staff != details.resource)
        || heard.not_staff.contains(&details.resource);
    let same_time = order.when.is_empty() && order.relative.is_none() && order.end.is_none();
    if order.becomes.is_none() && !other_staff && same_time && order.start.is_none() {
        return None;
    }
    if same_time && order.start.is_none() {
        order.start = Some(details.visible.start);
    }
    Some(order)
}

/// Removes the day of the appointment if several days are named: "the play is on Wednesday, could
/// it be on Thursday?"
pub(super) fn but_that_day(
    context: &TurnContext<'_>,
    days: Option<Days>,
    booking: &Booking,
) -> Option<Days> {
    let date = context.start(booking).date();
    match days {
        Some(Days::AnyOf(all) | Days::OneOf(all)) if all.len() > 1 && all.contains(&date) => {
            let others: Vec<_> = all.into_iter().filter(|one| *one != date).collect();
            Some(match others.len() {
                1 => Days::OneOf(others),
                _ => Days::AnyOf(others),
            })
        }
        days => days,
    }
}

/// Returns the services of an appointment after additions, removals and replacements; `None` if
/// they stay the same.
fn replaced(context: &TurnContext<'_>, heard: &Utterance, services: &Services) -> Option<Services> {
    let single = |readings: &Vec<ServiceId>| {
        let mut new = readings.iter().filter(|id| !services.contains(id));
        let known = readings.iter().any(|id| services.contains(id));
        // "My highlights with Kirsty instead" are those that there are.
        match (new.next(), new.next()) {
            (Some(one), None) if !known => Some(one.clone()),
            _ => None,
        }
    };
    let new: Vec<_> = heard.services.iter().filter_map(single).collect();
    let adds = heard.adds || heard.reference.is_more;
    // "No baths yet" changes nothing in an appointment without a bath.
    let leaves_out = heard.not_services.iter().any(|id| services.contains(id));
    let replaces = !adds && !leaves_out && !new.is_empty();
    let stays = |id: &&ServiceId| {
        let left_out = heard.not_services.contains(id);
        !left_out && !replaces
    };
    let kept = services.iter().filter(stays).cloned();
    let all: Vec<_> = kept.chain(new).collect();
    let all = Services::new(all).ok()?;
    (all != *services && order::is_done(context.business, &all)).then_some(all)
}

/// Books another appointment like the one that is meant, if no other service is named.
fn another(memory: &Memory, heard: &Utterance, booking: &Booking) -> Option<Command> {
    let says_when = heard.when.days.is_some() || heard.shift.is_some();
    if !heard.services.is_empty() || !says_when || heard.has(Intent::Reschedule) {
        return None;
    }
    let services = booking.details.services.iter();
    let order = Order {
        services: services.map(|id| vec![id.clone()]).collect(),
        ..Order::of(memory, heard)
    };
    Some(Book(Box::new(order)).into())
}

pub(super) fn move_it(
    context: &TurnContext<'_>,
    memory: &Memory,
    heard: &Utterance,
) -> Option<Command> {
    // "Change it to Thursday" is about what is being booked.
    if memory.draft().is_some() && heard.about.is_empty() {
        if changes(memory, heard) {
            return None;
        }
        if memory.draft().is_some_and(|draft| draft.moving.is_some()) && memory.pick().is_some() {
            // "Great, change it" agrees to the proposal.
            return Some(Confirm.into());
        }
        if memory.pick().is_some() {
            return Some(Decline.into());
        }
    }
    let found = only(&matching(context, heard, &heard.about));
    let by_day = || {
        let booking = meant(context, memory, heard).filter(|_| heard.shift.is_some())?;
        Some(booking.id)
    };
    let id = found.or_else(by_day);
    let mut order = move_order(memory, heard);
    if let Some(booking) = context.upcoming().find(|one| Some(one.id) == id) {
        order.when.days = but_that_day(context, order.when.days, booking);
        // "Friday's, could you move it to Camilo?" leaves the time as it is.
        let is_its_day = is_named(context, heard, booking) && heard.when.times.is_empty();
        let other_staff = (order.staff.as_ref()).is_some_and(|id| *id != booking.details.resource);
        if is_its_day && other_staff && heard.shift.is_none() {
            order.when.days = None;
            order.start = Some(booking.details.visible.start);
        }
    }
    Some(Move(id, Box::new(order)).into())
}
