//! Which account somebody is logged in to.

/// The two sides of the counter, as keys of the session.
pub const BUYER: &str = "buyer";
pub const STAFF: &str = "staff";

/// Whose account. One browser can be logged in on both sides at once: a shop's own people buy, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoggedIn {
    Buyer(i64),
    Staff(i64),
}

impl LoggedIn {
    pub fn key(self) -> &'static str {
        match self {
            Self::Buyer(_) => BUYER,
            Self::Staff(_) => STAFF,
        }
    }

    pub fn id(self) -> i64 {
        match self {
            Self::Buyer(id) | Self::Staff(id) => id,
        }
    }
}
