//! What is said in the customer's conversation, page by page from `GET /webhook/replies`.

use tokio::time::{Duration, sleep};
use uuid::Uuid;

use crate::{
    cli::client::{Answer, Client, PagedReply, RepliesPage, RepliesQuery},
    clock::Clock,
    message::PhoneNumber,
    signature::Secret,
};

/// How often is looked for what was said unasked.
const POLL_EVERY: Duration = Duration::from_secs(2);

/// A customer's conversation, and up to where it was read.
#[derive(Debug)]
pub(super) struct Thread<'a> {
    pub(super) client: &'a Client,
    pub(super) secret: Option<&'a Secret>,
    pub(super) clock: &'a dyn Clock,
    pub(super) phone: PhoneNumber,
    /// The last reply that is known; none: the server did not say yet.
    pub(super) after: Option<u64>,
}

// === impl Thread ===

impl Thread<'_> {
    /// Leaves out what was said in an earlier conversation.
    pub(super) async fn skip_history(&mut self) {
        let mut after = 0;
        loop {
            match self.page(after).await {
                Some(page) if page.replies.is_empty() => {
                    self.after = Some(after);
                    return;
                }
                Some(page) => after = page.after,
                None => {
                    self.after = None;
                    return;
                }
            }
        }
    }

    /// Returns what was said, some time from now; nothing where nothing was, or the server does not
    /// answer.
    pub(super) async fn next(&mut self) -> Vec<PagedReply> {
        sleep(POLL_EVERY).await;
        self.said().await
    }

    /// Returns what was said beside an answer that was waited for.
    pub(super) async fn said_beside(&mut self, answer: &Answer) -> Vec<PagedReply> {
        let shown = answer.turn_id();
        let mut said = self.said().await;
        said.retain(|reply| reply.turn_id.is_none() || reply.turn_id != shown);
        said
    }

    async fn said(&mut self) -> Vec<PagedReply> {
        let Some(after) = self.after else {
            self.skip_history().await;
            return Vec::new();
        };
        match self.page(after).await {
            Some(page) => {
                self.after = Some(page.after);
                page.replies
            }
            None => Vec::new(),
        }
    }

    /// The page after a reply. A conversation goes on without it, so that a failure is none.
    async fn page(&self, after: u64) -> Option<RepliesPage> {
        let query = RepliesQuery {
            thread_id: self.phone.as_str(),
            after,
        };
        let id = Uuid::new_v4().simple().to_string();
        let request = query.request(self.secret, &id, self.clock.now());
        self.client.get(request).await.ok()?.page()
    }
}
