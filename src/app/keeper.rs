//! What has to be right for a business whose calendar HighLevel keeps.
//!
//! The invariant: its one location is in [`Business::highlevel`], wherever it was set, and there is
//! something to call it with; each of its staff is known there.

use super::tokens::AccessTokens;
use crate::{
    booking::{Business, Businesses, business::Fault},
    config::Config,
};

/// The businesses, with the location of the settings in the one that has none of its own.
pub(super) fn located(businesses: Businesses, config: &Config) -> Businesses {
    let [location] = config.highlevel.location_ids.as_slice() else {
        return businesses;
    };
    let mut all = businesses.iter();
    let (Some(only), None) = (all.next(), all.next()) else {
        return businesses;
    };
    if only.calendar_elsewhere().is_none() || !only.highlevel.location_ids.is_empty() {
        return businesses;
    }
    let mut only = Business::clone(&only);
    only.highlevel.location_ids.push(location.clone());
    Businesses::from(only)
}

/// What keeps a business from booking in its calendar.
pub(super) fn faults(business: &Business, config: &Config, tokens: &AccessTokens) -> Vec<Fault> {
    if business.calendar_elsewhere().is_none() {
        return Vec::new();
    }
    let mut faults = Vec::new();
    let mut add = |key: &str, fault: &str| {
        faults.push(Fault {
            file: business.id.as_str().into(),
            key: key.into(),
            fault: fault.into(),
        });
    };
    let locations = &business.highlevel.location_ids;
    let mut set = config.highlevel.location_ids.iter();
    if locations.len() != 1 || !set.all(|location| locations.contains(location)) {
        let rule = "must be exactly one, with highlevel.calendar: here, or in GHL_LOCATION_ID";
        add("highlevel.location_ids", rule);
    }
    if !tokens.has(&business.id) {
        let rule = "must be there, with highlevel.calendar; or set GHL_API_TOKEN";
        add("highlevel.token_env", rule);
    }
    for (n, person) in business.staff.iter().enumerate() {
        if person.highlevel_user.is_none() {
            let (n, id) = (n + 1, person.id.as_str());
            let key = format!("staff[{n}] ({id}).highlevel_user");
            add(&key, "must be there, with highlevel.calendar");
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::app::Setup;

    const CALENDAR: &str = "calendar = \"c1\"";
    const TOKEN: (&str, &str) = ("GHL_API_TOKEN", "t");
    const LOCATION: (&str, &str) = ("GHL_LOCATION_ID", "loc1");

    fn setup(highlevel: &str, staff: &str, settings: &[(&str, &str)]) -> Result<Setup, String> {
        let text = format!(
            "name = \"Shop\"\ntimezone = \"UTC\"\n[hours]\nmonday = [\"09:00-17:00\"]\n\
             [[service]]\nid = \"cut\"\nname = \"Cut\"\nminutes = 30\n{staff}\n\
             [highlevel]\n{highlevel}"
        );
        let business = Business::parse("shop.toml", &text).unwrap();
        let settings: HashMap<_, _> = settings.iter().copied().collect();
        let config = Config::load(&[&settings]).unwrap();
        let setup = Setup::of(config, business.into(), &settings);
        setup.map_err(|faults| faults.lines().collect::<Vec<_>>().join("\n"))
    }

    #[test]
    fn the_one_location_may_stand_in_the_file_or_in_the_settings() {
        let in_file = format!("location_ids = [\"loc1\"]\n{CALENDAR}");
        for (highlevel, settings) in [
            (in_file.as_str(), &[TOKEN][..]),
            (CALENDAR, &[TOKEN, LOCATION]),
            (&in_file, &[TOKEN, LOCATION]),
        ] {
            let setup = setup(highlevel, "", settings).unwrap();
            let business = setup.businesses.default_business();
            assert_eq!(*business.highlevel.location_ids, ["loc1".into()]);
        }
    }

    #[test]
    fn a_calendar_without_what_it_needs_is_a_fault_that_names_file_and_key() {
        let several = format!("location_ids = [\"loc1\", \"loc2\"]\n{CALENDAR}");
        let another = format!("location_ids = [\"loc2\"]\n{CALENDAR}");
        for (highlevel, settings) in [
            (CALENDAR, &[TOKEN][..]),
            (&several, &[TOKEN]),
            (&another, &[TOKEN, LOCATION]),
            (CALENDAR, &[TOKEN, ("GHL_LOCATION_ID", "loc1,loc2")]),
        ] {
            let faults = setup(highlevel, "", settings).unwrap_err();
            assert!(
                faults.starts_with("shop: highlevel.location_ids: "),
                "{faults}"
            );
        }
        let faults = setup(CALENDAR, "", &[LOCATION]).unwrap_err();
        assert!(
            faults.starts_with("shop: highlevel.token_env: "),
            "{faults}"
        );
        let staff = "[[staff]]\nid = \"ana\"\nname = \"Ana\"\nhighlevel_user = \"u1\"\n\
                     [[staff]]\nid = \"ben\"\nname = \"Ben\"";
        let faults = setup(CALENDAR, staff, &[TOKEN, LOCATION]).unwrap_err();
        assert!(
            faults.starts_with("shop: staff[2] (ben).highlevel_user: "),
            "{faults}"
        );
        // With the own calendar none of that is asked for.
        assert!(setup("", staff, &[]).is_ok());
    }

    #[test]
    fn what_is_only_tried_has_its_calendar_here() {
        let setup = setup(CALENDAR, "", &[TOKEN, LOCATION]).unwrap();
        let own = setup.businesses.with_own_calendars();
        assert_eq!(own.default_business().calendar_elsewhere(), None);
        assert_eq!(own.default_business().name, "Shop");
        assert!(
            setup
                .businesses
                .default_business()
                .calendar_elsewhere()
                .is_some()
        );
    }
}
