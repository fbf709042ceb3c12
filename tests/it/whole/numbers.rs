//! `frontdesk check` beside Meta: the numbers of the business file, and those that the token sees.

use serde_json::{Value, json};
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{bearer_token, method, path, query_param},
};

use super::{NUMBER, SALON, salon};

const TOKEN: &str = "EAAG-of-the-check";

/// What `check` prints, with this Graph API and these arguments.
async fn check(meta: &MockServer, token: Option<&str>, arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let mut command = salon(folder.path());
    std::fs::write(folder.path().join("salon.toml"), SALON).unwrap();
    command.env("WHATSAPP_API_URL", format!("{}/v26.0", meta.uri()));
    if let Some(token) = token {
        command.env("WHATSAPP_ACCESS_TOKEN", token);
    }
    let output = command.arg("check").args(arguments).output().await.unwrap();
    let words = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    assert!(output.status.success(), "{}", words(&output.stderr));
    let text = words(&output.stdout);
    assert!(!text.contains(TOKEN), "{text}");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

async fn answers(meta: &MockServer, at: &str, status: u16, body: Value) {
    Mock::given(method("GET"))
        .and(path(format!("/v26.0/{at}")))
        .and(bearer_token(TOKEN))
        .respond_with(ResponseTemplate::new(status).set_body_json(body))
        .mount(meta)
        .await;
}

fn number(id: &str, shown: &str) -> Value {
    json!({"id": id, "display_phone_number": shown})
}

/// A token that was made for one account.
async fn has_account(meta: &MockServer, numbers: Value) {
    let scopes = json!([
        {"scope": "public_profile"},
        {"scope": "whatsapp_business_management", "target_ids": ["w1"]},
        {"scope": "whatsapp_business_messaging", "target_ids": ["w1"]},
    ]);
    let body = json!({"data": {"is_valid": true, "granular_scopes": scopes}});
    Mock::given(path("/v26.0/debug_token"))
        .and(query_param("input_token", TOKEN))
        .respond_with(ResponseTemplate::new(200).set_body_json(body))
        .mount(meta)
        .await;
    answers(meta, "w1/phone_numbers", 200, json!({"data": numbers})).await;
}

#[tokio::test]
async fn check_shows_the_numbers_that_meta_has_and_those_that_no_file_names() {
    let meta = MockServer::start().await;
    let own = number(NUMBER, "+1 555-078-3881");
    answers(&meta, NUMBER, 200, own.clone()).await;
    has_account(
        &meta,
        json!([own, number("200000000000002", "+1 555-078-3882")]),
    )
    .await;
    let text = check(&meta, Some(TOKEN), &[]).await;
    let seen = format!("number {NUMBER} of salon is +1 555-078-3881 at Meta");
    assert!(text.contains(&seen), "{text}");
    let unclaimed = "+1 555-078-3882 is at Meta as 200000000000002, which no business file names";
    assert!(text.contains(unclaimed), "{text}");
    assert_eq!(text.matches("which no business file names").count(), 1);
}

#[tokio::test]
async fn check_says_that_a_number_is_not_seen_and_why() {
    let error = |code: i64| json!({"error": {"message": "x", "code": code, "error_subcode": 33}});
    for (status, body, expected) in [
        (
            400,
            error(100),
            "Meta does not show it to this token: unknown_number",
        ),
        (
            401,
            error(190),
            "Meta does not show it to this token: token",
        ),
        (503, json!({}), "Meta gave no usable answer"),
        (200, json!({"id": NUMBER}), "Meta gave no usable answer"),
    ] {
        let meta = MockServer::start().await;
        answers(&meta, NUMBER, status, body).await;
        let text = check(&meta, Some(TOKEN), &[]).await;
        let unseen = format!("! the number {NUMBER} of salon is not seen: {expected}");
        assert!(text.contains(&unseen), "{text}");
    }
}

#[tokio::test]
async fn check_asks_nobody_without_a_token_or_when_told_so() {
    let meta = MockServer::start().await;
    check(&meta, None, &[]).await;
    check(&meta, Some(TOKEN), &["--offline"]).await;
    assert!(meta.received_requests().await.unwrap().is_empty());
    check(&meta, Some(TOKEN), &[]).await;
    assert!(!meta.received_requests().await.unwrap().is_empty());
}
