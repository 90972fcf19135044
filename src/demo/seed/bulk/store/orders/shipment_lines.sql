insert into shipment_lines (shipment_id, order_line_id, quantity)
select (d.shipped_at << 20) + (d.id & 1048575), l.id, l.units
from draft_line l
join draft d on d.id = l.order_id
where l.nth <= d.sent
