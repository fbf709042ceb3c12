//! What a failing disk does to SQLite, and that an answer waits for the sync: shown in a child
//! process that runs on a disk of its own making.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
    time::Duration,
};

use frontdesk::{
    message::Arrival,
    store::{self, Error, Receipt, sqlite::OpenError},
    workflow::Outcome,
};
use tempfile::TempDir;

use crate::store::{LEASE, Shop, direct, saying, with_id, words};

/// The file whose words say how the child's disk fails.
const FAULT: &str = "FAULTY_MEDIUM";
/// The file that grows by a byte with each sync of a log.
const SYNCS: &str = "FAULTY_MEDIUM_SYNCS";
/// The file that grows by a byte with each write that fails.
const REFUSED: &str = "FAULTY_MEDIUM_REFUSED";

/// Runs a scene of this file in a process of its own, on the faulty disk.
fn play(scene: &str) {
    let folder = TempDir::new().unwrap();
    let library = folder.path().join("faulty_medium.so");
    let source =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/store/sqlite/faulty_medium.c");
    let mut compiler = Command::new("cc");
    compiler.args(["-shared", "-fPIC", "-O1", "-o"]);
    compiler.arg(&library).arg(source).arg("-ldl");
    assert!(compiler.status().unwrap().success());

    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "--nocapture"]);
    child.arg(format!("store::sqlite::medium::scene_{scene}"));
    child.env("LD_PRELOAD", library);
    let disk = Disk {
        fault: folder.path().join("fault"),
        syncs: folder.path().join("syncs"),
        refused: folder.path().join("refused"),
    };
    child.env(FAULT, &disk.fault).env(SYNCS, &disk.syncs);
    child.env(REFUSED, &disk.refused);
    let played = child.output().unwrap();
    let told = String::from_utf8_lossy(&played.stdout);
    assert!(played.status.success(), "{told}");
    assert!(disk.played().exists(), "{told}");
}

/// The faulty disk, when this is the child that runs on it.
struct Disk {
    fault: PathBuf,
    syncs: PathBuf,
    refused: PathBuf,
}

impl Disk {
    #[expect(
        clippy::disallowed_methods,
        reason = "how a child process learns that it is one"
    )]
    fn of_the_child() -> Option<Self> {
        let fault = std::env::var_os(FAULT)?.into();
        let syncs = std::env::var_os(SYNCS)?.into();
        let refused = std::env::var_os(REFUSED)?.into();
        let disk = Self {
            fault,
            syncs,
            refused,
        };
        fs::write(disk.played(), "").unwrap();
        Some(disk)
    }

    /// The file by which the parent knows that the scene did not just return.
    fn played(&self) -> PathBuf {
        self.fault.with_extension("played")
    }

    fn breaks(&self, what: &str) {
        fs::write(&self.fault, what).unwrap();
    }

    fn works_again(&self) {
        fs::remove_file(&self.fault).unwrap();
    }

    fn refused(&self) -> u64 {
        fs::metadata(&self.refused).map_or(0, |file| file.len())
    }

    fn syncs(&self) -> u64 {
        fs::metadata(&self.syncs).map_or(0, |file| file.len())
    }
}

#[test]
fn a_disk_that_cannot_sync_acknowledges_nothing_and_the_store_recovers() {
    play("failing_sync");
}

#[test]
fn a_full_disk_acknowledges_nothing_and_the_store_recovers() {
    play("full_disk");
}

#[test]
fn a_disk_with_room_for_a_row_but_not_for_a_message_fails_the_probe() {
    play("nearly_full_disk");
}

#[test]
fn a_start_on_a_full_disk_waits_for_room_within_the_grace() {
    play("start_on_a_full_disk");
}

#[test]
fn a_store_that_is_put_in_the_place_of_one_that_failed_is_left_alone() {
    play("replaced_after_a_fault");
}

#[test]
fn each_answer_waits_for_a_sync_of_its_own_or_its_groups() {
    play("counted_syncs");
}

/// Plays nothing unless it is the child.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scene_failing_sync() {
    if let Some(disk) = Disk::of_the_child() {
        fail_and_recover(&disk, "sync").await;
    }
}

/// Plays nothing unless it is the child.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scene_full_disk() {
    if let Some(disk) = Disk::of_the_child() {
        fail_and_recover(&disk, "write").await;
    }
}

/// Plays nothing unless it is the child.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scene_nearly_full_disk() {
    let Some(disk) = Disk::of_the_child() else {
        return;
    };
    let shop = Shop::on_sqlite();
    shop.accept_new(direct("ana", "before")).await;
    shop.store.probe().await.unwrap();
    // A reader keeps the log, so that it goes on where it was.
    let totals = shop.store.totals().await.unwrap();
    let log = fs::metadata(shop.folder.path().join("shop.db-wal")).unwrap();
    let room = log.len() + 2 * (2048 + 24);
    disk.breaks(&format!("room {room}"));
    shop.store.probe().await.unwrap();
    for n in 0..3 {
        let message = with_id(&n.to_string(), direct(&n.to_string(), "during"));
        let refused = shop.store.accept(vec![Arrival::Message(message)]).await;
        assert!(matches!(refused, Err(Error::Unavailable(_))), "{refused:?}");
        // Two of them: what was left by the first changes nothing.
        for _ in 0..2 {
            let refused = shop.store.probe().await;
            assert!(matches!(refused, Err(Error::Unavailable(_))), "{refused:?}");
        }
    }
    assert_eq!(shop.store.totals().await.unwrap(), totals);
    // It recovers by itself, with no message coming in.
    disk.works_again();
    for _ in 0..3 {
        shop.store.probe().await.unwrap();
    }
    shop.accept_new(direct("ana", "after")).await;
    let kept = shop.reopen().store.totals().await.unwrap();
    assert_eq!(kept.accepted, 2);
}

