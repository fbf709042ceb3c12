//! What only SQLite can show: its file, its lock, its log, its schema.

mod medium;
mod upgrade;

use std::{fs, sync::Arc, time::Duration};

use frontdesk::{
    clock::Clock,
    message::Arrival,
    metrics::Metrics,
    store::{
        self, Answer, Views,
        sqlite::{Config, OpenError},
    },
    workflow::Outcome,
};
use rusqlite::Connection;

use super::{
    LEASE, Shop,
    booking::{book, id},
    direct, saying, with_id,
};

type Opened = Result<store::sqlite::Store, OpenError>;

impl Shop {
    fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("shop.db")
    }

    fn config(&self) -> Config {
        Config::new(self.path(), self.policy.clone())
    }

    /// Opens the same database beside the shop's own store.
    fn open_beside(&self, config: Config) -> Opened {
        let clock: Arc<dyn Clock> = Arc::clone(&self.clock) as _;
        let metrics = Arc::new(Metrics::new(&[], &[]));
        store::sqlite::Store::open(config, clock, metrics)
    }

    /// Does something to the database while no store has it open.
    fn damaged(self, sql: &str) -> Self {
        let path = self.path();
        let Self {
            store,
            clock,
            metrics,
            policy,
            folder,
        } = self;
        drop(store);
        Connection::open(path).unwrap().execute_batch(sql).unwrap();
        let store = super::open_sqlite(&folder, &policy, &clock, &metrics);
        Self {
            store,
            clock,
            metrics,
            policy,
            folder,
        }
    }
}

// === The lock ===

#[tokio::test]
async fn a_second_process_is_told_who_has_the_database() {
    let shop = Shop::on_sqlite();
    let refused = shop.open_beside(shop.config()).unwrap_err();
    let OpenError::Locked { holder, .. } = &refused else {
        panic!("{refused:?}");
    };
    let process = format!("process {} on ", std::process::id());
    assert!(holder.starts_with(&process), "{holder}");
    assert!(refused.to_string().contains("is in use by process"));
    // The one that has it is not disturbed.
    shop.accept_new(direct("ana", "hi")).await;
}

#[tokio::test]
async fn a_second_process_waits_for_the_first_within_its_grace() {
    let shop = Shop::on_sqlite();
    shop.accept_new(direct("ana", "hi")).await;
    let mut config = shop.config();
    config.lock_grace = Duration::from_mins(1);
    let (clock, metrics) = (Arc::clone(&shop.clock), Arc::clone(&shop.metrics));
    let waiting = std::thread::spawn(move || store::sqlite::Store::open(config, clock, metrics));
    let Shop { store, folder, .. } = shop;
    drop(store);
    let opened = waiting.join().unwrap().unwrap();
    assert_eq!(opened.totals().await.unwrap().accepted, 1);
    drop((opened, folder));
}

// === The schema ===

#[tokio::test]
async fn a_newer_schema_is_refused_and_not_touched() {
    let shop = Shop::on_sqlite();
    let (path, config) = (shop.path(), shop.config());
    let Shop { store, folder, .. } = shop;
    drop(store);
    let conn = Connection::open(&path).unwrap();
    conn.pragma_update(None, "user_version", 99).unwrap();
    drop(conn);
    let clock: Arc<dyn Clock> = Arc::new(frontdesk::clock::SystemClock);
    let metrics = Arc::new(Metrics::new(&[], &[]));
    let refused = store::sqlite::Store::open(config, clock, metrics).unwrap_err();
    assert!(matches!(refused, OpenError::Newer { found: 99, .. }));
    assert!(refused.to_string().contains("newer release"), "{refused}");
    let conn = Connection::open(&path).unwrap();
    let version = conn.pragma_query_value(None, "user_version", |row| row.get::<_, u32>(0));
    assert_eq!(version.unwrap(), 99);
    drop(folder);
}

