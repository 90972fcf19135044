insert into payment_anomalies (
    id, shop_id, order_id, payment_id, refund_id, kind, amount_minor, since_at, found_at
)
select (c.decided_at << 20) + (d.id & 1048575), d.shop_id, d.id, d.id + 4,
    (c.decided_at << 20) + (d.id & 1048575), 'refund_refused', c.amount, c.decided_at, c.decided_at
from draft_case c
join draft d on d.id = c.order_id
where c.status = 'refund_failed'
