//! Why something may not happen, in words a person can act on.

use super::money::Money;

/// A transition or an application that the rules refuse.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("你没有执行此操作的权限")]
    NotAllowed,
    #[error("不能修改自己的角色或停用自己；请让另一位店主来操作")]
    OwnAccount,
    #[error("这个账号已停用，启用后才能重置密码")]
    StaffDisabled,
    /// Somebody else was first, or the state does not know the event.
    #[error("当前状态为「{0}」，不能执行此操作，请刷新后查看最新进度")]
    NotWhile(&'static str),
    /// The key of the form has done something else before.
    #[error("这份表单之前已经提交成功，内容与这次不同，这次没有执行；请先查看上次的结果，仍然需要的话核对后重新提交")]
    FormUsed,
    #[error("页面已过期，请核对内容后重新提交")]
    FormWithoutKey,
    #[error("订单已付款，不能再修改价格")]
    PriceFixed,
    #[error("改价后应付金额不能少于 {}", .0.show())]
    PriceTooLow(Money),
    /// The form had shown another total, or none: it is said before it is done.
    #[error("改后应付 {}，比现在{}，请核对后再次提交", .to.show(), more_or_less(*.from, *.to))]
    PriceNotRestated { from: Money, to: Money },
    #[error("订单已发货，不能再修改收货信息")]
    AddressFixed,
    #[error("「{0}」有正在处理的退款，不能发货，请先处理售后")]
    LineInAfterSale(String),
    #[error("「{title}」最多还能发 {left} 件")]
    TooManyToShip { title: String, left: i64 },
    #[error("请至少选择一件商品发货")]
    NothingToShip,
    #[error("订单有正在处理的售后，不能自动确认收货")]
    AfterSaleOpen,
    #[error("当前订单状态不支持「{0}」")]
    KindNotOffered(&'static str),
    #[error("待收货订单不支持换货，请先确认收货再申请换货")]
    ExchangeBeforeReceipt,
    #[error("已超过售后申请期限（{0}），可联系商家协商处理")]
    WindowClosed(String),
    /// The reason's own window is over; others may still be given.
    #[error("「{reason}」只能在 {until} 前申请，现已截止。{others}")]
    ReasonTooLate { reason: &'static str, until: String, others: String },
    #[error("这笔订单不支持「{reason}」。{others}")]
    ReasonNotOffered { reason: &'static str, others: String },
    #[error("「{0}」的售后申请次数已用完")]
    NoApplicationsLeft(String),
    #[error("已发货和未发货的商品请分开申请")]
    MixedStages,
    #[error("退款原因「{0}」不适用于所选的处理方式，请重新选择")]
    ReasonDoesNotSuit(&'static str),
    #[error("请选择要申请售后的商品")]
    NothingChosen,
    #[error("「{title}」最多还能申请 {left} 件")]
    TooManyUnits { title: String, left: i64 },
    #[error("退款金额必须大于 0")]
    AmountNotPositive,
    #[error("退款金额最多 {}", .0.show())]
    AmountTooHigh(Money),
    #[error("请先设置默认退货地址，再同意退货")]
    NoReturnAddress,
    #[error("这是商家发货的快递单号，请填写您寄回时的单号")]
    ForwardParcel,
    #[error("这个快递单号已用于另一笔售后，请核对")]
    ParcelUsed,
    #[error("退款超过 {}，需要财务或店主处理", .0.show())]
    AboveLimit(Money),
    #[error("订单已付款，不能取消；如果不需要了，可以申请退款")]
    PaidAlready,
    #[error("未付款的订单没有可退的金额，可以直接取消订单")]
    NothingPaid,
    #[error("退回的商品还没有确认收到，请核对后勾选确认再退款")]
    GoodsNotBack,
    #[error("驳回已发货的商品需要上传凭证")]
    EvidenceMissing,
    #[error("「{title}」应验收 {expected} 件")]
    InspectionIncomplete { title: String, expected: i64 },
    #[error("换货商品库存不足，请先补货或改为退款")]
    ReplacementOutOfStock,
    #[error("订单完成后才能评价")]
    ReviewTooEarly,
    #[error("发货前已全额退款的商品不能评价")]
    ReviewRefunded,
    #[error("您已评价过，这次填写的内容没有保存；已有的评价和这次的文字都在下面")]
    ReviewedAlready,
    #[error("这条评价已经回复过：「{0}」。回复不能修改，这次的内容没有保存")]
    RepliedAlready(String),
    #[error("这条评价已经隐藏，原因：「{0}」。这次的原因没有保存")]
    HiddenAlready(String),
}

impl Refusal {
    /// The field of the form that has to be mended; the words stand beside it.
    pub fn field(&self) -> Option<&'static str> {
        match self {
            Self::NothingChosen | Self::TooManyUnits { .. } | Self::MixedStages | Self::NoApplicationsLeft(_) => Some("lines"),
            Self::KindNotOffered(_) | Self::ExchangeBeforeReceipt => Some("kind"),
            Self::ReasonDoesNotSuit(_) | Self::ReasonTooLate { .. } | Self::ReasonNotOffered { .. } => Some("reason"),
            Self::AmountNotPositive | Self::AmountTooHigh(_) => Some("amount"),
            Self::PriceTooLow(_) | Self::PriceNotRestated { .. } => Some("goods_change"),
            Self::EvidenceMissing => Some("reject_evidence"),
            Self::GoodsNotBack => Some("goods_not_back"),
            Self::InspectionIncomplete { .. } => Some("inspection"),
            // It stands in several parcels, so the words stand on top.
            Self::TooManyToShip { .. } => Some(""),
            Self::NotAllowed
            | Self::OwnAccount
            | Self::StaffDisabled
            | Self::NotWhile(_)
            | Self::FormUsed
            | Self::FormWithoutKey
            | Self::PriceFixed
            | Self::AddressFixed
            | Self::LineInAfterSale(_)
            | Self::NothingToShip
            | Self::AfterSaleOpen
            | Self::WindowClosed(_)
            | Self::NoReturnAddress
            | Self::ForwardParcel
            | Self::ParcelUsed
            | Self::AboveLimit(_)
            | Self::PaidAlready
            | Self::NothingPaid
            | Self::ReplacementOutOfStock
            | Self::ReviewTooEarly
            | Self::ReviewRefunded
            | Self::ReviewedAlready
            | Self::RepliedAlready(_)
            | Self::HiddenAlready(_) => None,
        }
    }
}

/// `多 ¥1,250.00`.
fn more_or_less(from: Money, to: Money) -> String {
    if to < from { format!("少 {}", (from - to).show()) } else { format!("多 {}", (to - from).show()) }
}
