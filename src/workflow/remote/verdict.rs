//! What the answer of a remote workflow's server means, by its status.

use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::StatusCode;

use crate::{
    call::{self, NoAnswer, RetryAfter},
    workflow::WorkflowError,
};

/// How long a callback is waited for where the server does not say.
const CALLBACK_PATIENCE: Duration = Duration::from_mins(10);
/// How soon it is asked again where it says so itself.
const MIN_WAIT: Duration = Duration::from_secs(1);

/// The body of a success, or what to do instead.
pub(super) fn judge(
    answer: Result<call::Answer, NoAnswer>,
    now: DateTime<Utc>,
) -> Result<Bytes, WorkflowError> {
    let answer = answer.map_err(unanswered)?;
    let asked = RetryAfter::read(&answer.headers);
    let asked = asked.map(|asked| asked.wait(now).max(MIN_WAIT));
    match answer.status {
        StatusCode::ACCEPTED => Err(WorkflowError::Later {
            within: asked.unwrap_or(CALLBACK_PATIENCE),
        }),
        status if status.is_success() => answer.body.ok_or(WorkflowError::Retry {
            after: None,
            source: Some(anyhow::anyhow!("its answer broke off or is too long")),
        }),
        StatusCode::TOO_MANY_REQUESTS
        | StatusCode::BAD_GATEWAY
        | StatusCode::SERVICE_UNAVAILABLE
        | StatusCode::GATEWAY_TIMEOUT
        | StatusCode::REQUEST_TIMEOUT => Err(WorkflowError::Unavailable {
            after: asked,
            source: Some(anyhow::anyhow!("it answered {}", answer.status.as_u16())),
        }),
        status if status.is_server_error() => Err(WorkflowError::Retry {
            after: asked,
            source: Some(anyhow::anyhow!("it answered {}", status.as_u16())),
        }),
        status => Err(WorkflowError::Reject {
            reason: refusal(status),
        }),
    }
}

fn unanswered(no_answer: NoAnswer) -> WorkflowError {
    let source = match no_answer {
        NoAnswer::Open { after } => return WorkflowError::Down { after },
        NoAnswer::Unsendable => {
            return WorkflowError::Reject {
                reason: "unsendable",
            };
        }
        NoAnswer::Unreached => "nobody was reached",
        NoAnswer::Lost => "no answer came",
    };
    WorkflowError::Unavailable {
        after: None,
        source: Some(anyhow::anyhow!(source)),
    }
}

/// The stable word for a status that will not change by trying again.
fn refusal(status: StatusCode) -> &'static str {
    match status.as_u16() {
        400 => "workflow_answered_400",
        401 => "workflow_answered_401",
        403 => "workflow_answered_403",
        404 => "workflow_answered_404",
        409 => "workflow_answered_409",
        413 => "workflow_answered_413",
        422 => "workflow_answered_422",
        300..=399 => "workflow_redirects",
        _ => "workflow_refused",
    }
}
