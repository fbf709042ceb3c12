//! Replies as a customer sees them: dates, times, choices, and the kind of question. Only dates and
//! choices are read, and a few words that no customer would miss; never whole sentences.

use chrono::{NaiveDate, NaiveTime};
use frontdesk::booking::Business;

use crate::conversation::scene::Told;

/// A date, a time, or both, as they are written in a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    /// Day and month.
    pub(super) date: Option<(u32, u32)>,
    pub(super) time: Option<NaiveTime>,
}

/// An appointment as a reply shows it: the words before its date, and the date.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    pub(super) words: String,
    pub(super) at: Moment,
}

#[derive(Debug, Clone)]
pub(super) enum Question {
    /// A yes/no question about appointments.
    Confirm {
        shown: Vec<Shown>,
        yes: String,
        cancels: bool,
        /// The choice before the yes, as in "Another time", "Yes, cancel it".
        before: Option<String>,
    },
    /// Times to choose from, by title.
    Times(Vec<(String, Moment)>),
    Services(Vec<String>),
    /// Other choices.
    Choices(Vec<String>),
    Name,
    /// The name of the person who comes.
    TheirName,
    /// Nothing that a customer would recognise.
    None,
}

impl Question {
    pub(super) fn of(told: &Told, business: &Business) -> Self {
        let titles = &told.titles;
        let is_yes = |title: &&String| title.starts_with("Yes") || title.starts_with("Sí");
        if let Some(yes) = titles.iter().find(is_yes) {
            let first = titles.first().filter(|first| *first != yes);
            return Self::Confirm {
                before: first.cloned(),
                shown: shown(&told.text),
                yes: yes.clone(),
                cancels: yes.to_lowercase().contains("cancel"),
            };
        }
        let day = date_of(&told.text);
        let times = titles.iter().filter_map(|title| {
            let mut at = *moments(title).first()?;
            at.date = at.date.or(day);
            at.time.is_some().then(|| (title.clone(), at))
        });
        let times: Vec<_> = times.collect();
        if !times.is_empty() {
            return Self::Times(times);
        }
        let names: Vec<_> = business
            .services
            .iter()
            .flat_map(|one| one.name.all())
            .collect();
        let is_service = |title: &String| names.iter().any(|name| is_cut(title, name));
        if titles.iter().any(is_service) {
            return Self::Services(titles.clone());
        }
        if !titles.is_empty() {
            return Self::Choices(titles.clone());
        }
        let text = told.text.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
        if !has(&["name", "nombre", "llama"]) {
            return Self::None;
        }
        if has(&["coming", "venir"]) {
            Self::TheirName
        } else {
            Self::Name
        }
    }
}

/// Returns whether a title is this text, or its beginning.
pub(super) fn is_cut(title: &str, text: &str) -> bool {
    match title.strip_suffix('…') {
        Some(start) => text.starts_with(start.trim_end()),
        None => title == text,
    }
}

/// The first day that a text names without a time.
fn date_of(text: &str) -> Option<(u32, u32)> {
    let mut all = text.lines().flat_map(moments);
    all.find(|one| one.time.is_none()).and_then(|one| one.date)
}

/// The appointments that a text shows. Details stand on lines of their own, below the service;
/// where there are none, an appointment within a line counts.
fn shown(text: &str) -> Vec<Shown> {
    let (mut details, mut within) = (Vec::new(), Vec::new());
    let mut before = "";
    for line in text.lines() {
        let tokens: Vec<_> = line.split_whitespace().collect();
        for (n, at) in found(&tokens) {
            if at.date.is_none() || at.time.is_none() {
                continue;
            }
            let words = tokens[..n].join(" ");
            if n == 0 {
                let words = before.to_owned();
                details.push(Shown { words, at });
            } else {
                within.push(Shown { words, at });
            }
        }
        before = line;
    }
    if details.is_empty() { within } else { details }
}

/// Every date and time in a line.
pub(super) fn moments(line: &str) -> Vec<Moment> {
    let tokens: Vec<_> = line.split_whitespace().collect();
    found(&tokens).into_iter().map(|(_, at)| at).collect()
}

/// The words for the days that are near.
const NEAR: [&str; 4] = ["today", "tomorrow", "hoy", "mañana"];

