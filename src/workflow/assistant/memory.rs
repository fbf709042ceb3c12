//! What the assistant remembers of a conversation between turns.
//!
//! The invariant: a memory that this release cannot read, or a draft that was left for longer than a day,
//! starts the conversation over; neither is an error.

use std::fmt;

use bytes::Bytes;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{pace::Pace, token::Action};
pub(super) use crate::language::When;
use crate::{
    booking::{BookingId, ResourceId, ServiceId, Services},
    language::Language,
    workflow::{State, StateChange},
};

/// The workflow's name in stored states.
pub(super) const WORKFLOW: &str = "assistant";
/// The version of the format below.
const VERSION: u32 = 1;
/// A draft that was left for longer starts over.
const DRAFT_LIFETIME: TimeDelta = TimeDelta::hours(36);

/// All that is remembered.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Memory {
    /// When something was last said.
    pub(super) touched_at: DateTime<Utc>,
    /// The language that is spoken, once it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) language: Option<Language>,
    /// The name the customer gave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<Box<str>>,
    /// Where the conversation stands.
    pub(super) step: Step,
    /// The days that are being talked of, from the first to the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) window: Option<(NaiveDate, NaiveDate)>,
    /// The time that was asked for or proposed last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) at: Option<DateTime<Utc>>,
    /// The services that were asked about last, each with all that may be meant; they are wanted
    /// where none is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) topic: Vec<Vec<ServiceId>>,
    /// Those that were asked about right before these: "both" means them as well.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) earlier: Vec<Vec<ServiceId>>,
    /// The person for whom the customer asked about a service: "how much is a fringe trim? For my niece Alma".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) topic_for: Option<ForWhom>,
    /// The name of somebody near to the customer who was told of: "my dog Bran is limping".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) told_of: Option<Box<str>>,
    /// The appointment that was spoken of last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) spoken_of: Option<BookingId>,
    /// How often in a row nothing was understood.
    #[serde(default)]
    pub(super) misses: u8,
    /// The question that was asked last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) asked: Option<Box<str>>,
    /// The number of times it was asked in a row in a reply that said nothing else.
    #[serde(default)]
    pub(super) times_asked: u8,
    /// Goodbye was said: there is no need to say it again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) parted: bool,
    /// How much alike the last turns were.
    #[serde(default)]
    pub(super) pace: Pace,
    /// What was offered last; an answer by number counts in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) offered: Vec<Offered>,
}

/// One choice that was offered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Offered {
    /// What it does.
    pub(super) action: Action,
    /// What was shown.
    pub(super) title: Box<str>,
}

/// Where a conversation stands: which answer is expected.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub(super) enum Step {
    /// None.
    #[default]
    Idle,
    /// A service. What else was said is kept.
    Service {
        #[serde(flatten)]
        wish: Wished,
    },
    /// A time.
    Time { draft: Draft },
    /// The customer's name.
    Name { draft: Draft, pick: Pick },
    /// Yes or no to the booking.
    Confirm { draft: Draft, pick: Pick },
    /// Which booking to give up.
    ChooseCancel,
    /// Which booking to move, and to when as far as it was said.
    ChooseMove {
        #[serde(default)]
        when: When,
    },
    /// Whether to drop what is being booked, or to give an appointment up.
    ChooseDrop { draft: Draft, pick: Option<Pick> },
    /// Whether to move or give up an appointment they cannot come to.
    CannotCome { id: BookingId, version: u32 },
    /// Yes or no to giving a booking up, and others with it.
    ConfirmCancel {
        id: BookingId,
        version: u32,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        others: Vec<(BookingId, u32)>,
    },
}

/// What is wished of a booking whose service is not known yet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Wished {
    /// The services that may be meant; none: any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) among: Vec<ServiceId>,
    /// What is wanted in the same visit besides, each with all that may be meant.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) besides: Vec<Vec<ServiceId>>,
    #[serde(default)]
    pub(super) when: When,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) staff: Option<ResourceId>,
    /// The people who will not do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) not_staff: Vec<ResourceId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) for_whom: Option<ForWhom>,
    /// The other appointments to book together with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) with: Vec<Companion>,
}

/// Another appointment that is booked together with the first: somebody else's, or on another day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Companion {
    /// None: those of the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) services: Option<Services>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) staff: Option<ResourceId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) for_whom: Option<ForWhom>,
    /// Empty: with the first, or right after it.
    #[serde(default, skip_serializing_if = "When::is_empty")]
    pub(super) when: When,
    /// Right after the one before, even where both could be at once.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) in_turn: bool,
}

