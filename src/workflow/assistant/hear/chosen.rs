//! Choosing among what was offered, by its number, its place or its title.

use super::super::{memory::Offered, token::Action};
use crate::language::words::Words;

/// How people say which one, first to last.
const ORDINALS: [&[&str]; 5] = [
    &["first", "primero", "primera", "1st", "1ro", "1ra"],
    &["second", "segundo", "segunda", "2nd", "2do", "2da"],
    &["third", "tercero", "tercera", "3rd", "3ro", "3ra"],
    &["fourth", "cuarto", "cuarta", "4th"],
    &["fifth", "quinto", "quinta", "5th"],
];
/// Words that say no more than that one is meant.
const POINTERS: &[&str] = &[
    "the", "one", "option", "number", "choice", "el", "la", "opcion", "numero", "please", "por",
    "favor",
];
/// How people say "try again".
const AGAIN: [&str; 6] = [
    "again",
    "retry",
    "once more",
    "otra vez",
    "de nuevo",
    "intenta otra vez",
];

/// The choice that is meant by its place or title, or by its number. Of a list of times that shows
/// no numbers, a number is an hour.
pub(super) fn chosen(choices: &[Offered], words: &Words, is_numbered: bool) -> Option<Action> {
    if choices.is_empty() {
        return None;
    }
    let is_time = |offered: &Offered| matches!(offered.action, Action::Time { .. });
    let is_hour = !is_numbered
        && choices.iter().any(is_time)
        && matches!(words.as_slice(), [one] if one.bytes().all(|byte| byte.is_ascii_digit()));
    if let Some(position) = position(words).filter(|_| !is_hour) {
        let offered = choices.get(position.checked_sub(1)?);
        return offered.map(|offered| offered.action.clone());
    }
    let same = |title: &str| Words::of(title).nearly_equal(words);
    let again = |action: &Action| *action == Action::Again && AGAIN.iter().any(|one| same(one));
    let meant = |offered: &&Offered| same(&offered.title) || again(&offered.action);
    let mut matches = choices.iter().filter(meant);
    let found = matches.next()?;
    matches.next().is_none().then(|| found.action.clone())
}

/// The place in the list that is said, from 1 on, if nothing else is.
fn position(words: &Words) -> Option<usize> {
    let pointer = |word: &&String| !POINTERS.contains(&word.as_str());
    let telling: Vec<_> = words.as_slice().iter().filter(pointer).collect();
    let [word] = telling.as_slice() else {
        return None;
    };
    let plain = (1..=2).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
    // "The 3" and "la 3" are no less a time of day than a place; "option 3" is a place.
    let named = words.as_slice().len() == 1
        || (words.as_slice().iter()).any(|word| {
            matches!(
                word.as_str(),
                "option" | "number" | "choice" | "opcion" | "numero"
            )
        });
    if plain && named {
        return word.parse().ok();
    }
    let place = ORDINALS
        .iter()
        .position(|forms| forms.contains(&word.as_str()));
    place.map(|place| place + 1)
}

/// "Yes, cancel it" is a yes to the question whether to cancel.
pub(super) fn without_cancel(words: &Words) -> String {
    let about = |word: &&String| {
        let stems = ["cancel", "anul", "keep", "manten", "deja", "borr"];
        !stems.iter().any(|stem| word.starts_with(stem))
    };
    let kept = words.as_slice().iter().filter(about);
    let kept = kept.map(String::as_str).collect::<Vec<_>>().join(" ");
    // "Yes, no longer", "simón, esa ya no, gracias".
    let no_more = [
        " esa ya no",
        " ese ya no",
        " ya no",
        " no longer",
        " not anymore",
    ];
    no_more.iter().fold(kept, |kept, one| kept.replace(one, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_said_by_number_or_by_order() {
        for (text, expected) in [
            ("2", Some(2)),
            ("option 2", Some(2)),
            ("la opción 3", Some(3)),
            ("the second one please", Some(2)),
            ("el primero", Some(1)),
            ("la 3", None),
            ("the 3", None),
            ("2 people", None),
            ("123", None),
            ("the one", None),
            ("first thing tomorrow", None),
        ] {
            assert_eq!(position(&Words::of(text)), expected, "{text}");
        }
    }
}
