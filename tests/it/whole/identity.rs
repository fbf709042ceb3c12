//! One person through every door: booked by the office in one spelling, writing in another, answered
//! by hand in a third.

use frontdesk::message::PhoneNumber;
use serde_json::{Value, json};

use super::{APP_SECRET, NUMBER, phone, salon};
use crate::support::{
    graph::{Graph, TOKEN, Webhook, Writer},
    process::{Frontdesk, client, now},
};

const ADMIN: &str = "only-for-the-office-of-this-test";

const META: Webhook<'_> = Webhook {
    secret: APP_SECRET,
    number: NUMBER,
};

async fn ask(server: &Frontdesk, method: &str, path: &str, body: &Value) -> (u16, Value) {
    let method = method.parse().unwrap();
    let request = client().request(method, format!("{}{path}", server.url));
    let request = request.bearer_auth(ADMIN);
    let request = if body.is_null() {
        request
    } else {
        request.json(body)
    };
    let answer = request.send().await.unwrap();
    let status = answer.status().as_u16();
    (status, answer.json().await.unwrap_or_default())
}

async fn write(server: &Frontdesk, from: &PhoneNumber, id: &str, text: &str) {
    let request = META.text(from, id, text);
    assert_eq!(server.deliver(&client(), request).await.0, 200);
    server.settled().await;
}

#[tokio::test]
async fn a_customer_is_one_whatever_spelling_of_their_number_is_used() {
    let (folder, graph) = (tempfile::tempdir().unwrap(), Graph::start().await);
    let mut command = salon(folder.path());
    command
        .env("ADMIN_TOKEN", ADMIN)
        .env("WHATSAPP_ACCESS_TOKEN", TOKEN)
        .env("WHATSAPP_API_URL", graph.url());
    let server = Frontdesk::spawn(command).await;
    for (n, (booked, written)) in [
        ("+5531988887777", "+553188887777"),
        ("+525512345678", "+5215512345678"),
        ("+541155554444", "+5491155554444"),
    ]
    .into_iter()
    .enumerate()
    {
        let (written, before) = (phone(written), graph.taken().len());
        let query = booked.replace('+', "%2B");
        let start = format!(
            "{}T1{n}:00:00-05:00",
            (now() + chrono::TimeDelta::days(20)).date_naive()
        );
        let body = json!({"service": "haircut", "start": start, "phone": booked, "name": "Ana",
            "override": true});
        let (status, booking) = ask(&server, "POST", "/api/bookings", &body).await;
        assert_eq!(status, 201, "{booking}");

        write(
            &server,
            &written,
            &format!("{n}-1"),
            "when is my appointment?",
        )
        .await;
        let taken = graph.taken_at_least(before + 1).await;
        assert_eq!(*taken[before].recipient, written.as_str()[1..]);
        assert!(
            taken[before].words().contains("Haircut"),
            "{}",
            taken[before].words()
        );

        // A person answers, to the number as an address book has it.
        let to = phone(booked);
        let writer = Writer {
            phone: &to,
            name: None,
            at: now(),
        };
        let echo = META.echo(&writer, &n.to_string(), "I see to it");
        assert_eq!(server.deliver(&client(), echo).await.0, 200);
        write(&server, &written, &format!("{n}-2"), "1").await;
        assert_eq!(
            graph.taken().len(),
            before + 1,
            "the bot talks over the person"
        );

        let (_, threads) = ask(&server, "GET", "/api/threads", &Value::Null).await;
        let threads = threads["threads"].as_array().unwrap().iter();
        let known = threads.filter(|thread| !thread["phone"].is_null());
        assert_eq!(known.count(), 1, "of who is forgotten an empty one is left");
        for number in [booked, written.as_str()] {
            let path = format!("/api/bookings?phone={}", number.replace('+', "%2B"));
            let (_, found) = ask(&server, "GET", &path, &Value::Null).await;
            assert_eq!(found["bookings"].as_array().unwrap().len(), 1, "{found}");
        }
        let path = format!("/api/bookings/{}", booking["id"].as_str().unwrap());
        assert_eq!(ask(&server, "DELETE", &path, &Value::Null).await.0, 204);
        let path = format!("/api/customers/{query}");
        let (status, forgotten) = ask(&server, "DELETE", &path, &Value::Null).await;
        assert_eq!(status, 200, "{forgotten}");
        assert_eq!(
            forgotten,
            json!({"threads": 1, "messages": 2, "bookings": 1})
        );
    }
}
