//! The program as it is started: arguments in, exit code and words out.

use std::process::{Command, Output};

use serde_json::json;

use crate::support::process::{self, Frontdesk};

fn frontdesk(folder: &tempfile::TempDir) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_frontdesk"));
    command.current_dir(folder.path()).env_clear();
    command
}

fn text(output: &Output) -> (Option<i32>, String, String) {
    let words = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let (stdout, stderr) = (words(&output.stdout), words(&output.stderr));
    (output.status.code(), stdout, stderr)
}

#[test]
fn wrong_settings_end_with_64_and_leave_no_trace() {
    let folder = tempfile::tempdir().unwrap();
    let mut serve = frontdesk(&folder);
    serve.args(["serve", "--port", "http"]).env("HOST", "here");
    let (code, stdout, stderr) = text(&serve.output().unwrap());
    assert_eq!((code, stdout.as_str()), (Some(64), ""));
    insta::assert_snapshot!(stderr, @r#"
    frontdesk: the setup has 2 faults, and nothing was started:
      HOST: must be an IP address, such as 127.0.0.1 or ::, not "here"
      PORT: must be a whole number from 0 to 65535, not "http"
    "#);
    assert_eq!(folder.path().read_dir().unwrap().count(), 0);
}

#[test]
fn faults_of_settings_and_business_file_are_listed_together() {
    let folder = tempfile::tempdir().unwrap();
    let business = "name = \"Luna\"\ntimezone = \"Mars/Base\"\n";
    std::fs::write(folder.path().join("luna.toml"), business).unwrap();
    std::fs::write(folder.path().join(".env"), "BUSINESS=luna.toml\n").unwrap();
    let mut check = frontdesk(&folder);
    check.args(["check", "--port", "http"]);
    let (code, stdout, stderr) = text(&check.output().unwrap());
    assert_eq!((code, stdout.as_str()), (Some(64), ""));
    insta::assert_snapshot!(stderr, @r#"
    frontdesk: the setup has 4 faults, and nothing was started:
      PORT: must be a whole number from 0 to 65535, not "http"
      luna.toml: timezone: must be a zone of the IANA database, such as "America/New_York"
      luna.toml: service: must be there at least once: [[service]]
      luna.toml: hours: must have at least one opening
    "#);
}

#[test]
fn misspelt_settings_start_nothing_and_show_no_value() {
    let folder = tempfile::tempdir().unwrap();
    let dotenv = "GHL_WEBHOK_SECRET=hunter2\nRATELIMIT_PER_MINUTE=5\nMARY_TOKEN=hunter2\n";
    std::fs::write(folder.path().join(".env"), dotenv).unwrap();
    let mut serve = frontdesk(&folder);
    serve.args(["serve", "--port", "http"]);
    serve.env("ADMIM_TOKEN", "hunter2");
    let (code, stdout, stderr) = text(&serve.output().unwrap());
    assert_eq!((code, stdout.as_str()), (Some(64), ""));
    insta::assert_snapshot!(stderr, @r#"
    frontdesk: the setup has 4 faults, and nothing was started:
      PORT: must be a whole number from 0 to 65535, not "http"
      GHL_WEBHOK_SECRET: unknown setting in .env; did you mean GHL_WEBHOOK_SECRET?
      RATELIMIT_PER_MINUTE: unknown setting in .env; did you mean RATE_LIMIT_PER_MINUTE?
      ADMIM_TOKEN: unknown setting in the environment; did you mean ADMIN_TOKEN?
    "#);
    assert_eq!(folder.path().read_dir().unwrap().count(), 1);
}

/// Secrets that are names of variables too, and lines that are no TOML.
const SECRETS_IN_A_FILE: [&str; 9] = [
    "\"EAAGm0PX4ZCpsBAKZCZBhunter2\"",
    "\"HUNTER2HUNTER2\"",
    "\"HUNTER2_HUNTER2\"",
    "\"pit-2f6c1a9d-hunter2\"",
    "[\"hunter2hunter2\"]",
    "{ hunter = \"hunter2hunter2\" }",
    "hunter2hunter2",
    "\"hunter2hunter2",
    "\nhunter2hunter2==",
];

#[test]
fn a_secret_in_place_of_its_variables_name_is_not_repeated() {
    const HEAD: &str = "name = \"Luna\"\ntimezone = \"UTC\"\nhours = { monday = [\"09:00-17:00\"] }\n\
        service = [{ id = \"cut\", name = \"Cut\", minutes = 30 }]\n";
    for secret in SECRETS_IN_A_FILE {
        for key in [
            "webhook_secret_env",
            "whatsapp.token_env",
            "highlevel.token_env",
            "notify.webhook_url = \"https://a.example/\"\nnotify.webhook_secret_env",
        ] {
            let folder = tempfile::tempdir().unwrap();
            let file = format!("{HEAD}{key} = {secret}\n");
            std::fs::write(folder.path().join("luna.toml"), &file).unwrap();
            let one = frontdesk(&folder)
                .args(["check", "--business", "luna.toml"])
                .output()
                .unwrap();
            std::fs::write(folder.path().join("mary.toml"), &file).unwrap();
            let both = frontdesk(&folder)
                .args(["check", "--business", "."])
                .output()
                .unwrap();
            for output in [one, both] {
                let (code, stdout, stderr) = text(&output);
                assert_eq!(code, Some(64), "{file}{stdout}");
                let told = (stdout + &stderr).to_lowercase();
                assert!(told.contains("_env: ") || told.contains("line "), "{told}");
                assert!(!told.contains("hunter2"), "{file}{told}");
            }
        }
    }
}

#[test]
fn an_unknown_name_that_turns_nothing_off_is_a_remark_of_check() {
    let folder = tempfile::tempdir().unwrap();
    let business = "webhook_secret_env = \"LUNA_SECRET\"\nname = \"Luna\"\ntimezone = \"UTC\"\n\
                    hours = { monday = [\"09:00-17:00\"] }\n\
                    [[service]]\nid = \"cut\"\nname = \"Cut\"\nminutes = 30\n";
    std::fs::write(folder.path().join("luna.toml"), business).unwrap();
    let dotenv = "BUSINESS=luna.toml\nLUNA_SECRET=hunter2-and-longer\nMARY_SECRET=hunter2\nDOMAIN=a.example\n\
                  ADMIN_TOKEN=hunter2-and-longer\nADMIN_TOKEN2=hunter2\nmary=hunter2\n";
    std::fs::write(folder.path().join(".env"), dotenv).unwrap();
    let mut check = frontdesk(&folder);
    check.arg("check").env("WHATSAPP_NUMBER", "5");
    let (code, stdout, stderr) = text(&check.output().unwrap());
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    let (_, remarks) = stdout.split_once("\n\n!").unwrap();
    insta::assert_snapshot!(format!("!{remarks}"), @r"
    ! ADMIN_TOKEN2: unknown setting in .env; did you mean ADMIN_TOKEN?
    ! MARY_SECRET: unknown setting in .env; nothing reads it
    ! a name with other signs than A-Z, 0-9 and _: unknown setting in .env; nothing
      reads it
    ! WHATSAPP_NUMBER: unknown setting in the environment; nothing reads it
    ");
}

#[test]
fn an_owner_tries_a_business_file_in_both_languages_and_nothing_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let business = r#"
        name = "Luna"
        timezone = "UTC"
        languages = ["en", "es"]
        hours = { monday = ["09:00-18:00"], wednesday = ["09:00-18:00"] }
        [[service]]
        id = "cut"
        name = { en = "Haircut", es = "Corte de pelo" }
        minutes = 30
        price = "35 USD"
        [[service]]
        id = "color"
        name = { en = "Hair color", es = "Tinte 🎨" }
        minutes = 90
        price = "95 USD"
    "#;
    std::fs::write(folder.path().join("luna.toml"), business).unwrap();
    for (greeting, first, second) in [
        (
            "hello",
            "  1. Haircut     35 USD",
            "  2. Hair color  95 USD",
        ),
        (
            "hola",
            "  1. Corte de pelo  35 USD",
            "  2. Tinte 🎨       95 USD",
        ),
    ] {
        let said = folder.path().join("said.txt");
        std::fs::write(&said, format!("{greeting}\n2\n")).unwrap();
        let mut chat = frontdesk(&folder);
        chat.args(["chat", "--business", "luna.toml"])
            .stdin(std::fs::File::open(&said).unwrap());
        let (code, stdout, stderr) = text(&chat.output().unwrap());
        assert_eq!((code, stderr.as_str()), (Some(0), ""), "{stdout}");
        let (menu, times) = stdout.split_once("> 2\n").unwrap();
        let shown = |start: &str| menu.lines().any(|line| line.starts_with(start));
        assert!(shown(first) && shown(second), "{menu}");
        // The number was understood, and times are offered.
        let service = second[5..].split("  ").next().unwrap();
        assert!(
            times.contains(service) && times.contains("  1. "),
            "{times}"
        );
    }
    assert_eq!(folder.path().read_dir().unwrap().count(), 2);
}

#[test]
fn wrong_arguments_end_with_64_and_help_with_0() {
    let folder = tempfile::tempdir().unwrap();
    for (argument, expected) in [
        ("--no-such-flag", 64),
        ("no-such-command", 64),
        ("--ghl-webhook-secret=s3cret", 64),
        ("--help", 0),
        ("--version", 0),
    ] {
        let (code, ..) = text(&frontdesk(&folder).arg(argument).output().unwrap());
        assert_eq!(code, Some(expected), "{argument}");
    }
}

#[test]
fn check_reads_flags_the_environment_and_dotenv() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join(".env"),
        "HOST=127.0.0.1\nPORT=1111\nGHL_WEBHOOK_SECRET='pa$word #1'\n",
    )
    .unwrap();
    let mut check = frontdesk(&folder);
    check.arg("check").env("PORT", "2222");
    let (code, stdout, stderr) = text(&check.output().unwrap());
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    assert!(stdout.contains("http://127.0.0.1:2222"), "{stdout}");
    assert!(stdout.contains("open, signed"), "{stdout}");
    assert!(!stdout.contains("pa$word"), "{stdout}");
    let (_, stdout, _) = text(&check.args(["--port", "3333"]).output().unwrap());
    assert!(stdout.contains("http://127.0.0.1:3333"), "{stdout}");
}

#[test]
fn check_prints_an_example_whatever_the_settings_are() {
    let folder = tempfile::tempdir().unwrap();
    let mut check = frontdesk(&folder);
    check.args(["check", "--example"]).env("PORT", "http");
    let (code, stdout, _) = text(&check.output().unwrap());
    assert_eq!(code, Some(0));
    assert_eq!(stdout, frontdesk::config::env_example());
}

#[test]
fn healthcheck_fails_where_nobody_listens() {
    let folder = tempfile::tempdir().unwrap();
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = free.local_addr().unwrap().port().to_string();
    drop(free);
    let mut check = frontdesk(&folder);
    check.args(["healthcheck", "--host", "127.0.0.1", "--port", &port]);
    let (code, stdout, stderr) = text(&check.output().unwrap());
    assert_eq!((code, stdout.as_str()), (Some(1), ""));
    assert!(
        stderr.starts_with("frontdesk: no server answers at"),
        "{stderr}"
    );
}

#[test]
fn the_unit_is_started_again_however_often_it_failed() {
    let unit = include_str!("../../deploy/frontdesk.service");
    let section = unit.split("\n[Service]").next().unwrap();
    assert!(section.contains("\nStartLimitIntervalSec=0\n"), "{section}");
    assert!(unit.contains("\nRestart=always\n"));
}

#[test]
fn healthcheck_says_in_its_help_what_it_does_when_degraded() {
    let folder = tempfile::tempdir().unwrap();
    let output = frontdesk(&folder).args(["healthcheck", "--help"]).output();
    let (code, help, _) = text(&output.unwrap());
    assert_eq!(code, Some(0));
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(help.contains("degraded counts as healthy"), "{help}");
    assert!(help.contains("/health?strict=1"), "{help}");
}

#[test]
fn backup_says_what_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let output = frontdesk(&folder).args(["backup", "copy.db"]).output();
    let (code, _, stderr) = text(&output.unwrap());
    assert_eq!(code, Some(1));
    assert_eq!(stderr, "frontdesk: there is no store at frontdesk.db\n");
    assert_eq!(folder.path().read_dir().unwrap().count(), 0);
}

