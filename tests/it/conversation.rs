//! Whole conversations with the assistant, written as data: who says what, what each reply must
//! contain, what must be booked. `data/conversations/english.txt` tells how they are written.

mod alone;
mod answers;
mod file;
mod goals;
mod house;
mod ledger;
mod player;
mod scene;
mod simulator;

use futures_util::StreamExt as _;
use proptest::prelude::*;

use self::{alone::Alone, house::House, player::Player};

/// Conversations as data, by language.
const SCRIPTS: &[&str] = &[
    include_str!("data/conversations/english.txt"),
    include_str!("data/conversations/english_answers.txt"),
    include_str!("data/conversations/english_changes.txt"),
    include_str!("data/conversations/english_elsewhere.txt"),
    include_str!("data/conversations/english_languages.txt"),
    include_str!("data/conversations/english_people.txt"),
    include_str!("data/conversations/english_patterns.txt"),
    include_str!("data/conversations/english_statements.txt"),
    include_str!("data/conversations/english_visits.txt"),
    include_str!("data/conversations/english_zones.txt"),
    include_str!("data/conversations/spanish.txt"),
    include_str!("data/conversations/spanish_answers.txt"),
    include_str!("data/conversations/spanish_booking.txt"),
    include_str!("data/conversations/spanish_changes.txt"),
    include_str!("data/conversations/spanish_elsewhere.txt"),
    include_str!("data/conversations/spanish_formal.txt"),
    include_str!("data/conversations/spanish_people.txt"),
    include_str!("data/conversations/spanish_patterns.txt"),
    include_str!("data/conversations/spanish_statements.txt"),
    include_str!("data/conversations/spanish_visits.txt"),
    include_str!("data/conversations/spanish_zones.txt"),
];

/// What cannot be played in the whole house, by the line of a script, and why.
const OUT_OF_REACH: &[(&str, &str)] = &[
    (
        "rival ",
        "nobody outside can book in the instant between the assistant's look and the commit",
    ),
    ("elsewhere", "nobody keeps a calendar for the house"),
];
/// What goes otherwise where HighLevel keeps the calendar, by name: the minutes between two visits
/// are the calendar's to say there, and not the business file's.
const OF_OWN_BUFFERS: &[&str] = &[
    "a visit has to fit as a whole",
    "what is proposed is near, and not all of it of the same hour",
    "the reason is told: closed, too soon, too far, off the grid, taken",
    "por qué no se puede",
];
/// What contacts of HighLevel's do not do, or cannot be told: what is not words is told of without
/// its content, and after a day only a template may be sent, which HighLevel has by ids of its own.
const NOT_OF_CONTACTS: &[&str] = &[
    "(sticker)",
    "(react)",
    "(unreact)",
    "(react-earlier)",
    "(order)",
    "(form)",
    "(card)",
    "(welcome)",
    "(voice)",
    "(place)",
    "(picture)",
    "(edit)",
    "(revoke)",
    "(token)",
    "(button)",
    "\nremind",
];
/// What means something else where nothing can be tapped: a choice of an earlier list is no more
/// than its words, by name.
const OF_OLD_TAPS: &[&str] = &[
    "a second tap on yes books nothing twice",
    "a stale time means what it says",
    "dos veces sí no agenda dos veces",
    "un toque viejo no hace nada",
];
/// How many conversations go on at once in the whole house: they mostly wait for the disk.
const AT_ONCE: usize = 8;

/// A conversation by its name, its lines, and whether it is in Spanish.
struct Script {
    name: &'static str,
    lines: &'static str,
    spanish: bool,
}

fn scripts() -> impl Iterator<Item = Script> {
    SCRIPTS.iter().flat_map(|file| {
        let spanish = file.lines().next().unwrap().contains("in Spanish");
        file.split("\n== ").skip(1).map(move |script| {
            let (name, lines) = script.split_once('\n').unwrap();
            Script {
                name,
                lines,
                spanish,
            }
        })
    })
}

