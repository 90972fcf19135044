//! Wallets: the balance and the points that a buyer has at a shop.

use crate::domain::{ActorKind, BuyerId, Money, MoneyCause, Request, ShopId, Tender, Timestamp};
use crate::server::db::{Conn, DeferredStatement, Tx};
use crate::server::error::{Error, Result};
use crate::server::store::{Slice, coded, slice};

/// One movement in a wallet, from the buyer's side: paying is negative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WalletMovement {
    pub id: i64,
    pub cause: MoneyCause,
    pub amount: Money,
    /// What the account held then.
    pub after: Option<Money>,
    pub order_number: Option<String>,
    /// What the shop's staff wrote to it; empty for what follows from an order.
    pub reason: String,
    /// Who of the staff it was; empty likewise.
    pub actor_name: String,
    pub at: Timestamp,
}

const LIST: &str = "select e.id, e.cause, e.amount_minor, e.after_minor, o.number as order_number, e.reason,
                        case when e.actor = 'staff' then e.actor_name else '' end as actor_name, e.at
                    from money_events e left join orders o on o.id = e.order_id
                    where e.buyer_id = $1 and e.shop_id = $2 and e.account = $3 and e.id < $4 order by e.id desc limit $5";

#[derive(sqlx_macros::FromRow)]
struct MovementRow {
    id: i64,
    cause: String,
    amount_minor: i64,
    after_minor: Option<i64>,
    order_number: Option<String>,
    reason: String,
    actor_name: String,
    at: i64,
}

impl TryFrom<MovementRow> for WalletMovement {
    type Error = Error;
    fn try_from(row: MovementRow) -> Result<Self> {
        Ok(Self {
            id: row.id,
            cause: coded("money_events", "cause", row.id, &row.cause, MoneyCause::from_code)?,
            amount: Money(row.amount_minor),
            after: row.after_minor.map(Money),
            order_number: row.order_number,
            reason: row.reason,
            actor_name: row.actor_name,
            at: Timestamp(row.at),
        })
    }
}

/// A page of the movements of one account, newest first.
pub async fn list(
    conn: &mut Conn,
    (buyer, shop): (BuyerId, ShopId),
    account: Tender,
    before: Option<i64>,
    limit: i64,
) -> Result<Slice<WalletMovement>> {
    let query = sqlx::query_as(LIST).bind(buyer.0).bind(shop.0).bind(account.code()).bind(before.unwrap_or(i64::MAX));
    let rows: Vec<MovementRow> = query.bind(limit + 1).fetch_all(conn).await?;
    let movements = rows.into_iter().map(WalletMovement::try_from).collect::<Result<_>>()?;
    Ok(slice(movements, limit, |movement: &WalletMovement| movement.id))
}

/// A movement of money, of any account; what it belongs to and why (M16).
pub struct MoneyEvent<'a> {
    pub id: i64,
    pub shop: ShopId,
    pub order_id: Option<i64>,
    pub payment_id: Option<i64>,
    pub refund_id: Option<i64>,
    pub buyer: BuyerId,
    pub account: Tender,
    pub cause: MoneyCause,
    /// From the buyer's side: paying is negative.
    pub amount: Money,
    pub actor: ActorKind,
    pub actor_name: &'a str,
    /// Why, where a person decided it; empty for what follows from an order.
    pub reason: &'a str,
    /// The form that asked for it, where nothing else holds a second one off.
    pub request: Option<&'a Request>,
    pub at: Timestamp,
}

const INSERT: &str =
    "insert into money_events (id, shop_id, order_id, payment_id, refund_id, buyer_id, account, cause, amount_minor, before_minor,
        after_minor, actor, actor_name, reason, request_key, request_fingerprint, at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
const MOVE_BALANCE: &str =
    "update members set balance_minor = balance_minor + $3 where shop_id = $1 and buyer_id = $2 and balance_minor + $3 >= 0
    returning balance_minor";
const MOVE_POINTS: &str =
    "update members set points = points + $3 where shop_id = $1 and buyer_id = $2 and (points + $3 >= 0 or $3 > 0) returning points";
/// What goods that went back had earned is taken back whatever is left: the account may fall below zero (M7).
const TAKE_POINTS_BACK: &str = "update members set points = points + $3 where shop_id = $1 and buyer_id = $2 returning points";

