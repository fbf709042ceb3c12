//! What the assistant says in English.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike, Weekday};

use super::Dates;
use crate::language::wording::Wording;

/// English as it is spoken to customers: short, friendly, plain.
pub(super) const WORDING: Wording = Wording {
    greeting: "Hello! This is {business}. I can book an appointment for you, move it or cancel \
               it. What would you like to book?",
    menu: "This is what I can do at {business}: book an appointment (choose a service below), \
           tell you when yours is (“when is my appointment”), move it (“move”), cancel it \
           (“cancel”), or pass you to a person (“human”).",
    started_over: "All right, from the beginning.",
    lapsed: "It has been a while, so let us start over.",
    next_appointment: "Your next appointment: {appointment}.",
    switched_language: "Of course, let us go on in English.",
    other_language: "I can only write in {languages} here, so a person will answer you.",
    choose: "Choose",

    which_service: "What would you like to book?",
    more_services: "More services",
    unknown_service: "That service is not on our list any more.",
    not_with: "{staff} does not do “{service}”, but others do.",
    not_together: "Nobody here does all of that in one visit. Let us begin with one of them.",
    which_time: "{service}: when would you like to come? Choose a time, or tell me a day.",
    which_time_on: "{service}, {day}: which time suits you?",
    which_part_of: "{service}, {day}: morning or afternoon? For example:",
    when_again: "When would you like to come?",
    which_day: "Which day do you mean?",
    which_of_these: "Which of these do you mean?",
    more_times: "More times",
    no_times_left: "There are no more free times up to {until}.",

    nothing_then: "There is nothing free then.",
    nothing_before: "There is nothing free before {moment}.",
    day_full: "There is nothing free on {day} any more.",
    refused_closed: "We are closed then ({moment}).",
    refused_staff_off: "{staff} is not in then ({moment}).",
    refused_taken: "That time is already taken ({moment}).",
    refused_no_room: "There is not enough time for {services} then ({moment}).",
    refused_too_soon: "That is too soon for us ({moment}).",
    refused_too_far: "That is further ahead than I can book ({moment}).",
    refused_off_grid: "Appointments do not start at exactly {moment}.",
    just_taken: "Sorry, {moment} was just taken by someone else.",
    time_just_taken: "Sorry, that time was just taken by someone else.",
    alternatives: "These are the nearest free times:",
    no_alternatives: "I have no free time near it. Tell me another day, or write “human” for a \
                      person.",

    ask_name: "What name shall I put it under?",
    ask_their_name: "What is the name of the person who is coming?",
    ask_name_again: "Please write just the name for the appointment, for example “Maria Lopez”.",
    confirm: "{details}\nShall I book it? I keep the time for you for {hold}.",
    confirm_again: "Shall I book it: {appointment}?",
    confirm_move_again: "Shall I move it: {appointment}?",
    confirm_change_again: "Shall I change it: {appointment}?",
    yes_book: "Yes, book it",
    no_other_time: "No, another time",
    booked: "Booked! {details}",
    how_to_change: "If something comes up, just write “move” or “cancel”.",
    already_booked: "It is booked already: {appointment}.",
    no_hurry: "No hurry, take your time.",
    declined: "All right, I have let that time go.",
    draft_dropped: "All right, nothing is booked. Write any time if you want another appointment.",
    still_booked: "Your appointment still stands: {appointment}. To cancel it, write “cancel” \
                   again.",
    too_many: "You have as many appointments as can be booked at once:\n{appointments}\nIf you \
               want another one instead, move one (“move”) or cancel one first (“cancel”).",

    unnamed_appointment: "Appointment",
    your_appointment: "Your appointment: {appointment}.",
    your_appointments: "Your appointments:\n{appointments}",
    no_appointments: "You have no appointment ahead that I know of.",
    which_to_cancel: "Which appointment shall I cancel?",
    confirm_cancel: "Shall I cancel this appointment?\n{appointment}",
    confirm_cancel_all: "Shall I cancel all of these?\n{appointments}",
    yes_cancel: "Yes, cancel it",
    no_keep: "No, keep it",
    cancelled: "Cancelled: {appointment}. Write any time to book a new one.",
    kept: "Good, it stays: {appointment}.",
    gone: "That appointment is not there any more.",
    draft_or_appointment: "Which one shall I cancel: the booking we are making now ({draft}), or \
                           an appointment you already have?",
    the_new_one: "The one we are making",
    which_to_move: "Which appointment shall I move?",
    move_when: "Let us move {appointment}. When would you like to come instead? Choose a time, or \
                tell me a day.",
    confirm_move: "{details}\nShall I move it? Until you say yes, {old} stays yours.",
    yes_move: "Yes, move it",
    keep_old_time: "Keep the old time",
    moved: "Moved! {details}",
    confirm_change: "{details}\nShall I change your appointment like this? Until you \
                     say yes, it stays as it is.",
    yes_change: "Yes, change it",
    changed: "Changed! {details}",
    told_too_late: "It is too late for me to change this one: {appointment}. I have told the \
                    team, and someone will answer you here.",
    call_us: "If it is urgent, call us: {phone}.",

    confirm_elsewhere: "{details}\nShall I book it?",
    booking_it: "One moment, I am booking it: {appointment}. I will tell you when it is done.",
    moving_it: "One moment, I am changing your appointment: {appointment}. Until I tell you that it \
                is done, it stays as it was.",
    cancelling_it: "One moment, I am cancelling it: {appointment}. I will tell you when it is done.",
    still_booking: "I am still booking it: {appointment}. I will tell you when it is done.",
    still_changing: "I am still working on a change of this appointment: {appointment}. I will tell \
                     you when it is done.",
    delayed: "Our calendar does not answer right now, so this is not settled yet: {appointment}. I \
              keep trying and will tell you when it is done.",
    not_there: "That appointment is not in our calendar any more: {appointment}. Write any time if \
                you want a new one.",
    given_up: "I am sorry, I could not settle this with our calendar: {appointment}. I have told the \
               team, and a person will get in touch with you here.",
    calendar_unseen: "I cannot see our calendar right now, so I do not know what is free.",
    wish_kept: "I have kept what you told me: try again in a few minutes, or talk to a person.",
    try_again: "Try again",
    talk_to_person: "Talk to a person",
    or_person: "If you would rather talk to a person, write “human”.",

    told_late: "Thank you for letting us know. I have told the team that you will be late for \
                {appointment}.",
    told_late_by: "Thank you for letting us know. I have told the team that you will be {minutes} \
                   late for {appointment}.",
    told_earlier: "Your appointment is {appointment}. I have told the team that you would like \
                   something earlier; they will write to you here if a time comes free.",
    told_group: "For a group, our team arranges it best. I have told them, and someone will \
                 answer you here.",

    reminder: "A reminder from {business}: {appointment}. Will you be there?",
    yes_come: "Yes, I’ll be there",
    no_cannot_come: "No, I can’t come",
    change_time: "Another time",
    see_you: "Great, see you then: {appointment}.",
    cannot_come: "Thank you for telling us. Shall I cancel it, or would you like another \
                  time?\n{appointment}",

    opening_hours: "Our opening hours:\n{hours}",
    hours_on: "{day}: {hours}",
    staff_hours_on: "{staff}, {day}: {hours}",
    price: "{service}: {price}, {minutes}",
    price_unknown: "{service}: {minutes}",
    prices: "Our prices:\n{prices}",
    our_address: "You find us here: {address}",
    cut_off: "You can move or cancel an appointment here up to {before} before it starts.",
    no_address: "Please write “human”, and a person will tell you the way.",
    how_to_book: "To book, tell me what you would like and when.",
    welcome: "You are welcome!",
    farewell: "Goodbye!",
    all_right: "All right. Write any time if I can help.",
    opted_out: "All right, we will not write to you unasked any more, reminders included. Write \
                any time if you need something, or “START” to get reminders again.",
    opted_in: "Welcome back! You will get our reminders again.",
    handoff: "I will pass you to a person, who will answer here as soon as possible.",
    handoff_not_understood: "I am sorry, I do not understand. I will pass you to a person, who \
                             will answer here as soon as possible.",
    not_understood: "Sorry, I did not understand that.",
    not_caught: "I did not catch “{words}”.",
    ask_otherwise: "Please choose one of these, or tell me in other words. For a person, write “human”.",
    cannot_listen: "I cannot listen to voice messages, I can only read text. Could you write it \
                    to me?",
    cannot_see: "I cannot open that, I can only read text. Could you tell me in words?",
    cannot_place: "Thank you for the location, but I can only read text. Could you tell me in \
                   words?",
    cannot_open_card: "Thank you for the contact, but I cannot open contact cards here. Could you \
                       tell me in words?",
    cannot_open_form: "I cannot read forms here. Could you write to me what you would like, and \
                       when?",
    cannot_open_order: "I cannot open orders here. Please write to me what you would like, and \
                        when.",
    edited_too_late: "I see that you changed an earlier message. I had answered it already, so \
                      please write to me again what you would like.",
    stale: "That choice is from earlier and no longer holds.",

    notice_booked: "{who} booked: {appointment}",
    notice_moved: "{who} moved an appointment, which is now: {appointment}",
    notice_cancelled: "{who} cancelled: {appointment}",
    notice_person_wanted: "{who} needs a person: “{words}”",
    notice_about_booking: "{who} writes about {appointment}: “{words}”",
    notice_urgent: "Urgent, from {who}: “{words}”",
    notice_dead_turn: "A message of {who} could not be answered; please look after it.",
    notice_undelivered: "A message to {who} did not arrive. Please reach them another way about: \
                         {appointment}",
    notice_unrouted: "Something came from {provider} for a number or location that is not set up here, \
                      and is not answered. Please have the setup checked.",
    notice_token_refused: "Messages to customers are refused by the provider and wait: the access \
                           token is not valid or lacks a permission.",
    notice_template_refused: "WhatsApp refuses the message template {template}, and what is sent by it \
                              waits. Please look at it in WhatsApp Manager.",
    notice_given_up: "This could not be settled with the calendar. Please look whether it is as it \
                      should be: {appointment}",
    notice_somebody: "A customer",

    with_staff: "with {staff}",
    for_somebody: "for {name}",
    for_relation: "for your {relation}",
    zone_time: "{zone} time",
    time_elsewhere: "{said} {zone} is {here} here.",
    english: "English",
    spanish: "Spanish",
    and: "and",
    closed: "closed",
};

