insert into stock_moves (id, sku_id, order_line_id, cause, sellable, reserved, defective, at)
select l.id, l.sku_id, l.id, 'reserved', -l.units, l.units, 0, d.placed_at
from draft_line l
join draft d on d.id = l.order_id
