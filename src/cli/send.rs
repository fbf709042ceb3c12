//! `frontdesk send`: one message to a running server, as a sender writes and signs it.

use std::{io, path::PathBuf, process::ExitCode, time::Duration};

use http::StatusCode;
use uuid::Uuid;

use super::{
    client::{self, Answer, Client, DirectMessage, HighlevelMessage, Request, WhatsappMessage},
    output::write_replies,
    phone::GivenPhone,
};
use crate::{
    clock::Clock,
    message::InvalidPhone,
    signature::{
        Secrets,
        ed25519::{InvalidKey, SigningKey},
    },
};

/// The number that a WhatsApp message is sent to where no business lists one: there every number
/// is the business's own.
const ANY_NUMBER_ID: &str = "100000000000000";

/// Send one message to a running server and print its answer
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The words
    pub text: String,
    /// The customer's phone: with + and country code, or as dialled in the business's country
    #[arg(long)]
    pub phone: GivenPhone,
    /// The customer's name
    #[arg(long)]
    pub name: Option<String>,
    /// The conversation: the thread id (direct) or the contact id (ghl)
    #[arg(long)]
    pub thread_id: Option<String>,
    /// Which sender to be
    #[arg(long, value_enum, default_value_t = Sender::Direct)]
    pub source: Sender,
    /// The server's address; without it, the one on this machine that `HOST` and `PORT` name
    #[arg(long)]
    pub url: Option<String>,
    /// Seconds to wait for the reply (direct only)
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(0..=30))]
    pub wait: u64,
    /// An Ed25519 private key (PKCS#8 PEM) to sign an app event with; its public half must be the
    /// server's `GHL_PUBLIC_KEY` (ghl only)
    #[arg(long, value_name = "FILE")]
    pub signing_key: Option<PathBuf>,
}

/// Whose way of writing and signing is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Sender {
    /// An own client, at `/webhook`
    Direct,
    /// Meta's Cloud API, at `/webhook/whatsapp`
    Whatsapp,
    /// HighLevel, at `/webhook/ghl`
    Ghl,
}

/// What the server was configured with, as far as a sender knows it.
#[derive(Debug, Clone, Default)]
pub struct Keys {
    /// `GHL_WEBHOOK_SECRET`.
    pub direct: Option<Secrets>,
    /// `WHATSAPP_APP_SECRET`.
    pub whatsapp: Option<Secrets>,
    /// A WhatsApp number of the business, where it lists any.
    pub phone_number_id: Option<String>,
    /// A HighLevel location of the business.
    pub location_id: Option<String>,
    /// The business's country, by which a number without `+` is read.
    pub country: Option<Box<str>>,
}

