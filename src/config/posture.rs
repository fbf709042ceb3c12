//! What the settings mean together: which doors are open, who answers, and what to warn of.
//!
//! The invariant: a door is open to unsigned requests only where that was asked for, or where
//! nothing but a first try on a laptop is set up, and then only to requests of the machine itself.

use std::fmt;

use super::{Config, WorkflowKind};

/// What the settings mean together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posture {
    /// `POST /webhook`.
    pub direct: Door,
    /// Whether `/webhook/whatsapp` is there.
    pub whatsapp: bool,
    /// Whether `/webhook/ghl` is there.
    pub highlevel: bool,
    /// Who answers, which may be less than what was asked for.
    pub workflow: WorkflowKind,
    /// Why the service is less than it should be.
    pub degraded: Vec<Degraded>,
    /// What the operator should know.
    pub warnings: Vec<Warning>,
}

/// What the business files say of doors.
#[derive(Debug, Clone, Copy, Default)]
pub struct BusinessDoors {
    /// One names a HighLevel location.
    pub locations: bool,
    /// One names a webhook secret of its own.
    pub secrets: bool,
    /// Where there is a token to send messages with, of a file or of the settings.
    pub tokens: TokensFor,
}

/// The providers that messages can be sent to.
#[derive(Debug, Clone, Copy, Default)]
pub struct TokensFor {
    /// Meta's Cloud API.
    pub whatsapp: bool,
    /// HighLevel.
    pub highlevel: bool,
}

/// Who passes `POST /webhook`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// Who has a secret.
    Signed,
    /// Requests that are made on this machine.
    Unsigned,
    /// Nobody.
    Closed,
}

/// A reason to be degraded from the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Degraded {
    /// A provider is set up, but no business: the demo must not answer real customers.
    NoBusiness,
    /// WhatsApp messages come in, and nothing can be sent back.
    NoAccessToken,
    /// HighLevel messages come in, and nothing can be sent back.
    NoApiToken,
}

/// Something that is allowed, but hardly meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Warning {
    /// Only requests of this machine pass `POST /webhook`, unsigned.
    OnlyThisMachine,
    /// Nobody passes `POST /webhook`.
    ClosedToEveryone,
    /// Meta cannot verify the callback URL.
    NoVerifyToken,
    /// HighLevel's workflow action cannot prove itself.
    NoWorkflowActionSecret,
    /// Every address is a trusted proxy.
    EveryoneIsAProxy,
}

impl Config {
    /// What the settings mean together with what the business files say.
    pub fn posture(&self, doors: BusinessDoors) -> Posture {
        let whatsapp = self.whatsapp.app_secrets.is_some();
        let highlevel = doors.locations || !self.highlevel.location_ids.is_empty();
        let provider = whatsapp || highlevel;
        let signed = doors.secrets || self.direct.secrets.is_some();
        let direct = match (signed, self.direct.allow_unsigned || !provider) {
            (true, _) => Door::Signed,
            (false, true) => Door::Unsigned,
            (false, false) => Door::Closed,
        };
        let silenced =
            provider && self.business.is_none() && self.workflow.kind == WorkflowKind::Assistant;
        let mut posture = Posture {
            direct,
            whatsapp,
            highlevel,
            workflow: if silenced {
                WorkflowKind::Acknowledge
            } else {
                self.workflow.kind
            },
            degraded: Vec::new(),
            warnings: Vec::new(),
        };
        let answers = posture.workflow != WorkflowKind::Acknowledge;
        let degraded = [
            (silenced, Degraded::NoBusiness),
            (
                answers && whatsapp && !doors.tokens.whatsapp,
                Degraded::NoAccessToken,
            ),
            (
                answers && highlevel && !doors.tokens.highlevel,
                Degraded::NoApiToken,
            ),
        ];
        posture.degraded = degraded
            .into_iter()
            .filter_map(|(holds, degraded)| holds.then_some(degraded))
            .collect();
        posture.warnings = self.warnings(&posture);
        posture
    }

    fn warnings(&self, posture: &Posture) -> Vec<Warning> {
        let every_address = self
            .http
            .trusted_proxies
            .iter()
            .any(|network| network.prefix_len() == 0);
        let signed = posture.direct == Door::Signed;
        let conditions = [
            (posture.direct == Door::Unsigned, Warning::OnlyThisMachine),
            (posture.direct == Door::Closed, Warning::ClosedToEveryone),
            (
                posture.whatsapp && self.whatsapp.verify_token.is_none(),
                Warning::NoVerifyToken,
            ),
            (
                posture.highlevel && !signed,
                Warning::NoWorkflowActionSecret,
            ),
            (every_address, Warning::EveryoneIsAProxy),
        ];
        let conditions = conditions.into_iter();
        let holding = conditions.filter_map(|(holds, warning)| holds.then_some(warning));
        holding.collect()
    }
}

// === impl Degraded ===

impl Degraded {
    /// The name in health answers and logs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoBusiness => "no_business",
            Self::NoAccessToken => "no_access_token",
            Self::NoApiToken => "no_api_token",
        }
    }
}

