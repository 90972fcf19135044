//! The lines of a timeline: as the shop reads them, as the buyer does, and as somebody who does not see money.

use super::every::DUE;
use crate::support::viewer;
use chrono_tz::Asia::Shanghai;
use guitu::domain::after_sale::{AfterSaleKind, CloseCause, Reason};
use guitu::domain::happening::{Asking, Decider, DifferenceEnd, Happening as H, Paid, PaidBy, RefundBasis};
use guitu::domain::money::way_back::{Elsewhere, Part};
use guitu::domain::order::CloseReason;
use guitu::domain::{Money, Parcel, Role, Tender};
use guitu::text::{Viewer, deed, sentence};

const fn part(tender: Tender, fen: i64) -> Part {
    Part { tender, amount: Money(fen), never_collected: false }
}

const NEVER_COLLECTED: Part = Part { tender: Tender::Cod, amount: Money(4_000), never_collected: true };

fn paid(tenders: &[(Tender, i64)]) -> Paid {
    let tenders: Vec<(Tender, Money)> = tenders.iter().map(|(tender, fen)| (*tender, Money(*fen))).collect();
    Paid { payable: Money(53_800), tenders }
}

fn parcel() -> Parcel {
    Parcel { carrier: "sf".to_owned(), tracking: "SF1234567890123".to_owned() }
}

fn asking(of: AfterSaleKind, note: &str) -> Asking {
    Asking { of, amount: Money(1_500), reason: Reason::Quality, note: note.to_owned(), due: DUE }
}

fn agreed(basis: RefundBasis, parts: Vec<Part>, freight: i64) -> H {
    H::RefundAgreed { basis, parts, freight: Money(freight), to_balance: false }
}

fn reads(happening: &H, words: &str) {
    assert_eq!(sentence(happening, viewer(Role::Owner), Shanghai), words);
}

#[test]
fn lines_of_an_order_read_so() {
    let wechat = Tender::Wechat;
    let (all_by_one, by_three) = (paid(&[(wechat, 53_800)]), paid(&[(Tender::Points, 1_500), (Tender::Balance, 2_000), (wechat, 50_300)]));
    for (happening, words) in [
        (H::OrderPlaced { payable: Money(53_800), pay_by: DUE }, "提交订单，应付 ¥538.00"),
        (
            H::PriceAdjusted { goods: Money(-59_000), freight: Money(500), payable: Money(9_100) },
            "商家改价：商品 −¥590.00，运费 +¥5.00，应付 ¥91.00",
        ),
        (H::PriceAdjusted { goods: Money(0), freight: Money(0), payable: Money(100) }, "商家改价：商品 ¥0.00，运费 ¥0.00，应付 ¥1.00"),
        (H::AddressEdited, "修改收货信息"),
        (H::OrderPaid { by: PaidBy::Tender(wechat), paid: all_by_one.clone() }, "微信支付 ¥538.00"),
        (H::OrderPaid { by: PaidBy::Tender(Tender::Points), paid: all_by_one.clone() }, "积分支付 ¥538.00"),
        (
            H::OrderPaid { by: PaidBy::Tender(wechat), paid: by_three.clone() },
            "微信支付，共 ¥538.00（1,500 积分、余额 ¥20.00、微信支付 ¥503.00）",
        ),
        (H::OrderPaid { by: PaidBy::Wallet, paid: all_by_one.clone() }, "积分与余额支付 ¥538.00"),
        (H::PaymentConfirmed { note: String::new(), paid: all_by_one.clone() }, "商家确认收到付款 ¥538.00"),
        (
            H::PaymentConfirmed { note: "对公转账 11-21 到账".to_owned(), paid: all_by_one.clone() },
            "商家确认收到付款：对公转账 11-21 到账 ¥538.00",
        ),
        (H::CodChosen { paid: all_by_one }, "选择货到付款 ¥538.00"),
        (H::OrderShipped { parcels: vec![parcel(), parcel()] }, "商家发货：顺丰速运 SF1234567890123、顺丰速运 SF1234567890123"),
        (H::OrderReceived { by: Decider::Buyer, after_sale_until: DUE }, "买家确认收货"),
        (H::OrderReceived { by: Decider::Staff, after_sale_until: DUE }, "商家代买家确认收货"),
        (H::OrderReceived { by: Decider::Deadline, after_sale_until: DUE }, "超时自动确认收货"),
        (H::OrderClosed { why: CloseReason::BuyerCancel }, "买家取消订单"),
        (H::OrderClosed { why: CloseReason::Timeout }, "超时未付款，订单自动关闭"),
        (H::LatePayment { tender: wechat, amount: Money(900) }, "微信支付 到账 ¥9.00，订单已不需要，原路退回"),
        (H::HeldPaymentReturned { tender: Tender::Alipay, amount: Money(900) }, "支付宝 已付的 ¥9.00 原路退回"),
        (
            H::PaymentDiffered { tender: wechat, took: Money(900), end: DifferenceEnd::SentBack },
            "微信支付 到账 ¥9.00，与订单应付不符，原路退回",
        ),
        (
            H::PaymentDiffered { tender: wechat, took: Money(900), end: DifferenceEnd::Outside { voucher: "转账 6621".to_owned() } },
            "微信支付 到账 ¥9.00，与订单应付不符，已线下退回：转账 6621",
        ),
        (
            H::PaymentDiffered { tender: wechat, took: Money(900), end: DifferenceEnd::Counted { rest: Money(100) } },
            "微信支付 到账 ¥9.00，与订单应付不符，已计入订单，还需付 ¥1.00",
        ),
        (H::CouponReturned { name: "立减券".to_owned(), lapsed: false }, "优惠券「立减券」已退回，可再次使用"),
        (H::CouponReturned { name: "立减券".to_owned(), lapsed: true }, "优惠券「立减券」已过有效期，不再退回"),
        (H::PointsTakenBack { points: Money(1_200) }, "扣回赠送的 1,200 积分"),
    ] {
        reads(&happening, words);
    }
}

