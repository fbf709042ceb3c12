//! Goals of customers: what they have, what they ask for first, and what they are to have in the
//! end. A goal can always be reached: every time that it names is free.

use chrono::{
    DateTime, Datelike as _, Days, NaiveDate, NaiveDateTime, TimeDelta, Timelike as _, Utc,
};
use frontdesk::{
    booking::{Business, ResourceId, ServiceId},
    language::Language,
};

use super::{diary::Diary, phrases::Phrases, random::Random};
use crate::conversation::scene::{Booked, Wanted};

/// The time that may lie between two visits that follow each other.
const MOST_BETWEEN: TimeDelta = TimeDelta::minutes(45);
/// The days ahead for which customers book.
const DAYS_AHEAD: i64 = 35;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    /// One service at a day and time.
    Book,
    /// The same, with a member of staff.
    Staff,
    Relative,
    /// Two people at the same time.
    TwoAtOnce,
    /// Two people one after the other.
    TwoInTurn,
    /// Two people either way.
    TwoEither,
    /// An appointment to another day and time.
    Move,
    MoveTime,
    MoveLater,
    MoveDay,
    /// The same as [`Kind::Move`], as somebody says it who cannot come.
    CannotCome,
    Cancel,
    Rebook,
    /// Another time, day or service instead of a yes.
    ChangeTime,
    ChangeDay,
    ChangeService,
    /// A question in between.
    Question,
    /// Hesitation, and then a yes.
    Hesitate,
    /// Hesitation, and then another time.
    HesitateChange,
    /// The time that is asked for first is taken.
    Taken,
    /// The customer wants nothing in the end.
    Leave,
}

impl Kind {
    /// Each kind as often as it is to come up.
    pub(super) const ALL: &[Self] = &[
        Self::Book,
        Self::Book,
        Self::Book,
        Self::Book,
        Self::Book,
        Self::Book,
        Self::Staff,
        Self::Staff,
        Self::Relative,
        Self::Relative,
        Self::TwoAtOnce,
        Self::TwoInTurn,
        Self::TwoEither,
        Self::Move,
        Self::MoveTime,
        Self::MoveLater,
        Self::MoveDay,
        Self::CannotCome,
        Self::Cancel,
        Self::Rebook,
        Self::ChangeTime,
        Self::ChangeDay,
        Self::ChangeService,
        Self::Question,
        Self::Question,
        Self::Hesitate,
        Self::HesitateChange,
        Self::Taken,
        Self::Leave,
    ];

    pub(super) fn is_two(self) -> bool {
        matches!(self, Self::TwoAtOnce | Self::TwoInTurn | Self::TwoEither)
    }

    pub(super) fn is_plain(self) -> bool {
        matches!(self, Self::Book | Self::Staff)
    }

    /// Returns whether an appointment is to be moved.
    pub(super) fn is_move(self) -> bool {
        matches!(
            self,
            Self::Move | Self::MoveTime | Self::MoveLater | Self::MoveDay | Self::CannotCome
        )
    }
}

/// A service at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Visit {
    pub(super) service: ServiceId,
    /// The member of staff, if that matters.
    pub(super) staff: Option<ResourceId>,
    pub(super) start: DateTime<Utc>,
    /// The same, by the clock of the business.
    pub(super) local: NaiveDateTime,
}

/// Somebody for whom the customer books.
#[derive(Debug, Clone)]
pub(super) struct Other {
    pub(super) relation: String,
    pub(super) name: String,
}

#[derive(Debug, Clone)]
pub(super) struct Goal {
    pub(super) kind: Kind,
    /// The appointment that the customer has at first.
    pub(super) old: Option<Visit>,
    /// The visit that is asked for first.
    pub(super) first: Visit,
    /// The visit that is asked for in the end.
    pub(super) last: Visit,
    /// The visit of the other person, where two come; where they come one after the other it may
    /// start up to [`MOST_BETWEEN`] later.
    pub(super) second: Option<Visit>,
    pub(super) other: Option<Other>,
    /// The end of the first visit, if two people come.
    end: DateTime<Utc>,
}

/// A way in which something is booked that is not the goal.
pub(super) type Wrong = &'static str;
/// The goal is booked, under a name that was not given.
pub(super) const MISNAMED: Wrong = "another name";

