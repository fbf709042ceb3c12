use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta};
use proptest::prelude::*;

use super::*;
use crate::booking::zone::Zone;
use crate::language::{Asked, DateOrder, Slot, clock::Clock, day::Weekdays};

fn context(now: NaiveDateTime, asked: Asked) -> Context<'static> {
    Context {
        now,
        language: None,
        date_order: DateOrder::Either,
        country: None,
        last_day: None,
        window: None,
        talked_of: None,
        closed: Weekdays::default(),
        open: None,
        elsewhere: None,
        asked,
        topic: Vec::new(),
        earlier: Vec::new(),
        minutes: Vec::new(),
        services: vec![vec!["Haircut", "Corte de pelo"], vec!["Tinte"], vec![]],
        staff: vec!["Ana", "José Luis", ""],
    }
}

fn now() -> impl Strategy<Value = NaiveDateTime> {
    let first = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap_or_default();
    (0_i64..4 * 366 * 24 * 60).prop_map(move |minutes| {
        first.and_time(chrono::NaiveTime::MIN) + TimeDelta::minutes(minutes)
    })
}

fn asked() -> impl Strategy<Value = Asked> {
    prop::sample::select(vec![Asked::Nothing, Asked::Time, Asked::Name])
}

#[test]
fn a_bound_is_of_the_hours_at_which_it_is_open() {
    let monday = NaiveDate::from_ymd_opt(2026, 12, 7).unwrap_or_default();
    let mut context = context(monday.and_time(chrono::NaiveTime::MIN), Asked::Nothing);
    let from = |context: &Context<'_>| {
        let times = Phrasebook.read("friday after 7", context).when().times;
        times.from.map(Clock::likely)
    };
    assert_eq!(from(&context), Some(7 * 60));
    context.open = Some((9 * 60, 20 * 60));
    assert_eq!(from(&context), Some(19 * 60));
}

/// Texts made of what the grammar knows, which go deeper than any characters do.
fn sentence() -> impl Strategy<Value = String> {
    let words = "next|friday|el|martes|que viene|a las|at|3|15:30|half|past|y|media|menos|cuarto|\
        to|from|de|la|tarde|morning|mañana|pasado|in|en|two|dos|weeks|semanas|week|the|14th|of|\
        march|marzo|3/14|31|between|entre|and|or|o|not|no|but|menos|after|antes de|until|hasta|\
        cancel|move|mi cita|my appointment|to|al|for|para|2|people|my son|Leo|with|con|Ana|,|.|?|\
        last|either|this|month|end of|fin de|haircut|tinte|12|pm|noon|ish|onwards|yes|sí|instead of";
    let words: Vec<_> = words.split('|').collect();
    prop::collection::vec(prop::sample::select(words), 0..24).prop_map(|words| words.join(" "))
}

/// The days of the fortnight from Monday 2 March on that a text asks for.
fn days_wished(text: &str) -> Vec<u32> {
    let monday = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap_or_default();
    let now = monday.and_time(chrono::NaiveTime::MIN) + TimeDelta::hours(10);
    let days = Phrasebook
        .read(text, &context(now, Asked::Nothing))
        .when()
        .days;
    let asked_for = |day: &NaiveDate| days.as_ref().is_some_and(|days| days.contain(*day));
    monday
        .iter_days()
        .take(14)
        .filter(asked_for)
        .map(|day| day.day())
        .collect()
}

#[test]
fn one_of_two_days_that_is_named_once_more_is_meant_unless_it_is_refused() {
    for (text, days) in [
        ("wed or thu, thu is better", vec![5]),
        ("friday or saturday, saturday works best for me", vec![7]),
        ("wed or thu, wed not so good", vec![4, 5]),
        ("wed or thu, wed is a bit too soon", vec![4, 5]),
        ("el jueves o el viernes, el viernes mejor", vec![6]),
    ] {
        let meant = days_wished(text);
        assert_eq!(meant, days, "{text}");
    }
}