/// Every date and time, and the place of its first word.
fn found(tokens: &[&str]) -> Vec<(usize, Moment)> {
    let mut found = Vec::new();
    let mut n = 0;
    while n < tokens.len() {
        if let Some((date, mut end)) = date(tokens, n) {
            // "Tomorrow, Friday" stands before the number.
            let is_near = |one: &str| NEAR.contains(&bare(one).to_lowercase().as_str());
            let mut first = n;
            if first > 0 && is_weekday(tokens[first - 1]) {
                first -= 1;
            }
            if first > 0 && is_near(tokens[first - 1]) {
                first -= 1;
            }
            // The year.
            while tokens
                .get(end)
                .is_some_and(|one| bare(one) == "de" || is_year(one))
            {
                end += 1;
            }
            let time = time(tokens, end);
            let next = time.map_or(end, |(_, next)| next);
            let at = Moment {
                date: Some(date),
                time: time.map(|(time, _)| time),
            };
            found.push((first, at));
            n = next;
        } else if let Some((time, next)) = time(tokens, n) {
            let at = Moment {
                date: None,
                time: Some(time),
            };
            found.push((n, at));
            n = next;
        } else {
            n += 1;
        }
    }
    found
}

fn bare(token: &str) -> &str {
    token.trim_matches(|c: char| !c.is_alphanumeric())
}

fn is_year(token: &str) -> bool {
    bare(token)
        .parse()
        .is_ok_and(|year: u32| (2000..2100).contains(&year))
}

fn is_weekday(token: &str) -> bool {
    const STARTS: &[&str] = &[
        "mon", "tue", "wed", "thu", "fri", "sat", "sun", "lun", "mar", "mié", "jue", "vie", "sáb",
        "dom",
    ];
    let word = bare(token).to_lowercase();
    STARTS.iter().any(|start| word.starts_with(start))
}

/// A number and a month: "6 March", "6 de marzo".
fn date(tokens: &[&str], n: usize) -> Option<((u32, u32), usize)> {
    const STARTS: [[&str; 2]; 12] = [
        ["jan", "ene"],
        ["feb", "feb"],
        ["mar", "mar"],
        ["apr", "abr"],
        ["may", "may"],
        ["jun", "jun"],
        ["jul", "jul"],
        ["aug", "ago"],
        ["sep", "sep"],
        ["oct", "oct"],
        ["nov", "nov"],
        ["dec", "dic"],
    ];
    let day: u32 = tokens[n].parse().ok()?;
    let of = usize::from(tokens.get(n + 1).is_some_and(|one| *one == "de"));
    let month = bare(tokens.get(n + 1 + of)?).to_lowercase();
    let is_month = |starts: &[&str; 2]| starts.iter().any(|start| month.starts_with(start));
    let month = STARTS.iter().position(is_month)?;
    let month = u32::try_from(month).unwrap() + 1;
    NaiveDate::from_ymd_opt(2028, month, day)?;
    Some(((day, month), n + 2 + of))
}

/// "3:30 PM", "3:30 p. m.", "15:30".
fn time(tokens: &[&str], n: usize) -> Option<(NaiveTime, usize)> {
    let (hour, minute) = bare(tokens.get(n)?).split_once(':')?;
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    let half = tokens.get(n + 1).map(|one| bare(one).to_lowercase());
    let (hour, end) = match half.as_deref() {
        Some("pm" | "p") => (hour % 12 + 12, n + 2),
        Some("am" | "a") => (hour % 12, n + 2),
        _ => (hour, n + 1),
    };
    Some((NaiveTime::from_hms_opt(hour, minute, 0)?, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn customers_see_dates_and_times_in_both_languages() {
        let time = NaiveTime::from_hms_opt(15, 30, 0);
        for line in [
            "Friday 6 March 2026, 3:30 PM",
            "Fri 6 Mar, 3:30 PM",
            "viernes 6 de marzo de 2026, 3:30 p. m.",
            "Vie 6 mar, 3:30 p. m.",
            "el viernes 6 de marzo de 2026, 15:30.",
        ] {
            let at = Moment {
                date: Some((6, 3)),
                time,
            };
            assert_eq!(moments(line), [at], "{line}");
        }
        let [shown] = &shown(
            "Haircut with Ana\nTomorrow, Friday 6 March, 3:30 PM\n30 min, 35 USD\nUntil then Friday 6 March 2026, 2:30 PM stays yours.",
        )[..] else {
            panic!("not one appointment")
        };
        assert_eq!(shown.words, "Haircut with Ana");
    }
}
