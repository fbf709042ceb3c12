//! Every message of the tables of acts, written where an appointment was proposed: what is booked.
//!
//! Nothing but a yes may book. What is not booked though it should be, and what is changed without
//! being asked about, is listed in a snapshot: `INSTA_UPDATE=always` writes it anew.

use std::fmt::Write as _;

use super::{alone::Alone, player::Player};
use crate::language::acts::{Message, Outcome, messages};

const PROPOSED: &str = "haircut ana 2026-03-05T15:00";

/// A conversation up to the question, and whether the message then did what it has to.
async fn is_answered(wish: &str, message: &Message<'_>) -> Result<(), String> {
    let mut player = Player::new("an answer", Alone::new());
    player.play("at 2026-03-04T10:00").await;
    player.play("name Maria").await;
    player.play(wish).await;
    let held = player.held();
    assert!(held.starts_with(PROPOSED), "{}", player.transcript());
    assert!(player.yes().is_some(), "{}", player.transcript());
    player.play(&format!("> {}", message.text)).await;
    let [booked, _] = player.booked();
    let text = player.told().text.replace('\n', " ");
    let first: String = text.chars().take(80).collect();
    let found = format!("booked {booked}, held {}: {first}", player.held());
    let right = match message.outcome() {
        Outcome::Booked => booked.starts_with(PROPOSED),
        Outcome::Changed => {
            assert_eq!(booked, "none", "{}", player.transcript());
            // To ask again is enough where who comes, or with whom, is another.
            let again = ["anyone", "name"].iter().any(|name| message.does(name));
            let again = again || message.tells("for");
            player.held() != held || player.yes().is_none() || again
        }
        Outcome::Refused => {
            assert_eq!(booked, "none", "{}", player.transcript());
            true
        }
        Outcome::Other => booked == "none",
    };
    if right { Ok(()) } else { Err(found) }
}

async fn misses(table: &str, wish: &str) -> String {
    let (mut misses, mut counts) = (String::new(), [(0, 0); 3]);
    for message in messages(table) {
        let kind = match message.outcome() {
            Outcome::Booked => 0,
            Outcome::Changed => 1,
            Outcome::Refused => 2,
            Outcome::Other => continue,
        };
        counts[kind].1 += 1;
        match is_answered(wish, &message).await {
            Ok(()) => counts[kind].0 += 1,
            Err(found) => {
                let (meant, text) = (message.outcome(), &message.text);
                writeln!(misses, "{meant:?}: {text:?}\n    {found}").unwrap();
            }
        }
    }
    let [yes, changed, refused] = counts.map(|(right, all)| format!("{right} of {all}"));
    format!(
        "booked as proposed: {yes}\nasked about what is changed: {changed}\nbooked nothing: {refused}\n\n{misses}"
    )
}

#[tokio::test]
async fn a_yes_in_english_books_and_nothing_else_does() {
    let table = include_str!("../data/phrases/acts_en.txt");
    let wish = "> haircut with Ana on thursday at 3 pm";
    insta::assert_snapshot!("english_answers", misses(table, wish).await);
}

#[tokio::test]
async fn a_yes_in_spanish_books_and_nothing_else_does() {
    let table = include_str!("../data/phrases/acts_es.txt");
    let wish = "> corte de pelo con Ana el jueves a las 3 de la tarde";
    insta::assert_snapshot!("spanish_answers", misses(table, wish).await);
}
