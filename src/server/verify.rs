//! `verify-ledger`: every sum of M1–M4 and M16 computed again from its rows.

use super::db::Db;
use super::error::Result;

/// One invariant, and the rows that break it.
pub struct Check {
    pub name: &'static str,
    pub wrong: Vec<String>,
}

/// Name and statement: it selects an id and the two sums where they differ.
const CHECKS: [(&str, &str); 18] = [
    (
        "M1 lines of an order sum to its goods",
        "select o.id, o.goods_minor as kept, cast(coalesce(sum(l.goods_minor), 0) as bigint) as summed
         from orders o left join order_lines l on l.order_id = o.id group by o.id, o.goods_minor
         having o.goods_minor <> coalesce(sum(l.goods_minor), 0) order by o.id limit 100",
    ),
    (
        "M1 changes of price lie on the lines to the fen",
        "select o.id, o.goods_adjust_minor as kept, cast(sum(l.adjust_minor) as bigint) as summed
         from orders o join order_lines l on l.order_id = o.id group by o.id, o.goods_adjust_minor
         having o.goods_adjust_minor <> sum(l.adjust_minor) order by o.id limit 100",
    ),
    (
        "M1 coupons lie on the lines to the fen",
        "select o.id, o.coupon_minor as kept, cast(sum(l.coupon_minor) as bigint) as summed
         from orders o join order_lines l on l.order_id = o.id group by o.id, o.coupon_minor
         having o.coupon_minor <> sum(l.coupon_minor) order by o.id limit 100",
    ),
    (
        "M1 freight lies on the lines to the fen",
        "select o.id, o.freight_minor as kept, cast(sum(l.freight_minor) as bigint) as summed
         from orders o join order_lines l on l.order_id = o.id group by o.id, o.freight_minor
         having o.freight_minor <> sum(l.freight_minor) order by o.id limit 100",
    ),
    (
        "M1 what was paid is the sum of the lines",
        "select o.id, o.paid_minor as kept, cast(sum(l.paid_minor) as bigint) as summed
         from orders o join order_lines l on l.order_id = o.id group by o.id, o.paid_minor
         having o.paid_minor <> sum(l.paid_minor) order by o.id limit 100",
    ),
    (
        "M1 a paid line cost what it says",
        "select l.id, l.paid_minor as kept, l.goods_minor + l.adjust_minor - l.coupon_minor + l.freight_minor as summed
         from order_lines l join orders o on o.id = l.order_id
         where o.paid_at is not null and l.paid_minor <> l.goods_minor + l.adjust_minor - l.coupon_minor + l.freight_minor order by l.id limit 100",
    ),
    (
        "M4 the tenders of an order are what was paid",
        "select o.id, o.paid_minor as kept, cast(coalesce(sum(p.amount_minor), 0) as bigint) as summed
         from orders o left join payments p on p.order_id = o.id and p.status = 'succeeded' where o.paid_at is not null
         group by o.id, o.paid_minor having o.paid_minor <> coalesce(sum(p.amount_minor), 0) order by o.id limit 100",
    ),
    (
        "M6 each line's tenders sum to the line",
        "select l.id, l.paid_minor as kept, cast(coalesce(sum(t.paid_minor), 0) as bigint) as summed
         from order_lines l left join line_tenders t on t.order_line_id = l.id
         group by l.id, l.paid_minor having l.paid_minor <> coalesce(sum(t.paid_minor), 0) order by l.id limit 100",
    ),
    (
        "M6 each tender's lines sum to the tender",
        "select p.id, p.amount_minor as kept, cast(coalesce(sum(t.paid_minor), 0) as bigint) as summed
         from payments p left join line_tenders t on t.payment_id = p.id where p.status = 'succeeded'
         group by p.id, p.amount_minor having p.amount_minor <> coalesce(sum(t.paid_minor), 0) order by p.id limit 100",
    ),
    (
        "M4 refunds that arrived are what each tender gave back",
        "select p.id, p.refunded_minor as kept, cast(coalesce(sum(r.amount_minor), 0) as bigint) as summed
         from payments p left join refunds r on r.payment_id = p.id and r.status = 'succeeded'
         group by p.id, p.refunded_minor having p.refunded_minor <> coalesce(sum(r.amount_minor), 0) order by p.id limit 100",
    ),
    (
        "M4 refunds of lines are what the order gave back",
        "select o.id, o.refunded_minor as kept, cast(sum(l.refunded_minor) as bigint) as summed
         from orders o join order_lines l on l.order_id = o.id group by o.id, o.refunded_minor
         having o.refunded_minor <> sum(l.refunded_minor) order by o.id limit 100",
    ),
    (
        "M4 what succeeded cases gave back is what their refunds were",
        "select a.id, a.amount_minor as kept, cast(coalesce(sum(r.amount_minor), 0) as bigint) as summed
         from after_sales a left join refunds r on r.after_sale_id = a.id and r.status = 'succeeded'
         where a.status = 'succeeded' and a.kind <> 'exchange' group by a.id, a.amount_minor
         having a.amount_minor <> coalesce(sum(r.amount_minor), 0) order by a.id limit 100",
    ),
    (
        "M3 what is set aside belongs to open cases",
        "select l.id, l.reserved_minor as kept, cast(coalesce(sum(case when a.status in ('succeeded', 'closed') then 0
             else i.goods_minor + i.freight_minor end), 0) as bigint) as summed
         from order_lines l left join after_sale_items i on i.order_line_id = l.id left join after_sales a on a.id = i.after_sale_id
         group by l.id, l.reserved_minor
         having l.reserved_minor <> coalesce(sum(case when a.status in ('succeeded', 'closed') then 0 else i.goods_minor + i.freight_minor end), 0)
         order by l.id limit 100",
    ),
    (
        "M16 balance and points are the sums of their movements",
        "select b.id, b.balance_minor + b.points as kept, cast(coalesce(sum(e.amount_minor), 0) as bigint) as summed
         from buyers b left join money_events e on e.buyer_id = b.id and e.account in ('balance', 'points')
         group by b.id, b.balance_minor, b.points
         having b.points <> coalesce(sum(case when e.account = 'points' then e.amount_minor else 0 end), 0)
             or b.balance_minor <> coalesce(sum(case when e.account = 'balance' then e.amount_minor else 0 end), 0)
         order by b.id limit 100",
    ),
    (
        "M7 points that orders earned and gave back are movements",
        "select l.order_id, cast(sum(l.points_earned - l.points_taken_back) as bigint) as kept,
             cast(coalesce(max(e.moved), 0) as bigint) as summed
         from order_lines l left join (
             select order_id, sum(amount_minor) as moved from money_events
             where account = 'points' and cause in ('earned', 'taken_back') group by order_id) e on e.order_id = l.order_id
         group by l.order_id having sum(l.points_earned - l.points_taken_back) <> coalesce(max(e.moved), 0) order by l.order_id limit 100",
    ),
    (
        "M8 a coupon is with its order until it was returned",
        "select o.id, cast(case when o.coupon_minor > 0 and o.coupon_returned_at is null then 1 else 0 end as bigint) as kept,
             cast(count(h.id) as bigint) as summed
         from orders o left join buyer_coupons h on h.order_id = o.id group by o.id, o.coupon_minor, o.coupon_returned_at
         having count(h.id) <> case when o.coupon_minor > 0 and o.coupon_returned_at is null then 1 else 0 end order by o.id limit 100",
    ),
    (
        "M8 copies handed out and used are those in buyers' hands",
        "select c.id, c.handed_out + c.used as kept, cast(count(h.id) + count(h.order_id) as bigint) as summed
         from coupons c left join buyer_coupons h on h.coupon_id = c.id group by c.id, c.handed_out, c.used
         having c.handed_out <> count(h.id) or c.used <> count(h.order_id) order by c.id limit 100",
    ),
    (
        "stock is the sum of its movements",
        "select s.id, s.sellable + s.reserved + s.defective as kept, cast(coalesce(sum(m.sellable + m.reserved + m.defective), 0) as bigint) as summed
         from skus s left join stock_moves m on m.sku_id = s.id group by s.id, s.sellable, s.reserved, s.defective
         having s.sellable <> coalesce(sum(m.sellable), 0) or s.reserved <> coalesce(sum(m.reserved), 0)
             or s.defective <> coalesce(sum(m.defective), 0) order by s.id limit 100",
    ),
];

/// Runs every check; reading only.
pub async fn ledger(db: &Db) -> Result<Vec<Check>> {
    let mut report = Vec::with_capacity(CHECKS.len());
    for (name, statement) in CHECKS {
        let rows: Vec<(i64, i64, i64)> = sqlx::query_as(statement).fetch_all(db.read()).await?;
        let wrong = rows.into_iter().map(|(id, kept, summed)| format!("id {id}: kept {kept}, its rows say {summed}")).collect();
        report.push(Check { name, wrong });
    }
    Ok(report)
}
