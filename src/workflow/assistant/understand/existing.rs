//! Requests about existing appointments: to move, change or cancel one, or to be late for it.
//!
//! The invariant: only the customer's own appointments can be meant, since no others are visible
//! here.

use super::changes;
use crate::{
    booking::{Booking, BookingId, ServiceId, Services},
    language::{
        When,
        clock::Times,
        day::Days,
        intent::{Assent, Intent},
    },
    workflow::assistant::{
        command::{
            AllRight, Appointments, Book, Cancel, CancelAll, CannotCome, Come, Command, Confirm,
            ConfirmCancel, Decline, DropDraft, DropOrCancel, Earlier, GoOn, Group, Keep, Late,
            Move, Stale,
        },
        desk::Desk,
        hear::{Tapped, Utterance},
        memory::{ForWhom, Memory, Step},
        order::{self, Order, Relative},
    },
};

/// Returns the command about an existing appointment, if the message asks for one.
pub(super) fn command(desk: &Desk<'_>, memory: &Memory, heard: &Utterance) -> Option<Command> {
    if let Some(tapped) = heard.tapped {
        return Some(tapped_wish(memory, heard, tapped));
    }
    if let Some(wish) = chosen_in_words(desk, memory, heard) {
        return Some(wish);
    }
    if heard.has(Intent::Late) && !moves_later(desk, heard) {
        return Some(Late(heard.minutes_late).into());
    }
    if let (Step::ConfirmCancel { id, version, .. }, Some((Assent::Yes, None)), false) =
        (&memory.step, heard.answer, heard.wavering)
        && (!changes(memory, heard) || heard.has(Intent::Cancel) && heard.when.days.is_none())
        && is_about(desk, heard, *id)
    {
        // "Yes, cancel it. I keep the other one."
        return Some(ConfirmCancel(*id, *version).into());
    }
    if let Some(wish) = instead_of_cancelling(memory, heard) {
        return Some(wish);
    }
    if heard.has(Intent::CannotCome) || cannot_then(desk, memory, heard) {
        return cannot_come(desk, memory, heard);
    }
    if let Some(id) = given_up(desk, memory, heard) {
        return Some(Cancel(Some(id)).into());
    }
    if heard.has(Intent::Group) && heard.guests.is_empty() && !is_few(heard) {
        return Some(Group.into());
    }
    if heard.has(Intent::Cancel) {
        return Some(cancel(desk, memory, heard));
    }
    if heard.has(Intent::Keep) {
        return Some(keep(desk, memory, heard));
    }
    if heard.has(Intent::NeverMind) {
        return never_mind(desk, memory, heard);
    }
    if let Some(wish) = change(desk, memory, heard) {
        return Some(wish);
    }
    let another_day = heard.has(Intent::More) && heard.reference.is_own && is_at_rest(memory);
    if heard.has(Intent::Reschedule) || another_day {
        return move_it(desk, memory, heard);
    }
    if let Some((booking, order)) = completed(desk, memory, heard) {
        return Some(Move(Some(booking), Box::new(order)).into());
    }
    if let Some(wish) = parting(desk, memory, heard) {
        return Some(wish);
    }
    let beside = memory.pick().is_some() || memory.offered_times().next().is_some();
    let waits = desk.upcoming().next().is_some() && !beside && !heard.wants_booking();
    (heard.has(Intent::Earlier) && waits).then_some(Earlier.into())
}

/// Returns whether what is said may be about an appointment: no other day is named.
fn is_about(desk: &Desk<'_>, heard: &Utterance, id: BookingId) -> bool {
    let booking = desk.upcoming().find(|one| one.id == id);
    booking.is_none_or(|one| heard.about.contains(desk.start(one)))
}

/// Returns whether a customer who says that they are late wants another time, because the
/// appointment is not today.
fn moves_later(desk: &Desk<'_>, heard: &Utterance) -> bool {
    let today = desk.local(desk.turn.now).date();
    let is_today = |one: &Booking| desk.start(one).date() == today;
    heard.shift.is_some() && !desk.current().is_some_and(is_today)
}

/// Returns whether the group is small enough to book each person here.
fn is_few(heard: &Utterance) -> bool {
    heard.people.is_none_or(|people| people <= 2)
}

