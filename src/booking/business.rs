//! The business file: who, when, what, and by which rules.

use crate::message::BusinessId;

/// One business, as its file describes it.
#[derive(Debug, Clone)]
pub struct Business {
    /// The id.
    pub id: BusinessId,
    /// The name that customers see.
    pub name: String,
}
