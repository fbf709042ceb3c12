//! What a query may hold: on every route of the document, only the fields that it names, once each.

use axum::body::Body;
use chrono::{DateTime, Utc};
use frontdesk::{
    http::{Tokens, openapi_json},
    signature::{Secret, standard_webhooks},
};
use http::Request;
use serde_json::{Value, json};

use crate::support::{
    door::SECRET,
    edge::{Answer, TestEdge, message, request, send},
};

const TOKEN: &str = "only-for-the-owner";
const VERIFY: &str = "only-for-meta";
const NOW: &str = "2026-11-23T12:00:00Z";

/// Routes whose address somebody entered at a provider, which may have a query of its own.
const ENTERED_ELSEWHERE: [(&str, &str); 3] = [
    ("POST", "/webhook/whatsapp"),
    ("POST", "/webhook/ghl"),
    ("GET", "/webhook/whatsapp"),
];
/// Its token is in the query, and the edge's own store knows none.
const CALENDAR: &str = "/calendar.ics";

struct Route {
    method: String,
    path: String,
    fields: Vec<String>,
}

fn routes() -> Vec<Route> {
    let document: Value = serde_json::from_str(&openapi_json().unwrap()).unwrap();
    let paths = document["paths"].as_object().unwrap().iter();
    let operations = paths.flat_map(|(path, operations)| {
        let operations = operations.as_object().unwrap().iter();
        operations.map(move |(method, operation)| {
            let parameters = operation["parameters"].as_array();
            let parameters = parameters.into_iter().flatten();
            let fields = parameters.filter(|parameter| parameter["in"] == "query");
            Route {
                method: method.to_uppercase(),
                path: path.clone(),
                fields: fields
                    .map(|field| field["name"].as_str().unwrap().to_owned())
                    .collect(),
            }
        })
    });
    operations.collect()
}

impl Route {
    fn is_entered_elsewhere(&self) -> bool {
        ENTERED_ELSEWHERE.contains(&(&*self.method, &*self.path))
    }

    /// A request that proves itself by all there is, and asks for something that is right.
    fn request(&self, query: &str) -> Request<Body> {
        let path = self.path.replace("{customer}", "+12025550100");
        let path = path.replace("{id}", "1");
        let body = if self.path == "/webhook" {
            message("m1")
        } else {
            json!({})
        }
        .to_string();
        let now: DateTime<Utc> = NOW.parse().unwrap();
        let time = now.timestamp();
        let agent = Secret::new("agent").unwrap();
        let signature = standard_webhooks::sign(&agent, "id", time, body.as_bytes());
        let headers = [
            ("authorization", &*format!("Bearer {TOKEN}")),
            ("x-secret", SECRET),
            ("content-type", "application/json"),
            ("webhook-id", "id"),
            ("webhook-timestamp", &time.to_string()),
            ("webhook-signature", &signature),
        ];
        let request = request(&self.method, &format!("{path}?{query}"), &headers);
        match &*self.method {
            "POST" | "PATCH" => request.map(|_| Body::from(body)),
            _ => request,
        }
    }
}

async fn ask(route: &Route, query: &str) -> Answer {
    let mut test = TestEdge::new();
    test.edge.tokens = Tokens {
        admin: Some(TOKEN.into()),
        metrics: Some(TOKEN.into()),
        whatsapp_verify: Some(VERIFY.into()),
    };
    send(&test.router(), route.request(query)).await
}

fn handshake() -> String {
    format!("hub.mode=subscribe&hub.challenge=1&hub.verify_token={VERIFY}")
}

#[tokio::test]
async fn a_field_that_is_not_known_is_refused_by_its_name_on_every_route() {
    for route in routes() {
        if route.is_entered_elsewhere() || route.path == CALENDAR {
            continue;
        }
        for (query, field) in [("utm_source=x", "utm_source"), ("a%20b", "a b"), ("=1", "")] {
            let refused = ask(&route, query).await;
            let case = format!("{} {}?{query}", route.method, route.path);
            assert_eq!(refused.error_code(), "validation_error", "{case}");
            let fault = &refused.json()["details"][field];
            assert_eq!(fault, "is not known here", "{case}: {}", refused.text);
        }
    }
}

#[tokio::test]
async fn a_misspelt_field_is_told_with_the_one_that_was_meant() {
    let mut tried = 0;
    for route in routes() {
        if route.is_entered_elsewhere() || route.path == CALENDAR {
            continue;
        }
        for field in route.fields.iter().filter(|field| field.len() > 5) {
            let (misspelt, last) = field.split_at(field.len() - 1);
            let misspelt = format!("{misspelt}x{last}");
            let refused = ask(&route, &format!("{misspelt}=1")).await;
            let case = format!("{} {}?{misspelt}", route.method, route.path);
            let fault = &refused.json()["details"][&misspelt];
            let meant = format!("is not known here; did you mean {field}?");
            assert_eq!(fault, &meant, "{case}: {}", refused.text);
            tried += 1;
        }
    }
    assert!(tried > 20, "{tried}");
}

#[tokio::test]
async fn a_field_that_is_given_twice_is_refused_by_its_name_on_every_route() {
    let mut tried = 0;
    for route in routes() {
        if route.is_entered_elsewhere() || route.path == CALENDAR {
            continue;
        }
        // A visit of two services names both.
        for field in route.fields.iter().filter(|field| *field != "service") {
            let refused = ask(&route, &format!("{field}=1&{field}=2")).await;
            let case = format!("{} {}: {field}", route.method, route.path);
            assert_eq!(refused.error_code(), "validation_error", "{case}");
            let details = &refused.json()["details"];
            assert!(details[field].is_string(), "{case}: {details}");
            tried += 1;
        }
    }
    assert!(tried > 30, "{tried}");
}

#[tokio::test]
async fn what_an_operator_entered_at_a_provider_loses_no_delivery() {
    for route in routes() {
        if !route.is_entered_elsewhere() {
            continue;
        }
        let query = if route.method == "GET" {
            format!("env=live&{}", handshake())
        } else {
            "env=live&env=test&business=luna".to_owned()
        };
        let mut request = route.request(&query);
        if route.method == "POST" {
            *request.body_mut() = Body::from(message("m1").to_string());
        }
        let mut test = TestEdge::new();
        test.edge.tokens.whatsapp_verify = Some(VERIFY.into());
        let answer = send(&test.router(), request).await;
        assert_eq!(answer.status, 200, "{} {}", route.method, route.path);
    }
    let twice = format!("{}&hub.verify_token={VERIFY}", handshake());
    let route = Route {
        method: "GET".into(),
        path: "/webhook/whatsapp".into(),
        fields: Vec::new(),
    };
    assert_eq!(ask(&route, &twice).await.error_code(), "forbidden");
}

#[tokio::test]
async fn who_proves_nothing_is_told_nothing_of_the_fields() {
    let router = {
        let mut test = TestEdge::new();
        test.edge.tokens.admin = Some(TOKEN.into());
        test.router()
    };
    for (method, uri) in [
        ("POST", "/webhook?a=1"),
        ("GET", "/webhook/replies?a=1"),
        ("POST", "/webhook/workflow?a=1"),
        ("GET", "/api/bookings?a=1"),
        ("DELETE", "/api/bookings/1?a=1"),
        ("GET", "/calendar.ics?a=1"),
    ] {
        let refused = send(&router, request(method, uri, &[])).await;
        assert_eq!(refused.status, 401, "{method} {uri}: {}", refused.text);
    }
}