/// Returns a move if the customer was asked whether to cancel and names another time.
fn instead_of_cancelling(memory: &Memory, heard: &Utterance) -> Option<Command> {
    let (Step::CannotCome { id, .. } | Step::ConfirmCancel { id, .. }) = &memory.step else {
        return None;
    };
    let says_when = heard.when.days.is_some()
        || !heard.when.times.is_empty()
        || heard.shift.is_some()
        || heard.start.is_some()
        || heard.has(Intent::SameTime)
        || heard.has(Intent::Soonest);
    let cancels = heard.has(Intent::Cancel) || matches!(heard.answer, Some((Assent::Yes, _)));
    (says_when && !cancels).then(|| Move(Some(*id), Box::new(move_order(memory, heard))).into())
}

/// Returns whether the day of an appointment is ruled out.
fn cannot_then(desk: &Desk<'_>, memory: &Memory, heard: &Utterance) -> bool {
    let except = &heard.when.except;
    let ruled_out = |one: &Booking| except.has_day(desk.start(one).date());
    let of_it = |one: &Booking| !is_new(heard, one);
    is_at_rest(memory) && desk.upcoming().any(|one| ruled_out(one) && of_it(one))
}

/// Returns the appointment that is no longer wanted, if no word for cancelling says so: "the air
/// con on Thursday is off", "keep the check-up but don't bother with the tyres".
fn given_up(desk: &Desk<'_>, memory: &Memory, heard: &Utterance) -> Option<BookingId> {
    let wishes = heard.shift.is_some()
        || later(heard)
        || heard.has(Intent::Cancel)
        || heard.has(Intent::Reschedule)
        || heard.reference.is_another
        || heard.staff.is_some()
        || !heard.guests.is_empty()
        || heard.for_whom.is_some();
    if !is_at_rest(memory) || wishes {
        return None;
    }
    let unique = |fits: &dyn Fn(&Booking) -> bool| {
        let fitting: Vec<_> = desk.upcoming().filter(|one| fits(one)).collect();
        only(&fitting)
    };
    let is_booked = |readings: &Vec<ServiceId>| {
        desk.upcoming()
            .any(|one| readings.iter().any(|id| one.details.services.contains(id)))
    };
    // "A skin fade instead of my haircut" is a change.
    let replaces = heard.reference.replaces || !heard.services.iter().all(is_booked);
    let is_left_out = |one: &Booking| {
        let mut services = one.details.services.iter();
        !replaces && services.all(|id| heard.not_services.contains(id))
    };
    let is_of = |one: &Booking| {
        let mut named = heard.services.iter();
        named.all(|readings| readings.iter().any(|id| one.details.services.contains(id)))
    };
    let says_when = !heard.when.is_empty();
    let is_denied = |one: &Booking| {
        let then = heard.when.contains(desk.start(one));
        let is_named = says_when || !heard.services.is_empty();
        heard.denies && is_named && then && is_of(one)
    };
    unique(&is_left_out).or_else(|| unique(&is_denied))
}

/// Returns the appointment to which a service is added, or from which one is removed: "a beard
/// trim too". Applies only if nothing else is being booked and no other time is named.
fn completed(desk: &Desk<'_>, memory: &Memory, heard: &Utterance) -> Option<(BookingId, Order)> {
    let another_day = heard.shift.is_some_and(|shift| shift.days != 0);
    let idle =
        memory.step == Step::Idle && heard.when.is_empty() && heard.staff.is_none() && !another_day;
    let mut upcoming = desk.upcoming();
    let booking = upcoming.next()?;
    if !idle || heard.has(Intent::Book) || upcoming.next().is_some() {
        return None;
    }
    let order = Order {
        start: Some(booking.details.visible.start),
        ..Order::of(memory, heard)
    };
    order::completed(desk.business, &booking.details.services, &order)?;
    Some((booking.id, order))
}

fn tapped_wish(memory: &Memory, heard: &Utterance, tapped: Tapped) -> Command {
    match tapped {
        Tapped::Cancel(id) => Cancel(Some(id)).into(),
        Tapped::Move(id) => {
            let mut order = move_order(memory, heard);
            if let Step::ChooseMove { when } = &memory.step {
                order.when = order.when.after(when);
            }
            Move(Some(id), Box::new(order)).into()
        }
        Tapped::Keep(id) => Keep(Some(id)).into(),
        Tapped::Come(id) => Come(id).into(),
        Tapped::CannotCome(id) => CannotCome(Some(id)).into(),
        Tapped::Drop if memory.draft().is_some() => DropDraft.into(),
        Tapped::Again if memory.draft().is_some() => Book(Box::default()).into(),
        Tapped::Drop | Tapped::Again => Stale.into(),
    }
}

