//! Choices written out, for who cannot tap: a line each, answered by its number.

use super::text;
use crate::message::Choice;

/// The question and its choices as one text.
pub(super) fn numbered(question: &str, choices: &[Choice]) -> String {
    let lines: Vec<_> = (1..).zip(choices).map(line).collect();
    let paragraphs = [text::clean(question), lines.join("\n")];
    paragraphs.join("\n\n").trim().to_owned()
}

fn line((number, choice): (usize, &Choice)) -> String {
    let title = text::one_line(&choice.title);
    let description = choice.description.as_deref().map(text::one_line);
    match description.filter(|description| !description.is_empty()) {
        Some(description) => format!("{number}. {title} – {description}"),
        None => format!("{number}. {title}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_a_line_with_its_number() {
        let choice = |title: &str, description: Option<&str>| Choice {
            id: title.into(),
            title: title.into(),
            description: description.map(Into::into),
        };
        let choices = [
            choice("Haircut", Some("35 USD")),
            choice("Beard\ntrim", None),
        ];
        let text = numbered("Which one?", &choices);
        assert_eq!(text, "Which one?\n\n1. Haircut – 35 USD\n2. Beard trim");
        assert_eq!(numbered(" ", &choices[1..]), "1. Beard trim");
    }
}