/// Who comes, where that is somebody else than the customer.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ForWhom {
    /// The name has to be asked.
    Unnamed,
    /// As the customer calls them, which is enough: "son".
    Related(Box<str>),
    /// That is the name.
    Named(Box<str>),
}

/// What is going to be booked, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Draft {
    pub(super) services: Services,
    /// The person that was wished.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) staff: Option<ResourceId>,
    /// The people who will not do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) not_staff: Vec<ResourceId>,
    #[serde(default)]
    pub(super) when: When,
    /// Whom it is for, where that is somebody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) for_whom: Option<ForWhom>,
    /// The booking that is moved; none: a new one is made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) moving: Option<Moving>,
    /// The appointments that are booked together with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) with: Vec<Companion>,
}

/// A booking that is moved, as it was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Moving {
    pub(super) id: BookingId,
    pub(super) version: u32,
}

/// A time that was chosen. It is held, unless a booking is moved: that keeps its old time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pick {
    pub(super) start: DateTime<Utc>,
    pub(super) resource: ResourceId,
    /// The hold; of a booking that is moved, only the name of the question.
    pub(super) hold: BookingId,
    /// The version of the hold.
    pub(super) version: u32,
    /// When it was chosen: from here the notice is counted.
    pub(super) at: DateTime<Utc>,
    /// The times of those that are booked together with it, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) with: Vec<Pick>,
}

/// What became of the stored memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Recall {
    /// It is there, or there was none.
    Whole,
    /// A draft was dropped: it was too old or could not be read.
    Lapsed,
}

// === impl Wished ===

impl Wished {
    /// Returns whether nothing was said yet.
    pub(super) fn is_open(&self) -> bool {
        *self == Self::default()
    }
}

// === impl ForWhom ===

impl ForWhom {
    /// The name, where it is known.
    pub(super) fn name(&self) -> Option<&str> {
        match self {
            Self::Unnamed => None,
            Self::Related(name) | Self::Named(name) => Some(name),
        }
    }

    /// What is said now, with the name that was said before.
    pub(super) fn after(now: Option<Self>, before: Option<&Self>) -> Option<Self> {
        match (now, before) {
            (Some(named @ Self::Named(_)), _) => Some(named),
            (Some(related @ Self::Related(_)), Some(Self::Unnamed)) => Some(related),
            (Some(_) | None, Some(before)) => Some(before.clone()),
            (now, None) => now,
        }
    }
}

/// The name is somebody's.
impl fmt::Debug for ForWhom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unnamed => "Unnamed",
            Self::Related(_) => "Related",
            Self::Named(_) => "Named",
        })
    }
}

// === impl Draft ===

impl Draft {
    /// Those that are booked together with it, each as a draft of its own.
    pub(super) fn companions(&self) -> impl Iterator<Item = Self> {
        self.with.iter().map(|companion| Self {
            not_staff: self.not_staff.clone(),
            services: self.services_of(companion).clone(),
            staff: companion.staff.clone(),
            when: companion.when.clone(),
            for_whom: companion.for_whom.clone(),
            moving: None,
            with: Vec::new(),
        })
    }

    /// The services of one that is booked together with it.
    pub(super) fn services_of<'a>(&'a self, companion: &'a Companion) -> &'a Services {
        companion.services.as_ref().unwrap_or(&self.services)
    }

    /// Whether what is named is just what it is of.
    pub(super) fn is_just(&self, named: &[Vec<ServiceId>]) -> bool {
        let mut services = self.services.iter();
        services.len() == named.len()
            && services.all(|one| {
                named
                    .iter()
                    .any(|readings| readings == std::slice::from_ref(one))
            })
    }
}

// === impl Memory ===

impl Memory {
    /// A conversation that begins.
    pub(super) fn new(now: DateTime<Utc>) -> Self {
        Self {
            touched_at: now,
            language: None,
            name: None,
            step: Step::Idle,
            window: None,
            at: None,
            topic: Vec::new(),
            earlier: Vec::new(),
            topic_for: None,
            told_of: None,
            spoken_of: None,
            misses: 0,
            asked: None,
            times_asked: 0,
            parted: false,
            pace: Pace::default(),
            offered: Vec::new(),
        }
    }

