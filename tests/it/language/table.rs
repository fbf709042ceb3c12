//! The phrase tables: what stands in them, and a reading written the same way.

use std::{collections::BTreeSet, ops::Range};

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike, Weekday};
use frontdesk::language::{
    Asked, Context, DateOrder, DetectedLanguage, Language, Reading, Slot, When,
    clock::{Clock, DayPart},
    day::{Days, Weekdays},
    intent::{Assent, Intent},
};

/// One phrase of a table.
pub(crate) struct Phrase<'t> {
    pub(crate) line: usize,
    pub(crate) now: NaiveDateTime,
    pub(crate) asked: Asked,
    pub(crate) order: DateOrder,
    pub(crate) text: &'t str,
    pub(crate) expected: &'t str,
}

/// The salon of the tables.
pub(crate) fn context(phrase: &Phrase<'_>, language: Option<Language>) -> Context<'static> {
    Context {
        now: phrase.now,
        language,
        date_order: phrase.order,
        country: None,
        last_day: None,
        window: None,
        talked_of: None,
        closed: Weekdays::default(),
        open: Some((OPEN.start, OPEN.end)),
        elsewhere: None,
        asked: phrase.asked,
        topic: Vec::new(),
        earlier: Vec::new(),
        minutes: Vec::new(),
        services: vec![
            vec!["Haircut", "Corte de pelo"],
            vec!["Hair color", "Tinte"],
            vec!["Beard trim", "Arreglo de barba"],
            vec!["Manicure", "Manicura"],
            vec!["Kids' haircut", "Corte infantil"],
        ],
        staff: vec!["Ana", "Ben"],
    }
}

const SERVICES: [&str; 5] = ["cut", "color", "beard", "nails", "kids"];
const STAFF: [&str; 2] = ["ana", "ben"];
/// When the salon of the tables is open.
pub(crate) const OPEN: Range<u16> = 9 * 60..20 * 60;

/// The phrases of a table.
pub(crate) fn phrases(table: &str, order: DateOrder) -> Vec<Phrase<'_>> {
    let mut phrases = Vec::new();
    let (mut now, mut asked, mut here) = (NaiveDateTime::default(), Asked::Nothing, order);
    for (line, text) in (1..).zip(table.lines()) {
        if let Some(header) = text
            .strip_prefix("@ ")
            .filter(|header| header.starts_with("20"))
        {
            let mut parts = header.split(' ');
            now = format!("{}:00", parts.next().unwrap()).parse().unwrap();
            (asked, here) = (Asked::Nothing, order);
            for part in parts {
                match part {
                    "asked=time" => asked = Asked::Time,
                    "asked=name" => asked = Asked::Name,
                    "order=day" => here = DateOrder::DayFirst,
                    "order=month" => here = DateOrder::MonthFirst,
                    "order=either" => here = DateOrder::Either,
                    other => panic!("line {line}: {other}"),
                }
            }
        } else if !text.starts_with('#') && !text.is_empty() {
            let (text, expected) = text
                .split_once(" =>")
                .unwrap_or_else(|| panic!("line {line}"));
            phrases.push(Phrase {
                line,
                now,
                asked,
                order: here,
                text,
                expected: expected.trim(),
            });
        }
    }
    phrases
}

/// The phrases of a table that others wrote: `now | text | expected`, of day and time only.
pub(crate) fn held_out(table: &str, order: DateOrder) -> Vec<Phrase<'_>> {
    let lines = (1..).zip(table.lines());
    let lines = lines.filter(|(_, text)| !text.starts_with('#') && !text.is_empty());
    lines
        .map(|line| {
            let columns = line.1.splitn(3, " | ").collect::<Vec<_>>();
            let [now, text, expected] = *columns else {
                panic!("line {}", line.0)
            };
            Phrase {
                line: line.0,
                now: format!("{now}:00").parse().unwrap(),
                asked: Asked::Nothing,
                order,
                text,
                expected,
            }
        })
        .collect()
}

