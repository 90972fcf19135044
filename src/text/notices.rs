//! The notice of each happening to one side: a title, and what to do next.

use super::Viewer;
use super::sentences::{Person, Voice, in_words};
use crate::domain::after_sale::{AfterSaleKind, REFUSE_COLLECT, StateKind};
use crate::domain::happening::{DifferenceEnd, Happening, RefundBasis};
use crate::domain::money::anomaly::AnomalyKind;

use crate::domain::Tender;
use chrono_tz::Tz;

/// The public numbers of what a notice is about.
#[derive(Clone, Copy, Debug)]
pub struct NoticeSubject<'a> {
    pub order: &'a str,
    pub case: Option<&'a str>,
}

/// A notice as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeWords {
    pub title: String,
    pub words: String,
}

/// What this side reads of it.
pub fn notice(happening: &Happening, viewer: Viewer, about: NoticeSubject<'_>, zone: Tz) -> NoticeWords {
    let voice = Voice { person: Person::Named, amounts: viewer.amounts(), zone };
    let told = match viewer {
        Viewer::Buyer => to_buyer(happening, voice, about.order),
        Viewer::Staff(_) => to_shop(happening, voice, about.order),
    };
    let about = about.case.filter(|_| told.of_case).map_or_else(String::new, |case| format!("售后 {case}："));
    NoticeWords { title: told.title, words: about + &told.words }
}

struct NoticeDraft {
    title: String,
    words: String,
    /// Does it begin with the number of the case? Notices about an order name it within.
    of_case: bool,
}

fn of_order(title: &str, words: String) -> NoticeDraft {
    NoticeDraft { title: title.to_owned(), words, of_case: false }
}

fn of_case(title: &str, words: impl Into<String>) -> NoticeDraft {
    NoticeDraft { title: title.to_owned(), words: words.into(), of_case: true }
}

fn to_shop(happening: &Happening, voice: Voice, order: &str) -> NoticeDraft {
    match happening {
        Happening::OrderPlaced { pay_by, .. } => {
            of_order("新订单", format!("订单 {order} 已生成，请在 {} 前等待买家付款", voice.at(*pay_by)))
        }
        Happening::OrderPaid { paid, .. } | Happening::PaymentConfirmed { paid, .. } | Happening::CodChosen { paid } => {
            of_order("订单已付款", format!("订单 {order} 已付款 {}，请尽快发货", voice.amounts.money(paid.payable)))
        }
        Happening::OrderReceived { after_sale_until, .. } => received(order, &voice.at(*after_sale_until)),
        Happening::OrderClosed { .. } => of_order("订单已关闭", format!("买家取消了订单 {order}")),
        Happening::AfterSaleApplied(asking) | Happening::AfterSaleRevised(asking) => {
            let (asked, due) = (voice.asked(asking), voice.at(asking.due));
            of_case("售后申请待处理", format!("{asked}，请在 {due} 前处理，{}", StateKind::Applied.at_zero(asking.of)))
        }
        Happening::ReturnShipped { parcel, of, due } => {
            let then = StateKind::ReturnInTransit.at_zero(*of);
            of_case("买家已寄回商品", format!("{}，请在 {} 前确认收货，{then}", parcel.show(), voice.at(*due)))
        }
        Happening::ReturnAssumed => of_case("换货待发出", voice.sentence(happening)),
        Happening::RefundAccountGiven => of_case("买家已填写退款账户", "请财务按账户线下退款"),
        Happening::RefundToBalanceAgreed => of_case("买家同意退到余额", voice.sentence(happening)),
        Happening::RefundFailed { why, .. } => of_case("退款失败", format!("{}。可立即重试或手动退款", voice.said(why))),
        Happening::ReplacementOverdue => of_case("换货超时未发出", "请立即发出，买家现在可以改为退款"),
        Happening::ReplacementReceived { .. } => of_case("换货完成", voice.sentence(happening)),
        Happening::ConvertedToRefund { .. } => of_case("换货改为退款", format!("换货超时未发出，{}", voice.sentence(happening))),
        Happening::AfterSaleWithdrawn => of_case("售后已撤销", voice.sentence(happening)),
        Happening::AnomalyFound { anomaly, of_refund, settled } => {
            let words = format!("订单 {order} {}，见「支付异常订单」", found(*anomaly, *of_refund, *settled));
            of_order(&format!("支付异常：{}", anomaly.name()), words)
        }
        Happening::Told { title, words } => of_order(title, voice.told(words)),
        Happening::PriceAdjusted { .. }
        | Happening::AddressEdited
        | Happening::OrderShipped { .. }
        | Happening::LatePayment { .. }
        | Happening::HeldPaymentReturned { .. }
        | Happening::PaymentDiffered { .. }
        | Happening::CouponReturned { .. }
        | Happening::PointsTakenBack { .. }
        | Happening::AfterSaleRejected { .. }
        | Happening::ReturnApproved { .. }
        | Happening::ReturnAddressGiven { .. }
        | Happening::ReturnReceived { .. }
        | Happening::ReturnRejected { .. }
        | Happening::RefundAgreed { .. }
        | Happening::RefundedManually { .. }
        | Happening::RefundSucceeded { .. }
        | Happening::RefundNeedsAnotherWay { .. }
        | Happening::RefundRetried
        | Happening::RefundSentElsewhere { .. }
        | Happening::ReplacementShipped { .. }
        | Happening::AfterSaleClosed { .. }
        | Happening::ReturnReminded { .. } => as_on_the_timeline(happening, voice),
    }
}