#[tokio::test]
async fn backup_copies_the_store_that_a_server_is_writing_to() {
    const BEFORE: usize = 20;
    let folder = tempfile::tempdir().unwrap();
    let server = Frontdesk::start(folder.path()).await;
    let client = process::client();
    let accept = async |n: usize| {
        let body = json!({"phone": format!("+1202555{n:04}"), "message": "hello"});
        let (status, answer) = server.post(&client, &body, 0).await.unwrap();
        assert_eq!(status, 200, "{answer}");
    };
    for n in 0..BEFORE {
        accept(n).await;
    }
    let mut backup = process::command(folder.path());
    let copying = backup.args(["backup", "copy.db"]).output();
    tokio::pin!(copying);
    let mut accepted = BEFORE;
    let output = loop {
        tokio::select! {
            output = &mut copying => break output.unwrap(),
            () = accept(accepted) => accepted += 1,
        }
    };
    assert_eq!(text(&output), (Some(0), String::new(), String::new()));

    let mut restored = process::command(folder.path());
    restored.env("DATABASE_URL", "sqlite:copy.db");
    let restored = Frontdesk::spawn(restored).await;
    let copied = restored.metric("frontdesk_messages_accepted_total").await;
    // The last one may have been answered by nobody: it was under way when the copy was done.
    let possible = BEFORE as u64..=accepted as u64 + 1;
    assert!(possible.contains(&copied), "{copied}");
}

