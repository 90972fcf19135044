//! Every limit of the server in one place, each with its reason; `docs/limits.md` tells the same, and a test compares them.

use std::time::Duration;

/// Declares each limit once: its comment is the reason that `docs/limits.md` gives.
macro_rules! limits {
    ($($(#[doc = $reason:literal])+ $name:ident: $type:ty = $value:expr;)+) => {
        $($(#[doc = $reason])+ pub const $name: $type = $value;)+

        /// Name, value and reason of every limit, for the documentation.
        pub fn table() -> Vec<(&'static str, String, String)> {
            vec![$((stringify!($name), InWords::in_words(&$name, stringify!($name)), [$($reason.trim()),+].join(" "))),+]
        }
    };
}

const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;

limits! {
    /// Connections at once, all addresses together; fewer where the system gives the process fewer file handles. One more takes the place of one that keeps the server waiting, else of one whose address has the most.
    CONNECTIONS: usize = 1_000;
    /// Connections of one address (IPv6: of one /64 network), so that nobody takes them all. Trusted proxies speak for many people and are exempt.
    CONNECTIONS_PER_ADDRESS: usize = 100;
    /// Connections that the system holds ready until the server takes them, or as many as `net.core.somaxconn` allows. Whoever finds the queue full is not heard, and knocks again after a second.
    CONNECTIONS_WAITING: u32 = 4_096;
    /// Connections to the database that pages of one address read with at once, fewer than there are; more of them wait for their turn, and nobody else does. Counted by the address that a trusted proxy names.
    READERS_PER_ADDRESS: usize = 6;
    /// File handles that stay free of connections: database, pictures, log, calls to gateways.
    RESERVED_HANDLES: usize = 100;
    /// From the first byte of a request to the end of its headers; a new connection has as long to begin.
    HEADER_TIME: Duration = Duration::from_secs(10);
    /// A connection between two requests.
    IDLE_TIME: Duration = Duration::from_secs(75);
    /// Where places run out, who has stopped for so long in the middle of a request goes first, before those between two requests.
    PAUSE_TIME: Duration = Duration::from_secs(2);
    /// Where places run out, who has taken nothing of an answer for so long goes first as well.
    TAKE_TIME: Duration = Duration::from_secs(5);
    /// Where places run out, who sends fewer bytes of a body a second goes first as well, once we have waited for 2 s.
    BODY_BYTES_A_SECOND: u64 = 1024;
    /// Between two pieces of a request's body.
    BODY_GAP: Duration = Duration::from_secs(10);
    /// Between two pieces of an answer that the client takes.
    WRITE_GAP: Duration = Duration::from_secs(30);
    /// After an answer that ends a connection: so long what the client still sends is taken and forgotten, or it would lose the answer.
    LEAVE_TIME: Duration = Duration::from_secs(5);
    /// Request line and headers together, cookies among them; browsers send less than 4 KiB.
    HEADER_BYTES: usize = 32 * KIB;
    /// Headers of one request; browsers send 20, proxies add some.
    HEADERS: usize = 64;
    /// Path and query; the longest address of ours has under 1 KiB.
    ADDRESS_BYTES: usize = 8 * KIB;
    /// Fields of a query.
    QUERY_FIELDS: usize = 100;
    /// The address that a log-in leads back to; a longer one leads to the start page.
    NEXT_BYTES: usize = 2 * KIB;
    /// From the headers of a request to those of its answer.
    REQUEST_TIME: Duration = Duration::from_mins(1);
    /// The same where the form takes pictures: they come over slow lines, and are worked on afterwards.
    UPLOAD_REQUEST_TIME: Duration = Duration::from_mins(3);
    /// A form without its files, also a callback of a gateway; the longest honest one has 20 KiB.
    FORM_BYTES: usize = 64 * KIB;
    /// Of a form that is refused so much is still taken and forgotten: browsers show no answer before all is sent.
    DRAINED_BYTES: usize = 16 * MIB;
    /// The time a form has to arrive.
    FORM_TIME: Duration = Duration::from_secs(20);
    /// Fields of a form: nine parcels of a hundred kinds of goods.
    FORM_FIELDS: usize = 1_000;
    /// Fields of a form that is sent by somebody who is not logged in.
    STRANGER_FIELDS: usize = 200;
    /// The name of a field.
    FIELD_NAME_BYTES: usize = 100;
    /// A form that waits for its sender to log in, as the log-in page carries it.
    CARRIED_BYTES: usize = 48 * KIB;
    /// Fields of that form; the log-in page has some of its own beside them.
    CARRIED_FIELDS: usize = 180;
    /// The headers of one part of a multipart form.
    PART_HEADER_BYTES: usize = 4 * KIB;
    /// A form with its files: nine pictures of the largest size, and the words around them.
    UPLOAD_FORM_BYTES: usize = 46 * MIB;
    /// The time a form with files has to arrive: 46 MiB at 4 Mbit/s.
    UPLOAD_TIME: Duration = Duration::from_secs(100);
    /// Files of forms that are held in memory at once, all people together.
    UPLOAD_BYTES_AT_ONCE: usize = 48 * MIB;
    /// How long a form with files waits for its turn before its sender is told to come back.
    UPLOAD_WAIT: Duration = Duration::from_secs(15);
    /// One picture, also one file of a bill, as it is sent.
    PICTURE_BYTES: usize = 5 * MIB;
    /// Width times height of a picture; phones take 12 million.
    PICTURE_PIXELS: u64 = 25_000_000;
    /// Memory that a picture takes while it is decoded and made smaller: 25 million pixels in colour. Transparency, sixteen bits a colour and progressive JPEG take more for each pixel.
    PICTURE_MEMORY_BYTES: u64 = 85_000_000;
    /// Pictures that are decoded at once: the memory of one is the most that pictures take.
    PICTURES_DECODED_AT_ONCE: usize = 1;
    /// How long a picture waits for its turn before its sender is told to come back.
    PICTURE_WAIT: Duration = Duration::from_secs(20);
    /// Pictures of one form.
    PICTURES_PER_FORM: usize = 9;
    /// Pictures that one person may send within an hour.
    PICTURES_PER_HOUR: i64 = 60;
    /// Pictures that one person may send within a day.
    PICTURES_PER_DAY: i64 = 200;
    /// After this time a picture is removed if no application, case or review refers to it.
    PICTURE_UNUSED_TIME: Duration = Duration::from_hours(24);
    /// A picture of a refused form can be sent again for so long, which ends well before it is removed.
    PICTURE_HELD_TIME: Duration = Duration::from_hours(23);
}

/// A value as the documentation gives it.
trait InWords {
    fn in_words(&self, name: &str) -> String;
}

impl InWords for usize {
    fn in_words(&self, name: &str) -> String {
        match *self {
            bytes if name.contains("BYTES") && bytes.is_multiple_of(MIB) => format!("{} MiB", bytes / MIB),
            bytes if name.contains("BYTES") && bytes.is_multiple_of(KIB) => format!("{} KiB", bytes / KIB),
            bytes if name.contains("BYTES") => format!("{bytes} bytes"),
            number => number.to_string(),
        }
    }
}

impl InWords for u64 {
    fn in_words(&self, name: &str) -> String {
        let unit = if name.contains("BYTES") { "bytes" } else { "" };
        let words = if *self < 1_000_000 { format!("{self} {unit}") } else { format!("{} million {unit}", self / 1_000_000) };
        words.trim_end().to_owned()
    }
}

impl InWords for i64 {
    fn in_words(&self, _: &str) -> String {
        self.to_string()
    }
}

impl InWords for u32 {
    fn in_words(&self, _: &str) -> String {
        self.to_string()
    }
}

impl InWords for Duration {
    fn in_words(&self, _: &str) -> String {
        match self.as_secs() {
            hours if hours.is_multiple_of(3600) => format!("{} h", hours / 3600),
            seconds => format!("{seconds} s"),
        }
    }
}

/// `5 MB` for people, as browsers and phones show sizes.
pub fn megabytes(bytes: usize) -> String {
    let tenths = bytes.saturating_mul(10).div_ceil(MIB);
    if tenths.is_multiple_of(10) { format!("{} MB", tenths / 10) } else { format!("{}.{} MB", tenths / 10, tenths % 10) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documentation_tells_every_limit_as_it_is() {
        let told = include_str!("../../docs/limits.md");
        let expected: String =
            table().into_iter().fold(String::new(), |rows, (name, value, reason)| rows + &format!("| `{name}` | {value} | {reason} |\n"));
        assert!(told.contains(&expected), "docs/limits.md should have these rows:\n{expected}");
    }

    #[test]
    fn a_size_is_told_as_people_say_it() {
        assert_eq!([5 * MIB, 5 * MIB + 1, 7_500_000].map(megabytes), ["5 MB", "5.1 MB", "7.2 MB"]);
    }
}
