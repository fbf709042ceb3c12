//! What the headers alone show, before a body is kept. That nothing is refused here which would
//! pass with its body is asserted in every delivery of these tests.

use frontdesk::{
    message::BusinessId,
    signature::{Error, Secrets, Unsigned, ed25519},
    source::{Callbacks, Direct, Entrance, Highlevel, Whatsapp},
};

use super::{headers, now, routes};
use crate::support::pkcs8;

const HEX: &str = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
const TAG: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

fn secrets() -> Secrets {
    Secrets::parse("older,open-sesame").unwrap()
}

fn check(entrance: &dyn Entrance, pairs: &[(&str, &str)]) -> Result<(), Error> {
    entrance.check_headers(&headers(pairs.iter().copied()), now())
}

fn standard<'a>(time: &'a str, signature: &'a str) -> [(&'a str, &'a str); 3] {
    [
        ("webhook-id", "m1"),
        ("webhook-timestamp", time),
        ("webhook-signature", signature),
    ]
}

#[test]
fn meta_signs_in_one_header_of_one_form() {
    let whatsapp = Whatsapp::new(routes(&["1"], &[]), secrets());
    let signed = |value: &str| check(&whatsapp, &[("x-hub-signature-256", value)]);
    assert_eq!(check(&whatsapp, &[]), Err(Error::Missing));
    assert_eq!(signed("sha256=1234"), Err(Error::Malformed));
    let (older, meta) = (format!("sha1={HEX}"), format!("sha256={HEX}"));
    assert_eq!(signed(&older), Err(Error::Malformed));
    assert_eq!(signed(&meta), Ok(()));
    let twice = [("x-hub-signature-256", HEX); 2];
    assert_eq!(check(&whatsapp, &twice), Err(Error::Repeated));
}

#[test]
fn of_highlevel_a_secret_is_judged_at_once_and_a_signature_by_its_form() {
    let key = ed25519::SigningKey::parse(&pkcs8()).unwrap();
    let keys = ed25519::PublicKeys::parse(&key.public_key()).unwrap();
    let highlevel = |secrets| Highlevel::new(routes(&[], &["l"]), keys.clone(), secrets);
    let both = highlevel(Some(secrets()));
    let secret = |value: &str| check(&both, &[("x-webhook-secret", value)]);
    assert_eq!(check(&both, &[]), Err(Error::Missing));
    assert_eq!(secret("guess"), Err(Error::Mismatch));
    assert_eq!(secret("open-sesame"), Ok(()));
    let without = [("x-webhook-secret", "open-sesame")];
    assert_eq!(check(&highlevel(None), &without), Err(Error::Unconfigured));
    let signed = |value: &str| check(&both, &[("x-ghl-signature", value)]);
    assert_eq!(signed("N/A"), Err(Error::Missing));
    assert_eq!(signed("c2hvcnQ="), Err(Error::Malformed));
    assert_eq!(signed(&key.sign(b"another body")), Ok(()));
}

#[test]
fn an_own_client_without_any_header_may_sign_within_its_body() {
    let luna = || BusinessId::new("luna");
    let direct = Direct::new(luna(), Some(secrets()), Unsigned::Accept);
    assert_eq!(check(&direct, &[]), Ok(()));
    for (name, wrong) in [
        ("x-webhook-secret", Error::Mismatch),
        ("x-webhook-signature", Error::Malformed),
        ("x-hub-signature-256", Error::Malformed),
    ] {
        assert_eq!(check(&direct, &[(name, "guess")]), Err(wrong), "{name}");
        assert_eq!(
            check(&direct, &[(name, HEX)]).is_ok(),
            name != "x-webhook-secret"
        );
    }
    let closed = Direct::new(luna(), None, Unsigned::Refuse);
    assert_eq!(check(&closed, &[]), Err(Error::Unconfigured));
    let open = Direct::new(luna(), None, Unsigned::Accept);
    assert_eq!(check(&open, &[]), Ok(()));
}

#[test]
fn a_standard_webhook_needs_an_id_a_time_near_now_and_a_signature_that_can_be_read() {
    let direct = Direct::new(BusinessId::new("luna"), Some(secrets()), Unsigned::Accept);
    let time = now().timestamp().to_string();
    for entrance in [&direct as &dyn Entrance, &Callbacks::new(secrets())] {
        assert_eq!(check(entrance, &standard(&time, TAG)), Ok(()));
        assert_eq!(check(entrance, &standard("1", TAG)), Err(Error::Stale));
        assert_eq!(
            check(entrance, &standard("soon", TAG)),
            Err(Error::Malformed)
        );
        assert_eq!(
            check(entrance, &standard(&time, "v2,x")),
            Err(Error::Mismatch)
        );
        assert_eq!(
            check(entrance, &standard(&time, TAG)[..2]),
            Err(Error::Malformed)
        );
    }
    assert_eq!(check(&Callbacks::new(secrets()), &[]), Err(Error::Missing));
}
