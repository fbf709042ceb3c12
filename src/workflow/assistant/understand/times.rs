//! Days and times relative to what is proposed, offered or booked: "same time next week", "the
//! earliest", "at 12 rather".

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc, Weekday};

use super::existing;
use crate::{
    booking::{Booking, ServiceId, hours::minute_of},
    language::{
        When,
        clock::{Clock, Times},
        day::Days,
        intent::{Assent, Intent},
    },
    workflow::assistant::{
        hear::Utterance,
        memory::{Memory, Step},
        turn_context::TurnContext,
    },
};

/// Turns "same time next week" and "an hour later" into days and times, counted from what is being
/// settled or from the appointment that is meant.
pub(super) fn count_from_what_stands(
    context: &TurnContext<'_>,
    memory: &Memory,
    heard: &mut Utterance,
) {
    let same_time = heard.has(Intent::SameTime) && heard.when.times.is_empty();
    if !same_time && heard.shift.is_none() {
        return;
    }
    let Some(from) = base(context, memory, heard) else {
        return;
    };
    let from = context.local(from);
    let shift = heard.shift.unwrap_or_default();
    let to = from + TimeDelta::minutes(shift.minutes.into()) + TimeDelta::days(shift.days.into());
    let named = heard.when.days.as_ref().and_then(Days::single);
    // "Tuesday the week after": another weekday than the one it is on.
    let other = named.filter(|day| shift.days % 7 == 0 && day.weekday() != from.weekday());
    heard.when.days = match heard.when.days.take() {
        // "It's her show on Wednesday. The next day?" is counted from the day that is named.
        Some(days) if shift.days == 1 && named.is_some() => Some(days),
        _ if shift.days != 0 => {
            let week = to.date().week(Weekday::Mon);
            let ahead = other.map_or(0, |day| day.weekday().num_days_from_monday());
            let day = other.and_then(|_| week.checked_first_day());
            let day = day.map(|first| first + TimeDelta::days(ahead.into()));
            Some(Days::OneOf(vec![day.unwrap_or(to.date())]))
        }
        None if heard.shift.is_none() && memory.draft().is_some() => None,
        None => Some(Days::OneOf(vec![to.date()])),
        // "Same time next week" is also the same weekday.
        Some(days) if matches!(days, Days::Between(..)) && days.single().is_none() => {
            let weekday = from.weekday();
            let among = days.bounds().and_then(|(first, last)| {
                let mut dates = first.iter_days().take_while(|date| *date <= last);
                dates.find(|date| date.weekday() == weekday && days.contain(*date))
            });
            Some(among.map_or(days, |date| Days::OneOf(vec![date])))
        }
        days => days,
    };
    if heard.when.times.is_empty() || heard.shift.is_some() {
        heard.when.times = Times {
            at: vec![Clock::At(minute_of(to.time()))],
            ..Times::default()
        };
    }
}

/// Removes the proposed day or time if a change names several, since that one does not suit: "at
/// 12 rather, at 11 I have a call".
pub(super) fn leave_out_what_is_proposed(
    context: &TurnContext<'_>,
    memory: &Memory,
    heard: &mut Utterance,
) {
    let Step::Confirm { pick, .. } = &memory.step else {
        return;
    };
    let local = context.local(pick.start);
    if let Some(Days::AnyOf(days) | Days::OneOf(days)) = &mut heard.when.days
        && days.len() > 1
    {
        // "My fitting is the 6th, so yes to the 5th" changes nothing.
        let agrees = matches!(heard.answer, Some((Assent::Yes, _))) && days.contains(&local.date());
        days.retain(|day| (*day == local.date()) == agrees);
    }
    // "I get off at 2:30, so 3 is fine, yes" changes nothing.
    if matches!(heard.answer, Some((Assent::Yes, _))) {
        return;
    }
    let minute = minute_of(local.time());
    let times = &mut heard.when.times.at;
    if times.len() > 1 {
        times.retain(|clock| clock.minutes().all(|named| named != minute));
    }
}

