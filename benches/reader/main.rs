//! `make bench`: how long the reader takes for a message, beside only folding its words.
//!
//! `cargo bench --bench reader`. The messages are those of the phrase tables and long ones made of
//! them; every figure is of this machine at this moment.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a tool that measures real time, and its report is what it is for"
)]

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use chrono::NaiveDateTime;
use frontdesk::language::{
    Asked, Context, DateOrder, Language, Phrasebook, Reader, day::Weekdays, words::Words,
};

/// The allocator that the server has.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const TABLES: [(Language, &str); 2] = [
    (
        Language::English,
        include_str!("../../tests/it/data/phrases/dates_en.txt"),
    ),
    (
        Language::Spanish,
        include_str!("../../tests/it/data/phrases/dates_es.txt"),
    ),
];
/// As many characters of a text are read.
const LONG: usize = Words::MAX_CHARS;
const ROUNDS: usize = 5;

fn main() {
    println!(
        "{:>8} {:>10} {:>14} {:>14} {:>7} {:>14}",
        "language", "messages", "folding us", "reading us", "ratio", "slowest us"
    );
    for (language, table) in TABLES {
        let messages: Vec<_> = table
            .lines()
            .filter_map(|line| Some(line.split_once(" => ")?.0.to_owned()))
            .collect();
        report(language, "", &messages);
        let long: Vec<_> = messages
            .chunks(40)
            .map(|some| cut(&some.join(" ")))
            .collect();
        report(language, " of 500 characters", &long);
        let hard = HARD.map(|word| cut(&word.repeat(LONG)));
        report(language, " of one word again and again", &hard);
    }
}

/// Words that each begin many rules.
const HARD: [&str; 8] = [
    "monday or ",
    "3 to 4 ",
    "del 3 al 5 ",
    "el lunes o ",
    "1 ",
    "the ",
    "next week ",
    "y media ",
];

fn cut(text: &str) -> String {
    text.chars().take(LONG).collect()
}

fn report(language: Language, kind: &str, messages: &[String]) {
    let (folding, _) = measure(messages, |text| {
        black_box(Words::of(text));
    });
    let context = context(language);
    let (reading, slowest) = measure(messages, |text| {
        black_box(Phrasebook.read(text, &context));
    });
    println!(
        "{:>8} {:>10} {:>14.1} {:>14.1} {:>7.1} {:>14.1}  {kind}",
        language.code(),
        messages.len(),
        micros(folding),
        micros(reading),
        reading.as_secs_f64() / folding.as_secs_f64(),
        micros(slowest),
    );
}

/// The mean of the fastest round, and what the slowest message took in its fastest round.
fn measure(messages: &[String], act: impl Fn(&str)) -> (Duration, Duration) {
    let mut best = vec![Duration::MAX; messages.len()];
    for _ in 0..ROUNDS {
        for (best, message) in best.iter_mut().zip(messages) {
            let began = Instant::now();
            act(message);
            *best = began.elapsed().min(*best);
        }
    }
    let total: Duration = best.iter().sum();
    let count = u32::try_from(messages.len()).expect("there are few");
    (total / count, best.into_iter().max().unwrap_or_default())
}

fn micros(duration: Duration) -> f64 {
    duration.as_nanos() as f64 / 1000.0
}

fn context(language: Language) -> Context<'static> {
    let now: NaiveDateTime = "2026-03-04T10:00:00".parse().expect("it is a time");
    Context {
        now,
        language: Some(language),
        date_order: DateOrder::DayFirst,
        country: Some("ES"),
        last_day: None,
        window: None,
        talked_of: None,
        closed: Weekdays::default(),
        open: None,
        elsewhere: None,
        asked: Asked::Nothing,
        topic: Vec::new(),
        earlier: Vec::new(),
        minutes: Vec::new(),
        services: vec![
            vec!["Haircut", "Corte de pelo"],
            vec!["Hair color", "Tinte"],
            vec!["Beard trim", "Arreglo de barba"],
            vec!["Manicure", "Manicura"],
        ],
        staff: vec!["Ana", "Ben"],
    }
}