#[test]
fn that_part_of_a_day_is_of_the_day_that_was_told() {
    for (text, days) in [
        (
            "my graduation is on the 12th, could I come that morning?",
            vec![12],
        ),
        (
            "la boda es el viernes, ¿puedo ir esa misma mañana?",
            vec![6],
        ),
        ("a haircut on Friday, we have a party that night", vec![6]),
    ] {
        assert_eq!(days_wished(text), days, "{text}");
    }
}

#[test]
fn a_weekday_with_what_it_is_for_is_one_day_and_not_each() {
    let monday = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap_or_default();
    let context = context(monday.and_time(chrono::NaiveTime::MIN), Asked::Nothing);
    let is_each = |text: &str| {
        let days = Phrasebook.read(text, &context).when().days;
        matches!(days, Some(crate::language::day::Days::Each(_)))
    };
    assert!(is_each("fridays work for me") && is_each("I'm free tuesdays"));
    for text in ["fridays better", "thursdays good for me", "wednesdays appt"] {
        assert!(!is_each(text), "{text}");
    }
}

#[test]
fn a_wish_after_what_is_told_stands_for_itself_without_a_comma() {
    for (text, days) in [
        ("i fly out saturday can i come the thursday before", vec![5]),
        ("i work wednesday could we do thursday", vec![5]),
    ] {
        assert_eq!(days_wished(text), days, "{text}");
    }
}

#[test]
fn whose_a_service_is_names_them() {
    let name = |text: &str| {
        let reading = read(text, Asked::Nothing);
        let other = reading.other();
        other.and_then(|other| other.name.as_deref().map(str::to_owned))
    };
    assert_eq!(
        name("can milo have a haircut friday").as_deref(),
        Some("Milo")
    );
    assert_eq!(
        name("need milos haircut done friday").as_deref(),
        Some("Milo")
    );
    assert_eq!(
        name("corte de pelo de Nico el viernes").as_deref(),
        Some("Nico")
    );
    assert_eq!(name("tomorrows haircut"), None);
    assert_eq!(name("gents haircut at 3"), None);
    assert_eq!(name("can anyone have a haircut on friday"), None);
}

#[test]
fn too_behind_somebody_ends_in_one_more_who_comes() {
    let adds = |text: &str| {
        let reading = read(text, Asked::Proposal);
        let mut slots = reading.acts.iter().flat_map(|act| &act.slots);
        slots.any(|slot| matches!(slot, Slot::AddsPerson))
    };
    assert!(adds("yes, and my cousin Rob too, straight after") && adds("sí, y mi primo también"));
    assert!(!adds("yes, my cousin loves it too much") && !adds("sí, mi primo también dice que sí"));
}

#[test]
fn a_service_wished_but_for_the_one_that_is_booked_replaces_it() {
    let replaces = |text: &str| read(text, Asked::Nothing).reference().replaces;
    assert!(replaces(
        "I have a haircut booked on Friday but I want a tinte"
    ));
    assert!(replaces("tengo corte de pelo el viernes pero quiero tinte"));
    assert!(!replaces("my haircut is on friday, do you do tinte?"));
    assert!(!replaces(
        "I have a haircut booked on friday but do you want a tinte?"
    ));
    assert!(!replaces(
        "I have a haircut on Friday but I want to pay by card"
    ));
}

#[test]
fn a_contraction_is_no_weekday_and_tells_nothing_of_the_past() {
    for (text, days) in [
        ("we'd love a haircut on friday", vec![6]),
        ("We’d rather come on thursday", vec![5]),
        ("we're around on friday", vec![6]),
        ("we were there on friday", vec![]),
        ("wed", vec![4]),
        ("wed's best", vec![4]),
        ("on 'wed'", vec![4]),
    ] {
        assert_eq!(days_wished(text), days, "{text}");
    }
}