#[test]
fn a_misspelt_flag_or_command_is_told_what_was_meant() {
    let folder = tempfile::tempdir().unwrap();
    for (words, meant) in [
        (&["--prot", "3000"][..], "'--port'"),
        (&["chekc"], "'check'"),
        (&["check", "--exampel"], "'--example'"),
        (
            &["serve", "--databse-url", "sqlite:a.db"],
            "'--database-url'",
        ),
        (&["send", "hi", "--phnoe", "+12025550100"], "'--phone'"),
    ] {
        let (code, _, stderr) = text(&frontdesk(&folder).args(words).output().unwrap());
        assert_eq!(code, Some(64), "{words:?}");
        assert!(
            stderr.contains("similar") && stderr.contains(meant),
            "{stderr}"
        );
    }
}

#[tokio::test]
async fn what_has_no_effect_is_a_warning_at_start() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = process::command(folder.path());
    command
        .env("WHATSAPP_VERIFY_TOKEN", "hunter2")
        .env("GHL_COMPANY", "hunter2");
    let server = Frontdesk::spawn(command).await;
    for said in [
        "WHATSAPP_VERIFY_TOKEN has no effect: WHATSAPP_APP_SECRET is not set",
        "GHL_COMPANY: unknown setting in the environment; nothing reads it",
    ] {
        let line = server.logged(said).await;
        assert!(line.contains("\"level\":\"WARN\""), "{line}");
        assert!(!line.contains("hunter2"), "{line}");
    }
}

