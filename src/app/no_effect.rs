//! Settings and business keys that are set and do nothing, because something they need is missing.
//!
//! The invariant: every such case is a line of the two tables here, and only here.

use tracing_subscriber::filter::{LevelFilter, Targets};

use super::Setup;
use crate::{
    booking::{Business, business::Tags},
    config::{Config, Door, Posture, WorkflowKind},
};

/// A reason why some names do nothing.
struct Cause {
    holds: Test,
    /// Follows "has no effect: ".
    says: &'static str,
    /// The names, each with the test that it is set.
    names: &'static [(&'static str, Test)],
}

type Test = fn(&Facts<'_>) -> bool;

/// What the tests look at.
struct Facts<'a> {
    setup: &'a Setup,
    config: &'a Config,
    posture: &'a Posture,
    /// The business whose keys are looked at.
    business: &'a Business,
}

/// The settings. A name is told for the first reason that holds.
const SETTINGS: &[Cause] = &[
    Cause {
        holds: |f| f.posture.direct == Door::Signed,
        says: "a webhook secret is set, so that requests must be signed",
        names: &[("ALLOW_UNSIGNED", |f| f.config.direct.allow_unsigned)],
    },
    Cause {
        holds: |f| !f.posture.whatsapp,
        says: "WHATSAPP_APP_SECRET is not set, and without it /webhook/whatsapp is closed",
        names: &[
            ("WHATSAPP_VERIFY_TOKEN", |f| {
                f.config.whatsapp.verify_token.is_some()
            }),
            ("WHATSAPP_ACCESS_TOKEN", whatsapp_token),
            ("WHATSAPP_API_URL", whatsapp_url),
        ],
    },
    Cause {
        holds: |f| !f.any_business(has_number),
        says: "with several businesses, each file must name its phone_number_ids, and none does",
        names: &[
            ("WHATSAPP_APP_SECRET", |f| f.posture.whatsapp),
            ("WHATSAPP_ACCESS_TOKEN", whatsapp_token),
        ],
    },
    Cause {
        holds: |f| !f.any_business(|f| has_number(f) && !own_whatsapp_token(f)),
        says: "every business with a WhatsApp number names a token_env of its own",
        names: &[("WHATSAPP_ACCESS_TOKEN", whatsapp_token)],
    },
    Cause {
        holds: |f| f.setup.whatsapp_tokens.is_empty(),
        says: "WHATSAPP_ACCESS_TOKEN is not set",
        names: &[("WHATSAPP_API_URL", whatsapp_url)],
    },
    Cause {
        holds: |f| !f.posture.highlevel,
        says: "no location is named, in GHL_LOCATION_ID or a business file, and without one \
               /webhook/ghl is closed",
        names: &[
            ("GHL_PUBLIC_KEY", |f| {
                f.is_changed(|config| &config.highlevel.public_keys)
            }),
            ("GHL_API_TOKEN", highlevel_token),
            ("GHL_API_URL", highlevel_url),
            ("GHL_API_VERSION", highlevel_version),
        ],
    },
    Cause {
        holds: |f| !f.any_business(|f| f.has_location() && !own_highlevel_token(f)),
        says: "every business with a HighLevel location names a token_env of its own",
        names: &[("GHL_API_TOKEN", highlevel_token)],
    },
    Cause {
        holds: |f| f.setup.highlevel_tokens.is_empty(),
        says: "GHL_API_TOKEN is not set",
        names: &[
            ("GHL_API_URL", highlevel_url),
            ("GHL_API_VERSION", highlevel_version),
        ],
    },
    Cause {
        holds: |f| !is_elsewhere(f.config.workflow.kind),
        says: "WORKFLOW is neither remote nor langgraph",
        names: &[
            ("WORKFLOW_URL", |f| f.config.workflow.url.is_some()),
            ("WORKFLOW_HOLDING_REPLY", |f| {
                f.config.workflow.holding_reply.is_some()
            }),
        ],
    },
    Cause {
        holds: |f| f.config.workflow.kind != WorkflowKind::Remote,
        says: "WORKFLOW is not remote",
        names: &[("WORKFLOW_SECRET", |f| f.config.workflow.secrets.is_some())],
    },
    Cause {
        holds: |f| f.config.workflow.kind != WorkflowKind::LangGraph,
        says: "WORKFLOW is not langgraph",
        names: &[
            ("WORKFLOW_ASSISTANT_ID", |f| {
                f.is_changed(|config| &config.workflow.assistant_id)
            }),
            ("WORKFLOW_API_KEY", |f| f.config.workflow.api_key.is_some()),
        ],
    },
    Cause {
        holds: |f| f.config.workflow.kind == WorkflowKind::Acknowledge,
        says: "WORKFLOW=acknowledge answers nobody",
        names: &[
            ("WORKFLOW_TIMEOUT_SECS", |f| {
                f.is_changed(|config| &config.workflow.timeout)
            }),
            ("MAX_TURN_AGE_MINUTES", |f| {
                f.is_changed(|config| &config.turns.max_age)
            }),
            ("COALESCE_MS", coalesce),
            ("COALESCE_MAX_MS", coalesce_max),
        ],
    },
    Cause {
        holds: |f| !f.posture.whatsapp && !f.posture.highlevel,
        says: "neither WhatsApp nor HighLevel is connected",
        names: &[("COALESCE_MS", coalesce), ("COALESCE_MAX_MS", coalesce_max)],
    },
    Cause {
        holds: |f| f.config.log.filter == Targets::new().with_default(LevelFilter::OFF),
        says: "LOG_LEVEL is off",
        names: &[("LOG_FORMAT", |f| f.config.log.format.is_some())],
    },
    Cause {
        holds: |f| {
            let host = f.config.http.address.ip();
            let mut proxies = f.config.http.trusted_proxies.iter();
            host.is_loopback()
                && !proxies.any(|proxy| proxy.contains(&host) || proxy.addr().is_loopback())
        },
        says: "HOST lets only this machine connect, and it is none of them",
        names: &[("TRUSTED_PROXIES", |f| {
            !f.config.http.trusted_proxies.is_empty()
        })],
    },
];

