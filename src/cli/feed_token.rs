//! `frontdesk feed-token`: who may subscribe to a calendar.

use std::sync::Arc;

use ring::rand::{SecureRandom as _, SystemRandom};

use super::output::print;
use crate::{
    app::{self, FeedTokenError, Setup},
    booking::{Business, ResourceId},
    clock::Clock,
    message::BusinessId,
    store::{Feed, FeedToken},
};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The id of the business, where there are several
    #[arg(value_name = "ID")]
    id: Option<String>,
    /// Only this person's bookings
    #[arg(long, value_name = "ID")]
    staff: Option<String>,
    /// Show customers by name and number, and not by their initials
    #[arg(long, conflicts_with = "revoke")]
    names: bool,
    /// Take every token of this calendar back
    #[arg(long)]
    revoke: bool,
}

/// Why there is no token.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No business is named, or none of ours.
    #[error("name one of these businesses: {0}")]
    Business(String),
    /// Nobody of ours is named.
    #[error("--staff must be one of: {0}")]
    Staff(String),
    /// The system gives no random bytes.
    #[error("the system gives no random bytes")]
    Random,
    /// The store was not written.
    #[error(transparent)]
    Store(#[from] FeedTokenError),
    /// The output went nowhere.
    #[error("cannot write to the terminal")]
    Output(#[from] std::io::Error),
}

impl Error {
    /// Whether the arguments are wrong.
    pub(super) fn is_of_usage(&self) -> bool {
        matches!(self, Self::Business(_) | Self::Staff(_))
    }
}

/// Makes a token and says where it leads, or takes all of them back.
pub(super) fn run(args: &Args, setup: &Setup, clock: &dyn Clock) -> Result<(), Error> {
    let business = business(args, setup)?;
    let resource = staff(args, &business)?;
    if args.revoke {
        let revoked = app::close_feeds(&setup.config, &business.id, resource.as_ref())?;
        print(&format!("{revoked} revoked.\n"))?;
        return Ok(());
    }
    let mut bytes = [0; FeedToken::BYTES];
    let random = SystemRandom::new();
    random.fill(&mut bytes).map_err(|_| Error::Random)?;
    let token = FeedToken::of_random(bytes);
    let feed = Feed {
        business: business.id.clone(),
        resource,
        names: args.names,
    };
    app::open_feed(&setup.config, &token, &feed, clock)?;
    print(&format!(
        "Subscribe to this at your domain; it is shown this once:\n\n/calendar.ics?token={}\n",
        token.expose()
    ))?;
    Ok(())
}

fn business(args: &Args, setup: &Setup) -> Result<Arc<Business>, Error> {
    let all: Vec<_> = setup.businesses.iter().collect();
    let found = match &args.id {
        Some(id) => setup.businesses.by_id(&BusinessId::new(id.as_str())),
        None => (all.len() == 1).then(|| setup.businesses.default_business()),
    };
    let ids = || all.iter().map(|business| business.id.as_str().to_owned());
    found.ok_or_else(|| Error::Business(ids().collect::<Vec<_>>().join(", ")))
}

fn staff(args: &Args, business: &Business) -> Result<Option<ResourceId>, Error> {
    let Some(id) = &args.staff else {
        return Ok(None);
    };
    let found = business.staff_member(&ResourceId::new(id));
    let ids = || business.staff.iter().map(|person| person.id.as_str());
    let person = found.ok_or_else(|| Error::Staff(ids().collect::<Vec<_>>().join(", ")))?;
    Ok(Some(person.id.clone()))
}
