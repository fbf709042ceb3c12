//! The staff that a text names, and how it speaks of them.
//!
//! The invariant: a title distinguishes nobody. A name is told by the words that remain without
//! it: a given name, a surname, or a short form that fits exactly one of the staff.

use std::ops::Range;

use crate::language::{
    Language, grammar,
    intent::Intent,
    lexicon::{Lexicon, Meaning},
    name,
    phrases::in_any,
    sentence::Sentence,
    slip::near,
    vocabulary::Particle,
    words::Words,
};

/// A place where one who works there is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::language) struct Mention {
    /// Their place among the names.
    pub(in crate::language) staff: usize,
    /// The words of the name, with a title before it.
    pub(in crate::language) words: Range<usize>,
    /// As the name is written.
    pub(in crate::language) is_exact: bool,
}

/// The name of one who works there.
struct Name {
    words: Vec<String>,
    /// The words that are no title and no small word.
    telling: Vec<String>,
}

/// So many words may stand between two names of which either will do.
const MAX_BETWEEN: usize = 5;
/// A greeting has no more words.
const MAX_GREETING: usize = 2;
/// Fewer letters are no short form.
const SHORT_FROM: usize = 3;

// === impl Name ===

impl Name {
    fn of(name: &str) -> Self {
        let words = Words::of(name).as_slice().to_vec();
        let tells = |word: &&String| !name::is_title(word) && !name::is_linking(word);
        let telling: Vec<_> = words.iter().filter(tells).cloned().collect();
        let telling = if telling.is_empty() {
            words.clone()
        } else {
            telling
        };
        Self { words, telling }
    }

    /// The forms in which a text may have it, the longest first: all of it, all of it without its
    /// title, and its words one by one.
    fn forms(&self) -> Vec<&[String]> {
        let mut forms: Vec<&[String]> = vec![&self.words, &self.telling];
        forms.extend(self.telling.chunks(1));
        forms.dedup();
        forms.retain(|form| !form.is_empty());
        forms
    }

    /// Returns whether a form is only a surname, as all that follows a title is.
    fn is_surname(&self, form: &[String]) -> bool {
        let is_first = self.telling.first() == form.first();
        let has_title = self.words.first().is_some_and(|word| name::is_title(word));
        form.len() == 1 && (!is_first || self.telling.len() == 1 && has_title)
    }
}

/// Finds where a text mentions each of these names. Words that are `taken` by other names do not
/// count.
pub(in crate::language) fn mentions(
    words: &Words,
    names: &[&str],
    taken: &[Range<usize>],
) -> Vec<Mention> {
    let all = words.as_slice();
    let is_free = |range: &Range<usize>| {
        let apart = |other: &Range<usize>| other.end <= range.start || range.end <= other.start;
        taken.iter().all(apart)
    };
    let names: Vec<_> = names.iter().map(|name| Name::of(name)).collect();
    let mut found = Vec::new();
    for (staff, name) in names.iter().enumerate() {
        let place = |form: &[String]| {
            (0..all.len())
                .map(|at| at..at + form.len())
                .filter(|range| is_free(range) && matches(&all[range.start..], form))
                .filter(|range| !name.is_surname(form) || !is_of_another(words, range.start))
                .find_map(|range| {
                    let exact = all[range.start..].starts_with(form);
                    mention(words, staff, range, exact)
                })
        };
        found.extend(name.forms().into_iter().find_map(place));
    }
    let singles = (0..all.len()).filter(|at| is_free(&(*at..at + 1)));
    let short: Vec<_> = singles
        .filter(|at| found.iter().all(|one| !one.words.contains(at)))
        .filter_map(|at| short(words, &names, at))
        .collect();
    found.extend(short);
    // In "Ana Pérez" no other Ana is meant.
    let ranges: Vec<_> = found.iter().map(|one| one.words.clone()).collect();
    let is_within = |inner: &Range<usize>, outer: &Range<usize>| {
        outer.start <= inner.start && inner.end <= outer.end && inner != outer
    };
    found.retain(|one| !ranges.iter().any(|outer| is_within(&one.words, outer)));
    found
}

/// Returns whether a surname there follows another given name: the Singh of "Priya Singh".
fn is_of_another(words: &Words, at: usize) -> bool {
    let is_name = |n: usize| {
        words.written(n).starts_with(char::is_uppercase)
            && !name::is_title(&words.as_slice()[n])
            && !means(words, n, |_| true)
    };
    at > 0 && !words.stop_before(at) && is_name(at - 1)
}

