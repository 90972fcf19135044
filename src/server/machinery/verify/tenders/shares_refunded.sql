select t.order_line_id as id, p.shop_id, 'taken ' || t.refunded_minor || ' of payment ' || t.payment_id as kept,
    'refunds ' || coalesce(r.amount, 0) as summed
from line_tenders t
join payments p on p.id = t.payment_id
left join (
    select l.order_line_id, r.payment_id, sum(l.amount_minor) as amount
    from refund_lines l
    join refunds r on r.id = l.refund_id
    group by l.order_line_id, r.payment_id
) r on r.order_line_id = t.order_line_id and r.payment_id = t.payment_id
where t.refunded_minor <> coalesce(r.amount, 0)
union all
select l.order_line_id as id, r.shop_id, 'no share of payment ' || r.payment_id as kept,
    'refunds ' || l.amount_minor as summed
from refund_lines l
join refunds r on r.id = l.refund_id
left join line_tenders t on t.order_line_id = l.order_line_id and t.payment_id = r.payment_id
where t.payment_id is null
