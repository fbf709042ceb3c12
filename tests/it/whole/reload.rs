//! SIGHUP: the business files are read anew, and take effect as a whole or not at all.

use std::path::Path;

use serde_json::json;

use super::{APP_SECRET, NUMBER, SALON, booking::Customer, phone, salon, stored};
use crate::support::{
    graph::{Graph, TOKEN, Webhook},
    process::{Frontdesk, client},
};

const MARIA: Customer = Customer {
    phone: "+12025550137",
    name: "Maria Lopez",
};
const OTHER_NUMBER: &str = "200000000000002";
const OWN_SECRET: &str = "the-secret-of-the-salon-itself";

/// Writes the salon's file and asks the server to read it.
fn hang_up(server: &Frontdesk, folder: &Path, file: &str) {
    std::fs::write(folder.join("salon.toml"), file).unwrap();
    server.signal("HUP");
}

/// What is said to a greeting by somebody new.
async fn greeting(server: &Frontdesk, phone: &str) -> String {
    let answer = server.say(phone, "Hi").await;
    answer["replies"][0]["text"].as_str().unwrap().to_owned()
}

/// Whether a client is let in by the salon's own secret.
async fn own_secret_is_known(server: &Frontdesk) -> bool {
    let message = json!({"phone": "+12025550109", "message": "Hi"});
    let request = client()
        .post(format!("{}/webhook", server.url))
        .header("content-type", "application/json")
        .header("x-webhook-secret", OWN_SECRET)
        .body(message.to_string());
    let status = request.send().await.unwrap().status();
    assert!(status == 200 || status == 401, "{status}");
    status == 200
}

#[tokio::test]
async fn a_good_file_takes_effect_everywhere_and_a_faulty_one_nowhere() {
    let (folder, graph) = (tempfile::tempdir().unwrap(), Graph::start().await);
    let folder = folder.path();
    let mut command = salon(folder);
    command
        .env("WHATSAPP_ACCESS_TOKEN", "EAAG-of-no-number")
        .env("WHATSAPP_API_URL", graph.url())
        .env("GHL_API_TOKEN", "unused")
        .env("GHL_API_URL", "http://127.0.0.1:1");
    let server = Frontdesk::spawn(command).await;
    assert!(
        greeting(&server, "+12025550101")
            .await
            .contains("Luna Salon")
    );
    assert!(!own_secret_is_known(&server).await);

    let faulty = SALON.replace("America/New_York", "Mars/Base");
    hang_up(
        &server,
        folder,
        &faulty.replace("minutes = 30", "minutes = 0"),
    );
    server.logged("service[1] (").await;
    server.logged(").minutes: must be").await;
    server.logged("timezone: must be a zone").await;
    server.logged("are not taken over").await;
    assert!(
        greeting(&server, "+12025550102")
            .await
            .contains("Luna Salon")
    );

    // Nor does a faulty `.env`, which is read anew as well.
    std::fs::write(folder.join(".env"), "SALON_SECRET=two words\n").unwrap();
    hang_up(&server, folder, &SALON.replace("Luna", "Sol"));
    server.logged(".env").await;
    assert!(
        greeting(&server, "+12025550106")
            .await
            .contains("Luna Salon")
    );

    let secrets = format!("SALON_SECRET={OWN_SECRET}\nSALON_TOKEN={TOKEN}\n");
    std::fs::write(folder.join(".env"), secrets).unwrap();
    let good = SALON
        .replace("Luna Salon", "Sol Salon")
        .replace("ask = ", "webhook_secret_env = \"SALON_SECRET\"\nask = ")
        .replace("[hours]", "[reminder]\nminutes = [10]\n[hours]")
        .replace(NUMBER, OTHER_NUMBER)
        .replace("[highlevel]", "token_env = \"SALON_TOKEN\"\n[highlevel]");
    hang_up(&server, folder, &good);
    server.logged("took the business files over").await;
    assert!(
        greeting(&server, "+12025550103")
            .await
            .contains("Sol Salon")
    );
    assert!(own_secret_is_known(&server).await);
    let number = Webhook {
        secret: APP_SECRET,
        number: OTHER_NUMBER,
    };
    let writer = phone("+12025550104");
    let (status, _) = server
        .deliver(&client(), number.text(&writer, "1", "Hi"))
        .await;
    assert_eq!(status, 200);
    let taken = graph.taken_at_least(1).await.remove(0);
    assert_eq!(taken.number, OTHER_NUMBER);
    assert!(taken.words().contains("Sol Salon"));
    MARIA.book(&server, "Haircut").await;
    let reminders = "SELECT count(*) FROM outbox WHERE kind = 'reminder'";
    assert_eq!(stored(folder, reminders), 1);
    server.stop().await;
}

#[tokio::test]
async fn what_would_close_a_door_takes_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let server = Frontdesk::spawn(salon(folder.path())).await;
    let closed = SALON.replace("location_ids = [\"l1C08ntBrFjLS0elLIYU\"]", "");
    hang_up(&server, folder.path(), &closed.replace("Luna", "Sol"));
    server.logged("takes a restart").await;
    server.logged("are not taken over").await;
    assert!(
        greeting(&server, "+12025550101")
            .await
            .contains("Luna Salon")
    );
    server.stop().await;
}
