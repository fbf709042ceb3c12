//! The WhatsApp channel against a Graph API that holds every call to what Meta documents.

mod agenda;
mod failing;
mod highlevel;
mod rendering;
mod sending;
mod slots;
mod stand_in;

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use frontdesk::{
    breaker::{Breaker, Destination},
    channel::{
        Body, Channel as _, Outbound, SendError, Sent, Template, TemplateParameter, Tokens,
        whatsapp::{Config, Whatsapp},
    },
    message::{
        BusinessId, Choice, Contact, MessageId, PhoneNumber, Reply, SourceKind, ThreadKey, Trust,
    },
};
use secrecy::SecretString;

use crate::support::graph::{Graph, TOKEN};

const NUMBER: &str = "106540352242922";
const PHONE: &str = "12025550100";

/// The same token for every business but one.
#[derive(Debug)]
struct OneToken;

impl Tokens for OneToken {
    fn token(&self, business: &BusinessId) -> Option<SecretString> {
        (business.as_str() != "tokenless").then(|| TOKEN.into())
    }
}

fn channel(graph: &Graph) -> Whatsapp {
    with_config(Config::new(graph.url().parse().unwrap()))
}

fn with_config(config: Config) -> Whatsapp {
    Whatsapp::new(config, Arc::new(OneToken), breaker(Destination::Whatsapp)).unwrap()
}

fn breaker(destination: Destination) -> Breaker {
    Breaker::new(destination, Arc::new(()))
}

fn now() -> DateTime<Utc> {
    "2026-11-27T10:00:00Z".parse().unwrap()
}

/// A message to a customer who wrote a minute ago.
fn outbound(body: Body) -> Outbound {
    Outbound {
        reference: "row-1".into(),
        thread: ThreadKey {
            business: BusinessId::new("luna"),
            source: SourceKind::Whatsapp,
            trust: Trust::Verified,
            key: format!("{NUMBER}:{PHONE}").into(),
        },
        contact: Contact {
            phone: Some(PhoneNumber::from_international_digits(PHONE).unwrap()),
            ..Contact::default()
        },
        body,
        answers: None,
        last_inbound_at: Some(now() - TimeDelta::minutes(1)),
        now: now(),
    }
}

fn hello() -> Outbound {
    outbound(Body::Reply(Reply::text("Hello!")))
}

fn reminder() -> Template {
    Template {
        name: "appointment_reminder".into(),
        language: "es".into(),
        parameters: numbered(["Ana", "martes a las 10:00"]),
    }
}

fn numbered<const N: usize>(texts: [&str; N]) -> Vec<TemplateParameter> {
    let parameter = |text: &str| TemplateParameter {
        name: None,
        text: text.into(),
    };
    texts.map(parameter).into()
}

fn choice(id: &str, title: &str, description: Option<&str>) -> Choice {
    Choice {
        id: id.into(),
        title: title.into(),
        description: description.map(Into::into),
    }
}

/// Sends every part.
async fn send_all(channel: &Whatsapp, message: &Outbound) -> Result<Vec<MessageId>, SendError> {
    let mut ids = Vec::new();
    for part in 0.. {
        let Sent { id, more, .. } = channel.send(message, part).await?;
        ids.push(id);
        if !more {
            break;
        }
    }
    Ok(ids)
}