/// Why nothing was sent, or no answer came.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The server does not answer.
    #[error(transparent)]
    Client(#[from] client::Error),
    /// A setting is missing that this sender signs with or names.
    #[error("{setting} must be set, as the server has it, to send as {sender} does")]
    Unset {
        /// The setting.
        setting: &'static str,
        /// The sender.
        sender: &'static str,
    },
    /// The number is none, or none of the business's country.
    #[error("--phone {0}, or a number as dialled in the business's `country`")]
    Phone(#[from] InvalidPhone),
    /// WhatsApp's thread is the number.
    #[error("--thread-id has no meaning with --source whatsapp: the phone is the thread")]
    ThreadId,
    /// The key's file cannot be read.
    #[error("cannot read {}", .path.display())]
    KeyFile {
        /// The file.
        path: PathBuf,
        /// The cause.
        #[source]
        source: io::Error,
    },
    /// The key's file holds no key.
    #[error("--signing-key {0}")]
    Key(#[from] InvalidKey),
    /// The answer cannot be printed.
    #[error("cannot write the answer")]
    Output(#[from] io::Error),
}

// === impl Error ===

impl Error {
    /// Returns whether the command was given something wrong, and no server failed.
    pub fn is_of_usage(&self) -> bool {
        match self {
            Self::Unset { .. }
            | Self::Phone(_)
            | Self::ThreadId
            | Self::KeyFile { .. }
            | Self::Key(_) => true,
            Self::Client(error) => error.is_of_usage(),
            Self::Output(_) => false,
        }
    }
}

/// Sends the message and prints the answer; success is a 2xx.
pub async fn run(
    args: &Args,
    keys: &Keys,
    clock: &dyn Clock,
    out: &mut (dyn io::Write + Send),
) -> Result<ExitCode, Error> {
    let request = request(args, keys, clock)?;
    let client = Client::new(args.url.as_deref().unwrap_or(Client::DEFAULT_URL))?;
    let answer = client.post(request).await?;
    print(args.source, &answer, out)?;
    Ok(if answer.status.is_success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn request(args: &Args, keys: &Keys, clock: &dyn Clock) -> Result<Request, Error> {
    let id = Uuid::new_v4().simple().to_string();
    let phone = &args.phone.read(keys.country.as_deref())?;
    let (text, name) = (&*args.text, args.name.as_deref());
    match args.source {
        Sender::Direct => {
            let message = DirectMessage {
                text,
                phone,
                name,
                thread_id: args.thread_id.as_deref(),
                wait: Duration::from_secs(args.wait),
            };
            let secret = keys.direct.as_ref().map(Secrets::first);
            Ok(message.request(secret, &id, clock.now()))
        }
        Sender::Whatsapp if args.thread_id.is_some() => Err(Error::ThreadId),
        Sender::Whatsapp => {
            let secrets = keys.whatsapp.as_ref().ok_or(Error::Unset {
                setting: "WHATSAPP_APP_SECRET",
                sender: "WhatsApp",
            })?;
            let message = WhatsappMessage {
                text,
                phone,
                name,
                phone_number_id: keys.phone_number_id.as_deref().unwrap_or(ANY_NUMBER_ID),
            };
            Ok(message.request(secrets.first(), &id, clock.now()))
        }
        Sender::Ghl => {
            let contact_of_phone = format!("contact{}", phone.as_str().trim_start_matches('+'));
            let message = HighlevelMessage {
                text,
                phone,
                name,
                contact_id: args.thread_id.as_deref().unwrap_or(&contact_of_phone),
            };
            highlevel(&message, args, keys, &id, clock)
        }
    }
}

/// An app event where there is a key to sign it with, else a workflow's action.
fn highlevel(
    message: &HighlevelMessage<'_>,
    args: &Args,
    keys: &Keys,
    id: &str,
    clock: &dyn Clock,
) -> Result<Request, Error> {
    let unset = |setting| Error::Unset {
        setting,
        sender: "HighLevel",
    };
    let location_id = keys.location_id.as_deref();
    let Some(path) = &args.signing_key else {
        let secrets = keys.direct.as_ref().ok_or(unset("GHL_WEBHOOK_SECRET"))?;
        return Ok(message.action(secrets.first(), location_id, id));
    };
    let location_id = location_id.ok_or(unset("GHL_LOCATION_ID"))?;
    let pem = std::fs::read_to_string(path).map_err(|source| Error::KeyFile {
        path: path.clone(),
        source,
    })?;
    let key = SigningKey::parse(&pem)?;
    Ok(message.event(&key, location_id, id, clock.now()))
}

fn print(source: Sender, answer: &Answer, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "{}", answer.status)?;
    match answer.replies() {
        Some(replies) if source == Sender::Direct => {
            if let Some(receipt) = answer.receipt() {
                writeln!(out, "{receipt}\n")?;
            }
            if replies.is_empty() {
                writeln!(out, "(answered with nothing)")?;
            }
            write_replies(&replies, out)
        }
        _ => {
            print_body(answer, out)?;
            if source == Sender::Direct && answer.status == StatusCode::OK {
                writeln!(out, "(no reply in time)")?;
            }
            Ok(())
        }
    }
}

/// The body, indented where it is JSON.
fn print_body(answer: &Answer, out: &mut dyn io::Write) -> io::Result<()> {
    match serde_json::from_slice::<serde_json::Value>(&answer.body) {
        Ok(json) => writeln!(out, "{json:#}"),
        Err(_) => writeln!(out, "{}", String::from_utf8_lossy(&answer.body)),
    }
}
