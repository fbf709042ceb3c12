//! A client of a running server, for the tools that talk to one.
//!
//! It knows how each sender writes and proves a message; what it sends is what the sender would.

mod payload;

use std::time::Duration;

use bytes::Bytes;
use http::{Method, StatusCode};
use serde::Deserialize;
use url::Url;

pub use self::payload::{DirectMessage, HighlevelMessage, RepliesQuery, Request, WhatsappMessage};
use crate::message::Reply;

/// How long a server may take beyond the time it was asked to wait.
const GRACE: Duration = Duration::from_secs(15);

/// A server's address, and the connections to it.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    base: Url,
}

/// What the server answered.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The body as it came.
    pub body: Bytes,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address is none.
    #[error("the server's address must be an http or https URL")]
    Address(#[source] Option<url::ParseError>),
    /// The server was not reached, or broke off.
    #[error("the server at {base} does not answer")]
    Unreachable {
        /// Its address.
        base: Url,
        /// The cause.
        #[source]
        source: reqwest::Error,
    },
}

/// The body of an answer of `POST /webhook`.
#[derive(Deserialize)]
struct Accepted {
    status: String,
    #[serde(default)]
    turn_id: Option<String>,
    #[serde(default)]
    replies: Option<Vec<Reply>>,
}

/// A page of `GET /webhook/replies`.
#[derive(Debug, Deserialize)]
pub struct RepliesPage {
    /// What was said, the oldest first.
    pub replies: Vec<PagedReply>,
    /// What to ask after next.
    pub after: u64,
}

/// One thing that was said in a conversation.
#[derive(Debug, Deserialize)]
pub struct PagedReply {
    /// The turn that it answers; none: it was said unasked.
    pub turn_id: Option<String>,
    /// Who said it.
    #[serde(default)]
    pub by: Author,
    /// What.
    #[serde(flatten)]
    pub reply: Reply,
}

/// Who said something to the customer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Author {
    /// The bot.
    #[default]
    Bot,
    /// A person of the business.
    Person,
}

/// The error envelope.
#[derive(Deserialize)]
struct Refused {
    error: String,
    message: String,
}

// === impl Error ===

impl Error {
    /// Returns whether the command was given something wrong, and no server failed.
    pub fn is_of_usage(&self) -> bool {
        matches!(self, Self::Address(_))
    }
}

// === impl Client ===

impl Client {
    /// Where a server is that listens as it does by default.
    pub const DEFAULT_URL: &str = "http://127.0.0.1:3000";

    /// A client of the server at this address.
    pub fn new(base: &str) -> Result<Self, Error> {
        let base = Url::parse(base).map_err(|error| Error::Address(Some(error)))?;
        if !matches!(base.scheme(), "http" | "https") {
            return Err(Error::Address(None));
        }
        // It is an error only if there is a provider already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            .connect_timeout(Duration::from_secs(5))
            .build()
            .map_err(|source| Error::Unreachable {
                base: base.clone(),
                source,
            })?;
        Ok(Self { http, base })
    }

    /// Posts a request.
    pub async fn post(&self, request: Request) -> Result<Answer, Error> {
        self.send(Method::POST, request).await
    }

    /// Gets what a request asks for.
    pub async fn get(&self, request: Request) -> Result<Answer, Error> {
        self.send(Method::GET, request).await
    }

    async fn send(&self, method: Method, request: Request) -> Result<Answer, Error> {
        let unreachable = |source: reqwest::Error| Error::Unreachable {
            base: self.base.clone(),
            // The address is said already.
            source: source.without_url(),
        };
        // Not `join`, which would drop the path of a server behind a prefix.
        let mut url = format!(
            "{}{}",
            self.base.as_str().trim_end_matches('/'),
            request.path
        );
        if !request.query.is_empty() {
            url = format!("{url}?{}", request.query);
        }
        let response = self
            .http
            .request(method, url)
            .headers(request.headers)
            .body(request.body)
            .timeout(request.wait + GRACE)
            .send()
            .await
            .map_err(unreachable)?;
        Ok(Answer {
            status: response.status(),
            body: response.bytes().await.map_err(unreachable)?,
        })
    }
}

// === impl Answer ===

impl Answer {
    /// `accepted` or `duplicate`, where the direct source took the message.
    pub fn receipt(&self) -> Option<String> {
        self.accepted().map(|accepted| accepted.status)
    }

    /// The replies, where the server waited for them and they came in time.
    pub fn replies(&self) -> Option<Vec<Reply>> {
        self.accepted()?.replies
    }

    /// The turn that answered the message, where the server waited for it.
    pub fn turn_id(&self) -> Option<String> {
        self.accepted()?.turn_id
    }

    /// The page of replies that was asked for.
    pub fn page(&self) -> Option<RepliesPage> {
        self.status
            .is_success()
            .then(|| serde_json::from_slice(&self.body).ok())?
    }

    /// The code and words of a refusal.
    pub fn refusal(&self) -> Option<(String, String)> {
        let refused: Refused = serde_json::from_slice(&self.body).ok()?;
        Some((refused.error, refused.message))
    }

    fn accepted(&self) -> Option<Accepted> {
        serde_json::from_slice(&self.body).ok()
    }
}
