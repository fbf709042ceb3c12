//! `GET /metrics`: the same counters as JSON, OpenMetrics or Prometheus text.

use std::sync::Arc;

use axum::{
    Json,
    body::Body,
    extract::State,
    http::{
        HeaderMap, HeaderValue, Response, Uri,
        header::{ACCEPT, CONTENT_TYPE},
    },
    response::IntoResponse,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    Shared,
    bearer::authorize,
    error::{ApiError, internal},
    health,
};
use crate::{layer::Proof, metrics::DEGRADED_REASONS};

/// The figures for people and small scripts.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Metrics)]
pub(super) struct Summary {
    /// Webhook POSTs.
    requests: u64,
    /// Those answered 4xx or 5xx, 429 left out.
    errors: u64,
    /// 429s and deferrals.
    rate_limited: u64,
    /// Threads with a message in the last 30 minutes.
    active_threads: u64,
    /// Since the process started.
    uptime_seconds: u64,
    /// When it was answered.
    timestamp: String,
}

/// The forms that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Json,
    OpenMetrics,
    PrometheusText,
}

/// Answers `GET /metrics`.
pub(super) async fn metrics(
    State(shared): State<Arc<Shared>>,
    uri: Uri,
    headers: HeaderMap,
) -> Response<Body> {
    let token = shared.edge.tokens.metrics.as_ref();
    let allowed = token.map(|token| authorize(token, &headers)).transpose();
    let (mut response, proof) = match allowed {
        Ok(Some(())) => (figures(&shared, &uri, &headers).await, Proof::Given),
        Ok(None) => (figures(&shared, &uri, &headers).await, Proof::NotGiven),
        Err(error) => (shared.envelope.answer(error), Proof::NotGiven),
    };
    response.extensions_mut().insert(proof);
    response
}

async fn figures(shared: &Shared, uri: &Uri, headers: &HeaderMap) -> Response<Body> {
    let metrics = &shared.edge.metrics;
    // A store that cannot be read leaves the figures it gave last; the counters go on.
    if let Some((totals, gauges)) = shared.figures().await {
        metrics.note_store(totals, gauges);
    }
    let failed = health::failed(shared).await;
    for &reason in DEGRADED_REASONS {
        metrics.note_degraded(reason, failed.contains(&reason));
    }
    let form = Form::asked_for(uri, headers);
    if form == Form::Json {
        return Json(summary(shared)).into_response();
    }
    match metrics.encode() {
        Ok(text) => form.text(text),
        Err(error) => {
            let error: ApiError = internal().with_cause(error);
            shared.envelope.answer(error)
        }
    }
}

fn summary(shared: &Shared) -> Summary {
    let metrics = &shared.edge.metrics;
    Summary {
        requests: metrics.requests(),
        errors: metrics.errors(),
        rate_limited: metrics.limited(),
        active_threads: metrics.active_threads(),
        uptime_seconds: shared.began.elapsed().as_secs(),
        timestamp: shared.timestamp(),
    }
}

// === impl Form ===

impl Form {
    /// The form that `?format=` or else `Accept` asks for; JSON where neither does.
    fn asked_for(uri: &Uri, headers: &HeaderMap) -> Self {
        let mut pairs = uri.query().unwrap_or("").split('&');
        match pairs.find_map(|pair| pair.strip_prefix("format=")) {
            Some("prometheus") => return Self::OpenMetrics,
            Some("json") => return Self::Json,
            _ => {}
        }
        let lines = headers.get_all(ACCEPT).iter();
        let texts = lines.filter_map(|line| line.to_str().ok());
        let asked = texts.flat_map(|line| line.split(','));
        let mut best = (Self::Json, 0.0);
        for (form, weight) in asked.filter_map(Self::of_media_range) {
            // The first of equals wins.
            if weight > best.1 {
                best = (form, weight);
            }
        }
        best.0
    }