#[tokio::test]
async fn what_is_not_a_database_is_refused() {
    let shop = Shop::on_sqlite();
    let mut config = shop.config();
    config.path = shop.folder.path().join("letter.txt");
    for copies in [1, 100] {
        let letter = "Dear Ana, this is a letter and not a database. ".repeat(copies);
        fs::write(&config.path, &letter).unwrap();
        let refused = shop.open_beside(config.clone()).unwrap_err();
        assert!(matches!(refused, OpenError::Foreign { .. }), "{refused:?}");
        let words = refused.to_string();
        assert!(
            words.contains("letter.txt is not a database of frontdesk"),
            "{words}"
        );
        assert_eq!(fs::read_to_string(&config.path).unwrap(), letter);
        assert!(!shop.folder.path().join("letter.txt.lock").exists());
    }
    config.path = shop.folder.path().join("no/such/folder/shop.db");
    let refused = shop.open_beside(config).unwrap_err();
    assert!(matches!(refused, OpenError::Io { .. }), "{refused:?}");
}

#[tokio::test]
async fn the_schema_itself_refuses_an_overlap() {
    let shop = Shop::on_sqlite();
    shop.accept_new(direct("ana", "hi")).await;
    let lease = shop.lease_one().await;
    let effect = book(&lease, 1, "ana", "11:00", 30);
    shop.store.apply(vec![effect]).await.unwrap().unwrap();
    let conn = Connection::open(shop.path()).unwrap();
    let copy_as = |change: &str, keeper: &str, external_id: &str| {
        let sql = format!(
            "INSERT INTO bookings
             SELECT randomblob(16), business, services, resource, customer, name, for_name, status, expires_at,
                version, visible_start, visible_end, blocked_start + {change}, blocked_end + {change},
                {keeper}, {external_id}, NULL, created_at, changed_at FROM bookings LIMIT 1"
        );
        conn.execute_batch(&sql)
    };
    let copy = |change: &str| copy_as(change, "NULL", "NULL");
    let refused = copy("60000").unwrap_err();
    assert!(refused.to_string().contains("slot taken"), "{refused}");
    copy("1800000").unwrap();
    let sql = "UPDATE bookings SET blocked_end = blocked_end + 1 WHERE id = (
        SELECT id FROM bookings ORDER BY blocked_start LIMIT 1)";
    let refused = conn.execute_batch(sql).unwrap_err();
    assert!(refused.to_string().contains("slot taken"), "{refused}");
    // A keeper judges what it took in; what it has not yet is guarded here, and in our own calendar
    // all counts.
    let refused = copy_as("60000", "'keeper'", "NULL").unwrap_err();
    assert!(refused.to_string().contains("slot taken"), "{refused}");
    copy_as("60000", "'keeper'", "'x1'").unwrap();
    copy_as("7200000", "'keeper'", "'x2'").unwrap();
    copy_as("7200000", "'keeper'", "NULL").unwrap();
    copy_as("14400000", "'keeper'", "'x3'").unwrap();
    let refused = copy("14460000").unwrap_err();
    assert!(refused.to_string().contains("slot taken"), "{refused}");
}

#[tokio::test]
async fn a_database_of_another_program_is_refused_and_not_touched() {
    let shop = Shop::on_sqlite();
    let mut config = shop.config();
    for (n, sql) in [
        "CREATE TABLE notes (text TEXT)",
        // As some programs count their own schemas.
        "CREATE TABLE notes (text TEXT); PRAGMA user_version = 2",
        "CREATE TABLE messages (text TEXT); CREATE TABLE threads (id); PRAGMA user_version = 4",
        "CREATE VIEW one AS SELECT 1",
        "PRAGMA application_id = 7",
        "PRAGMA user_version = 3",
        "PRAGMA journal_mode = wal; CREATE TABLE notes (text TEXT)",
    ]
    .into_iter()
    .enumerate()
    {
        config.path = shop.folder.path().join(format!("foreign-{n}.db"));
        Connection::open(&config.path)
            .unwrap()
            .execute_batch(sql)
            .unwrap();
        let before = fs::read(&config.path).unwrap();
        let refused = shop.open_beside(config.clone()).unwrap_err();
        assert!(
            matches!(refused, OpenError::Foreign { .. }),
            "{sql}: {refused:?}"
        );
        assert_eq!(fs::read(&config.path).unwrap(), before, "{sql}");
        let token = store::FeedToken::of_random([7; 32]);
        let feed = store::Feed {
            business: super::business(),
            resource: None,
            names: false,
        };
        store::sqlite::open_feed(&config.path, &token, &feed, shop.now()).unwrap_err();
        assert_eq!(fs::read(&config.path).unwrap(), before, "{sql}");
    }
}

