//! What the assistant says in English.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Weekday};

use super::{Aftermath, Appointment, Texts};
use crate::booking::availability::Refusal;

/// English as it is spoken to customers.
pub(super) struct English;

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

impl Texts for English {
    fn day(&self, date: NaiveDate) -> String {
        let (weekday, month) = (self.weekday(date.weekday()), month(date));
        format!("{weekday} {} {month} {}", date.day(), date.year())
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

    fn short_moment(&self, at: NaiveDateTime) -> String {
        format!("{}, {}", self.short_day(at.date()), self.clock(at.time()))
    }

    fn moment(&self, at: NaiveDateTime) -> String {
        format!("{}, {}", self.day(at.date()), self.clock(at.time()))
    }

    fn range(&self, start: u16, end: u16) -> String {
        let clock = |minute: u16| {
            let hour = u32::from(minute / 60 % 24);
            NaiveTime::from_hms_opt(hour, (minute % 60).into(), 0)
                .map_or_else(String::new, |time| self.clock(time))
        };
        format!("{} – {}", clock(start), clock(end))
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

    fn closed(&self) -> &'static str {
        "closed"
    }

    fn minutes(&self, minutes: i64) -> String {
        match (minutes / 60, minutes % 60) {
            (0, _) => format!("{minutes} min"),
            (hours, 0) => format!("{hours} h"),
            (hours, rest) => format!("{hours} h {rest} min"),
        }
    }

    fn greeting(&self, business: &str) -> String {
        format!(
            "Hello! This is {business}. I can book an appointment for you, tell you when yours is, \
             or cancel it. What would you like to book?"
        )
    }

    fn menu(&self, business: &str) -> String {
        format!(
            "This is what I can do at {business}: book an appointment (choose a service below), \
             tell you when yours is (“when is my appointment”), cancel it (“cancel”), or pass you \
             to a person (“human”)."
        )
    }

    fn started_over(&self) -> String {
        "All right, from the beginning.".to_owned()
    }

    fn lapsed(&self) -> String {
        "It has been a while, so let us start over.".to_owned()
    }

    fn next_appointment(&self, appointment: &str) -> String {
        format!("Your next appointment: {appointment}.")
    }

    fn choose(&self) -> &'static str {
        "Choose"
    }

    fn which_service(&self) -> String {
        "What would you like to book?".to_owned()
    }

