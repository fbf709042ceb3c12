//! What can be said: every text by its name, with the places in it that are filled in.
//!
//! The invariant: a language is whole when it compiles, since a [`Wording`] has every text; and a
//! text of an owner's own has no place that is never filled, and all that must be shown.

use std::collections::BTreeMap;

use super::Language;

/// A text that has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextName {
    /// The key in `[texts]` of a business file.
    pub name: &'static str,
    /// What is filled in, where the text has the place's name in braces.
    pub places: &'static [&'static str],
    /// The most characters that a button or a row of a list shows.
    pub max_chars: Option<usize>,
}

/// The texts that an owner words in their own way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overrides(BTreeMap<(&'static str, Language), Box<str>>);

/// Why a text cannot be said.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WordingFault {
    /// No text has that name.
    #[error("is no text that can be worded")]
    UnknownName,
    /// The text has a place that nothing fills.
    #[error("has {{{place}}}, but only these are filled in: {}", braced(.places))]
    UnknownPlace {
        /// The place.
        place: String,
        /// Those that are filled.
        places: &'static [&'static str],
    },
    /// What a customer must see is not in it.
    #[error("must have {{{0}}} in it, so that the customer sees what they agree to")]
    MissingPlace(&'static str),
    /// It is longer than what a button or list shows.
    #[error("must be at most {0} characters")]
    TooLong(usize),
    /// It is empty.
    #[error("must not be empty")]
    Empty,
}

/// What is said in one language to the customers of one business.
#[derive(Debug, Clone, Copy)]
pub struct Texts<'a> {
    /// The language.
    pub language: Language,
    /// Its texts.
    pub wording: &'static Wording,
    /// The owner's own.
    pub own: &'a Overrides,
}

/// What an owner's own text must show whatever else it says: the invariant of the conversation is
/// that nothing becomes firm that was not echoed.
const MUST: &[(&str, &str)] = &[
    ("confirm", "details"),
    ("confirm_elsewhere", "details"),
    ("confirm_move", "details"),
    ("confirm_change", "details"),
    ("confirm_cancel", "appointment"),
];

macro_rules! texts {
    ($($name:ident($($place:ident),*) $(<= $max:literal)?;)*) => {
        /// Every text in one language. A place in braces is filled in.
        #[derive(Debug)]
        #[expect(missing_docs, reason = "the names say it, and a line for each would only repeat them")]
        pub struct Wording {
            $(pub $name: &'static str,)*
        }

        /// Every text that can be worded.
        pub const NAMES: &[TextName] = &[
            $(TextName {
                name: stringify!($name),
                places: &[$(stringify!($place)),*],
                max_chars: { let max: &[usize] = &[$($max)?]; max.first().copied() },
            },)*
        ];

        impl Wording {
            /// Every text with its name.
            pub fn all(&self) -> impl Iterator<Item = (&'static TextName, &'static str)> {
                NAMES.iter().zip([$(self.$name),*])
            }
        }

        #[expect(missing_docs, reason = "the names say it, and a line for each would only repeat them")]
        impl Texts<'_> {
            $(pub fn $name(&self, $($place: &str),*) -> String {
                let values = [$((stringify!($place), $place)),*];
                self.say(stringify!($name), self.wording.$name, &values)
            })*
        }
    };
}

