//! What commands print.
//!
//! The invariant: words are broken between them, so that a small terminal shows them whole.

use std::io::{self, Write as _};

use crate::message::{Choice, Reply};

/// The width of a small terminal.
pub(super) const COLUMNS: usize = 80;
/// The widest column of choices; what is longer moves only its own description.
const MAX_TITLE_COLUMNS: usize = 32;

/// Prints text. A reader that has heard enough (`| head`) is no failure.
pub(super) fn print(text: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    let written = stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush());
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Writes replies as a person reads them, choices numbered from 1 as they can be answered.
pub(super) fn write_replies(replies: &[Reply], out: &mut dyn io::Write) -> io::Result<()> {
    for (position, reply) in replies.iter().enumerate() {
        if position > 0 {
            writeln!(out)?;
        }
        match reply {
            Reply::Text { text } => write_text(text, out)?,
            Reply::Choices { text, choices, .. } => {
                write_text(text, out)?;
                write_choices(choices, out)?;
            }
        }
    }
    Ok(())
}

fn write_text(text: &str, out: &mut dyn io::Write) -> io::Result<()> {
    let lines = text.lines().flat_map(|line| wrapped(line, "", ""));
    lines
        .into_iter()
        .try_for_each(|line| writeln!(out, "{line}"))
}

fn write_choices(choices: &[Choice], out: &mut dyn io::Write) -> io::Result<()> {
    let number_columns = choices.len().to_string().len();
    let widths = choices.iter().map(|choice| choice.title.chars().count());
    let title_columns = widths.max().unwrap_or(0).min(MAX_TITLE_COLUMNS);
    for (number, choice) in (1..).zip(choices) {
        let title = &choice.title;
        let line = match &choice.description {
            Some(more) => format!("{title:<title_columns$}  {more}"),
            None => title.clone(),
        };
        writeln!(out, "  {number:>number_columns$}. {line}")?;
    }
    Ok(())
}

/// The text over as many lines as it needs; a word too long for a line has one of its own.
pub(super) fn wrapped(text: &str, first: &str, rest: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = first.to_owned();
    let mut empty = true;
    for word in text.split_whitespace() {
        if !empty && line.chars().count() + 1 + word.chars().count() > COLUMNS {
            lines.push(std::mem::replace(&mut line, rest.to_owned()));
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;

    fn choice(id: &str, title: &str, description: Option<&str>) -> Choice {
        Choice {
            id: id.into(),
            title: title.into(),
            description: description.map(Into::into),
        }
    }

    fn written(replies: &[Reply]) -> String {
        let mut out = Vec::new();
        write_replies(replies, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_long_reply_is_broken_between_words_and_where_it_breaks_itself() {
        let text = "Hello! This is Luna Salon. I can book an appointment for you, tell you when \
                    yours is, or cancel it.\n\nWhat would you like?";
        assert_snapshot!(written(&[Reply::Text { text: text.into() }]), @r"
        Hello! This is Luna Salon. I can book an appointment for you, tell you when
        yours is, or cancel it.

        What would you like?
        ");
    }

    #[test]
    fn choices_stand_in_columns() {
        let mut choices = vec![
            choice("a", "Haircut", Some("35 USD")),
            choice("b", "Beard trim", Some("20 USD")),
        ];
        let replies = [
            Reply::Text {
                text: "Hello!".into(),
            },
            Reply::Choices {
                text: "Which?".into(),
                choices: choices.clone(),
                button: None,
            },
        ];
        assert_snapshot!(written(&replies), @r"
        Hello!

        Which?
          1. Haircut     35 USD
          2. Beard trim  20 USD
        ");
        choices.extend((3..=10).map(|n| choice(&n.to_string(), "Other", None)));
        let long = Reply::Choices {
            text: "Which?".into(),
            choices,
            button: None,
        };
        assert!(written(&[long]).ends_with("   9. Other\n  10. Other\n"));
    }
}
