insert into events (id, shop_id, order_id, after_sale_id, actor_kind, actor_name, kind, facts, words, evidence, at)
select (c.applied_at << 20) + (d.id & 1048575) + 5, d.shop_id, d.id, c.id, 'buyer', d.name, 'after_sale_applied',
    '{"kind":"after_sale_applied","of":"' || c.kind || '","amount":' || c.amount || ',"reason":"' || c.reason
        || '","note":"","due":' || (c.applied_at + 172800000) || '}',
    '', '[]', c.applied_at
from draft_case c
join draft d on d.id = c.order_id
