//! Who is who: customers and what they are recognised by.
//!
//! The invariants: an unverified sender is never taken for someone known from elsewhere, and a
//! phone number that changed hands does not show its new owner the old one's bookings.

use rusqlite::{Connection, OptionalExtension};

use super::{
    encoding::{Key, key},
    fault::Fault,
    identity::{self, Kind, Name, Registry, names_of},
    thread::missing,
    transaction::Transaction,
};
use crate::{
    message::{Contact, CustomerId, Identity, PhoneKey, PhoneNumber, SourceKind, ThreadKey, Trust},
    store::KnownCustomer,
};

/// The kind of an identity that is a phone number's key.
const PHONE: &str = "phone";
/// The kind of an identity that is good in one unverified thread only.
pub(super) const SESSION: &str = "session";

/// Digest of a contact: as long as it is the same, so is the customer.
pub(super) fn digest(contact: &Contact) -> Key {
    let bytes = |text: Option<&str>| text.unwrap_or_default().as_bytes().to_vec();
    let mut parts = vec![
        bytes(contact.phone.as_ref().map(PhoneNumber::as_str)),
        bytes(contact.provider_id.as_deref()),
        bytes(contact.name.as_deref()),
        bytes(contact.medium.as_deref()),
    ];
    for also in &contact.also {
        let (kind, value) = match also {
            Identity::Phone(phone) => ("phone", phone.as_str()),
            Identity::ParentUser(id) => ("parent", &**id),
            Identity::Conversation(id) => ("conversation", &**id),
        };
        parts.extend([bytes(Some(kind)), bytes(Some(value))]);
    }
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    key(&parts)
}

/// The customer who writes in a thread as this contact, made when new, with what is known of them
/// brought up to date. `known` is whose thread it is, where a thread is one person's.
pub(super) fn resolve(
    transaction: &Transaction<'_>,
    thread: &ThreadKey,
    contact: &Contact,
    known: Option<i64>,
) -> Result<i64, Fault> {
    let scope = Scope {
        transaction,
        business: thread.business.as_str(),
        source: thread.source,
    };
    let names = names_of(contact);
    let customer = if thread.trust == Trust::Unverified || (names.is_empty() && known.is_none()) {
        let phone = contact.phone.as_ref().map(PhoneNumber::key);
        let phone = phone.as_ref().map(PhoneKey::as_str);
        scope.find_or_create(SESSION, &session(thread, phone.unwrap_or_default()))?
    } else {
        scope.resolve(&names, known)?
    };
    learn(transaction, customer, contact)?;
    Ok(customer)
}

/// What an unverified sender of a thread is recognised by.
fn session(thread: &ThreadKey, phone: &str) -> String {
    let key = identity::own_name(thread).value;
    session_value(thread.source.as_str(), &key, phone)
}

/// The value of a session's identity.
pub(super) fn session_value(source: &str, key: &str, phone: &str) -> String {
    format!("{source}\n{key}\n{phone}")
}

/// Keeps the name and number of a contact. The same number in another spelling changes nothing.
pub(super) fn learn(
    transaction: &Transaction<'_>,
    customer: i64,
    contact: &Contact,
) -> Result<(), Fault> {
    let phone = contact.phone.as_ref();
    let key = phone.map(PhoneNumber::key);
    transaction.execute(
        "UPDATE customers SET
            phone = CASE WHEN ?3 IS NULL OR phone_key IS ?3 THEN phone ELSE ?2 END,
            phone_key = coalesce(?3, phone_key), name = coalesce(?4, name)
         WHERE id = ?1",
        (
            customer,
            phone.map(PhoneNumber::as_str),
            key.as_ref().map(PhoneKey::as_str),
            contact.name.as_deref(),
        ),
    )?;
    Ok(())
}

/// The customer whom these names mean, with all of them; none where nobody is known by any.
pub(super) fn change(
    transaction: &Transaction<'_>,
    thread: &ThreadKey,
    names: &[Name],
    known: Option<i64>,
) -> Result<Option<i64>, Fault> {
    let scope = Scope {
        transaction,
        business: thread.business.as_str(),
        source: thread.source,
    };
    if identity::find(&scope, names, known)?.is_empty() {
        return Ok(None);
    }
    scope.resolve(names, known).map(Some)
}

