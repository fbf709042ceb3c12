//! `frontdesk check` beside the running server: bookings of what left the business file.

use super::{SALON, booking::Customer, salon};
use crate::support::process::Frontdesk;

const MARIA: Customer = Customer {
    phone: "+12025550137",
    name: "Maria Lopez",
};

/// What `check` prints, with the salon's file as it is.
async fn check(folder: &std::path::Path, file: &str) -> String {
    let mut command = salon(folder);
    std::fs::write(folder.join("salon.toml"), file).unwrap();
    let output = command.arg("check").output().await.unwrap();
    let words = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    assert!(output.status.success(), "{}", words(&output.stderr));
    words(&output.stdout)
}

#[tokio::test]
async fn check_lists_the_bookings_of_what_left_the_file_and_names_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let before = check(folder, SALON).await;
    assert!(!before.contains("Bookings to come"), "{before}");

    let server = Frontdesk::spawn(salon(folder)).await;
    MARIA.book(&server, "Haircut").await;
    let same = check(folder, SALON).await;
    assert_eq!(same, before, "all that is booked is in the file");
    let staff = "[[staff]]\nid = \"ana\"\nname = \"Ana\"\n[[service]]";
    let other = SALON
        .replace("id = \"haircut\"", "id = \"shave\"")
        .replace("[[service]]", staff);
    let left = check(folder, &other).await;
    assert!(
        left.contains("not in the business files any more (1):"),
        "{left}"
    );
    let line = left.lines().find(|line| line.contains("haircut")).unwrap();
    assert!(line.starts_with("  salon 20"), "{line}");
    let rest = left.split_whitespace().collect::<Vec<_>>().join(" ");
    let told = "haircut with shop for M. L.: the service haircut and shop left";
    assert!(rest.contains(told), "{left}");
    for private in ["Maria", "Lopez", "2025550137"] {
        assert!(!left.contains(private), "{private} in {left}");
    }
    server.stop().await;

    std::fs::write(folder.join("frontdesk.db"), "no database").unwrap();
    let broken = check(folder, SALON).await;
    assert!(
        broken.contains("! the bookings in frontdesk.db cannot be read"),
        "{broken}"
    );
}
