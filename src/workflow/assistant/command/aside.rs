//! What is answered along the way: the business's own questions, hours, prices, the address.

use chrono::NaiveDate;

use super::super::{answer::Answer, asides::Asides, desk::Desk, hear::Unread};
use crate::booking::{ResourceId, business::Service, hours::TimeRange};

/// Answers what was asked along the way.
pub(super) fn answer(answer: &mut Answer<'_>, asides: &Asides) {
    let desk = answer.desk;
    let texts = desk.texts;
    for &n in &asides.answers {
        answer.say(desk.business.answers[n].text.get(desk.language));
    }
    if asides.hours {
        answer.keeps_window = asides.day.is_some();
        answer.say(match asides.day {
            Some(day) => hours_on(desk, day, asides.staff.as_ref()),
            None => hours(desk),
        });
    }
    if let Some(services) = &asides.prices {
        let asked = |one: &&Service| services.is_empty() || services.contains(&one.id);
        let services = desk.business.services.iter().filter(asked);
        let lines: Vec<_> = services.map(|service| price(desk, service)).collect();
        answer.say(match lines.as_slice() {
            [one] => one.clone(),
            _ => texts.prices(&lines.join("\n")),
        });
    }
    if asides.policy {
        let before = desk.business.rules.cancel_cutoff.num_minutes();
        answer.say(texts.cut_off(&desk.dates.minutes(before)));
        if let Some(policy) = &desk.business.policy {
            answer.say(policy.get(desk.language));
        }
    }
    if asides.address {
        answer.say(address(desk));
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
fn hours_on(desk: &Desk<'_>, day: NaiveDate, staff: Option<&ResourceId>) -> String {
    let (business, named) = (desk.business, desk.dates.day(day));
    if let Some((id, name)) = staff.and_then(|id| Some((id, desk.staff_name(id)?))) {
        let hours = ranges(desk, &business.open_ranges(id, day));
        return desk.texts.staff_hours_on(name, &named, &hours);
    }
    let hours = ranges(desk, business.hours.on(day));
    desk.texts.hours_on(&named, &hours)
}

fn price(desk: &Desk<'_>, service: &Service) -> String {
    let name = service.name.get(desk.language);
    let minutes = desk.dates.minutes(service.duration.num_minutes());
    match service.price.as_ref() {
        Some(price) => desk.texts.price(name, price.get(desk.language), &minutes),
        None => desk.texts.price_unknown(name, &minutes),
    }
}

fn address(desk: &Desk<'_>) -> String {
    let address = desk.business.address.as_ref();
    let address = address.map(|address| address.get(desk.language));
    let map_url = desk.business.map_url.as_ref().map(url::Url::as_str);
    let ways: Vec<_> = address.into_iter().chain(map_url).collect();
    if ways.is_empty() {
        desk.texts.no_address()
    } else {
        desk.texts.our_address(&ways.join("\n"))
    }
}

/// The week, with equal days next to each other on one line.
fn hours(desk: &Desk<'_>) -> String {
    use chrono::Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    let texts = desk.texts;
    let mut lines: Vec<(chrono::Weekday, chrono::Weekday, String)> = Vec::new();
    for weekday in [Mon, Tue, Wed, Thu, Fri, Sat, Sun] {
        let open = ranges(desk, desk.business.hours.on_weekday(weekday));
        match lines.last_mut() {
            Some((_, last, same)) if *same == open => *last = weekday,
            _ => lines.push((weekday, weekday, open)),
        }
    }
    let line = |(first, last, open): &(chrono::Weekday, chrono::Weekday, String)| {
        let name = |weekday| desk.dates.weekday(weekday);
        if first == last {
            format!("{}: {open}", name(*first))
        } else {
            format!("{} – {}: {open}", name(*first), name(*last))
        }
    };
    let lines: Vec<_> = lines.iter().map(line).collect();
    texts.opening_hours(&lines.join("\n"))
}

fn ranges(desk: &Desk<'_>, ranges: &[TimeRange]) -> String {
    if ranges.is_empty() {
        return desk.texts.closed();
    }
    let range = |one: &TimeRange| desk.dates.range(one.start_minute(), one.end_minute());
    let ranges: Vec<_> = ranges.iter().map(range).collect();
    ranges.join(", ")
}
