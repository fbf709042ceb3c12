//! The words of each language, by what they do in a sentence.
//!
//! The invariant: every language has words for everything. What a [`Vocabulary`] leaves out does
//! not compile.

mod company;
mod cue;
mod detection;
mod english;
mod foreign;
mod grammar;
mod names;
mod signs;
mod spanish;
mod trade;

use chrono::Weekday;

use super::{Language, clock::DayPart, feast::Feast, intent::Intent};

pub(super) use self::{
    company::CompanyWords,
    cue::Cue,
    detection::DetectionWords,
    foreign::{FOREIGN, LANGUAGES},
    grammar::{FigureWords, GrammarWords, VerbWords},
    names::NameWords,
    signs::SIGNS,
    trade::{LengthWords, Look, Trade},
};

/// Words and phrases, folded as [`Words`](super::words::Words) folds them, with `|` between.
///
/// `[a/b c/]` stands for any one of its alternatives, the last of which is empty here: "[cant/wont]
/// make [it/my]" is four phrases.
pub(super) type Phrases = &'static str;

/// A time zone: its name in the IANA database, its name after a time ("Central"), and the phrases
/// that customers write.
pub(super) type Zone = (&'static str, &'static str, Phrases);

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
    /// Places in an order, in words, counted from the end below 0.
    pub(super) ordinals: &'static [(i16, Phrases)],
    /// Today, tomorrow and the day after.
    pub(super) ahead: [Phrases; 3],
    /// Days known by a name.
    pub(super) feasts: &'static [(Feast, Phrases)],
    /// Time zones.
    pub(super) zones: &'static [Zone],
    /// Parts of the day.
    pub(super) part: fn(DayPart) -> Phrases,
    /// Parts of the day that belong to the hour before them.
    pub(super) part_of: fn(DayPart) -> Phrases,
    /// Contractions that would be another word without their apostrophe: "we'd" is no "wed".
    pub(super) contractions: Phrases,
    /// A number behind a weekday may be an hour.
    pub(super) has_bare_hours: bool,
    /// Parts of this day.
    pub(super) today: fn(DayPart) -> Phrases,
    /// The small words.
    pub(super) particle: fn(Particle) -> Phrases,
    /// The small words besides, and what tells verbs and figures.
    pub(super) grammar: GrammarWords,
    /// What is wanted.
    pub(super) intent: fn(Intent) -> Phrases,
    /// Messages that are this wish only as a whole.
    pub(super) whole: fn(Intent) -> Phrases,
    /// Phrases for an appointment that the customer has.
    pub(super) own: Phrases,
    /// Phrases that put one thing in place of another.
    pub(super) replaces: Phrases,
    /// Phrases that ask for one more.
    pub(super) another: Phrases,
    /// Phrases that limit a request to one thing.
    pub(super) only: Phrases,
    /// Phrases that mean all of several.
    pub(super) all: Phrases,
    /// Phrases that put one visit after another.
    pub(super) in_turn: Phrases,
    /// Phrases that say that somebody cannot, before [`Self::come`].
    pub(super) cannot: Phrases,
    /// Ways to come to an appointment.
    pub(super) come: Phrases,
    /// Phrases for the customer's appointment after a length of time.
    pub(super) booked: Phrases,
    /// Words before and after a time in a question whether it suits: "*would* 3 *be* ok".
    pub(super) asks: [Phrases; 2],
    /// Words for none of two, which mean both beside what cannot be.
    pub(super) neither: Phrases,
    /// Words that begin a clause for what happens at the same time.
    pub(super) meanwhile: Phrases,
    /// Yeses that behind what is told only stress it: "he's golfing, *of course*".
    pub(super) stresses: Phrases,
    /// Ends of verbs for what happened.
    pub(super) preterite: Phrases,
    /// Verbs that add something to a visit.
    pub(super) adds: Phrases,
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
    /// What tells a yes, a no and a hesitation.
    pub(super) cue: fn(Cue) -> Phrases,
    /// What else tells the language.
    pub(super) common: Phrases,
    /// The words for those who come together.
    pub(super) company: CompanyWords,
    /// Stages of schools and the like, which are counted: "in his 2nd *year*".
    pub(super) stages: Phrases,
    /// Verbs that move an appointment together with a word of [`Self::moves_by`]: "push it back".
    pub(super) moves: Phrases,
    /// Words behind what is moved.
    pub(super) moves_by: Phrases,
    /// Those of them that make it earlier.
    pub(super) moves_forward: Phrases,
    /// Verbs that take something out: "delete the May one".
    pub(super) removes: Phrases,
    /// Verbs that do together with a word of [`Self::takes_out`]: "take the May one off".
    pub(super) takes: Phrases,
    /// Words behind what is taken out.
    pub(super) takes_out: Phrases,
    /// The words around the language of a text.
    pub(super) detection: DetectionWords,
    /// The words around names.
    pub(super) names: NameWords,
    /// How services are named.
    pub(super) trade: Trade,
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

/// A set of small words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Particles([u64; Particle::ALL.len().div_ceil(64)]);

// === impl Particles ===

impl Particles {
    /// Returns whether a small word is in it.
    pub(super) const fn has(self, particle: Particle) -> bool {
        let at = particle as usize;
        self.0[at / 64] >> (at % 64) & 1 == 1
    }