fn to_buyer(happening: &Happening, voice: Voice, order: &str) -> NoticeDraft {
    let addressed = Voice { person: Person::Addressed, ..voice };
    match happening {
        Happening::PriceAdjusted { payable, .. } => {
            of_order("订单价格已修改", format!("订单 {order} 的应付金额改为 {}", voice.amounts.money(*payable)))
        }
        Happening::AddressEdited => of_order("收货信息已修改", format!("订单 {order} 的收货信息已由商家修改，请核对")),
        Happening::OrderShipped { parcels } => of_order("商品已发货", format!("订单 {order} 已发货：{}", in_words(parcels))),
        Happening::OrderReceived { after_sale_until, .. } => received(order, &voice.at(*after_sale_until)),
        Happening::OrderClosed { why } => of_order("订单已关闭", format!("订单 {order} 已关闭：{}", why.name())),
        Happening::PaymentDiffered { tender, took, end } => {
            let end = match end {
                DifferenceEnd::SentBack => "将原路退回，一般 1–3 个工作日到账".to_owned(),
                DifferenceEnd::Outside { voucher } => format!("商家已线下退回：{}", voice.typed(voucher)),
                DifferenceEnd::Counted { rest } => format!("已计入订单，请再付 {}", voice.amounts.money(*rest)),
            };
            of_order("付款金额不符", format!("订单 {order}：{}，{end}", voice.differed(*tender, *took)))
        }
        Happening::PointsTakenBack { points } => {
            let points = voice.amounts.of_tender(Tender::Points, *points);
            of_order("赠送积分已扣回", format!("订单 {order} 已退款，扣回这部分商品赠送的 {points}"))
        }
        Happening::AfterSaleRejected { words, due } => {
            let (words, due) = (voice.typed(words), voice.at(*due));
            of_case("售后申请已驳回", format!("{words}。请在 {due} 前修改申请，逾期售后将关闭"))
        }
        Happening::ReturnAddressGiven { to, refuse_collect, due } => {
            let warning = if *refuse_collect { format!("（{REFUSE_COLLECT}）") } else { String::new() };
            of_case("请寄回商品", format!("寄到：{}{warning}，请在 {} 前填写退货信息", to.in_words(), voice.at(*due)))
        }
        Happening::ReturnReceived { .. } => of_case("商家已收到退货", voice.sentence(happening)),
        Happening::ReturnRejected { words, due } => {
            of_case("退货验收未通过", format!("{}。如有异议请在 {} 前与商家协商", voice.typed(words), voice.at(*due)))
        }
        Happening::RefundAgreed { basis, parts, freight, to_balance } => {
            let title = if *basis == RefundBasis::NoReceipt { "系统自动退款" } else { "商家同意退款" };
            of_case(title, voice.amounts.promises(parts, *to_balance) + &voice.freight(parts, *freight))
        }
        Happening::RefundedManually { outside, inside, voucher, .. } => {
            let (by_hand, by_itself) = (voice.by_hand(outside), voice.by_itself(inside));
            of_case("退款已完成", format!("商家已线下退款{by_hand}：{}{by_itself}", voice.typed(voucher)))
        }
        Happening::RefundSucceeded { parts } => match voice.amounts.parts(parts) {
            nothing if nothing.is_empty() => of_case("取消成功", "货到付款未收取任何费用，无需退款"),
            given => of_case("退款成功", format!("{given} 已退回，请查收")),
        },
        Happening::RefundNeedsAnotherWay { .. } => {
            of_case("退款方式待确认", "付款渠道已不能原路退回，可在售后详情中同意退到本店余额，或由商家与您联系后线下退款")
        }
        Happening::RefundSentElsewhere { amount, to } => of_case("退款改退到其他账户", addressed.sent_elsewhere(*amount, *to)),
        Happening::ReplacementOverdue => of_case("换货超时未发出", "可继续等待，或改为退款"),
        Happening::ReplacementShipped { parcel, due } => {
            of_case("换货已发出", format!("{}，收到后请确认，{} 自动确认", parcel.show(), voice.at(*due)))
        }
        Happening::AfterSaleClosed { why } => of_case("售后已关闭", why.name()),
        Happening::ReturnReminded { due } => {
            let then = StateKind::AwaitingReturn.at_zero(AfterSaleKind::ReturnRefund);
            of_case("请尽快寄回商品", format!("请在 {} 前寄回并填写退货信息，{then}", voice.at(*due)))
        }
        Happening::Told { title, words } => of_order(title, words.clone()),
        Happening::OrderPlaced { .. }
        | Happening::OrderPaid { .. }
        | Happening::PaymentConfirmed { .. }
        | Happening::CodChosen { .. }
        | Happening::LatePayment { .. }
        | Happening::HeldPaymentReturned { .. }
        | Happening::CouponReturned { .. }
        | Happening::AfterSaleApplied(_)
        | Happening::AfterSaleRevised(_)
        | Happening::ReturnApproved { .. }
        | Happening::ReturnShipped { .. }
        | Happening::ReturnAssumed
        | Happening::RefundAccountGiven
        | Happening::RefundToBalanceAgreed
        | Happening::RefundFailed { .. }
        | Happening::RefundRetried
        | Happening::ReplacementReceived { .. }
        | Happening::ConvertedToRefund { .. }
        | Happening::AfterSaleWithdrawn
        | Happening::AnomalyFound { .. } => as_on_the_timeline(happening, addressed),
    }
}

