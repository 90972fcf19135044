//! Rows of a shop's members, each with what they hold at this shop.

use crate::domain::people::address::parse_mobile;
use crate::domain::text;
use crate::domain::{BuyerId, Granted, Money, SeeMoney, ShopId, Timestamp};
use crate::server::db::Conn;
use crate::server::db::expect_one;
use crate::server::error::Result;
use crate::server::store::{Slice, slice};

/// A member as the list shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub id: BuyerId,
    pub name: String,
    pub phone: String,
    pub balance: Money,
    /// May be below zero (M7).
    pub points: i64,
    pub completed_orders: i64,
    pub joined_at: Timestamp,
    /// The account is closed: the name is a pseudonym, and nothing goes into the wallet any more.
    pub erased: bool,
}

/// What the search box is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum MemberSearch {
    #[default]
    All,
    Phone(String),
    Name(String),
}

impl MemberSearch {
    /// Eleven digits are a phone, anything else is a name.
    pub fn parse(typed: &str) -> Self {
        let name = text::tidy(typed);
        if name.is_empty() { Self::All } else { parse_mobile(&name).map_or(Self::Name(name), Self::Phone) }
    }
}

#[derive(sqlx_macros::FromRow)]
struct MemberRow {
    buyer_id: i64,
    name: String,
    phone: String,
    balance_minor: i64,
    points: i64,
    completed_orders: i64,
    joined_at: i64,
    erased_at: Option<i64>,
}

impl From<MemberRow> for Member {
    fn from(row: MemberRow) -> Self {
        Self {
            id: BuyerId(row.buyer_id),
            name: row.name,
            phone: row.phone,
            balance: Money(row.balance_minor),
            points: row.points,
            completed_orders: row.completed_orders,
            joined_at: Timestamp(row.joined_at),
            erased: row.erased_at.is_some(),
        }
    }
}

const ALL: &str = "select m.buyer_id, m.name, m.phone, m.balance_minor, m.points, m.completed_orders, m.joined_at, m.erased_at
    from members m
    where m.shop_id = $1 and m.buyer_id < $2
    order by m.buyer_id desc limit $3";
const BY_PHONE: &str = "select m.buyer_id, m.name, m.phone, m.balance_minor, m.points, m.completed_orders, m.joined_at, m.erased_at
    from members m
    where m.shop_id = $1 and m.buyer_id < $2 and m.phone = $4
    order by m.buyer_id desc limit $3";
const BY_NAME: &str = "select m.buyer_id, m.name, m.phone, m.balance_minor, m.points, m.completed_orders, m.joined_at, m.erased_at
    from members m
    where m.shop_id = $1 and m.buyer_id < $2 and m.name = $4
    order by m.buyer_id desc limit $3";
const ONE: &str = "select m.buyer_id, m.name, m.phone, m.balance_minor, m.points, m.completed_orders, m.joined_at, m.erased_at
    from members m
    where m.shop_id = $1 and m.buyer_id = $2";

/// A page of the members, the newest first.
pub async fn list(conn: &mut Conn, seen: Granted<SeeMoney>, search: &MemberSearch, before: i64, limit: i64) -> Result<Slice<Member>> {
    let shop = seen.shop();
    let rows: Vec<MemberRow> = match search {
        MemberSearch::All => sqlx::query_as(ALL).bind(shop.0).bind(before).bind(limit + 1).fetch_all(conn).await?,
        MemberSearch::Phone(phone) => {
            sqlx::query_as(BY_PHONE).bind(shop.0).bind(before).bind(limit + 1).bind(phone).fetch_all(conn).await?
        }
        MemberSearch::Name(name) => sqlx::query_as(BY_NAME).bind(shop.0).bind(before).bind(limit + 1).bind(name).fetch_all(conn).await?,
    };
    Ok(slice(rows.into_iter().map(Member::from).collect(), limit, |member: &Member| member.id.0))
}

/// A member of this shop.
pub async fn find(conn: &mut Conn, seen: Granted<SeeMoney>, buyer: BuyerId) -> Result<Option<Member>> {
    let row: Option<MemberRow> = sqlx::query_as(ONE).bind(seen.shop().0).bind(buyer.0).fetch_optional(conn).await?;
    Ok(row.map(Member::from))
}

const JOIN: &str = "insert into members (shop_id, buyer_id, name, phone, joined_at)
    select cast($1 as bigint), b.id, b.name, b.phone, cast($3 as bigint) from buyers b where b.id = $2 and b.erased_at is null
    on conflict (shop_id, buyer_id) do nothing";

/// The buyer belongs to the shop from now on, if not already.
pub async fn join(conn: &mut Conn, shop: ShopId, buyer: BuyerId, at: Timestamp) -> Result<()> {
    sqlx::query(JOIN).bind(shop.0).bind(buyer.0).bind(at.0).execute(conn).await?;
    Ok(())
}

const COMPLETED: &str = "update members set completed_orders = completed_orders + 1 where shop_id = $1 and buyer_id = $2";

/// One order of theirs was completed.
pub async fn completed(conn: &mut Conn, shop: ShopId, buyer: BuyerId) -> Result<()> {
    expect_one(&sqlx::query(COMPLETED).bind(shop.0).bind(buyer.0).execute(conn).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eleven_digits_are_a_phone_and_words_a_name() {
        assert_eq!(MemberSearch::parse(" 13800000001 "), MemberSearch::Phone("13800000001".to_owned()));
        assert_eq!(MemberSearch::parse("王小满"), MemberSearch::Name("王小满".to_owned()));
        assert_eq!(MemberSearch::parse("  "), MemberSearch::All);
    }
}
