//! What a customer wants, by the words that say so.
//!
//! The invariant: a wish is read from its own words. Those of a yes, a hesitation or a goodbye wish
//! nothing: "see you later" is no wish for a later time.

mod answer;

pub(super) use self::answer::{minutes_late, wishes};

/// Something a customer may want. Several can be in one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Intent {
    /// Says hello.
    Greeting,
    /// Says thank you.
    Thanks,
    /// Says goodbye.
    Farewell,
    /// Wants an appointment, or to see what there is.
    Book,
    /// Wants to give an appointment up.
    Cancel,
    /// Takes back what they were about to do.
    NeverMind,
    /// Wants an appointment to stay as it is.
    Keep,
    /// Asks until when an appointment can be changed.
    Policy,
    /// Wants an appointment at another time.
    Reschedule,
    /// Asks for their appointments.
    Appointments,
    /// Wants a person.
    Human,
    /// Wants to begin again.
    StartOver,
    /// Wants no more messages.
    Stop,
    /// Asks for the opening hours.
    Hours,
    /// Asks for a price.
    Price,
    /// Asks for the way.
    Address,
    /// Asks for other times.
    More,
    /// Wants the first time there is.
    Soonest,
    /// The last time there is.
    Latest,
    /// Asks what can be done here.
    Menu,
    /// Cannot come to an appointment: it is to be given up or moved.
    CannotCome,
    /// Will be late.
    Late,
    /// Asks for something before what was offered or booked.
    Earlier,
    /// Asks for something after what was offered or booked.
    Later,
    /// At the hour of the appointment that is spoken of.
    SameTime,
    /// Any day and time will do.
    Anytime,
    /// Anyone who works there will do.
    Anyone,
    /// Wants messages again, after [`Intent::Stop`].
    Resume,
    /// Asks for another language.
    Language,
    /// Wants to come with others, each with an appointment of their own.
    Group,
}

impl Intent {
    /// Returns whether it is politeness, and wants nothing.
    pub fn is_courtesy(self) -> bool {
        matches!(self, Self::Greeting | Self::Thanks | Self::Farewell)
    }

    /// Every one.
    pub(super) const ALL: &'static [Self] = &[
        Self::Greeting,
        Self::Thanks,
        Self::Farewell,
        Self::Book,
        Self::Cancel,
        Self::NeverMind,
        Self::Keep,
        Self::Policy,
        Self::Reschedule,
        Self::Appointments,
        Self::Human,
        Self::StartOver,
        Self::Stop,
        Self::Hours,
        Self::Price,
        Self::Address,
        Self::More,
        Self::Soonest,
        Self::Latest,
        Self::Menu,
        Self::CannotCome,
        Self::Late,
        Self::Earlier,
        Self::Later,
        Self::SameTime,
        Self::Anytime,
        Self::Anyone,
        Self::Resume,
        Self::Language,
        Self::Group,
    ];
}

/// An answer to a question of yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Assent {
    /// Yes.
    Yes,
    /// No.
    No,
}
