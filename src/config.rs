//! Every setting: its name, its default and its rule.
