//! Puts the parts of an expression together: typed rules over all that the words may mean.
//!
//! The invariants: every reading that the rules allow is kept until all are known, so that no word
//! decides before its neighbours are seen; the work is bounded, whatever is written.

mod lattice;
mod rules;
mod sem;

use std::sync::LazyLock;

pub(super) use self::{
    lattice::{Arc, Lattice, Token},
    sem::{Sem, Sure, Times},
};
use super::vocabulary::Particle;

/// A meaning of the tokens from `start` to `end`.
#[derive(Debug, Clone)]
pub(super) struct Edge {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) sem: Sem,
    /// What speaks against it.
    pub(super) cost: u32,
}

/// A bare number as the hour that it would be.
pub(super) fn as_times(sem: &Sem) -> Option<Sem> {
    rules::times(sem).map(Sem::Times)
}

/// Three or four figures as the time that they would be.
pub(super) fn as_run_together(sem: &Sem) -> Option<Sem> {
    rules::run_together(sem)
}

/// Returns whether something is a part that a rule asks for.
type Test = fn(&Sem) -> bool;
/// What parts come to.
type Make = fn(&[&Sem]) -> Option<Sem>;

/// One place of a rule's pattern.
#[derive(Clone, Copy)]
enum Slot {
    /// This small word.
    Word(Particle),
    /// One of these small words.
    OneOf(&'static [Particle]),
    /// One of these small words, or nothing.
    Maybe(&'static [Particle]),
    /// A part for which this holds; it is handed to the rule.
    Is(Test),
}

/// How parts that stand side by side become a larger one.
struct Rule {
    pattern: Vec<Slot>,
    make: Make,
    /// A comma or a full stop may stand between the parts.
    loose: bool,
    cost: u32,
}

/// A rule of which the first parts were found.
#[derive(Clone, Copy)]
struct Active {
    /// The part of its pattern that is filled.
    node: usize,
    start: usize,
    end: usize,
    parts: [u32; MAX_PARTS],
    count: usize,
    cost: u32,
}

/// The patterns of the rules, those that begin alike as one.
#[derive(Default)]
struct Grammar {
    nodes: Vec<Node>,
}

/// A place in a pattern.
#[derive(Default)]
struct Node {
    /// A comma or a full stop may stand before what comes next.
    loose: bool,
    words: Vec<(Particle, usize)>,
    tests: Vec<(Test, usize)>,
    /// The rules of which the pattern ends here, and what they cost.
    done: Vec<(Make, u32)>,
}

/// Where the patterns begin that no stop may divide, and where those that one may.
const ROOTS: [usize; 2] = [0, 1];
/// The most parts of one rule.
const MAX_PARTS: usize = 6;
/// The most tokens of one expression.
const MAX_LENGTH: usize = 16;
/// The most readings that begin at one token.
const MAX_FROM_ONE: usize = 80;

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(Grammar::build);

/// All that the rules make of a text, with what its words mean by themselves.
pub(super) fn parse(lattice: &Lattice) -> Vec<Edge> {
    let mut chart = Chart {
        grammar: &GRAMMAR,
        lattice,
        edges: Vec::with_capacity(256),
        starting: vec![Vec::new(); lattice.len() + 1],
        agenda: Vec::with_capacity(64),
    };
    // From the end to the beginning: what may follow a part is complete when the part is met.
    for start in (0..lattice.len()).rev() {
        for Arc { end, sem, cost } in lattice.from(start) {
            chart.add(Edge {
                start,
                end: *end,
                sem: sem.clone(),
                cost: *cost,
            });
        }
        while let Some(edge) = chart.agenda.pop() {
            chart.begin(edge);
        }
    }
    chart.edges
}

struct Chart<'g> {
    grammar: &'g Grammar,
    lattice: &'g Lattice,
    edges: Vec<Edge>,
    /// The edges that begin at each token.
    starting: Vec<Vec<u32>>,
    agenda: Vec<u32>,
}

// === impl Chart ===

impl Chart<'_> {
    fn add(&mut self, edge: Edge) {
        let known = self.starting[edge.start].iter().find(|known| {
            let known = &self.edges[**known as usize];
            known.end == edge.end && known.sem == edge.sem
        });
        if let Some(known) = known {
            let known = &mut self.edges[*known as usize];
            known.cost = known.cost.min(edge.cost);
            return;
        }
        if self.starting[edge.start].len() >= MAX_FROM_ONE || edge.end - edge.start > MAX_LENGTH {
            return;
        }
        let number = u32::try_from(self.edges.len()).unwrap_or(u32::MAX);
        self.starting[edge.start].push(number);
        self.edges.push(edge);
        self.agenda.push(number);
    }

