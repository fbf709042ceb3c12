//! The office of the store in memory: nothing was ever booked there.

use async_trait::async_trait;
use frontdesk::{
    booking::{BookingId, Effect},
    message::{BusinessId, CustomerId, PhoneNumber},
    store::{
        BookingEntry, BookingsWanted, Error, KnownCustomer, Office, Once, Remembered, RequestKey,
    },
};

use super::FakeStore;

#[async_trait]
impl Office for FakeStore {
    async fn customer(
        &self,
        _: &BusinessId,
        _: Option<PhoneNumber>,
        name: Option<Box<str>>,
    ) -> Result<KnownCustomer, Error> {
        let id = CustomerId(1);
        Ok(KnownCustomer { id, name })
    }

    async fn bookings(&self, _: BookingsWanted) -> Result<Vec<BookingEntry>, Error> {
        Ok(Vec::new())
    }

    async fn booking_entry(&self, _: BookingId) -> Result<Option<BookingEntry>, Error> {
        Ok(None)
    }

    async fn remembered(&self, _: &RequestKey) -> Result<Option<Remembered>, Error> {
        Ok(None)
    }

    async fn apply_once(&self, _: Vec<Effect>, _: RequestKey, _: Box<str>) -> Result<Once, Error> {
        Ok(Once::Applied)
    }
}
