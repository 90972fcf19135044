//! An order that a transaction holds: read, with its shop's rules, as it stands once nobody else has it.

use super::OrderMarks;
use super::found::{Scope, with_lines};
use super::row::OrderRow;
use crate::domain::order::Order;
use crate::domain::{OrderId, Shop};
use crate::server::db::Tx;
use crate::server::error::Result;
use crate::server::store::people::ShopRow;

/// What is known of an order by whoever holds it.
pub struct LockedOrder {
    pub order: Order,
    pub marks: OrderMarks,
    pub shop: Shop,
}

#[derive(sqlx_macros::FromRow)]
struct LockedOrderRow {
    #[sqlx(flatten)]
    order: OrderRow,
    shop_name: String,
    shop_phone: String,
    time_zone: String,
    policy: String,
}

const BY_NUMBER: &str = include_str!("lock/by_number.sql");
const BY_NUMBER_AMONG_OTHERS: &str = include_str!("lock/by_number_among_others.sql");
const BY_ID: &str = include_str!("lock/by_id.sql");
const BY_ID_AMONG_OTHERS: &str = include_str!("lock/by_id_among_others.sql");

/// The order with this number, if it is theirs (B32); nobody else changes it until the transaction ends.
pub async fn lock(tx: &mut Tx, scope: Scope, number: &str) -> Result<Option<LockedOrder>> {
    let (buyer, shop) = scope.parts();
    let statement = tx.taking(BY_NUMBER, BY_NUMBER_AMONG_OTHERS);
    match sqlx::query_as(statement).bind(number).bind(buyer).bind(shop).fetch_optional(tx.conn()).await? {
        Some(row) => Ok(Some(whole(tx, row).await?)),
        None => Ok(None),
    }
}

/// The order with this id, likewise.
pub async fn lock_by_id(tx: &mut Tx, id: OrderId) -> Result<LockedOrder> {
    let statement = tx.taking(BY_ID, BY_ID_AMONG_OTHERS);
    let row = sqlx::query_as(statement).bind(id.0).fetch_one(tx.conn()).await?;
    whole(tx, row).await
}

async fn whole(tx: &mut Tx, row: LockedOrderRow) -> Result<LockedOrder> {
    let LockedOrderRow { order, shop_name, shop_phone, time_zone, policy } = row;
    let shop = ShopRow { id: order.shop_id, name: shop_name, phone: shop_phone, time_zone, policy }.try_into()?;
    let (order, marks) = with_lines(tx.conn(), order).await?;
    Ok(LockedOrder { order, marks, shop })
}