/// The keys of each business file. A key is told for the first reason that holds.
const KEYS: &[Cause] = &[
    Cause {
        holds: |f| !f.posture.whatsapp,
        says: "WHATSAPP_APP_SECRET is not set",
        names: &[
            ("whatsapp.phone_number_ids", |f| {
                !f.business.whatsapp.phone_number_ids.is_empty()
            }),
            ("whatsapp.token_env", own_whatsapp_token),
            ("reminder.template", template),
            ("notify.whatsapp", owner_whatsapp),
        ],
    },
    Cause {
        holds: |f| !has_number(f),
        says: "with several businesses, each must name its phone_number_ids, and this one does not",
        names: &[
            ("whatsapp.token_env", own_whatsapp_token),
            ("reminder.template", template),
            ("notify.whatsapp", owner_whatsapp),
        ],
    },
    Cause {
        holds: |f| !f.setup.whatsapp_tokens.has(&f.business.id),
        says: "there is no token to send by WhatsApp with; set WHATSAPP_ACCESS_TOKEN",
        names: &[
            ("reminder.template", template),
            ("notify.whatsapp", owner_whatsapp),
        ],
    },
    Cause {
        holds: |f| !f.has_location(),
        says: "no HighLevel location is named",
        names: &[
            ("highlevel.token_env", own_highlevel_token),
            ("highlevel.booked_tag", booked_tag),
            ("highlevel.needs_human_tag", needs_human_tag),
        ],
    },
    Cause {
        holds: |f| !f.setup.highlevel_tokens.has(&f.business.id),
        says: "there is no token to call HighLevel with; set GHL_API_TOKEN",
        names: &[
            ("highlevel.booked_tag", booked_tag),
            ("highlevel.needs_human_tag", needs_human_tag),
        ],
    },
    Cause {
        holds: |f| !f.sends_by_whatsapp() && !f.sends_by_highlevel(),
        says: "nothing can be sent by WhatsApp or HighLevel; only your own clients can fetch it",
        names: &[("reminder", |f| f.business.reminder.is_some())],
    },
    Cause {
        holds: |f| f.business.calendar_elsewhere().is_none(),
        says: "highlevel.calendar is not set",
        names: &[("staff.highlevel_user", |f| {
            let mut staff = f.business.staff.iter();
            staff.any(|person| person.highlevel_user.is_some())
        })],
    },
    Cause {
        holds: |f| f.config.workflow.kind != WorkflowKind::Assistant,
        says: "only the built-in assistant uses it, and WORKFLOW is another",
        names: &[
            ("ask", |f| !f.business.ask.is_empty()),
            ("answer", |f| !f.business.answers.is_empty()),
        ],
    },
];

