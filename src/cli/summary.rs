//! What runs, in a few lines for a person: where, on what, who answers, which doors are open, and
//! what to mind.
//!
//! The invariant: no line is wider than [`COLUMNS`], and no secret is in it.

use std::net::SocketAddr;

use super::wrap::{COLUMNS, wrapped};
use crate::{
    app::Setup,
    config::{Database, Door, Posture, WorkflowKind},
};

/// Where the values of the first lines begin.
const VALUE_COLUMN: usize = 12;

/// The lines, each with its line break.
pub fn summary(setup: &Setup, address: SocketAddr) -> String {
    let Setup {
        config, posture, ..
    } = setup;
    let mut lines = vec![
        format!(
            "frontdesk {} at {}",
            env!("CARGO_PKG_VERSION"),
            url(address)
        ),
        String::new(),
        row("store", &store(&config.store.database)),
        row("business", &businesses(setup)),
        row("answers", answers(posture.workflow)),
    ];
    lines.extend(templates(setup).map(|templates| row("templates", &templates)));
    lines.extend(calendars(setup).map(|calendars| row("calendar", &calendars)));
    lines.extend([
        String::new(),
        door("/webhook", direct(posture.direct)),
        door("/webhook/whatsapp", whatsapp(posture)),
        door("/webhook/ghl", highlevel(posture)),
    ]);
    let degraded = posture.degraded.iter();
    let degraded = degraded.map(|reason| format!("degraded: {reason}"));
    let warnings = posture.warnings.iter().map(ToString::to_string);
    let remarks = degraded.chain(warnings).chain(setup.remarks.clone());
    let remarks: Vec<_> = remarks.collect();
    if !remarks.is_empty() {
        lines.push(String::new());
    }
    for remark in remarks {
        lines.extend(wrapped(&remark, "! ", "  "));
    }
    lines.iter().fold(String::new(), |text, line| {
        text + &shortened(line, COLUMNS) + "\n"
    })
}

fn url(address: SocketAddr) -> String {
    if address.ip().is_unspecified() {
        format!("http://localhost:{} (every interface)", address.port())
    } else {
        format!("http://{address}")
    }
}

fn store(database: &Database) -> String {
    match database {
        Database::Sqlite(file) => {
            // The end of a path says more than its beginning.
            let room = COLUMNS - VALUE_COLUMN - "sqlite ".len();
            let file = file.display().to_string();
            let excess = file.chars().count().saturating_sub(room);
            let file = match excess {
                0 => file,
                _ => "…".chars().chain(file.chars().skip(excess + 1)).collect(),
            };
            format!("sqlite {file}")
        }
    }
}

fn businesses(setup: &Setup) -> String {
    let names: Vec<_> = setup
        .businesses
        .iter()
        .map(|business| business.name.clone())
        .collect();
    let names = names.join(", ");
    if setup.is_demo() {
        format!("{names} (the built-in demo; BUSINESS names your own)")
    } else {
        names
    }
}

/// The calendars that are not our own, where there are such.
fn calendars(setup: &Setup) -> Option<String> {
    let several = setup.businesses.iter().count() > 1;
    let kept = setup.businesses.iter().filter_map(|business| {
        let calendar = business.calendar_elsewhere()?;
        Some(if several {
            format!("{calendar} for {}", business.name)
        } else {
            calendar.to_owned()
        })
    });
    let kept: Vec<_> = kept.collect();
    (!kept.is_empty()).then(|| format!("HighLevel's {}", kept.join(", ")))
}

/// The WhatsApp templates, each with the codes of the languages that it is sent in.
fn templates(setup: &Setup) -> Option<String> {
    let mut named = Vec::new();
    for business in setup.businesses.iter() {
        let code = |language| business.whatsapp.template_language(language).to_owned();
        let reminder = business.reminder.as_ref();
        if let Some(template) = reminder.and_then(|reminder| reminder.template.as_ref()) {
            let codes: Vec<_> = business.languages.iter().copied().map(code).collect();
            named.push(format!("{} ({})", template.name, codes.join(", ")));
        }
        if let Some(owner) = &business.notify.whatsapp {
            let code = code(business.default_language());
            named.push(format!("{} ({code})", owner.template.name));
        }
    }
    (!named.is_empty()).then(|| named.join(", "))
}

