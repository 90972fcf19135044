//! The town: a shop with a member of staff for every role, another shop with its owner, three buyers, and few goods.

use super::app::TestApp;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version};
use guitu::domain::{
    ActorKind, Address, BuyerId, Money, MoneyCause, ProductId, Role, ShopId, ShopPolicy, SkuId, StaffId, Tender, Timestamp,
};
use guitu::server::app::App;
use guitu::server::db::{Conn, Tx};
use guitu::server::store::goods::{self, NewProduct, NewSku};
use guitu::server::store::money::wallet::{self, MoneyEvent};
use guitu::server::store::people::members;
use guitu::server::store::people::{self, AddressBookOwner, NewBuyer, NewShop, NewStaff};
use std::sync::LazyLock;

pub const PASSWORD: &str = "a password for tests";
pub const WANG: &str = "13800000001";
pub const LI: &str = "13800000002";
pub const CHEN: &str = "13800000003";

/// What WANG and LI hold at the first shop; CHEN holds nothing.
const POINTS: i64 = 20_000;
const BALANCE: i64 = 50_000;

/// One kind of goods.
#[derive(Clone, Copy, Debug)]
pub struct Ware {
    pub product: ProductId,
    pub sku: SkuId,
    pub shop: ShopId,
}

/// What is sold; goods for less than ¥99 travel for ¥10.
#[derive(Clone, Copy, Debug)]
pub struct Goods {
    /// ¥100.00, ten on the shelf.
    pub tea: Ware,
    /// ¥30.00, ten on the shelf.
    pub cup: Ware,
    /// ¥600.00, above what customer service may refund alone; ten on the shelf.
    pub pot: Ware,
    /// ¥50.00, the only one.
    pub last: Ware,
}

/// One of the two shops; log-ins are a role and the shop's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shop {
    pub id: ShopId,
    pub code: &'static str,
}

#[derive(Clone, Copy, Debug)]
pub struct Town {
    pub shop: Shop,
    pub other_shop: Shop,
    pub goods: Goods,
}

impl Town {
    pub async fn found(app: &App) -> Self {
        let mut tx = app.db.write().await.unwrap();
        let shop = open_shop(app, tx.conn(), "pine").await;
        let other_shop = open_shop(app, tx.conn(), "bamboo").await;
        for (name, phone, points, balance) in [("王小满", WANG, POINTS, BALANCE), ("李青禾", LI, POINTS, BALANCE), ("陈知行", CHEN, 0, 0)]
        {
            settle(app, &mut tx, shop.id, (name, phone), (points, balance)).await;
        }
        let goods = Goods {
            tea: stock(app, tx.conn(), shop.id, "云雾茶", 10_000, 10).await,
            cup: stock(app, tx.conn(), shop.id, "马克杯", 3_000, 10).await,
            pot: stock(app, tx.conn(), shop.id, "紫砂壶", 60_000, 10).await,
            last: stock(app, tx.conn(), shop.id, "孤品", 5_000, 1).await,
        };
        tx.commit().await.unwrap();
        Self { shop, other_shop, goods }
    }
}

impl TestApp {
    /// A buyer who has registered, and holds this at the first shop: points and balance.
    pub async fn moves_in(&self, name: &str, phone: &str, purse: (i64, i64)) {
        let mut tx = self.server.db.write().await.unwrap();
        settle(&self.server, &mut tx, self.town.shop.id, (name, phone), purse).await;
        tx.commit().await.unwrap();
    }

    /// One kind of goods more, at either shop.
    pub async fn sells(&self, shop: Shop, title: &str, price: i64, units: i64) -> Ware {
        let mut tx = self.server.db.write().await.unwrap();
        let ware = stock(&self.server, tx.conn(), shop.id, title, price, units).await;
        tx.commit().await.unwrap();
        ware
    }
}

async fn open_shop(app: &App, conn: &mut Conn, code: &'static str) -> Shop {
    let (id, at) = (ShopId(app.new_id()), app.now());
    let (name, phone) = (format!("{code} 商店"), "0571-88001234".to_owned());
    let shop = NewShop { id, code: code.to_owned(), name, phone, zone: chrono_tz::Asia::Shanghai, policy: ShopPolicy::default(), at };
    people::insert_shop(conn, &shop).await.unwrap();
    for role in Role::ALL {
        let (login, name) = (format!("{}-{code}", role.code()), format!("{code} {}", role.name()));
        let staff = NewStaff { id: StaffId(app.new_id()), shop: id, login, name, password_hash: hash(), roles: vec![role], at };
        people::insert_staff(conn, &staff).await.unwrap();
    }
    keep_address(app, conn, AddressBookOwner::Shop(id), "售后部", at).await;
    Shop { id, code }
}

async fn settle(app: &App, tx: &mut Tx, shop: ShopId, (name, phone): (&str, &str), (points, balance): (i64, i64)) {
    let (id, at) = (BuyerId(app.new_id()), app.now());
    let buyer = NewBuyer { id, phone: phone.to_owned(), name: name.to_owned(), password_hash: hash(), at };
    people::insert_buyer(tx.conn(), &buyer).await.unwrap();
    // Where an older shop is the front, they would be its members alone.
    members::join(tx.conn(), shop, id, at).await.unwrap();
    for (account, amount) in [(Tender::Points, points), (Tender::Balance, balance)] {
        if amount > 0 {
            let (id, amount) = (app.new_id(), Money(amount));
            let opening = MoneyEvent {
                id,
                shop,
                order_id: None,
                payment_id: None,
                refund_id: None,
                buyer: buyer.id,
                account,
                cause: MoneyCause::Opening,
                amount,
                actor: ActorKind::System,
                actor_name: "系统",
                reason: "",
                request: None,
                at,
            };
            wallet::record(tx, &opening).await.unwrap();
        }
    }
    keep_address(app, tx.conn(), AddressBookOwner::Buyer(id), name, at).await;
}

async fn keep_address(app: &App, conn: &mut Conn, book: AddressBookOwner, recipient: &str, at: Timestamp) {
    let id = app.new_id();
    let (phone, region, detail) = ("13900000000".to_owned(), "浙江省 杭州市 西湖区".to_owned(), "文三路 90 号".to_owned());
    people::insert_address(conn, book, id, &Address { recipient: recipient.to_owned(), phone, extension: String::new(), region, detail })
        .await
        .unwrap();
    people::set_default_address(conn, book, id, at).await.unwrap();
}

async fn stock(app: &App, conn: &mut Conn, shop: ShopId, title: &str, price: i64, units: i64) -> Ware {
    let (product, sku, at) = (ProductId(app.new_id()), SkuId(app.new_id()), app.now());
    let described = NewProduct {
        id: product,
        shop,
        title: title.to_owned(),
        subtitle: String::new(),
        description: String::new(),
        category: "茶器".to_owned(),
        picture: "pictures/gaiwan.svg".to_owned(),
        sold: 0,
        at,
    };
    goods::insert_product(conn, &described).await.unwrap();
    let kind =
        NewSku { id: sku, product, shop, spec: "标准".to_owned(), price: Money(price), sellable: units, move_id: app.new_id(), at };
    goods::insert_sku(conn, &kind).await.unwrap();
    Ware { product, sku, shop }
}

/// Hashing is slow on purpose. Here it costs nothing: a hash says itself what it cost, and costs as much again at each log-in.
fn hash() -> String {
    static HASH: LazyLock<String> = LazyLock::new(|| {
        let cheap = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8, 1, 1, None).unwrap());
        cheap.hash_password(PASSWORD.as_bytes()).unwrap().to_string()
    });
    HASH.clone()
}
