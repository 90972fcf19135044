//! Tenders: how they pay an order and lie on its lines, and what each gave back (M4, M6).

use super::{Invariant, Table};

pub(super) const INVARIANTS: &[Invariant] = &[
    Invariant {
        name: "M4 the tenders of an order are what was paid",
        words: "订单的实付等于各笔支付之和，未付订单的抵扣也一样",
        reads: &[Table::Orders, Table::Payments],
        differing: "select o.id, o.shop_id, 'paid ' || o.paid_minor || ', held ' || case when o.status = 'pending_payment' then o.held_minor else 0 end as kept,
                'paid ' || coalesce(p.paid, 0) || ', held ' || coalesce(p.held, 0) as summed
            from orders o left join (
                select order_id, sum(case when status = 'succeeded' then amount_minor else 0 end) as paid,
                    sum(case when status = 'held' then amount_minor else 0 end) as held
                from payments group by order_id) p on p.order_id = o.id
            where o.paid_minor <> coalesce(p.paid, 0)
                or case when o.status = 'pending_payment' then o.held_minor else 0 end <> coalesce(p.held, 0)",
    },
    Invariant {
        name: "M6 each line's tenders sum to the line",
        words: "每行的实付等于各支付方式在这一行的份额之和",
        reads: &[Table::Lines, Table::LineTenders],
        differing: "select l.id, l.shop_id, 'paid ' || l.paid_minor as kept, 'tenders ' || coalesce(t.paid, 0) as summed
            from order_lines l left join (select order_line_id, sum(paid_minor) as paid from line_tenders group by order_line_id) t
                on t.order_line_id = l.id
            where l.paid_minor <> coalesce(t.paid, 0)",
    },
    Invariant {
        name: "M6 each tender's lines sum to the tender",
        words: "每笔支付等于它在各行的份额之和",
        reads: &[Table::Payments, Table::LineTenders],
        differing: "select p.id, p.shop_id, p.status || ' ' || p.amount_minor as kept, 'lines ' || coalesce(t.paid, 0) as summed
            from payments p left join (select payment_id, sum(paid_minor) as paid from line_tenders group by payment_id) t on t.payment_id = p.id
            where case when p.status = 'succeeded' then p.amount_minor else 0 end <> coalesce(t.paid, 0)",
    },
    Invariant {
        name: "M4 refunds that arrived are what each tender gave back, and none gives more than it brought",
        words: "每笔支付的已退等于到账的退款，退款总额不超过支付额，多收的全额退回",
        reads: &[Table::Payments, Table::Refunds],
        differing: "select p.id, p.shop_id, p.status || ' ' || p.amount_minor || ', refunded ' || p.refunded_minor as kept,
                'arrived ' || coalesce(r.arrived, 0) || ' of ' || coalesce(r.begun, 0) as summed
            from payments p left join (
                select payment_id, sum(case when status = 'succeeded' then amount_minor else 0 end) as arrived, sum(amount_minor) as begun
                from refunds group by payment_id) r on r.payment_id = p.id
            where p.refunded_minor <> coalesce(r.arrived, 0) or coalesce(r.begun, 0) > p.amount_minor
                or (p.status = 'surplus' and coalesce(r.begun, 0) <> p.amount_minor)
                or (p.status in ('pending', 'held', 'void') and coalesce(r.begun, 0) <> 0)",
    },
    Invariant {
        name: "M4 what a gateway took is in the books",
        words: "支付渠道多收、少收或漏报的每一笔，都已按实收金额入账",
        reads: &[Table::Anomalies, Table::Payments],
        differing: "select p.id, p.shop_id, p.status || ' ' || p.amount_minor as kept,
                'the gateway took ' || coalesce(a.told_minor, a.amount_minor) as summed
            from payment_anomalies a join payments p on p.id = a.payment_id
            where a.kind in ('amount_differs', 'callback_missing') and a.refund_id is null and a.resolved_at is not null
                and coalesce(a.told_currency, 'CNY') = 'CNY' and coalesce(a.told_minor, a.amount_minor) > 0
                and (p.status not in ('succeeded', 'held', 'surplus') or p.amount_minor not in (a.amount_minor, coalesce(a.told_minor, a.amount_minor)))",
    },
    Invariant {
        name: "M4 the lines of a refund are the refund",
        words: "每笔退款等于它在各行的份额之和",
        reads: &[Table::Refunds, Table::RefundLines],
        differing: "select r.id, r.shop_id, 'amount ' || r.amount_minor as kept, 'lines ' || coalesce(l.amount, 0) as summed
            from refunds r left join (select refund_id, sum(amount_minor) as amount from refund_lines group by refund_id) l on l.refund_id = r.id
            where case when r.after_sale_id is null then 0 else r.amount_minor end <> coalesce(l.amount, 0)",
    },
    Invariant {
        name: "M6 refunds took from each line's tender what it says",
        words: "每行每种支付方式的已退份额，等于退款在这一行的份额之和",
        reads: &[Table::LineTenders, Table::Refunds, Table::RefundLines],
        differing: "select t.order_line_id as id, p.shop_id, 'taken ' || t.refunded_minor || ' of payment ' || t.payment_id as kept,
                'refunds ' || coalesce(r.amount, 0) as summed
            from line_tenders t join payments p on p.id = t.payment_id
            left join (select l.order_line_id, r.payment_id, sum(l.amount_minor) as amount
                from refund_lines l join refunds r on r.id = l.refund_id group by l.order_line_id, r.payment_id) r
                on r.order_line_id = t.order_line_id and r.payment_id = t.payment_id
            where t.refunded_minor <> coalesce(r.amount, 0)
            union all
            select l.order_line_id as id, r.shop_id, 'no share of payment ' || r.payment_id as kept, 'refunds ' || l.amount_minor as summed
            from refund_lines l join refunds r on r.id = l.refund_id
            left join line_tenders t on t.order_line_id = l.order_line_id and t.payment_id = r.payment_id
            where t.payment_id is null",
    },
    Invariant {
        name: "S16 money that nobody wanted is listed, and what has come right is listed as such",
        words: "多收的款项都列为支付异常，已到账的退款不再列为待处理",
        reads: &[Table::Payments, Table::Refunds, Table::Anomalies],
        differing: "select p.id, p.shop_id, 'surplus ' || p.amount_minor as kept, 'not listed' as summed
            from payments p left join payment_anomalies a on a.payment_id = p.id
                and a.kind in ('paid_after_closing', 'paid_twice', 'amount_differs', 'callback_missing')
            where p.status = 'surplus' and a.id is null
            union all
            select a.id, a.shop_id, a.kind || ' is open' as kept, 'arrived ' || r.amount_minor as summed
            from payment_anomalies a join refunds r on r.id = a.refund_id where a.resolved_at is null and r.status = 'succeeded'",
    },
];
