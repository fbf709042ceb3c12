//! The first pure step: from what was said, and where the conversation stands, to one wish.
//!
//! The invariant: a yes is only taken for the question that was asked last, and never together
//! with anything that changes what was asked about.

mod answered;
mod asides;
mod existing;

pub(super) use self::asides::Asides;

use chrono::{DateTime, Utc};

use super::{
    desk::Desk,
    hear::{Heard, TongueWish},
    memory::{Draft, ForWhom, Memory, Recall, Step, When, Wished},
    token::{Action, Page},
};
use crate::{
    booking::{BookingId, ResourceId, ServiceId, hours::minute_of},
    language::{clock::Clock, intent::Intent},
};

/// What a turn comes to.
#[derive(Debug)]
pub(super) struct Understood {
    pub(super) memory: Memory,
    pub(super) recall: Recall,
    /// What is asked besides.
    pub(super) asides: Asides,
    pub(super) wish: Wish,
}

/// The one thing that is wished for.
#[derive(Debug, PartialEq)]
pub(super) enum Wish {
    /// Nothing a person would answer.
    Silence,
    /// The answer of that number, and nothing else.
    Urgent(usize),
    Human,
    /// A language that is not spoken here.
    Foreign,
    /// Another of the business's languages, and nothing else.
    Switched,
    StartOver,
    /// No message that was not asked for.
    OptOut,
    OptIn,
    Greet,
    Menu,
    /// To book, or to say more about what to book.
    Book(Box<Order>),
    /// The name to book under.
    Name(String),
    /// Yes to the booking.
    Confirm,
    /// Yes to the booking, and another for somebody who comes besides.
    ConfirmAndAnother(Box<Wished>),
    /// No to the booking.
    Decline,
    /// Neither yes nor no yet.
    Hesitate,
    /// Yes to what is booked already.
    BookedAlready(BookingId),
    /// To begin no booking after all.
    DropDraft,
    /// To give up what is being booked, or an appointment: it has to be asked.
    DropOrCancel,
    /// Neither of them.
    GoOn,
    /// To give an appointment up, this one or one to be asked.
    Cancel(Option<BookingId>),
    /// Yes to giving it up.
    ConfirmCancel(BookingId, u32),
    /// No to giving it up, or to moving it.
    Keep(Option<BookingId>),
    /// To have an appointment at another time, this one or one to be asked.
    Move(Option<BookingId>, Box<Order>),
    /// To be there, as they were reminded.
    Come(BookingId),
    /// Not to come: to move or give up this appointment, or one to be asked.
    CannotCome(Option<BookingId>),
    /// To be waited for, so many minutes.
    Late(Option<u16>),
    /// Something before the appointment they have.
    Earlier,
    /// To come with others.
    Group,
    Appointments,
    /// Only what stands in the asides.
    Aside,
    Thanks,
    Farewell,
    /// Assent to nothing in particular.
    AllRight,
    /// A choice that no longer holds.
    Stale,
    /// Another wish in the place of one that was answered, with nothing left to change.
    EditedTooLate,
    NotUnderstood,
}

/// What is said about a booking to be made, or moved.
#[derive(Debug, Default, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each can be said without the others"
)]
pub(super) struct Order {
    /// The services that are wanted, each with all that may be meant; none: those of the draft.
    pub(super) services: Vec<Vec<ServiceId>>,
    /// They come to those of the draft.
    pub(super) adds: bool,
    /// The services that will not do.
    pub(super) not_services: Vec<ServiceId>,
    pub(super) staff: Option<ResourceId>,
    /// Who will not do.
    pub(super) not_staff: Vec<ResourceId>,
    /// Whoever was wished before, anyone will do.
    pub(super) anyone: bool,
    pub(super) for_whom: Option<ForWhom>,
    pub(super) when: When,
    /// Whenever was wished before, any time will do.
    pub(super) anytime: bool,
    pub(super) start: Option<DateTime<Utc>>,
    pub(super) page: Option<Page>,
    pub(super) services_from: Option<usize>,
    pub(super) soonest: bool,
    /// Before or after what was offered.
    pub(super) relative: Option<Relative>,
}

/// How a wish stands to what was offered or picked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relative {
    Earlier,
    Later,
}

