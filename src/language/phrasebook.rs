//! The built-in reader: a grammar of its own over typed vocabularies of English and Spanish.

use super::{
    clock::Times,
    day::Days,
    intent::{self, Intent},
    name,
    reading::{Asked, Context, Reader, Reading},
    when::When,
    words::Words,
};

/// Reads by vocabulary and grammar alone.
#[derive(Debug, Clone, Copy, Default)]
pub struct Phrasebook;

impl Reader for Phrasebook {
    fn read(&self, text: &str, context: &Context<'_>) -> Reading {
        let words = Words::of(text);
        let services = name::mentioned(
            &words,
            context.services.iter().map(|forms| forms.iter().copied()),
        );
        let intents = intent::intents(&words);
        let greets = |intent: &Intent| matches!(intent, Intent::Greeting | Intent::Thanks);
        let own_name = (context.asked == Asked::Name && intents.iter().all(greets))
            .then(|| name::own_name(text))
            .flatten();
        Reading {
            intents,
            assent: intent::assent(&words),
            services: if services.is_empty() {
                Vec::new()
            } else {
                vec![services]
            },
            staff: staff(&words, &context.staff),
            when: When {
                days: Days::of(&words, context.now.date()),
                times: Times::of(&words),
                ..When::default()
            },
            own_name,
            ..Reading::default()
        }
    }
}

/// Who is named after "with" or "by", or as all that is said.
fn staff(words: &Words, names: &[&str]) -> Vec<usize> {
    let all = words.as_slice();
    let named = |n: &usize| {
        let name = Words::of(names[*n]);
        let name = name.as_slice();
        let mut places = all.windows(name.len().max(1)).enumerate();
        places.any(|(n, window)| {
            !name.is_empty()
                && window == name
                && (all.len() == name.len()
                    || n > 0 && matches!(all[n - 1].as_str(), "with" | "by" | "see"))
        })
    };
    (0..names.len()).filter(named).collect()
}
