//! The words of each language, by what they do in a sentence.
//!
//! The invariant: every language has words for everything. What a [`Vocabulary`] leaves out does
//! not compile.

mod english;
mod foreign;
mod spanish;

use chrono::Weekday;

use super::{Language, clock::DayPart, intent::Intent};

pub(super) use self::foreign::{FOREIGN, LANGUAGES};

/// Words and phrases, folded as [`Words`](super::words::Words) folds them, with `|` between.
pub(super) type Phrases = &'static str;

/// What one language says, by meaning.
#[derive(Debug)]
pub(super) struct Vocabulary {
    /// Monday first.
    pub(super) weekdays: [Phrases; 7],
    /// Such a day of any week ("Mondays").
    pub(super) each: [Phrases; 7],
    /// January first.
    pub(super) months: [Phrases; 12],
    /// Numbers in words.
    pub(super) numbers: &'static [(u16, Phrases)],
    /// Places in an order, in words.
    pub(super) ordinals: &'static [(u16, Phrases)],
    /// Today, tomorrow and the day after.
    pub(super) ahead: [Phrases; 3],
    /// Days known by a name, by month and day.
    pub(super) feasts: &'static [(u32, u32, Phrases)],
    /// Parts of the day.
    pub(super) part: fn(DayPart) -> Phrases,
    /// Parts of this day.
    pub(super) today: fn(DayPart) -> Phrases,
    /// The small words.
    pub(super) particle: fn(Particle) -> Phrases,
    /// What is wanted.
    pub(super) intent: fn(Intent) -> Phrases,
    /// Messages that are this wish only as a whole.
    pub(super) whole: fn(Intent) -> Phrases,
    /// What makes a yes.
    pub(super) yes: Phrases,
    /// What makes a no.
    pub(super) no: Phrases,
    /// Words as they are typed in haste, and what they stand for.
    pub(super) short: &'static [(Phrases, &'static str)],
    /// What changes neither.
    pub(super) fillers: Phrases,
    /// What sounds like a wish and is none.
    pub(super) idle: Phrases,
    /// What else tells the language.
    pub(super) common: Phrases,
}

impl Vocabulary {
    /// That of a language.
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &english::ENGLISH,
            Language::Spanish => &spanish::SPANISH,
        }
    }
}

/// The days of the week, in the order of [`Vocabulary::weekdays`].
pub(super) const WEEK: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

/// The parts of a day.
pub(super) const PARTS: [DayPart; 7] = [
    DayPart::Early,
    DayPart::Morning,
    DayPart::Midday,
    DayPart::Afternoon,
    DayPart::PastNoon,
    DayPart::Late,
    DayPart::Evening,
];

/// Declares the small words together with the list of all of them.
macro_rules! particles {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        /// A small word, by what it does.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Particle { $($(#[$doc])* $name),* }

        impl Particle {
            /// Every one.
            pub(super) const ALL: &'static [Self] = &[$(Self::$name),*];
        }
    };
}

particles! {
    /// Before a time.
    At,
    /// Before a time that is about right.
    About,
    /// After a time that is about right.
    Ish,
    /// Not before what follows.
    From,
    /// As [`Self::From`], and of days not that one.
    After,
    /// Not after what follows.
    Until,
    /// As [`Self::Until`], and of days not that one.
    Before,
    /// Before the first of two.
    Between,
    /// Before the second of two, and before what is new.
    To,
    /// Before what is proposed.
    Toward,
    /// Before what is given up for it.
    InsteadOf,
    /// Minutes before the hour.
    MinutesTo,
    /// Minutes after the hour.
    MinutesPast,
    /// Makes the time before it a beginning.
    Onwards,
    /// Before a span of time from now, and before a month.
    In,
    /// After a span of time from now.
    FromNow,
    /// Belonging to.
    Of,
    /// Before a day.
    On,
    /// The article of a day.
    The,
    /// The article of hours.
    Hours,
    /// The article of one o'clock, where it has one of its own.
    OneHour,
    /// The article that counts as one.
    One,
    /// The customer's own.
    My,
    /// Of these days.
    This,
    /// The one that comes.
    Coming,
    /// The one after this.
    Next,
    /// The one after the next.
    AfterNext,
    /// Over by now.
    Last,
    /// Before what was.
    Past,
    /// Before the number of a thing.
    Label,
    /// A week after the one that was named before.
    Following,
    /// From the time on that was named before.
    Thereafter,
    /// Both.
    And,
    /// Before or after what comes to something else.
    Also,
    /// The same, but only at the end.
    Too,
    /// Before what is not wanted any more.
    Without,
    /// One of both.
    Or,
    /// Before the first of both.
    Either,
    /// Not what follows.
    Not,
    /// Not what went before.
    NotAfter,
    /// All but what follows.
    Except,
    /// Something else follows.
    But,
    /// 30 minutes.
    Half,
    /// 15 minutes.
    Quarter,
    /// After a full hour.
    OClock,
    /// Before noon.
    Am,
    /// After noon.
    Pm,
    /// Noon.
    Noon,
    /// A day.
    Day,
    /// Seven days.
    Week,
    /// Fourteen days.
    Fortnight,
    /// A month.
    Month,
    /// A year.
    Year,
    /// An hour.
    Hour,
    /// A minute.
    Minute,
    /// Saturday and Sunday.
    Weekend,
    /// Monday to Friday.
    Weekdays,
    /// Seven days later than the day before it.
    WeekLater,
    /// From when people are free of work.
    AfterWork,
    /// The first days of.
    Start,
    /// The middle of.
    Middle,
    /// The last days of.
    End,
    /// For somebody.
    For,
    /// Before who does it.
    With,
    /// After how many come.
    People,
    /// Before how many come.
    WeAre,
    /// Somebody near to the customer.
    Relation,
    /// Several of them.
    Relations,
    /// After who wants something.
    Needs,
    /// The customer themself.
    Me,
    /// Before the customer's name, or how they are.
    IAm,
    /// Before the customer's name.
    NameIs,
    /// Before the name of somebody else.
    TheirName,
    /// After how many minutes late the customer is.
    LateBy,
}
