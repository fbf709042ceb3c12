//! Laws of reading days and times, over generated input.
//!
//! Every template is a phrase in both languages with one meaning. The expected value is computed for
//! each moment by plain calendar arithmetic.

use std::fmt::Write as _;

use chrono::{NaiveDate, NaiveTime};
use frontdesk::booking::zone::Zone;
use frontdesk::language::{Asked, DateOrder, Language, Phrasebook, Reader};
use proptest::{prelude::*, sample::Index};

use self::{
    days::{DAYS, FEASTS},
    hours::HOURS,
    moment::Moment,
    template::Template,
    windows::WINDOWS,
};
use super::notation::{Salon, is_same, read, words_of};

mod days;
mod hours;
mod moment;
mod noise;
mod template;
mod windows;

/// 2027 and 2028, a leap year.
const DAYS_IN_TWO_YEARS: usize = 731;
/// Times of day.
const TIMES: [(u32, u32); 6] = [(0, 20), (7, 40), (10, 5), (13, 25), (16, 45), (21, 50)];
/// Debug builds check every fifth day at one time, so that every weekday meets every time. Release
/// builds check every day at all times.
const STEP: usize = if cfg!(debug_assertions) { 5 } else { 1 };
const TIMES_A_DAY: usize = if cfg!(debug_assertions) {
    1
} else {
    TIMES.len()
};

/// A business, and the language that customers write to it.
struct Business {
    zone: Zone,
    country: &'static str,
    order: DateOrder,
    language: Language,
}

// === impl Business ===

impl Business {
    /// In the country where most write so.
    fn at_home(language: Language) -> Self {
        match language {
            Language::English => Self::in_america(language),
            Language::Spanish => Self {
                zone: Zone::by_name("Europe/Madrid").unwrap(),
                country: "ES",
                order: DateOrder::DayFirst,
                language,
            },
        }
    }

    fn in_america(language: Language) -> Self {
        Self {
            zone: Zone::by_name("America/New_York").unwrap(),
            country: "US",
            order: DateOrder::MonthFirst,
            language,
        }
    }

    fn moment(&self, day: usize, time: usize) -> Moment {
        let (hour, minute) = TIMES[time % TIMES.len()];
        let first = NaiveDate::from_ymd_opt(2027, 1, 1).unwrap();
        let date = first + chrono::Days::new(day.try_into().unwrap());
        Moment {
            now: date.and_time(NaiveTime::from_hms_opt(hour, minute, 0).unwrap()),
            language: self.language,
            country: self.country,
            order: self.order,
        }
    }

    fn read(&self, text: &str, moment: &Moment) -> Vec<String> {
        let salon = Salon {
            country: self.country,
            order: self.order,
            open: 8 * 60..20 * 60,
            closed: None,
            window_days: 400,
            asked: Asked::Nothing,
            talked_of: None,
        };
        let context = salon.context(moment.now, self.language, &self.zone);
        read(&Phrasebook.read(text, &context).when(), &salon, moment.now)
    }
}

/// The phrases that were read wrong, one a line.
#[derive(Default)]
struct Faults(String);

// === impl Faults ===

impl Faults {
    fn note(&mut self, moment: &Moment, text: &str, meant: &[String], read: &[String]) {
        let now = moment.now.format("%a %Y-%m-%dT%H:%M");
        let (meant, read) = (meant.join(" "), read.join(" "));
        writeln!(self.0, "{now} {text:?}: meant {meant}, read {read}").unwrap();
    }

    fn assert_none(&self) {
        assert!(self.0.is_empty(), "{}", self.0);
    }
}

fn all() -> impl Iterator<Item = &'static Template> {
    all_but_feasts().chain(FEASTS)
}

fn all_but_feasts() -> impl Iterator<Item = &'static Template> {
    DAYS.iter().chain(HOURS).chain(WINDOWS)
}

// === Any day ===

fn assert_any_day(templates: &[Template], language: Language) {
    let business = Business::at_home(language);
    let mut faults = Faults::default();
    for (n, template) in templates.iter().enumerate() {
        let days = (n % STEP..DAYS_IN_TWO_YEARS).step_by(STEP).enumerate();
        let moments = days.flat_map(|(count, day)| {
            let business = &business;
            (0..TIMES_A_DAY).map(move |time| business.moment(day, n + count + time))
        });
        let mut wrong = 0;
        for moment in moments {
            let text = template.text(&moment);
            let meant = words_of(&template.meaning(&moment));
            let read = business.read(&text, &moment);
            if !is_same(&meant, &read) {
                wrong += 1;
                if wrong <= 3 {
                    faults.note(&moment, &text, &meant, &read);
                }
            }
        }
    }
    faults.assert_none();
}

#[test]
fn english_days_mean_the_same_on_any_day() {
    assert_any_day(DAYS, Language::English);
    assert_any_day(FEASTS, Language::English);
}

#[test]
fn spanish_days_mean_the_same_on_any_day() {
    assert_any_day(DAYS, Language::Spanish);
    assert_any_day(FEASTS, Language::Spanish);
}

#[test]
fn english_hours_mean_the_same_on_any_day() {
    assert_any_day(HOURS, Language::English);
}

#[test]
fn spanish_hours_mean_the_same_on_any_day() {
    assert_any_day(HOURS, Language::Spanish);
}

#[test]
fn english_windows_mean_the_same_on_any_day() {
    assert_any_day(WINDOWS, Language::English);
}

