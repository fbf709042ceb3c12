//! The acts of a text as they stand in it, clause by clause, before any is taken back.

mod doubt;

use std::ops::Range;

use super::{
    Act, ActKind,
    token::{Sort, Token, tokens},
};
use crate::language::{
    Language,
    lexicon::Meaning,
    phrases::in_any,
    reading::Asked,
    sentence::Sentence,
    vocabulary::{Cue, Particle},
};

/// An act, and how it is said.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) act: Act,
    /// The number of its clause.
    pub(super) clause: usize,
    /// How plain a yes is. Of the rest, what may be a name or names nothing to do it with is weak.
    pub(super) strength: Strength,
}

/// How plain a yes is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// It is one only if the text tells nothing else: "fine".
    Weak,
    /// It is one unless something is told after it: "ok".
    Lead,
    /// It is one whatever is told: "yes", "book it".
    Sure,
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Scan {
    pub(super) found: Vec<Found>,
    /// The clauses in which something may be different from what was proposed.
    pub(super) doubts: Vec<usize>,
    /// The words of yeses, hesitations and courtesies.
    pub(super) spoken_for: Vec<Range<usize>>,
    /// The clause in which somebody is added who comes besides.
    pub(super) added_in: Option<usize>,
    /// A yes with what is to be done was said: "yes, cancel it".
    decided: bool,
    /// Those of them that name no time.
    pub(super) timeless: Vec<Range<usize>>,
}

/// A check or a thought stands so near after "let me".
const REACH: usize = 4;
/// A vocative or a name has no more words.
const NAME_WORDS: usize = 3;

// === impl Scan ===

impl Scan {
    pub(super) fn of(
        sentence: &Sentence<'_>,
        language: Language,
        taken: &[Range<usize>],
        asked: Asked,
    ) -> Self {
        let words = sentence.words;
        let tokens = tokens(sentence, language, taken);
        let mut scan = Self::default();
        let mut start = 0;
        let mut number = 0;
        while start < tokens.len() {
            // "Wait make it 4": what follows is said for itself.
            let waits = |n: usize| {
                let lead = &tokens[start..n];
                lead.last().is_some_and(|token| token.is(Cue::Wait))
                    && lead
                        .iter()
                        .all(|token| token.is_stance() || token.is(Cue::Wait))
                    && !leads_on(sentence, &tokens[n])
            };
            let ends = |n: &usize| {
                let word = tokens[*n].place.words.start;
                // "Queda igual" is one phrase, though "igual" can be a "but".
                let stays = sentence.is(sentence.holding(word), Particle::Stays);
                words.stop_before(word) || tokens[*n].is(Cue::But) && !stays || waits(*n)
            };
            let end = (start + 1..tokens.len()).find(ends).unwrap_or(tokens.len());
            let place = |n: usize| sentence.holding(tokens[n].place.words.start);
            let mut lexemes = place(start)..=place(end - 1);
            let keeps = lexemes.clone().any(|n| sentence.is(n, Particle::Stays));
            let names = lexemes.any(|n| sentence.means(n, Meaning::is_day))
                || tokens[start..end]
                    .iter()
                    .any(|token| token.sort == Sort::Detail);
            Clause {
                sentence,
                stays: keeps && (names || number > 0 && asked == Asked::YesOrNo),
                wants: tokens[start..end].iter().any(|token| token.wants(sentence)),
                tokens: &tokens[start..end],
                number,
                asked,
            }
            .scan(&mut scan);
            (start, number) = (end, number + 1);
        }
        scan
    }

    fn push(&mut self, act: Act, clause: usize, strength: Strength) {
        self.found.push(Found {
            act,
            clause,
            strength,
        });
    }

    /// Returns whether a yes stands right before a token.
    fn agrees_up_to(&self, token: &Token) -> bool {
        self.found.last().is_some_and(|one| {
            one.act.kind == ActKind::Affirm
                && one.strength == Strength::Sure
                && one.act.words.end == token.place.words.start
        })
    }

    fn says_yes(&self) -> bool {
        let mut found = self.found.iter();
        found.any(|one| one.act.kind == ActKind::Affirm && one.strength == Strength::Sure)
    }

    fn says_anything(&self) -> bool {
        let stance = |one: &Found| matches!(one.act.kind, ActKind::Affirm | ActKind::Deny);
        self.found.iter().any(stance)
    }
}

/// Returns whether a token goes on with "wait": "until Friday".
fn leads_on(sentence: &Sentence<'_>, token: &Token) -> bool {
    let n = sentence.holding(token.place.words.start);
    let on = [Particle::Until, Particle::For, Particle::To];
    on.into_iter().any(|one| sentence.is(n, one))
}