texts! {
    // Beginning.
    greeting(business);
    menu(business);
    started_over();
    lapsed();
    next_appointment(appointment);
    switched_language();
    other_language(languages);
    choose() <= 20;

    // What is to be booked, and when.
    which_service();
    more_services() <= 24;
    unknown_service();
    not_with(staff, service);
    not_together();
    which_time(service);
    which_time_on(service, day);
    which_part_of(service, day);
    when_again();
    which_day();
    which_of_these();
    more_times() <= 24;
    no_times_left(until);

    // Why a time is not possible.
    nothing_then();
    nothing_before(moment);
    day_full(day);
    refused_closed(moment);
    refused_staff_off(staff, moment);
    refused_taken(moment);
    refused_no_room(services, moment);
    refused_too_soon(moment);
    refused_too_far(moment);
    refused_off_grid(moment);
    just_taken(moment);
    time_just_taken();
    alternatives();
    no_alternatives();

    // Agreeing.
    ask_name();
    ask_their_name();
    ask_name_again();
    confirm(details, hold);
    confirm_again(appointment);
    confirm_move_again(appointment);
    confirm_change_again(appointment);
    yes_book() <= 20;
    no_other_time() <= 20;
    booked(details);
    how_to_change();
    already_booked(appointment);
    no_hurry();
    declined();
    draft_dropped();
    still_booked(appointment);
    too_many(appointments);

    // What is booked.
    unnamed_appointment();
    your_appointment(appointment);
    your_appointments(appointments);
    no_appointments();
    which_to_cancel();
    confirm_cancel(appointment);
    confirm_cancel_all(appointments);
    yes_cancel() <= 20;
    no_keep() <= 20;
    cancelled(appointment);
    kept(appointment);
    gone();
    draft_or_appointment(draft);
    the_new_one() <= 24;
    which_to_move();
    move_when(appointment);
    confirm_move(old, details);
    yes_move() <= 20;
    keep_old_time() <= 20;
    moved(details);
    confirm_change(details);
    yes_change() <= 20;
    changed(details);
    told_too_late(appointment);
    call_us(phone);

    // What the keeper of a calendar is asked for, and has not answered.
    confirm_elsewhere(details);
    booking_it(appointment);
    moving_it(appointment);
    cancelling_it(appointment);
    still_booking(appointment);
    still_changing(appointment);
    delayed(appointment);
    not_there(appointment);
    given_up(appointment);
    calendar_unseen();
    wish_kept();
    try_again() <= 20;
    talk_to_person() <= 20;
    or_person();

    // Told to the staff.
    told_late(appointment);
    told_late_by(minutes, appointment);
    told_earlier(appointment);
    told_group();

    // Before an appointment.
    reminder(business, appointment);
    yes_come() <= 20;
    no_cannot_come() <= 20;
    change_time() <= 20;
    see_you(appointment);
    cannot_come(appointment);

    // The rest.
    opening_hours(hours);
    hours_on(day, hours);
    staff_hours_on(staff, day, hours);
    price(service, price, minutes);
    price_unknown(service, minutes);
    prices(prices);
    our_address(address);
    no_address();
    cut_off(before);
    how_to_book();
    welcome();
    farewell();
    all_right();
    opted_out();
    opted_in();
    handoff();
    handoff_not_understood();
    not_understood();
    not_caught(words);
    ask_otherwise();
    cannot_listen();
    cannot_see();
    cannot_place();
    cannot_open_card();
    cannot_open_form();
    cannot_open_order();
    edited_too_late();
    stale();

    // To the owner.
    notice_booked(who, appointment);
    notice_moved(who, appointment);
    notice_cancelled(who, appointment);
    notice_person_wanted(who, words);
    notice_about_booking(who, appointment, words);
    notice_urgent(who, words);
    notice_dead_turn(who);
    notice_undelivered(who, appointment);
    notice_unrouted(provider);
    notice_token_refused();
    notice_template_refused(template);
    notice_given_up(appointment);
    notice_somebody();

    // Parts of the above.
    with_staff(staff);
    for_somebody(name);
    for_relation(relation);
    zone_time(zone);
    time_elsewhere(said, zone, here);
    english();
    spanish();
    and();
    closed();
}

// === impl Texts ===

impl Texts<'_> {
    fn say(&self, name: &'static str, template: &str, values: &[(&str, &str)]) -> String {
        fill(
            self.own.get(self.language, name).unwrap_or(template),
            values,
        )
    }
}

/// The template with its places filled in. What is filled in is not looked into again.
fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(template.len() + 64);
    let mut rest = template;
    while let Some((before, place, after)) = next_place(rest) {
        text.push_str(before);
        let value = values.iter().find(|(name, _)| *name == place);
        text.push_str(value.map_or("", |(_, value)| value));
        // "3:30 p. m." ends a sentence by itself.
        let ended = text.ends_with('.') && after.starts_with('.') && !after.starts_with("..");
        rest = if ended { &after[1..] } else { after };
    }
    text.push_str(rest);
    text
}

