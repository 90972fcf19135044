insert into stock_moves (id, sku_id, order_line_id, cause, sellable, reserved, defective, at)
select l.id + 8, l.sku_id, l.id, 'replaced', -l.units, 0, 0, c.decided_at
from draft_case c
join draft_line l on l.order_id = c.order_id and l.nth = 1
where c.kind = 'exchange' and c.status in ('awaiting_buyer_receipt', 'succeeded')