    fn more_services(&self) -> &'static str {
        "More services"
    }

    fn unknown_service(&self) -> String {
        "That service is not on our list any more.".to_owned()
    }

    fn not_with(&self, staff: &str, service: &str) -> String {
        format!("{staff} does not do “{service}”, but others do.")
    }

    fn which_time(&self, service: &str) -> String {
        format!("{service}: when would you like to come? Choose a time, or tell me a day.")
    }

    fn which_time_on(&self, service: &str, day: &str) -> String {
        format!("{service} on {day}: which time suits you?")
    }

    fn which_of_the_days(&self) -> String {
        "Which day do you mean?".to_owned()
    }

    fn which_of_the_times(&self) -> String {
        "Which of these do you mean?".to_owned()
    }

    fn more_times(&self) -> &'static str {
        "More times"
    }

    fn no_times_left(&self, until: &str) -> String {
        format!("There are no more free times up to {until}.")
    }

    fn nothing_then(&self) -> String {
        "There is nothing free then.".to_owned()
    }

    fn refusal(&self, moment: &str, refusal: Refusal) -> String {
        match refusal {
            Refusal::NotDone | Refusal::Closed => format!("We are closed then ({moment})."),
            Refusal::Taken => format!("{moment} is already taken."),
            Refusal::TooSoon => format!("{moment} is too soon for us."),
            Refusal::TooFar => format!("{moment} is further ahead than I can book."),
            Refusal::OffGrid => format!("Appointments do not start at exactly {moment}."),
        }
    }

    fn just_taken(&self, moment: &str) -> String {
        format!("Sorry, {moment} was just taken by someone else.")
    }

    fn time_just_taken(&self) -> String {
        "Sorry, that time was just taken by someone else.".to_owned()
    }

    fn alternatives(&self) -> String {
        "These are the nearest free times:".to_owned()
    }

    fn no_alternatives(&self) -> String {
        "I have no free time near it. Tell me another day, or write “human” for a person."
            .to_owned()
    }

    fn ask_name(&self) -> String {
        "What name shall I put it under?".to_owned()
    }

    fn ask_name_again(&self) -> String {
        "Please write just the name for the appointment, for example “Maria Lopez”.".to_owned()
    }

    fn confirm(&self, appointment: &Appointment<'_>, hold_minutes: i64) -> String {
        let hold = self.minutes(hold_minutes);
        format!(
            "Please check:\n{}\nShall I book it? I keep the time for you for {hold}.",
            details(self, appointment)
        )
    }

    fn yes_book(&self) -> &'static str {
        "Yes, book it"
    }

    fn no_other_time(&self) -> &'static str {
        "No, another time"
    }

    fn booked(&self, appointment: &Appointment<'_>, aftermath: &Aftermath<'_>) -> String {
        let mut text = format!("Booked! See you then:\n{}", details(self, appointment));
        for line in [aftermath.map_url, aftermath.policy].into_iter().flatten() {
            text.push('\n');
            text.push_str(line);
        }
        text.push_str("\nIf you cannot come, just write “cancel”.");
        text
    }

    fn already_booked(&self, appointment: &Appointment<'_>) -> String {
        format!("It is booked already: {}.", self.line(appointment))
    }

    fn declined(&self) -> String {
        "All right, I have let that time go.".to_owned()
    }

    fn draft_dropped(&self) -> String {
        "All right, nothing is booked. Write any time if you want another appointment.".to_owned()
    }

    fn still_booked(&self, appointment: &str) -> String {
        format!("Your appointment still stands: {appointment}. To cancel it, write “cancel” again.")
    }

    fn too_many(&self, open: &[String]) -> String {
        format!(
            "You have as many appointments as can be booked at once:\n{}\nIf you want another one \
             instead, cancel one first (“cancel”).",
            open.join("\n")
        )
    }

    fn appointments(&self, lines: &[String]) -> String {
        match lines {
            [one] => format!("Your appointment: {one}."),
            _ => format!("Your appointments:\n{}", lines.join("\n")),
        }
    }

    fn no_appointments(&self) -> String {
        "You have no appointment ahead that I know of.".to_owned()
    }

    fn line(&self, appointment: &Appointment<'_>) -> String {
        let with = with(appointment.staff);
        format!(
            "{}{with}, {}",
            appointment.service,
            self.moment(appointment.at)
        )
    }

    fn which_to_cancel(&self) -> String {
        "Which appointment shall I cancel?".to_owned()
    }

    fn confirm_cancel(&self, appointment: &Appointment<'_>) -> String {
        format!(
            "Shall I cancel this appointment?\n{}",
            self.line(appointment)
        )
    }

    fn yes_cancel(&self) -> &'static str {
        "Yes, cancel it"
    }

    fn no_keep(&self) -> &'static str {
        "No, keep it"
    }

    fn cancelled(&self, appointment: &Appointment<'_>) -> String {
        format!(
            "Cancelled: {}. Write any time to book a new one.",
            self.line(appointment)
        )
    }

    fn kept(&self, appointment: &Appointment<'_>) -> String {
        format!("Good, it stays: {}.", self.line(appointment))
    }

    fn gone(&self) -> String {
        "That appointment is not there any more.".to_owned()
    }

    fn too_late_to_cancel(&self, appointment: &Appointment<'_>, phone: Option<&str>) -> String {
        let line = self.line(appointment);
        let reach = match phone {
            Some(phone) => format!("Please call us at {phone}, or write “human”."),
            None => "Please write “human”, so that a person can help you.".to_owned(),
        };
        format!("It is too late to cancel this one here: {line}. {reach}")
    }

    fn reschedule(&self) -> String {
        "To change the time, book the new one first, and then write “cancel” to give up the old \
         one. Or write “human” for a person."
            .to_owned()
    }

    fn hours(&self, lines: &[String]) -> String {
        format!("Our opening hours:\n{}", lines.join("\n"))
    }

    fn price(&self, service: &str, price: Option<&str>, minutes: i64) -> String {
        let minutes = self.minutes(minutes);
        match price {
            Some(price) => format!("{service}: {price}, {minutes}"),
            None => format!("{service}: {minutes}"),
        }
    }

    fn prices(&self, lines: &[String]) -> String {
        format!("Our prices:\n{}", lines.join("\n"))
    }

    fn address(&self, address: Option<&str>, map_url: Option<&str>) -> String {
        match (address, map_url) {
            (None, None) => "Please write “human”, and a person will tell you the way.".to_owned(),
            (Some(address), None) => format!("You find us here: {address}"),
            (None, Some(map)) => format!("You find us here: {map}"),
            (Some(address), Some(map)) => format!("You find us here: {address}\n{map}"),
        }
    }

    fn how_to_book(&self) -> String {
        "To book, tell me what you would like and when.".to_owned()
    }

    fn welcome(&self) -> String {
        "You are welcome!".to_owned()
    }

    fn farewell(&self) -> String {
        "Goodbye!".to_owned()
    }

    fn all_right(&self) -> String {
        "All right. Write any time if I can help.".to_owned()
    }

    fn stopped(&self) -> String {
        "All right, I will not write on my own. Write any time if you need something.".to_owned()
    }

    fn handoff(&self) -> String {
        "I will pass you to a person, who will answer here as soon as possible.".to_owned()
    }

    fn handoff_not_understood(&self) -> String {
        "I am sorry, I do not understand. I will pass you to a person, who will answer here as \
         soon as possible."
            .to_owned()
    }

    fn not_understood(&self) -> String {
        "Sorry, I did not understand that.".to_owned()
    }

    fn only_words(&self) -> String {
        "I can only read text. Please tell me in words.".to_owned()
    }

    fn stale(&self) -> String {
        "That choice is from earlier and no longer holds.".to_owned()
    }
}

