//! How far the goods of an order are: it decides what can be asked for, and why.

use crate::domain::order::{Order, OrderLine, OrderState};

/// How far the goods are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    Unshipped,
    InTransit,
    Received,
}

impl Stage {
    pub const ALL: [Self; 3] = [Self::Unshipped, Self::InTransit, Self::Received];

    pub fn code(self) -> &'static str {
        match self {
            Self::Unshipped => "unshipped",
            Self::InTransit => "in_transit",
            Self::Received => "received",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == code)
    }

    /// How far one line of the order is; what is partly shipped counts as shipped.
    pub fn of(order: &Order, line: &OrderLine) -> Self {
        if matches!(order.state, OrderState::Completed { .. }) {
            Self::Received
        } else if line.shipped_quantity > 0 {
            Self::InTransit
        } else {
            Self::Unshipped
        }
    }
}
