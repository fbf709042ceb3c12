//! Every setting, read once, checked as a whole, and handed on as typed values.
//!
//! The invariant: a [`Config`] exists only where every setting is right. What is wrong comes back
//! as [`Faults`], all at once and without a secret's value.
//!
//! A flag outranks the environment, the environment outranks `.env`, and that the default.

mod environment;
mod example;
mod fault;
mod load;
mod parse;
mod posture;
mod reading;
mod setting;
mod strength;
mod table;
mod unknown;

use std::{net::SocketAddr, num::NonZeroU32, path::PathBuf, time::Duration};

use http::HeaderValue;
use ipnet::IpNet;
use secrecy::SecretString;
use tracing_subscriber::filter::Targets;
use url::Url;

use crate::signature::{Secrets, ed25519::PublicKeys};
pub use crate::telemetry::LogFormat;

pub use self::{
    environment::{Environment, NotUnicode, ProcessEnvironment, ProcessLayers},
    example::{env_example, markdown_table},
    fault::{Fault, Faults, Problem},
    posture::{BusinessDoors, Degraded, Door, Posture, TokensFor, Warning},
    setting::{Exposure, Rule, Section, Setting},
    table::{DEPLOYMENT, SECTIONS, all},
    unknown::{Place, UnknownName},
};
/// What the process runs with.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where it listens and to whom.
    pub http: Http,
    /// What is logged and how.
    pub log: Log,
    /// Where everything is kept.
    pub store: Store,
    /// The file or folder that describes the businesses; none: the demo business.
    pub business: Option<PathBuf>,
    /// Own clients.
    pub direct: Direct,
    /// Meta's Cloud API.
    pub whatsapp: Whatsapp,
    /// HighLevel.
    pub highlevel: Highlevel,
    /// How much is accepted.
    pub limits: Limits,
    /// When and how often a turn is run.
    pub turns: Turns,
    /// Who answers.
    pub workflow: Workflow,
    /// How it ends.
    pub shutdown: Shutdown,
    /// The settings whose secret is too short to be safe.
    short_secrets: Vec<&'static str>,
}

/// Where it listens and to whom.
#[derive(Debug, Clone)]
pub struct Http {
    /// The address; port 0 lets the system choose.
    pub address: SocketAddr,
    /// The most connections at once.
    pub max_connections: usize,
    /// The proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// What `/metrics` asks for; none: it is open.
    pub metrics_token: Option<SecretString>,
    /// What the API asks for; none: it is not there.
    pub admin_token: Option<SecretString>,
}

/// What is logged and how.
#[derive(Debug, Clone)]
pub struct Log {
    /// Which events, by their target.
    pub filter: Targets,
    /// How they are written; none: by whether there is a terminal.
    pub format: Option<LogFormat>,
}

/// Where everything is kept, and how long.
#[derive(Debug, Clone)]
pub struct Store {
    /// Where.
    pub database: Database,
    /// How long messages and past bookings are kept.
    pub retention: Duration,
}

/// Where everything is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Database {
    /// A file of this machine.
    Sqlite(PathBuf),
}

/// How own clients prove themselves.
#[derive(Debug, Clone)]
pub struct Direct {
    /// The secrets, each valid; also those of HighLevel's workflow action.
    pub secrets: Option<Secrets>,
    /// Whether unsigned requests of this machine pass although a provider is configured.
    pub allow_unsigned: bool,
}

/// What is known of the Meta app.
#[derive(Debug, Clone)]
pub struct Whatsapp {
    /// The secrets its deliveries are signed with, each valid; none: the route is not there.
    pub app_secrets: Option<Secrets>,
    /// What Meta says in the handshake.
    pub verify_token: Option<SecretString>,
    /// What messages are sent with.
    pub access_token: Option<SecretString>,
    /// The Graph API.
    pub api_url: Url,
}

/// What is known of the HighLevel account.
#[derive(Debug, Clone)]
pub struct Highlevel {
    /// The locations that are ours.
    pub location_ids: Vec<Box<str>>,
    /// The Ed25519 keys of app events, each valid.
    pub public_keys: PublicKeys,
    /// What the API is called with.
    pub api_token: Option<SecretString>,
    /// The API.
    pub api_url: Url,
    /// The version of it that is spoken.
    pub api_version: HeaderValue,
}

/// How much is accepted.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Messages a minute and sender; none: no limit.
    pub sender_per_minute: Option<NonZeroU32>,
    /// Unproven requests a minute and client address; none: no limit.
    pub address_per_minute: Option<NonZeroU32>,
}

/// When and how often a turn is run.
#[derive(Debug, Clone, Copy)]
pub struct Turns {
    /// How long a provider's thread must be quiet before its turn.
    pub coalesce: Duration,
    /// The most that a message waits for that; at least [`Turns::coalesce`].
    pub coalesce_max: Duration,
    /// The age from which messages are left to a person.
    pub max_age: Duration,
    /// The attempts after which a turn is dead.
    pub max_attempts: u32,
    /// How long a thread is a person's after a takeover.
    pub handoff: Duration,
}

/// Who answers.
#[derive(Debug, Clone)]
pub struct Workflow {
    /// Who.
    pub kind: WorkflowKind,
    /// How long it may take for one turn.
    pub timeout: Duration,
    /// The server of a remote workflow.
    pub url: Option<Url>,
    /// What calls to it are signed with, and its callbacks: any of them.
    pub secrets: Option<Secrets>,
    /// The assistant to run there, where a server has several.
    pub assistant_id: Box<str>,
    /// What that server is asked with, where it has keys.
    pub api_key: Option<SecretString>,
    /// What customers are told while it is down; none: nothing.
    pub holding_reply: Option<Box<str>>,
}

/// The workflows that there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkflowKind {
    /// The built-in conversation that books.
    Assistant,
    /// A workflow on another server, by frontdesk's own JSON.
    Remote,
    /// An assistant of a LangGraph server.
    LangGraph,
    /// Messages are stored and not answered.
    Acknowledge,
}

/// How it ends.
#[derive(Debug, Clone, Copy)]
pub struct Shutdown {
    /// From the signal to the end.
    pub grace: Duration,
    /// How long it serves on, not ready; shorter than [`Shutdown::grace`].
    pub drain_delay: Duration,
}

// === impl WorkflowKind ===

impl WorkflowKind {
    /// The name in settings, logs and labels.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Assistant => "assistant",
            Self::Remote => "remote",
            Self::LangGraph => "langgraph",
            Self::Acknowledge => "acknowledge",
        }
    }
}
