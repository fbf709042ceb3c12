//! Who is who: customers and what they are recognised by.
//!
//! The invariants: an unverified sender is never taken for someone known from elsewhere, and a
//! phone number that changed hands does not show its new owner the old one's bookings.

use rusqlite::OptionalExtension;

use super::{
    encoding::{Key, key},
    fault::Fault,
    thread::missing,
    transaction::Transaction,
};
use crate::{
    message::{Contact, CustomerId, PhoneNumber, SourceKind, ThreadKey, Trust},
    store::KnownCustomer,
};

/// The kind of an identity that is a phone number.
const PHONE: &str = "phone";
/// The kind of an identity that is good in one unverified thread only.
const SESSION: &str = "session";

/// Digest of a contact: as long as it is the same, so is the customer.
pub(super) fn digest(contact: &Contact) -> Key {
    let bytes = |text: Option<&str>| text.unwrap_or_default().as_bytes().to_vec();
    key(&[
        &bytes(contact.phone.as_ref().map(PhoneNumber::as_str)),
        &bytes(contact.provider_id.as_deref()),
        &bytes(contact.name.as_deref()),
        &bytes(contact.medium.as_deref()),
    ])
}

/// The customer who writes in a thread as this contact, made when new, with what is known of them
/// brought up to date.
pub(super) fn resolve(
    transaction: &Transaction<'_>,
    thread: &ThreadKey,
    contact: &Contact,
) -> Result<i64, Fault> {
    let scope = Scope {
        transaction,
        business: thread.business.as_str(),
    };
    let phone = contact.phone.as_ref().map(PhoneNumber::as_str);
    let provider = contact.provider_id.as_deref();
    let customer = match (thread.trust, phone, provider) {
        (Trust::Verified, None, None) | (Trust::Unverified, ..) => {
            let session = format!(
                "{}\n{}\n{}",
                thread.source.as_str(),
                thread.key,
                phone.unwrap_or_default()
            );
            scope.find_or_create(SESSION, &session)?
        }
        (Trust::Verified, Some(phone), None) => scope.find_or_create(PHONE, phone)?,
        (Trust::Verified, None, Some(id)) => scope.find_or_create(thread.source.as_str(), id)?,
        (Trust::Verified, Some(phone), Some(id)) => {
            scope.of_both(phone, thread.source.as_str(), id)?
        }
    };
    transaction.execute(
        "UPDATE customers SET phone = coalesce(?2, phone), name = coalesce(?3, name) WHERE id = ?1",
        (customer, phone, contact.name.as_deref()),
    )?;
    Ok(customer)
}

/// The customer of whom the business says that this is their number, made when new; without a
/// number, someone new.
pub(super) fn of_phone(
    transaction: &Transaction<'_>,
    business: &str,
    phone: Option<&str>,
    name: Option<&str>,
) -> Result<KnownCustomer, Fault> {
    let scope = Scope {
        transaction,
        business,
    };
    let customer = match phone {
        Some(phone) => scope.find_or_create(PHONE, phone)?,
        None => scope.create()?,
    };
    transaction.execute(
        "UPDATE customers SET phone = coalesce(?2, phone), name = coalesce(name, ?3) WHERE id = ?1",
        (customer, phone, name),
    )?;
    let known = transaction.find(
        "SELECT name FROM customers WHERE id = ?1",
        [customer],
        |row| row.get(0),
    )?;
    Ok(KnownCustomer {
        id: CustomerId(customer),
        name: known.ok_or_else(missing)?,
    })
}

/// The customer whom a provider knows by an id of its own, made when new.
pub(super) fn of_provider(
    transaction: &Transaction<'_>,
    business: &str,
    (provider, id): (SourceKind, &str),
) -> Result<i64, Fault> {
    let scope = Scope {
        transaction,
        business,
    };
    canonical(transaction, scope.find_or_create(provider.as_str(), id)?)
}

/// The provider's own id of a customer, where one is known.
pub(super) fn known_to(
    transaction: &Transaction<'_>,
    customer: i64,
    provider: SourceKind,
) -> Result<Option<Box<str>>, Fault> {
    transaction.find(
        "SELECT value FROM identities WHERE customer = ?1 AND kind = ?2 LIMIT 1",
        (customer, provider.as_str()),
        |row| row.get(0),
    )
}

