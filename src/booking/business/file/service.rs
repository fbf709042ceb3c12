//! The services of a business file.
//!
//! The invariant: what a service is called besides its name is not what another one is called.

use toml::Value;

use super::{Team, required_id, rules::minutes_delta};
use crate::{
    booking::{
        ResourceId, ServiceId,
        business::{Service, Text, hint, languages::Languages, section::Section},
    },
    language::words::Words,
};

pub(super) fn read_services(
    root: &mut Section<'_>,
    languages: &Languages,
    staff: &Team,
) -> Vec<Service> {
    let mut services: Vec<Service> = Vec::new();
    let mut also_keys = Vec::new();
    for mut section in root.sections("service") {
        let id = required_id(&mut section, |id| {
            services.iter().any(|one| one.id.as_str() == id)
        });
        let given = section.has("name");
        let name = section.text("name", languages, 60);
        let name = section.required("name", name, given);
        let also = section.words("also", languages);
        if also.as_ref().is_some_and(Vec::is_empty) {
            section.fault("also", "must have at least one word or phrase");
        }
        let given = section.has("minutes");
        let minutes = section.optional_integer("minutes", 1, 1440);
        let minutes = section.required("minutes", minutes, given);
        let service = Service {
            id: ServiceId::new(&id.unwrap_or_default()),
            name: name.unwrap_or_else(|| Text::new("?")),
            also: also.unwrap_or_default(),
            duration: minutes_delta(minutes.unwrap_or(30)),
            buffer_before: minutes_delta(section.integer("buffer_before_minutes", 0, 720, 0)),
            buffer_after: minutes_delta(section.integer("buffer_after_minutes", 0, 720, 0)),
            price: section.text("price", languages, 40),
            resources: read_resources(&mut section, staff),
        };
        also_keys.push(section.key("also"));
        section.finish();
        services.push(service);
    }
    if services.is_empty() && !root.is_at_fault("service") {
        root.missing("service", "must be there at least once: [[service]]");
    }
    note_shared_names(root, &services, &also_keys);
    services
}

/// Notes every synonym that another service is called by, so that it would name neither.
fn note_shared_names(root: &Section<'_>, services: &[Service], keys: &[String]) {
    for (n, (service, key)) in services.iter().zip(keys).enumerate() {
        for words in &service.also {
            let folded = Words::of(words);
            // Of two synonyms that are the same, the second is the fault.
            let is_same = |name: &str| Words::of(name).as_slice() == folded.as_slice();
            let mut others = services.iter().enumerate().filter(|(m, _)| *m != n);
            let other = others.find(|(m, other)| {
                other.name.all().any(is_same)
                    || *m < n && other.also.iter().any(|words| is_same(words))
            });
            if let Some((_, other)) = other {
                let id = other.id.as_str();
                root.fault(
                    key,
                    format_args!("{words:?} is already a name of the service \"{id}\""),
                );
            }
        }
    }
}

/// Who does a service, in the order in which the file lists the staff.
fn read_resources(section: &mut Section<'_>, team: &Team) -> Vec<ResourceId> {
    let staff = &team.list;
    let ids: Vec<_> = staff
        .iter()
        .map(|person| (person.id.as_str(), person.name.as_str()))
        .collect();
    let allowed = if ids.is_empty() {
        "names someone, but there is no [[staff]]".to_owned()
    } else {
        let ids: Vec<_> = ids.iter().map(|(id, _)| *id).collect();
        format!("must be the id of a [[staff]]: {}", ids.join(", "))
    };
    let rule = |value: &Value| {
        let id = value.as_str()?;
        let known = staff.iter().position(|person| person.id.as_str() == id);
        // Somebody whose id is at fault may be meant.
        known
            .map(Ok)
            .or((!team.is_sure).then(|| Err(id.to_owned())))
    };
    let hint = |given: &str| hint::id(given, &ids).map(ToOwned::to_owned);
    let named = section.guessed_list("staff", allowed, rule, hint);
    if named.as_ref().is_some_and(Vec::is_empty) {
        section.fault("staff", "must name someone; left out, everyone does it");
    }
    let everyone = || (0..staff.len()).map(Ok).collect();
    let named = named.unwrap_or_else(everyone).into_iter();
    let mut named: Vec<_> = named.filter_map(Result::ok).collect();
    named.sort_unstable();
    if staff.is_empty() {
        vec![ResourceId::shop()]
    } else {
        named.into_iter().map(|n| staff[n].id.clone()).collect()
    }
}
