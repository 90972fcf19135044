insert into after_sale_items (after_sale_id, order_line_id, quantity, goods_minor, freight_minor, settles)
select c.id, l.id, l.units, l.price * l.units, l.freight * c.whole, l.units
from draft_case c
join draft_line l on l.order_id = c.order_id and (c.whole = 1 or l.nth = 1)