impl fmt::Display for Degraded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoBusiness => {
                "a provider is set up but BUSINESS is not: messages are stored, and nobody answers"
            }
            Self::NoAccessToken => {
                "WHATSAPP_ACCESS_TOKEN is not set: replies to WhatsApp cannot be sent"
            }
            Self::NoApiToken => "GHL_API_TOKEN is not set: replies to HighLevel cannot be sent",
        })
    }
}

// === impl Warning ===

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OnlyThisMachine => {
                "/webhook takes requests of this machine only, unsigned; \
                 set GHL_WEBHOOK_SECRET for clients elsewhere"
            }
            Self::ClosedToEveryone => {
                "/webhook refuses every request; set GHL_WEBHOOK_SECRET, \
                 or ALLOW_UNSIGNED=true for clients on this machine"
            }
            Self::NoVerifyToken => "Meta cannot verify the callback URL; set WHATSAPP_VERIFY_TOKEN",
            Self::NoWorkflowActionSecret => {
                "HighLevel's workflow action is refused and only app events pass; \
                 set GHL_WEBHOOK_SECRET"
            }
            Self::EveryoneIsAProxy => {
                "TRUSTED_PROXIES holds every address, so that anyone can claim to be anyone"
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    fn posture(settings: &[(&str, &str)]) -> Posture {
        let environment: HashMap<_, _> = settings.iter().copied().collect();
        let config = Config::load(&[&environment]).unwrap();
        config.posture(BusinessDoors::default())
    }

    #[test]
    fn without_any_setting_the_door_is_open_and_that_is_said() {
        let posture = posture(&[]);
        assert_eq!(posture.direct, Door::Unsigned);
        assert_eq!(posture.workflow, WorkflowKind::Assistant);
        assert_eq!(posture.warnings, [Warning::OnlyThisMachine]);
    }

    #[test]
    fn a_provider_closes_the_door_to_unsigned_requests() {
        let provider = ("GHL_LOCATION_ID", "l1C08ntBrFjLS0elLIYU");
        assert_eq!(posture(&[provider]).direct, Door::Closed);
        let allowed = posture(&[provider, ("ALLOW_UNSIGNED", "true")]);
        assert_eq!(allowed.direct, Door::Unsigned);
        let signed = posture(&[provider, ("GHL_WEBHOOK_SECRET", "s3cret")]);
        assert_eq!(signed.direct, Door::Signed);
    }

    #[test]
    fn a_location_of_a_business_file_is_a_provider_too() {
        let doors = BusinessDoors {
            locations: true,
            ..BusinessDoors::default()
        };
        let posture = Config::defaults().posture(doors);
        assert!(posture.highlevel);
        assert_eq!(posture.direct, Door::Closed);
    }

    #[test]
    fn a_secret_wins_over_allowing_unsigned_requests() {
        let posture = posture(&[("GHL_WEBHOOK_SECRET", "s"), ("ALLOW_UNSIGNED", "true")]);
        assert_eq!(posture.direct, Door::Signed);
    }

    #[test]
    fn the_demo_business_never_answers_a_providers_customers() {
        let provider = [
            ("WHATSAPP_APP_SECRET", "s"),
            ("WHATSAPP_VERIFY_TOKEN", "t"),
            ("GHL_WEBHOOK_SECRET", "s"),
        ];
        let demo = posture(&provider);
        assert_eq!(demo.workflow, WorkflowKind::Acknowledge);
        assert_eq!(demo.degraded, [Degraded::NoBusiness]);
        let own = posture(&[&provider[..], &[("BUSINESS", "luna.toml")]].concat());
        assert_eq!(own.workflow, WorkflowKind::Assistant);
        assert_eq!(own.degraded, [Degraded::NoAccessToken]);
        assert_eq!(own.warnings, []);
    }

    #[test]
    fn with_a_token_whatsapp_is_answered() {
        let settings = [("WHATSAPP_APP_SECRET", "s"), ("BUSINESS", "luna.toml")];
        let environment: HashMap<_, _> = settings.into_iter().collect();
        let doors = BusinessDoors {
            tokens: TokensFor {
                whatsapp: true,
                ..TokensFor::default()
            },
            ..BusinessDoors::default()
        };
        let config = Config::load(&[&environment]).unwrap();
        assert_eq!(config.posture(doors).degraded, []);
    }

    #[test]
    fn with_a_token_highlevel_is_answered() {
        let settings = [("GHL_LOCATION_ID", "a"), ("BUSINESS", "luna.toml")];
        assert_eq!(posture(&settings).degraded, [Degraded::NoApiToken]);
        let environment: HashMap<_, _> = settings.into_iter().collect();
        let doors = BusinessDoors {
            tokens: TokensFor {
                highlevel: true,
                ..TokensFor::default()
            },
            ..BusinessDoors::default()
        };
        let config = Config::load(&[&environment]).unwrap();
        assert_eq!(config.posture(doors).degraded, []);
    }

    #[test]
    fn half_a_setup_is_warned_of() {
        let warnings = |settings: &[_]| posture(settings).warnings;
        assert!(warnings(&[("WHATSAPP_APP_SECRET", "s")]).contains(&Warning::NoVerifyToken));
        assert!(warnings(&[("GHL_LOCATION_ID", "a")]).contains(&Warning::NoWorkflowActionSecret));
        assert!(warnings(&[("TRUSTED_PROXIES", "::/0")]).contains(&Warning::EveryoneIsAProxy));
    }
}
