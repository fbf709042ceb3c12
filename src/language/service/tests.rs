//! Services as texts name them.

use super::*;
use crate::language::Language;

fn wanted(text: &str, names: &[&str]) -> Wanted {
    wanted_in(Language::English, text, names)
}

fn wanted_in(language: Language, text: &str, names: &[&str]) -> Wanted {
    let names: Vec<_> = names.iter().map(|name| vec![*name]).collect();
    let catalogue = Catalogue::of(&names);
    let words = Words::of(text);
    let taken = catalogue.whole(&words);
    let sentence = Sentence::of(&words, language, true, &taken);
    catalogue.wanted(&sentence, language, &[], &Scene::default())
}

#[test]
fn a_name_within_a_longer_one_is_not_meant_and_equals_are_all_told() {
    let names = [
        "Haircut",
        "Kids' haircut",
        "Hair color",
        "Beard trim",
        "Men's cut & wash",
    ];
    for (text, expected) in [
        ("a haircut please", vec![vec![0]]),
        ("kids haircut", vec![vec![1]]),
        ("kids cut", vec![vec![1]]),
        ("a hairuct for me", vec![vec![0]]),
        ("hair cut", vec![vec![0]]),
        ("colour", vec![vec![2]]),
        ("trim", vec![vec![3]]),
        ("haircut or beard trim", vec![vec![0, 3]]),
        ("haircut and beard trim", vec![vec![0], vec![3]]),
        ("wash and color", vec![vec![4], vec![2]]),
        ("massage", vec![]),
        ("I want my hair dyed", vec![vec![2]]),
        ("can you dye my hair friday", vec![vec![2]]),
        ("my kid needs a trim", vec![vec![1]]),
        ("a trim of my beard", vec![vec![3]]),
        ("I have three kids", vec![]),
    ] {
        assert_eq!(wanted(text, &names).services, expected, "{text}");
    }
    assert_eq!(
        wanted("haircut", &["Men's haircut", "Women's haircut"]).services,
        [[0, 1]]
    );
    assert!(wanted("haircut", &[]).services.is_empty());
}

#[test]
fn what_will_not_do_is_not_wanted() {
    for (text, services, not) in [
        ("without the beard trim", vec![], vec![1]),
        ("a haircut but no beard trim", vec![vec![0]], vec![1]),
        (
            "I don't want a beard trim, just a haircut",
            vec![vec![0]],
            vec![1],
        ),
        ("no, a haircut", vec![vec![0]], vec![]),
        ("no just a haircut", vec![vec![0]], vec![]),
        ("no haircut", vec![], vec![0]),
    ] {
        let found = wanted(text, &["Haircut", "Beard trim"]);
        assert_eq!((found.services, found.not), (services, not), "{text}");
    }
}

#[test]
fn what_is_changed_into_something_else_is_not_wanted() {
    let names = ["Haircut", "Skin fade", "Beard trim"];
    for (text, services, not) in [
        (
            "can you make my haircut a skin fade instead",
            vec![vec![1]],
            vec![0],
        ),
        ("change the haircut to a skin fade", vec![vec![1]], vec![0]),
        (
            "swap my beard trim for a haircut please",
            vec![vec![0]],
            vec![2],
        ),
        (
            "forget the haircut and do a beard trim",
            vec![vec![2]],
            vec![0],
        ),
        ("a skin fade instead of the haircut", vec![vec![1]], vec![0]),
        (
            "my haircut and a beard trim",
            vec![vec![0], vec![2]],
            vec![],
        ),
        (
            "change my haircut and beard trim",
            vec![vec![0], vec![2]],
            vec![],
        ),
    ] {
        let found = wanted(text, &names);
        assert_eq!((found.services, found.not), (services, not), "{text}");
    }
    assert!(!wanted("and a skin fade instead of the haircut", &names).adds);
}

#[test]
fn what_only_explains_a_wish_is_none() {
    let names = ["Classic manicure", "Gel manicure", "Gel removal"];
    for (text, services) in [
        ("just the classic manicure, gel always chips", vec![vec![0]]),
        (
            "just a classic manicure, and a gel removal",
            vec![vec![0], vec![2]],
        ),
        ("a manicure? a gel manicure please", vec![vec![1]]),
    ] {
        assert_eq!(wanted(text, &names).services, services, "{text}");
    }
}

#[test]
fn a_word_of_asking_or_of_address_names_nothing() {
    let names = [
        "Free assessment",
        "General check-up",
        "Kids' haircut",
        "French",
    ];
    for (text, services) in [
        ("is Ana free for the lesson on monday", vec![]),
        ("are you free friday", vec![]),
        ("the free one", vec![vec![0]]),
        ("a free assessment", vec![vec![0]]),
        ("if he can watch the kids", vec![]),
        ("for the kids", vec![vec![2]]),
    ] {
        assert_eq!(wanted(text, &names).services, services, "{text}");
    }
    let names = ["Corte de señora", "Peinado", "Masaje"];
    for (text, services) in [
        ("buenas tardes, señorita. un peinado", vec![vec![1]]),
        ("gracias señora", vec![]),
        ("corte de señora", vec![vec![0]]),
        ("quería cortarme el 18. Corte de señora", vec![vec![0]]),
        ("no hay nada más temprano?", vec![]),
    ] {
        let found = wanted_in(Language::Spanish, text, &names);
        assert_eq!(found.services, services, "{text}");
    }
}

#[test]
fn a_word_within_another_names_nothing() {
    let names = [
        "Acrylic infill",
        "Straight razor shave",
        "Dog bath",
        "Teeth whitening",
    ];
    for text in [
        "I'll leave it for now",
        "aight then",
        "friday or thursday, straight after work",
        "the dog prefers her",
        "I like the same dentist as my husband",
    ] {
        assert!(wanted(text, &names).services.is_empty(), "{text}");
    }
}

#[test]
fn of_names_that_overlap_the_longer_is_said() {
    let names = ["Baño", "Baño y corte", "Baño cachorro", "Corte de uñas"];
    for (text, services) in [
        ("un baño y corte de uñas", vec![vec![0], vec![3]]),
        ("al baño agrégale corte de uñas", vec![vec![0], vec![3]]),
        ("baño y corte", vec![vec![1]]),
        ("corte y baño", vec![vec![1]]),
        ("un baño para mi perra", vec![vec![0]]),
        ("bañar a mis dos perritas", vec![vec![0]]),
        ("baño para mi cachorro", vec![vec![2]]),
    ] {
        let found = wanted_in(Language::Spanish, text, &names);
        assert_eq!(found.services, services, "{text}");
    }
}

#[test]
fn an_appointment_that_will_be_missed_is_not_ruled_out() {
    let found = wanted(
        "I can't make the haircut on friday",
        &["Haircut", "Beard trim"],
    );
    assert_eq!((found.services, found.not), (vec![vec![0]], vec![]));
    assert!(found.cannot_make);
    assert!(!wanted("I don't want a haircut", &["Haircut"]).cannot_make);
}

#[test]
fn what_comes_to_something_says_so() {
    let adds = |text: &str| wanted(text, &["Haircut", "Beard trim"]).adds;
    for text in [
        "and a beard trim",
        "also a beard trim please",
        "could you add a beard trim",
        "a beard trim too",
        "also a haircut and a beard trim",
    ] {
        assert!(adds(text), "{text}");
    }
    for text in [
        "a beard trim",
        "haircut and beard trim",
        "a haircut and also a beard trim",
        "that is too late, a haircut at 5",
        "also at 5?",
    ] {
        assert!(!adds(text), "{text}");
    }
}
