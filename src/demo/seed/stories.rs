//! What has happened in the demo shop: orders and after-sales in every state, each told in the order of its time.

use super::timeline::Story;
use super::town::{ShopDecision, Town, Wish};
use crate::domain::Role::{Finance, Owner, Service, Warehouse};
use crate::domain::Tender::{self, Alipay, Balance, Cod, Offline, Points, Wechat};
use crate::domain::after_sale::AfterSaleKind::{Exchange, RefundOnly, ReturnRefund};
use crate::domain::after_sale::Reason;
use crate::domain::time::{DAY, HOUR, MINUTE};
use crate::server::error::Result;

/// Each goes forward in time.
pub fn all(town: &Town) -> Vec<Story<'_>> {
    vec![
        Box::pin(finished(town)),
        Box::pin(open_orders(town)),
        Box::pin(unshipped_refunds(town)),
        Box::pin(shipped_refunds(town)),
        Box::pin(returns(town)),
        Box::pin(came_back_broken(town)),
        Box::pin(never_came_back(town)),
        Box::pin(exchanges(town)),
        Box::pin(waits_for_its_replacement(town)),
        Box::pin(refunds_that_wait(town)),
    ]
}

/// Ordered, paid, shipped and received `days` ago, within a day and a half.
async fn completed_order(town: &Town, days: i64, buyer: usize, wishes: &[Wish], tender: Tender, tracking: &str) -> Result<String> {
    town.ago(days * DAY + 36 * HOUR).await;
    let number = town.orders(buyer, wishes, 0, "").await?;
    town.wait(3 * MINUTE).await;
    town.pays(buyer, &number, tender).await?;
    town.wait(5 * HOUR).await;
    town.ships(&number, tracking, false).await?;
    town.wait(30 * HOUR).await;
    town.receives(buyer, &number).await?;
    Ok(number)
}

/// Ordered, paid and shipped; still on the road.
async fn shipped_order(town: &Town, hours: i64, buyer: usize, wishes: &[Wish], tender: Tender, tracking: &str) -> Result<String> {
    town.ago(hours * HOUR).await;
    let number = town.orders(buyer, wishes, 0, "").await?;
    town.wait(4 * MINUTE).await;
    town.pays(buyer, &number, tender).await?;
    town.wait(6 * HOUR).await;
    town.ships(&number, tracking, false).await?;
    Ok(number)
}

/// Ordered and paid; waits to be shipped.
async fn paid_order(town: &Town, hours: i64, buyer: usize, wishes: &[Wish], points: i64, tender: Tender) -> Result<String> {
    town.ago(hours * HOUR).await;
    let number = town.orders(buyer, wishes, points, "").await?;
    town.wait(2 * MINUTE).await;
    town.pays(buyer, &number, tender).await?;
    Ok(number)
}

async fn finished(town: &Town) -> Result<()> {
    let one = completed_order(town, 40, 0, &[("green-tea-gift", 0, 1), ("ru-cups", 0, 1)], Wechat, "SF1390000000001").await?;
    town.wait(2 * DAY).await;
    town.reviews(0, &one, 5, "茶香很足，三泡之后还有回甘。杯子开片漂亮，包装也稳妥。", false).await?;
    town.replies("谢谢喜欢！明前茶建议用 85 度水，香气更好。").await?;
    let two = completed_order(town, 33, 1, &[("jasmine", 0, 2)], Alipay, "SF1390000000002").await?;
    town.wait(DAY).await;
    town.reviews(1, &two, 4, "花香自然，物流慢了一天。", true).await?;
    let three = completed_order(town, 26, 2, &[("iron-kettle", 0, 1)], Balance, "SF1390000000003").await?;
    town.wait(DAY).await;
    town.reviews(2, &three, 5, "铁壶烧水确实软，壶嘴不滴水。", false).await?;
    completed_order(town, 18, 3, &[("tea-bags", 1, 1), ("honey", 0, 1)], Cod, "SF1390000000004").await?;
    completed_order(town, 6, 0, &[("thermos", 0, 1)], Wechat, "SF1390000000005").await?;
    completed_order(town, 3, 4, &[("tea-tray", 0, 1), ("tea-towel", 0, 2)], Alipay, "SF1390000000006").await.map(drop)
}

