//! Every setting that is no secret, as a flag of the same name.

use std::collections::HashMap;

use clap::{Arg, ArgMatches, Args, Command, FromArgMatches, builder::NonEmptyStringValueParser};

use crate::config::{self, Environment, NotUnicode, Rule, Setting};

/// The settings that were given as flags.
#[derive(Debug, Clone, Default)]
pub struct Flags(HashMap<&'static str, String>);

// === impl Flags ===

impl Environment for Flags {
    fn var(&self, name: &str) -> Result<Option<String>, NotUnicode> {
        self.0.var(name)
    }
}

impl Args for Flags {
    fn augment_args(command: Command) -> Command {
        command.args(config::all().filter_map(flag))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Flags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let given = config::all().filter(|setting| !setting.is_secret());
        let given = given.filter_map(|setting| {
            let value = matches.get_one::<String>(setting.name)?;
            Some((setting.name, value.clone()))
        });
        Ok(Self(given.collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        self.0.extend(Self::from_arg_matches(matches)?.0);
        Ok(())
    }
}

fn flag(setting: &'static Setting) -> Option<Arg> {
    let arg = Arg::new(setting.name)
        .long(setting.flag()?)
        .value_name(placeholder(setting))
        .value_parser(NonEmptyStringValueParser::new())
        .help(setting.doc)
        .long_help(long_help(setting))
        .help_heading("Settings")
        .hide_short_help(true)
        .global(true);
    Some(match setting.rule {
        Rule::Switch => arg
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("true"),
        _ => arg,
    })
}

fn placeholder(setting: &Setting) -> &'static str {
    match setting.rule {
        Rule::Number { .. } => "NUMBER",
        Rule::Switch => "BOOL",
        Rule::OneOf(_) => "WORD",
        Rule::Form(_) => "VALUE",
    }
}

fn long_help(setting: &Setting) -> String {
    let default = setting
        .default
        .map(|default| format!("; default: {default}"))
        .unwrap_or_default();
    format!("{} [{}{default}]", setting.doc, setting.name)
}
