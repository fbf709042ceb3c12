//! The first pure step: from what was said, and where the conversation stands, to one wish.
//!
//! The invariant: a yes is only taken for the question that was asked last, and never together
//! with anything that changes it.

use chrono::{DateTime, Utc};

use super::{
    desk::Desk,
    hear::{Heard, TongueWish, Unread},
    memory::{Memory, Recall, Step, When},
    token::{Action, Page},
};
use crate::{
    booking::{BookingId, BookingStatus, ResourceId, ServiceId},
    language::intent::{Assent, Intent},
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

/// Questions that are answered along the way.
#[derive(Debug, Default)]
pub(super) struct Asides {
    /// Which of the business's answers.
    pub(super) answers: Vec<usize>,
    pub(super) hours: bool,
    pub(super) address: bool,
    /// The prices: of these services, or of all.
    pub(super) prices: Option<Vec<ServiceId>>,
    /// Something came that cannot be read.
    pub(super) unread: Option<Unread>,
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
    Stop,
    Greet,
    Menu,
    /// To book, or to say more about what to book.
    Book(Box<Order>),
    /// The name to book under.
    Name(String),
    /// Yes to the booking.
    Confirm,
    /// No to the booking.
    Decline,
    /// Yes to what is booked already.
    BookedAlready(BookingId),
    /// To begin no booking after all.
    DropDraft,
    /// To give an appointment up, this one or one to be asked.
    Cancel(Option<BookingId>),
    /// Yes to giving it up.
    ConfirmCancel(BookingId, u32),
    /// No to giving it up.
    Keep(Option<BookingId>),
    Appointments,
    Reschedule,
    /// Only what stands in the asides.
    Aside,
    Thanks,
    Farewell,
    /// Assent to nothing in particular.
    AllRight,
    /// A choice that no longer holds.
    Stale,
    NotUnderstood,
}

/// What is said about a booking to be made.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Order {
    /// The services that may be meant; none: the one of the draft.
    pub(super) services: Vec<ServiceId>,
    pub(super) staff: Option<ResourceId>,
    pub(super) when: When,
    pub(super) start: Option<DateTime<Utc>>,
    pub(super) page: Option<Page>,
    pub(super) services_from: Option<usize>,
    pub(super) soonest: bool,
}

/// Understands a turn.
pub(super) fn understand(
    desk: &Desk<'_>,
    mut memory: Memory,
    recall: Recall,
    mut heard: Heard,
) -> Understood {
    memory.language = heard.language.or(memory.language);
    pick_among_offered(desk, &memory, &mut heard);
    let asides = asides(&heard);
    let wish = wish(desk, &memory, heard);
    Understood {
        memory,
        recall,
        asides,
        wish,
    }
}

fn asides(heard: &Heard) -> Asides {
    Asides {
        answers: heard.answers.clone(),
        hours: heard.has(Intent::Hours),
        address: heard.has(Intent::Address),
        prices: heard.has(Intent::Price).then(|| heard.services.clone()),
        unread: heard.unread,
    }
}

/// "3:30 pm" after a list in which only one time is at 3:30 PM means that one.
fn pick_among_offered(desk: &Desk<'_>, memory: &Memory, heard: &mut Heard) {
    let same_service = match (heard.services.as_slice(), memory.draft()) {
        ([], _) => true,
        ([one], Some(draft)) => *one == draft.service,
        _ => false,
    };
    let narrowed = !heard.when.times.at.is_empty() && heard.staff.is_none();
    if !matches!(memory.step, Step::Time { .. }) || !narrowed || !same_service {
        return;
    }
    let times = memory
        .offered
        .iter()
        .filter_map(|offered| match &offered.action {
            Action::Time { start, .. } => Some(*start),
            _ => None,
        });
    let mut matches = times.filter(|start| heard.when.contains(desk.local(*start)));
    if let (Some(start), None) = (matches.next(), matches.next()) {
        heard.start = Some(start);
    }
}

fn wish(desk: &Desk<'_>, memory: &Memory, mut heard: Heard) -> Wish {
    if heard.is_silent() {
        return Wish::Silence;
    }
    let answers = &desk.business.answers;
    if heard.tongue == Some(TongueWish::Foreign) {
        return Wish::Foreign;
    }
    if let Some(&urgent) = heard.answers.iter().find(|&&n| answers[n].urgent) {
        return Wish::Urgent(urgent);
    }
    let firsts = [
        (Intent::Human, Wish::Human),
        (Intent::StartOver, Wish::StartOver),
        (Intent::Stop, Wish::Stop),
    ];
    for (intent, wish) in firsts {
        if heard.has(intent) {
            return wish;
        }
    }
    if heard.cancel.is_some() {
        return Wish::Cancel(heard.cancel);
    }
    if heard.has(Intent::Cancel) {
        return cancel(memory, &heard);
    }
    if heard.has(Intent::Reschedule) {
        return Wish::Reschedule;
    }
    if let Some((assent, about)) = heard.answer
        && !changes(memory, &heard)
    {
        return answered(desk, memory, &heard, assent, about);
    }
    if heard.when.is_empty()
        && heard.start.is_none()
        && let Some(name) = heard.name.take()
    {
        return Wish::Name(name);
    }
    booking_or_talk(memory, heard)
}

