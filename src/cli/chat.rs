//! `frontdesk chat`: a conversation in the terminal with a running server.
//!
//! Each line is a message to `POST /webhook` that waits for its reply. What is said unasked, by a
//! person of the business or as a reminder, is fetched meanwhile. It reads and writes what it is
//! given, so that a pipe or a test can hold the conversation as well as a person.

mod thread;

use std::{io, process::ExitCode, time::Duration};

use tokio::io::{AsyncBufRead, AsyncBufReadExt as _, Lines};
use uuid::Uuid;

use self::thread::Thread;
use super::{
    client::{self, Answer, Author, Client, DirectMessage, PagedReply},
    output::write_replies,
    phone::GivenPhone,
};
use crate::{booking::Business, clock::Clock, message::PhoneNumber, signature::Secrets};

/// The line that begins anew, as the customer with the next number.
const NEW: &str = "/new";
/// The line that ends the conversation, as the end of the input does.
const QUIT: &str = "/quit";

/// Talk to the assistant in the terminal; /new is another customer, /quit ends it
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The customer's phone: with + and country code, or as dialled in the business's country;
    /// without it, an example of that country
    #[arg(long)]
    pub phone: Option<GivenPhone>,
    /// The server's address; without it, a server of its own on a store that is gone afterwards
    #[arg(long)]
    pub url: Option<String>,
    /// Seconds to wait for each reply
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=30))]
    pub wait: u64,
}

/// Where the customer's lines come from and the replies go.
#[derive(Debug)]
pub struct Console<R, W> {
    /// The lines.
    pub input: R,
    /// The screen.
    pub out: W,
    /// Whether a person types: then there is a prompt. Else the lines are shown as they are read.
    pub is_terminal: bool,
}

/// Why the conversation ended early.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The server does not answer.
    #[error(transparent)]
    Client(#[from] client::Error),
    /// The terminal cannot be read or written.
    #[error("cannot read or write the terminal")]
    Console(#[from] io::Error),
}

/// What a person reads first, at a server of their own.
pub fn banner(business: &Business) -> String {
    let name = &business.name;
    let elsewhere = match business.calendar_elsewhere() {
        Some(_) => "HighLevel's calendar is left alone: its times are not seen here.\n",
        None => "",
    };
    format!("{name}. /new is another customer, /quit ends it, and nothing is kept.\n{elsewhere}\n")
}

/// Talks to the server at `url` until the input ends.
pub async fn run<R, W>(
    url: &str,
    args: &Args,
    secrets: Option<&Secrets>,
    clock: &dyn Clock,
    console: Console<R, W>,
) -> Result<ExitCode, Error>
where
    R: AsyncBufRead + Unpin,
    W: io::Write,
{
    let client = Client::new(url)?;
    converse(&client, args, secrets, clock, console).await?;
    Ok(ExitCode::SUCCESS)
}

/// Talks to a server until the input ends or says `/quit`.
pub async fn converse<R, W>(
    client: &Client,
    args: &Args,
    secrets: Option<&Secrets>,
    clock: &dyn Clock,
    console: Console<R, W>,
) -> Result<(), Error>
where
    R: AsyncBufRead + Unpin,
    W: io::Write,
{
    let Console {
        input,
        mut out,
        is_terminal,
    } = console;
    let phone = args.phone.as_ref().and_then(|phone| phone.read(None).ok());
    let mut thread = Thread {
        client,
        secret: secrets.map(Secrets::first),
        clock,
        phone: phone.unwrap_or_else(|| PhoneNumber::example(None)),
        after: None,
    };
    thread.skip_history().await;
    let mut lines = input.lines();
    loop {
        let line = next_line(&mut lines, &mut thread, (&mut out, is_terminal)).await?;
        let Some(line) = line else {
            break;
        };
        let text = line.trim();
        if text == QUIT {
            break;
        }
        if text == NEW {
            thread.phone = next(&thread.phone);
            thread.skip_history().await;
            writeln!(out, "({} writes)\n", thread.phone.as_str())?;
            continue;
        }
        if text.is_empty() {
            continue;
        }
        if !is_terminal {
            writeln!(out, "> {text}")?;
        }
        let answer = say(&thread, args, text).await?;
        show(&answer, &mut out)?;
        writeln!(out)?;
        out.flush()?;
        show_unasked(&thread.said_beside(&answer).await, &mut out)?;
    }
    if is_terminal {
        writeln!(out)?;
    }
    Ok(())
}

/// The customer's next line; what is said to them meanwhile is shown.
async fn next_line<R, W>(
    lines: &mut Lines<R>,
    thread: &mut Thread<'_>,
    (out, is_terminal): (&mut W, bool),
) -> io::Result<Option<String>>
where
    R: AsyncBufRead + Unpin,
    W: io::Write,
{
    loop {
        if is_terminal {
            write!(out, "> ")?;
            out.flush()?;
        }
        let said = loop {
            tokio::select! {
                line = lines.next_line() => return line,
                said = thread.next() => if !said.is_empty() {
                    break said;
                },
            }
        };
        if is_terminal {
            writeln!(out, "\n")?;
        }
        show_unasked(&said, out)?;
    }
}

/// The number after this one; the same where that would be none.
fn next(phone: &PhoneNumber) -> PhoneNumber {
    let digits = phone.as_str().trim_start_matches('+').parse::<u64>();
    let next = digits.map(|digits| PhoneNumber::parse(&format!("+{}", digits + 1)));
    next.ok()
        .and_then(Result::ok)
        .unwrap_or_else(|| phone.clone())
}

async fn say(thread: &Thread<'_>, args: &Args, text: &str) -> Result<Answer, client::Error> {
    let message = DirectMessage {
        text,
        phone: &thread.phone,
        name: None,
        thread_id: None,
        wait: Duration::from_secs(args.wait),
    };
    let (secret, now) = (thread.secret, thread.clock.now());
    let id = Uuid::new_v4().simple().to_string();
    thread.client.post(message.request(secret, &id, now)).await
}

/// Shows what no line of the customer was waiting for.
fn show_unasked(said: &[PagedReply], out: &mut dyn io::Write) -> io::Result<()> {
    for said in said {
        if said.by == Author::Person {
            writeln!(out, "(a person writes)")?;
        }
        write_replies(std::slice::from_ref(&said.reply), out)?;
        writeln!(out)?;
    }
    out.flush()
}

fn show(answer: &Answer, out: &mut dyn io::Write) -> io::Result<()> {
    if !answer.status.is_success() {
        return match answer.refusal() {
            Some((code, words)) => writeln!(out, "({} {code}: {words})", answer.status.as_u16()),
            None => writeln!(out, "({})", answer.status),
        };
    }
    match answer.replies() {
        Some(replies) if replies.is_empty() => writeln!(out, "(answered with nothing)"),
        Some(replies) => write_replies(&replies, out),
        None => writeln!(out, "(no reply in time)"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_tries_a_business_is_told_that_its_calendar_is_left_alone() {
        let demo = crate::booking::Businesses::demo().default_business();
        let mut demo = Business::clone(&demo);
        assert!(!banner(&demo).contains("calendar"));
        demo.highlevel.calendar = Some("c1".into());
        assert!(banner(&demo).contains("HighLevel's calendar is left alone"));
    }
}
