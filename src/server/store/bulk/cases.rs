//! After-sales with what they ask for, their parcels and their refunds, from the drafts.

/// A refund is written when it was agreed to, and known by that moment.
macro_rules! refunded {
    ($head:literal, $what:literal, $rest:literal) => {
        concat!(
            $head,
            " select ",
            $what,
            " from draft_case c join draft d on d.id = c.order_id ",
            $rest,
            " where c.kind <> 'exchange' and c.status in ('refunding', 'refund_failed', 'succeeded')"
        )
    };
}

pub(super) const FILL: &[&str] = &[
    "insert into after_sales (id, number, shop_id, order_id, buyer_id, request_key, kind, stage, status, reason, note, evidence, amount_minor,
            return_leg, return_tracking, replacement, rejection, due_at, refunding_at, ended_at, close_cause, applied_at)
        select c.id, c.number, d.shop_id, d.id, d.buyer_id, c.number, c.kind, c.stage, c.status, c.reason, '', '[]', c.amount, c.return_leg,
            c.return_tracking, c.replacement, c.rejection, c.due_at, case when c.status = 'refunding' then c.decided_at end, c.ended_at,
            c.close_cause, c.applied_at
        from draft_case c join draft d on d.id = c.order_id",
    "insert into after_sale_items (after_sale_id, order_line_id, quantity, goods_minor, freight_minor, settles)
        select c.id, l.id, l.units, l.price * l.units, l.freight * c.whole, l.units
        from draft_case c join draft_line l on l.order_id = c.order_id and (c.whole = 1 or l.nth = 1)",
    // What came back, and what left in its place.
    "insert into stock_moves (id, sku_id, order_line_id, cause, sellable, reserved, defective, at)
        select l.id + 4, l.sku_id, l.id, 'returned', l.units, 0, 0, c.decided_at
        from draft_case c join draft_line l on l.order_id = c.order_id and l.nth = 1
        where (c.kind = 'return_refund' and c.status in ('refunding', 'refund_failed', 'succeeded'))
            or (c.kind = 'exchange' and c.status in ('awaiting_reship', 'awaiting_buyer_receipt', 'succeeded'))",
    "insert into stock_moves (id, sku_id, order_line_id, cause, sellable, reserved, defective, at)
        select l.id + 8, l.sku_id, l.id, 'replaced', -l.units, 0, 0, c.decided_at
        from draft_case c join draft_line l on l.order_id = c.order_id and l.nth = 1
        where c.kind = 'exchange' and c.status in ('awaiting_buyer_receipt', 'succeeded')",
    refunded!(
        "insert into refunds (id, number, shop_id, order_id, after_sale_id, payment_id, tender, status, amount_minor, gateway_no, trouble,
            agreed_by, operator_name, created_at, submitted_at, asked_at, settled_at)",
        "(c.decided_at << 20) + (d.id & 1048575), 'R' || replace(c.number, '-', '') || '-1-1', d.shop_id, d.id, c.id, d.id + 4, d.tender,
            case c.status when 'succeeded' then 'succeeded' when 'refund_failed' then 'failed' else 'created' end, c.amount,
            case when c.status = 'succeeded' then 'B' || replace(c.number, '-', '') end,
            case when c.status = 'refund_failed' then 'USER_ACCOUNT_ABNORMAL' else '' end, '系统（超时自动同意）',
            case when c.status = 'succeeded' then '系统' else '' end,
            c.decided_at, case when c.status <> 'refunding' then c.decided_at end, case when c.status <> 'refunding' then c.decided_at end, c.ended_at",
        ""
    ),
    refunded!(
        "insert into refund_lines (refund_id, order_line_id, amount_minor)",
        "(c.decided_at << 20) + (d.id & 1048575), l.id, l.price * l.units + l.freight * c.whole",
        "join draft_line l on l.order_id = c.order_id and (c.whole = 1 or l.nth = 1)"
    ),
    "insert into money_events (id, shop_id, order_id, payment_id, refund_id, buyer_id, account, cause, amount_minor, actor, actor_name, at)
        select (c.ended_at << 20) + (d.id & 1048575) + 5, d.shop_id, d.id, d.id + 4, (c.decided_at << 20) + (d.id & 1048575), d.buyer_id, d.tender,
            'refunded', c.amount, 'system', '系统', c.ended_at
        from draft_case c join draft d on d.id = c.order_id where c.status = 'succeeded' and c.kind <> 'exchange'",
    // Asked for long after anybody measures: nothing calls a gateway that does not know these payments.
    "insert into jobs (id, kind, subject_id, run_at)
        select (c.decided_at << 20) + (d.id & 1048575), 'refund', (c.decided_at << 20) + (d.id & 1048575), c.decided_at + 31536000000
        from draft_case c join draft d on d.id = c.order_id where c.status = 'refunding'",
    "insert into payment_anomalies (id, shop_id, order_id, payment_id, refund_id, kind, amount_minor, since_at, found_at)
        select (c.decided_at << 20) + (d.id & 1048575), d.shop_id, d.id, d.id + 4, (c.decided_at << 20) + (d.id & 1048575), 'refund_refused', c.amount,
            c.decided_at, c.decided_at
        from draft_case c join draft d on d.id = c.order_id where c.status = 'refund_failed'",
    "insert into clocks (subject, subject_id, due_at) select 'after_sale', c.id, c.due_at from draft_case c where c.due_at is not null",
];
