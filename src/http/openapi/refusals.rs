//! What every route of the API may refuse, said once.

use std::collections::BTreeMap;

use utoipa::{
    IntoResponses,
    openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder},
};

/// The refusals of a route that takes no body.
pub(super) struct Refusals;

/// The refusals of a route that takes a JSON body.
pub(super) struct BodyRefusals;

const OF_ALL: &[(&str, &str)] = &[
    ("401", "`unauthorized`"),
    ("404", "`not_found`: nothing is there by that id"),
    (
        "422",
        "`validation_error`: `details` names each field and its fault",
    ),
    (
        "429",
        "`rate_limited`: too many unproven requests of this address",
    ),
    (
        "503",
        "`overloaded` or `store_unavailable`; see `Retry-After`",
    ),
];

const OF_BODIES: &[(&str, &str)] = &[
    ("400", "`invalid_json`"),
    ("408", "`request_timeout`"),
    ("413", "`payload_too_large`: over 256 KiB"),
    ("415", "`unsupported_media_type`"),
];

impl IntoResponses for Refusals {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        described(OF_ALL)
    }
}

impl IntoResponses for BodyRefusals {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let mut responses = described(OF_ALL);
        responses.append(&mut described(OF_BODIES));
        responses
    }
}

fn described(refusals: &[(&str, &str)]) -> BTreeMap<String, RefOr<Response>> {
    let envelope = || ContentBuilder::new().schema(Some(Ref::from_schema_name("Error")));
    let described = |(status, words): &(&str, &str)| {
        let response = ResponseBuilder::new()
            .description(*words)
            .content("application/json", envelope().build());
        ((*status).to_owned(), response.build().into())
    };
    refusals.iter().map(described).collect()
}
