//! Notices: what each side is told, and what to do next.

use super::every::DUE;
use crate::support::viewer;
use chrono_tz::Asia::Shanghai;
use guitu::domain::after_sale::{AfterSaleKind, CloseCause, Reason};
use guitu::domain::happening::{Asking, Decider, DifferenceEnd, Happening as H, Paid, PaidBy, RefundBasis};
use guitu::domain::money::way_back::{Elsewhere, Part};
use guitu::domain::order::CloseReason;
use guitu::domain::{Address, AnomalyKind, Money, Parcel, Role, Tender};
use guitu::text::{NoticeSubject, Viewer, notice};

fn part(tender: Tender, fen: i64) -> Part {
    Part { tender, amount: Money(fen), never_collected: false }
}

fn parcel() -> Parcel {
    Parcel { carrier: "sf".to_owned(), tracking: "SF1234567890123".to_owned() }
}

fn reads(viewer: Viewer, happening: &H, title: &str, words: &str) {
    let about = NoticeSubject { order: "G1", case: Some("A1") };
    let told = notice(happening, viewer, about, Shanghai);
    assert_eq!((told.title.as_str(), told.words.as_str()), (title, words));
}

#[test]
fn the_shop_is_told_so() {
    let paid = Paid { payable: Money(53_800), tenders: vec![(Tender::Wechat, Money(53_800))] };
    let asking = Asking { of: AfterSaleKind::RefundOnly, amount: Money(1_500), reason: Reason::Quality, note: String::new(), due: DUE };
    let back = Asking { of: AfterSaleKind::ReturnRefund, ..asking.clone() };
    let anomaly = |anomaly, of_refund, settled| H::AnomalyFound { anomaly, of_refund, settled };
    for (happening, title, words) in [
        (H::OrderPlaced { payable: Money(1), pay_by: DUE }, "新订单", "订单 G1 已生成，请在 11 月 29 日 10:20 前等待买家付款"),
        (H::OrderPaid { by: PaidBy::Wallet, paid: paid.clone() }, "订单已付款", "订单 G1 已付款 ¥538.00，请尽快发货"),
        (H::CodChosen { paid }, "订单已付款", "订单 G1 已付款 ¥538.00，请尽快发货"),
        (H::OrderReceived { by: Decider::Buyer, after_sale_until: DUE }, "订单已完成", "订单 G1 已完成，11 月 29 日 10:20 前可申请售后"),
        (H::OrderClosed { why: CloseReason::BuyerCancel }, "订单已关闭", "买家取消了订单 G1"),
        (H::AfterSaleApplied(asking), "售后申请待处理", "售后 A1：仅退款不退货 ¥15.00，请在 11 月 29 日 10:20 前处理，超时自动退款"),
        (H::AfterSaleRevised(back), "售后申请待处理", "售后 A1：退货退款 ¥15.00，请在 11 月 29 日 10:20 前处理，超时自动同意退货"),
        (
            H::ReturnShipped { parcel: parcel(), of: AfterSaleKind::ReturnRefund, due: DUE },
            "买家已寄回商品",
            "售后 A1：顺丰速运 SF1234567890123，请在 11 月 29 日 10:20 前确认收货，超时自动退款",
        ),
        (
            H::ReturnShipped { parcel: parcel(), of: AfterSaleKind::Exchange, due: DUE },
            "买家已寄回商品",
            "售后 A1：顺丰速运 SF1234567890123，请在 11 月 29 日 10:20 前确认收货，超时视为已收到，进入换货",
        ),
        (H::ReturnAssumed, "换货待发出", "售后 A1：商家超时未确认收货，请尽快发出换货"),
        (H::RefundAccountGiven, "买家已填写退款账户", "售后 A1：请财务按账户线下退款"),
        (H::RefundToBalanceAgreed, "买家同意退到余额", "售后 A1：买家同意退款退到本店余额"),
        (
            H::RefundFailed { trouble: "NOTENOUGH".to_owned(), why: "商户余额不足".to_owned() },
            "退款失败",
            "售后 A1：商户余额不足。可立即重试或手动退款",
        ),
        (H::ReplacementOverdue, "换货超时未发出", "售后 A1：请立即发出，买家现在可以改为退款"),
        (H::ReplacementReceived { by: Decider::Deadline }, "换货完成", "售后 A1：超时自动确认收到换货，换货完成"),
        (
            H::ConvertedToRefund { parts: vec![part(Tender::Wechat, 1_500)], freight: Money(0) },
            "换货改为退款",
            "售后 A1：换货超时未发出，买家改为退款 ¥15.00",
        ),
        (H::AfterSaleWithdrawn, "售后已撤销", "售后 A1：买家撤销申请"),
        (
            anomaly(AnomalyKind::PaidAfterClosing, true, false),
            "支付异常：关闭后到账",
            "订单 G1 关闭后又收到付款，正在原路退回，见「支付异常订单」",
        ),
        (
            anomaly(AnomalyKind::AmountDiffers, false, false),
            "支付异常：金额不符",
            "订单 G1 的付款金额与支付渠道所说不一致，没有入账，请核实，见「支付异常订单」",
        ),
        (
            anomaly(AnomalyKind::AmountDiffers, true, false),
            "支付异常：金额不符",
            "订单 G1 的退款金额与支付渠道所说不一致，没有登记到账，请核实，见「支付异常订单」",
        ),
        (
            anomaly(AnomalyKind::CallbackMissing, false, true),
            "支付异常：未收到支付通知",
            "订单 G1 没有收到支付通知，系统查询到已支付并入账，见「支付异常订单」",
        ),
        (
            anomaly(AnomalyKind::CallbackMissing, false, false),
            "支付异常：未收到支付通知",
            "订单 G1 查询到已支付，但未能入账，请处理，见「支付异常订单」",
        ),
        (H::Told { title: "旧标题".to_owned(), words: "售后 A9：旧的内容 ¥1.00".to_owned() }, "旧标题", "售后 A9：旧的内容 ¥1.00"),
    ] {
        reads(viewer(Role::Owner), &happening, title, words);
    }
    let told = H::Told { title: "旧标题".to_owned(), words: "退款 ¥1.00".to_owned() };
    reads(viewer(Role::Warehouse), &told, "旧标题", "退款 ¥***");
}

