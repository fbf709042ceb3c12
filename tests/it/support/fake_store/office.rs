//! The office of the store in memory: nothing was ever booked there.

use async_trait::async_trait;
use frontdesk::{
    booking::{Block, BlockId, BookingId, Effect},
    message::{BusinessId, CustomerId, PhoneNumber},
    store::{
        Blocked, Blocks, BlocksWanted, BookingEntry, BookingsWanted, Error, KnownCustomer, Office,
        Once, Remembered, RequestKey,
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

#[async_trait]
impl Blocks for FakeStore {
    async fn block(&self, _: Block, _: bool) -> Result<Blocked, Error> {
        Ok(Blocked::Done)
    }

    async fn blocks(&self, _: BlocksWanted) -> Result<Vec<Block>, Error> {
        Ok(Vec::new())
    }

    async fn unblock(&self, _: BlockId) -> Result<Option<BlockId>, Error> {
        Ok(None)
    }
}