/// Plays nothing unless it is the child.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scene_start_on_a_full_disk() {
    let Some(disk) = Disk::of_the_child() else {
        return;
    };
    let shop = Shop::on_sqlite();
    shop.accept_new(direct("ana", "hi")).await;
    shop.lease_one().await;
    let mut config = shop.config();
    let Shop {
        store,
        clock,
        metrics,
        folder,
        ..
    } = shop;
    drop(store);
    disk.breaks("write");
    let open = move |config| {
        let (clock, metrics) = (Arc::clone(&clock), Arc::clone(&metrics));
        store::sqlite::Store::open(config, clock, metrics)
    };
    let refused = open(config.clone()).unwrap_err();
    assert!(matches!(refused, OpenError::Sqlite { .. }), "{refused:?}");

    let before = disk.refused();
    config.lock_grace = Duration::from_mins(1);
    let opening = std::thread::spawn(move || open(config));
    while disk.refused() == before {
        std::thread::yield_now();
    }
    assert!(!opening.is_finished());
    disk.works_again();
    let opened = opening.join().unwrap().unwrap();
    let leases = store::Turns::lease(&opened, 1, LEASE).await.unwrap();
    assert_eq!(leases.turns.len(), 1);
    drop((opened, folder));
}

/// Plays nothing unless it is the child.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scene_replaced_after_a_fault() {
    let Some(disk) = Disk::of_the_child() else {
        return;
    };
    let shop = Shop::on_sqlite();
    shop.accept_new(direct("ana", "hi")).await;
    let copy = shop.folder.path().join("copy.db");
    store::sqlite::backup(&shop.path(), &copy).unwrap();
    let before = fs::read(&copy).unwrap();
    let is_refused = async || {
        let lost = Arrival::Message(direct("ana", "lost"));
        let refused = shop.store.accept(vec![lost]).await;
        assert!(matches!(refused, Err(Error::Unavailable(_))), "{refused:?}");
    };
    disk.breaks("write");
    is_refused().await;
    for ending in ["", "-wal", "-shm"] {
        let file = shop.folder.path().join(format!("shop.db{ending}"));
        if file.exists() {
            fs::remove_file(file).unwrap();
        }
    }
    fs::rename(&copy, shop.path()).unwrap();
    disk.works_again();
    is_refused().await;
    assert_eq!(fs::read(shop.path()).unwrap(), before);
}

async fn fail_and_recover(disk: &Disk, what: &str) {
    let shop = Shop::on_sqlite();
    shop.accept_new(with_id("before", direct("ana", "before")))
        .await;
    let lease = shop.lease_one().await;
    let totals = shop.store.totals().await.unwrap();

    disk.breaks(what);
    for _ in 0..3 {
        let message = with_id("during", direct("ana", "during"));
        let refused = shop.store.accept(vec![Arrival::Message(message)]).await;
        assert!(matches!(refused, Err(Error::Unavailable(_))), "{refused:?}");
        let refused = shop.store.probe().await;
        assert!(matches!(refused, Err(Error::Unavailable(_))), "{refused:?}");
        let refused = shop.store.commit(&lease, saying(&["lost"])).await;
        assert!(matches!(refused, Err(Error::Unavailable(_))), "{refused:?}");
    }
    assert_eq!(shop.store.totals().await.unwrap(), totals);

    disk.works_again();
    shop.store.probe().await.unwrap();
    // Not acknowledged, so not known: the sender's retry is the first one.
    let retried = shop
        .accept(with_id("during", direct("ana", "during")))
        .await;
    assert!(matches!(retried, Receipt::Accepted { .. }), "{retried:?}");
    assert!(shop.settle(&lease, Outcome::default()).await);
    let shop = shop.reopen();
    let totals = shop.store.totals().await.unwrap();
    assert_eq!((totals.accepted, totals.done), (2, 1));
    let lease = shop.lease_one().await;
    assert_eq!(words(&lease), ["during"]);
}

/// Plays nothing unless it is the child.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scene_counted_syncs() {
    let Some(disk) = Disk::of_the_child() else {
        return;
    };
    let shop = Shop::on_sqlite();
    for n in 0..20 {
        let before = disk.syncs();
        shop.accept_new(direct("ana", &n.to_string())).await;
        assert!(disk.syncs() > before, "answered before the sync");
    }
    let before = disk.syncs();
    let lease = shop.lease_one().await;
    assert!(disk.syncs() > before, "a lease counts its attempt durably");
    let before = disk.syncs();
    shop.settle(&lease, Outcome::default()).await;
    assert!(disk.syncs() > before, "committed before the sync");
    // A group shares one.
    let before = disk.syncs();
    let together = (0..200).map(|n| {
        let store = Arc::clone(&shop.store);
        async move {
            let message = direct(&n.to_string(), "hello");
            store.accept(vec![Arrival::Message(message)]).await.unwrap()
        }
    });
    futures_util::future::join_all(together).await;
    let shared = disk.syncs() - before;
    assert!(
        (1..100).contains(&shared),
        "{shared} syncs for 200 messages"
    );
}
