//! Schemas as readers want them: a kind in a few words, and a table of fields.

use std::fmt::Write as _;

use serde_json::Value;

use super::{escaped, list, text, words};

/// Writes a named schema with its fields.
pub(super) fn write(body: &mut String, name: &str, schema: &Value) {
    let name = escaped(name);
    let _ = write!(
        body,
        "<details id=\"shape-{name}\"><summary><b>{name}</b> <span>{}</span></summary>",
        words(text(schema, "description")),
    );
    // What is put together is written one part after the other.
    let parts = list(schema, "/allOf").chain(list(schema, "/oneOf"));
    let mut is_plain = true;
    for part in std::iter::once(schema).chain(parts) {
        let Some(fields) = part["properties"].as_object() else {
            continue;
        };
        is_plain = false;
        body.push_str("<table>");
        for (field, schema) in fields {
            let is_required = list(part, "/required").any(|one| one == field);
            let _ = write!(
                body,
                "<tr><td><code>{}</code></td><td>{}</td><td>{}</td><td>{}</td></tr>",
                escaped(field),
                if is_required { "always" } else { "" },
                kind(schema),
                words(text(schema, "description")),
            );
        }
        body.push_str("</table>");
    }
    if is_plain {
        let _ = write!(body, "<p>{}</p>", kind(schema));
    }
    body.push_str("</details>");
}

/// What a schema allows, in a few words.
pub(super) fn kind(schema: &Value) -> String {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = escaped(reference.rsplit('/').next().unwrap_or_default());
        return format!("<a href=\"#shape-{name}\">{name}</a>");
    }
    let choices: Vec<_> = ["/oneOf", "/anyOf", "/allOf"]
        .iter()
        .flat_map(|pointer| list(schema, pointer))
        .map(kind)
        .collect();
    if !choices.is_empty() {
        return choices.join(" or ");
    }
    let values: Vec<_> = list(schema, "/enum").filter_map(Value::as_str).collect();
    if !values.is_empty() {
        let values = values
            .iter()
            .map(|value| format!("<code>{}</code>", escaped(value)));
        return values.collect::<Vec<_>>().join(" ");
    }
    let names = match &schema["type"] {
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        name => Vec::from_iter(name.as_str()),
    };
    let named: Vec<_> = names.iter().map(|name| simple(name, schema)).collect();
    named.join(" or ")
}

fn simple(name: &str, schema: &Value) -> String {
    match (name, schema["format"].as_str()) {
        ("array", _) => format!("list of {}", kind(&schema["items"])),
        (_, Some(format)) if name != "null" => escaped(format),
        _ => escaped(name),
    }
}
