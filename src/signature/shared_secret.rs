//! The secret itself in a header, for senders that cannot sign (HighLevel's workflow action).
//!
//! Digests are compared, so that the time taken tells neither how much of a guess was right nor
//! whether its length was.

use bytes::Bytes;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use super::{Error, Scheme, Secrets, Verified};
use crate::message::BusinessId;

/// Lets a body pass whose sender knows one of the secrets.
pub fn verify(secrets: &Secrets, given: &[u8], body: Bytes) -> Result<Verified<Bytes>, Error> {
    let business = business_of(secrets, given)?;
    Ok(Verified::by(Scheme::SharedSecret, business, body))
}

/// The business whose own secret was given, if the secret is right at all.
pub fn business_of<'s>(
    secrets: &'s Secrets,
    given: &[u8],
) -> Result<Option<&'s BusinessId>, Error> {
    let given = Sha256::digest(given);
    secrets.matching(|secret| bool::from(Sha256::digest(secret.as_bytes()).ct_eq(&given)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(secrets: &str, given: &[u8]) -> Result<(), Error> {
        let secrets = Secrets::parse(secrets).unwrap();
        let verified = verify(&secrets, given, Bytes::from_static(b"body"))?;
        assert_eq!(verified.evidence().scheme, Scheme::SharedSecret);
        Ok(())
    }

    #[test]
    fn each_secret_of_the_list_passes_as_written() {
        assert_eq!(check("old,whsec_AAEC", b"old"), Ok(()));
        assert_eq!(check("old,whsec_AAEC", b"whsec_AAEC"), Ok(()));
        assert_eq!(check("old,new", b"old,new"), Err(Error::Mismatch));
        assert_eq!(check("old,new", b""), Err(Error::Mismatch));
    }

    proptest! {
        #[test]
        fn anything_but_the_secret_is_refused(
            secret in "[a-zA-Z0-9]{1,40}",
            given in proptest::collection::vec(any::<u8>(), 0..50),
        ) {
            prop_assume!(given != secret.as_bytes());
            prop_assert_eq!(check(&secret, &given), Err(Error::Mismatch));
            prop_assert_eq!(check(&secret, secret.as_bytes()), Ok(()));
            prop_assert_eq!(check(&secret, &secret.as_bytes()[1..]), Err(Error::Mismatch));
        }
    }
}