/// Whether something is said that makes a yes doubtful.
fn changes(memory: &Memory, heard: &Heard) -> bool {
    let other = |service: &ServiceId| memory.draft().is_none_or(|draft| draft.service != *service);
    heard.start.is_some()
        || heard.page.is_some()
        || heard.staff.is_some()
        || !heard.when.is_empty()
        || heard.services.iter().any(other)
}

fn cancel(memory: &Memory, heard: &Heard) -> Wish {
    match memory.step {
        Step::ConfirmCancel { id, version } if !heard.wavering => match heard.answer {
            Some((Assent::Yes, None)) => Wish::ConfirmCancel(id, version),
            Some((Assent::No, None)) => Wish::Keep(Some(id)),
            _ => Wish::Cancel(Some(id)),
        },
        _ if memory.draft().is_some() => Wish::DropDraft,
        _ => Wish::Cancel(None),
    }
}

/// A yes or no: to the last question, or else to nothing.
fn answered(
    desk: &Desk<'_>,
    memory: &Memory,
    heard: &Heard,
    assent: Assent,
    about: Option<BookingId>,
) -> Wish {
    let meant = |id: BookingId| about.is_none_or(|about| about == id);
    match &memory.step {
        // Both were said: the question is asked again.
        _ if heard.wavering || heard.puzzling => Wish::NotUnderstood,
        Step::Confirm { pick, .. } if meant(pick.hold) => match assent {
            Assent::Yes => Wish::Confirm,
            Assent::No => Wish::Decline,
        },
        Step::ConfirmCancel { id, version } if meant(*id) => match assent {
            Assent::Yes => Wish::ConfirmCancel(*id, *version),
            Assent::No => Wish::Keep(Some(*id)),
        },
        _ if about.is_some() => {
            let same = |id: BookingId| about == Some(id);
            let booked = desk.turn.bookings.iter().find(|booking| same(booking.id));
            match booked {
                Some(one) if one.status == BookingStatus::Booked && assent == Assent::Yes => {
                    Wish::BookedAlready(one.id)
                }
                _ => Wish::Stale,
            }
        }
        Step::Time { .. } if assent == Assent::No => Wish::Book(Box::new(more(memory))),
        Step::ChooseCancel if assent == Assent::No => Wish::Keep(None),
        Step::Idle => Wish::AllRight,
        Step::Service { .. } if assent == Assent::No => Wish::AllRight,
        Step::Name { .. } => Wish::Aside,
        _ => Wish::NotUnderstood,
    }
}

/// What is left once nothing is cancelled or assented to.
fn booking_or_talk(memory: &Memory, heard: Heard) -> Wish {
    if heard.has(Intent::Appointments) {
        return Wish::Appointments;
    }
    let asks_price = heard.has(Intent::Price) && heard.when.is_empty() && heard.start.is_none();
    let asks_hours = heard.has(Intent::Hours) && heard.services.is_empty();
    if (asks_price || asks_hours) && !heard.has(Intent::Book) {
        return Wish::Aside;
    }
    let soonest = heard.has(Intent::Soonest);
    if heard.wants_booking() || soonest {
        return Wish::Book(Box::new(Order {
            services: heard.services,
            staff: heard.staff,
            when: heard.when,
            start: heard.start,
            page: heard.page,
            services_from: heard.services_from,
            soonest,
        }));
    }
    if heard.has(Intent::More) && matches!(memory.step, Step::Time { .. }) {
        return Wish::Book(Box::new(more(memory)));
    }
    talk(memory, &heard)
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
    let asked = !heard.answers.is_empty() || heard.has(Intent::Address);
    if heard.has(Intent::Menu) {
        Wish::Menu
    } else if heard.has(Intent::Book) || heard.has(Intent::More) {
        match memory.step {
            Step::Idle | Step::Service { .. } | Step::ChooseCancel | Step::ConfirmCancel { .. } => {
                Wish::Book(Box::default())
            }
            _ => Wish::Aside,
        }
    } else if asked {
        Wish::Aside
    } else if heard.has(Intent::Greeting) {
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
