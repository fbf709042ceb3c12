//! Who wants to hear nothing unasked.
//!
//! The invariant: only digests under a key of this store are kept, one for each of what a customer
//! is known by, so that the wish outlives all else that is known of them and tells nothing.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use super::{encoding::Key, fault::Fault, thread::missing, transaction::Transaction};
use crate::{message::PhoneNumber, workflow::Consent};

/// Keeps what a customer said about being written to unasked.
pub(super) fn note(
    transaction: &Transaction<'_>,
    business: &str,
    customer: i64,
    consent: Consent,
) -> Result<(), Fault> {
    for digest in digests(transaction, business, customer)? {
        match consent {
            Consent::OptOut => transaction.execute(
                "INSERT INTO opt_outs (business, digest, at) VALUES (?1, ?2, ?3)
                 ON CONFLICT DO NOTHING",
                (business, digest, transaction.now),
            )?,
            Consent::OptIn => transaction.execute(
                "DELETE FROM opt_outs WHERE business = ?1 AND digest = ?2",
                (business, digest),
            )?,
        };
    }
    Ok(())
}

/// Whether a customer wants to hear nothing unasked.
pub(super) fn is_out(
    transaction: &Transaction<'_>,
    business: &str,
    customer: i64,
) -> Result<bool, Fault> {
    let anyone = transaction.find(
        "SELECT 1 FROM opt_outs WHERE business = ?1 LIMIT 1",
        [business],
        |_| Ok(()),
    )?;
    if anyone.is_none() {
        return Ok(false);
    }
    for digest in digests(transaction, business, customer)? {
        let out = transaction.find(
            "SELECT 1 FROM opt_outs WHERE business = ?1 AND digest = ?2",
            (business, digest),
            |_| Ok(()),
        )?;
        if out.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// One for each of what the customer is known by, in every spelling.
fn digests(
    transaction: &Transaction<'_>,
    business: &str,
    customer: i64,
) -> Result<Vec<Key>, Fault> {
    let key: Vec<u8> = transaction
        .find(
            "SELECT value FROM keys WHERE name = 'opt_outs'",
            (),
            |row| row.get(0),
        )?
        .ok_or_else(missing)?;
    let key = Hmac::<Sha256>::new_from_slice(&key).expect("invariant: any length is a key");
    let mut statement = transaction
        .prepare("SELECT kind, value FROM identities WHERE customer = ?1 AND business = ?2")?;
    let mut identities = statement.query((customer, business))?;
    let mut digests = Vec::new();
    while let Some(row) = identities.next()? {
        let (kind, value) = (row.get_ref(0)?.as_str()?, row.get_ref(1)?.as_str()?);
        for value in spellings(kind, value) {
            let mut mac = key.clone();
            for part in [kind, "\n", &value] {
                mac.update(part.as_bytes());
            }
            let mut digest = Key::default();
            digest.copy_from_slice(&mac.finalize().into_bytes()[..16]);
            digests.push(digest);
        }
    }
    Ok(digests)
}

/// A number in every spelling: a digest from before numbers were compared by their keys is of the
/// number as it was given.
fn spellings(kind: &str, value: &str) -> Vec<Box<str>> {
    match PhoneNumber::parse(value) {
        Ok(phone) if kind == "phone" => phone.key().spellings(),
        _ => vec![value.into()],
    }
}