#[test]
fn a_sender_without_what_it_signs_with_ends_with_64_and_says_what_to_set() {
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("key.pem");
    std::fs::write(&key, crate::support::pkcs8()).unwrap();
    let key = key.to_str().unwrap();
    let whatsapp = &["--source", "whatsapp"][..];
    let location = ("GHL_LOCATION_ID", "l1C08ntBrFjLS0elLIYU");
    for (args, setting, said) in [
        (whatsapp, None, "WHATSAPP_APP_SECRET must be set"),
        (
            whatsapp,
            Some(("GHL_WEBHOOK_SECRET", "a-long-random-secret")),
            "WHATSAPP_APP_SECRET must be set",
        ),
        (&["--source", "ghl"], None, "GHL_WEBHOOK_SECRET must be set"),
        (
            &["--source", "ghl"],
            Some(location),
            "GHL_WEBHOOK_SECRET must be set",
        ),
        (
            &["--source", "ghl", "--signing-key", key],
            None,
            "GHL_LOCATION_ID must be set",
        ),
        (
            &["--source", "ghl", "--signing-key", "nowhere.pem"],
            Some(location),
            "cannot read nowhere.pem",
        ),
        (
            &["--source", "ghl", "--signing-key", "frontdesk.db"],
            Some(location),
            "cannot read frontdesk.db",
        ),
        (
            &["--source", "whatsapp", "--thread-id", "t"],
            None,
            "--thread-id has no meaning",
        ),
        (&["--url", "ftp://desk.example.com"], None, "http"),
    ] {
        let mut send = frontdesk(&folder);
        send.args(["send", "Hi", "--phone", "+12025550100"]);
        send.args(args).envs(setting);
        let (code, stdout, stderr) = text(&send.output().unwrap());
        assert_eq!((code, stdout.as_str()), (Some(64), ""), "{args:?}");
        assert!(stderr.contains(said), "{args:?}: {stderr}");
    }
    let mut chat = frontdesk(&folder);
    chat.args(["chat", "--url", "nowhere"]);
    assert_eq!(text(&chat.output().unwrap()).0, Some(64));
    // A server that is not there is no fault of the arguments.
    let mut send = frontdesk(&folder);
    send.args(["send", "Hi", "--phone", "+12025550100"]);
    send.args(["--url", "http://127.0.0.1:9"]);
    assert_eq!(text(&send.output().unwrap()).0, Some(1));
}

#[tokio::test]
async fn a_token_that_is_too_short_is_logged_once_at_the_start_and_never_shown() {
    let folder = tempfile::tempdir().unwrap();
    let mut serve = process::command(folder.path());
    serve.env("ADMIN_TOKEN", "fifteen-letters");
    let server = Frontdesk::spawn(serve).await;
    server.say("+12025550137", "Hi").await;
    let lines = server.stop().await;
    let remarks = lines.iter().filter(|line| line.contains("fewer than 16"));
    let remarks: Vec<_> = remarks.collect();
    assert!(
        matches!(remarks.as_slice(), [one] if one.contains("ADMIN_TOKEN")),
        "{lines:#?}"
    );
    assert!(!lines.iter().any(|line| line.contains("fifteen-letters")));
}
