insert into events (id, shop_id, order_id, actor_kind, actor_name, kind, words, evidence, at)
select (d.received_at << 20) + (d.id & 1048575) + 3, d.shop_id, d.id, 'buyer', d.name, 'order_received',
    '买家确认收货', '[]', d.received_at
from draft d
where d.received_at is not null
