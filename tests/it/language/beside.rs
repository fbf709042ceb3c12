//! The same tables read by another reader, a port of Facebook's Duckling.
//!
//! Where it reads what is meant and ours does not, there is something to learn: the snapshot holds
//! each such phrase.

use chrono::{FixedOffset, NaiveDateTime, TimeZone as _, Timelike as _};
use duckling::{
    DimensionKind, DimensionValue, Grain, Lang, Locale, Options, TimePoint, TimeValue, parse,
};
use frontdesk::language::{Language, Phrasebook, Reader};

use super::{
    dates::{Case, Verdict, cases, judge, zone},
    notation::read,
};

/// What Duckling reads in a phrase, if that is one day or one day and time.
fn duckling(text: &str, now: NaiveDateTime, language: Lang) -> Option<String> {
    let locale = Locale::new(language, None);
    let now = FixedOffset::east_opt(0)?.from_utc_datetime(&now);
    let context = duckling::Context::new(now, locale);
    let found = parse(
        text,
        &locale,
        &[DimensionKind::Time],
        &context,
        &Options::default(),
    );
    let longest = found.into_iter().max_by_key(|one| one.end - one.start)?;
    let DimensionValue::Time(TimeValue::Single { value, .. }) = longest.value else {
        return None;
    };
    let (at, grain) = match value {
        TimePoint::Naive { value, grain } => (value, grain),
        TimePoint::Instant { value, grain } => (value.naive_local(), grain),
    };
    match grain {
        Grain::Day => Some(at.date().to_string()),
        Grain::Hour | Grain::Minute => {
            let at = at.with_second(0)?;
            Some(at.format("%Y-%m-%dT%H:%M").to_string())
        }
        _ => None,
    }
}

/// The phrases that Duckling reads as meant and ours does not, each at its first moment.
fn missed_beside(table: &str, language: Language, other: Lang) -> String {
    let zone = zone(language);
    let mut seen = "";
    let mut missed = Vec::new();
    for case in &cases(table) {
        let Case { text, meant, .. } = case;
        if std::mem::replace(&mut seen, text) == *text {
            continue;
        }
        let context = case.salon.context(case.now, language, &zone);
        let ours = read(
            &Phrasebook.read(text, &context).when(),
            &case.salon,
            case.now,
        );
        let [only] = meant.as_slice() else { continue };
        if !matches!(judge(meant, &ours), Verdict::Right)
            && duckling(text, case.now, other).as_ref() == Some(only)
        {
            missed.push(format!("{text} => {only} => {}", ours.join(" ")));
        }
    }
    missed.join("\n")
}

#[test]
fn what_duckling_reads_and_ours_does_not_is_listed() {
    let english = include_str!("../data/phrases/dates_en.txt");
    insta::assert_snapshot!(
        "english_beside",
        missed_beside(english, Language::English, Lang::EN)
    );
    let spanish = include_str!("../data/phrases/dates_es.txt");
    insta::assert_snapshot!(
        "spanish_beside",
        missed_beside(spanish, Language::Spanish, Lang::ES)
    );
}
