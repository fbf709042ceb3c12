//! Whose an arrival is: found by anything that the person is known by.
//!
//! The invariants: an id of a provider's stands for one person for good; a phone number is only
//! lent, so that a holder with an id of their own is not taken for another with another id.

use super::fault::Fault;
use crate::message::{Contact, Identity, PhoneNumber, SourceKind, ThreadKey, Trust};

/// What sort of thing a person or thread is known by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The provider's own id of the person.
    Id,
    /// WhatsApp's id of the person in the parent portfolio.
    ParentUser,
    /// HighLevel's id of the conversation.
    Conversation,
    /// A client's own id of a thread.
    Key,
    /// A phone number's key.
    Phone,
}

/// One thing that a person or thread is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) kind: Kind,
    pub(super) value: Box<str>,
}

/// Where names are kept, with the row that each belongs to.
pub(super) trait Registry {
    /// Whom a name belongs to.
    fn owner(&self, name: &Name) -> Result<Option<i64>, Fault>;

    /// What sorts of ids an owner has at this source.
    fn kinds(&self, owner: i64) -> Result<Vec<Kind>, Fault>;
}

impl Kind {
    const ALL: [Self; 5] = [
        Self::Id,
        Self::ParentUser,
        Self::Conversation,
        Self::Key,
        Self::Phone,
    ];

    /// The name in rows.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::ParentUser => "parent",
            Self::Conversation => "conversation",
            Self::Key => "key",
            Self::Phone => "phone",
        }
    }

    /// The kind of that name.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

impl Name {
    fn phone(phone: &PhoneNumber) -> Self {
        Self {
            kind: Kind::Phone,
            value: phone.key().as_str().into(),
        }
    }

    fn of(kind: Kind, value: &str) -> Self {
        let value = value.into();
        Self { kind, value }
    }
}

/// All that a contact is known by at its source: ids first, then numbers.
pub(super) fn names_of(contact: &Contact) -> Vec<Name> {
    let id = contact.provider_id.as_deref();
    let also = contact.also.iter().filter_map(|also| match also {
        Identity::ParentUser(id) => Some(Name::of(Kind::ParentUser, id)),
        Identity::Conversation(id) => Some(Name::of(Kind::Conversation, id)),
        Identity::Phone(_) => None,
    });
    let mut names: Vec<Name> = id.map(|id| Name::of(Kind::Id, id)).into_iter().collect();
    names.extend(also);
    let phones = contact.phone_keys();
    names.extend(phones.map(|key| Name::of(Kind::Phone, key.as_str())));
    names
}

/// All that a thread is found by: its own key first, then what its contact is known by on the same
/// line (number or location) of the business. A client's own thread, and that of an unverified
/// sender, is found by its key alone.
pub(super) fn thread_names(thread: &ThreadKey, contact: &Contact) -> Vec<Name> {
    let own = own_name(thread);
    if thread.source == SourceKind::Direct || thread.trust == Trust::Unverified {
        return vec![own];
    }
    let (line, _) = line_and_user(thread);
    let mut names = vec![own];
    for name in names_of(contact) {
        let value = format!("{line}:{}", name.value).into();
        let name = Name { value, ..name };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    // Ids are surer than numbers.
    names[1..].sort_by_key(|name| name.kind == Kind::Phone);
    names
}

/// The name that a thread's key is, in any spelling of the number that it may be.
pub(super) fn own_name(thread: &ThreadKey) -> Name {
    if thread.source == SourceKind::Direct {
        let phone = number_of_key(thread);
        let value = phone.map_or(thread.key.clone(), |phone| phone.key().as_str().into());
        return Name {
            kind: Kind::Key,
            value,
        };
    }
    let (line, user) = line_and_user(thread);
    let name =
        number_of_key(thread).map_or_else(|| Name::of(Kind::Id, user), |phone| Name::phone(&phone));
    let value = format!("{line}:{}", name.value).into();
    Name { value, ..name }
}

/// The number that a thread's key names its customer by, as that spells it.
pub(super) fn number_of_key(thread: &ThreadKey) -> Option<PhoneNumber> {
    let (_, user) = match thread.source {
        SourceKind::Direct => ("", &*thread.key),
        SourceKind::Whatsapp | SourceKind::Highlevel => line_and_user(thread),
    };
    match user.strip_prefix('+') {
        Some(_) => PhoneNumber::parse(user).ok(),
        None if thread.source == SourceKind::Whatsapp => {
            PhoneNumber::from_international_digits(user).ok()
        }
        None => None,
    }
    .filter(|phone| phone.as_str().trim_start_matches('+') == user.trim_start_matches('+'))
}

fn line_and_user(thread: &ThreadKey) -> (&str, &str) {
    thread.key.split_once(':').unwrap_or(("", &thread.key))
}

/// The owners who are meant by these names and are one and the same, the surest first; none: someone
/// new. `known` is sure beforehand.
///
/// Whoever has one of the ids is meant. Whoever has one of the numbers is meant as well, unless they
/// have an id of a sort that was told or is known too: then the number changed hands.
pub(super) fn find(
    registry: &impl Registry,
    names: &[Name],
    known: Option<i64>,
) -> Result<Vec<i64>, Fault> {
    let mut same: Vec<i64> = known.into_iter().collect();
    let mut sorts: Vec<Kind> = Vec::new();
    let (phones, ids): (Vec<_>, Vec<_>) = names.iter().partition(|name| name.kind == Kind::Phone);
    for name in ids {
        sorts.push(name.kind);
        let owner = registry.owner(name)?;
        same.extend(owner.filter(|owner| !same.contains(owner)));
    }
    for owner in &same {
        sorts.extend(registry.kinds(*owner)?);
    }
    for name in phones {
        let Some(owner) = registry.owner(name)? else {
            continue;
        };
        if same.contains(&owner) {
            continue;
        }
        let kinds = registry.kinds(owner)?;
        if !kinds.iter().any(|kind| sorts.contains(kind)) {
            same.push(owner);
            sorts.extend(kinds);
        }
    }
    Ok(same)
}
