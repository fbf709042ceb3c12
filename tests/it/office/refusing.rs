//! Who is let in, and what is refused before anything is looked at.

use frontdesk::http::Tokens;
use http::StatusCode;
use serde_json::json;

use crate::support::{
    edge::{TestEdge, get, request, send},
    office::{Office, asked},
};

#[tokio::test]
async fn without_a_token_of_ours_the_api_is_not_there() {
    let test = TestEdge::new();
    let answer = get(&test.router(), "/api/services").await;
    assert_eq!(answer.error_code(), "not_found");
}

#[tokio::test]
async fn only_the_bearer_of_the_token_is_let_in() {
    let office = Office::of_demo();
    for headers in [
        &[][..],
        &[("authorization", "Bearer wrong")],
        &[("x-webhook-secret", "only-for-the-owner")],
    ] {
        for (method, uri) in [
            ("GET", "/api/services"),
            ("GET", "/api/bookings"),
            ("POST", "/api/bookings"),
            ("DELETE", "/api/bookings/x"),
        ] {
            let answer = send(&office.router, request(method, uri, headers)).await;
            assert_eq!(answer.error_code(), "unauthorized", "{method} {uri}");
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
            assert_eq!(answer.header("www-authenticate"), "Bearer");
        }
    }
    assert_eq!(office.get("/api/services").await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_address_that_guesses_is_refused_before_it_guesses_on() {
    let mut test = TestEdge::new();
    test.edge.limits.address =
        std::num::NonZeroU32::new(3).map(frontdesk::layer::rate_limit::Config::per_minute);
    test.edge.tokens = Tokens {
        admin: Some("the token".into()),
        ..Tokens::default()
    };
    let router = test.router();
    let guess = || request("GET", "/api/services", &[("authorization", "Bearer x")]);
    for _ in 0..3 {
        assert_eq!(send(&router, guess()).await.error_code(), "unauthorized");
    }
    assert_eq!(send(&router, guess()).await.error_code(), "rate_limited");
}

#[tokio::test]
async fn a_body_is_json_within_its_limit_and_an_object() {
    let office = Office::of_demo();
    let post = async |content_type: &str, body: String| {
        let mut request = asked("POST", "/api/bookings").map(|_| body.into());
        let headers = request.headers_mut();
        headers.insert("content-type", content_type.parse().unwrap());
        send(&office.router, request).await.error_code()
    };
    let json = "application/json";
    assert_eq!(
        post("text/plain", "{}".into()).await,
        "unsupported_media_type"
    );
    assert_eq!(post(json, "{".into()).await, "invalid_json");
    assert_eq!(post(json, "[]".into()).await, "validation_error");
    let long = format!("{{\"name\": \"{}\"}}", "a".repeat(256 * 1024));
    assert_eq!(post(json, long).await, "payload_too_large");
}

#[tokio::test]
async fn every_wrong_field_is_named_and_so_is_one_that_is_not_known() {
    let office = Office::of_demo();
    let body = json!({"start": "soon", "staf": "ana", "override": "yes"});
    let refused = office.send("POST", "/api/bookings", &body).await;
    assert_eq!(refused.error_code(), "validation_error");
    insta::assert_json_snapshot!(refused.json()["details"], @r#"
    {
      "override": "must be true or false",
      "service": "is required",
      "staf": "is not known here; did you mean staff?",
      "start": "must be an RFC 3339 instant, such as 2026-11-24T15:00:00Z"
    }
    "#);
    let misspelt = office.get("/api/bookings?phon=1").await;
    assert_eq!(misspelt.error_code(), "validation_error");
    let fault = "is not known here; did you mean phone?";
    assert_eq!(misspelt.json()["details"], json!({"phon": fault}));
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let office = Office::of_demo();
    assert_eq!(office.get("/api/nothing").await.error_code(), "not_found");
    for (uri, field) in [
        ("/api/services?business=other", "business"),
        ("/api/availability?service=massage", "service"),
        ("/api/availability?service=haircut&staff=zoe", "staff"),
    ] {
        let unknown = office.get(uri).await;
        assert_eq!(unknown.error_code(), "validation_error", "{uri}");
        assert!(unknown.json()["details"][field].is_string(), "{uri}");
    }
    for id in ["x", "9e0c7a5e-1c1b-5a3e-8d8b-0d6a3f0f6a11", "%FF"] {
        let uri = format!("/api/bookings/{id}");
        let gone = office.ask("DELETE", &uri).await;
        assert_eq!(gone.error_code(), "not_found", "{id}");
    }
    let wrong = office.ask("PUT", "/api/bookings").await;
    assert_eq!(wrong.error_code(), "method_not_allowed");
    assert_eq!(wrong.header("allow"), "GET,HEAD,POST");
}
