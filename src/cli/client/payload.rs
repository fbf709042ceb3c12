//! One text message as each sender writes and proves it.

use std::time::Duration;

use chrono::{DateTime, SecondsFormat, Utc};
use http::{HeaderMap, HeaderName, HeaderValue, header::CONTENT_TYPE};
use serde_json::json;
use url::form_urlencoded;

use crate::{
    message::PhoneNumber,
    signature::{Secret, body_hmac, ed25519::SigningKey, standard_webhooks},
    source::{direct, highlevel, whatsapp},
};

/// A request, ready to be sent.
#[derive(Clone)]
pub struct Request {
    /// The route.
    pub path: &'static str,
    /// The raw query of a GET; it may name a phone.
    pub query: String,
    /// The headers, with the proof among them.
    pub headers: HeaderMap,
    /// The bytes that the proof covers.
    pub body: String,
    /// How long the server is asked to wait for the reply.
    pub wait: Duration,
}

/// A message of an own client.
#[derive(Debug, Clone)]
pub struct DirectMessage<'a> {
    /// The words.
    pub text: &'a str,
    /// The customer's phone.
    pub phone: &'a PhoneNumber,
    /// The customer's name.
    pub name: Option<&'a str>,
    /// The conversation; left out: the phone.
    pub thread_id: Option<&'a str>,
    /// How long to wait for the reply, in whole seconds.
    pub wait: Duration,
}

/// What was said in a conversation of an own client.
#[derive(Debug, Clone)]
pub struct RepliesQuery<'a> {
    /// The conversation.
    pub thread_id: &'a str,
    /// The last reply that is known.
    pub after: u64,
}

/// A message as Meta's Cloud API tells of it.
#[derive(Debug, Clone)]
pub struct WhatsappMessage<'a> {
    /// The words.
    pub text: &'a str,
    /// The customer's phone.
    pub phone: &'a PhoneNumber,
    /// The customer's profile name.
    pub name: Option<&'a str>,
    /// The id of the business's number.
    pub phone_number_id: &'a str,
}

/// A message as HighLevel tells of it.
#[derive(Debug, Clone)]
pub struct HighlevelMessage<'a> {
    /// The words.
    pub text: &'a str,
    /// The customer's phone.
    pub phone: &'a PhoneNumber,
    /// The customer's name; app events carry none.
    pub name: Option<&'a str>,
    /// The contact; it is the conversation, too.
    pub contact_id: &'a str,
}

// === impl Request ===

/// The body is a customer's words and a header may hold a secret: only the route is shown.
impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Request")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

impl Request {
    fn json(path: &'static str, body: &serde_json::Value) -> Self {
        Self {
            path,
            query: String::new(),
            headers: HeaderMap::from_iter([(
                CONTENT_TYPE,
                HeaderValue::from_static("application/json"),
            )]),
            body: body.to_string(),
            wait: Duration::ZERO,
        }
    }

    /// Adds the headers of Standard Webhooks, which sign these bytes.
    fn signed(self, secret: &Secret, id: &str, now: DateTime<Utc>, bytes: &str) -> Self {
        let timestamp_secs = now.timestamp();
        let signature = standard_webhooks::sign(secret, id, timestamp_secs, bytes.as_bytes());
        self.with(standard_webhooks::ID_HEADER, id)
            .with(
                standard_webhooks::TIMESTAMP_HEADER,
                &timestamp_secs.to_string(),
            )
            .with(standard_webhooks::SIGNATURE_HEADER, &signature)
    }

    /// Adds a header. A secret that no header can hold is left out, and refused by the server.
    fn with(mut self, name: &'static str, value: &str) -> Self {
        if let Ok(mut value) = HeaderValue::from_str(value) {
            value.set_sensitive(true);
            self.headers.insert(HeaderName::from_static(name), value);
        }
        self
    }
}

// === impl DirectMessage ===