    /// Adds a small word.
    pub(super) const fn add(&mut self, particle: Particle) {
        let at = particle as usize;
        self.0[at / 64] |= 1 << (at % 64);
    }
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
    /// Before a weekday that is not the next one.
    Other,
    /// Before a day or feast that has to be over first: "pasado Reyes".
    Once,
    /// Before the day on which something began that goes on.
    Since,
    /// Before what is meant in place of what was just said.
    Meant,
    /// Before a person who is brought along.
    Brings,
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
    /// The visit before.
    LastTime,
    /// After who did something, as no other word for it: "ran", "broke".
    Did,
    /// Before what somebody has to do or to use.
    Has,
    /// As [`Self::Has`], before what is unknown only.
    Got,
    /// Both of two.
    Both,
    /// Before a reason.
    Because,
    /// Before an appointment to which the customer cannot come.
    CannotMake,
    /// Before all that is wanted.
    Only,
    /// Before what is changed into something else.
    Change,
    /// Before what something is changed into, where [`Self::To`] is not.
    InTo,
    /// Before the number of a thing.
    Label,
    /// After an appointment that is to be as it is.
    Stays,
    /// Between what is told of and its day.
    Is,
    /// Says that the customer is free.
    Free,
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
    /// Minutes after the hour that stands before.
    AndMinutes,
    /// Minutes before the hour that stands before.
    LessMinutes,
    /// Half an hour after the hour that follows.
    HalfPast,
    /// A figure of no minutes.
    Zero,
    /// After a full hour.
    OClock,
    /// After an hour, and after a number of hours.
    HourMark,
    /// The beginning of a day.
    Midnight,
    /// Between two of anything.
    Dash,
    /// Before the second end of a span.
    Through,
    /// Before a time that may be about right, or anything else.
    Like,
    /// Before what is the day before.
    Eve,
    /// The day after the one that was named.
    DayAfter,
    /// The day that was named.
    ThatDay,
    /// Before a part of the day that was named.
    That,
    /// Before a weekday of any week.
    Any,
    /// After the latest that will do.
    AtLatest,
    /// After the earliest that will do.
    AtEarliest,
    /// In a year said in words.
    Thousand,
    /// Minutes before the hour, or between two hours.
    ToTheHour,
    /// Before the first of two hours.
    OfHours,
    /// Between minutes and the hour that they are before.
    OfTheHour,
    /// Between minutes and noon.
    ForNoon,
    /// A week, where today is counted.
    EightDays,
    /// Two weeks, where today is counted.
    FifteenDays,
    /// What a customer wants.
    Wants,
    /// What follows from what was told.
    So,
    /// What a customer tells of their life, which is no wish.
    Life,
    /// Says from when somebody is free: "I get off".
    Released,
    /// Not many.
    Few,
    /// What is left of.
    Rest,
    /// Before the first day of a week.
    Commencing,
    /// As [`Self::Commencing`], with the week.
    WeekCommencing,
    /// The last of.
    Final,
    /// After what is not the next.
    AfterNextOne,
    /// Before the longest that will do.
    Within,
    /// Before days that are to come, and as [`Self::MoreThan`].
    Over,
    /// Before a length of time that is only about right.
    MoreThan,
    /// After a span, which is over then.
    Ends,
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
    /// The week before Easter.
    HolyWeek,
    /// A day off before the name of its feast: "el *festivo* de la Ascensión".
    Holiday,
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
    /// Saturdays and Sundays.
    Weekends,
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
    /// Belonging to the customer: "mine".
    Mine,
    /// Belonging to somebody else, or for them: "hers", "for him".
    Theirs,
    /// Before the customer's name, or how they are.
    IAm,
    /// Before the customer's name.
    NameIs,
    /// Before the name of somebody else.
    TheirName,
    /// After how many minutes late the customer is.
    LateBy,
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn phrases(table: &[(Feast, &'static str)]) -> Vec<(Feast, &'static str)> {
        let each = |&(feast, names): &(Feast, &'static str)| {
            names
                .split('|')
                .map(move |name| (feast, name))
                .collect::<Vec<_>>()
        };
        table.iter().flat_map(each).collect()
    }

    #[test]
    fn phrases_are_folded() {
        for (feast, phrase) in phrases(english::ENGLISH.feasts)
            .into_iter()
            .chain(phrases(spanish::SPANISH.feasts))
        {
            let plain = phrase.chars().all(|letter| {
                letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == ' '
            });
            assert!(plain, "{feast:?}: {phrase:?}");
            let single = phrase.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(phrase, single, "{feast:?}");
            assert!(phrase.len() > 2, "{feast:?}: {phrase:?}");
        }
    }

    #[test]
    fn a_phrase_names_one_feast_in_a_language() {
        for table in [english::ENGLISH.feasts, spanish::SPANISH.feasts] {
            let mut seen = HashSet::new();
            for (feast, phrase) in phrases(table) {
                assert!(seen.insert(phrase), "{feast:?}: {phrase:?} again");
            }
        }
    }

    #[test]
    fn a_phrase_means_the_same_in_both_languages() {
        let spanish = phrases(spanish::SPANISH.feasts);
        for (feast, phrase) in phrases(english::ENGLISH.feasts) {
            for &(other, _) in spanish.iter().filter(|(_, words)| *words == phrase) {
                assert_eq!(feast, other, "{phrase:?}");
            }
        }
    }

    #[test]
    fn every_feast_has_a_name_and_one_row_a_language() {
        let mut named = HashSet::new();
        for table in [english::ENGLISH.feasts, spanish::SPANISH.feasts] {
            let mut rows = HashSet::new();
            for &(feast, _) in table {
                assert!(rows.insert(feast), "{feast:?} has two rows");
                named.insert(feast);
            }
        }
        for feast in Feast::ALL {
            assert!(named.contains(feast), "{feast:?} has no name");
        }
    }
}
