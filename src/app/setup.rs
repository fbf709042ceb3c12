//! Everything that has to be right before anything starts: settings, business files, and the
//! secrets that those name.
//!
//! The invariant: a [`Setup`] exists only where all of it is right; else every fault is listed.

use std::{
    collections::{BTreeSet, HashMap},
    fmt,
    path::{Path, PathBuf},
    sync::Arc,
};

use secrecy::SecretString;

use super::{
    keeper, no_effect,
    tokens::{self, AccessTokens, Provider},
};
use crate::{
    booking::{Business, Businesses, business},
    channel::owner,
    config::{
        self, BusinessDoors, Config, Environment, Posture, ProcessLayers, TokensFor, UnknownName,
    },
    message::BusinessId,
    signature::Secrets,
    source::{Owner, Routes},
};

/// What a command runs with.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The settings.
    pub config: Config,
    /// The businesses; the demo where no file is named.
    pub businesses: Arc<Businesses>,
    /// The secrets of own clients and of HighLevel's workflow action, those of business files
    /// included.
    pub secrets: Option<Secrets>,
    /// What messages are sent to WhatsApp with.
    pub whatsapp_tokens: AccessTokens,
    /// What messages are sent to HighLevel with.
    pub highlevel_tokens: AccessTokens,
    /// Where the owners are told.
    pub owner_targets: HashMap<BusinessId, Arc<owner::Target>>,
    /// Whose the providers' numbers and locations are.
    pub routes: Routes,
    /// What all of that means together.
    pub posture: Posture,
    /// What is set and hardly meant so, each in a line.
    pub remarks: Vec<String>,
}

/// Everything that is wrong; nothing was started.
#[derive(Debug, Default)]
pub struct Faults {
    settings: config::Faults,
    businesses: Vec<business::Fault>,
}

// === impl Setup ===

impl Setup {
    /// The setup of this process: its flags, its environment, `.env`, and the business files.
    pub fn from_process(flags: &dyn Environment) -> Result<Self, Faults> {
        let mut layers = ProcessLayers::read(flags);
        Self::checked(Config::from_layers(&mut layers), &layers)
    }

    /// The setup of settings that stay as they are, with the business files read again and the
    /// secrets that those name.
    pub fn again(config: Config, flags: &dyn Environment) -> Result<Self, Faults> {
        match ProcessLayers::read(flags).whole() {
            Ok(layers) => Self::checked(Ok(config), &layers),
            Err(settings) => Err(Faults {
                settings,
                businesses: Vec::new(),
            }),
        }
    }

    /// Looks at everything, whatever is wrong, so that no fault hides another.
    fn checked(
        config: Result<Config, config::Faults>,
        layers: &ProcessLayers<'_>,
    ) -> Result<Self, Faults> {
        let path = match &config {
            Ok(config) => config.business.clone(),
            Err(_) => layers.var("BUSINESS").ok().flatten().map(PathBuf::from),
        };
        let businesses = load(path.as_deref());
        let variables = businesses.as_ref().ok().map(variables);
        let (unknown, warnings) = layers.unknown_names(variables.as_ref());
        let setup = match (config, businesses) {
            (Ok(config), Ok(businesses)) => Self::of(config, businesses, layers),
            (config, businesses) => Err(Faults {
                settings: config.err().unwrap_or_default(),
                businesses: businesses.err().unwrap_or_default(),
            }),
        };
        match setup {
            Ok(mut setup) if unknown.is_empty() => {
                setup.remarks.extend(warnings.iter().map(UnknownName::line));
                Ok(setup)
            }
            setup => {
                let mut faults = setup.err().unwrap_or_default();
                faults.settings = faults.settings.and(unknown);
                Err(faults)
            }
        }
    }

    /// The setup of right settings. `environment` holds the secrets that business files name.
    pub fn new(config: Config, environment: &dyn Environment) -> Result<Self, Faults> {
        let businesses = load(config.business.as_deref()).map_err(Faults::of_businesses)?;
        Self::of(config, businesses, environment)
    }