/// The one who is called by a short form of their name: "la Cami".
fn short(words: &Words, names: &[Name], at: usize) -> Option<Mention> {
    let word = words.as_slice()[at].as_str();
    if is_known(word) {
        return None;
    }
    let fits = |full: &String| word != full && is_short_form(word, full);
    let is_short = |name: &Name| name.telling.iter().any(fits);
    let mut fitting = (0..names.len()).filter(|staff| is_short(&names[*staff]));
    let (staff, None) = (fitting.next()?, fitting.next()) else {
        return None;
    };
    let has_article = at > 0 && is_article(&words.as_slice()[at - 1]);
    let is_placed = has_article || is_placed(words, &(at..at + 1));
    is_placed.then(|| Mention {
        staff,
        words: with_title(words, at..at + 1),
        is_exact: true,
    })
}

/// Returns whether a word is a name cut short, or its diminutive.
fn is_short_form(word: &str, name: &str) -> bool {
    let same = |letter: char| if letter == 'y' { 'i' } else { letter };
    let plain = |text: &str| {
        let mut letters: Vec<char> = text.chars().map(same).collect();
        letters.dedup();
        letters
    };
    let (short, full) = (plain(word), plain(name));
    let cut = short.len() >= SHORT_FROM && full.starts_with(&short)
        || short.len() > SHORT_FROM && full.len() > short.len() + 1 && full.ends_with(&short);
    let mut endings = in_any(|one| one.names.diminutives).iter();
    let small = endings.find_map(|ending| word.strip_suffix(ending));
    let is_small = small.map(plain).is_some_and(|stem| {
        stem.len() >= 2 && full.starts_with(&stem) && full.len() <= stem.len() + 2
    });
    cut || is_small
}

/// Returns whether a word belongs to a language here.
fn is_known(word: &str) -> bool {
    let mut all = Language::ALL.into_iter();
    all.any(|language| Lexicon::of(language).knows(word))
}

/// The words of a name with the titles right before it.
fn with_title(words: &Words, range: Range<usize>) -> Range<usize> {
    let is_title = |n: usize| {
        let joined = !words.stop_before(n + 1) || words.period_before(n + 1);
        joined && name::is_title(&words.as_slice()[n])
    };
    let mut start = range.start;
    while start > 0 && is_title(start - 1) {
        start -= 1;
    }
    start..range.end
}

/// Returns whether a word may mean this in any language.
fn means(words: &Words, n: usize, wanted: impl Fn(Meaning) -> bool) -> bool {
    let find = |language: Language| Lexicon::of(language).find(words, n);
    let found = Language::ALL.into_iter().filter_map(find);
    found
        .flat_map(|found| found.meanings)
        .any(|meaning| wanted(*meaning))
}

/// Returns whether a name stands where one of a person does: after "with" or a title, or alone.
fn is_placed(words: &Words, range: &Range<usize>) -> bool {
    let at = range.start;
    let all = words.as_slice();
    let before = |wanted: Particle| {
        let is = |n: usize| means(words, n, |meaning| meaning == Meaning::Particle(wanted));
        let article = |n: usize| is_article(&all[n]);
        at > 0 && (is(at - 1) || at > 1 && article(at - 1) && is(at - 2))
    };
    let dated = means(words, at, Meaning::is_calendar);
    let with = before(Particle::With) && !(dated && before(Particle::Until));
    let figure = all
        .get(range.end)
        .is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()));
    let counted = dated && figure && !words.stop_before(range.end);
    // "¿Puede Julio …?", "Abril tiene libre el sábado".
    let acts = |n: usize| {
        let verbs = in_any(|one| one.names.acts);
        all.get(n).is_some_and(|verb| verbs.has(verb))
    };
    let acting = acts(range.end) && !words.stop_before(range.end)
        || at > 0 && acts(at - 1) && !words.stop_before(at);
    let capital = words.written(at).starts_with(char::is_uppercase);
    // "Hola Caro, …" speaks to somebody.
    let greeted = at > 0
        && at <= MAX_GREETING
        && !words.stop_before(at)
        && means(words, at - 1, |meaning| {
            meaning == Meaning::Intent(Intent::Greeting)
        });
    with && !counted
        || greeted
        || acting
        || range.len() > 1
        || all.len() == range.len()
        || with_title(words, range.clone()).start < at
        || (before(Particle::Without) || before(Particle::Except)) && !counted
        || capital && !dated && at > 0
}