fn answers(workflow: WorkflowKind) -> &'static str {
    match workflow {
        WorkflowKind::Assistant => "the built-in assistant",
        WorkflowKind::Remote => "your workflow at WORKFLOW_URL",
        WorkflowKind::LangGraph => "the LangGraph server at WORKFLOW_URL",
        WorkflowKind::Acknowledge => "nobody: messages are stored and acknowledged",
    }
}

fn direct(door: Door) -> &'static str {
    match door {
        Door::Signed => "open, signed",
        Door::Unsigned => "open to this machine only, UNSIGNED",
        Door::Closed => "closed: no GHL_WEBHOOK_SECRET",
    }
}

fn whatsapp(posture: &Posture) -> &'static str {
    if posture.whatsapp {
        "open, signed by Meta"
    } else {
        "closed: no WHATSAPP_APP_SECRET"
    }
}

fn highlevel(posture: &Posture) -> &'static str {
    match (posture.highlevel, posture.direct) {
        (false, _) => "closed: no location",
        (true, Door::Signed) => "open, app events and workflows",
        (true, Door::Unsigned | Door::Closed) => "open, app events only",
    }
}

fn row(name: &str, value: &str) -> String {
    format!("  {name:<width$}{value}", width = VALUE_COLUMN - 2)
}

fn door(path: &str, state: &str) -> String {
    format!("  {path:<20}{state}")
}

