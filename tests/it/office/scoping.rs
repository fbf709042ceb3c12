//! What is found by its id belongs to a business, and only under that one's name.

use std::{collections::BTreeSet, time::Duration};

use frontdesk::{
    booking::Businesses,
    http::openapi_json,
    message::{Arrival, BusinessId, InboundMessage, SourceKind, Unprocessed, UnprocessedReason},
    signature::Scheme,
    store::Release,
};
use serde_json::{Value, json};

use crate::support::{edge::Answer, office::Office, shop::message};

const LEASE: Duration = Duration::from_secs(30);
const PHONE: &str = "+12025550100";

/// One route by id, and how it answers whose resource it is.
struct Route {
    method: &'static str,
    path: &'static str,
    id: String,
    body: Option<Value>,
    done: u16,
}

impl Route {
    async fn ask(&self, office: &Office, query: &str) -> Answer {
        let start = self.path.find('{').unwrap();
        let end = self.path.find('}').unwrap();
        let (head, tail) = (&self.path[..start], &self.path[end + 1..]);
        let uri = format!("{head}{}{tail}{query}", self.id);
        match &self.body {
            Some(body) => office.send(self.method, &uri, body).await,
            None => office.ask(self.method, &uri).await,
        }
    }
}

fn two_businesses() -> Businesses {
    let folder = tempfile::tempdir().unwrap();
    for id in ["luna", "sol"] {
        let file = format!(
            "id = \"{id}\"\nname = \"Shop\"\ntimezone = \"UTC\"\n[hours]\n\
             monday = [\"09:00-17:00\"]\n[[service]]\nid = \"cut\"\nname = \"Cut\"\nminutes = 30\n"
        );
        std::fs::write(folder.path().join(format!("{id}.toml")), file).unwrap();
    }
    Businesses::load(folder.path()).unwrap()
}

fn to_sol(text: &str) -> InboundMessage {
    let mut message = message("a", text);
    message.thread.business = BusinessId::new("sol");
    message
}

async fn accept(office: &Office, arrival: Arrival) {
    office.store.accept(vec![arrival]).await.unwrap();
}

/// Fills the store with one of each, all of them of `sol`.
async fn routes(office: &Office) -> Vec<Route> {
    for text in ["first", "second"] {
        accept(office, Arrival::Message(to_sol(text))).await;
        let lease = office.store.lease(1, LEASE).await.unwrap().turns.remove(0);
        let dead = Release::Dead { reason: "test" };
        office.store.release(&lease, dead).await.unwrap();
        office.clock.advance(chrono::TimeDelta::minutes(1));
    }
    let created = async |path: &str, body: Value| -> String {
        let created = office.send("POST", path, &body).await;
        assert_eq!(created.status, 201, "{}", created.text);
        created.json()["id"].as_str().unwrap().to_owned()
    };
    let start = "2026-11-30T10:00:00Z";
    let booking = json!({"business": "sol", "service": "cut", "start": start, "phone": PHONE});
    let booking = created("/api/bookings", booking).await;
    let block = json!({"business": "sol", "from": "2026-12-01", "to": "2026-12-01"});
    let block = created("/api/blocks", block).await;
    let listed = async |what: &str| -> Vec<Value> {
        let page = office.get(&format!("/api/{what}?business=sol")).await;
        page.json()[what].as_array().unwrap().clone()
    };
    let thread = listed("threads").await[0]["id"].to_string();
    let failures = listed("failures").await;
    let failure = |n: usize| failures[n]["id"].as_str().unwrap().to_owned();
    let route = |method, path, id: &str, body, done| Route {
        method,
        path,
        id: id.to_owned(),
        body,
        done,
    };
    let later = json!({"start": "2026-11-30T11:00:00Z"});
    vec![
        route("PATCH", "/api/bookings/{id}", &booking, Some(later), 200),
        route("DELETE", "/api/bookings/{id}", &booking, None, 204),
        route("DELETE", "/api/blocks/{id}", &block, None, 204),
        route("GET", "/api/threads/{id}", &thread, None, 200),
        route(
            "POST",
            "/api/threads/{id}/pause",
            &thread,
            Some(json!({})),
            200,
        ),
        route("POST", "/api/threads/{id}/resume", &thread, None, 200),
        route(
            "POST",
            "/api/threads/{id}/messages",
            &thread,
            Some(json!({"text": "Hello"})),
            201,
        ),
        route("POST", "/api/failures/{id}/replay", &failure(0), None, 204),
        route("POST", "/api/failures/{id}/discard", &failure(1), None, 204),
        route("DELETE", "/api/customers/{customer}", PHONE, None, 200),
    ]
}