#[test]
fn spanish_windows_mean_the_same_on_any_day() {
    assert_any_day(WINDOWS, Language::Spanish);
}

// === Both languages ===

#[test]
fn both_languages_mean_the_same_to_the_same_business() {
    let [english, spanish] = Language::ALL.map(Business::in_america);
    let mut faults = Faults::default();
    for (n, template) in all().enumerate() {
        for day in (n % 61..DAYS_IN_TWO_YEARS).step_by(61) {
            let [one, other] = [&english, &spanish].map(|business| {
                let moment = business.moment(day, n + day);
                let text = template.text(&moment);
                assert!(!text.is_empty());
                let words = business.read(&text, &moment);
                // Spanish has no part of the day that ends at five.
                let words = words
                    .iter()
                    .map(|word| word.replace("p:tarde", "p:afternoon"));
                (moment, text, words.collect::<Vec<_>>())
            });
            if one.2 != other.2 {
                let text = format!("{} / {}", one.1, other.1);
                faults.note(&one.0, &text, &one.2, &other.2);
            }
        }
    }
    faults.assert_none();
}

// === Noise ===

fn assert_no_difference(
    language: Language,
    templates: impl Iterator<Item = &'static Template>,
    noises: impl Fn(&str) -> Vec<String>,
) {
    let business = Business::at_home(language);
    let mut faults = Faults::default();
    for (n, template) in templates.enumerate() {
        let moment = business.moment(n * 37 % DAYS_IN_TWO_YEARS, n);
        let text = template.text(&moment);
        let plain = business.read(&text, &moment);
        for noisy in noises(&text) {
            let read = business.read(&noisy, &moment);
            if read != plain {
                faults.note(&moment, &noisy, &plain, &read);
            }
        }
    }
    faults.assert_none();
}

fn around(language: Language, text: &str) -> Vec<String> {
    let openings = noise::openings(language).iter();
    let closings = noise::closings(language).iter();
    let openings = openings.map(|opening| format!("{opening}{text}"));
    let closings = closings.map(|closing| format!("{text}{closing}"));
    openings.chain(closings).collect()
}

#[test]
fn what_stands_around_an_english_phrase_changes_nothing() {
    assert_no_difference(Language::English, all(), |text| {
        around(Language::English, text)
    });
}

#[test]
fn what_stands_around_a_spanish_phrase_changes_nothing() {
    assert_no_difference(Language::Spanish, all(), |text| {
        around(Language::Spanish, text)
    });
}

#[test]
fn another_spelling_changes_nothing() {
    for language in Language::ALL {
        assert_no_difference(language, all(), |text| {
            noise::SPELLINGS.iter().map(|spell| spell(text)).collect()
        });
    }
}

#[test]
fn a_line_break_between_day_and_hour_changes_nothing() {
    for language in Language::ALL {
        assert_no_difference(language, all(), noise::broken_lines);
    }
}

#[test]
fn a_typo_in_a_long_word_changes_nothing() {
    for language in Language::ALL {
        assert_no_difference(language, all_but_feasts(), noise::typos);
    }
}

/// Every word of the templates of a language.
fn vocabulary(language: Language) -> Vec<&'static str> {
    let words = all().flat_map(|template| template.raw(language).split(' '));
    words.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn noise_of_several_kinds_changes_nothing(
        language in prop::sample::select(&Language::ALL[..]),
        template in prop::sample::select(all_but_feasts().collect::<Vec<_>>()),
        (day, time) in (0..DAYS_IN_TWO_YEARS, 0..TIMES.len()),
        (opening, closing) in (any::<Index>(), any::<Index>()),
        spelling in any::<Index>(),
        typo in any::<Option<Index>>(),
    ) {
        let business = Business::at_home(language);
        let moment = business.moment(day, time);
        let plain = template.text(&moment);
        let typos = noise::typos(&plain);
        let typed = match typo {
            Some(typo) if !typos.is_empty() => typo.get(&typos).clone(),
            _ => plain.clone(),
        };
        let opening = opening.get(noise::openings(language));
        let closing = closing.get(noise::closings(language));
        let noisy = spelling.get(&noise::SPELLINGS)(&format!("{opening}{typed}{closing}"));
        prop_assert_eq!(
            business.read(&noisy, &moment),
            business.read(&plain, &moment),
            "{:?} is not read as {:?} at {}", noisy, plain, moment.now
        );
    }

    #[test]
    fn any_text_is_read_and_twice_the_same(
        text in "\\PC{0,600}",
        language in prop::sample::select(&Language::ALL[..]),
        (day, time) in (0..DAYS_IN_TWO_YEARS, 0..TIMES.len()),
    ) {
        let business = Business::at_home(language);
        let moment = business.moment(day, time);
        prop_assert_eq!(business.read(&text, &moment), business.read(&text, &moment));
    }

    #[test]
    fn any_words_are_read_and_twice_the_same(
        words in prop::collection::vec((any::<Index>(), "[ ,.\n:/-]{1,2}"), 0..80),
        language in prop::sample::select(&Language::ALL[..]),
        (day, time) in (0..DAYS_IN_TWO_YEARS, 0..TIMES.len()),
    ) {
        let business = Business::at_home(language);
        let moment = business.moment(day, time);
        let known = vocabulary(language);
        let words = words.iter().map(|(word, mark)| format!("{}{mark}", word.get(&known)));
        let text: String = words.collect();
        prop_assert_eq!(business.read(&text, &moment), business.read(&text, &moment));
    }
}
