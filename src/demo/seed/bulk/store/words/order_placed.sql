insert into events (id, shop_id, order_id, actor_kind, actor_name, kind, words, evidence, at)
select (d.placed_at << 20) + (d.id & 1048575) + 0, d.shop_id, d.id, 'buyer', d.name, 'order_placed', '提交订单',
    '[]', d.placed_at
from draft d
where d.placed_at is not null