    /// The setup of right settings and these businesses.
    pub fn of(
        config: Config,
        businesses: Businesses,
        environment: &dyn Environment,
    ) -> Result<Self, Faults> {
        let mut faults = Vec::new();
        let businesses = keeper::located(businesses, &config);
        let mut secrets = config.direct.secrets.clone();
        for business in businesses.iter() {
            match own_secrets(&business, environment, secrets.clone()) {
                Ok(merged) => secrets = merged,
                Err(fault) => faults.push(fault),
            }
        }
        let mut access = |provider, shared: &Option<SecretString>| {
            let tokens = AccessTokens::resolve(provider, &businesses, shared.as_ref(), environment);
            tokens.unwrap_or_else(|found| {
                faults.extend(found);
                AccessTokens::default()
            })
        };
        let whatsapp_tokens = access(Provider::Whatsapp, &config.whatsapp.access_token);
        let highlevel_tokens = access(Provider::Highlevel, &config.highlevel.api_token);
        for business in businesses.iter() {
            faults.extend(keeper::faults(&business, &config, &highlevel_tokens));
        }
        let owner_targets =
            tokens::owner_targets(&businesses, environment).unwrap_or_else(|found| {
                faults.extend(found);
                HashMap::new()
            });
        let routes = routes(&config, &businesses).map_err(|fault| faults.push(fault));
        let Ok(routes) = routes else {
            return Err(Faults::of_businesses(faults));
        };
        if !faults.is_empty() {
            return Err(Faults::of_businesses(faults));
        }
        let doors = BusinessDoors {
            locations: businesses.iter().any(|business| has_location(&business)),
            secrets: businesses
                .iter()
                .any(|business| business.webhook_secret_env.is_some()),
            tokens: TokensFor {
                whatsapp: !whatsapp_tokens.is_empty(),
                highlevel: !highlevel_tokens.is_empty(),
            },
        };
        let posture = config.posture(doors);
        let mut setup = Self {
            config,
            businesses: Arc::new(businesses),
            secrets,
            whatsapp_tokens,
            owner_targets,
            highlevel_tokens,
            routes,
            posture,
            remarks: Vec::new(),
        };
        setup.remarks = no_effect::remarks(&setup);
        let variables = variables(&setup.businesses);
        let variables = variables.iter().map(AsRef::as_ref);
        let short = setup.config.short_secrets(variables, environment);
        setup.remarks.extend(short);
        Ok(setup)
    }

    /// Whether the built-in business is all there is.
    pub fn is_demo(&self) -> bool {
        self.config.business.is_none()
    }
}

/// The businesses of a file or folder; the demo where none is named.
fn load(path: Option<&Path>) -> Result<Businesses, Vec<business::Fault>> {
    path.map_or_else(|| Ok(Businesses::demo()), Businesses::load)
}

/// The environment variables that the business files name.
fn variables(businesses: &Businesses) -> BTreeSet<Box<str>> {
    let named = businesses.iter().flat_map(|business| {
        [
            business.webhook_secret_env.clone(),
            business.whatsapp.token_env.clone(),
            business.highlevel.token_env.clone(),
            business.notify.webhook_secret_env.clone(),
        ]
    });
    named.flatten().collect()
}

fn has_location(business: &Business) -> bool {
    !business.highlevel.location_ids.is_empty()
}

/// The secrets with those that a business file names, each selecting its business.
fn own_secrets(
    business: &Business,
    environment: &dyn Environment,
    known: Option<Secrets>,
) -> Result<Option<Secrets>, business::Fault> {
    let Some(name) = &business.webhook_secret_env else {
        return Ok(known);
    };
    let fault = |fault: String| business::Fault {
        file: business.id.as_str().into(),
        key: "webhook_secret_env".into(),
        fault: fault.into(),
    };
    let list = environment.var(name).ok().flatten();
    let list = list.ok_or_else(|| fault(tokens::UNSET_VARIABLE.to_owned()))?;
    let own = Secrets::of_business(&list, &business.id);
    let own = own.map_err(|invalid| fault(format!("{name} {invalid}")))?;
    let merged = match known {
        None => Ok(own),
        Some(known) => known.merge(own),
    };
    merged
        .map(Some)
        .map_err(|invalid| fault(format!("{name} {invalid}")))
}

fn routes(config: &Config, businesses: &Businesses) -> Result<Routes, business::Fault> {
    let fault = |key: &str, fault: String| business::Fault {
        file: businesses.default_business().id.as_str().into(),
        key: key.into(),
        fault: fault.into(),
    };
    let several = businesses.iter().count() > 1;
    if several && !config.highlevel.location_ids.is_empty() {
        let rule = "with several businesses each file names its own; unset GHL_LOCATION_ID";
        return Err(fault("highlevel.location_ids", rule.to_owned()));
    }
    let owners = businesses.iter().map(|business| {
        let numbers = business.whatsapp.phone_number_ids.iter();
        // With one business, the setting adds to what its file lists.
        let locations = business
            .highlevel
            .location_ids
            .iter()
            .chain(&config.highlevel.location_ids);
        Owner {
            business: business.id.clone(),
            zone: business.zone.clone(),
            phone_number_ids: numbers.map(ToString::to_string).collect(),
            location_ids: locations.map(ToString::to_string).collect(),
            country: business.country.clone(),
        }
    });
    let routes = Routes::new(owners.collect());
    routes.map_err(|shared| fault("", shared.to_string()))
}

// === impl Faults ===

impl Faults {
    fn of_businesses(businesses: Vec<business::Fault>) -> Self {
        Self {
            settings: config::Faults::default(),
            businesses,
        }
    }

    /// Each of them in a line.
    pub fn lines(&self) -> impl Iterator<Item = String> {
        let settings = self.settings.iter().map(ToString::to_string);
        settings.chain(self.businesses.iter().map(ToString::to_string))
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.lines().count() {
            1 => f.write_str("the setup has 1 fault, and nothing was started:")?,
            count => write!(f, "the setup has {count} faults, and nothing was started:")?,
        }
        self.lines().try_for_each(|fault| write!(f, "\n  {fault}"))
    }
}

impl std::error::Error for Faults {}
