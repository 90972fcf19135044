//! The channels that money comes and goes by.

use super::payment::Tender;

/// A payment service of another company, with a gateway and bills of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    Wechat,
    Alipay,
}

impl Channel {
    pub const ALL: [Self; 2] = [Self::Wechat, Self::Alipay];

    /// What is paid by it.
    pub const fn tender(self) -> Tender {
        match self {
            Self::Wechat => Tender::Wechat,
            Self::Alipay => Tender::Alipay,
        }
    }

    /// The channel that moves this tender's money, if one does.
    pub const fn of(tender: Tender) -> Option<Self> {
        match tender {
            Tender::Wechat => Some(Self::Wechat),
            Tender::Alipay => Some(Self::Alipay),
            Tender::Points | Tender::Balance | Tender::Cod | Tender::Offline => None,
        }
    }

    /// As stored.
    pub fn code(self) -> &'static str {
        self.tender().code()
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.code() == code)
    }

    /// As people read it.
    pub fn name(self) -> &'static str {
        self.tender().name()
    }
}
