insert into messages (id, shop_id, order_id, title, words, at, read_at)
select (d.paid_at << 20) + (d.id & 1048575), d.shop_id, d.id, '订单已付款', '订单 ' || d.number || ' 已付款，请尽快发货',
    d.paid_at, case when d.status <> 'awaiting_shipment' then d.paid_at + 3600000 end
from draft d
where d.paid_at is not null
