//! The codes of refusals: their names are the contract, each with its one status.

use axum::http::StatusCode;

use crate::message::SourceKind;

macro_rules! error_codes {
    ($($(#[$doc:meta])* $variant:ident => $name:literal, $status:ident;)+) => {
        /// What went wrong, as callers match on it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum ErrorCode {
            $($(#[$doc])* $variant,)+
        }

        impl ErrorCode {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The names of all codes, in the same order.
            pub const NAMES: &[&'static str] = &[$($name),+];

            /// The name in envelopes, labels and log lines.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// The status it goes with.
            pub fn status(self) -> StatusCode {
                match self { $(Self::$variant => StatusCode::$status),+ }
            }
        }
    };
}

error_codes! {
    /// The request is no valid HTTP; `details.reason` says why.
    BadRequest => "bad_request", BAD_REQUEST;
    /// The body is not JSON.
    InvalidJson => "invalid_json", BAD_REQUEST;
    /// A webhook's signature or secret is missing or wrong.
    InvalidSignature => "invalid_signature", UNAUTHORIZED;
    /// A bearer token is missing or wrong.
    Unauthorized => "unauthorized", UNAUTHORIZED;
    /// Known, and not allowed.
    Forbidden => "forbidden", FORBIDDEN;
    /// Nothing is there.
    NotFound => "not_found", NOT_FOUND;
    /// Something is there, for other methods.
    MethodNotAllowed => "method_not_allowed", METHOD_NOT_ALLOWED;
    /// The body took too long to arrive.
    RequestTimeout => "request_timeout", REQUEST_TIMEOUT;
    /// It contradicts what came before.
    Conflict => "conflict", CONFLICT;
    /// The body is too long.
    PayloadTooLarge => "payload_too_large", PAYLOAD_TOO_LARGE;
    /// The target is too long.
    UriTooLong => "uri_too_long", URI_TOO_LONG;
    /// The header fields are too long or too many.
    HeadersTooLarge => "headers_too_large", REQUEST_HEADER_FIELDS_TOO_LARGE;
    /// The body is not of a type that is read here.
    UnsupportedMediaType => "unsupported_media_type", UNSUPPORTED_MEDIA_TYPE;
    /// Fields are missing or wrong; `details` names each.
    ValidationError => "validation_error", UNPROCESSABLE_ENTITY;
    /// Too many; `Retry-After` says when there is room.
    RateLimited => "rate_limited", TOO_MANY_REQUESTS;
    /// A fault of ours.
    InternalError => "internal_error", INTERNAL_SERVER_ERROR;
    /// Too much at once; come again.
    Overloaded => "overloaded", SERVICE_UNAVAILABLE;
    /// The store cannot be written; nothing was kept.
    StoreUnavailable => "store_unavailable", SERVICE_UNAVAILABLE;
    /// Someone else has that time.
    SlotTaken => "slot_taken", CONFLICT;
    /// That time is not offered.
    SlotUnavailable => "slot_unavailable", UNPROCESSABLE_ENTITY;
}

impl ErrorCode {
    /// The codes that webhook POSTs can be refused with, by source.
    pub fn of_webhooks() -> Vec<(SourceKind, &'static str)> {
        let pairs = SourceKind::ALL.into_iter().flat_map(|source| {
            let codes = Self::ALL.iter().filter(move |code| code.can_refuse(source));
            codes.map(move |code| (source, code.as_str()))
        });
        pairs.collect()
    }

    fn can_refuse(self, source: SourceKind) -> bool {
        match self {
            Self::BadRequest
            | Self::InvalidJson
            | Self::InvalidSignature
            | Self::RequestTimeout
            | Self::PayloadTooLarge
            | Self::RateLimited
            | Self::InternalError
            | Self::Overloaded
            | Self::StoreUnavailable => true,
            // What a provider sends is kept, whatever is in it.
            Self::Conflict | Self::UnsupportedMediaType | Self::ValidationError => {
                source == SourceKind::Direct
            }
            // On other routes or with other methods, or before there is a route.
            Self::Unauthorized
            | Self::Forbidden
            | Self::NotFound
            | Self::MethodNotAllowed
            | Self::UriTooLong
            | Self::HeadersTooLarge
            | Self::SlotTaken
            | Self::SlotUnavailable => false,
        }
    }
}