/// Dates as most of the English-speaking world can read them.
#[derive(Debug)]
pub(super) struct EnglishDates;

impl Dates for EnglishDates {
    fn day(&self, date: NaiveDate) -> String {
        let (weekday, month) = (self.weekday(date.weekday()), month(date));
        format!("{weekday} {} {month}", date.day())
    }

    fn day_and_year(&self, date: NaiveDate) -> String {
        format!("{} {}", self.day(date), date.year())
    }

    fn nearness(&self, days_ahead: i64) -> Option<&'static str> {
        match days_ahead {
            0 => Some("today"),
            1 => Some("tomorrow"),
            _ => None,
        }
    }

    fn clock(&self, time: NaiveTime) -> String {
        let (afternoon, hour) = time.hour12();
        let half = if afternoon { "PM" } else { "AM" };
        format!("{hour}:{:02} {half}", time.minute())
    }

    fn short_day(&self, date: NaiveDate) -> String {
        let weekday = &self.weekday(date.weekday())[..3];
        format!("{weekday} {} {}", date.day(), &month(date)[..3])
    }

    fn weekday(&self, weekday: Weekday) -> &'static str {
        match weekday {
            Weekday::Mon => "Monday",
            Weekday::Tue => "Tuesday",
            Weekday::Wed => "Wednesday",
            Weekday::Thu => "Thursday",
            Weekday::Fri => "Friday",
            Weekday::Sat => "Saturday",
            Weekday::Sun => "Sunday",
        }
    }

    fn minutes(&self, minutes: i64) -> String {
        match (minutes / 60, minutes % 60) {
            (0, _) => format!("{minutes} min"),
            (hours, 0) => format!("{hours} h"),
            (hours, rest) => format!("{hours} h {rest} min"),
        }
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn month(date: NaiveDate) -> &'static str {
    MONTHS[date.month0() as usize % 12]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_dates_read_as_people_write_them() {
        let at: chrono::NaiveDateTime = "2026-03-06T15:30:00".parse().unwrap();
        let dates = EnglishDates;
        assert_eq!(dates.moment(at), "Friday 6 March 2026, 3:30 PM");
        for (today, said) in [
            ("2026-03-06", "today, Friday 6 March, 3:30 PM"),
            ("2026-03-05", "tomorrow, Friday 6 March, 3:30 PM"),
            ("2025-12-31", "Friday 6 March, 3:30 PM"),
            ("2025-03-31", "Friday 6 March 2026, 3:30 PM"),
            ("2026-03-07", "Friday 6 March 2026, 3:30 PM"),
        ] {
            assert_eq!(dates.moment_seen_from(today.parse().unwrap(), at), said);
        }
        assert_eq!(dates.short_moment(at), "Fri 6 Mar, 3:30 PM");
        assert_eq!(dates.clock(NaiveTime::MIN), "12:00 AM");
        assert_eq!(dates.range(540, 1440), "9:00 AM – 12:00 AM");
        assert_eq!(dates.minutes(90), "1 h 30 min");
    }
}
