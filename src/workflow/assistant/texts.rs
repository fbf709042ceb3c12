//! All that the assistant says, one file per language: its [`Wording`] and how it writes dates.
//!
//! The invariant: nothing is said that does not stand here or in the business file, so that a
//! language is whole when it compiles. A text never carries more than was asked for: no phone
//! number of a customer, no other customer.

mod english;
mod formal;
mod spanish;

use std::fmt::Debug;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Weekday};

use crate::{
    booking::{Business, Services},
    language::{
        self, Language, OtherClock,
        wording::{Texts, Wording},
    },
};

/// A day and month so few days ahead are of no other year.
const YEAR_IS_PLAIN: i64 = 300;

/// How a language writes dates and times, by the clock of the business.
pub(super) trait Dates: Debug + Sync {
    /// A day with its weekday, without its year.
    fn day(&self, date: NaiveDate) -> String;
    /// A day with its weekday and year.
    fn day_and_year(&self, date: NaiveDate) -> String;
    /// The word for a day that is so many days ahead, where there is one.
    fn nearness(&self, days_ahead: i64) -> Option<&'static str>;
    /// A time of day.
    fn clock(&self, time: NaiveTime) -> String;
    /// A time of day as it stands in a sentence.
    fn the_clock(&self, time: NaiveTime) -> String {
        self.clock(time)
    }
    /// A day in a few characters.
    fn short_day(&self, date: NaiveDate) -> String;
    /// The name of a weekday, as it begins a line.
    fn weekday(&self, weekday: Weekday) -> &'static str;
    /// How long something takes.
    fn minutes(&self, minutes: i64) -> String;

    /// At most 24 characters.
    fn short_moment(&self, at: NaiveDateTime) -> String {
        format!("{}, {}", self.short_day(at.date()), self.clock(at.time()))
    }

    /// A day with its year and a time of day.
    fn moment(&self, at: NaiveDateTime) -> String {
        format!(
            "{}, {}",
            self.day_and_year(at.date()),
            self.clock(at.time())
        )
    }

    /// A day as one says it on another, with its year where it could be missed.
    fn day_seen_from(&self, today: NaiveDate, date: NaiveDate) -> String {
        if (0..=YEAR_IS_PLAIN).contains(&(date - today).num_days()) {
            self.day(date)
        } else {
            self.day_and_year(date)
        }
    }

    /// A day and a time of day as one says them on another day: "tomorrow, Friday 6 March, 3:30 PM".
    fn moment_seen_from(&self, today: NaiveDate, at: NaiveDateTime) -> String {
        let date = at.date();
        let near = self.nearness((date - today).num_days());
        let near = near.map_or_else(String::new, |word| format!("{word}, "));
        let day = self.day_seen_from(today, date);
        format!("{near}{day}, {}", self.clock(at.time()))
    }

    /// Between two minutes of the day; 1440 is midnight.
    fn range(&self, start: u16, end: u16) -> String {
        let clock = |minute: u16| self.clock(time_of(minute));
        format!("{} – {}", clock(start), clock(end))
    }
}

/// The texts of a business in a language, with the owner's own before them.
pub(super) fn of(language: Language, business: &Business) -> Texts<'_> {
    Texts {
        language,
        wording: wording(language, business.formal),
        own: &business.texts,
    }
}

fn wording(language: Language, is_formal: bool) -> &'static Wording {
    match language {
        Language::English => &english::WORDING,
        Language::Spanish if is_formal => &formal::WORDING,
        Language::Spanish => &spanish::WORDING,
    }
}

/// How a language writes dates in a country.
pub(super) fn dates(language: Language, country: Option<&str>) -> &'static dyn Dates {
    match language {
        Language::English => &english::EnglishDates,
        Language::Spanish if matches!(country, Some("ES" | "GQ")) => &spanish::SPAIN,
        Language::Spanish => &spanish::AMERICA,
    }
}

