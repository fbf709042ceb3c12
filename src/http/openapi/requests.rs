//! What requests to the API hold, described. The handlers read them field by field.
#![expect(dead_code, reason = "descriptions, read by a macro")]

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        RefOr,
        schema::{
            ArrayBuilder, KnownFormat, ObjectBuilder, OneOfBuilder, Schema, SchemaFormat, Type,
        },
    },
};

/// What is to be booked.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct BookingRequest {
    /// Which business, where there are several.
    #[schema(min_length = 1, max_length = 128)]
    business: Option<String>,
    service: Visit,
    /// When it starts.
    start: DateTime<Utc>,
    /// Who does it; left out: whoever is free.
    #[schema(min_length = 1, max_length = 128)]
    staff: Option<String>,
    /// The name it is under.
    #[schema(min_length = 1, max_length = 128)]
    name: Option<String>,
    /// Whom it is for, where that is not the customer.
    #[schema(min_length = 1, max_length = 128)]
    for_name: Option<String>,
    /// The customer's number: with it, they can see, move and cancel it in the conversation.
    /// With `+`, or as dialled in the business's country.
    #[schema(min_length = 1, max_length = 32)]
    phone: Option<String>,
    /// Leave hours, notice, window and grid aside; never what is taken.
    #[serde(rename = "override")]
    override_rules: Option<bool>,
}

/// Where a booking is to be moved.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MoveRequest {
    /// When it starts from now on.
    start: DateTime<Utc>,
    /// Who does it from now on; left out: who did before.
    #[schema(min_length = 1, max_length = 128)]
    staff: Option<String>,
    /// Leave hours, notice, window and grid aside; never what is taken.
    #[serde(rename = "override")]
    override_rules: Option<bool>,
}

/// The time that the business keeps for itself.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct BlockRequest {
    /// Which business, where there are several.
    #[schema(min_length = 1, max_length = 128)]
    business: Option<String>,
    /// Who cannot be booked; left out: nobody can.
    #[schema(min_length = 1, max_length = 128)]
    staff: Option<String>,
    /// From when on.
    from: When,
    /// Until when; a day is meant to its end.
    to: When,
    /// Why.
    #[schema(min_length = 1, max_length = 128)]
    reason: Option<String>,
    /// Also over what is booked; the bookings stay as they are.
    force: Option<bool>,
}

/// How long the bot is to be silent.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PauseRequest {
    /// Until when; left out: for `HANDOFF_HOURS`.
    until: Option<DateTime<Utc>>,
}

/// What is to be said to a customer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SayRequest {
    /// The words.
    #[schema(min_length = 1, max_length = 4096)]
    text: String,
}

/// What is to be done: a service, or up to three of them.
#[derive(Debug, Deserialize)]
pub(super) struct Visit;

/// An instant, or a day on the business's wall.
#[derive(Debug, Deserialize)]
pub(super) struct When;

impl PartialSchema for Visit {
    fn schema() -> RefOr<Schema> {
        let id = || {
            let id = ObjectBuilder::new().schema_type(Type::String);
            id.min_length(Some(1)).max_length(Some(128))
        };
        let several = ArrayBuilder::new().items(id());
        let several = several.min_items(Some(1)).max_items(Some(3));
        OneOfBuilder::new()
            .item(id())
            .item(several)
            .description(Some(
                "The id of a service, or up to three, each once, in the order in which they are done.",
            ))
            .into()
    }
}

impl ToSchema for Visit {
    fn name() -> Cow<'static, str> {
        "Visit".into()
    }
}

impl PartialSchema for When {
    fn schema() -> RefOr<Schema> {
        let text = |format| {
            let text = ObjectBuilder::new().schema_type(Type::String);
            text.format(Some(SchemaFormat::KnownFormat(format)))
        };
        OneOfBuilder::new()
            .item(text(KnownFormat::DateTime))
            .item(text(KnownFormat::Date))
            .into()
    }
}

impl ToSchema for When {
    fn name() -> Cow<'static, str> {
        "When".into()
    }
}