/// What a phrase says, by what it is about.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    /// Day and time, wished and spoken of.
    pub(crate) when: BTreeSet<String>,
    /// All else but the language.
    pub(crate) rest: BTreeSet<String>,
    pub(crate) tongue: Option<String>,
}

impl Said {
    /// As a table has it.
    pub(crate) fn expected(text: &str) -> Self {
        let mut said = Self::default();
        // `for:Leo` may hold spaces; what has no colon and no meaning of its own goes on with it.
        let mut last: Option<String> = None;
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let goes_on = last
                .as_deref()
                .is_some_and(|last| last.starts_with("name:"))
                && word.chars().next().is_some_and(char::is_alphabetic)
                && !word.contains(':')
                && !WANTS.iter().any(|(_, name)| *name == word);
            if goes_on {
                let name = last.take().unwrap();
                said.rest.remove(&name);
                said.rest.insert(format!("{name} {word}"));
                last = Some(format!("{name} {word}"));
                continue;
            }
            last = Some(word.to_owned());
            if let Some(tongue) = word.strip_prefix("tongue:") {
                said.tongue = Some(tongue.to_owned());
            } else if is_when(word) {
                said.when.insert(word.to_owned());
            } else {
                said.rest.insert(word.to_owned());
            }
        }
        said
    }

    /// As a table that others wrote has it.
    pub(crate) fn held_out(text: &str, now: NaiveDateTime) -> Self {
        let mut said = Self::default();
        let short = |word: &str| match word.get(..10).and_then(|date| date.parse().ok()) {
            Some(date) => format!("{}{}", write_date(date, now.date()), &word[10..]),
            None => word.to_owned(),
        };
        let words: Vec<_> = text.split(' ').collect();
        let dates = |words: &[&str]| {
            words
                .iter()
                .map(|word| short(word))
                .collect::<Vec<_>>()
                .join("|")
        };
        let is_date = |word: &&&str| word.starts_with("20");
        let dated = words.iter().skip(1).take_while(is_date).count();
        match words[0] {
            "none" => {}
            "soonest" => _ = said.rest.insert("soonest".to_owned()),
            "not" => said.when.extend(words[1..].iter().map(|word| match *word {
                "morning" | "afternoon" | "evening" => format!("!p:{word}"),
                day => format!("!{}", short(day)),
            })),
            "@" | "day" | "days" | "any" => {
                let range = words.get(1).and_then(|word| word.split_once(".."));
                match range {
                    Some((first, last)) => {
                        said.when
                            .insert(format!("{}..{}", short(first), short(last)));
                    }
                    None if dated > 0 => _ = said.when.insert(dates(&words[1..=dated])),
                    None => {}
                }
                said.when.extend(words[1 + dated..].iter().map(|word| {
                    match *word {
                        "morning" | "afternoon" | "evening" => format!("p:{word}"),
                        bound => bound
                            .replace('@', "T")
                            .replace("<=", "<")
                            .replace('<', "<="),
                    }
                }));
            }
            other => panic!("{other}"),
        }
        said
    }

    /// With no more than such a table can tell: three parts of the day, and either days or what
    /// will not do.
    pub(crate) fn coarse(mut self, expected: &Self) -> Self {
        let ruled_out = expected.when.iter().any(|word| word.starts_with('!'));
        let any_day = !expected
            .when
            .iter()
            .any(|word| word.starts_with(|c: char| c.is_ascii_digit()));
        self.when.retain(|word| {
            word != "~"
                && !word.starts_with("about:")
                && (ruled_out || !word.starts_with('!'))
                && (!any_day || expected.when.is_empty() || !word.starts_with("each:"))
        });
        let coarse = |word: String| match word.as_str() {
            "p:early" => vec!["p:morning".to_owned()],
            "p:tarde" | "p:late" => vec!["p:afternoon".to_owned()],
            "p:midday" => vec![">=12:00".to_owned(), "<=14:00".to_owned()],
            _ => vec![word.replace(',', "|")],
        };
        self.when = self.when.into_iter().flat_map(coarse).collect();
        self.rest.retain(|word| word == "soonest");
        self
    }

    /// As it was read.
    pub(crate) fn read(reading: &Reading, now: NaiveDateTime, open: &Range<u16>) -> Self {
        let mut said = Self {
            tongue: Some(tongue(reading.tongue).to_owned()),
            ..Self::default()
        };
        said.when.extend(when(&reading.when(), now, open));
        said.when.extend(
            when(&reading.about(), now, open)
                .into_iter()
                .map(|word| format!("about:{word}")),
        );
        let rest = &mut said.rest;
        for slot in reading.slots() {
            let told = match slot {
                Slot::Wants(intent) => Some(name(*intent).to_owned()),
                Slot::MinutesLate(minutes) => Some(format!("late:{minutes}")),
                Slot::People(people) => Some(format!("people:{people}")),
                Slot::Language(language) => Some(format!("lang:{}", tongue(*language))),
                _ => None,
            };
            rest.extend(told);
        }
        let answer = reading.assent.filter(|_| reading.is_plain_answer);
        rest.extend(answer.map(|assent| match assent {
            Assent::Yes => "yes".to_owned(),
            Assent::No => "no".to_owned(),
        }));
        let services = reading.services();
        let services = services.iter().map(|one| {
            let names: Vec<_> = one.iter().map(|n| SERVICES[*n]).collect();
            names.join("/")
        });
        let services: Vec<_> = services.collect();
        let adds = reading.slots().any(|slot| *slot == Slot::AddsServices);
        let named = if adds { "svc:+" } else { "svc:" };
        rest.extend((!services.is_empty()).then(|| format!("{named}{}", services.join("+"))));
        let ruled_out = reading.not_services().into_iter();
        rest.extend(ruled_out.map(|n| format!("svc:!{}", SERVICES[n])));
        let wished = reading.staff().into_iter().map(|n| STAFF[n].to_owned());
        let not = reading
            .not_staff()
            .into_iter()
            .map(|n| format!("!{}", STAFF[n]));
        let staff: Vec<_> = wished.chain(not).collect();
        rest.extend((!staff.is_empty()).then(|| format!("staff:{}", staff.join(","))));
        rest.extend(reading.other().is_some().then(|| "for".to_owned()));
        rest.extend(
            reading
                .other()
                .and_then(|other| other.name.as_ref())
                .map(|name| format!("for:{name}")),
        );
        rest.extend(reading.own_name().map(|name| format!("name:{name}")));
        said
    }
}

