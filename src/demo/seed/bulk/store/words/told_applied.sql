insert into messages (id, shop_id, order_id, after_sale_id, kind, facts, title, words, at, read_at)
select (c.applied_at << 20) + (d.id & 1048575) + 2, d.shop_id, d.id, c.id, 'after_sale_applied',
    '{"kind":"after_sale_applied","of":"' || c.kind || '","amount":' || c.amount || ',"reason":"' || c.reason
        || '","note":"","due":' || (c.applied_at + 172800000) || '}',
    '', '', c.applied_at, case when c.status <> 'applied' then c.applied_at + 3600000 end
from draft_case c
join draft d on d.id = c.order_id