/// Takes numbers away from a customer who has given them up.
pub(super) fn release_numbers(
    transaction: &Transaction<'_>,
    customer: i64,
    numbers: &[PhoneKey],
) -> Result<(), Fault> {
    for number in numbers {
        transaction.execute(
            "DELETE FROM identities WHERE customer = ?1 AND kind = ?2 AND value = ?3",
            (customer, PHONE, number.as_str()),
        )?;
        transaction.execute(
            "UPDATE customers SET phone = NULL, phone_key = NULL
             WHERE id = ?1 AND phone_key = ?2",
            (customer, number.as_str()),
        )?;
    }
    Ok(())
}

/// The customer of whom the business says that this is their number, made when new; without a
/// number, someone new.
pub(super) fn of_phone(
    transaction: &Transaction<'_>,
    business: &str,
    phone: Option<&PhoneNumber>,
    name: Option<&str>,
) -> Result<KnownCustomer, Fault> {
    let scope = Scope {
        transaction,
        business,
        source: SourceKind::Direct,
    };
    let key = phone.map(PhoneNumber::key);
    let customer = match &key {
        Some(key) => scope.find_or_create(PHONE, key.as_str())?,
        None => scope.create()?,
    };
    transaction.execute(
        "UPDATE customers SET phone = coalesce(phone, ?2), phone_key = coalesce(phone_key, ?3),
            name = coalesce(name, ?4) WHERE id = ?1",
        (
            customer,
            phone.map(PhoneNumber::as_str),
            key.as_ref().map(PhoneKey::as_str),
            name,
        ),
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
        source: provider,
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
        source: provider,
    };
    let kind = provider.as_str();
    match scope.find(kind, id)? {
        None => scope.recognise(kind, id, customer),
        Some(other) if other != customer && !scope.has(other, PHONE)? => {
            join(transaction.conn, other, customer)
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
    source: SourceKind,
}

impl Registry for Scope<'_, '_> {
    fn owner(&self, name: &Name) -> Result<Option<i64>, Fault> {
        self.find(self.kind(name.kind), &name.value)
    }

    fn kinds(&self, owner: i64) -> Result<Vec<Kind>, Fault> {
        let mut kinds = Vec::new();
        for kind in [Kind::Id, Kind::ParentUser, Kind::Conversation] {
            if self.has(owner, self.kind(kind))? {
                kinds.push(kind);
            }
        }
        Ok(kinds)
    }
}

impl Scope<'_, '_> {
    /// A kind of identity at this source, as it stands in a row. A number is the same everywhere.
    fn kind(&self, kind: Kind) -> &'static str {
        match (kind, self.source) {
            (Kind::Phone, _) => PHONE,
            (Kind::ParentUser, _) => "whatsapp_parent",
            (Kind::Conversation, _) => "highlevel_conversation",
            (Kind::Id | Kind::Key, source) => source.as_str(),
        }
    }

    /// The one customer of these names, made when new, who is known by all of them from now on.
    fn resolve(&self, names: &[Name], known: Option<i64>) -> Result<i64, Fault> {
        let found = identity::find(self, names, known)?;
        let (customer, others) = match found.split_first() {
            Some((&first, others)) => (first, others),
            None => (self.create()?, &[][..]),
        };
        for &other in others {
            join(self.transaction.conn, other, customer)?;
        }
        for name in names {
            self.recognise(self.kind(name.kind), &name.value, customer)?;
        }
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
}

/// Joins a customer to another one, who turns out to be the same person.
pub(super) fn join(conn: &Connection, other: i64, known: i64) -> Result<(), Fault> {
    for sql in [
        "UPDATE identities SET customer = ?2 WHERE customer = ?1",
        "UPDATE bookings SET customer = ?2 WHERE customer = ?1",
        "UPDATE threads SET customer = ?2 WHERE customer = ?1",
        "UPDATE customers SET joined_to = ?2 WHERE id = ?1",
        "UPDATE customers SET (phone, phone_key) = (SELECT phone, phone_key FROM customers
            WHERE id = ?1)
         WHERE id = ?2 AND phone_key IS NULL",
        "UPDATE customers SET name = (SELECT name FROM customers WHERE id = ?1)
         WHERE id = ?2 AND name IS NULL",
    ] {
        conn.prepare_cached(sql)?.execute([other, known])?;
    }
    Ok(())
}
