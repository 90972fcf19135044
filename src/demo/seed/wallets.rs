//! What lies in the wallets of the demo: coupons in every state, a recharge, and cash that waits to go back to an account.

use super::timeline::Story;
use super::town::{Decision, Town};
use crate::domain::time::{DAY, HOUR, MINUTE};
use crate::domain::{CouponId, Day, Role, Tender};
use crate::http::form::Form;
use crate::server::clock::request_key;
use crate::server::error::{Error, Result};
use crate::server::members::{self, WalletChange};
use crate::server::{after_sales, coupons};

pub fn all(town: &Town) -> [Story<'_>; 4] {
    [Box::pin(tools(town)), Box::pin(open_to_all(town)), Box::pin(recharged(town)), Box::pin(cash_to_an_account(town))]
}

/// Makes a coupon that counts from now for so many days; `more` says what it takes off, and for whom.
async fn makes(town: &Town, name: &str, days: i64, more: &[(&str, &str)]) -> Result<CouponId> {
    let owner = town.staff(Role::Owner);
    let (from, until) = (Day::of(owner.now, owner.shop.zone), Day::of(owner.now.plus(days * DAY), owner.shop.zone));
    let key = request_key();
    let (from, until) = (from.to_string(), until.to_string());
    let mut form = Form::of(&[("name", name), ("from", &from), ("until", &until), ("copies_per_buyer", "1"), ("request_key", &key)]);
    for (field, value) in more {
        form.add(field, *value);
    }
    coupons::make(&owner, coupons::NewCoupon::parse(&form)?).await?;
    coupons::list_for_shop(&owner, None).await?.rows.first().map(|newest| newest.terms.id).ok_or(Error::NotFound)
}

/// For a few products alone, given to three members; a bowl is bought with one of them.
async fn tools(town: &Town) -> Result<()> {
    town.ago(24 * DAY).await;
    let products = coupons::products(&town.staff(Role::Owner)).await?;
    let suits = |title: &str| products.iter().find(|(_, known)| known.starts_with(title)).map_or(String::new(), |(id, _)| id.0.to_string());
    let (kettle, canister, bowl) = (suits("丁字纹铸铁壶"), suits("锡制茶叶罐"), suits("兔毫建盏"));
    let more = [
        ("kind", "threshold"),
        ("threshold", "150"),
        ("amount", "30"),
        ("scope", "chosen"),
        ("product", kettle.as_str()),
        ("product", canister.as_str()),
        ("product", bowl.as_str()),
        ("copies", "50"),
    ];
    let tools = makes(town, "名家器物券", 60, &more).await?;
    for phone in ["13800000001", "13800000003", "13800000005"] {
        coupons::give_to(&town.staff(Role::Owner), tools, phone).await?;
    }
    used(town, tools).await
}

/// Two that buyers may take, one that has ended.
async fn open_to_all(town: &Town) -> Result<()> {
    town.ago(20 * DAY).await;
    let autumn = [("kind", "threshold"), ("threshold", "300"), ("amount", "20"), ("scope", "all"), ("copies", "100"), ("open", "1")];
    let autumn = makes(town, "秋茶上新", 45, &autumn).await?;
    town.wait(10 * DAY).await;
    coupons::end(&town.staff(Role::Owner), autumn).await?;
    town.ago(6 * DAY).await;
    let welcome = [("kind", "direct"), ("amount", "5"), ("scope", "all"), ("copies", "1000"), ("open", "1")];
    makes(town, "进店立减", 40, &welcome).await?;
    town.wait(HOUR).await;
    let winter = [("kind", "threshold"), ("threshold", "200"), ("amount", "25"), ("scope", "all"), ("copies", "500"), ("open", "1")];
    makes(town, "冬日围炉", 40, &winter).await.map(drop)
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
        let key = request_key();
        let form = Form::of(&[("account", account), ("direction", "up"), ("amount", amount), ("reason", reason), ("request_key", &key)]);
        members::change_wallet(&town.staff(Role::Finance), buyer, &WalletChange::parse(&form)?).await?;
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
    let case = town.applies(3, &number, "refund_only", "damaged", 1, "一盒压扁了，茶包散落").await?;
    town.wait(10 * MINUTE).await;
    let account = [("kind", "bank"), ("holder", "赵晚晴"), ("number", "6222000011112222"), ("bank", "示例银行 深圳科苑支行")];
    let key = request_key();
    let mut form = Form::of(&account);
    form.set("request_key", &key);
    after_sales::give_account(&town.buyer(3), &case, &form).await?;
    town.wait(2 * HOUR).await;
    town.decides(Role::Finance, &case, Decision::AgreeRefund).await
}
