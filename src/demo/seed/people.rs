//! The shop, its staff, its buyers with their wallets and addresses.

use super::PASSWORD;
use crate::domain::time::DAY;
use crate::domain::{ActorKind, Address, BuyerId, Money, MoneyCause, Role, Shop, ShopId, ShopPolicy, StaffId, Tender, Timestamp};
use crate::server::app::App;
use crate::server::error::Result;
use crate::server::people::password;
use crate::server::store::money::wallet::{self, MoneyEvent};
use crate::server::store::people::{self, AddressBookOwner, NewBuyer, NewShop, NewStaff};

pub(super) const STAFF: [(&str, &str, Role); 4] = [
    ("owner", "周掌柜", Role::Owner),
    ("service", "客服小林", Role::Service),
    ("warehouse", "仓库小吴", Role::Warehouse),
    ("finance", "财务陈姐", Role::Finance),
];

/// Name, phone, region, detail, points, balance.
const BUYERS: [(&str, &str, &str, &str, i64, i64); 5] = [
    ("王小满", "13800000001", "浙江省 杭州市 西湖区", "文三路 90 号 3 幢 502 室", 12_800, 20_000),
    ("李青禾", "13800000002", "江苏省 苏州市 姑苏区", "平江路 21 号", 3_600, 0),
    ("陈知行", "13800000003", "上海市 上海市 徐汇区", "衡山路 8 号 1102 室", 60_000, 50_000),
    ("赵晚晴", "13800000004", "广东省 深圳市 南山区", "科苑路 15 号 A 座 1803", 900, 8_800),
    ("孙一鸣", "13800000005", "四川省 成都市 武侯区", "人民南路四段 1 号", 5_200, 22_000),
];

/// Opens the shop with its staff and its return addresses.
pub async fn open_shop(app: &App, now: Timestamp) -> Result<Shop> {
    let at = Timestamp(now.0 - 400 * DAY);
    let id = ShopId(app.new_id());
    let hash = password::hash(PASSWORD.to_owned()).await?;
    let mut tx = app.db.write().await?;
    let shop = NewShop {
        id,
        code: "shanjian".to_owned(),
        name: "山间茶铺".to_owned(),
        phone: "0571-88001234".to_owned(),
        zone: chrono_tz::Asia::Shanghai,
        policy: ShopPolicy::default(),
        at,
    };
    people::insert_shop(tx.conn(), &shop).await?;
    for (login, name, role) in STAFF {
        let staff = NewStaff {
            id: StaffId(app.new_id()),
            shop: id,
            login: login.to_owned(),
            name: name.to_owned(),
            password_hash: hash.clone(),
            roles: vec![role],
            at,
        };
        people::insert_staff(tx.conn(), &staff).await?;
    }
    for (index, (recipient, phone, detail)) in
        [("周掌柜", "0571-88001234", "龙井路 18 号 山间茶铺售后部"), ("仓库小吴", "0571-88005678", "转塘街道 环山路 66 号 2 号仓")]
            .into_iter()
            .enumerate()
    {
        let address = Address {
            recipient: recipient.to_owned(),
            phone: phone.to_owned(),
            extension: String::new(),
            region: "浙江省 杭州市 西湖区".to_owned(),
            detail: detail.to_owned(),
        };
        let address_id = app.new_id();
        people::insert_address(tx.conn(), AddressBookOwner::Shop(id), address_id, &address).await?;
        if index == 0 {
            people::set_default_address(tx.conn(), AddressBookOwner::Shop(id), address_id, at).await?;
        }
    }
    let opened = people::shop(tx.conn(), id).await?;
    tx.commit().await?;
    Ok(opened)
}

/// The five buyers, in the order of their phones.
pub async fn buyers(app: &App, shop: ShopId, now: Timestamp) -> Result<Vec<(BuyerId, String, String)>> {
    let at = Timestamp(now.0 - 300 * DAY);
    let hash = password::hash(PASSWORD.to_owned()).await?;
    let mut tx = app.db.write().await?;
    let mut buyers = Vec::with_capacity(BUYERS.len());
    for (name, phone, region, detail, points, balance) in BUYERS {
        let id = BuyerId(app.new_id());
        let buyer = NewBuyer { id, phone: phone.to_owned(), name: name.to_owned(), password_hash: hash.clone(), at };
        people::insert_buyer(tx.conn(), &buyer).await?;
        for (account, amount) in [(Tender::Points, points), (Tender::Balance, balance)] {
            if amount > 0 {
                wallet::record(&mut tx, &opening(app, (shop, id), account, Money(amount), at)).await?;
            }
        }
        let address = Address {
            recipient: name.to_owned(),
            phone: phone.to_owned(),
            extension: String::new(),
            region: region.to_owned(),
            detail: detail.to_owned(),
        };
        let address_id = app.new_id();
        people::insert_address(tx.conn(), AddressBookOwner::Buyer(id), address_id, &address).await?;
        people::set_default_address(tx.conn(), AddressBookOwner::Buyer(id), address_id, at).await?;
        buyers.push((id, name.to_owned(), phone.to_owned()));
    }
    tx.commit().await?;
    Ok(buyers)
}

fn opening(app: &App, (shop, buyer): (ShopId, BuyerId), account: Tender, amount: Money, at: Timestamp) -> MoneyEvent<'static> {
    MoneyEvent {
        id: app.new_id(),
        shop,
        order_id: None,
        payment_id: None,
        refund_id: None,
        buyer,
        account,
        cause: MoneyCause::Opening,
        amount,
        actor: ActorKind::System,
        actor_name: "系统",
        reason: "",
        request: None,
        at,
    }
}
