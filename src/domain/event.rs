//! What a transition leaves behind: one line on the timeline, and effects that become rows in the same transaction.

use super::address::Address;
use super::after_sale::Item;
use super::id::OrderLineId;
use super::money::Money;
use super::text::isolated;
use super::time::Timestamp;

/// What happened; stored by its code, read as a sentence on both sides of the counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    OrderPlaced,
    PriceAdjusted,
    AddressEdited,
    OrderPaid,
    PaymentConfirmed,
    CodChosen,
    OrderShipped,
    OrderReceived,
    OrderClosed,
    LatePayment,
    CouponReturned,
    PointsTakenBack,
    AfterSaleApplied,
    AfterSaleRevised,
    AfterSaleRejected,
    ReturnApproved,
    ReturnShipped,
    ReturnReceived,
    ReturnRejected,
    RefundAgreed,
    RefundAccountGiven,
    RefundToBalanceAgreed,
    RefundedManually,
    RefundSucceeded,
    RefundFailed,
    RefundRetried,
    ReplacementOverdue,
    ReplacementShipped,
    ReplacementReceived,
    ConvertedToRefund,
    AfterSaleWithdrawn,
    AfterSaleClosed,
}

impl EventKind {
    pub const ALL: [Self; 32] = [
        Self::OrderPlaced,
        Self::PriceAdjusted,
        Self::AddressEdited,
        Self::OrderPaid,
        Self::PaymentConfirmed,
        Self::CodChosen,
        Self::OrderShipped,
        Self::OrderReceived,
        Self::OrderClosed,
        Self::LatePayment,
        Self::CouponReturned,
        Self::PointsTakenBack,
        Self::AfterSaleApplied,
        Self::AfterSaleRevised,
        Self::AfterSaleRejected,
        Self::ReturnApproved,
        Self::ReturnShipped,
        Self::ReturnReceived,
        Self::ReturnRejected,
        Self::RefundAgreed,
        Self::RefundAccountGiven,
        Self::RefundToBalanceAgreed,
        Self::RefundedManually,
        Self::RefundSucceeded,
        Self::RefundFailed,
        Self::RefundRetried,
        Self::ReplacementOverdue,
        Self::ReplacementShipped,
        Self::ReplacementReceived,
        Self::ConvertedToRefund,
        Self::AfterSaleWithdrawn,
        Self::AfterSaleClosed,
    ];

    /// As stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::OrderPlaced => "order_placed",
            Self::PriceAdjusted => "price_adjusted",
            Self::AddressEdited => "address_edited",
            Self::OrderPaid => "order_paid",
            Self::PaymentConfirmed => "payment_confirmed",
            Self::CodChosen => "cod_chosen",
            Self::OrderShipped => "order_shipped",
            Self::OrderReceived => "order_received",
            Self::OrderClosed => "order_closed",
            Self::LatePayment => "late_payment",
            Self::CouponReturned => "coupon_returned",
            Self::PointsTakenBack => "points_taken_back",
            Self::AfterSaleApplied => "after_sale_applied",
            Self::AfterSaleRevised => "after_sale_revised",
            Self::AfterSaleRejected => "after_sale_rejected",
            Self::ReturnApproved => "return_approved",
            Self::ReturnShipped => "return_shipped",
            Self::ReturnReceived => "return_received",
            Self::ReturnRejected => "return_rejected",
            Self::RefundAgreed => "refund_agreed",
            Self::RefundAccountGiven => "refund_account_given",
            Self::RefundToBalanceAgreed => "refund_to_balance_agreed",
            Self::RefundedManually => "refunded_manually",
            Self::RefundSucceeded => "refund_succeeded",
            Self::RefundFailed => "refund_failed",
            Self::RefundRetried => "refund_retried",
            Self::ReplacementOverdue => "replacement_overdue",
            Self::ReplacementShipped => "replacement_shipped",
            Self::ReplacementReceived => "replacement_received",
            Self::ConvertedToRefund => "converted_to_refund",
            Self::AfterSaleWithdrawn => "after_sale_withdrawn",
            Self::AfterSaleClosed => "after_sale_closed",
        }
    }

    /// What is left to say of it where nothing else may be known.
    pub fn name(self) -> &'static str {
        match self {
            Self::OrderPlaced => "买家提交订单",
            Self::PriceAdjusted => "商家修改价格",
            Self::AddressEdited => "修改收货地址",
            Self::OrderPaid => "订单已付款",
            Self::PaymentConfirmed => "商家确认收到付款",
            Self::CodChosen => "选择货到付款",
            Self::OrderShipped => "商家发货",
            Self::OrderReceived => "确认收货",
            Self::OrderClosed => "订单关闭",
            Self::LatePayment => "订单关闭后收到付款",
            Self::CouponReturned => "优惠券退回",
            Self::PointsTakenBack => "扣回赠送的积分",
            Self::AfterSaleApplied => "买家申请售后",
            Self::AfterSaleRevised => "买家修改申请",
            Self::AfterSaleRejected => "商家驳回申请",
            Self::ReturnApproved => "商家同意退货",
            Self::ReturnShipped => "买家寄回商品",
            Self::ReturnReceived => "商家收到退货",
            Self::ReturnRejected => "商家验收驳回",
            Self::RefundAgreed => "商家同意退款",
            Self::RefundAccountGiven => "买家填写了退款账户",
            Self::RefundToBalanceAgreed => "买家同意退到余额",
            Self::RefundedManually => "商家线下退款",
            Self::RefundSucceeded => "退款到账",
            Self::RefundFailed => "退款失败",
            Self::RefundRetried => "重新发起退款",
            Self::ReplacementOverdue => "换货逾期未发",
            Self::ReplacementShipped => "商家寄出换货",
            Self::ReplacementReceived => "买家收到换货",
            Self::ConvertedToRefund => "换货改为退款",
            Self::AfterSaleWithdrawn => "买家撤销申请",
            Self::AfterSaleClosed => "售后关闭",
        }
    }
}