/// The names of services as one says them in a row, without those that left the file; of what
/// somebody else made without naming any, that it is an appointment.
pub(super) fn services(texts: &Texts<'_>, business: &Business, services: &Services) -> String {
    if *services == Services::unnamed() && business.visit(services).is_none() {
        return texts.unnamed_appointment();
    }
    let known = services.iter().filter_map(|id| business.service(id));
    let names: Vec<_> = known.map(|one| one.name.get(texts.language)).collect();
    listed(texts, &names)
}

/// The city by which a zone of the IANA database is named.
pub(super) fn city(zone: &str) -> String {
    zone.rsplit('/').next().unwrap_or(zone).replace('_', " ")
}

/// A sentence that says which time of another place's clock a minute of the business's day is.
pub(super) fn time_elsewhere(
    texts: &Texts<'_>,
    dates: &dyn Dates,
    clock: &OtherClock,
    here: u16,
) -> String {
    let zone = language::zone_name(texts.language, &clock.zone);
    let zone = zone.map_or_else(|| texts.zone_time(&city(&clock.zone)), ToOwned::to_owned);
    let said = dates.the_clock(time_of(clock.minute(here)));
    capitalized(&texts.time_elsewhere(&said, &zone, &dates.the_clock(time_of(here))))
}

/// A text as it begins a sentence or a line.
pub(super) fn capitalized(text: &str) -> String {
    let mut rest = text.chars();
    let first = rest.next().into_iter().flat_map(char::to_uppercase);
    first.chain(rest).collect()
}

/// A minute of the day; 1440 is midnight.
fn time_of(minute: u16) -> NaiveTime {
    let (hour, minute) = (minute / 60 % 24, minute % 60);
    NaiveTime::from_hms_opt(hour.into(), minute.into(), 0).unwrap_or_default()
}

/// The names of languages as one says them in a row.
pub(super) fn languages(texts: &Texts<'_>, languages: &[Language]) -> String {
    let name = |language: &Language| match language {
        Language::English => texts.english(),
        Language::Spanish => texts.spanish(),
    };
    let names: Vec<_> = languages.iter().map(name).collect();
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    listed(texts, &names)
}

/// "A, B and C".
fn listed(texts: &Texts<'_>, names: &[&str]) -> String {
    let Some((last, others @ [_, ..])) = names.split_last() else {
        return names.concat();
    };
    let and = match texts.and() {
        and if and == "y" && sounds_like_i(last) => "e".to_owned(),
        and => and,
    };
    format!("{} {and} {last}", others.join(", "))
}

