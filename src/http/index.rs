//! `/`: one plain page that says what runs and where to read on. It carries all it needs.

use std::{fmt::Write as _, sync::Arc};

use axum::{
    extract::State,
    http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, X_CONTENT_TYPE_OPTIONS},
    response::{Html, IntoResponse},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

use super::Shared;
use crate::message::SourceKind;

const STYLE: &str = include_str!("index/style.css");

/// Answers `GET /`.
pub(super) async fn index(State(shared): State<Arc<Shared>>) -> impl IntoResponse {
    let kinds: Vec<_> = shared
        .edge
        .sources
        .iter()
        .map(|source| source.kind())
        .collect();
    let digest = STANDARD.encode(Sha256::digest(STYLE));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'"
    );
    let headers = [
        (CONTENT_SECURITY_POLICY, policy),
        (X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (CACHE_CONTROL, "no-cache".to_owned()),
    ];
    (headers, Html(page(&kinds)))
}

fn page(open: &[SourceKind]) -> String {
    let mut doors = String::new();
    for kind in SourceKind::ALL {
        let (path, name) = match kind {
            SourceKind::Direct => ("/webhook", "your own client"),
            SourceKind::Whatsapp => ("/webhook/whatsapp", "WhatsApp Cloud API"),
            SourceKind::Highlevel => ("/webhook/ghl", "HighLevel"),
        };
        let (class, state) = if open.contains(&kind) {
            ("open", "open")
        } else {
            ("shut", "not configured")
        };
        let _ = write!(
            doors,
            "<li class=\"{class}\"><code>POST {path}</code><span>{name}</span><b>{state}</b></li>"
        );
    }
    let version = env!("CARGO_PKG_VERSION");
    format!(
        r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>frontdesk</title>
<style>{STYLE}</style>
</head>
<body>
<main>
<h1>frontdesk <small>{version}</small></h1>
<p>It takes a business's WhatsApp messages, holds the conversation that books the appointment, and loses nothing on the way.</p>
<h2>Doors</h2>
<ul class="doors">{doors}</ul>
<h2>Read on</h2>
<ul class="links">
<li><a href="/health">Health</a><span>whether it works, and what does not</span></li>
<li><a href="/metrics">Metrics</a><span>figures, as JSON; Prometheus may ask here too</span></li>
<li><a href="/docs">The API</a><span>every route, field and error code; for programs, <a href="/openapi.json">OpenAPI</a></span></li>
</ul>
</main>
</body>
</html>
"#
    )
}
