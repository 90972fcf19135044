//! Why money and stock move.

use super::payment::Tender;

/// The cause of a movement of money (M16).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyCause {
    /// Held before any movement was on record.
    Opening,
    /// Set aside for an order until the rest of it is paid.
    Held,
    /// The order ended unpaid.
    Released,
    Paid,
    /// Paid though the order no longer wanted it.
    Surplus,
    Refunded,
    SettledOutside,
    /// Points for an order that was completed.
    Earned,
    /// Points that refunded goods had earned.
    TakenBack,
    Recharged,
    Corrected,
    /// From one wallet for all shops to one at each.
    CarriedOver,
    AccountClosed,
}

impl MoneyCause {
    const ALL: [Self; 13] = [
        Self::Opening,
        Self::Held,
        Self::Released,
        Self::Paid,
        Self::Surplus,
        Self::Refunded,
        Self::SettledOutside,
        Self::Earned,
        Self::TakenBack,
        Self::Recharged,
        Self::Corrected,
        Self::CarriedOver,
        Self::AccountClosed,
    ];

    /// As stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Held => "held",
            Self::Released => "released",
            Self::Paid => "paid",
            Self::Surplus => "surplus",
            Self::Refunded => "refunded",
            Self::SettledOutside => "settled_outside",
            Self::Earned => "earned",
            Self::TakenBack => "taken_back",
            Self::Recharged => "recharged",
            Self::Corrected => "corrected",
            Self::CarriedOver => "carried_over",
            Self::AccountClosed => "account_closed",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.code() == code)
    }

    /// As people say it of this account.
    pub fn in_words(self, account: Tender) -> &'static str {
        match self {
            Self::Opening if account == Tender::Points => "期初积分",
            Self::Opening => "期初余额",
            Self::Held => "下单抵扣",
            Self::Released => "订单取消退回",
            Self::Paid => "付款",
            Self::Surplus => "多付款项退回",
            Self::Refunded => "售后退款",
            Self::SettledOutside => "线下结清",
            Self::Earned => "订单完成赠送",
            Self::TakenBack => "退款扣回赠送积分",
            Self::Recharged if account == Tender::Points => "商家赠送",
            Self::Recharged => "商家充值",
            Self::Corrected => "商家更正",
            Self::CarriedOver => "钱包按店铺分开时结转",
            Self::AccountClosed => "账户注销",
        }
    }
}

/// The cause of a movement of stock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StockCause {
    /// The shop has put units on the shelf.
    Stocked,
    /// Set aside for an order.
    Reserved,
    /// Set aside no longer: the order has ended, or the units were refunded before they left.
    Released,
    Shipped,
    /// Come back by an after-sale.
    Returned,
    /// Sent in place of what came back.
    Replaced,
}

impl StockCause {
    /// As stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Stocked => "stocked",
            Self::Reserved => "reserved",
            Self::Released => "released",
            Self::Shipped => "shipped",
            Self::Returned => "returned",
            Self::Replaced => "replaced",
        }
    }
}