/// Before that sound "y" becomes "e": "corte e hidratación", but "corte y hielo".
fn sounds_like_i(word: &str) -> bool {
    let word = word.to_lowercase();
    let sound = word.strip_prefix('h').unwrap_or(&word);
    let diphthong = ["ia", "ie", "io", "iu"];
    sound.starts_with(['i', 'í']) && !diphthong.iter().any(|one| sound.starts_with(one))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::wording::Overrides;

    fn texts(language: Language, own: &Overrides) -> Texts<'_> {
        Texts {
            language,
            wording: wording(language, false),
            own,
        }
    }

    #[test]
    fn every_text_of_every_language_could_be_an_owners_own() {
        let mut own = Overrides::default();
        for language in Language::ALL {
            for (name, text) in [false, true]
                .map(|formal| wording(language, formal).all())
                .into_iter()
                .flatten()
            {
                let set = own.set(name.name, language, text);
                assert_eq!(set, Ok(()), "{} in {language:?}", name.name);
            }
        }
    }

    #[test]
    fn a_text_shows_in_one_language_what_it_shows_in_the_other() {
        let places = |text: &str| {
            let mut places: Vec<_> = text
                .split('{')
                .skip(1)
                .filter_map(|part| Some(part.split_once('}')?.0.to_owned()))
                .collect();
            places.sort_unstable();
            places
        };
        for spanish in [&spanish::WORDING, &formal::WORDING] {
            for ((name, one), (_, other)) in english::WORDING.all().zip(spanish.all()) {
                assert_eq!(places(one), places(other), "{}", name.name);
            }
        }
    }

    #[test]
    fn an_owners_text_goes_before_the_formal_one() {
        let file = "name = \"Luna\"\ntimezone = \"UTC\"\nlanguages = [\"es\"]\nformal = true\n\
                    [hours]\nmonday = [\"09:00-17:00\"]\n\
                    [[service]]\nid = \"cut\"\nname = \"Corte\"\nminutes = 30\n\
                    [texts]\nwhich_service = \"¿Qué te hacemos?\"\n";
        let business = Business::parse("luna.toml", file).unwrap();
        let texts = of(Language::Spanish, &business);
        assert_eq!(texts.which_service(), "¿Qué te hacemos?");
        assert_eq!(texts.which_day(), "¿A qué día se refiere?");
    }

    #[test]
    fn names_in_a_row_read_as_one_says_them() {
        let own = Overrides::default();
        let [english, spanish] = Language::ALL.map(|language| texts(language, &own));
        assert_eq!(listed(&english, &[]), "");
        assert_eq!(listed(&english, &["Cut"]), "Cut");
        assert_eq!(
            listed(&english, &["Cut", "Color", "Beard trim"]),
            "Cut, Color and Beard trim"
        );
        for (last, expected) in [
            ("Tinte", "Corte y Tinte"),
            ("Hidratación", "Corte e Hidratación"),
            ("Hielo", "Corte y Hielo"),
        ] {
            assert_eq!(listed(&spanish, &["Corte", last]), expected);
        }
    }

    #[test]
    fn a_time_of_another_place_is_told_by_the_name_of_its_zone_or_of_its_city() {
        let own = Overrides::default();
        for (language, country, zone, ahead_minutes, here, told) in [
            (
                Language::English,
                "US",
                "America/Chicago",
                60,
                16,
                "3:00 PM Central is 4:00 PM here.",
            ),
            (
                Language::English,
                "US",
                "Europe/London",
                -300,
                9,
                "2:00 PM UK time is 9:00 AM here.",
            ),
            (
                Language::English,
                "US",
                "America/La_Paz",
                60,
                10,
                "9:00 AM La Paz time is 10:00 AM here.",
            ),
            (
                Language::Spanish,
                "ES",
                "Atlantic/Canary",
                60,
                16,
                "Las 15:00 de Canarias son las 16:00 aquí.",
            ),
            (
                Language::Spanish,
                "ES",
                "Atlantic/Canary",
                60,
                2,
                "La 1:00 de Canarias son las 2:00 aquí.",
            ),
            (
                Language::Spanish,
                "MX",
                "Europe/Madrid",
                -420,
                13,
                "Las 8:00 p. m. de Madrid son la 1:00 p. m. aquí.",
            ),
            (
                Language::Spanish,
                "MX",
                "Asia/Tokyo",
                -900,
                18,
                "Las 9:00 a. m. hora de Tokyo son las 6:00 p. m. aquí.",
            ),
        ] {
            let zone = zone.into();
            let clock = OtherClock {
                zone,
                ahead_minutes,
            };
            let dates = dates(language, Some(country));
            let sentence = time_elsewhere(&texts(language, &own), dates, &clock, here * 60);
            assert_eq!(sentence, told);
        }
    }

    #[test]
    fn the_longest_title_of_a_time_fits_a_list_row() {
        let start: NaiveDate = "2026-01-01".parse().unwrap();
        let noon = NaiveTime::from_hms_opt(12, 30, 0).unwrap();
        for language in Language::ALL {
            for date in start.iter_days().take(366) {
                let title = dates(language, None).short_moment(date.and_time(noon));
                assert!(title.chars().count() <= 24, "{title}");
            }
        }
    }
}
