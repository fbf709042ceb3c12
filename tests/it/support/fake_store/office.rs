//! The office of the store in memory: nothing was ever booked there.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use frontdesk::{
    booking::{Block, BlockId, BookingId, Effect},
    message::{BusinessId, CustomerId, PhoneNumber, Reply, ThreadId},
    store::{
        Blocked, Blocks, BlocksWanted, BookingEntry, BookingsWanted, Erased, Erasure, Error,
        Failure, FailureId, Failures, FailuresWanted, Feed, FeedToken, Feeds, KnownCustomer, Line,
        Office, Once, Remembered, RequestKey, Settlement, Spoken, ThreadEntry, Threads,
        ThreadsWanted, TranscriptPlace, Whom,
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

    async fn unblock(&self, _: BlockId, _: Option<BusinessId>) -> Result<Option<BlockId>, Error> {
        Ok(None)
    }
}

#[async_trait]
impl Threads for FakeStore {
    async fn threads(&self, _: ThreadsWanted) -> Result<Vec<ThreadEntry>, Error> {
        Ok(Vec::new())
    }

    async fn thread(&self, _: ThreadId) -> Result<Option<(ThreadEntry, Vec<BookingEntry>)>, Error> {
        Ok(None)
    }

    async fn transcript(
        &self,
        _: ThreadId,
        _: TranscriptPlace,
        _: usize,
    ) -> Result<Vec<Line>, Error> {
        Ok(Vec::new())
    }

    async fn say(&self, _: ThreadId, _: Reply) -> Result<Spoken, Error> {
        Ok(Spoken::NoThread)
    }
}

#[async_trait]
impl Failures for FakeStore {
    async fn failed(&self, _: FailuresWanted) -> Result<Vec<Failure>, Error> {
        Ok(Vec::new())
    }

    async fn failure(&self, _: FailureId) -> Result<Option<Failure>, Error> {
        Ok(None)
    }

    async fn replay(&self, _: i64) -> Result<Settlement, Error> {
        Ok(Settlement::Gone)
    }

    async fn discard(&self, _: FailureId) -> Result<Settlement, Error> {
        Ok(Settlement::Gone)
    }
}

#[async_trait]
impl Erasure for FakeStore {
    async fn erase(&self, _: &BusinessId, _: &Whom) -> Result<Erased, Error> {
        Ok(Erased::Unknown)
    }
}

#[async_trait]
impl Feeds for FakeStore {
    async fn feed(&self, _: &FeedToken) -> Result<Option<Feed>, Error> {
        Ok(None)
    }

    async fn calendar(&self, _: &Feed, _: DateTime<Utc>) -> Result<Vec<BookingEntry>, Error> {
        Ok(Vec::new())
    }
}
