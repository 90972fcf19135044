//! 200 seen; 303 done, or sent to the log-in; 401 a form that waits for the log-in; 403 not their role; 404 not theirs, so it does not exist;
//! 409 and 422 theirs to send, though not like this: the forms are empty.

use std::collections::BTreeMap;

const TABLE: &str = "
";

/// Status by route, for everybody in their order.
pub fn rows() -> BTreeMap<(String, String), Vec<u16>> {
    let row = |line: &str| {
        let mut words = line.split_whitespace();
        let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
        Some(((path, method), words.map(|status| status.parse().expect("a status")).collect()))
    };
    TABLE.lines().filter_map(row).collect()
}
