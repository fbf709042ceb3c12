//! What is answered along the way: the business's own questions, hours, prices, the address.

use chrono::NaiveDate;

use super::super::{answer::Answer, asides::Asides, hear::Unread, turn_context::TurnContext};
use crate::booking::{ResourceId, business::Service, hours::TimeRange};

/// Answers what was asked along the way.
pub(super) fn answer(answer: &mut Answer<'_>, asides: &Asides) {
    let context = answer.context;
    let texts = context.texts;
    for &n in &asides.answers {
        answer.say(context.business.answers[n].text.get(context.language));
    }
    if asides.hours {
        answer.keeps_window = asides.day.is_some();
        answer.say(match asides.day {
            Some(day) => hours_on(context, day, asides.staff.as_ref()),
            None => hours(context),
        });
    }
    if let Some(services) = &asides.prices {
        let asked = |one: &&Service| services.is_empty() || services.contains(&one.id);
        let services = context.business.services.iter().filter(asked);
        let lines: Vec<_> = services.map(|service| price(context, service)).collect();
        answer.say(match lines.as_slice() {
            [one] => one.clone(),
            _ => texts.prices(&lines.join("\n")),
        });
    }
    if asides.policy {
        let before = context.business.rules.cancel_cutoff.num_minutes();
        answer.say(texts.cut_off(&context.dates.minutes(before)));
        if let Some(policy) = &context.business.policy {
            answer.say(policy.get(context.language));
        }
    }
    if asides.address {
        answer.say(address(context));
    }
    if let Some(words) = &asides.not_caught {
        answer.say(texts.not_caught(words));
    }
    if let Some(unread) = asides.unread {
        answer.say(match unread {
            Unread::Voice => texts.cannot_listen(),
            Unread::Place => texts.cannot_place(),
            Unread::Cards => texts.cannot_open_card(),
            Unread::Form => texts.cannot_open_form(),
            Unread::Order => texts.cannot_open_order(),
            Unread::Other => texts.cannot_see(),
        });
    }
}

/// The hours of a day: of the business, or of a person.
fn hours_on(context: &TurnContext<'_>, day: NaiveDate, staff: Option<&ResourceId>) -> String {
    let (business, named) = (context.business, context.dates.day(day));
    if let Some((id, name)) = staff.and_then(|id| Some((id, context.staff_name(id)?))) {
        let hours = ranges(context, &business.open_ranges(id, day));
        return context.texts.staff_hours_on(name, &named, &hours);
    }
    let hours = ranges(context, business.hours.on(day));
    context.texts.hours_on(&named, &hours)
}

fn price(context: &TurnContext<'_>, service: &Service) -> String {
    let name = service.name.get(context.language);
    let minutes = context.dates.minutes(service.duration.num_minutes());
    match service.price.as_ref() {
        Some(price) => context
            .texts
            .price(name, price.get(context.language), &minutes),
        None => context.texts.price_unknown(name, &minutes),
    }
}

fn address(context: &TurnContext<'_>) -> String {
    let address = context.business.address.as_ref();
    let address = address.map(|address| address.get(context.language));
    let map_url = context.business.map_url.as_ref().map(url::Url::as_str);
    let ways: Vec<_> = address.into_iter().chain(map_url).collect();
    if ways.is_empty() {
        context.texts.no_address()
    } else {
        context.texts.our_address(&ways.join("\n"))
    }
}

/// The week, with equal days next to each other on one line.
fn hours(context: &TurnContext<'_>) -> String {
    use chrono::Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    let texts = context.texts;
    let mut lines: Vec<(chrono::Weekday, chrono::Weekday, String)> = Vec::new();
    for weekday in [Mon, Tue, Wed, Thu, Fri, Sat, Sun] {
        let open = ranges(context, context.business.hours.on_weekday(weekday));
        match lines.last_mut() {
            Some((_, last, same)) if *same == open => *last = weekday,
            _ => lines.push((weekday, weekday, open)),
        }
    }
    let line = |(first, last, open): &(chrono::Weekday, chrono::Weekday, String)| {
        let name = |weekday| context.dates.weekday(weekday);
        if first == last {
            format!("{}: {open}", name(*first))
        } else {
            format!("{} – {}: {open}", name(*first), name(*last))
        }
    };
    let lines: Vec<_> = lines.iter().map(line).collect();
    texts.opening_hours(&lines.join("\n"))
}

fn ranges(context: &TurnContext<'_>, ranges: &[TimeRange]) -> String {
    if ranges.is_empty() {
        return context.texts.closed();
    }
    let range = |one: &TimeRange| context.dates.range(one.start_minute(), one.end_minute());
    let ranges: Vec<_> = ranges.iter().map(range).collect();
    ranges.join(", ")
}
