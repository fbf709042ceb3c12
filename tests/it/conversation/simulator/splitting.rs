//! The same wish in one message and spread over several ends in the same booking.

use std::fmt::Write as _;

use chrono::NaiveDate;
use frontdesk::language::Language;

use super::{
    Conversation, Scene,
    goal::{Kind, service_name},
    phrases::{Phrases, fill},
    random::Random,
    sight::Question,
};
use crate::conversation::scene::Said;

/// The conversations of each language.
const WISHES: usize = 100;
/// The name of the customer, which WhatsApp tells.
const NAME: &str = "Robin";
/// The least share of the ways to spread a wish that end as one message does, in percent.
const LEAST: usize = 97;

/// Ways to spread a wish: the turns, each with the messages in it.
const WAYS: &[&[&[&str]]] = &[
    &[&["open_service_day_time"]],
    &[&["open_service", "answer_day", "answer_time"]],
    &[&["open_service", "answer_time", "answer_day"]],
    &[&["answer_day_time", "open_service"]],
    &[&["open_service"], &["answer_day"], &["answer_time"]],
    &[&["open_service"], &["answer_time"], &["answer_day"]],
    &[&["open_service"], &["answer_day_time"]],
    &[&["open_service_day"], &["answer_time"]],
    &[&["answer_day"], &["answer_service"], &["answer_time"]],
    &[&["answer_day_time"], &["answer_service"]],
];

/// A wish in words that stay the same however it is spread.
struct Wish {
    service: String,
    day: String,
    time: String,
}

impl Wish {
    fn new(scene: &Scene, phrases: &Phrases, today: NaiveDate, random: &mut Random) -> Self {
        let visit = &scene.goal.last;
        let name = service_name(&scene.business, &visit.service, phrases.language);
        Self {
            service: name.to_owned(),
            day: phrases.day(visit.local.date(), today, random),
            time: phrases.time(visit.local.time(), random),
        }
    }

    fn message(&self, key: &str, phrases: &Phrases, random: &mut Random) -> Said {
        let template = random.pick(phrases.list(key));
        Said::Text(fill(template, |gap| match gap {
            "service" => self.service.clone(),
            "day" => self.day.clone(),
            "time" => self.time.clone(),
            _ => panic!("no such gap: {gap}"),
        }))
    }
}

/// Says a wish in one of the ways, and yes to what shows it; what is booked, and the transcript.
async fn say(scene: &Scene, way: &[&[&str]], wish: &Wish, random: &mut Random) -> (bool, String) {
    let mut conversation = Conversation::new(scene, Some(NAME)).await;
    let customer = scene.customer();
    let mut told = None;
    for turn in way {
        let messages = turn.iter();
        let messages = messages.map(|key| wish.message(key, scene.phrases, random));
        told = Some(conversation.say(messages.collect(), "").await);
        conversation.wait(20);
    }
    let question = Question::of(&told.unwrap(), &scene.business);
    if let Question::Confirm { yes, .. } = &question
        && customer.accepts(&question)
    {
        conversation.say(vec![Said::Tap(yes.clone())], "").await;
    }
    let met = scene.goal.is_met(&conversation.booked(), NAME);
    (met, conversation.transcript)
}

#[tokio::test]
async fn a_wish_in_several_messages_ends_as_in_one() {
    let mut report = String::new();
    let (mut played, mut same) = (0, 0);
    for language in [Language::English, Language::Spanish] {
        let phrases = Phrases::of(language);
        let scenes = (0..).map(|seed| Scene::new(language, seed));
        let scenes = scenes.filter(|scene| scene.goal.kind == Kind::Book);
        let mut counts = vec![(0, 0); WAYS.len()];
        for (n, scene) in scenes.take(WISHES).enumerate() {
            let mut random = Random::new(n as u64);
            let today = scene.business.zone.to_local(scene.now).date();
            let wish = Wish::new(&scene, phrases, today, &mut random);
            let mut in_one = false;
            for (way, count) in WAYS.iter().zip(&mut counts) {
                let (met, transcript) = say(&scene, way, &wish, &mut random).await;
                if way.len() == 1 && way[0].len() == 1 {
                    in_one = met;
                }
                if !in_one {
                    continue;
                }
                count.0 += 1;
                count.1 += usize::from(met);
                if !met && count.0 - count.1 <= 3 {
                    let visit = &scene.goal.last;
                    let (service, at) = (visit.service.as_str(), visit.local);
                    writeln!(report, "{way:?} on {today}: {service} {at}\n{transcript}").unwrap();
                }
            }
        }
        for (way, (all, met)) in WAYS.iter().zip(counts) {
            writeln!(report, "{language:?} {way:?}: {met} of {all}").unwrap();
            played += all;
            same += met;
        }
    }
    println!("{report}");
    assert!(same * 100 >= played * LEAST, "{same} of {played}\n{report}");
}