    fn of_media_range(range: &str) -> Option<(Self, f32)> {
        let mut parts = range.split(';').map(str::trim);
        let form = match parts.next()?.to_ascii_lowercase().as_str() {
            "application/openmetrics-text" => Self::OpenMetrics,
            "text/plain" => Self::PrometheusText,
            "application/json" | "application/*" | "*/*" => Self::Json,
            _ => return None,
        };
        let weight = parts.find_map(|part| part.strip_prefix("q=")?.parse().ok());
        Some((form, weight.unwrap_or(1.0)))
    }

    fn text(self, open_metrics: String) -> Response<Body> {
        let (text, media_type) = match self {
            Self::PrometheusText => (
                as_prometheus_text(&open_metrics),
                "text/plain; version=0.0.4; charset=utf-8",
            ),
            Self::Json | Self::OpenMetrics => (
                open_metrics,
                "application/openmetrics-text; version=1.0.0; charset=utf-8",
            ),
        };
        let mut response = Response::new(Body::from(text));
        let media_type = HeaderValue::from_static(media_type);
        response.headers_mut().insert(CONTENT_TYPE, media_type);
        response
    }
}

/// The older text format: it names counters and info by their samples' names and knows no units.
fn as_prometheus_text(open_metrics: &str) -> String {
    let mut text = String::with_capacity(open_metrics.len());
    let mut help = None;
    for line in open_metrics.lines() {
        if let Some(named) = line.strip_prefix("# HELP ") {
            help = named.split_once(' ');
        } else if let Some(named) = line.strip_prefix("# TYPE ") {
            let (name, kind) = named.split_once(' ').unwrap_or((named, "untyped"));
            let (suffix, kind) = match kind {
                "counter" => ("_total", "counter"),
                "info" => ("_info", "gauge"),
                kind => ("", kind),
            };
            if let Some((_, words)) = help.take() {
                text.extend(["# HELP ", name, suffix, " ", words, "\n"]);
            }
            text.extend(["# TYPE ", name, suffix, " ", kind, "\n"]);
        } else if !line.starts_with("# ") {
            text.extend([line, "\n"]);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(uri: &'static str, accept: &'static str) -> Form {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static(accept));
        Form::asked_for(&Uri::from_static(uri), &headers)
    }

    #[test]
    fn the_heaviest_accepted_form_is_given_and_json_by_default() {
        let prometheus = "application/openmetrics-text;version=1.0.0;q=0.5,\
                          application/openmetrics-text;version=0.0.1;q=0.4,\
                          text/plain;version=0.0.4;q=0.3,*/*;q=0.2";
        assert_eq!(asked("/metrics", prometheus), Form::OpenMetrics);
        assert_eq!(asked("/metrics", "text/plain"), Form::PrometheusText);
        for accept in [
            "*/*",
            "",
            "application/json",
            "application/json, text/plain, */*",
            "text/html,application/xhtml+xml,*/*;q=0.8",
        ] {
            assert_eq!(asked("/metrics", accept), Form::Json, "{accept}");
        }
        assert_eq!(
            asked("/metrics?format=prometheus", "*/*"),
            Form::OpenMetrics
        );
        assert_eq!(asked("/metrics?a=1&format=json", "text/plain"), Form::Json);
    }

    #[test]
    fn the_older_text_names_counters_by_their_samples() {
        let open_metrics = "# HELP x_seen Seen.\n# TYPE x_seen counter\nx_seen_total 3\n\
                            # HELP x_build Release.\n# TYPE x_build info\nx_build_info{v=\"1\"} 1\n\
                            # HELP x_s Took.\n# TYPE x_s histogram\n# UNIT x_s seconds\n\
                            x_s_count 0\n# EOF\n";
        insta::assert_snapshot!(as_prometheus_text(open_metrics), @r#"
        # HELP x_seen_total Seen.
        # TYPE x_seen_total counter
        x_seen_total 3
        # HELP x_build_info Release.
        # TYPE x_build_info gauge
        x_build_info{v="1"} 1
        # HELP x_s Took.
        # TYPE x_s histogram
        x_s_count 0
        "#);
    }
}
