//! The templates that were approved, and what a message by another is refused with.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

/// The templates of an account, by name and language.
#[derive(Debug, Default)]
pub(super) struct Templates(HashMap<(String, String), Template>);

#[derive(Debug)]
struct Template {
    /// The names of its variables; numbered ones are 1, 2, 3, …
    variables: BTreeSet<String>,
    is_paused: bool,
}

impl Templates {
    pub(super) fn approve(
        &mut self,
        name: &str,
        language: &str,
        variables: impl Iterator<Item = String>,
    ) {
        let template = Template {
            variables: variables.collect(),
            is_paused: false,
        };
        let key = (name.to_owned(), language.to_owned());
        self.0.insert(key, template);
    }

    pub(super) fn pause(&mut self, name: &str, language: &str, is_paused: bool) {
        let key = (name.to_owned(), language.to_owned());
        self.0.get_mut(&key).unwrap().is_paused = is_paused;
    }

    /// The code that a message by a template is refused with.
    pub(super) fn refusal(&self, sent: &Value) -> Option<i64> {
        let text = |pointer| sent.pointer(pointer).and_then(Value::as_str).unwrap();
        let key = (text("/name").to_owned(), text("/language/code").to_owned());
        let Some(template) = self.0.get(&key) else {
            return Some(132_001);
        };
        if template.is_paused {
            return Some(132_015);
        }
        let given = sent.pointer("/components/0/parameters");
        let given = given
            .and_then(Value::as_array)
            .map_or(&[][..], Vec::as_slice);
        if given.len() != template.variables.len() {
            return Some(132_000);
        }
        let name = |(place, parameter): (usize, &Value)| match parameter.get("parameter_name") {
            Some(name) => name.as_str().unwrap_or_default().to_owned(),
            None => (place + 1).to_string(),
        };
        let names: BTreeSet<_> = given.iter().enumerate().map(name).collect();
        (names != template.variables).then_some(132_012)
    }
}
