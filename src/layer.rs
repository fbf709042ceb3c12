//! The tower layers in front of the webhook, each a Layer, a Service and a future.
//!
//! The invariant: a layer decides and never words the answer. What it refuses goes through
//! [`Refuse`], which the edge implements once, and the reason travels in the response's extensions
//! ([`Refused`]) to the one access line.

pub mod access_log;
pub mod address_share;
pub mod allowance;
pub mod body;
pub mod client_ip;
pub mod load_shed;
pub mod malformed;
pub mod origin;
pub mod rate_limit;
pub mod request_id;
pub mod timeout;
pub mod verify_signature;

use std::{error::Error, sync::Arc};

use axum::{body::Body, response::Response};

use crate::metrics::LimitScope;

/// Words the answer to a refusal of the kind `R`.
pub trait Refuse<R>: Clone + Send + Sync + 'static {
    /// The answer, with a [`Refused`] in its extensions.
    fn refuse(&self, refusal: R) -> Response<Body>;
}

/// Why a request was refused, in the extensions of its answer.
#[derive(Debug, Clone)]
pub struct Refused {
    /// The public error code.
    pub code: &'static str,
    /// A finer word than the code, where there is one.
    pub reason: &'static str,
    /// The limit that was met, where it was one.
    pub limit: Option<LimitScope>,
    /// What went wrong inside; for the log only.
    pub cause: Option<Arc<dyn Error + Send + Sync>>,
}

/// Whether a request proved its sender, in the extensions of its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// A signature, secret or token was right.
    Given,
    /// It was wrong or missing, or none was asked for.
    NotGiven,
}