#[test]
fn a_time_by_another_clock_tells_by_which() {
    let new_york = Zone::by_name("America/New_York").unwrap();
    let now = "2026-03-03T10:00:00".parse().unwrap();
    for (text, clock) in [
        ("haircut tomorrow at 3pm", None),
        ("haircut tomorrow at 3pm eastern", None),
        (
            "haircut tomorrow at 3pm central",
            Some(("America/Chicago", 60)),
        ),
        ("after 1pm central tomorrow", Some(("America/Chicago", 60))),
        (
            "friday between 1 and 3 pacific",
            Some(("America/Los_Angeles", 180)),
        ),
        ("thursday at 6pm london time", Some(("Europe/London", -300))),
        // By then only the clock of New York is put forward.
        ("march 10 at 6pm london time", Some(("Europe/London", -240))),
        (
            "el jueves a las 15 h de canarias",
            Some(("Atlantic/Canary", -300)),
        ),
        (
            "el 10 de marzo a las 18:00 hora de madrid",
            Some(("Europe/Madrid", -300)),
        ),
    ] {
        let context = Context {
            elsewhere: Some(&new_york),
            ..context(now, Asked::Nothing)
        };
        let when = Phrasebook.read(text, &context).when();
        let told = when
            .other_clock
            .map(|clock| (clock.zone, clock.ahead_minutes));
        let clock = clock.map(|(zone, ahead)| (Box::from(zone), ahead));
        assert_eq!(told, clock, "{text}");
    }
}

#[test]
fn what_happens_in_the_customers_life_is_no_wish_but_the_rest_is() {
    for (text, days) in [
        (
            "haircut before my sister's wedding on the 12th, thursday?",
            vec![5],
        ),
        (
            "I need a haircut before school starts on the 9th",
            (2..=8).collect(),
        ),
        ("a cut of my son's hair on friday", vec![6]),
        ("cortarle el pelo a mi hijo el viernes", vec![6]),
        ("boda de mi prima el 12", vec![]),
        ("antes de la boda el 12", vec![]),
        ("antes de la boda de mi prima el 12", vec![]),
        (
            "un tinte antes de la boda de mi prima el 12, mejor el viernes",
            vec![6],
        ),
        ("haircut before the 5th", vec![2, 3, 4]),
        ("we go off on our cruise on the 12th, friday?", vec![6]),
        ("I ran a marathon on the 8th. is thursday free", vec![5]),
        (
            "my sister broke her toe on monday, can she come friday",
            vec![6],
        ),
        (
            "Leo has a tennis match on saturday. could he come on friday",
            vec![6],
        ),
        ("they have the car on friday", vec![]),
        ("it is a bit dear for me this week", vec![]),
        ("I have friday off", vec![6]),
        ("I wanted friday", vec![6]),
        ("the two of us on friday", vec![6]),
        ("el 12 cumplió años mi gata, el viernes puede ser?", vec![6]),
        (
            "el jueves es su actuación del colegio. al día siguiente?",
            vec![6],
        ),
        ("el lunes llega mi suegra. el viernes?", vec![6]),
        ("me caso el 6, el día antes", vec![5]),
        ("she's been lost since tuesday. friday please", vec![6]),
        ("we got back on the 5th, is friday free", vec![6]),
        ("hope you had a good tuesday! is friday free", vec![6]),
        ("she's surfing thursday, friday?", vec![6]),
        (
            "el viernes mejor, que el jueves tengo una comunión",
            vec![6],
        ),
    ] {
        assert_eq!(days_wished(text), days, "{text}");
    }
}

/// Reads a text after this question was asked.
fn read(text: &str, asked: Asked) -> Reading {
    let monday = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap_or_default();
    let now = monday.and_time(chrono::NaiveTime::MIN) + TimeDelta::hours(10);
    Phrasebook.read(text, &context(now, asked))
}

#[test]
fn what_is_said_over_is_taken_back() {
    for (text, days) in [
        ("tuesday, sorry, I meant thursday", vec![5]),
        ("el martes, perdón, quise decir el jueves", vec![5]),
        ("thursday, i mean it", vec![5]),
    ] {
        assert_eq!(days_wished(text), days, "{text}");
    }
    let reading = read(
        "a tinte – sorry, I meant a haircut, friday at 3",
        Asked::Nothing,
    );
    assert_eq!(reading.services(), [[0]]);
}