/// Moves what the buyer holds, for the wallet's accounts, and writes the movement down, at once if a form must not ask for it twice; `false` if
/// there is not enough.
pub async fn record(tx: &mut Tx, event: &MoneyEvent<'_>) -> Result<bool> {
    let after = match event.account {
        Tender::Points if event.cause == MoneyCause::TakenBack => Some(moved(tx.conn(), TAKE_POINTS_BACK, event).await?),
        Tender::Balance => Some(moved(tx.conn(), MOVE_BALANCE, event).await?),
        Tender::Points => Some(moved(tx.conn(), MOVE_POINTS, event).await?),
        Tender::Wechat | Tender::Alipay | Tender::Cod | Tender::Offline => None,
    };
    if after == Some(None) {
        // Only taking may fail; who gets something is a member.
        return if event.amount.is_positive() || event.cause == MoneyCause::TakenBack {
            let column = if event.account == Tender::Points { "points" } else { "balance_minor" };
            Err(Error::inconsistent("members", column, event.buyer.0))
        } else {
            Ok(false)
        };
    }
    let after = after.flatten();
    let movement = DeferredStatement::new(INSERT)
        .bind(event.id)
        .bind(event.shop.0)
        .bind(event.order_id)
        .bind(event.payment_id)
        .bind(event.refund_id)
        .bind(event.buyer.0)
        .bind(event.account.code())
        .bind(event.cause.code())
        .bind(event.amount.0)
        .bind(after.map(|after| after - event.amount.0))
        .bind(after)
        .bind(event.actor.code())
        .bind(event.actor_name)
        .bind(event.reason)
        .bind(event.request.map(|request| &request.key))
        .bind(event.request.map(|request| &request.fingerprint))
        .bind(event.at.0);
    match event.request {
        Some(_) => movement.now(tx.conn()).await?,
        None => tx.defer(movement),
    }
    Ok(true)
}

async fn moved(conn: &mut Conn, statement: &'static str, event: &MoneyEvent<'_>) -> Result<Option<i64>> {
    Ok(sqlx::query_scalar(statement).bind(event.shop.0).bind(event.buyer.0).bind(event.amount.0).fetch_optional(conn).await?)
}

/// What a buyer holds at a shop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Purse {
    pub balance: Money,
    /// Below zero after a claw-back (M7).
    pub points: i64,
}

const PURSE: &str = "select balance_minor, points from members where shop_id = $1 and buyer_id = $2";

/// What is there now; nothing at a shop whose member the buyer is not.
pub async fn purse(conn: &mut Conn, shop: ShopId, buyer: BuyerId) -> Result<Purse> {
    let row: Option<(i64, i64)> = sqlx::query_as(PURSE).bind(shop.0).bind(buyer.0).fetch_optional(conn).await?;
    Ok(row.map_or_else(Purse::default, |(balance, points)| Purse { balance: Money(balance), points }))
}

const PURSES: &str =
    "select m.shop_id, s.name, m.balance_minor, m.points from members m join shops s on s.id = m.shop_id where m.buyer_id = $1
        and (m.balance_minor <> 0 or m.points <> 0 or exists (select 1 from money_events e
            where e.buyer_id = m.buyer_id and e.shop_id = m.shop_id and e.account in ('balance', 'points')))
    order by m.shop_id limit $2";

/// Every wallet that has ever held something, with its shop and the shop's name.
pub async fn purses(conn: &mut Conn, buyer: BuyerId, limit: i64) -> Result<Vec<(ShopId, String, Purse)>> {
    let rows: Vec<(i64, String, i64, i64)> = sqlx::query_as(PURSES).bind(buyer.0).bind(limit).fetch_all(conn).await?;
    let purse = |(shop, name, balance, points)| (ShopId(shop), name, Purse { balance: Money(balance), points });
    Ok(rows.into_iter().map(purse).collect())
}

const FILLED: &str =
    "select shop_id, balance_minor, points from members where buyer_id = $1 and (balance_minor <> 0 or points <> 0) order by shop_id";

/// The wallets that hold something, or owe it.
pub async fn filled(conn: &mut Conn, buyer: BuyerId) -> Result<Vec<(ShopId, Purse)>> {
    let rows: Vec<(i64, i64, i64)> = sqlx::query_as(FILLED).bind(buyer.0).fetch_all(conn).await?;
    Ok(rows.into_iter().map(|(shop, balance, points)| (ShopId(shop), Purse { balance: Money(balance), points })).collect())
}

const TOGETHER: &str =
    "select count(*), cast(coalesce(sum(balance_minor), 0) as bigint), cast(coalesce(sum(points), 0) as bigint) from members
    where buyer_id = $1 and (balance_minor <> 0 or points <> 0)";

/// At how many shops the buyer holds something, and how much together.
pub async fn together(conn: &mut Conn, buyer: BuyerId) -> Result<(i64, Purse)> {
    let (shops, balance, points) = sqlx::query_as(TOGETHER).bind(buyer.0).fetch_one(conn).await?;
    Ok((shops, Purse { balance: Money(balance), points }))
}

const OF_REQUEST: &str = "select id, request_fingerprint from money_events where request_key = $1";

/// Did this very form move money before? Another form under its key is refused (M9).
pub async fn moved_by(conn: &mut Conn, request: &Request) -> Result<bool> {
    let found: Option<(i64, Option<String>)> = sqlx::query_as(OF_REQUEST).bind(&request.key).fetch_optional(conn).await?;
    Ok(request.first_effect(found)?.is_some())
}
