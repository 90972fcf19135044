insert into events (id, shop_id, order_id, actor_kind, actor_name, kind, facts, words, evidence, at)
select (d.closed_at << 20) + (d.id & 1048575) + 4, d.shop_id, d.id, 'system', '系统', 'order_closed',
    '{"kind":"order_closed","why":"' || d.close_reason || '"}',
    '', '[]', d.closed_at
from draft d
where d.closed_at is not null
