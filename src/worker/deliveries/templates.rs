//! Templates that a provider refuses: paused, not translated, with other variables.
//!
//! The invariant: health is degraded from the first refusal until each template that was refused has
//! been taken again, and the owner is told once of each.

use std::{
    collections::HashSet,
    sync::{Mutex, MutexGuard, PoisonError},
};

use super::Shared;
use crate::{
    channel::{Channel, Outbound, SendError, Sent},
    message::{Body, BusinessId, Template},
    store::Dispatch,
    workflow::{Alert, AlertKind},
};

/// The templates that are refused, by business, name and language.
#[derive(Debug, Default)]
pub(super) struct RefusedTemplates(Mutex<HashSet<Key>>);

type Key = (BusinessId, Box<str>, Box<str>);

impl Shared {
    /// Sends a part, and notes whether the provider takes its template.
    pub(super) async fn send_part(
        &self,
        dispatch: &Dispatch,
        channel: &dyn Channel,
        outbound: &Outbound,
    ) -> Result<Sent, SendError> {
        let sent = channel.send(outbound, dispatch.reference.part).await;
        if let Some(template) = template(&outbound.body) {
            match &sent {
                Ok(sent) if sent.by_template => self.template_taken(dispatch, template),
                Err(SendError::Template { reason, .. }) => {
                    self.template_refused(dispatch, template, reason).await;
                }
                _ => {}
            }
        }
        sent
    }

    async fn template_refused(
        &self,
        dispatch: &Dispatch,
        template: &Template,
        reason: &'static str,
    ) {
        let is_new = self
            .refused_templates
            .lock()
            .insert(key(dispatch, template));
        self.refusals.template_refused(reason);
        if !is_new {
            return;
        }
        let (name, language) = (&*template.name, &*template.language);
        tracing::error!(
            template.name = name,
            template.language = language,
            reason,
            "WhatsApp refuses a message template"
        );
        let alert = Alert {
            text: Some(format!("{name} ({language})")),
            ..Alert::new(AlertKind::TemplateRefused)
        };
        self.tell_owner(dispatch, alert).await;
    }

    fn template_taken(&self, dispatch: &Dispatch, template: &Template) {
        let mut refused = self.refused_templates.lock();
        if refused.remove(&key(dispatch, template)) && refused.is_empty() {
            self.refusals.templates_taken();
        }
    }
}

impl RefusedTemplates {
    fn lock(&self) -> MutexGuard<'_, HashSet<Key>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn key(dispatch: &Dispatch, template: &Template) -> Key {
    let business = dispatch.thread.business.clone();
    (business, template.name.clone(), template.language.clone())
}

fn template(body: &Body) -> Option<&Template> {
    match body {
        Body::Template(template) => Some(template),
        Body::ReplyOrTemplate { template, .. } => template.as_ref(),
        Body::Reply(_) => None,
    }
}
