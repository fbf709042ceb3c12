//! The owner's own texts: `[texts]`, each by its name, in one language or by language.

use toml::Value;

use super::{hint, languages::Languages, section::Section};
use crate::language::{
    Language,
    wording::{NAMES, Overrides, WordingFault},
};

/// Reads `[texts]`. A text that is not given by language is one of the default language.
pub(super) fn read(root: &mut Section<'_>, languages: &Languages) -> Overrides {
    let mut own = Overrides::default();
    let mut section = root.section("texts");
    for name in section.keys() {
        match section.take(&name) {
            Some(Value::String(text)) => {
                let language = languages.list.first().copied().unwrap_or(Language::English);
                set(&mut own, &section, &name, &name, language, &text);
            }
            Some(Value::Table(table)) => {
                for (code, text) in table {
                    let key = format!("{name}.{code}");
                    let language = Language::from_code(&code);
                    match (language.filter(|known| languages.has(*known)), text) {
                        (Some(language), Value::String(text)) => {
                            set(&mut own, &section, &key, &name, language, &text);
                        }
                        (Some(_), _) => section.fault(&key, "must be text"),
                        (None, _) => {
                            section.fault(&key, "is not one of this business's languages");
                        }
                    }
                }
            }
            _ => section.fault(&name, "must be text, or a table of texts by language"),
        }
    }
    section.finish();
    own
}

fn set(
    own: &mut Overrides,
    section: &Section<'_>,
    key: &str,
    name: &str,
    language: Language,
    text: &str,
) {
    match own.set(name, language, text.trim()) {
        Ok(()) => {}
        Err(fault @ WordingFault::UnknownName) => {
            let meant = hint::key(name, NAMES.iter().map(|text| text.name));
            let meant = meant.map_or(String::new(), |meant| format!("; did you mean {meant:?}?"));
            section.fault(key, format_args!("{fault}{meant}"));
        }
        Err(fault) => section.fault(key, fault),
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        booking::Business,
        language::Language::{English, Spanish},
    };

    fn parse(texts: &str) -> Result<Business, String> {
        let file = format!(
            "name = \"Luna\"\ntimezone = \"UTC\"\nlanguages = [\"en\", \"es\"]\n\
             [hours]\nmonday = [\"09:00-17:00\"]\n\
             [[service]]\nid = \"cut\"\nname = \"Cut\"\nminutes = 30\n\
             [texts]\n{texts}\n"
        );
        Business::parse("luna.toml", &file).map_err(|faults| {
            let faults = faults.iter().map(ToString::to_string);
            faults.collect::<Vec<_>>().join("\n")
        })
    }

    #[test]
    fn an_owners_texts_are_read_by_name_and_language() {
        let business = parse("welcome = \"Any time!\"\nfarewell = { es = \"¡Chau!\" }").unwrap();
        let says = |language, name| business.texts.get(language, name).map(ToOwned::to_owned);
        assert_eq!(says(English, "welcome").as_deref(), Some("Any time!"));
        assert_eq!(says(Spanish, "welcome"), None);
        assert_eq!(says(English, "farewell"), None);
        assert_eq!(says(Spanish, "farewell").as_deref(), Some("¡Chau!"));
    }

    #[test]
    fn what_cannot_be_said_is_a_fault_of_its_key() {
        let faults = parse(
            "welcom = \"Hi\"\nyes_book = { en = \"Yes, please do book it\", fr = \"Oui\" }\nstale = 3",
        )
        .unwrap_err();
        for expected in [
            "luna.toml: texts.welcom: is no text that can be worded; did you mean \"welcome\"?",
            "luna.toml: texts.yes_book.en: must be at most 20 characters",
            "luna.toml: texts.yes_book.fr: is not one of this business's languages",
            "luna.toml: texts.stale: must be text, or a table of texts by language",
        ] {
            assert!(faults.contains(expected), "{expected}\n{faults}");
        }
    }
}
