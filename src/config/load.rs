//! From names and values to a [`Config`]: which setting becomes which field, and the rules between
//! settings.

use std::{
    collections::HashMap,
    net::{IpAddr, SocketAddr},
};

use super::{
    Config, Direct, Environment, Faults, Highlevel, Http, Limits, Log, Problem, ProcessLayers,
    Shutdown, Store, Turns, Whatsapp, Workflow, WorkflowKind, parse, reading::Reading, table as s,
};

const SECS_PER_MINUTE: u64 = 60;
const SECS_PER_HOUR: u64 = 60 * SECS_PER_MINUTE;
const SECS_PER_DAY: u64 = 24 * SECS_PER_HOUR;

// === impl Config ===

impl Config {
    /// The settings of this process.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with them, and with `.env`.
    pub fn from_layers(layers: &mut ProcessLayers<'_>) -> Result<Self, Faults> {
        let read = Self::load(&layers.layers());
        match layers.fault.take() {
            None => read,
            Some(fault) => Err(read.err().unwrap_or_default().with(fault)),
        }
    }

    /// The settings of some layers, of which the earlier outrank the later.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with them.
    pub fn load(layers: &[&dyn Environment]) -> Result<Self, Faults> {
        let mut reading = Reading::new(layers);
        let mut config = Self::read(&mut reading);
        config.short_secrets = reading.short_secrets();
        config.check(&mut reading);
        let faults = reading.into_faults();
        if faults.is_empty() {
            Ok(config)
        } else {
            Err(faults)
        }
    }

    /// The defaults, and nothing else.
    ///
    /// # Panics
    ///
    /// Never: the defaults satisfy their rules.
    pub fn defaults() -> Self {
        Self::load(&[&HashMap::<String, String>::new()])
            .expect("invariant: the defaults satisfy their rules, as the tests check")
    }

    fn read(reading: &mut Reading<'_>) -> Self {
        Self {
            http: Http::read(reading),
            log: Log::read(reading),
            store: Store::read(reading),
            business: reading.optional(&s::BUSINESS, parse::path),
            direct: Direct {
                secrets: reading.secrets(&s::GHL_WEBHOOK_SECRET),
                allow_unsigned: reading.value(&s::ALLOW_UNSIGNED, parse::switch),
            },
            whatsapp: Whatsapp {
                app_secrets: reading.secrets(&s::WHATSAPP_APP_SECRET),
                verify_token: reading.secret(&s::WHATSAPP_VERIFY_TOKEN),
                access_token: reading.token(&s::WHATSAPP_ACCESS_TOKEN),
                api_url: reading.value(&s::WHATSAPP_API_URL, parse::web_url),
            },
            highlevel: Highlevel {
                location_ids: reading
                    .optional(&s::GHL_LOCATION_ID, parse::location_ids)
                    .unwrap_or_default(),
                public_keys: reading.value(&s::GHL_PUBLIC_KEY, parse::ed25519_keys),
                api_token: reading.token(&s::GHL_API_TOKEN),
                api_url: reading.value(&s::GHL_API_URL, parse::web_url),
                api_version: reading.value(&s::GHL_API_VERSION, parse::header_value),
            },
            limits: Limits {
                sender_per_minute: reading.limit(&s::RATE_LIMIT_PER_MINUTE),
                address_per_minute: reading.limit(&s::IP_RATE_LIMIT_PER_MINUTE),
            },
            workflow: Workflow::read(reading),
            turns: Turns::read(reading),
            shutdown: Shutdown {
                grace: reading.duration_of(&s::SHUTDOWN_GRACE_SECS, 1),
                drain_delay: reading.duration_of(&s::DRAIN_DELAY_SECS, 1),
            },
            short_secrets: Vec::new(),
        }
    }