async fn open_orders(town: &Town) -> Result<()> {
    shipped_order(town, 70, 4, &[("black-tea", 0, 1)], Balance, "SF1390000000013").await?;
    shipped_order(town, 60, 0, &[("glass-pot", 0, 1), ("chrysanthemum", 0, 2)], Wechat, "SF1390000000012").await?;
    town.ago(50 * HOUR).await;
    let partial = town.orders(2, &[("zisha-pot", 0, 1), ("tea-tray", 1, 1)], 0, "").await?;
    town.wait(MINUTE).await;
    town.pays(2, &partial, Wechat).await?;
    town.wait(8 * HOUR).await;
    town.ships(&partial, "SF1390000000011", true).await?;
    town.ago(30 * HOUR).await;
    let cancelled = town.orders(0, &[("incense", 0, 1)], 0, "").await?;
    town.wait(10 * MINUTE).await;
    town.cancels(0, &cancelled).await?;
    town.ago(26 * HOUR).await;
    let offline = town.orders(4, &[("white-tea-cake", 1, 1)], 0, "公司采购，对公转账").await?;
    town.wait(25 * MINUTE).await;
    town.confirms_payment(&offline, "对公转账 11-21 到账").await?;
    paid_order(town, 20, 3, &[("canister", 0, 1)], 0, Cod).await?;
    paid_order(town, 7, 0, &[("longjing", 1, 1)], 2_800, Wechat).await?;
    town.ago(20 * MINUTE).await;
    town.orders(1, &[("da-hong-pao", 0, 1), ("gaiwan", 0, 1)], 600, "").await?;
    town.ago(9 * MINUTE).await;
    town.orders(0, &[("travel-set", 0, 1)], 0, "请放门卫").await.map(drop)
}

async fn unshipped_refunds(town: &Town) -> Result<()> {
    let points = paid_order(town, 200, 2, &[("osmanthus-cake", 0, 1)], 0, Points).await?;
    let case = town.applies(2, &points, RefundOnly, Reason::OrderedTwice, 1, "").await?;
    town.wait(HOUR).await;
    town.withdraws(2, &case).await?;
    let agreed = paid_order(town, 100, 1, &[("osmanthus-oolong", 0, 1)], 2_000, Wechat).await?;
    town.wait(2 * HOUR).await;
    let case = town.applies(1, &agreed, RefundOnly, Reason::TooSlow, 1, "等了两天没发货").await?;
    town.wait(HOUR).await;
    town.decides(Service, &case, ShopDecision::AgreeRefund).await?;
    town.wait(2 * MINUTE).await;
    town.money_goes_back(&case).await?;
    let urgent = paid_order(town, 50, 0, &[("green-tea-gift", 0, 1)], 0, Wechat).await?;
    town.wait(3 * HOUR).await;
    town.applies(0, &urgent, RefundOnly, Reason::Unwanted, 1, "拍错规格了").await?;
    let calm = paid_order(town, 9, 4, &[("zisha-pot", 1, 1)], 0, Alipay).await?;
    town.wait(HOUR).await;
    town.applies(4, &calm, RefundOnly, Reason::WrongDetails, 1, "").await.map(drop)
}

async fn shipped_refunds(town: &Town) -> Result<()> {
    let manual = completed_order(town, 22, 4, &[("honey", 1, 1)], Offline, "SF1390000000023").await?;
    town.wait(DAY).await;
    let case = town.applies(4, &manual, RefundOnly, Reason::Missing, 1, "少发一瓶").await?;
    town.wait(3 * HOUR).await;
    town.decides(Finance, &case, ShopDecision::RefundManually("银行转账 尾号 6621")).await?;
    let broken = completed_order(town, 5, 1, &[("ru-cups", 1, 1)], Wechat, "SF1390000000022").await?;
    town.wait(6 * HOUR).await;
    let case = town.applies(1, &broken, RefundOnly, Reason::Damaged, 1, "碎了一只杯子").await?;
    town.wait(4 * HOUR).await;
    town.decides(Service, &case, ShopDecision::Reject("请补充外箱破损处和碎杯的照片")).await?;
    let lost = shipped_order(town, 96, 3, &[("puer-brick", 0, 2)], Alipay, "SF1390000000021").await?;
    town.wait(48 * HOUR).await;
    town.applies(3, &lost, RefundOnly, Reason::NotArrived, 2, "物流三天没有更新").await.map(drop)
}

async fn returns(town: &Town) -> Result<()> {
    let done = completed_order(town, 15, 1, &[("da-hong-pao", 1, 1)], Wechat, "SF1390000000034").await?;
    let case = town.applies(1, &done, ReturnRefund, Reason::WrongGoods, 1, "发成了单罐").await?;
    town.wait(2 * HOUR).await;
    town.decides(Owner, &case, ShopDecision::ApproveReturn).await?;
    town.wait(DAY).await;
    town.sends_back(1, &case, "75000000000034").await?;
    town.wait(2 * DAY).await;
    town.decides(Warehouse, &case, ShopDecision::Receive).await?;
    town.wait(HOUR).await;
    town.decides(Service, &case, ShopDecision::AgreeRefund).await?;
    town.wait(MINUTE).await;
    town.money_goes_back(&case).await?;
    let back = completed_order(town, 8, 3, &[("thermos", 1, 1)], Wechat, "SF1390000000033").await?;
    let case = town.applies(3, &back, ReturnRefund, Reason::Quality, 1, "盖子漏水").await?;
    town.wait(2 * HOUR).await;
    town.decides(Service, &case, ShopDecision::ApproveReturn).await?;
    town.wait(DAY).await;
    town.sends_back(3, &case, "75000000000033").await?;
    let approved = completed_order(town, 4, 2, &[("gaiwan", 1, 1)], Alipay, "SF1390000000032").await?;
    town.wait(3 * HOUR).await;
    let case = town.applies(2, &approved, ReturnRefund, Reason::NoReason, 1, "").await?;
    town.wait(5 * HOUR).await;
    town.decides(Service, &case, ShopDecision::ApproveReturn).await?;
    let asked = completed_order(town, 2, 0, &[("zisha-pot", 0, 2)], Wechat, "SF1390000000031").await?;
    town.wait(4 * HOUR).await;
    town.applies(0, &asked, ReturnRefund, Reason::NotAsDescribed, 1, "壶底与描述颜色差别很大，盖子合不严。").await.map(drop)
}