/// Returns the command for "the one on Tuesday" or "both" after the question which one is meant.
fn chosen_in_words(desk: &Desk<'_>, memory: &Memory, heard: &Utterance) -> Option<Command> {
    let asked = matches!(memory.step, Step::ChooseCancel | Step::ChooseMove { .. });
    if memory.step == Step::ChooseCancel && heard.reference.is_all {
        return Some(CancelAll.into());
    }
    if !asked || (heard.when.is_empty() && heard.services.is_empty()) {
        return None;
    }
    // "The second one, the pedicure" names no date.
    let when = if heard.services.is_empty() {
        heard.when.clone()
    } else {
        When::default()
    };
    let by_service = |one: &&Booking| {
        let mut named = heard.services.iter().flatten();
        named.any(|id| one.details.services.contains(id))
    };
    let of_service: Vec<_> = desk.upcoming().filter(by_service).collect();
    let id = only(&of_service)
        .or_else(|| only(&matching(desk, heard, &when)))
        .or_else(|| only(&matching(desk, heard, &heard.when)))?;
    Some(match &memory.step {
        Step::ChooseMove { when } => {
            let order = Order {
                when: when.clone(),
                ..Order::default()
            };
            Move(Some(id), Box::new(order)).into()
        }
        _ => Cancel(Some(id)).into(),
    })
}

fn cancel(desk: &Desk<'_>, memory: &Memory, heard: &Utterance) -> Command {
    match &memory.step {
        Step::ConfirmCancel { id, version, .. } if !heard.wavering => {
            return match heard.answer {
                Some((Assent::Yes, None))
                    if !changes(memory, heard) && is_about(desk, heard, *id) =>
                {
                    ConfirmCancel(*id, *version).into()
                }
                Some((Assent::No, None)) => Keep(Some(*id)).into(),
                // "Yes, cancel Wednesday's", though it was asked about Friday's.
                _ if !is_about(desk, heard, *id) => {
                    Cancel(only(&matching(desk, heard, &heard.about))).into()
                }
                _ => Cancel(Some(*id)).into(),
            };
        }
        // This answers the question whether to move or cancel it.
        Step::CannotCome { id, version } => return ConfirmCancel(*id, *version).into(),
        _ => {}
    }
    if heard.reference.is_all && desk.upcoming().nth(1).is_some() && memory.draft().is_none() {
        return CancelAll.into();
    }
    // "We only need the one on Thursday, drop the other."
    if heard.reference.other_goes && memory.draft().is_none() {
        let about = |one: &Booking| is_as_said(desk, heard, &heard.about, one);
        let kept = |one: &&Booking| about(one) && heard.when.contains(desk.start(one));
        let (kept, others): (Vec<_>, Vec<_>) = desk.upcoming().partition(kept);
        if let (Some(_), Some(other)) = (only(&kept), only(&others)) {
            return Cancel(Some(other)).into();
        }
    }
    // "We won't need Wednesday's."
    let denied = |one: &&Booking| heard.about.except.has_day(desk.start(one).date());
    let denied: Vec<_> = desk.upcoming().filter(denied).collect();
    if let Some(id) = only(&denied).filter(|_| memory.draft().is_none()) {
        return Cancel(Some(id)).into();
    }
    let meant = matching(desk, heard, &heard.about);
    // "Cancel it. But I want a wash on Thursday at 8": no appointment is at that time.
    if let Some(rebooked) = rebooked(desk, heard) {
        return cancel(desk, memory, &rebooked);
    }
    // A customer who cancels and names another time wants to move it.
    let rebooks = heard.when.days.is_some() && !heard.when.times.is_empty()
        || heard.when.days.is_some() && heard.reference.replaces;
    if rebooks && memory.draft().is_none() && desk.upcoming().next().is_some() {
        let booking = moved_away(desk, memory, heard);
        if let Some(booking) = booking {
            let order =
                changed(desk, memory, heard, booking).unwrap_or_else(|| move_order(memory, heard));
            return Move(Some(booking.id), Box::new(order)).into();
        }
    }
    let named = !heard.about.is_empty() || !heard.services.is_empty();
    let named = named
        && meant
            .iter()
            .all(|one| is_as_said(desk, heard, &heard.about, one));
    match memory.draft() {
        Some(draft) if draft.moving.is_some() => Cancel(draft.moving.map(|one| one.id)).into(),
        Some(_) if desk.upcoming().next().is_none() => DropDraft.into(),
        Some(_) if !(named && only(&meant).is_some()) => DropOrCancel.into(),
        _ => Cancel(only(&meant)).into(),
    }
}

