//! What did they mean? Intent, names, date and time.
//!
//! The invariant: nothing is guessed. What has two readings is returned as two, for the caller to
//! ask about.

pub mod act;
mod chart;
mod clause;
pub mod clock;
mod company;
pub mod day;
mod expression;
mod feast;
mod grammar;
pub mod intent;
mod lexicon;
mod name;
mod person;
pub mod phrasebook;
mod phrases;
pub mod reading;
mod reference;
mod resolve;
mod sentence;
mod service;
mod shift;
mod slip;
mod slot;
mod tongue;
mod vocabulary;
pub mod when;
pub mod wording;
pub mod words;

use serde::{Deserialize, Serialize};

pub use self::{
    act::{Act, ActKind},
    phrasebook::Phrasebook,
    reading::{Asked, Context, DateOrder, DetectedLanguage, Elsewhere, Guest, Reader, Reading},
    reference::Reference,
    shift::Shift,
    slot::{Other, Slot},
    when::{Except, OtherClock, When},
};

/// A language that the assistant can be asked to speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Language {
    /// English.
    #[serde(rename = "en")]
    English,
    /// Spanish.
    #[serde(rename = "es")]
    Spanish,
}

// === impl Language ===

impl Language {
    /// Every language, in the order in which they are shown.
    pub const ALL: [Self; 2] = [Self::English, Self::Spanish];

    /// The ISO 639 code.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
        }
    }

    /// The language of an ISO 639 code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|language| language.code() == code)
    }
}

/// Returns whether a word is one of those that the reader knows, in any language, and so hardly a
/// misspelling of another.
pub fn is_word(word: &str) -> bool {
    Language::ALL
        .into_iter()
        .any(|language| lexicon::Lexicon::of(language).knows(word))
}

/// Returns whether a word alone asks for an appointment, in any language: "book", "cita".
pub fn is_request(word: &str) -> bool {
    let words = words::Words::of(word);
    let asks = |language| {
        let found = lexicon::Lexicon::of(language).find(&words, 0);
        let books = lexicon::Meaning::Intent(intent::Intent::Book);
        found.is_some_and(|found| found.meanings.contains(&books))
    };
    Language::ALL.into_iter().any(asks)
}

/// Returns whether a word, as a sentence of its own, agrees in any language: "Yes! I'm Fiona".
pub fn is_firm(word: &str) -> bool {
    phrases::in_any(|one| one.names.firm).has(word)
}

/// Returns whether words are no more than yeses with which an answer begins, in any language: "sure",
/// "sí, claro".
pub fn only_leads(words: &[String]) -> bool {
    let leads = phrases::in_any(|one| one.names.leads);
    let mut at = 0;
    while let Some(end) = leads.ends(words, at).max() {
        at = end;
    }
    at == words.len()
}

/// Returns whether a text speaks of what is somebody else's, and not the customer's: "cancel hers".
pub fn speaks_of_theirs(words: &words::Words) -> bool {
    let theirs = phrases::in_any(|one| one.company.theirs);
    theirs.find(words.as_slice()).is_some()
}

/// Returns the clauses that say that an appointment stays as it is: "Noah's stays".
pub fn kept(words: &words::Words) -> Vec<std::ops::Range<usize>> {
    let stays = phrases::in_any(|one| (one.particle)(vocabulary::Particle::Stays));
    let mut kept = Vec::new();
    let mut start = 0;
    let length = words.as_slice().len();
    while start < length {
        let end = (start + 1..length).find(|n| words.stop_before(*n));
        let end = end.unwrap_or(length);
        if stays.find(&words.as_slice()[start..end]).is_some() {
            kept.push(start..end);
        }
        start = end;
    }
    kept
}