/// What of a setup has no effect, a line for each reason.
pub(super) fn remarks(setup: &Setup) -> Vec<String> {
    let businesses: Vec<_> = setup.businesses.iter().collect();
    let mut remarks = Vec::new();
    for (n, business) in businesses.iter().enumerate() {
        let facts = Facts {
            setup,
            config: &setup.config,
            posture: &setup.posture,
            business,
        };
        if n == 0 {
            remarks.extend(lines(SETTINGS, &facts, ""));
        }
        // The demo is not the operator's.
        if !setup.is_demo() {
            remarks.extend(lines(KEYS, &facts, &format!("{}: ", business.id)));
        }
    }
    remarks
}

fn lines(causes: &[Cause], facts: &Facts<'_>, start: &str) -> Vec<String> {
    let (mut lines, mut told) = (Vec::new(), Vec::new());
    for cause in causes.iter().filter(|cause| (cause.holds)(facts)) {
        let idle = cause.names.iter().filter(|(_, is_set)| is_set(facts));
        let idle = idle.map(|(name, _)| *name);
        let idle: Vec<_> = idle.filter(|name| !told.contains(name)).collect();
        told.extend(idle.iter().copied());
        let Some((last, others)) = idle.split_last() else {
            continue;
        };
        let names = match others {
            [] => format!("{last} has"),
            _ => format!("{} and {last} have", others.join(", ")),
        };
        lines.push(format!("{start}{names} no effect: {}", cause.says));
    }
    lines
}

// === impl Facts ===

impl Facts<'_> {
    /// Whether some business meets a test.
    fn any_business(&self, test: Test) -> bool {
        let mut businesses = self.setup.businesses.iter();
        businesses.any(|business| {
            test(&Facts {
                business: &business,
                ..*self
            })
        })
    }

    /// Whether a setting is not at its default.
    fn is_changed<T: PartialEq>(&self, of: fn(&Config) -> &T) -> bool {
        of(self.config) != of(&Config::defaults())
    }

    fn has_location(&self) -> bool {
        !self.business.highlevel.location_ids.is_empty()
            || !self.config.highlevel.location_ids.is_empty()
    }

    fn sends_by_whatsapp(&self) -> bool {
        let tokens = &self.setup.whatsapp_tokens;
        self.posture.whatsapp && has_number(self) && tokens.has(&self.business.id)
    }

    fn sends_by_highlevel(&self) -> bool {
        self.has_location() && self.setup.highlevel_tokens.has(&self.business.id)
    }
}

// === tests that more than one reason needs ===

/// Returns whether WhatsApp messages can be this business's. A single one that names no number has
/// all.
fn has_number(f: &Facts<'_>) -> bool {
    !f.business.whatsapp.phone_number_ids.is_empty() || f.setup.businesses.iter().count() == 1
}

fn is_elsewhere(kind: WorkflowKind) -> bool {
    matches!(kind, WorkflowKind::Remote | WorkflowKind::LangGraph)
}

fn whatsapp_token(f: &Facts<'_>) -> bool {
    f.config.whatsapp.access_token.is_some()
}

fn whatsapp_url(f: &Facts<'_>) -> bool {
    f.is_changed(|config| &config.whatsapp.api_url)
}

fn highlevel_token(f: &Facts<'_>) -> bool {
    f.config.highlevel.api_token.is_some()
}

fn highlevel_url(f: &Facts<'_>) -> bool {
    f.is_changed(|config| &config.highlevel.api_url)
}

fn highlevel_version(f: &Facts<'_>) -> bool {
    f.is_changed(|config| &config.highlevel.api_version)
}

fn coalesce(f: &Facts<'_>) -> bool {
    f.is_changed(|config| &config.turns.coalesce)
}

fn coalesce_max(f: &Facts<'_>) -> bool {
    f.is_changed(|config| &config.turns.coalesce_max)
}

fn own_whatsapp_token(f: &Facts<'_>) -> bool {
    f.business.whatsapp.token_env.is_some()
}

fn own_highlevel_token(f: &Facts<'_>) -> bool {
    f.business.highlevel.token_env.is_some()
}

fn template(f: &Facts<'_>) -> bool {
    let reminder = f.business.reminder.as_ref();
    reminder.is_some_and(|reminder| reminder.template.is_some())
}

fn owner_whatsapp(f: &Facts<'_>) -> bool {
    f.business.notify.whatsapp.is_some()
}

fn booked_tag(f: &Facts<'_>) -> bool {
    f.business.highlevel.tags.booked != Tags::usual().booked
}

fn needs_human_tag(f: &Facts<'_>) -> bool {
    f.business.highlevel.tags.needs_human != Tags::usual().needs_human
}

#[cfg(test)]
mod tests;