/// Returns `heard` with its time read as the new one, if a cancellation names a time at which
/// there is no appointment and a service that is not booked.
fn rebooked(desk: &Desk<'_>, heard: &Utterance) -> Option<Utterance> {
    let then = |one: &Booking| heard.about.contains(desk.start(one));
    let mut services = heard.services.iter();
    let is_booked = |readings: &Vec<ServiceId>| {
        desk.upcoming()
            .any(|one| readings.iter().any(|id| one.details.services.contains(id)))
    };
    let names_other = services.any(|readings| !is_booked(readings));
    let says_when = heard.about.days.is_some() && !heard.about.times.at.is_empty();
    let wishes = says_when && names_other && heard.when.is_empty() && !desk.upcoming().any(then);
    wishes.then(|| Utterance {
        when: heard.about.clone(),
        about: When::default(),
        ..heard.clone()
    })
}

/// Returns the appointment that another one is to replace.
fn moved_away<'a>(desk: &Desk<'a>, memory: &Memory, heard: &Utterance) -> Option<&'a Booking> {
    let by_service = |one: &&Booking| {
        let mut named = heard.services.iter();
        named.any(|readings| readings.iter().any(|id| one.details.services.contains(id)))
    };
    let by_day = |one: &&Booking| !heard.about.is_empty() && heard.about.contains(desk.start(one));
    let unique = |fits: &dyn Fn(&&Booking) -> bool| {
        let mut all = desk.upcoming().filter(|one| fits(one));
        all.next().filter(|_| all.next().is_none())
    };
    unique(&by_day)
        .or_else(|| unique(&by_service))
        .or_else(|| meant(desk, memory, heard))
}

/// Keeps the appointment that is spoken of, or the only one.
fn keep(desk: &Desk<'_>, memory: &Memory, heard: &Utterance) -> Command {
    let moving = memory.draft().and_then(|draft| draft.moving);
    let spoken_of = match &memory.step {
        Step::ConfirmCancel { id, .. } | Step::CannotCome { id, .. } => Some(*id),
        _ => moving.map(|moving| moving.id),
    };
    let upcoming: Vec<_> = desk.upcoming().collect();
    match (spoken_of.or(only(&upcoming)), memory.draft()) {
        // A new booking in progress is not what the customer keeps.
        (_, Some(draft)) if draft.moving.is_none() => super::aside(heard),
        (id, _) => Keep(id).into(),
    }
}

/// Handles "see you Monday" from a customer with an appointment: confirms it if it is then, or
/// else lists the appointments.
fn parting(desk: &Desk<'_>, memory: &Memory, heard: &Utterance) -> Option<Command> {
    let parts =
        |intent: &Intent| matches!(intent, Intent::Farewell | Intent::Thanks | Intent::Greeting);
    let says_when = heard.has(Intent::Farewell) && !heard.when.is_empty();
    let wants_no_more = heard.services.is_empty() && heard.intents.iter().all(parts);
    if !(says_when && wants_no_more) || memory.draft().is_some() {
        return None;
    }
    let meant = matching(desk, heard, &heard.when);
    let booking = meant.first()?;
    Some(if is_as_said(desk, heard, &heard.when, booking) {
        Come(booking.id).into()
    } else {
        Appointments.into()
    })
}

