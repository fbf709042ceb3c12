//! The phone numbers that an access token can see, for comparing them with the business files.
//!
//! Asks only; nothing is sent and nothing kept.

use std::time::Duration;

use http::{Method, StatusCode};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, de::DeserializeOwned};
use url::{Url, form_urlencoded};

use super::verdict::{self, Verdict};
use crate::{breaker::Breaker, call::Api, channel::SetupError};

/// How long an answer may take: somebody waits for it.
const TIMEOUT: Duration = Duration::from_secs(5);

/// Asks Meta what a token can see.
#[derive(Debug)]
pub struct Numbers {
    graph: Api,
}

/// A phone number of the WhatsApp Business Platform.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Number {
    /// Meta's id of it.
    pub id: Box<str>,
    /// The number as Meta writes it.
    #[serde(rename = "display_phone_number")]
    pub shown: Box<str>,
}

/// Why a number is not seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unseen {
    /// Meta did not answer.
    #[error("Meta gave no usable answer")]
    NoAnswer,
    /// Meta does not show it to this token.
    #[error("Meta does not show it to this token: {0}")]
    Refused(&'static str),
}

/// What a token is for (Graph API, `debug_token`).
#[derive(Deserialize)]
struct Debugged {
    data: TokenData,
}

#[derive(Deserialize)]
struct TokenData {
    #[serde(default)]
    granular_scopes: Vec<Scope>,
}

#[derive(Deserialize)]
struct Scope {
    scope: String,
    /// For WhatsApp's permissions: the ids of the business accounts.
    #[serde(default)]
    target_ids: Vec<String>,
}

#[derive(Deserialize)]
struct Listed {
    data: Vec<Number>,
}

// === impl Numbers ===

impl Numbers {
    /// Asks the Graph API at this address, its version included.
    ///
    /// # Errors
    ///
    /// The system has no way to make calls.
    pub fn new(api_url: Url, breaker: Breaker) -> Result<Self, SetupError> {
        let graph = Api::new(api_url, breaker)?;
        Ok(Self { graph })
    }

    /// The number of an id.
    ///
    /// # Errors
    ///
    /// The token does not see it, or Meta did not answer.
    pub async fn number(&self, token: &SecretString, id: &str) -> Result<Number, Unseen> {
        let path = format!("{id}?fields=id,display_phone_number");
        self.get(token, &path).await
    }

    /// Every number of the accounts that the token was made for; none where Meta does not tell.
    pub async fn all(&self, token: &SecretString) -> Option<Vec<Number>> {
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("input_token", token.expose_secret())
            .finish();
        let debugged: Debugged = self
            .get(token, &format!("debug_token?{query}"))
            .await
            .ok()?;
        let scopes = debugged.data.granular_scopes.into_iter();
        let scopes = scopes.filter(|scope| scope.scope.starts_with("whatsapp_business_"));
        let mut accounts: Vec<_> = scopes.flat_map(|scope| scope.target_ids).collect();
        accounts.sort_unstable();
        accounts.dedup();
        let mut numbers = Vec::new();
        for account in accounts {
            let path = format!("{account}/phone_numbers?fields=id,display_phone_number&limit=100");
            let listed: Listed = self.get(token, &path).await.ok()?;
            numbers.extend(listed.data);
        }
        (!numbers.is_empty()).then_some(numbers)
    }

    async fn get<T: DeserializeOwned>(
        &self,
        token: &SecretString,
        path: &str,
    ) -> Result<T, Unseen> {
        let request = self.graph.request(Method::GET, path);
        let request = request.bearer_auth(token.expose_secret());
        let answer = self.graph.call(request, TIMEOUT).await;
        let answer = answer.map_err(|_| Unseen::NoAnswer)?;
        let body = answer.body.as_deref();
        if answer.status == StatusCode::OK
            && let Some(read) = body.and_then(|body| serde_json::from_slice(body).ok())
        {
            return Ok(read);
        }
        Err(match verdict::judge(answer.status, body) {
            Verdict::Alert { reason, .. } => Unseen::Refused(reason),
            Verdict::Retry { .. } | Verdict::Slower { .. } | Verdict::Unknown => Unseen::NoAnswer,
            _ => Unseen::Refused("refused"),
        })
    }
}
