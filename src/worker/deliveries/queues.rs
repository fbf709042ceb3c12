//! How much of each queue may be under way: its pace, its share, and whether it is held.
//!
//! The invariant: a queue whose provider takes nothing is left alone until that is over, and then
//! tried with one message; what waits in it stays in the store, untouched. Only queues that are in
//! use are remembered, and of those there are as many as accounts and owners.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chrono::{DateTime, Utc};

use crate::{
    channel::{Channels, Room},
    store::Queue,
};

/// The queues that messages are sent from.
#[derive(Debug, Default)]
pub(super) struct Queues(Mutex<HashMap<Queue, State>>);

#[derive(Debug, Default)]
struct State {
    /// Messages in a sender's hands.
    under_way: usize,
    /// Nothing is taken from then to then. The beginning shows a clock that was set back.
    held: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// Since it was held, nothing was taken yet.
    probing: bool,
    /// More would be under way but for its share.
    is_full: bool,
}

/// A message in a sender's hands. Dropped, it makes room for another.
#[derive(Debug)]
pub(super) struct UnderWay {
    queues: Arc<Queues>,
    queue: Queue,
    freed: bool,
}

// === impl Queues ===

impl Queues {
    /// How many more messages of a queue may be leased, and when to ask again if more wait.
    pub(super) fn room(&self, queue: &Queue, channels: &Channels, now: DateTime<Utc>) -> Room {
        let mut states = self.states();
        let pace = pace(queue, channels);
        let Some(state) = states.get_mut(queue) else {
            let count = pace.count.min(share(queue));
            return Room { count, ..pace };
        };
        if let Some((_, until)) = state.held.filter(|_| state.is_held(now)) {
            let after = (until - now).to_std().unwrap_or_default();
            return Room { count: 0, after };
        }
        let share = if state.probing { 1 } else { share(queue) };
        let free = share.saturating_sub(state.under_way);
        state.is_full = free < pace.count;
        Room {
            count: pace.count.min(free),
            ..pace
        }
    }

    /// A message was leased.
    pub(super) fn begin(self: &Arc<Self>, queue: &Queue) -> UnderWay {
        self.states().entry(queue.clone()).or_default().under_way += 1;
        UnderWay {
            queues: Arc::clone(self),
            queue: queue.clone(),
            freed: false,
        }
    }

    /// Nothing of a queue is taken for a while. Tells whether that is new.
    pub(super) fn hold(&self, queue: &Queue, after: Duration, now: DateTime<Utc>) -> bool {
        let until = now + after;
        let mut states = self.states();
        let state = states.entry(queue.clone()).or_default();
        let known = state.held.filter(|_| state.is_held(now));
        let (since, longest) = known.unwrap_or((now, until));
        state.held = Some((since, longest.max(until)));
        state.probing = true;
        known.is_none()
    }

    fn states(&self) -> MutexGuard<'_, HashMap<Queue, State>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

// === impl State ===

impl State {
    fn is_held(&self, now: DateTime<Utc>) -> bool {
        self.held
            .is_some_and(|(since, until)| since <= now && now < until)
    }
}

// === impl UnderWay ===

impl UnderWay {
    /// The provider took it. Unless another one was refused meanwhile, the queue is open.
    pub(super) fn taken(&self, now: DateTime<Utc>) {
        if let Some(state) = self.queues.states().get_mut(&self.queue)
            && !state.is_held(now)
        {
            state.probing = false;
            state.held = None;
        }
    }

    /// Ends it, and tells whether another one waits for that.
    pub(super) fn end(mut self) -> bool {
        self.freed = true;
        self.free()
    }

