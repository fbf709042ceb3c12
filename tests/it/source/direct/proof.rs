//! How an own client's request proves itself.

use bytes::Bytes;
use frontdesk::signature::{
    Scheme,
    field_hmac::{self, Fields},
};

use super::*;

#[test]
fn each_way_to_prove_a_request_is_accepted() {
    let signature = body_hmac::sign(&secret(), BODY.as_bytes());
    for (pairs, scheme) in [
        (
            vec![("x-webhook-signature", signature.clone())],
            Scheme::BodyHmac,
        ),
        (
            vec![("x-hub-signature-256", signature[7..].to_uppercase())],
            Scheme::BodyHmac,
        ),
        (standard("id-1", BODY).to_vec(), Scheme::StandardWebhooks),
        (
            vec![("x-webhook-secret", SECRET.to_owned())],
            Scheme::SharedSecret,
        ),
        (
            vec![("x-webhook-secret", "older".to_owned())],
            Scheme::SharedSecret,
        ),
    ] {
        let verified = secured()
            .authenticate(&with(&pairs), Bytes::from(BODY), now())
            .unwrap();
        assert_eq!(verified.evidence().scheme, scheme);
        let message = message(deliver(&secured(), &with(&pairs), BODY));
        assert_eq!(message.thread.trust, Trust::Verified);
    }
}

#[test]
fn without_any_proof_a_request_is_refused_where_there_is_a_secret() {
    assert_eq!(
        refusal(&headers([JSON]), BODY),
        Some(signature::Error::Missing)
    );
    assert_eq!(
        refusal(&headers([JSON]), "no json"),
        Some(signature::Error::Missing)
    );
}

#[test]
fn without_a_secret_the_policy_decides() {
    let closed = Direct::new(BusinessId::new("luna"), None, Unsigned::Refuse);
    let refused = deliver(&closed, &headers([JSON]), BODY).unwrap_err();
    assert_eq!(refused, Refused::Signature(signature::Error::Unconfigured));
}

#[test]
fn a_wrong_header_is_refused_whatever_else_is_right() {
    let right = [
        (
            "x-webhook-signature",
            body_hmac::sign(&secret(), BODY.as_bytes()),
        ),
        (
            "x-hub-signature-256",
            body_hmac::sign(&secret(), BODY.as_bytes()),
        ),
        ("x-webhook-secret", SECRET.to_owned()),
    ];
    let mut all = right.to_vec();
    all.extend(standard("id-1", BODY));
    assert_eq!(refusal(&with(&all), BODY), None);
    for at in 0..all.len() {
        let mut wrong = all.clone();
        wrong[at].1 = match wrong[at].0 {
            "webhook-id" => "id-2".to_owned(),
            "webhook-timestamp" => (now().timestamp() + 1).to_string(),
            "webhook-signature" => standard_webhooks::sign(&secret(), "id-1", 1, BODY.as_bytes()),
            "x-webhook-secret" => "closed-sesame".to_owned(),
            _ => body_hmac::sign(&secret(), b"another body"),
        };
        assert_eq!(
            refusal(&with(&wrong), BODY),
            Some(signature::Error::Mismatch),
            "{at}"
        );

        let mut twice = all.clone();
        twice.push(all[at].clone());
        assert_eq!(
            refusal(&with(&twice), BODY),
            Some(signature::Error::Repeated),
            "{at}"
        );
    }
    let [id, timestamp, signature] = standard("id-1", BODY);
    for lone in [id, timestamp, signature] {
        let mut some = right.to_vec();
        some.push(lone);
        assert_eq!(
            refusal(&with(&some), BODY),
            Some(signature::Error::Malformed)
        );
    }
}

fn by_fields(fields: Fields<'_>) -> Value {
    let signature = field_hmac::sign(&secret(), fields).unwrap();
    let mut body =
        json!({"message": fields.message, "phone": fields.phone, "signature": signature});
    if !fields.thread_id.is_empty() {
        body["thread_id"] = fields.thread_id.into();
    }
    body
}

