//! The table of every setting.
//!
//! The invariant: it is the only place that knows them. The reading checks against it, and the
//! flags, `.env.example` and the README are made from it or held to it by a test.

use super::setting::{Rule, Section, Setting};

/// Every setting, section by section.
pub const SECTIONS: &[Section] = &[
    Section {
        title: "Where it listens",
        settings: &[HOST, PORT, MAX_CONNECTIONS, TRUSTED_PROXIES],
    },
    Section {
        title: "The log",
        settings: &[LOG_LEVEL, LOG_FORMAT],
    },
    Section {
        title: "The store",
        settings: &[DATABASE_URL, RETENTION_DAYS],
    },
    Section {
        title: "The business",
        settings: &[BUSINESS],
    },
    Section {
        title: "Own clients: POST /webhook",
        settings: &[GHL_WEBHOOK_SECRET, ALLOW_UNSIGNED],
    },
    Section {
        title: "WhatsApp",
        settings: &[
            WHATSAPP_APP_SECRET,
            WHATSAPP_VERIFY_TOKEN,
            WHATSAPP_ACCESS_TOKEN,
            WHATSAPP_API_URL,
        ],
    },
    Section {
        title: "HighLevel",
        settings: &[
            GHL_LOCATION_ID,
            GHL_PUBLIC_KEY,
            GHL_API_TOKEN,
            GHL_API_URL,
            GHL_API_VERSION,
        ],
    },
    Section {
        title: "Limits",
        settings: &[RATE_LIMIT_PER_MINUTE, IP_RATE_LIMIT_PER_MINUTE],
    },
    Section {
        title: "Answering",
        settings: &[
            WORKFLOW,
            COALESCE_MS,
            COALESCE_MAX_MS,
            MAX_TURN_AGE_MINUTES,
            MAX_ATTEMPTS,
            HANDOFF_HOURS,
            WORKFLOW_TIMEOUT_SECS,
            WORKFLOW_URL,
            WORKFLOW_SECRET,
            WORKFLOW_ASSISTANT_ID,
            WORKFLOW_API_KEY,
            WORKFLOW_HOLDING_REPLY,
        ],
    },
    Section {
        title: "Who may look",
        settings: &[METRICS_TOKEN, ADMIN_TOKEN],
    },
    Section {
        title: "Shutdown",
        settings: &[SHUTDOWN_GRACE_SECS, DRAIN_DELAY_SECS],
    },
];

/// What stands in `.env` too, but is read by others: it is no setting of the program.
pub const DEPLOYMENT: &[Setting] = &[DOMAIN];

/// How names begin that can only be meant for us.
pub(super) const OWN_PREFIXES: &[&str] = &["GHL_", "WHATSAPP_"];

/// Every setting, in the order in which they are shown.
pub fn all() -> impl Iterator<Item = &'static Setting> {
    SECTIONS.iter().flat_map(|section| section.settings)
}

/// HighLevel's own Ed25519 key, the same for all its accounts.
const HIGHLEVEL_PUBLISHED_KEY: &str =
    "MCowBQYDK2VwAyEAi2HR1srL4o18O8BRa7gVJY7G7bupbN3H9AwJrHCDiOg=";
const URL_FORM: &str = "an http or https URL without user, query or fragment";
const TOKEN_FORM: &str = "visible ASCII characters without spaces";
const ONE_LINE: &str = "text on one line";
const SECRET_LIST: &str = "secrets separated by commas, each valid, so that one can be rotated";

pub(super) const HOST: Setting = Setting::form(
    "HOST",
    "an IP address, such as 127.0.0.1 or ::",
    "The address to listen on; 0.0.0.0 is every interface.",
)
.default("0.0.0.0");
pub(super) const PORT: Setting = Setting::number(
    "PORT",
    0,
    65_535,
    "The port to listen on; 0 lets the system choose one.",
)
.default("3000");
pub(super) const MAX_CONNECTIONS: Setting = Setting::number(
    "MAX_CONNECTIONS",
    1,
    1_000_000,
    "The most connections at once; over it, new ones wait to be accepted. One client address gets \
     at most a fifth of them, unless it is one of TRUSTED_PROXIES.",
)
.default("4096");
pub(super) const TRUSTED_PROXIES: Setting = Setting::form(
    "TRUSTED_PROXIES",
    "addresses or networks separated by commas, such as 10.0.0.0/8",
    "The proxies whose X-Forwarded-For is believed; without it, nobody's is.",
);

