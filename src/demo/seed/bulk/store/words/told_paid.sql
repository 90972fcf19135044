insert into messages (id, shop_id, order_id, kind, facts, title, words, at, read_at)
select (d.paid_at << 20) + (d.id & 1048575), d.shop_id, d.id, 'order_paid',
    '{"kind":"order_paid","by":{"tender":"' || d.tender || '"},"paid":{"payable":' || (d.goods + d.freight)
        || ',"tenders":[["' || d.tender || '",' || (d.goods + d.freight) || ']]}}',
    '', '', d.paid_at, case when d.status <> 'awaiting_shipment' then d.paid_at + 3600000 end
from draft d
where d.paid_at is not null
