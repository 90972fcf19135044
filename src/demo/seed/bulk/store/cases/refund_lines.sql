insert into refund_lines (refund_id, order_line_id, amount_minor)
select (c.decided_at << 20) + (d.id & 1048575), l.id, l.price * l.units + l.freight * c.whole
from draft_case c
join draft d on d.id = c.order_id
join draft_line l on l.order_id = c.order_id and (c.whole = 1 or l.nth = 1)
where c.kind <> 'exchange' and c.status in ('refunding', 'refund_failed', 'succeeded')