impl Goal {
    /// The goal, or none where the random calendar has no room for one.
    pub(super) fn random(
        kind: Kind,
        diary: &mut Diary<'_>,
        phrases: &Phrases,
        random: &mut Random,
    ) -> Option<Self> {
        let other = Other {
            relation: random.pick(phrases.list("relations")).clone(),
            name: random.pick(phrases.list("others")).clone(),
        };
        let mut builder = Builder {
            diary,
            language: phrases.language,
            random,
        };
        let date = builder.date(1);
        let most = builder.random.below(4);
        for near in date.iter_days().take(3) {
            builder.diary.fill(near, most, builder.random);
        }
        let mut goal = if kind.is_move() || matches!(kind, Kind::Cancel | Kind::Rebook) {
            builder.with_old(kind, date)?
        } else if kind.is_two() {
            builder.for_two(kind, date)?
        } else {
            builder.plain(kind, date)?
        };
        if kind == Kind::Relative || kind.is_two() {
            goal.other = Some(other);
        }
        Some(goal)
    }

    /// Returns whether the customer has what they came for.
    pub(super) fn is_met(&self, booked: &[Booked], name: &str) -> bool {
        let second = self.second.iter().count();
        match self.kind {
            Kind::Cancel | Kind::Leave => booked.is_empty(),
            _ => {
                booked.len() == 1 + second && self.wrong(booked, name).is_none() && {
                    let met = |one: &Booked| self.old_differs(one);
                    booked.iter().all(met)
                }
            }
        }
    }

    fn old_differs(&self, booked: &Booked) -> bool {
        let old = self.old.as_ref();
        old.is_none_or(|old| old.start != booked.start || old.service.as_str() != booked.services)
    }

    /// The first way in which what is booked is neither the old appointment nor the goal. What is
    /// missing is not wrong until the conversation is over: see [`Goal::lost`].
    pub(super) fn wrong(&self, booked: &[Booked], name: &str) -> Option<Wrong> {
        let is_old = |one: &Booked| !self.old_differs(one);
        let olds = booked.iter().filter(|one| is_old(one)).count();
        let new: Vec<_> = booked.iter().filter(|one| !is_old(one)).collect();
        if olds > 1 {
            return Some("the old appointment twice");
        }
        if olds == 1 && !new.is_empty() && self.kind.is_move() {
            return Some("the old appointment and another one");
        }
        if matches!(self.kind, Kind::Cancel | Kind::Leave) {
            return (!new.is_empty()).then_some("an appointment nobody wanted");
        }
        match new.as_slice() {
            [] => None,
            [one] => {
                let as_second = || self.second.is_some() && self.second_differs(one).is_none();
                self.differs(one, name).filter(|_| !as_second())
            }
            [one, two] if self.second.is_some() => {
                let found = |one, two| self.differs(one, name).or_else(|| self.second_differs(two));
                let (straight, crossed) = (found(one, two), found(two, one));
                straight.filter(|_| crossed.is_some())
            }
            _ => Some("more appointments than wanted"),
        }
    }

    /// Returns whether the old appointment is gone and nothing is in its place.
    pub(super) fn lost(&self, booked: &[Booked]) -> bool {
        self.kind.is_move() && booked.is_empty()
    }

    fn differs(&self, booked: &Booked, name: &str) -> Option<Wrong> {
        let wanted = &self.last;
        let same = |one: &Option<String>, other: &str| {
            let one = one.as_deref().map(str::to_lowercase);
            one.is_some_and(|one| one == other.to_lowercase())
        };
        let staff = wanted.staff.as_ref();
        if booked.services != wanted.service.as_str() {
            return Some("another service");
        }
        if booked.start != wanted.start {
            let local = |at: DateTime<Utc>| (at - wanted.start).num_hours().abs() < 24;
            return Some(if local(booked.start) {
                "another time"
            } else {
                "another day"
            });
        }
        if staff.is_some_and(|staff| staff.as_str() != booked.resource) {
            return Some("another member of staff");
        }
        let for_own = booked.for_name.is_none() || same(&booked.for_name, name);
        if self.second.is_some() {
            return (!for_own && !self.is_same_for_both()).then_some("the other person's visit");
        }
        if let Some(other) = &self.other {
            return if same(&booked.for_name, &other.name) || same(&booked.name, &other.name) {
                None
            } else if for_own {
                Some("the customer instead of the other person")
            } else {
                Some(MISNAMED)
            };
        }
        if !for_own {
            return Some("another person");
        }
        // The old appointment has no name, so one that was moved need not have one.
        let named = same(&booked.name, name) || same(&booked.for_name, name);
        let unnamed = self.old.is_some() && booked.name.is_none();
        (!named && !unnamed).then_some(MISNAMED)
    }