fn is_when(word: &str) -> bool {
    let first = word.chars().next().unwrap();
    let time = word
        .strip_prefix('T')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let marked = ["p:", "each:", "about:"]
        .iter()
        .any(|mark| word.starts_with(mark));
    first.is_ascii_digit() || matches!(first, '!' | '~' | '<' | '>') || time || marked
}

const WANTS: [(Intent, &str); 30] = [
    (Intent::Greeting, "hi"),
    (Intent::Thanks, "thanks"),
    (Intent::Farewell, "bye"),
    (Intent::Book, "book"),
    (Intent::Cancel, "cancel"),
    (Intent::NeverMind, "nevermind"),
    (Intent::Keep, "keep"),
    (Intent::Policy, "policy"),
    (Intent::Reschedule, "move"),
    (Intent::Appointments, "mine"),
    (Intent::Human, "human"),
    (Intent::StartOver, "over"),
    (Intent::Stop, "stop"),
    (Intent::Hours, "hours"),
    (Intent::Price, "price"),
    (Intent::Address, "address"),
    (Intent::More, "more"),
    (Intent::Soonest, "soonest"),
    (Intent::Latest, "latest"),
    (Intent::Menu, "menu"),
    (Intent::CannotCome, "cantcome"),
    (Intent::Late, "late"),
    (Intent::Earlier, "earlier"),
    (Intent::Later, "later"),
    (Intent::SameTime, "sametime"),
    (Intent::Anytime, "anytime"),
    (Intent::Anyone, "anyone"),
    (Intent::Resume, "resume"),
    (Intent::Language, "lang"),
    (Intent::Group, "group"),
];

