//! What each channel asks and allows, and the shop's gateway for each.

use std::sync::Arc;

use super::Gateway;
use crate::domain::time::{DAY, MINUTE};
use crate::domain::{Channel, Tender};
use crate::routes;

/// The channel's name in English, as whoever sets up its account is told.
pub const fn name_in_english(channel: Channel) -> &'static str {
    match channel {
        Channel::Wechat => "WeChat Pay",
        Channel::Alipay => "Alipay",
    }
}

/// Where the channel's gateway calls the shop back.
pub const fn notices(channel: Channel) -> &'static str {
    match channel {
        Channel::Wechat => routes::WECHAT_NOTICES,
        Channel::Alipay => routes::ALIPAY_NOTICES,
    }
}

/// What a channel allows of paying one payment back (M11).
#[derive(Clone, Copy, Debug)]
pub struct RefundLimits {
    /// So long after the payment, in ms.
    pub longest: i64,
    /// In so many parts at most.
    pub parts: Option<i64>,
    /// So long after the refund before, in ms.
    pub apart: i64,
}

/// The limits of this channel.
pub const fn refund_limits(channel: Channel) -> RefundLimits {
    match channel {
        Channel::Wechat => RefundLimits { longest: 365 * DAY, parts: Some(50), apart: MINUTE },
        // Twelve months, of which a merchant's contract may say otherwise: an earlier end is Alipay's to tell.
        Channel::Alipay => RefundLimits { longest: 366 * DAY, parts: None, apart: 0 },
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
        self.with_channel(tender).map(|(_, gateway)| gateway)
    }

    /// The same, and the channel that it is of.
    pub fn with_channel(&self, tender: Tender) -> Option<(Channel, &Arc<dyn Gateway>)> {
        let channel = Channel::of(tender)?;
        Some((channel, self.of(channel)?))
    }
}