/// What stands before the next place, its name, and what stands after it.
fn next_place(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (place, after) = rest.split_once('}')?;
    Some((before, place, after))
}

// === impl Overrides ===

impl Overrides {
    /// Lets a text be said in the owner's words in one language.
    ///
    /// # Errors
    ///
    /// What is wrong with the name or the text.
    pub fn set(&mut self, name: &str, language: Language, text: &str) -> Result<(), WordingFault> {
        let known = NAMES.iter().find(|known| known.name == name);
        let known = known.ok_or(WordingFault::UnknownName)?;
        known.check(text)?;
        self.0.insert((known.name, language), text.into());
        Ok(())
    }

    /// The owner's words, where there are some.
    pub fn get(&self, language: Language, name: &'static str) -> Option<&str> {
        self.0.get(&(name, language)).map(AsRef::as_ref)
    }
}

// === impl TextName ===

impl TextName {
    /// Whether a text can be said under this name.
    fn check(&self, text: &str) -> Result<(), WordingFault> {
        if text.trim().is_empty() {
            return Err(WordingFault::Empty);
        }
        if let Some(max) = self.max_chars.filter(|max| text.chars().count() > *max) {
            return Err(WordingFault::TooLong(max));
        }
        let mut found = Vec::new();
        let mut rest = text;
        while let Some((_, place, after)) = next_place(rest) {
            if !self.places.contains(&place) {
                return Err(WordingFault::UnknownPlace {
                    place: place.to_owned(),
                    places: self.places,
                });
            }
            found.push(place);
            rest = after;
        }
        let mut musts = MUST.iter().filter(|(name, _)| *name == self.name);
        match musts.find(|(_, must)| !found.contains(must)) {
            Some((_, must)) => Err(WordingFault::MissingPlace(must)),
            None => Ok(()),
        }
    }
}

fn braced(places: &[&str]) -> String {
    if places.is_empty() {
        return "none".to_owned();
    }
    let all = places.iter().map(|place| format!("{{{place}}}"));
    all.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_filled_in_is_not_looked_into() {
        let values = [("a", "{b}"), ("b", "x")];
        assert_eq!(fill("{a}, {b} and {c}", &values), "{b}, x and ");
        assert_eq!(fill("no } place {", &values), "no } place {");
        let values = [("a", "3 p. m.")];
        assert_eq!(
            fill("{a}. {a}, {a}...", &values),
            "3 p. m. 3 p. m., 3 p. m...."
        );
    }

    #[test]
    fn an_own_text_is_checked() {
        let mut own = Overrides::default();
        let mut set = |name, text| own.set(name, Language::English, text);
        assert_eq!(set("greeting", "Hi from {business}!"), Ok(()));
        assert_eq!(set("greeting", "Hi!"), Ok(()));
        assert_eq!(set("greetings", "Hi!"), Err(WordingFault::UnknownName));
        assert_eq!(set("welcome", "  "), Err(WordingFault::Empty));
        assert_eq!(
            set("yes_book", "Yes, please book it now"),
            Err(WordingFault::TooLong(20))
        );
        assert_eq!(
            set("confirm", "Is that all right?"),
            Err(WordingFault::MissingPlace("details"))
        );
        let unknown = set("greeting", "Hi {name}").unwrap_err();
        assert_eq!(
            unknown.to_string(),
            "has {name}, but only these are filled in: {business}"
        );
    }

    #[test]
    fn every_must_is_a_place_of_a_text() {
        for (name, place) in MUST {
            let known = NAMES.iter().find(|known| known.name == *name);
            assert!(
                known.is_some_and(|known| known.places.contains(place)),
                "{name}"
            );
        }
    }

    proptest! {
        #[test]
        fn no_template_panics(template in ".*", value in ".*") {
            let _ = fill(&template, &[("a", &value)]);
            let _ = Overrides::default().set("confirm", Language::Spanish, &template);
        }
    }
}