#[test]
fn an_hour_that_suits_is_a_time_where_one_was_asked_for() {
    for text in [
        "4 suits",
        "9 works",
        "11 would be grand",
        "11, either of the two girls is grand",
    ] {
        let reading = read(text, Asked::Time);
        assert_eq!(reading.when().times.at.len(), 1, "{text}: {reading:?}");
        assert!(reading.when().days.is_none(), "{text}: {reading:?}");
    }
}

#[test]
fn somebody_else_is_told_of_by_relation_and_name() {
    for (text, name) in [
        ("quiero hora para mi sobrino Gael, que tiene 4 años", "Gael"),
        ("es para mi abuela, Carmen Ruiz se llama", "Carmen Ruiz"),
        ("vengo con mi novia, ella se llama Inés", "Inés"),
        ("it's about my daughter Joy", "Joy"),
        ("I want to bring my son Max in on friday", "Max"),
    ] {
        let reading = read(text, Asked::Nothing);
        assert_eq!(
            reading.other().and_then(|other| other.name.as_deref()),
            Some(name),
            "{text}: {reading:?}"
        );
        assert!(reading.other().is_some(), "{text}");
    }
    let asked = read("cómo se llama la chica que me peinó?", Asked::Nothing);
    assert_eq!(asked.other(), None);
}

#[test]
fn a_name_that_is_nearly_a_wish_is_none() {
    let reading = read("un corte para la Canela el viernes", Asked::Nothing);
    assert!(!reading.has(Intent::Cancel), "{reading:?}");
    assert!(read("quiero canclar la cita", Asked::Nothing).has(Intent::Cancel));
}

#[test]
fn what_both_are_taken_off_is_cancelled() {
    for text in [
        "quíteme las dos",
        "sí, quítame las dos porfa",
        "ya no voy a necesitar ninguna de las dos citas",
    ] {
        let reading = read(text, Asked::Nothing);
        assert!(reading.has(Intent::Cancel), "{text}");
        assert!(
            reading.when().times.is_empty() && reading.about().times.is_empty(),
            "{text}"
        );
    }
}

#[test]
fn two_who_come_are_told_apart() {
    let reading = read(
        "para el viernes: un corte de pelo para mí a las 5 y un tinte para mi mujer Dolores a las 6",
        Asked::Nothing,
    );
    let whose: Vec<_> = reading.guests().iter().map(|guest| guest.is_self).collect();
    assert_eq!(whose, [true, false], "{reading:?}");
    for text in [
        "it's about my son Art. A haircut for him, friday",
        "Physio wants me in for Haircut twice",
        "el 31 se casa mi prima, un tinte para mí",
        "Could a haircut be done friday for me",
    ] {
        let reading = read(text, Asked::Nothing);
        assert!(reading.guests().is_empty(), "{text}: {reading:?}");
    }
}

#[test]
fn one_who_is_told_of_twice_is_one() {
    for (text, name) in [
        (
            "my aunt has no phone so I'm asking. a haircut for Paula on friday at 4",
            "Paula",
        ),
        (
            "A haircut on friday. It isn't for me, it's for my uncle Pedro",
            "Pedro",
        ),
        (
            "no es para mí, es para mi sobrino Gael: corte de pelo el viernes",
            "Gael",
        ),
        (
            "could you fit my aunt in for a haircut friday at 4? Paula",
            "Paula",
        ),
        (
            "me agendas a mi cuñada Paula el viernes para corte de pelo",
            "Paula",
        ),
        (
            "mi prima quiere corte de pelo el viernes. a nombre de Paula",
            "Paula",
        ),
        ("Paula (my cousin) needs a haircut on friday", "Paula"),
        (
            "turno para mi tía xfa, Paula, corte de pelo, el viernes",
            "Paula",
        ),
    ] {
        let reading = read(text, Asked::Nothing);
        assert!(reading.guests().is_empty(), "{text}: {reading:?}");
        assert!(reading.other().is_some(), "{text}");
        assert_eq!(
            reading.other().and_then(|other| other.name.as_deref()),
            Some(name),
            "{text}: {reading:?}"
        );
    }
    for text in [
        "my wife needs the car on friday",
        "let me ask my husband Tom",
    ] {
        assert!(read(text, Asked::Nothing).other().is_none(), "{text}");
    }
}