pub(super) const LOG_LEVEL: Setting = Setting::form(
    "LOG_LEVEL",
    "off, error, warn, info, debug or trace, or a list such as info,frontdesk=debug",
    "How much is logged.",
)
.default("INFO");
pub(super) const LOG_FORMAT: Setting = Setting::with_rule(
    "LOG_FORMAT",
    Rule::OneOf(&["text", "json"]),
    "How log lines are written; without it, text on a terminal and else json.",
);

pub(super) const DATABASE_URL: Setting = Setting::form(
    "DATABASE_URL",
    "sqlite:FILE, such as sqlite:frontdesk.db or sqlite:/data/frontdesk.db",
    "Where everything is kept.",
)
.default("sqlite:frontdesk.db")
.hidden();
pub(super) const RETENTION_DAYS: Setting = Setting::number(
    "RETENTION_DAYS",
    1,
    3650,
    "How long messages, replies and past bookings are kept; what is still to come always is.",
)
.default("90");

pub(super) const BUSINESS: Setting = Setting::form(
    "BUSINESS",
    "a TOML file or a folder of them",
    "Who is booked, when and for what; without it, a demo business while no provider is set up.",
);

pub(super) const GHL_WEBHOOK_SECRET: Setting = Setting::secret(
    "GHL_WEBHOOK_SECRET",
    SECRET_LIST,
    "What requests to /webhook are signed with, and the X-Webhook-Secret of HighLevel's workflows.",
);
pub(super) const ALLOW_UNSIGNED: Setting = Setting::with_rule(
    "ALLOW_UNSIGNED",
    Rule::Switch,
    "Accept unsigned requests of this machine to /webhook, although a provider is set up.",
)
.default("false");

pub(super) const WHATSAPP_APP_SECRET: Setting = Setting::secret(
    "WHATSAPP_APP_SECRET",
    SECRET_LIST,
    "The Meta app's secret; with it, /webhook/whatsapp is open.",
);
pub(super) const WHATSAPP_VERIFY_TOKEN: Setting = Setting::secret(
    "WHATSAPP_VERIFY_TOKEN",
    ONE_LINE,
    "The word of your choice that Meta repeats when you enter the callback URL.",
);
pub(super) const WHATSAPP_ACCESS_TOKEN: Setting = Setting::secret(
    "WHATSAPP_ACCESS_TOKEN",
    ONE_LINE,
    "The token to send WhatsApp messages with, for businesses that name none of their own.",
);
pub(super) const WHATSAPP_API_URL: Setting = Setting::form(
    "WHATSAPP_API_URL",
    URL_FORM,
    "Meta's Graph API, with its version.",
)
.default("https://graph.facebook.com/v26.0")
.hidden();

pub(super) const GHL_LOCATION_ID: Setting = Setting::form(
    "GHL_LOCATION_ID",
    "location ids of letters and digits, separated by commas",
    "The HighLevel sub-accounts that are ours; with one, /webhook/ghl is open.",
);
pub(super) const GHL_PUBLIC_KEY: Setting = Setting::form(
    "GHL_PUBLIC_KEY",
    "Ed25519 public keys, PEM or base64 SPKI, separated by commas",
    "What HighLevel's app events are signed with; without it, HighLevel's published key.",
)
.default(HIGHLEVEL_PUBLISHED_KEY);
pub(super) const GHL_API_TOKEN: Setting = Setting::secret(
    "GHL_API_TOKEN",
    TOKEN_FORM,
    "The private integration token of the location, for businesses that name none of their own.",
);
pub(super) const GHL_API_URL: Setting = Setting::form("GHL_API_URL", URL_FORM, "HighLevel's API.")
    .default("https://services.leadconnectorhq.com")
    .hidden();
pub(super) const GHL_API_VERSION: Setting = Setting::form(
    "GHL_API_VERSION",
    "visible ASCII characters without spaces, such as 2021-04-15 or v3",
    "The version of HighLevel's API, as its Version header has it.",
)
.default("2021-04-15");

