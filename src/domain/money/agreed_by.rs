//! Who agreed to a refund, as its record says: a person, a clock, or a rule of the house.

/// Who or what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AgreedBy {
    /// A member of the staff, by name.
    Staff(String),
    /// The buyer, whose exchange was overdue. Who reads the records may not read names of buyers.
    Buyer,
    /// Nobody answered in time.
    Deadline,
    /// Money that nobody wanted goes back by itself.
    Surplus,
    /// As it was written down before.
    Told(String),
}

impl AgreedBy {
    /// As stored: what it was, and the name or the words beside it.
    pub fn row(&self) -> (Option<&'static str>, &str) {
        match self {
            Self::Staff(name) => (Some("staff"), name),
            Self::Buyer => (Some("buyer"), ""),
            Self::Deadline => (Some("deadline"), ""),
            Self::Surplus => (Some("surplus"), ""),
            Self::Told(words) => (None, words),
        }
    }

    /// `None` if there is no such code.
    pub fn from_row(code: Option<&str>, name: String) -> Option<Self> {
        match code {
            None => Some(Self::Told(name)),
            Some("staff") => Some(Self::Staff(name)),
            Some("buyer") => Some(Self::Buyer),
            Some("deadline") => Some(Self::Deadline),
            Some("surplus") => Some(Self::Surplus),
            Some(_) => None,
        }
    }

    /// As finance reads it.
    pub fn name(&self) -> &str {
        match self {
            Self::Staff(name) | Self::Told(name) => name,
            Self::Buyer => "买家（换货超时改退款）",
            Self::Deadline => "系统（超时自动同意）",
            Self::Surplus => "系统（多付自动退回）",
        }
    }
}
