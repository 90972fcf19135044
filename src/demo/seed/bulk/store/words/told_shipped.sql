insert into messages (id, shop_id, buyer_id, order_id, kind, facts, title, words, at, read_at)
select (d.shipped_at << 20) + (d.id & 1048575) + 1, d.shop_id, d.buyer_id, d.id, 'order_shipped',
    '{"kind":"order_shipped","parcels":[{"carrier":"sf","tracking":"SF' || (1000000000000 + d.id % 999999999999) || '"}]}',
    '', '', d.shipped_at, case when d.received_at is not null then d.shipped_at + 3600000 end
from draft d
where d.shipped_at is not null
