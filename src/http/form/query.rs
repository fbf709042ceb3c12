//! Queries of routes that read little or nothing from them.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Request, State},
    http::{Response, Uri},
    middleware::Next,
};

use super::{Form, invalid, words};
use crate::{
    booking::Businesses,
    http::{Shared, error::ApiError},
    message::BusinessId,
};

/// The business that a resource found by its id has to belong to; none: any.
#[derive(Debug)]
pub(in crate::http) struct Scope(Option<BusinessId>);

/// The fields that a route knows.
pub(in crate::http) type Known = &'static [&'static str];

/// Refuses a query with a field that is not known, or with one of them twice.
pub(in crate::http) fn check(uri: &Uri, known: Known) -> Result<(), ApiError> {
    let mut form = Form::of_query(uri);
    for name in known {
        form.optional(name, |value| {
            value.as_str().map(drop).ok_or("must be given once")
        });
    }
    form.finish(|| Some(()))
}

/// Refuses what [`check`] does, before the route.
pub(in crate::http) async fn refuse_unknown(
    State((shared, known)): State<(Arc<Shared>, Known)>,
    request: Request,
    next: Next,
) -> Response<Body> {
    match check(request.uri(), known) {
        Ok(()) => next.run(request).await,
        Err(error) => shared.envelope.answer(error),
    }
}

/// Reads the query of a route that finds a resource by its id.
pub(in crate::http) fn scope(uri: &Uri, known: &Businesses) -> Result<Scope, ApiError> {
    let mut form = Form::of_query(uri);
    let scope = form.scope(known);
    form.finish(|| scope)
}

// === impl Form ===

impl Form {
    /// Adds the business that the query of a body's route names, where it names one.
    pub(in crate::http) fn with_business_of(mut self, uri: &Uri) -> Result<Self, ApiError> {
        let mut query = Self::of_query(uri);
        let named = query.optional("business", words);
        let Some(named) = query.finish(|| named)? else {
            return Ok(self);
        };
        let in_body = self.given.get("business").filter(|value| !value.is_null());
        if in_body.is_some_and(|value| value.as_str() != Some(&named)) {
            return Err(invalid("business", "is another one in the query"));
        }
        self.given.insert("business".into(), (*named).into());
        Ok(self)
    }

    /// The business that the resource has to belong to, where one is named.
    pub(in crate::http) fn scope(&mut self, known: &Businesses) -> Option<Scope> {
        let Some(named) = self.optional("business", words)? else {
            return Some(Scope(None));
        };
        let found = known.by_id(&BusinessId::new(named));
        if found.is_none() {
            self.fault("business", "there is no such business");
        }
        found.map(|business| Scope(Some(business.id.clone())))
    }
}

// === impl Scope ===

impl Scope {
    /// Whether a resource of that business may be seen and changed.
    pub(in crate::http) fn covers(&self, business: &BusinessId) -> bool {
        self.0.as_ref().is_none_or(|only| only == business)
    }

    /// Whether it covers every business.
    pub(in crate::http) fn is_open(&self) -> bool {
        self.0.is_none()
    }

    /// The business; none: any.
    pub(in crate::http) fn into_business(self) -> Option<BusinessId> {
        self.0
    }
}
