//! A yes among greetings, names, thanks, questions and details, and beside what takes it back.

use frontdesk::language::{Language, Phrasebook, Reader};

use super::{
    acts::{Message, context_of, is_yes},
    table,
};

/// What a yes may stand between without being less of one.
struct Surroundings {
    yeses: &'static [&'static str],
    before: &'static [&'static str],
    after: &'static [&'static str],
    /// Said after a yes, they take it back or leave it open.
    against: &'static [&'static str],
}

const ENGLISH: Surroundings = Surroundings {
    yeses: &[
        "yes",
        "yeah",
        "ok",
        "sure",
        "perfect",
        "sounds good",
        "that works",
        "i'll take it",
        "👍",
        "book it",
        "go for it",
        "works for me",
        "yes please",
        "that's fine",
    ],
    before: &[
        "",
        "hi, ",
        "hello! ",
        "good morning Ana, ",
        "oh ",
        "thanks, ",
        "haha ",
        "sorry, just saw this. ",
    ],
    after: &[
        "",
        "!",
        " 😊",
        ", thanks",
        " thank you so much!",
        ", see you then",
        ". see you thursday!",
        " mate",
        ", bye",
        ", with Ana",
        ", thursday at 3",
        ". Best, Hugh",
        ". Do you take cards?",
        "! how much is it?",
        "\nthanks\nRuth",
        " please",
        ", talk soon",
        "...",
    ],
    against: &[
        ", but at 4",
        " but with Ben",
        ", wait",
        ", let me check with my wife first",
        ". actually no",
        ", no wait",
        ", if you have friday instead",
        "?",
        ", hmm not sure",
        ", but can it be later?",
        ", or friday",
        ", just not with Ana",
        ", but that day is bad for me",
        ", i need to ask my boss",
    ],
};

const SPANISH: Surroundings = Surroundings {
    yeses: &[
        "sí",
        "si",
        "dale",
        "vale",
        "claro",
        "perfecto",
        "me va bien",
        "listo",
        "👍",
        "resérvala",
        "de acuerdo",
        "sí por favor",
        "está bien",
        "me sirve",
        "ok",
    ],
    before: &[
        "",
        "hola, ",
        "buenos días! ",
        "hola Ana, ",
        "ay ",
        "gracias, ",
        "jaja ",
        "perdón, recién lo veo. ",
    ],
    after: &[
        "",
        "!",
        " 😊",
        ", gracias",
        " mil gracias!",
        ", nos vemos",
        ". hasta el jueves!",
        " amiga",
        ", chao",
        ", con Ana",
        ", el jueves a las 3",
        ". Un saludo, Marta",
        ". ¿Aceptan tarjeta?",
        "! cuánto cuesta?",
        "\ngracias\nRuth",
        " porfa",
        ", un abrazo",
        "...",
    ],
    against: &[
        ", pero a las 4",
        " pero con Ben",
        ", espera",
        ", déjame preguntarle a mi esposa",
        ". mejor no",
        ", no, espera",
        ", si tienes el viernes",
        "?",
        ", mmm no sé",
        ", pero puede ser más tarde?",
        ", o el viernes",
        ", pero no con Ana",
        ", pero ese día me queda mal",
        ", tengo que consultarlo",
    ],
};

/// The messages that are a yes and are not, or the other way about.
fn misread(words: &Surroundings, language: Language, expected: bool) -> Vec<String> {
    let after = if expected { words.after } else { words.against };
    let mut misread = Vec::new();
    for yes in words.yeses {
        for (before, after) in words
            .before
            .iter()
            .flat_map(|one| after.iter().map(move |end| (one, end)))
        {
            let message = Message {
                kind: "",
                asked: "confirm",
                text: format!("{before}{yes}{after}"),
                acts: Vec::new(),
            };
            let context = table::context(&context_of(&message), Some(language));
            if is_yes(&Phrasebook.read(&message.text, &context)) != expected {
                misread.push(message.text);
            }
        }
    }
    misread
}

#[test]
fn a_yes_is_one_whatever_surrounds_it() {
    for (words, language) in [(ENGLISH, Language::English), (SPANISH, Language::Spanish)] {
        assert_eq!(misread(&words, language, true), [""; 0]);
    }
}

#[test]
fn a_yes_that_is_taken_back_or_changed_is_none() {
    for (words, language) in [(ENGLISH, Language::English), (SPANISH, Language::Spanish)] {
        assert_eq!(misread(&words, language, false), [""; 0]);
    }
}