    fn free(&self) -> bool {
        let mut states = self.queues.states();
        let Some(state) = states.get_mut(&self.queue) else {
            return false;
        };
        state.under_way = state.under_way.saturating_sub(1);
        let waited = std::mem::take(&mut state.is_full);
        if state.under_way == 0 && !state.probing {
            states.remove(&self.queue);
        }
        waited
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        if !self.freed {
            self.free();
        }
    }
}

/// The pace of the account that sends the messages of a queue.
fn pace(queue: &Queue, channels: &Channels) -> Room {
    let (Queue::Replies(account) | Queue::Reminders(account) | Queue::Tags(account)) = queue else {
        return Room::UNLIMITED;
    };
    let channel = channels.of(account.source);
    channel.map_or(Room::UNLIMITED, |channel| channel.room(&account.name))
}

/// The most messages of a queue that are under way at once. Replies at 60 a second need as many as
/// a provider that takes a second and a half leaves without an answer.
fn share(queue: &Queue) -> usize {
    match queue {
        Queue::Replies(_) => 96,
        // Beside replies, which are more pressing.
        Queue::Reminders(_) | Queue::Tags(_) | Queue::Unknown(_) => 16,
        Queue::Webhook(_) => 8,
        // They all go to one person, one each 6 seconds.
        Queue::Owner(_) => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_secs(1_800_000_000 + second).unwrap()
    }

    fn count(queues: &Queues, queue: &Queue, second: i64) -> usize {
        queues.room(queue, &Channels::default(), at(second)).count
    }

    #[test]
    fn a_queue_has_its_share_and_who_ends_says_whether_another_waits() {
        let (queues, queue) = (Arc::<Queues>::default(), Queue::Webhook("demo".into()));
        let mut under_way: Vec<_> = (0..8).map(|_| queues.begin(&queue)).collect();
        assert_eq!(count(&queues, &queue, 0), 0);
        assert!(under_way.pop().unwrap().end());
        assert!(!under_way.pop().unwrap().end(), "nobody asked since");
        assert_eq!(count(&queues, &queue, 0), 2);
        let other = Queue::Webhook("other".into());
        assert_eq!(count(&queues, &other, 0), 8);
        drop(under_way);
        assert!(queues.states().is_empty());
    }

    #[test]
    fn a_held_queue_is_left_alone_and_then_tried_with_one_message() {
        let (queues, queue) = (Arc::<Queues>::default(), Queue::Webhook("demo".into()));
        let first = queues.begin(&queue);
        assert!(queues.hold(&queue, Duration::from_secs(10), at(0)));
        assert!(!queues.hold(&queue, Duration::from_secs(5), at(1)));
        first.end();
        let room = queues.room(&queue, &Channels::default(), at(4));
        assert_eq!((room.count, room.after), (0, Duration::from_secs(6)));
        assert_eq!(count(&queues, &queue, 10), 1);
        let probe = queues.begin(&queue);
        assert_eq!(count(&queues, &queue, 11), 0);
        probe.taken(at(11));
        assert!(probe.end(), "the others may go");
        assert_eq!(count(&queues, &queue, 11), 8);
        assert!(queues.states().is_empty());
    }

    #[test]
    fn who_was_taken_while_another_was_refused_opens_nothing() {
        let (queues, queue) = (Arc::<Queues>::default(), Queue::Webhook("demo".into()));
        let (taken, refused) = (queues.begin(&queue), queues.begin(&queue));
        queues.hold(&queue, Duration::from_secs(10), at(0));
        taken.taken(at(1));
        drop((taken, refused));
        assert_eq!(count(&queues, &queue, 9), 0);
        assert_eq!(count(&queues, &queue, 10), 1);
    }

    #[test]
    fn a_clock_that_is_set_back_holds_nothing_for_longer() {
        let (queues, queue) = (Arc::<Queues>::default(), Queue::Webhook("demo".into()));
        queues.hold(&queue, Duration::from_secs(10), at(1_000));
        assert_eq!(count(&queues, &queue, 0), 1);
        assert!(queues.hold(&queue, Duration::from_secs(10), at(0)));
        assert_eq!(count(&queues, &queue, 10), 1);
    }
}
