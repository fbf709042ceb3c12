//! Which business a provider's number or location belongs to.
//!
//! The invariant: a number or location has one owner or none.

use std::collections::HashMap;

use crate::{booking::zone::Zone, message::BusinessId};

/// What a business says it owns at the providers.
#[derive(Debug, Clone)]
pub struct Owner {
    /// The business.
    pub business: BusinessId,
    /// The clock by which times without an offset are read.
    pub zone: Zone,
    /// Its WhatsApp phone-number ids.
    pub phone_number_ids: Vec<String>,
    /// Its HighLevel location ids.
    pub location_ids: Vec<String>,
    /// Its country, by which numbers without `+` are read.
    pub country: Option<Box<str>>,
}

/// The owners of numbers and locations.
#[derive(Debug, Clone, Default)]
pub struct Routes {
    numbers: HashMap<String, BusinessId>,
    locations: HashMap<String, BusinessId>,
    countries: HashMap<BusinessId, Box<str>>,
    zones: HashMap<BusinessId, Zone>,
    /// The business that is listed first.
    first: Option<BusinessId>,
    /// The business, where there is exactly one.
    only: Option<BusinessId>,
}

/// Two businesses claim the same number or location.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{id} belongs to both {first} and {second}")]
pub struct SharedRoute {
    /// The number or location.
    pub id: String,
    /// Who claimed it first.
    pub first: BusinessId,
    /// Who claimed it, too.
    pub second: BusinessId,
}

// === impl Routes ===

impl Routes {
    /// The routes to these businesses.
    ///
    /// A single business that lists no number owns every number: the app secret is its own, and
    /// so is all that is signed with it. HighLevel signs for all its customers with one key, so
    /// locations must always be listed.
    pub fn new(owners: Vec<Owner>) -> Result<Self, SharedRoute> {
        let mut routes = Self::default();
        if let [owner] = owners.as_slice() {
            routes.only = Some(owner.business.clone());
        }
        routes.first = owners.first().map(|owner| owner.business.clone());
        for owner in owners {
            routes.zones.insert(owner.business.clone(), owner.zone);
            if let Some(country) = owner.country {
                routes.countries.insert(owner.business.clone(), country);
            }
            for id in owner.phone_number_ids {
                claim(&mut routes.numbers, id, &owner.business)?;
            }
            for id in owner.location_ids {
                claim(&mut routes.locations, id, &owner.business)?;
            }
        }
        Ok(routes)
    }

    /// The owner of a WhatsApp phone-number id.
    pub fn number(&self, id: &str) -> Option<&BusinessId> {
        if self.numbers.is_empty() {
            return self.only.as_ref();
        }
        self.numbers.get(id)
    }

    /// The owner of a HighLevel location.
    pub fn location(&self, id: &str) -> Option<&BusinessId> {
        self.locations.get(id)
    }

    /// The country of a business, where its file names one.
    pub fn country(&self, business: &BusinessId) -> Option<&str> {
        self.countries.get(business).map(|country| &**country)
    }

    /// The location that is meant where none is named: the only one, of `business` where that is
    /// known.
    pub fn only_location(&self, business: Option<&BusinessId>) -> Option<&str> {
        let mut meant = self
            .locations
            .iter()
            .filter(|(_, owner)| business.is_none_or(|business| business == *owner));
        match (meant.next(), meant.next()) {
            (Some((id, _)), None) => Some(id),
            _ => None,
        }
    }

    /// The clock of a business.
    pub fn zone(&self, business: &BusinessId) -> Option<&Zone> {
        self.zones.get(business)
    }

    /// The business that keeps what concerns the provider's account as a whole: the first one.
    pub fn default_business(&self) -> Option<&BusinessId> {
        self.first.as_ref()
    }

    /// The business that is meant where neither number nor location is named: the only one.
    pub fn only_business(&self) -> Option<&BusinessId> {
        self.only.as_ref()
    }
}

fn claim(
    owners: &mut HashMap<String, BusinessId>,
    id: String,
    business: &BusinessId,
) -> Result<(), SharedRoute> {
    match owners.get(&id) {
        Some(first) if first != business => Err(SharedRoute {
            id,
            first: first.clone(),
            second: business.clone(),
        }),
        _ => {
            owners.insert(id, business.clone());
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owner(business: &str, numbers: &[&str], locations: &[&str]) -> Owner {
        let owned = |ids: &[&str]| ids.iter().map(ToString::to_string).collect();
        Owner {
            business: BusinessId::new(business),
            zone: Zone::by_name("UTC").unwrap(),
            phone_number_ids: owned(numbers),
            location_ids: owned(locations),
            country: None,
        }
    }

    #[test]
    fn a_single_business_without_numbers_owns_every_number_but_no_location() {
        let routes = Routes::new(vec![owner("luna", &[], &[])]).unwrap();
        assert_eq!(routes.number("1"), Some(&BusinessId::new("luna")));
        assert_eq!(routes.location("l"), None);
    }

    #[test]
    fn what_is_listed_excludes_what_is_not() {
        let routes = Routes::new(vec![owner("luna", &["1"], &["l"])]).unwrap();
        assert_eq!(routes.number("1"), Some(&BusinessId::new("luna")));
        assert_eq!(routes.number("2"), None);
        assert_eq!(routes.location("m"), None);
        let routes = Routes::new(vec![owner("luna", &[], &[]), owner("sol", &[], &[])]).unwrap();
        assert_eq!(routes.number("1"), None);
        assert_eq!(routes.only_business(), None);
    }

    #[test]
    fn the_only_location_is_meant_where_none_is_named() {
        let (luna, sol) = (BusinessId::new("luna"), BusinessId::new("sol"));
        let owners = vec![owner("luna", &[], &["l"]), owner("sol", &[], &["m", "n"])];
        let routes = Routes::new(owners).unwrap();
        assert_eq!(routes.only_location(None), None);
        assert_eq!(routes.only_location(Some(&luna)), Some("l"));
        assert_eq!(routes.only_location(Some(&sol)), None);
    }

    #[test]
    fn one_number_cannot_have_two_owners() {
        let owners = vec![owner("luna", &["1"], &[]), owner("sol", &["1"], &[])];
        assert_eq!(
            Routes::new(owners).unwrap_err().to_string(),
            "1 belongs to both luna and sol"
        );
        let twice = owner("luna", &["1", "1"], &[]);
        assert!(Routes::new(vec![twice]).is_ok());
    }
}