/// Who is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    Buyer,
    Shop,
}

/// What must now be done, in the same transaction as the transition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The line on the timeline: what happened, in words, with pictures.
    Record {
        kind: EventKind,
        words: String,
        evidence: Vec<String>,
    },
    /// A notice to one side.
    Notify {
        to: Audience,
        title: &'static str,
        words: String,
    },
    /// The subject's clock now runs until then; it has one clock at most.
    SetClock(Timestamp),
    ClearClock,
    /// The buyer is reminded then of the goods that have to be sent back (T9).
    SetReminder(Timestamp),
    ClearReminder,
    /// Units reserved for an order that closes are free again.
    ReleaseStock {
        line: OrderLineId,
        units: i64,
    },
    /// Reserved units have left the house.
    ShipStock {
        line: OrderLineId,
        units: i64,
    },
    /// Units that really came back: fit for sale, or not (S83, B16).
    Restock {
        line: OrderLineId,
        sellable: i64,
        defective: i64,
    },
    /// Units for a replacement leave the shelf.
    TakeReplacement {
        line: OrderLineId,
        units: i64,
    },
    /// Points and balance held for the order go back, pending online payments are void (S8).
    ReturnHeldTenders,
    /// The coupon that the order used is the buyer's again, unless its time is over (M8).
    ReturnCoupon,
    /// The order is completed: it earns its points (M7).
    GrantPoints,
    /// Amounts and units of the lines are set aside for this case (M3).
    ReserveRefund(Vec<Item>),
    /// Freight that a case takes along is set aside with the rest, or let go where the amount is negative (M5).
    ReserveFreight {
        line: OrderLineId,
        amount: Money,
    },
    /// They are free again.
    ReleaseRefund(Vec<Item>),
    /// They were paid back.
    SettleRefund {
        items: Vec<Item>,
        refund_only: bool,
    },
    /// The order has one open case more: its receipt clock stops (A14).
    OpenCase,
    /// The order has one open case less.
    CloseCase,
    /// Money goes back to where it came from: refund rows first, the gateway later (M10). The line on the timeline and the notice name each part
    /// by its tender, so they are written with the rows.
    EnqueueRefund(RefundTold),
    /// What no channel pays was given back outside, with a voucher; points and balance go back by themselves (S74). Written down with the rows.
    RecordManualRefund {
        voucher: String,
        /// The buyer consents to another way than the money came by (S73).
        agreed: bool,
    },
    /// A refund that failed is tried again with the same number (M9).
    RetryRefund,
}

/// How a refund that begins is told: who wants it, and who hears of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefundTold {
    pub kind: EventKind,
    pub who: &'static str,
    pub to: Audience,
    pub title: &'static str,
}

/// Shorthand for the words of a return address in a notice.
pub fn address_in_words(address: &Address) -> String {
    format!("{} {}，{}", isolated(&address.recipient), address.phone_in_words(), address.place())
}

/// The words for those who only ship: every amount reads `¥***`, points `*** 积分`.
pub fn without_amounts(words: &str) -> String {
    let is_amount = |sign: char| sign.is_ascii_digit() || matches!(sign, ',' | '.');
    let mut parts = words.split('¥');
    let first = parts.next().unwrap_or_default().to_owned();
    let hidden = parts.fold(first, |said, part| said + "¥***" + part.trim_start_matches(is_amount));
    let mut parts = hidden.split(" 积分");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |said, part| said.trim_end_matches(is_amount).to_owned() + "*** 积分" + part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_hidden_and_the_rest_is_kept() {
        assert_eq!(without_amounts("商家改价：商品 −¥1,010.00，应付 ¥91.00"), "商家改价：商品 −¥***，应付 ¥***");
        assert_eq!(without_amounts("微信支付 ¥269.00、1,500 积分"), "微信支付 ¥***、*** 积分");
        assert_eq!(without_amounts("买家确认收货"), "买家确认收货");
    }
}
