//! Every acknowledged id is in the store exactly once.

use std::{collections::HashMap, path::Path};

/// Looks every acknowledged id up in the stopped server's file.
pub(crate) fn exactly_once(database: &Path, acked: &[u128]) {
    let connection = rusqlite::Connection::open(database).expect("the database opens");
    let mut times: HashMap<u128, u32> = acked.iter().map(|&id| (id, 0)).collect();
    let mut statement = connection
        .prepare("SELECT provider_id FROM messages WHERE provider_id IS NOT NULL")
        .expect("the table is there");
    let mut rows = statement.query([]).expect("the table can be read");
    while let Some(row) = rows.next().expect("the table can be read") {
        let id: String = row.get(0).expect("an id is text");
        if let Some(times) = u128::from_str_radix(&id, 16)
            .ok()
            .and_then(|id| times.get_mut(&id))
        {
            *times += 1;
        }
    }
    let lost = times.values().filter(|&&times| times == 0).count();
    let doubled = times.values().filter(|&&times| times > 1).count();
    println!(
        "\n{} acknowledged: {lost} lost, {doubled} doubled",
        acked.len()
    );
    assert_eq!((lost, doubled), (0, 0));
}
