//! `POST /webhook/workflow`: what a remote workflow answers after it was asked.
//!
//! The invariant: a 2xx is written only after the answer is on disk, for the turn and the revision
//! that it names; the turn then runs with it.

use std::{
    convert::Infallible,
    sync::Arc,
    task::{Context, Poll},
};

use axum::{
    Json,
    body::Body,
    http::{Request, Response, Uri},
    response::IntoResponse,
};
use bytes::Bytes;
use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};
use tower::Service;
use utoipa::ToSchema;

use crate::{
    http::{
        Edge,
        error::{ApiError, Envelope, ErrorCode, rfc3339},
        form::query,
    },
    signature::Verified,
    store::CalledBack,
    workflow::{
        TurnId,
        remote::{Answer, Invalid},
    },
};

/// Takes the callbacks of a remote workflow.
#[derive(Debug, Clone)]
pub(in crate::http) struct Callback {
    edge: Arc<Edge>,
    envelope: Envelope,
}

/// Which question is answered; the rest of the body is the answer.
#[derive(Deserialize)]
struct Head {
    turn: String,
    revision: u32,
}

/// That the answer is kept.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CallbackTaken)]
pub(in crate::http) struct Taken {
    /// `accepted`, or `duplicate` where the same answer came before.
    status: &'static str,
    /// When it was answered.
    timestamp: String,
}

// === impl Callback ===

impl Callback {
    pub(in crate::http) fn new(edge: Arc<Edge>) -> Self {
        let envelope = Envelope::new(Arc::clone(&edge.clock));
        Self { edge, envelope }
    }

    async fn take(&self, uri: &Uri, body: Bytes) -> Result<Response<Body>, ApiError> {
        query::check(uri, &[])?;
        Answer::read(&body).map_err(invalid)?;
        let head: Head = serde_json::from_slice(&body).map_err(|_| no_turn())?;
        let turn: TurnId = head.turn.parse().map_err(|_| no_turn())?;
        let store = &self.edge.store;
        let status = match store.call_back(turn, head.revision, body).await? {
            CalledBack::Taken => "accepted",
            CalledBack::Repeated => "duplicate",
            CalledBack::Unknown => {
                let message = "There is no such turn.";
                return Err(ApiError::new(ErrorCode::NotFound, message));
            }
            CalledBack::Over => {
                let message = "This revision of the turn is over, or was answered otherwise.";
                return Err(ApiError::new(ErrorCode::Conflict, message));
            }
        };
        let timestamp = rfc3339(self.edge.clock.now());
        Ok(Json(Taken { status, timestamp }).into_response())
    }
}

impl Service<Request<Verified<Bytes>>> for Callback {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Response<Body>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Verified<Bytes>>) -> Self::Future {
        let this = self.clone();
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let (body, _) = body.into_parts();
            let answer = this.take(&head.uri, body).await;
            Ok(answer.unwrap_or_else(|error| this.envelope.answer(error)))
        })
    }
}

fn invalid(invalid: Invalid) -> ApiError {
    match invalid {
        Invalid::Json { .. } => ApiError::new(ErrorCode::InvalidJson, format!("It is {invalid}.")),
        Invalid::Field { field, fault } => {
            let message = "The answer is not valid; see details.";
            ApiError::new(ErrorCode::ValidationError, message).with_detail(field, fault)
        }
    }
}

fn no_turn() -> ApiError {
    let message = "The answer names no turn; see details.";
    ApiError::new(ErrorCode::ValidationError, message)
        .with_detail("turn", "the id of the turn, as it was asked")
        .with_detail("revision", "the revision of the turn, as it was asked")
}