    /// Returns whether both of two people may have either visit.
    pub(super) fn is_same_for_both(&self) -> bool {
        let second = self.second.as_ref();
        let same = second.is_some_and(|second| second.service == self.last.service);
        same && self.kind != Kind::TwoInTurn
    }

    fn second_differs(&self, booked: &Booked) -> Option<Wrong> {
        let second = self.second.as_ref()?;
        if booked.services != second.service.as_str() {
            return Some("another service for the second");
        }
        (!self.is_second_start(booked.start)).then_some("another time for the second")
    }

    /// Returns whether the second visit may start then.
    pub(super) fn is_second_start(&self, start: DateTime<Utc>) -> bool {
        let at_once = start == self.last.start;
        let in_turn = start >= self.end && start - self.end <= MOST_BETWEEN;
        match self.kind {
            Kind::TwoAtOnce => at_once,
            Kind::TwoInTurn => in_turn,
            _ => at_once || in_turn,
        }
    }

    /// The customer's appointment at first, as somebody books it.
    pub(super) fn had(&self) -> Option<Wanted> {
        let old = self.old.as_ref()?;
        Some(Wanted {
            services: old.service.clone().into(),
            resource: old.staff.clone()?,
            start: old.start,
            for_name: None,
        })
    }
}

struct Builder<'a, 'b> {
    diary: &'a mut Diary<'b>,
    language: Language,
    random: &'a mut Random,
}

impl Builder<'_, '_> {
    /// A day on which the business is open, mostly near.
    fn date(&mut self, first: i64) -> NaiveDate {
        let window = i64::from(self.diary.business.rules.window_days) - 4;
        loop {
            let near = self.random.chance(65);
            let last = if near { first + 9 } else { DAYS_AHEAD };
            let ahead = self.random.between(first, last.min(window));
            let date = self.diary.today() + Days::new(u64::try_from(ahead).unwrap());
            if !self.diary.business.hours.on(date).is_empty() {
                return date;
            }
        }
    }

    fn service(&mut self) -> ServiceId {
        let services = &self.diary.business.services;
        self.random.pick(services).id.clone()
    }

    fn visit(&self, service: &ServiceId, start: DateTime<Utc>) -> Visit {
        Visit {
            service: service.clone(),
            staff: None,
            start,
            local: self.diary.local(start),
        }
    }

    /// Returns whether the time can be said: in Spanish "a las 1:30" is wrong, and the phrases
    /// have no "a la 1:30".
    fn can_be_said(&self, start: DateTime<Utc>) -> bool {
        self.language == Language::English || self.diary.local(start).hour() % 12 != 1
    }

    /// A time of the day that is free for a service, and those who are free then.
    fn opening(
        &mut self,
        service: &ServiceId,
        date: NaiveDate,
    ) -> Option<(DateTime<Utc>, Vec<ResourceId>)> {
        let mut openings = self.diary.openings(service, date, None);
        openings.retain(|one| self.can_be_said(one.start));
        // Full and half hours are asked for most.
        if self.random.chance(70) {
            let round = |at: DateTime<Utc>| self.diary.local(at).minute().is_multiple_of(30);
            let rounded: Vec<_> = openings
                .iter()
                .filter(|one| round(one.start))
                .cloned()
                .collect();
            if !rounded.is_empty() {
                openings = rounded;
            }
        }
        if openings.is_empty() {
            return None;
        }
        let one = self.random.pick(&openings).clone();
        Some((one.start, one.resources))
    }

    fn plain(&mut self, kind: Kind, date: NaiveDate) -> Option<Goal> {
        let service = self.service();
        let (start, resources) = self.opening(&service, date)?;
        let mut last = self.visit(&service, start);
        let mut first = last.clone();
        match kind {
            Kind::Staff => {
                last.staff = Some(self.random.pick(&resources).clone());
                first = last.clone();
            }
            Kind::ChangeTime | Kind::HesitateChange => {
                let (start, _) = self.opening(&service, date)?;
                first = self.visit(&service, start);
            }
            Kind::ChangeDay => {
                let date = self.date(1);
                let start = self.at(date, last.local)?;
                if self.diary.free_at(&service, start, None).is_empty() {
                    return None;
                }
                first = self.visit(&service, start);
            }
            Kind::ChangeService => {
                let service = self.service();
                if self.diary.free_at(&service, start, None).is_empty() {
                    return None;
                }
                first = self.visit(&service, start);
            }
            Kind::Taken => {
                let (start, resources) = self.opening(&service, date)?;
                for resource in &resources {
                    self.diary.take(&service, resource, start);
                }
                if self.diary.free_at(&service, last.start, None).is_empty() {
                    return None;
                }
                first = self.visit(&service, start);
            }
            _ => {}
        }
        let changes = matches!(
            kind,
            Kind::ChangeTime
                | Kind::HesitateChange
                | Kind::ChangeDay
                | Kind::ChangeService
                | Kind::Taken
        );
        (changes == (first != last)).then_some(Goal {
            kind,
            old: None,
            end: last.start,
            first,
            last,
            second: None,
            other: None,
        })
    }

