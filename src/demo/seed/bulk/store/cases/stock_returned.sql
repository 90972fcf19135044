insert into stock_moves (id, sku_id, order_line_id, cause, sellable, reserved, defective, at)
select l.id + 4, l.sku_id, l.id, 'returned', l.units, 0, 0, c.decided_at
from draft_case c
join draft_line l on l.order_id = c.order_id and l.nth = 1
where (c.kind = 'return_refund' and c.status in ('refunding', 'refund_failed', 'succeeded'))
    or (c.kind = 'exchange' and c.status in ('awaiting_reship', 'awaiting_buyer_receipt', 'succeeded'))
