//! What threads are found by, and the one thread of a person.
//!
//! The invariant: a name belongs to one thread of its business, source and trust, and a thread that
//! was joined to another has none.

use super::{
    customer,
    fault::Fault,
    identity::{self, Kind, Name, Registry, names_of},
    join::join,
    thread::ThreadRow,
    transaction::Transaction,
};
use crate::message::{
    Contact, IdentityChange, PhoneKey, PhoneNumber, SourceKind, ThreadKey, Trust,
};

/// The names of a business's threads of one source and trust.
struct Names<'t, 'w> {
    transaction: &'t Transaction<'w>,
    thread: &'t ThreadKey,
}

impl Registry for Names<'_, '_> {
    fn owner(&self, name: &Name) -> Result<Option<i64>, Fault> {
        self.transaction.find(
            "SELECT thread FROM thread_names
             WHERE name = ?1 AND business = ?2 AND source = ?3 AND trust = ?4",
            (
                &*name.value,
                self.thread.business.as_str(),
                self.thread.source.as_str(),
                self.thread.trust.as_str(),
            ),
            |row| row.get(0),
        )
    }

    fn kinds(&self, owner: i64) -> Result<Vec<Kind>, Fault> {
        let mut statement = self
            .transaction
            .prepare("SELECT DISTINCT kind FROM thread_names WHERE thread = ?1")?;
        let mut rows = statement.query([owner])?;
        let mut kinds = Vec::new();
        while let Some(row) = rows.next()? {
            kinds.extend(Kind::from_name(row.get_ref(0)?.as_str()?));
        }
        kinds.retain(|kind| *kind != Kind::Phone);
        Ok(kinds)
    }
}

/// The threads that are meant by these names.
pub(super) fn find(
    transaction: &Transaction<'_>,
    thread: &ThreadKey,
    names: &[Name],
) -> Result<Vec<i64>, Fault> {
    let registry = Names {
        transaction,
        thread,
    };
    identity::find(&registry, names, None)
}

/// Whose an arrival is.
#[derive(Debug)]
pub(super) struct Person<'a> {
    pub(super) thread: &'a ThreadKey,
    pub(super) contact: &'a Contact,
    pub(super) names: &'a [Name],
    /// True if they write themselves, so that their number is spelled as their provider has it.
    pub(super) writes: bool,
}

/// The thread of a person of whom these were found: joined where they are several, made where there
/// is none, with its customer and names brought up to date.
pub(super) fn identify(
    transaction: &mut Transaction<'_>,
    person: &Person<'_>,
    found: &[i64],
) -> Result<ThreadRow, Fault> {
    let &Person {
        thread: key,
        contact,
        names,
        writes,
    } = person;
    let known = unite(transaction, found)?;
    // A client's own thread may be of several people.
    let is_one_person = key.source != SourceKind::Direct && key.trust == Trust::Verified;
    let whose = match &known {
        Some(thread) if is_one_person => Some(customer::canonical(transaction, thread.customer)?),
        _ => None,
    };
    let customer = customer::resolve(transaction, key, contact, whose)?;
    let thread = match known {
        Some(thread) => ThreadRow { customer, ..thread },
        None => ThreadRow::create(transaction, key, customer)?,
    };
    transaction.execute(
        "UPDATE threads SET customer = ?2, phone = CASE WHEN ?4 THEN coalesce(?3, phone)
            ELSE coalesce(phone, ?3) END
         WHERE id = ?1",
        (
            thread.id,
            customer,
            contact.phone.as_ref().map(PhoneNumber::as_str),
            writes,
        ),
    )?;
    claim(transaction, key, names, thread.id)?;
    Ok(thread)
}

/// The one thread of these, joined where there are several: the one in which was written last.
pub(super) fn unite(
    transaction: &mut Transaction<'_>,
    threads: &[i64],
) -> Result<Option<ThreadRow>, Fault> {
    let Some(&first) = threads.first() else {
        return Ok(None);
    };
    let into = if threads.len() == 1 {
        first
    } else {
        latest(transaction, threads)?
    };
    for &other in threads.iter().filter(|&&other| other != into) {
        join(transaction.conn, into, other)?;
        transaction.after.wake = true;
        transaction.after.mail = true;
    }
    ThreadRow::of_id(transaction, into)
}

