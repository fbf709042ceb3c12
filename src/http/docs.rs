//! `/docs`: the OpenAPI document as a page to read. It carries all it needs, and no script.
//!
//! The invariant: it is made from the document that is served, so that both say the same.

mod schema;

use std::{fmt::Write as _, sync::Arc};

use axum::{
    body::Body,
    extract::State,
    http::{
        Response,
        header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, X_CONTENT_TYPE_OPTIONS},
    },
    response::{Html, IntoResponse},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{Shared, error::internal, openapi};

const STYLE: &str = include_str!("docs/style.css");

/// Answers `GET /docs`.
pub(super) async fn docs(State(shared): State<Arc<Shared>>) -> Response<Body> {
    let document = openapi::json().and_then(|json| serde_json::from_str::<Value>(&json));
    let document = match document {
        Ok(document) => document,
        Err(error) => return shared.envelope.answer(internal().with_cause(error)),
    };
    let digest = STANDARD.encode(Sha256::digest(STYLE));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'"
    );
    let headers = [
        (CONTENT_SECURITY_POLICY, policy),
        (X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (CACHE_CONTROL, "no-cache".to_owned()),
    ];
    (headers, Html(page(&document))).into_response()
}

/// The page of a document.
fn page(document: &Value) -> String {
    let mut body = String::new();
    for tag in list(document, "/tags") {
        let name = text(tag, "name");
        let _ = write!(
            body,
            "<section><h2>{}</h2><p>{}</p>",
            escaped(name),
            words(text(tag, "description"))
        );
        for (path, method, operation) in operations(document) {
            if list(operation, "/tags").any(|one| one == name) {
                write_operation(&mut body, path, method, operation);
            }
        }
        body.push_str("</section>");
    }
    body.push_str("<section><h2>Shapes</h2>");
    let schemas = document.pointer("/components/schemas");
    for (name, schema) in schemas.and_then(Value::as_object).into_iter().flatten() {
        schema::write(&mut body, name, schema);
    }
    body.push_str("</section>");
    let intro = document.pointer("/info/description");
    let intro = words(intro.and_then(Value::as_str).unwrap_or_default());
    format!(
        r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>frontdesk: the API</title>
<style>{STYLE}</style>
</head>
<body>
<main>
<h1>frontdesk <small>{}</small></h1>
<p>{intro}</p>
<p>The same for programs: <a href="/openapi.json">/openapi.json</a></p>
{body}
</main>
</body>
</html>
"#,
        env!("CARGO_PKG_VERSION")
    )
}

/// Every operation: its path, its method, and what it is.
fn operations(document: &Value) -> impl Iterator<Item = (&str, &str, &Value)> {
    let paths = document.pointer("/paths").and_then(Value::as_object);
    paths.into_iter().flatten().flat_map(|(path, methods)| {
        let methods = methods.as_object().into_iter().flatten();
        methods.map(move |(method, operation)| (path.as_str(), method.as_str(), operation))
    })
}

fn write_operation(body: &mut String, path: &str, method: &str, operation: &Value) {
    let _ = write!(
        body,
        "<details id=\"{id}\"><summary><b>{method}</b> <code>{path}</code> <span>{summary}</span>\
         </summary><p>{description}</p>",
        id = escaped(text(operation, "operationId")),
        method = escaped(&method.to_uppercase()),
        path = escaped(path),
        summary = words(text(operation, "summary")),
        description = words(text(operation, "description")),
    );
    let mut rows = String::new();
    for parameter in list(operation, "/parameters") {
        let must = match parameter["required"].as_bool() {
            Some(true) => "required",
            _ => "",
        };
        let _ = write!(
            rows,
            "<tr><td><code>{}</code></td><td>{} {must}</td><td>{}</td><td>{}</td></tr>",
            escaped(text(parameter, "name")),
            escaped(text(parameter, "in")),
            schema::kind(&parameter["schema"]),
            words(text(parameter, "description")),
        );
    }
    if !rows.is_empty() {
        let _ = write!(body, "<table>{rows}</table>");
    }
    for schema in contents(&operation["requestBody"]) {
        let _ = write!(body, "<p>Body: {}</p>", schema::kind(schema));
    }
    body.push_str("<table>");
    let responses = operation["responses"].as_object();
    for (status, response) in responses.into_iter().flatten() {
        let kinds: Vec<_> = contents(response).map(schema::kind).collect();
        let _ = write!(
            body,
            "<tr><td><b>{}</b></td><td>{}</td><td>{}</td></tr>",
            escaped(status),
            kinds.join(" or "),
            words(text(response, "description")),
        );
    }
    body.push_str("</table></details>");
}

/// The schemas of a body, one for each media type.
fn contents(body: &Value) -> impl Iterator<Item = &Value> {
    let contents = body["content"].as_object().into_iter().flatten();
    contents.map(|(_, content)| &content["schema"])
}

fn list<'v>(value: &'v Value, pointer: &str) -> impl Iterator<Item = &'v Value> {
    let list = value.pointer(pointer).and_then(Value::as_array);
    list.into_iter().flatten()
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_default()
}

/// Text within markup.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// Text within markup, what stands in backticks as code.
fn words(text: &str) -> String {
    let mut words = String::new();
    for (n, part) in text.split('`').enumerate() {
        let part = escaped(part);
        match n % 2 {
            0 => words.push_str(&part),
            _ => words.extend(["<code>", &part, "</code>"]),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_become_markup() {
        assert_eq!(
            words("a `<b>` & \"c\""),
            "a <code>&lt;b&gt;</code> &amp; &quot;c&quot;"
        );
    }
}
