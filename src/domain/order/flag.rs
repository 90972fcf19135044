//! The flags a shop puts on orders (S54).

/// The colour of an order's flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderFlag {
    Grey,
    Purple,
    Cyan,
    Green,
    Orange,
    Red,
}

impl OrderFlag {
    pub const ALL: [Self; 6] = [Self::Grey, Self::Purple, Self::Cyan, Self::Green, Self::Orange, Self::Red];

    /// As stored, as forms send it and as styles name it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Grey => "grey",
            Self::Purple => "purple",
            Self::Cyan => "cyan",
            Self::Green => "green",
            Self::Orange => "orange",
            Self::Red => "red",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|flag| flag.code() == code)
    }

    /// As people read it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Grey => "灰",
            Self::Purple => "紫",
            Self::Cyan => "青",
            Self::Green => "绿",
            Self::Orange => "橙",
            Self::Red => "红",
        }
    }
}