/// The routes of the API that name something in their path, as the document has them.
fn documented() -> BTreeSet<(String, String)> {
    let document: Value = serde_json::from_str(&openapi_json().unwrap()).unwrap();
    let paths = document["paths"].as_object().unwrap().iter();
    let by_id = paths.filter(|(path, _)| path.starts_with("/api/") && path.contains('{'));
    by_id
        .flat_map(|(path, operations)| {
            let methods = operations.as_object().unwrap().keys();
            methods.map(|method| (method.to_uppercase(), path.clone()))
        })
        .collect()
}

#[tokio::test]
async fn a_business_that_is_named_is_the_one_it_belongs_to_on_every_route_by_id() {
    let office = Office::of(two_businesses());
    let routes = routes(&office).await;
    let tried = routes.iter();
    let tried = tried.map(|route| (route.method.to_owned(), route.path.to_owned()));
    assert_eq!(tried.collect::<BTreeSet<_>>(), documented());
    for route in &routes {
        let case = format!("{} {}", route.method, route.path);
        let foreign = route.ask(&office, "?business=luna").await;
        assert_eq!(foreign.status, 404, "{case}: {}", foreign.text);
        assert_eq!(foreign.error_code(), "not_found", "{case}");
        for (query, field) in [
            ("?business=nowhere", "business"),
            ("?business=", "business"),
            ("?business=sol&business=luna", "business"),
            ("?business=sol&busines=sol", "busines"),
            ("?business=sol&id=1", "id"),
        ] {
            let refused = route.ask(&office, query).await;
            assert_eq!(refused.error_code(), "validation_error", "{case} {query}");
            assert!(
                refused.json()["details"][field].is_string(),
                "{case} {query}"
            );
        }
    }
    for route in &routes {
        let done = route.ask(&office, "?business=sol").await;
        let case = format!("{} {}", route.method, route.path);
        assert_eq!(done.status.as_u16(), route.done, "{case}: {}", done.text);
    }
}

#[tokio::test]
async fn without_a_business_an_id_is_enough_and_a_number_is_not() {
    let office = Office::of(two_businesses());
    for route in routes(&office).await {
        let answer = route.ask(&office, "").await;
        let case = format!("{} {}", route.method, route.path);
        // A number may be known to several businesses.
        let done = if route.path.contains("{customer}") {
            422
        } else {
            route.done
        };
        assert_eq!(answer.status.as_u16(), done, "{case}: {}", answer.text);
    }
}

#[tokio::test]
async fn what_is_made_names_its_business_in_the_body_or_the_query() {
    let office = Office::of(two_businesses());
    let start = "2026-11-30T10:00:00Z";
    let booking = json!({"service": "cut", "start": start, "phone": PHONE});
    let block = json!({"from": "2026-12-01", "to": "2026-12-01"});
    for (path, body) in [("/api/bookings", booking), ("/api/blocks", block)] {
        let mut named = body.clone();
        named["business"] = "sol".into();
        for (query, body) in [
            ("", &body),
            ("?business=nowhere", &body),
            ("?business=luna", &named),
            ("?business=sol&business=sol", &body),
        ] {
            let refused = office.send("POST", &format!("{path}{query}"), body).await;
            assert_eq!(refused.error_code(), "validation_error", "{path}{query}");
            assert!(refused.json()["details"]["business"].is_string());
        }
        for (business, body) in [("luna", &body), ("sol", &named)] {
            let uri = format!("{path}?business={business}");
            let made = office.send("POST", &uri, body).await.json();
            assert_eq!(made["business"], business, "{made}");
        }
    }
}

#[tokio::test]
async fn a_delivery_that_is_nobodys_is_settled_under_any_name() {
    let office = Office::of(two_businesses());
    for (n, query) in ["", "?business=luna", "?business=sol"]
        .into_iter()
        .enumerate()
    {
        accept(
            &office,
            Arrival::Unprocessed(Unprocessed {
                source: SourceKind::Whatsapp,
                scheme: Scheme::BodyHmac,
                business: None,
                reason: UnprocessedReason::Unrouted,
                raw: format!("{n}").into_bytes().into(),
            }),
        )
        .await;
        let listed = office.get("/api/failures?business=luna").await.json();
        let id = listed["failures"][0]["id"].as_str().unwrap().to_owned();
        let uri = format!("/api/failures/{id}/discard{query}");
        assert_eq!(office.ask("POST", &uri).await.status, 204, "{query}");
    }
}
