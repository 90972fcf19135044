insert into events (id, shop_id, order_id, actor_kind, actor_name, kind, facts, words, evidence, at)
select (d.shipped_at << 20) + (d.id & 1048575) + 2, d.shop_id, d.id, 'staff', '仓库小吴', 'order_shipped',
    '{"kind":"order_shipped","parcels":[{"carrier":"sf","tracking":"SF' || (1000000000000 + d.id % 999999999999) || '"}]}',
    '', '[]', d.shipped_at
from draft d
where d.shipped_at is not null
