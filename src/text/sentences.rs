//! The line of each happening on a timeline.

use super::amounts::Amounts;
use super::told::{of_the_buyer, to_buyer};
use crate::domain::after_sale::{AfterSaleKind, CloseCause};
use crate::domain::happening::{Asking, Decider, DifferenceEnd, Happening, Paid, PaidBy, RefundBasis};
use crate::domain::money::way_back::{Elsewhere, Part};
use crate::domain::order::CloseReason;
use crate::domain::text::isolated;
use crate::domain::{Money, Parcel, Tender, Timestamp};
use chrono_tz::Tz;

/// How the buyer appears in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Person {
    /// As 买家, for the staff.
    Named,
    /// As 您.
    Addressed,
    /// Not at all: a deed after its subject.
    Left,
}

/// A reader's way of being told.
#[derive(Clone, Copy, Debug)]
pub(super) struct Voice {
    pub person: Person,
    pub amounts: Amounts,
    pub zone: Tz,
}

impl Voice {
    pub fn sentence(self, happening: &Happening) -> String {
        let Self { amounts, .. } = self;
        match happening {
            Happening::OrderPlaced { payable, .. } => format!("提交订单，应付 {}", amounts.money(*payable)),
            Happening::PriceAdjusted { goods, freight, payable } => {
                let (goods, freight) = (amounts.change(*goods), amounts.change(*freight));
                format!("商家改价：商品 {goods}，运费 {freight}，应付 {}", amounts.money(*payable))
            }
            Happening::AddressEdited => "修改收货信息".to_owned(),
            Happening::OrderPaid { by: PaidBy::Wallet, paid } => self.paid("积分与余额支付", paid),
            Happening::OrderPaid { by: PaidBy::Tender(tender), paid } => self.paid(&tender.paying(), paid),
            Happening::PaymentConfirmed { note, paid } if note.is_empty() => self.paid("商家确认收到付款", paid),
            Happening::PaymentConfirmed { note, paid } => self.paid(&format!("商家确认收到付款：{}", self.typed(note)), paid),
            Happening::CodChosen { paid } => self.paid("选择货到付款", paid),
            Happening::OrderShipped { parcels } => format!("商家发货：{}", in_words(parcels)),
            Happening::OrderReceived { by: Decider::Buyer, .. } => self.buyer_did("确认收货"),
            Happening::OrderReceived { by: Decider::Staff, .. } => self.either("商家代买家确认收货", "商家代您确认收货").to_owned(),
            Happening::OrderReceived { by: Decider::Deadline, .. } => "超时自动确认收货".to_owned(),
            Happening::OrderClosed { why: CloseReason::BuyerCancel } => self.buyer_did("取消订单"),
            Happening::OrderClosed { why } => why.name().to_owned(),
            Happening::LatePayment { tender, amount } => {
                format!("{} 到账 {}，订单已不需要，原路退回", tender.name(), amounts.money(*amount))
            }
            Happening::HeldPaymentReturned { tender, amount } => format!("{} 已付的 {} 原路退回", tender.name(), amounts.money(*amount)),
            Happening::PaymentDiffered { tender, took, end } => {
                let end = match end {
                    DifferenceEnd::SentBack => "原路退回".to_owned(),
                    DifferenceEnd::Outside { voucher } => format!("已线下退回：{}", self.typed(voucher)),
                    DifferenceEnd::Counted { rest } => format!("已计入订单，还需付 {}", amounts.money(*rest)),
                };
                format!("{}，{end}", self.differed(*tender, *took))
            }
            Happening::CouponReturned { name, lapsed: false } => format!("优惠券「{}」已退回，可再次使用", self.typed(name)),
            Happening::CouponReturned { name, lapsed: true } => format!("优惠券「{}」已过有效期，不再退回", self.typed(name)),
            Happening::PointsTakenBack { points } => format!("扣回赠送的 {}", amounts.of_tender(Tender::Points, *points)),
            Happening::AfterSaleApplied(asking) => self.asking("提交申请", asking),
            Happening::AfterSaleRevised(asking) => self.asking("修改申请", asking),
            Happening::AfterSaleRejected { words, .. } => format!("商家驳回：{}", self.typed(words)),
            Happening::ReturnApproved { by: Decider::Deadline, due } => {
                format!("超时未处理，系统自动同意退货，请在 {} 前寄回", self.at(*due))
            }
            Happening::ReturnApproved { by: Decider::Staff | Decider::Buyer, due } => {
                format!("商家同意退货，请在 {} 前寄回", self.at(*due))
            }
            Happening::ReturnAddressGiven { due, .. } => format!("请在 {} 前填写退货信息", self.at(*due)),
            Happening::ReturnShipped { parcel, .. } => self.buyer_did(&format!("寄回商品：{}", parcel.show())),
            Happening::ReturnReceived { good, defective, missing } => {
                format!("商家确认收到退货：完好 {good} 件，瑕疵 {defective} 件，缺件 {missing} 件")
            }
            Happening::ReturnAssumed => "商家超时未确认收货，请尽快发出换货".to_owned(),
            Happening::ReturnRejected { words, .. } => format!("商家验货后驳回：{}", self.typed(words)),
            Happening::RefundAgreed { basis, parts, freight, .. } => self.refund_begins(agreed(*basis).to_owned(), parts, *freight),
            Happening::RefundAccountGiven => self.buyer_did("填写退款账户（仅财务可见）"),
            Happening::RefundToBalanceAgreed => self.buyer_did("同意退款退到本店余额"),
            Happening::RefundedManually { outside, inside, voucher, consent } => {
                let consent = if *consent {
                    self.either("，已征得买家同意不原路退回", "，已征得您同意不原路退回")
                } else {
                    ""
                };
                format!("商家手动退款{}：{}{consent}{}", self.by_hand(outside), self.typed(voucher), self.by_itself(inside))
            }
            Happening::RefundSucceeded { parts } => match amounts.parts(parts) {
                nothing if nothing.is_empty() => "取消成功，货到付款未收款，无需退款".to_owned(),
                given => format!("退款成功 {given}"),
            },
            Happening::RefundFailed { why, .. } => format!("退款失败：{}，系统将在 24 小时后重试，商家也可手动处理", self.said(why)),
            Happening::RefundNeedsAnotherWay { why, .. } => format!("无法原路退回：{}", self.said(why)),
            Happening::RefundRetried => "重新发起退款".to_owned(),
            Happening::RefundSentElsewhere { amount, to } => self.sent_elsewhere(*amount, *to),
            Happening::ReplacementOverdue => {
                self.either("商家超时未发出换货，买家可改为退款", "商家超时未发出换货，您可改为退款").to_owned()
            }
            Happening::ReplacementShipped { parcel, .. } => format!("换货已发出：{}", parcel.show()),
            Happening::ReplacementReceived { by: Decider::Deadline } => "超时自动确认收到换货，换货完成".to_owned(),
            Happening::ReplacementReceived { by: Decider::Buyer | Decider::Staff } => self.buyer_did("确认收到换货，换货完成"),
            Happening::ConvertedToRefund { parts, freight } => self.refund_begins(self.buyer_did("改为退款"), parts, *freight),
            Happening::AfterSaleWithdrawn | Happening::AfterSaleClosed { why: CloseCause::Withdrawn } => self.buyer_did("撤销申请"),
            Happening::AfterSaleClosed { why } => why.name().to_owned(),
            Happening::ReturnReminded { due } => format!("请在 {} 前寄回并填写退货信息", self.at(*due)),
            Happening::AnomalyFound { anomaly, .. } => format!("支付异常：{}", anomaly.name()),
            Happening::Told { words, .. } => self.told(words),
        }
    }