pub(super) const RATE_LIMIT_PER_MINUTE: Setting = Setting::number(
    "RATE_LIMIT_PER_MINUTE",
    0,
    100_000,
    "Messages a minute and sender: so many at once, then evenly spaced; 0 is no limit.",
)
.default("30");
pub(super) const IP_RATE_LIMIT_PER_MINUTE: Setting = Setting::number(
    "IP_RATE_LIMIT_PER_MINUTE",
    0,
    10_000_000,
    "Unproven requests a minute and client address; 0 is no limit.",
)
.default("600");

pub(super) const WORKFLOW: Setting = Setting::with_rule(
    "WORKFLOW",
    Rule::OneOf(&["assistant", "remote", "langgraph", "acknowledge"]),
    "Who answers: the built-in assistant, a workflow of yours, or nobody (messages are only stored).",
)
.default("assistant");
pub(super) const COALESCE_MS: Setting = Setting::number(
    "COALESCE_MS",
    0,
    60_000,
    "How long a WhatsApp or HighLevel thread must be quiet before it is answered, in ms.",
)
.default("2500");
pub(super) const COALESCE_MAX_MS: Setting = Setting::number(
    "COALESCE_MAX_MS",
    0,
    300_000,
    "The most that a message waits for its sender to finish typing, in ms.",
)
.default("10000");
pub(super) const MAX_TURN_AGE_MINUTES: Setting = Setting::number(
    "MAX_TURN_AGE_MINUTES",
    1,
    10_080,
    "Messages older than this are left to a person, not answered by the bot.",
)
.default("120");
pub(super) const MAX_ATTEMPTS: Setting = Setting::number(
    "MAX_ATTEMPTS",
    1,
    100,
    "How often a turn is tried before it is kept as a failure.",
)
.default("8");
pub(super) const HANDOFF_HOURS: Setting = Setting::number(
    "HANDOFF_HOURS",
    1,
    720,
    "How long the bot is silent in a thread that a person took over.",
)
.default("12");
pub(super) const WORKFLOW_TIMEOUT_SECS: Setting = Setting::number(
    "WORKFLOW_TIMEOUT_SECS",
    1,
    300,
    "How long a workflow may take for one turn.",
)
.default("20");
pub(super) const WORKFLOW_URL: Setting = Setting::form(
    "WORKFLOW_URL",
    "an address that starts with https://; http:// only on this machine",
    "Where a remote workflow is posted to, or the LangGraph server.",
)
.hidden();
pub(super) const WORKFLOW_SECRET: Setting = Setting::secret(
    "WORKFLOW_SECRET",
    "secrets separated by commas",
    "What calls to a remote workflow are signed with (the first), and its callbacks (any).",
);
pub(super) const WORKFLOW_ASSISTANT_ID: Setting = Setting::form(
    "WORKFLOW_ASSISTANT_ID",
    ONE_LINE,
    "The assistant to run on a LangGraph server.",
)
.default("agent");
pub(super) const WORKFLOW_API_KEY: Setting = Setting::secret(
    "WORKFLOW_API_KEY",
    TOKEN_FORM,
    "The key of a LangGraph server.",
);
pub(super) const WORKFLOW_HOLDING_REPLY: Setting = Setting::form(
    "WORKFLOW_HOLDING_REPLY",
    ONE_LINE,
    "What a customer is told while the workflow is down, at most once an hour; without it, nothing.",
);

pub(super) const METRICS_TOKEN: Setting = Setting::secret(
    "METRICS_TOKEN",
    TOKEN_FORM,
    "The bearer token that /metrics asks for; without it, /metrics is open.",
);
pub(super) const ADMIN_TOKEN: Setting = Setting::secret(
    "ADMIN_TOKEN",
    TOKEN_FORM,
    "The bearer token of the API under /api, which is not there without it.",
);

pub(super) const SHUTDOWN_GRACE_SECS: Setting = Setting::number(
    "SHUTDOWN_GRACE_SECS",
    1,
    3600,
    "How long a shutdown may take, from the signal to the end.",
)
.default("20");
pub(super) const DRAIN_DELAY_SECS: Setting = Setting::number(
    "DRAIN_DELAY_SECS",
    0,
    600,
    "How long to serve on after the signal, while load balancers notice; part of the grace.",
)
.default("0");

pub(super) const DOMAIN: Setting = Setting::form(
    "DOMAIN",
    "a name that points to this machine, such as desk.example.com",
    "The domain that Caddy gets a certificate for; only deploy/compose.yaml reads it.",
);