#[test]
fn two_who_come_each_have_their_service() {
    for text in [
        "one for me and one for my niece: haircut then tinte, friday at 4",
        "there's two of us, my niece and me. a haircut for me, tinte for the other, friday",
        "need a haircut friday at 4 and tinte for my niece as soon as I'm done",
        "mi primo va conmigo el viernes: lo mío corte de pelo, lo otro tinte",
        "primero yo el viernes con corte de pelo y luego mi hermanita tinte",
    ] {
        let reading = read(text, Asked::Nothing);
        assert_eq!(reading.guests().len(), 2, "{text}: {reading:?}");
        for guest in reading.guests() {
            let service = usize::from(!guest.is_self);
            assert_eq!(guest.services, [[service]], "{text}: {guest:?}");
        }
    }
}

#[test]
fn what_follows_a_cancellation_is_wished() {
    for text in [
        "cancel mine and book me a haircut on friday at 4",
        "drop my appointment please, then a haircut for friday at 4. cancel it",
        "cancelar mi cita y tomar otra: corte de pelo el viernes a las 16:00",
        "need to cancel and start again: a haircut on friday at 4",
    ] {
        let reading = read(text, Asked::Nothing);
        assert!(reading.has(Intent::Cancel), "{text}: {reading:?}");
        assert!(!reading.has(Intent::StartOver), "{text}");
    }
    let reading = read(
        "cancel mine and book me a haircut on friday at 4",
        Asked::Nothing,
    );
    assert!(
        reading.when().days.is_some() && reading.about().is_empty(),
        "{reading:?}"
    );
}

#[test]
fn a_shift_is_counted_from_what_there_is() {
    for text in [
        "could I come an hour after mine",
        "an hour later than planned please",
        "una hora más tarde de lo que reservé",
        "atrásame la cita una hora",
    ] {
        let reading = read(text, Asked::Nothing);
        let minutes = reading.find(|slot| match slot {
            Slot::Shift(shift) => Some(shift.minutes),
            _ => None,
        });
        assert_eq!(minutes, Some(60), "{text}");
        assert!(reading.reference().is_own, "{text}");
    }
}

#[test]
fn both_of_two_are_no_hour() {
    for text in [
        "yes, both",
        "both of them please",
        "sí, las dos",
        "los dos porfa",
        "sí, ambas",
    ] {
        let reading = read(text, Asked::Proposal);
        assert!(
            reading.reference().is_all && reading.when().is_empty(),
            "{text}: {reading:?}"
        );
    }
    for text in ["anule las dos citas", "las dos a la vez, el viernes"] {
        let reading = read(text, Asked::Nothing);
        assert!(reading.reference().is_all, "{text}");
        assert!(reading.when().times.is_empty(), "{text}: {reading:?}");
    }
    for text in [
        "a las dos",
        "el viernes a las dos",
        "las dos y media",
        "puede ser las dos?",
    ] {
        assert!(
            !read(text, Asked::Nothing).when().times.is_empty(),
            "{text}"
        );
    }
}

