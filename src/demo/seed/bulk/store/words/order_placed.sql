insert into events (id, shop_id, order_id, actor_kind, actor_name, kind, facts, words, evidence, at)
select (d.placed_at << 20) + (d.id & 1048575) + 0, d.shop_id, d.id, 'buyer', d.name, 'order_placed',
    '{"kind":"order_placed","payable":' || (d.goods + d.freight) || ',"pay_by":' || (d.placed_at + 1800000) || '}',
    '', '[]', d.placed_at
from draft d
where d.placed_at is not null
