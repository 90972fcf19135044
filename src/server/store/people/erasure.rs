//! What becomes of the rows of a buyer whose account is closed: whatever people typed about them goes, numbers, kinds, times and sums stay.

use crate::domain::{BuyerId, HappeningKind, Money, Timestamp, text};
use crate::server::db::Conn;
use crate::server::error::Result;

/// What stands where words were that may not be empty. The books' triggers know it too: nothing else may be changed there.
const ERASED_WORDS: &str = "（已随账户注销删除）";

/// What stands in the way of closing an account, and what is lost with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx_macros::FromRow)]
pub struct Matters {
    pub open_orders: i64,
    pub open_cases: i64,
    pub refunds_under_way: i64,
    pub payments_under_way: i64,
    pub anomalies: i64,
    pub balance: i64,
    pub points: i64,
    pub coupons: i64,
    /// Completed orders that an after-sale could still be asked for.
    pub in_after_sale_time: i64,
}

impl Matters {
    pub fn balance(&self) -> Money {
        Money(self.balance)
    }
}

const MATTERS: &str = include_str!("erasure/matters.sql");

/// How things stand with the buyer.
pub async fn matters(conn: &mut Conn, buyer: BuyerId, now: Timestamp) -> Result<Matters> {
    Ok(sqlx::query_as(MATTERS).bind(buyer.0).bind(now.0).fetch_one(conn).await?)
}

const BY_PHONE: &str = "select id from buyers where phone = $1 and erased_at is null";

/// Whose phone this is.
pub async fn by_phone(conn: &mut Conn, phone: &str) -> Result<Option<BuyerId>> {
    let id: Option<i64> = sqlx::query_scalar(BY_PHONE).bind(phone).fetch_optional(conn).await?;
    Ok(id.map(BuyerId))
}

/// Names and phones, as they stand where no row says whose they are.
const KNOWN_AS: [&str; 3] = [
    "select name as known_as from buyers where id = $1 union select phone from buyers where id = $1",
    "select buyer_name as known_as from orders where buyer_id = $1 union select buyer_phone from orders where buyer_id = $1",
    "select recipient as known_as from orders where buyer_id = $1 union select recipient_phone from orders where buyer_id = $1",
];

/// The names and phones that the buyer goes by; one sign alone would be found everywhere.
pub async fn known_as(conn: &mut Conn, buyer: BuyerId) -> Result<Vec<String>> {
    let mut all: Vec<String> = Vec::new();
    for statement in KNOWN_AS {
        all.extend(sqlx::query_scalar::<_, String>(statement).bind(buyer.0).fetch_all(&mut *conn).await?);
    }
    // The list of refunds takes what is looked for as a number: in capitals and without gaps.
    let as_numbers: Vec<String> = all.iter().map(|known| text::compact(known).to_ascii_uppercase()).collect();
    all.extend(as_numbers);
    all.sort();
    all.dedup();
    all.retain(|known| known.chars().count() > 1);
    Ok(all)
}

/// Where the staff may have typed whom they look for: what was typed there, and how it goes. Only at shops whose member the buyer is, and nowhere
/// but in searches: people call themselves what they like, and a name like 同意退款 is in many a record that says nothing of a person.
const SEARCHES: [(&str, &str); 2] = [
    (
        "select id, detail from audits where what = 'refunds_export_begun' and shop_id in (select shop_id from members where buyer_id = $1)",
        "update audits set detail = $2 where id = $1",
    ),
    (
        "select id, sought from batches where sought <> '' and shop_id in (select shop_id from members where buyer_id = $1)",
        "update batches set sought = $2 where id = $1",
    ),
];

/// Takes out of records of searches whatever names the buyer.
pub async fn forget_names(conn: &mut Conn, buyer: BuyerId, known_as: &[String]) -> Result<()> {
    for (find, forget) in SEARCHES {
        let searches: Vec<(i64, String)> = sqlx::query_as(find).bind(buyer.0).fetch_all(&mut *conn).await?;
        let named = searches.into_iter().filter(|(_, typed)| known_as.iter().any(|known| typed.contains(known.as_str())));
        let found: Vec<i64> = named.map(|(id, _)| id).collect();
        for id in found {
            sqlx::query(forget).bind(id).bind(ERASED_WORDS).execute(&mut *conn).await?;
        }
    }
    Ok(())
}

/// Everything of the buyer `$1`; `$2` is what stands where something has to.
const ROWS: [&str; 19] = [
    "delete from buyer_addresses where buyer_id = $1",
    "delete from cart_items where buyer_id = $1",
    "delete from cart_requests where buyer_id = $1",
    "delete from messages where buyer_id = $1",
    "update messages set facts = null, words = $2 where order_id in (select id from orders where buyer_id = $1)",
    "delete from refund_accounts where buyer_id = $1",
    "update after_sales set note = '', evidence = '[]', fallback_address = null, return_leg = null, return_tracking = null, replacement = null,
        rejection = null, request_fingerprint = null where buyer_id = $1 and status in ('succeeded', 'closed')",
    "update refunds set voucher = case when voucher = '' then '' else $2 end
        where order_id in (select id from orders where buyer_id = $1)",
    "update payments set cashier_url = '', note = case when note = '' then '' else $2 end
        where order_id in (select id from orders where buyer_id = $1)",
    "update payment_anomalies set note = case when note = '' then '' else $2 end,
        resolved_by = case when resolved_by in (select name from buyers where id = $1) then '买家' else resolved_by end
        where order_id in (select id from orders where buyer_id = $1)",
    "update refunds set operator_name = '买家' where operator_name in (select name from buyers where id = $1)
        and order_id in (select id from orders where buyer_id = $1)",
    "update bill_differences set note = case when note = '' then '' else $2 end
        where order_number in (select number from orders where buyer_id = $1)",
    "update audits set detail = $2 where what = 'refund_settled_outside' and shop_id in (select shop_id from members where buyer_id = $1)
        and subject in (select number from refunds where order_id in (select id from orders where buyer_id = $1))",
    "update batch_items set reason = $2 where status = 'skipped' and after_sale_id in (select id from after_sales where buyer_id = $1)",
    "update reviews set words = '', pictures = '[]', reply = '', hidden_reason = '', anonymous_at = coalesce(anonymous_at, at) where buyer_id = $1",
    "update money_events set reason = $2 where buyer_id = $1 and reason <> '' and reason <> $2",
    "update events set facts = null, words = $2, evidence = '[]', request_fingerprint = null where order_id in (select id from orders where buyer_id = $1)",
    "delete from sessions where buyer_id = $1",
    "delete from one_time_links where buyer_id = $1",
];

