//! The business files that conversations are played with.

use std::sync::Arc;

use frontdesk::booking::{Business, Businesses};

/// The number that customers write to.
pub(super) const NUMBER: &str = "106540352242922";
/// Where the owner is told.
pub(super) const OWNER: &str = "12025550199";
/// The approved template of that.
pub(super) const NOTICE: &str = "owner_notice";
/// The approved template of reminders that come more than a day after the customer wrote.
pub(super) const REMINDER: &str = "appointment_reminder";

/// HighLevel's id of the location, where the calendar is kept there.
pub(super) const LOCATION: &str = "location";
/// HighLevel's id of that calendar.
pub(super) const CALENDAR: &str = "calendar";
/// What makes a business one whose calendar somebody else keeps.
pub(super) const ELSEWHERE: &str = "[highlevel]\nlocation_ids = [\"location\"]\n\
    token_env = \"GHL_TOKEN\"\ncalendar = \"calendar\"\n\
    booked_tag = \"\"\nneeds_human_tag = \"\"\n";

/// The text of a business file: the built-in one, that one with reminders or with "usted", or one of
/// the data.
pub(super) fn read(name: &str) -> String {
    let demo = include_str!("../../../src/booking/business/demo.toml");
    let (text, reminders) = match name {
        "formal" => return with_channel(&format!("formal = true\n{demo}")),
        "demo" => (demo, false),
        "reminding" => (demo, true),
        "small" => (include_str!("../data/small.toml"), false),
        "sol" => (include_str!("../data/sol.toml"), false),
        "barber" => (include_str!("../data/barber.toml"), false),
        _ => {
            let root = env!("CARGO_MANIFEST_DIR");
            let file = format!("{root}/tests/it/data/businesses/{name}.toml");
            let text = std::fs::read_to_string(&file);
            return with_channel(&text.unwrap_or_else(|_| panic!("no business file {name}")));
        }
    };
    let reminders = if reminders {
        format!("[reminder]\nminutes = [1440, 240, 60]\ntemplate = \"{REMINDER}\"\n")
    } else {
        String::new()
    };
    with_channel(text) + &reminders
}

/// A business on `WhatsApp`, whose owner is told of what happens.
fn with_channel(text: &str) -> String {
    format!(
        "{text}\n[whatsapp]\nphone_number_ids = [\"{NUMBER}\"]\n\
         [notify]\nwhatsapp = {{ to = \"+{OWNER}\", template = \"{NOTICE}\" }}\n"
    )
}

pub(super) fn businesses(file: &str) -> Arc<Businesses> {
    let business = Business::parse("business.toml", file).unwrap();
    Arc::new(Businesses::from(business))
}