    /// Begins every rule that may begin with an edge. What may follow it begins further on and is
    /// complete.
    fn begin(&mut self, number: u32) {
        let start = self.edges[number as usize].start;
        for node in ROOTS {
            let active = Active {
                node,
                start,
                end: start,
                parts: [0; MAX_PARTS],
                count: 0,
                cost: 0,
            };
            self.advance(&active, number);
        }
    }

    /// Fills the next place of the patterns with an edge, where it fits, and goes on from there.
    fn advance(&mut self, active: &Active, number: u32) {
        let grammar = self.grammar;
        let node = &grammar.nodes[active.node];
        let edge = &self.edges[number as usize];
        if active.end > active.start && !node.loose && self.lattice.stop_before(edge.start) {
            return;
        }
        let mut next = Active {
            end: edge.end,
            cost: active.cost + edge.cost,
            ..*active
        };
        if let Sem::Word(particle) = edge.sem {
            if let Some((_, node)) = node.words.iter().find(|(word, _)| *word == particle) {
                next.node = *node;
                self.go_on(&next);
            }
            return;
        }
        next.parts[next.count] = number;
        next.count += 1;
        for (test, node) in &node.tests {
            if test(&self.edges[number as usize].sem) {
                next.node = *node;
                self.go_on(&next);
            }
        }
    }

    fn go_on(&mut self, active: &Active) {
        let grammar = self.grammar;
        let node = &grammar.nodes[active.node];
        for (make, cost) in &node.done {
            self.complete(active, *make, *cost);
        }
        if node.words.is_empty() && node.tests.is_empty() {
            return;
        }
        for n in 0..self.starting[active.end].len() {
            let follower = self.starting[active.end][n];
            self.advance(active, follower);
        }
    }

    fn complete(&mut self, active: &Active, make: Make, cost: u32) {
        let mut parts: [&Sem; MAX_PARTS] = [&Sem::Nothing; MAX_PARTS];
        for (part, number) in parts.iter_mut().zip(active.parts).take(active.count) {
            *part = &self.edges[number as usize].sem;
        }
        if let Some(sem) = make(&parts[..active.count]) {
            self.add(Edge {
                start: active.start,
                end: active.end,
                sem,
                cost: active.cost + cost,
            });
        }
    }
}

// === impl Grammar ===

impl Grammar {
    fn build() -> Self {
        let mut grammar = Self::default();
        for loose in [false, true] {
            grammar.nodes.push(Node {
                loose,
                ..Node::default()
            });
        }
        for rule in rules::all().into_iter().flat_map(Rule::variants) {
            grammar.add(&rule);
        }
        grammar
    }

    fn add(&mut self, rule: &Rule) {
        let mut at = ROOTS[usize::from(rule.loose)];
        for slot in &rule.pattern {
            let node = &self.nodes[at];
            let known = match slot {
                Slot::Word(word) => node
                    .words
                    .iter()
                    .find(|(known, _)| known == word)
                    .map(|(_, next)| *next),
                Slot::Is(test) => {
                    let same = |(known, _): &&(Test, usize)| std::ptr::fn_addr_eq(*known, *test);
                    node.tests.iter().find(same).map(|(_, next)| *next)
                }
                // Rules come here without.
                Slot::OneOf(_) | Slot::Maybe(_) => Some(at),
            };
            at = known.unwrap_or_else(|| self.grow(at, slot, rule.loose));
        }
        self.nodes[at].done.push((rule.make, rule.cost));
    }

    fn grow(&mut self, at: usize, slot: &Slot, loose: bool) -> usize {
        let next = self.nodes.len();
        self.nodes.push(Node {
            loose,
            ..Node::default()
        });
        match slot {
            Slot::Word(word) => self.nodes[at].words.push((*word, next)),
            Slot::Is(test) => self.nodes[at].tests.push((*test, next)),
            Slot::OneOf(_) | Slot::Maybe(_) => {}
        }
        next
    }
}

// === impl Rule ===

impl Rule {
    /// The same rule for each of the words that may stand in a place, and without those that may be
    /// left out.
    fn variants(self) -> Vec<Self> {
        let chosen = self
            .pattern
            .iter()
            .enumerate()
            .find_map(|(at, slot)| match slot {
                Slot::OneOf(words) => Some((at, *words, false)),
                Slot::Maybe(words) => Some((at, *words, true)),
                Slot::Word(_) | Slot::Is(_) => None,
            });
        let Some((at, words, may_be_left_out)) = chosen else {
            return vec![self];
        };
        let with = |middle: Option<Slot>| {
            let mut pattern = self.pattern[..at].to_vec();
            pattern.extend(middle);
            pattern.extend(&self.pattern[at + 1..]);
            Self { pattern, ..self }.variants()
        };
        let mut variants = Vec::new();
        if may_be_left_out {
            variants.extend(with(None));
        }
        variants.extend(words.iter().flat_map(|word| with(Some(Slot::Word(*word)))));
        variants
    }
}
