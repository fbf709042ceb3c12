//! Faults of a file that is not TOML, in plain words.
//!
//! The invariant: nothing of the file is repeated, as any part of it may be a secret.

/// Follows the file's name: the place, and what to do about it.
pub(super) fn fault(text: &str, error: &toml::de::Error) -> String {
    let Some(span) = error.span() else {
        return format!("is not TOML: {}", plain(error.message()));
    };
    let before = text.get(..span.start).unwrap_or(text);
    let number = before.matches('\n').count();
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    let line = text.lines().nth(number).unwrap_or_default();
    let what = slip(line).unwrap_or_else(|| plain(error.message()));
    format!("line {}, column {column}: {what}", number + 1)
}

/// The slip that a line shows.
fn slip(line: &str) -> Option<String> {
    // What follows a comment sign is none of it, unless that is within quotes.
    let code = match line.find('#') {
        Some(at) if line[..at].matches('"').count().is_multiple_of(2) => &line[..at],
        _ => line,
    };
    let code = code.trim();
    if code.contains(['“', '”', '„', '‘', '’', '«', '»']) {
        return Some("text must stand in straight quotes: \"…\"".to_owned());
    }
    if let Some(name) = code.strip_prefix('[') {
        let is_open = is_key(name.trim_start_matches('['));
        return is_open.then(|| "a bracket ] is missing".to_owned());
    }
    if code.is_empty() {
        return None;
    }
    let Some((key, value)) = code.split_once('=') else {
        return Some(match code.split_once(':') {
            Some((key, _)) if is_key(key) => {
                "between a key and its value stands \"=\", not \":\"".to_owned()
            }
            _ => "a line must be of the form key = value, or a [section]".to_owned(),
        });
    };
    let (key, value) = (key.trim(), value.trim());
    if !is_key(key) {
        return Some("a key with such signs must stand in quotes".to_owned());
    }
    if value.is_empty() {
        return Some("nothing stands after the \"=\"".to_owned());
    }
    if value.matches('"').count() % 2 == 1 {
        return Some("a quote \" is missing".to_owned());
    }
    // Lists and tables show nothing by their first sign.
    let is_bare = !value.starts_with(['"', '\'', '[', '{']);
    is_bare.then(|| "text must stand in quotes: \"…\"".to_owned())
}

fn is_key(text: &str) -> bool {
    let text = text.trim();
    let is_bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let is_quoted = text.len() > 1 && text.starts_with('"') && text.ends_with('"');
    !text.is_empty() && (is_quoted || text.chars().all(is_bare))
}

/// The parser's own words, as far as they are not of its trade.
fn plain(message: &str) -> String {
    if message.contains("duplicate key") {
        return "this is there twice; write it once".to_owned();
    }
    if message.contains("unclosed") || message.contains("missing array close") {
        return "a bracket ] is missing, here or in a line above".to_owned();
    }
    if message.contains("missing comma") {
        return "a comma or a bracket ] is missing, here or in a line above".to_owned();
    }
    let first = message.lines().next().unwrap_or_default();
    first.to_owned()
}