#[test]
fn lines_of_a_case_read_so() {
    let wechat = Tender::Wechat;
    let failed = |why: &str| H::RefundFailed { trouble: "X".to_owned(), why: why.to_owned() };
    for (happening, words) in [
        (H::AfterSaleApplied(asking(AfterSaleKind::RefundOnly, "")), "提交申请：仅退款不退货 ¥15.00，商品质量问题"),
        (H::AfterSaleRevised(asking(AfterSaleKind::ReturnRefund, "漏水")), "修改申请：退货退款 ¥15.00，商品质量问题。漏水"),
        (H::AfterSaleApplied(asking(AfterSaleKind::Exchange, "")), "提交申请：换货，商品质量问题"),
        (H::AfterSaleRejected { words: "请补充照片".to_owned(), due: DUE }, "商家驳回：请补充照片"),
        (H::ReturnApproved { by: Decider::Staff, due: DUE }, "商家同意退货，请在 11 月 29 日 10:20 前寄回"),
        (H::ReturnApproved { by: Decider::Deadline, due: DUE }, "超时未处理，系统自动同意退货，请在 11 月 29 日 10:20 前寄回"),
        (H::ReturnShipped { parcel: parcel(), of: AfterSaleKind::ReturnRefund, due: DUE }, "买家寄回商品：顺丰速运 SF1234567890123"),
        (H::ReturnReceived { good: 2, defective: 1, missing: 0 }, "商家确认收到退货：完好 2 件，瑕疵 1 件，缺件 0 件"),
        (H::ReturnAssumed, "商家超时未确认收货，请尽快发出换货"),
        (H::ReturnRejected { words: "商品已损坏".to_owned(), due: DUE }, "商家验货后驳回：商品已损坏"),
        (
            agreed(RefundBasis::NoReturn, vec![part(wechat, 1_500), part(Tender::Points, 2_000)], 500),
            "商家同意退款（无需寄回商品） 微信支付 ¥15.00、2,000 积分（含运费 ¥5.00）",
        ),
        (
            agreed(RefundBasis::BeforeReturn, vec![part(Tender::Points, 2_000)], 500),
            "商家在收到退货前同意退款 2,000 积分（含运费 500 积分）",
        ),
        (agreed(RefundBasis::AfterInspection, vec![part(wechat, 1_500)], 0), "商家已收到退货，同意退款 ¥15.00"),
        (agreed(RefundBasis::NoAnswer, vec![NEVER_COLLECTED], 500), "超时未处理，系统自动同意退款，货到付款未收款，无需退款"),
        (agreed(RefundBasis::NoReceipt, vec![part(wechat, 1_500)], 0), "商家超时未确认收货，系统自动退款 ¥15.00"),
        (H::RefundAccountGiven, "买家填写退款账户（仅财务可见）"),
        (H::RefundToBalanceAgreed, "买家同意退款退到本店余额"),
        (
            H::RefundedManually {
                outside: vec![part(Tender::Offline, 4_500)],
                inside: vec![part(Tender::Points, 2_500), part(Tender::Balance, 3_000), NEVER_COLLECTED],
                voucher: "银行转账 6621".to_owned(),
                consent: true,
            },
            "商家手动退款 ¥45.00：银行转账 6621，已征得买家同意不原路退回；2,500 积分、余额 ¥30.00 已自动退回",
        ),
        (H::RefundedManually { outside: vec![], inside: vec![], voucher: "到店结清".to_owned(), consent: false }, "商家手动退款：到店结清"),
        (H::RefundSucceeded { parts: vec![part(wechat, 1_500), part(Tender::Offline, 2_000)] }, "退款成功 微信支付 ¥15.00、线下 ¥20.00"),
        (H::RefundSucceeded { parts: vec![NEVER_COLLECTED] }, "取消成功，货到付款未收款，无需退款"),
        (
            failed("买家微信账户异常，无法原路退回，请线下退款"),
            "退款失败：买家微信账户异常，无法原路退回，请线下退款，系统将在 24 小时后重试，商家也可手动处理",
        ),
        (H::RefundNeedsAnotherWay { trouble: "too_old".to_owned(), why: "付款已超过一年".to_owned() }, "无法原路退回：付款已超过一年"),
        (H::RefundRetried, "重新发起退款"),
        (H::RefundSentElsewhere { amount: Money(10_000), to: Elsewhere::BuyerCard }, "¥100.00 未能退到原账户，改退到买家的银行卡"),
        (H::RefundSentElsewhere { amount: Money(10_000), to: Elsewhere::MerchantAccount }, "¥100.00 未能退到原账户，改退到商户银行账户"),
        (H::ReplacementOverdue, "商家超时未发出换货，买家可改为退款"),
        (H::ReplacementShipped { parcel: parcel(), due: DUE }, "换货已发出：顺丰速运 SF1234567890123"),
        (H::ReplacementReceived { by: Decider::Buyer }, "买家确认收到换货，换货完成"),
        (H::ReplacementReceived { by: Decider::Deadline }, "超时自动确认收到换货，换货完成"),
        (H::ConvertedToRefund { parts: vec![part(wechat, 1_500)], freight: Money(0) }, "买家改为退款 ¥15.00"),
        (H::AfterSaleWithdrawn, "买家撤销申请"),
        (H::AfterSaleClosed { why: CloseCause::ReturnTimeout }, "逾期未寄回商品，售后关闭"),
        (H::AfterSaleClosed { why: CloseCause::RejectExpired }, "驳回后逾期未修改，售后关闭"),
    ] {
        reads(&happening, words);
    }
}

