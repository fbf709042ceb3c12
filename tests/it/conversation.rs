//! Whole conversations with the assistant, written as data: who says what, what each reply must
//! contain, what must be booked. `data/conversations.txt` tells how they are written.

mod ledger;
mod stage;

use self::stage::Stage;

#[tokio::test]
async fn conversations_go_as_they_are_written() {
    let script = include_str!("data/conversations.txt");
    let (mut played, mut failures) = (0, Vec::new());
    for conversation in script.split("\n== ").skip(1) {
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
