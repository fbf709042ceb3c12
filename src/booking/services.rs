//! The services of one visit, done back to back by one person.
//!
//! The invariant: at least one, at most [`Services::MAX`], and none twice. Written as `cut+color`,
//! in the order in which they are done; no id has a `+` in it.

use std::{fmt, str::FromStr, sync::Arc};

use serde::{Deserialize, Serialize};

use super::ServiceId;

/// What is done in one visit, in order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Services(Arc<[ServiceId]>);

/// No service, too many, or one twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be 1 to {} services, each once", Services::MAX)]
pub struct NoVisit;

// === impl Services ===

impl Services {
    /// The most in one visit: with more, a choice's token would be too long for WhatsApp.
    pub const MAX: usize = 3;

    /// These, in this order.
    ///
    /// # Errors
    ///
    /// None are given, too many, or one twice.
    pub fn new(ids: Vec<ServiceId>) -> Result<Self, NoVisit> {
        let twice = (1..ids.len()).any(|n| ids[..n].contains(&ids[n]));
        if twice || !(1..=Self::MAX).contains(&ids.len()) {
            return Err(NoVisit);
        }
        Ok(Self(ids.into()))
    }

    /// What is done at an appointment that somebody else made without naming any.
    pub fn unnamed() -> Self {
        ServiceId::new("appointment").into()
    }

    /// Each of them, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, ServiceId> {
        self.0.iter()
    }

    /// Whether one of them is this.
    pub fn contains(&self, id: &ServiceId) -> bool {
        self.0.contains(id)
    }
}

impl From<ServiceId> for Services {
    fn from(id: ServiceId) -> Self {
        Self(Arc::from([id]))
    }
}

impl<'a> IntoIterator for &'a Services {
    type Item = &'a ServiceId;
    type IntoIter = std::slice::Iter<'a, ServiceId>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Services {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, id) in self.iter().enumerate() {
            if n > 0 {
                f.write_str("+")?;
            }
            f.write_str(id.as_str())?;
        }
        Ok(())
    }
}

impl FromStr for Services {
    type Err = NoVisit;

    fn from_str(text: &str) -> Result<Self, NoVisit> {
        if text.split('+').any(str::is_empty) {
            return Err(NoVisit);
        }
        Self::new(text.split('+').map(ServiceId::new).collect())
    }
}

impl From<Services> for String {
    fn from(services: Services) -> Self {
        services.to_string()
    }
}

impl TryFrom<String> for Services {
    type Error = NoVisit;

    fn try_from(text: String) -> Result<Self, NoVisit> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_are_one_to_three_and_each_once() {
        for text in ["cut", "cut+color", "color+cut+beard"] {
            assert_eq!(text.parse::<Services>().unwrap().to_string(), text);
        }
        for text in ["", "+", "cut+", "cut+cut", "a+b+c+d"] {
            assert_eq!(text.parse::<Services>(), Err(NoVisit), "{text}");
        }
        assert_eq!(Services::new(Vec::new()), Err(NoVisit));
    }
}
