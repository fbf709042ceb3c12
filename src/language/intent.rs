//! What a customer wants, by the words that say so.
//!
//! The invariant: assent is only what is nothing but assent. "Yes, but at 4" is no yes.

mod answer;
mod english;

pub(super) use self::answer::answer;
use self::english::{FILLERS, NO, PHRASES, YES};
use super::words::{Words, near};

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
    /// Every one.
    pub(super) const ALL: &'static [Self] = &[
        Self::Greeting,
        Self::Thanks,
        Self::Farewell,
        Self::Book,
        Self::Cancel,
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
        Self::Menu,
        Self::CannotCome,
        Self::Late,
        Self::Earlier,
        Self::Later,
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

/// What the words say that the customer wants.
pub fn intents(words: &Words) -> Vec<Intent> {
    let said = |phrases: &[&str]| phrases.iter().any(|phrase| says(words, phrase));
    let found = PHRASES.iter().filter(|(_, phrases)| said(phrases));
    found.map(|(intent, _)| *intent).collect()
}

fn says(words: &Words, phrase: &str) -> bool {
    if phrase.contains(' ') {
        return words.contain(phrase);
    }
    // A slip in a short word makes another word of it: "dates" and "rates".
    let same = |word: &String| word == phrase || (phrase.len() >= 6 && near(word, phrase));
    words.as_slice().iter().any(same)
}

/// The yes or no that the words are, if they are nothing else.
pub fn assent(words: &Words) -> Option<Assent> {
    let words = words.as_slice();
    let is = |word: &String, list: &[&str]| list.contains(&word.as_str());
    let known = |word: &String| is(word, YES) || is(word, NO) || is(word, FILLERS);
    if !words.iter().all(known) {
        return None;
    }
    let no = words.iter().any(|word| is(word, NO));
    let yes = words.iter().any(|word| is(word, YES) && word != "please");
    match (yes, no) {
        (true, false) => Some(Assent::Yes),
        (false, true) => Some(Assent::No),
        // "No, that is fine" could be either.
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn wants_are_known_by_their_words() {
        for (text, expected) in [
            ("Hi!", vec![Intent::Greeting]),
            ("I want to book an appointment", vec![Intent::Book]),
            (
                "can you cancel my apointment?",
                vec![Intent::Book, Intent::Cancel],
            ),
            (
                "When's my appointment?",
                vec![Intent::Book, Intent::Appointments],
            ),
            ("let me talk to a human", vec![Intent::Human]),
            ("start over", vec![Intent::StartOver]),
            ("how much is it?", vec![Intent::Price]),
            ("when are you open", vec![Intent::Hours]),
            ("thank you so much", vec![Intent::Thanks]),
            ("blue bananas", vec![]),
        ] {
            assert_eq!(intents(&Words::of(text)), expected, "{text}");
        }
    }

    #[test]
    fn assent_is_nothing_but_assent() {
        for (text, expected) in [
            ("Yes", Some(Assent::Yes)),
            ("yes please!", Some(Assent::Yes)),
            ("ok, book it", Some(Assent::Yes)),
            ("sounds good", Some(Assent::Yes)),
            ("👍🏽", Some(Assent::Yes)),
            ("no thanks", Some(Assent::No)),
            ("not now", Some(Assent::No)),
            ("yes but at 4", None),
            ("yes no", None),
            ("no, that is fine", None),
            ("please", None),
            ("thanks", None),
            ("yes cancel", None),
            ("", None),
            ("book a manicure", None),
        ] {
            assert_eq!(assent(&Words::of(text)), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_word_that_is_unknown_makes_no_yes(text in "[a-z ]{0,20}", odd in "[qx][a-z]{5,8}") {
            prop_assert_eq!(assent(&Words::of(&format!("yes {text} {odd}"))), None);
        }
    }
}
