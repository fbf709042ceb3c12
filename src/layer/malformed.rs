//! Refuses requests that are no valid HTTP, or whose body is encoded.
//!
//! The listener finds what is malformed (see `http::listener`) and marks the request, so that its
//! refusal leaves the edge as every other does: with an id, a line in the log and the envelope.

use std::{
    future::{Future, Ready, ready},
    task::{Context, Poll},
};

use axum::{
    body::Body,
    http::{HeaderMap, Request, Response, header::CONTENT_ENCODING},
};
use futures_util::future::Either;
use tower::{Layer, Service};

use super::Refuse;

/// What is wrong with a request, in its extensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Malformed {
    /// Its head cannot be parsed.
    Syntax,
    /// Its target is too long.
    UriTooLong,
    /// Its head is too long, or has too many fields.
    HeadTooLarge,
    /// A line of its head ends without a CR.
    BareLf,
    /// It has a `Content-Length` and a `Transfer-Encoding`.
    TwoLengths,
    /// Its `Transfer-Encoding` is anything but `chunked`.
    TransferEncoding,
    /// It is HTTP/1.1 and has no `Host`.
    HostMissing,
    /// It has more than one `Host`.
    HostRepeated,
    /// Its `Host` is no host.
    HostInvalid,
}

/// Why a request is refused here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It is no valid HTTP.
    Malformed(Malformed),
    /// Its body has a `Content-Encoding`; nothing is decoded here.
    Encoded,
}

/// Lets only well-formed requests pass.
#[derive(Debug, Clone)]
pub struct MalformedLayer<R> {
    refuse: R,
}

/// The service of [`MalformedLayer`].
#[derive(Debug, Clone)]
pub struct RefuseMalformed<S, R> {
    inner: S,
    refuse: R,
}

// === impl Malformed ===

impl Malformed {
    /// The name in the log and in the answer's details.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::UriTooLong => "uri_too_long",
            Self::HeadTooLarge => "head_too_large",
            Self::BareLf => "bare_lf",
            Self::TwoLengths => "content_length_and_transfer_encoding",
            Self::TransferEncoding => "transfer_encoding",
            Self::HostMissing => "host_missing",
            Self::HostRepeated => "host_repeated",
            Self::HostInvalid => "host_invalid",
        }
    }
}

// === impl MalformedLayer ===

impl<R> MalformedLayer<R> {
    /// Refuses with those words.
    pub fn new(refuse: R) -> Self {
        Self { refuse }
    }
}

impl<S, R: Clone> Layer<S> for MalformedLayer<R> {
    type Service = RefuseMalformed<S, R>;

    fn layer(&self, inner: S) -> Self::Service {
        RefuseMalformed {
            inner,
            refuse: self.refuse.clone(),
        }
    }
}

// === impl RefuseMalformed ===

impl<S, R, B> Service<Request<B>> for RefuseMalformed<S, R>
where
    S: Service<Request<B>, Response = Response<Body>>,
    S::Future: Future<Output = Result<Response<Body>, S::Error>>,
    R: Refuse<Refusal>,
{
    type Response = Response<Body>;
    type Error = S::Error;
    type Future = Either<S::Future, Ready<Result<Response<Body>, S::Error>>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        match check(&request) {
            Ok(()) => Either::Left(self.inner.call(request)),
            Err(refusal) => Either::Right(ready(Ok(self.refuse.refuse(refusal)))),
        }
    }
}

fn check<B>(request: &Request<B>) -> Result<(), Refusal> {
    if let Some(malformed) = request.extensions().get() {
        return Err(Refusal::Malformed(*malformed));
    }
    if is_encoded(request.headers()) {
        return Err(Refusal::Encoded);
    }
    Ok(())
}

fn is_encoded(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(CONTENT_ENCODING).iter();
    lines
        .flat_map(|line| line.as_bytes().split(|byte| *byte == b','))
        .map(<[u8]>::trim_ascii)
        .any(|coding| !coding.is_empty() && !coding.eq_ignore_ascii_case(b"identity"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(codings: &[&str]) -> Option<Refusal> {
        let mut request = Request::builder();
        for coding in codings {
            request = request.header(CONTENT_ENCODING, *coding);
        }
        check(&request.body(()).unwrap()).err()
    }

    #[test]
    fn a_body_that_would_have_to_be_decoded_is_refused_whatever_the_coding() {
        for fine in [&[][..], &["identity"], &["Identity, identity"], &[""]] {
            assert_eq!(refusal(fine), None, "{fine:?}");
        }
        for coded in [
            &["gzip"][..],
            &["br"],
            &["identity, GZIP"],
            &["identity", "zstd"],
            &["unheard-of"],
        ] {
            assert_eq!(refusal(coded), Some(Refusal::Encoded), "{coded:?}");
        }
    }

    #[test]
    fn what_the_listener_found_is_refused_first() {
        let mut request = Request::builder().header(CONTENT_ENCODING, "gzip");
        let extensions = request.extensions_mut().unwrap();
        extensions.insert(Malformed::BareLf);
        let refused = check(&request.body(()).unwrap());
        assert_eq!(refused, Err(Refusal::Malformed(Malformed::BareLf)));
    }
}
