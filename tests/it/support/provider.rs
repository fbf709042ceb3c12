//! What the stand-ins of providers share: a server on loopback whose calls can go wrong.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response, StatusCode, header, request::Parts};
use http_body_util::{BodyExt as _, Full};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::{net::TcpListener, task::JoinSet};

/// How long a loaded machine may take for anything that is waited for.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

/// Answers the calls of an API.
#[async_trait]
pub(crate) trait Provider: Send + Sync + 'static {
    /// What the connection does with a call, and after which pause.
    fn call(&self, head: &Parts, body: &Bytes) -> (Act, Option<Duration>);

    /// Waits for as long as a test holds the call up; what is done instead of going on, if the
    /// test wants that.
    async fn held_up(&self, _head: &Parts, _when: When) -> Option<Act> {
        None
    }
}

/// At which point of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    /// It arrived, and nothing is done yet.
    Before,
    /// It is carried out, and not answered yet.
    After,
}

/// What the connection does with a call.
pub(crate) enum Act {
    Answer(Response<Full<Bytes>>),
    /// Never answers.
    Hang,
    /// Breaks the connection.
    HangUp,
}

/// Serves on a free port, for as long as the set is kept.
pub(crate) async fn serve(provider: Arc<dyn Provider>) -> (SocketAddr, JoinSet<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let mut server = JoinSet::new();
    server.spawn(accept(listener, provider));
    (address, server)
}

async fn accept(listener: TcpListener, provider: Arc<dyn Provider>) {
    let mut connections = JoinSet::new();
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        let provider = Arc::clone(&provider);
        connections.spawn(async move {
            let service = service_fn(|request| call(&*provider, request));
            // A connection that was broken as asked for is no fault of the test.
            let _ = http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

async fn call(
    provider: &dyn Provider,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Box<dyn std::error::Error + Send + Sync>> {
    let (head, body) = request.into_parts();
    let body = body.collect().await?.to_bytes();
    let act = match provider.held_up(&head, When::Before).await {
        Some(instead) => instead,
        None => carried_out(provider, &head, &body).await,
    };
    match act {
        Act::Answer(response) => Ok(response),
        Act::Hang => std::future::pending().await,
        Act::HangUp => Err("as asked".into()),
    }
}

async fn carried_out(provider: &dyn Provider, head: &Parts, body: &Bytes) -> Act {
    let (act, pause) = provider.call(head, body);
    if let Some(pause) = pause {
        tokio::time::sleep(pause).await;
    }
    let instead = provider.held_up(head, When::After).await;
    instead.unwrap_or(act)
}

/// An answer in JSON.
pub(crate) fn answered(status: u16, body: &Value) -> Response<Full<Bytes>> {
    let mut response = text(status, body.to_string());
    let json = "application/json".parse().unwrap();
    response.headers_mut().insert(header::CONTENT_TYPE, json);
    response
}

/// An answer of these bytes.
pub(crate) fn text(status: u16, body: impl Into<Bytes>) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(body.into()));
    *response.status_mut() = StatusCode::from_u16(status).unwrap();
    response
}