/// Understands a turn.
pub(super) fn understand(
    desk: &Desk<'_>,
    mut memory: Memory,
    recall: Recall,
    mut heard: Heard,
) -> Understood {
    memory.language = heard.language.or(memory.language);
    // Where it was asked for, it may be somebody else's.
    let is_asked = matches!(memory.step, Step::Name { .. });
    if let Some(name) = heard.name.as_deref().filter(|_| !is_asked) {
        memory.name = Some(name.into());
    }
    same_time(desk, &memory, &mut heard);
    pick_among_offered(desk, &memory, &mut heard);
    let asides = Asides::of(&heard);
    let mut wish = wish(desk, &memory, &heard);
    if heard.only_corrects {
        wish = wish.of_correction(memory.step == Step::Idle);
    }
    if let Some(name) = heard.name.as_deref().filter(|_| is_asked)
        && !matches!(wish, Wish::Name(_))
    {
        memory.give_name(name, heard.for_whom.as_ref());
    }
    Understood {
        memory,
        recall,
        asides,
        wish,
    }
}

/// "Thursday, same time": that of the appointment that is moved.
fn same_time(desk: &Desk<'_>, memory: &Memory, heard: &mut Heard) {
    if !heard.has(Intent::SameTime) || !heard.when.times.is_empty() {
        return;
    }
    let moving = memory.draft().and_then(|draft| draft.moving);
    let wanted = [Intent::Reschedule, Intent::CannotCome];
    let moves = moving.is_some() || wanted.iter().any(|&intent| heard.has(intent));
    if let Some(booking) = desk
        .movable(moving.map(|moving| moving.id))
        .filter(|_| moves)
    {
        let minute = minute_of(desk.start(booking).time());
        heard.when.times.at = vec![Clock::At(minute)];
    }
}

/// "3:30 pm" after a list in which only one time is at 3:30 PM means that one.
fn pick_among_offered(desk: &Desk<'_>, memory: &Memory, heard: &mut Heard) {
    let same_service = heard.services.is_empty()
        || memory
            .draft()
            .is_some_and(|draft| draft.is_just(&heard.services));
    let narrowed = !heard.when.times.at.is_empty() && heard.staff.is_none();
    if !matches!(memory.step, Step::Time { .. }) || !narrowed || !same_service {
        return;
    }
    let mut matches = memory
        .offered_times()
        .filter(|start| heard.when.contains(desk.local(*start)));
    if let (Some(start), None) = (matches.next(), matches.next()) {
        heard.start = Some(start);
    }
}

fn wish(desk: &Desk<'_>, memory: &Memory, heard: &Heard) -> Wish {
    if heard.is_silent() {
        return Wish::Silence;
    }
    if let Some(wish) = before_all(desk, heard) {
        return wish;
    }
    if let Some(wish) = existing::wish(desk, memory, heard) {
        return wish;
    }
    if heard.hesitates {
        return Wish::Hesitate;
    }
    if let Some((assent, about)) = heard.answer
        && !answered::changes(desk, memory, heard)
    {
        return answered::wish(desk, memory, heard, assent, about);
    }
    let is_asked = matches!(memory.step, Step::Name { .. });
    if let Some(name) = &heard.name
        && !heard.wants_booking()
        && is_asked
    {
        return Wish::Name(name.clone());
    }
    booking_or_talk(memory, heard)
}

/// What goes before anything else that is said.
fn before_all(desk: &Desk<'_>, heard: &Heard) -> Option<Wish> {
    let answers = &desk.business.answers;
    if let Some(&urgent) = heard.answers.iter().find(|&&n| answers[n].urgent) {
        return Some(Wish::Urgent(urgent));
    }
    if heard.tongue == Some(TongueWish::Foreign) {
        return Some(Wish::Foreign);
    }
    let firsts = [
        (Intent::Stop, Wish::OptOut),
        (Intent::Resume, Wish::OptIn),
        (Intent::Human, Wish::Human),
        (Intent::StartOver, Wish::StartOver),
    ];
    let mut firsts = firsts.into_iter();
    firsts.find_map(|(intent, wish)| heard.has(intent).then_some(wish))
}

/// Whether something is said that makes a yes doubtful.
fn changes(memory: &Memory, heard: &Heard) -> bool {
    let just_that = |draft: &Draft| draft.is_just(&heard.services);
    heard.start.is_some()
        || heard.page.is_some()
        || heard.staff.is_some()
        || !heard.not_staff.is_empty()
        || !heard.not_services.is_empty()
        || heard.for_whom.is_some()
        || !heard.when.is_empty()
        || !(heard.services.is_empty() || memory.draft().is_some_and(just_that))
}

