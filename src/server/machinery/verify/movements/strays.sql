select e.id, e.shop_id, e.account || ' ' || e.cause || ' ' || e.amount_minor as kept,
    'order ' || coalesce(o.id, 0) || ', payment ' || coalesce(p.id, 0) || ', refund '
        || coalesce(r.id, 0) as summed
from money_events e
left join orders o on o.id = e.order_id
left join payments p on p.id = e.payment_id
left join refunds r on r.id = e.refund_id
where (e.order_id is not null and (o.id is null or o.buyer_id <> e.buyer_id or o.shop_id <> e.shop_id))
    or (
        e.payment_id is not null
        and (p.id is null or p.order_id <> e.order_id or (e.refund_id is null and p.tender <> e.account))
    )
    or (e.refund_id is not null and (r.id is null or r.payment_id <> e.payment_id or r.tender <> e.account))
