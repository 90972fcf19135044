//! The kinds of happenings: how each is stored, and what is left to say of it where nothing else may be known.

use super::Happening;

macro_rules! kinds {
    ($($kind:ident $code:literal $name:literal),+ $(,)?) => {
        /// What sort of step it was; figures count these.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum HappeningKind {
            $($kind),+
        }

        impl HappeningKind {
            pub const ALL: &[Self] = &[$(Self::$kind),+];

            /// As stored.
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$kind => $code),+
                }
            }

            /// The bare step, without a fact.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$kind => $name),+
                }
            }
        }

        impl Happening {
            pub fn kind(&self) -> HappeningKind {
                match self {
                    $(Self::$kind { .. } => HappeningKind::$kind),+
                }
            }
        }
    };
}

kinds! {
    OrderPlaced "order_placed" "买家提交订单",
    PriceAdjusted "price_adjusted" "商家修改价格",
    AddressEdited "address_edited" "修改收货地址",
    OrderPaid "order_paid" "订单已付款",
    PaymentConfirmed "payment_confirmed" "商家确认收到付款",
    CodChosen "cod_chosen" "选择货到付款",
    OrderShipped "order_shipped" "商家发货",
    OrderReceived "order_received" "确认收货",
    OrderClosed "order_closed" "订单关闭",
    LatePayment "late_payment" "订单关闭后收到付款",
    HeldPaymentReturned "held_payment_returned" "已付的部分原路退回",
    PaymentDiffered "payment_differed" "付款金额与订单应付不符",
    CouponReturned "coupon_returned" "优惠券退回",
    PointsTakenBack "points_taken_back" "扣回赠送的积分",
    AfterSaleApplied "after_sale_applied" "买家申请售后",
    AfterSaleRevised "after_sale_revised" "买家修改申请",
    AfterSaleRejected "after_sale_rejected" "商家驳回申请",
    ReturnApproved "return_approved" "商家同意退货",
    ReturnAddressGiven "return_address_given" "请寄回商品",
    ReturnShipped "return_shipped" "买家寄回商品",
    ReturnReceived "return_received" "商家收到退货",
    ReturnAssumed "return_assumed" "商家超时未确认收货",
    ReturnRejected "return_rejected" "商家验收驳回",
    RefundAgreed "refund_agreed" "商家同意退款",
    RefundAccountGiven "refund_account_given" "买家填写了退款账户",
    RefundToBalanceAgreed "refund_to_balance_agreed" "买家同意退到余额",
    RefundedManually "refunded_manually" "商家线下退款",
    RefundSucceeded "refund_succeeded" "退款到账",
    RefundFailed "refund_failed" "退款失败",
    RefundNeedsAnotherWay "refund_needs_another_way" "无法原路退回",
    RefundRetried "refund_retried" "重新发起退款",
    RefundSentElsewhere "refund_sent_elsewhere" "退款改退到其他账户",
    ReplacementOverdue "replacement_overdue" "换货逾期未发",
    ReplacementShipped "replacement_shipped" "商家寄出换货",
    ReplacementReceived "replacement_received" "买家收到换货",
    ConvertedToRefund "converted_to_refund" "换货改为退款",
    AfterSaleWithdrawn "after_sale_withdrawn" "买家撤销申请",
    AfterSaleClosed "after_sale_closed" "售后关闭",
    ReturnReminded "return_reminded" "请尽快寄回商品",
    AnomalyFound "anomaly_found" "支付异常",
    Told "told" "有新的进展",
}
