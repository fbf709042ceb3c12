//! frontdesk answers a business's WhatsApp: it takes the webhooks of WhatsApp, HighLevel and own
//! clients, never loses or doubles a message, holds the conversation that books the appointment,
//! and sends the reply.
//!
//! # A message's life
//!
//! 1. The [`layer`]s decide who comes in, the cheapest check first.
//! 2. A [`source`] turns verified bytes into messages. One POST may hold a thousand.
//! 3. [`store::Inbox::accept`] makes them durable and drops duplicates. Only then is the POST
//!    answered, and the store wakes the worker.
//! 4. The [`worker`] leases a thread and takes what waits in it as one turn: in the order of
//!    sending, with edits, revocations and reactions applied ([`workflow::statement`]).
//! 5. The [`workflow`] answers it: replies, a new conversation state, bookings. It writes nothing.
//! 6. [`store::Turns::commit`] applies all of that in one transaction, or reports the conflict, and
//!    the workflow runs again with that knowledge.
//! 7. The replies wait in the outbox until their channel has sent them or the client has fetched
//!    them.
//!
//! # Who may know whom
//!
//! `main → cli → app → everything`; `http → {layer, source, store, booking, metrics, message}` and
//! the form of a remote workflow's answer;
//! `worker → {store, workflow, channel, booking, metrics, clock, message}`; `channel → {booking, message, call}`;
//! `store → {workflow (the outcome), booking, metrics, clock, message}`;
//! `workflow → {booking, language, message, call}`. `source`, `signature`, `booking`, `language` and
//! `message` know no runtime, no web framework and no SQL. Traits stand beside the types of their
//! signatures; implementations are children, and only [`app`] names one.

pub mod app;
pub mod booking;
pub mod breaker;
mod call;
pub mod channel;
pub mod cli;
pub mod clock;
pub mod config;
pub mod http;
pub mod language;
pub mod layer;
pub mod live;
pub mod message;
pub mod metrics;
pub mod shutdown;
pub mod signature;
pub mod source;
mod spelling;
pub mod store;
pub mod telemetry;
pub mod worker;
pub mod workflow;