/// A step that this side is not notified of.
fn as_on_the_timeline(happening: &Happening, voice: Voice) -> NoticeDraft {
    of_case(happening.kind().name(), voice.sentence(happening))
}

fn received(order: &str, until: &str) -> NoticeDraft {
    of_order("订单已完成", format!("订单 {order} 已完成，{until} 前可申请售后"))
}

fn found(anomaly: AnomalyKind, of_refund: bool, settled: bool) -> &'static str {
    match anomaly {
        AnomalyKind::PaidAfterClosing => "关闭后又收到付款，正在原路退回",
        AnomalyKind::PaidTwice => "收到重复付款，多收的款项正在原路退回",
        AnomalyKind::AmountDiffers if of_refund => "的退款金额与支付渠道所说不一致，没有登记到账，请核实",
        AnomalyKind::AmountDiffers => "的付款金额与支付渠道所说不一致，没有入账，请核实",
        AnomalyKind::CallbackMissing if settled => "没有收到支付通知，系统查询到已支付并入账",
        AnomalyKind::CallbackMissing => "查询到已支付，但未能入账，请处理",
        AnomalyKind::RefundStuck => "的退款长时间没有结果，请查询",
        AnomalyKind::RefundRefused => "的退款支付渠道不受理，请处理",
    }
}