/// What stands between two stops, or up to a "but".
struct Clause<'s> {
    sentence: &'s Sentence<'s>,
    tokens: &'s [Token],
    number: usize,
    /// What the customer was asked.
    asked: Asked,
    /// It wants something that is no hesitation, such as to talk to a person.
    wants: bool,
    /// It tells that an appointment stays as it is.
    stays: bool,
}

// === impl Clause ===

impl Clause<'_> {
    fn scan(&self, scan: &mut Scan) {
        if self.stays {
            // "Thursday's stays as it is" is about another appointment, and so is "yes, mine stays".
            let strength = if self.asked == Asked::YesOrNo {
                Strength::Weak
            } else {
                Strength::Sure
            };
            self.push(ActKind::Statement, 0..self.tokens.len(), strength, scan);
            return;
        }
        let lead = self.lead();
        let question = self.question_from(lead);
        let end = question.unwrap_or(self.tokens.len());
        let mut hesitates = false;
        let another = |token: &Token| token.is(Cue::Another);
        if self.tokens.iter().any(another) {
            scan.added_in.get_or_insert(self.number);
        }
        for n in 0..end {
            self.courtesy(n, scan);
            let is_settled = self.is_afterwards(scan)
                || self.only_promises(n, scan)
                || scan.says_yes() && self.explains(n);
            if !hesitates && self.hesitates(n) && !is_settled {
                hesitates = true;
                self.push(ActKind::Hesitate, n..n + 1, Strength::Sure, scan);
                if self.is_answer() {
                    scan.spoken_for.push(self.range(n..self.tokens.len()));
                    scan.timeless.push(self.range(n..self.tokens.len()));
                }
            } else if !hesitates {
                self.stance(n, lead, scan);
            }
        }
        scan.decided |= self.wants && scan.says_yes();
        let is_doubtful = self.is_doubtful(scan) && !self.is_afterwards(scan);
        if is_doubtful && !self.asks_besides(question) {
            scan.doubts.push(self.number);
        }
        if let Some(start) = question {
            let asked = &self.tokens[start..];
            // "Could Ben do it?" asks for something.
            let about = |sort: Sort| asked.iter().any(|token| token.sort == sort);
            let kind = if about(Sort::Detail) && !about(Sort::Asks) {
                ActKind::Request
            } else {
                ActKind::Question
            };
            self.push(kind, start..self.tokens.len(), Strength::Sure, scan);
        } else if !hesitates {
            self.rest(scan);
        }
    }

    /// The first word of a token.
    fn word(&self, n: usize) -> &str {
        &self.sentence.words.as_slice()[self.tokens[n].place.words.start]
    }

    /// Returns whether a yes or no is expected.
    fn is_answer(&self) -> bool {
        matches!(self.asked, Asked::Proposal | Asked::YesOrNo)
    }

    fn push(&self, kind: ActKind, tokens: Range<usize>, strength: Strength, scan: &mut Scan) {
        let mut all = self.tokens[tokens.clone()].iter();
        let act = Act {
            kind,
            words: self.range(tokens),
            slots: Vec::new(),
            tells: all.any(|token| matches!(token.sort, Sort::Unknown | Sort::Content)),
        };
        scan.push(act, self.number, strength);
    }

    fn range(&self, tokens: Range<usize>) -> Range<usize> {
        let first = self.tokens[tokens.start].place.words.start;
        let last = self.tokens[tokens.end - 1].place.words.end;
        first..last
    }

    /// Where the answer, the courtesies and the small words end with which it begins.
    fn lead(&self) -> usize {
        let goes_on = |token: &Token| token.is_stance() || token.is_idle();
        let end = self.tokens.iter().position(|token| !goes_on(token));
        end.unwrap_or(self.tokens.len())
    }

    /// Where it begins to ask.
    fn question_from(&self, lead: usize) -> Option<usize> {
        let opens = |token: &Token| token.is_stance() || token.is_courtesy() || token.is(Cue::Join);
        let start = self
            .tokens
            .iter()
            .position(|token| token.is(Cue::Ask) || !opens(token));
        let asks = |n: &usize| self.tokens[*n].is(Cue::Ask) || self.tokens[*n].sort == Sort::Asks;
        if let Some(start) = start.filter(asks) {
            return Some(start);
        }
        let end = self.tokens.last()?.place.words.end;
        let asked = end > 0 && self.sentence.words.asked_after(end - 1);
        let joined = (1..lead.min(self.tokens.len())).find(|n| self.tokens[*n].is(Cue::Join));
        let courteous = self.tokens.iter().all(Token::is_courtesy);
        (asked && !courteous).then(|| joined.filter(|_| lead < self.tokens.len()).unwrap_or(0))
    }

    fn courtesy(&self, n: usize, scan: &mut Scan) {
        let token = &self.tokens[n];
        let kinds = [
            (Cue::Greet, ActKind::Greet),
            (Cue::Thank, ActKind::Thank),
            (Cue::Part, ActKind::Part),
        ];
        // "Friday morning" greets nobody.
        let begins = n == 0 || self.tokens[n - 1].is_idle() || self.tokens[n - 1].is_stance();
        let found = kinds.into_iter().find(|(cue, _)| token.is(*cue));
        if let Some((_, kind)) = found.filter(|(cue, _)| *cue != Cue::Greet || begins) {
            self.push(kind, n..n + 1, Strength::Sure, scan);
            scan.spoken_for.push(token.place.words.clone());
            let ends = self.tokens[n + 1..].iter().all(Token::is_idle);
            if kind == ActKind::Part && ends && n + self.number > 0 {
                // "Perfecto, hasta el sábado".
                scan.timeless.push(token.place.words.clone());
            }
        }
    }

    /// Returns whether it asks for time there: "wait", "let me … check".
    fn hesitates(&self, n: usize) -> bool {
        let reach = (n + 1..self.tokens.len().min(n + 1 + REACH)).take_while(|n| {
            let token = &self.tokens[*n];
            !token.is(Cue::Affirm) && !token.is(Cue::Deny)
        });
        let mut reach = reach;
        let token = &self.tokens[n];
        // "Hmm" says something only alone.
        let alone = || self.tokens.iter().all(Token::is_idle);
        let waits = token.is(Cue::Hesitate) || token.is(Cue::Wait);
        let asks = waits && !(token.place.words.len() == 1 && self.is_told_not(n));
        asks && (!token.is(Cue::Small) || alone())
            || self.is_answer()
                && !self.wants
                && token.is(Cue::Intend)
                && reach.any(|n| self.tokens[n].is(Cue::Ponder))
    }

    /// Returns whether a negation stands before a word: "no me gusta esperar".
    fn is_told_not(&self, n: usize) -> bool {
        let is_no = |token: &Token| token.is(Cue::No) || token.is(Cue::Not);
        let no = self.tokens[..n].iter().position(is_no);
        let denies = |token: &Token| token.is(Cue::Deny);
        no.is_some_and(|no| self.tokens[no + 1..n].iter().any(Token::is_content))
            || self.tokens[..n].last().is_some_and(denies)
    }

    /// Returns whether it promises word after a yes to another question than a proposal.
    fn only_promises(&self, n: usize, scan: &Scan) -> bool {
        self.asked == Asked::YesOrNo && self.tokens[n].is(Cue::Promise) && scan.says_yes()
    }

    /// Returns whether it only tells what the customer will do after what was agreed to: "luego les
    /// escribo".
    fn is_afterwards(&self, scan: &Scan) -> bool {
        let first = self.word(0);
        let agreed = scan.decided || self.asked == Asked::YesOrNo && scan.says_yes();
        agreed
            && in_any(|one| one.company.then).has(first)
            && !self.tokens.iter().any(|token| token.sort == Sort::Detail)
    }

    /// The yes or no at a place.
    fn stance(&self, n: usize, lead: usize, scan: &mut Scan) {
        let token = &self.tokens[n];
        let before = |cue| n > 0 && self.tokens[n - 1].is(cue);
        // "Hi lovely" speaks to somebody.
        let said = before(Cue::Say) || before(Cue::Greet) && token.is(Cue::Small);
        let place = n..n + 1;
        if self.asked == Asked::Proposal && token.is(Cue::Leave) && scan.agrees_up_to(token) {
            self.push(ActKind::Affirm, place, Strength::Sure, scan);
            scan.spoken_for.push(token.place.words.clone());
        } else if scan.says_yes() && self.explains(n) {
            // "Sí, que no me gusta esperar" only says why.
        } else if self.denies(n, lead, scan.says_anything()) {
            // A bare "no" can be taken back at once: "no yeah, that's perfect".
            let strength = if token.is(Cue::No) {
                Strength::Lead
            } else {
                Strength::Sure
            };
            self.push(ActKind::Deny, place, strength, scan);
        } else if !said && let Some(strength) = self.affirms(n, lead) {
            self.push(ActKind::Affirm, place, strength, scan);
            scan.spoken_for.push(token.place.words.clone());
            if self.is_answer() && strength == Strength::Sure {
                scan.timeless.push(token.place.words.clone());
            }
        }
    }

    fn denies(&self, n: usize, lead: usize, answered: bool) -> bool {
        let token = &self.tokens[n];
        let after = &self.tokens[n + 1..];
        let ends = after
            .iter()
            .all(|token| token.is_idle() && !token.is(Cue::Join));
        let is_when = |token: &Token| token.is(Cue::Then) || token.sort == Sort::Detail;
        let opens = |token: &Token| token.is_stance() || token.is_courtesy() || token.is(Cue::Join);
        let begins = n <= lead && self.tokens[..n].iter().all(opens);
        // "With Ana but not Thursday" goes on with what is wished.
        token.is(Cue::Deny)
            || token.is(Cue::No) && (begins && !answered || ends)
            || token.is(Cue::Not) && begins && !answered && self.is_answer()
            || token.is(Cue::Away)
                && self.asked != Asked::Nothing
                && self.tokens.iter().any(is_when)
    }

    fn affirms(&self, n: usize, lead: usize) -> Option<Strength> {
        let token = &self.tokens[n];
        let books = token.is(Cue::Book) && self.asked == Asked::Proposal && n < lead;
        if books || token.is(Cue::Come) && self.asked != Asked::YesOrNo {
            return Some(Strength::Sure);
        }
        if token.is(Cue::Affirm) {
            // "I'll ask my partner 👍" waits.
            let written = self.sentence.words.written(token.place.words.start);
            if !written.chars().any(char::is_alphabetic) {
                return Some(Strength::Lead);
            }
            // "She paid 85, which sounds great" is about something else.
            let told = self.tokens[..n].iter().filter(|token| token.is_content());
            let told = told.count();
            let far = token.place.words.len() > 1 && told >= NAME_WORDS;
            // "He's golfing on Saturday, of course" only stresses it.
            let said = &self.sentence.words.as_slice()[..token.place.words.end];
            let stresses = told > 0 && in_any(|one| one.stresses).ends_before(said, said.len());
            return (!far && !stresses).then_some(Strength::Sure);
        }
        let alone = self.is_plain();
        if token.is(Cue::Praise) && alone && self.number == 0 {
            return Some(Strength::Sure);
        }
        if token.is(Cue::Assure) && self.is_si(n) {
            let written = self.sentence.words.written(token.place.words.start);
            let accent = in_any(|one| one.grammar.yes_marks).any_within(written);
            return (accent || alone || !self.says_more(n)).then_some(Strength::Sure);
        }
        if token.is(Cue::Assure) && n < lead {
            let short = self.content().count() < NAME_WORDS;
            return short.then_some(Strength::Lead);
        }
        (alone && (token.is(Cue::Assure) || token.is(Cue::Agree))).then_some(Strength::Weak)
    }

    /// "Si" without its accent is also "if".
    fn is_si(&self, n: usize) -> bool {
        let place = &self.tokens[n].place.words;
        let word = &self.sentence.words.as_slice()[place.start];
        place.len() == 1 && in_any(|one| one.grammar.yes_or_if).has(word)
    }

    fn says_more(&self, n: usize) -> bool {
        self.tokens[n + 1..].iter().any(Token::is_content)
    }

    fn content(&self) -> impl Iterator<Item = &Token> {
        self.tokens.iter().filter(|token| token.is_content())
    }

    /// Returns whether it says nothing but its answer and details.
    fn is_plain(&self) -> bool {
        let parts = |token: &Token| {
            token.is_content()
                || token.sort == Sort::Negation
                || token.is(Cue::No)
                || token.is(Cue::Not)
                || token.is(Cue::Deny)
        };
        !self.tokens.iter().any(parts)
    }

    /// What it says besides.
    fn rest(&self, scan: &mut Scan) {
        let tells = |token: &Token| token.sort == Sort::Detail || token.is_content();
        let mut all = (0..self.tokens.len()).filter(|n| tells(&self.tokens[*n]));
        let Some(first) = all.next() else { return };
        let last = all.next_back().unwrap_or(first);
        let has = |sort: Sort| self.tokens.iter().any(|token| token.sort == sort);
        let kind = if has(Sort::Request) {
            ActKind::Request
        } else if has(Sort::Asks) {
            ActKind::Question
        } else if has(Sort::Detail) {
            ActKind::Inform
        } else if has(Sort::Content) || self.content().any(|token| token.sort == Sort::Cue) {
            ActKind::Statement
        } else {
            ActKind::Unknown
        };
        let only_wishes =
            !has(Sort::Detail) && self.content().all(|token| token.sort == Sort::Request);
        let strength = if only_wishes || self.is_name() {
            Strength::Weak
        } else {
            Strength::Sure
        };
        self.push(kind, first..last + 1, strength, scan);
    }

    /// Returns whether it may be no more than a name: of whom is spoken to, or who signs.
    fn is_name(&self) -> bool {
        let written = |token: &Token| self.sentence.words.written(token.place.words.start);
        let capital = |token: &Token| {
            written(token)
                .chars()
                .next()
                .is_some_and(char::is_uppercase)
        };
        let short = self.content().count() <= NAME_WORDS;
        short
            && self
                .content()
                .all(|token| token.sort == Sort::Unknown && capital(token))
    }
}
