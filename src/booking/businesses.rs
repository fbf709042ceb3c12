//! The businesses of a process, from a file or a folder of files.
//!
//! The invariant: there is one at least, and no id, number, location or secret is claimed by two.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::business::{Business, Fault};
use crate::{live::Live, message::BusinessId};

/// The businesses of this process, as they are now; never empty, the first is the default.
///
/// They can be replaced while they are in use. Who holds a [`Business`] keeps it as it was.
#[derive(Debug)]
pub struct Businesses(Live<[Arc<Business>]>);

// === impl Businesses ===

impl Businesses {
    /// The built-in business, to try things with.
    #[expect(clippy::missing_panics_doc, reason = "the invariant is held by a test")]
    pub fn demo() -> Self {
        let demo = Business::parse("demo.toml", include_str!("business/demo.toml"));
        Self::from(
            demo.expect("invariant: the built-in business is without faults, which a test holds"),
        )
    }

    /// Reads a file, or every `*.toml` of a folder by name.
    ///
    /// # Errors
    ///
    /// Every fault of every file.
    pub fn load(path: &Path) -> Result<Self, Vec<Fault>> {
        let files = files(path).map_err(|error| vec![unreadable(path, &error)])?;
        if files.is_empty() {
            return Err(vec![Fault::of(
                path,
                "the folder has no file that ends in .toml",
            )]);
        }
        let (mut businesses, mut faults) = (Vec::new(), Vec::new());
        for file in files {
            match fs::read_to_string(&file) {
                Err(error) => faults.push(unreadable(&file, &error)),
                Ok(text) => match Business::parse(&shown(&file), &text) {
                    Ok(business) => businesses.push((shown(&file), business)),
                    Err(found) => faults.extend(found),
                },
            }
        }
        faults.extend(shared(&businesses));
        if !faults.is_empty() {
            return Err(faults);
        }
        let businesses = businesses.into_iter();
        let businesses = businesses.map(|(_, business)| Arc::new(business));
        Ok(Self(Live::new(businesses.collect())))
    }

    /// Puts others in their place, for everything that looks from now on.
    pub fn replace(&self, others: &Self) {
        self.0.replace(others.0.now());
    }

    /// The same, each with its calendar here: nothing that is booked is booked elsewhere.
    #[must_use]
    pub fn with_own_calendars(&self) -> Self {
        let own = self.iter().map(|business| {
            let mut business = Business::clone(&business);
            business.highlevel.calendar = None;
            Arc::new(business)
        });
        Self(Live::new(own.collect()))
    }

    /// The business of that id.
    pub fn by_id(&self, id: &BusinessId) -> Option<Arc<Business>> {
        self.iter().find(|business| business.id == *id)
    }

    /// The one that is meant when none is named.
    pub fn default_business(&self) -> Arc<Business> {
        Arc::clone(&self.0.now()[0])
    }

    /// All of them, the default first.
    pub fn iter(&self) -> impl Iterator<Item = Arc<Business>> + use<> {
        let all = self.0.now();
        (0..all.len()).map(move |n| Arc::clone(&all[n]))
    }
}

impl From<Business> for Businesses {
    fn from(business: Business) -> Self {
        Self(Live::new(Arc::from([Arc::new(business)])))
    }
}

impl Fault {
    fn of(path: &Path, fault: &str) -> Self {
        Self {
            file: path.display().to_string().into(),
            key: Box::default(),
            fault: fault.into(),
        }
    }
}

fn unreadable(path: &Path, error: &io::Error) -> Fault {
    Fault::of(path, &format!("cannot be read: {error}"))
}

fn shown(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

fn files(path: &Path) -> io::Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(path)? {
        let file = entry?.path();
        if file
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            files.push(file);
        }
    }
    files.sort_unstable();
    Ok(files)
}