/// Keeps that a provider knows a customer by an id of its own. Someone known by that alone is the
/// same person.
pub(super) fn met(
    transaction: &Transaction<'_>,
    business: &str,
    customer: i64,
    (provider, id): (SourceKind, &str),
) -> Result<(), Fault> {
    let scope = Scope {
        transaction,
        business,
    };
    let kind = provider.as_str();
    match scope.find(kind, id)? {
        None => scope.recognise(kind, id, customer),
        Some(other) if other != customer && !scope.has(other, PHONE)? => {
            scope.join(other, customer)
        }
        Some(_) => Ok(()),
    }
}

/// The customer that one was joined to, or itself.
pub(super) fn canonical(transaction: &Transaction<'_>, mut customer: i64) -> Result<i64, Fault> {
    let mut statement = transaction.prepare("SELECT joined_to FROM customers WHERE id = ?1")?;
    loop {
        let joined_to: Option<Option<i64>> = statement
            .query_row([customer], |row| row.get(0))
            .optional()?;
        match joined_to.ok_or_else(missing)? {
            Some(other) => customer = other,
            None => return Ok(customer),
        }
    }
}

struct Scope<'t, 'w> {
    transaction: &'t Transaction<'w>,
    business: &'t str,
}

impl Scope<'_, '_> {
    /// One whose phone number and provider's id are both told.
    fn of_both(&self, phone: &str, kind: &str, id: &str) -> Result<i64, Fault> {
        let by_phone = self.find(PHONE, phone)?;
        let customer = match (self.find(kind, id)?, by_phone) {
            (Some(known), Some(same)) if known == same => return Ok(known),
            (Some(known), Some(other)) => {
                // Someone known by the number alone is the same person. Someone with an id of
                // their own is not: the number changed hands.
                if !self.has(other, kind)? {
                    self.join(other, known)?;
                }
                known
            }
            (Some(known), None) => known,
            (None, Some(known)) if !self.has(known, kind)? => known,
            (None, _) => self.create()?,
        };
        self.recognise(kind, id, customer)?;
        self.recognise(PHONE, phone, customer)?;
        Ok(customer)
    }

    fn find_or_create(&self, kind: &str, value: &str) -> Result<i64, Fault> {
        if let Some(known) = self.find(kind, value)? {
            return Ok(known);
        }
        let customer = self.create()?;
        self.recognise(kind, value, customer)?;
        Ok(customer)
    }

    fn find(&self, kind: &str, value: &str) -> Result<Option<i64>, Fault> {
        self.transaction.find(
            "SELECT customer FROM identities WHERE business = ?1 AND kind = ?2 AND value = ?3",
            (self.business, kind, value),
            |row| row.get(0),
        )
    }

    fn has(&self, customer: i64, kind: &str) -> Result<bool, Fault> {
        let found = self.transaction.find(
            "SELECT 1 FROM identities WHERE customer = ?1 AND kind = ?2 LIMIT 1",
            (customer, kind),
            |_| Ok(()),
        )?;
        Ok(found.is_some())
    }

    fn create(&self) -> Result<i64, Fault> {
        self.transaction.execute(
            "INSERT INTO customers (business, created_at) VALUES (?1, ?2)",
            (self.business, self.transaction.now),
        )?;
        Ok(self.transaction.conn.last_insert_rowid())
    }

    fn recognise(&self, kind: &str, value: &str, customer: i64) -> Result<(), Fault> {
        self.transaction.execute(
            "INSERT INTO identities (business, kind, value, customer) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO UPDATE SET customer = excluded.customer
             WHERE customer <> excluded.customer",
            (self.business, kind, value, customer),
        )?;
        Ok(())
    }

    fn join(&self, other: i64, known: i64) -> Result<(), Fault> {
        self.transaction.execute(
            "UPDATE identities SET customer = ?2 WHERE customer = ?1",
            (other, known),
        )?;
        self.transaction.execute(
            "UPDATE bookings SET customer = ?2 WHERE customer = ?1",
            (other, known),
        )?;
        self.transaction.execute(
            "UPDATE customers SET joined_to = ?2 WHERE id = ?1",
            (other, known),
        )?;
        Ok(())
    }
}