fn is_article(word: &str) -> bool {
    in_any(|one| one.grammar.articles).has(word)
}

/// One who works there, where words are their name and not what they mean besides.
fn mention(words: &Words, staff: usize, range: Range<usize>, exact: bool) -> Option<Mention> {
    let word = &words.as_slice()[range.start];
    let usual = is_known(word);
    // What is also a word of the language is a name only where it stands as one.
    if usual && !(exact && is_placed(words, &range)) {
        return None;
    }
    Some(Mention {
        staff,
        words: with_title(words, range),
        is_exact: exact,
    })
}

/// Returns the staff who are wished for and those who are ruled out, as indices of the names.
pub(in crate::language) fn staff(
    sentence: &Sentence<'_>,
    mentions: &[Mention],
) -> (Vec<usize>, Vec<usize>) {
    let mut mentions: Vec<_> = mentions.iter().collect();
    mentions.sort_by_key(|one| (one.words.start, one.staff));
    let (mut wished, mut told, mut not) = (Vec::new(), Vec::new(), Vec::new());
    for mention in mentions {
        match stance(sentence, &mention.words) {
            Some(Stance::Wished) => wished.push(mention),
            Some(Stance::Told) => told.push(mention),
            Some(Stance::Ruled) => not.push(mention.staff),
            None => {}
        }
    }
    // "Rodrigo did it last time. Could he?" and "with him" are about the one who was told of.
    match pronoun(sentence) {
        // "She's scared of Conor, so not with him".
        Some(at) if is_ruled_out(sentence, at, at + 1) => {
            let place = sentence.at(at).map_or(0, |lexeme| lexeme.words.start);
            let before = |one: &&Mention| one.words.end <= place;
            let last = wished.iter().chain(&told).copied().filter(before);
            if let Some(staff) = last.max_by_key(|one| one.words.start).map(|one| one.staff) {
                wished.retain(|one| one.staff != staff);
                not.push(staff);
            }
        }
        Some(_) if wished.is_empty() => wished = told,
        _ => {}
    }
    // "I am with Dany on Friday but would rather see Chucho": what is said later counts.
    let from = (1..wished.len())
        .rfind(|n| !are_joined(sentence, &wished[n - 1].words, &wished[*n].words))
        .unwrap_or(0);
    let mut wished: Vec<_> = wished[from..].iter().map(|one| one.staff).collect();
    wished.sort_unstable();
    wished.dedup();
    (wished, not)
}

/// Returns whether a text asks when somebody works: "is Ana in on Monday?", "¿trabaja Ana el lunes?"
pub(in crate::language) fn asks_if_in(words: &Words, mentions: &[Mention]) -> bool {
    let all = words.as_slice();
    let fits = |pattern: &str, name: &Range<usize>| {
        let (before, after) = pattern.split_once('*').unwrap_or((pattern, ""));
        let before: Vec<_> = before.split_whitespace().collect();
        let after: Vec<_> = after.split_whitespace().collect();
        let start = name.start.checked_sub(before.len());
        let told = start.and_then(|start| all.get(start..name.start));
        let rest = all.get(name.end..name.end + after.len());
        told.is_some_and(|told| told == before) && rest.is_some_and(|rest| rest == after)
    };
    mentions.iter().any(|one| {
        let mut patterns = in_any(|one| one.names.is_in).iter();
        patterns.any(|pattern| fits(pattern, &one.words))
    })
}

/// Returns whether either of two names will do: "Ana or Ben", "con Ana, con Ben".
fn are_joined(sentence: &Sentence<'_>, one: &Range<usize>, other: &Range<usize>) -> bool {
    let between = sentence.holding(one.end - 1) + 1..sentence.holding(other.start);
    let is = |n: usize, all: &[Particle]| all.iter().any(|one| sentence.is(n, *one));
    let small = [
        Particle::And,
        Particle::With,
        Particle::The,
        Particle::Hours,
        Particle::OneHour,
        Particle::Either,
    ];
    let is_small =
        |n: usize| is(n, &small) || sentence.means(n, |meaning| meaning == Meaning::Filler);
    one == other
        || between.len() <= MAX_BETWEEN && between.clone().any(|n| is(n, &[Particle::Or]))
        || between.clone().all(is_small)
}

