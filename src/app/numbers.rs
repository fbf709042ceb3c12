//! Compares the WhatsApp numbers of the business files with those that Meta shows.

use std::{collections::HashSet, sync::Arc};

use anyhow::Context as _;

use super::Setup;
use crate::{
    breaker::{Breaker, Destination},
    channel::whatsapp::{Number, Numbers, Unseen},
    message::BusinessId,
};

/// What Meta shows of the numbers.
#[derive(Debug, Default)]
pub struct SeenNumbers {
    /// Those of the business files that a token sees.
    pub seen: Vec<(BusinessId, Number)>,
    /// Those of the business files that it does not see.
    pub unseen: Vec<(BusinessId, Box<str>, Unseen)>,
    /// Those that a token sees and that no business file names: what comes for them is not answered.
    pub unclaimed: Vec<Number>,
}

/// Asks Meta for each business that has a token. Without the WhatsApp door nobody is asked.
///
/// # Errors
///
/// The system has no way to make calls.
pub async fn seen_numbers(setup: &Setup) -> anyhow::Result<SeenNumbers> {
    let mut found = SeenNumbers::default();
    if !setup.posture.whatsapp {
        return Ok(found);
    }
    let url = setup.config.whatsapp.api_url.clone();
    let breaker = Breaker::new(Destination::Whatsapp, Arc::new(()));
    let meta = Numbers::new(url, breaker).context("Meta cannot be asked for the numbers")?;
    let (mut asked, mut known) = (HashSet::new(), HashSet::new());
    for business in setup.businesses.iter() {
        let Some(token) = setup.whatsapp_tokens.of(&business.id) else {
            continue;
        };
        for id in &business.whatsapp.phone_number_ids {
            match meta.number(token, id).await {
                Ok(number) => found.seen.push((business.id.clone(), number)),
                Err(unseen) => {
                    let unseen = (business.id.clone(), id.clone(), unseen);
                    found.unseen.push(unseen);
                }
            }
        }
        // Businesses may share a token.
        if !asked.insert(secrecy::ExposeSecret::expose_secret(token).to_owned()) {
            continue;
        }
        for number in meta.all(token).await.unwrap_or_default() {
            if setup.routes.number(&number.id).is_none() && known.insert(number.id.clone()) {
                found.unclaimed.push(number);
            }
        }
    }
    Ok(found)
}
