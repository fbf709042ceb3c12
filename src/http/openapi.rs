//! `/openapi.json`: the contract, from code. The copy in the repository is held to it by a test.

mod office;
mod paths;
mod refusals;
mod requests;
mod talk;

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    body::Body,
    extract::State,
    http::{Response, header::CONTENT_TYPE},
    response::IntoResponse,
};
use serde::Serialize;
use utoipa::{
    Modify, OpenApi, ToSchema,
    openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
};

use super::{
    Shared, api,
    error::{ErrorCode, internal},
    health::Report,
    metrics::Summary,
    webhook::{DirectAnswer, Page, Taken},
};

/// Answers `GET /openapi.json`.
pub(super) async fn document(State(shared): State<Arc<Shared>>) -> Response<Body> {
    match json() {
        Ok(json) => ([(CONTENT_TYPE, "application/json")], json).into_response(),
        Err(error) => shared.envelope.answer(internal().with_cause(error)),
    }
}

/// The OpenAPI document, as it is served at `/openapi.json` and checked in.
pub fn json() -> serde_json::Result<String> {
    let mut json = Contract::openapi().to_pretty_json()?;
    json.push('\n');
    Ok(json)
}

#[derive(OpenApi)]
#[openapi(
    version = "3.1.0",
    info(
        title = "frontdesk",
        description = "Answers a business's WhatsApp: takes signed webhooks, loses nothing, and \
                       books the appointment. Every answer carries `x-request-id`; every one that \
                       is no 2xx is the `Error` envelope, except that probes answer as `Health`.",
    ),
    paths(
        paths::direct,
        paths::replies,
        paths::whatsapp_handshake,
        paths::whatsapp,
        paths::highlevel,
        paths::workflow,
        office::services,
        office::availability,
        office::bookings,
        office::book,
        office::change_booking,
        office::cancel_booking,
        office::blocks,
        office::block,
        office::unblock,
        talk::threads,
        talk::thread,
        talk::pause,
        talk::resume,
        talk::say,
        talk::failures,
        talk::replay,
        talk::discard,
        talk::forget,
        paths::health,
        paths::livez,
        paths::readyz,
        paths::metrics,
        paths::calendar,
        paths::openapi,
        paths::docs,
        paths::index,
    ),
    components(schemas(
        MessageShape, ReplyShape, ChoiceShape, ErrorShape, CodeShape, DeliveryShape,
        DirectAnswer, Page, Taken, Report, Summary,
        api::Offer, api::Availability, api::BookingPage, api::BlockPage, api::ThreadPage,
        api::ThreadDetail, api::FailurePage, requests::PauseRequest, requests::SayRequest,
        requests::BookingRequest, requests::BlockRequest, requests::MoveRequest, requests::Visit, requests::When,
    )),
    modifiers(&Bearer),
    tags(
        (name = "webhooks", description = "Where messages come in"),
        (name = "office", description = "What the people of a business see and do; behind `ADMIN_TOKEN`, and not there without it"),
        (name = "operations", description = "Whether it works, and how much it does"),
    )
)]
struct Contract;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
    }
}

/// A message to `POST /webhook`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Message, example = json!({
    "message": "Hi, I want to book an appointment", "phone": "+1234567890",
    "thread_id": "unique_thread_id",
}))]
struct MessageShape {
    /// What the customer says; trimmed.
    #[schema(min_length = 1, max_length = 4096)]
    message: String,
    /// E.164: `+` and 7 to 15 digits. Spaces, dots, dashes and brackets are removed first.
    phone: String,
    /// The conversation; the phone when it is left out.
    #[schema(min_length = 1, max_length = 128)]
    thread_id: Option<String>,
    /// Hex HMAC-SHA256 over `phone "\n" thread_id "\n" message` as sent; looked at only when no
    /// authentication header is present.
    signature: Option<String>,
    /// The same id is one message, however often it is sent.
    message_id: Option<String>,
    /// What the customer is called.
    name: Option<String>,
}

/// One thing that is said to the customer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Reply)]
#[serde(tag = "kind", rename_all = "lowercase")]
#[expect(dead_code, reason = "the shape of message::Reply, which knows no web")]
pub(super) enum ReplyShape {
    /// Words.
    Text { text: String },
    /// Words and things to choose from.
    Choices {
        text: String,
        choices: Vec<ChoiceShape>,
        /// What opens the list, where it is shown folded.
        button: Option<String>,
    },
}

/// One thing to choose: by its number, its title, or in free words.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Choice)]
pub(super) struct ChoiceShape {
    id: String,
    title: String,
    description: Option<String>,
}

/// Every answer that is no 2xx.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Error)]
pub(super) struct ErrorShape {
    error: CodeShape,
    /// For people; may change.
    message: String,
    /// More about it, by name.
    #[schema(value_type = BTreeMap<String, serde_json::Value>)]
    details: BTreeMap<String, String>,
    /// RFC 3339, UTC.
    timestamp: String,
}

/// A stable word to match on.
#[derive(Debug, Serialize)]
struct CodeShape;

/// How many of a delivery's items were new.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Delivery)]
struct DeliveryShape {
    status: String,
    accepted: u64,
    duplicates: u64,
    recorded: u64,
    timestamp: String,
}

impl utoipa::PartialSchema for CodeShape {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .description(Some("A stable word to match on."))
            .enum_values(Some(ErrorCode::NAMES.iter().copied()))
            .into()
    }
}

impl ToSchema for CodeShape {
    fn name() -> std::borrow::Cow<'static, str> {
        "ErrorCode".into()
    }
}
