//! The channels that money comes and goes by, and the shop's gateway for each.

use std::sync::Arc;

use super::Gateway;
use crate::domain::Tender;
use crate::routes;

/// The purse that the buyer pays from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    Wechat,
    Alipay,
}

impl Channel {
    pub const ALL: [Self; 2] = [Self::Wechat, Self::Alipay];

    /// The word on the wire and in rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Wechat => "wechat",
            Self::Alipay => "alipay",
        }
    }

    /// As people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Wechat => "WeChat Pay",
            Self::Alipay => "Alipay",
        }
    }

    /// Where its gateway calls the shop back.
    pub const fn notices(self) -> &'static str {
        match self {
            Self::Wechat => routes::WECHAT_NOTICES,
            Self::Alipay => routes::ALIPAY_NOTICES,
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
}

/// The gateways that this shop has an account with.
#[derive(Clone, Default)]
pub struct Gateways {
    pub wechat: Option<Arc<dyn Gateway>>,
    pub alipay: Option<Arc<dyn Gateway>>,
}

impl Gateways {
    /// The gateway of a channel; absent where the shop has no account: the cashier then does not offer it.
    pub fn of(&self, channel: Channel) -> Option<&Arc<dyn Gateway>> {
        match channel {
            Channel::Wechat => self.wechat.as_ref(),
            Channel::Alipay => self.alipay.as_ref(),
        }
    }

    /// Each that there is, with its channel.
    pub fn all(&self) -> impl Iterator<Item = (Channel, &Arc<dyn Gateway>)> {
        Channel::ALL.into_iter().filter_map(|channel| Some((channel, self.of(channel)?)))
    }

    /// The origins that the buyer's browser may be led to by paying.
    pub fn cashiers(&self) -> Vec<String> {
        self.all().flat_map(|(_, gateway)| gateway.cashiers()).collect()
    }

    /// Whether the shop has an account with any.
    pub const fn are_any(&self) -> bool {
        self.wechat.is_some() || self.alipay.is_some()
    }

    /// The gateway that moves this tender's money.
    pub fn of_tender(&self, tender: Tender) -> Option<&Arc<dyn Gateway>> {
        Channel::of(tender).and_then(|channel| self.of(channel))
    }
}