    /// The rules that hold between settings.
    fn check(&self, reading: &mut Reading<'_>) {
        let workflow = &self.workflow;
        let is_elsewhere = matches!(
            workflow.kind,
            WorkflowKind::Remote | WorkflowKind::LangGraph
        );
        if is_elsewhere && workflow.url.is_none() && !reading.is_at_fault(&s::WORKFLOW_URL) {
            reading.fault(&s::WORKFLOW_URL, Problem::Missing("WORKFLOW"));
        }
        let is_signed = workflow.kind == WorkflowKind::Remote;
        if is_signed && workflow.secrets.is_none() && !reading.is_at_fault(&s::WORKFLOW_SECRET) {
            reading.fault(&s::WORKFLOW_SECRET, Problem::Missing("WORKFLOW"));
        }
        if self.turns.coalesce_max < self.turns.coalesce {
            let other = s::COALESCE_MS.name;
            let relation = "at least";
            reading.fault(&s::COALESCE_MAX_MS, Problem::Unfit { relation, other });
        }
        if self.shutdown.drain_delay >= self.shutdown.grace {
            let other = s::SHUTDOWN_GRACE_SECS.name;
            let relation = "less than";
            reading.fault(&s::DRAIN_DELAY_SECS, Problem::Unfit { relation, other });
        }
    }
}

// === impl Http ===

impl Http {
    fn read(reading: &mut Reading<'_>) -> Self {
        let host: IpAddr = reading.value(&s::HOST, parse::address);
        let port = reading.small(&s::PORT);
        Self {
            address: SocketAddr::new(host, port),
            max_connections: reading.small(&s::MAX_CONNECTIONS),
            trusted_proxies: reading
                .optional(&s::TRUSTED_PROXIES, parse::networks)
                .unwrap_or_default(),
            metrics_token: reading.token(&s::METRICS_TOKEN),
            admin_token: reading.token(&s::ADMIN_TOKEN),
        }
    }
}

// === impl Log ===

impl Log {
    fn read(reading: &mut Reading<'_>) -> Self {
        Self {
            filter: reading.value(&s::LOG_LEVEL, parse::log_filter),
            format: reading.optional(&s::LOG_FORMAT, parse::log_format),
        }
    }
}

// === impl Store ===

impl Store {
    fn read(reading: &mut Reading<'_>) -> Self {
        let later = |url: &str| {
            let scheme = url.split(':').next();
            matches!(scheme, Some("postgres" | "postgresql")).then_some("PostgreSQL")
        };
        Self {
            database: reading.value_or_later(&s::DATABASE_URL, parse::database, later),
            retention: reading.duration_of(&s::RETENTION_DAYS, SECS_PER_DAY),
        }
    }
}

// === impl Turns ===

impl Turns {
    fn read(reading: &mut Reading<'_>) -> Self {
        Self {
            coalesce: reading.duration_ms(&s::COALESCE_MS),
            coalesce_max: reading.duration_ms(&s::COALESCE_MAX_MS),
            max_age: reading.duration_of(&s::MAX_TURN_AGE_MINUTES, SECS_PER_MINUTE),
            max_attempts: reading.small(&s::MAX_ATTEMPTS),
            handoff: reading.duration_of(&s::HANDOFF_HOURS, SECS_PER_HOUR),
        }
    }
}

// === impl Workflow ===

impl Workflow {
    fn read(reading: &mut Reading<'_>) -> Self {
        Self {
            kind: reading.value(&s::WORKFLOW, parse::workflow),
            timeout: reading.duration_of(&s::WORKFLOW_TIMEOUT_SECS, 1),
            url: reading.optional(&s::WORKFLOW_URL, parse::server_url),
            secrets: reading.secrets(&s::WORKFLOW_SECRET),
            assistant_id: reading.value(&s::WORKFLOW_ASSISTANT_ID, parse::line),
            api_key: reading.token(&s::WORKFLOW_API_KEY),
            holding_reply: reading.optional(&s::WORKFLOW_HOLDING_REPLY, parse::line),
        }
    }
}