async fn came_back_broken(town: &Town) -> Result<()> {
    let broken = completed_order(town, 10, 4, &[("glass-pot", 0, 1)], Alipay, "SF1390000000035").await?;
    let case = town.applies(4, &broken, ReturnRefund, Reason::NoReason, 1, "").await?;
    town.wait(3 * HOUR).await;
    town.decides(Service, &case, ShopDecision::ApproveReturn).await?;
    town.wait(30 * HOUR).await;
    town.sends_back(4, &case, "75000000000035").await?;
    town.ago(4 * DAY).await;
    town.decides(Warehouse, &case, ShopDecision::Receive).await?;
    town.wait(2 * HOUR).await;
    town.decides(Service, &case, ShopDecision::Reject("壶身有使用痕迹和裂纹，不符合七天无理由退货")).await
}

async fn never_came_back(town: &Town) -> Result<()> {
    let forgotten = completed_order(town, 14, 1, &[("tea-towel", 0, 1)], Wechat, "SF1390000000036").await?;
    let case = town.applies(1, &forgotten, ReturnRefund, Reason::NoReason, 1, "").await?;
    town.wait(3 * HOUR).await;
    town.decides(Service, &case, ShopDecision::ApproveReturn).await?;
    town.wait(7 * DAY).await;
    town.time_runs_out(&case).await
}

/// One that the bank refused, one that finance has to pay outside.
async fn refunds_that_wait(town: &Town) -> Result<()> {
    let outside = completed_order(town, 4, 2, &[("chrysanthemum", 1, 1)], Offline, "SF1390000000051").await?;
    let case = town.applies(2, &outside, RefundOnly, Reason::Quality, 1, "受潮结块").await?;
    town.wait(2 * HOUR).await;
    town.decides(Finance, &case, ShopDecision::AgreeRefund).await?;
    let refused = paid_order(town, 12, 3, &[("longjing", 0, 1)], 0, Wechat).await?;
    town.wait(HOUR).await;
    let case = town.applies(3, &refused, RefundOnly, Reason::Unwanted, 1, "").await?;
    town.wait(HOUR).await;
    town.bank_refuses_the_next_refund().await?;
    town.decides(Service, &case, ShopDecision::AgreeRefund).await?;
    town.work().await
}

async fn exchanges(town: &Town) -> Result<()> {
    let done = completed_order(town, 20, 0, &[("incense", 1, 1)], Wechat, "SF1390000000044").await?;
    let case = exchange_to_reship(town, 0, &done, "75000000000044").await?;
    town.wait(4 * HOUR).await;
    town.decides(Warehouse, &case, ShopDecision::Replace("SF1390000000144")).await?;
    town.wait(3 * DAY).await;
    town.confirms(0, &case).await?;
    let sent = completed_order(town, 9, 4, &[("jian-bowl", 0, 1)], Wechat, "SF1390000000042").await?;
    let case = exchange_to_reship(town, 4, &sent, "75000000000042").await?;
    town.wait(4 * HOUR).await;
    town.decides(Warehouse, &case, ShopDecision::Replace("SF1390000000142")).await?;
    let asked = completed_order(town, 1, 3, &[("travel-set", 1, 1)], Alipay, "SF1390000000041").await?;
    town.wait(HOUR).await;
    town.applies(3, &asked, Exchange, Reason::DoesNotFit, 1, "想换一个同款，这只有划痕").await.map(drop)
}

async fn waits_for_its_replacement(town: &Town) -> Result<()> {
    let waits = completed_order(town, 6, 2, &[("glass-pot", 1, 1)], Wechat, "SF1390000000043").await?;
    town.ago(4 * DAY).await;
    exchange_to_reship(town, 2, &waits, "75000000000043").await.map(drop)
}

/// Asked for, agreed, sent back and received: the replacement is next.
async fn exchange_to_reship(town: &Town, buyer: usize, order: &str, tracking: &str) -> Result<String> {
    let case = town.applies(buyer, order, Exchange, Reason::Quality, 1, "有瑕疵，想换一件").await?;
    town.wait(3 * HOUR).await;
    town.decides(Service, &case, ShopDecision::ApproveReturn).await?;
    town.wait(20 * HOUR).await;
    town.sends_back(buyer, &case, tracking).await?;
    town.wait(36 * HOUR).await;
    town.decides(Warehouse, &case, ShopDecision::Receive).await?;
    Ok(case)
}