/// What is left of a name: the buyer `$1` is called `$2` from now on.
const RENAMED: [&str; 3] = [
    "update events set actor_name = $2 where actor_kind = 'buyer' and order_id in (select id from orders where buyer_id = $1)",
    "update reviews set buyer_name = $2 where buyer_id = $1",
    "update orders set recipient = $2, recipient_phone = '', recipient_extension = '', region = '', detail = '', buyer_name = $2,
        buyer_phone = '', buyer_remark = '', shop_remark = '', request_fingerprint = null where buyer_id = $1",
];

const PLAIN_EVENT: &str = "update events set words = $3 where kind = $2 and order_id in (select id from orders where buyer_id = $1)";

/// Takes the person out of every row; what is left is called `name`.
pub async fn erase_rows(conn: &mut Conn, buyer: BuyerId, name: &str) -> Result<()> {
    for statement in ROWS {
        let query = sqlx::query(statement).bind(buyer.0);
        let query = if statement.contains("$2") { query.bind(ERASED_WORDS) } else { query };
        query.execute(&mut *conn).await?;
    }
    for statement in RENAMED {
        sqlx::query(statement).bind(buyer.0).bind(name).execute(&mut *conn).await?;
    }
    for kind in HappeningKind::ALL {
        sqlx::query(PLAIN_EVENT).bind(buyer.0).bind(kind.code()).bind(kind.name()).execute(&mut *conn).await?;
    }
    Ok(())
}

/// Pictures lose their owners at once, and their files afterwards.
const PICTURES: [&str; 2] = [
    "update pictures set erased_at = $2, order_id = null, buyer_id = null, public_at = null where buyer_id = $1",
    "update pictures set erased_at = $2, order_id = null, buyer_id = null, public_at = null
        where order_id in (select id from orders where buyer_id = $1)",
];

pub async fn erase_pictures(conn: &mut Conn, buyer: BuyerId, now: Timestamp) -> Result<()> {
    for statement in PICTURES {
        sqlx::query(statement).bind(buyer.0).bind(now.0).execute(&mut *conn).await?;
    }
    Ok(())
}

const CLOSE: [&str; 2] = [
    "update members set name = $2, phone = $3, erased_at = $4 where buyer_id = $1",
    "update buyers set name = $2, phone = $3, password_hash = '', erased_at = $4 where id = $1 and erased_at is null",
];

/// The account is closed; its phone may be registered anew, by a stranger. `false`: it was closed before.
pub async fn close(conn: &mut Conn, buyer: BuyerId, name: &str, code: &str, now: Timestamp) -> Result<bool> {
    let mut closed = 0;
    for statement in CLOSE {
        let query = sqlx::query(statement).bind(buyer.0).bind(name).bind(code).bind(now.0);
        closed = query.execute(&mut *conn).await?.rows_affected();
    }
    Ok(closed == 1)
}

const SHOPS: &str = "select shop_id from members where buyer_id = $1 order by shop_id";

/// The shops whose member the buyer is.
pub async fn shops(conn: &mut Conn, buyer: BuyerId) -> Result<Vec<i64>> {
    Ok(sqlx::query_scalar(SHOPS).bind(buyer.0).fetch_all(conn).await?)
}

const TO_REMOVE: &str = "select key from pictures where erased_at is not null order by erased_at limit $1";
const REMOVED: &str = "delete from pictures where key = $1 and erased_at is not null";

/// Keys of pictures whose files have to go.
pub async fn pictures_to_remove(conn: &mut Conn, most: i64) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar(TO_REMOVE).bind(most).fetch_all(conn).await?)
}

/// Its files are gone.
pub async fn picture_removed(conn: &mut Conn, key: &str) -> Result<()> {
    sqlx::query(REMOVED).bind(key).execute(conn).await?;
    Ok(())
}

const TO_ERASE_AGAIN: &str =
    "select id, name from buyers where erased_at is not null and erased_again_at is null and erased_at <= $1 order by erased_at limit $2";
const ERASED_AGAIN: &str = "update buyers set erased_again_at = $2 where id = $1";

/// Buyers who are gone since then, with what is left of their names.
pub async fn to_erase_again(conn: &mut Conn, since: Timestamp, most: i64) -> Result<Vec<(BuyerId, String)>> {
    let rows: Vec<(i64, String)> = sqlx::query_as(TO_ERASE_AGAIN).bind(since.0).bind(most).fetch_all(conn).await?;
    Ok(rows.into_iter().map(|(id, name)| (BuyerId(id), name)).collect())
}

pub async fn erased_again(conn: &mut Conn, buyer: BuyerId, now: Timestamp) -> Result<()> {
    sqlx::query(ERASED_AGAIN).bind(buyer.0).bind(now.0).execute(conn).await?;
    Ok(())
}
