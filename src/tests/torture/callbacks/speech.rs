//! What a channel has to say, and how it says so: signed, at a moment.

use crate::alipay::forgery::{notice as form, signed as as_form};
use crate::alipay::support::ALIPAY_KEY;
use crate::support::Told;
use crate::wechat::forgery::signed;
use crate::wechat::support::{SERIAL, WECHAT_KEY};
use axum::http::HeaderMap;
use guitu::routes::{ALIPAY_NOTICES, WECHAT_NOTICES};
use guitu::server::clock::{Clock, SystemClock};
use guitu::server::payments::alipay::moment;
use guitu::server::payments::keys::PrivateKey;

/// ¥100.00 that came, or went back.
pub enum Speech {
    Wechat(Told),
    Alipay(Vec<(&'static str, String)>),
}

impl Speech {
    pub fn paid(tender: &str, payment: &str) -> Self {
        match tender {
            "wechat" => Self::Wechat(Told::paid(payment, 10_000, "CNY")),
            _ => Self::Alipay(vec![("out_trade_no", payment.to_owned()), ("total_amount", "100.00".to_owned())]),
        }
    }

    pub fn refunded(tender: &str, payment: &str, refund: &str) -> Self {
        if tender == "wechat" {
            return Self::Wechat(Told::refunded(refund, 10_000, "SUCCESS"));
        }
        let further =
            [("trade_status", "TRADE_CLOSED"), ("out_biz_no", refund), ("gmt_refund", "2026-11-22 12:00:00.123"), ("refund_fee", "100.00")];
        let Self::Alipay(mut said) = Self::paid(tender, payment) else { unreachable!("it is Alipay") };
        said.extend(further.map(|(name, value)| (name, value.to_owned())));
        Self::Alipay(said)
    }

    pub const fn path(&self) -> &'static str {
        match self {
            Self::Wechat(_) => WECHAT_NOTICES,
            Self::Alipay(_) => ALIPAY_NOTICES,
        }
    }

    /// The channel's own key.
    pub fn key(&self) -> &'static PrivateKey {
        match self {
            Self::Wechat(_) => &WECHAT_KEY,
            Self::Alipay(_) => &ALIPAY_KEY,
        }
    }

    /// How old a notice may be, in seconds.
    pub const fn good_for(&self) -> i64 {
        match self {
            Self::Wechat(_) => 5 * 60,
            Self::Alipay(_) => 48 * 3_600,
        }
    }

    /// Signed with this key, so many seconds ago.
    pub fn said(&self, key: &PrivateKey, age: i64) -> (HeaderMap, Vec<u8>) {
        match self {
            Self::Wechat(told) => {
                let body = told.sealed();
                (signed(&body, key, SERIAL, age), body)
            }
            Self::Alipay(said) => {
                let sent = moment::written(SystemClock.now().0 - age * 1_000).unwrap();
                let mut said: Vec<(&str, &str)> = said.iter().map(|(name, value)| (*name, value.as_str())).collect();
                said.push(("notify_time", &sent));
                (HeaderMap::new(), as_form(form(&said), key).into_bytes())
            }
        }
    }
}
