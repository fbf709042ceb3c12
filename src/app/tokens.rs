//! What each business's messages are sent with, and where its owner is told.

use std::{collections::HashMap, sync::Arc};

use secrecy::SecretString;

use crate::{
    booking::{Business, Businesses, business},
    channel::{self, owner},
    config::Environment,
    live::Live,
    message::BusinessId,
    signature::Secret,
};

/// The fault of a key that names a variable which is not set. The name is not repeated: a secret
/// may stand in its place.
pub(super) const UNSET_VARIABLE: &str = "the environment variable that it names is not set; \
     the secret itself belongs into that variable, not into this file";

/// The access tokens of one provider, by business.
#[derive(Debug, Clone, Default)]
pub struct AccessTokens(HashMap<BusinessId, SecretString>);

/// Whose API it is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Provider {
    Whatsapp,
    Highlevel,
}

// === impl AccessTokens ===

impl AccessTokens {
    /// The tokens that the business files name, and for the others the one of the settings.
    pub(super) fn resolve(
        provider: Provider,
        businesses: &Businesses,
        shared: Option<&SecretString>,
        environment: &dyn Environment,
    ) -> Result<Self, Vec<business::Fault>> {
        let (mut tokens, mut faults) = (HashMap::new(), Vec::new());
        for business in businesses.iter() {
            match own_token(provider, &business, environment) {
                Ok(Some(token)) => drop(tokens.insert(business.id.clone(), token)),
                Ok(None) => {
                    let shared = shared.map(|token| (business.id.clone(), token.clone()));
                    tokens.extend(shared);
                }
                Err(fault) => faults.push(fault),
            }
        }
        if faults.is_empty() {
            Ok(Self(tokens))
        } else {
            Err(faults)
        }
    }

    /// Whether a business has one.
    pub(super) fn has(&self, business: &BusinessId) -> bool {
        self.0.contains_key(business)
    }

    /// The token of a business.
    pub(super) fn of(&self, business: &BusinessId) -> Option<&SecretString> {
        self.0.get(business)
    }

    /// Whether nobody can be written to.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The tokens as they are now.
impl channel::Tokens for Live<AccessTokens> {
    fn token(&self, business: &BusinessId) -> Option<SecretString> {
        self.now().0.get(business).cloned()
    }
}

/// The token that a business file names.
fn own_token(
    provider: Provider,
    business: &Business,
    environment: &dyn Environment,
) -> Result<Option<SecretString>, business::Fault> {
    let (name, key) = match provider {
        Provider::Whatsapp => (&business.whatsapp.token_env, "whatsapp.token_env"),
        Provider::Highlevel => (&business.highlevel.token_env, "highlevel.token_env"),
    };
    let Some(name) = name else {
        return Ok(None);
    };
    let fault = |fault: String| business::Fault {
        file: business.id.as_str().into(),
        key: key.into(),
        fault: fault.into(),
    };
    let token = environment.var(name).ok().flatten();
    let token = token.ok_or_else(|| fault(UNSET_VARIABLE.to_owned()))?;
    if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        let rule = "must be a token: letters, digits and signs, no spaces";
        return Err(fault(format!("{name} {rule}")));
    }
    Ok(Some(token.into()))
}

/// Where the owners are told, with the secrets that the business files name.
pub(super) fn owner_targets(
    businesses: &Businesses,
    environment: &dyn Environment,
) -> Result<HashMap<BusinessId, Arc<owner::Target>>, Vec<business::Fault>> {
    let (mut targets, mut faults) = (HashMap::new(), Vec::new());
    for business in businesses.iter() {
        let notify = &business.notify;
        let (Some(url), Some(name)) = (&notify.webhook_url, &notify.webhook_secret_env) else {
            continue;
        };
        match named_secret(name, environment) {
            Ok(secret) => {
                let url = url.clone();
                targets.insert(business.id.clone(), Arc::new(owner::Target { url, secret }));
            }
            Err(fault) => faults.push(business::Fault {
                file: business.id.as_str().into(),
                key: "notify.webhook_secret_env".into(),
                fault: fault.into(),
            }),
        }
    }
    if faults.is_empty() {
        Ok(targets)
    } else {
        Err(faults)
    }
}

fn named_secret(name: &str, environment: &dyn Environment) -> Result<Secret, String> {
    let text = environment.var(name).ok().flatten();
    let text = text.ok_or_else(|| UNSET_VARIABLE.to_owned())?;
    Secret::new(&text).map_err(|invalid| format!("{name} {invalid}"))
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;
    use crate::channel::Tokens as _;

    const WHATSAPP: Provider = Provider::Whatsapp;

    fn businesses(extra: &str) -> Businesses {
        let text = format!(
            "name = \"Shop\"\ntimezone = \"UTC\"\n[hours]\nmonday = [\"09:00-17:00\"]\n\
             [[service]]\nid = \"cut\"\nname = \"Cut\"\nminutes = 30\n{extra}"
        );
        Business::parse("shop.toml", &text).unwrap().into()
    }

    fn token(tokens: &AccessTokens) -> Option<String> {
        let token = Live::new(Arc::new(tokens.clone())).token(&BusinessId::new("shop"))?;
        Some(token.expose_secret().to_owned())
    }

    #[test]
    fn a_business_uses_its_own_token_and_else_the_shared_one() {
        let environment = HashMap::from([("SHOP_TOKEN", "own")]);
        let shared = SecretString::from("shared");
        let own = businesses("[whatsapp]\ntoken_env = \"SHOP_TOKEN\"");
        let tokens = AccessTokens::resolve(WHATSAPP, &own, Some(&shared), &environment).unwrap();
        assert_eq!(token(&tokens).as_deref(), Some("own"));
        let none = businesses("");
        let tokens = AccessTokens::resolve(WHATSAPP, &none, Some(&shared), &environment).unwrap();
        assert_eq!(token(&tokens).as_deref(), Some("shared"));
        let tokens = AccessTokens::resolve(WHATSAPP, &none, None, &environment).unwrap();
        assert!(tokens.is_empty());
    }

    #[test]
    fn a_token_that_is_named_and_not_there_is_a_fault() {
        let cases = [
            (Provider::Whatsapp, "whatsapp"),
            (Provider::Highlevel, "highlevel"),
        ];
        for (provider, section) in cases {
            let own = businesses(&format!("[{section}]\ntoken_env = \"SHOP_TOKEN\""));
            for environment in [HashMap::new(), HashMap::from([("SHOP_TOKEN", "a b")])] {
                let faults = AccessTokens::resolve(provider, &own, None, &environment).unwrap_err();
                assert_eq!(faults.len(), 1);
                assert_eq!(&*faults[0].key, format!("{section}.token_env"));
                assert!(!faults[0].fault.contains("a b"));
            }
        }
    }
}