/// Removes what is only about another, existing appointment while a new one is proposed: "yes. The
/// nails are still at 5, no?"
pub(super) fn leave_out_what_stands(
    context: &TurnContext<'_>,
    memory: &Memory,
    heard: &mut Utterance,
) {
    let draft = match &memory.step {
        Step::Confirm { draft, .. } => draft,
        Step::ConfirmCancel { id, .. } | Step::CannotCome { id, .. } => {
            let booking = context.upcoming().find(|one| one.id == *id);
            let services = booking.map(|one| &one.details.services);
            let is_of = |readings: &Vec<ServiceId>| {
                readings
                    .iter()
                    .any(|one| services.is_some_and(|services| services.contains(one)))
            };
            // "Yes, cancel that. We keep Friday's bath" tells of another one.
            let says_yes = matches!(heard.answer, Some((Assent::Yes, _)));
            let is_told = |one: &Booking| {
                let names = !heard.services.is_empty() || !heard.when.is_empty();
                let of = |readings: &Vec<ServiceId>| existing::is_of(one, readings);
                let of_it = heard.services.iter().all(of);
                names && one.id != *id && of_it && heard.when.contains(context.start(one))
            };
            let others = heard.has(Intent::Keep) || heard.has(Intent::Cancel);
            if says_yes && others && context.upcoming().any(is_told) {
                heard.services.clear();
                heard.when = When::default();
                heard.intents.retain(|intent| *intent != Intent::Keep);
            }
            // "Yes, just the air con" only repeats what was asked about.
            if heard.answer.is_some() && heard.when.is_empty() {
                heard.services.retain(|readings| !is_of(readings));
            }
            return;
        }
        _ => return,
    };
    let moving = draft.moving.map(|moving| moving.id);
    let is_told = |one: &Booking| {
        let services = &one.details.services;
        let mut all = services.iter();
        let is_named = all.all(|id| heard.services.contains(&vec![id.clone()]));
        is_named
            && heard.services.len() == services.iter().count()
            && !draft.is_just(&heard.services)
            && Some(one.id) != moving
            && !(heard.reference.replaces || heard.reference.is_more || heard.adds)
            && heard.when.contains(context.start(one))
    };
    if context.upcoming().any(is_told) {
        heard.services.clear();
        heard.when = When::default();
    }
}

/// Takes what only names an appointment there is as what is spoken of, and not as a wish: "I'm in on
/// Friday at 3 with Kyle". "Later than 11" asks for later than the appointment at 11.
pub(super) fn speak_of_what_stands(
    context: &TurnContext<'_>,
    memory: &mut Memory,
    heard: &mut Utterance,
) {
    let is_about = |one: &&Booking| existing::is_spoken_about(context, heard, one);
    let mut about = context.upcoming().filter(is_about);
    if let (Some(booking), None) = (about.next(), about.next()) {
        memory.spoken_of = Some(booking.id);
    }
    let adds = heard.adds || heard.adds_person || heard.reference.is_another;
    let others = heard.for_whom.is_some() || !heard.guests.is_empty() || adds;
    if others || !existing::is_at_rest(memory) || heard.start.is_some() {
        return;
    }
    let is_of = |one: &Booking| {
        let of = |readings: &Vec<ServiceId>| existing::is_of(one, readings);
        let with = heard
            .staff
            .as_ref()
            .is_none_or(|staff| *staff == one.details.resource);
        with && heard.services.iter().all(of)
    };
    let on_day = |one: &Booking| {
        let day = heard.when.days.as_ref().map(Days::single);
        day.is_none_or(|day| day == Some(context.start(one).date()))
    };
    let times = &heard.when.times;
    let starts = |one: &Booking, clock: Option<Clock>| {
        let start = minute_of(context.start(one).time());
        clock.is_some_and(|clock| clock.minutes().any(|minute| minute == start))
    };
    let unique = |fits: &dyn Fn(&Booking) -> bool| {
        let mut all = context
            .upcoming()
            .filter(|one| is_of(one) && on_day(one) && fits(one));
        all.next().filter(|_| all.next().is_none())
    };
    // "Tomorrow 8 AM is no good any more. 4:30?"
    let hour =
        |one: &Booking| times.at.len() == 2 && times.at.iter().any(|at| starts(one, Some(*at)));
    let day = heard.when.days.as_ref().and_then(Days::single);
    let cannot = heard.denies || heard.has(Intent::Late) || heard.has(Intent::CannotCome);
    if let Some(booking) = unique(&hour).filter(|_| cannot && day.is_some()) {
        memory.spoken_of = Some(booking.id);
        heard.when.times.at.retain(|at| !starts(booking, Some(*at)));
        // "With Mei" only said which one.
        heard.not_staff.retain(|id| *id != booking.details.resource);
        heard.intents.retain(|intent| *intent != Intent::Late);
        return;
    }
    let is_bound = times.at.is_empty() && times.parts.is_empty();
    let later = |one: &Booking| is_bound && times.until.is_none() && starts(one, times.from);
    let earlier = |one: &Booking| is_bound && times.from.is_none() && starts(one, times.until);
    let way = unique(&later).map(|_| Intent::Later);
    if let Some(way) = way.or_else(|| unique(&earlier).map(|_| Intent::Earlier)) {
        heard.when.times = Times::default();
        heard.intents.push(way);
        return;
    }
    let is_plain = heard.shift.is_none()
        && !heard.denies
        && !heard.hesitates
        && heard.not_staff.is_empty()
        && heard.not_services.is_empty()
        && heard.about.is_empty()
        && heard.intents.iter().all(|intent| intent.is_courtesy());
    let comes = matches!(heard.answer, Some((Assent::Yes, None)));
    let is_told = heard.reference.is_own || comes;
    let names = |one: &Booking| {
        let on_day = heard.when.days.is_some();
        let at = times.at.len() == 1 && starts(one, times.at.first().copied());
        let of_named = heard.appointments_of.contains(&one.id);
        on_day && (at || (is_told || of_named) && times.is_empty())
    };
    let Some(booking) = unique(&names).filter(|_| is_plain) else {
        return;
    };
    memory.spoken_of = Some(booking.id);
    heard.about = std::mem::take(&mut heard.when);
    heard.services.clear();
    heard.staff = None;
    heard.named_staff.clear();
    heard.answer = None;
    heard.intents.push(Intent::Appointments);
}

