insert into stock_moves (id, sku_id, order_line_id, cause, sellable, reserved, defective, at)
select (d.closed_at << 20) + (l.id & 1048575), l.sku_id, l.id, 'released', l.units, -l.units, 0, d.closed_at
from draft_line l
join draft d on d.id = l.order_id
where d.closed_at is not null
