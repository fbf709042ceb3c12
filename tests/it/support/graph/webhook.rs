//! What Meta posts to us: what customers write and tap, and what became of what we sent.

use chrono::{DateTime, Utc};
use frontdesk::{
    cli::client::{Request, WhatsappMessage},
    message::PhoneNumber,
    signature::{Secret, body_hmac},
    source::whatsapp::SIGNATURE_HEADER,
};
use serde_json::{Value, json};

use super::Taken;
use crate::support::process::now;

/// The app that the deliveries are of.
pub(crate) struct Webhook<'a> {
    /// What it signs with.
    pub(crate) secret: &'a str,
    /// The number that is written to.
    pub(crate) number: &'a str,
}

/// Who writes, and when.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Writer<'a> {
    pub(crate) phone: &'a PhoneNumber,
    /// The name of their profile.
    pub(crate) name: Option<&'a str>,
    pub(crate) at: DateTime<Utc>,
}

impl Webhook<'_> {
    /// Someone wrote.
    pub(crate) fn text(&self, from: &PhoneNumber, id: &str, text: &str) -> Request {
        self.message(&sheena(from), id, "text", &json!({"body": text}))
    }

    /// Someone tapped what we sent.
    pub(crate) fn tap(&self, from: &PhoneNumber, id: &str, on: &Taken, tap: &str) -> Request {
        let taps = on.taps();
        let (_, title) = taps.iter().find(|(known, _)| known == tap).unwrap();
        let kind = match on.body["interactive"]["type"].as_str().unwrap() {
            "list" => "list_reply",
            _ => "button_reply",
        };
        let reply = json!({"type": kind, kind: {"id": tap, "title": title}});
        self.message(&sheena(from), id, "interactive", &reply)
    }

    /// What became of a message: `sent`, `delivered`, `read`, or `failed` with a code.
    pub(crate) fn status(&self, of: &Taken, status: &str, code: Option<i64>) -> Request {
        let mut item = json!({
            "id": of.id,
            "status": status,
            "timestamp": now().timestamp().to_string(),
            "recipient_id": of.recipient,
            "biz_opaque_callback_data": of.body["biz_opaque_callback_data"],
        });
        if let Some(code) = code {
            item["errors"] = json!([{"code": code, "title": "as asked"}]);
        }
        self.delivery("messages", &json!({"statuses": [item]}))
    }

    /// A person at the business wrote in the app.
    pub(crate) fn echo(&self, to: &Writer<'_>, id: &str, text: &str) -> Request {
        let echo = json!({
            "from": "15550783881",
            "to": to.phone,
            "id": format!("wamid.echo{id}"),
            "timestamp": to.at.timestamp().to_string(),
            "type": "text",
            "text": {"body": text},
        });
        let echoes = json!({"message_echoes": [echo]});
        self.delivery("smb_message_echoes", &echoes)
    }

    /// Someone did anything that Meta has a type for.
    pub(crate) fn message(
        &self,
        from: &Writer<'_>,
        id: &str,
        kind: &str,
        content: &Value,
    ) -> Request {
        let wa_id = from.phone.as_str().trim_start_matches('+');
        let mut contact = json!({"wa_id": wa_id});
        if let Some(name) = from.name {
            contact["profile"] = json!({"name": name});
        }
        let message = json!({
            "from": wa_id,
            "id": format!("wamid.{id}"),
            "timestamp": from.at.timestamp().to_string(),
            "type": kind,
            kind: content,
        });
        let lists = json!({"contacts": [contact], "messages": [message]});
        self.delivery("messages", &lists)
    }

    fn delivery(&self, field: &str, lists: &Value) -> Request {
        let mut value = json!({
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": "15550783881", "phone_number_id": self.number},
        });
        for (list, items) in lists.as_object().unwrap() {
            value[list] = items.clone();
        }
        let body = json!({"object": "whatsapp_business_account", "entry": [
            {"id": "102290129340398", "changes": [{"field": field, "value": value}]},
        ]});
        let secret = Secret::new(self.secret).unwrap();
        // For its path and headers.
        let template = WhatsappMessage {
            text: "",
            phone: &PhoneNumber::parse("+12025550100").unwrap(),
            name: None,
            phone_number_id: self.number,
        };
        let mut request = template.request(&secret, "", now());
        request.body = body.to_string();
        let signature = body_hmac::sign(&secret, request.body.as_bytes());
        let signature = signature.parse().unwrap();
        request.headers.insert(SIGNATURE_HEADER, signature);
        request
    }
}

/// Whoever writes, she is called so, and writes now.
fn sheena(phone: &PhoneNumber) -> Writer<'_> {
    Writer {
        phone,
        name: Some("Sheena Nelson"),
        at: now(),
    }
}