    /// Forgets all but who speaks, and in which language.
    pub(super) fn begin_anew(&mut self, now: DateTime<Utc>) {
        *self = Self {
            name: self.name.take(),
            language: self.language,
            ..Self::new(now)
        };
    }

    /// Whether a state is of this workflow, readable or not.
    pub(super) fn is_of(state: &State) -> bool {
        &*state.workflow == WORKFLOW
    }

    /// The language of a conversation, as far as it is remembered.
    pub(super) fn language_of(state: Option<&State>) -> Option<Language> {
        let state = state.filter(|state| Self::is_of(state))?;
        serde_json::from_slice::<Self>(&state.bytes).ok()?.language
    }

    /// The memory in a stored state, of which a draft is forgotten that was left for long, or that
    /// a person at the business has talked over: they had the thread until `paused_until`.
    pub(super) fn recall(
        state: Option<&State>,
        now: DateTime<Utc>,
        paused_until: Option<DateTime<Utc>>,
    ) -> (Self, Recall) {
        let Some(state) = state else {
            return (Self::new(now), Recall::Whole);
        };
        let known = Self::is_of(state) && state.version == VERSION;
        let read = known
            .then(|| serde_json::from_slice::<Self>(&state.bytes).ok())
            .flatten();
        let Some(memory) = read else {
            return (Self::new(now), Recall::Lapsed);
        };
        let left = now - memory.touched_at > DRAFT_LIFETIME;
        if !left && paused_until.is_none_or(|until| until <= memory.touched_at) {
            return (memory, Recall::Whole);
        }
        let recall = match memory.step {
            Step::Idle | Step::Service { .. } => Recall::Whole,
            _ => Recall::Lapsed,
        };
        let begun = Self {
            name: memory.name,
            language: memory.language,
            ..Self::new(now)
        };
        (begun, recall)
    }

    /// The state to store.
    pub(super) fn into_state(self) -> StateChange {
        let Ok(bytes) = serde_json::to_vec(&self) else {
            return StateChange::Clear;
        };
        StateChange::Put(State {
            workflow: WORKFLOW.into(),
            version: VERSION,
            bytes: Bytes::from(bytes),
        })
    }

    /// Whether the customer is in the middle of nothing.
    pub(super) fn is_free(&self) -> bool {
        match &self.step {
            Step::Idle => true,
            Step::Service { wish } => wish.is_open(),
            _ => false,
        }
    }

    /// The draft, where one is begun.
    pub(super) fn draft(&self) -> Option<&Draft> {
        match &self.step {
            Step::Time { draft }
            | Step::Name { draft, .. }
            | Step::Confirm { draft, .. }
            | Step::ChooseDrop { draft, .. } => Some(draft),
            _ => None,
        }
    }

    /// Takes note of a name that was asked for: that of whom the appointment is for, if that was
    /// the question and no other name was told for them, or else the customer's own.
    pub(super) fn give_name(&mut self, name: &str, other: Option<&ForWhom>) {
        let told = matches!(other, Some(ForWhom::Named(_)));
        match &mut self.step {
            Step::Name { draft, .. } if draft.for_whom == Some(ForWhom::Unnamed) && !told => {
                draft.for_whom = Some(ForWhom::Named(name.into()));
            }
            _ => self.name = Some(name.into()),
        }
    }

    /// Goes back to what is being booked from the question whether to drop it.
    pub(super) fn resume_draft(&mut self) {
        if let Step::ChooseDrop { draft, pick } = self.step.clone() {
            self.step = match pick {
                Some(pick) => Step::Confirm { draft, pick },
                None => Step::Time { draft },
            };
        }
    }

    /// The times that were offered last.
    pub(super) fn offered_times(&self) -> impl Iterator<Item = DateTime<Utc>> {
        let offered = self.offered.iter();
        offered.filter_map(|offered| match offered.action {
            Action::Time { start, .. } => Some(start),
            _ => None,
        })
    }

    /// The time that was chosen, where one was.
    pub(super) fn pick(&self) -> Option<&Pick> {
        match &self.step {
            Step::Name { pick, .. } | Step::Confirm { pick, .. } => Some(pick),
            Step::ChooseDrop { pick, .. } => pick.as_ref(),
            _ => None,
        }
    }
}

/// The name is the customer's.
impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memory")
            .field("step", &self.step)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
