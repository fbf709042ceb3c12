//! What words and phrases tell about the answer to a question of yes or no.

/// What a word or phrase tells about the answer to a question of yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::language) enum Cue {
    /// A yes wherever it stands: "yes", "book it", "me viene bien".
    Affirm,
    /// A yes at the start of a clause, whatever follows: "ok", "perfecto".
    Assure,
    /// Praise for what was proposed: a yes at the start of a message, whatever is told after it:
    /// "perfect, he'll be thrilled".
    Praise,
    /// A yes in a clause that says nothing else: "that is fine", "muy bien".
    Agree,
    /// That the customer comes: a yes, but not to giving an appointment up.
    Come,
    /// Asks for an appointment, and is a yes where one was proposed: "put me down", "apúntame".
    Book,
    /// A no wherever it stands: "nope", "no me sirve".
    Deny,
    /// Leaves something as it is: a no, but a yes right after a yes: "sí, déjalo así".
    Leave,
    /// "No" itself, which is an answer at either end of a clause and rules something out within.
    No,
    /// Rules out what follows, and is a no only at the start of a message.
    Not,
    /// Neither yes nor no: "wait", "no sé".
    Hesitate,
    /// A hesitation with which a change may begin: "wait, make it 4".
    Wait,
    /// A hesitation that only promises word, and is none after a yes to giving an appointment up:
    /// "yes, I'll let you know".
    Promise,
    /// What the customer is about to do: "let me", "tengo que". A hesitation before [`Self::Ponder`].
    Intend,
    /// To check, ask or think: "check", "consultar".
    Ponder,
    /// Elsewhere: "at work", "de viaje". A no beside a day or [`Self::Then`].
    Away,
    /// The time that was proposed: "that day", "a esa hora".
    Then,
    /// Something that contradicts follows.
    But,
    /// Something may be different from what was proposed: "if", "rather", "antes".
    Doubt,
    /// Begins a question that may end without a question mark.
    Ask,
    /// Makes the yes after it somebody's words, or too much: "I said yes", "too good".
    Say,
    /// Before who comes besides: "one for", "otra para".
    Another,
    /// Joins what follows to what was said: "and", "y".
    Join,
    /// Changes nothing.
    Small,
    /// Hello.
    Greet,
    /// Thank you.
    Thank,
    /// Goodbye.
    Part,
}

impl Cue {
    /// Every one.
    pub(in crate::language) const ALL: &'static [Self] = &[
        Self::Affirm,
        Self::Assure,
        Self::Praise,
        Self::Agree,
        Self::Come,
        Self::Book,
        Self::Deny,
        Self::Leave,
        Self::No,
        Self::Not,
        Self::Hesitate,
        Self::Wait,
        Self::Promise,
        Self::Intend,
        Self::Ponder,
        Self::Away,
        Self::Then,
        Self::But,
        Self::Doubt,
        Self::Ask,
        Self::Say,
        Self::Another,
        Self::Join,
        Self::Small,
        Self::Greet,
        Self::Thank,
        Self::Part,
    ];
}