fn month(date: NaiveDate) -> &'static str {
    MONTHS[date.month0() as usize % 12]
}

fn with(staff: Option<&str>) -> String {
    staff.map_or_else(String::new, |staff| format!(" with {staff}"))
}

/// The appointment over several lines.
fn details(texts: &English, appointment: &Appointment<'_>) -> String {
    let minutes = texts.minutes(appointment.minutes);
    let price = appointment
        .price
        .map_or_else(String::new, |price| format!(", {price}"));
    let mut text = format!(
        "{}{}\n{}\n{minutes}{price}",
        appointment.service,
        with(appointment.staff),
        texts.moment(appointment.at)
    );
    if let Some(address) = appointment.address {
        text.push('\n');
        text.push_str(address);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_dates_read_as_people_write_them() {
        let at: NaiveDateTime = "2026-03-06T15:30:00".parse().unwrap();
        assert_eq!(English.moment(at), "Friday 6 March 2026, 3:30 PM");
        assert_eq!(English.short_moment(at), "Fri 6 Mar, 3:30 PM");
        assert_eq!(English.clock(NaiveTime::MIN), "12:00 AM");
        assert_eq!(English.range(540, 1440), "9:00 AM – 12:00 AM");
        assert_eq!(English.minutes(90), "1 h 30 min");
    }

    #[test]
    fn the_longest_title_of_a_time_fits_a_list_row() {
        let at: NaiveDateTime = "2026-09-30T12:30:00".parse().unwrap();
        assert!(English.short_moment(at).chars().count() <= 24);
        for title in [
            English.yes_book(),
            English.no_other_time(),
            English.yes_cancel(),
            English.no_keep(),
        ] {
            assert!(title.chars().count() <= 20, "{title} does not fit a button");
        }
    }
}