/// What is left once nothing is cancelled or assented to.
fn booking_or_talk(memory: &Memory, heard: &Heard) -> Wish {
    if heard.has(Intent::Appointments) {
        return Wish::Appointments;
    }
    let asks_price = heard.has(Intent::Price) && heard.when.is_empty() && heard.start.is_none();
    let asks_hours = heard.has(Intent::Hours) && heard.services.is_empty();
    if (asks_price || asks_hours) && !heard.has(Intent::Book) {
        return Wish::Aside;
    }
    let order = Order::of(memory, heard);
    if heard.wants_booking() || order.soonest || order.relative.is_some() {
        return Wish::Book(Box::new(order));
    }
    let settling = memory.draft().is_some();
    if settling && (order.anyone || order.anytime) {
        return Wish::Book(Box::new(order));
    }
    if heard.has(Intent::More) && matches!(memory.step, Step::Time { .. }) {
        return Wish::Book(Box::new(more(memory)));
    }
    talk(memory, heard)
}

/// The next times after those that were offered.
fn more(memory: &Memory) -> Order {
    let page = memory
        .offered
        .iter()
        .find_map(|offered| match offered.action {
            Action::More(page) => Some(page),
            _ => None,
        });
    Order {
        page,
        ..Order::default()
    }
}

fn talk(memory: &Memory, heard: &Heard) -> Wish {
    let asked =
        !heard.answers.is_empty() || heard.has(Intent::Address) || heard.has(Intent::Policy);
    if heard.has(Intent::Menu) {
        Wish::Menu
    } else if heard.has(Intent::Book) || heard.has(Intent::More) {
        match memory.step {
            Step::Time { .. } | Step::Name { .. } | Step::Confirm { .. } => Wish::Aside,
            _ => Wish::Book(Box::default()),
        }
    } else if asked {
        Wish::Aside
    } else if heard.has(Intent::Greeting) || heard.name.is_some() {
        Wish::Greet
    } else if heard.has(Intent::Thanks) {
        Wish::Thanks
    } else if heard.has(Intent::Farewell) {
        Wish::Farewell
    } else if heard.tongue.is_some() {
        Wish::Switched
    } else if heard.puzzling {
        Wish::NotUnderstood
    } else {
        Wish::Aside
    }
}

// === impl Wish ===

impl Wish {
    /// What it comes to where it only replaces words that were answered already: it may change what
    /// is being settled, and is told to come too late where nothing is. It agrees to nothing, and
    /// needs no courtesy.
    fn of_correction(self, idle: bool) -> Self {
        let changes = matches!(
            self,
            Self::Book(_)
                | Self::Move(..)
                | Self::Cancel(_)
                | Self::CannotCome(_)
                | Self::Late(_)
                | Self::Earlier
                | Self::Group
        );
        let asks = matches!(
            self,
            Self::DropDraft
                | Self::Appointments
                | Self::Aside
                | Self::Urgent(_)
                | Self::Human
                | Self::Foreign
                | Self::Switched
                | Self::OptOut
                | Self::OptIn
        );
        if changes && idle {
            Self::EditedTooLate
        } else if changes || asks {
            self
        } else {
            Self::Silence
        }
    }
}

// === impl Order ===

impl Order {
    fn of(memory: &Memory, heard: &Heard) -> Self {
        let beside = memory.pick().is_some() || memory.offered_times().next().is_some();
        let relative = [
            (Intent::Earlier, Relative::Earlier),
            (Intent::Later, Relative::Later),
        ];
        let mut relative = relative.into_iter().filter(|_| beside);
        Self {
            services: heard.services.clone(),
            adds: heard.adds,
            not_services: heard.not_services.clone(),
            staff: heard.staff.clone(),
            not_staff: heard.not_staff.clone(),
            anyone: heard.has(Intent::Anyone),
            for_whom: heard.for_whom.clone(),
            when: heard.when.clone(),
            anytime: heard.has(Intent::Anytime),
            start: heard.start,
            page: heard.page,
            services_from: heard.services_from,
            soonest: heard.has(Intent::Soonest),
            relative: relative.find_map(|(intent, way)| heard.has(intent).then_some(way)),
        }
    }
}
