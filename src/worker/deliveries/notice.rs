//! What owners are told: as JSON to their webhook, as a template to their WhatsApp, as a tag of
//! the contact.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

use super::Shared;
use crate::{
    booking::{Booking, Business, ServiceId, business::OwnerWhatsapp},
    channel::{Outbound, SendError, Tagging},
    message::{Body, Contact, MessageId, PhoneNumber, SourceKind, ThreadKey, Trust},
    store::{Attempt, Dispatch, NoticeMail, NoticeWay},
    workflow::News,
};

/// The body of a call to an owner's webhook.
#[derive(Serialize)]
struct Payload<'a> {
    /// What happened, such as `booked`.
    #[serde(rename = "type")]
    kind: &'static str,
    business: &'a str,
    /// When it happened.
    timestamp: String,
    /// The same in words.
    text: &'a str,
    customer: Customer<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    booking: Option<BookingPart<'a>>,
}

#[derive(Serialize)]
struct Customer<'a> {
    name: Option<&'a str>,
    phone: Option<&'a str>,
    /// The door the conversation uses.
    source: &'static str,
}

#[derive(Serialize)]
struct BookingPart<'a> {
    id: String,
    services: Vec<&'a str>,
    staff: &'a str,
    start: String,
    end: String,
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    for_name: Option<&'a str>,
}

impl Shared {
    /// Tells the owner by one way.
    pub(super) async fn notify(&self, dispatch: &Dispatch, notice: &NoticeMail) -> Attempt {
        let news = News {
            alert: &notice.alert,
            booking: notice.booking.as_ref(),
            contact: &dispatch.contact,
        };
        let text = self.words.notice(&dispatch.thread.business, &news);
        let told = match notice.way {
            NoticeWay::Webhook => self.post(dispatch, notice, &text).await,
            NoticeWay::Whatsapp => self.send_template(dispatch, &text).await,
            NoticeWay::Tag => self.tag(dispatch, notice).await,
        };
        let source = match notice.way {
            NoticeWay::Webhook | NoticeWay::Whatsapp => SourceKind::Whatsapp,
            NoticeWay::Tag => dispatch.thread.source,
        };
        match told {
            Ok(id) => Attempt::Sent { id, more: false },
            Err(SendError::NoSuchPart) => Attempt::NothingLeft,
            Err(error) => self.failed(dispatch, source, error).await,
        }
    }

    async fn tag(&self, dispatch: &Dispatch, notice: &NoticeMail) -> Result<MessageId, SendError> {
        let nowhere = |reason| SendError::GiveUp { reason, code: None };
        let thread = &dispatch.thread;
        let channel = self.channels.of(thread.source);
        let channel = channel.ok_or_else(|| nowhere("no_channel"))?;
        let business = self.businesses.by_id(&thread.business);
        let tags = business.as_ref().map(|one| &one.highlevel.tags);
        let tag = tags.and_then(|tags| notice.alert.kind.tag(tags));
        let tagging = Tagging {
            thread,
            contact: &dispatch.contact,
            tag: tag.ok_or_else(|| nowhere("no_tag"))?,
            now: self.clock.now(),
        };
        channel.tag(&tagging).await?;
        self.taken(thread.source, &thread.business);
        Ok(id_of(dispatch))
    }

    async fn post(
        &self,
        dispatch: &Dispatch,
        notice: &NoticeMail,
        text: &str,
    ) -> Result<MessageId, SendError> {
        let business = &dispatch.thread.business;
        let body = serde_json::to_vec(&payload(dispatch, notice, text))
            .expect("invariant: the payload is plain data");
        let id = id_of(dispatch);
        let now = self.clock.now().timestamp();
        let call = self.owners.post(business, id.as_str(), now, body.into());
        call.await?;
        Ok(id)
    }

    async fn send_template(&self, dispatch: &Dispatch, text: &str) -> Result<MessageId, SendError> {
        let nowhere = |reason| SendError::GiveUp { reason, code: None };
        let channel = self.channels.of(SourceKind::Whatsapp);
        let channel = channel.ok_or_else(|| nowhere("no_channel"))?;
        let business = &dispatch.thread.business;
        let known = self.businesses.by_id(business);
        let address = known.as_ref();
        let address = address.and_then(|business| address_of(business, &dispatch.thread));
        let (owner, number, language) = address.ok_or_else(|| nowhere("no_owner"))?;
        let [news] = OwnerWhatsapp::VALUES;
        let template = owner.template.filled(language, &[(news, text)]);
        let digits = owner.to.as_str().trim_start_matches('+');
        let outbound = Outbound {
            reference: dispatch.reference.to_string().into(),
            thread: ThreadKey {
                business: business.clone(),
                source: SourceKind::Whatsapp,
                trust: Trust::Verified,
                key: format!("{number}:{digits}").into(),
            },
            contact: Contact {
                phone: Some(owner.to.clone()),
                ..Contact::default()
            },
            body: Body::Template(template),
            answers: None,
            last_inbound_at: None,
            now: self.clock.now(),
        };
        let sent = self
            .send_part(dispatch, channel.as_ref(), &outbound)
            .await?;
        Ok(sent.id)
    }
}

/// The owner's WhatsApp, the number that writes to it, and the language.
fn address_of<'a>(
    business: &'a Business,
    thread: &'a ThreadKey,
) -> Option<(&'a OwnerWhatsapp, &'a str, &'a str)> {
    let owner = business.notify.whatsapp.as_ref()?;
    let of_the_thread = (thread.source == SourceKind::Whatsapp)
        .then(|| thread.key.split_once(':'))
        .flatten();
    let number = match of_the_thread {
        Some((number, _)) => number,
        None => business.whatsapp.phone_number_ids.first()?,
    };
    let language = business.default_language();
    let language = business.whatsapp.template_language(language);
    Some((owner, number, language))
}

/// The notice's id for its receiver: the same for every attempt, and without the dots that
/// Standard Webhooks keeps for itself.
fn id_of(dispatch: &Dispatch) -> MessageId {
    let reference = dispatch.reference;
    let id = format!("notice_{}_{}", reference.message, reference.written_ms);
    MessageId::new(&id).expect("invariant: it is not empty, and short")
}

fn payload<'a>(dispatch: &'a Dispatch, notice: &'a NoticeMail, text: &'a str) -> Payload<'a> {
    let contact = &dispatch.contact;
    Payload {
        kind: notice.alert.kind.as_str(),
        business: dispatch.thread.business.as_str(),
        timestamp: instant(notice.at),
        text,
        customer: Customer {
            name: contact.name.as_deref(),
            phone: contact.phone.as_ref().map(PhoneNumber::as_str),
            source: dispatch.thread.source.as_str(),
        },
        booking: notice.booking.as_ref().map(part),
    }
}

fn part(booking: &Booking) -> BookingPart<'_> {
    let details = &booking.details;
    BookingPart {
        id: booking.id.to_string(),
        services: details.services.iter().map(ServiceId::as_str).collect(),
        staff: details.resource.as_str(),
        start: instant(details.visible.start),
        end: instant(details.visible.end),
        name: details.name.as_deref(),
        for_name: details.for_name.as_deref(),
    }
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