#[tokio::test]
async fn conversations_go_as_they_are_written() {
    let (mut played, mut failures) = (0, Vec::new());
    for script in scripts() {
        let mut player = Player::new(script.name, Alone::new());
        for line in script.lines.lines() {
            player.play(line).await;
        }
        played += 1;
        failures.extend(player.finish().0);
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(played >= 200, "only {played} conversations");
}

#[tokio::test(flavor = "multi_thread")]
async fn conversations_go_so_through_the_whole_house() {
    play_in(House::new, &[], &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn conversations_go_so_with_the_calendar_at_highlevel() {
    play_in(House::at_highlevel, OF_OWN_BUFFERS, &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn conversations_go_so_through_highlevel_with_its_calendar() {
    let but = [OF_OWN_BUFFERS, OF_OLD_TAPS].concat();
    play_in(House::through_highlevel, &but, NOT_OF_CONTACTS).await;
}

/// Plays all that is within reach, but for those that are named, or have such words in them.
async fn play_in(house: fn() -> House, but: &[&str], with: &[&str]) {
    let out_of_reach = |script: &Script| {
        let mut verbs = OUT_OF_REACH.iter();
        verbs.any(|(verb, _)| script.lines.lines().any(|line| line.starts_with(verb)))
    };
    let within: Vec<_> = scripts()
        .filter(|script| !out_of_reach(script) && !but.contains(&script.name))
        .filter(|script| !with.iter().any(|words| script.lines.contains(words)))
        .collect();
    let spanish = within.iter().filter(|script| script.spanish).count();
    let played = within.len();
    let failures = futures_util::stream::iter(within).map(|script| async move {
        let mut player = Player::new(script.name, house());
        for line in script.lines.lines() {
            player.play(line).await;
        }
        let (failure, house) = player.finish();
        house.close().await;
        failure
    });
    let failures: Vec<_> = failures.buffer_unordered(AT_ONCE).collect().await;
    let failures: Vec<_> = failures.into_iter().flatten().collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(
        played >= 200 && spanish >= 90,
        "{played}, in Spanish {spanish}"
    );
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

/// Whether a customer who writes this to a question whose yes has a place says yes.
fn is_yes(text: &str, place: usize) -> bool {
    let place = place.to_string();
    // What was asked about, said back, is a yes: "shall I move it?" "Move it."
    let yes = ["yes", "ok", &place, "👍", "bookit", "cancel", "move", "sí"];
    let mut turn = text.split(" || ").peekable();
    // "o[k" is a slip of the finger.
    let letters = |text: &str| -> String {
        let signs = |one: &char| one.is_alphanumeric() || *one == '👍';
        text.to_lowercase().chars().filter(signs).collect()
    };
    // "Y", "yy", "ýY".
    let is_short = |text: &str| {
        let mut words = text.split(|one: char| !one.is_alphanumeric());
        let drawls = |word: &str, letters: &[char]| {
            !word.is_empty()
                && word
                    .to_lowercase()
                    .chars()
                    .all(|one| letters.contains(&one))
        };
        words.any(|word| drawls(word, &['k']) || drawls(word, &['y', 'ý', 'ÿ']))
    };
    let said = |text: &str| yes.iter().any(|yes| letters(text).contains(yes)) || is_short(text);
    turn.peek().is_some() && turn.any(said)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn nothing_becomes_firm_without_a_yes_to_the_question(
        turns in prop::collection::vec(prop::collection::vec(texts(), 1..3), 1..14),
        booked in any::<bool>(),
        elsewhere in any::<bool>(),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let mut player = Player::new("any words", Alone::new());
        if booked {
            runtime.block_on(player.play("has manicure ana 2026-03-10T10:00"));
        }
        if elsewhere {
            runtime.block_on(player.play("elsewhere"));
        }
        for turn in turns {
            let before = player.booked();
            let asked = player.yes();
            let text = turn.join(" || ");
            runtime.block_on(player.play(&format!("> {text}")));
            let changed = player.booked() != before;
            prop_assert!(!changed || asked.is_some_and(|place| is_yes(&text, place)), "{}", player.transcript());
        }
    }
}