/// Returns the time from which "later" is counted.
fn base(context: &TurnContext<'_>, memory: &Memory, heard: &Utterance) -> Option<DateTime<Utc>> {
    let picked = memory.pick().map(|pick| pick.start);
    let moving = || {
        let id = memory.draft()?.moving?.id;
        let booking = context.upcoming().find(|one| one.id == id)?;
        Some(booking.details.visible.start)
    };
    let asked = || memory.draft().and(memory.at);
    let booked = || {
        let id = match &memory.step {
            Step::CannotCome { id, .. } | Step::ConfirmCancel { id, .. } => Some(*id),
            _ => None,
        };
        let by_id = context.upcoming().find(|one| Some(one.id) == id);
        let booking = by_id.or_else(|| existing::meant(context, memory, heard))?;
        Some(booking.details.visible.start)
    };
    // "Same time next week" after an appointment was given up.
    let given_up = || memory.at.filter(|_| !memory.topic.is_empty());
    let base = picked.or_else(moving).or_else(asked).or_else(booked);
    base.or_else(given_up)
}

/// Picks the offered time that is meant: "3:30 pm" if only one is at 3:30 PM, "yes" if only one
/// was offered, and "the earliest" for the first.
pub(super) fn pick_among_offered(
    context: &TurnContext<'_>,
    memory: &Memory,
    heard: &mut Utterance,
) {
    let same_service = heard.services.is_empty()
        || memory
            .draft()
            .is_some_and(|draft| draft.is_just(&heard.services));
    let narrows = heard.staff.is_none() && heard.not_staff.is_empty() && same_service;
    if !matches!(memory.step, Step::Time { .. }) || !narrows || heard.start.is_some() {
        return;
    }
    let plain = heard.when.is_empty() && heard.shift.is_none();
    let any = [Intent::Soonest, Intent::Anytime];
    if plain && any.into_iter().any(|intent| heard.has(intent)) {
        // "The first you have after that."
        let after = memory.at.filter(|_| heard.has(Intent::Later));
        let mut offered = memory
            .offered_times()
            .filter(|at| after.is_none_or(|after| *at > after));
        heard.start = offered.next().map(|first| offered.fold(first, Ord::min));
        return;
    }
    let says_yes = matches!(heard.answer, Some((Assent::Yes, None))) && !heard.wavering;
    if heard.when.times.at.is_empty() && !(plain && says_yes) {
        return;
    }
    let mut matches = memory
        .offered_times()
        .filter(|start| heard.when.contains(context.local(*start)));
    let first = matches.next();
    // "Nine is fine", with a nine on several days: the first of them is proposed.
    let several = matches.next().is_some();
    let by_hour = heard.when.days.is_none() && !heard.when.times.at.is_empty();
    if let Some(start) = first.filter(|_| !several || by_hour) {
        heard.start = Some(start);
        return;
    }
    // An hour after times of one day is of that day.
    let mut dates = memory
        .offered_times()
        .map(|start| context.local(start).date());
    if let Some(date) = dates.next()
        && by_hour
        && dates.all(|other| other == date)
    {
        heard.when.days = Some(Days::OneOf(vec![date]));
    }
}

/// Remembers the days under discussion: those that were named, or the week of a single one.
pub(super) fn look_at(context: &TurnContext<'_>, memory: &mut Memory, heard: &Utterance) {
    // "Are you closed on Monday the 10th?" is only a question.
    if heard.has(Intent::Hours) && heard.when.times.is_empty() {
        let asked = heard.when.days.as_ref().and_then(Days::single);
        let open = asked.filter(|day| !context.business.hours.on(*day).is_empty());
        memory.window = open.map(|day| (day, day)).or(memory.window);
        return;
    }
    let Some((first, last)) = heard.when.days.as_ref().and_then(Days::bounds) else {
        return;
    };
    let inside = |(from, to): (NaiveDate, NaiveDate)| from <= first && last <= to;
    if heard.when.days.as_ref().and_then(Days::single).is_none() {
        let is_asked = matches!(heard.when.days, Some(Days::OneOf(_)));
        memory.window = (!is_asked).then_some((first, last));
    } else if !memory.window.is_some_and(inside) {
        let week = first.week(Weekday::Mon);
        memory.window = week.checked_first_day().zip(week.checked_last_day());
    }
}