fn name(intent: Intent) -> &'static str {
    WANTS.iter().find(|(one, _)| *one == intent).unwrap().1
}

fn tongue(tongue: DetectedLanguage) -> &'static str {
    match tongue {
        DetectedLanguage::In(language) => language.code(),
        DetectedLanguage::Other => "other",
        DetectedLanguage::Unclear => "?",
    }
}

/// A day and time as the tables write them.
fn when(when: &When, now: NaiveDateTime, open: &Range<u16>) -> Vec<String> {
    let day = |date: NaiveDate| write_date(date, now.date());
    let mut words = Vec::new();
    let when = when.clone().within(|minute| open.contains(&minute));
    let starts = when.starts(now, |_, minute| open.contains(&minute));
    let times = &when.times;
    if starts.is_empty() {
        words.extend(when.days.as_ref().map(|days| write_days(days, now.date())));
        let minutes = times
            .at
            .iter()
            .flat_map(|clock| clock.resolve(|at| open.contains(&at)));
        let minutes: Vec<_> = minutes
            .map(|minute| format!("T{}", write_minute(minute)))
            .collect();
        words.extend((!minutes.is_empty()).then(|| minutes.join("|")));
    } else {
        let start = |at: &NaiveDateTime| {
            let minute = u16::try_from(at.hour() * 60 + at.minute()).unwrap();
            format!("{}T{}", day(at.date()), write_minute(minute))
        };
        words.push(starts.iter().map(start).collect::<Vec<_>>().join("|"));
    }
    let bound = |clock: Clock| write_minute(clock.likely());
    words.extend(times.from.map(|from| format!(">={}", bound(from))));
    words.extend(times.until.map(|until| format!("<={}", bound(until))));
    words.extend(
        times
            .parts
            .iter()
            .map(|part| format!("p:{}", part_name(*part))),
    );
    words.extend(times.about.then(|| "~".to_owned()));
    words.extend(
        when.except
            .weekdays
            .iter()
            .map(|weekday| format!("!{}", weekday_name(weekday))),
    );
    words.extend(
        when.except
            .days
            .iter()
            .map(|(first, _)| format!("!{}", day(*first))),
    );
    words.extend(
        when.except
            .parts
            .iter()
            .map(|part| format!("!p:{}", part_name(*part))),
    );
    words
}

fn write_days(days: &Days, today: NaiveDate) -> String {
    let many = |dates: &[NaiveDate], separator: &str| {
        let dates: Vec<_> = dates.iter().map(|date| write_date(*date, today)).collect();
        dates.join(separator)
    };
    match days {
        Days::OneOf(dates) => many(dates, "|"),
        Days::AnyOf(dates) => many(dates, ","),
        Days::Between(first, last) => many(&[*first, *last], ".."),
        Days::Each(weekdays) => {
            let names: Vec<_> = weekdays.iter().map(weekday_name).collect();
            format!("each:{}", names.join(","))
        }
    }
}

/// Without the year where that is the first such date from today on.
fn write_date(date: NaiveDate, today: NaiveDate) -> String {
    if date.year() == today.year() {
        date.format("%m-%d").to_string()
    } else {
        date.to_string()
    }
}

fn write_minute(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

fn weekday_name(weekday: Weekday) -> String {
    weekday.to_string().to_lowercase()
}

fn part_name(part: DayPart) -> &'static str {
    match part {
        DayPart::Early => "early",
        DayPart::Morning => "morning",
        DayPart::Midday => "midday",
        DayPart::Afternoon => "afternoon",
        DayPart::PastNoon => "tarde",
        DayPart::Late => "late",
        DayPart::Evening => "evening",
    }
}