#[tokio::test]
async fn a_store_is_marked_as_ours_and_one_of_an_earlier_release_is_known() {
    let application_id = |shop: &Shop| {
        let conn = Connection::open(shop.path()).unwrap();
        let id = conn.pragma_query_value(None, "application_id", |row| row.get::<_, u32>(0));
        id.unwrap().to_be_bytes()
    };
    let shop = Shop::on_sqlite();
    assert_eq!(&application_id(&shop), b"fdsk");
    shop.accept_new(direct("ana", "hi")).await;
    let shop = shop.damaged("PRAGMA application_id = 0");
    assert_eq!(&application_id(&shop), b"fdsk");
    assert_eq!(shop.store.totals().await.unwrap().accepted, 1);
    // An empty file is where a new store begins.
    let mut config = shop.config();
    config.path = shop.folder.path().join("empty.db");
    fs::write(&config.path, "").unwrap();
    shop.open_beside(config).unwrap();
}

#[cfg(unix)]
#[tokio::test]
async fn nothing_beside_the_store_is_readable_by_others() {
    use std::os::unix::fs::PermissionsExt as _;
    let shop = Shop::on_sqlite();
    let lock = shop.folder.path().join("shop.db.lock");
    fs::set_permissions(&lock, fs::Permissions::from_mode(0o644)).unwrap();
    let shop = shop.reopen();
    shop.accept_new(direct("ana", "hi")).await;
    let mut files = 0;
    for file in fs::read_dir(&shop.folder).unwrap() {
        let file = file.unwrap();
        let mode = file.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{:?}: {mode:o}", file.file_name());
        files += 1;
    }
    assert_eq!(files, 4);
}