/// Returns the command that changes the time, staff or services of an appointment, with or without
/// a verb that says so.
fn change(desk: &Desk<'_>, memory: &Memory, heard: &Utterance) -> Option<Command> {
    if !is_at_rest(memory) || !heard.guests.is_empty() || heard.adds_person {
        return None;
    }
    let booking = meant(desk, memory, heard)?;
    // "Can my brother come right after me?"
    let of_another = |whom: &ForWhom| whom.name() != booking.details.for_name.as_deref();
    if heard.for_whom.as_ref().is_some_and(of_another) && !heard.has(Intent::Reschedule) {
        return None;
    }
    if heard.reference.is_another {
        return another(memory, heard, booking);
    }
    let by_time = heard.shift.is_some() || heard.has(Intent::SameTime);
    let is_spoken_of = memory.spoken_of == Some(booking.id) && heard.services.is_empty();
    let says_when = heard.when.days.is_some() || !heard.when.times.is_empty();
    let beside_it = is_spoken_of
        && (says_when || heard.staff.is_some() || !heard.not_staff.is_empty() || later(heard));
    let only_staff = heard.staff.is_some() && heard.when.is_empty() && heard.services.is_empty();
    let day = heard.when.days.as_ref();
    let that_day = day.is_some_and(|days| days.contain(desk.start(booking).date()));
    let is_of = |readings: &Vec<ServiceId>| {
        readings
            .iter()
            .any(|id| booking.details.services.contains(id))
    };
    let of_it = heard.services.iter().all(is_of);
    let names_it = !heard.services.is_empty() && of_it;
    // "Tomorrow I get off at 7, could you see me at 7:15?"
    let other_hour =
        that_day && !heard.when.times.at.is_empty() && !heard.when.contains(desk.start(booking));
    // "Can Friday's check-up be turned into a filling?"
    let is_out = |id: &ServiceId| booking.details.services.contains(id);
    let gives_way = !heard.services.is_empty() && heard.not_services.iter().any(is_out);
    let refers = by_time
        || of_it && that_day && later(heard)
        || names_it && day.is_none() && later(heard) && !heard.has(Intent::Book)
        || heard.services.is_empty() && other_hour
        || beside_it
        || only_staff
        || heard.reference.is_own
        || heard.reference.replaces
        || gives_way
        || heard.has(Intent::Reschedule)
        || (heard.adds || heard.reference.is_more)
            && (is_named(desk, heard, booking) || is_spoken_about(desk, heard, booking));
    if !refers || is_new(heard, booking) || is_another_day(desk, heard, booking) {
        return None;
    }
    let order = changed(desk, memory, heard, booking)?;
    Some(Move(Some(booking.id), Box::new(order)).into())
}

fn later(heard: &Utterance) -> bool {
    heard.has(Intent::Later) || heard.has(Intent::Earlier)
}

/// Returns whether no booking is in progress and no question is open, except which service is
/// wanted.
fn is_at_rest(memory: &Memory) -> bool {
    matches!(&memory.step, Step::Idle)
        || matches!(&memory.step, Step::Service { wish } if wish.is_open())
}

/// Returns whether a service is named that is not part of the appointment, so that a new one is
/// wanted.
fn is_new(heard: &Utterance, booking: &Booking) -> bool {
    let of_it = |readings: &Vec<ServiceId>| {
        readings
            .iter()
            .any(|id| booking.details.services.contains(id))
    };
    let named = !heard.services.is_empty();
    let known = heard.services.iter().any(of_it);
    let reference = heard.reference;
    let says_how =
        heard.adds || reference.is_more || reference.replaces || !heard.not_services.is_empty();
    named && !known && !says_how && !heard.has(Intent::Reschedule)
}

/// Returns whether another service is wished on another day, so that a new appointment is wanted
/// even if it is "too": "also a recheck two weeks after that".
fn is_another_day(desk: &Desk<'_>, heard: &Utterance, booking: &Booking) -> bool {
    let of_it = |readings: &Vec<ServiceId>| {
        readings
            .iter()
            .any(|id| booking.details.services.contains(id))
    };
    let date = desk.start(booking).date();
    let day = heard.when.days.as_ref().and_then(Days::single);
    let moved =
        heard.shift.is_some_and(|shift| shift.days != 0) || day.is_some_and(|day| day != date);
    let adds = (heard.adds || heard.reference.is_more) && !heard.reference.replaces;
    adds && moved && !heard.services.is_empty() && !heard.services.iter().any(of_it)
}

/// Returns whether the day and time that are named are those of an appointment.
fn is_named(desk: &Desk<'_>, heard: &Utterance, booking: &Booking) -> bool {
    let start = desk.start(booking);
    let day = heard.when.days.as_ref();
    day.is_some_and(|days| days.contain(start.date())) && heard.when.contains(start)
}

