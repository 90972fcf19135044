insert into money_events (
    id, shop_id, order_id, payment_id, refund_id, buyer_id, account, cause, amount_minor, actor, actor_name, at
)
select (c.ended_at << 20) + (d.id & 1048575) + 5, d.shop_id, d.id, d.id + 4,
    (c.decided_at << 20) + (d.id & 1048575), d.buyer_id, d.tender, 'refunded', c.amount, 'system', '系统',
    c.ended_at
from draft_case c
join draft d on d.id = c.order_id
where c.status = 'succeeded' and c.kind <> 'exchange'