#[test]
fn a_body_can_sign_its_own_fields_as_they_were_sent() {
    for thread_id in ["", "thread-1"] {
        let fields = Fields {
            phone: "+1 234-567",
            thread_id,
            message: " Hi\nthere ",
        };
        let body = by_fields(fields);
        let message = message(deliver(&secured(), &headers([JSON]), body.to_string()));
        assert_eq!(message.thread.trust, Trust::Verified);

        for field in ["message", "phone", "thread_id", "signature"] {
            let mut changed = body.clone();
            changed[field] = match field {
                "signature" => json!("0".repeat(64)),
                _ => json!("+1234568"),
            };
            let refused = refusal(&headers([JSON]), &changed.to_string());
            assert_eq!(refused, Some(signature::Error::Mismatch), "{field}");
        }
    }
}

#[test]
fn a_body_that_repeats_a_field_proves_nothing() {
    let fields = Fields {
        phone: "+1234567",
        thread_id: "",
        message: "Hi",
    };
    let body = by_fields(fields).to_string();
    let repeated = body.replacen('{', r#"{"message":"Cancel everything","#, 1);
    assert_eq!(
        refusal(&headers([JSON]), &repeated),
        Some(signature::Error::Malformed)
    );
    for signature in [json!(7), json!(""), json!("short")] {
        let mut body = by_fields(fields);
        body["signature"] = signature;
        assert_eq!(
            refusal(&headers([JSON]), &body.to_string()),
            Some(signature::Error::Malformed)
        );
    }
}

#[test]
fn a_right_header_is_enough_and_the_bodys_signature_is_not_looked_at() {
    let body = r#"{"message":"Hi","phone":"+1234567","signature":"optional_signature"}"#;
    let pairs = [(
        "x-webhook-signature",
        body_hmac::sign(&secret(), body.as_bytes()),
    )];
    assert_eq!(refusal(&with(&pairs), body), None);
}

#[test]
fn the_secret_that_matched_selects_the_business() {
    let (luna, sol) = (BusinessId::new("luna"), BusinessId::new("sol"));
    let secrets = Secrets::of_business("luna-secret", &luna)
        .unwrap()
        .merge(Secrets::of_business("sol-secret", &sol).unwrap())
        .unwrap()
        .merge(Secrets::parse("nobodys-secret").unwrap())
        .unwrap();
    let source = Direct::new(luna.clone(), Some(secrets), Unsigned::Refuse);
    let business = |pairs: &[(&'static str, &str)]| {
        let pairs = pairs.iter().map(|(name, value)| (*name, *value));
        deliver(&source, &headers([JSON].into_iter().chain(pairs)), BODY)
            .map(|arrivals| message(Ok(arrivals)).thread.business)
    };
    assert_eq!(business(&[("x-webhook-secret", "sol-secret")]), Ok(sol));
    assert_eq!(
        business(&[("x-webhook-secret", "luna-secret")]),
        Ok(luna.clone())
    );
    assert_eq!(
        business(&[("x-webhook-secret", "nobodys-secret")]),
        Ok(luna)
    );

    // Two right proofs of two businesses leave open which is meant.
    let lunas = body_hmac::sign(&Secret::new("luna-secret").unwrap(), BODY.as_bytes());
    let both = [
        ("x-webhook-secret", "sol-secret"),
        ("x-webhook-signature", lunas.as_str()),
    ];
    assert_eq!(
        business(&both),
        Err(Refused::Signature(signature::Error::Mismatch))
    );
}

#[test]
fn a_request_without_a_body_signs_its_query() {
    let query = "thread_id=thread-1&after=7";
    let pairs = [(
        "x-webhook-signature",
        body_hmac::sign(&secret(), query.as_bytes()),
    )];
    let authenticate = |query: &'static str| {
        secured()
            .authenticate(&with(&pairs), Bytes::from_static(query.as_bytes()), now())
            .map(|_| ())
    };
    assert_eq!(authenticate(query), Ok(()));
    for other in ["thread_id=thread-2&after=7", ""] {
        assert_eq!(authenticate(other), Err(signature::Error::Mismatch));
    }
}
