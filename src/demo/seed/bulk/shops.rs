//! The shops of the bulk: staff to log in as, an address for returns, and the goods of the demo shop in eight seasons.

use super::{Size, too_many};
use crate::demo::seed::goods::GOODS;
use crate::demo::seed::people::STAFF;
use crate::domain::time::DAY;
use crate::domain::{Address, Money, ProductId, Role, ShopId, ShopPolicy, SkuId, StaffId, Timestamp};
use crate::server::app::App;
use crate::server::error::Result;
use crate::server::store::goods::{self, NewProduct, NewSku};
use crate::server::store::people::{self, AddressBookOwner, NewShop, NewStaff};

/// A shop, where its returns go, and what its goods cost, in the order of their ids.
pub struct Stall {
    pub shop: ShopId,
    pub returns: Address,
    pub prices: Vec<Money>,
}

const SEASONS: usize = 8;

/// Opens them. The first one's people log in as owner, service, warehouse and finance, the second one's as owner-2 …
pub async fn open(app: &App, size: Size, until: Timestamp, hash: &str) -> Result<Vec<Stall>> {
    let at = Timestamp(until.0 - 400 * DAY);
    let mut tx = app.db.write().await?;
    let mut stalls = Vec::with_capacity(size.shops);
    // Counted, not thrown: the same seed has the same ids.
    let mut next = at.0 << 20;
    let mut id = || {
        next += 1;
        next
    };
    for nth in 1..=size.shops {
        let shop = ShopId(id());
        let (code, name) = (format!("shop-{nth}"), format!("山间茶铺 {nth} 店"));
        let new = NewShop {
            id: shop,
            code,
            name,
            phone: "0571-88001234".to_owned(),
            zone: chrono_tz::Asia::Shanghai,
            policy: ShopPolicy::default(),
            at,
        };
        people::insert_shop(tx.conn(), &new).await?;
        for (login, name, role) in STAFF {
            people::insert_staff(tx.conn(), &member(StaffId(id()), shop, login, nth, name, role, hash, at)).await?;
        }
        let returns = Address {
            recipient: "周掌柜".to_owned(),
            phone: "0571-88001234".to_owned(),
            extension: String::new(),
            region: "浙江省 杭州市 西湖区".to_owned(),
            detail: format!("龙井路 {nth} 号 售后部"),
        };
        let address = id();
        people::insert_address(tx.conn(), AddressBookOwner::Shop(shop), address, &returns).await?;
        people::set_default_address(tx.conn(), AddressBookOwner::Shop(shop), address, at).await?;
        let mut prices = Vec::new();
        // More than can be ordered, so that no shelf runs empty.
        let units = i64::try_from(size.orders / size.shops).map_err(|_| too_many("orders"))? + 1_000;
        for season in 1..=SEASONS {
            for (picture, title, category, subtitle, skus) in GOODS {
                let product = NewProduct {
                    id: ProductId(id()),
                    shop,
                    title: format!("{title} 第 {season} 季"),
                    subtitle: subtitle.to_owned(),
                    description: format!("{subtitle}。拆封后请置于阴凉干燥处。"),
                    category: category.to_owned(),
                    picture: format!("pictures/{picture}.svg"),
                    sold: 0,
                    at,
                };
                goods::insert_product(tx.conn(), &product).await?;
                for (spec, price, _) in skus {
                    let (sku, move_id) = (SkuId(id()), id());
                    let sku = NewSku {
                        id: sku,
                        product: product.id,
                        shop,
                        spec: (*spec).to_owned(),
                        price: Money(*price),
                        sellable: units,
                        move_id,
                        at,
                    };
                    goods::insert_sku(tx.conn(), &sku).await?;
                    prices.push(sku.price);
                }
            }
        }
        stalls.push(Stall { shop, returns, prices });
    }
    tx.commit().await?;
    Ok(stalls)
}

#[expect(clippy::too_many_arguments, reason = "a row's columns, once")]
fn member(id: StaffId, shop: ShopId, login: &str, nth: usize, name: &str, role: Role, hash: &str, at: Timestamp) -> NewStaff {
    let login = if nth == 1 { login.to_owned() } else { format!("{login}-{nth}") };
    NewStaff { id, shop, login, name: name.to_owned(), password_hash: hash.to_owned(), roles: vec![role], at }
}
