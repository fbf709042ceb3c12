//! All that the assistant says, one implementation per language.
//!
//! The invariant: nothing is said that does not stand here, so that a language is whole when it
//! compiles. A text never carries more than was asked for: no phone number, no other customer.

mod english;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use crate::{booking::availability::Refusal, language::Language};

/// What can be told about an appointment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Appointment<'a> {
    pub(super) service: &'a str,
    /// The person, where the business has staff.
    pub(super) staff: Option<&'a str>,
    /// By the clock of the business.
    pub(super) at: NaiveDateTime,
    pub(super) minutes: i64,
    pub(super) price: Option<&'a str>,
    pub(super) address: Option<&'a str>,
}

/// What is said after a booking.
#[derive(Debug, Clone, Copy)]
pub(super) struct Aftermath<'a> {
    pub(super) map_url: Option<&'a str>,
    pub(super) policy: Option<&'a str>,
}

/// What the assistant says, in one language.
pub(super) trait Texts: Sync {
    // Times and dates, by the clock of the business.
    fn day(&self, date: NaiveDate) -> String;
    fn clock(&self, time: NaiveTime) -> String;
    /// At most 24 characters.
    fn short_day(&self, date: NaiveDate) -> String;
    /// At most 24 characters.
    fn short_moment(&self, at: NaiveDateTime) -> String;
    fn moment(&self, at: NaiveDateTime) -> String;
    /// Between two minutes of the day; 1440 is midnight.
    fn range(&self, start: u16, end: u16) -> String;
    fn weekday(&self, weekday: chrono::Weekday) -> &'static str;
    fn closed(&self) -> &'static str;
    fn minutes(&self, minutes: i64) -> String;

    // Beginning.
    fn greeting(&self, business: &str) -> String;
    fn menu(&self, business: &str) -> String;
    fn started_over(&self) -> String;
    fn lapsed(&self) -> String;
    fn next_appointment(&self, appointment: &str) -> String;

    /// Opens a list; at most 20 characters.
    fn choose(&self) -> &'static str;

    // Booking.
    fn which_service(&self) -> String;
    fn more_services(&self) -> &'static str;
    fn unknown_service(&self) -> String;
    fn not_with(&self, staff: &str, service: &str) -> String;
    fn which_time(&self, service: &str) -> String;
    fn which_time_on(&self, service: &str, day: &str) -> String;
    fn which_of_the_days(&self) -> String;
    fn which_of_the_times(&self) -> String;
    fn more_times(&self) -> &'static str;
    fn no_times_left(&self, until: &str) -> String;
    fn nothing_then(&self) -> String;
    fn refusal(&self, moment: &str, refusal: Refusal) -> String;
    fn just_taken(&self, moment: &str) -> String;
    fn time_just_taken(&self) -> String;
    fn alternatives(&self) -> String;
    fn no_alternatives(&self) -> String;
    fn ask_name(&self) -> String;
    fn ask_name_again(&self) -> String;
    fn confirm(&self, appointment: &Appointment<'_>, hold_minutes: i64) -> String;
    fn yes_book(&self) -> &'static str;
    fn no_other_time(&self) -> &'static str;
    fn booked(&self, appointment: &Appointment<'_>, aftermath: &Aftermath<'_>) -> String;
    fn already_booked(&self, appointment: &Appointment<'_>) -> String;
    fn declined(&self) -> String;
    fn draft_dropped(&self) -> String;
    fn still_booked(&self, appointment: &str) -> String;
    fn too_many(&self, open: &[String]) -> String;

    // What is booked.
    fn appointments(&self, lines: &[String]) -> String;
    fn no_appointments(&self) -> String;
    fn line(&self, appointment: &Appointment<'_>) -> String;
    fn which_to_cancel(&self) -> String;
    fn confirm_cancel(&self, appointment: &Appointment<'_>) -> String;
    fn yes_cancel(&self) -> &'static str;
    fn no_keep(&self) -> &'static str;
    fn cancelled(&self, appointment: &Appointment<'_>) -> String;
    fn kept(&self, appointment: &Appointment<'_>) -> String;
    fn gone(&self) -> String;
    fn too_late_to_cancel(&self, appointment: &Appointment<'_>, phone: Option<&str>) -> String;
    fn reschedule(&self) -> String;

    // The rest.
    fn hours(&self, lines: &[String]) -> String;
    fn price(&self, service: &str, price: Option<&str>, minutes: i64) -> String;
    fn prices(&self, lines: &[String]) -> String;
    fn address(&self, address: Option<&str>, map_url: Option<&str>) -> String;
    fn how_to_book(&self) -> String;
    fn welcome(&self) -> String;
    fn farewell(&self) -> String;
    fn all_right(&self) -> String;
    fn stopped(&self) -> String;
    fn handoff(&self) -> String;
    fn handoff_not_understood(&self) -> String;
    fn not_understood(&self) -> String;
    fn only_words(&self) -> String;
    fn stale(&self) -> String;
}

/// The texts of a language; English where there are none yet.
pub(super) fn of(language: Language) -> &'static dyn Texts {
    match language {
        Language::English | Language::Spanish => &english::English,
    }
}

/// The text, cut to what a choice's title or description can show.
pub(super) fn fit(text: &str, max_chars: usize) -> String {
    if text.chars().nth(max_chars).is_none() {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(max_chars - 1).collect();
    cut.truncate(cut.trim_end().len());
    cut.push('…');
    cut
}