/// Returns the lexeme that means somebody who was named before: the pronoun of "con él", "could
/// she".
fn pronoun(sentence: &Sentence<'_>) -> Option<usize> {
    let words = sentence.words;
    let the_or_he = in_any(|one| one.grammar.the_or_he);
    let whom = in_any(|one| one.names.whom);
    let who = in_any(|one| one.names.who);
    let means_one = |n: &usize| {
        let n = *n;
        let said = |n: usize| words.as_slice()[n].as_str();
        let is_he = the_or_he.has(said(n))
            && (in_any(|one| one.grammar.he_marks).any_within(words.written(n))
                || words.stop_before(n + 1));
        let is_pronoun = is_he || whom.has(said(n));
        let is_subject =
            n > 0 && who.has(said(n)) && in_any(|one| one.names.before_who).has(said(n - 1));
        let with = n > 0 && sentence.is(sentence.holding(n - 1), Particle::With);
        is_pronoun && with || is_subject
    };
    let word = (0..words.as_slice().len()).find(means_one)?;
    Some(sentence.holding(word))
}

/// The places where the staff is named.
pub(in crate::language) fn places(sentence: &Sentence<'_>, names: &[&str]) -> Vec<Range<usize>> {
    let all = sentence.words.as_slice();
    let place = |name: &&str| {
        let name = Name::of(name);
        let mut forms = name.forms();
        forms.retain(|form| !name.is_surname(form));
        forms.into_iter().find_map(|form| {
            let at = (0..all.len()).find(|n| matches(&all[*n..], form))?;
            Some(with_title(sentence.words, at..at + form.len()))
        })
    };
    names.iter().filter_map(place).collect()
}

/// The stance of a text towards somebody.
enum Stance {
    Wished,
    /// It tells what they did.
    Told,
    Ruled,
}

/// Returns the stance of a text towards somebody where they are named; `None` if they are only
/// introduced or greeted.
fn stance(sentence: &Sentence<'_>, name: &Range<usize>) -> Option<Stance> {
    let n = sentence.holding(name.start);
    let before = |particle| n > 0 && sentence.is(n - 1, particle);
    let introduced = [
        Particle::IAm,
        Particle::NameIs,
        Particle::My,
        Particle::Relation,
    ];
    let words = sentence.words.as_slice();
    let spoken_of = in_any(|one| one.names.speaks_of).ends_before(words, name.start);
    if introduced.into_iter().any(before) || spoken_of || greeted(sentence, n, name.end) {
        return None;
    }
    Some(
        if is_ruled_out(sentence, n, sentence.holding(name.end - 1) + 1) {
            Stance::Ruled
        } else if is_told(sentence, n) {
            Stance::Told
        } else {
            Stance::Wished
        },
    )
}

/// Returns whether a clause tells who did it before, and wishes nothing: "Chloe did my nails last
/// time".
fn is_told(sentence: &Sentence<'_>, n: usize) -> bool {
    let ends = |n: usize| {
        n > 0 && sentence.stop_before(n)
            || sentence.is(n, Particle::But)
            || sentence.is(n, Particle::So)
    };
    let start = (0..=n).rev().find(|n| ends(*n)).unwrap_or(0);
    let end = (n + 1..sentence.len()).find(|n| ends(*n));
    let mut clause = start..end.unwrap_or(sentence.len());
    let wants = |n: usize| {
        let asks = |meaning| matches!(meaning, Meaning::Intent(intent) if !intent.is_courtesy());
        let particles = [Particle::Wants, Particle::Toward, Particle::Needs];
        particles.into_iter().any(|one| sentence.is(n, one)) || sentence.means(n, asks)
    };
    let tells = |n: usize| sentence.is(n, Particle::LastTime) || sentence.is(n, Particle::Past);
    clause.clone().any(tells) && !clause.any(wants)
}

fn matches(words: &[String], name: &[String]) -> bool {
    words.len() >= name.len() && words.iter().zip(name).all(|(a, b)| near(a, b))
}