    /// A step of the buyer's own.
    fn buyer_did(self, deed: &str) -> String {
        match self.person {
            Person::Named => format!("买家{deed}"),
            Person::Addressed => format!("您已{deed}"),
            Person::Left => deed.to_owned(),
        }
    }

    /// What is said of the buyer to others, or to them.
    fn either(self, of: &'static str, to: &'static str) -> &'static str {
        if self.person == Person::Addressed { to } else { of }
    }

    /// What a person typed, safe beside numbers.
    pub fn typed(self, words: &str) -> String {
        self.amounts.typed(&isolated(words)).into_owned()
    }

    /// What a gateway said of the buyer's account.
    pub fn said(self, why: &str) -> String {
        let why = self.amounts.typed(why);
        if self.person == Person::Addressed { of_the_buyer(&why) } else { why.into_owned() }
    }

    /// A moment in the shop's zone.
    pub fn at(self, moment: Timestamp) -> String {
        moment.in_words(self.zone)
    }

    /// `微信支付 ¥538.00`, or with several tenders each by its name.
    fn paid(self, how: &str, paid: &Paid) -> String {
        let payable = self.amounts.money(paid.payable);
        if paid.tenders.len() < 2 {
            return format!("{how} {payable}");
        }
        let tenders: Vec<String> = paid.tenders.iter().map(|(tender, amount)| self.amounts.named(*tender, *amount)).collect();
        format!("{how}，共 {payable}（{}）", tenders.join("、"))
    }

    pub fn differed(self, tender: Tender, took: Money) -> String {
        format!("{} 到账 {}，与订单应付不符", tender.name(), self.amounts.money(took))
    }

    fn asking(self, verb: &str, asking: &Asking) -> String {
        let words = format!("{verb}：{}，{}", self.asked(asking), asking.reason.name());
        if asking.note.is_empty() { words } else { format!("{words}。{}", self.typed(&asking.note)) }
    }

    /// `仅退款不退货 ¥15.00`.
    pub fn asked(self, asking: &Asking) -> String {
        match asking.of {
            AfterSaleKind::Exchange => asking.of.name().to_owned(),
            kind @ (AfterSaleKind::RefundOnly | AfterSaleKind::ReturnRefund) => {
                format!("{} {}", kind.name(), self.amounts.money(asking.amount))
            }
        }
    }

    /// `商家同意退款（无需寄回商品） 微信支付 ¥15.00、2,000 积分（含运费 ¥5.00）`.
    fn refund_begins(self, who: String, parts: &[Part], freight: Money) -> String {
        match self.amounts.parts(parts) {
            nothing if nothing.is_empty() => format!("{who}，货到付款未收款，无需退款"),
            amounts => format!("{who} {amounts}{}", self.freight(parts, freight)),
        }
    }

    pub fn freight(self, parts: &[Part], freight: Money) -> String {
        if freight.is_positive() { format!("（含运费 {}）", self.amounts.share(parts, freight)) } else { String::new() }
    }

    pub fn by_hand(self, outside: &[Part]) -> String {
        if outside.is_empty() { String::new() } else { format!(" {}", self.amounts.parts(outside)) }
    }

    pub fn by_itself(self, inside: &[Part]) -> String {
        let inside: Vec<String> = inside.iter().filter(|part| !part.never_collected).map(|part| self.amounts.part(*part)).collect();
        if inside.is_empty() { String::new() } else { format!("；{} 已自动退回", inside.join("、")) }
    }

    pub fn sent_elsewhere(self, amount: Money, to: Elsewhere) -> String {
        let to = match to {
            Elsewhere::BuyerCard => self.either(to.name(), "您的银行卡"),
            Elsewhere::MerchantAccount => to.name(),
        };
        format!("{} 未能退到原账户，改退到{to}", self.amounts.money(amount))
    }

    /// Words of before, for this reader.
    pub fn told(self, words: &str) -> String {
        let words = self.amounts.typed(words);
        match self.person {
            Person::Named => words.into_owned(),
            Person::Addressed => to_buyer(&words),
            Person::Left => words.strip_prefix("买家").unwrap_or(&words).to_owned(),
        }
    }
}

/// `顺丰速运 SF1、中通快递 7`.
pub(super) fn in_words(parcels: &[Parcel]) -> String {
    parcels.iter().map(Parcel::show).collect::<Vec<_>>().join("、")
}

fn agreed(basis: RefundBasis) -> &'static str {
    match basis {
        RefundBasis::NoReturn => "商家同意退款（无需寄回商品）",
        RefundBasis::BeforeReturn => "商家在收到退货前同意退款",
        RefundBasis::AfterInspection => "商家已收到退货，同意退款",
        RefundBasis::NoAnswer => "超时未处理，系统自动同意退款",
        RefundBasis::NoReceipt => "商家超时未确认收货，系统自动退款",
    }
}