impl DirectMessage<'_> {
    /// The request, signed by Standard Webhooks where there is a secret.
    pub fn request(&self, secret: Option<&Secret>, id: &str, now: DateTime<Utc>) -> Request {
        let mut body = json!({"message": self.text, "phone": self.phone, "message_id": id});
        for (field, value) in [("name", self.name), ("thread_id", self.thread_id)] {
            if let Some(value) = value {
                body[field] = value.into();
            }
        }
        let mut request = Request::json("/webhook", &body);
        request.wait = self.wait;
        if !self.wait.is_zero() {
            request = request.with("prefer", &format!("wait={}", self.wait.as_secs()));
        }
        match secret {
            Some(secret) => {
                let body = request.body.clone();
                request.signed(secret, id, now, &body)
            }
            None => request,
        }
    }
}

// === impl RepliesQuery ===

impl RepliesQuery<'_> {
    /// The request, signed by Standard Webhooks where there is a secret.
    pub fn request(&self, secret: Option<&Secret>, id: &str, now: DateTime<Utc>) -> Request {
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("thread_id", self.thread_id)
            .append_pair("after", &self.after.to_string())
            .finish();
        let request = Request {
            path: "/webhook/replies",
            query: query.clone(),
            headers: HeaderMap::new(),
            body: String::new(),
            wait: Duration::ZERO,
        };
        match secret {
            Some(secret) => request.signed(secret, id, now, &query),
            None => request,
        }
    }
}

// === impl WhatsappMessage ===

impl WhatsappMessage<'_> {
    /// The request, signed with the app's secret. `id` is what makes the message new.
    pub fn request(&self, secret: &Secret, id: &str, now: DateTime<Utc>) -> Request {
        let digits = self.phone.as_str().trim_start_matches('+');
        let mut contact = json!({"wa_id": digits});
        if let Some(name) = self.name {
            contact["profile"] = json!({"name": name});
        }
        let body = json!({
            "object": "whatsapp_business_account",
            "entry": [{"id": "0", "changes": [{"field": "messages", "value": {
                "messaging_product": "whatsapp",
                "metadata": {"phone_number_id": self.phone_number_id},
                "contacts": [contact],
                "messages": [{
                    "from": digits,
                    "id": format!("wamid.{id}"),
                    "timestamp": now.timestamp().to_string(),
                    "type": "text",
                    "text": {"body": self.text},
                }],
            }}]}],
        });
        let request = Request::json("/webhook/whatsapp", &body);
        let signature = body_hmac::sign(secret, request.body.as_bytes());
        request.with(whatsapp::SIGNATURE_HEADER, &signature)
    }
}

// === impl HighlevelMessage ===

impl HighlevelMessage<'_> {
    /// The request of a workflow's action, with the shared secret. Without a location the server
    /// takes its only one.
    pub fn action(&self, secret: &Secret, location_id: Option<&str>, id: &str) -> Request {
        let mut body = json!({
            "message": {"body": self.text, "type": "WhatsApp", "direction": "inbound"},
            "messageId": id,
            "phone": self.phone,
            "contact_id": self.contact_id,
        });
        if let Some(name) = self.name {
            body["full_name"] = name.into();
        }
        if let Some(location_id) = location_id {
            body["location"] = json!({"id": location_id});
        }
        Request::json("/webhook/ghl", &body).with(direct::SECRET_HEADER, secret.expose())
    }

    /// The request of a marketplace app's event, signed with a key of ours.
    pub fn event(
        &self,
        key: &SigningKey,
        location_id: &str,
        id: &str,
        now: DateTime<Utc>,
    ) -> Request {
        let now = now.to_rfc3339_opts(SecondsFormat::Millis, true);
        let body = json!({
            "type": "InboundMessage",
            "locationId": location_id,
            "contactId": self.contact_id,
            "conversationId": format!("conversation-{}", self.contact_id),
            "messageId": id,
            "webhookId": id,
            "messageType": "WhatsApp",
            "contentType": "text/plain",
            "direction": "inbound",
            "status": "delivered",
            "body": self.text,
            "attachments": [],
            "from": self.phone,
            "dateAdded": now,
            "timestamp": now,
        });
        let request = Request::json("/webhook/ghl", &body);
        let signature = key.sign(request.body.as_bytes());
        request.with(highlevel::SIGNATURE_HEADER, &signature)
    }
}
