//! Whole conversations with the assistant, written as data: who says what, what each reply must
//! contain, what must be booked. `data/conversations/english.txt` tells how they are written.

mod ledger;
mod stage;

use proptest::prelude::*;

use self::stage::Stage;

/// Conversations as data, by language.
const SCRIPTS: &[&str] = &[
    include_str!("data/conversations/english.txt"),
    include_str!("data/conversations/english_changes.txt"),
    include_str!("data/conversations/english_people.txt"),
    include_str!("data/conversations/english_visits.txt"),
    include_str!("data/conversations/spanish.txt"),
    include_str!("data/conversations/spanish_changes.txt"),
    include_str!("data/conversations/spanish_visits.txt"),
];

#[tokio::test]
async fn conversations_go_as_they_are_written() {
    let (mut played, mut failures) = (0, Vec::new());
    let conversations = SCRIPTS
        .iter()
        .flat_map(|script| script.split("\n== ").skip(1));
    for conversation in conversations {
        let (name, lines) = conversation.split_once('\n').unwrap();
        let mut stage = Stage::new(name);
        for line in lines.lines() {
            stage.play(line).await;
        }
        played += 1;
        failures.extend(stage.failure());
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(played >= 40, "only {played} conversations");
}

/// What a customer may write: mostly what matters here, and anything else.
fn texts() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "haircut",
        "manicure",
        "hair color",
        "tomorrow",
        "friday",
        "next week",
        "at 3 pm",
        "at 4",
        "15:30",
        "6/3",
        "yes",
        "no",
        "ok",
        "1",
        "2",
        "10",
        "more times",
        "cancel",
        "start over",
        "hi",
        "thanks",
        "when is my appointment",
        "Maria",
        "with Ben",
        "but",
        "how much",
        "stop",
        "👍",
        "?",
        "what",
        "asap",
        "help",
        "tuesday at 11 am",
        "book it",
        "yes, book it",
        "(sticker)",
        "I can't make it",
        "move it",
        "another time",
        "english please",
        "en español",
        "mañana a las 3",
        "sí",
        "cancelar",
        "no puedo ir",
    ];
    prop_oneof![
        8 => prop::collection::vec(prop::sample::select(PIECES), 1..4).prop_map(|all| all.join(" ")),
        1 => ".{0,40}",
        1 => "1\\.[a-z]\\.[0-9a-z.-]{0,20}".prop_map(|token| format!("(token) {token}")),
    ]
}

/// Whether a customer who writes this to a question of yes or no says yes.
fn is_yes(text: &str) -> bool {
    let yes = ["yes", "ok", "1", "👍", "book it", "cancel", "sí"];
    let mut turn = text.split(" || ").peekable();
    let said = |text: &str| yes.iter().any(|yes| text.contains(yes));
    turn.peek().is_some() && turn.any(said)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn nothing_becomes_firm_without_a_yes_to_the_question(
        turns in prop::collection::vec(prop::collection::vec(texts(), 1..3), 1..14),
        booked in any::<bool>(),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let mut stage = Stage::new("any words");
        if booked {
            runtime.block_on(stage.play("has manicure ana 2026-03-10T10:00"));
        }
        for turn in turns {
            let before = stage.booked();
            let asked = stage.asks_yes_or_no();
            let text = turn.join(" || ");
            runtime.block_on(stage.play(&format!("> {text}")));
            let changed = stage.booked() != before;
            prop_assert!(!changed || (asked && is_yes(&text)), "{}", stage.transcript());
        }
    }
}