/// Returns whether the customer speaks of an appointment on the day of this one.
fn is_spoken_about(desk: &Desk<'_>, heard: &Utterance, booking: &Booking) -> bool {
    heard.about.days.is_some() && heard.about.contains(desk.start(booking))
}

/// Returns the appointment that a change is about: the only one, the one named by its day, service
/// or staff, or the one spoken of last.
pub(super) fn meant<'a>(
    desk: &Desk<'a>,
    memory: &Memory,
    heard: &Utterance,
) -> Option<&'a Booking> {
    let upcoming = || desk.upcoming();
    let unique = |fits: &dyn Fn(&Booking) -> bool| {
        let mut all = upcoming().filter(|one| fits(one));
        all.next().filter(|_| all.next().is_none())
    };
    let about = |one: &Booking| is_spoken_about(desk, heard, one);
    // "Half an hour later" names the new time, "push tomorrow back an hour" names the day of the
    // appointment.
    let exactly = |one: &Booking| {
        heard.shift.is_none() && is_named(desk, heard, one) && !heard.when.times.is_empty()
    };
    let on_day = |one: &Booking| {
        let day = heard.when.days.as_ref();
        is_named(desk, heard, one) && heard.shift.is_none()
            || heard.shift.is_some() && day.is_some_and(|days| days.contain(desk.start(one).date()))
    };
    let of_service = |one: &Booking| {
        let mut named = heard.services.iter().flatten().chain(&heard.not_services);
        named.any(|id| one.details.services.contains(id))
    };
    let with = |one: &Booking| heard.not_staff.contains(&one.details.resource);
    let spoken_of = |one: &Booking| memory.spoken_of == Some(one.id);
    unique(&|_| true)
        .or_else(|| unique(&about))
        .or_else(|| unique(&exactly))
        .or_else(|| unique(&of_service))
        .or_else(|| unique(&with))
        .or_else(|| unique(&on_day))
        .or_else(|| unique(&spoken_of))
}

