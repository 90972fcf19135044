//! What lies in the wallets of the demo: coupons in every state, a recharge, and cash that waits to go back to an account.

use super::timeline::Story;
use super::town::{ShopDecision, Town};
use crate::domain::after_sale::{AfterSaleKind, Reason};
use crate::domain::money::coupon::TypedCoupon;
use crate::domain::time::{DAY, HOUR, MINUTE};
use crate::domain::{CouponId, Day, NewCoupon, RefundAccount, Request, Role, Tender, WalletChange};
use crate::server::after_sales;
use crate::server::clock::request_key;
use crate::server::error::{Error, Result};
use crate::server::money::coupons;
use crate::server::people::members;

pub fn all(town: &Town) -> [Story<'_>; 4] {
    [Box::pin(tools(town)), Box::pin(open_to_all(town)), Box::pin(recharged(town)), Box::pin(cash_to_an_account(town))]
}

/// Makes a coupon that counts from now for so many days; `typed` says what it takes off, and for whom.
async fn makes(town: &Town, days: i64, typed: TypedCoupon<'_>) -> Result<CouponId> {
    let owner = town.staff(Role::Owner);
    let (from, until) = (Day::of(owner.now, owner.shop.zone), Day::of(owner.now.plus(days * DAY), owner.shop.zone));
    let (from, until) = (from.to_string(), until.to_string());
    let new = NewCoupon::parse(&TypedCoupon { from: &from, until: &until, copies_per_buyer: "1", ..typed })?;
    coupons::make(&owner, new, &asked()).await?;
    coupons::list_for_shop(&owner, None).await?.rows.first().map(|newest| newest.terms.id).ok_or(Error::NotFound)
}

/// A form that nobody has sent before.
fn asked() -> Request {
    Request { key: request_key(), ..Request::default() }
}

/// For a few products alone, given to three members; a bowl is bought with one of them.
async fn tools(town: &Town) -> Result<()> {
    town.ago(24 * DAY).await;
    let products = coupons::products(&town.staff(Role::Owner)).await?;
    let suits = |title: &str| products.iter().find(|(_, known)| known.starts_with(title)).map_or(String::new(), |(id, _)| id.0.to_string());
    let (kettle, canister, bowl) = (suits("丁字纹铸铁壶"), suits("锡制茶叶罐"), suits("兔毫建盏"));
    let chosen = [kettle.as_str(), canister.as_str(), bowl.as_str()];
    let tools = TypedCoupon { products: &chosen, scope: "chosen", ..reduces("名家器物券", "150", "30", "50") };
    let tools = makes(town, 60, tools).await?;
    for phone in ["13800000001", "13800000003", "13800000005"] {
        coupons::give_to(&town.staff(Role::Owner), tools, phone).await?;
    }
    used(town, tools).await
}

/// Two that buyers may take, one that has ended.
async fn open_to_all(town: &Town) -> Result<()> {
    town.ago(20 * DAY).await;
    let autumn = makes(town, 45, TypedCoupon { open: true, ..reduces("秋茶上新", "300", "20", "100") }).await?;
    town.wait(10 * DAY).await;
    coupons::end(&town.staff(Role::Owner), autumn).await?;
    town.ago(6 * DAY).await;
    makes(town, 40, TypedCoupon { kind: "direct", open: true, ..reduces("进店立减", "", "5", "1000") }).await?;
    town.wait(HOUR).await;
    makes(town, 40, TypedCoupon { open: true, ..reduces("冬日围炉", "200", "25", "500") }).await.map(drop)
}

/// 满减, for all products.
fn reduces<'a>(name: &'a str, threshold: &'a str, amount: &'a str, copies: &'a str) -> TypedCoupon<'a> {
    TypedCoupon { name, kind: "threshold", threshold, amount, scope: "all", copies, ..TypedCoupon::default() }
}

async fn used(town: &Town, tools: CouponId) -> Result<()> {
    town.ago(12 * DAY).await;
    let held = coupons::list_for_buyer(&town.buyer(4), coupons::HeldTab::Usable, None).await?;
    let coupon = held.rows.iter().find(|held| held.terms.id == tools).map(|held| held.id);
    let number = town.orders_with(4, &[("jian-bowl", 0, 1)], 0, "", coupon).await?;
    town.wait(5 * MINUTE).await;
    town.pays(4, &number, Tender::Wechat).await?;
    town.wait(6 * HOUR).await;
    town.ships(&number, "SF1390000000061", false).await?;
    town.wait(2 * DAY).await;
    town.receives(4, &number).await
}

/// Paid at the counter, and points for a birthday.
async fn recharged(town: &Town) -> Result<()> {
    town.ago(9 * DAY).await;
    let buyer = town.buyer(4).id;
    for (account, amount, reason) in [("balance", "200", "门店现金充值"), ("points", "500", "生日礼")] {
        let change = WalletChange::parse(account, "up", amount, reason)?;
        members::change_wallet(&town.staff(Role::Finance), buyer, &change, &asked()).await?;
        town.wait(2 * MINUTE).await;
    }
    Ok(())
}

/// Paid in cash at the door, to be paid back to a card by finance.
async fn cash_to_an_account(town: &Town) -> Result<()> {
    town.ago(3 * DAY).await;
    let number = town.orders(3, &[("tea-bags", 0, 2)], 0, "").await?;
    town.pays(3, &number, Tender::Cod).await?;
    town.wait(4 * HOUR).await;
    town.ships(&number, "SF1390000000062", false).await?;
    town.wait(26 * HOUR).await;
    town.receives(3, &number).await?;
    town.wait(3 * HOUR).await;
    let case = town.applies(3, &number, AfterSaleKind::RefundOnly, Reason::Damaged, 1, "一盒压扁了，茶包散落").await?;
    town.wait(10 * MINUTE).await;
    let account = RefundAccount::parse("bank", "赵晚晴", "6222000011112222", "示例银行 深圳科苑支行")?;
    let request = Request { key: request_key(), ..Request::default() };
    after_sales::give_account(&town.buyer(3), &case, &account, request).await?;
    town.wait(2 * HOUR).await;
    town.decides(Role::Finance, &case, ShopDecision::AgreeRefund).await
}
