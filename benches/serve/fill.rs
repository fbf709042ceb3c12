//! Messages put straight into a stopped server's file, where the load left fewer than are wanted.

use std::path::Path;

/// Copies messages that are there, each under an id of its own, until there are so many.
pub(crate) fn up_to(database: &Path, wanted: i64) {
    let connection = rusqlite::Connection::open(database).expect("the database opens");
    let count = || -> i64 {
        let query = "SELECT count(*) FROM messages";
        let count = connection.query_row(query, [], |row| row.get(0));
        count.expect("the table can be read")
    };
    let stored = count();
    if stored >= wanted {
        return;
    }
    connection
        .execute_batch("PRAGMA synchronous = OFF; BEGIN")
        .expect("the database can be written");
    while count() < wanted {
        let copied = connection.execute(
            "INSERT INTO messages (dedupe, business, thread, seq, customer, received_at, content)
             SELECT randomblob(16), business, thread, seq, customer, received_at, content
             FROM messages LIMIT ?1",
            [wanted - count()],
        );
        assert_ne!(copied.expect("the table is as it was"), 0, "there are some");
    }
    connection
        .execute(
            "UPDATE totals SET accepted = accepted + ?1, done = done + ?1",
            [wanted - stored],
        )
        .expect("the table is as it was");
    connection
        .execute_batch("COMMIT")
        .expect("the database can be written");
}