/// The name of a time zone as it stands behind a time in a language, such as "Central" or "de
/// Canarias", by its name in the IANA database; none where customers are not known to name it.
pub fn zone_name(language: Language, zone: &str) -> Option<&'static str> {
    let mut zones = vocabulary::Vocabulary::of(language).zones.iter();
    zones.find_map(|(iana, name, _)| (*iana == zone).then_some(*name))
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, Weekday};

    use super::{
        chart::{self, Lattice, Sem},
        clock::{Clock, DayPart},
        day::Weekdays,
        expression::{Expression, Unit, Which},
        lexicon::{Lexicon, Lexicons},
        reading::DateOrder,
        resolve::{Resolved, Setting},
        vocabulary::{
            CompanyWords, DetectionWords, FigureWords, GrammarWords, LengthWords, Look, NameWords,
            Particle, Phrases, Trade, VerbWords, Vocabulary,
        },
        words::Words,
    };

    /// A language that nobody speaks.
    static TOY: Vocabulary = Vocabulary {
        booked: "",
        cannot: "",
        come: "",
        weekdays: [
            "lunda", "marda", "merda", "jovda", "venda", "samda", "solda",
        ],
        each: [""; 7],
        months: [
            "uno-mo", "dumo", "trimo", "kvamo", "kvimo", "sesmo", "sepmo", "okmo", "naumo",
            "dekmo", "undmo", "dudmo",
        ],
        numbers: &[(2, "du"), (3, "tri"), (4, "kvar")],
        ordinals: &[(1, "unua"), (2, "dua")],
        ahead: ["odi", "morgo", "postmorgo"],
        feasts: &[],
        zones: &[],
        part: |part| {
            if part == DayPart::Morning {
                "mateno"
            } else {
                ""
            }
        },
        part_of: |_| "",
        contractions: "",
        has_bare_hours: false,
        today: |_| "",
        particle,
        grammar: GrammarWords {
            me: "",
            with_me: "",
            my: "",
            our: "",
            my_or_me: "",
            of: "",
            articles: "",
            counting: "",
            the_or_he: "",
            he_marks: "",
            yes_or_if: "",
            yes_marks: "",
            thing_marks: "",
            plural: "",
            for_whom: "",
            to_whom: "",
            leads_own: "",
            reason: "",
            then_has: "",
            at: "",
            anew: "",
            instead: "",
            celebrated: "",
            suits: "",
            appointments: "",
            verbs: VerbWords {
                subjects: "",
                past: "",
                past_wishes: "",
                i: "",
                says: "",
                others: "",
                others_do: "",
                objects: "",
                doing: "",
                doing_endings: "",
                did: "",
                i_did: "",
                i_will: "",
                being: "",
                having: "",
            },
            figures: FigureWords {
                ordinal: "",
                glued: &[],
                answers: "",
                refuses: "",
                plain: "",
                that: "",
                later: "",
                earlier: "",
                than: "",
            },
        },
        intent: |_| "",
        whole: |_| "",
        own: "",
        replaces: "",
        another: "",
        only: "",
        all: "",
        in_turn: "",
        asks: [""; 2],
        neither: "",
        meanwhile: "",
        stresses: "",
        preterite: "",
        adds: "",
        yes: "jes",
        no: "ne",
        short: &[],
        fillers: "",
        idle: "",
        cue: |_| "",
        common: "",
        company: CompanyWords {
            pronouns: "",
            first: "",
            second: "",
            may: "",
            visits: "",
            come: "",
            orders: "",
            ill: "",
            theirs: "",
            in_place: "",
            passes_on: "",
            whose: "",
            slots: "",
            brings: "",
            family: "",
            which_kin: "",
            comes_too: "",
            then: "",
            in_turn: "",
            at_once: "",
            apart: "",
            companion: "",
            other: "",
            before_other: "",
            units: "",
            in_for: "",
            denies: "",
            i: "",
            me: "",
            to_me: "",
            turn: "",
            and: "",
            comes: "",
            takes_in: "",
            may_take_in: "",
            you: "",
            takes_in_stems: "",
        },
        stages: "",
        moves: "",
        moves_by: "",
        moves_forward: "",
        removes: "",
        takes: "",
        takes_out: "",
        detection: DetectionWords {
            letters: "",
            shared: "",
            denied: "",
            within: "",
            into: "",
            speaks: "",
            please: "",
        },
        names: NameWords {
            own: "",
            perhaps_own: "",
            answers: "",
            other: "",
            guardians: "",
            surname: "",
            present: "",
            sign_off: "",
            titles: "",
            around: "",
            leads: "",
            firm: "",
            linking: "",
            never: "",
            also_names: "",
            done_to: "",
            done_to_endings: "",
            goes_to: "",
            fits: "",
            fitted: "",
            speaks_of: "",
            acts: "",
            is_in: "",
            told_after: "",
            sees: "",
            whose: "",
            articles: "",
            asks: "",
            says_name: "",
            under: "",
            of_customer: "",
            is_name: "",
            not_me: "",
            possessive: "",
            groups: "",
            endings: "",
            small: "",
            mac: "",
            diminutives: "",
            whom: "",
            who: "",
            before_who: "",
        },
        trade: Trade {
            likewise: "",
            recounts: "",
            duties: "",
            bearers: "",
            offers: "",
            head_first: false,
            small: "",
            weak: "",
            everyday: "",
            adverbs: "",
            whose: "",
            sizes: "",
            things: "",
            prices: "",
            done: "",
            to_do: "",
            opens: "",
            may_open: "",
            asks: "",
            tells: "",
            held: "",
            definite: "",
            same: "",
            becomes: "",
            newcomer: "",
            initial: "",
            has_to: "",
            owned: "",
            ones: "",
            joint: "",
            other_endings: "",
            length: LengthWords {
                hours: "",
                bare: "",
                minutes: "",
                halves: "",
                and_a_half: "",
                single: "",
                definite: "",
                longer: "",
                shorter: "",
                before: "",
                after: "",
                half_of: "",
                half_one: "",
                lasting: "",
                more: "",
            },
            look: Look {
                verbs: "",
                before: "",
                after: "",
                glances: "",
                own: "",
                asked: "",
                services: "",
                simple: "",
                fields: "",
            },
            plain: "",
            endings: "",
            alike: &[],
        },
    };

    fn particle(particle: Particle) -> Phrases {
        match particle {
            Particle::At => "je",
            Particle::Of => "de",
            Particle::Next => "sekva",
            Particle::Week => "semajno",
            Particle::AndMinutes => "kaj",
            Particle::Half => "duono",
            Particle::From => "ekde",
            Particle::Through => "gis",
            Particle::In => "post",
            Particle::After => "post kiam",
            _ => "",
        }
    }

    /// The meaning of a whole text in the toy language.
    fn read(text: &str) -> Vec<Sem> {
        let own: &'static Lexicon = Box::leak(Box::new(Lexicon::build(&TOY)));
        let lexicons = Lexicons { own, others: [own] };
        let lattice = Lattice::of(&Words::of(text), lexicons, true, &[]);
        let edges = chart::parse(&lattice).into_iter();
        let whole = edges.filter(|edge| edge.start == 0 && edge.end == lattice.len());
        whole.map(|edge| edge.sem).collect()
    }

    #[test]
    fn a_language_is_its_words() {
        let weekday = |day| Expression::Weekday(day, Which::Plain);
        let boxed = |expression| Box::new(expression);
        let between =
            Expression::Between(boxed(weekday(Weekday::Mon)), boxed(weekday(Weekday::Thu)));
        for (text, meant) in [
            ("lunda", weekday(Weekday::Mon)),
            (
                "sekva venda",
                Expression::Weekday(Weekday::Fri, Which::Next),
            ),
            ("sekva semajno", Expression::Week(1)),
            ("ekde lunda gis jovda", between),
            (
                "dua samda de trimo",
                Expression::NthWeekday(2, Weekday::Sat, boxed(Expression::Month(3, None))),
            ),
            ("post tri semajno", Expression::Around(3, Unit::Week)),
            ("14 de kvimo", Expression::MonthDay(5, 14)),
        ] {
            assert!(
                read(text).contains(&Sem::Days(meant)),
                "{text}: {:?}",
                read(text)
            );
        }
        let half_past_four = Clock::Either(4 * 60 + 30);
        let is_time = |sem: &Sem| matches!(sem, Sem::Times(times) if times.at == [half_past_four]);
        assert!(read("je kvar kaj duono").iter().any(is_time));
        assert!(read("lunda bla venda").is_empty());
    }

    #[test]
    fn what_it_says_is_resolved_like_any_other() {
        let setting = Setting {
            today: NaiveDate::from_ymd_opt(2026, 3, 4).unwrap(),
            order: DateOrder::DayFirst,
            country: None,
            last: None,
            window: None,
            talked_of: None,
            closed: Weekdays::default(),
        };
        let found = read("dua samda de trimo")
            .into_iter()
            .find_map(|sem| match sem {
                Sem::Days(days) => setting.resolve(&days),
                _ => None,
            });
        let second_saturday = NaiveDate::from_ymd_opt(2026, 3, 14).unwrap();
        assert_eq!(found, Some(Resolved::OneOf(vec![second_saturday])));
    }
}
