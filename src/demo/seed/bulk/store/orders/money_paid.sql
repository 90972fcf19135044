insert into money_events (
    id, shop_id, order_id, payment_id, buyer_id, account, cause, amount_minor, actor, actor_name, at
)
select (d.paid_at << 20) + (d.id & 1048575) + 4, d.shop_id, d.id, d.id + 4, d.buyer_id, d.tender, 'paid',
    -(d.goods + d.freight), 'system', '系统', d.paid_at
from draft d
where d.paid_at is not null
