//! What commands print.
//!
//! The invariant: a small terminal shows it whole, with lines broken between words.

use std::io::{self, Write as _};

use super::wrap::{padded, width, wrapped};
use crate::message::{Choice, Reply};

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

/// A line for each choice; a description that needs more stays in its column.
fn write_choices(choices: &[Choice], out: &mut dyn io::Write) -> io::Result<()> {
    let number_columns = choices.len().to_string().len();
    let described = choices.iter().filter(|choice| choice.description.is_some());
    let widths = described.map(|choice| width(&choice.title));
    let title_columns = widths.max().unwrap_or(0).min(MAX_TITLE_COLUMNS);
    for (number, choice) in (1..).zip(choices) {
        let number = format!("  {number:>number_columns$}. ");
        let lines = match &choice.description {
            Some(description) => {
                let start = format!("{number}{}  ", padded(&choice.title, title_columns));
                let indent = " ".repeat(width(&number) + title_columns + 2);
                wrapped(description, &start, &indent)
            }
            None => wrapped(&choice.title, &number, &" ".repeat(width(&number))),
        };
        for line in lines {
            writeln!(out, "{}", line.trim_end())?;
        }
    }
    Ok(())
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
    fn wide_characters_and_long_descriptions_keep_their_columns() {
        let long = "A treatment of two hours, with wash, blow-dry and a product to take home";
        let choices = vec![
            choice("a", "Tinte 🎨", Some("95 USD")),
            choice("b", "Corte de pelo", Some(long)),
            choice("c", "染发", Some("35 USD")),
            choice(
                "d",
                "A title without a description, however long that title may be",
                None,
            ),
        ];
        let reply = Reply::Choices {
            text: String::new(),
            choices,
            button: None,
        };
        assert_snapshot!(written(&[reply]), @r"
          1. Tinte 🎨       95 USD
          2. Corte de pelo  A treatment of two hours, with wash, blow-dry and a product
                            to take home
          3. 染发           35 USD
          4. A title without a description, however long that title may be
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
