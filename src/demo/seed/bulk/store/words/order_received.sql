insert into events (id, shop_id, order_id, actor_kind, actor_name, kind, facts, words, evidence, at)
select (d.received_at << 20) + (d.id & 1048575) + 3, d.shop_id, d.id, 'buyer', d.name, 'order_received',
    '{"kind":"order_received","by":"buyer","after_sale_until":' || coalesce(d.until_at, d.received_at) || '}',
    '', '[]', d.received_at
from draft d
where d.received_at is not null