/// Returns the changes to an appointment; `None` if nothing changes.
fn changed(
    desk: &Desk<'_>,
    memory: &Memory,
    heard: &Utterance,
    booking: &Booking,
) -> Option<Order> {
    let details = &booking.details;
    let mut order = move_order(memory, heard);
    order.when.days = but_that_day(desk, order.when.days, booking);
    // The day of the appointment only says which one is meant.
    let is_about = order.when.days == heard.when.days
        && is_named(desk, heard, booking)
        && (order.when.times.is_empty() || heard.when.times.at.len() == 1);
    if is_about && heard.shift.is_none() {
        order.when.days = None;
        order.when.times = Times::default();
    }
    order.becomes = replaced(desk, heard, &details.services);
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
    let same_time = order.when.is_empty() && order.relative.is_none() && !order.soonest;
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
fn but_that_day(desk: &Desk<'_>, days: Option<Days>, booking: &Booking) -> Option<Days> {
    let date = desk.start(booking).date();
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
fn replaced(desk: &Desk<'_>, heard: &Utterance, services: &Services) -> Option<Services> {
    let single = |readings: &Vec<ServiceId>| {
        let mut new = readings.iter().filter(|id| !services.contains(id));
        let known = readings.iter().any(|id| services.contains(id));
        match (new.next(), new.next()) {
            (Some(one), None) if !known || readings.len() == 2 => Some(one.clone()),
            _ => None,
        }
    };
    let new: Vec<_> = heard.services.iter().filter_map(single).collect();
    let adds = heard.adds || heard.reference.is_more;
    let replaces = !adds && heard.not_services.is_empty() && !new.is_empty();
    let stays = |id: &&ServiceId| {
        let left_out = heard.not_services.contains(id);
        !left_out && !replaces
    };
    let kept = services.iter().filter(stays).cloned();
    let all: Vec<_> = kept.chain(new).collect();
    let all = Services::new(all).ok()?;
    (all != *services && order::is_done(desk.business, &all)).then_some(all)
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

/// Stops what is in progress: keeps the appointment or drops the draft.
fn never_mind(desk: &Desk<'_>, memory: &Memory, heard: &Utterance) -> Option<Command> {
    if changes(memory, heard) {
        // "Leave it on Saturday at 11" names the time that is wanted.
        let moves = memory.draft().is_none() && desk.upcoming().next().is_some();
        return moves.then(|| move_it(desk, memory, heard)).flatten();
    }
    Some(match (&memory.step, memory.draft()) {
        (Step::ConfirmCancel { id, .. } | Step::CannotCome { id, .. }, _) => Keep(Some(*id)).into(),
        (Step::ChooseCancel | Step::ChooseMove { .. }, _) => Keep(None).into(),
        (Step::ChooseDrop { .. }, _) => GoOn.into(),
        (_, Some(draft)) => match draft.moving {
            Some(moving) => Keep(Some(moving.id)).into(),
            None => DropDraft.into(),
        },
        (_, None) => AllRight.into(),
    })
}

fn move_it(desk: &Desk<'_>, memory: &Memory, heard: &Utterance) -> Option<Command> {
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
    let found = only(&matching(desk, heard, &heard.about));
    let by_day = || {
        let booking = meant(desk, memory, heard).filter(|_| heard.shift.is_some())?;
        Some(booking.id)
    };
    let id = found.or_else(by_day);
    Some(Move(id, Box::new(move_order(memory, heard))).into())
}

fn cannot_come(desk: &Desk<'_>, memory: &Memory, heard: &Utterance) -> Option<Command> {
    if desk.upcoming().next().is_none() {
        // The time is only offered: another one is wanted.
        return memory
            .pick()
            .filter(|_| !changes(memory, heard))
            .map(|_| Decline.into());
    }
    let several = desk.upcoming().nth(1).is_some();
    if heard.reference.is_all && several && heard.when.is_empty() && heard.shift.is_none() {
        return Some(CancelAll.into());
    }
    let reminded = desk.reminded().map(|booking| booking.id);
    let found = only(&matching(desk, heard, &heard.about));
    let ruled_out = meant_by_except(desk, heard);
    let id = reminded
        .filter(|_| heard.about.is_empty())
        .or(ruled_out)
        .or(found);
    let says_when = heard.when.days.is_some()
        || !heard.when.times.is_empty()
        || heard.shift.is_some()
        || heard.has(Intent::SameTime);
    // "I can't make 2 tomorrow" names the appointment.
    let booking = desk.upcoming().find(|one| Some(one.id) == id);
    let is_about = booking.is_some_and(|one| is_named(desk, heard, one) && heard.shift.is_none());
    if heard.has(Intent::Reschedule) || says_when && !is_about {
        let mut order = move_order(memory, heard);
        if let Some(booking) = booking {
            order.when.days = but_that_day(desk, order.when.days, booking);
        }
        return Some(Move(id, Box::new(order)).into());
    }
    if heard.has(Intent::Cancel) {
        return Some(Cancel(id).into());
    }
    Some(CannotCome(id).into())
}

/// Returns the appointment on a day that is ruled out, if there is exactly one.
fn meant_by_except(desk: &Desk<'_>, heard: &Utterance) -> Option<BookingId> {
    let except = &heard.when.except;
    let ruled_out = |one: &&Booking| except.has_day(desk.start(one).date());
    let all: Vec<_> = desk.upcoming().filter(ruled_out).collect();
    only(&all)
}

/// Returns what is said about the new time, as an order without services.
fn move_order(memory: &Memory, heard: &Utterance) -> Order {
    Order {
        services: Vec::new(),
        ..Order::of(memory, heard)
    }
}

/// Returns the appointments that match what was said, or all of them if none does.
fn matching<'a>(desk: &Desk<'a>, heard: &Utterance, about: &When) -> Vec<&'a Booking> {
    let fits = |booking: &&Booking| is_as_said(desk, heard, about, booking);
    let found: Vec<_> = desk.upcoming().filter(fits).collect();
    if found.is_empty() {
        desk.upcoming().collect()
    } else {
        found
    }
}

fn is_as_said(desk: &Desk<'_>, heard: &Utterance, about: &When, booking: &Booking) -> bool {
    let services = &booking.details.services;
    let is_of =
        |readings: &Vec<ServiceId>| readings.iter().any(|service| services.contains(service));
    heard.services.iter().all(is_of) && about.contains(desk.start(booking))
}

fn only(meant: &[&Booking]) -> Option<BookingId> {
    match meant {
        [one] => Some(one.id),
        _ => None,
    }
}
