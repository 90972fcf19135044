//! What a shop may set: its clocks, windows, limits and freight (S11, S19, S34, S35, A1–A4).

pub mod rules;

use crate::domain::money::Money;
use crate::domain::time::{DAY, HOUR, MINUTE};
use serde::{Deserialize, Serialize};

/// A shop's rules. Deadlines are taken from here when a state is entered and stored there: later changes move nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShopPolicy {
    /// Minutes until an unpaid order closes.
    pub pay_minutes: i64,
    /// Days after shipping until receipt is confirmed by itself.
    pub auto_receive_days: i64,
    /// Days after completion in which an after-sale may be applied for.
    pub after_sale_days: i64,
    /// Days after completion in which goods may be sent back for no reason; zero: not at all.
    #[serde(default = "seven_days")]
    pub no_reason_days: i64,
    /// Hours the shop has to answer an application.
    pub answer_hours: i64,
    /// Days the buyer has to send goods back and fill in the waybill.
    pub return_days: i64,
    /// Days the shop has to receive a return once its waybill is filled in.
    pub receive_days: i64,
    /// Days a rejected application can be revised before it closes.
    pub revise_days: i64,
    /// Hours the shop has to ship a replacement.
    pub reship_hours: i64,
    /// Days until the receipt of a replacement is confirmed by itself.
    pub replacement_days: i64,
    /// Applications per order line, revisions included.
    pub max_applications: i64,
    /// May an exchange be asked for while the parcel travels? (A3)
    pub exchange_before_receipt: bool,
    /// The largest refund that customer service may agree to alone.
    pub service_refund_limit: Money,
    /// Flat freight of an order.
    pub freight: Money,
    /// Goods from this amount on travel free; zero: never.
    pub free_freight_from: Money,
    /// Points that a completed order earns for each yuan paid by money; zero: none.
    #[serde(default = "one_point")]
    pub points_per_yuan: i64,
}

/// What shops give that have not said otherwise.
fn one_point() -> i64 {
    1
}

fn seven_days() -> i64 {
    7
}

impl Default for ShopPolicy {
    fn default() -> Self {
        Self {
            pay_minutes: 30,
            auto_receive_days: 14,
            after_sale_days: 15,
            no_reason_days: seven_days(),
            answer_hours: 48,
            return_days: 7,
            receive_days: 10,
            revise_days: 7,
            reship_hours: 48,
            replacement_days: 14,
            max_applications: 5,
            exchange_before_receipt: false,
            service_refund_limit: Money(50_000),
            freight: Money(1_000),
            free_freight_from: Money(9_900),
            points_per_yuan: one_point(),
        }
    }
}

impl ShopPolicy {
    /// Freight for goods of this amount (S19).
    pub fn freight_for(&self, goods: Money) -> Money {
        if self.free_freight_from.is_positive() && goods >= self.free_freight_from { Money::ZERO } else { self.freight }
    }

    pub fn pay_span(&self) -> i64 {
        self.pay_minutes * MINUTE
    }

    pub fn auto_receive_span(&self) -> i64 {
        self.auto_receive_days * DAY
    }

    pub fn answer_span(&self) -> i64 {
        self.answer_hours * HOUR
    }

    /// The promise in plain words, for product and application pages (S40).
    pub fn in_words(&self) -> Vec<String> {
        let no_reason = match self.no_reason_days.min(self.after_sale_days) {
            0 => "不支持七天无理由退货，质量问题等按下面的期限处理".to_owned(),
            days => format!("确认收货后 {days} 天内可无理由退货，商品需完好，运费由买家承担"),
        };
        vec![
            format!("付款后未发货可申请仅退款，商家 {} 小时内处理，超时自动退款", self.answer_hours),
            no_reason,
            format!("确认收货后 {} 天内，质量问题、发错货等可申请退款、退货或换货", self.after_sale_days),
            format!("商家同意退货后请在 {} 天内寄回，商家收货后退款", self.return_days),
            "微信支付和支付宝原路退回，一般 1–3 个工作日到账；余额和积分即时退回；货到付款由商家线下退款".to_owned(),
            "商品质量问题、发错或漏发，退货运费由商家承担".to_owned(),
        ]
    }
}