#[test]
fn the_buyer_reads_their_own_deeds_as_theirs() {
    for (happening, to_them, as_a_deed) in [
        (H::OrderReceived { by: Decider::Buyer, after_sale_until: DUE }, "您已确认收货", "确认收货"),
        (H::OrderReceived { by: Decider::Staff, after_sale_until: DUE }, "商家代您确认收货", "商家代买家确认收货"),
        (H::OrderClosed { why: CloseReason::BuyerCancel }, "您已取消订单", "取消订单"),
        (H::RefundAccountGiven, "您已填写退款账户（仅财务可见）", "填写退款账户（仅财务可见）"),
        (H::ReplacementOverdue, "商家超时未发出换货，您可改为退款", "商家超时未发出换货，买家可改为退款"),
        (H::AfterSaleWithdrawn, "您已撤销申请", "撤销申请"),
        (H::ConvertedToRefund { parts: vec![part(Tender::Wechat, 1_500)], freight: Money(0) }, "您已改为退款 ¥15.00", "改为退款 ¥15.00"),
        (
            H::RefundSentElsewhere { amount: Money(100), to: Elsewhere::BuyerCard },
            "¥1.00 未能退到原账户，改退到您的银行卡",
            "¥1.00 未能退到原账户，改退到买家的银行卡",
        ),
        (
            H::RefundNeedsAnotherWay { trouble: "X".to_owned(), why: "买家微信账户异常".to_owned() },
            "无法原路退回：您的微信账户异常",
            "无法原路退回：买家微信账户异常",
        ),
        (
            H::AfterSaleRejected { words: "买家秀与实物一致".to_owned(), due: DUE },
            "商家驳回：买家秀与实物一致",
            "商家驳回：买家秀与实物一致",
        ),
        (H::Told { title: String::new(), words: "买家取消订单".to_owned() }, "您已取消订单", "取消订单"),
    ] {
        assert_eq!(sentence(&happening, Viewer::Buyer, Shanghai), to_them);
        assert_eq!(deed(&happening, Viewer::Buyer, Shanghai), as_a_deed);
    }
}

#[test]
fn who_does_not_see_money_reads_the_same_without_it() {
    let paid = paid(&[(Tender::Points, 1_500), (Tender::Wechat, 52_300)]);
    for (happening, words) in [
        (
            H::PriceAdjusted { goods: Money(-59_000), freight: Money(500), payable: Money(9_100) },
            "商家改价：商品 −¥***，运费 +¥***，应付 ¥***",
        ),
        (H::OrderPaid { by: PaidBy::Tender(Tender::Wechat), paid }, "微信支付，共 ¥***（*** 积分、微信支付 ¥***）"),
        (H::AfterSaleApplied(asking(AfterSaleKind::RefundOnly, "我付了 ¥15.00")), "提交申请：仅退款不退货 ¥***，商品质量问题。我付了 ¥***"),
        (H::Told { title: String::new(), words: "微信支付 ¥269.00、1,500 积分".to_owned() }, "微信支付 ¥***、*** 积分"),
        (H::AfterSaleWithdrawn, "买家撤销申请"),
    ] {
        assert_eq!(sentence(&happening, viewer(Role::Warehouse), Shanghai), words);
    }
}