#[test]
fn the_buyer_is_told_so() {
    let to = Address {
        recipient: "李掌柜".to_owned(),
        phone: "0571-88000000".to_owned(),
        extension: "8".to_owned(),
        region: "浙江省 杭州市".to_owned(),
        detail: "文三路 90 号".to_owned(),
    };
    let differed = |end| H::PaymentDiffered { tender: Tender::Wechat, took: Money(900), end };
    let agreed = |basis, parts, freight, to_balance| H::RefundAgreed { basis, parts, freight: Money(freight), to_balance };
    let never = Part { tender: Tender::Cod, amount: Money(4_000), never_collected: true };
    for (happening, title, words) in [
        (H::PriceAdjusted { goods: Money(0), freight: Money(0), payable: Money(9_100) }, "订单价格已修改", "订单 G1 的应付金额改为 ¥91.00"),
        (H::AddressEdited, "收货信息已修改", "订单 G1 的收货信息已由商家修改，请核对"),
        (H::OrderShipped { parcels: vec![parcel()] }, "商品已发货", "订单 G1 已发货：顺丰速运 SF1234567890123"),
        (H::OrderReceived { by: Decider::Deadline, after_sale_until: DUE }, "订单已完成", "订单 G1 已完成，11 月 29 日 10:20 前可申请售后"),
        (H::OrderClosed { why: CloseReason::Timeout }, "订单已关闭", "订单 G1 已关闭：超时未付款，订单自动关闭"),
        (
            differed(DifferenceEnd::SentBack),
            "付款金额不符",
            "订单 G1：微信支付 到账 ¥9.00，与订单应付不符，将原路退回，一般 1–3 个工作日到账",
        ),
        (
            differed(DifferenceEnd::Outside { voucher: "转账 6621".to_owned() }),
            "付款金额不符",
            "订单 G1：微信支付 到账 ¥9.00，与订单应付不符，商家已线下退回：转账 6621",
        ),
        (
            differed(DifferenceEnd::Counted { rest: Money(100) }),
            "付款金额不符",
            "订单 G1：微信支付 到账 ¥9.00，与订单应付不符，已计入订单，请再付 ¥1.00",
        ),
        (H::PointsTakenBack { points: Money(1_200) }, "赠送积分已扣回", "订单 G1 已退款，扣回这部分商品赠送的 1,200 积分"),
        (
            H::AfterSaleRejected { words: "请补充照片".to_owned(), due: DUE },
            "售后申请已驳回",
            "售后 A1：请补充照片。请在 11 月 29 日 10:20 前修改申请，逾期售后将关闭",
        ),
        (
            H::ReturnAddressGiven { to: to.clone(), refuse_collect: true, due: DUE },
            "请寄回商品",
            "售后 A1：寄到：李掌柜 0571-88000000 转 8，浙江省 杭州市 文三路 90 号（拒收到付/EMS/顺丰/邮政包邮），请在 11 月 29 日 10:20 前填写退货信息",
        ),
        (
            H::ReturnReceived { good: 2, defective: 1, missing: 0 },
            "商家已收到退货",
            "售后 A1：商家确认收到退货：完好 2 件，瑕疵 1 件，缺件 0 件",
        ),
        (
            H::ReturnRejected { words: "商品已损坏".to_owned(), due: DUE },
            "退货验收未通过",
            "售后 A1：商品已损坏。如有异议请在 11 月 29 日 10:20 前与商家协商",
        ),
        (
            agreed(RefundBasis::NoReturn, vec![part(Tender::Wechat, 1_500), part(Tender::Points, 2_000)], 500, false),
            "商家同意退款",
            "售后 A1：微信支付 ¥15.00 原路退回，一般 1–3 个工作日到账；2,000 积分即时退回积分账户（含运费 ¥5.00）",
        ),
        (
            agreed(RefundBasis::NoReceipt, vec![part(Tender::Alipay, 1_500)], 0, true),
            "系统自动退款",
            "售后 A1：¥15.00 退到本店余额，即时到账",
        ),
        (agreed(RefundBasis::NoAnswer, vec![never], 0, false), "商家同意退款", "售后 A1：货到付款 ¥40.00 未收款，无需退款"),
        (
            H::RefundedManually {
                outside: vec![part(Tender::Offline, 4_500)],
                inside: vec![part(Tender::Balance, 3_000)],
                voucher: "银行转账 6621".to_owned(),
                consent: true,
            },
            "退款已完成",
            "售后 A1：商家已线下退款 ¥45.00：银行转账 6621；余额 ¥30.00 已自动退回",
        ),
        (H::RefundSucceeded { parts: vec![part(Tender::Points, 2_000)] }, "退款成功", "售后 A1：2,000 积分 已退回，请查收"),
        (H::RefundSucceeded { parts: vec![never] }, "取消成功", "售后 A1：货到付款未收取任何费用，无需退款"),
        (
            H::RefundNeedsAnotherWay { trouble: "too_old".to_owned(), why: String::new() },
            "退款方式待确认",
            "售后 A1：付款渠道已不能原路退回，可在售后详情中同意退到本店余额，或由商家与您联系后线下退款",
        ),
        (
            H::RefundSentElsewhere { amount: Money(10_000), to: Elsewhere::BuyerCard },
            "退款改退到其他账户",
            "售后 A1：¥100.00 未能退到原账户，改退到您的银行卡",
        ),
        (H::ReplacementOverdue, "换货超时未发出", "售后 A1：可继续等待，或改为退款"),
        (
            H::ReplacementShipped { parcel: parcel(), due: DUE },
            "换货已发出",
            "售后 A1：顺丰速运 SF1234567890123，收到后请确认，11 月 29 日 10:20 自动确认",
        ),
        (H::AfterSaleClosed { why: CloseCause::ReturnTimeout }, "售后已关闭", "售后 A1：逾期未寄回商品，售后关闭"),
        (H::ReturnReminded { due: DUE }, "请尽快寄回商品", "售后 A1：请在 11 月 29 日 10:20 前寄回并填写退货信息，逾期售后将关闭"),
    ] {
        reads(Viewer::Buyer, &happening, title, words);
    }
}
