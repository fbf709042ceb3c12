//! The people who come, and which details belong to whom.

use chrono::{NaiveDate, NaiveDateTime};

use super::answered;
use crate::{
    booking::ServiceId,
    language::{day::Days, intent::Intent, words::Words},
    workflow::assistant::{
        hear::{Guest, Utterance},
        memory::{ForWhom, Memory, Step, When},
        turn_context::TurnContext,
    },
};

/// The largest group that is booked here; the staff handles larger ones.
const MOST_GUESTS: u16 = 4;

/// Uses the details of the first person for the appointment itself, and those that only one part
/// gives for everyone. "Both my dogs" are two of the same, "Tuesday and Thursday, both" are two
/// days.
pub(super) fn part(context: &TurnContext<'_>, memory: &mut Memory, heard: &mut Utterance) {
    if is_repeated(context, memory, heard) {
        take_names(memory, heard);
        return;
    }
    if heard.guests.is_empty() && heard.people == Some(2) && heard.has(Intent::Group) {
        heard.guests = vec![Guest::default(); 2];
        heard.guests[0].for_whom = heard.for_whom.clone();
        if heard.for_whom.is_none() {
            heard.guests[1].for_whom = memory.told_of.clone().map(ForWhom::Named);
        }
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
        let unnamed = |guest: &&mut Guest| {
            matches!(guest.for_whom, Some(ForWhom::Related(_) | ForWhom::Unnamed))
        };
        let is_told = |guest: &Guest| guest.for_whom.as_ref() == Some(&named);
        if !heard.guests.iter().any(is_told)
            && let Some(other) = heard.guests.iter_mut().find(unnamed)
        {
            other.for_whom = Some(named);
        }
    }
    remember(memory, &mut heard.guests);
    leave_out_who_is_booked(memory, heard);
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
        // Details that are the same as the first person's are inherited from them.
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

/// Takes the one who was told of before as whom it is for: "my dog Bran is limping" … "Could he be
/// seen tomorrow?"
pub(super) fn recall(memory: &mut Memory, heard: &mut Utterance) {
    let told_now = heard.told_of.take();
    // "Could my husband Gene get one also?", right after booking.
    let reference = heard.reference;
    let is_added = reference.is_more || reference.is_another || reference.in_turn;
    let joins = told_now.is_some() && is_added && memory.spoken_of.is_some();
    memory.told_of = told_now.or_else(|| memory.told_of.take());
    let is_free = heard.for_whom.is_none() && heard.guests.is_empty() && memory.draft().is_none();
    if (heard.reference.of_named || joins) && is_free {
        heard.for_whom = memory.told_of.clone().map(ForWhom::Named);
        heard.adds_person |= joins;
    } else if is_free
        && memory.step == Step::Idle
        && !heard.when.is_empty()
        && (heard.services.is_empty() || heard.services == memory.topic)
    {
        // "How much is a fringe trim? It's for my niece Alma." "Saturday at 12?"
        heard.for_whom = memory.topic_for.take();
    }
}

/// Returns the one time that is proposed for all who come.
fn proposed_together(context: &TurnContext<'_>, memory: &Memory) -> Option<NaiveDateTime> {
    let Step::Confirm { pick, .. } = &memory.step else {
        return None;
    };
    let at_once = pick.with.iter().all(|other| other.start == pick.start);
    at_once.then(|| context.local(pick.start))
}

/// Returns whether nothing new is said of those who come together: "yes, for the two of us".
fn is_repeated(context: &TurnContext<'_>, memory: &Memory, heard: &Utterance) -> bool {
    let proposed = proposed_together(context, memory);
    let is_proposed = |when: &When| proposed.is_some_and(|at| answered::is_repeated(when, at));
    let says_nothing = |guest: &Guest| {
        let same_time = guest.when.is_empty() || is_proposed(&guest.when);
        guest.services.is_empty() && guest.staff.is_none() && same_time
    };
    memory.draft().is_some_and(|draft| !draft.with.is_empty())
        && heard.guests.iter().all(says_nothing)
}

/// Takes no more of what is said of those who come than their names: "Zoe is her name" goes on with
/// what is proposed.
fn take_names(memory: &mut Memory, heard: &mut Utterance) {
    let mut named = false;
    let guests = std::mem::take(&mut heard.guests);
    let whoms = guests.into_iter().filter_map(|guest| guest.for_whom);
    for whom in whoms.chain(heard.for_whom.take()) {
        named |= matches!(whom, ForWhom::Named(_)) && name_who_comes(memory, whom);
    }
    heard.people = None;
    heard.intents.retain(|intent| *intent != Intent::Group);
    if named {
        heard.intents.push(Intent::Book);
    }
}

/// Gives a name to the first who comes and has none. Returns whether it is a new name of somebody.
fn name_who_comes(memory: &mut Memory, named: ForWhom) -> bool {
    let (Step::Confirm { draft, .. } | Step::Time { draft } | Step::Name { draft, .. }) =
        &mut memory.step
    else {
        return false;
    };
    let with = draft.with.iter_mut().map(|one| &mut one.for_whom);
    let mut all: Vec<_> = std::iter::once(&mut draft.for_whom).chain(with).collect();
    let is_nameless =
        |whom: &Option<ForWhom>| matches!(whom, Some(ForWhom::Related(_) | ForWhom::Unnamed));
    if all.iter().any(|whom| whom.as_ref() == Some(&named)) {
        return false;
    }
    let Some(n) = all.iter().position(|whom| is_nameless(whom)) else {
        return false;
    };
    *all[n] = Some(named);
    true
}

/// Restores what was said earlier about people who are named again: "me at 10 and Leo at half
/// past" says nothing about their services.
fn remember(memory: &Memory, guests: &mut [Guest]) {
    let mut known: Vec<_> = match (&memory.step, memory.draft()) {
        (_, Some(draft)) if !draft.with.is_empty() => {
            let with = draft.with.iter();
            let with = with.map(|one| {
                let services = draft.services_of(one).iter().cloned().collect();
                (&one.for_whom, services, &one.staff)
            });
            let services: Vec<ServiceId> = draft.services.iter().cloned().collect();
            let first = (&draft.for_whom, services, &draft.staff);
            std::iter::once(first).chain(with).collect()
        }
        // Their services were not said yet.
        (Step::Service { wish }, None) if !wish.with.is_empty() => {
            let with = wish.with.iter();
            let with = with.map(|one| (&one.for_whom, Vec::new(), &one.staff));
            let first = (&wish.for_whom, Vec::new(), &wish.staff);
            std::iter::once(first).chain(with).collect()
        }
        _ => return,
    };
    for guest in guests {
        let is_same = |whom: &Option<ForWhom>| match (whom, &guest.for_whom) {
            (Some(ForWhom::Named(a)), Some(ForWhom::Named(b))) => {
                Words::of(a).as_slice() == Words::of(b).as_slice()
            }
            (Some(_), Some(ForWhom::Unnamed)) | (Some(ForWhom::Related(_)), Some(_)) => true,
            (a, b) => a == b,
        };
        let Some(n) = known.iter().position(|(whom, _, _)| is_same(whom)) else {
            continue;
        };
        let (whom, services, staff) = known.remove(n);
        if !matches!(guest.for_whom, Some(ForWhom::Named(_))) {
            guest.for_whom.clone_from(whom);
        }
        if guest.services.is_empty() {
            guest.services = services.into_iter().map(|id| vec![id]).collect();
        }
        guest.staff = guest.staff.take().or_else(|| staff.clone());
    }
}

/// Removes the customer if they have just booked and now ask for somebody else to come after them.
fn leave_out_who_is_booked(memory: &Memory, heard: &mut Utterance) {
    let is_booked = memory.draft().is_none() && memory.spoken_of.is_some();
    let says_nothing = |guest: &Guest| {
        guest.for_whom.is_none() && guest.services.is_empty() && guest.when.is_empty()
    };
    let is_of_another = heard.guests.iter().any(|guest| !guest.services.is_empty());
    let is_shared = !heard.services.is_empty() && !is_of_another;
    if !is_booked || is_shared || !heard.guests.iter().any(says_nothing) {
        return;
    }
    heard.guests.retain(|guest| !says_nothing(guest));
    if let [other] = heard.guests.as_slice() {
        heard.for_whom = other.for_whom.clone();
        if !other.services.is_empty() {
            heard.services = other.services.clone();
        }
        if !other.when.is_empty() {
            heard.when = other.when.clone().after(&heard.when);
        }
        heard.guests.clear();
        heard.people = None;
        heard.intents.retain(|intent| *intent != Intent::Group);
    }
}
