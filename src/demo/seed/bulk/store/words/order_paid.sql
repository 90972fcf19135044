insert into events (id, shop_id, order_id, actor_kind, actor_name, kind, facts, words, evidence, at)
select (d.paid_at << 20) + (d.id & 1048575) + 1, d.shop_id, d.id, 'system', '系统', 'order_paid',
    '{"kind":"order_paid","by":{"tender":"' || d.tender || '"},"paid":{"payable":' || (d.goods + d.freight)
        || ',"tenders":[["' || d.tender || '",' || (d.goods + d.freight) || ']]}}',
    '', '[]', d.paid_at
from draft d
where d.paid_at is not null