// === Files that go away ===

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_acknowledged_that_is_written_to_a_file_nobody_finds() {
    let refuses = async |shop: &Shop, why: &str| {
        for n in 0..3 {
            let message = with_id(&format!("lost {n}"), direct("ana", "lost"));
            let refused = shop.store.accept(vec![Arrival::Message(message)]).await;
            assert!(
                matches!(refused, Err(store::Error::Unavailable(_))),
                "{why}: {refused:?}"
            );
            assert!(shop.store.probe().await.is_err(), "{why}");
        }
    };
    for name in ["shop.db", "shop.db-wal", "shop.db-shm"] {
        for gone in ["deleted", "moved", "replaced"] {
            let shop = Shop::on_sqlite();
            shop.accept_new(direct("ana", "hi")).await;
            let file = shop.folder.path().join(name);
            let aside = shop.folder.path().join("aside");
            match gone {
                "deleted" => fs::remove_file(&file).unwrap(),
                "moved" => fs::rename(&file, &aside).unwrap(),
                _ => {
                    fs::copy(&file, &aside).unwrap();
                    fs::rename(&aside, &file).unwrap();
                }
            }
            refuses(&shop, &format!("{name} {gone}")).await;
            if gone == "moved" {
                // Put back, it is the file that is open.
                fs::rename(&aside, &file).unwrap();
                shop.store.probe().await.unwrap();
                shop.accept_new(direct("ana", "back")).await;
                let shop = shop.reopen();
                assert!(shop.store.totals().await.unwrap().accepted >= 2);
            }
        }
    }
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_that_is_put_in_the_place_of_an_open_one_is_left_alone() {
    let shop = Shop::on_sqlite();
    shop.accept_new(direct("ana", "hi")).await;
    let copy = shop.folder.path().join("copy.db");
    store::sqlite::backup(&shop.path(), &copy).unwrap();
    let before = fs::read(&copy).unwrap();
    for ending in ["", "-wal", "-shm"] {
        let file = shop.folder.path().join(format!("shop.db{ending}"));
        fs::remove_file(file).unwrap();
    }
    fs::rename(&copy, shop.path()).unwrap();
    // The log of whoever uses the copy meanwhile.
    let log = shop.folder.path().join("shop.db-wal");
    fs::write(&log, "theirs").unwrap();
    let refused = shop
        .store
        .accept(vec![Arrival::Message(direct("ana", "lost"))])
        .await;
    assert!(
        matches!(refused, Err(store::Error::Unavailable(_))),
        "{refused:?}"
    );
    let (path, folder) = (shop.path(), shop.folder);
    drop(shop.store);
    assert_eq!(fs::read(path).unwrap(), before);
    assert_eq!(fs::read_to_string(log).unwrap(), "theirs");
    drop(folder);
}

// === Damage ===

#[tokio::test]
async fn a_row_that_cannot_be_read_kills_its_turn_and_no_other() {
    let shop = Shop::on_sqlite();
    let (thread, seq) = shop.accept_new(direct("ana", "damaged")).await;
    shop.accept_new(direct("bea", "whole")).await;
    let shop = shop.damaged("UPDATE messages SET content = '{' WHERE id = 1");
    assert_eq!(super::words(&shop.lease_one().await), ["whole"]);
    let answer = shop.store.answer(thread, seq).await.unwrap();
    assert_eq!(answer, Answer::Dead);
    assert_eq!(
        shop.store.failures().await.unwrap(),
        [("undecodable".into(), 1)]
    );
}

#[tokio::test]
async fn a_request_that_cannot_be_read_holds_up_no_other() {
    let shop = super::asking::elsewhere(Shop::on_sqlite());
    shop.asks(1, "11:00").await;
    shop.asks(2, "12:00").await;
    let shop = shop.damaged("UPDATE calendar_requests SET change = '{' WHERE id = 1");
    assert_eq!(shop.due_request().await.booking.id, id(2));
}

// === The log ===

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_stays_short_under_steady_load() {
    const LIMIT: u64 = 512 * 1024;
    let shop = Shop::on_sqlite();
    let mut config = shop.config();
    config.path = shop.folder.path().join("steady.db");
    config.wal_limit_bytes = LIMIT;
    let log = shop.folder.path().join("steady.db-wal");
    let store = Arc::new(shop.open_beside(config).unwrap());
    let (mut longest, mut written) = (0, 0);
    for round in 0..200 {
        let many = (0..50).map(|n| Arrival::Message(direct(&n.to_string(), &round.to_string())));
        store::Inbox::accept(&*store, many.collect()).await.unwrap();
        longest = longest.max(fs::metadata(&log).unwrap().len());
        written += 50;
        // Readers come and go, as they do.
        assert_eq!(store.totals().await.unwrap().accepted, written);
    }
    let kept = fs::metadata(shop.folder.path().join("steady.db"))
        .unwrap()
        .len();
    assert!(kept > LIMIT, "not enough was written: {kept} bytes");
    // A reader that a busy machine holds up keeps the log for a while; uncopied it would have
    // 15 MiB.
    assert!(longest < 8 * LIMIT, "{longest} bytes of log");
}

// === Copies ===

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_made_while_writing_is_whole() {
    let shop = Shop::on_sqlite();
    let to = shop.folder.path().join("copy.db");
    let store = Arc::clone(&shop.store);
    let writing = async move {
        for n in 0..200 {
            let message = with_id(&n.to_string(), direct(&(n % 7).to_string(), "hello"));
            store.accept(vec![Arrival::Message(message)]).await.unwrap();
            if n % 3 == 0 {
                for lease in store.lease(1, LEASE).await.unwrap().turns {
                    store.commit(&lease, saying(&["hi"])).await.unwrap();
                }
            }
        }
    };
    let copying = async {
        while shop.store.totals().await.unwrap().accepted < 50 {
            tokio::task::yield_now().await;
        }
        let (from, to) = (shop.path(), to.clone());
        let copied = tokio::task::spawn_blocking(move || store::sqlite::backup(&from, &to));
        copied.await.unwrap().unwrap();
    };
    futures_util::future::join(writing, copying).await;

    let mut config = shop.config();
    config.path = to;
    let copy = shop.open_beside(config).unwrap();
    let totals = copy.totals().await.unwrap();
    assert!(totals.accepted >= 50, "{totals:?}");
    let mut waiting = 0;
    loop {
        let leases = store::Turns::lease(&copy, 100, LEASE).await.unwrap();
        if leases.turns.is_empty() {
            break;
        }
        for lease in leases.turns {
            waiting += lease.turn.inputs.len() as u64;
            store::Turns::commit(&copy, &lease, Outcome::default())
                .await
                .unwrap();
        }
    }
    assert_eq!(waiting, totals.pending());
}
