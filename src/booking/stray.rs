//! Bookings of what has left the business file since they were made.
//!
//! The invariant: a booking is stray if and only if its file names no longer what was booked, or
//! who does it. What somebody else keeps is not: it is seen in that calendar, and its title tells.

use super::{Booking, Business, Businesses, ResourceId, ServiceId};
use crate::message::BusinessId;

/// A booking that somebody has to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stray {
    /// The booking.
    pub booking: Booking,
    /// What is gone; never empty.
    pub gone: Vec<Gone>,
}

/// Something that a file does not name any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gone {
    /// The business itself.
    Business(BusinessId),
    /// A service.
    Service(ServiceId),
    /// The person, or the shop as a whole where there is staff now.
    Staff(ResourceId),
}

/// Those of some bookings that are stray, in their order.
pub fn strays(businesses: &Businesses, bookings: impl IntoIterator<Item = Booking>) -> Vec<Stray> {
    let is_ours = |booking: &Booking| {
        let elsewhere = booking.elsewhere.as_ref();
        elsewhere.is_none_or(|elsewhere| elsewhere.id.is_none())
    };
    let stray = |booking: Booking| {
        let gone = match businesses.by_id(&booking.details.business) {
            None => vec![Gone::Business(booking.details.business.clone())],
            Some(business) => gone_from(&business, &booking),
        };
        (!gone.is_empty()).then_some(Stray { booking, gone })
    };
    bookings
        .into_iter()
        .filter(is_ours)
        .filter_map(stray)
        .collect()
}

fn gone_from(business: &Business, booking: &Booking) -> Vec<Gone> {
    let details = &booking.details;
    let services = details.services.iter();
    let services = services.filter(|id| business.service(id).is_none());
    let mut gone: Vec<_> = services.cloned().map(Gone::Service).collect();
    let is_there = if business.staff.is_empty() {
        details.resource == ResourceId::shop()
    } else {
        business.staff_member(&details.resource).is_some()
    };
    if !is_there {
        gone.push(Gone::Staff(details.resource.clone()));
    }
    gone
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        booking::{BookingDetails, BookingId, BookingStatus, Elsewhere, Span},
        message::CustomerId,
    };

    fn booking(business: &str, services: &str, resource: &str) -> Booking {
        let start = "2026-03-03T15:00:00Z".parse().unwrap();
        let visible = Span { start, end: start };
        Booking {
            id: BookingId::derive("x"),
            version: 1,
            status: BookingStatus::Booked,
            details: BookingDetails {
                business: BusinessId::new(business),
                services: services.parse().unwrap(),
                resource: ResourceId::new(resource),
                visible,
                blocked: visible,
                customer: CustomerId(1),
                name: None,
                for_name: None,
            },
            elsewhere: None,
        }
    }

    fn gone(businesses: &Businesses, booking: Booking) -> Vec<Gone> {
        let strays = strays(businesses, [booking]);
        strays.into_iter().flat_map(|stray| stray.gone).collect()
    }

    #[test]
    fn what_left_the_file_is_told_and_nothing_else() {
        let (demo, service) = (Businesses::demo(), |id| Gone::Service(ServiceId::new(id)));
        let staff = |id| Gone::Staff(ResourceId::new(id));
        for (booking, expected) in [
            (booking("demo", "haircut+beard", "ben"), vec![]),
            (
                booking("demo", "haircut+perm", "ana"),
                vec![service("perm")],
            ),
            (booking("demo", "haircut", "zoe"), vec![staff("zoe")]),
            (
                booking("demo", "perm", "shop"),
                vec![service("perm"), staff("shop")],
            ),
            (
                booking("sol", "perm", "zoe"),
                vec![Gone::Business(BusinessId::new("sol"))],
            ),
        ] {
            assert_eq!(gone(&demo, booking), expected);
        }
    }

    #[test]
    fn what_somebody_else_keeps_is_seen_there() {
        let mut kept = booking("demo", "perm", "zoe");
        kept.elsewhere = Some(Elsewhere {
            calendar: "c1".into(),
            id: Some("x1".into()),
            asked: false,
        });
        assert_eq!(gone(&Businesses::demo(), kept), []);
    }

    #[test]
    fn the_shop_is_what_is_booked_where_there_is_no_staff() {
        let text = "id = \"demo\"\nname = \"Shop\"\ntimezone = \"UTC\"\n[hours]\n\
                    monday = [\"09:00-17:00\"]\n[[service]]\nid = \"haircut\"\nname = \"Cut\"\n\
                    minutes = 30\n";
        let shop = Businesses::from(Business::parse("shop.toml", text).unwrap());
        assert_eq!(gone(&shop, booking("demo", "haircut", "shop")), []);
        let ana = Gone::Staff(ResourceId::new("ana"));
        assert_eq!(gone(&shop, booking("demo", "haircut", "ana")), [ana]);
    }
}