/// "Hi Ana, …" speaks to Ana.
fn greeted(sentence: &Sentence<'_>, n: usize, end: usize) -> bool {
    let hello = |n: usize| {
        matches!(
            sentence.intent(n),
            Some(Intent::Greeting | Intent::Thanks | Intent::Farewell)
        )
    };
    n > 0 && hello(n - 1) && !sentence.stop_before(n) && sentence.words.stop_before(end)
}

fn is_ruled_out(sentence: &Sentence<'_>, n: usize, after: usize) -> bool {
    let mut before = n;
    while before > 0 && !sentence.stop_before(before) {
        before -= 1;
        let is = |all: &[Particle]| all.iter().any(|one| sentence.is(before, *one));
        // "I would rather not see Ana".
        let phrase = sentence
            .at(before)
            .is_some_and(|lexeme| lexeme.words.len() > 1);
        let denies = phrase && sentence.means(before, |meaning| meaning == Meaning::No);
        if denies || is(&[Particle::Except, Particle::Not, Particle::InsteadOf]) {
            return true;
        }
        let plain = is(&[
            Particle::With,
            Particle::The,
            Particle::Hours,
            Particle::OneHour,
        ]);
        if !plain && !sentence.means(before, |meaning| meaning == Meaning::Filler) {
            break;
        }
    }
    grammar::not_after(sentence, after)
}

#[cfg(test)]
mod tests {
    use crate::language::{Asked, Context, DateOrder, Phrasebook, Reader, day::Weekdays};

    const CLINIC: [&str; 4] = ["Dr. Okafor", "Dr. Singh", "Dra. Patricia Rojas", "Camila"];

    /// Returns the clinic's staff who are wished for and those who are ruled out.
    fn read(text: &str) -> (Vec<usize>, Vec<usize>) {
        let reading = Phrasebook.read(
            text,
            &Context {
                now: "2026-03-04T10:00:00".parse().unwrap(),
                language: None,
                date_order: DateOrder::Either,
                country: None,
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
                services: vec![vec!["Check-up"], vec!["Limpieza dental"]],
                staff: CLINIC.to_vec(),
            },
        );
        (reading.staff(), reading.not_staff())
    }

    #[test]
    fn a_title_distinguishes_nobody() {
        for (text, staff) in [
            ("a check-up with Dr. Singh on friday", vec![1]),
            ("with doctor singh", vec![1]),
            ("Dr Okafor or Dr Singh", vec![0, 1]),
            ("con la doctora Rojas", vec![2]),
            ("con la doctora Patricia", vec![2]),
            ("con la dra. patricia rojas", vec![2]),
            ("con la doctora", vec![]),
            ("the doctor please", vec![]),
            ("Priya Singh", vec![]),
            ("Pedro Rojas", vec![]),
        ] {
            assert_eq!(read(text), (staff, vec![]), "{text}");
        }
    }

    #[test]
    fn a_short_form_is_a_name_where_it_fits_one() {
        for (text, staff) in [
            ("con la cami", vec![3]),
            ("with Cami on friday", vec![3]),
            ("la Camilita puede?", vec![3]),
            ("con la patri mañana", vec![2]),
            ("con la cama", vec![]),
        ] {
            assert_eq!(read(text), (staff, vec![]), "{text}");
        }
    }

    #[test]
    fn who_did_it_before_is_not_wished_for_unless_meant_again() {
        for (text, staff, not) in [
            (
                "la última vez me atendió la doctora Rojas pero ahora con Camila",
                vec![3],
                vec![],
            ),
            (
                "had Dr. Okafor last time, could I see Dr. Singh?",
                vec![1],
                vec![],
            ),
            (
                "Dr. Okafor did it last time, can I come friday?",
                vec![],
                vec![],
            ),
            (
                "last time I saw Dr. Okafor. Could he see me friday?",
                vec![0],
                vec![],
            ),
            (
                "la otra vez vine con Camila, puede ser con ella?",
                vec![3],
                vec![],
            ),
            ("with Camila like last time", vec![3], vec![]),
            ("Dr. Singh instead of Dr. Okafor", vec![1], vec![0]),
            (
                "I have Camila on friday but would rather see Dr. Singh",
                vec![1],
                vec![],
            ),
            ("I'd rather not see Dr. Okafor", vec![], vec![0]),
            ("con cualquiera menos la cami", vec![], vec![3]),
        ] {
            assert_eq!(read(text), (staff, not), "{text}");
        }
    }
}