    /// The instant at which it is that time on another day.
    fn at(&self, date: NaiveDate, local: NaiveDateTime) -> Option<DateTime<Utc>> {
        let start = self
            .diary
            .business
            .zone
            .instant(date.and_time(local.time()));
        (self.diary.local(start).time() == local.time()).then_some(start)
    }

    fn for_two(&mut self, kind: Kind, date: NaiveDate) -> Option<Goal> {
        let service = self.service();
        let theirs = if self.random.chance(35) {
            service.clone()
        } else {
            self.service()
        };
        let (start, resources) = self.opening(&service, date)?;
        let services = service.clone().into();
        let visit = self.diary.business.visit(&services).unwrap();
        let end = visit.visible(start).end;
        let at_once = kind == Kind::TwoAtOnce || kind == Kind::TwoEither && self.random.chance(50);
        let second = if at_once {
            let free = self.diary.free_at(&theirs, start, None);
            let differs = |one: &&ResourceId| resources.iter().any(|other| other != *one);
            free.iter().find(differs)?;
            self.visit(&theirs, start)
        } else {
            let after = end..=end + MOST_BETWEEN;
            let openings = self.diary.openings(&theirs, date, None);
            let mut openings = openings.iter().filter(|one| after.contains(&one.start));
            // Who did the first visit may need the time after it.
            let fits = |one: &ResourceId, at: DateTime<Utc>| {
                let first = visit.blocked(start);
                let busy = self.diary.busy_of(&theirs, one, at);
                resources.iter().any(|other| other != one) || !first.overlaps(&busy.blocked)
            };
            let one = openings.find(|one| one.resources.iter().any(|who| fits(who, one.start)))?;
            self.visit(&theirs, one.start)
        };
        let last = self.visit(&service, start);
        Some(Goal {
            kind,
            old: None,
            first: last.clone(),
            last,
            second: Some(second),
            other: None,
            end,
        })
    }

    fn with_old(&mut self, kind: Kind, date: NaiveDate) -> Option<Goal> {
        let service = self.service();
        let was = self.date(2);
        let (start, resources) = self.opening(&service, was)?;
        let resource = self.random.pick(&resources).clone();
        self.diary.own(&service, &resource, start);
        let mut old = self.visit(&service, start);
        old.staff = Some(resource.clone());
        let busy = self.diary.busy_of(&service, &resource, start);
        let gives_up = kind.is_move().then_some(&busy);
        let (service, start) = match kind {
            Kind::Cancel => (service, start),
            Kind::Rebook => {
                let service = self.service();
                let (start, _) = self.opening(&service, date)?;
                (service, start)
            }
            Kind::MoveTime => {
                let (start, _) = self.opening(&service, was)?;
                (service, start)
            }
            Kind::MoveLater => (service, start + TimeDelta::hours(1)),
            Kind::MoveDay => {
                let start = self.at(date, old.local)?;
                (service, start)
            }
            _ => {
                let (start, _) = self.opening(&service, date)?;
                (service, start)
            }
        };
        let last = self.visit(&service, start);
        let same_day = last.local.day() == old.local.day();
        let is_new = match kind {
            Kind::Cancel => true,
            Kind::Rebook => last.start != old.start,
            // Somebody who moves to another day names another day.
            Kind::Move | Kind::CannotCome | Kind::MoveDay => !same_day,
            _ => last.start != old.start && same_day,
        };
        if kind != Kind::Cancel {
            let free = self.diary.free_at(&service, last.start, gives_up);
            let stays = kind == Kind::Rebook || free.contains(&resource);
            if free.is_empty() || !stays {
                return None;
            }
        }
        (is_new && self.can_be_said(last.start)).then(|| Goal {
            kind,
            old: Some(old),
            first: last.clone(),
            end: last.start,
            last,
            second: None,
            other: None,
        })
    }
}

/// The name of a service as the business writes it.
pub(super) fn service_name<'a>(
    business: &'a Business,
    id: &ServiceId,
    language: Language,
) -> &'a str {
    business.service(id).unwrap().name.get(language)
}
