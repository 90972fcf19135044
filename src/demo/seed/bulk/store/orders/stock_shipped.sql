insert into stock_moves (id, sku_id, order_line_id, cause, sellable, reserved, defective, at)
select (d.shipped_at << 20) + (l.id & 1048575), l.sku_id, l.id, 'shipped', 0, -l.units, 0, d.shipped_at
from draft_line l
join draft d on d.id = l.order_id
where l.nth <= d.sent
