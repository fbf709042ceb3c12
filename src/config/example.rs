//! The table of settings as text: `.env.example` and the README's table.

use std::fmt::Write as _;

use super::{
    setting::{Rule, Setting},
    table::{DEPLOYMENT, SECTIONS},
};

const EXAMPLE_HEAD: &str = "\
# Every setting of frontdesk with its default. Copy this file to .env, and uncomment what you
# change. A flag of the same name (--port) outranks the environment, and that outranks .env.
#
# A secret can stand in a file instead: NAME_FILE=/run/secrets/name. Secrets are never flags.
# A value with $, # or spaces stands in single quotes.
";

/// The text of `.env.example`: every setting with its default, commented out.
pub fn env_example() -> String {
    let mut text = EXAMPLE_HEAD.to_owned();
    for section in SECTIONS {
        write!(text, "\n# === {} ===\n", section.title).expect("invariant: a String takes text");
        for setting in section.settings {
            text.push_str(&example_lines(setting));
        }
    }
    text.push_str("\n# === With Docker: deploy/compose.yaml ===\n");
    text.extend(DEPLOYMENT.iter().map(example_lines));
    text
}

/// The table of the README: every setting with its default and meaning, as Markdown.
pub fn markdown_table() -> String {
    let mut text = "| setting | default | what |\n| --- | --- | --- |\n".to_owned();
    let settings = SECTIONS.iter().flat_map(|section| section.settings);
    for setting in settings.chain(DEPLOYMENT) {
        let name = setting.name;
        let default = setting
            .default
            .map_or_else(String::new, |default| format!("`{default}`"));
        let secret = if setting.is_secret() { " Secret." } else { "" };
        let doc = setting.doc;
        writeln!(text, "| `{name}` | {default} | {doc}{secret} |")
            .expect("invariant: a String takes text");
    }
    text
}

fn example_lines(setting: &Setting) -> String {
    let allowed = match setting.rule {
        // What its own sentence and default already say.
        Rule::Form(_) if setting.is_secret() => String::new(),
        rule => format!("# Allowed: {rule}.\n"),
    };
    let (name, doc) = (setting.name, setting.doc);
    let default = setting.default.unwrap_or_default();
    format!("\n# {doc}\n{allowed}#{name}={default}\n")
}
