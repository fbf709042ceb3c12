//! Logs: text on a terminal, JSON elsewhere.