fn latest(transaction: &Transaction<'_>, threads: &[i64]) -> Result<i64, Fault> {
    let mut latest = (i64::MIN, threads[0]);
    for &thread in threads {
        let at = transaction.find(
            "SELECT coalesce(last_at, 0) FROM threads WHERE id = ?1",
            [thread],
            |row| row.get(0),
        )?;
        let at = at.unwrap_or(i64::MIN);
        if at > latest.0 {
            latest = (at, thread);
        }
    }
    Ok(latest.1)
}

/// Keeps that a thread is found by these names.
pub(super) fn claim(
    transaction: &Transaction<'_>,
    thread: &ThreadKey,
    names: &[Name],
    id: i64,
) -> Result<(), Fault> {
    for name in names {
        transaction.execute(
            "INSERT INTO thread_names (name, business, source, trust, kind, thread)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT DO UPDATE SET thread = excluded.thread WHERE thread <> excluded.thread",
            (
                &*name.value,
                thread.business.as_str(),
                thread.source.as_str(),
                thread.trust.as_str(),
                name.kind.as_str(),
                id,
            ),
        )?;
    }
    Ok(())
}

/// Lets one person be known by what they are known by now, and no more by the number that they had
/// before, which is somebody else's from now on. Of a person who is not known nothing is kept.
pub(super) fn change_identity(
    transaction: &mut Transaction<'_>,
    told: &IdentityChange,
) -> Result<(), Fault> {
    let key = &told.thread;
    let before = identity::thread_names(key, &told.before);
    let now = identity::thread_names(key, &told.now);
    // The key is that of before.
    let mut names = before.clone();
    names.extend(
        now[1..]
            .iter()
            .filter(|name| !before.contains(name))
            .cloned(),
    );
    let threads = find(transaction, key, &names)?;
    let thread = unite(transaction, &threads)?;
    let whose = thread.as_ref().map(|thread| thread.customer);
    let whose = match whose {
        Some(customer) => Some(customer::canonical(transaction, customer)?),
        None => None,
    };
    let both: Vec<Name> = names_of(&told.before)
        .into_iter()
        .chain(names_of(&told.now))
        .collect();
    let (line, _) = key.key.split_once(':').unwrap_or_default();
    let given_up = given_up(transaction, told, thread.as_ref(), line)?;
    if let Some(customer) = customer::change(transaction, key, &both, whose)? {
        customer::release_numbers(transaction, customer, &given_up)?;
        customer::learn(transaction, customer, &told.now)?;
    }
    if let Some(thread) = thread {
        claim(transaction, key, &names, thread.id)?;
        for number in &given_up {
            transaction.execute(
                "DELETE FROM thread_names WHERE thread = ?1 AND name = ?2",
                (thread.id, format!("{line}:{}", number.as_str())),
            )?;
        }
        transaction.execute(
            "UPDATE threads SET contact = NULL, phone = ?2, provider_id = coalesce(?3, provider_id),
                version = version + 1 WHERE id = ?1",
            (
                thread.id,
                told.now.phone.as_ref().map(PhoneNumber::as_str),
                told.now.provider_id.as_deref(),
            ),
        )?;
    }
    Ok(())
}

/// The numbers that are not the person's any more: those of before, and where no number is told
/// now, all that the thread was found by.
fn given_up(
    transaction: &Transaction<'_>,
    told: &IdentityChange,
    thread: Option<&ThreadRow>,
    line: &str,
) -> Result<Vec<PhoneKey>, Fault> {
    let mut numbers: Vec<PhoneKey> = told.before.phone_keys().collect();
    if let (None, Some(thread)) = (&told.now.phone, thread) {
        let mut statement = transaction
            .prepare("SELECT name FROM thread_names WHERE thread = ?1 AND kind = 'phone'")?;
        let mut rows = statement.query([thread.id])?;
        while let Some(row) = rows.next()? {
            let name = row.get_ref(0)?.as_str()?;
            let number = name
                .strip_prefix(line)
                .and_then(|name| name.strip_prefix(':'));
            let number = number.and_then(|number| PhoneNumber::parse(number).ok());
            numbers.extend(number.map(|number| number.key()));
        }
    }
    let now: Vec<PhoneKey> = told.now.phone_keys().collect();
    numbers.retain(|number| !now.contains(number));
    Ok(numbers)
}
