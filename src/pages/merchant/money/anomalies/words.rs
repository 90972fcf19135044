//! What happened, as a sentence with its amounts.

use crate::domain::{AnomalyKind, Money, RefundStatus, Tender};
use crate::pages::merchant::money::refunds as records;
use crate::server::money::refunds::waits_for_elsewhere;
use crate::server::payments::CURRENCY;
use crate::server::store::money::anomalies::ListedAnomaly;

pub(super) fn what_happened(anomaly: &ListedAnomaly) -> String {
    let tender = anomaly.tender;
    let (amount, way) = (Money(anomaly.amount_minor).show(), tender.name());
    let refund = anomaly.refund_status;
    let why = anomaly.refund_trouble.as_deref().unwrap_or_default();
    let elsewhere = refund.is_some_and(|status| waits_for_elsewhere(status, why));
    let trouble = refund.and_then(|status| records::trouble_in_words(status, why));
    match anomaly.kind {
        AnomalyKind::PaidAfterClosing => format!("订单关闭后，{way} 又到账 {amount}，{}", way_back(refund, trouble)),
        AnomalyKind::PaidTwice => format!("订单已付清，{way} 又到账 {amount}，{}", way_back(refund, trouble)),
        AnomalyKind::AmountDiffers if refund.is_some() => {
            format!("应退 {amount}，{way} 通知退款 {}，没有登记到账，退款继续查询", told(anomaly, tender))
        }
        AnomalyKind::AmountDiffers => format!("应收 {amount}，{way} 通知收款 {}，没有入账，订单没有变化", told(anomaly, tender)),
        AnomalyKind::CallbackMissing if anomaly.resolved_at.is_some() => {
            format!("买家用 {way} 支付了 {amount}，但一直没有收到通知，查询后已入账")
        }
        AnomalyKind::CallbackMissing => format!("{way} 查询到买家已支付 {amount}，但未能入账"),
        AnomalyKind::RefundStuck => format!("{way} 退款 {amount} 长时间没有结果{}", after_colon(trouble)),
        AnomalyKind::RefundRefused if elsewhere => format!("{way} 已受理退款 {amount}，但{}", trouble.unwrap_or_default()),
        AnomalyKind::RefundRefused => format!("{way} 拒绝退款 {amount}{}", after_colon(trouble)),
    }
}

/// In yuan; another currency keeps its name.
fn told(anomaly: &ListedAnomaly, tender: Tender) -> String {
    let amount = tender.show(Money(anomaly.told_minor.unwrap_or_default()));
    match anomaly.told_currency.as_deref() {
        None | Some(CURRENCY) => amount,
        Some(other) => format!("{other} {}", amount.trim_start_matches('¥')),
    }
}

fn way_back(refund: Option<RefundStatus>, trouble: Option<String>) -> String {
    match refund {
        Some(RefundStatus::Succeeded) => "已经退回".to_owned(),
        Some(RefundStatus::Failed | RefundStatus::Manual) => format!("原路退回没有成功{}", after_colon(trouble)),
        Some(RefundStatus::Created) | None => "等待原路退回".to_owned(),
        Some(RefundStatus::Submitted | RefundStatus::Unknown | RefundStatus::Retryable) => format!("正在原路退回{}", after_colon(trouble)),
    }
}

fn after_colon(trouble: Option<String>) -> String {
    trouble.map(|words| format!("：{words}")).unwrap_or_default()
}
