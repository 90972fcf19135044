insert into shipments (id, shop_id, order_id, carrier, tracking, shipped_at)
select (d.shipped_at << 20) + (d.id & 1048575), d.shop_id, d.id, 'sf',
    'SF' || (1000000000000 + d.id % 999999999999), d.shipped_at
from draft d
where d.sent > 0