fn shortened(line: &str, columns: usize) -> String {
    if line.chars().count() <= columns {
        return line.to_owned();
    }
    line.chars().take(columns - 1).chain("…".chars()).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use insta::assert_snapshot;
    use proptest::prelude::*;

    use super::*;
    use crate::{
        booking::{Business, Businesses},
        config::Config,
    };

    fn shown(settings: &[(&str, &str)], address: &str, name: &str) -> String {
        let environment: HashMap<_, _> = settings.iter().copied().collect();
        let config = Config::load(&[&environment]).unwrap();
        let demo = Businesses::demo().default_business().as_ref().clone();
        let business = Business {
            name: name.into(),
            ..demo
        };
        let setup = Setup::of(config, business.into(), &environment).unwrap();
        summary(&setup, address.parse().unwrap()).replace(env!("CARGO_PKG_VERSION"), "VERSION")
    }

    #[test]
    fn a_first_try_shows_an_open_door_and_says_so() {
        assert_snapshot!(shown(&[], "0.0.0.0:3000", "Demo Salon"), @r"
        frontdesk VERSION at http://localhost:3000 (every interface)

          store     sqlite frontdesk.db
          business  Demo Salon (the built-in demo; BUSINESS names your own)
          answers   the built-in assistant

          /webhook            open to this machine only, UNSIGNED
          /webhook/whatsapp   closed: no WHATSAPP_APP_SECRET
          /webhook/ghl        closed: no location

        ! /webhook takes requests of this machine only, unsigned; set GHL_WEBHOOK_SECRET
          for clients elsewhere
        ");
    }

    #[test]
    fn a_complete_setup_has_no_remarks() {
        let settings = [
            ("GHL_WEBHOOK_SECRET", "s3cret-s3cret-s3cret"),
            ("WHATSAPP_APP_SECRET", "s3cret-s3cret-s3cret"),
            ("WHATSAPP_VERIFY_TOKEN", "s3cret-s3cret-s3cret"),
            ("WHATSAPP_ACCESS_TOKEN", "s3cret-s3cret-s3cret"),
            ("GHL_LOCATION_ID", "l1C08ntBrFjLS0elLIYU"),
            ("GHL_API_TOKEN", "s3cret-s3cret-s3cret"),
            ("BUSINESS", "luna.toml"),
            ("DATABASE_URL", "sqlite:/data/frontdesk.db"),
        ];
        let text = shown(&settings, "127.0.0.1:8080", "Luna Salon");
        assert!(!text.contains("s3cret"));
        assert_snapshot!(text, @r"
        frontdesk VERSION at http://127.0.0.1:8080

          store     sqlite /data/frontdesk.db
          business  Luna Salon
          answers   the built-in assistant

          /webhook            open, signed
          /webhook/whatsapp   open, signed by Meta
          /webhook/ghl        open, app events and workflows
        ");
    }

    #[test]
    fn a_secret_that_is_too_short_is_remarked_on_and_not_shown() {
        let settings = [("GHL_WEBHOOK_SECRET", "s3cret"), ("ADMIN_TOKEN", "s3cret")];
        let text = shown(&settings, "127.0.0.1:8080", "Demo Salon");
        assert!(!text.contains("s3cret"), "{text}");
        let remarks = &text[text.find('!').unwrap()..];
        assert_snapshot!(remarks, @r"
        ! ADMIN_TOKEN has fewer than 16 characters: too short to be safe, or copied in
          part; openssl rand -hex 32 makes a good one
        ! GHL_WEBHOOK_SECRET has fewer than 16 characters: too short to be safe, or
          copied in part; openssl rand -hex 32 makes a good one
        ");
    }

    #[test]
    fn a_calendar_that_highlevel_keeps_is_named() {
        let settings = [
            ("GHL_LOCATION_ID", "l1C08ntBrFjLS0elLIYU"),
            ("GHL_API_TOKEN", "s3cret-s3cret-s3cret"),
            ("BUSINESS", "luna.toml"),
        ];
        let environment: HashMap<_, _> = settings.into_iter().collect();
        let config = Config::load(&[&environment]).unwrap();
        let mut luna = Business::clone(&Businesses::demo().default_business());
        luna.highlevel.calendar = Some("BqTwX8QFwXzpegMve9EQ".into());
        for person in &mut luna.staff {
            person.highlevel_user = Some("u1".into());
        }
        let setup = Setup::of(config, luna.into(), &environment).unwrap();
        let text = summary(&setup, "127.0.0.1:8080".parse().unwrap());
        let line = "\n  calendar  HighLevel's BqTwX8QFwXzpegMve9EQ\n";
        assert!(text.contains(line), "{text}");
    }

    #[test]
    fn templates_are_shown_with_the_codes_that_they_are_sent_under() {
        let text = "name = \"Luna\"\ntimezone = \"UTC\"\nlanguages = [\"en\", \"es\"]\n\
            whatsapp.template_languages = { en = \"en_US\" }\n\
            reminder = { minutes = [60], template = \"soon\" }\n\
            notify.whatsapp = { to = \"+12025550100\", template = \"news\" }\n\
            [hours]\nmonday = [\"09:00-17:00\"]\n\
            [[service]]\nid = \"cut\"\nname = \"Cut\"\nminutes = 30\n";
        let environment = HashMap::from([("BUSINESS", "luna.toml")]);
        let config = Config::load(&[&environment]).unwrap();
        let luna = Business::parse("luna.toml", text).unwrap();
        let setup = Setup::of(config, luna.into(), &environment).unwrap();
        let text = summary(&setup, "127.0.0.1:8080".parse().unwrap());
        let line = "\n  templates soon (en_US, es), news (en_US)\n";
        assert!(text.contains(line), "{text}");
    }

    #[test]
    fn a_provider_without_a_business_is_shown_as_degraded() {
        let settings = [
            ("WHATSAPP_APP_SECRET", "s3cret-s3cret-s3cret"),
            ("GHL_LOCATION_ID", "l1C08ntBrFjLS0elLIYU"),
        ];
        assert_snapshot!(shown(&settings, "[::1]:3000", "Demo Salon"), @r"
        frontdesk VERSION at http://[::1]:3000

          store     sqlite frontdesk.db
          business  Demo Salon (the built-in demo; BUSINESS names your own)
          answers   nobody: messages are stored and acknowledged

          /webhook            closed: no GHL_WEBHOOK_SECRET
          /webhook/whatsapp   open, signed by Meta
          /webhook/ghl        open, app events only

        ! degraded: a provider is set up but BUSINESS is not: messages are stored, and
          nobody answers
        ! /webhook refuses every request; set GHL_WEBHOOK_SECRET, or ALLOW_UNSIGNED=true
          for clients on this machine
        ! Meta cannot verify the callback URL; set WHATSAPP_VERIFY_TOKEN
        ! HighLevel's workflow action is refused and only app events pass; set
          GHL_WEBHOOK_SECRET
        ");
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_a_small_terminal(file in "[a-zä/]{1,200}[a-z]", name in "\\PC{0,200}") {
            let url = format!("sqlite:{file}");
            let text = shown(&[("DATABASE_URL", &url)], "0.0.0.0:3000", &name);
            for line in text.lines() {
                prop_assert!(line.chars().count() <= COLUMNS, "{}", line);
            }
        }
    }
}