/// The faults of names that more than one business claims.
fn shared(businesses: &[(String, Business)]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (n, (file, business)) in businesses.iter().enumerate() {
        let mut claim = |key: &str, value: &str, claimed: &dyn Fn(&Business) -> bool| {
            if let Some((other, _)) = businesses[..n].iter().find(|(_, other)| claimed(other)) {
                faults.push(Fault {
                    file: file.as_str().into(),
                    key: key.into(),
                    fault: format!("{value} is taken by {other}; each is one business's").into(),
                });
            }
        };
        let quoted = |id: &str| format!("\"{id}\"");
        claim("id", &quoted(business.id.as_str()), &|other| {
            other.id == business.id
        });
        for id in &business.whatsapp.phone_number_ids {
            let claimed = |other: &Business| other.whatsapp.phone_number_ids.contains(id);
            claim("whatsapp.phone_number_ids", &quoted(id), &claimed);
        }
        for id in &business.highlevel.location_ids {
            let claimed = |other: &Business| other.highlevel.location_ids.contains(id);
            claim("highlevel.location_ids", &quoted(id), &claimed);
        }
        if let Some(name) = &business.webhook_secret_env {
            let claimed = |other: &Business| other.webhook_secret_env.as_ref() == Some(name);
            // The name may be the secret itself.
            claim("webhook_secret_env", "this variable", &claimed);
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        folder
    }

    fn shop(extra: &str) -> String {
        format!(
            "name = \"Shop\"\ntimezone = \"UTC\"\n{extra}\n[hours]\nmonday = [\"09:00-17:00\"]\n\
             [[service]]\nid = \"cut\"\nname = \"Cut\"\nminutes = 30\n"
        )
    }

    #[test]
    fn the_built_in_business_is_whole() {
        let demo = Businesses::demo();
        let business = demo.default_business();
        assert_eq!(business.staff.len(), 2);
        assert_eq!(business.languages, [Language::English, Language::Spanish]);
        assert!(
            business
                .services
                .iter()
                .all(|service| service.price.is_some())
        );
    }

    #[test]
    fn a_folder_gives_its_files_by_name_and_the_first_is_the_default() {
        let folder = folder(&[("b.toml", &shop("")), ("a.toml", &shop("")), ("c.txt", "?")]);
        let businesses = Businesses::load(folder.path()).unwrap();
        let ids: Vec<_> = businesses
            .iter()
            .map(|business| business.id.clone())
            .collect();
        assert_eq!(ids, ["a", "b"].map(BusinessId::new));
        assert_eq!(businesses.default_business().id.as_str(), "a");
        assert!(businesses.by_id(&BusinessId::new("b")).is_some());
        assert!(businesses.by_id(&BusinessId::new("c")).is_none());
    }

    #[test]
    fn who_holds_a_business_keeps_it_when_others_take_its_place() {
        let businesses = Businesses::demo();
        let old = businesses.default_business();
        let other = Business::parse("other.toml", &shop("")).unwrap();
        businesses.replace(&Businesses::from(other));
        assert_eq!(old.name, "Luna Salon");
        assert!(businesses.by_id(&old.id).is_none());
        assert_eq!(businesses.default_business().name, "Shop");
    }

    #[test]
    fn what_two_businesses_claim_is_a_fault() {
        let whatsapp = "whatsapp.phone_number_ids = [\"1\"]\nhighlevel.location_ids = [\"L\"]";
        let text = shop(&format!("id = \"x\"\n{whatsapp}"));
        let folder = folder(&[("a.toml", &text), ("b.toml", &text)]);
        let faults = Businesses::load(folder.path()).unwrap_err();
        let shown: Vec<_> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(
            shown,
            [
                "b.toml: id: \"x\" is taken by a.toml; each is one business's",
                "b.toml: whatsapp.phone_number_ids: \"1\" is taken by a.toml; each is one business's",
                "b.toml: highlevel.location_ids: \"L\" is taken by a.toml; each is one business's",
            ]
        );
    }

    #[test]
    fn the_faults_of_all_files_are_told_at_once() {
        let folder = folder(&[
            ("a.toml", "name = 1"),
            ("b.toml", "]"),
            ("c.toml", &shop("")),
        ]);
        let faults = Businesses::load(folder.path()).unwrap_err();
        assert!(faults.iter().any(|fault| &*fault.file == "a.toml"));
        assert!(faults.iter().any(|fault| &*fault.file == "b.toml"));
        assert!(Businesses::load(&folder.path().join("none.toml")).is_err());
    }
}