#[test]
fn wishes_are_read_in_many_words() {
    use Intent as I;
    for (wish, texts) in [
        (
            I::Human,
            "can I talk to a person|can someone call me|someone real please|quiero hablar con una persona",
        ),
        (
            I::Soonest,
            "whats the first slot you have|the first one you've got|first thing friday|el lunes a primera hora|the earliest will do|I'll take the earliest|first thing you've got|el más temprano que tengas|a la hora más temprana que tengai|lo antes posible|lo primero que haya",
        ),
        (
            I::Anytime,
            "either works|whichever you've got|you choose|la que sea|cualquiera me sirve",
        ),
        (
            I::Anyone,
            "whoever is in is fine|doesn't matter which barber|con quien sea|con quien esté disponible",
        ),
        (
            I::Cancel,
            "take me off the list|cross me off please|gotta scrap friday|bájame nomás|gonna have to bail on friday|we won't be needing our appointments any more|need to scrap one of my appointments|borra la hora|anule su clase|anulen las dos horas|ya no me voy a hacer el tinte",
        ),
        (
            I::CannotCome,
            "can't make either of my appointments|ya no va a ir el jueves|can't make 2|I can't do thursday|cannot make it on friday",
        ),
        (
            I::Reschedule,
            "me la pasas para el viernes?|pasémosla pal martes|quiero correr mi cita",
        ),
        (
            I::Price,
            "y cuánto se demora?|how long does it take?|cuánto dura",
        ),
    ] {
        for text in texts.split('|') {
            assert!(read(text, Asked::Nothing).has(wish), "{wish:?}: {text}");
        }
    }
    for (wish, texts) in [
        (
            I::Human,
            "can someone look at it tomorrow|whoever is in is fine|who can see me",
        ),
        (
            I::Earlier,
            "the earliest will do|el más temprano que tengas|lo más temprano que haya",
        ),
        (
            I::Reschedule,
            "we're moving out to Calgary this weekend|la dirección me la pasas?",
        ),
        (
            I::CannotCome,
            "a haircut, but I can't do thursday|can't do mondays|I can't do thursday, have you got friday?",
        ),
        (I::Price, "quedó preciosa|se me salió del presupuesto"),
    ] {
        for text in texts.split('|') {
            assert!(!read(text, Asked::Nothing).has(wish), "{wish:?}: {text}");
        }
    }
}

#[test]
fn the_day_of_an_appointment_that_is_changed_is_no_wish() {
    for text in [
        "a mi cita del viernes le puedo agregar un tinte?",
        "la cita del viernes puede ser un poco más tarde?",
        "can you add a tinte to my haircut on friday",
        "el viernes no llego",
    ] {
        let reading = read(text, Asked::Nothing);
        assert!(
            reading.when().days.is_none() && reading.about().days.is_some(),
            "{text}: {reading:?}"
        );
    }
}

fn check(text: &str, context: &Context<'_>) -> Result<(), TestCaseError> {
    let reading = Phrasebook.read(text, context);
    prop_assert_eq!(&reading, &Phrasebook.read(text, context));
    if reading.is_plain_answer {
        prop_assert!(reading.when().is_empty(), "{:?}", reading.when());
    }
    prop_assert!(
        reading
            .services()
            .iter()
            .flatten()
            .all(|n| *n < context.services.len())
    );
    prop_assert!(
        reading
            .services()
            .iter()
            .all(|readings| !readings.is_empty())
    );
    let starts = reading
        .when()
        .starts(context.now, |_, minute| (540..1200).contains(&minute));
    prop_assert!(starts.is_sorted());
    let today = context.now.date();
    let past = |date: &NaiveDate| *date < today;
    if let Some((first, last)) = reading
        .when()
        .days
        .as_ref()
        .and_then(super::super::day::Days::bounds)
    {
        prop_assert!(first <= last && !past(&first), "{first} {last}");
    }
    Ok(())
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,200}", now in now(), asked in asked()) {
        let _ = Phrasebook.read(&text, &context(now, asked));
    }

    #[test]
    fn what_is_known_is_read_without_contradiction(
        text in sentence(), now in now(), asked in asked(),
    ) {
        check(&text, &context(now, asked))?;
    }

    #[test]
    fn what_follows_500_characters_is_not_read(
        text in "[a-z ]{500,510}", now in now(), more in ".{0,10}",
    ) {
        let context = context(now, Asked::Nothing);
        let cut: String = text.chars().take(Words::MAX_CHARS).collect();
        prop_assert_eq!(Phrasebook.read(&cut, &context), Phrasebook.read(&format!("{cut}{more}"), &context));
    }
}
