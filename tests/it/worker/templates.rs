//! Templates that a provider refuses, and when it is over.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use chrono::TimeDelta;
use frontdesk::{
    booking::Booking,
    channel::{Channel, Channels, Outbound, SendError, Sent},
    message::{Body, BusinessId, Contact, MessageId, Reply, SourceKind, Template},
    workflow::{Correspondence, News, State},
};

use super::deliveries::Office;

const REFUSED: &str = "template_missing";
const TAKEN: &str = "templates taken";

/// Takes words, and a template once it is approved in its language.
#[derive(Debug, Clone, Default)]
struct Approval(Arc<Mutex<Vec<String>>>);

impl Approval {
    fn approve(&self, template: &str) {
        self.0.lock().unwrap().push(template.to_owned());
    }

    fn office(&self) -> Office {
        let channel: Arc<dyn Channel> = Arc::new(self.clone());
        let channels: Channels = [(SourceKind::Whatsapp, channel)].into_iter().collect();
        Office::of(channels, Arc::new(ByTemplate))
    }
}

#[async_trait]
impl Channel for Approval {
    async fn send(&self, message: &Outbound, _: u16) -> Result<Sent, SendError> {
        let template = match &message.body {
            Body::Template(template) => Some(format!("{}_{}", template.name, template.language)),
            Body::Reply(_) | Body::ReplyOrTemplate { .. } => None,
        };
        if template
            .as_ref()
            .is_some_and(|template| !self.0.lock().unwrap().contains(template))
        {
            return Err(SendError::Template {
                reason: REFUSED,
                code: 132_001,
            });
        }
        Ok(Sent {
            id: MessageId::new(&format!("out.{}", message.reference)).unwrap(),
            more: false,
            by_template: template.is_some(),
        })
    }
}

/// Reminds of `cut_en` by the template `cut` in `en`, and of `cut_en_words` by words or that
/// template.
#[derive(Debug)]
struct ByTemplate;

impl Correspondence for ByTemplate {
    fn title(&self, _: &Booking, _: &Contact) -> String {
        "an appointment".to_owned()
    }

    fn reminder(&self, booking: &Booking, _: Option<&State>) -> Option<Body> {
        let service = booking.details.services.to_string();
        let mut words = service.split('_');
        let template = Template {
            name: words.next()?.into(),
            language: words.next()?.into(),
            parameters: Vec::new(),
        };
        Some(match words.next() {
            None => Body::Template(template),
            Some(_) => Body::ReplyOrTemplate {
                reply: Reply::text("soon"),
                template: Some(template),
            },
        })
    }

    fn notice(&self, _: &BusinessId, news: &News<'_>) -> String {
        news.alert.kind.as_str().to_owned()
    }
}

impl Office {
    /// Sends what is due after a while, and answers what was heard of it.
    async fn news_after(&self, while_passes: TimeDelta) -> Vec<&'static str> {
        self.clock.advance(while_passes);
        self.deliveries.run_due().await.unwrap();
        let news = self.heard.news().into_iter();
        news.filter(|news| *news != "taken").collect()
    }
}

#[tokio::test]
async fn it_is_over_once_each_language_that_was_refused_is_taken() {
    let approval = Approval::default();
    let office = approval.office();
    office.remind_whom("ana", "cut_en").await;
    office.remind_whom("eva", "cut_es").await;
    let news = office.news_after(TimeDelta::hours(1)).await;
    assert_eq!(news, [REFUSED, REFUSED]);
    approval.approve("cut_en");
    let news = office.news_after(TimeDelta::minutes(5)).await;
    assert_eq!(news, [REFUSED]);
    approval.approve("cut_es");
    let news = office.news_after(TimeDelta::minutes(5)).await;
    assert_eq!(news, [TAKEN]);
}

#[tokio::test]
async fn words_that_are_taken_in_place_of_a_template_say_nothing_of_it() {
    let approval = Approval::default();
    let office = approval.office();
    office.remind_whom("ana", "cut_en").await;
    office.remind_whom("eva", "cut_en_words").await;
    let news = office.news_after(TimeDelta::hours(1)).await;
    assert_eq!(news, [REFUSED]);
    approval.approve("cut_en");
    let news = office.news_after(TimeDelta::minutes(5)).await;
    assert_eq!(news, [TAKEN]);
}
