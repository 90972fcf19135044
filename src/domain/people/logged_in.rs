//! Which account somebody is logged in to.

/// The two sides of the counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogInSide {
    Buyer,
    Staff,
}

impl LogInSide {
    /// As the session keeps it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Buyer => "buyer",
            Self::Staff => "staff",
        }
    }

    /// The one across the counter.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Buyer => Self::Staff,
            Self::Staff => Self::Buyer,
        }
    }
}

/// Whose account. One browser can be logged in on both sides at once: a shop's own people buy, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoggedIn {
    Buyer(i64),
    Staff(i64),
}

impl LoggedIn {
    pub fn side(self) -> LogInSide {
        match self {
            Self::Buyer(_) => LogInSide::Buyer,
            Self::Staff(_) => LogInSide::Staff,
        }
    }

    pub fn id(self) -> i64 {
        match self {
            Self::Buyer(id) | Self::Staff(id) => id,
        }
    }
}
